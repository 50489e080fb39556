"""Who has come to the desk."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.access.rights import Right, may


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has come in: account, the roles held today, the session and the token that its forms carry."""

    login: str
    name: str
    roles: frozenset[str]
    session: bytes
    csrf: str

    def may(self, right: Right | str) -> bool:
        """Say whether the visitor has a right."""
        return may(self.roles, Right(right))
