"""Redacted copies: a document of a case to hand out, with what names people burnt out of its pages."""
