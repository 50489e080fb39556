"""What would be taken over of an old register into this archive, and what stands against it: nothing is written here.

A number is taken over as it is: it becomes the case's own. One that has a case of this office is refused; one that has
the same row already is left as it is, so that a book can be brought again and again. Numbers that the book leaves out
stay gaps of the old book.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.cases.case_number import CaseNumber
from pipeline.moving_in.book_reading import BookRead, SheetRead
from pipeline.moving_in.choices import Choices, Doubt
from pipeline.moving_in.old_book import Place
from pipeline.moving_in.row_reading import OldRow
from pipeline.register import old_registers as ranges
from pipeline.register.old_registers import Run

#: A gap of so many numbers is more likely a slip of the pen than a lost page.
_WIDE = 200
_AS_IT_IS = "Yang sudah ada tidak diubah; perbaiki perkaranya di meja dengan koreksi."


@dataclass(frozen=True, slots=True)
class YearThere:
    """What the archive has of a year: its serials, the highest ever given, and what old books told of it before.

    ``old`` are the runs of numbers that were taken over or planned to be, ``gaps`` those that old books left out.
    ``closed``: its register was closed, so no case is added to it.
    """

    serials: Sequence[int] = ()
    highest: int = 0
    old: tuple[Run, ...] = ()
    gaps: tuple[Run, ...] = ()
    closed: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether numbers of it were given here."""
        return self.highest > 0 and not ranges.lies_in(self.highest, self.old)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What would be taken over of a year: how many cases, between which serials, and the gaps of the old book.

    ``raises`` is the number behind which new complaints of that year would go on, 0 if nothing changes for them.
    """

    year: int
    count: int
    first: int
    last: int
    gaps: tuple[Run, ...]
    numbers: tuple[Run, ...]
    raises: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be taken over, what is there already, and every doubt, those that refuse a row first."""

    sheets: tuple[SheetRead, ...]
    skipped: tuple[str, ...]
    rows: tuple[OldRow, ...]
    years: tuple[YearPlan, ...]
    same: int
    ended: int
    doubts: tuple[Doubt, ...]

    @property
    def refused(self) -> tuple[Doubt, ...]:
        """The doubts for which rows cannot be taken over as they are."""
        return tuple(doubt for doubt in self.doubts if doubt.refuses)

    @property
    def rest(self) -> tuple[Doubt, ...]:
        """The other doubts."""
        return tuple(doubt for doubt in self.doubts if not doubt.refuses)


def plan(
    read: BookRead,
    choices: Choices,
    there: Mapping[CaseNumber, str],
    years: Mapping[int, YearThere],
    this_year: int,
) -> Plan:
    """Return what would be taken over of a book.

    Args:
        read: what the book says.
        choices: what a person said of it.
        there: which of its numbers have a case, with the hash of the row that it came from (empty: from none).
        years: what the archive has of each year of the book.
        this_year: the year in which numbers are given at present.
    """
    doubts = [*read.doubts, *_sheet_doubts(read)]
    rows, twins = _without_twins(read.rows)
    doubts += twins
    new, same, known = _new(rows, there)
    doubts += known
    fitting, against = _fitting(new, choices, years, this_year)
    doubts += against
    fitting, unsaid = _with_state(fitting, choices)
    doubts += unsaid
    planned = tuple(_year_plans(fitting, years, this_year))
    doubts += [_wide(year, gap) for year in planned for gap in year.gaps if gap[1] - gap[0] >= _WIDE]
    ended = sum(1 for row in fitting if ended_by(row, choices))
    ordered = tuple(sorted(doubts, key=lambda doubt: (not doubt.refuses, doubt.place)))
    rows = sorted(fitting, key=lambda row: row.number)
    return Plan(read.sheets, read.skipped, tuple(rows), planned, same, ended, ordered)


def ended_by(row: OldRow, choices: Choices) -> bool:
    """Say whether a case had ended: as the book tells, else as the person says of all that it does not tell."""
    return row.ended if row.ended is not None else choices.state != "berjalan"


def _sheet_doubts(read: BookRead) -> Iterator[Doubt]:
    for name in read.skipped:
        yield Doubt(Place(name), "lembar ini tidak mempunyai judul kolom yang dikenal; dilewati")


def _without_twins(rows: Iterable[OldRow]) -> tuple[list[OldRow], list[Doubt]]:
    """Return the rows whose number stands once; of rows that are the same throughout, the first."""
    by_number: dict[CaseNumber, list[OldRow]] = defaultdict(list)
    for row in rows:
        by_number[row.number].append(row)
    single, doubts = list[OldRow](), list[Doubt]()
    for number, found in by_number.items():
        if len({row.text for row in found}) == 1:
            single.append(found[0])
            doubts += [Doubt(row.place, f"sama persis dengan {found[0].place}; dilewati") for row in found[1:]]
            continue
        places = "; ".join(str(row.place) for row in found)
        fact = f"nomor {number} dipakai {len(found)} baris yang berlainan ({places})"
        doubts += [Doubt(row.place, fact, "Tentukan mana yang bernomor itu.", refuses=True) for row in found]
    return single, [*doubts, *_alike(single)]


