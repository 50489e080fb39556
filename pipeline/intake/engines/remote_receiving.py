"""Handing claimed files over to where an office's cases are: ``PUT /titipan/{claim}``, one after another.

What the other side says became of a file is believed only with the file's own hash beside it. As long as it cannot be
reached, or does not take our token, the first file waits, and all behind it: no number is given out of turn. One over
which the other side stumbles again and again is passed over, as in an inbox beside the cases, and tried now and then.
"""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.cases.case_number import read_number
from pipeline.errors import Passing, Refused, SettingsFault, YankomasError
from pipeline.intake.account import State
from pipeline.intake.outcomes import Accepted, Added, Duplicate, Fate, Outcome, Parted, PartOutcome, SetAside
from pipeline.office.ports import Clock
from pipeline.register.ports import Claim

#: Seconds between two tries, at first and at most, and how long an answer is waited for.
_FIRST, _LONGEST, _ANSWER = 1.0, 60.0, 180.0
_PIECE = 1 << 16
_MOST = 1 << 20  # bytes of an answer
#: Answers after which the file is tried again: it is not the file's doing.
_LOCKED_OUT = (401, 403)
#: What the other side answers when it stumbles over this one file, and how often it may, which takes two minutes.
_STUMBLED, _STUMBLES = (403, 422, 500), 8
#: Codes of answers that stay the same however often the file is sent; and of one that is about a case, not the token.
_NEVER, _CASE = ("isian", "formulir-belum-lengkap"), "gerak-tidak-diizinkan"


class _OverThisFile(Passing):
    """The other side stumbled over this file: it may be the only one."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where files go to, and the token with which they are taken there."""

    address: str
    token: str

    def __post_init__(self) -> None:
        """Refuse to send complaints, and the token, in clear text beyond this machine.

        Raises:
            SettingsFault: that would be so, or it is no address.
        """
        parts = urlsplit(self.address)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local):
            raise SettingsFault(
                f"{self.address} tidak dapat dipakai sebagai tujuan titipan.", "Tulis alamat https:// meja webnya."
            )


class RemoteReceiving:
    """Hands files over (see :class:`~pipeline.intake.ports.Receiving`).

    ``waiting`` are the claims that have no outcome, in the order in which they came, ``claimed`` is when one was made.
    ``wait`` waits so many seconds, or less if the program is to end, which ``stopping`` says; ``say`` shows a line.
    ``passed_over`` are the claims over which the other side stumbled so often that others go before them.
    """

    def __init__(
        self,
        centre: Centre,
        clock: Clock,
        waiting: Callable[[], Iterable[str]],
        claimed: Callable[[str], datetime | None],
        say: Callable[[str], None],
        wait: Callable[[float], object],
        stopping: Callable[[], bool],
    ) -> None:
        self._centre, self.clock, self._waiting, self._claimed = centre, clock, waiting, claimed
        self._say, self._wait, self._stopping = say, wait, stopping
        self._told = ""
        self._line = threading.Lock()
        self.passed_over: set[str] = set()

    def received(
        self, claim: Claim, *, my_turn: Callable[[], None], check: Callable[[Claim], None], last_try: bool
    ) -> Outcome:
        """Hand a file over; return what became of it there.

        Raises:
            Passing: another is before it, the other side stumbles over it, or the program is to end: it is handed over
                later.
            Changed: the file is still written.
        """
        if not self._may_go(claim.id) or not self._line.acquire(blocking=False):
            raise Passing("Menunggu berkas yang datang lebih dahulu.", "Berkas dititipkan menurut urutan datangnya.")
        try:
            return self._handed_over(claim, check)
        finally:
            self._line.release()

    def _may_go(self, claim_id: str) -> bool:
        if claim_id in self.passed_over:
            return True
        return next((other for other in self._waiting() if other not in self.passed_over), "") == claim_id

    def _handed_over(self, claim: Claim, check: Callable[[Claim], None]) -> Outcome:
        claimed_at, pause, stumbles = self._claimed(claim.id) or self.clock.now(), _FIRST, 0
        while True:
            check(claim)
            try:
                outcome = self._sent(claim, claimed_at)
            except Passing as fault:
                self._tell(fault)
                stumbles += isinstance(fault, _OverThisFile)
                if stumbles >= _STUMBLES:
                    self.passed_over.add(claim.id)
                if claim.id in self.passed_over:
                    raise
            else:
                if self._told:
                    self._say("Pusat menjawab lagi.")
                self._told = ""
                self.passed_over.discard(claim.id)
                return outcome
            self._wait(pause)
            if self._stopping():
                raise Passing("Program berhenti sebelum berkas ini dijawab pusat.", "Dilanjutkan ketika dimulai lagi.")
            pause = min(pause * 2, _LONGEST)

    def _tell(self, fault: YankomasError) -> None:
        if (said := str(fault)) != self._told:
            self._say(said)
        self._told = said

    def _sent(self, claim: Claim, claimed_at: datetime) -> Outcome:
        status, told = self._answer(claim, claimed_at)
        if status == 200 and told.get("sha256") == claim.blob.sha256 and isinstance(told.get("parts"), list):
            return _outcome(told["parts"])
        code = told.get("code")
        if status in _LOCKED_OUT and code != _CASE:
            raise Passing("Pusat tidak menerima token titipan ini.", "Minta token baru kepada admin kantor di pusat.")
        if status == 413:
            return SetAside(Refused("terlalu-besar", "Berkas terlalu besar.", "Pindai dengan 200 dpi, atau bagi dua."))
        passing = (403, 404, 408, 409, 421, 422, 425, 429)
        if (400 <= status < 500 and status not in passing) or (status == 422 and code in _NEVER):
            fact = str(told.get("title") or "Pusat tidak menerima berkas ini.")[:500]
            return SetAside(Refused("titipan", fact, str(told.get("remedy", ""))[:500]))
        if status in _STUMBLED and code:
            raise _OverThisFile(
                f"Pusat tersandung pada berkas ini (jawaban {status}).",
                "Bila berulang, berkas lain didahulukan; minta admin kantor di pusat menjalankan `yankomas verify`.",
            )
        raise Passing(f"Pusat belum menerima titipan (jawaban {status}).", "Program mencoba lagi sendiri.")

    def _answer(self, claim: Claim, claimed_at: datetime) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(self._centre.address)
        port, host = parts.port, parts.hostname or ""
        made = (
            http.client.HTTPSConnection(host, port, timeout=_ANSWER, context=ssl.create_default_context())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=_ANSWER)
        )
        boundary = secrets.token_hex(16)
        head, tail = _form(claim, claimed_at, boundary)
        try:
            made.request(
                "PUT",
                f"{parts.path.rstrip('/')}/api/titipan/{claim.id}",
                _body(claim, head, tail),
                {
                    "authorization": f"Bearer {self._centre.token}",
                    "content-type": f"multipart/form-data; boundary={boundary}",
                    "content-length": str(len(head) + claim.blob.size + len(tail)),
                },
            )
            answer = made.getresponse()
            body = answer.read(_MOST)
        except (OSError, http.client.HTTPException) as fault:
            raise Passing(
                "Pusat tidak dapat dihubungi; berkas menunggu di sini.",
                "Periksa jaringan; program mencoba lagi sendiri.",
            ) from fault
        finally:
            made.close()
        try:
            told = json.loads(body)
        except ValueError:
            told = {}
        return answer.status, told if isinstance(told, dict) else {}


