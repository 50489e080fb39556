"""Who complains: from blocks of labels, tables, numbered lists, sentences, or the signature.

What one place leaves out (a telephone, a shared address, the name as it is signed) is taken from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise

from pipeline.reading.fields import Field
from pipeline.reading.identity import (
    FULL_NAME,
    Person,
    birth_field,
    from_pairs,
    is_name,
    name_field,
    plain,
    telephone,
    value_field,
)
from pipeline.reading.introductions import introduced, introduced_together, particulars, people_in_table, told_of
from pipeline.reading.labels import Pair
from pipeline.reading.layout import MARK, Layout
from pipeline.reading.sheet import Row
from pipeline.reading.signatories import signers
from pipeline.reading.vocabulary import Pattern, distance, fold

_PERSONAL = {"nama", "nik", "ttl", "tempat_lahir", "tanggal_lahir", "umur", "pekerjaan", "alamat", "telepon", "lain"}
_LISTED = Pattern("complainants", rf"(?:Nama\s*:?\s*)?({FULL_NAME})[ \t]*(?=[,;(]|$)", re.M)
_SENDER = Pattern("complainants", rf"\s*({FULL_NAME})\s*(?=[,<(]|$)", re.M)
_INLINE = Pattern("complainants", r",\s*<particular>\b")
#: What begins the row below a name.
_TOLD_NEXT = Pattern("complainants", r"\W*<particular>\b", re.I)
_PLACE_AND_DAY = re.compile(r"(?<!\w)[A-Z][A-Za-z]+(?: [A-Z][a-z]+){0,2}\s*[,/]\s*\d{1,2}[ ./-][\w ./-]{3,12}\d{2}\W*$")
_INTRODUCES = Pattern("complainants", r"<introduces>", re.I)
_WE = re.compile(r"\bkami\b[^.:]{0,90}:\s*$", re.I)
#: What stands before a list of wishes: *kami minta:*, *permohonan kami:*
_WISHED = Pattern("complainants", r"\b(?:<matter.wishes>|<matter.asks>)\b[^.:]{0,90}:\s*$", re.I)
#: What stands before a list of those complained of.
_AGAINST = Pattern("complainants", r"\b<against>\b[^.:]{0,60}[:.]?\s*$", re.I)
_CONTACT = Pattern("complainants", r"<contact>|nomor [\w ]{2,20} (?=0\d)|<contact_words>\b|nomor\W*$", re.I)
_SHARED_HOME = Pattern("complainants", r"<all_of_them>?\s*<live>\s+", re.I)
#: A particular that a list's item ends with says what the person does, unless it says one of these.
_NO_WORK = re.compile(r"\d{2}|umur|alamat|NIK")
#: Rows: between the labels of one person, and of the body in which a list of complainants begins.
_BLOCK_GAP, _LIST_ROWS = 4, 24
#: Letters: before such a list that say whom it lists; of the opening in which somebody, several together, those who
#: signed, and a shared home are introduced; of what follows a name in a labelled row; of a home; and by which a
#: telephone number may go on in the next row.
_LED_TO_LIST, _OPENING, _TOGETHER, _SIGNERS_TOLD, _HOME_WITHIN = 260, 1500, 900, 1200, 1300
_TOLD_OF, _HOME_LETTERS, _NUMBER_GOES_ON = 420, 200, 40
#: A name without its label stands in the labels' column: this part of the page's width beside it at the most.
_SAME_COLUMN = 0.08
#: What is left of the confidence of a name that is signed otherwise than it is written above.
_SIGNED_OTHERWISE = 0.4
_LAST_PART = re.compile(r",\s*([^,;.:]*[a-z][^,;.:]*)[;.,]?\s*$")


def find_complainants(layout: Layout, kuasa_names: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Return those who complain, in the letter's order, each with what is known of him or her.

    ``kuasa_names`` are persons who act for a complainant and are not complainants themselves.
    """
    in_sentence = partial(_from_sentence, but_not=kuasa_names)
    for find in (_from_list, _from_blocks, people_in_table, in_sentence, _from_sender, _from_signature):
        people = [p for p in find(layout) if (name := p["nama"]) and str(name.best.nilai) not in kuasa_names]
        if people:
            return tuple(_completed(layout, people, kuasa_names))
    return ()


