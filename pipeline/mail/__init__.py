"""Mail: telling people who do not log in what waits for them, and never what it is about."""
