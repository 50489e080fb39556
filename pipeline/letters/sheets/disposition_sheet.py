"""The disposition sheet of SOP step 3: what came in, and who passes it to whom with which words.

Its rows are the hops of the case's SOP, as far as they were made to whom the official chose; empty ones are left to
write on. It keeps to one page (:mod:`pipeline.letters.sheets.disposition_layout`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pipeline.access.children import without_children
from pipeline.access.masking import covered_niks
from pipeline.cases.disposition_way import WORDS
from pipeline.letters.sheets import hands, phrasing, texts
from pipeline.letters.sheets.complaint_words import news_called
from pipeline.letters.sheets.disposition_layout import Hop, laid_out, title_fits
from pipeline.letters.sheets.disposition_rows import same_person
from pipeline.letters.sheets.paper_names import came_along
from pipeline.letters.sheets.respondents import respondents
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.third_person import in_third_person
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.officials import ON_BEHALF
from pipeline.office.wording import all_said, said

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
#: Columns of boxes: one for each official who passes the complaint on, the last ones for further officials by hand.
OFFICIALS = 4
#: Rows of the way of the disposition, at least; one more than those that are used stays empty.
_ROWS = 6
#: What stands for the number of a letter that has none.
_UNNUMBERED = "tanpa nomor"
_TICKED, _OPEN = "☒", "☐"


def _disposition(facts: SheetFacts, office: Office) -> dict[str, Any]:
    told, way = _particulars(facts), _way(facts, office)
    ticked = phrasing.capital(facts.classification)
    return {
        **told,
        "sebutan_asal": _called_origin(facts),
        "ada_surat": "ya" if _by_letter(facts) else "",
        **laid_out(told, way, office),
        **{f"kotak_{grade.lower()}": _TICKED if grade == ticked else _OPEN for grade in GRADES},
        **_urgency(facts),
        **_instructions(facts, office),
        **_of_earlier_templates(facts, way, office),
    }


def _particulars(facts: SheetFacts) -> dict[str, str]:
    fields = facts.fields
    unnumbered = _UNNUMBERED if facts.confirmed and _by_letter(facts) else ""
    return {
        "asal": phrasing.capital(news_called(fields)) if texts.is_news(facts) else texts.sender(fields),
        "diterima_pada": wording.date_and_hour(facts.received_at),
        "nomor_surat": said(fields.get("nomor_surat")) or unnumbered,
        "tanggal_surat": wording.date_from(said(fields.get("tanggal_surat"))),
        "lampiran": _enclosed(facts) or ("Tidak ada" if facts.confirmed else ""),
        "nomor_agenda": said(fields.get("nomor_agenda")),
        "indeks": said(fields.get("indeks")),
        "kode_klasifikasi": said(fields.get("klasifikasi")),
        "tenggat": _until(facts.due_at),
        "tenggat_telaahan": _until(facts.review_due_at),
        "hal": covered_niks(without_children(said(fields.get("perihal")), fields)),
        "isi_ringkas": covered_niks(without_children(_gist(facts), fields)),
        "nomor_register": facts.register_number,
    }


def _enclosed(facts: SheetFacts) -> str:
    """Return how much the letter encloses, and what; what was shown at the counter; the news itself."""
    if texts.from_news(facts) and facts.pages:
        return f"Salinan pemberitaan media, {wording.counted(facts.pages, 'lembar')}"
    return came_along(facts.fields)


def _until(moment: datetime | None) -> str:
    """Return a deadline as officials read it: the weekday first, the hour kept together."""
    if moment is None:
        return ""
    day, _, hour = wording.weekday_and_hour(moment).partition(" pukul ")
    return f"{day} " + f"pukul {hour}".replace(" ", "\u00a0")


def _called_origin(facts: SheetFacts) -> str:
    """Return what from whom the matter came is called, which is a letter, what was told, or the news."""
    if texts.is_news(facts):
        return "Sumber"
    return "Aduan lisan dari" if texts.is_oral(facts) else "Surat dari"


def _by_letter(facts: SheetFacts) -> bool:
    return not (texts.is_oral(facts) or texts.is_news(facts))


def _gist(facts: SheetFacts) -> str:
    """Return the matter in a few sentences: the summary if there is one, whom it is against, where, what is asked.

    What was only read of the letter so far says *saya* and *kami*; the sheet is the office's.
    """
    fields = facts.fields
    against = "; ".join(respondents(fields)) or ("belum diketahui" if facts.confirmed else "")
    parts = (
        ("", phrasing.capital(said(fields.get("ringkasan")))),
        ("Terlapor: ", against),
        ("Tempat kejadian: ", said(fields.get("tempat_kejadian"))),
        ("Memohon: ", "; ".join(all_said(fields.get("permintaan")))),
    )
    told = " ".join(f"{label}{text.rstrip('.')}." for label, text in parts if text)
    return in_third_person(told, fields, facts.channel or "")


def _way(facts: SheetFacts, office: Office) -> list[Hop]:
    """Return the rows of the way: the SOP's hops as made, what was said to a proposed audience, empty ones."""
    rows = [_hop(*leg, facts, office) for leg in _legs(facts, office)]
    joined = len(list(_hops(facts))) - len(rows)
    if (decided := facts.last("disposisi-audiensi")) is not None:
        proposed = facts.last("usulkan-audiensi")
        row = _hop(decided.role, proposed.role if proposed else hands.in_charge(office), (decided,), facts, office)
        verdict = f"Usulan audiensi {texts.line(decided, 'keputusan')}."
        rows.append(Hop(row.day, row.giver, row.taker, "\n".join(filter(None, (verdict, row.words)))))
    return rows + [Hop()] * max(_ROWS - joined - len(rows), 1)


