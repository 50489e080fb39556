"""The moment that a backup shows, and bringing a restored root to it."""
