"""The books beside the cases held against one another: inbox account against numbers, accounts against access log."""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from pipeline.access.log_chain import RENEWED
from pipeline.access.store.account_states import ACCOUNT, TOKEN
from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import YankomasError
from pipeline.evidence.ports import Books
from pipeline.evidence.seal import Seal, Stretch
from pipeline.evidence.store.states import KEY, recorded_states
from pipeline.storage.version_list import LIST

#: Gives a hash of each account and each token, or None where there are none to look at.
AccountStates = Callable[[], Mapping[str, str] | None]
#: What a claim of a part of a scan has behind that of the scan: the part's first page.
_PART = re.compile(r"-\d+$")
_NAMES = re.compile(r"[\w.@-]+")
_TWICE = "Catat, laporkan kepada atasan: salah satunya dihapus atau diganti orang. " + RESTORE
_PAST = (
    "Tanyakan kepada semua admin. Bila tidak ada yang mengubahnya: kunci akun itu, ganti kata sandi, laporkan kepada "
    "atasan."
)


class InboxNumbers:
    """The numbers that the inbox account says were given, and for which file; held against the cases as these are met.

    Of each number a few bytes are kept.
    """

    def __init__(self, given: Iterable[tuple[CaseNumber, str]]) -> None:
        self._claims: dict[CaseNumber, bytes] = {}
        self._twice: list[CaseNumber] = []
        for number, claim in given:
            if self._claims.setdefault(number, kept := _kept(claim)) != kept:
                self._twice.append(number)

    def case(self, case: Case) -> Iterator[Finding]:
        """Hold a case against the file that its number was given for."""
        noted, claim = self._claims.pop(case.number, None), case.received.claim
        if noted is not None and noted not in (_kept(claim), _kept(_PART.sub("", claim))):
            fact = f"Buku kotak masuk memberi nomor ini kepada berkas lain, bukan kepada {claim}."
            yield Finding(str(case.number), "nomor", fact, _TWICE)

    def findings(self) -> Iterator[Finding]:
        """Say which numbers were given for two files, and which have no case that can be read."""
        for number in self._twice:
            fact = "Buku kotak masuk memberi nomor ini kepada dua berkas."
            yield Finding(str(number), "nomor", fact, _TWICE)
        for number in sorted(self._claims):
            fact = "Buku kotak masuk menyebut nomor ini, tetapi perkaranya tidak ada atau rusak."
            yield Finding(str(number), "nomor", fact, RESTORE)


def _kept(claim: str) -> bytes:
    return hashlib.sha256(claim.encode()).digest()[:8]


def account_findings(
    layout: Layout,
    seals: Iterable[Seal],
    books: Books,
    accounts: AccountStates,
    *,
    closed: Collection[str],
    alone: bool = True,
    apart: bool = False,
) -> Iterator[Finding]:
    """Yield the accounts and tokens that became others although nobody is in the access log as having changed them.

    Each change is logged before it is made: its line is sealed with the change, or with the seal just before it, and
    accounts for no other. That a password's hash was made anew accounts for that alone: from just what the account was
    to just what it became. What was there when the record was begun is not judged, nor what happened while a month of
    the access log was written that was closed since.

    Args:
        layout: where the record of what was in force lies.
        seals: the office's seals, oldest first.
        books: that record and the access log, wherever they lie.
        accounts: gives a hash of each account and each token, as they are now; None where there are none to look at.
        closed: the months of the access log that were closed.
        alone: nobody else seals the access log; otherwise a line accounts for changes until the next of this folder.
        apart: accounts lie apart from that record, which may be brought back, or be another folder's, without them.
            While it is not the sealed one, which is a finding of its own, any line accounts for a change of that time;
            what is the sealed one again says what became of each account meanwhile, and is judged as ever.
    """
    noted = dict[str, str]()
    begun, before, changed_before = False, list[Stretch](), list[_Change]()
    lost: dict[str, str] | None = None  # what all was when the record ceased to be the sealed one
    for states, access in _sealed_together(layout, seals, books):
        is_last = bool(states) and states[-1].end == _END
        sound = is_last or not apart or all(_is_as_sealed(books, part) for part in states)
        lost = dict(noted) if lost is None and not sound else lost
        if lost is None:
            changed = [change for part in states for change in _changed(books, part, noted)]
        elif sound and states:
            noted = _noted_until(books, states[-1])
            changed, lost = _between(lost, noted), None
        else:
            before, changed_before = [*before, *access], []
            continue
        if is_last:
            changed += _unnoted(layout, accounts)
        if changed and begun and not any(part.book in closed for part in (*before, *access)):
            carried = _logged(books, before).difference(*(_names_of(one.what) for one in changed_before))
            known, renewed = carried | _logged(books, access), _renewed(books, [*before, *access])
            for one in changed:
                if not (_names_of(one.what) & known or one.is_only(renewed)):
                    fact = f"{one.what.capitalize()} berubah, dihapus atau dibuat, dan catatan akses tidak menyebutnya."
                    yield Finding(".akun", "akun", fact, _PAST)
        goes_on = not (alone or states)
        before, changed_before = [*before, *access] if goes_on else access, changed_before if goes_on else changed
        begun = begun or bool(changed)


