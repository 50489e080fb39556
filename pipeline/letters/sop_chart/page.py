"""What stands around the table: the SOP's head, a case's line, its moves in order, the key to the signs."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from pipeline.cases.sop import Sop
from pipeline.drawing import ink
from pipeline.drawing.ink import text_width, wrapped
from pipeline.drawing.picture import Area, Item, Line, arrowhead, rectangle
from pipeline.letters.sop_chart.flow import Trail
from pipeline.office.wording import date_and_hour, long_date

FOOT, CASE_LINE = 15.0, 19.0
_PAD, _LABEL = 5.0, 90.0
_TITLE = 10.0
#: At most so many moves are listed, the newest; the journal has them all.
MOST_MOVES = 60
_COLUMNS, _GAP, _HANG = 3, 14.0, 13.0


def head(sop: Sop, left: float, right: float, top: float) -> tuple[list[Item], float]:
    """Return the head: the office and what the SOP is called, its number and dates, its legal basis; and its end."""
    first, second = left + (right - left) * 0.34, left + (right - left) * 0.64
    title = wrapped(sop.title.upper(), first - left - 2 * _PAD, _TITLE, bold=True)
    office = wrapped(sop.office.upper(), first - left - 2 * _PAD, ink.BODY, bold=True)
    room = right - second - 2 * _PAD - 10
    basis = [(n, line) for n, text in enumerate(sop.basis, start=1) for line in wrapped(text, room, ink.BODY)]
    facts = _facts(sop, second - first - 2 * _PAD - _LABEL)
    step = ink.BODY * ink.LEADING
    height = 2 * _PAD + max(
        len(title) * _TITLE * ink.LEADING + (len(office) + 1.6) * step, len(facts) * step, (len(basis) + 1) * step
    )
    middle, bottom = top + height / 2, top + height
    edges = ((left, first), (first, second), (second, right))
    items: list[Item] = [ink.frame(a, top, b, bottom) for a, b in edges]
    at = middle - (len(title) * _TITLE * ink.LEADING + (len(office) + 1.6) * step) / 2
    centre = (left + first) / 2
    items += ink.block(office, centre, at + len(office) * step / 2, ink.BODY, bold=True, middle=True)
    at += (len(office) + 0.6) * step
    items += ink.block(["STANDAR OPERASIONAL PROSEDUR"], centre, at + step / 2, ink.BODY, middle=True)
    at += step
    items += ink.block(title, centre, at + len(title) * _TITLE * ink.LEADING / 2, _TITLE, bold=True, middle=True)
    for n, (label, value) in enumerate(facts):
        y = top + _PAD + (n + 0.8) * step
        items.append(ink.words(first + _PAD, y, label, ink.BODY))
        items.append(ink.words(first + _PAD + _LABEL, y, value, ink.BODY, bold=True))
    items.append(ink.words(second + _PAD, top + _PAD + 0.8 * step, "DASAR HUKUM", ink.BODY))
    for n, (number, text) in enumerate(basis, start=1):
        y = top + _PAD + (n + 0.8) * step
        if n == 1 or basis[n - 2][0] != number:
            items.append(ink.words(second + _PAD, y, f"{number}.", ink.BODY))
        items.append(ink.words(second + _PAD + 10, y, text, ink.BODY))
    return items, bottom


def _facts(sop: Sop, room: float) -> list[tuple[str, str]]:
    total = sop.limit_to()
    parts = [f"{total.days} hari"] * bool(total.days) + [f"{total.minutes} menit"] * bool(total.minutes)
    facts = [
        ("NOMOR SOP", sop.number),
        ("TANGGAL PEMBUATAN", long_date(sop.established)),
        ("TANGGAL EFEKTIF", long_date(sop.effective)),
        ("NAMA SOP", sop.title),
        ("WAKTU SELURUHNYA", " ".join(parts)),
    ]
    return [
        (label if n == 0 else "", line)
        for label, value in facts
        for n, line in enumerate(wrapped(value, room, ink.BODY, bold=True))
    ]


def case_line(trail: Trail, left: float, right: float, top: float) -> Iterator[Item]:
    """Yield one line on a case: its number, where it stands, whom it waits for, until when, how late it is."""
    yield Area(rectangle(left, top, right, top + CASE_LINE - 4), fill=ink.HERE)
    y, edge = top + 10.2, right - 6
    when = f"per {date_and_hour(trail.at)}"
    edge -= text_width(when, ink.SMALL)
    yield ink.words(edge, y, when, ink.SMALL, colour=ink.WHITE)
    if trail.late:
        late = trail.late.upper()
        edge -= text_width(late, ink.BODY, bold=True) + 18
        yield Area(
            rectangle(edge - 12, top + 1.5, edge + text_width(late, ink.BODY, bold=True) + 5, top + 13.5), ink.WHITE
        )
        yield from ink.warning(edge - 9, y)
        yield ink.words(edge, y, late, ink.BODY, bold=True, colour=ink.LATE)
        edge -= 12
    number = f"Perkara {trail.number}"
    yield ink.words(left + 6, y, number, 8.0, bold=True, colour=ink.WHITE)
    start = left + 6 + text_width(number, 8.0, bold=True) + 12
    standing = [trail.state]
    if trail.awaits:
        standing.append(f"ditunggu: {', '.join(trail.awaits)}")
    if trail.due:
        standing.append(f"tenggat {date_and_hour(trail.due)}")
    yield ink.within(start, edge - 8, y, "  ·  ".join(standing), ink.BODY, colour=ink.WHITE)


def moves_of(trail: Trail, room: float) -> list[list[tuple[str, str]]]:
    """Return the moves as columns of lines, each line with its number if it is the first of a move."""
    width = (room - (_COLUMNS - 1) * _GAP) / _COLUMNS - _HANG
    listed = trail.visits[-MOST_MOVES:]
    lines: list[tuple[str, str]] = []
    if hidden := len(trail.visits) - len(listed):
        lines += [("", line) for line in wrapped(f"… {hidden} gerak sebelumnya ada dalam jurnal", width, ink.SMALL)]
    for visit in listed:
        text = f"{visit.at:%d-%m-%Y %H.%M}  {visit.lane}: {visit.label}"
        parts = wrapped(text, width, ink.SMALL)
        lines += [(str(visit.number) if n == 0 else "", part) for n, part in enumerate(parts)]
    each = ceil(len(lines) / _COLUMNS)
    return [lines[n : n + each] for n in range(0, len(lines), each)]


def moves_height(columns: list[list[tuple[str, str]]]) -> float:
    """Return how high the list of moves is, its title included."""
    return 20.0 + max(len(column) for column in columns) * ink.SMALL * 1.28


def moves(columns: list[list[tuple[str, str]]], left: float, right: float, top: float) -> Iterator[Item]:
    """Yield the list of moves."""
    yield ink.words(left, top + 10, "Jalan perkara: gerak menurut nomor di dalam kotak", ink.BODY, bold=True)
    width = (right - left - (_COLUMNS - 1) * _GAP) / _COLUMNS
    for n, column in enumerate(columns):
        x = left + n * (width + _GAP)
        for row, (number, text) in enumerate(column):
            y = top + 16 + (row + 0.8) * ink.SMALL * 1.28
            if number:
                yield ink.words(x, y, number, ink.SMALL, bold=True)
            yield ink.words(x + _HANG, y, text, ink.SMALL)


def foot(trail: Trail | None, left: float, bottom: float) -> Iterator[Item]:
    """Yield the key to the signs."""
    key = [("ends", "mulai, selesai"), ("box", "kegiatan"), ("decision", "putusan"), ("arrow", "arah alur")]
    if trail:
        key += [("way", "jalan perkara"), ("visit", "nomor gerak, tanggal terakhir")]
        key += [("dashed", "gerak di luar kotak SOP"), ("here", "perkara di sini"), ("late", "terlambat")]
    x, y = left, bottom - 2
    for kind, text in key:
        yield from _sample(kind, x, y - 2.2)
        x += 23
        yield ink.words(x, y, text, ink.SMALL)
        x += text_width(text, ink.SMALL) + 13


def _sample(kind: str, x: float, y: float) -> Iterator[Item]:
    corners = rectangle(x, y - 4.2, x + 18, y + 4.2)
    match kind:
        case "ends":
            yield Area(corners, ink.WHITE, ink.BLACK, 0.8, 4.2)
        case "decision":
            yield Area(((x, y), (x + 9, y - 5), (x + 18, y), (x + 9, y + 5)), ink.WHITE, ink.BLACK, 0.8)
        case "arrow":
            yield Line(((x, y), (x + 18, y)), ink.BLACK, 0.9)
            yield arrowhead(((x, y), (x + 18, y)), ink.BLACK)
        case "way":
            yield Line(((x + 2, y), (x + 16, y)), ink.MARKER, 6)
        case "visit":
            yield Area(corners, ink.MARKED, ink.BLACK, 0.8)
            yield ink.words(x + 9, y + 2.2, "2", ink.SMALL, bold=True, middle=True)
        case "dashed":
            yield Area(corners, ink.MARKED, ink.BLACK, 0.8, 3, dashed=True)
        case "here":
            yield Area(corners, ink.HERE, ink.BLACK, 1.4)
        case "late":
            yield from ink.warning(x + 8, y + 3, 7)
        case _:
            yield Area(corners, ink.WHITE, ink.BLACK, 0.8)
