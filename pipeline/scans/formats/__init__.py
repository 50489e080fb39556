"""Kinds of files known by their content, and whether they are whole."""