def _form(claim: Claim, claimed_at: datetime, boundary: str) -> tuple[bytes, bytes]:
    """Return what stands before and behind the file in the form."""
    fields = {"sha256": claim.blob.sha256, "map": claim.folder, "diambil": claimed_at.isoformat()}
    said = "".join(
        f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    name = "".join("_" if sign in '"\r\n\\' else sign for sign in claim.blob.name)
    if not any(map(str.isalnum, Path(name).stem)):  # of which the other side would leave nothing
        name = f"titipan{Path(name).suffix.rstrip('.')}"
    said += f'--{boundary}\r\ncontent-disposition: form-data; name="berkas"; filename="{name}"\r\n'
    said += "content-type: application/octet-stream\r\n\r\n"
    return said.encode("utf-8", "replace"), f"\r\n--{boundary}--\r\n".encode()


def _body(claim: Claim, head: bytes, tail: bytes) -> Iterator[bytes]:
    """Yield the form piece by piece; the file is never whole in memory."""
    yield head
    with claim.blob.local() as path, open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield tail


def _outcome(parts: list[Any]) -> Outcome:
    """Return what became of a file as its outcome here.

    Raises:
        Passing: the answer cannot be understood; the file stays.
    """
    try:
        found = tuple(PartOutcome(_pages(part["pages"]), _fate(part)) for part in parts)
    except (KeyError, TypeError, ValueError, YankomasError) as fault:
        raise Passing("Jawaban pusat tidak dapat dibaca.", "Perbarui program ini atau yang di pusat.") from fault
    if not found:
        raise Passing("Jawaban pusat kosong.", "Program mencoba lagi sendiri.")
    return found[0].fate if len(found) == 1 and not found[0].pages else Parted(found)


def _fate(part: dict[str, Any]) -> Fate:
    match State(part["state"]):
        case State.REGISTERED:
            return Accepted(read_number(part["number"]))
        case State.ATTACHED:
            return Added(read_number(part["number"]), str(part["document"]))
        case State.DUPLICATE:
            return Duplicate(read_number(part["number"]))
        case State.REFUSED:
            return SetAside(Refused(str(part["code"]), str(part["reason"]), str(part["remedy"])))
        case State.WAITING:
            raise ValueError("no outcome")


def _pages(text: str) -> tuple[int, ...]:
    runs = (run.strip().partition("-") for run in text.split(",") if run.strip())
    return tuple(page for first, _, last in runs for page in range(int(first), int(last or first) + 1))
