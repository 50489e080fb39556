"""The command as clerks and scripts use it: shapes, exit codes and words that stay as they were promised."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from case_factory import document, recognised
from offices import FakeOffice

from pipeline import __version__
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.seen_on_pages import Citation, Suspicion
from pipeline.cli import main
from pipeline.cli.grammar import parser
from pipeline.cli.parser import speak_indonesian
from pipeline.errors import (
    ArchiveFault,
    Busy,
    EngineFault,
    NotFound,
    Passing,
    Refused,
    SettingsFault,
    TemplateFault,
    UsageFault,
    YankomasError,
)
from pipeline.intake.receive import receive

FIRST = CaseNumber(2026, 1)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """An office with two finished cases."""
    office = FakeOffice(tmp_path_factory.mktemp("cli") / "kantor")
    office.drop("a.pdf", b"Sengketa tanah\nisi")
    office.run_once()
    office.clock.forward(days=60)
    office.drop("b.pdf", b"Upah\nisi")
    office.run_once()
    return office


@pytest.fixture
def yankomas(finished, capsys):
    """The command, typed in the finished office; returns exit code, output, errors."""

    def type_(*words: str) -> tuple[int, str, str]:
        code = main(["--root", str(finished.root.layout.root), *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_


@pytest.fixture
def office_command(office, capsys):
    """The command, typed in an office of one's own."""

    def type_(*words: str) -> tuple[int, str, str]:
        code = main(["--root", str(office.root.layout.root), *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_


def register(office, fields=None, **read):
    """Take one letter in and have these fields read of it."""
    path = office.drop("scan.pdf", b"Surat")
    claim = office.claim(path)
    receive(claim, office.receive_parts)
    event = recognised(fields or {}, documents=(document("02-teks.txt", b"isi"),), **read)
    with office.root.cabinet.held(FIRST) as folder:
        folder.append(event, {"02-teks.txt": b"isi"}, by="sistem", at=office.clock.now())


def test_the_register_lists_every_case_as_promised_to_scripts(yankomas):
    code, out, err = yankomas("register", "--json")

    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert [row["number"] for row in rows] == ["2026/0001", "2027/0001"]
    assert [row["register_number"] for row in rows] == ["0001/YANKOMAS/2026", "0001/YANKOMAS/2027"]
    assert datetime.fromisoformat(rows[0]["received_at"]).utcoffset().total_seconds() == 7 * 3600
    assert all(isinstance(row["state"], str) and row["state"] for row in rows)


def test_the_register_of_one_year_is_that_years(yankomas):
    assert [row["number"] for row in json.loads(yankomas("register", "--year", "2027", "--json")[1])] == ["2027/0001"]
    assert json.loads(yankomas("register", "--year", "2025", "--json")[1]) == []


def test_the_register_as_csv_has_the_books_columns_and_a_line_a_case(yankomas):
    code, out, _ = yankomas("register", "--csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert list(rows[0])[:3] == ["register_number", "number", "received_at"]
    assert [row["perihal"] for row in rows] == ["Sengketa tanah", "Upah"]


def test_the_register_for_people_is_a_table_with_the_last_number(yankomas):
    _, out, _ = yankomas("register")

    assert "0001/YANKOMAS/2026" in out
    assert "Sengketa tanah" in out
    assert "Nomor terakhir: 0001/YANKOMAS/2027" in out
    assert {"No. register", "Diterima", "Keadaan", "Pelapor", "Perihal"} <= set(
        re.split(r"\s{2,}", out.splitlines()[0])
    )


def test_an_empty_register_says_so(office_command):
    assert office_command("register")[1] == "Buku register masih kosong.\n"
    assert json.loads(office_command("register", "--json")[1]) == []
    assert len(office_command("register", "--csv")[1].splitlines()) == 1


def test_a_case_is_shown_as_promised_to_scripts(finished, yankomas):
    code, out, err = yankomas("case", "2026/0001", "--alasan", "uji", "--json")

    case = json.loads(out)
    assert (code, err) == (0, "")
    assert case["number"] == "2026/0001"
    assert case["register_number"] == "0001/YANKOMAS/2026"
    assert case["step"] == 2
    assert {"received_at", "state", "due_at", "fields", "folder"} <= set(case)
    assert case["fields"]["perihal"]["nilai"] == "Sengketa tanah"
    assert all({"name", "kind", "step", "sha256", "bytes"} <= set(d) for d in case["documents"])
    assert [e["seq"] for e in case["events"]] == list(range(1, len(case["events"]) + 1))
    assert all({"seq", "at", "by", "kind"} <= set(e) for e in case["events"])
    assert all(len(finished.file(FIRST, d["name"])) == d["bytes"] for d in case["documents"])


def test_a_case_for_people_says_where_it_stands_what_it_holds_and_what_happened(yankomas):
    _, out, _ = yankomas("case", "1/2026", "--alasan", "uji")

    for part in ("Perkara 2026/0001", "Sengketa tanah", "01-surat.pdf", "Diterima", "Surat dibaca", "tenggat"):
        assert part in out


def test_a_case_for_people_says_what_the_reading_calls_attention_to(office, office_command):
    reading = {
        "warnings": ("Halaman 2 kosong; tetap tersimpan.",),
        "suspected": (Suspicion(3, "tampak seperti halaman pertama surat lain"),),
        "cited": (Citation("2026/0007", 1, "7/2026"),),
    }
    register(office, {"perihal": {"nilai": "Tanah"}}, **reading)

    _, out, _ = office_command("case", "1/2026", "--alasan", "uji")
    case = json.loads(office_command("case", "1/2026", "--alasan", "uji", "--json")[1])

    noted = out.split("Perhatian\n")[1].split("\n\n")[0].splitlines()
    assert noted == [
        "  - Halaman 2 kosong; tetap tersimpan.",
        "  - Halaman 3: tampak seperti halaman pertama surat lain. Bila memang surat lain: gerak pisahkan, halaman=3.",
        "  - Surat ini menyebut perkara 2026/0007 (halaman 1: 7/2026); mungkin surat susulan.",
    ]
    assert case["warnings"] == [line.removeprefix("  - ") for line in noted]
    assert case["cited"][0]["number"] == "2026/0007"


@pytest.mark.parametrize(
    "number", ["2026/0001", "2026-0001", "1/2026", "0001/YANKOMAS/2026", "1/yankomas/2026", "2026/1"]
)
def test_a_number_may_be_written_as_one_likes(yankomas, number):
    assert json.loads(yankomas("case", number, "--alasan", "uji", "--json")[1])["number"] == "2026/0001"


@pytest.mark.parametrize("command", ["case", "verify", "moves"])
def test_what_is_no_number_is_refused_with_examples(yankomas, command):
    code, out, err = yankomas(command, "tujuh")

    assert (code, out) == (UsageFault.exit_code, "")
    assert "'tujuh' bukan nomor register" in err
    assert "2026/0007" in err


def test_a_case_that_is_not_there_is_said_so(yankomas):
    code, out, err = yankomas("case", "2026/0099", "--alasan", "uji")

    assert (code, out) == (NotFound.exit_code, "")
    assert "Perkara 2026/0099 tidak ada" in err
    assert "yankomas register" in err


def test_a_whole_archive_is_said_to_be_whole(yankomas):
    code, out, err = yankomas("verify")

    assert (code, out.splitlines()[0], err) == (0, "Arsip utuh: tidak ada temuan.", "")
    assert yankomas("verify", "--json") == (0, "[]\n", "")
    assert yankomas("verify", "1/2026", "--json") == (0, "[]\n", "")


@pytest.mark.in_folders
def test_what_is_wrong_with_an_archive_is_listed_and_told_by_the_exit_code(office, office_command):
    register(office)
    (office.root.layout.case(FIRST) / "bagit.txt").unlink()
    (office.root.layout.case(FIRST) / "data" / "01-surat.pdf").write_bytes(b"lain")

    code, out, _ = office_command("verify", "--json")
    assert code == ArchiveFault.exit_code
    assert sorted((f["where"], f["code"]) for f in json.loads(out)) == [
        ("2026/0001/bagit.txt", "hilang"),
        ("2026/0001/data/01-surat.pdf", "berubah"),
    ]
    assert all(set(f) == {"where", "code", "fact", "remedy", "repair"} for f in json.loads(out))

    code, out, _ = office_command("verify", "2026/0001")
    assert code == ArchiveFault.exit_code
    assert "2 temuan." in out
    assert "2026/0001/bagit.txt: Berkas BagIt tidak ada." in out


@pytest.mark.in_folders  # at the centre the database itself keeps such a line out
def test_a_broken_case_is_an_error_and_no_half_answer(office, office_command):
    register(office)
    journal = office.root.layout.case(FIRST) / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"palsu 1", b"palsu 2"))

    code, out, err = office_command("case", "2026/0001", "--alasan", "uji", "--json")

    assert (code, out) == (ArchiveFault.exit_code, "")
    assert "Jurnal 2026/0001 rusak: baris 2" in err
    assert "cadangan" in err


@pytest.mark.in_folders
def test_the_register_can_be_made_anew_from_the_folders(office, office_command):
    register(office, {"perihal": {"nilai": "Tanah"}})
    before = office_command("register", "--json")[1]
    office.root.layout.book(2026).unlink()
    code, out, _ = office_command("rebuild")

    assert (code, "1 perkara" in out) == (0, True)
    assert office_command("register", "--json")[1] == before


@pytest.mark.in_folders
def test_a_broken_register_heals_by_itself_and_nobody_stands_before_a_closed_door(office, office_command):
    register(office, {"perihal": {"nilai": "Tanah"}})
    before = office_command("register", "--json")
    office.root.layout.book(2026).write_bytes(b"{")

    assert office_command("register", "--json") == before


@pytest.mark.in_folders
def test_bag_files_are_made_anew_from_a_journal_that_is_whole_and_from_no_other(office, office_command):
    register(office)
    folder = office.root.layout.case(FIRST)
    (folder / "bagit.txt").unlink()
    (folder / "manifest-sha256.txt").write_bytes(b"lain")

    code, out, _ = office_command("verify")
    assert (code, "yankomas rebuild 2026/0001" in out) == (ArchiveFault.exit_code, True)
    code, out, _ = office_command("rebuild", "1/2026")
    assert (code, "bagit.txt, manifest-sha256.txt" in out) == (0, True)
    assert office_command("verify")[0] == 0

    first, *_ = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "journal.jsonl").write_bytes(first)
    code, out, err = office_command("rebuild", "1/2026")
    assert (code, out) == (ArchiveFault.exit_code, "")
    assert "bukan yang dahulu disaksikan" in err


