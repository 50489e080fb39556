"""Seals and witnesses as files, and the archive held against them."""
