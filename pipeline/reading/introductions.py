"""People who are introduced: in a sentence (*Saya …, umur 40 tahun, beralamat di …*), or as the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.reading.fields import Field
from pipeline.reading.identity import (
    FULL_NAME,
    PHONE,
    Person,
    age_field,
    birth_field,
    empty,
    is_name,
    name_field,
    nik,
    plain,
    telephone,
    value_field,
)
from pipeline.reading.labels import kind_of
from pipeline.reading.layout import Layout
from pipeline.reading.sheet import Cell, Row
from pipeline.reading.vocabulary import Pattern


def _pattern(shape: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    return Pattern("introductions", shape, flags)


_NEXT = r"(?=\s*(?:[,;.(]?\s*<next>\b|[;]|<!abbreviations>(?<!\b[A-Z])\.\s|$))"
#: The writer speaking of himself, not of *suami saya*.
_SELF = r"(?:\b[SK]|(?:(?<![a-z] )|(?<=\bini )|(?<=hormat ))\b[sk])(?:aya|ami)"
#: Words between *saya* and *bernama*; none that turns to somebody else.
_OF_SELF = r"(?!\b(?:<not_self>|me(?!<writes>)[a-z]{5,})\b)[^\s.:;]+\s+"
_INTRODUCED = (
    _pattern(rf"(?:<names_me>|<lets_know>,? (?:nama )?saya)\s*:?\s*({FULL_NAME})"),
    _pattern(
        r"bertanda\s*tangan(?:\s+di\s*bawah(?:\s+ini)?)?\s*[,:]?\s*(?:[Ss]aya\s*,?\s*)?(?:[Nn]ama\s*:?\s*)?"
        rf"({FULL_NAME})(?![\w'’])(?!\s*[:;])"
    ),
    _pattern(rf"<on_behalf>\s*:?\s*(?:<client>,? )?({FULL_NAME})"),
    _pattern(rf"<greeted>,?\s*:?\s*(?:[Ss]aya|[Kk]ami),?\s+(?:(?:yang\s+)?bernama\s+)?({FULL_NAME})"),
    _pattern(rf"{_SELF},?\s+(?:{_OF_SELF}){{1,12}}?(?:ber)?<name>\s*:?\s+({FULL_NAME})"),
    _pattern(rf"<ours> kami,?\s+({FULL_NAME})"),
    _pattern(rf"{_SELF},?\s+({FULL_NAME})(?=\s*[,(]|\s+<after_own_name>)"),
)
#: A name in small letters, as hasty writers put it: from *nama* to the next particular.
_SMALL_NAME = _pattern(
    rf"(?:(?<!\w){_SELF}\s+(?:{_OF_SELF}){{0,6}}?|\bini\s+(?:saya\s+)?|^\W*)(?:ber)?<name>(?:\s+saya)?\s*:?\s+"
    r"([a-z][a-z']+(?:\s+(?!<after_small_name>\b)[a-z][a-z']+){0,3})(?=\s*,|\s+<after_small_name>\b)",
    re.I,
)
_NO_PERSON = _pattern("<no_person>")
_TOGETHER = _pattern(rf"<together>\W+(?:[a-z]+\s)?({FULL_NAME}(?:(?:,\s*(?:dan\s+)?|\s+dan\s+){FULL_NAME})+)")
_NAME = _pattern(FULL_NAME)
_CHARGES = _pattern(r"\b<charges>\b[^.]*$", re.I)
_JOB = _pattern(rf"\b<work>\s*:?\s+(?:<work_as>\s+)?([^,;.]+?){_NEXT}")
_HOME = _pattern(rf"(?:<home>|warga(?= [A-Z]))\s*:?\s*(?:di\s+)?(<home_above>|(?:<street>|[A-Z])[^;]*?){_NEXT}")
_BORN = _pattern(r"\b<born>\s+(?:di\s+)?(?=[A-Z])")
_AGE = _pattern(r"\b<age>(?:\s+<whose_age>)?\s*:?\s*(?=\d)|^[^.;]{0,80}?[,(]\s*(?:[a-z]{3,6}\s+)?(?=\d\d <years>\b)")
_NIK = _pattern(r"\b<nik>\b(?: <whose_nik>)?\s*[:.]?\s*(?=[\dOIl])")
_AFTER_NAME = _pattern(
    r"\s*(?:\(\d\d <years>\.?\))?\s*,?\s*\(?\s*([a-z][^,;.()]*?(?:, [a-z][a-z ]+(?=\)))?)\s*[,)](?=\s)"
)
_ROLE = _pattern(r",\s*(<posts>\b[^,;.]*?)(?=,|\s+anggota kami|;|\.)")
#: Parts of an introduction that say something else than what the person does.
_NO_JOB = _pattern(r"^(?:<no_work>|<no_work_words>\b|ibu(?! rumah)|\d)", re.I)
_BETWEEN = re.compile(r"(?<=,)\s+([^,;.()]{3,60})(?=,)")
#: Where the introduction ends and the telling begins.
_TELLS = _pattern(r"(?:<tells>|me[a-z]{4,})\b", re.I)
#: So many parts between commas are looked at.
_PARTS = 4
#: Letters within which an introduction says what it has to say.
_INTRODUCTION = 520
#: Letters within which are looked for: all that is told of one named elsewhere, a charge before several names, and
#: behind its word a NIK, a birth, an age; behind a name what the person does, a post, parts between commas.
_TOLD_OF, _CHARGED, _NIK_WITHIN, _BIRTH_WITHIN, _AGE_WITHIN = 420, 70, 24, 45, 12
_BEHIND_NAME, _POST_WITHIN, _PARTS_WITHIN = 90, 150, 170
#: Rows of the body in which a table begins, and letters before it that say whom it lists.
_TABLE_ROWS, _LED_TO_TABLE = 25, 160
_NUMBER = re.compile(r"\W*\d{1,2}\s*[.!|]?\s*(?:\t|\s|$)")
_WORK = _pattern("<work_columns>", re.I)
_LEADING = _pattern(rf"\W*(?:\d{{1,2}}\W+)?({FULL_NAME})")
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
#: The column of numbers, close to the one of names.
_COUNTED = _pattern(r"^\W*(?:<number_columns>\b\.?|\d{1,2}[.)]?)\s+(?=\w)", re.I)
_HEADINGS = re.compile(r"\s*/\s*|\s+dan\s+")
#: Where a name, and an address, ends within its cell.
_NAME_ENDS = re.compile(r",|\bNIK\b|\s\d")
_HOME_ENDS = _pattern(r",?\s*<telephone_in_cell>\b|,?\s*(?=\b08\d\d)")
#: What leads to a table of those complained of.
_AGAINST = _pattern(r"\b<table_against>\b[^.]*$", re.I)
#: From where a column begins to the next, and how far a cell may stand left of its heading; parts of the page's width.
_BESIDE, _LEFT_OF = 0.02, 0.03
Column = tuple[float, frozenset[str]]


def introduced(
    layout: Layout, start: int, end: int, sure: float = 0.88, but_not: frozenset[str] = frozenset()
) -> Person | None:
    """Return the person introduced between two offsets, or ``None``; ``but_not`` are names of others."""
    for pattern in _INTRODUCED:
        for match in pattern.finditer(layout.sheet.flow, start, end):
            first, last = match.start(1), _end_of_name(layout, *match.span(1))
            name = layout.sheet.flow[first:last].strip()
            if layout.sheet.row_at(first).index in layout.headings or plain(name) in but_not:
                continue
            if is_name(name) or (" " in name and not _NO_PERSON.match(name)):
                person = _presented(layout, first, last, end, sure)
                person["pekerjaan"] = person["pekerjaan"] or _apposition(layout, last)
                return person
    small = _SMALL_NAME.search(layout.sheet.flow, start, end)
    return _presented(layout, *small.span(1), end, 0.7) if small and is_name(small[1].title()) else None


def _end_of_name(layout: Layout, start: int, end: int) -> int:
    """Return where a name ends that begins at an offset and may go on below: with its row, if that was not wrapped."""
    row = layout.sheet.row_at(start)
    return end if layout.reaches_margin(row) else min(end, row.end)


def _presented(layout: Layout, first: int, last: int, end: int, sure: float) -> Person:
    """Return the person whose name stands between two offsets, with what the next words tell."""
    person = particulars(layout, last, min(end, last + _INTRODUCTION))
    person["nama"] = name_field(layout, first, last, sure, "diperkenalkan dalam kalimat")
    return person


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)


def told_of(layout: Layout, name: Field, start: int, end: int, names: Iterable[Field] = ()) -> Person:
    """Return what the text says of one whose name is known from elsewhere, where it first names him or her.

    It ends where the next of the *names* begins.
    """
    sheet, known = layout.sheet, str(name.best.nilai)
    match = _named(known).search(sheet.flow, start, end)
    if match is None:
        return {**empty(), "nama": name}
    whole = _NAME.match(sheet.flow, match.start(), end)
    last = max(match.end(), _end_of_name(layout, *whole.span())) if whole and is_name(whole[0]) else match.end()
    others = [_named(str(n.best.nilai)).search(sheet.flow, last, end) for n in names if n is not name]
    end = min([end, last + _TOLD_OF, *(m.start() for m in others if m)])
    person = particulars(layout, last, end)
    person["pekerjaan"] = person["pekerjaan"] or _apposition(layout, last)
    person["nama"] = name
    if last > match.end():
        longer = name_field(layout, match.start(), last, 0.8, "nama di bawah tanda tangan, lengkap dalam surat")
        person["nama"] = longer or name
    return person


def introduced_together(layout: Layout, start: int, end: int, but_not: frozenset[str] = frozenset()) -> list[Person]:
    """Return several persons named in a row (*masing-masing A, B dan C, semuanya warga …*), or an empty list.

    A row in which one of ``but_not`` stands names others: the lawyers; so does one that a charge leads to.
    """
    sheet = layout.sheet
    for match in _TOGETHER.finditer(sheet.flow, start, end):
        spans = [m.span() for m in _NAME.finditer(match[1])]
        named = [(match.start(1) + a, match.start(1) + b) for a, b in spans]
        if any(plain(sheet.flow[a:b]) in but_not for a, b in named):
            continue
        if _CHARGES.search(sheet.flow, max(layout.offset(layout.body), match.start() - _CHARGED), match.start()):
            continue
        if all(is_name(sheet.flow[a:b]) for a, b in named):
            people = [empty() for _ in named]
            for person, (a, b) in zip(people, named, strict=True):
                person["nama"] = name_field(layout, a, b, 0.82, "disebut bersama dalam kalimat pembuka")
            return people
    return []


def particulars(layout: Layout, start: int, end: int) -> Person:
    """Return what a sentence says of a person: NIK, birth, age, work, address, telephone."""
    flow, person = layout.sheet.flow, empty()
    if m := _NIK.search(flow, start, end):
        person["nik"] = nik(layout, m.end(), min(end, m.end() + _NIK_WITHIN), "setelah kata 'NIK' dalam kalimat")
    if m := _BORN.search(flow, start, end):
        person["ttl"] = birth_field(
            layout, m.end(), min(end, m.end() + _BIRTH_WITHIN), 0.85, "setelah kata 'lahir' dalam kalimat"
        )
    if m := _AGE.search(flow[start:end]):
        person["umur"] = age_field(
            layout, start + m.end(), min(end, start + m.end() + _AGE_WITHIN), 0.85, "setelah kata 'umur' dalam kalimat"
        )
    if m := _JOB.search(flow, start, end):
        person["pekerjaan"] = value_field(layout, m.start(1), m.end(1), 0.82, "setelah kata 'pekerjaan' dalam kalimat")
    if m := _HOME.search(flow, start, end):
        stop = layout.sheet.before_next_item(*m.span(1))
        person["alamat"] = value_field(layout, m.start(1), stop, 0.8, "alamat dalam kalimat")
    person["telepon"] = telephone(layout, start, end, "nomor telepon dalam kalimat", 0.85)
    return person


def _apposition(layout: Layout, after: int) -> Field | None:
    """Return the occupation that stands between commas behind a name (*Saya Budi, 40 tahun, tukang kayu, …*)."""
    flow = layout.sheet.flow
    match = _AFTER_NAME.match(flow, after, after + _BEHIND_NAME)
    if match and not _NO_JOB.match(match[1]) and len(match[1].split()) <= 6:
        return value_field(layout, match.start(1), match.end(1), 0.6, "keterangan di belakang nama")
    if role := _ROLE.search(flow, after, after + _POST_WITHIN):
        return value_field(layout, role.start(1), role.end(1), 0.6, "keterangan jabatan di belakang nama")
    for part in list(_BETWEEN.finditer(flow, after, after + _PARTS_WITHIN))[:_PARTS]:
        if _TELLS.match(part[1]):
            break
        if not _NO_JOB.match(part[1]) and len(part[1].split()) <= 5:
            return value_field(layout, part.start(1), part.end(1), 0.55, "keterangan di belakang nama")
    return None


def people_in_table(layout: Layout, *, against: bool = False) -> list[Person]:
    """Return those in the first table headed *No | Nama | …*, or an empty list.

    ``against``: in the first such table that *mengadukan* or *terhadap* leads to; else in the first of the others.
    """
    sheet = layout.sheet
    for row in sheet.rows[max(0, layout.body - 2) : min(layout.body + _TABLE_ROWS, layout.last)]:
        columns = _columns(row)
        if columns and against == bool(_AGAINST.search(sheet.flow, max(0, row.start - _LED_TO_TABLE), row.start)):
            return [p for group in _groups(layout, row, columns) if (p := _person(layout, columns, group))["nama"]]
    return []


def _columns(row: Row) -> tuple[Column, ...]:
    cells = [(c, row.text_of(c)) for c in row.cells]
    columns = tuple((c.x0, _kinds(text)) for c, text in cells)
    named = sum("nama" in kinds for _, kinds in columns)
    return columns if named == 1 and len(columns) >= 3 and sum(bool(k) for _, k in columns) >= 2 else ()


def _kinds(heading: str) -> frozenset[str]:
    found = {kind_of(part) for part in _HEADINGS.split(_COUNTED.sub("", heading))}
    if _WORK.search(heading):
        found.add("pekerjaan")
    return frozenset(k for k in found if k)


def _groups(layout: Layout, head: Row, columns: tuple[Column, ...]) -> list[list[Row]]:
    """Return the table's rows by person: what stands left of the names (a number, however read) begins the next."""
    names = next(x0 for x0, kinds in columns if "nama" in kinds)
    groups: list[list[Row]] = []
    for row in layout.sheet.rows[head.index + 1 : layout.ending]:
        beside = len(row.cells) > 1 and row.x0 < names - _BESIDE and len(row.text.split()[0]) < 4
        if beside or _NUMBER.match(row.text):
            groups.append([row])
        elif groups and (len(row.cells) >= 2 or (len(groups[-1]) < 4 and row.x0 > head.x0 + 0.08)):
            groups[-1].append(row)
        elif groups:
            break
    return groups


