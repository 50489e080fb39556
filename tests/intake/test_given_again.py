"""What a centre lost is put back from what an agent gives again: those bytes alone, and nothing that was destroyed."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from fakes import MORNING, FakeReader

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.errors import ArchiveFault
from pipeline.intake.account import AccountEntry, AccountPart, State, Taken
from pipeline.intake.given_again import GivingAgain, give_again, lost_of
from pipeline.storage.blobs import TypedText

SCAN = TypedText("tumpukan.pdf", b"PAGES\n-satu\n-dua\n-tiga")
PART = FakeReader().extract(SCAN, "application/pdf", (2, 3))
ENTRY = AccountEntry(
    Taken("titipan-1", "tumpukan.pdf", SCAN.size, SCAN.sha256, "titipan-1", MORNING),
    MORNING,
    (AccountPart(State.REGISTERED, "2026/0001"),),
)


def document(name: str, data: bytes) -> Document:
    blob = TypedText(name, data)
    return Document(name, "surat", 1, blob.sha256, blob.size)


class Centre:
    """One case with these documents, of which the store has some."""

    def __init__(self, *documents: Document, source: dict | None = None) -> None:
        told = {"documents": [{"name": one.name} for one in documents], "media": "application/pdf"}
        entry = SimpleNamespace(data=told | ({"source": source} if source else {}))
        self.documents, self.entries, self.there, self.destroyed = documents, (entry,), set(), False

    def case(self, number):
        assert number == CaseNumber(2026, 1)
        found = {one.name: one for one in self.documents}
        return SimpleNamespace(documents=self.documents, entries=self.entries, document=found.get)

    @contextmanager
    def held(self, number):
        if self.destroyed:
            self.documents = ()
        yield SimpleNamespace(case=self.case(number))

    def blob(self, number, document):
        @contextmanager
        def local():
            if document.sha256 not in self.there:
                raise ArchiveFault("hilang", "")
            yield None

        return SimpleNamespace(local=local)

    def keep(self, data):
        self.there.add(TypedText("", data).sha256 if isinstance(data, bytes) else data.sha256)

    @property
    def parts(self):
        return GivingAgain(self, FakeReader(), self.keep)


def test_what_is_lost_is_put_back_once():
    centre = Centre(document("01-surat.pdf", b"PAGES\n-satu\n-dua\n-tiga"))
    assert list(lost_of([ENTRY], centre)) == [ENTRY]

    assert give_again(ENTRY, SCAN, centre.parts) == 1

    assert centre.there == {SCAN.sha256}
    assert list(lost_of([ENTRY], centre)) == []
    assert give_again(ENTRY, SCAN, centre.parts) == 0


def test_a_part_is_cut_again_and_what_else_the_case_has_is_none_of_it():
    other = document("02-lain.pdf", b"lain")
    centre = Centre(document("01-surat.pdf", PART), source={"sha256": SCAN.sha256, "pages": [2, 3], "of": 3})
    centre.documents = (*centre.documents, other)

    assert give_again(ENTRY, SCAN, centre.parts) == 1

    assert centre.there == {centre.documents[0].sha256}


@pytest.mark.parametrize("pages", [[1, 2], [1, 2, 3]])
def test_pages_that_are_not_byte_for_byte_what_the_journal_names_are_not_put(pages):
    centre = Centre(document("01-surat.pdf", PART), source={"sha256": SCAN.sha256, "pages": pages, "of": 3})

    assert give_again(ENTRY, SCAN, centre.parts) == 0
    assert centre.there == set()


def test_what_was_destroyed_in_the_meantime_is_not_brought_back():
    centre = Centre(document("01-surat.pdf", b"PAGES\n-satu\n-dua\n-tiga"))
    centre.destroyed = True

    assert give_again(ENTRY, SCAN, centre.parts) == 0
    assert centre.there == set()
