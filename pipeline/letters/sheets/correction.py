"""The correction (*ralat*) of a letter that was sent: which words of it are to be read how.

A sent letter is never exchanged; the correction goes to whom the letter went to, and to its copies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.masking import masked_within
from pipeline.cases.letter_subjects import CITED
from pipeline.letters.sheets import (
    agency_letter,
    closing_letter,
    follow_up,
    invitation,
    notice,
    phrasing,
    recommendation,
    review_letters,
    texts,
    transfer_letter,
    warning_letters,
)
from pipeline.letters.sheets.corrected_letters import CORRECTED, CORRECTION, CORRECTS, amended, readings
from pipeline.letters.sheets.follow_up import LETTERS, SENT_ON
from pipeline.letters.sheets.recommendation import DRAFTS, RECOMMENDATION, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.letters.sheets.to_complainant import alone
from pipeline.office import wording
from pipeline.office.office import Office

_GROUPS = (
    review_letters,
    transfer_letter,
    invitation,
    recommendation,
    notice,
    follow_up,
    warning_letters,
    closing_letter,
)
#: What makes the letters that may be corrected.
_LETTERS: Mapping[str, Maker] = {t: maker for group in _GROUPS for t, maker in group.SHEETS.items() if t in CITED}
#: Those of them that the complainant reads.
TO_COMPLAINANT = (
    review_letters.INCOMPLETE,
    review_letters.NOT_COMPETENT,
    review_letters.NO_INDICATION,
    review_letters.MERGED,
    invitation.TO_COMPLAINANT,
    notice.NOTICE,
    closing_letter.CLOSING,
)
#: What the letter says already before a reason.
_BECAUSE = re.compile(r"^(?:karena|disebabkan(?: oleh)?|sebab)\s+", re.IGNORECASE)
_NOBODY = {"yth": ["................................"], "di": "Tempat", "tembusan": [], "lampiran_naskah": "-"}


def _correction(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(CORRECTS)
    cited = texts.line(move, CORRECTED)
    letter = _LETTERS[cited](facts, office) if cited in _LETTERS else _NOBODY
    numbered = facts.letters_of(cited)
    own = cited in TO_COMPLAINANT
    hide = {} if own else facts.fields
    rows = [{**row, "letak": phrasing.capital(row["letak"])} for row in readings(move)]
    reasons = [
        phrasing.sentence(_BECAUSE.sub("", text)) for text in masked_within(texts.paragraphs(move, "alasan"), hide)
    ]
    return {
        **issued(facts, office),
        **recommendation.about(facts),
        **{name: letter[name] for name in ("yth", "di", "tembusan")},
        "undangan_di_surat": letter.get("undangan_di_surat") or letter.get("pelapor_dituju", []),
        "daftar_undangan": letter.get("daftar_undangan", []),
        "lampiran_naskah": letter["lampiran_naskah"] if letter.get("daftar_undangan") else "-",
        "sapaan": letter.get("sapaan", "Bapak/Ibu"),
        "nomor_diralat": numbered[-1].number if numbered else "",
        "tanggal_diralat": wording.long_date(numbered[-1].at) if numbered else "",
        "ralat_sebelumnya": amended(facts, numbered[-1]) if numbered else "",
        "hal_diralat": agency_letter.cited_subject(facts, cited) if cited in CITED else "",
        "ralat": masked_within(rows, hide),
        "letak_disebut": "ya" if any(row["letak"] for row in rows) else "",
        "alasan": reasons,
        "satu_alasan": phrasing.begun_small(alone(reasons)),
    }


SHEETS: Mapping[str, Maker] = {CORRECTION: _correction}

_ROWS = [
    "18 Desember 2026 | 28 Desember 2026 | angka 5 nomor 2",
    "sebelas sumur | dua belas sumur | angka 3",
]
_WHY = "Tenggat perbaikan kolam dan banyaknya sumur keliru disalin dari berita acara audiensi."
_LONG_ROW = "menyediakan air bersih bagi warga RT 2 dan RT 3 sampai air sumur kembali memenuhi baku mutu air bersih"
CASES: Cases = {
    CORRECTION: with_moves(
        (*DRAFTS[0], made(CORRECTS, "tim-yankomas", naskah=RECOMMENDATION, ralat=["Bupati | Wakil Bupati"])),
        (
            *DRAFTS[1],
            *SENT_ON,
            made(CORRECTS, "tim-yankomas", naskah=RECOMMENDATION, ralat=_ROWS, alasan=_WHY),
        ),
        (
            *DRAFTS[2],
            *SENT_ON,
            made(
                CORRECTS,
                "tim-yankomas",
                naskah=RECOMMENDATION,
                ralat=[f"{_LONG_ROW} ({n}) | {_LONG_ROW}, paling lama {n} bulan" for n in range(1, 13)],
                alasan="\n".join([_WHY] * 6),
            ),
        ),
        letters=LETTERS,
        naskah_number="W.8-HA.01.07-0020",
        naskah_date=date(2026, 12, 9),
    ),
}
