"""Any case is found by anything that is written on it, however people write it and however it was scanned."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from case_factory import CALENDAR, case_of, moved, received, recognised, tended
from hypothesis import assume, given
from hypothesis import strategies as st
from usual_standing import standing

from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotFound, UsageFault
from pipeline.office.office import Region
from pipeline.register.register_numbers import RegisterPattern
from pipeline.register.row import row_of
from pipeline.search.answer import Answer
from pipeline.search.case_text import COLUMNS, LETTER, SHEETS, CaseText, Written, written
from pipeline.search.comparable_words import day_word
from pipeline.search.query import Wanted, asked
from pipeline.search.store import postgres_shelf
from pipeline.search.store.database import Broken, Readers, remove, writing
from pipeline.search.store.packing import doc_of
from pipeline.search.store.postgres_index import PostgresSearch
from pipeline.search.store.searching import search
from pipeline.search.store.shelf import drop, put

SOP = editions()[0]
PATTERN = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")


def case_with(serial: int, **fields: object) -> Case:
    """A case whose letter was read; lists are lists of values, ``pelapor`` a list of names."""
    first = received(serial=serial, register_number=f"{serial:04d}/YANKOMAS/2026")
    shaped = {
        name: [{"nilai": v} for v in value] if isinstance(value, list) else {"nilai": value}
        for name, value in fields.items()
        if name != "pelapor"
    }
    shaped["pelapor"] = [{"nama": {"nilai": name}} for name in fields.get("pelapor", [])]
    return tended(case_of(recognised(shaped), first=first), SOP)


def told(case: Case, text: str = "", **row: object) -> Written:
    """What is written on it, with this text of its letter."""
    texts = [CaseText(LETTER, "Isi 02-teks", text)]
    regions = (Region("Kabupaten Seluma"),)
    return written(case, replace(row_of(case, SOP, CALENDAR), **row), {}, "Langkah rekaan", texts, regions)


SITI = case_with(
    7,
    pelapor=["Siti Ma'mun", "José Pérez"],
    terlapor=["PT Sawit-Rekaan, Kab. Seluma"],
    perihal="Sengketa tanah adat",
    tempat_kejadian="Desa Air Periukan",
    nomor_surat="045/LBH/XI/2026",
    tanggal_surat="2026-11-20",
    hak=["kesejahteraan", "rasa aman"],
)
BUDI = case_with(
    74,
    pelapor=["Budi Santoso"],
    terlapor=["Polres Rekaan"],
    perihal="Penahanan",
    tanggal_surat="2026-10-07",
    sifat="rahasia",
)
BOTH = ["2026/0007", "2026/0074"]
LETTERS = {
    7: "Kami mengadukan penggusuran di tanab adat kami\noleh perusahaan pada 3 Oktober 2026. Ini pengaduan kami.",
    74: "Anak saya ditahan sejak tanggal 1-10-2026 tanpa surat perintah penangkapan di rutanrekaan.",
}


class Shelf:
    """An index with cases in it."""

    def __init__(self, folder) -> None:
        self.path = folder / "pencarian.sqlite"
        self.put(told(SITI, LETTERS[7]), told(BUDI, LETTERS[74]))

    def put(self, *cases: Written) -> None:
        with writing(self.path) as base:
            put(base, cases)

    def drop(self, number: CaseNumber) -> None:
        with writing(self.path) as base:
            drop(base, [number])
            base.execute("INSERT INTO hits (hits) VALUES ('integrity-check')")

    def answer(self, wanted: Wanted) -> Answer:
        with Readers(self.path).reading() as base:
            return search(base, wanted)

    def search(self, *texts: str, **wanted: object) -> Answer:
        return self.answer(Wanted(terms=asked(texts, PATTERN.read), **wanted))

    def found(self, *texts: str, **wanted: object) -> list[str]:
        return sorted(str(hit.number) for hit in self.search(*texts, **wanted).hits)


class CentralShelf(Shelf):
    """The same in PostgreSQL."""

    def __init__(self, database) -> None:
        self.database = database
        self.index = PostgresSearch(database, None, PostgresChanges(database), None)
        self.index._note(0, self.index._edition())
        self.put(told(SITI, LETTERS[7]), told(BUDI, LETTERS[74]))

    def put(self, *cases: Written) -> None:
        with self.database.transaction() as running:
            postgres_shelf.put(running, cases)

    def drop(self, number: CaseNumber) -> None:
        with self.database.transaction() as running:
            postgres_shelf.drop(running, [number])
        doc = (doc_of(number),)
        assert self.database.rows("SELECT 1 FROM cari_letak WHERE perkara = %s", doc) == []
        assert self.database.rows("SELECT 1 FROM cari_perkara WHERE perkara = %s", doc) == []

    def answer(self, wanted: Wanted) -> Answer:
        return self.index.search(wanted)


def counts(answer: Answer, facet: str) -> dict[str, int]:
    """How many cases have each value of a facet."""
    values = next(f.values for f in answer.facets if f.name == facet)
    return {value.value: value.count for value in values}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shelf(request, tmp_path_factory):
    if request.param == "sqlite":
        yield Shelf(tmp_path_factory.mktemp("indeks"))
        return
    with request.getfixturevalue("central").office() as (database, _):
        yield CentralShelf(database)


@pytest.fixture(params=["sqlite", "postgres"])
def own(request, tmp_path):
    if request.param == "sqlite":
        return Shelf(tmp_path)
    return CentralShelf(request.getfixturevalue("central_office")[0])


@pytest.mark.parametrize(
    "texts",
    [
        ("Siti",),
        ("siti", "mamun"),
        ("MA'MUN",),
        ("Ma’mun Siti",),
        ("jose perez",),
        ("José", "PÉREZ"),
        ("sawit rekaan",),
        ("seluma", "siti"),
        ("air periuk",),
        ("tanah ada",),
    ],
)
def test_names_agencies_and_places_are_found_by_the_beginnings_of_their_words(shelf, texts):
    assert shelf.found(*texts) == ["2026/0007"]


def test_all_words_must_be_there(shelf):
    assert shelf.found("rekaan") == BOTH
    assert shelf.found("rekaan", "polres") == ["2026/0074"]
    assert shelf.found("siti", "polres") == []


@pytest.mark.parametrize(
    "text", ["7/2026", "2026/0007", "2026-7", "0007/YANKOMAS/2026", "2026 / 0007", "7/2026 sengketa"]
)
def test_a_register_number_is_found_in_any_spelling_and_is_no_other(shelf, text):
    assert shelf.found(text) == ["2026/0007"]


def test_the_letters_own_number_is_found_with_other_signs_between_and_misread(shelf):
    for text in ("045/LBH/XI/2026", "045-LBH-XI-2026", "045 lbh xi", "O45/LBH/Xl/2O26"):
        assert shelf.found(text) == ["2026/0007"]


@pytest.mark.parametrize(
    "texts",
    [
        ("20-11-2026",),
        ("20/11/2026",),
        ("20.11.2026",),
        ("2026-11-20",),
        ("20 November 2026",),
        ("20", "november", "2026"),
        ("siti", "20", "Nov", "2026"),
        ("3-10-2026",),  # in the letter, in words
    ],
)
def test_a_day_is_found_in_any_spelling(shelf, texts):
    assert shelf.found(*texts) == ["2026/0007"]


def test_a_day_is_that_day(shelf):
    assert shelf.found("7-10-2026") == shelf.found("07-10-2026") == shelf.found("1 Oktober 2026") == ["2026/0074"]
    assert shelf.found("7-11-2026") == []
    assert shelf.found("25-11-2026") == BOTH  # both came in that day
    assert shelf.found("siti", "31-11-2026") == []  # there is no such day


def test_a_state_is_found_by_its_words_and_a_case_where_it_stands_now(own):
    assert own.found("menunggu konfirmasi") == BOTH
    assert own.found("pemantauan") == []

    own.put(told(moved(SITI, SOP, "cabut")))

    assert own.found("dicabut") == ["2026/0007"]
    assert own.found("menunggu konfirmasi") == ["2026/0074"]


@pytest.mark.parametrize("text", ["W.8.HA.01.07-12", "W8.HA.01.07 - 12", "W.8-HA-01-07-12", "w.8.ha.1.7-12 TAHUN 2026"])
def test_a_letter_that_went_out_is_found_by_its_number_whichever_of_the_two_names_its_year(own, text):
    number, dated = "W.8.HA.01.07-12", "W.8.HA.01.07-12 TAHUN 2025"
    plain, other = numbered(SITI, number), numbered(BUDI, "W.8.HA.01.07-120")
    own.put(told(plain), told(other))

    assert own.found(text) == ["2026/0007"]

    own.put(told(numbered(SITI, dated)))
    assert own.found(text) == ([] if "2026" in text else ["2026/0007"])


def numbered(case: Case, number: str) -> Case:
    """The case with a letter that went out under this number."""
    made = moved(case, SOP, "cabut")
    last = replace(made.made[-1], decision=replace(made.made[-1].decision, numbers={"06-surat-rekomendasi": number}))
    return replace(made, made=(*made.made[:-1], last))


def test_words_of_the_letter_are_found_by_their_stem(shelf):
    assert shelf.found("pengaduan") == ["2026/0007"]
    assert shelf.found("menahan") == ["2026/0074"]
    assert shelf.found("gusur") == ["2026/0007"]


@pytest.mark.parametrize("text", ["bud1", "santoeo", "sant0so", "penahanam", "polres rekaam"])
def test_a_slip_of_the_scanner_or_of_the_finger_is_forgiven(shelf, text):
    assert shelf.found(text) == ["2026/0074"]


def test_what_was_misread_is_found_by_what_it_meant_but_after_what_says_it_exactly(own):
    own.put(told(case_with(75, perihal="Pasar"), "tanab adat adat adat"))

    hits = own.search("tanah adat").hits

    assert [(str(h.number), h.exact) for h in hits] == [("2026/0007", True), ("2026/0075", False)]


def test_a_word_inside_another_is_found_when_the_blank_between_was_lost(shelf):
    assert shelf.found("rekaan rutan") == ["2026/0074"]


def test_a_short_word_is_not_another_short_word(shelf):
    assert shelf.found("rudi") == []


def test_words_in_quotes_stand_side_by_side(shelf):
    assert shelf.found('"tanah adat"') == ["2026/0007"]
    assert shelf.found('"adat tanah"') == []
    assert shelf.found('"surat perintah" budi') == ["2026/0074"]


def test_a_case_asked_for_by_its_number_comes_before_those_that_mention_it(own):
    own.put(told(case_with(90, perihal="Menyambung perkara 0007/YANKOMAS/2026 dan 0007/YANKOMAS/2026")))

    assert next(str(h.number) for h in own.search("7/2026").hits) == "2026/0007"
    assert own.found("0007/YANKOMAS/2026") == ["2026/0007", "2026/0090"]


def test_the_places_that_answer_are_shown_with_their_words_marked(shelf):
    (hit,) = shelf.search("siti tanah penggusuran").hits

    marked = {place.label: [part.text for part in place.parts if part.hit] for place in hit.places}
    assert marked["Pelapor"] == ["Siti"]
    assert marked["Perihal"] == ["tanah"]
    assert marked["Isi 02-teks"] == ["penggusuran", "tanab"]
    assert all("<" not in part.text for place in hit.places for part in place.parts)


def test_who_may_not_see_names_neither_finds_nor_sees_them(shelf):
    assert shelf.found("siti", personal=False) == []
    assert shelf.found("penggusuran", personal=False) == []
    (hit,) = shelf.search("sengketa", personal=False).hits
    assert [place.label for place in hit.places] == ["Perihal"]


def test_who_may_not_see_secret_cases_does_not_learn_of_them(shelf):
    found = shelf.search("rekaan", roles=standing("arsiparis"))

    assert [str(hit.number) for hit in found.hits] == ["2026/0007"]
    assert found.total == 1
    assert counts(found, "sifat") == {"terbatas": 1}
    assert shelf.search(roles=frozenset()).total == 1
    assert shelf.search(roles=standing("kakanwil")).total == 2


def test_facets_count_the_hits_and_narrow_them(shelf):
    found = shelf.search("rekaan")

    assert counts(found, "tahun") == {"2026": 2}
    assert counts(found, "hak") == {"kesejahteraan": 1, "rasa aman": 1}
    assert counts(found, "wilayah") == {"Kabupaten Seluma": 1}
    assert shelf.found("rekaan", narrow={"sifat": ["rahasia"]}) == ["2026/0074"]
    assert shelf.found("rekaan", narrow={"sifat": ["rahasia", "terbatas"], "hak": ["rasa aman"]}) == ["2026/0007"]


def test_with_nothing_asked_the_whole_archive_is_there_newest_first(shelf):
    found = shelf.search()

    assert [str(hit.number) for hit in found.hits] == ["2026/0074", "2026/0007"]
    assert counts(found, "sifat") == {"rahasia": 1, "terbatas": 1}


def test_late_cases_are_counted_and_kept(own):
    due = "2026-11-25T09:00:00+07:00"
    own.put(told(SITI, due_at=due), told(BUDI, due_at="2026-12-01T09:00:00+07:00"))
    now = 1_795_600_000  # 25 November 2026, 16.46 WIB

    assert own.search("rekaan", now=now).late == 1
    assert own.found("rekaan", now=now, late=True) == own.found(now=now, late=True) == ["2026/0007"]


def test_pages_follow_each_other_without_a_gap_through_exact_and_misread_ones(own):
    own.put(*(told(case_with(n, perihal="tanah" if n % 2 else "tanab")) for n in range(100, 110)))

    pages = [own.search("tanah", first=first, count=3).hits for first in range(0, 12, 3)]

    numbers = [str(hit.number) for page in pages for hit in page]
    assert len(numbers) == len(set(numbers)) == own.search("tanah").total == 11
    assert [hit.exact for page in pages for hit in page] == [True] * 6 + [False] * 5


def test_a_case_that_is_taken_out_leaves_nothing_behind(own):
    own.drop(CaseNumber(2026, 7))

    assert own.found("tanah") == []
    assert own.search().total == 1
    assert counts(own.search(), "sifat") == {"rahasia": 1}


@given(st.lists(st.text(max_size=30), max_size=4))
def test_whatever_is_asked_is_answered_and_every_word_narrows(shelf, texts):
    assert set(shelf.found(*texts, "siti")) <= {"2026/0007"}


def is_a_number(text):
    with suppress(UsageFault):
        read_number(text)
        return True
    return False


@given(st.text(alphabet='"*^:(){}[]-+ANDORTnear0123456789/.,\\\x00\ud800%_', max_size=40))
def test_no_sign_of_the_engines_own_language_means_anything(shelf, text):
    assume(not is_a_number(f"siti {text} polres"))  # a line that can be read as a register number is that number
    assert shelf.found(f"siti {text} polres") == []  # all words must be there, and no case has these two
    assert set(shelf.found("siti", text)) <= {"2026/0007"}
    assert shelf.found(narrow={"hak": [text], "sifat": ["rahasia"]}, personal=False) == []


def test_an_index_of_another_version_or_no_index_is_told_from_one_that_is_missing(tmp_path):
    own = Shelf(tmp_path)
    with sqlite3.connect(own.path) as base:
        base.execute("PRAGMA user_version = 999")
    with pytest.raises(Broken), writing(own.path):
        pass
    (tmp_path / "rusak").write_bytes(b"bukan indeks" * 1000)
    with pytest.raises(Broken), writing(tmp_path / "rusak"):
        pass
    with pytest.raises(NotFound), Readers(tmp_path / "tiada").reading():
        pass


def test_a_day_named_in_the_letter_lies_with_the_letters_words():
    columns = dict(zip(COLUMNS, told(SITI, LETTERS[7]).columns, strict=False))

    assert day_word(date(2026, 10, 3)) in columns[LETTER].split()
    assert day_word(date(2026, 10, 3)) not in columns[SHEETS].split()


def test_who_reads_an_index_sees_the_one_that_lies_there_now_and_harms_none(tmp_path):
    path = tmp_path / "indeks.sqlite"
    readers = Readers(path)

    def heads():
        with readers.reading() as base:
            return [head for (head,) in base.execute("SELECT head FROM cases")]

    def case_put(head):
        with writing(path) as base:
            base.execute("INSERT INTO cases VALUES (1, ?, '', NULL, '', '')", (head,))

    case_put("lama")
    assert heads() == ["lama"]
    remove(path)
    with writing(path) as held:  # whoever makes it anew has not ended yet: all is in what lies beside the file
        held.execute("INSERT INTO cases VALUES (1, 'baru', '', NULL, '', '')")
        beside = path.with_name(f"{path.name}-wal")
        assert beside.stat().st_size
        assert heads() == ["baru"]  # and lets go of the connection to the one that is gone
        readers.close()
        assert beside.stat().st_size
    assert heads() == ["baru"]


def test_no_reader_is_lent_that_is_in_the_middle_of_something(tmp_path):
    path = tmp_path / "indeks.sqlite"
    readers = Readers(path)
    with writing(path):
        pass
    with readers.reading() as base:
        base.execute("BEGIN")
        base.execute("SELECT * FROM cases").fetchall()
    with readers.reading() as base:
        assert not base.in_transaction
