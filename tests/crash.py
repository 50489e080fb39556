"""Killing a process at its n-th effect, and what two archives must have in common to be equal."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial, wraps
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.store.layout import Layout
from pipeline.cases.events import Drafted
from pipeline.cases.fold import fold
from pipeline.cases.journal import read_journal
from pipeline.evidence.store.verify import verify_archive
from pipeline.intake.account import Account
from pipeline.intake.arrival_order import Receivers
from pipeline.intake.store.ledger import Ledger
from pipeline.letters.page_codes import page_code
from pipeline.register.store.book_file import read_written
from pipeline.storage import disk

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+\d:]*")
EFFECTS = (
    "write_new",
    "replace",
    "replace_unsynced",
    "touch",
    "append",
    "truncate",
    "copy_new",
    "copy_open",
    "link",
    "rename",
    "remove",
    "make_folder",
    "remove_folder",
    "sync_folder",
)
#: Those of which a power cut in the middle leaves a part.
TORN = ("append", "write_new", "replace", "replace_unsynced")


class Effects:
    """Counts the effects on the disk and kills its process just before the n-th (0: never).

    With ``torn``, half of what the n-th effect was to write is written first: what a power cut leaves.
    """

    def __init__(self, kill_at: int = 0, *, torn: bool = False) -> None:
        self.count, self.names = 0, list[str]()
        self._kill_at, self._torn = kill_at, torn

    def install(self) -> None:
        """Put the counter before every effect of :mod:`pipeline.storage.disk`, in this process."""
        for name in EFFECTS:
            setattr(disk, name, self._counted(name, getattr(disk, name)))

    def _counted(self, name: str, effect: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(effect)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            self.names.append(name)
            if self.count == self._kill_at:
                if self._torn and name in TORN:
                    path, data = args
                    effect(path, data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return effect(*args, **kwargs)

        return counted


class OneByOne(Receivers[Any]):
    """Receives each file at once, in the thread that sends it, so that the n-th effect is always the same one."""

    def submit(self, file: Any) -> None:
        self._finished.append(self._work(self._take(file)))


def work_off_inbox(office: Any) -> None:
    """Bring everything in an office's inbox to its end, on the way that a service takes."""
    intake = office.service(receivers=OneByOne).intake
    while not intake.settled:
        intake.turn()


#: What runs before any test does is no test's.
_WAITED_FOR: set[threading.Thread] = set(threading.enumerate())


#: Where a thread stands that is idle until somebody gives it something to do, as those that libraries keep are: the
#: last function of Python's own before it waits in C. Ours wait for the end of LibreOffice, and until the memory is
#: looked at again.
_IDLE = ("select", "wait", "poll", "accept", "get", "_worker", "_try_wait", "_keep")


def _let_others_end() -> None:
    """Wait for other tests' threads, once for each: what one holds at the fork, no child would ever let go of."""
    for thread in set(threading.enumerate()) - _WAITED_FOR:
        _WAITED_FOR.add(thread)
        thread.join(0.05)
        until = time.monotonic() + 5
        while _busy(thread) and time.monotonic() < until:
            thread.join(0.05)


def _busy(thread: threading.Thread) -> bool:
    frame = sys._current_frames().get(thread.ident or 0)
    return thread.is_alive() and frame is not None and frame.f_code.co_name not in _IDLE


#: Kills at some of the effects, in the default run, and at every one of them in the slow one.
SPARSELY = pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])


def in_child(work: Callable[[], None]) -> int:
    """Do the work in a forked process; return its wait status, negative for the signal that killed it.

    Tests that do are marked ``in_folders``: what speaks to the object store does not outlive a fork. Kills at the
    centre: ``tests/storage/test_postgres_store.py``, ``tests/acceptance/test_central_nodes_fail.py``.
    """
    _let_others_end()
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def effects_of(work: Callable[[Effects], object], place: Path) -> list[str]:
    """Do the work to its end in a forked process; return the names of its effects, in their order."""
    counted = place / "effects.txt"

    def counting() -> None:
        effects = Effects()
        work(effects)
        counted.write_text("\n".join(effects.names))

    assert in_child(counting) == 0
    return counted.read_text().splitlines()


def as_text(path: Path) -> str:
    """What a fake engine wrote, which is text whatever the file is called."""
    return path.read_bytes().decode(errors="replace")


