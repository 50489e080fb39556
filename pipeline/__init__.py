"""Yankomas: from a letter of complaint in the inbox to a numbered case folder."""

__version__ = "0.1.0"
