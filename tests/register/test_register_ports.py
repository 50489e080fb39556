"""The register's ports keep what they promise: the fakes, and what is kept in files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from fakes import MORNING, FixedChance, FixedClock
from register_fakes import FakeLookups, FakeNumbers, FakeRegister, FakeSeries, FakeStatusCodes
from registers import entry

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import Changed, Passing
from pipeline.office.code_alphabet import SPOKEN
from pipeline.reading.near_duplicates import signature
from pipeline.register.enrol import Enrolled, EnrolParts, Newcomer, ServiceLine, enrol
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.ports import Claim
from pipeline.register.row import Edition, Row, row_of
from pipeline.register.store.lookups import SqliteLookups
from pipeline.register.store.naskah_series import NaskahSeries
from pipeline.register.store.postgres_book import PostgresBook, PostgresLookups
from pipeline.register.store.postgres_numbers import PostgresNumbers, PostgresSeries
from pipeline.register.store.postgres_status_codes import PostgresStatusCodes
from pipeline.register.store.status_codes import SqliteStatusCodes
from pipeline.storage.blobs import TypedText

#: Letters of so many words that their likeness can be told.
LETTER, OTHER = (" ".join(f"{word}{n}" for n in range(120)) for word in ("tanah", "upah"))
PATTERN = NaskahPattern("{unit}.{klasifikasi}-{urut:04d}", "W.8", "HA.01")


def number_of(row: Row) -> CaseNumber:
    return row.case_number


# Numbers: which number a letter gets.


@pytest.fixture(params=["fake", "folders", "postgres"])
def enrolling(request, office):
    """What enrolling needs, with the clock that tells when."""
    numbers, clock = FakeNumbers() if request.param == "fake" else office.root.numbers, FixedClock()
    if request.param == "postgres":
        numbers = PostgresNumbers(*request.getfixturevalue("central_office"))
    root = office.root
    return EnrolParts(numbers, clock, FixedChance(), root.editions, root.pattern, TypedText)


def enrolled(parts: EnrolParts, text: str, claim: str = "") -> Enrolled:
    letter = TypedText("surat.pdf", text.encode())
    return enrol(Newcomer(Claim(claim or f"k-{text}", letter), "01-surat.pdf", "pdf", 1, "pindaian"), parts)


def test_letters_get_one_number_after_the_other_from_one_on_in_each_year(enrolling):
    first = [enrolled(enrolling, text).number for text in ("satu", "dua")]
    enrolling.clock.forward(days=60)

    assert first == [CaseNumber(2026, 1), CaseNumber(2026, 2)]
    assert enrolled(enrolling, "tiga").number == CaseNumber(2027, 1)


def test_bytes_that_have_a_number_keep_it_whoever_brings_them(enrolling):
    enrolled(enrolling, "satu", claim="k1")

    assert enrolled(enrolling, "satu", claim="k2") == Enrolled(CaseNumber(2026, 1), "k1", again=True)
    assert enrolled(enrolling, "dua").number == CaseNumber(2026, 2)


def test_no_number_is_given_before_the_last_one(enrolling):
    enrolled(enrolling, "satu")
    enrolling.clock.forward(minutes=-1)

    with pytest.raises(Passing, match="mundur"):
        enrolled(enrolling, "dua")
    enrolling.clock.forward(minutes=1)
    assert enrolled(enrolling, "dua").number == CaseNumber(2026, 2)


def test_bytes_that_are_others_than_were_claimed_get_no_number(enrolling):
    letter = TypedText("surat.pdf", b"satu")
    letter.sha256 = "0" * 64

    with pytest.raises(Changed):
        enrol(Newcomer(Claim("k1", letter), "01-surat.pdf", "pdf", 1, "pindaian"), enrolling)
    assert enrolled(enrolling, "dua").number == CaseNumber(2026, 1)


def for_mail(parts: EnrolParts, text: str) -> CaseNumber:
    letter = TypedText("surat.pdf", text.encode())
    mail = Newcomer(Claim(f"k-{text}", letter), "01-surat.pdf", "pdf", 1, "pindaian", service="surat-masuk")
    services = {"surat-masuk": ServiceLine("SM", parts.editions)}
    return enrol(mail, replace(parts, services=services)).number


def test_each_series_counts_from_one_on_in_each_year(enrolling):
    given = [enrolled(enrolling, "satu").number, for_mail(enrolling, "surat"), for_mail(enrolling, "surat lagi")]
    given += [enrolled(enrolling, "dua").number]
    enrolling.clock.forward(days=60)

    assert list(map(str, given)) == ["2026/0001", "2026~SM/0001", "2026~SM/0002", "2026/0002"]
    assert for_mail(enrolling, "tahun baru") == CaseNumber(2027, 1, "SM")


def test_bytes_keep_their_number_in_a_series_and_have_another_in_each_other(enrolling):
    enrolled(enrolling, "satu", claim="k1")

    assert [for_mail(enrolling, "satu"), for_mail(enrolling, "satu")] == [CaseNumber(2026, 1, "SM")] * 2
    assert enrolled(enrolling, "satu", claim="k2").number == CaseNumber(2026, 1)


def test_what_came_out_of_a_letter_of_another_series_has_a_number_of_its_own_and_comes_first(enrolling):
    mail = for_mail(enrolling, "satu")
    became = Newcomer(Claim("k-lagi", TypedText("surat.pdf", b"satu")), "01-surat.pdf", "pdf", 1, "pindaian")

    assert enrol(became, enrolling).number == CaseNumber(2026, 1)
    assert enrol(became, enrolling).again
    with enrolling.numbers.numbering() as held:
        digest = became.claim.blob.sha256
        assert held.holder_of(digest).number == CaseNumber(2026, 1)
        assert held.holder_of(digest, "SM").number == mail
        assert held.holder_of(digest, "RR") is None


# Register: the rows of the book as they are now.


@pytest.fixture
def central_parts(central_office, office):
    """What enrols cases of an office of many, its cabinet and its book."""
    database, objects = central_office
    cabinet, root = PostgresCabinet(database, objects), office.root
    parts = EnrolParts(
        PostgresNumbers(database, objects), FixedClock(), FixedChance(), root.editions, root.pattern, TypedText
    )
    book = PostgresBook(database, cabinet, lambda case: row_of(case, root.sop_of(case), root.calendar), Edition)
    return parts, cabinet, book


@pytest.fixture(params=["fake", "book", "postgres"])
def register(request, office):
    """A register, and what makes a case be in it."""
    if request.param == "postgres":
        parts, _, book = request.getfixturevalue("central_parts")
        texts = (f"Perkara {n}" for n in count())
        return book, lambda: enrolled(parts, next(texts)).number
    if request.param == "book":
        named = (f"Perkara {n}" for n in count())
        return office.root.rows, lambda: office.open("lisan", told(next(named)))
    fake = FakeRegister()

    def put() -> CaseNumber:
        row = entry("2026-11-25")
        fake.put(row)
        return number_of(row)

    return fake, put


def told(subject: str) -> dict[str, str]:
    return {"perihal": subject, "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": subject}


def test_a_register_has_a_row_for_each_case_by_number(register):
    rows, put = register
    numbers = [put(), put()]

    assert [number_of(row) for row in rows.rows()] == numbers
    assert rows.rows(2026) == rows.rows()
    assert rows.rows(1999) == []
    assert rows.row(numbers[1]) == rows.rows()[1]
    assert rows.row(CaseNumber(1999, 1)) is None


def test_a_register_tells_the_rows_of_some_cases_and_those_about_which_something_is_due(register):
    rows, put = register
    numbers = [put(), put(), put()]

    assert set(rows.these([numbers[2], numbers[0], CaseNumber(1999, 1)])) == {numbers[0], numbers[2]}
    assert rows.these(numbers[:1])[numbers[0]] == rows.row(numbers[0])
    assert list(rows.touched_since(date(9000, 1, 1))) == list(rows.rows())
    put()
    assert len(rows.touched_since(date(9000, 1, 1))) == 4


def test_what_comes_into_a_register_that_was_asked_while_it_was_empty_is_there(register):
    rows, put = register
    assert [*rows.rows(), *rows.rows(2026), *rows.touched_since(date(2026, 1, 1))] == []

    number = put()

    for found in (rows.rows(), rows.rows(2026), rows.touched_since(date(2026, 1, 1))):
        assert [number_of(row) for row in found] == [number]


def test_a_registers_mark_changes_when_a_row_does_and_not_before(register):
    rows, put = register
    put()
    before = rows.mark()

    assert rows.mark() == before
    put()
    assert rows.mark() != before


# Lookups: what is remembered of letters.


class CentralLookups(PostgresLookups):
    """What is remembered of complaints of an office of many, with what tests do to it."""

    def renew(self, rows):
        with self._database.transaction() as running:
            for row in rows:
                case = (row.year, row.serial, bytes.fromhex(row.sha256 or "0" * 64), row.claim)
                running.execute("INSERT INTO perkara (tahun, urut, asli, klaim) VALUES (%s, %s, %s, %s)", case)
            running.execute("INSERT INTO pandangan VALUES ('buku', 1, '-', '-')")
            self.note(running, rows)


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def lookups(request, tmp_path):
    if request.param == "postgres":
        return CentralLookups(request.getfixturevalue("central_owner"))
    return FakeLookups() if request.param == "fake" else SqliteLookups(tmp_path / "penunjuk.sqlite")


def test_bytes_are_looked_up_as_the_first_letter_that_had_them(lookups):
    first, second = entry("2026-11-01", sha256="a" * 64, claim="k1"), entry("2026-11-02", sha256="a" * 64, claim="k2")
    lookups.renew([second, first])

    assert (lookups.holder("a" * 64).number, lookups.holder("a" * 64).claim) == (number_of(first), "k1")
    assert lookups.holder("b" * 64) is None


def test_a_page_code_is_looked_up_as_the_case_whose_sheet_carries_it(lookups):
    row = entry("2026-11-01", page_codes=["KODE-1", "KODE-2"])
    lookups.renew([row])

    assert lookups.case_with("KODE-2") == number_of(row)
    assert lookups.case_with("KODE-3") is None


def test_a_file_of_a_letter_is_looked_up_by_the_beginning_of_its_hash(lookups):
    row = entry("2026-11-01", issued=["ab" * 8, "cd" * 8])
    lookups.renew([row])

    assert lookups.case_of_file("cd" * 8) == number_of(row)
    assert lookups.case_of_file("ef" * 8) is None


def test_letters_of_like_words_are_found_the_likest_first_and_none_are_known_before_the_book_was_taken_in(lookups):
    same, near, other = LETTER, LETTER.replace("tanah7 ", "sawah "), OTHER
    assert lookups.resembling(signature(same)) is None

    rows = [entry("2026-11-01", signature=signature(text)) for text in (near, other, same)]
    lookups.renew(rows)
    found = lookups.resembling(signature(same))

    assert [number for number, _ in found] == [number_of(rows[2]), number_of(rows[0])]
    assert found[0][1] == 1.0 > found[1][1]


def test_a_year_that_is_renewed_forgets_the_words_of_a_case_that_is_gone_and_the_other_years_stay(tmp_path):
    lookups = SqliteLookups(tmp_path / "penunjuk.sqlite")
    gone, kept, older = (entry(day, signature=signature(LETTER)) for day in ("2026-11-01", "2026-11-02", "2025-11-01"))
    lookups.renew([gone, kept, older])
    lookups.renew_year(2026, [kept])

    found = [number for number, _ in lookups.resembling(signature(LETTER))]
    assert sorted(found) == sorted([number_of(older), number_of(kept)])


# StatusCodes: which case a complainant's code belongs to.


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def coded(request, office, monkeypatch):
    """Status codes, and what registers a case with a code."""
    if request.param == "fake":
        fake, serials = FakeStatusCodes(), count(1)

        def put(code: str) -> CaseNumber:
            number = CaseNumber(2026, next(serials))
            fake.put(code, number)
            return number

        return fake, put

    if request.param == "postgres":
        parts, _, _ = request.getfixturevalue("central_parts")

        def enrolled_with(code: str) -> CaseNumber:
            monkeypatch.setattr("fakes.FixedChance.code", lambda _chance: code)
            return enrolled(parts, code).number

        database = request.getfixturevalue("central_office")[0]
        return PostgresStatusCodes(database, lambda: b"k" * 32), enrolled_with

    def opened(code: str) -> CaseNumber:
        monkeypatch.setattr("fakes.FixedChance.code", lambda _chance: code)
        return office.open("berita", {"perihal": code, "terlapor": ["Pemda"], "uraian": code})

    return SqliteStatusCodes(office.root.layout, lambda: b"k" * 32), opened


def test_a_status_code_finds_its_case_as_people_type_it_and_no_other(coded):
    codes, put = coded
    put(f"AAAA-AAAA-AAA{SPOKEN[1]}")
    number = put("K7QM-2XPA-94TD")

    assert codes.find("k7qm 2xpa.94td") == number
    assert codes.find("K7QM-2XPA-94TC") is None
    assert codes.find("tidak ada") is None


# Series: the numbers of letters that leave the office.


@pytest.fixture(params=["fake", "files", "postgres"])
def series(request, office):
    if request.param == "fake":
        return FakeSeries(PATTERN)
    if request.param == "postgres":
        database = request.getfixturevalue("central_office")[0]
        return PostgresSeries(database, {OUTGOING: PATTERN}, lambda text: None, office.root.case)
    return NaskahSeries(office.root.layout, {OUTGOING: PATTERN}, lambda text: None)


def taken(series, number: CaseNumber, times: int, year: int = MORNING.year) -> list[str]:
    with series.held(year) as held:
        return [held.next(number, MORNING.date()) for _ in range(times)]


def test_a_series_goes_on_without_a_gap_while_it_is_held(series):
    assert taken(series, CaseNumber(2026, 1), 3) == ["W.8.HA.01-0001", "W.8.HA.01-0002", "W.8.HA.01-0003"]


def test_each_year_has_a_series_of_its_own(series):
    taken(series, CaseNumber(2026, 1), 2)

    assert taken(series, CaseNumber(2026, 1), 1, year=2027) == ["W.8.HA.01-0001"]


def test_a_number_that_its_case_never_got_is_given_again(series, office):
    number = office.open("lisan", told("Tanah"))
    series.has = lambda _number, _text: False
    with suppress(Passing), series.held(MORNING.year) as held:
        assert held.next(number, MORNING.date()) == "W.8.HA.01-0001"
        raise Passing("Keputusan yang mengambilnya gagal.")

    assert taken(series, number, 1) == ["W.8.HA.01-0001"]