def likeness(folder: Path, text_of: Callable[[Path], str] = as_text) -> dict[str, Any]:
    """Return what two equal archives have in common.

    Numbers, originals' hashes, the sequence of (kind, by), documents with their visible text (the case's own random
    codes masked); what still lies in the inbox, and what became of every file that came; working folders that must be
    empty; the register's rows; and any file that stands outside these.
    """
    layout = Layout(folder)
    numbers = [n for year in layout.years() for n in sorted(layout.numbers(year))]
    return {
        "cases": {str(n): _case(layout, n, text_of) for n in numbers},
        "inbox": sorted(_files(layout.inbox)),
        "open": sorted(_files(layout.open_cases)),
        "staging": sorted(_files(layout.staging)),
        "highest": {y: layout.highest(y).read_text().split()[0] for y in layout.years()},
        "outside": sorted(_outside(layout)),
        "account": sorted((e.taken.name, e.state.value) for e in _account(layout).entries.values()),
        "register": [_row(r) for y in layout.booked_years() for r in read_written(layout.book(y))],
    }


def differences(
    laden: tuple[Path, int, dict[str, Any]],
    folder: Path,
    kills: Iterable[int],
    work: Callable[[Path, Effects], object],
    recovered: Callable[[Path], Any],
) -> dict[int, Any]:
    """Return how archives differ from one that was never stopped, by the effect before which their work was killed.

    ``laden`` is the archive before the work, how many effects the work takes, and the likeness of the archive after it;
    ``recovered`` starts the office of a folder again and returns it.
    """
    origin, _, expected = laden
    different = {}
    for n in kills:
        place = folder / f"n{n}"
        shutil.copytree(origin, place)
        status = in_child(partial(work, place, Effects(n)))
        office = recovered(place)
        found, findings = likeness(place), verify_archive(office.root.layout)
        if status != -signal.SIGKILL or found != expected or findings:
            different[n] = (status, findings, {k: (found[k], expected[k]) for k in expected if found[k] != expected[k]})
    return different


def _case(layout: Layout, number: Any, text_of: Callable[[Path], str]) -> dict[str, Any]:
    folder = layout.case(number)
    journal = read_journal((folder / "journal.jsonl").read_bytes())
    assert (journal.torn, journal.faults) == (b"", ()), number
    secrets = [journal.entries[0].data["status_code"], journal.entries[0].data["claim"]]
    case = fold(tuple(journal.entries))
    drafted = (e.data for e in journal.entries if e.kind == Drafted.kind)
    secrets += [page_code(case, d["template"], d["version"]) for d in drafted]
    documents = [d for e in journal.entries for d in e.data["documents"]]
    return {
        "original": documents[0]["sha256"],
        "events": [(e.kind, e.by) for e in journal.entries],
        "documents": [
            (d["name"], d["version"], _masked(text_of(folder / "data" / d["name"]), secrets)) for d in documents
        ],
        "files": sorted(_files(folder)),
    }


def _account(layout: Layout) -> Account:
    return Ledger(layout.ledger, layout.locks / "kotak-masuk", layout.ledger_checkpoint).everything()


def _masked(text: str, secrets: list[str]) -> str:
    """Mask the case's own random codes, and the check that the office's key gives a page code."""
    for secret in secrets:
        text = text.replace(secret, "#" * len(secret))
    return re.sub(r"(YK1:#+:\d+/\d+:)\w{6}", r"\1######", text)


def _files(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]


def _outside(layout: Layout) -> list[str]:
    """Return files of the archive that are no case folder's, no book, no lock and no view's cursor."""
    views = (
        ".state/pencarian.sqlite",
        ".state/buku-register",
        ".state/hari-libur",
        ".state/penunjuk.sqlite",
        "register-",
    )
    sealing = (".segel", ".keadaan/", ".bentuk", ".state/segel")  # what is sealed when, a kill may change
    known = (*sealing, ".pulih", ".sidik/", ".staging/", ".open/", ".locks/", ".changes", ".kotak-masuk/", *views)
    years = tuple(f"{y}/" for y in layout.years())
    return [
        name
        for name in _files(layout.archive)
        if not name.startswith(known)
        and not (name.startswith(".state/") and ".sqlite" in name)
        and not (name.startswith(years) and (name.count("/") > 1 or name.endswith(("/.tertinggi", "/.naskah"))))
    ]


def _row(row: dict[str, Any]) -> str:
    """Return a row without what differs between two runs: the claim, random codes, and moments."""
    kept = {k: v for k, v in row.items() if k not in ("head", "claim", "page_codes")} | {"issued": len(row["issued"])}
    return _MOMENT.sub("#", json.dumps(kept, sort_keys=True, ensure_ascii=False))
