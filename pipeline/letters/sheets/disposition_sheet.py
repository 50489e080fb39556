"""The disposition sheet of SOP step 3: what came in, and who passes it to whom with which words.

It keeps to one page: long texts are shortened here, the full text stays in the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.office import wording
from pipeline.office.office import Office

DISPOSITION = "03-lembar-disposisi"

#: The confidentiality grades (``sifat``) that the disposition sheet has boxes for.
GRADES = ("Biasa", "Terbatas", "Rahasia")
#: The urgency (``derajat``) that a disposition may give.
URGENCIES = ("Biasa", "Segera", "Amat segera")
#: The instructions that the disposition sheet has boxes for.
INSTRUCTIONS = (
    "Tanggapan dan saran",
    "Proses lebih lanjut",
    "Koordinasikan/konfirmasikan",
    "Tindak lanjuti",
    "Telaah",
    "Siapkan konsep",
    "Jadwalkan audiensi",
    "Hadiri/wakili",
    "Untuk diketahui",
    "Edarkan",
    "Arsipkan",
    "Bicarakan dengan saya",
)
#: The four hops of SOP steps 3 and 4.
HOPS = (("tim-yankomas", "kakanwil"), ("kakanwil", "kadiv"), ("kadiv", "kabid"), ("kabid", "kasubbid"))
#: The row of the disposition on a proposed audience.
AUDIENCE_ROW = ("audiensi_tanggal", "audiensi_dari", "audiensi_kepada", "audiensi_isi")


def _disposition(facts: SheetFacts, office: Office) -> dict[str, Any]:
    ticked = texts.capital(facts.classification)
    return {
        "nomor_agenda": wording.shortened(wording.said(facts.fields.get("nomor_agenda")), texts.LIMITS["agenda"]),
        "indeks": wording.shortened(wording.said(facts.fields.get("indeks")), texts.LIMITS["agenda"]),
        "kode_klasifikasi": wording.shortened(wording.said(facts.fields.get("klasifikasi")), texts.LIMITS["agenda"]),
        "tenggat": texts.deadline(facts.due_at),
        "tenggat_telaahan": texts.deadline(facts.review_due_at),
        "isi_ringkas": wording.shortened(_gist(facts.fields), texts.LIMITS["isi_ringkas"]),
        "alur": [_hop(giver, taker, facts, office) for giver, taker in HOPS],
        **{f"kotak_{grade.lower()}": "☒" if grade == ticked else "☐" for grade in GRADES},
        **_on_audience(facts, office),
        **_urgency(facts),
        **_instructions(facts),
    }


def _hop(giver: str, taker: str, facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return a row of the sheet: from whom to whom and, once it was made, when and with which words."""
    move = _made_by(giver, facts)
    day = move.at.date() if move else facts.drafted_on
    words = _on_one_line(texts.paragraphs(move, "isi_disposisi"))
    return {
        "tanggal": wording.long_date(day) if move else "",
        "dari": texts.held_on(giver, day, office),
        "kepada": texts.held_on(taker, day, office),
        "isi": wording.shortened(words, texts.LIMITS["isi_disposisi"]),
    }


def _on_audience(facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return the row of the disposition that SOP step 5 has of its own: what was said to the proposed audience."""
    move, proposed = facts.last("disposisi-audiensi"), facts.last("usulkan-audiensi")
    if move is None:
        return dict.fromkeys(AUDIENCE_ROW, "")
    day, taker = move.at.date(), proposed.role if proposed else "kabid"
    said_of_it = f"Usulan audiensi {texts.line(move, 'keputusan')}: "
    words = said_of_it + _on_one_line(texts.paragraphs(move, "isi_disposisi"))
    row = (
        wording.long_date(day),
        texts.held_on(move.role, day, office),
        texts.held_on(taker, day, office),
        wording.shortened(words, texts.LIMITS["isi_audiensi"]),
    )
    return dict(zip(AUDIENCE_ROW, row, strict=True))


def _on_one_line(paragraphs: list[str]) -> str:
    """Return the paragraphs on one line, a semicolon between two that no other mark parts."""
    text = ""
    for paragraph in paragraphs:
        parted = "; " if text[-1:].isalnum() and paragraph[0].isupper() else " "
        text = f"{text}{parted}{paragraph}" if text else paragraph
    return text


def _made_by(role: str, facts: SheetFacts) -> MoveMade | None:
    """Return the newest disposition of a role; for the team, its handing in."""
    if role == "tim-yankomas":
        return facts.last("sampaikan")
    return next((move for move in reversed(facts.made("disposisi")) if move.role == role), None)


def _urgency(facts: SheetFacts) -> dict[str, str]:
    """Return the boxes of the derajat: the newest that a disposition gave is ticked."""
    given = next((text for m in reversed(facts.made("disposisi")) if (text := texts.line(m, "derajat"))), "")
    return {f"kotak_{_key(grade)}": "☒" if _key(given) == _key(grade) else "☐" for grade in URGENCIES}


def _instructions(facts: SheetFacts) -> dict[str, str]:
    """Return the boxes of the instructions: whoever disposed of the letter in these very words has ticked one."""
    said_so = {
        part.strip(" .").casefold()
        for giver, _ in HOPS
        for words in texts.paragraphs(_made_by(giver, facts), "isi_disposisi")
        for part in words.split(";")
    }
    return {tick_box(words): "☒" if words.casefold() in said_so else "☐" for words in INSTRUCTIONS}


def tick_box(instruction: str) -> str:
    """Return the name of an instruction's box in the template: ``kotak_hadiri_wakili``."""
    return f"kotak_{re.sub('[^a-z]+', '_', instruction.casefold())}"


def _key(grade: str) -> str:
    return f"derajat_{grade.lower().replace(' ', '_')}"


def _gist(fields: Mapping[str, Any]) -> str:
    """Return the matter in a few sentences: the summary if there is one, whom it is against, where, what is asked."""
    parts = (
        ("", wording.said(fields.get("ringkasan"))),
        ("Terlapor: ", "; ".join(wording.all_said(fields.get("terlapor")))),
        ("Tempat kejadian: ", wording.said(fields.get("tempat_kejadian"))),
        ("Memohon: ", "; ".join(wording.all_said(fields.get("permintaan")))),
    )
    return " ".join(f"{label}{text.rstrip('.')}." for label, text in parts if text)


SHEETS: Mapping[str, Maker] = {DISPOSITION: _disposition}

_LONG = "Telaah bersama tim, koordinasikan dengan dinas terkait, dan laporkan hasilnya sebelum tenggat. " * 4
CASES: Cases = {
    DISPOSITION: {
        "lazim": {
            "moves": (
                made("sampaikan", "tim-yankomas"),
                made("disposisi", "kakanwil", isi_disposisi="Telaah; Siapkan konsep\nDahulukan.", derajat="Segera"),
            )
        },
        "panjang": {
            "moves": (
                made("sampaikan", "tim-yankomas"),
                *(made("disposisi", r, isi_disposisi=_LONG, derajat="Amat segera") for r in ("kakanwil", "kadiv")),
                made("disposisi", "kabid", isi_disposisi=_LONG.upper()),
                made("usulkan-audiensi", "kasubbid"),
                made("disposisi-audiensi", "kakanwil", keputusan="disetujui", isi_disposisi=_LONG),
            )
        },
    }
}