def _hops(facts: SheetFacts) -> Iterator[tuple[str, str, MoveMade | None]]:
    """Yield from whom to whom the complaint goes: to whom it was sent, else to whom the SOP sends it."""
    by_sop, seen = dict(facts.hops), set[str]()
    giver = facts.hops[0][0] if facts.hops else ""
    while giver in by_sop and giver not in seen:
        seen.add(giver)
        move = _made_by(giver, facts)
        taker = (move.passed_to if move else "") or by_sop[giver]
        yield giver, taker, move
        giver = taker


def _legs(facts: SheetFacts, office: Office) -> list[tuple[str, str, tuple[MoveMade, ...]]]:
    """Return the hops as they go from one person to another: who acts in two posts does not write to themselves."""
    legs: list[tuple[str, str, tuple[MoveMade, ...]]] = []
    for giver, taker, move in _hops(facts):
        made_now = (move,) if move else ()
        first, _, before = legs[-1] if legs else ("", "", ())
        if before and same_person(first, giver, before[-1].at.date(), office):
            legs[-1] = (first, taker, (*before, *made_now))
        else:
            legs.append((giver, taker, made_now))
    return legs


def _giver(role: str, day: date, facts: SheetFacts, office: Office) -> str:
    """Return who passed the matter on that day; of who did so on behalf of another, both posts."""
    holder = office.holder(role, day)
    if holder is None or holder.acting != ON_BEHALF:
        return _taker(role, day, facts, office)
    title = texts.decided_by(role, day, office)
    return title if title_fits(title) else texts.by_lanes(role, day, facts, office)


def _taker(role: str, day: date, facts: SheetFacts, office: Office) -> str:
    """Return the post to which the matter goes that day, with the mark of who acts in it (Plh., Plt.)."""
    title, holder = texts.held_on(role, day, office), office.holder(role, day)
    if holder is None or title_fits(title):
        return title
    acting = "" if holder.acting == ON_BEHALF else holder.acting
    return f"{acting} {facts.lanes.get(role, title)}".strip()


def _hop(giver: str, taker: str, moves: Sequence[MoveMade], facts: SheetFacts, office: Office) -> Hop:
    day = _day(moves[0] if moves else None, facts)
    return Hop(
        day=wording.long_date(day) if moves else "",
        giver=_giver(giver, day, facts, office),
        taker=_taker(taker, day, facts, office),
        words="\n".join(filter(None, map(_order, moves))),
    )


def _day(move: MoveMade | None, facts: SheetFacts) -> date:
    """Return on which day a hop was made; of one that was not yet, the sheet's own."""
    return move.at.date() if move else facts.drafted_on


