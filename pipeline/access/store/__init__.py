"""The desk's people in SQLite outside the archive, and the access log."""
