"""One question of a form, and the kinds of answers there are; :mod:`pipeline.cases.forms` reads what was typed."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    *("teks", "paragraf", "tanggal", "waktu", "pilihan", "pilihan-banyak"),
    *("daftar", "bilangan", "perkara", "orang", "halaman"),
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form: its name in data, its label on screens, its choices, whether it must be answered.

    ``kind`` is one of :data:`KINDS`; ``phrases`` are the usual words, of which a screen offers any; ``past``: a day or
    moment of something that has happened, so that none to come can be meant.
    """

    name: str
    label: str
    kind: str = "teks"
    choices: tuple[str, ...] = ()
    required: bool = False
    phrases: tuple[str, ...] = ()
    past: bool = False
