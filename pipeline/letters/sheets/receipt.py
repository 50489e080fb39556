"""What the receipt of SOP step 1 says, twice on one page: for the complainant, and for the file.

As every sheet it has the office's letterhead, register number, day and hour, subject (told without children's names).
Its own are who complains, the status code and how to ask with it how the complaint stands, the papers that were handed
in (the complaint with its sheets, then what is enclosed), and the officer who took them. The words around these stand
in the office's template ``01-tanda-terima.docx``. Two copies keep to one page (:mod:`pipeline.letters.sheets.room`):
what is long is set smaller, and what half a page cannot hold goes on on a second sheet of each copy.

A receipt is shown at home and on the way there: it does not name the child that a complaint is about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.cases.case_kind import AGENCY, NEWS
from pipeline.cases.secrecy_level import is_secret
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.child_names import IN_PLACE, child_complains, without_children
from pipeline.letters.sheets.complaint_words import kind_of, numbered
from pipeline.letters.sheets.paper_names import BY_HAND, paper_name
from pipeline.letters.sheets.parties import proxies, proxy_in_words
from pipeline.letters.sheets.room import Column, Fit, continued, fit, kop
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

RECEIPT = "01-tanda-terima"
#: Points of the answers: the usual, and those of a receipt that says much.
_USUAL, _SMALL = 9.0, 8.0
#: Millimetres: of a copy on A4, below the second of which, without a code, the page code has room; of the columns of
#: answers and labels; the least of a row in each type.
_COPY, _ANSWERS, _LABELS = 134.5, 123.0, 31.0
_LEAST: Mapping[float, float] = {_USUAL: 5.5, _SMALL: 4.4}
#: Millimetres of what does not grow: title, opening words, gaps, signatures; of the word RAHASIA at the head.
_REST, _SECRET = 44.5, 4.2
_ASKING, _ASKING_LEAST, _OFFICER = Column(82, 8), 16.0, Column(76, 9)
_ASK_WITH = "Perkembangannya dapat ditanyakan melalui dengan menyebutkan nomor register dan kode ini. "
#: Papers that have a line of their own in the small type.
_LISTED = 4
_ON_NEXT = "dirinci pada lembar lanjutan"
_PAPERS = "Berkas diterima"
#: How enclosures are told that nobody listed, and how a list of papers is closed.
_COUNTED, _KINDS, _NO_OTHER = "Lampiran: ", "macam berkas", "tidak ada berkas lain yang diterima."
#: The paper on which the officer wrote down what was told, which nobody handed in, and what is said of the others.
_FORM, _BESIDE_FORM = "Formulir pengaduan lisan (diisi petugas)", "Selain formulir tersebut,"
#: What is said of a covering letter whose number and day are not told below it.
_AS_LISTED = "yang disebut pada “Berkas diterima”"
#: What the one is called that passes a complaint on, and what came where it is no complainant's letter.
_AGENCY = "Instansi yang melimpahkan"
_LETTERS = {AGENCY: "Surat pelimpahan", NEWS: "Salinan pemberitaan media"}
#: Millimetres of one of the empty lines that bring the cut to the middle of the page, and what is left for Word's own.
_GAP, _SPARE = 1.7, 3.0
#: Lines that the name of who hands over may take: as many as there are for it to be written by hand.
_NAME_LINES = 2


def _receipt(facts: SheetFacts, office: Office) -> dict[str, Any]:
    told = _told(facts)
    found = fit((_USUAL, _SMALL), lambda tried: _height(told, tried, facts, office), _COPY)
    handed_on = kind_of(facts).origin == AGENCY
    reader = "pengirim" if handed_on else "pelapor"
    return {
        "rangkap": [f"Lembar untuk {reader}", "Lembar untuk arsip"],
        "pembaca": reader,
        "yang_menyerahkan": "Yang menyampaikan," if texts.is_oral(facts) else "Yang menyerahkan,",
        "sela": "\n" * int((_COPY - _SPARE - _height(told, found, facts, office)) // _GAP),
        "kode_status": facts.status_code,
        "cara_bertanya": office.asking,
        "cara_serah": _of_channel("dikirim", facts),
        "nama_penyerah": _deliverer(facts),
        "surat_pengantar": _covering(facts),
        "yang_diterima": "pelimpahan pengaduan" if handed_on else "pengaduan",
        "sebutan_pelapor": told.called,
        "berkode": "" if handed_on else "ya",
        "kop": kop(office).size,
        "huruf": "biasa" if found.points == _USUAL else "kecil",
        **texts.officer(facts.drafted_on, office),
        **told.shown(Column(_ANSWERS, found.points), found.most),
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What the receipt says of the complaint, however long it is."""

    channel: str
    body: str
    people: tuple[str, ...]
    subject: str
    papers: tuple[str, ...]
    count: str = ""
    """Of how many people a group is."""
    handed_on: bool = False
    """Whether an agency passed on what the people complained of to it."""

    @property
    def called(self) -> str:
        """What the one is called from whom the complaint came."""
        return _AGENCY if self.handed_on else "Pelapor"

    @property
    def everybody(self) -> tuple[str, ...]:
        """Who complains: the organisation, then everybody by name."""
        return (self.body, *self.people) if self.body else self.people

    @property
    def named(self) -> str:
        """Who complains, on one line: an organisation with the size of its group, and who speaks for it."""
        people = "; ".join(self.people)
        if not self.body:
            return people
        body = ", ".join(filter(None, (self.body, self.count)))
        speaks = "; pelapor asal:" if self.handed_on else ", diwakili"
        return f"{body}{speaks} {people}" if people else body

    @property
    def leader(self) -> str:
        """The first of many who complain, and how many more there are."""
        if self.handed_on:
            return f"{self.body}; pelapor asal: {wording.counted(len(self.people), 'orang')}, {_ON_NEXT}"
        if self.body:
            return f"{self.body} bersama {wording.counted(len(self.people), 'orang')}, {_ON_NEXT}"
        return f"{self.people[0]} dkk., {wording.counted(len(self.people), 'orang')}, {_ON_NEXT}"

    def shown(self, column: Column, most: int) -> dict[str, Any]:
        """Return what stands on the first sheet, and on the second what has no room there."""
        people, papers = self.named, self._papers(column)
        further: list[dict[str, str]] = []
        if column.lines(people) > most:
            further += self._in_full()
            people = column.begun(self.leader if len(self.everybody) > 1 else people, most)
        for title, text in (("Cara penyampaian", self.channel), ("Hal", self.subject)):
            if column.lines(text) > most:
                further += continued(title, [text])
        if sum(map(column.lines, papers)) > most:
            further += [*continued(_PAPERS, self.papers), {"judul": "", "teks": _closed(self.papers), "butir": ""}]
            papers = [f"{wording.counted(len(self.papers), _KINDS)}, {_ON_NEXT}"]
        return {
            "cara_penyampaian": column.begun(self.channel, most),
            "pelapor": people,
            "hal": column.begun(self.subject, most),
            "berkas": papers,
            "penutup_berkas": _closed(papers),
            "lanjutan": [{"butir": "ya", **row} for row in further],
        }

    def _in_full(self) -> list[dict[str, str]]:
        """Return everybody by name; apart from the agency, who complained to it."""
        if not self.handed_on:
            return continued(self.called, self.everybody)
        return [*continued(self.called, [self.body]), *continued("Pelapor asal", self.people)]

    def _papers(self, column: Column) -> list[str]:
        """Return the papers, each on a line of its own; where there is little room, many of them run on."""
        if column.points == _USUAL or len(self.papers) <= _LISTED:
            return list(self.papers)
        return [f"{wording.counted(len(self.papers), _KINDS)}: {'; '.join(self.papers)}"]


