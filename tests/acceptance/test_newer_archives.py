"""An archive of a later version is refused by every command: this version never harms it (lines: test_newer_lines)."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from offices import FakeOffice
from web_desk import WebDesk

from pipeline.archive.store import layout as archive_format
from pipeline.cli import main
from pipeline.cli.grammar import parser
from pipeline.errors import ArchiveFault

pytestmark = pytest.mark.in_folders

#: The format of a later version.
NEWER = archive_format.FORMAT + 1
#: What a person might write where a command needs something; ROOT and ELSEWHERE stand for folders.
WRITTEN = {
    "matter": "1",
    "how": "KTP",
    "ending": "selesai",
    "notified": "subjek",
    "number": "1/2026",
    "move": "koreksi",
    "role": "tim-yankomas",
    "template": "03-lembar-disposisi",
    "file": "ELSEWHERE/berkas.pdf",
    "output": "ELSEWHERE/hasil.pdf",
    "words": "tanah",
    "code": "AAAA-BBBB-CCCC",
    "name": "scan.pdf",
    "reason": "Bukan pengaduan",
    "login": "siti.rekaan",
    "aktif": "ELSEWHERE/daftar.xlsx",
    "source": "ELSEWHERE/cadangan",
    "folder": "ROOT",
    "to": "ROOT",
    "deputy": "siti.rekaan",
    "acting": "Plh.",
    "until": "2026-11-30",
    "handover": "1",
    "parcel": "1",
    "receiver": "jambi",
    "address": "https://127.0.0.1:9",
    "token_file": "ELSEWHERE/token",
    "objects": "http://127.0.0.1:9",
    "folders": "ROOT",
    "offices": "jambi",
    "act": "berkaskan",
    "paper": "kelengkapan",
    "year": "2025",
    "numbers": "1/2026",
    "kind": "musnah",
    "step": "nilai",
    "system": "simasham",
    "since": "2027-01-01",
    "why": "dicoba",
    "service": "surat-masuk",
    "files": "ELSEWHERE/berkas.pdf",
}
#: What else to say: one does not end by itself where nothing refuses it, the other has a folder of its own.
MORE = {"run": ["--once"], "demo": ["ROOT"]}
#: These refuse any folder that is in use, whatever lies in it.
WANT_A_FREE_FOLDER = ("restore", "demo")


def commands(parser: argparse.ArgumentParser, name: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Every command of a parser with the least that it must be told."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    either = [g._group_actions[0] for g in parser._mutually_exclusive_groups if g.required]
    needed = [a for a in parser._actions if (a.required or a in either) and a not in groups]
    told = [w for a in needed for w in (*a.option_strings[:1], *([WRITTEN[a.dest]] if a.nargs != 0 else []))]
    if groups:
        for verb, below in groups[0].choices.items():
            yield from commands(below, (*name, verb))
    if name and not (groups and groups[0].required):
        yield [*name, *told, *MORE.get(name[0], [])]


#: Those of the centre come to a folder by a database first: tests/cli/test_centre_commands.py.
COMMANDS = [words for words in commands(parser([])) if words[0] != "pusat"]


def tree(root: Path) -> dict[str, tuple[Any, ...]]:
    """Everything under a folder: bytes, mode and when it was changed."""
    return {
        str(p.relative_to(root)): (p.read_bytes() if p.is_file() else b"", p.stat().st_mode, p.stat().st_mtime_ns)
        for p in sorted(root.rglob("*"))
    }


def marked(folder: Path, marker: bytes) -> Path:
    """An office with one case, whose archive bears this marker."""
    office = FakeOffice(folder)
    office.drop("scan.pdf", b"Sengketa tanah")
    office.run_once()
    (folder / "archive" / ".bentuk").write_bytes(marker)
    return folder


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """An office of a later version."""
    return marked(tmp_path_factory.mktemp("baru") / "kantor", b"%d\n" % NEWER)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_refuses_a_newer_archive_and_leaves_it_as_it_was(newer, tmp_path, capsys, command):
    before = tree(newer)
    (tmp_path / "berkas.pdf").write_bytes(b"%PDF-1.4 rekaan")
    (tmp_path / "token").touch(mode=0o600)
    words = [w.replace("ROOT", str(newer)).replace("ELSEWHERE", str(tmp_path)) for w in command]

    code = main(["--root", str(newer), *words])

    said = capsys.readouterr()
    assert tree(newer) == before
    assert said.out == ""
    if command[0] in WANT_A_FREE_FOLDER:
        assert code == 2
    else:
        assert code == ArchiveFault.exit_code
        assert (
            f"versi program yang lebih baru (bentuk {NEWER}; program ini mengenal sampai bentuk {NEWER - 1})"
            in said.err
        )
        assert "Pasang versi program yang lebih baru" in said.err


def test_all_commands_are_tried():
    assert {"run", "verify", "rebuild", "backup", "doctor", "init", "case", "do"} <= {c[0] for c in COMMANDS}
    assert ["inbox"] in COMMANDS
    assert ["akun", "kunci", "siti.rekaan"] in COMMANDS


@pytest.mark.parametrize("garbage", [b"", b"dua", b"0", b"-1", b"1.5", b"2 3", b"99999", b"\xff\x00", b"1\n1\n"])
def test_a_marker_that_is_no_whole_number_is_refused(tmp_path, capsys, garbage):
    root = marked(tmp_path / "kantor", garbage)
    before = tree(root)

    for command in (["case", "1/2026", "--alasan", "uji"], ["run", "--once"], ["verify"], ["rebuild"]):
        assert main(["--root", str(root), *command]) == ArchiveFault.exit_code
        assert "isinya tidak dapat dibaca" in capsys.readouterr().err

    assert tree(root) == before


def test_the_desk_does_not_open_on_a_newer_archive(newer):
    before = tree(newer)

    with pytest.raises(ArchiveFault, match="lebih baru"):
        WebDesk(newer)

    assert tree(newer) == before


def test_an_archive_that_says_it_is_of_the_first_format_is_one(tmp_path, capsys):
    root = FakeOffice(tmp_path / "kantor").root.layout.root  # nothing is sealed yet: seals are of the second
    (root / "archive" / ".bentuk").write_bytes(b"1\n")

    assert main(["--root", str(root), "verify"]) == 0
    assert main(["--root", str(root), "rebuild"]) == 0


def test_the_first_seal_that_earlier_versions_would_misread_marks_the_archive(office):
    office.drop("scan.pdf", b"Sengketa tanah")
    assert not (office.root.layout.archive / ".bentuk").exists()

    office.run_once()

    assert (office.root.layout.archive / ".bentuk").read_bytes() == b"2\n"


def test_a_backup_of_a_newer_office_is_not_brought_back_by_halves(tmp_path, capsys):
    root = marked(tmp_path / "kantor", b"2\n")
    assert main(["--root", str(root), "backup", "--to", str(tmp_path / "cadangan")]) == 0
    (root / "archive" / ".bentuk").write_bytes(b"%d\n" % NEWER)
    _later_backup(root, tmp_path)
    shutil.copy(root / ".kunci" / "cadangan", tmp_path / "sandi")
    words = ["restore", "--from", str(tmp_path / "cadangan"), "--to", str(tmp_path / "pulih")]

    code = main([*words, "--password-file", str(tmp_path / "sandi")])

    assert code == ArchiveFault.exit_code
    assert "versi program yang lebih baru" in capsys.readouterr().err
    assert not (tmp_path / "pulih").exists()


def _later_backup(root: Path, tmp_path: Path) -> None:
    """Back up as the later version would, by not looking at the marker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_format, "FORMAT", NEWER)
        patch.setattr("pipeline.evidence.store.verify_seals._is_marked", lambda _layout: True)
        assert main(["--root", str(root), "backup", "--to", str(tmp_path / "cadangan")]) == 0