def test_verify_says_when_the_seals_could_not_be_held_against_the_offices_key(office, office_command):
    register(office)
    office.root.seals.seal_if_due(office.clock.now())
    assert "Tanda kunci" not in office_command("verify")[1]

    (office.root.layout.keys / "segel").write_bytes(b"x" * 32)
    code, out, _ = office_command("verify")

    assert code == 0  # the archive itself is whole
    (told,) = [line for line in out.splitlines() if "Tanda kunci pada segel tidak diperiksa: Kunci segel " in line]
    assert "bukan kunci " in told  # that this archive is worked with; at the centre, of this office


def test_who_may_not_read_the_keys_can_verify_all_the_same(office, office_command, monkeypatch):
    register(office)
    office.root.seals.seal_if_due(office.clock.now())
    opened = os.open

    def not_for_us(path, *more, **named):
        if Path(os.fsdecode(path)).parent == office.root.layout.keys:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return opened(path, *more, **named)

    monkeypatch.setattr(os, "open", not_for_us)
    code, out, _ = office_command("verify")

    assert code == 0
    assert "Kunci segel tidak dapat dibaca." in out


def test_the_seals_are_shown_for_comparison_with_paper(office, office_command):
    assert "Belum ada segel" in office_command("segel")[1]
    register(office)
    seal = office.root.seals.seal_if_due(office.clock.now())

    _, out, _ = office_command("segel")
    rows = json.loads(office_command("segel", "--json")[1])

    assert seal.short in out
    assert seal.hash in out
    assert [(r["seq"], r["cases"], r["hash"]) for r in rows] == [(1, 1, seal.hash)]
    assert seal.short in office_command("verify")[1]