def _closed(papers: Sequence[str]) -> str:
    """Return the line that closes the list of papers, so that nothing is written below: how many, if it lists them."""
    handed_in = [paper for paper in papers if not paper.startswith(_FORM)]
    if len(papers) == 1 or any(paper.startswith(_COUNTED) for paper in papers):
        return _NO_OTHER.capitalize()
    whole = "Seluruhnya" if handed_in == [*papers] else _BESIDE_FORM
    return f"{whole} {wording.counted(len(handed_in), _KINDS)}; {_NO_OTHER}"


def _height(told: _Told, tried: Fit, facts: SheetFacts, office: Office) -> float:
    """Return how much of the page a copy takes."""
    column, least = Column(_ANSWERS, tried.points), _LEAST[tried.points]
    shown = told.shown(column, tried.most)
    answers = [
        facts.register_number,
        wording.weekday_and_hour(facts.received_at),
        shown["cara_penyampaian"],
        shown["pelapor"],
        shown["hal"],
    ]
    rows = sum(max(least, column.lines(text) * column.line + 1.2) for text in answers)
    label = max(Column(_LABELS, tried.points).lines(told.called) - column.lines(shown["pelapor"]), 0) * column.line
    papers = sum(map(column.lines, (*shown["berkas"], shown["penutup_berkas"]))) * column.line + 1.2
    asking = max(_ASKING_LEAST, _ASKING.lines(_ASK_WITH + office.asking) * _ASKING.line + 2)
    officer = texts.officer(facts.drafted_on, office)
    signed = sum(max(_OFFICER.lines(officer[f"petugas_{name}"]) - 1, 0) for name in ("jabatan", "nama"))
    secret = _SECRET if is_secret(facts.classification) else 0.0
    return kop(office).height + secret + rows + label + papers + asking + _REST + signed * _OFFICER.line


