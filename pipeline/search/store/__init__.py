"""The search index in SQLite: a view that follows the archive's changes."""
