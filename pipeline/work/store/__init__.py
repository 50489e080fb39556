"""Laying out an office's folder."""
