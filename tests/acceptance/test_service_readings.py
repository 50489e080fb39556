"""What is read of a letter of another service: proposed as far as its own register asks for it, and no more."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fakes import FakeReader
from other_services import CLERK, MAIL, ServiceOffice
from web_desk import WebDesk

from pipeline.cases.forms import answer_of
from pipeline.cases.sop_rows import FormField
from pipeline.cli import main
from pipeline.reading.fields import Candidate, Field
from pipeline.reading.ports import unseen

PLACE, THEIRS = (0.1, 0.1, 0.5, 0.12), ("Siti Rekaan", "PT Contoh Rekaan", "Desa Rekaan", "kesejahteraan")
WORDS = " ".join(f"kata{number} surat{number}" for number in range(60))


def seen(text: str) -> Field:
    return Field((Candidate(text, text, 1, PLACE, 0.7, "label"),))


class ComplaintReader(FakeReader):
    """Reads whatever comes as a complaint: who complains, of whom, where, which rights."""

    def read(self, blob, received, progress=unseen):
        reading = super().read(blob, received, progress)
        told = {
            "nomor_surat": seen("12/RK/2026"),
            "tempat_kejadian": seen(THEIRS[2]),
            "pelapor": ({"nama": seen(THEIRS[0])},),
            "terlapor": (seen(THEIRS[1]),),
            "hak": (seen(THEIRS[3]),),
        }
        letters = tuple(replace(one, fields={**one.fields, **told}) for one in reading.complaints)
        return replace(reading, complaints=letters)


class ReadAsComplaints(ServiceOffice):
    """An office whose reader takes every letter for a complaint."""

    def __init__(self, folder, *args, **kwargs):
        super().__init__(folder, *args, **kwargs)
        self.reader = ComplaintReader()


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor", ReadAsComplaints)
    desk.office.take("surat-masuk")
    desk.office.drop("aduan.pdf", f"Aduan {WORDS}".encode())
    desk.office.run_once()
    desk.office.drop_for("surat-masuk", "surat.pdf", f"Surat {WORDS}".encode())
    desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


@pytest.mark.parametrize("page", [f"/verifikasi/{MAIL}", f"/kasus/{MAIL}"])
def test_pages_of_a_letter_show_what_its_register_asks_and_no_complaint(desk, page):
    shown = desk.browser(CLERK).get(page).text

    assert "12/RK/2026" in shown
    assert [word for word in (*THEIRS, "irip", "0001/YANKOMAS") if word in shown] == []
    assert THEIRS[0] in desk.browser("tim-yankomas").get(page.replace(str(MAIL), "2026/0001")).text


def test_a_queue_speaks_of_those_who_write_to_the_service(desk):
    for role, said, other in (
        (CLERK, "Pengirim dan hal", "Pelapor dan perihal"),
        ("tim-yankomas", "Pelapor dan perihal", "Pengirim dan hal"),
    ):
        page = desk.browser(role).get("/verifikasi").text
        assert (said in page, other in page) == (True, False)


def test_a_letter_resembles_no_complaint(desk):
    root = desk.office.root
    root.book.refresh()

    assert root.resembling(root.cabinet.case(MAIL)) == ()


def test_the_terminal_and_programs_are_told_the_register_of_the_service(desk, capsys):
    here = ["--root", str(desk.office.root.layout.root), "case", str(MAIL), "--as", CLERK]

    assert main(here) == 0
    told = capsys.readouterr().out
    assert "Asal surat" in told
    assert "12/RK/2026" in told
    assert [word for word in (*THEIRS, "Dimohon") if word in told] == []
    assert main([*here, "--json"]) == 0
    assert sorted(json.loads(capsys.readouterr().out)["fields"]) == ["nomor_surat", "perihal"]


def test_people_that_a_register_asks_for_in_words_are_proposed_by_name():
    asked = FormField("pelapor", "Pengirim")
    people = [{"nama": {"nilai": "Siti Rekaan"}, "nik": {"nilai": "1771014501850001"}}, {"nama": {"nilai": "Budi"}}]

    assert answer_of(asked, {"pelapor": people}) == "Siti Rekaan; Budi"
