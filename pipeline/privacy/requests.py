"""Requests of people about the data that the office keeps of them (UU 27/2022, articles 6 to 14 and 30 to 45).

Each is received, who asks is identified, then it is fulfilled or refused on a ground that the law names (``law.toml``);
three times twenty-four hours of the clock on the wall after it was received it is late. Nothing is ever taken out of
the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.errors import NotAllowed
from pipeline.privacy.law import privacy_law
from pipeline.privacy.matters import (
    By,
    Clock,
    Pressing,
    Register,
    checked,
    clock_from,
    incomplete,
    past_moment,
)
from pipeline.privacy.ports import MatterBook, MatterLine

RECEIVED, IDENTIFIED, CHOSEN, EXPORTED, ANSWERED = "diterima", "identitas", "perkara", "salinan", "dijawab"
FULFILLED, PARTLY, DECLINED = "dipenuhi", "dipenuhi sebagian", "ditolak"
OUTCOMES = (FULFILLED, PARTLY, DECLINED)
#: What is asked when a request is received, and what of it must be answered.
FORM = {
    "hak": "Yang diminta",
    "nama": "Nama",
    "nik": "NIK",
    "alamat": "Alamat untuk jawaban",
    "cara": "Cara permintaan disampaikan",
    "isi": "Isi permintaan",
    "diterima": "Diterima pada",
}
_NEEDED = ("hak", "nama", "cara", "isi")
_TEXTS = ("hak", "nama", "nik", "alamat", "cara", "isi")
_THING = "Permintaan data pribadi"
_DONE = "Permintaan ini sudah dijawab."


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """A request as it stands; ``cases`` are those that were found to be of the person who asks."""

    number: int
    right: str
    name: str
    nik: str
    address: str
    channel: str
    asked: str
    received_at: datetime
    lines: tuple[MatterLine, ...]
    identified: str = ""
    cases: tuple[str, ...] = ()
    exported: str = ""
    outcome: str = ""
    ground: str = ""
    words: str = ""
    answered_at: datetime | None = None

    @property
    def clock(self) -> Clock:
        """How long there is still."""
        return clock_from(self.received_at, self.answered_at)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return self.outcome or ("menunggu jawaban" if self.identified else "menunggu pemeriksaan identitas")


def requests(lines: Iterable[MatterLine]) -> dict[int, PersonRequest]:
    """Return the requests as their lines make them, by number."""
    made: dict[int, PersonRequest] = {}
    for line in lines:
        told = line.told
        if line.act == RECEIVED:
            at = datetime.fromisoformat(told["diterima"])
            right, name, nik, address, channel, asked = (str(told[key]) for key in _TEXTS)
            request = PersonRequest(line.number, right, name, nik, address, channel, asked, at, (line,))
            made[line.number] = request
        elif line.number in made:
            made[line.number] = _with(made[line.number], line)
    return made


def _with(before: PersonRequest, line: MatterLine) -> PersonRequest:
    told, after = line.told, replace(before, lines=(*before.lines, line))
    match line.act:
        case act if act == IDENTIFIED:
            return replace(after, identified=str(told["cara"]))
        case act if act == CHOSEN:
            return replace(after, cases=tuple(told["perkara"]))
        case act if act == EXPORTED:
            return replace(after, exported=str(told["sha256"]))
        case act if act == ANSWERED:
            outcome, ground, words = (str(told[name]) for name in ("hasil", "alasan", "kata"))
            return replace(after, outcome=outcome, ground=ground, words=words, answered_at=line.at)
    return after


def waiting(lines: Iterable[MatterLine]) -> list[PersonRequest]:
    """Return the requests that nobody has answered, the most urgent first."""
    told = list(lines)
    answered = {line.number for line in told if line.act == ANSWERED}  # most of them, and this is asked at each page
    there = requests(line for line in told if line.number not in answered)
    return sorted(there.values(), key=lambda request: request.clock.due)


def pressing(lines: Iterable[MatterLine]) -> list[Pressing]:
    """Return what presses of these requests."""
    return [
        Pressing("data-pribadi", one.number, f"Permintaan data pribadi {one.number}: {one.state}", one.clock)
        for one in waiting(lines)
    ]


def receive(book: MatterBook, typed: Mapping[str, str], by: By, now: datetime) -> PersonRequest:
    """Enter a request into the register.

    Raises:
        Incomplete: an answer is missing or cannot be kept; names every one.
    """
    kept = checked(typed, FORM, _NEEDED)
    if kept["hak"] not in {right.key for right in privacy_law().rights}:
        raise incomplete({"hak": (FORM["hak"], f"pilih: {', '.join(right.key for right in privacy_law().rights)}")})
    digits = "".join(sign for sign in kept["nik"] if not sign.isspace() and sign not in ".-")
    if digits and not (digits.isdecimal() and len(digits) == 16):
        raise incomplete({"nik": (FORM["nik"], "NIK terdiri dari 16 angka; kosongkan bila tidak diketahui")})
    at = past_moment(kept["diterima"], "diterima", FORM["diterima"], now)
    told = {**kept, "nik": digits, "diterima": at.isoformat()}
    return _register(book).enter(RECEIVED, told, by, now)


def request_of(book: MatterBook, number: int) -> PersonRequest:
    """Return a request.

    Raises:
        NotFound: there is none of that number.
    """
    return _register(book).one(number)


def identify(book: MatterBook, number: int, how: str, by: By, now: datetime) -> PersonRequest:
    """Note by what it was seen that who asks is who they say (a card at the counter, a call back).

    Raises:
        Incomplete: it is not said.
        NotAllowed: it was noted before, or the request is answered.
    """
    kept = checked({"cara": how}, {"cara": "Cara memastikan identitas"}, ("cara",))

    def allowed(request: PersonRequest) -> None:
        if request.identified:
            raise NotAllowed("Identitas pemohon sudah dicatat.", "Lanjutkan dengan jawabannya.")

    return _add(book, number, IDENTIFIED, kept, by, now, allowed)


def choose_cases(book: MatterBook, number: int, cases: Sequence[str], by: By, now: datetime) -> PersonRequest:
    """Note which cases are the person's: namesakes are told apart by a person, not by the program.

    Raises:
        NotAllowed: who asks is not identified yet, or the request is answered.
    """
    return _add(book, number, CHOSEN, {"perkara": sorted(set(cases))}, by, now, _require_identity)


def note_export(book: MatterBook, number: int, sha256: str, by: By, now: datetime) -> PersonRequest:
    """Note, before it is handed out, that a file of all that is kept of the person was made.

    Raises:
        NotAllowed: there can be none (:func:`require_exportable`).
    """
    return _register(book).note(number, EXPORTED, {"sha256": sha256}, by, now, require_exportable)


def require_exportable(request: PersonRequest) -> None:
    """Make sure that a file of all that is kept of the person may be made, also for one that is answered.

    Raises:
        NotAllowed: who asks is not identified yet, the cases were not chosen, or the request was refused.
    """
    _require_identity(request)
    if request.outcome == DECLINED:
        raise NotAllowed("Permintaan ini ditolak.", "Catat permintaan yang baru.")
    if not request.cases:
        raise NotAllowed("Belum ditentukan perkara mana yang miliknya.", "Pilih perkaranya dahulu.")


def answer(book: MatterBook, number: int, typed: Mapping[str, str], by: By, now: datetime) -> PersonRequest:
    """Note the answer, which ends the clock: fulfilled, in part, or refused on a ground of the law.

    Raises:
        Incomplete: outcome, ground or words are missing, or the ground does not stand against that right.
        NotAllowed: who asks is not identified yet, or it is answered already.
    """
    labels = {"hasil": "Hasil", "alasan": "Alasan menurut undang-undang", "kata": "Yang dilakukan, atau uraian alasan"}
    kept = checked(typed, labels, ("hasil", "kata"))

    def allowed(request: PersonRequest) -> None:
        right, wrong = privacy_law().right(request.right), dict[str, tuple[str, str]]()
        grounds = {ground.key: ground for ground in privacy_law().grounds if request.right in ground.rights}
        if kept["hasil"] not in OUTCOMES:
            wrong["hasil"] = (labels["hasil"], f"pilih: {', '.join(OUTCOMES)}")
        elif kept["hasil"] == FULFILLED and kept["alasan"]:
            wrong["alasan"] = (labels["alasan"], "hanya untuk yang ditolak, seluruhnya atau sebagian")
        elif kept["hasil"] != FULFILLED and kept["alasan"] not in grounds:
            allowed_ones = ", ".join(grounds)
            wrong["alasan"] = (labels["alasan"], f"bukan alasan menolak {right.name.lower()}; pilih: {allowed_ones}")
        if wrong:
            raise incomplete(wrong)
        if not (kept["alasan"] and grounds[kept["alasan"]].unidentified):
            _require_identity(request)

    return _add(book, number, ANSWERED, kept, by, now, allowed)


def _require_identity(request: PersonRequest) -> None:
    if not request.identified:
        raise NotAllowed(
            "Belum dipastikan siapa yang meminta.", "Catat dahulu cara memastikan identitasnya, misalnya KTP di loket."
        )


def _register(book: MatterBook) -> Register[PersonRequest]:
    return Register(book, requests, _THING)


def _add(
    book: MatterBook,
    number: int,
    act: str,
    told: Mapping[str, object],
    by: By,
    now: datetime,
    allowed: Callable[[PersonRequest], None],
) -> PersonRequest:
    def unanswered(request: PersonRequest) -> None:
        if request.outcome:
            raise NotAllowed(_DONE, "Yang berubah sesudahnya ialah permintaan yang baru.")
        allowed(request)

    return _register(book).note(number, act, told, by, now, unanswered)