def _from_blocks(layout: Layout) -> list[Person]:
    """Blocks of labels; a second *Nama* begins a new person, and a gap of more than four rows ends a block."""
    groups: list[list[Pair]] = []
    for index, pair in sorted(layout.pairs.items()):
        if pair.kind not in _PERSONAL or index < layout.body - 1 or index >= layout.ending:
            continue
        if layout.sections.get(index) in ("terlapor", "saksi", "korban", "lampiran", "permintaan"):
            continue
        block = groups[-1] if groups else []
        goes_on = block and index - block[-1].row.index <= _BLOCK_GAP
        if not goes_on or (_names(pair) and any(map(_names, block))):
            groups.append([])
        groups[-1].append(pair)
    kept = [g for g in groups if len(g) > 1 or len(groups) > 1]
    people = [_told(layout, _born(layout, _named(layout, from_pairs(layout, g), g[0]), g), g) for g in kept]
    return [p for p in people if p["nama"] is not None]


def _names(pair: Pair) -> bool:
    return pair.kind == "nama" and pair.end > pair.start


def _named(layout: Layout, person: Person, first: Pair) -> Person:
    """Give a block whose label *Nama* could not be read the name that stands in the row above it."""
    if person["nama"] is None and first.row.index > 0:
        cell = layout.sheet.rows[first.row.index - 1].cells[-1]
        if abs(cell.x0 - first.column) < _SAME_COLUMN and is_name(layout.sheet.text[cell.start : cell.end]):
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
    pair = next(filter(_names, block), None)
    goes_on = _INLINE.search(layout.sheet.flow, pair.start, pair.end + 1) if pair else None
    if pair is None or goes_on is None:
        return person
    told = particulars(layout, goes_on.start(), min(layout.offset(layout.ending), pair.start + _TOLD_OF))
    return {key: field or told[key] for key, field in person.items()}