def test_a_printed_seal_is_held_against_the_one_of_its_number(office, office_command):
    register(office)
    seal = office.root.seals.seal_now(office.clock.now())
    other = "0000-0000-0000-0000"

    for right in (seal.short, seal.hash, seal.short.lower()):
        code, out, _ = office_command("segel", "--cocok", "1", right)
        assert (code, out.startswith("Cocok: segel no. 1")) == (0, True)
    code, out, _ = office_command("segel", "--cocok", "1", other)
    assert (code, f"TIDAK COCOK: segel no. 1 di arsip ini {seal.short}, di kertas {other}" in out) == (6, True)
    code, _, err = office_command("segel", "--cocok", "2", seal.short)
    assert (code, "Segel no. 2 tidak ada di arsip ini (yang terakhir no. 1)" in err) == (4, True)
    for typed in (("satu", seal.short), ("1", "3F9A"), ("1", "")):
        assert office_command("segel", "--cocok", *typed)[0] == 2


@pytest.mark.in_folders  # of its folder: at the centre this machine can only add seals, and none is missed outside
def test_where_no_witness_outside_is_named_verify_and_the_seals_say_so(office, office_command):
    register(office)
    office.root.seals.seal_now(office.clock.now())

    assert "Saksi luar: tidak ada" in office_command("verify")[1]
    assert "Saksi luar: tidak ada" in office_command("segel")[1]
    assert office_command("segel", "--luar")[0] == 0


