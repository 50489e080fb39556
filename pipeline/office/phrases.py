"""Sentences that the forms of moves offer to be ticked, by the kind of case: the office's own list.

They lie in ``frasa.toml``: the office's beside its templates, else the one that comes with the program.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.office.own_file import rows_of
from pipeline.office.wording import hinted

FILE = "frasa.toml"
#: The file that comes with the program.
SHIPPED = Path(__file__).with_name(FILE)
_KIND = "frasa"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sentences for a question of a move's form, for cases of these kinds (none: of all)."""

    move: str
    field: str
    kinds: frozenset[str]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseList:
    """The list."""

    rows: tuple[Phrases, ...]

    def offered(self, move: str, field: str, kinds: Collection[str]) -> tuple[str, ...]:
        """Return what is offered for a question to a case of these kinds, each sentence once."""
        mine = (row for row in self.rows if (row.move, row.field) == (move, field))
        fitting = (row for row in mine if not row.kinds or not row.kinds.isdisjoint(kinds))
        return tuple(dict.fromkeys(sentence for row in fitting for sentence in row.sentences))


def phrases_of(text: str, *, kinds: Collection[str] = (), forms: Collection[tuple[str, str]] = ()) -> PhraseList:
    """Return the list that a file's text holds.

    ``kinds`` are the kinds of case there are, ``forms`` the moves' questions (move, field); empty: any.

    Raises:
        TemplateFault: it cannot be used; says the line, the fact and the remedy.
    """
    found = []
    for row in rows_of(FILE, text, (_KIND,))[_KIND]:
        phrases = Phrases(row.text("gerak"), row.text("isian"), frozenset(row.texts("untuk", [])), row.texts("kalimat"))
        row.done()
        if strange := sorted(phrases.kinds - set(kinds)) if kinds else []:
            raise row.fault(hinted(f"jenis perkara {strange[0]!r} tidak dikenal", strange[0], kinds), _known(kinds))
        asked = {field for move, field in forms if move == phrases.move}
        if forms and not asked:
            moves = {move for move, _ in forms}
            raise row.fault(hinted(f"gerak {phrases.move!r} tidak dikenal", phrases.move, moves), _SOP)
        if asked and phrases.field not in asked:
            fact = f"isian {phrases.field!r} tidak ada pada formulir {phrases.move}"
            raise row.fault(hinted(fact, phrases.field, asked), _known(asked))
        found.append(phrases)
    return PhraseList(tuple(found))


_SOP = "Nama gerak dan isian ada dalam berkas SOP."


def _known(words: Collection[str]) -> str:
    return f"Yang dikenal: {', '.join(sorted(words))}."


@cache
def shipped_phrases() -> PhraseList:
    """Return the list that comes with the program."""
    return phrases_of(SHIPPED.read_text(encoding="utf-8"))
