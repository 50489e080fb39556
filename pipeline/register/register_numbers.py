"""Register numbers: which one a complaint gets, how the office prints it, and how people write it.

How one is given without a gap or a twin (one rename under a lock): ``store/numbers.py``, for many offices
``store/postgres_numbers.py``. The register number belongs to the case: gapless per year from 1, never reused. The
letters that the office sends have numbers of another kind, in a series of their own (``naskah_numbers.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from string import Formatter

from pipeline.cases.case_number import SERIAL, YEAR, CaseNumber, in_volume, numbered, read_number, squeezed
from pipeline.errors import Passing, SettingsFault, UsageFault
from pipeline.office.nomenclature import Renaming, numbers_since

#: A width of three digits, or of as many as another part says.
_WIDE = re.compile(r"\d{3}|\{")
#: Letters of a pattern for which every sheet and list has room.
_LONGEST = 60
#: Numbers that are written and read back to try a pattern.
_SAMPLES = (CaseNumber(2026, 7), CaseNumber(2031, 123_456_789))


def next_number(at: datetime, highest: int, last: datetime | None, series: str = "") -> CaseNumber:
    """Return the number of a case registered at this moment: 1 + the highest that was ever seen in its year and series.

    ``highest`` counts whatever knows of a number (0: nothing does): the note of the year, its folders, the register
    book. So a folder that was carried away is missing, and its number is not given again. ``last`` is when the last
    number of any year was given by a clock that was right: numbers follow time.

    Raises:
        Passing: the clock runs behind the last registration.
    """
    if last is not None and at < last:
        raise Passing(
            f"Jam komputer ({at.isoformat()}) mundur dari pendaftaran terakhir ({last.isoformat()}).",
            "Betulkan jam komputer ini; surat menunggu. Bila jamnya sudah benar: `yankomas jam --benar`.",
        )
    return CaseNumber(at.year, highest + 1, series)


def nothing_to_confirm() -> UsageFault:
    """Return the fault that no restored archive waits for the numbers given since, to be raised."""
    return UsageFault("Tidak ada pemulihan yang menunggu kepastian.", "Nomor diberikan seperti biasa.")


def numbers_lost(given: CaseNumber, known: int, at: datetime) -> int:
    """Return how many numbers were given behind ``known``, the highest of that year that an archive brought back has.

    Raises:
        UsageFault: the number is of a year to come at this moment, or lower than what the archive has.
    """
    if given.year > at.year:
        raise UsageFault(f"Tahun {given.year} belum mulai.", "Periksa nomornya, dan jam komputer ini.")
    if given.serial < known:
        raise UsageFault(
            f"{given} lebih rendah daripada {in_volume(given.volume, known)}, yang ada di arsip ini.",
            "Sebut nomor tertinggi yang pernah diberikan, atau `tetap` bila tidak ada yang baru.",
        )
    return given.serial - known


def refuse_wide(pattern: str) -> None:
    """Refuse a pattern of numbers that asks for more digits than any paper has room for, before it is tried.

    Raises:
        ValueError: it does, or by what another part of it says.
    """
    if any(spec and _WIDE.search(spec) for _, _, spec, _ in Formatter().parse(pattern)):
        raise ValueError("wide")


@dataclass(frozen=True, slots=True)
class Registered:
    """What is remembered of a registered complaint: its number, its original's hash, the claim that brought it."""

    number: CaseNumber
    sha256: str
    claim: str


