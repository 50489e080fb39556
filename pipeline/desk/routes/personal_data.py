"""*Data pribadi*: requests of people about the data about them, from receiving to the answer, each with its clock."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import MEDIA
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.key_labels import role_name
from pipeline.desk.downloads import attachment
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.letters.sheets import personal_data_letters
from pipeline.letters.sheets.office_papers import MEDIA as PAPER_MEDIA
from pipeline.letters.sheets.texts import PRIVACY_ANSWER
from pipeline.privacy.law import privacy_law
from pipeline.privacy.matters import By
from pipeline.privacy.person_file import file_name
from pipeline.privacy.requests import (
    FORM,
    OUTCOMES,
    PersonRequest,
    answer,
    choose_cases,
    identify,
    note_export,
    receive,
    request_of,
    requests,
    require_exportable,
)

pages = Pages()
_HERE = "/data-pribadi/{request}"


@pages.get("/data-pribadi", Right.PERSONAL_DATA, Lane.QUICK)
def register(visit: Visit) -> Response:
    """Show the register of requests, those that wait first, and the form for a new one."""
    return _register(visit)


@pages.post("/data-pribadi", Right.PERSONAL_DATA, Lane.QUICK)
def enter(visit: Visit) -> Response:
    """Enter a request."""
    typed = {name: visit.text(name) for name in FORM}
    try:
        made = receive(visit.desk.root.person_requests, typed, by_visitor(visit), visit.desk.now())
    except Incomplete as fault:
        return _register(visit, typed, fault)
    return visit.go(f"/data-pribadi/{made.number}", f"Permintaan nomor {made.number} tercatat.")


@pages.get(_HERE, Right.PERSONAL_DATA, Lane.LOOKUPS)
def one(visit: Visit) -> Response:
    """Show a request: what was asked, what there is of the person, what was done, what is next."""
    return _one(visit, _request(visit))


@pages.post(f"{_HERE}/identitas", Right.PERSONAL_DATA, Lane.LOOKUPS)
def identified(visit: Visit) -> Response:
    """Note how it was seen that who asks is who they say."""
    request, book = _request(visit), visit.desk.root.person_requests
    try:
        identify(book, request.number, visit.text("cara"), by_visitor(visit), visit.desk.now())
    except Incomplete as fault:
        return _one(visit, request, fault)
    return visit.go(f"/data-pribadi/{request.number}", "Pemeriksaan identitas tercatat.")


@pages.post(f"{_HERE}/perkara", Right.PERSONAL_DATA, Lane.LOOKUPS)
def chosen(visit: Visit) -> Response:
    """Note which cases are the person's: of those that were shown, and no others."""
    request, desk = _request(visit), visit.desk
    offered = {found.row.number for found in desk.root.candidates(request, visit.who.sees)}
    cases = [str(read_number(text)) for text in visit.texts("perkara") if text in offered]
    choose_cases(desk.root.person_requests, request.number, cases, by_visitor(visit), desk.now())
    return visit.go(f"/data-pribadi/{request.number}", f"{len(cases)} perkara dicatat sebagai miliknya.")


@pages.post(f"{_HERE}/berkas", Right.PERSONAL_DATA, Lane.PAPERS)
def exported(visit: Visit) -> Response:
    """Make the file of all that is kept of the person; that it was made is noted before it is handed out."""
    request, desk = _request(visit), visit.desk
    require_exportable(request)
    for number in map(read_number, request.cases):
        visit.note(number)
        desk.reasons.state(visit.who, number, f"Permintaan data pribadi nomor {request.number}", desk.now())
    made, sha256 = desk.root.person_file(request, visit.who.sees, desk.now())
    note_export(desk.root.person_requests, request.number, sha256, by_visitor(visit), desk.now())
    return attachment(made, file_name(request), MEDIA["xlsx"])