def _order(move: MoveMade) -> str:
    """Return with which words a disposition was made, line by line; what was ticked together is one sentence."""
    if move.key == "sampaikan":
        return "Disampaikan untuk mendapat disposisi."
    return "\n".join(_sentence(line) for line in texts.paragraphs(move, WORDS))


def _sentence(line: str) -> str:
    first, *others = parts = [part.strip() for part in line.split(";")]
    if not all(_is_instruction(part) for part in parts):
        return phrasing.capital(line)
    return "; ".join((first, *(part[:1].lower() + part[1:] for part in others))).rstrip(".") + "."


def _made_by(role: str, facts: SheetFacts) -> MoveMade | None:
    """Return the newest disposition of a role; for whoever hands it in, that move."""
    if facts.hops and role == facts.hops[0][0]:
        return facts.last("sampaikan")
    return next((move for move in reversed(facts.made("disposisi")) if move.role == role), None)


def _urgency(facts: SheetFacts) -> dict[str, str]:
    """Return the boxes of the derajat: the newest that a disposition gave is ticked."""
    given = next((text for m in reversed(facts.made("disposisi")) if (text := texts.line(m, "derajat"))), "")
    return {f"kotak_{_key(grade)}": _TICKED if _key(given) == _key(grade) else _OPEN for grade in URGENCIES}


def _lane(role: str, day: date, facts: SheetFacts, office: Office) -> str:
    """Return the SOP's name of the post, with the mark of who acted in it that day (``Plh. Kadiv Yankum``)."""
    holder = office.holder(role, day)
    return f"{holder.acting if holder else ''} {facts.lanes.get(role, role)}".strip()


def _instructions(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return the boxes of the instructions, for each official those that this official ticked: said in these words."""
    given = [
        (_lane(giver, _day(moves[0] if moves else None, facts), facts, office), moves)
        for giver, _, moves in _legs(facts, office)[1:]
    ]
    if (decided := facts.last("disposisi-audiensi")) is not None:
        given.append((f"{_lane(decided.role, decided.at.date(), facts, office)} atas usul audiensi", (decided,)))
    given += [("", ())] * (OFFICIALS - len(given))
    words = [set[str]().union(*map(_ticked, moves)) for _, moves in given]
    return {
        "pejabat": [name for name, _ in given],
        "centang": {
            box_of(instruction): [_TICKED if instruction.casefold() in said_so else _OPEN for said_so in words]
            for instruction in INSTRUCTIONS
        },
    }


def _of_earlier_templates(facts: SheetFacts, way: Sequence[Hop], office: Office) -> dict[str, Any]:
    """Return what the templates of version 0.1.0 ask for, which offices have and change: one box an instruction."""
    hops, legs, decided = list(_hops(facts)), len(_legs(facts, office)), facts.last("disposisi-audiensi")
    audience = way[legs] if decided else Hop()
    said_so = {words for _, _, move in hops for words in _ticked(move)}
    rows = [{"tanggal": hop.day, "dari": hop.giver, "kepada": hop.taker, "isi": hop.words} for hop in way[:legs]]
    told = texts.sender(facts.fields)
    oral = f"Pengaduan lisan: {told}" if told and texts.is_oral(facts) else told
    return {
        "surat_dari": "Pemberitaan media" if texts.is_news(facts) else oral,
        "alur": rows,
        "audiensi_tanggal": audience.day,
        "audiensi_dari": audience.giver,
        "audiensi_kepada": audience.taker,
        "audiensi_isi": audience.words,
        **{f"kotak_{box_of(words)}": _TICKED if words.casefold() in said_so else _OPEN for words in INSTRUCTIONS},
    }


def _ticked(move: MoveMade | None) -> set[str]:
    lines = texts.paragraphs(move, WORDS)
    return {part.strip(" .").casefold() for line in lines for part in line.split(";")}


def _is_instruction(words: str) -> bool:
    return words.strip(" .").casefold() in {instruction.casefold() for instruction in INSTRUCTIONS}


def box_of(instruction: str) -> str:
    """Return what the template calls an instruction's boxes: ``hadiri_wakili``."""
    return re.sub("[^a-z]+", "_", instruction.casefold())


def _key(grade: str) -> str:
    return f"derajat_{grade.lower().replace(' ', '_')}"


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
