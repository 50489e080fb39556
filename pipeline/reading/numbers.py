"""Numbers that identify: the letter's own number, a NIK (never mended), a telephone."""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import as_digits, digits

_BEFORE_NUMBER = re.compile(
    r"\W*(?:ref(?:erensi)?\b[.\s]*(?=n[or]|:))?(?:(?:nomor|nomer|no|nmr)\b|"
    r"(?<=\w)(?=[.\s]*:))[.,]?[ \t]*(?:surat\b)?[.,]?[ \t]*(?:[:;=—–-]|\t)?[ \t]*[:.]?[ \t]*",
    re.I,
)
_SLASHED = re.compile(r"[A-Za-z0-9.&()-]+(?: ?[/\\] ?[A-Za-z0-9.&()-]+)+(?: [A-Z0-9-]{1,8}(?:/[A-Za-z0-9.&()-]+)+)?")
#: A number whose strokes were lost on a poor scan: *007 KPPU V 2025*.
_UNSTROKED = re.compile(r"\d{1,4}(?: [A-Z][A-Z.-]{1,9}){1,3} [IVX]{1,4} (?:19|20)\d\d\b")
#: What a colon may have become between the label and the number.
_JUNK = re.compile(r"\S{1,2}[ \t]+")
_SHORT = re.compile(r"(?=[A-Za-z.-]*\d)[A-Za-z0-9.-]{1,20}")
_ROMAN = re.compile(r"(?<=/)[IVXl1|]{1,4}(?=/(?:19|20)\d\d\b)")
#: An *M* or *Y* before ones, where a month stands, was a *V*.
_NO_ROMAN = re.compile(r"(?<=/)[MYW](?=I{0,3}/(?:19|20)\d\d\b)")
#: A part of the number that is figures but for a letter that was read for one (``O33``).
_FIGURES = re.compile(r"(?<![^/.-])(?=[OoIl|\d]*\d[OoIl|\d]*\d)[OoIl|\d]{2,5}(?![^/.-])")
_OTHER = re.compile(r"\b(?:agenda|izin|akta|telp|hp|wa|rekening|ktp|nik|sk|ahu|hotline)\b", re.I)
_ELSE = re.compile(r"\b(?:agenda|izin|akta|telp|rekening|hotline)\b", re.I)
_NIK = re.compile(r"[\dOoIl|][\dOoIl|S .-]{10,24}[\dOoIl|]")
PHONE = re.compile(
    r"(?:\(\+?62\)|\+62|\b62|\(?\b[0O]\d{2,3}\)?|\b[0O]8|(?<=\b1)08\d\d)[ .\-–]?(?:[\dO][ .\-–]{0,2}){5,12}(?!\d)"
)
#: Figures of a telephone number, some of them read for letters.
_MISREAD = re.compile(r"\s*[0Oo][\dOoIl|S][\dOoIl|SB .()-]{6,16}\s*$")


def letter_number(layout: Layout) -> Field | None:
    """Return the letter's own number: on a line that begins with *Nomor*, above the salutation."""
    found = [c for i in range(layout.body) if (c := _number_in(layout, i))]
    return Field(tuple(sorted(found, key=lambda c: -c.confidence))) if found else None


def _number_in(layout: Layout, index: int) -> Candidate | None:
    sheet, row = layout.sheet, layout.sheet.rows[index]
    for cell in row.cells:
        begin = _BEFORE_NUMBER.match(sheet.text, cell.start, row.end)
        if begin is None or begin.end() >= row.end or _OTHER.search(sheet.text, cell.start, begin.end()):
            continue
        junk = _JUNK.match(sheet.text, begin.end(), row.end)
        value = _SLASHED.match(sheet.text, begin.end(), row.end) or (
            _SLASHED.match(sheet.text, junk.end(), row.end) if junk else None
        )
        sure = 0.96
        if value is None and (lost := _UNSTROKED.match(sheet.text, begin.end(), row.end)):
            said = "baris berlabel 'Nomor' di kepala surat; garis miringnya tidak terbaca"
            return sheet.candidate(lost.start(), lost.end(), 0.6, said, lost[0].replace(" ", "/"))
        if value is None:
            value, sure = _SHORT.match(sheet.text, begin.end(), row.end), 0.55
        if value is None or _ELSE.search(row.text) or not re.search(r"\d", value[0]):
            continue
        return sheet.candidate(
            value.start(), value.end(), sure, "baris berlabel 'Nomor' di kepala surat", _normal(value[0])
        )
    return None


def _normal(number: str) -> str:
    """Return the number in capitals without blanks; months read as ones, and letters among figures, are put right."""
    text = re.sub(r"\s", "", number).rstrip(".,;").replace("\\", "/")
    text = _FIGURES.sub(lambda m: digits(m[0]), text)
    text = _NO_ROMAN.sub("V", text)
    return _ROMAN.sub(lambda m: m[0].replace("1", "I").replace("l", "I").replace("|", "I"), text).upper()


def nik(layout: Layout, start: int, end: int, reason: str, sure: float = 0.95) -> Field | None:
    """Return the NIK written between two offsets, digits as they stand: one that has not 16 is flagged, not mended."""
    sheet = layout.sheet
    match = _NIK.search(sheet.text, start, end) or re.compile(r"\d{6,}").search(sheet.text, start, end)
    if match is None:
        return None
    number = digits(match[0])
    if len(number) != 16:
        sure, reason = 0.5 * sure, f"{reason}; bukan 16 angka ({len(number)}), perlu diperiksa"
    return Field((sheet.candidate(match.start(), match.end(), sure, reason, number),))


def telephone(
    layout: Layout, start: int, end: int, reason: str, sure: float = 0.93, *, misread: bool = False
) -> Field | None:
    """Return the first telephone number written between two offsets; ``62`` becomes ``0``.

    ``misread``: behind a label, letters among the figures are figures that were read for letters.
    """
    sheet = layout.sheet
    while end < len(sheet.text) and re.match(r"\d[\d-]", sheet.text[end - 1 : end + 1]):
        end += 1  # not in the middle of a number
    texts = [sheet.text, sheet.flow]
    if misread and _MISREAD.match(sheet.text, start, end):
        texts.append(sheet.text[:start] + as_digits(sheet.text[start:end]))
    for text in texts:  # in one row first: what begins the next row is seldom part of the number
        for match in PHONE.finditer(text, start, end):
            number = digits(match[0])
            number = "0" + number[2:] if number.startswith("62") else number
            if 9 <= len(number) <= 13:
                return Field((sheet.candidate(match.start(), match.end(), sure, reason, number, match[0].strip()),))
    return None
