"""What was approved is what is numbered: the words of two Word documents compared, but for what numbering fills in.

Numbering fills content controls of the approved document; they are known by their tags (``yankomas:nomor``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.errors import EngineFault

#: The fields that numbering fills: the letter's number, its date, and the mark that it is a draft.
NUMBER, DATE, MARK = "nomor", "tanggal", "konsep"
#: What Word shows beside a field.
FIELD_TITLES: Mapping[str, str] = {NUMBER: "Nomor naskah", DATE: "Tanggal naskah", MARK: "Tanda konsep"}
#: What the tag of each field's content control begins with.
TAG = "yankomas:"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a paragraph; ``field`` names the field whose control holds them, empty for all other words."""

    text: str
    field: str = ""


#: A paragraph of the body, a header or a footer, as one sees it: tabs and line breaks as such.
Line: TypeAlias = tuple[Span, ...]


def plain(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return every paragraph's words, those of the fields too."""
    return tuple("".join(span.text for span in line) for line in lines)


def filled_in(lines: Iterable[Line]) -> Mapping[str, str]:
    """Return what stands in each field, where it stands first."""
    found: dict[str, str] = {}
    for line in lines:
        for span in line:
            if span.field:
                found.setdefault(span.field, span.text)
    return found


def prove_same(before: Sequence[Line], after: Sequence[Line], exchanged: Collection[str]) -> None:
    """Make sure that two documents say the same in the same order, but for what these fields hold.

    Raises:
        EngineFault: they do not; the paragraph is counted, its words are not repeated.
    """
    old, new = ([_fixed(line, exchanged) for line in lines] for lines in (before, after))
    if old == new:
        return
    place = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    raise EngineFault(
        f"Paragraf {place + 1} berubah ketika nomor diisikan, padahal naskahnya sudah disetujui.",
        "Naskah tidak diubah. Laporkan kepada pengelola program, lalu beri nomor setelah naskah dikonsep ulang.",
    )


def _fixed(line: Line, exchanged: Collection[str]) -> list[str]:
    """Return a paragraph's words between the fields, neighbours joined; the draft's mark may be gone with its place."""
    texts = [""]
    for span in line:
        if span.field not in exchanged:
            texts[-1] += span.text
        elif span.field != MARK:
            texts += [f"\x00{span.field}", ""]
    return texts
