"""People of the web desk: accounts, sessions, one-time links and tries, in one SQLite file outside the archive.

Nothing in it is needed to read the archive; losing it means making the accounts again, nothing worse.
"""
