"""An edition of the SOP as one text, to be changed and read again."""

from __future__ import annotations

from datetime import date

from pipeline.cases.sop import Sop
from pipeline.cases.sop_file import read_sop
from pipeline.cases.store.sop_editions import edition_texts

#: First the file whose keys belong to no table; a state, which moves and sheets name, before them.
_ORDER = ("edition", "lanes", "steps", "states", "moves", "letters", "openings", "register", "pairs")


def sop_text(key: str) -> str:
    """The files of an edition, one after the other."""
    texts = dict(edition_texts())[key]
    assert {*texts} | {"pairs.toml"} == {f"{name}.toml" for name in _ORDER}
    return "\n".join(texts.get(f"{name}.toml", "") for name in _ORDER)


def read_text_of_sop(key: str, text: str) -> Sop:
    """Read such a text as an edition of one file."""
    return read_sop(key, {f"{key}.toml": text})


def own_texts(day: date, *changes: tuple[str, str, str]) -> dict[str, str]:
    """The files of the program's newest edition for a day of the office, with pieces of text changed in them."""
    key, texts = edition_texts()[-1]
    made = {**texts, "edition.toml": texts["edition.toml"].replace(f"berlaku = {key}", f"berlaku = {day.isoformat()}")}
    for name, old, new in changes:
        assert old in made[name], old
        made[name] = made[name].replace(old, new)
    return made
