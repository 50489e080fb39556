"""What the doctor says of what the office has learned of its own cases: in use, worth nothing any more, or broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from pipeline.errors import SettingsFault
from pipeline.office.wording import long_date
from pipeline.reading.ports import OfficeWeights
from pipeline.work.ports import Check

_THING = "Belajar dari koreksi"
_ANEW = "Jalankan `yankomas belajar`."


class Learning(Protocol):
    """An office that may learn."""

    @property
    def office_weights(self) -> OfficeWeights:
        """What it has learned."""


def learning_checks(root: Learning, *, wished: bool) -> Iterator[Check]:
    """Say what is learned where the office wishes it; nothing where it does not. Reading goes on in any case."""
    if not wished:
        return
    try:
        learned = root.office_weights.learned()
    except SettingsFault as fault:
        yield Check(_THING, True, f"{fault.message} Surat dibaca dengan bobot bawaan.", fault.remedy, caution=True)
        return
    if learned is None:
        yield Check(_THING, True, "belum ada yang dipelajari; surat dibaca dengan bobot bawaan", _ANEW)
        return
    fact = f"{len(learned.by_label)} isian, dari {learned.cases} perkara, {long_date(date.fromisoformat(learned.on))}"
    if learned.current:
        yield Check(_THING, True, fact)
    else:
        yield Check(_THING, True, f"tidak dipakai: bobot bawaan program sudah lain ({fact})", _ANEW, caution=True)
