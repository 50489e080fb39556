"""Areas that are to be burnt out: typed by numbers, or around words, wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from case_factory import case_of, document, recognised

from pipeline.access.identities import secrets_of
from pipeline.errors import Incomplete, NotAllowed
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.officials import Official
from pipeline.redaction.areas import (
    MOST_AREAS,
    PageText,
    Run,
    areas_around,
    check_areas,
    read_run,
    runs_of,
    typed_areas,
)
from pipeline.redaction.redact import RedactParts, look
from pipeline.redaction.suggestions import names_somebody, secrets_about, suggestions
from pipeline.scans.words import Page, Word

FIELDS = {"pelapor": [{"nama": "Siti Rekaan", "nik": "1771010101010001"}], "saksi": ["Sari Umpama"]}


def page(*lines: str, number: int = 1) -> Page:
    """A page with these lines, each word a twentieth of the page wide and a hundredth high."""
    words = [
        Word(text, (0.05 * (place + 1), 0.1 * (line + 1), 0.05 * (place + 2), 0.1 * (line + 1) + 0.01), 1.0, line)
        for line, said in enumerate(lines)
        for place, text in enumerate(said.split())
    ]
    return Page(number, 600, 800, tuple(words), "", "lapisan")


def texts(*pages: Page) -> tuple[PageText, ...]:
    return tuple(map(PageText, pages))


def test_of_a_file_that_is_no_scan_its_pages_are_redacted_and_not_the_file():
    came = document("01-surat-asli.webp", kind="asli")
    case = replace(case_of(), documents=(*case_of().documents, came))
    cabinet = SimpleNamespace(blob=lambda _number, _document: None)

    with pytest.raises(NotAllowed, match="tidak berhalaman"):
        look(case, came.name, lambda _number: True, RedactParts(cabinet, None, None, None))


def test_an_area_is_typed_in_per_cent_of_its_page_with_points_or_commas():
    first, second = typed_areas("1: 10 15 40 3\n\n2: 0, 0, 12,5, 100", pages=2)

    assert (first.page, first.box) == (1, (0.1, 0.15, 0.5, 0.18))
    assert (second.page, second.box) == (2, (0.0, 0.0, 0.125, 1.0))
    assert first.typed == "1: 10.00 15.00 40.00 3.00"


@pytest.mark.parametrize(
    "line",
    [
        "3: 10 10 10 10",
        "0: 1 1 1 1",
        "1: 10 10 0 5",
        "1: 100 0 5 5",
        "1: 1 1 1",
        "1: 0 100 5 5",
        "1: -5 1 1 1",
        "1: a b c d",
        "1",
    ],
)
def test_what_is_no_area_is_told_with_its_line(line):
    with pytest.raises(Incomplete, match="Daerah tidak dapat dibaca") as fault:
        typed_areas(f"1: 1 1 1 1\n{line}", pages=2)

    assert repr(line) in str(fault.value)


def test_words_on_two_lines_have_an_area_on_each_a_little_larger_than_they_are():
    pages = [page("nama Siti", "Rekaan itu")]

    above, below = areas_around(Run(1, 1, 2), pages)

    assert above.box[0] < 0.1 < 0.15 < above.box[2]
    assert above.box[1] < 0.1 < 0.11 < above.box[3]
    assert below.box[1] < 0.2 < 0.21 < below.box[3]


def test_what_the_register_knows_is_suggested_as_certain_or_as_possible():
    there = texts(page("Yang mengadu Siti", "Rekaan NIK 1771010101010001"), page("menurut Sari", number=2))

    found = suggestions(there, [secrets_of(FIELDS)])

    told = [(one.run.page, one.words, one.sure) for one in found]
    assert told == [(1, "Siti Rekaan", True), (1, "1771010101010001", True), (2, "Sari", False)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kata Ujang Sukarsih itu", "Ujang Sukarsih"),
        ("kata sukarsih itu", "sukarsih"),
        ("milik Sukarsihnya itu", "Sukarsihnya"),
        ("milik (kinoy) itu", "(kinoy)"),
        ("menurut Sri Sukarsih itu", ""),
    ],
)
def test_every_form_of_a_name_is_suggested_and_an_official_keeps_theirs(line, words):
    fields = {"saksi": [{"nilai": "Ujang bin Sukarsih (biasa dipanggil kinoy)"}]}
    names = ("Sri Sukarsih, S.H.", "Ujang Sukarsih")
    office = replace(SPECIMEN_OFFICE, officials=tuple(Official("kabid", "Kabid", name) for name in names))
    case = case_of(recognised(fields))

    found = suggestions(texts(page(line)), secrets_about(case, lambda _number: case, office))

    assert [(one.words, one.sure) for one in found] == ([(words, True)] if words else [])


def test_what_ocr_may_have_misread_of_a_name_is_offered():
    fields = {"pelapor": [{"nama": "Nasrullah Rekaan"}]}

    found = suggestions(texts(page("Hormat kami, Nasruilah", "Nasional, bukan musuh")), [secrets_of(fields)])

    assert [(one.words, one.sure) for one in found] == [("Nasruilah", False)]


def test_a_nik_of_anybody_is_suggested():
    (found,) = suggestions(texts(page("milik 1771 0101 0101 0009 itu")), [secrets_of({})])

    assert (found.words, found.who, found.sure) == ("1771 0101 0101 0009", "NIK", True)


def test_a_word_is_found_on_every_page_however_it_is_written():
    there = texts(page("Budi UMPAMA hadir"), page("umpama, kata budi", number=2), page("Budi\u00a0Umpama", number=3))

    assert {(run.page, run.first, run.last) for run in runs_of("budi umpama", there)} >= {(1, 0, 1)}
    assert {run.page for run in runs_of("Umpama", there)} == {1, 2, 3}


@pytest.mark.parametrize("phrase", ["Tidak Ada", " ", "x" * 300])
def test_a_word_that_stands_nowhere_is_not_thought_to_be_gone(phrase):
    with pytest.raises(Incomplete):
        runs_of(phrase, texts(page("Siti Rekaan")))


@pytest.mark.parametrize("key", ["1-0-9", "2-0-0", "1-1-0", "x", "1-0", ""])
def test_a_place_that_is_not_there_is_refused(key):
    with pytest.raises(Incomplete, match="Tempat"):
        read_run(key, [page("Siti Rekaan")])


def test_what_is_printed_on_the_copy_names_nobody():
    assert names_somebody("Diminta Ibu Siti Rekaan", [secrets_of(FIELDS)])
    assert not names_somebody("Diminta instansi terlapor", [secrets_of(FIELDS)])
    everyday = [secrets_of({"korban": ["Sari Melati"]})]
    assert names_somebody("Berkas sari melati", everyday)
    assert not names_somebody("Sari Umpama, wartawan", everyday)


def test_an_area_has_a_size_and_words_are_those_that_are_there():
    for line in ("1: 10 10 20 0", "1: 10 10 0 20"):
        with pytest.raises(Incomplete, match="kosong"):
            typed_areas(line, 1)
    pages = (page("Siti Rekaan"),)
    assert read_run("1-0-1", pages) == Run(1, 0, 1)
    assert read_run("1-1-1", pages) == Run(1, 1, 1)
    for key in ("1-0-2", "1-1-0", "2-0-0"):
        with pytest.raises(Incomplete, match="tidak ada"):
            read_run(key, pages)


def test_a_phrase_may_have_two_hundred_letters():
    assert [_is_too_long("x" * n) for n in (200, 201)] == [False, True]


def _is_too_long(phrase: str) -> bool:
    try:
        runs_of(phrase, texts(page("x")))
    except Incomplete as refused:
        return "terlalu panjang" in str(refused)
    return False


def test_a_blank_between_words_belongs_to_neither():
    (text,) = texts(page("Siti Rekaan hadir"))

    assert (text.run(0, 5), text.run(4, 11), text.run(4, 12)) == (Run(1, 0, 0), Run(1, 1, 1), Run(1, 1, 1))


def test_a_copy_has_an_area_at_least_and_two_thousand_at_most():
    one = typed_areas("1: 10 10 10 10", 1)

    check_areas(one * MOST_AREAS)
    with pytest.raises(Incomplete, match="Belum ada"):
        check_areas([])
    with pytest.raises(Incomplete, match="Lebih dari 2000"):
        check_areas(one * (MOST_AREAS + 1))


def test_what_names_somebody_for_certain_is_suggested_as_certain_whoever_else_it_may_name():
    sure, possible = secrets_of({"pelapor": [{"nama": "Sari"}]}), secrets_of({"saksi": ["Sari Umpama"]})

    for secrets in ([sure, possible], [possible, sure]):
        (found,) = suggestions(texts(page("menurut Sari")), secrets)
        assert (found.words, found.who, found.sure) == ("Sari", "pelapor", True)
    (first,) = suggestions(texts(page("menurut Sari")), [possible, secrets_of({"korban": ["Sari Rekaan"]})])
    assert (first.who, first.sure) == ("saksi", False)


def test_an_everyday_word_is_not_offered_though_it_is_like_a_name():
    assert suggestions(texts(page("sengketa tanah")), [secrets_of({"pelapor": [{"nama": "Tanar Rekaan"}]})]) == ()


def test_a_word_that_is_like_the_name_of_an_organisation_is_not_offered_as_a_persons():
    organisation = {"pelapor": [{"nama": "Yayasan Nasrullah", "jenis": "lembaga"}]}

    (person,) = secrets_of({"pelapor": [{"nama": "Nasrullah"}]}).people
    assert not person.organisation
    assert [one.words for one in suggestions(texts(page("Nasruilah")), [secrets_of(organisation)])] == []


@pytest.mark.parametrize(("word", "offered"), [("Nasar", True), ("Nosur", False), ("Nesr", False)])
def test_a_word_of_five_letters_is_offered_if_but_one_was_misread(word, offered):
    found = suggestions(texts(page(word)), [secrets_of({"pelapor": [{"nama": "Nesar Rekaan"}]})])

    assert bool(found) == offered