def _is_as_sealed(books: Books, part: Stretch) -> bool:
    return books.digest(part.book, part.start, part.end) == part.digest


@dataclass(frozen=True, slots=True)
class _Change:
    """That an account or a token became another one: the hashes of what it was and is."""

    what: str
    was: str
    becomes: str

    def is_only(self, renewed: Iterable[tuple[str, str]]) -> bool:
        """Say whether these steps, each from one hash to another, lead from what it was to what it is."""
        reached = self.was
        for was, becomes in renewed:
            if was == reached:
                reached = becomes
                if reached == self.becomes:
                    return True
        return False


def _sealed_together(
    layout: Layout, seals: Iterable[Seal], books: Books
) -> Iterator[tuple[list[Stretch], list[Stretch]]]:
    """Yield, seal by seal, what was sealed of the record of states and of the access log; last, what is not sealed."""
    states, access = f"archive/{layout.states.name}/{LIST}", f"archive/{layout.access.name}/"
    ends: dict[str, int] = {}
    for seal in seals:
        ends |= {part.book: part.end for part in seal.books}
        yield (
            [part for part in seal.books if part.book == states],
            [part for part in seal.books if part.book.startswith(access)],
        )
    months = (book for book in books.names() if book.startswith(access))
    open_access = [Stretch(book, ends.get(book, 0), _END, "") for book in months]
    yield [Stretch(states, ends.get(states, 0), _END, "")], open_access


_END = 1 << 62


def _changed(books: Books, part: Stretch, noted: dict[str, str]) -> Iterator[_Change]:
    """Yield what changed in a part of the record; ``noted`` is what everything was, and is brought on by that."""
    for line in _lines(books, part, b'"what"'):
        what, becomes = str(line.get("what", "")), str(line.get("sha256", ""))
        if what.partition(" ")[0] in (ACCOUNT, TOKEN):
            yield _Change(what, noted.get(what, ""), becomes)
            noted[what] = becomes


def _noted_until(books: Books, part: Stretch) -> dict[str, str]:
    """Return what the record says, from its beginning to the end of a part, that every account and token was there."""
    noted = dict[str, str]()
    deque(_changed(books, Stretch(part.book, 0, part.end, ""), noted), maxlen=0)
    return noted


def _between(was: Mapping[str, str], becomes: Mapping[str, str]) -> list[_Change]:
    """Return the accounts and tokens that are others in the second of two states."""
    both = ((what, was.get(what, ""), becomes.get(what, "")) for what in sorted({*was, *becomes}))
    return [_Change(what, old, new) for what, old, new in both if old != new]


def _unnoted(layout: Layout, accounts: AccountStates) -> Iterator[_Change]:
    """Yield the accounts that are no longer what was noted last."""
    noted = {state.what: state.sha256 for state, _ in recorded_states(layout) if state}
    with suppress(YankomasError):  # a copy without accounts, or one that cannot be read here
        if (there := accounts()) is not None:
            yield from (one for one in _between(noted, there) if one.what.partition(" ")[0] in (ACCOUNT, TOKEN))


def _logged(books: Books, parts: Iterable[Stretch]) -> set[str]:
    """Return what lines of the access log name as changed: accounts, tokens (``token-3``); ``token``: a new one."""
    return {name for _, about in _abouts(books, parts) for name in _NAMES.findall(about)}


def _renewed(books: Books, parts: Iterable[Stretch]) -> list[tuple[str, str]]:
    """Return what accounts were and became when the hash of their password was made anew, in order."""
    steps = (about.partition(":") for kind, about in _abouts(books, parts) if kind == RENEWED)
    return [(was, becomes) for was, _, becomes in steps]


def _abouts(books: Books, parts: Iterable[Stretch]) -> Iterator[tuple[str, str]]:
    """Yield the kind of each line of the access log that changes something, and what it says of that."""
    for line in (line for part in parts for line in _lines(books, part, b'"about"')):
        if isinstance(data := line.get("data"), Mapping):
            yield str(line.get("kind", "")), str(data.get("about", ""))


def _names_of(what: str) -> set[str]:
    """Return by which names the access log knows an account or a token."""
    kind, _, name = what.partition(" ")
    return {name} if kind == ACCOUNT else {f"token-{name}", "token"}


def key_findings(layout: Layout) -> Iterator[Finding]:
    """Yield the keys whose fingerprint was exchanged or taken away since the record was begun."""
    noted: dict[str, list[str]] = {}
    for state, _ in recorded_states(layout):
        if state and state.what.partition(" ")[0] == KEY:
            noted.setdefault(state.what.partition(" ")[2], []).append(state.sha256)
    for name, marks in sorted(noted.items()):
        path = layout.key_marks / name
        mark = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        if {mark} != set(marks):
            fact = f"Sidik kunci {name} diganti atau dibuang sejak dicatat."
            yield Finding(f".sidik/{name}", "kunci", fact, "Pulihkan .kunci dan archive/.sidik dari cadangan.")


def _lines(books: Books, part: Stretch, wanted: bytes) -> Iterator[Mapping[str, object]]:
    """Yield the lines of a part of a book in which something stands; broken ones are told elsewhere."""
    for line in books.lines(part.book, part.start, part.end):
        with suppress(ValueError):
            if wanted in line and isinstance(told := json.loads(line), Mapping):
                yield told
