"""Keeps an office as this version leaves it, for every later one to open: ``tools/keep_archive.py FOLDER``.

Run it once for each version, when it is cut, on an invented office in which everything was done that journals of this
version can say; it writes ``tests/archives/VERSION``. What it writes is never made anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tarfile
from pathlib import Path

from pipeline import __version__
from pipeline.cli import main as command

KEPT = Path(__file__).resolve().parents[1] / "tests" / "archives"


def main(office: Path) -> None:
    """Pack the office of a folder, with what this version answers of it beside."""
    target = KEPT / __version__
    target.mkdir(parents=True)  # fails where one is: it is never made anew

    def said(*words: str) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as told:
            if code := command(["--root", str(office), *words]):
                sys.exit(f"yankomas {' '.join(words)}: {code}")
        return told.getvalue()

    rows = json.loads(said("register", "--json"))
    numbers = [f"{row['year']}/{row['serial']:04d}" for row in rows]
    reason = ("--alasan", "arsip versi ini disimpan")
    cases = {number: json.loads(said("case", number, "--json", *reason)) for number in numbers}
    for view in cases.values():
        view.pop("folder", None)
    inbox = [[entry["name"], entry["state"]] for entry in json.loads(said("inbox", "--all", "--json"))["entries"]]
    answers = {
        "cases.json": json.dumps(cases, ensure_ascii=False, indent=1),
        "inbox.json": json.dumps(inbox, ensure_ascii=False, indent=1),
        "segel.json": said("segel", "--json"),
        "register.csv": said("register", "--csv"),
    }
    for name, text in answers.items():
        (target / name).write_text(text, encoding="utf-8")
    with tarfile.open(target / "kantor.tar.gz", "w:gz") as tar:
        tar.add(office, "kantor")
    print(f"{target}: {len(cases)} perkara. Tulis README.md di sana: bagaimana kantor itu dibuat, apa isinya.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
