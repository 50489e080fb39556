"""Drawings of areas, lines and words, made without knowing what will show them: a page, a PDF or a screen."""
