"""Roles together with what they may in an office that changed none, as rights and secrecy are asked with."""

from __future__ import annotations

from pipeline.office.roles import usual_roles

USUAL = usual_roles()


def standing(*roles: str) -> frozenset[str]:
    """Return the roles with what they may."""
    return USUAL.standing(roles)