def _alike(rows: Sequence[OldRow]) -> Iterator[Doubt]:
    """Yield which rows tell the same of the same people on the same day under another number."""
    seen: dict[tuple[object, ...], OldRow] = {}
    for row in rows:
        told = [str(row.register.get(name, "")) for name in ("pelapor", "terlapor", "perihal")]
        if row.day is None or not (told[0] and told[2]):
            continue
        first = seen.setdefault((row.day, *told), row)
        if first is not row:
            yield Doubt(row.place, f"isinya sama dengan {first.place} (nomor {first.number}), nomornya lain")


def _new(rows: Sequence[OldRow], there: Mapping[CaseNumber, str]) -> tuple[list[OldRow], int, list[Doubt]]:
    """Return the rows that have no case yet, how many are there as they are, and what is said of the others."""
    new, same, doubts = list[OldRow](), 0, list[Doubt]()
    for row in rows:
        known = there.get(row.number)
        if known is None:
            new.append(row)
        elif known == sha256(row.text).hexdigest():
            same += 1
        elif known:
            doubts.append(Doubt(row.place, f"{row.number} sudah diambil alih dengan isi lain", _AS_IT_IS))
        else:
            fact = f"nomor {row.number} sudah dipakai perkara kantor ini"
            doubts.append(Doubt(row.place, fact, "Nomor yang terpakai tidak diberikan lagi.", refuses=True))
    return new, same, doubts


def _fitting(
    rows: Sequence[OldRow], choices: Choices, years: Mapping[int, YearThere], this_year: int
) -> tuple[list[OldRow], list[Doubt]]:
    """Return the rows whose numbers may be taken over, and what stands against the others."""
    fitting, doubts = list[OldRow](), list[Doubt]()
    held, closed = Counter[int](), Counter[int]()
    for row in rows:
        year, here = row.number.year, years.get(row.number.year, YearThere())
        if here.closed:
            closed[year] += 1
            continue
        told_before = ranges.lies_in(row.number.serial, (*here.gaps, *here.old))
        if row.number.serial <= here.highest and not told_before and here.is_ours:
            fact = f"nomor {row.number} pernah diberikan kantor ini, dan mapnya tidak ada"
            doubts.append(Doubt(row.place, fact, "Jalankan `yankomas verify`.", refuses=True))
        elif row.number.serial > here.highest and (year == this_year or here.is_ours) and not choices.goes_on:
            held[year] += 1
        else:
            fitting.append(row)
    for year, count in closed.items():
        fact = f"{count} baris bernomor tahun {year}, yang registernya sudah ditutup"
        doubts.append(Doubt(Place(""), fact, "Yang sudah ditutup tidak ditambahi; lewati baris itu.", refuses=True))
    for year, count in held.items():
        fact = f"{count} baris bernomor tahun {year}, yang deretnya berjalan di sini"
        remedy = "Bila surat baru memang bernomor sesudahnya, nyatakan (--teruskan)."
        doubts.append(Doubt(Place(""), fact, remedy, refuses=True))
    return fitting, doubts


def _with_state(rows: list[OldRow], choices: Choices) -> tuple[list[OldRow], list[Doubt]]:
    """Return the rows of which it is known whether they ended, by the book or by the person."""
    unsaid = [row for row in rows if row.ended is None]
    if choices.state or not unsaid:
        return rows, []
    fact = f"{len(unsaid)} baris tidak mengatakan apakah perkaranya selesai (yang pertama: {unsaid[0].place})"
    remedy = "Nyatakan bagi semuanya: selesai, atau berjalan (--keadaan)."
    return [row for row in rows if row.ended is not None], [Doubt(Place(""), fact, remedy, refuses=True)]


def _year_plans(rows: Sequence[OldRow], years: Mapping[int, YearThere], this_year: int) -> Iterator[YearPlan]:
    by_year: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_year[row.number.year].append(row.number.serial)
    for year, serials in sorted(by_year.items()):
        here = years.get(year, YearThere())
        # What our own numbers lack is no gap of the old book.
        own = here.highest if here.is_ours else 0
        missing = ranges.gaps([*serials, *here.serials], above=own)
        raises = max(serials) if max(serials) > here.highest and (year == this_year or here.is_ours) else 0
        yield YearPlan(year, len(serials), min(serials), max(serials), missing, ranges.runs(serials), raises)


def _wide(year: YearPlan, gap: Run) -> Doubt:
    fact = f"tahun {year.year}: nomor {gap[0]} sampai {gap[1]} tidak ada di buku"
    return Doubt(Place(""), fact, "Bila itu salah tulis, betulkan nomornya; bila tidak, menjadi celah buku lama.")
