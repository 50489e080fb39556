"""The index in which cases are found: a view in SQLite that follows ``archive/.changes`` and can be deleted."""
