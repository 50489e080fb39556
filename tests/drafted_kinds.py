"""What the sheets of every kind of case say as the office drafts them; each is drafted once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kinds_of_case import facts_of_kind, office_of_kind

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context

_TYPIST = WordTypist(Path(__file__).resolve().parents[1] / "letter_templates")


@cache
def paragraphs(kind: str, template: str) -> tuple[str, ...]:
    """Return the paragraphs of a sheet for that kind of case."""
    values = context(template, facts_of_kind(kind, template), office_of_kind(kind))
    return tuple(passage.text for passage in passages(_TYPIST.draft(template, values).docx))