@cache
def _channels() -> Mapping[str, Mapping[str, str]]:
    """Return what the receipt says of a channel: by which nobody hands anything over, what came by it."""
    return tomllib.loads(files(__package__).joinpath("receipt.toml").read_text("utf-8"))


def _of_channel(table: str, facts: SheetFacts) -> str:
    """Return what a table says of the channel by which the complaint came; empty where it says nothing."""
    return _channels()[table].get(next(iter((facts.channel or "").casefold().split()), ""), "")


def _deliverer(facts: SheetFacts) -> str:
    """Return who came in person, where the channel says that it was the only complainant, or the proxy.

    Who brought a letter nobody knows; a child is not named, and of several nobody knows which of them came.
    """
    fields = facts.fields
    came = [proxy["nama"] for proxy in proxies(fields)] or texts.people(fields)
    if not _of_channel("sendiri", facts) or child_complains(fields) or len(came) != 1:
        return ""
    return came[0] if _OFFICER.lines(came[0]) <= _NAME_LINES else ""


def _told(facts: SheetFacts) -> _Told:
    fields = facts.fields
    body = "" if proxy_in_words(fields) else said(fields.get("lembaga_pelapor"))
    return _Told(
        channel=phrasing.capital(facts.channel or ""),
        body=body,
        people=_people(fields),
        subject=without_children(said(fields.get("perihal")), fields),
        papers=tuple(without_children(paper, fields) for paper in _papers(facts)),
        count=_count(fields),
        handed_on=bool(body) and kind_of(facts).origin == AGENCY,
    )


def _count(fields: Mapping[str, Any]) -> str:
    people = said(fields.get("jumlah_kelompok"))
    return wording.counted(int(people), "orang") if people.isdecimal() else ""


def _covering(facts: SheetFacts) -> str:
    """Return number and date of the letter with which an agency passed the complaint on.

    Where there is none, or no room for it, the letter is the one that stands first among the papers.
    """
    if kind_of(facts).origin != AGENCY:
        return ""
    told = numbered(facts.fields).strip().replace(" tanggal ", "\ntanggal ")
    return told if told and all(_OFFICER.lines(text) <= 1 for text in told.splitlines()) else _AS_LISTED


def _people(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return who complains by name, the last with who acts for them."""
    people = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    names = [name for person in people if (name := said(person.get("nama")))]
    if names and child_complains(fields):
        names = [IN_PLACE]
    proxy = proxy_in_words(fields)
    if proxy and names:
        names[-1] = f"{names[-1]}, melalui kuasanya, {proxy}"
    elif proxy:
        names = [f"{proxy}, selaku kuasa"]
    return tuple(names)


def _papers(facts: SheetFacts) -> list[str]:
    """Return the papers that came: the complaint, then what is enclosed; told at the counter, the form it became."""
    listed, counted = texts.enclosures(facts.fields.get("lampiran")), said(facts.fields.get("lampiran"))
    shown = wording.all_said(facts.fields.get("dokumen_pendukung"))
    ticked = [f"{phrasing.capital(paper_name(paper))}, {BY_HAND}" for paper in shown]
    enclosed = [f"{_COUNTED}{counted}"] if counted else ticked
    return [_complaint(facts), *(listed or enclosed)]


def _complaint(facts: SheetFacts) -> str:
    """Return the paper that the complaint itself is: a letter by its number and its day, as far as it has them."""
    counted = wording.counted(facts.pages, "lembar") if facts.pages else ""
    if texts.is_oral(facts):
        return f"{_FORM}, {counted or BY_HAND}"
    came = _LETTERS.get(kind_of(facts).origin) or _of_channel("berkas", facts) or "Surat pengaduan"
    return ", ".join(filter(None, (f"{came}{numbered(facts.fields)}", counted)))


SHEETS: Mapping[str, Maker] = {RECEIPT: _receipt}
CASES: Cases = {}
