"""Killing a process at its n-th effect, and what two archives must have in common to be equal.

In an office's folder the effects are those on its disk. At the centre they are those there too (statements, commits,
files), the process that is killed is a new one, and an archive is what the office's export says: an ordinary one.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from functools import cache, partial, wraps
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from offices import CENTRAL, FakeOffice, copied

from pipeline.archive.store.layout import Layout
from pipeline.cases.events import Drafted
from pipeline.cases.fold import fold
from pipeline.cases.journal import read_journal
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
        """Put the counter before every effect of :mod:`pipeline.storage.disk`, and at the centre, in this process."""
        for owner, name in (*((disk, name) for name in EFFECTS), *effects_at_the_centre()):
            setattr(owner, name, self._counted(name, getattr(owner, name)))

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


def effects_at_the_centre() -> tuple[tuple[Any, str], ...]:
    """Return what a process does at the centre, as (owner, name); nothing where tests keep cases in folders."""
    if not CENTRAL:
        return ()
    import central_node  # loads what speaks to the centre

    return central_node.EFFECTS


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


def sparsely(step: int) -> pytest.MarkDecorator:
    """Kill before every so-many-th effect in the default run, and before every one of them in the slow one.

    At the centre each try costs some seconds: half as many are made, and every third in the slow run.
    """
    steps = (2 * step, 3) if CENTRAL else (step, 1)
    return pytest.mark.parametrize(
        "step", [steps[0], pytest.param(steps[1], marks=pytest.mark.slow)], ids=["some", "every"]
    )


SPARSELY = sparsely(23)
#: What a power cut tears are files; of a statement there is all or nothing.
TORN_FILES = pytest.mark.in_folders


def in_child(work: Callable[[], object]) -> int:
    """Do the work in a process of its own; return its wait status, negative for the signal that killed it.

    It is a fork of this one. At the centre it is not, for what speaks to the object store does not outlive a fork: the
    work then is one that can be pickled (``partial`` of a module's function).
    """
    if CENTRAL:
        child = clean_forks().Process(target=_to_its_end, args=(work,))
        child.start()
        child.join()
        return child.exitcode if child.exitcode is not None else 1
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


@cache
def clean_forks() -> ForkServerContext:
    """Return where children are forked from, with all loaded that they need and nothing of the store begun."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["central_node"])
    with pytest.MonkeyPatch.context() as patch:  # it looks for what it loads before it is told where we look
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()
    return context


def _to_its_end(work: Callable[[], object]) -> None:
    """Do the work and end the process at once, whatever threads it still has."""
    work()
    os._exit(0)


def was_killed(status: int) -> bool:
    """Tell whether a process ended as it should.

    At the centre one may have come to its end before its last effects: how many there are depends on the clock (a
    connection is probed once a second).
    """
    return status == -signal.SIGKILL or (CENTRAL and status == 0)


def effects_of(work: Callable[[Effects], object], place: Path) -> list[str]:
    """Do the work to its end in a process of its own; return the names of its effects, in their order."""
    counted = place / "effects.txt"
    assert in_child(partial(_count, work, counted)) == 0
    return counted.read_text().splitlines()


def _count(work: Callable[[Effects], object], counted: Path) -> None:
    effects = Effects()
    work(effects)
    counted.write_text("\n".join(effects.names))


def as_text(path: Path) -> str:
    """What a fake engine wrote, which is text whatever the file is called."""
    return path.read_bytes().decode(errors="replace")


def likeness(folder: Path, text_of: Callable[[Path], str] = as_text) -> dict[str, Any]:
    """Return what two equal archives have in common.

    Numbers, originals' hashes, the sequence of (kind, by), documents with their visible text (the case's own random
    codes masked); what still lies in the inbox, and what became of every file that came; working folders that must be
    empty; the register's rows; and any file that stands outside these.
    """
    if not CENTRAL:
        return _likeness(Layout(folder), text_of)
    with tempfile.TemporaryDirectory() as place:
        found = _likeness(_exported(folder, Path(place)), text_of)
    return {**found, "inbox": sorted(_files(Layout(folder).inbox))}


def _exported(folder: Path, place: Path) -> Layout:
    """Write what an office has at the centre as an ordinary archive."""
    from pipeline.wiring.central_export import export_office

    office = FakeOffice(folder)
    return Layout(export_office(office.root.exporting, place, lambda _done, _all: None)[0])


def _likeness(layout: Layout, text_of: Callable[[Path], str]) -> dict[str, Any]:
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
        copied(origin, place)
        status = in_child(partial(work, place, Effects(n)))
        office = recovered(place)
        found, findings = likeness(place), office.findings()
        if not was_killed(status) or found != expected or findings:
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
