"""Who complains: from blocks of labels, tables, numbered lists, sentences, or the signature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from pipeline.reading.elsewhere import Person, completed
from pipeline.reading.fields import Field
from pipeline.reading.identity import birth_field, from_pairs, name_field, value_field
from pipeline.reading.introductions import introduced, introduced_together, particulars, told_of
from pipeline.reading.labels import Pair
from pipeline.reading.layout import MARK, Layout
from pipeline.reading.names import FULL_NAME, is_name
from pipeline.reading.sheet import Row
from pipeline.reading.signature import signers
from pipeline.reading.tables import people_in_table
from pipeline.reading.vocabulary import fold

_PERSONAL = {"nama", "nik", "ttl", "tempat_lahir", "tanggal_lahir", "umur", "pekerjaan", "alamat", "telepon", "lain"}
_LISTED = re.compile(rf"(?:Nama\s*:?\s*)?({FULL_NAME})\s*(?=[,;(]|$)")
_SENDER = re.compile(rf"\s*({FULL_NAME})\s*(?=[,<(]|$)", re.M)
_INLINE = re.compile(r",\s*(?:NIK|nik|umur|usia|agama|lahir|pekerjaan|alamat)\b")
_PLACE_AND_DAY = re.compile(r"(?<!\w)[A-Z][A-Za-z]+(?: [A-Z][a-z]+){0,2}\s*[,/]\s*\d{1,2}[ ./-][\w ./-]{3,12}\d{2}\W*$")
_INTRODUCES = re.compile(r"bertanda\s*tangan|identitas|pelapor|pengadu|\bkami\b[^.:]{0,90}:\s*$", re.I)
#: What stands before a list of those complained of.
_AGAINST = re.compile(r"\b(?:terhadap|atas|mengadukan|melaporkan|terlapor|teradu|diadukan)\b[^.:]{0,60}[:.]?\s*$", re.I)


def complainants(layout: Layout, kuasa_names: frozenset[str] = frozenset()) -> tuple[Mapping[str, Field | None], ...]:
    """Return those who complain, in the letter's order, each with what is known of him or her.

    ``kuasa_names`` are persons who act for a complainant and are not complainants themselves.
    """
    in_sentence = partial(_from_sentence, but_not=kuasa_names)
    for find in (_from_list, _from_blocks, _from_table, in_sentence, _from_sender, _from_signature):
        people = [p for p in find(layout) if _known(p) and str(_nilai(p)) not in kuasa_names]
        if people:
            return tuple(completed(layout, people, kuasa_names))
    return ()


def _nilai(person: Mapping[str, Field | None]) -> str:
    name = person["nama"]
    return str(name.best.nilai) if name else ""


def _known(person: Mapping[str, Field | None]) -> bool:
    return person["nama"] is not None


def _from_blocks(layout: Layout) -> list[Person]:
    """Blocks of labels; a second *Nama* begins a new person, and a gap of more than four rows ends a block."""
    groups: list[list[Pair]] = []
    named = False
    before = -9
    for index, pair in sorted(layout.pairs.items()):
        if pair.kind not in _PERSONAL or index < layout.body - 1 or index >= layout.ending:
            continue
        if layout.sections.get(index) in ("terlapor", "saksi", "korban", "lampiran", "permintaan"):
            continue
        names = pair.kind == "nama" and pair.end > pair.start
        if (names and named) or index - before > 4:
            groups.append([])
            named = False
        named = named or names
        before = index
        groups[-1].append(pair)
    kept = [g for g in groups if len(g) > 1 or len(groups) > 1]
    people = [_told(layout, _born(layout, _named(layout, from_pairs(layout, g), g[0]), g), g) for g in kept]
    return [p for p in people if p["nama"] is not None]


def _named(layout: Layout, person: Person, first: Pair) -> Person:
    """Give a block whose label *Nama* could not be read the name that stands in the row above it."""
    if person["nama"] is None and first.row.index > 0:
        cell = layout.sheet.rows[first.row.index - 1].cells[-1]
        if abs(cell.x0 - first.column) < 0.08 and is_name(layout.sheet.text[cell.start : cell.end]):
            person["nama"] = name_field(layout, cell.start, cell.end, 0.6, "baris di atas keterangan pelapor")
    return person


def _born(layout: Layout, person: Person, block: list[Pair]) -> Person:
    """Give a block whose label of the birth could not be read what stands in it as *Manna, 12-03-1979*."""
    if person["ttl"] is None:
        for row in layout.sheet.rows[block[0].row.index + 1 : block[-1].row.index]:
            birth = _PLACE_AND_DAY.search(row.text) if row.index not in layout.pairs else None
            if birth:
                reason = "tempat dan tanggal di antara keterangan pelapor"
                person["ttl"] = birth_field(layout, row.start + birth.start(), row.end, 0.7, reason)
    return person


def _told(layout: Layout, person: Person, block: list[Pair]) -> Person:
    """Give a person whose label *Nama* is followed by a sentence (*nama: A, umur …, pekerjaan …*) what it tells."""
    pair = next((p for p in block if p.kind == "nama" and p.end > p.start), None)
    goes_on = _INLINE.search(layout.sheet.flow, pair.start, pair.end + 1) if pair else None
    if pair is None or goes_on is None:
        return person
    told = particulars(layout, goes_on.start(), min(layout.offset(layout.ending), pair.start + 420))
    return {key: field or told[key] for key, field in person.items()}


def _from_table(layout: Layout) -> list[Person]:
    return people_in_table(layout)


def _from_list(layout: Layout) -> list[Person]:
    """Numbered rows after *yang bertanda tangan*: ``1. Hermansyah, umur 42 tahun, eks Sekretaris Desa;``."""
    rows = layout.sheet.rows
    marks: list[tuple[Row, re.Match[str]]] = []
    for row in rows[layout.body : min(layout.body + 24, layout.ending)]:
        mark = MARK.match(layout.sheet.text, row.start)
        name = _LISTED.match(layout.sheet.text, mark.end()) if mark else None
        if mark and name and re.match(r"\W*\d", row.text) and (not marks or row.index - marks[-1][0].index <= 4):
            marks.append((row, name))
        elif marks and row.index - marks[-1][0].index > 3:
            break
    if (
        len(marks) < 2
        or (any(n[0].startswith("Nama") for _, n in marks) and not _INLINE.search(marks[0][0].text))
        or not _INTRODUCES.search(before := _before(layout, marks[0][0].start))
        or _AGAINST.search(before)
    ):
        return []
    people = []
    for (row, name), following in zip(marks, [*marks[1:], None], strict=True):
        end = following[0].start if following else _list_end(layout, row.index)
        person = particulars(layout, name.end(), end)
        person["nama"] = name_field(layout, name.start(1), name.end(1), 0.9, "daftar pelapor bernomor")
        if person["pekerjaan"] is None:
            person["pekerjaan"] = _last_part(layout, name.end(), end)
        people.append(person)
    return _with_shared_first(people)


def _before(layout: Layout, offset: int) -> str:
    return layout.sheet.flow[max(0, offset - 260) : offset]


def _list_end(layout: Layout, index: int) -> int:
    rows = layout.sheet.rows
    for row in rows[index : index + 4]:
        if row.text.rstrip().endswith((".", ";")):
            return row.end
    return rows[index].end


def _last_part(layout: Layout, start: int, end: int) -> Field | None:
    """Return the last part of a list item as an occupation, if it says nothing else."""
    text = layout.sheet.flow[start:end]
    part = re.search(r",\s*([^,;.:]*[a-z][^,;.:]*)[;.,]?\s*$", text)
    if part is None or re.search(r"\d{2}|umur|alamat|NIK", part[1]):
        return None
    return value_field(layout, start + part.start(1), start + part.end(1), 0.6, "bagian akhir baris daftar pelapor")


def _from_sentence(layout: Layout, but_not: frozenset[str]) -> list[Person]:
    start = layout.offset(max(0, layout.body - 1))
    end = min(layout.offset(layout.ending), start + 1500)
    people = introduced_together(layout, start, min(end, start + 900), but_not)
    if people:
        return people
    person = introduced(layout, start, end, but_not=but_not)
    return [person] if person else []


def _from_sender(layout: Layout) -> list[Person]:
    """Read the line *Dari: …* in the head of a note or an e-mail, with what stands beside and below it."""
    for index, pair in layout.pairs.items():
        name = _SENDER.match(layout.sheet.text, pair.start) if pair.kind == "pengirim" else None
        if name and index <= layout.body and is_name(name[1]):
            person = particulars(layout, name.end(), layout.offset(min(index + 4, layout.ending)))
            person["nama"] = name_field(layout, name.start(1), name.end(1), 0.8, f"baris berlabel '{pair.label}'")
            return [person]
    return []


def _from_signature(layout: Layout) -> list[Person]:
    start, end = layout.offset(layout.body), layout.offset(layout.ending)
    head = fold(" ".join(r.text for r in layout.head_rows[:2] if r.index not in layout.pairs))
    signed = signers(layout)
    names = [name for name in signed if fold(name.best.teks) not in head] or signed
    people = [told_of(layout, name, start, min(end, start + 1200), names) for name in names]
    return _with_shared_first(people)


def _with_shared_first(people: list[Person]) -> list[Person]:
    """Give what is said once behind the last of several (*semuanya beralamat di …*) to the first."""
    for key in ("alamat", "telepon"):
        if len(people) > 1 and people[-1][key] and not any(p[key] for p in people[:-1]):
            people[0][key], people[-1][key] = people[-1][key], None
    return people
