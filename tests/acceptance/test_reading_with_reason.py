"""Who reads a case that is not theirs says why, once for each case and day, by every way in, before it is shown."""

from __future__ import annotations

import json

import pytest
from life_office import CONFIRMED, FIRST, MORNING, TEAM
from offices import FakeOffice
from web_desk import WebDesk

from pipeline.access.reasons import LONGEST, asks_reason
from pipeline.cli import main
from pipeline.cli.inputs import system_account

CASE = f"/kasus/{FIRST}"
NAME = "Siti Rekaan"


def lines(office: FakeOffice) -> list:
    """What the access log says."""
    log = office.root.access_log
    return [entry for month in reversed(log.months()) for entry in log.entries(month)]


def confirmed(office: FakeOffice, **more: object) -> None:
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    office.decide(FIRST, "konfirmasi", TEAM, {**CONFIRMED, **more})


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.clock.at = MORNING
    made.asks_reasons()
    confirmed(made.office)
    return made


@pytest.mark.parametrize(
    ("roles", "sifat", "handling", "asked"),
    [
        ({"kadiv"}, None, {TEAM}, True),
        ({"kadiv"}, "biasa", {TEAM}, False),
        ({"kadiv"}, "terbatas", {"kadiv"}, False),
        ({"arsiparis"}, "terbatas", {TEAM}, False),
        ({"arsiparis"}, "rahasia", {TEAM}, True),
        ({"kakanwil"}, "sangat rahasia", {TEAM}, True),
    ],
)
def test_of_whom_a_reason_is_asked(roles, sifat, handling, asked):
    assert asks_reason(roles, sifat, handling) is asked


def test_who_has_yet_to_say_why_is_not_told_who_fills_in_a_form_of_the_case_and_counts_as_nobody_there(desk):
    clerk, head = desk.browser(TEAM), desk.browser("kadiv")
    signs = {"perkara": str(FIRST), "mengisi": "ya"}
    clerk.get("/ketikan/hadir", params=signs)

    asked = head.get(CASE)

    assert (asked.status_code, "sedang mengisi" in asked.text) == (403, False)
    assert head.get("/ketikan/hadir", params=signs).json()["bersama"] == ""
    assert clerk.get("/ketikan/hadir", params=signs).json()["bersama"] == ""
    head.post_form(f"{CASE}/alasan", {"alasan": "Menyiapkan laporan", "lanjut": CASE}, page=CASE)
    assert "sedang mengisi" in head.get(CASE).text


def test_at_the_desk_a_short_form_comes_once_a_case_and_day_and_stands_in_the_log(desk):
    browser = desk.browser("kadiv")

    first = browser.get(f"{CASE}/bagan")
    assert (first.status_code, "Untuk apa perkara ini dibaca?" in first.text, NAME in first.text) == (403, True, False)
    page = f"{CASE}"
    empty = browser.post_form(f"{CASE}/alasan", {"alasan": " ", "lanjut": page}, page=page)
    long = browser.post_form(f"{CASE}/alasan", {"alasan": "a" * (LONGEST + 1)}, page=page)
    said = browser.post_form(f"{CASE}/alasan", {"alasan": "Diminta menelaah", "lanjut": f"{CASE}/bagan"}, page=page)

    assert (empty.status_code, long.status_code, said.headers["location"]) == (422, 422, f"{CASE}/bagan")
    assert NAME in browser.get(CASE).text
    assert [line.data["reason"] for line in lines(desk.office) if "reason" in line.data] == ["Diminta menelaah"]
    assert "Diminta menelaah" in desk.browser("admin").get("/akses").text
    desk.asks_reasons()  # another process of the desk finds it in the log
    assert browser.get(CASE).status_code == 200
    desk.clock.forward(days=1)
    assert desk.browser("kadiv").get(CASE).status_code == 403


def test_who_handles_the_case_and_the_archivist_are_not_asked(desk):
    assert [desk.browser(role).get(CASE).status_code for role in (TEAM, "arsiparis")] == [200, 200]


def test_a_program_says_why_in_its_call(desk):
    browser = desk.browser("kadiv")

    refused = browser.get(f"/api{CASE}")
    read = browser.get(f"/api{CASE}", params={"alasan": "Laporan bulanan"})

    assert (refused.status_code, refused.json()["code"]) == (403, "alasan-diperlukan")
    assert read.status_code == 200
    assert lines(desk.office)[-1].kind.startswith("GET /api/kasus")


def test_at_the_terminal_reading_is_written_down_before_it_is_shown(office, capsys):
    confirmed(office)
    root = ["--root", str(office.root.layout.root)]

    refused = main([*root, "case", "1/2026"])
    assert (refused, NAME in capsys.readouterr().out) == (13, False)
    assert main([*root, "case", "1/2026", "--alasan", "Ditanya pelapor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == str(FIRST)
    assert main([*root, "case", "1/2026", "--as", TEAM]) == 0
    assert main([*root, "case", "1/2026", "--as", "kadiv"]) == 13
    for command in (["register"], ["cari", "tanah"], ["moves", "1/2026"], ["ekspedisi"], ["surat"]):
        assert main([*root, *command]) == 0

    told = [(line.by, line.kind, line.data.get("reason", "")) for line in lines(office)]
    me = system_account()
    assert told == [
        (me, "case", "Ditanya pelapor"),
        (me, "case", ""),
        *((me, kind, "") for kind in ("register", "cari", "moves", "ekspedisi", "surat")),
    ]


def test_what_cannot_be_written_down_is_not_shown(office, capsys, monkeypatch):
    confirmed(office)
    for writing in ("storage.disk.append_unsynced", "storage.postgres_lines.PostgresLines.append"):
        monkeypatch.setattr(f"pipeline.{writing}", _full)

    assert main(["--root", str(office.root.layout.root), "register"]) != 0
    assert NAME not in capsys.readouterr().out


def _full(*_: object) -> None:
    raise OSError(28, "penuh")


def test_whoever_acted_on_a_case_at_the_terminal_is_not_asked(office, capsys):
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    root = ["--root", str(office.root.layout.root)]
    register = [f"{key}={value}" for key, value in CONFIRMED.items() if isinstance(value, str)]
    lists = ["pelapor=Siti Rekaan", "terlapor=Dinas Rekaan", "hak=rasa aman"]
    typed = [word for pair in (*register, *lists) for word in ("--set", pair)]
    assert main([*root, "do", "1/2026", "konfirmasi", "--as", TEAM, *typed]) == 0

    assert main([*root, "case", "1/2026"]) == 0
