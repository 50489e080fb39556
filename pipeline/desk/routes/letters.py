"""*Surat*: the office's letters, each with its life and what may be done to it; *buku ekspedisi*: what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import Paper, papers
from pipeline.cases import objections
from pipeline.cases.case import Case
from pipeline.cases.events import VERSION
from pipeline.cases.letter_life import STATES, Letter, letters
from pipeline.cases.moves import LETTER
from pipeline.cases.objections import Objecting, object_to, possible
from pipeline.cases.offers import Offer
from pipeline.cases.separation import why
from pipeline.cases.signed_files import SignedFile
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import CHOSEN, SIGN
from pipeline.desk.case_file import open_file
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import FormQuestion, question
from pipeline.desk.rendering import paged
from pipeline.desk.routes.papers import may_edit, page_count
from pipeline.desk.routes.signing import means
from pipeline.desk.routes.summary import PARTS, asked_period
from pipeline.desk.two_people import offers_to
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, UsageFault, YankomasError
from pipeline.letters.sheets.periodical_report import MEDIA
from pipeline.register.letter_lists import (
    ACT_TITLES,
    LetterQuery,
    Listed,
    age,
    asked_letters,
    dispatch_row,
    sent_letters,
)
from pipeline.register.row import Row
from pipeline.register.summary.period import Period

pages = Pages()
#: What else than a state the list can be narrowed to.
_WAITING, _ALL = "menunggu", "semua"


@pages.get("/surat", Right.REGISTER, Lane.QUICK)
def every_letter(visit: Visit) -> Response:
    """Show the letters of the office."""
    asked = visit.asked("keadaan") or _WAITING
    mine = visit.asked("giliran") == "saya"
    query = LetterQuery(
        state="" if asked in (_WAITING, _ALL) else asked,
        waiting=asked == _WAITING,
        roles=visit.who.roles if mine else None,
    )
    now = visit.desk.now()
    years = visit.desk.root.booked_years()
    year = asked_year if (asked_year := number_in(visit.asked("tahun"), 4)) in years else None
    live = [row for row in visit.desk.live_rows.of(now.date()) if year in (None, row.year)]
    rows = live if query.waiting else _of_year(visit, year, live)
    part = paged(asked_letters(query, _open_of(visit, rows)), visit.part_asked)
    return visit.show(
        "surat.html",
        title="Surat",
        part=part,
        ages=[age(one.letter, now) for one in part.items],
        acts=ACT_TITLES,
        asked=asked,
        mine=mine,
        choices=[(_WAITING, "Yang menunggu"), (_ALL, "Semua"), *((state, state.capitalize()) for state in STATES)],
        years=[(str(one), str(one)) for one in reversed(years)],
        year=str(year or ""),
        query={"keadaan": asked, **({"tahun": year} if year else {}), **({"giliran": "saya"} if mine else {})},
    )


def _of_year(visit: Visit, year: int | None, live: list[Row]) -> list[Row]:
    """Return the cases of a year; none asked for: of this one, and what is alive of those before.

    The letters of all years are more than a page can look through: hundreds of thousands.
    """
    asked = year or visit.desk.now().year
    return [*(row for row in live if row.year != asked), *visit.desk.book.rows(asked)]


def _open_of(visit: Visit, rows: Iterable[Row]) -> list[Row]:
    """Return those of the cases that the visitor may read."""
    sees = visit.who.sees
    return [row for row in rows if secrecy.open_to(sees, row)]


def _sent(visit: Visit, period: Period) -> list[Listed]:
    """Return what was sent in a period, of the cases that the visitor may read."""
    return sent_letters(_open_of(visit, visit.desk.book.touched_since(period.first)), period.first, period.last)


@pages.get("/kasus/{year}/{serial}/surat/{template}", Right.READ_CASES, Lane.PICTURES)
def one_letter(visit: Visit) -> Response:
    """Show a letter: its pages, where it stands and how it came there, what the visitor may do to it."""
    return _one(visit, open_file(visit).case, str(visit.request.path_params["template"]))


@pages.post("/kasus/{year}/{serial}/bertanda-tangan/{name}/{saying}", Right.MOVE_CASES, Lane.PAPERS)
def object_here(visit: Visit) -> Response:
    """Dispute, confirm or withdraw a file that was filed as the signed letter."""
    case, name = open_file(visit).case, str(visit.request.path_params["name"])
    what = objections.ALL.get(str(visit.request.path_params["saying"]))
    signed = next((s for s in case.signatures if name in s.documents), None)
    if what is None or signed is None:
        raise NotFound("Berkas bertanda tangan itu tidak ada.", "Buka lagi dari halaman naskahnya.")
    sop = visit.desk.root.sop_of(case)
    mine = sorted(visit.who.acts_in or visit.who.roles)  # what was handed over is refused with its words
    role = next((role for role in mine if what in objections.possible(signed, role, sop)), mine[0])
    try:
        by, parts = visit.who.acting(role), visit.desk.decide_parts()
        object_to(case.number, name, what, visit.text("alasan"), by=by, parts=parts)
    except (NotAllowed, Incomplete) as fault:
        return _one(visit, case, signed.template, fault)
    visit.desk.wake()
    return visit.go(f"/kasus/{case.number}/surat/{signed.template}", f"{what.label}: dicatat.")


def _one(visit: Visit, case: Case, template: str, fault: YankomasError | None = None) -> Response:
    sop = visit.desk.root.sop_of(case)
    lives = [letter for letter in letters(case, sop) if letter.template == template]
    paper = next((paper for paper in papers(case, sop) if paper.key == template), None)
    if not lives or paper is None:
        raise NotFound("Naskah itu tidak ada pada perkara ini.", "Buka lagi dari halaman perkara atau halaman Surat.")
    mine, kept = offers_to(visit, case, sop)
    return visit.show(
        "surat-satu.html",
        422 if fault else 200,
        title=lives[-1].title,
        case=case,
        row=visit.desk.row(case.number),
        sheet=sop.sheet(template),
        letter=lives[-1],
        earlier=lives[:-1],
        paper=paper,
        pages=page_count(visit, case, paper.shown) if paper.shown else 0,
        acts=ACT_TITLES,
        offers=_about(mine, lives[-1], paper),
        kept_apart=[why(barred, case.number) for barred in kept if barred.letter == template],
        signed=_signed(visit, case, template, sop),
        edits=may_edit(visit, case, paper),
        certificate=_signs_with_certificate(visit, lives[-1]) and all(b.letter != template for b in kept),
        objection=fault,
    )


def _signed(visit: Visit, case: Case, template: str, sop: Sop) -> list[tuple[SignedFile, list[Objecting]]]:
    """Return the letter's signed files, the newest first, each with what the visitor may say of it."""
    mine = sorted(visit.who.acts_in) if visit.who.may(Right.MOVE_CASES) else ()
    found = [s for s in reversed(case.signatures) if s.template == template]
    return [(s, list(dict.fromkeys(say for role in mine for say in possible(s, role, sop)))) for s in found]


