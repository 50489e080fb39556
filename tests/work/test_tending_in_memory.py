"""What the machine owes a case, with cases in memory: how often it tries, what it gives up, what it writes but once."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest
from case_factory import case_of, document, drafted, received, recognised, then
from fakes import MORNING, FakeReader, FakeValidator, FixedClock
from work_fakes import Cases

from pipeline.backoff import CUT_OFFS, TRIES, Tries
from pipeline.cases.becoming import Becoming
from pipeline.cases.case import Case
from pipeline.cases.duties import BECOME, LINK, PRINT, READ, SPLIT, Duty, duties
from pipeline.cases.events import (
    BECAME,
    CAME_OF,
    FILE,
    FROM,
    INTO,
    PAGES,
    SPLIT_FROM,
    SPLIT_OFF,
    Attached,
    AttachmentRead,
    Decided,
    Linked,
    Printed,
)
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.secrecy_level import SECRECY
from pipeline.cases.splitting import Split
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import EngineFault, HeldUp, Passing, Refused, TemplateFault, TooCostly
from pipeline.intake.no_scans import CHANNEL_FIELD
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.office import Letterhead
from pipeline.office.placeholders import placeholders
from pipeline.register.enrol import Newcomer, ServiceLine
from pipeline.storage.blobs import TypedText
from pipeline.work.become import become
from pipeline.work.split import split_off
from pipeline.work.tend import _become, _link, _print, _read, _require_letterhead, _split, _validate, tend

SOP = editions()[-1]
SHEETS = SOP.at_intake
#: What of a case is read: the complaint, and its attachments.
SUBJECTS = ("", "02-lampiran.pdf", "03-lampiran.pdf")


def parts(cases: Cases, **machines) -> SimpleNamespace:
    usual = {"sop": lambda _case: SOP, "clock": FixedClock(MORNING.replace(hour=12)), "archival": lambda _pdf: ""}
    unheard = {"progress": lambda *_: None, "doing": lambda *_: None}
    return SimpleNamespace(cabinet=cases, **{**usual, **unheard, **machines})


def failing(fault: Exception):
    """A reader that raises it, and how often it was asked."""
    asked: list[int] = []

    def read(*_):
        asked.append(1)
        raise fault

    return SimpleNamespace(read=read, asked=asked)


def enrolling(number: str, newcomers: list[Newcomer] | None = None, **services: ServiceLine) -> SimpleNamespace:
    """What enrols whoever comes, under this number; they are kept in the list."""

    def take(_staged, _at, event, _by, _series) -> SimpleNamespace:
        if newcomers is not None:
            newcomers.append(event.keywords["newcomer"])
        return SimpleNamespace(number=number)

    numbering = SimpleNamespace(holder_of=lambda *_: None, take=take)
    staged = SimpleNamespace(sha256="", size=0)
    return SimpleNamespace(
        numbers=SimpleNamespace(staged=lambda *_: nullcontext(staged), numbering=lambda: nullcontext(numbering)),
        clock=FixedClock(MORNING),
        editions=editions(),
        services=services,
        my_turn=lambda: None,
        blob=TypedText,
    )


def decided(move: str, **values) -> Decided:
    """A move that was made."""
    usual = {"start": "a", "state": "a", "holder": NO_HOLDER, "login": "penguji", "register": {}, "sheets": ()}
    usual |= {"numbers": {}, "documents": (), "letters": {}, "values": {}}
    return Decided(move=move, **(usual | values))


def drafts() -> Case:
    """A case whose sheets are drafted and wait to be printed."""
    return case_of(recognised(), *(drafted(template) for template in SHEETS))


@pytest.mark.parametrize(
    ("fault", "tries"),
    [(EngineFault("mesin mati"), TRIES), (ValueError("isi surat"), TRIES), (TooCostly("berat"), 1)],
)
def test_what_fails_is_tried_so_often_and_given_up_at_once_where_it_would_fail_again(fault, tries):
    cases, reader = Cases(case_of()), failing(fault)

    case = tend(*cases.cases, parts(cases, reader=reader))

    assert (len(reader.asked), next(iter(case.given_up))) == (tries, "baca")
    assert "isi surat" not in str(case.given_up)
    assert cases.settled == {case.number}


def test_a_passing_reason_counts_as_no_failure():
    cases, reader = Cases(case_of()), failing(Passing("penuh"))

    with pytest.raises(Passing):
        tend(*cases.cases, parts(cases, reader=reader))

    assert (len(reader.asked), cases.tries["baca"], cases.settled) == (1, Tries(0, 0), set())


@pytest.mark.parametrize(("cut_off", "given_up"), [(CUT_OFFS - 1, False), (CUT_OFFS, True)])
def test_what_ended_the_program_so_often_is_given_up_unread(cut_off, given_up):
    cases, reader = Cases(case_of()), failing(Passing("penuh"))
    cases.tries["baca"] = Tries(0, cut_off)

    try:
        case = tend(*cases.cases, parts(cases, reader=reader))
    except Passing:
        assert not given_up
    else:
        assert next(iter(case.given_up)) == "baca"
    assert bool(reader.asked) is not given_up


def test_a_template_that_cannot_be_used_holds_up_its_own_sheet_alone():
    cases, pressed = Cases(drafts(), **{f"{template}-v1.docx": template.encode() for template in SHEETS}), []

    def press(docx: bytes, _code) -> bytes:
        pressed.append(docx.decode())
        if docx.decode() == SHEETS[0]:
            raise TemplateFault("Templat rusak.", "Betulkan.")
        return b"%PDF"

    with pytest.raises(HeldUp, match="Templat rusak"):
        tend(*cases.cases, parts(cases, press=SimpleNamespace(print=press)))

    (case,) = cases.cases.values()
    assert pressed == [*SHEETS]
    assert [entry.data["template"] for entry in case.entries if entry.kind == Printed.kind] == [SHEETS[1]]
    assert cases.settled == set()
    assert [duty.key for duty in duties(case, SOP)] == [f"cetak {SHEETS[0]} v1"]


@pytest.mark.parametrize(
    ("editor", "unfit", "printed"),
    [("siti", [("memuat komentar (Rina: “Tunda”)", "")], 0), ("siti", [], 1), ("", [("memuat komentar", "")], 1)],
)
def test_an_edit_of_before_with_a_comment_or_tracked_change_is_told_without_a_word_of_it_and_never_printed(
    editor, unfit, printed
):
    template = SHEETS[1]
    edit = replace(drafted(template, 2), editor=editor)
    number_given = replace(drafted(template, 3), issued_from=2)  # its words are those of the edit
    pressed = []
    letters = SimpleNamespace(unsafe=lambda _docx: unfit)
    press = SimpleNamespace(print=lambda docx, _code: pressed.append(docx) or b"%PDF")

    for events in ((edit,), (edit, number_given)):
        case = case_of(recognised(), drafted(template), *events)
        docx = f"{template}-v{events[-1].version}.docx"
        office = parts(Cases(case, **{docx: b"word"}), press=press, letters=letters)
        with nullcontext() if printed else pytest.raises(Refused, match="kirim lagi sebagai suntingan") as refused:
            _print(case, Duty(PRINT, template, events[-1].version), office)
        assert printed or "Tunda" not in str(refused.value)

    assert len(pressed) == 2 * printed


@pytest.mark.parametrize(("marked", "words"), [("biasa", "mencetak"), ("rahasia", "")])
def test_what_is_done_for_a_case_is_told_and_nothing_of_a_secret_one(marked, words):
    case = case_of(recognised(), *(drafted(t) for t in SHEETS), first=received(register={SECRECY: marked}))
    cases, told = Cases(case, **{f"{template}-v1.docx": template.encode() for template in SHEETS}), []
    press = SimpleNamespace(print=lambda *_: b"%PDF")

    tend(case.number, parts(cases, press=press, doing=lambda number, what: told.append((number, what))))

    assert told == [(case.number, words)] * len(SHEETS)


def test_that_a_case_was_merged_into_another_is_written_there_once():
    parent, child, other = (case_of(first=received(serial=n)) for n in (1, 2, 3))
    told = then(then(parent, Linked("2026/0003", FROM)), Linked("2026/0002", INTO))

    for case, links in ((parent, 1), (told, 3)):
        cases = Cases(case, child)
        for _ in range(2):
            event, _ = _link(child, Duty(LINK, "2026/0001"), parts(cases))
        assert event == Linked("2026/0001", INTO)
        assert len(cases.case(parent.number).links) == links
        assert cases.case(parent.number).links[-1].how == FROM
    assert other.number not in cases.cases


def test_what_is_read_again_gets_a_text_of_its_own_the_complaint_and_each_attachment():
    def attached(name: str) -> Attached:
        files = (document(name, b"KTP", kind="lampiran"),)
        return Attached(how="map", claim=name, file_name=name, media="application/pdf", pages=1, documents=files)

    case = then(then(case_of(), attached("02-lampiran.pdf")), attached("03-lampiran.pdf"))
    machines = {"reader": FakeReader()}

    def texts(case: Case) -> list[str]:
        found = [_read(case, Duty(READ, subject), parts(Cases(case), **machines)) for subject in SUBJECTS]
        return [next(one.name for one in event.documents if one.name.endswith(".txt")) for event, _ in found]

    assert texts(case) == ["02-teks.txt", "02-lampiran-teks.txt", "03-lampiran-teks.txt"]
    again = then(then(case, recognised()), AttachmentRead("02-lampiran.pdf", "palsu 1", ()))
    assert texts(again) == ["02-teks-v2.txt", "02-lampiran-teks-v2.txt", "03-lampiran-teks.txt"]


def test_the_signatures_of_the_document_that_is_asked_for_are_judged():
    files = (document("02-lampiran.pdf", b"KTP", kind="lampiran"),)
    came = Attached(how="map", claim="c2", file_name="k.pdf", media="application/pdf", pages=1, documents=files)
    case = then(case_of(), came)
    cases = Cases(case, **{"02-lampiran.pdf": b"isi /ByteRange Budi Rekaan"})

    judged = [
        _validate(case, Duty("periksa", name), parts(cases, validator=FakeValidator()))[0] for name in SUBJECTS[1:2]
    ]

    assert [(one.source, "Budi Rekaan" in str(one.said)) for one in judged] == [("02-lampiran.pdf", True)]


def test_what_is_split_off_a_mails_complaint_came_by_mail_too_and_what_is_split_off_an_attachment_did_not():
    files = (document("02-lampiran.pdf", b"KTP", kind="lampiran"),)
    came = Attached(how="map", claim="c2", file_name="k.pdf", media="application/pdf", pages=1, documents=files)
    case = then(case_of(first=received(register={CHANNEL_FIELD: "surel"})), came)
    newcomers = []
    reader = SimpleNamespace(extract=lambda *_: b"halaman")

    for name in ("01-surat.pdf", "02-lampiran.pdf"):
        split_off(case, Split(name, (1,), 9), Cases(case), enrolling("2026/0002", newcomers), reader)

    assert [newcomer.register.get(CHANNEL_FIELD) for newcomer in newcomers] == ["surel", None]


def with_link(case: Case, *links: tuple[str, str]) -> Case:
    """The case once it says this of others."""
    for other, how in links:
        case = then(case, Linked(other, how))
    return case


@pytest.mark.parametrize(
    ("said", "told"),
    [((), 1), ((("2026/0001", SPLIT_FROM),), 0), ((("2026/0001", FROM),), 1), ((("2026/0003", SPLIT_FROM),), 1)],
)
def test_the_case_that_pages_became_tells_once_where_they_lay(said, told):
    values = {FILE: "01-surat.pdf", PAGES: "1-1; 2-2"}
    case = case_of(recognised(), decided("pisahkan", values=values), first=received(serial=1, pages=3))
    other = with_link(case_of(first=received(serial=2)), *said)
    cases, reader = Cases(case, other), SimpleNamespace(extract=lambda *_: b"halaman")

    for _ in range(2):
        duty = Duty(SPLIT, "01-surat.pdf halaman 2-2")
        event, _ = _split(case, duty, parts(cases, enrolling=enrolling("2026/0002"), reader=reader))
        assert (event.other, event.how, event.source["pages"]) == ("2026/0002", SPLIT_OFF, [2])

    links = cases.case(other.number).links[len(said) :]
    origin = {"document": "01-surat.pdf", "pages": [2]}
    assert [(link.other, link.how, link.source) for link in links] == [("2026/0001", SPLIT_FROM, origin)] * told


def test_the_pages_that_are_split_off_are_those_of_their_document_and_go_to_the_service_of_their_case():
    files = (document("02-lampiran.pdf", b"KTP", kind="lampiran"),)
    came = Attached(how="map", claim="c2", file_name="k.pdf", media="application/pdf", pages=2, documents=files)
    case = then(case_of(first=received(pages=2, series="R")), came)
    services, newcomers, extracted = {"berita": "B", "rapat": "R"}, [], []
    lines = {name: ServiceLine(series, editions()) for name, series in services.items()}

    def extract(whole_file: TypedText, *_) -> bytes:
        extracted.append(whole_file.name)
        return b"halaman"

    for name in ("01-surat.pdf", "02-lampiran.pdf"):
        enrolled = enrolling("2026/0002", newcomers, **lines)
        split_off(case, Split(name, (2,), 9), Cases(case), enrolled, SimpleNamespace(extract=extract))

    assert extracted == ["01-surat.pdf", "02-lampiran.pdf"]
    assert [newcomer.service for newcomer in newcomers] == ["rapat", "rapat"]


def test_the_other_service_gets_the_number_as_that_of_the_agenda_where_it_asks_for_one():
    case, newcomers = case_of(recognised()), []
    silent = tuple(replace(sop, register=()) for sop in editions())
    services = {"berita": ServiceLine("B", editions()), "rapat": ServiceLine("R", silent)}

    for service in services:
        become(case, Becoming(service, 3), Cases(case), enrolling("2026/0008", newcomers, **services))

    numbers = [newcomer.register.get("nomor_agenda") for newcomer in newcomers]
    assert numbers == [case.received.register_number, None]


@pytest.mark.parametrize(("said", "told"), [((), 1), ((("2026/0001", CAME_OF),), 0), ((("2026/0003", CAME_OF),), 1)])
def test_the_case_that_a_letter_became_in_another_service_tells_once_what_it_came_of(said, told):
    turns = (replace(SOP.moves[0], key="berita", becomes="berita"), replace(SOP.moves[0], key="rapat", becomes="rapat"))
    case = case_of(recognised(), decided("berita"), decided("rapat"), first=received(serial=1))
    other = with_link(case_of(first=received(serial=2)), *said)
    cases, newcomers = Cases(case, other), []
    machines = {
        "sop": lambda _case: replace(SOP, moves=turns),
        "enrolling": enrolling(
            "2026/0002", newcomers, berita=ServiceLine("B", editions()), rapat=ServiceLine("R", editions())
        ),
    }

    for made in (case.made[1], case.made[1]):
        event, _ = _become(case, Duty(BECOME, "rapat", trigger=made.seq), parts(cases, **machines))
        assert event == Linked("2026/0002", BECAME, source={"baris": made.seq})

    assert [newcomer.service for newcomer in newcomers] == ["rapat", "rapat"]
    links = cases.case(other.number).links[len(said) :]
    assert [(link.other, link.how) for link in links] == [("2026/0001", CAME_OF)] * told


def test_what_others_read_waits_for_the_letterhead_and_the_offices_own_sheets_do_not():
    asks = replace(SPECIMEN_OFFICE, letterhead=Letterhead((), "KANTOR", "(isi alamat)", "(isi)"))
    assert placeholders(asks)

    for office, template in ((SPECIMEN_OFFICE, "01-tanda-terima"), (asks, "03-lembar-disposisi")):
        _require_letterhead(template, office)
    with pytest.raises(TemplateFault, match="menunggu kop kantor"):
        _require_letterhead("01-tanda-terima", asks)
