"""An office learns of what its clerks confirmed: its own weights, measured before they are used, and its own alone."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pytest
from fakes import FakeReader, wib
from offices import FakeOffice, copied
from reading_pages import page_of

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.filed_reading import reading_of
from pipeline.reading.office_learning import LEAST_CASES
from pipeline.reading.ports import Reading
from pipeline.work.engines.doctor_learning import learning_checks

TEAM = "tim-yankomas"
TAGGER = CrfTagger()
#: A form of the place: the day on which it was handed out stands at its head, and at its foot the letter's own.
LETTER = """
{place}, {day} {month} 2026
Nomor: {serial}/WR/{serial}/2026
Perihal: Pengaduan {matter}
Kepada Yth.
Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu
di Bengkulu
Dengan hormat,
Saya yang bertanda tangan di bawah ini:
Nama: {name} Rekaan
NIK: 17030252047100{serial:02}
Alamat: Desa {place} RT {rt}, Kecamatan Rekaan, Kabupaten Kaur
Kami mengadukan {matter} yang dilakukan Kepala Desa {place} pada tanggal 6 Januari 2026.
Kami tidak dapat membawa anak ke sekolah, dan keberatan kami tidak dijawab.
Saya meminta agar hal itu dihentikan.
Salam dari kami,
{place}, {later} {month} 2026
{name} Rekaan
"""
PLACES = ("Umpama Jaya", "Misalan Baru", "Air Contoh", "Tebat Rekaan", "Padang Andai", "Sumber Kiranya", "Lubuk Umpama")
NAMES = ("Rohani", "Syahrul", "Murni", "Jamaludin", "Kartini", "Hasanah", "Zainal", "Wagiman", "Nurbaya", "Sudirman")
MONTHS = ("Februari", "Maret", "April", "Mei", "Juni")
#: Two later letters that the shipped weights misread.
NEW, NEXT = 81, 83
MATTERS = ("penutupan jalan kebun", "pemotongan bantuan", "penggusuran lahan", "penahanan ijazah", "pencemaran sungai")


def letter(n: int) -> tuple[str, str]:
    """The n-th letter, and the day that its clerk confirms."""
    day, month = 1 + n % 9, n % len(MONTHS)
    later = day + 4 + n % 7
    text = LETTER.format(
        place=PLACES[n % 7],
        name=NAMES[n % 10],
        month=MONTHS[month],
        matter=MATTERS[n % 5],
        day=day,
        later=later,
        serial=n % 90 + 1,
        rt=1 + n % 8,
    )
    return text, f"2026-{month + 2:02}-{later:02}"


class TypedReader(FakeReader):
    """Reads what was typed, as the office that it is told of proposes."""

    def __init__(self, office: FakeOffice) -> None:
        super().__init__()
        self.find = office.root.finder(TAGGER)

    def read(self, blob, received, progress=lambda *_: None):
        with blob.local() as path:
            text = path.read_text()
        return Reading((page_of(text),), self.find((page_of(text),), received.date()), text.encode(), "ketikan")


def office_in(folder, *, learns: bool) -> FakeOffice:
    office = FakeOffice(folder)
    if learns:
        settings = office.root.layout.settings
        settings.write_text(settings.read_text().replace("belajar = false", "belajar = true"))
        office = FakeOffice(folder)
    office.clock.at = wib("2026-11-02 08:00")
    office.reader = TypedReader(office)
    return office


def arrive(office: FakeOffice, n: int) -> CaseNumber:
    text, _ = letter(n)
    office.drop(f"{n}.pdf", text.encode())
    office.run_once()
    return office.root.numbers.last()


def read_day(office: FakeOffice, number: CaseNumber) -> dict:
    return office.root.cabinet.case(number).reading.fields["tanggal_surat"]


def confirm(office: FakeOffice, number: CaseNumber, n: int, **others: str) -> None:
    told = {
        "cara_penyampaian": "pos",
        "tanggal_surat": letter(n)[1],
        "ringkasan": "Diadukan perbuatan kepala desa.",
        "hak": ["rasa aman"],
        **others,
    }
    office.decide(number, "konfirmasi", TEAM, told)


def yankomas(office: FakeOffice, *words: str) -> int:
    return main(["--root", str(office.root.layout.root), *words])


def weights_of(office: FakeOffice):
    return office.root.layout.reading_weights


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory):
    """An office that learns, with as many confirmed letters of one habit as it needs, and one that is rahasia."""
    made = office_in(tmp_path_factory.mktemp("kantor") / "k", learns=True)
    for n in range(LEAST_CASES + 1):
        made.drop(f"{n}.pdf", letter(n)[0].encode())
    made.run_once()
    for case in list(made.root.cabinet.cases()):
        n = int(case.received.file_name.removesuffix(".pdf"))
        confirm(made, case.number, n, **({"sifat": "rahasia"} if n == 7 else {}))
    return made


@pytest.fixture(scope="module")
def taught(confirmed, tmp_path_factory):
    """A copy of that office which has learned, and what it was told then."""
    folder = copied(confirmed.root.layout.root, tmp_path_factory.mktemp("kantor") / "k")
    made, said = office_in(folder, learns=False), io.StringIO()
    with redirect_stdout(said):
        assert yankomas(made, "belajar") == 0
    return made, said.getvalue()


@pytest.fixture
def office(confirmed, tmp_path):
    """A copy of the office that has not learned, to be done with as one likes."""
    return office_in(copied(confirmed.root.layout.root, tmp_path / "k"), learns=False)


@pytest.fixture
def learned(taught, tmp_path):
    """A copy of the office that has."""
    return office_in(copied(taught[0].root.layout.root, tmp_path / "k"), learns=False)


def test_a_habit_that_the_shipped_weights_misread_is_read_right_after_learning(learned, taught):
    before, said = read_day(learned, CaseNumber(2026, 1)), taught[1]

    after = read_day(learned, number := arrive(learned, NEW))
    filed = reading_of(learned.root.cabinet, learned.root.cabinet.case(number))

    assert before["nilai"] != letter(0)[1]
    assert after["nilai"] == letter(NEW)[1]
    assert "surat-surat kantor ini" in filed.fields["tanggal_surat"]["candidates"][0]["reason"]
    assert "Mulai surat berikutnya dengan bobot kantor: Tanggal surat pengaduan." in said
    assert f"{LEAST_CASES} perkara yang dikonfirmasi" in said  # the one that is rahasia is not among them


def test_what_is_learned_holds_no_word_of_a_letter(taught):
    kept = json.loads(weights_of(taught[0]).read_bytes())
    signs = {sign for weights in kept["bobot"].values() for sign in weights}
    words = {word for told in (*PLACES, *NAMES, *MATTERS) for word in told.lower().split()}
    assert {word for sign in signs for word in sign.split()} & words == set()
    assert kept["perkara"] == LEAST_CASES


def test_learning_is_noted_in_the_access_log_and_the_archive_stays_whole(learned, capsys):
    assert learned.root.verify(lambda *_: None) == []

    yankomas(learned, "belajar", "--lupakan")

    log = learned.root.access_log
    noted = [(e.kind, e.data.get("about")) for e in log.entries(log.months()[0])]
    assert noted[-2:] == [
        ("belajar", f"{LEAST_CASES} perkara terkonfirmasi"),
        ("belajar --lupakan", "bobot kantor"),
    ]
    assert learned.root.verify(lambda *_: None) == []


def test_what_was_learned_can_be_forgotten_and_is_said_to_be_nothing_then(learned, capsys):
    known = read_day(learned, arrive(learned, NEW))["nilai"]

    codes = [yankomas(learned, "belajar", "--lupakan") for _ in range(2)]

    said = capsys.readouterr().out
    assert codes == [0, 0]
    assert known == letter(NEW)[1]
    assert read_day(learned, arrive(learned, NEXT))["nilai"] != letter(NEXT)[1]
    assert "dilupakan" in said
    assert "belum mempelajari apa pun" in said


def test_a_broken_file_of_weights_ends_no_reading_and_is_told_and_the_same_is_learned_again(
    office, taught, capsys, caplog
):
    weights_of(office).write_bytes(b'{"bobot": {"tanggal": {"always": ')

    number = arrive(office, NEW)

    assert read_day(office, number)["nilai"] != letter(NEW)[1]
    assert "Surat dibaca dengan bobot bawaan" in caplog.text
    (check,) = learning_checks(office.root, wished=True)
    assert check.caution
    assert "yankomas belajar" in check.remedy
    assert yankomas(office, "belajar") == 0  # which writes it anew
    again, before = (json.loads(weights_of(one).read_bytes()) for one in (office, taught[0]))
    assert again["bobot"] == before["bobot"]
    assert read_day(office, arrive(office, NEXT))["nilai"] == letter(NEXT)[1]


def test_an_office_that_does_not_wish_it_learns_nothing_and_reads_as_shipped(learned, capsys):
    settings = learned.root.layout.settings
    settings.write_text(settings.read_text().replace("belajar = true", "belajar = false"))
    unlearned = office_in(learned.root.layout.root, learns=False)
    capsys.readouterr()

    assert yankomas(unlearned, "belajar") == 1

    assert "belajar = true" in capsys.readouterr().err
    assert read_day(unlearned, arrive(unlearned, NEW))["nilai"] != letter(NEW)[1]


def test_an_office_of_few_cases_is_told_how_many_there_are_and_how_many_it_needs(tmp_path, capsys):
    office = office_in(tmp_path / "k", learns=True)
    for n in range(2):
        confirm(office, arrive(office, n), n)
    arrive(office, 2)  # that nobody has confirmed

    assert yankomas(office, "belajar") == 1

    assert f"Baru 2 perkara terkonfirmasi yang dapat dipelajari; perlu sedikitnya {LEAST_CASES}." in (
        capsys.readouterr().err
    )
    assert not weights_of(office).exists()


def test_an_office_that_learns_nothing_is_the_rule(tmp_path):
    assert not office_in(tmp_path / "k", learns=False).root.settings.reading.learns