@pages.post(f"{_HERE}/jawaban", Right.PERSONAL_DATA, Lane.LOOKUPS)
def answered(visit: Visit) -> Response:
    """Note the answer."""
    request, book = _request(visit), visit.desk.root.person_requests
    typed = {name: visit.text(name) for name in ("hasil", "alasan", "kata")}
    try:
        answer(book, request.number, typed, by_visitor(visit), visit.desk.now())
    except Incomplete as fault:
        return _one(visit, request, fault, typed)
    return visit.go(f"/data-pribadi/{request.number}", "Jawaban tercatat. Cetak suratnya, lalu kirim.")


@pages.get(f"{_HERE}/surat", Right.PERSONAL_DATA, Lane.PAPERS)
def letter(visit: Visit) -> Response:
    """Give the letter that answers a request."""
    request, root, kind = _request(visit), visit.desk.root, visit.asked("jenis") or "docx"
    if not request.outcome:
        raise NotAllowed("Permintaan ini belum dijawab.", "Catat dahulu jawabannya.")
    values = personal_data_letters.answer_values(request, visit.desk.now().date(), root.settings.office)
    made = root.office_papers.made(PRIVACY_ANSWER, values, kind)
    return attachment(made, f"{PRIVACY_ANSWER}-{request.number}.{kind}", PAPER_MEDIA[kind])


def by_visitor(visit: Visit) -> By:
    """Return who acts, in the roles that they hold today."""
    return By(visit.who.login, ", ".join(sorted(visit.who.roles)))


def matter_number(visit: Visit, name: str, thing: str) -> int:
    """Return the number of a matter that the address names.

    Raises:
        NotFound: it is none.
    """
    number = number_in(visit.request.path_params[name], 9)
    if not number:
        raise NotFound(f"{thing} itu tidak ada.", "Lihat nomornya pada daftarnya.")
    return number


def _request(visit: Visit) -> PersonRequest:
    return request_of(visit.desk.root.person_requests, matter_number(visit, "request", "Permintaan"))


def _named(request: PersonRequest) -> dict[str, CaseNumber]:
    """Return the cases that are named in what was done about a request, as they are written there."""
    return {text: read_number(text) for line in request.lines for text in line.told.get("perkara", ())}


def _register(visit: Visit, typed: dict[str, str] | None = None, fault: Incomplete | None = None) -> Response:
    now, found = visit.desk.now(), requests(visit.desk.root.person_requests.lines())
    rows = sorted(found.values(), key=lambda r: (bool(r.outcome), r.clock.due if not r.outcome else now, -r.number))
    return visit.show(
        "data-pribadi.html",
        422 if fault else 200,
        title="Data pribadi",
        rows=rows,
        law=privacy_law(),
        rights=[(right.key, f"{right.name}: {right.meaning}") for right in privacy_law().rights],
        labels=FORM,
        typed=typed or dict.fromkeys(FORM, ""),
        fault=fault,
        wrong=wrong_with(fault),
    )


def _one(
    visit: Visit, request: PersonRequest, fault: Incomplete | None = None, typed: dict[str, str] | None = None
) -> Response:
    law, roles, named = privacy_law(), visit.who.roles, _named(request)
    there = visit.desk.open_among(visit.who.sees, [*named.values()])
    grounds = [(one.key, f"{one.words} ({one.articles})") for one in law.grounds if request.right in one.rights]
    return visit.show(
        "data-pribadi-satu.html",
        422 if fault else 200,
        title=f"Permintaan {request.number}",
        r=request,
        right=law.right(request.right),
        law=law,
        found=visit.desk.root.candidates(request, visit.who.sees),
        closed={n for n, number in named.items() if number not in there},
        mine=", ".join(sorted(map(role_name, roles))),
        grounds=grounds,
        ground_words=law.ground(request.ground).words if request.ground else "",
        outcomes=OUTCOMES,
        typed=typed or {"hasil": "", "alasan": "", "kata": ""},
        fault=fault,
        wrong=wrong_with(fault),
        forms=PAPER_MEDIA,
    )
