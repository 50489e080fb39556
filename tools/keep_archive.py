"""Keeps an office as this version leaves it, for every later one to open: ``tools/keep_archive.py FOLDER``.

Run it once for each version, when it is cut, on an invented office in which everything was done that journals of this
version can say; it writes ``tests/archives/VERSION``. What it writes is never made anew. An office that has no service
beside Yankomas, or no edition of its SOP of its own, gets one, with a case that follows it: later versions must know
both.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline import __version__
from pipeline.cases.store.sop_editions import edition_texts
from pipeline.cli import main as command
from pipeline.wiring import Root

#: The service that an office gets that has none, and how a case of it begins without a scan.
SERVICE = "surat-masuk"
_LETTER = {
    "cara_penyampaian": "pos",
    "asal_surat": "Dinas Rekaan",
    "perihal": "Undangan rapat",
    "jenis_surat": "undangan",
}
#: The role that its own edition has, and what a complaint is opened with by it.
ROLE = "yankomas.analis"
_LANE = f'\n[[lajur]]\nperan = "{ROLE}"\nnama = "Analis HAM"\natasan = "kabid"\nhak = ["menyusun"]\n'
_COMPLAINT = {"perihal": "Tanah adat", "pelapor": "Sari Contoh", "terlapor": "PT Contoh", "uraian": "Tanah digarap."}
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

    _service(office, said)
    _own_edition(office, said)
    books = ((), *(("--layanan", service.key) for service in Root(office).services))
    numbers = [row["number"] for book in books for row in json.loads(said("register", *book, "--json"))]
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


def _own_edition(office: Path, said: Callable[..., str]) -> None:
    """Have an edition of the office's own in force, with a role of its own that opens a complaint, if it has none."""
    root = Root(office)
    if any(sop.own for sop in root.editions):
        return
    key, texts = edition_texts()[-1]
    now, folder = root.clock.now(), root.own_editions(new=True)
    openers = ('peran = ["tim-yankomas"]', f'peran = ["tim-yankomas", "{ROLE}"]')
    own = {
        **texts,
        "edition.toml": texts["edition.toml"].replace(f"berlaku = {key}", f"berlaku = {now.date().isoformat()}"),
        "lanes.toml": texts["lanes.toml"] + _LANE,
        "openings.toml": texts["openings.toml"].replace(*openers),
    }
    assert folder is not None
    folder.install(now.date(), own, by="penyimpan", at=now, why="versi berikutnya diuji atasnya")
    said("buka", "--lisan", "--as", ROLE, *_answers(_COMPLAINT))


def _service(office: Path, said: Callable[..., str]) -> None:
    """Have a service in use, with a case, if there is none."""
    if Root(office).services:
        return
    said("layanan", "pasang", SERVICE)
    said("buka", "--cara", f"{SERVICE}.tanpa-pindaian", "--as", f"{SERVICE}.agendaris", *_answers(_LETTER))


def _answers(typed: Mapping[str, str]) -> Iterator[str]:
    return (word for name, value in typed.items() for word in ("--set", f"{name}={value}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
