"""To whom the letter goes, and who gets copies."""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.layout import Layout, items_between

_TO = re.compile(
    r"(?:(?:k\w?e?pada|kpd|\w{1,3})\W+)?(?:yang\s+(?:ter)?\w*hormat|yang mulia(?:/yang terhormat)?|"
    r"(?:yth|jth|yts|vth)\b)[\s.,:;]*"
    r"|(?:ditujukan\s+)?(?:kepada|kpd)\b[\s.,:;]*",
    re.I,
)
_TO_AT_FOOT = re.compile(r"\W*(?:di)?(?:sampaikan|tujukan|kirim(?:kan)?)\s+kepada\W+(?:yth\b[\s.,:;]*)?", re.I)
_OFFICE = re.compile(
    r"(?:bapak|ibu|bpk|sdr|saudara|para|pimpinan|ketua|kepala|ka\.|kakanwil|kanwil|direktur|"
    r"bupati|wali ?kota|gubernur|menteri|"
    r"kapol|jaksa|pos|tim|komnas|ombudsman|camat|lurah|dinas|kantor|pejabat|komandan|inspektur|sekretaris|rektor|"
    r"manajer|manager|general|plt|plh)\b[ \w./,()&'-]*",
    re.I,
)
_STOP = re.compile(
    r"\W*(?:di\b|di[-_.–— ]|tempat\b|c\.?\s?[qg]\b|u\.?\s?p\b|melalui|cq\b|up\b|selaku|masing|"
    r"perihal|hal\b|prihal|jalan|jl\b|lamp|nomor|sifat|"
    r"dengan|salam|jln|siapa|saya|tembusan|tindasan|identitas|data |b ?e ?n ?g ?k ?u ?l ?u|prop|prov|kota\b|kabupaten|"
    r"semoga|lapor)",
    re.I,
)
_UNFINISHED = re.compile(
    r"(?:\bdan|&|wilayah|kementerian|provinsi|propinsi|kabupaten|kota|hukum|asasi|kantor|kepala|"
    r"departemen|hak|kem\.|divisi)\W*$",
    re.I,
)
_MINISTRY = re.compile(r"\bham\b|hukum|kumham|asasi manusia|yankomas|kanwil", re.I)
_CUT = re.compile(
    r"\s*(?:,?\s+di\b\s*[-–_.]?\s*[A-Z][A-Za-z ]*\.?$|\bdi\s*[-–_.]?$|\s+semoga\b.*|\s+di\s+tempat.*|"
    r"\s+c\.?[qg]\.?\s.*|\s+u\.p\..*)",
    re.I,
)
_DESK = re.compile(
    r"\W*(?:\d[.)]\s*)?(?:bapak|ibu|bpk)?[. ]*(?:kepala|ka\.?|kakanwil|pos|tim)\b.*(?:kemenkumham|"
    r"kumham|\bham\b|hukum)",
    re.I,
)
_FILED = re.compile(r"\W*(?:arsip|pertinggal|klien|keluarga|file|yang bersangkutan)\W*$", re.I)
_YTH = re.compile(r"^(?:kepada\s+)?yth\.?\s*:?\s*$", re.I)
_COPY_LABEL = re.compile(
    r"\W*(?:[tl1][ec](?:m|rn|nn)\s?busan|tindasan|c\.?\s?c\.?|salinan)(?:\s+(?:surat|ini|di\s?sampaikan|disampaikan|"
    r"kepada|dikirim|yth|jth))*[\s.:;,]*",
    re.I,
)


def find_addressee(layout: Layout) -> Field | None:
    """Return the addressee; of several, this desk's ministry first."""
    found: list[Candidate] = []
    for row in layout.sheet.rows[: min(layout.body + 2, layout.last)]:
        for cell in row.cells:
            match = _TO.match(layout.sheet.text, cell.start, row.end)
            if match:
                found += _after(layout, row.index, cell.start, match.end())
        if found:
            break
    if not found:
        found = _at_foot(layout) or _unlabelled(layout)
    found.sort(key=lambda c: -c.confidence)
    return Field(tuple(found)) if found else None


