"""A typist for what belongs to no case: it takes the versions of templates that are in use on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.letters.identity import Identity
from pipeline.letters.ports import Draft, Typist


@dataclass(frozen=True, slots=True)
class DatedTypist:
    """Fills the versions of that day. ``version`` returns a template's file on a day."""

    typist: Typist
    day: date
    version: Callable[[str, date], str]

    def draft(self, template: str, context: Mapping[str, Any], identity: Identity | None = None) -> Draft:
        """Fill the day's version of the template."""
        return self.typist.draft(self.version(template, self.day), context, identity)