@dataclass(frozen=True, slots=True)
class RegisterPattern:
    """The office's way to print a register number, e.g. ``{urut:04d}/YANKOMAS/{tahun}``."""

    pattern: str
    later: tuple[tuple[date, RegisterPattern], ...] = ()
    """How they are printed from a later day on, the earliest first."""
    others: Mapping[str, RegisterPattern] = field(default_factory=dict)
    """How those of the office's other series are printed, by the series' name."""

    def __post_init__(self) -> None:
        try:
            refuse_wide(self.pattern)
            names = [name for _, name, _, _ in Formatter().parse(self.pattern) if name is not None]
            if sorted(names) != ["tahun", "urut"]:
                raise ValueError("names")
            for number in _SAMPLES:
                if self.read(self.write(number)) != number:
                    raise ValueError("not read back")
        except (ValueError, KeyError, IndexError, AttributeError, UsageFault) as fault:
            raise SettingsFault(
                f"Pola nomor register {self.pattern!r} tidak dapat dipakai.",
                "Pola harus memuat {urut} dan {tahun}, misalnya {urut:04d}/YANKOMAS/{tahun}.",
            ) from fault

    def on(self, day: date) -> RegisterPattern:
        """Return how numbers are printed that are given on a day."""
        today = next((pattern for since, pattern in reversed(self.later) if since <= day), self)
        return replace(today, others=self.others)

    def write(self, number: CaseNumber) -> str:
        """Return the number as printed; of a series that the office does not have, as its folder is called."""
        if not number.series:
            return self.pattern.format(urut=number.serial, tahun=number.year)
        own = self.others.get(number.series)
        return own.pattern.format(urut=number.serial, tahun=number.year) if own else str(number)

    def read(self, text: str) -> CaseNumber:
        """Return the number that a person means, written by the pattern of whatever time, or loosely.

        Raises:
            UsageFault: it is not a register number.

        """
        written = squeezed(text)
        ways = (pattern.expression().fullmatch(written) for pattern in (self, *(later for _, later in self.later)))
        if found := next(filter(None, ways), None):
            return numbered(int(found["tahun"]), int(found["urut"]), text)
        for series, other in self.others.items():
            if found := other.expression().fullmatch(written):
                return numbered(int(found["tahun"]), int(found["urut"]), text, series)
        return read_number(text)

    def expression(self) -> re.Pattern[str]:
        """Return what a number looks like that this pattern wrote, without its spaces."""
        parts = []
        for literal, name, _, _ in Formatter().parse(self.pattern):
            parts.append(re.escape(squeezed(literal)))
            if name == "urut":
                parts.append(f"(?P<urut>{SERIAL})")
            elif name == "tahun":
                parts.append(f"(?P<tahun>{YEAR})")
        return re.compile("".join(parts))


def register_pattern(first: str, renamed: Iterable[Renaming]) -> RegisterPattern:
    """Return the office's pattern with what it becomes later.

    Raises:
        SettingsFault: one cannot be used.
    """
    told = numbers_since({"register": first}, renamed)
    return RegisterPattern(first, tuple((since, RegisterPattern(numbers["register"])) for since, numbers in told))


def unfit_for_series(pattern: str, series: str, office: RegisterPattern) -> str:
    """Return why numbers of a series besides the first cannot be printed so; nothing if they can.

    Nobody may take one of them for a case of another series: people type them without the series' name, and a pattern
    without a word would read ``2026/0001`` and ``1/2026``, which are numbers of the first.
    """
    if len(pattern) > _LONGEST or not pattern.isprintable():
        return f"lebih dari {_LONGEST} huruf, atau memuat tanda yang tidak dapat dicetak"
    try:
        own = RegisterPattern(pattern)
    except SettingsFault as fault:
        return f"{fault.message} {fault.remedy}"
    if not any(letter.isalpha() for literal, *_ in Formatter().parse(pattern) for letter in literal):
        return "tidak memuat kata yang membedakannya dari nomor Yankomas, misalnya AGENDA-{urut:04d}/{tahun}"
    others = [other for name, other in office.others.items() if name != series]
    for other in (office, *(later for _, later in office.later), *others):
        if any(_reads(one, two.write(number)) for one, two in ((own, other), (other, own)) for number in _SAMPLES):
            return f"tidak dapat dibedakan dari nomor berpola {other.pattern!r}"
    return ""


def mistakable(office: RegisterPattern) -> Iterator[str]:
    """Yield of each series besides the first whose numbers could be taken for those of another, its pattern."""
    for series, own in office.others.items():
        if unfit_for_series(own.pattern, series, office):
            yield own.pattern


def require_apart(office: RegisterPattern) -> None:
    """Make sure that nobody can take a number of one of the office's series for one of another.

    Raises:
        SettingsFault: somebody could: a letter would be filed with a stranger's case.
    """
    if own := next(mistakable(office), None):
        raise SettingsFault(
            f"Nomor register berpola {office.pattern!r} tidak dapat dibedakan dari nomor layanan lain, {own!r}.",
            "Beri polanya kata yang membedakannya, misalnya {urut:04d}/YANKOMAS/{tahun}.",
        )


def _reads(pattern: RegisterPattern, written: str) -> bool:
    return bool(pattern.expression().fullmatch(squeezed(written)))