EVIL = [
    '=HYPERLINK("http://x")',
    "+62811",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "Aduan;=1+1",
    "Aduan; =1+1",
    "Aduan\t=1+1",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_the_csv_is_a_formula_for_a_spreadsheet(office, office_command, evil):
    fields = {
        "perihal": {"nilai": evil},
        "pelapor": [{"nama": {"nilai": "Budi"}}, {"nama": {"nilai": evil}}],
        "terlapor": [{"nilai": evil}],
    }
    register(office, fields)

    out = office_command("register", "--csv")[1]

    row = next(csv.DictReader(io.StringIO(out, newline="")))
    for name in ("perihal", "pelapor", "terlapor"):
        # A spreadsheet set to Indonesian parts a line at semicolons, whatever the quotes; then each part is a cell.
        for cell in re.split(r"[;\t\r\n]\s*", row[name]):
            assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), row[name]
        assert evil.strip().lstrip("'")[-3:] in row[name]


def test_ordinary_words_in_the_csv_are_left_as_they_are(office, office_command):
    words = 'Tanah "warisan", Jl. A-B; RT 3 - RW 4'
    register(office, {"perihal": {"nilai": words}, "pelapor": [{"nama": {"nilai": "Siti Ma'mun"}}]})

    row = next(csv.DictReader(io.StringIO(office_command("register", "--csv")[1])))

    assert (row["perihal"], row["pelapor"]) == (words, "Siti Ma'mun")


@pytest.mark.parametrize("command", [("register",), ("case", "2026/0001", "--alasan", "uji")])
def test_a_letters_words_do_not_drive_the_terminal(office, office_command, command):
    register(office, {"perihal": {"nilai": "\x1b[2Jhapus\x07\u202elayar"}})

    out = office_command(*command)[1]

    assert "hapus" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.in_folders
