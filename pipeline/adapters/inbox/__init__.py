"""The inbox: what lies there, what has come to rest, watching."""
