"""No complainant gets a paper that says ``Telepon: (isi)``: it waits for the letterhead, and nothing else does."""

from __future__ import annotations

import pytest
from offices import FakeOffice, resettled

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Recognised
from pipeline.errors import HeldUp, Interrupted
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.wiring import Root
from pipeline.work.engines import doctor
from pipeline.work.store.setup import bundled
from pipeline.work.tend import tend

FIRST = CaseNumber(2026, 1)
#: What the example file says where an office's own words belong.
EXAMPLE = (bundled() / "office.toml").read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path):
    """An office as it is after laying out, before anybody filled anything in."""
    folder = tmp_path / "kantor"
    folder.mkdir()
    (folder / "office.toml").write_text(EXAMPLE, encoding="utf-8")
    return FakeOffice(folder)


def arrives(office: FakeOffice) -> None:
    office.drop("surat.pdf", b"Surat")
    with pytest.raises(Interrupted):
        office.run_once()


def test_a_receipt_waits_for_the_letterhead_while_the_rest_goes_on(office):
    arrives(office)

    case = office.root.cabinet.case(FIRST)
    assert case.received.register_number == "0001/YANKOMAS/2026"
    assert Recognised.kind in {entry.kind for entry in case.entries}
    assert DISPOSITION in case.prints
    assert RECEIPT not in case.drafts
    assert case.given_up == {}


def test_the_waiting_receipt_says_what_is_missing_and_where_to_fill_it_in(office):
    arrives(office)

    (told,) = (line for line in office.view(FIRST).warnings if "kop kantor" in line)
    assert "alamat, kontak" in told
    assert "Pengaturan" in told


def test_the_receipt_is_made_once_the_letterhead_is_filled_in(office):
    arrives(office)
    filled = EXAMPLE.replace("(isi alamat kantor di office.toml)", "Rekaan 1").replace("(isi)", "0736-000000")
    resettled(office.root.layout.root, filled)
    again = FakeOffice(office.root.layout.root)

    tend(FIRST, again.tend_parts)

    assert RECEIPT in again.root.cabinet.case(FIRST).prints


@pytest.mark.parametrize("words", ["(isi)", "( ISI nomor )", "Jalan (isi alamat kantor di office.toml)"])
def test_whatever_asks_to_be_filled_in_holds_it_up(office, words):
    text = EXAMPLE.replace("(isi alamat kantor di office.toml)", "Rekaan 1").replace("(isi)", "0736-000000")
    text = text.replace("loket Yankomas pada jam kerja atau telepon kantor", words)
    resettled(office.root.layout.root, text)
    again = FakeOffice(office.root.layout.root)
    again.drop("surat.pdf", b"Surat")

    with pytest.raises(Interrupted):
        again.run_once()
    with pytest.raises(HeldUp, match="cara menanyakan kabar"):
        tend(FIRST, again.tend_parts)


def test_the_doctor_names_what_is_not_filled_in(office):
    head = doctor._letterhead(Root(office.root.layout.root).settings.office)

    assert head.caution
    assert "alamat, kontak" in head.fact