def _about(mine: tuple[Offer, ...], letter: Letter, paper: Paper) -> list[tuple[Offer, list[FormQuestion]]]:
    """Return the moves that can be made on this letter, with their questions; it is chosen, its version is read."""
    known = {LETTER: letter.template, VERSION: paper.version}
    found = (offer for offer in mine if letter.template in (offer.letter, *offer.choices))
    return [
        (
            _named(offer, letter),
            [question(_chosen(f, letter), known.get(f.name, offer.known.get(f.name))) for f in offer.fields],
        )
        for offer in found
    ]


def _signs_with_certificate(visit: Visit, letter: Letter) -> bool:
    roles = letter.turn.roles if letter.turn and letter.turn.act == SIGN else ()
    return any(means(visit, role) for role in roles if role in visit.who.acts_in)


def _named(offer: Offer, letter: Letter) -> Offer:
    """Return a move whose file is the chosen letter as one that calls it by its title."""
    return replace(offer, file_title=letter.title) if offer.file_title == title_of(CHOSEN) else offer


def _chosen(field: FormField, letter: Letter) -> FormField:
    """Return a question of a move that is made on this letter: which letter is no question any more."""
    return replace(field, choices=(letter.template,)) if field.name == LETTER else field


@pages.get("/ekspedisi", Right.REGISTER, Lane.QUICK)
def dispatch_book(visit: Visit) -> Response:
    """Show what was sent in a period."""
    period = _period(visit)
    part = paged(_sent(visit, period), visit.part_asked)
    years = {*visit.desk.root.booked_years(), period.year, visit.desk.now().year}
    return visit.show(
        "ekspedisi.html",
        title="Buku ekspedisi",
        period=period,
        part=part,
        rows=[dispatch_row(listed) for listed in part.items],
        years=[str(year) for year in sorted(years, reverse=True)],
        parts=PARTS,
        asked={"tahun": str(period.year), "bagian": visit.asked("bagian")},
    )


@pages.get("/ekspedisi/buku", Right.EXPORT, Lane.PAPERS)
def dispatch_file(visit: Visit) -> Response:
    """Give the dispatch book of a period as PDF or spreadsheet."""
    kind, period = visit.asked("jenis"), _period(visit)
    if kind not in ("pdf", "xlsx"):
        raise UsageFault("Jenis berkas itu tidak ada.", "Pilih pdf atau xlsx.")
    files, rows = visit.desk.root.dispatch_files(), [dispatch_row(listed) for listed in _sent(visit, period)]
    made = files.pdf if kind == "pdf" else files.xlsx
    return attachment(made(rows, period.label), f"ekspedisi-{period.key}.{kind}", MEDIA[kind])


def _period(visit: Visit) -> Period:
    now = visit.desk.now()
    return asked_period(visit.asked("tahun") or str(now.year), visit.asked("bagian"), now.date())
