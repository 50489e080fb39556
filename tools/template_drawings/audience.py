"""What the papers of an audience share: day, hour, place and agenda, and a line that later pages begin with."""

from __future__ import annotations

from typing import Any

#: When, where and what for, as the lines of a letter; an agenda's name begins with a capital there too.
WHEN = (
    ("hari, tanggal", "{{ hari_tanggal }}"),
    ("waktu", "{{ waktu }}"),
    ("tempat", "{{ tempat_audiensi }}"),
    ("acara", "{{ acara }}"),
)

#: Which audience it was, on a later page that lies loose: there may be two on one day.
OF_CASE = "Nomor Register {{ nomor_register }}{% if hari_tanggal %}, {{ hari_tanggal }}{% endif %}"


def capitals(rows: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return these lines with labels that begin with a capital."""
    return [(label[0].upper() + label[1:], value) for label, value in rows]


def running_title(document: Any, text: str) -> Any:
    """Write what the paper is under the number of every later page; return the paragraph."""
    paragraph = document.sections[0].header.paragraphs[-2]
    paragraph.add_run(text)
    return paragraph
