"""Hostile files are opened here: proved, pictured, read, laid out as searchable PDF; always in a child process."""