def test_a_strange_files_name_does_not_drive_the_terminal(office, office_command):
    (office.root.layout.archive / "\x1b[2Jjahat").write_bytes(b"")

    _, out, _ = office_command("verify")
    _, _, err = office_command("read", "\x1b[2Jtidak-ada")

    assert "jahat" in out
    assert "tidak-ada" in err
    assert "\x1b" not in out + err


def test_the_root_may_come_from_the_environment_and_the_option_comes_before_it(finished, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("YANKOMAS_ROOT", str(finished.root.layout.root))
    assert main(["case", "2026/0001", "--alasan", "uji", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == "2026/0001"

    assert main(["--root", str(tmp_path), "register"]) == SettingsFault.exit_code


def test_without_either_the_root_is_where_one_stands(finished, capsys, monkeypatch):
    monkeypatch.delenv("YANKOMAS_ROOT", raising=False)
    monkeypatch.chdir(finished.root.layout.root)

    assert main(["verify"]) == 0


@pytest.mark.parametrize("place", ["empty folder", "nothing", "file"])
def test_a_root_that_is_none_is_said_so_and_nothing_is_made_there(capsys, tmp_path, place):
    root = tmp_path / "bukan-kantor"
    if place == "empty folder":
        root.mkdir()
    elif place == "file":
        root.write_text("x")
    before = sorted(tmp_path.rglob("*"))

    code = main(["--root", str(root), "register"])

    assert code == SettingsFault.exit_code
    err = capsys.readouterr().err
    assert "office.toml" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_root_that_cannot_be_written_is_said_so_in_words(office, office_command):
    locks = office.root.layout.locks
    for path in locks.iterdir():
        path.unlink()
    locks.rmdir()
    locks.write_text("sebuah berkas di tempat folder")

    code, _, err = office_command("register")

    assert code == YankomasError.exit_code
    assert ".locks" in err
    assert "Traceback" not in err


def test_a_setting_that_is_wrong_is_named_by_every_command(office, office_command):
    settings = office.root.layout.settings
    settings.write_text(settings.read_text().replace("diam_detik", "diam_detikk"))

    for command in (
        ("register",),
        ("do", "1/2026", "batal", "--as", "admin"),
        ("verify",),
        ("rebuild",),
        ("run", "--once"),
    ):
        code, _, err = office_command(*command)
        assert code == SettingsFault.exit_code
        assert "diam_detik" in err


def test_a_setting_that_is_wrong_keeps_nobody_from_looking_at_a_case_that_it_does_not_touch(office, office_command):
    office.drop("surat.pdf", b"Surat")
    office.run_once()
    settings = office.root.layout.settings
    settings.write_text(settings.read_text().replace("diam_detik", "diam_detikk"))

    assert office_command("case", "1/2026", "--alasan", "uji")[0] == 0
    settings.write_text(settings.read_text().replace("zona", "zonna"))
    code, _, err = office_command("case", "1/2026", "--alasan", "uji")
    assert code == SettingsFault.exit_code
    assert "zonna" in err


def test_a_second_run_on_one_root_is_refused_naming_the_first(office, office_command):
    from pipeline.storage.locks import sole_process

    with sole_process(office.root.layout.locks / "run"):
        code, _, err = office_command("run", "--once")

    assert code == Busy.exit_code
    assert f"pid {os.getpid()}" in err


def test_other_commands_work_beside_a_run(office, office_command):
    from pipeline.storage.locks import sole_process

    register(office)
    with sole_process(office.root.layout.locks / "run"):
        codes = [
            office_command(*c)[0]
            for c in (("register",), ("case", "1/2026", "--alasan", "uji"), ("verify",), ("rebuild",))
        ]

    assert codes == [0, 0, 0, 0]


def test_every_error_has_its_own_exit_code_and_none_is_success():
    def below(kind):
        return [k for sub in kind.__subclasses__() for k in (sub, *below(sub))]

    assert [e.exit_code for e in (UsageFault, SettingsFault, NotFound, Refused, ArchiveFault, Busy)] == [
        2,
        3,
        4,
        5,
        6,
        7,
    ]
    assert [e.exit_code for e in (EngineFault, TemplateFault, Passing)] == [8, 9, 10]
    assert all(0 < kind.exit_code < 128 for kind in below(YankomasError))


ENGLISH = re.compile(
    r"\b(usage|options?|optional|positional|arguments?|show|help message|exit|error|invalid|choice|choose|required|"
    r"expected|unrecognized|not allowed|ignored|explicit|ambiguous|unknown|value|default)\b",
    re.IGNORECASE,
)


def _commands() -> list[str]:
    speak_indonesian()
    groups = next(a for a in parser([])._actions if hasattr(a, "choices") and a.choices)
    return list(groups.choices)


@pytest.mark.parametrize("command", ["", *_commands()])
def test_help_is_indonesian_throughout(capsys, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as end:
        main([*([command] if command else []), "--help"])

    out = capsys.readouterr().out
    assert end.value.code == 0
    assert out.startswith("pemakaian: yankomas")
    words = re.sub(r"--[a-z]+", "", out)
    assert not ENGLISH.search(words), ENGLISH.search(words)


def test_help_names_every_command_that_was_promised():
    assert {"run", "register", "case", "read", "verify", "rebuild", "doctor", "init", "demo"} <= set(_commands())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "PERINTAH"),
        (["hapus"], "hapus"),
        (["case"], "NOMOR"),
        (["case", "1/2026", "--alasan", "uji", "lagi"], "lagi"),
        (["register", "--year", "kini"], "kini"),
        (["register", "--year"], "--year"),
        (["register", "--json", "--csv"], "--json"),
        (["register", "--json=ya"], "ya"),
        (["register", "--jso"], "--jso"),
        (["--root"], "--root"),
        (["read"], "BERKAS"),
        (["init"], "FOLDER"),
        (["do", "1/2026"], "GERAK"),
        (["do", "1/2026", "ulangi"], "--as"),
    ],
)
def test_a_mistyped_command_is_explained_in_indonesian(capsys, words, named):
    code = main(words)

    err = capsys.readouterr().err
    assert code == UsageFault.exit_code
    assert named in err
    assert "--help" in err
    told = re.sub(r"--[a-z]+|'[^']*'|\(pilih:.*\)", "", err)
    assert not ENGLISH.search(told), err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    assert (end.value.code, capsys.readouterr().out) == (0, f"yankomas {__version__}\n")


def test_reading_a_file_that_is_not_there_is_said_so(yankomas):
    code, out, err = yankomas("read", "tidak-ada.pdf", "--json")

    assert (code, out) == (NotFound.exit_code, "")
    assert "tidak-ada.pdf tidak ada" in err


def test_a_move_that_is_not_open_says_which_are(yankomas):
    code, _, err = yankomas("do", "1/2026", "terbang", "--as", "tim-yankomas")

    assert code == 11
    assert "terbang" in err


def test_a_case_is_not_shown_to_a_role_that_the_office_has_not(yankomas):
    code, out, err = yankomas("case", "1/2026", "--as", "tim-yankoma")

    assert (code, out) == (UsageFault.exit_code, "")
    assert "Peran 'tim-yankoma' tidak dikenal, mungkin 'tim-yankomas'." in err


def test_laying_out_an_office_twice_touches_nothing(capsys, tmp_path):
    assert main(["init", str(tmp_path / "kantor")]) == 0
    settings = tmp_path / "kantor" / "office.toml"
    settings.write_text("# milik kantor\n")
    capsys.readouterr()

    assert main(["init", str(tmp_path / "kantor")]) == 0

    assert "sudah ada" in capsys.readouterr().out
    assert settings.read_text() == "# milik kantor\n"


def test_an_office_is_not_laid_out_over_a_file(capsys, tmp_path):
    (tmp_path / "kantor").write_text("x")

    assert main(["init", str(tmp_path / "kantor")]) == UsageFault.exit_code
    assert "berkas, bukan folder" in capsys.readouterr().err
