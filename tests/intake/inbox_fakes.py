"""Fakes of the inbox's ports, in memory; they pass the contract tests of the real ones (test_ports.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from pipeline.backoff import Tries
from pipeline.errors import NotFound, Passing
from pipeline.intake.account import Account, Line
from pipeline.intake.inbox_files import REFUSED, InboxFile, left_alone
from pipeline.intake.ports import Stage
from pipeline.register.ports import Claim
from pipeline.scans.refusals import Limits
from pipeline.storage.blobs import TypedText


@dataclass
class _Paper:
    """What a file is made of; ``written`` counts up with every writing, in any inbox."""

    content: bytes
    inode: int
    written: int


class FakeInbox:
    """An inbox in memory. Tests drop files into it, write to them, take them away; ``fault`` makes it unseen."""

    where = "kotak masuk"

    def __init__(self) -> None:
        self.fault = ""
        self.lies: dict[str, _Paper] = {}
        self.hands: dict[str, tuple[str, _Paper]] = {}
        self.notes: dict[str, str] = {}
        self._as_claimed: dict[str, _Paper] = {}
        self._ticks = count(1)

    def drop(self, path: str, content: bytes) -> None:
        self.lies[path] = _Paper(content, next(self._ticks), next(self._ticks))

    def write(self, path: str, content: bytes) -> None:
        self.lies[path] = replace(self.lies[path], content=content, written=next(self._ticks))

    def write_taken(self, claim_id: str, content: bytes) -> None:
        path, paper = self.hands[claim_id]
        self.hands[claim_id] = path, replace(paper, content=content, written=next(self._ticks))

    def take_away(self, claim_id: str) -> None:
        del self.hands[claim_id]

    def contents(self) -> dict[str, bytes]:
        return {path: paper.content for path, paper in sorted(self.lies.items())}

    def prepare(self) -> None:
        self.fault = ""

    def lying(self) -> list[InboxFile]:
        return [] if self.fault else [self._seen(path) for path in sorted(self.lies) if not _is_aside(path)]

    def files(self) -> list[InboxFile]:
        return [file for file in self.lying() if not file.why]

    def taken(self) -> dict[str, InboxFile]:
        if self.fault:
            return {}
        found = {claim_id: _file(path, paper) for claim_id, (path, paper) in self.hands.items()}
        return dict(sorted(found.items(), key=lambda item: item[1].identity[3]))

    def refused(self) -> list[InboxFile]:
        return [self._seen(path) for path in sorted(self.lies) if _is_aside(path)]

    def is_of_another(self, folder: str) -> bool:
        return False

    def is_there(self, file: InboxFile) -> bool:
        return file.path in self.lies and self._seen(file.path).identity == file.identity

    def lies_at(self, place: str, mark: str) -> bool:
        return place in self.lies and self._seen(place).mark == mark

    def copied(self, file: InboxFile, most: int) -> TypedText:
        if file.path not in self.lies:
            raise NotFound(f"Berkas {file.name} sudah tidak ada di sana.", "Lihat `yankomas inbox`.")
        Limits(size=most).check_size(len(self.lies[file.path].content))
        return TypedText(file.name, self.lies[file.path].content)

    def take(self, file: InboxFile, claim_id: str) -> bool:
        if not self.is_there(file):
            return False
        self.hands[claim_id] = file.path, self.lies.pop(file.path)
        return True

    def opened(self, file: InboxFile, claim_id: str, most: int) -> Claim | None:
        path, paper = self.hands[claim_id]
        if _file(path, paper).identity != file.identity:
            self._move(claim_id, path)
            return None
        return self.reclaim(claim_id, most)

    def reclaim(self, claim_id: str, most: int) -> Claim:
        if claim_id not in self.hands:
            raise Passing("Sebuah berkas di kotak masuk tidak dapat diambil: tidak ada.", "Periksa.")
        path, paper = self.hands[claim_id]
        folder, _, name = path.rpartition("/")
        self._as_claimed[claim_id] = paper
        blob = TypedText(name, paper.content)
        if blob.size > most:
            blob.sha256 = ""
        return Claim(claim_id, blob, folder.partition("/")[0])

    def mark(self, claim: Claim) -> str:
        return _file(*self._in_hand(claim)).mark

    def has_end(self, claim: Claim) -> bool:
        return b"%%EOF" in self._in_hand(claim)[1].content

    def is_as_claimed(self, claim: Claim) -> bool:
        return self._in_hand(claim)[1] == self._as_claimed[claim.id]

    def was_taken_away(self, claim: Claim) -> bool:
        return claim.id not in self.hands and not self.fault

    def done(self, claim: Claim) -> None:
        if claim.id in self.hands and not self.is_as_claimed(claim):
            self.put_back(claim)
        self.hands.pop(claim.id, None)

    def put_back(self, claim: Claim) -> None:
        self._move(claim.id, self._in_hand(claim)[0])

    def set_aside(self, claim: Claim, words: str, note: Callable[[str], None] = lambda _: None) -> str:
        place = self._free(f"{REFUSED}/{claim.blob.name}")
        self.notes[place] = words
        note(place)
        return self._move(claim.id, place)

    def relocate(self, file: InboxFile, folder: str = "") -> str:
        if file.path not in self.lies:
            raise NotFound(f"Berkas {file.name} sudah tidak ada di sana.", "Lihat `yankomas inbox`.")
        paper = self.lies.pop(file.path)
        self.notes.pop(file.path, None)
        target = self._free(f"{folder}/{file.name}" if folder else file.name)
        self.lies[target] = paper
        return target

    def _seen(self, path: str) -> InboxFile:
        return _file(path, self.lies[path])

    def _in_hand(self, claim: Claim) -> tuple[str, _Paper]:
        if claim.id not in self.hands:
            raise FileNotFoundError(claim.id)
        return self.hands[claim.id]

    def _move(self, claim_id: str, path: str) -> str:
        _, paper = self.hands.pop(claim_id)
        free = self._free(path)
        self.lies[free] = paper
        return free

    def _free(self, path: str) -> str:
        stem, dot, suffix = path.rpartition(".")
        names = (f"{stem} ({n}){dot}{suffix}" for n in count(2))
        return path if path not in self.lies else next(name for name in names if name not in self.lies)


def _file(path: str, paper: _Paper) -> InboxFile:
    identity = (1, paper.inode, len(paper.content), paper.written)
    return InboxFile(path, identity, arrived=1_000_000, why=left_alone(path.rpartition("/")[2]))


def _is_aside(path: str) -> bool:
    return path.startswith(f"{REFUSED}/")


@dataclass
class FakeAccount:
    """An account in memory; ``full`` makes noting fail so many times."""

    full: int = 0
    lines: list[Line] = field(default_factory=list)

    def note(self, line: Line) -> None:
        if self.full:
            self.full -= 1
            raise Passing("Cakram penuh.", "Kosongkan.")
        self.lines.append(line)

    def account(self, now: datetime) -> Account:
        return self.everything()

    def everything(self) -> Account:
        account = Account()
        for line in self.lines:
            account.add(line)
        return account


@dataclass
class FakeAttempts:
    """Attempts in memory."""

    begun: dict[tuple[str, str], int] = field(default_factory=dict)

    def begin(self, key: str, what: str) -> Tries:
        before = self.begun.get((key, what), 0)
        self.begun[key, what] = before + 1
        return Tries(0, before)

    def forget(self, key: str) -> None:
        self.begun = {known: times for known, times in self.begun.items() if known[0] != key}


class FakeBell:
    """A bell that tests ring; nobody ever waits."""

    def __init__(self) -> None:
        self.rung, self.shut = False, set[str]()

    def ring(self) -> None:
        self.rung = True

    def wait(self, seconds: float) -> None:
        assert self.rung, "waited for what never comes"

    def closed(self) -> set[str]:
        self.rung, shut, self.shut = False, self.shut, set()
        return shut


class FakeBoard:
    """A board on which nobody waits: who looks is told at once."""

    def __init__(self) -> None:
        self.version = 0
        self.shown: dict[str, Stage] = {}

    def show(self, key: str, stage: Stage) -> None:
        if self.shown.get(key) != stage:
            self.shown[key] = stage
            self.version += 1

    def clear(self, key: str) -> None:
        if self.shown.pop(key, None):
            self.version += 1

    def touch(self) -> None:
        self.version += 1

    def stages(self) -> Mapping[str, Stage]:
        return dict(self.shown)

    def wait(self, seen: int, seconds: float) -> int:
        return self.version


class FakeUploads:
    """Files that are sent, in memory; ``landed`` are those in place, ``unfinished`` those on their way."""

    def __init__(self) -> None:
        self.landed: dict[str, bytes] = {}
        self.unfinished: list[FakeUpload] = []

    def prepare(self) -> None:
        pass

    def begin(self, name: str) -> FakeUpload:
        self.unfinished.append(FakeUpload(self, name))
        return self.unfinished[-1]

    def sweep(self) -> None:
        self.unfinished.clear()


@dataclass(eq=False)
class FakeUpload:
    """A file that is being sent, and once it was sent."""

    of: FakeUploads
    name: str
    field: str = ""
    content: bytes = b""

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return self.blob.sha256

    @property
    def mark(self) -> str:
        return f"1-{id(self)}-1"

    @property
    def gap(self) -> str:
        pdf = self.content.startswith(b"%PDF-")
        return "penutup PDF (%%EOF) tidak ada" if pdf and b"%%EOF" not in self.content else ""

    @property
    def blob(self) -> TypedText:
        return TypedText(self.name, self.content)

    def write(self, data: memoryview) -> None:
        self.content += bytes(data)

    def finished(self, field: str) -> FakeUpload:
        self.field = field
        return self

    def land(self, folder: str = "") -> str:
        stem, dot, suffix = self.name.rpartition(".")
        names = (self.name, *(f"{stem} ({n}){dot}{suffix}" for n in range(2, 9)))
        within = f"{folder}/" if folder else ""
        free = next(n for n in names if f"{within}{n}" not in self.of.landed)
        self.of.landed[f"{within}{free}"] = self.content
        self.of.unfinished.remove(self)
        return free

    def discard(self) -> None:
        if self in self.of.unfinished:
            self.of.unfinished.remove(self)
