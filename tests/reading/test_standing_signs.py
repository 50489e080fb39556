"""Signs of where and how a proposal stands: on the page, behind a label, said again, of which shape."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.ports import Marked
from pipeline.reading.proposal import Evidence, Proposal
from pipeline.reading.sheet import Sheet
from pipeline.reading.standing_signs import standing

LETTER = """                                   Rekaan, 4 Februari 2026
Nama : Rohani Misalan
Alamat : Desa Umpama
Jalan kami diputus oleh Sdr. Budi Contoh, pemilik gudang.
Saya minta jalan dibuka kembali.
Hormat saya,
Rohani Misalan"""


def _signs(label, text, organisation=None):
    sheet = Sheet((page_of(LETTER),))
    start = sheet.text.index(text)
    mark = Marked(label, start, start + len(text), 0.9, "identitas", True)
    candidate = sheet.candidate(mark.start, mark.end, 0.9, "uji")
    evidence = Evidence(sheet, {"lembaga_pelapor": organisation}, (), (mark,))
    return standing(label, Proposal(candidate, mark=mark), evidence)


def test_a_name_that_also_stands_under_the_signature_is_said_in_head_and_foot():
    assert "said in the foot" in _signs("nama", "Rohani Misalan")
    assert "said 2" in _signs("nama", "Rohani Misalan")
    assert "said in the foot" not in _signs("terlapor", "Budi Contoh")


def test_the_label_before_a_value_is_told_by_what_it_stands_for():
    assert "value of nama" in _signs("nama", "Rohani Misalan")
    assert "below alamat 1" in _signs("terlapor", "Sdr. Budi Contoh")


def test_who_is_named_is_told_by_kind_and_by_what_is_said_of_him():
    signs = _signs("terlapor", "Sdr. Budi Contoh")

    assert "kind orang" in signs
    assert "told agent" in signs


def test_signs_of_a_letter_by_an_organisation_say_so():
    assert "of an organisation" in _signs("alamat", "Desa Umpama", organisation=object())
    assert "of an organisation" not in _signs("alamat", "Desa Umpama")


PAGES = (
    "KABUPATEN REKAAN 2026\nNama : Rohani Misalan\nAlamat :\nDesa Umpama, RT 2\n\n\n"
    "Jalan diputus oleh Sdr. Budi Contoh.\nlalu (12/A/V/20) dan 081234",
    "Rohani Misalan\tWarga\nSalam\nsatu\ndua\ntiga\nempat\nlima",
)


def _told(label: str, words: str, *, known: bool = True, others: tuple[tuple[str, str, bool], ...] = ()) -> set[str]:
    """What is told of words of the pages, but for what holds of all: no commas, no strokes, no figures, one row."""
    sheet = Sheet(tuple(page_of(text, number) for number, text in enumerate(PAGES, 1)))

    def mark(under: str, text: str, likeliest: bool) -> Marked:
        start = sheet.text.index(text)
        return Marked(under, start, start + len(text), 0.9, "identitas", likeliest)

    own, *rest = (mark(*one) for one in ((label, words, True), *others))
    proposal = Proposal(sheet.candidate(own.start, own.end, 0.9, "uji"), mark=own if known else None)
    told = standing(label, proposal, Evidence(sheet, {"lembaga_pelapor": None}, (), (own, *rest)))
    return told.keys() - {"commas 0", "strokes 0", "figures 0", "rows 1", "side 0", "foot 12", "head 12"}


@pytest.mark.parametrize(
    ("label", "words", "signs"),
    [
        (
            "tempat",
            "KABUPATEN REKAAN 2026",
            "height 0; head 1; head 3; head 6; no label near; opens cell; closes cell; whole cells; then blank;"
            " then capital; capitals; figures 4; year; said 1; said in the head; kind wilayah",
        ),
        ("umur", "Nama", "height 0; head 3; head 6; label itself nama; opens cell; then blank; then figure or mark"),
        (
            "nama",
            "Rohani Misalan",
            "height 0; head 3; head 6; value of nama; closes cell; then blank; then capital; said 2; said in the head",
        ),
        (
            "nama",
            "Misalan\n",
            "height 0; head 3; head 6; behind nama; closes cell; then blank; then capital; said 2; said in the head",
        ),
        (
            "terlapor",
            "Rohani",
            "height 0; head 3; head 6; value of nama; then blank; then capital; said 2; said in the head; kind none",
        ),
        (
            "alamat",
            "Desa Umpama, RT 2",
            "height 0; head 6; below alamat 1; opens cell; closes cell; whole cells; then blank; then capital;"
            " commas 1; figures 1; numbered; said 1",
        ),
        ("alamat", "Desa Umpama", "height 0; head 6; below alamat 1; opens cell; then ,; then figure or mark; said 1"),
        ("alamat", "2\nJalan", "height 0; head 6; below alamat 1; rows 2; then blank; then small; figures 1; said 1"),
        (
            "terlapor",
            "Sdr. Budi Contoh",
            "height 0; head 6; below alamat 2; closes cell; then .; then figure or mark; said 1; kind orang;"
            " told agent",
        ),
        (
            "nomor",
            "12/A/V/20",
            "height 1; head 6; below alamat 3; then ); then figure or mark; capitals; roman; figures 4; strokes 3;"
            " said 1",
        ),
        (
            "nomor",
            "(12/A/V/20)",
            "height 1; head 6; below alamat 3; then blank; then small; capitals; roman; brackets; figures 4; strokes 3;"
            " said 1",
        ),
        (
            "telepon",
            "081234",
            "height 1; head 6; below alamat 3; closes cell; then blank; then capital; figures many; said 1",
        ),
        (
            "nama",
            "Warga",
            "later page; no label near; row of cells; opens cell; closes cell; whole cells; then blank; then capital;"
            " said 1",
        ),
        (
            "nama",
            "lima",
            "later page; foot 1; foot 3; foot 6; no label near; opens cell; closes cell; whole cells; then blank;"
            " small at first",
        ),
    ],
)
def test_this_is_told_of_where_and_how_a_value_stands(label, words, signs):
    assert _told(label, words) == set(signs.split("; "))


def test_of_what_the_rules_alone_say_no_row_is_told():
    assert _told("terlapor", "Sdr. Budi Contoh", known=False) == {"height 0", "said 1", "kind orang"}


def test_what_is_likelier_something_else_is_told_where_it_stands_at_the_same_place():
    others = (
        ("alamat", "Rohani", True),
        ("umur", "Misalan", False),
        ("kuasa", "Nama", True),
        ("tempat", "Misalan\nAlamat", True),
    )

    told = _told("nama", "Rohani Misalan", others=others) - _told("nama", "Rohani Misalan")
    beside = _told("nama", "Misalan", others=(("alamat", "Rohani ", True), ("tempat", "\nAlamat", True)))

    assert told == {"likeliest as alamat", "likeliest as tempat"}
    assert not any(sign.startswith("likeliest") for sign in beside)


def _told_in(text: str, words: str) -> set[str]:
    sheet = Sheet((page_of(text),))
    start = sheet.text.index(words)
    mark = Marked("nama", start, start + len(words), 0.9, "identitas")
    candidate = sheet.candidate(start, start + len(words), 0.9, "uji")
    return set(standing("nama", Proposal(candidate, mark=mark), Evidence(sheet, {"lembaga_pelapor": None}, (), ())))


@pytest.mark.parametrize(
    ("text", "words", "sign", "told"),
    [
        ("(Desa Umpama", "Desa", "opens cell", True),  # a letter before it is no matter
        (": Desa Umpama", "Desa", "opens cell", False),
        ("Budi Rekaan\tWarga", "Budi Rekaan", "closes cell", True),
        ("Budi Rekaan\tWarga", "Budi", "closes cell", False),
        ("Budi (Rekaan", "(Rekaan", "brackets", True),
        ("Budi Rekaan)", "Rekaan)", "brackets", True),
        ("abcd Warga 01234567890 Warga", "Warga", "said in the head", True),
        ("abcde Warga 0123456789 Warga", "Warga", "said in the head", False),  # just a fifth of the letters
        ("abcde Warga 0123456789 Warga", "Warga", "said in the foot", False),
        ("abcde Warga 01234567890 Warga", "Warga", "said in the foot", True),
    ],
)
def test_a_sign_of_where_a_value_stands_ends_here(text, words, sign, told):
    assert (sign in _told_in(text, words)) is told
