"""The notice of SOP step 6: tells the complainant what was recommended to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.recommendation import DRAFTED, DRAFTS, MET, advice, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.texts import letter_to_complainant
from pipeline.office import wording
from pipeline.office.office import Office

NOTICE = "06-pemberitahuan-pelapor"


def _notice(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(DRAFTED), texts.day(facts.last(MET), "tanggal_pelaksanaan")
    return {
        **letter_to_complainant(facts, office),
        "tanggal_audiensi": wording.long_date(day) if day else "",
        "tujuan_rekomendasi": texts.line(move, "tujuan_surat"),
        "rekomendasi": advice(move),
    }


SHEETS: Mapping[str, Maker] = {NOTICE: _notice}

CASES: Cases = {
    NOTICE: with_moves(*DRAFTS, naskah_date=date(2026, 12, 4), naskah_number="W.8-HA.01.07-0015"),
}
