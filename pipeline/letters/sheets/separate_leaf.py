"""The leaf on which those sign at an audience whom its other papers do not name (SOP step 5).

Attendance list and minutes go from hand to hand, and the respondent gets copies. The leaf belongs to both, stays in
this office, and is secret whatever the case is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.handed_on import handing_on
from pipeline.cases.case_kind import GROUP
from pipeline.cases.secrecy_level import RAHASIA
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.attendees import OFFICIAL, same_name
from pipeline.letters.sheets.audience import HELD, INVITED, agenda, meetings, when_and_where
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.parties import proxies
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

LEAF = "05-lembar-tersendiri"
#: Rows beside those of who is known, for whoever comes with them.
_SPARE = 3


def _leaf(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, minutes = facts.last(INVITED), facts.letters_of(MINUTES)
    held = texts.day(facts.last(HELD), "tanggal_pelaksanaan")
    signed = held or texts.day(move, "tanggal_audiensi")
    return {
        **internal(facts, office),
        **when_and_where(move),
        "tanda_rahasia": RAHASIA.upper(),
        "kantor": office.name,
        "nomor_berita_acara": minutes[-1].number if minutes else "",
        "tanggal_berita_acara": wording.long_date(held) if held else "",
        "tanggal_audiensi": wording.long_date(signed) if signed else "",
        "acara": agenda(facts, move),
        "daftar": [*_known(facts), *[{"nama": "", "selaku": ""}] * _SPARE],
    }


def _known(facts: SheetFacts) -> list[dict[str, str]]:
    """Return by name who complains, acts for them or handed it on; in the order of the minutes, once there are any.

    Who acts for an agency that may be named signs with the others.
    """
    fields = facts.fields
    people = (said(person.get("nama")) for person in fields.get("pelapor") or [] if isinstance(person, Mapping))
    role = "Wakil kelompok pelapor" if GROUP in kind_of(facts) else "Pelapor"
    rows = [{"nama": name, "selaku": role} for name in people if name]
    rows += [{"nama": proxy["nama"], "selaku": "Kuasa pelapor"} for proxy in proxies(fields)]
    official = said(fields.get("pejabat_penghubung"))
    if official and not handing_on(fields):
        rows.append({"nama": official, "selaku": phrasing.capital(OFFICIAL)})
    came = [row["nama"] for row in texts.rows(facts.last(HELD), "hadir", ("nama", "jabatan"))]
    rows.sort(key=lambda row: next((n for n, one in enumerate(came) if same_name(one, row["nama"])), len(came)))
    return [{**row, "nama": wording.unbroken(row["nama"])} for row in rows]


SHEETS: Mapping[str, Maker] = {LEAF: _leaf}
CASES: Cases = {LEAF: {name: {"moves": (move,)} for name, move in meetings(INVITED).items()}}
