"""Whatever stack lies in the feeder: in = out + separators + blanks, and every page is where it is said to be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import KEY, FakeOffice
from thorough import BUSY, examples

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.outcomes import Accepted, Added, Duplicate, Fate, Parted, PartOutcome, SetAside, TakenBack
from pipeline.intake.receive import receive
from pipeline.letters.page_codes import cover_text, page_text

FIRST, SECOND, NOBODY = CaseNumber(2026, 1), CaseNumber(2026, 2), CaseNumber(2026, 900)
DISPOSITION = "03-lembar-disposisi"
#: What may lie in a feeder; ``@`` and a number is that case's disposition sheet, then page and pages.
THINGS = ("===", "===", "_", "_", "?", "-", "-", "-", "@1 1/1", "@1 1/3", "@1 2/3", "@1 3/3", "@2 1/2", "@2 2/2")
ODD_THINGS = ("forged", "foreign", "cover 1", "cover 2", "cover of nobody", "false cover", "small separator", "other")


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """An office with two cases whose disposition sheets are out for signature; stack after stack comes to it."""
    office = FakeOffice(tmp_path_factory.mktemp("kantor"))
    for name in ("satu", "dua"):
        office.drop(f"{name}.pdf", f"Pengaduan {name}".encode())
        office.run_once()
    return office


def line(office: FakeOffice, thing: str, serial: int) -> str:
    """The page as the fake reader knows pages; letters differ from all others, as papers do."""
    if thing.startswith("@"):
        number, pages = CaseNumber(2026, int(thing[1])), thing[3:].split("/")
        return page_text(KEY, office.root.cabinet.case(number).drafts[DISPOSITION].page_code, *map(int, pages))
    codes = {
        "forged": page_text(b"x" * 32, "0123456789AB", 1, 1),
        "foreign": page_text(KEY, "ENTAH0000000", 1, 1),
        "cover 1": cover_text(KEY, FIRST),
        "cover 2": cover_text(KEY, SECOND),
        "cover of nobody": cover_text(KEY, NOBODY),
        "false cover": cover_text(b"x" * 32, FIRST),
        "small separator": "YK1:PEMISAH",
        "other": "https://contoh.id",
    }
    return codes.get(thing) or (thing if thing in ("===", "_") else f"{thing} halaman {serial}")


def as_parts(outcome: Fate | Parted, pages: int) -> Parted:
    return outcome if isinstance(outcome, Parted) else Parted((PartOutcome(tuple(range(1, pages + 1)), outcome),))


def filed(office: FakeOffice, fate: Fate, content: bytes) -> bool:
    """Say whether the case that is said to have the pages has them, byte for byte."""
    match fate:
        case Accepted(number) | Added(number) | Duplicate(number):
            pass
        case TakenBack(origin):
            number = origin.number
    documents = {d.sha256: d.name for d in office.root.cabinet.case(number).documents}
    name = documents.get(hashlib.sha256(content).hexdigest(), "")
    return bool(name) and office.file(number, name) == content


def scan(pages: Sequence[str]) -> bytes:
    return "\n".join(["PAGES", *pages]).encode()


serials = count()


@settings(max_examples=examples(150), suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(THINGS * 2 + ODD_THINGS), min_size=1, max_size=12))
def test_every_page_of_every_stack_is_accounted_for(busy, things):
    stack = [line(busy, thing, next(serials)) for thing in things]
    path = busy.drop(f"tumpukan-{next(serials)}.pdf", scan(stack))

    outcome = receive(busy.claim(path), busy.receive_parts)

    if isinstance(outcome, SetAside) and outcome.reason.code == "kosong":
        assert set(stack) <= {"===", "_"}
        return
    parted = as_parts(outcome, len(stack))
    pages = [*parted.separators, *parted.blanks, *(page for part in parted.parts for page in part.pages)]
    assert sorted(pages) == list(range(1, len(stack) + 1))
    assert {stack[page - 1] for page in parted.separators} <= {"==="}
    assert {stack[page - 1] for page in parted.blanks} <= {"_"}
    for part in parted.parts:
        assert isinstance(part.fate, SetAside) or filed(busy, part.fate, scan([stack[p - 1] for p in part.pages]))