def _person(layout: Layout, columns: tuple[Column, ...], rows: list[Row]) -> Person:
    person = empty()
    for position, (x0, kinds) in enumerate(columns):
        right = columns[position + 1][0] - _BESIDE if position + 1 < len(columns) else 1.0
        cells = [c for row in rows for c in row.cells if x0 - _LEFT_OF <= c.x0 < right]
        if cells and kinds:
            _fill(layout, person, kinds, cells)
    if person["nama"] is None and (match := _LEADING.match(layout.sheet.text, rows[0].start)):
        person["nama"] = name_field(layout, match.start(1), match.end(1), 0.7, "baris tabel pelapor")
    number = _SIXTEEN.search(layout.sheet.text, rows[0].start, rows[-1].end)
    if number and person["nik"] is None and any("nik" in kinds for _, kinds in columns):
        person["nik"] = nik(layout, number.start(), number.end(), "baris tabel pelapor", 0.8)
    if person["telepon"] is None and any("telepon" in kinds for _, kinds in columns):
        person["telepon"] = telephone(layout, rows[0].start, rows[-1].end, "baris tabel pelapor", 0.75)
    return person


def _fill(layout: Layout, person: Person, kinds: frozenset[str], cells: list[Cell]) -> None:
    sheet = layout.sheet
    text = " ".join(sheet.printed(c.start, c.end) for c in cells)
    reason = "kolom tabel pelapor"
    start, end = cells[0].start, cells[-1].end
    if "nik" in kinds:
        person["nik"] = next((f for c in cells if (f := nik(layout, c.start, c.end, reason, 0.9))), None)
    if "telepon" in kinds:
        person["telepon"] = _split_phone(layout, cells, text, reason)
    if "nama" in kinds:
        number = _COUNTED.match(text)
        first = number.end() if number else 0
        name = _NAME_ENDS.split(text[first:])[0]
        last = start + first + len(name)  # beyond the first cell the name goes on below, beside other columns
        person["nama"] = name_field(layout, start + first, last if last <= cells[0].end else end, 0.88, reason, name)
    if "pekerjaan" in kinds:
        person["pekerjaan"] = value_field(layout, start, end, 0.85, reason, text)
    if "umur" in kinds:
        person["umur"] = age_field(layout, cells[0].start, cells[0].end, 0.85, reason)
    if "alamat" in kinds:
        home = _HOME_ENDS.compiled.split(text)[0]
        person["alamat"] = value_field(layout, start, end, 0.82, reason, home)


def _split_phone(layout: Layout, cells: list[Cell], text: str, reason: str) -> Field | None:
    """Return a telephone number that may go on in the next line of its cell."""
    match = PHONE.search(text)
    if match is None:
        return None
    start = next((c.start for c in cells if telephone(layout, c.start, c.end, reason)), cells[-1].start)
    number = re.sub(r"\D", "", match[0])
    return Field((layout.sheet.candidate(start, cells[-1].end, 0.8, reason, number, match[0].strip()),))