def _from_list(layout: Layout) -> list[Person]:
    """Numbered rows after *yang bertanda tangan*: ``1. Hermansyah, umur 42 tahun, eks Sekretaris Desa;``."""
    rows = layout.sheet.rows
    marks: list[tuple[Row, re.Match[str]]] = []
    for row in rows[layout.body : min(layout.body + _LIST_ROWS, layout.ending)]:
        if layout.sections.get(row.index, "pelapor") != "pelapor":
            continue
        mark = MARK.match(layout.sheet.text, row.start)
        name = _LISTED.match(layout.sheet.text, mark.end()) if mark else None
        if mark and name and re.match(r"\W*\d", row.text):
            marks.append((row, name))
        elif marks and row.index - marks[-1][0].index > 3:
            break
    first = marks[0][0] if marks else rows[0]
    before = layout.sheet.flow[max(0, first.start - _LED_TO_LIST) : first.start]
    if (
        len(marks) < 2
        or (any(n[0].startswith("Nama") for _, n in marks) and not _INLINE.search(marks[0][0].text))
        or not (_INTRODUCES.search(before) or (_WE.search(before) and not _WISHED.search(before)))
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


def _list_end(layout: Layout, index: int) -> int:
    rows = layout.sheet.rows
    for row in rows[index : index + 4]:
        if row.text.rstrip().endswith((".", ";")):
            return row.end
    return rows[index].end


def _last_part(layout: Layout, start: int, end: int) -> Field | None:
    """Return the last part of a list item as an occupation, if it says nothing else."""
    part = _LAST_PART.search(layout.sheet.flow[start:end])
    if part is None or _NO_WORK.search(part[1]):
        return None
    return value_field(layout, start + part.start(1), start + part.end(1), 0.6, "bagian akhir baris daftar pelapor")


def _from_sentence(layout: Layout, but_not: frozenset[str]) -> list[Person]:
    start = layout.offset(max(0, layout.body - 1))
    end = min(layout.offset(layout.ending), start + _OPENING)
    people = introduced_together(layout, start, min(end, start + _TOGETHER), but_not)
    if people:
        return people
    person = introduced(layout, start, end, but_not=but_not | _headings(layout, but_not))
    return [person] if person else []


def _headings(layout: Layout, kuasa_names: frozenset[str]) -> frozenset[str]:
    """Return what looks like names and is headings: rows in capitals above a labelled name, or that nobody signed."""
    names = {str(name.best.nilai) for name in signers(layout)} - kuasa_names
    signed = " ".join(names).lower().split()
    found = set()
    for row, below in pairwise(layout.sheet.rows[layout.body : layout.ending + 1]):
        if not row.text.isupper() or _TOLD_NEXT.match(below.text):
            continue
        name, pair = plain(row.text), layout.pairs.get(below.index)
        called = any(distance(word, other, 1) <= 1 for word in name.lower().split() for other in signed)
        if (pair and _names(pair)) or (signed and not called):
            found.add(name)
    return frozenset(found)


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
    people = [told_of(layout, name, start, min(end, start + _SIGNERS_TOLD), names) for name in names]
    return _with_shared_first(people)


def _with_shared_first(people: list[Person]) -> list[Person]:
    """Give what is said once behind the last of several (*semuanya beralamat di …*) to the first."""
    for key in ("alamat", "telepon"):
        if len(people) > 1 and people[-1][key] and not any(p[key] for p in people[:-1]):
            people[0][key], people[-1][key] = people[-1][key], None
    return people


def _completed(layout: Layout, people: list[Person], kuasa_names: frozenset[str]) -> list[Person]:
    """Give the first person a telephone or an address that stands elsewhere in the letter, for the whole group.

    A person alone also gets the name under the signature as a second candidate, where it is spelt otherwise.
    """
    first = people[0]
    if len(people) == 1:
        first["nama"] = _with_signature(layout, first["nama"], kuasa_names)
    if all(p["telepon"] is None for p in people):
        first["telepon"] = _contact(layout) or _beside_signature(layout, first) or _own_letterhead(layout, first)
    if len(people) > 1 and all(p["alamat"] is None for p in people):
        first["alamat"] = _shared_home(layout)
    return people


def _with_signature(layout: Layout, name: Field | None, kuasa_names: frozenset[str]) -> Field | None:
    if name is None:
        return None
    signed = [f.best for f in signers(layout) if str(f.best.nilai) not in kuasa_names]
    others = [replace(c, confidence=_SIGNED_OTHERWISE * c.confidence) for c in signed if c.nilai != name.best.nilai]
    return Field((*name.candidates, *others[:1]))


def _contact(layout: Layout) -> Field | None:
    sheet = layout.sheet
    for row in sheet.rows[layout.body : layout.last]:
        if _CONTACT.search(row.text):
            end = min(row.end + _NUMBER_GOES_ON, len(sheet.text))
            if found := telephone(layout, row.start, end, "nomor yang dapat dihubungi", 0.8):
                return found
    return None


def _beside_signature(layout: Layout, person: Person) -> Field | None:
    """Return the telephone that stands alone among the signatures, or in the row of the complainant's own name."""
    name = person["nama"]
    own = fold(str(name.best.nilai)) if name else ""
    for row in layout.tail_rows:
        alone = not re.search(r"[A-Za-z]{3}", row.text)
        if (alone or (own and own in fold(row.text))) and (
            found := telephone(layout, row.start, row.end, "nomor di bawah tanda tangan", 0.7)
        ):
            return found
    return None


def _own_letterhead(layout: Layout, person: Person) -> Field | None:
    """Return the telephone in a letterhead that carries the complainant's own name."""
    name = person["nama"]
    head = layout.sheet.rows[: min(4, layout.body)]
    if not head or name is None or fold(str(name.best.nilai)) not in fold(head[0].text):
        return None
    return telephone(layout, head[0].start, head[-1].end, "nomor di kepala surat pelapor sendiri", 0.7)


def _shared_home(layout: Layout) -> Field | None:
    start = layout.offset(max(0, layout.body - 1))
    end = min(layout.offset(layout.ending), start + _HOME_WITHIN)
    match = _SHARED_HOME.search(layout.sheet.flow, start, end)
    return particulars(layout, match.start(), min(end, match.end() + _HOME_LETTERS))["alamat"] if match else None