def _after(layout: Layout, index: int, begin: int, after: int) -> list[Candidate]:
    """Return the addressees that stand from ``after`` on and in the rows below."""
    sheet, row = layout.sheet, layout.sheet.rows[index]
    x0 = next((c.x0 for c in row.cells if c.start <= begin <= c.end), row.x0)
    spans = [(after, row.end)] if len(sheet.text[after : row.end].strip(" .,:;_-")) > 3 else []
    for below in sheet.rows[index + 1 : index + 7]:
        cell = min(below.cells, key=lambda c: abs(c.x0 - x0))
        start = cell.start
        again = _TO.match(sheet.text, start, below.end)
        start = again.end() if again else start
        text = sheet.text[start : below.end]
        if (
            below.index in layout.headings
            or below.index > layout.body
            or len(spans) > 4
            or (below.index == layout.body and spans)
        ):
            break
        if spans and (_STOP.match(text) or below.index in layout.pairs) and not _goes_on(sheet.text, spans[-1], text):
            break
        if len(text.strip(" .,:;_-")) > 3 and not (not spans and _STOP.match(text)):
            spans.append((start, below.end))
    return _several(layout, spans)


def _goes_on(text: str, span: tuple[int, int], following: str) -> bool:
    return bool(_UNFINISHED.search(text[span[0] : span[1]])) and not re.match(
        r"\W*(?:di\b|perihal|hal\b|dengan|jl\b|jln\b|jalan)", following, re.I
    )


def _several(layout: Layout, spans: list[tuple[int, int]]) -> list[Candidate]:
    """Join the rows of one addressee; numbered rows are addressees of their own."""
    text = layout.sheet.text
    groups: list[list[tuple[int, int]]] = []
    for span in spans:
        mark = re.match(r"\W*\d\s?[.,)]\s*", text[span[0] : span[1]])
        if mark or not groups:
            groups.append([(span[0] + (mark.end() if mark else 0), span[1])])
        else:
            groups[-1].append(span)
    return [c for group in groups if (c := _candidate(layout, group))]


def _candidate(layout: Layout, spans: list[tuple[int, int]]) -> Candidate | None:
    sheet = layout.sheet
    start, end = spans[0][0], spans[-1][1]
    teks = " ".join(sheet.printed(a, b) for a, b in spans)
    teks = _CUT.sub("", teks).strip(" .,:;_-|'\"“”—")
    if len(teks) < 4 or "@" in teks:
        return None
    sure = 0.95 if _MINISTRY.search(teks) else 0.85
    return sheet.candidate(start, end, sure, "setelah 'Kepada Yth.'", teks, teks)


def _at_foot(layout: Layout) -> list[Candidate]:
    """Return the addressee below the signature (*Disampaikan kepada Yth.: …*)."""
    for row in layout.tail_rows:
        if match := _TO_AT_FOOT.match(row.text):
            below = layout.sheet.rows[row.index + 1 : min(row.index + 2, layout.last)]
            span = (row.start + match.end(), row.end)
            spans = [span] if len(row.text) - match.end() > 3 else [(r.start, r.end) for r in below]
            return _several(layout, spans)
    return []


def _unlabelled(layout: Layout) -> list[Candidate]:
    """Return an office named in a row of its own above the salutation (*KEPALA KANTOR … / DI TEMPAT*)."""
    sheet = layout.sheet
    for row in layout.head_rows:
        below = sheet.rows[row.index + 1].text if row.index + 1 < len(sheet.rows) else ""
        place = re.match(r"\W*di(?:[-_. ]|$)", below, re.I) or re.match(r"\W*di\s+[Tt]empat", below)
        if place and _OFFICE.search(row.text) and row.index not in layout.pairs:
            candidate = _candidate(layout, [(row.start, row.end)])
            return [candidate] if candidate else []
    office = next((r for r in layout.head_rows[3:] if _DESK.match(r.text) and r.index not in layout.pairs), None)
    if office and (candidate := _candidate(layout, [(office.start, office.end)])):
        return [candidate]
    thanked = re.search(r"(?:Tim|Pos)[\w ]*(?:Yankomas|Pengaduan)[\w ]*?(?=\s+di(?:beri)?\b|[,.;\n])", sheet.text)
    return (
        [sheet.candidate(*thanked.span(), 0.4, "disebut dalam surat; surat ini tidak punya alamat tujuan")]
        if thanked
        else []
    )


def copies(layout: Layout) -> tuple[Field, ...]:
    """Return who gets a copy, without the sender's own files."""
    if layout.copies >= layout.last:
        return ()
    sheet = layout.sheet
    label = _COPY_LABEL.match(sheet.text, layout.offset(layout.copies))
    start = label.end() if label else layout.offset(layout.copies)
    found = []
    for a, b in items_between(layout, start, layout.offset(layout.last), copies=True):
        teks = sheet.printed(a, b).strip(" .,:;_-|'\"")
        if len(teks) > 3 and not _FILED.match(teks) and not _YTH.match(teks):
            found.append(Field((sheet.candidate(a, b, 0.93, "daftar tembusan", teks, teks),)))
    return tuple(found)
