"""The parts of a letter: head, body, signature, copies; sections under headings; whose identity a block gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.reading.labels import Pair, pairs_of
from pipeline.reading.sheet import Row, Sheet

_SALUTATION = re.compile(
    r"\W*(?:\w{0,2}engan\s+(?:segala\s+)?(?:h|b)ormat|d\w{1,2}n\.?\s+hormat|pgn hormat|salam\b|"
    r"salam,|ass?alam|hidup \w+|"
    r"selamat (?:pagi|siang|sore|malam)|om swast|halo\b|hai\b)",
    re.I,
)
_OPENING = re.compile(r"(?:bertanda\s*tangan|nama saya|(?:saya|kami)\W+(?:yang|nama))", re.I)
_ENDING = re.compile(
    r"\W*(?:demikian|atas (?:perhatian|bantuan|pertolongan|perkenan)|hormat\s+(?:saya|kami|sy)|wass?alam|"
    r"terima ?kasih|sekian)",
    re.I,
)
_SIGNED = re.compile(
    r"\W*(?:(?:hormat|pelapor|pengadu|pemohon|penyampai|(?:j|y)ang\s(?:(?:me|ber|di)\w+|tersebut)|ketua|direktur|"
    r"koordinator|"
    r"pimpinan|a\.?n\.)\b.{0,24}$"
    r"|[A-Z][\w. ]{2,30},?\s*(?:tgl\.?|tanggal)?\s*\d{1,2}[\s/.-].{0,14}\d{2}\W*$)",
    re.I,
)
_COPIES = re.compile(
    r"\W*(?:[tl1][ec](?:m|rn|nn)\s?busan|tindasan|c\.?\s?c\.?\s*:|salinan (?:disampaikan|"
    r"kepada))",
    re.I,
)
_HEADING_MARK = re.compile(r"\W*(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s?[.)]\s+(?=\w)")
_ITEM = re.compile(r"\W*(\d{1,2})\s?[.)]\s")
_SECTIONS = (
    (
        "terlapor",
        r"terlapor|teradu|pihak (?:yang )?di\w+|^siapa (?:saja )?yang (?:anda |saudara )?(?:di)?(?:adukan|laporkan)|"
        r"^yang (?:diadukan|dilaporkan)|"
        r"^(?:dengan ini|bersama ini|saya|kami|hendak|ingin)?\s*(?:mengadukan|melaporkan)\W*$",
    ),
    (
        "pelapor",
        r"^(?:identitas|data (?:diri|pelapor|pengadu|pemohon)|siapa yang|"
        r"(?:pihak )?(?:pelapor|pengadu|pemohon|penyampai)\b)",
    ),
    ("lampiran", r"lampiran|terlampir|bukti|dokumen yang|data dan informasi|data pendukung"),
    (
        "permintaan",
        r"permohonan|tuntutan|harapan|di ?mohon|di ?minta|di ?kehendaki|permintaan|yang (?:saya|kami|anda|"
        r"saudara) (?:harap|minta|ingin)|petitum",
    ),
    ("saksi", r"saksi"),
    ("korban", r"^(?:identitas |data )?korban\b"),
    ("tempat", r"(?:kapan|waktu) dan (?:di mana|tempat)|tempat (?:dan waktu )?kejadian"),
    (
        "isi",
        r"uraian|kronologi|peristiwa|kejadian|"
        r"pokok|duduk|dasar|latar|apa yang|akibat|upaya|pelanggaran|apakah|posisi kasus",
    ),
)
_SECTION = tuple((name, re.compile(rf"(?:{words})", re.I)) for name, words in _SECTIONS)
_PARTICULARS = {"nama", "nik", "alamat", "telepon", "ttl", "umur", "pekerjaan", "instansi"}
#: Particulars stand together: so many rows without one, or so many of prose, and the story has begun.
_GAP, _TOLD = 6, 2
#: A labelled row in which the telling begins all the same (*HP 0812…, dengan ini mengadukan …*).
_TELLS = re.compile(r"[,;]\s*(?:dengan ini|ingin|hendak|bermaksud|mengadukan|melaporkan|menyampaikan|menerangkan)\b")
#: Words of a row of prose.
_PROSE = 9
_CARD = re.compile(r"berlaku hingga|gol\.? ?darah|kel/desa|rt/rw\s*:|bukan ktp", re.I)
_CARD_TOP = re.compile(r"\W*provinsi\s+[A-Z ]+\W*$", re.I)
_PHOTOS = re.compile(r"\W*(?:foto\W*foto|dokumentasi|lampiran foto)", re.I)


@dataclass(frozen=True, slots=True)
class Layout:
    """Row numbers where the parts of a letter begin, and its labelled rows.

    ``body`` is the salutation or the first row that is neither letterhead, reference nor addressee; ``ending`` the
    first row of the closing words; ``copies`` the row of *Tembusan*, or the number of rows.
    """

    sheet: Sheet
    pairs: dict[int, Pair]
    body: int
    ending: int
    copies: int
    last: int
    sections: dict[int, str] = field(default_factory=dict)
    headings: frozenset[int] = frozenset()

    @property
    def head_rows(self) -> tuple[Row, ...]:
        """Letterhead, references, date, addressee."""
        return self.sheet.rows[: self.body]

    @property
    def story_span(self) -> tuple[int, int]:
        """Offsets of the narrative: below the last labelled line of particulars, above the closing words."""
        first = self.body
        if first < len(self.sheet.rows) and len(self.sheet.rows[first].text.split()) <= 5:
            first += 1
        for index, pair in sorted(self.pairs.items()):
            if pair.kind in _PARTICULARS and self.body - 2 <= index < min(self.ending, first + _GAP):
                told = [r for r in self.sheet.rows[first:index] if len(r.text.split()) >= _PROSE]
                if len(told) > _TOLD:
                    break
                first = index if _TELLS.search(pair.row.text) else index + 1
        return self.offset(min(first, self.ending)), self.offset(self.ending)

    @property
    def tail_rows(self) -> tuple[Row, ...]:
        """Closing words, date and signatures, without the copies."""
        return self.sheet.rows[self.ending : max(self.ending, min(self.copies, self.last))]

    def offset(self, row: int) -> int:
        """Return where a row begins in the text."""
        rows = self.sheet.rows
        return rows[row].start if row < len(rows) else len(self.sheet.text)


def layout_of(sheet: Sheet) -> Layout:
    """Find the parts of the letter on the sheet."""
    last = _without_cards(sheet)
    pairs = {i: p for i, p in pairs_of(sheet).items() if i < last}
    body = _body(sheet, pairs, last)
    copies = _copies(sheet, body, last)
    ending = _ending(sheet, body, copies)
    sections, headings = _sections(sheet, body, ending, last)
    return Layout(sheet, pairs, body, ending, copies, last, sections, headings)


def _without_cards(sheet: Sheet) -> int:
    """Return the row at which copies of identity cards and photographs begin: they are not the letter."""
    for row in sheet.rows:
        if _PHOTOS.match(row.text) and row.index > 8 and row is _first_on_page(sheet, row):
            return row.index
        if row.index > 8 and _CARD_TOP.match(row.text):
            after = sheet.rows[row.index : row.index + 16]
            if sum(bool(_CARD.search(r.text)) for r in after) >= 2:
                return row.index
    return len(sheet.rows)


def _first_on_page(sheet: Sheet, row: Row) -> Row:
    return next(r for r in sheet.rows if r.page == row.page)


def _body(sheet: Sheet, pairs: dict[int, Pair], last: int) -> int:
    told = 0
    for row in sheet.rows[: min(last, 40)]:
        told += len(row.text.split()) >= _PROSE and row.index not in pairs
        if _SALUTATION.match(row.text) and row.index > 0 and told <= _TOLD:
            return row.index
        if _OPENING.search(row.text):
            return row.index
        pair = pairs.get(row.index)
        if pair and pair.kind in ("nama", "nik") and pair.end > pair.start:
            return row.index
        if re.match(r"\W*(?:identitas|data) (?:pelapor|pengadu|penyampai)", row.text, re.I):
            return row.index
    prose = (
        r.index
        for r in sheet.rows[1:last]
        if len(r.text.split()) >= _PROSE and not r.text.isupper() and r.index not in pairs
    )
    return next(prose, min(last, 12))


def _copies(sheet: Sheet, body: int, last: int) -> int:
    for row in sheet.rows[body + 1 : last]:
        if _COPIES.match(row.text):
            return row.index
    return last


def _ending(sheet: Sheet, body: int, copies: int) -> int:
    """Return the first of the closing rows: the last *Demikian*, *Atas perhatian*, *Hormat kami* before the copies."""
    found = [r.index for r in sheet.rows[body + 1 : copies] if _ENDING.match(r.text) and not _within_sentence(r)]
    if not found:
        foot = sheet.rows[max(body + 1, copies - 8) : copies]
        above = max((r.index for r in foot if _HEADING_MARK.match(r.text) and _heading(r)), default=-1)
        return next((r.index for r in foot if r.index > above and _signed(r)), copies)
    ending = found[-1]
    for index in reversed(found):
        if ending - index <= 6:
            ending = index
    return ending


def _within_sentence(row: Row) -> bool:
    """Say whether a long row begins with a small letter: it goes on with a sentence (*… dengan / demikian …*)."""
    return row.text.lstrip()[:1].islower() and len(row.text.split()) > 4


def _signed(row: Row) -> bool:
    """Say whether a row, or a cell of it, opens the signatures: *Pelapor,*, *Bengkulu, 3 Mei 2025*."""
    return any(_SIGNED.match(row.text[c.start - row.start : c.end - row.start]) for c in row.cells)


def _sections(sheet: Sheet, body: int, ending: int, last: int) -> tuple[dict[int, str], frozenset[int]]:
    current, sections, headings = "", {}, set()
    before: dict[int, int] = {}
    for row in sheet.rows[max(0, body - 2) : last]:
        number = _ITEM.match(row.text)
        listed = bool(number) and row.index - before.get(int(number[1]) - 1, -9) <= 4 if number else False
        name = None if listed else _heading(row)
        if number and not name:
            before[int(number[1])] = row.index
        if name:
            current = name
            headings.add(row.index)
        if row.index >= ending and not name and current != "lampiran":
            current = ""
        if current:
            sections[row.index] = current
    return sections, frozenset(headings)


def _heading(row: Row) -> str | None:
    """Return the section a row opens; a heading is short and numbered, in capitals, or ends in a colon."""
    text = row.text.strip()
    marked = _HEADING_MARK.match(text)
    words = text[marked.end() :] if marked else text
    lead = " ".join(words.split()[:4])
    capitals = sum(c.isupper() for c in lead) > 0.8 * sum(c.isalpha() for c in lead)
    short = len(words.split()) <= 6 and words[:1].isupper() and not words.rstrip().endswith((",", ";", ".", "-"))
    if words.rstrip().endswith((",", ";")) or not (
        (capitals and lead) or (short and (marked or words.rstrip().endswith(":") or len(words.split()) <= 5))
    ):
        return None
    if ":" in words.rstrip()[:-1] and not capitals:
        return None
    for name, pattern in _SECTION:
        if pattern.search(lead if capitals and not short else words):
            return name
    return None
