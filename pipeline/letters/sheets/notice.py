"""The notice of SOP step 6: tells the complainant what was recommended to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.follow_up import LETTERS, sent
from pipeline.letters.sheets.recommendation import DRAFTED, DRAFTS, MET, advice_as_read, rights_found, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.to_complainant import letter_to_complainant
from pipeline.office import wording
from pipeline.office.office import Office

NOTICE = "06-pemberitahuan-pelapor"


def _notice(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(DRAFTED), texts.day(facts.last(MET), "tanggal_pelaksanaan")
    return {
        **letter_to_complainant(facts, office),
        **sent(facts),
        "hak_terindikasi": rights_found(facts, office),
        "tanggal_audiensi": wording.long_date(day) if day else "",
        "tujuan_rekomendasi": texts.line(move, "tujuan_surat"),
        "rekomendasi": _without_witnesses(advice_as_read(facts), facts),
    }


def _without_witnesses(advised: list[dict[str, str]], facts: SheetFacts) -> list[dict[str, str]]:
    """Return what was recommended with *saksi* in the place of who bore witness at the meeting: they are others."""
    names = [row["nama"] for row in texts.rows(facts.last(MET), "saksi", ("nama", "jabatan")) if row["nama"]]
    if not names:
        return advised
    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)
    return [{key: phrasing.capital(named.sub("saksi", text)) for key, text in row.items()} for row in advised]


SHEETS: Mapping[str, Maker] = {NOTICE: _notice}

CASES: Cases = {
    NOTICE: with_moves(*DRAFTS, naskah_date=date(2026, 12, 4), naskah_number="W.8-HA.01.07-0015", letters=LETTERS),
}
