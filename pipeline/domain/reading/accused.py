"""Who is complained of: a labelled section, or persons, offices and companies named with what they did."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.domain.letter import Field
from pipeline.domain.reading.identity import value_field
from pipeline.domain.reading.layout import Layout
from pipeline.domain.reading.lists import MARK, items_between

_CAP = r"(?:[A-Z][\w'’.&-]*|II?I?[AB]?|\d{1,3})"
_LINK = r"(?:dan(?= (?:Penataan|PTSP|Perikanan|Kehutanan|Kebudayaan|Olahraga|Pencatatan|Perlindungan|Perdagangan|Ruang))|Desa|Kota|Kabupaten|Kecamatan|Provinsi)"
_TAIL = rf"(?:\s+(?:{_CAP}|{_LINK}))*"
_KIND = (
    (rf"\b(?:PT|CV|UD|PD|Perum|PTPN|BPR|Firma)\.?\s+(?:[A-Z][\w'&-]*)(?:\s+[A-Z][\w'&-]*)*", 1.0),
    (rf"\b(?:Koperasi|Yayasan|Hotel|Toko|Kios|Sekolah Tinggi|Universitas|Perkebunan|Bank|Klinik|Perusahaan)\s+[A-Z]\w*(?:\s+[A-Z]\w*)*", 0.8),
    (rf"\b(?:Dinas|Badan|Balai|Kesatuan|Satuan|Kejaksaan|Kantor|UPTD|Panitia|RSUD|Puskesmas|BKPSDM|Sat\s?Reskrim|Satresnarkoba|Unit|"
     rf"Kepolisian|Polres\w*|Polsek|Polda|Satpol PP|Brimob|Kodim|Kelurahan|Rutan|Lapas|Disdukcapil|BPJS|Pengadilan|Dalmas|SD|SMP|SMA|SMK)\s+{_CAP}{_TAIL}", 0.7),
    (rf"\b(?:Kepala|Camat|Lurah|Ketua|Kasi|Direktur|Bupati|Manajer|Kapolsek|Kapolres)\s+{_CAP}{_TAIL}(?:,\s+(?:Sdr|Saudara|Ibu|Bapak)\.?\s+[A-Z]\w+(?:\s[A-Z]\w+)*)?", 0.75),
    (r"\b(?:Aipda|Aiptu|Bripka|Briptu|Bripda|Brigpol|Brigadir|Ipda|Iptu|AKP|Kompol|Sertu|Serka|Serda|Praka|Kopda)\s+[A-Z]\w*\.?(?:\s[A-Z]\w*\.?)*", 0.9),
    (r"\b(?:[Ss]dr|[Ss]audara|[Ss]audari|[Ss]dri|[Bb]apak|[Bb]pk|[Ii]bu|[Pp]ak|H|Hj|Drs|Ir|dr|[Oo]knum|[Mm]andor)\b\.?\s+(?:(?:Hj|H|Ir|Drs|Dr)\.?\s+)*[A-Z][a-z]+(?:\s[A-Z][a-z]+)*", 0.7),
)  # fmt: skip
_NAMED = tuple((re.compile(p), w) for p, w in _KIND)
_AGAINST = re.compile(
    r"(?:pengaduan|keberatan|laporan)?\s*(?:terhadap|atas)\s+(?:tindakan|perbuatan|kebijakan|kelakuan|sikap|perlakuan|kinerja)?(?:\s*(?:dari|oleh))?\s*$"
    r"|(?:mengadukan|melaporkan|mengadu)\s+(?:perbuatan|tindakan|kebijakan|perusahaan[\w ]*yaitu|pengembang|perlakuan|oknum)?\s*$"
    r"|(?:dilakukan|dibentak|dipukul|diambil|ditanami\s+\w+|disertipikatkan|dikuasai|dirampas|dipotong|dipecat|diperas|dibongkar)?\s*oleh(?:\s+(?:oknum|petugas|pihak|atasan saya,|anggota|anak))?\s*$"
    r"|(?:milik|utusan|suruhan|bernama|pemilik|yaitu|mantan suami saya,|atasan saya,)\s*$",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:lapor|melapor|mengadu|dilaporkan|laporan|surati|bersurat|diadukan|datang|datangi|kirim|permohonan|disampaikan|minta)\w*(?:\s+\w+){0,2}\s+(?:ke|kepada|di|dari)\s*$"
    r"|(?:tembusan|cc|seperti|menyurati|diagnosa|istri|isteri|anak|teman|saksi|korban|bertemu|Ibu|di\s+hadapan)\s*$|\b(?:ke|kepada)\s*$",
    re.I,
)
_ACTS = re.compile(
    r"^[\s,]*(?:yang\s+)?(?:\w+\s){0,3}?(?:telah|memerintah|meminta|minta|datang|memasang|menolak|mengambil|melarang|memaksa|menahan|mengancam|meratakan|membongkar|menerbitkan|"
    r"memberhentikan|mengatakan|menyatakan|bilang|tidak|belum|menyuruh|melakukan|menyebabkan|mencabut|menyampaikan|memukul|menyimpan|sedang|memungut)",
    re.I,
)
_SECTION_KINDS = {"nama", "instansi", "terlapor"}
_SPLIT = re.compile(r"\s+dan\s+(?=[A-Z])|,\s+(?:diwakili|a\.?\s?n\.?|yaitu)\s+|;\s+|\s+dan\s+(?:lima|empat|tiga|dua|beberapa|para)\s.*|\s+cabang\s+\w+,?(?:\s+a\.?n\.?)?\s*")


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    text: str
    score: float


def accused(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Return those complained of; ``others`` are names (folded) of senders and addressees, who are not."""
    return _from_section(layout) or _from_labels(layout) or _from_text(layout, others)


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read a section headed *Terlapor*: its labelled names and offices, or its list."""
    rows = [layout.sheet.rows[i] for i, name in sorted(layout.sections.items()) if name == "terlapor"]
    if not rows:
        return ()
    pairs = [layout.pairs[r.index] for r in rows if r.index in layout.pairs and layout.pairs[r.index].kind in _SECTION_KINDS]
    fields: list[Field] = []
    for pair in pairs:
        if pair.label.lower().startswith(("kantor", "jabatan")) or pair.end <= pair.start:
            continue
        fields += _parts(layout, pair.start, pair.row.end, "bagian Terlapor")
    if fields or len(rows) < 2:
        return tuple(fields)
    for a, b in items_between(layout, rows[0].end, rows[-1].end):
        if field := value_field(layout, a, b, 0.85, "bagian Terlapor"):
            fields.append(field)
    return tuple(fields[:6])


def _from_labels(layout: Layout) -> tuple[Field, ...]:
    for pair in layout.pairs.values():
        if pair.kind == "terlapor" and pair.end > pair.start:
            below = layout.sheet.rows[pair.row.index + 1 : pair.row.index + 2]
            end = below[0].end if below and below[0].index not in layout.pairs and below[0].x0 > pair.row.x0 + 0.08 else pair.row.end
            return tuple(_parts(layout, pair.start, end, f"baris berlabel '{pair.label.strip()}'"))
    return ()


def _parts(layout: Layout, start: int, end: int, reason: str) -> list[Field]:
    """Split *A dan B*, *A, diwakili B* into fields."""
    flow = layout.sheet.flow
    if mark := MARK.match(flow, start):
        start = mark.end()
    found, at = [], start
    for cut in [*_SPLIT.finditer(flow, start, end), None]:
        stop = cut.start() if cut else end
        if field := value_field(layout, at, stop, 0.9, reason):
            found.append(field)
        at = cut.end() if cut else end
    return found


def _from_text(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Rank persons, offices and companies by what is said around them; those well above the rest are proposed."""
    mentions: dict[str, _Mention] = {}
    start, end = layout.offset(layout.body), layout.offset(layout.ending)
    for mention in _mentions(layout, start, end):
        key = re.sub(r"\W+", "", mention.text.lower())
        if any(other and (other in key or key in other) for other in others) or len(key) < 4:
            continue
        known = next((k for k in mentions if k.startswith(key) or key.startswith(k)), None)
        if known is None:
            mentions[key] = mention
        else:
            old = mentions[known]
            mentions[known] = _Mention(old.start, old.end, old.text, max(old.score, mention.score) + 0.15)
    ranked = sorted(mentions.values(), key=lambda m: -m.score)
    chosen = [m for m in ranked[:3] if m.score >= 0.9 and m.score >= ranked[0].score - 0.45]
    if not chosen and ranked and ranked[0].score >= 0.7:
        chosen = ranked[:1]
    chosen.sort(key=lambda m: m.start)
    return tuple(f for m in chosen if (f := _field(layout, m)))


def _field(layout: Layout, mention: _Mention) -> Field | None:
    sure = min(0.75, 0.35 + 0.25 * mention.score)
    return value_field(layout, mention.start, mention.end, sure, "disebut dalam uraian sebagai pelaku")


def _mentions(layout: Layout, start: int, end: int) -> list[_Mention]:
    flow = layout.sheet.flow
    taken: list[tuple[int, int]] = []
    found = []
    for pattern, weight in _NAMED:
        for match in pattern.finditer(flow, start, end):
            a, b = match.start(), match.start() + len(match[0].rstrip(" .,-"))
            if any(x < b and a < y for x, y in taken):
                continue
            taken.append((a, b))
            before, after = flow[max(0, a - 60) : a], flow[b : b + 50]
            score = 0.55 * weight + 0.2 * (1 - (a - start) / max(1, end - start))
            score += 0.6 if _AGAINST.search(before) else 0.0
            score += 0.25 if _ACTS.match(after) else 0.0
            score -= 0.7 if _ELSEWHERE.search(before) else 0.0
            found.append(_Mention(a, b, flow[a:b], score))
    return found
