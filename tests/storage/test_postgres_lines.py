"""Books of lines at the centre: any stretch of one is what a file of its lines would hold there."""

from __future__ import annotations

from pipeline.storage.postgres_lines import ACCESS, INBOX, PostgresLines

LINES = [b"satu\n", b"yang kedua lebih panjang\n", b"x\n"]


def test_a_stretch_is_what_a_file_holds_between_two_places(central_office):
    book, other = PostgresLines(central_office[0], ACCESS), PostgresLines(central_office[0], INBOX)
    for line in LINES:
        book.append("2026-11", line)
        other.append("2026", b"lain " + line)
        book.append("2026-12", b"kemudian " + line)
    text = b"".join(LINES)

    assert book.parts() == ["2026-11", "2026-12"]
    assert (book.size("2026-11"), book.size("2027-01")) == (len(text), 0)
    places = range(len(text) + 3)
    stretches = [(start, end) for start in places for end in places[start::5]]
    assert [book.bytes_between("2026-11", *one) for one in stretches] == [text[slice(*one)] for one in stretches]
    assert book.bytes_between("2027-01", 0, 9) == b""
