"""Rules of a case and of what it holds, a condition each: what stays once content went, which file came, who acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from case_factory import case_of, document, drafted, printed, received, then
from fakes import MORNING

from pipeline.cases.actor import Actor, holding
from pipeline.cases.answers import answers, numeric
from pipeline.cases.archived import Archived, told_of
from pipeline.cases.asked_edition import EditionChange, told_in_short
from pipeline.cases.becoming import Becoming, becomings
from pipeline.cases.case import RECEIVED_ON, as_field
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.deliveries import ATTACHED, DESK, FOLDER, REGISTERED, Delivery, told
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.events import BECAME, INTO, Attached, Decided, Linked
from pipeline.cases.fold import documents_of
from pipeline.cases.handlers import acted_in
from pipeline.cases.kept_files import Came, attached_document, marked
from pipeline.cases.key_labels import role_name
from pipeline.cases.line_values import NO_HOLDER, ActedOn
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_differences import Difference
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_ways import ending_states
from pipeline.cases.sop_words import ANY, ENDED, RECEIVE, SEND
from pipeline.cases.splitting import closed, read_ranges
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotAllowed, UsageFault
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import ON_BEHALF, Official
from pipeline.office.person import Person
from pipeline.office.wording import spelled_out
from pipeline.storage.blobs import TypedText

SOP = editions()[-1]
LETTER = "08-rekomendasi"


def decided(move: str, *, letters: dict[str, str] | None = None, **values) -> Decided:
    """A move that did this to letters."""
    done = {template: ActedOn(act, 1, "0" * 64) for template, act in (letters or {}).items()}
    usual = {
        "start": "a",
        "state": "a",
        "holder": NO_HOLDER,
        "login": "penguji",
        "register": {},
        "sheets": (),
        "numbers": {},
    }
    return Decided(
        **{**usual, "move": move, "documents": (), "letters": done, **values, "values": values.get("values", {})}
    )


def test_of_a_case_whose_content_went_only_what_names_nobody_is_told_of_acts_before():
    before = Archived(act="berkaskan", label="Berkaskan", values={"lokasi": "Depo 1", "indeks": "Siti Rekaan"})
    destroying = replace(before, removed=("01-surat.pdf",))

    assert told_of(before, gone=False) == before.values
    assert told_of(before, gone=True) == {"lokasi": "Depo 1"}
    assert told_of(destroying, gone=True) == before.values


def test_nobody_acts_in_a_post_that_is_named_but_held_by_nobody_that_day():
    yesterday = MORNING.date() - timedelta(days=1)
    held = Official("kakanwil", "Kepala", "Budi Rekaan", "1970", date(2020, 1, 1), yesterday)
    office = Office("Kantor", "Kota", Letterhead((), "", "", ""), (held,), "")

    with pytest.raises(NotAllowed, match="Tidak ada pemegang"):
        holding(Actor("kakanwil", "budi"), MORNING, office)
    assert holding(Actor("kadiv", "dewi"), MORNING, office) is None


def test_who_lets_somebody_sign_on_their_behalf_still_holds_the_post_and_who_handed_it_over_only_reads():
    budi = Official("kakanwil", "Kepala", "Budi Rekaan", "1970")
    dewi = Official("kakanwil", "Kepala", "Dewi Rekaan", "1980", acting=ON_BEHALF, in_place_of="budi")
    office = Office("Kantor", "Kota", Letterhead((), "", "", ""), (budi, dewi), "")
    handed_over = replace(office, officials=(budi, replace(dewi, acting="Plh.")))
    ways = (Actor("kakanwil", "budi"), Actor("kakanwil", "token-7", "budi"), Actor("kakanwil", "dewi", "dewi"))

    assert [holding(by, MORNING, office).name for by in ways] == ["Budi Rekaan", "Budi Rekaan", "Dewi Rekaan"]
    for by in ways[:2]:
        with pytest.raises(NotAllowed, match="Anda alihkan kepada Dewi Rekaan"):
            holding(by, MORNING, handed_over)
    assert holding(ways[2], MORNING, handed_over).name == "Dewi Rekaan"


def test_of_a_case_whose_content_went_the_register_says_what_names_nobody():
    told = decided("konfirmasi", register={"perihal": "Siti Rekaan digusur", "kabupaten": "Rekaan"})
    destroying = Archived(act="musnahkan", label="Musnahkan", removed=("01-surat.pdf",))

    assert case_of(told).register == told.register
    assert case_of(told, destroying).register == {"kabupaten": "Rekaan"}


def test_what_an_archivist_says_of_the_register_holds_until_somebody_says_otherwise():
    filed = Archived(act="berkaskan", label="Berkaskan", register={"boks": "12", "rak": "3"})

    case = case_of(decided("x", register={"boks": "1", "rak": "2"}), filed, decided("koreksi", register={"rak": "4"}))

    assert case.register == {"boks": "12", "rak": "4"}


def test_documents_that_hold_pages_of_another_case_are_not_the_cases_own():
    case = case_of(drafted(LETTER))

    assert case.own_documents == case.documents
    assert replace(case, shared=frozenset({"01-surat.pdf"})).own_documents == case.documents[1:]


def test_a_group_that_an_earlier_version_stored_as_a_text_is_told_in_words():
    assert as_field("{'nama': 'Siti Rekaan', 'umur': '40'}")["teks"] == spelled_out(
        {"nama": "Siti Rekaan", "umur": "40"}
    )
    assert as_field("Tanah digusur")["teks"] == "Tanah digusur"


def test_what_has_happened_is_not_later_than_now_and_as_a_day_not_than_today():
    form = (FormField("hari", "Hari", "tanggal", past=True), FormField("saat", "Saat", "waktu", past=True))

    def told(**typed: str) -> dict:
        return answers(form, typed, "Formulir", MORNING)

    assert told(hari="2026-11-25", saat="2026-11-25 08.15") == {"hari": "2026-11-25", "saat": "2026-11-25T08:15:00"}
    assert told(saat="2026-11-25T08:15:00+07:00")
    for late in ({"hari": "2026-11-26"}, {"saat": "2026-11-25 08.16"}, {"saat": "2026-11-25T08:16:00+07:00"}):
        with pytest.raises(Incomplete, match="belum tiba"):
            told(**late)
    assert answers(form, {"hari": "2099-01-01"}, "Formulir") == {"hari": "2099-01-01"}


def test_an_answer_has_so_many_letters_at_most_that_a_line_stays_readable():
    form = (FormField("uraian", "Uraian", "paragraf"),)

    assert len(answers(form, {"uraian": "x" * 20_000}, "Formulir")["uraian"]) == 20_000
    with pytest.raises(Incomplete, match="lebih dari 20000 huruf"):
        answers(form, {"uraian": "x" * 20_001}, "Formulir")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("2026-11-25", "25-11-2026"), ("2026-11-25T08:15:00+07:00", "25-11-2026 08.15"), ("Rabu", "Rabu")],
)
def test_a_day_that_is_kept_is_shown_as_people_type_it(kept, typed):
    assert numeric(kept) == typed


def test_a_question_that_nobody_asked_is_repeated_as_far_as_it_is_short():
    for sent, said in (("x" * 40, "x" * 40), ("x" * 41, "x" * 40 + "…"), ("a\x1bb", r"a\?b")):
        with pytest.raises(Incomplete, match=rf"^Formulir: {said} \("):
            answers((FormField("hari", "Hari"),), {sent: "1"}, "Formulir", MORNING)


def test_an_answer_has_five_hundred_lines_at_most():
    form = (FormField("lampiran", "Lampiran", "daftar"),)

    assert len(answers(form, {"lampiran": ["x"] * 500}, "Formulir", MORNING)["lampiran"]) == 500
    with pytest.raises(Incomplete, match="lebih dari 500 baris"):
        answers(form, {"lampiran": ["x"] * 501}, "Formulir", MORNING)


def test_a_change_of_an_edition_is_told_by_whose_it_is_and_in_so_many_words():
    ours, other = (EditionChange(service, MORNING.date(), "", "x", "y") for service in (YANKOMAS, "surat-masuk"))
    powers = [Difference("Langkah", f"{n}", "a", "b", power=True) for n in range(6)]
    just = Difference("L", "x", "a" * 144, "b", power=True)

    assert ours.words.startswith("SOP berubah mulai 25 November 2026")
    assert other.words.startswith("SOP layanan surat-masuk berubah")
    assert told_in_short([*powers[:5], replace(powers[5], power=False)]).endswith("Langkah, 4: a menjadi b")
    assert told_in_short(powers).endswith("; dan 1 lagi")
    assert (len(just.words), told_in_short([just])) == (160, just.words)
    assert told_in_short([replace(just, after="bb")]) == f"{replace(just, after='bb').words[:160]}…"


def test_a_letter_becomes_a_case_of_another_service_once_for_each_time_that_it_is_decided():
    sop = SimpleNamespace(
        moves=[SimpleNamespace(key="teruskan", becomes="pengaduan"), SimpleNamespace(key="x", becomes="")]
    )
    once = case_of(decided("x"), decided("teruskan"))
    tied_otherwise = then(once, Linked("2026/0009", INTO, source={"baris": once.made[-1].seq}))
    done = then(once, Linked("2026/0009", BECAME, source={"baris": once.made[-1].seq}))

    for case in (once, tied_otherwise):
        assert becomings(case, sop) == (Becoming("pengaduan", once.made[-1].seq),)
    assert becomings(done, sop) == ()


def test_the_file_that_came_is_told_from_the_pages_that_were_made_of_it():
    pages, mail = document("01-surat.pdf"), document("01-surat-asli.eml", kind=AS_IT_CAME)

    assert case_of(first=received(documents=(pages, mail))).arrived == mail
    assert case_of(first=received(documents=(pages,))).arrived == pages


def test_only_sheets_with_a_code_are_found_by_it():
    with_code = replace(drafted("03-lembar-disposisi"), page_code="K7")

    assert case_of(drafted(LETTER), with_code, decided("x")).page_codes == {"K7": ("03-lembar-disposisi", 1)}


def test_what_was_done_to_a_letter_counts_until_it_is_composed_again():
    got = decided("terima", letters={LETTER: RECEIVE}, values={RECEIVED_ON: "2026-11-24"})
    sent = decided("kirim", letters={LETTER: SEND}, sheets=(LETTER,))
    case = case_of(got, decided("x", sheets=("lain",)), sent)

    assert case.done_to(LETTER, RECEIVE).decision.move == "terima"
    assert case.received_by_addressee(LETTER).isoformat() == "2026-11-24T00:00:00+07:00"
    assert case.done_to("lain", RECEIVE) is None
    assert then(case, decided("susun", sheets=(LETTER,))).done_to(LETTER, RECEIVE) is None


def test_of_a_case_whose_content_went_the_documents_are_those_that_stayed_and_what_went_is_named():
    kept, gone = document("01-surat.pdf"), document("02-lampiran.pdf", b"lain", kind="lampiran")
    destroying = Archived(act="musnahkan", label="Musnahkan", removed=(gone.name,))

    case = case_of(Archived(act="berkaskan", label="x"), destroying, first=received(documents=(kept, gone)))

    assert (case.documents, case.gone) == ((kept,), (gone,))
    assert documents_of(case.entries) == (kept,)


def test_a_print_that_is_marked_has_no_fault_and_one_that_is_not_says_it():
    marked, failed, unknown = (replace(printed(LETTER), archival=said) for said in ("2b", "huruf tidak tertanam", ""))

    assert [one.fault for one in (marked, failed, unknown)] == ["", "huruf tidak tertanam", ""]


def test_who_acted_is_known_by_the_account_behind_a_token_too():
    case = case_of(decided("x", login="token-3", person=Person("siti")), decided("y", login="budi"))

    assert [acted_in(case, login) for login in ("token-3", "siti", "budi", "rudi")] == [True, True, True, False]


def test_how_a_file_came_is_told_with_who_brought_it_as_far_as_it_is_known():
    ways = [
        (Delivery("meja", MORNING, "siti", name="Siti Rekaan"), "meja web, oleh Siti Rekaan (akun siti)"),
        (Delivery("meja", MORNING, "siti", "siti", name="Siti Rekaan"), "meja web, oleh Siti Rekaan (akun siti)"),
        (Delivery("perintah", MORNING, "siti"), "perintah di komputer kantor, oleh akun siti"),
        (Delivery("API", MORNING, "token-3", "siti"), "API, oleh token-3 milik akun siti"),
        (Delivery("kotak-surel", MORNING), "kotak surel kantor, diambil mesin"),
    ]

    assert list(told([line for line, _ in ways])) == [("Masuk lewat", words) for _, words in ways]


def test_who_says_in_the_inbox_what_becomes_of_a_file_places_it_and_who_brings_it_does_not():
    assert [Delivery(way, MORNING).places for way in (ATTACHED, REGISTERED, DESK, FOLDER)] == [True, True, False, False]


def test_the_signed_file_in_which_signatures_are_marked_is_known_by_its_bytes():
    signed, plain = TypedText("a.pdf", b"bertanda"), TypedText("b.pdf", b"polos")
    kept = (document("x.pdf", b"bertanda"), document("y.pdf", b"polos"))

    assert marked(kept, (Came("pdf", signed, 1), Came("pdf", plain))) == ("x.pdf",)


def test_a_role_that_nobody_knows_is_told_by_its_key():
    assert [role_name(role) for role in ("tukang", "rapat.penjaga-ruang")] == ["tukang", "Penjaga ruang"]


def test_what_comes_is_named_by_the_step_and_counted_from_the_second_on():
    case = case_of(first=received(documents=(document("01-surat.pdf"), document("02-lampiran.pdf", kind="lampiran"))))

    name = attached_document(case, SOP, "lampiran", TypedText("x.pdf", b"x"), "pdf").name

    assert name == "02-lampiran-2.pdf"


@pytest.mark.parametrize(
    ("text", "pages"),
    [("3", "3-6"), ("3-4", "3-4"), ("2; 4", "2-3; 4-6"), ("5 dan 3-4", "3-4; 5-6"), ("2-6", "2-6")],
)
def test_pages_that_go_are_named_as_ranges_of_which_none_is_open(text, pages):
    assert closed(case_of(first=received(pages=6)), text, "") == pages


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("7", "tidak dapat"),
        ("0-2", "tidak dapat"),
        ("2-4; 3-5", "tidak dapat"),
        ("1-6", "Tidak ada halaman yang tersisa"),
    ],
)
def test_pages_that_are_not_there_twice_or_all_of_them_do_not_go(text, why):
    with pytest.raises(Incomplete, match=why):
        closed(case_of(first=received(pages=6)), text, "")


def test_of_an_attachment_all_pages_may_go():
    paper = document("02-lampiran.pdf", kind="lampiran")
    attached = Attached("map", "k", "kuitansi.pdf", "application/pdf", 2, (paper,))

    assert closed(case_of(attached, first=received(pages=6)), "1-2", paper.name) == "1-2"


@pytest.mark.parametrize("text", ["", ";", "tiga", "3; tiga", "4-3"])
def test_what_names_no_pages_is_none(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        read_ranges(text)


def test_a_move_of_ended_cases_leads_none_to_an_end_and_one_from_anywhere_all():
    ends = {state.key for state in SOP.states if state.final}
    ending = replace(SOP.moves[0], to=min(ends), branches={}, branch="")

    def leading(start: str) -> set[str]:
        return ending_states(replace(SOP, moves=(replace(ending, start=(start,)),)))

    assert leading(ENDED) == ends | {ENDED}
    assert leading(ANY) >= {state.key for state in SOP.states}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2026/YANKOMAS/0007", CaseNumber(2026, 7)),
        ("0007/YANKOMAS/2026", CaseNumber(2026, 7)),
        ("2025/YANKOMAS/2026", CaseNumber(2026, 2025)),
        ("2026/2025", CaseNumber(2026, 2025)),
        ("7/2026", CaseNumber(2026, 7)),
    ],
)
def test_with_a_word_between_them_the_serial_stands_first_where_both_could_be_years(text, number):
    assert read_number(text) == number


def test_what_is_no_number_is_repeated_as_far_as_it_is_short():
    for length, shown in ((40, "x" * 40), (41, "x" * 40 + "…")):
        with pytest.raises(UsageFault, match=f"^'{shown}' bukan"):
            read_number("x" * length)
