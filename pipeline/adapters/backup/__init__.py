"""Backups: the moment that one shows, restic, which keeps it, and bringing a restored root to that moment."""
