"""A copy with names covered is made of what has pages, with all of them, and filed beside its source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from archive_fakes import FakeCabinet
from case_factory import document, received
from fakes import MORNING, FixedClock

from pipeline.cases.actor import Actor
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.redacted import REDACTED_COPY
from pipeline.errors import EngineFault, Incomplete, NotAllowed
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.redaction.ports import RedactedPdf
from pipeline.redaction.redact import RedactParts, Wanted, look, redact
from pipeline.scans.words import Page, Word

TEAM = Actor("tim-yankomas", "rina")
SCAN, PHOTO, CAME, TEXT = "01-surat.pdf", "01-foto.jpg", "01-surat-asli.jpg", "02-teks.txt"
FILES = (
    document(SCAN),
    document(PHOTO, kind="lampiran"),
    document(CAME, kind=AS_IT_CAME),
    document(TEXT, kind="teks", step=2),
)
WANTED = Wanted(words=["Umpama"], reason="Bahan jawaban", recipient="Kantor Contoh")
LINE = (Word("Desa", (0.1, 0.1, 0.2, 0.12), 1.0, 0), Word("Umpama", (0.2, 0.1, 0.4, 0.12), 1.0, 0))


class Draws:
    """Reads two pages of every file, and draws as many as it is told to."""

    def __init__(self, drawn: int = 2) -> None:
        self.drawn = drawn

    def words(self, _blob):
        return tuple(Page(number, 600, 800, LINE, "", "lapisan") for number in (1, 2))

    def redacted(self, _blob, areas, _strip, title):
        return RedactedPdf(f"{title}: {len(areas)}".encode(), self.drawn, "2b")


def parts(drawn: int = 2) -> RedactParts:
    """A case with a scan, a photo, what came as it came, and a text; and who draws."""
    cabinet = FakeCabinet()
    number = cabinet.put(received(documents=FILES), b"isi", MORNING)
    cabinet.contents.update({(number, file.name): b"isi" for file in FILES})
    return RedactParts(cabinet, FixedClock(MORNING), SPECIMEN_OFFICE, lambda: Draws(drawn))


def made(name: str, wanted: Wanted = WANTED, *, drawn: int = 2, by: Actor = TEAM, own: RedactParts | None = None):
    """The case after a copy was asked for."""
    own = own or parts(drawn)
    (number,) = own.cabinet.journals
    return redact(number, name, wanted, by=by, told=lambda _number: True, parts=own)


@pytest.mark.parametrize("name", [SCAN, PHOTO])
def test_of_every_paper_with_pages_a_copy_is_filed_that_tells_what_it_was_made_of(name):
    own = parts()

    first, second = made(name, own=own), made(name, own=own)

    assert [copy.name for copy in second.documents if copy.kind == REDACTED_COPY] == [
        f"01-{REDACTED_COPY}-1.pdf",
        f"01-{REDACTED_COPY}-2.pdf",
    ]
    (copy,) = first.redacted
    assert (copy.source, copy.source_sha256, copy.pages, len(copy.areas)) == (name, FILES[0].sha256, 2, 2)


@pytest.mark.parametrize("name", [CAME, TEXT])
def test_what_has_no_pages_of_its_own_is_not_redacted(name):
    with pytest.raises(NotAllowed, match="tidak berhalaman"):
        made(name)


def test_of_a_copy_no_copy_is_made_and_its_own_source_is_told():
    own = parts()
    for name in (PHOTO, SCAN):
        made(name, own=own)

    for number, source in ((1, PHOTO), (2, SCAN)):
        with pytest.raises(NotAllowed) as told:
            made(f"01-{REDACTED_COPY}-{number}.pdf", own=own)
        assert source in told.value.remedy


def test_a_scan_with_pages_of_another_case_is_not_redacted_but_what_else_the_case_has():
    own = parts()
    (number,) = own.cabinet.journals
    case = replace(own.cabinet.case(number), shared=frozenset({SCAN}))

    with pytest.raises(NotAllowed, match="perkara lain"):
        look(case, SCAN, lambda _number: True, own)
    assert len(look(case, PHOTO, lambda _number: True, own).pages) == 2


@pytest.mark.parametrize("drawn", [1, 3])
def test_a_copy_of_more_or_fewer_pages_than_its_source_is_not_filed(drawn):
    with pytest.raises(EngineFault, match="semua halaman"):
        made(SCAN, drawn=drawn)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (replace(WANTED, reason=" "), "Alasan: wajib diisi"),
        (replace(WANTED, recipient=""), "Diberikan kepada: wajib diisi"),
        (replace(WANTED, reason="x" * 301), "lebih dari 300"),
        (replace(WANTED, recipient="\x00"), "Diberikan kepada"),
    ],
)
def test_reason_and_recipient_stand_on_every_page_and_are_looked_at_first(wanted, why):
    with pytest.raises(Incomplete, match=why):
        made(SCAN, wanted)
    assert made(SCAN, replace(WANTED, reason="x" * 300)).redacted


@pytest.mark.parametrize(
    ("officials", "maker"), [(SPECIMEN_OFFICE.officials, "Rina Contoh, S.H., Petugas"), ((), "(rina)")]
)
def test_the_copy_says_who_made_it(monkeypatch, officials, maker):
    own = replace(parts(), office=replace(SPECIMEN_OFFICE, officials=officials))
    told = []
    monkeypatch.setattr("pipeline.redaction.redact.strip", lambda *said: told.append(said))

    made(SCAN, own=own)

    assert maker in told[0][1]


def test_only_who_sees_the_originals_makes_copies():
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        made(SCAN, by=Actor("kakanwil", "budi"))
