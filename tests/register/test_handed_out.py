"""Sheets for SIMASHAM and SRIKANDI: what is new, nothing secret, and a note of what went out."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial

import pytest
from life_office import CONFIRMED, LifeOffice
from openpyxl import load_workbook
from web_desk import WebDesk

from pipeline.cases.record_standing import DESTROYED
from pipeline.cli import main
from pipeline.errors import NotFound
from pipeline.register.engines.workbook import workbook
from pipeline.register.handed_out import other_system, other_systems, sheet_for

SIMASHAM = other_system("simasham")


def rows(data):
    return [list(row) for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3, values_only=True)]


def handed(office, *words):
    out = office.root.layout.root.parent / "serah.xlsx"
    code = main(["--root", str(office.root.layout.root), "serah", "simasham", "-o", str(out), *words])
    found = rows(out.read_bytes()) if out.exists() else []
    out.unlink(missing_ok=True)
    return code, found


def test_confirmed_cases_go_out_once_and_that_is_kept(office, capsys):
    LifeOffice(office)
    office.drop("baru.pdf", b"Belum dilihat siapa pun")
    office.run_once()

    code, found = handed(office)

    assert code == 0
    assert [row[0] for row in found[1:]] == ["0001/YANKOMAS/2026"]
    assert found[0][:2] == ["Nomor register", "Tanggal diterima"]
    assert "belum pernah dicoba" in capsys.readouterr().out
    assert handed(office) == (0, [])
    assert len(handed(office, "--semua")[1]) == 2
    assert office.root.handed_out.items("simasham") == {"2026/0001"}
    assert office.root.verify(lambda _done, _of: None) == []


def test_of_a_case_whose_content_was_destroyed_nothing_goes_out(office):
    row = office.root.book.row_of(LifeOffice(office).case)
    sheet = partial(sheet_for, SIMASHAM, known=frozenset(), secret=lambda _row: False, workbook=workbook)

    assert [sheet(rows=[one]).items for one in (row, replace(row, archived=DESTROYED))] == [("2026/0001",), ()]


def test_what_is_secret_never_goes_out(office, capsys):
    life = LifeOffice(office)
    office.decide(
        life.case.number, "koreksi", "tim-yankomas", {**CONFIRMED, "sifat": "rahasia", "alasan": "Pelapor terancam."}
    )

    assert handed(office) == (0, [])
    assert "1 tidak ikut karena perkaranya rahasia" in capsys.readouterr().out


def test_letters_go_to_srikandi_once_they_were_sent(office):
    life = LifeOffice(office)
    srikandi = other_system("srikandi")
    assert office.root.hand_out_sheet(srikandi).items == ()
    life.recommended()

    sheet = office.root.hand_out_sheet(srikandi)

    assert len(sheet.items) == len(rows(sheet.data)) - 1


def test_a_record_that_was_changed_is_a_finding_and_others_may_not_hand_out(office):
    LifeOffice(office)
    handed(office)
    handed(office, "--semua")
    book = office.root.layout.handed_out / "daftar.jsonl"
    book.write_bytes(book.read_bytes().replace(b"2026/0001", b"2026/0009", 1))

    assert any(finding.code == "serahan" for finding in office.root.verify(lambda _done, _of: None))
    assert handed(office, "--as", "admin")[0] != 0
    with pytest.raises(NotFound):
        other_system("lapor")
    assert all(system.caution for system in other_systems())


def test_the_desk_gives_the_sheet_once_and_notes_by_whom(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    LifeOffice(desk.office)
    team = desk.browser("tim-yankomas")

    given = team.post_form("/register/serah", {"sistem": "simasham"}, page="/register")
    again = team.post_form("/register/serah", {"sistem": "simasham"}, page="/register")
    told = team.get("/register").text
    wrong = team.post_form("/register/serah", {"sistem": "x"}, page="/register")

    assert len(rows(given.content)) == 2
    assert (again.status_code, wrong.status_code) == (303, 303)
    assert "Tidak ada yang baru" in told
    assert b"tim-yankomas" in (desk.office.root.layout.handed_out / "daftar.jsonl").read_bytes()
    assert desk.browser("kadiv").post_form("/register/serah", {"sistem": "simasham"}, page="/").status_code == 403
    desk.app.state.desk.close()
