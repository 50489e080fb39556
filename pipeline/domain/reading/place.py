"""Where it happened: a labelled place, or the place that a sentence with a date or a deed names."""

from __future__ import annotations

import re

from pipeline.domain.letter import Candidate, Field
from pipeline.domain.reading.identity import value_field
from pipeline.domain.reading.labels import value_end
from pipeline.domain.reading.layout import Layout

_CAP = r"(?:[A-Z][\w'’.-]*|II?I?[AB]?|\d{1,4})"
_SITE = (
    r"(?:rumah|kantor|kebun|jalan|Jalan|Jl\.|jl\.|Desa|Kelurahan|Kel\.|Kecamatan|Dusun|RT|Blok|Lapas|Rutan|Polsek|Polres|Puskesmas|RSUD|SD|SMA|SMP|Pasar|"
    r"ruang|gedung|depan|halaman|gudang|loket|jembatan|perairan|tepi|simpang|pondok|lapangan|kampus|Kantor|Kampung|Hutan|Kebun|Perumahan|Madrasah|"
    r"kantin|penginapan|pelabuhan|area|bukit|Bukit|Afdeling|Aula|Toko|Hotel|tempat kerja|wilayah|Kabupaten|Kota|kios|warung|lokasi)"
)
_WORDS = rf"(?:\s+(?:{_CAP}|[a-z]+(?=\s+{_CAP})|dan|di))*"
_AT = re.compile(rf"\b(?:di|ke|dari|wilayah)\s+(?:dalam\s+)?({_SITE}\b(?:\s+(?:{_CAP}|[a-z]+){{1,3}})?{_WORDS}(?:,\s+(?:Desa|Kelurahan|Kecamatan|Kabupaten|Kota|Jl\.|Jalan|Kec\.|Kel\.|Kab\.){_WORDS})*)")
_WHEN = re.compile(r"\b(?:pada|tanggal|tgl|hari|pukul|jam|sejak|malam|pagi)\b", re.I)
_DEED = re.compile(
    r"\b(?:di(?:pukul|bakar|tahan|tangkap|bongkar|usir|ambil|rampas|potong|larang|ancam|pukuli|gusur|keluarkan|bentak|dobrak)|datang|meninggal|kejadian|"
    r"peristiwa|terjadi|membongkar|meratakan|memukul|masuk|kebun|lahan)\w*",
    re.I,
)


def scene(layout: Layout) -> Field | None:
    """Return where the main event happened, best candidate first."""
    labelled = [p for p in layout.pairs.values() if p.kind == "tempat_kejadian" and p.end > p.start]
    if labelled:
        pair = labelled[0]
        end, _ = value_end(layout.sheet, pair, frozenset(layout.pairs) | layout.headings, 1)
        return value_field(layout, pair.start, end, 0.92, f"baris berlabel '{pair.label.strip()}'")
    found = sorted(_candidates(layout), key=lambda c: -c.confidence)[:4]
    return Field(tuple(found)) if found else None


def _candidates(layout: Layout) -> list[Candidate]:
    sheet = layout.sheet
    start, end = layout.story_span
    found = []
    for match in _AT.finditer(sheet.flow, start, end):
        around = sheet.flow[max(0, match.start() - 120) : match.start()]
        sure = 0.3 + (0.15 if _WHEN.search(around) else 0) + (0.15 if _DEED.search(around) else 0)
        sure += 0.1 * (1 - (match.start() - start) / max(1, end - start)) + (0.1 if "," in match[1] else 0)
        teks = sheet.printed(*match.span(1)).strip(" .,;")
        found.append(sheet.candidate(*match.span(1), sure, "tempat yang disebut dalam uraian peristiwa", teks, teks))
    return found
