"""Tampers with copies of an office at random, as who has root on its machine, and counts what is not found.

``python bench/tampering.py --first 0 --number 10000``: single acts and all combinations of two, one after another
(bits, lines, files, folders, old copies, clock, keys, accounts, forged cases, seals cut back and made again; books of
lists, year's ends, requests, what was handed out and surveyed; holds taken off, destroyed content put back, another
named as who sent a letter). The office's last seal has got out; everything that was there by then must be found, by
``verify`` or by what the witness outside says. An act that changed nothing of that is not counted. What is missed is
named with its seed, and the exit code is 1. Pieces of seeds may be run one by one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from archivists_days import ArchivistsDays  # noqa: E402
from offices import FakeOffice  # noqa: E402
from tamperers import ACTS, Tamperer  # noqa: E402
from web_desk import WebDesk  # noqa: E402

from pipeline.access.accounts import held  # noqa: E402
from pipeline.access.grant_parts import GrantParts  # noqa: E402
from pipeline.access.granting import make_account  # noqa: E402
from pipeline.archive.ports import Finding  # noqa: E402
from pipeline.cases.actor import Actor  # noqa: E402
from pipeline.cases.case_number import CaseNumber  # noqa: E402
from pipeline.cases.deliveries import DESK  # noqa: E402
from pipeline.errors import YankomasError  # noqa: E402
from pipeline.evidence.outside import contradictions  # noqa: E402
from pipeline.intake.dropping import land  # noqa: E402
from pipeline.wiring import Root  # noqa: E402

#: What holds no facts that were sealed: working files, hints, the record of what was sent outside, and the marks of
#: codes with which somebody took part in the survey.
_WORKING = (".locks", ".staging", ".open", ".state", ".saksi-luar", "tanda")
_DAYS = 5


@dataclass(frozen=True, slots=True)
class Specimen:
    """An office with older copies of it, and the hashes of seals that a witness outside has."""

    folder: Path
    older: tuple[Path, ...]
    outside: Mapping[int, frozenset[str]]
    state: str


def specimen(folder: Path) -> Specimen:
    """Make an office of some days: letters, decisions, people and archivists at work, each day a copy of it all."""
    desk, older = WebDesk(folder / "kantor"), []
    office, letters = desk.office, list[CaseNumber]()
    desk.clock.at = desk.clock.at.replace(year=2025, month=12, day=30)
    work = ArchivistsDays(office)
    work.before()
    desk.clock.forward(days=7)
    for day in range(_DAYS):
        _send(office, day, f"Surat rekaan {day}".encode())
        office.run_once()
        letters.append(max(office.root.layout.numbers(2026)))
        login = f"orang.{day}"
        note = lambda about: office.root.access_log.append(desk.clock.now(), "admin", "POST /akun", (), about=about)  # noqa: E731
        parts = GrantParts(
            desk.people, office.root.settings.office.appointed, desk.clock.now(), note, office.root.office_roles
        )
        make_account(login, "Orang Rekaan", "", [held("arsiparis")], by="admin", parts=parts)
        office.root.access_log.append(desk.clock.now(), login, "GET /register", ("arsiparis",))
        office.root.access_log.append(desk.clock.now(), "admin", "GET /kasus/{year}/{serial}", (), "2026/0001")
        if day:
            office.decide(letters[day - 1], "koreksi", "tim-yankomas", {"alasan": "Salah baca", "perihal": "Upah"})
        work.day(day)
        office.root.access_log.flush()
        office.root.book.refresh()
        office.root.seals.seal_now(desk.clock.now())
        older.append(folder / f"salinan-{day}")
        shutil.copytree(folder / "kantor", older[-1], copy_function=shutil.copy2)
        desk.clock.forward(days=1)
    desk.app.state.desk.close()
    outside = {seal.seq: frozenset({seal.hash}) for seal in office.root.seals.everything()}
    return Specimen(folder / "kantor", tuple(older[:-1]), outside, state_of(folder / "kantor"))


def _send(office: FakeOffice, day: int, letter: bytes) -> None:
    """Let a letter come: as a scan, or sent by the page by one of two people."""
    if day % 2:
        office.drop("scan.pdf", letter)
        return
    writing = office.root.uploads("inbox").begin("kiriman.pdf")
    writing.write(memoryview(letter))
    by = Actor("", login := f"orang.{day % 4}", login, "", "Orang Rekaan")
    land(writing.finished("berkas"), by.delivery(DESK, office.clock.now()), office.root.ledger)


def state_of(folder: Path) -> str:
    """Return a hash of everything that the last seal covers: files by name and bytes, accounts by their meaning."""
    from pipeline.access.store.account_states import account_states

    digest = hashlib.sha256()
    tops = [folder / name for name in ("archive", "segel", ".kunci")]
    for path in sorted(path for top in tops for path in top.rglob("*")):
        if not set(_WORKING) & set(path.relative_to(folder).parts) and path.name != ".gitkeep":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    try:
        digest.update(json.dumps(account_states(folder / ".akun"), sort_keys=True).encode())
    except YankomasError:
        digest.update(b"?")
    return digest.hexdigest()


def found(folder: Path, outside: Mapping[int, frozenset[str]]) -> list[Finding] | list[str]:
    """Return what is found wrong with an office, by verify, by its keys, by what is outside; or that it is refused."""
    try:
        root = Root(folder)
        findings = root.verify(lambda _done, _all: None)
        findings += contradictions("luar", outside, root.seals.everything())
        return findings or [str(fault) for fault in (*root.keys.faults(), root.keys.fault("segel")) if fault]
    except YankomasError as fault:
        return [str(fault)]


def main() -> int:
    """Tamper, count, print; return 1 if anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=1000, help="how often it is tampered (1000)")
    parser.add_argument("--first", type=int, default=0, help="the first seed; the same seed does the same (0)")
    options = parser.parse_args()
    logging.disable()  # the program complains of what it finds on the way
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        made = specimen(Path(name))
        assert found(made.folder, made.outside) == [], "the office is not whole before"
        missed, done, began = list[str](), Counter[str](), time.monotonic()
        for number in range(options.number):
            seed = options.first + number
            words, seen = once(made, Path(name) / "coba", seed)
            done["nothing changed" if seen is None else "found" if seen else "missed"] += 1
            if seen is not None and not seen:
                missed.append(f"{seed}: {words}")
                print("missed", missed[-1], flush=True)
            if number % 250 == 249:
                print(f"{number + 1} so far: {dict(done)}", file=sys.stderr, flush=True)
    seconds = time.monotonic() - began
    print(f"{options.number} tamperings in {seconds:.0f} s: {dict(done)}")
    return 1 if missed else 0


def once(made: Specimen, folder: Path, seed: int) -> tuple[str, bool | None]:
    """Tamper with a copy; return what was done, and whether it was found (None: nothing that counts was changed)."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.folder, folder, copy_function=shutil.copy2)
    chance = random.Random(seed)
    tamperer = Tamperer(folder, made.older, chance)
    first, second = divmod(seed % (len(ACTS) * (len(ACTS) + 1)), len(ACTS) + 1)
    acts = (ACTS[first], *ACTS[second : second + 1])  # behind the last there is none: the first one alone
    words = [f"{act.__name__}: {act(tamperer)}" for act in acts]
    if state_of(folder) == made.state:
        return "; ".join(words), None
    return "; ".join(words), bool(found(folder, made.outside))


if __name__ == "__main__":
    sys.exit(main())
