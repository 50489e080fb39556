"""People who are introduced in a sentence, several together, or as rows of a table: each rule by itself."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.identity import Person, name_field
from pipeline.reading.introductions import introduced, introduced_together, people_in_table, told_of
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.sheet import Sheet


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def known(person: Person | None) -> str | None:
    """What is known of a person, in the order of what may be known; ``None`` for nobody."""
    return person and ", ".join(str(field.best.nilai) for field in person.values() if field)


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("Saya Budi Rekaan, umur 40 tahun", "Budi Rekaan, 40"),
        ("nama saya Budi, umur 40", "Budi, 40"),
        ("perkenalkan saya Oni, umur 40", None),  # three letters are no name
        ("nama saya Kepala Dinas, umur 40", None),
        ("nama saya Paguyuban Nelayan, umur 40", None),
        ("saya yang bernama Desa Satu, umur 40", "Desa Satu, 40"),  # so somebody may be called
        ("nama saya budi rekaan, umur 40 tahun", "budi rekaan, 40"),
        ("nama saya kami, umur 40 tahun", None),
        ("Saya Budi Rekaan, tukang kayu, melaporkan", "Budi Rekaan, tukang kayu"),
        ("Saya Budi Rekaan, pekerjaan tani, umur 40", "Budi Rekaan, 40, tani"),
        ("Saya Budi Rekaan, warga desa, melaporkan", "Budi Rekaan"),
        ("Saya Budi Rekaan, satu dua tiga empat lima enam, melaporkan", "Budi Rekaan, satu dua tiga empat lima enam"),
        ("Saya Budi Rekaan, satu dua tiga empat lima enam tujuh, melaporkan", "Budi Rekaan"),
        ("Saya Budi Rekaan, 40 tahun, warga, guru, melaporkan", "Budi Rekaan, 40, guru"),
        ("Saya Budi Rekaan, umur 40, melaporkan, tani, mengadu", "Budi Rekaan, 40"),
        ("Saya Budi Rekaan, 40 tahun, Pegawai di kantor desa itu, dan", "Budi Rekaan, 40, Pegawai di kantor desa itu"),
        ("Saya Budi Rekaan, 40 tahun, Pegawai di kantor desa itu juga, dan", "Budi Rekaan, 40"),
    ],
)
def test_who_speaks_of_himself_in_a_sentence_says_who_he_is_and_what_he_does(sentence, person):
    layout = laid_out(sentence)

    assert known(introduced(layout, 0, len(layout.sheet.text))) == person


#: A full row of the letter, so that the margin is known.
PROSE = "\nkami melaporkan bahwa jalan ke sawah warga telah ditutup sejak bulan lalu tanpa izin siapa pun di desa"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Saya Budi Rekaan\nPetani, umur 40", "Budi Rekaan, 40"),
        ("perkenalkan saya Budi Rekaan\nSaya tinggal di sini", "Budi Rekaan"),
        (
            "Dengan segala kerendahan hati dan dengan penuh harapan, perkenalkan saya Budi\nRekaan, umur 40",
            "Budi Rekaan, 40",
        ),
        ("Yang bertanda tangan di bawah ini\nDATA PELAPOR\nSaya Budi Rekaan, umur 40", "Budi Rekaan, 40"),
        ("Yang bertanda tangan di bawah ini\nKRONOLOGI KEJADIAN\nPada hari itu", None),
        ("Yang bertanda tangan di bawah ini\nBUDI REKAAN\nPetani, umur 40", "Budi Rekaan, 40"),
    ],
)
def test_a_name_ends_with_a_row_that_was_not_wrapped_and_no_heading_is_one(text, person):
    layout = laid_out(f"Dengan hormat,\n{text}{PROSE}")

    assert known(introduced(layout, 0, len(layout.sheet.text))) == person


def test_a_row_may_be_wrapped_that_reaches_nearly_as_far_as_the_others_of_its_page():
    full, nearly, short = "x" * 94, "x" * 71, "x" * 70  # by a fifth of the page's width, and by a little more
    layout = layout_of(Sheet((page_of(f"{full}\n{nearly}\n{short}"), page_of(short, 2))))

    assert [layout.reaches_margin(row) for row in layout.sheet.rows] == [True, True, False, True]


def test_who_signed_without_closing_words_is_not_called_by_the_row_below_too():
    layout = laid_out(f"Dengan hormat,{PROSE}\nBudi Rekaan\nGuru Honorer")
    start = layout.sheet.text.index("Budi")
    name = name_field(layout, start, start + len("Budi Rekaan"), 0.8, "tanda tangan")

    assert name
    assert known(told_of(layout, name, 0, len(layout.sheet.text))) == "Budi Rekaan"


def test_somebody_elses_name_introduces_nobody():
    layout = laid_out("Saya Budi Rekaan, umur 40 tahun")

    assert introduced(layout, 0, len(layout.sheet.text), but_not=frozenset({"Budi Rekaan"})) is None


@pytest.mark.parametrize(
    ("text", "but_not", "names"),
    [
        (
            "kami, masing-masing Budi Rekaan, Ani Umpama dan Dodo Rekaan",
            (),
            ["Budi Rekaan", "Ani Umpama", "Dodo Rekaan"],
        ),
        ("kami, masing-masing Budi Rekaan dan Ani Umpama", ("Ani Umpama",), []),
        ("kami, masing-masing Desa Satu dan Ani Umpama", (), []),
        ("kami, masing-masing Budi Rekaan", (), []),
        ("KANTOR\nDengan hormat,\nkami melaporkan, yaitu Budi Rekaan dan Ani Umpama", (), []),
    ],
)
def test_several_named_in_a_row_are_introduced_unless_one_is_nobody_or_anothers(text, but_not, names):
    layout = laid_out(f"{text}, semuanya warga")

    people = introduced_together(layout, 0, len(layout.sheet.text), frozenset(but_not))
    assert [known(person) for person in people] == names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kami Budi, tani, Ani, umur 41", "Budi, tani"),  # the age is Ani's
        ("kami Budi, tani, lalu Budi, umur 40", "Budi, 40, tani"),
        ("kami Budi Rekaan, pekerjaan tani, umur 40", "Budi Rekaan, 40, tani"),
        ("kami Budi Kami, umur 40", "Budi, 40"),
        ("tidak ada", "Budi"),
    ],
)
def test_of_one_who_signed_the_letter_tells_up_to_the_next_name_and_the_whole_of_his(text, told):
    layout = laid_out(f"{text}\nBudi\nAni")
    below = [layout.sheet.text.rindex(name) for name in ("Budi", "Ani")]
    budi, ani = (name_field(layout, at, at + size, 0.8, "tanda tangan") for at, size in zip(below, (4, 3), strict=True))
    assert budi
    assert ani

    person = told_of(layout, budi, 0, below[0], [budi, ani])

    assert known(person) == told
    assert person["nama"]
    assert person["nama"].best.reason.startswith("tanda tangan") == (told.split(",")[0] == "Budi")


LED = "Dengan hormat, kami yang bertanda tangan di bawah ini:\n"
ROWS = "1\tBudi Rekaan\t45\n2\tAni Umpama\t38"


@pytest.mark.parametrize(
    ("table", "people"),
    [
        (f"No\tNama\tUmur\n{ROWS}", ["Budi Rekaan, 45", "Ani Umpama, 38"]),
        (f"No\tNama\tUmur\nal{ROWS[1:]}", ["Budi Rekaan, 45", "Ani Umpama, 38"]),  # a number that was misread
        (f"No\tNama\tNama\n{ROWS}", []),
        (f"Ini\tNama\titu\n{ROWS}", []),
        ("Nama\tUmur\nBudi Rekaan\t45\nAni Umpama\t38", []),
        (f"No\tNama\tUmur\n{ROWS}\nIbu Dodo Umpama", ["Budi Rekaan, 45", "Ani Umpama, 38"]),
        (f"No\tNama\tUmur\n{ROWS}\nDodo\tRekaan", ["Budi Rekaan, 45", "Ani Umpama Rekaan, 38"]),
        (f"No\tNama\tUmur\nbaris\n{ROWS}", ["Budi Rekaan, 45", "Ani Umpama, 38"]),
        ("No\tNama\tUmur\n1\tBudi Rekaan\n2\tAni Umpama\t38", ["Budi Rekaan", "Ani Umpama, 38"]),
        ("No\tNama\tUmur\n1. Budi Rekaan\t45\n2. Ani Umpama\t38", ["Budi Rekaan", "Ani Umpama"]),
        (
            "No\tNama\tPekerjaan\n1\tMuhammad Rizki\ttani\n\tRamadhan\n2\tAni Umpama\tguru",
            ["Muhammad Rizki Ramadhan, tani", "Ani Umpama, guru"],
        ),
        (
            "No\tNama\tUmur\n1\tAdi\t45\n\tBudi\n\tCici\n\tDodo\n\tEko\n2\tAni Umpama\t38",
            ["Adi Budi Cici Dodo, 45"],  # so many rows are no cell
        ),
        (
            "No\tNama\tNIK\tHP\n1\tBudi Rekaan\t1701021203790003\t0812 3456 7890",
            ["Budi Rekaan, 1701021203790003, 081234567890"],
        ),
        (
            "No\tNama\tHP\n1\tBudi Rekaan 0812 3456 7890\n2\tAni Umpama\tada",
            ["Budi Rekaan, 081234567890", "Ani Umpama"],
        ),
        ("No\tNama\tUmur\n1\tBudi Rekaan\t45\t0812 3456 7890", ["Budi Rekaan, 45"]),  # it has no column for that
    ],
)
def test_a_table_is_a_person_a_numbered_row_with_what_goes_on_below(table, people):
    assert [known(person) for person in people_in_table(laid_out(LED + table))] == people


def test_a_table_that_a_charge_leads_to_names_those_complained_of():
    layout = laid_out(f"KANTOR REKAAN\nDengan hormat,\nKami mengadukan:\nNo\tNama\tUmur\n{ROWS}")

    assert [len(people_in_table(layout, against=against)) for against in (True, False)] == [2, 0]
