"""Where it happened: a labelled place, or the place that a sentence with a date or a deed names."""

from __future__ import annotations

import re

from pipeline.domain.letter import Candidate, Field
from pipeline.domain.reading.identity import value_field
from pipeline.domain.reading.labels import value_end
from pipeline.domain.reading.layout import Layout
from pipeline.domain.reading.spelling import fold

_SITE = (
    r"(?:rumah|kantor|kebun|kios|warung|lokasi|ruang|gedung|depan|halaman|gudang|loket|jembatan|"
    r"perairan|tepi|simpang|pondok|"
    r"lapangan|kampus|kantin|penginapan|pelabuhan|area|kawasan|bukit|tempat kerja|wilayah|daerah|"
    r"sungai|sawah|lahan|sel|aula|pasar|"
    r"terminal|masjid|gereja|sekolah|pabrik|jalan|jl\.|desa|dusun|"
    r"Jalan|Jl\.|Desa|Kelurahan|Kel\.|Kecamatan|Kec\.|Kabupaten|Dusun|RT|Blok|Lapas|Rutan|Polsek|"
    r"Polres|Puskesmas|RSUD|SD|SMA|SMP|SMK|MAN|MTs|"
    r"Pasar|Kantor|Kampung|Hutan|Kebun|Perumahan|Madrasah|Pulau|Talang|Danau|Sungai|Pantai|Gang|Gg\.|"
    r"Afdeling|Aula|Toko|Hotel|Perkebunan|Bukit|Terminal|Pelabuhan|Jembatan)"
)
_PROPER = (
    r"(?:(?:Jl|Kec|Kel|Kab|No|Gg|Afd)\.|(?:RT|RW)\.?(?= ?\d)|[A-Z]\.(?=\s[A-Z])|(?!(?:Pada|"
    r"Saya|Kami|Tanggal|Hari|WIB|Nomor \d{3})\b)[A-Z][\w'’/-]*|"
    r"\d{1,3}(?![\d.]|\s+(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|"
    r"November|Desember|orang|tahun)))"
)
_FILL = (
    r"(?:saya|kami|orang tua|kontrakan|belakang|depan|dekat|dalam|di|kedai|kopi|koperasi|desa|"
    r"lantai|dinas|bagian|kelas|kampus|barang|gedung|"
    r"pelayanan|kerja|kelurahan|kecamatan|dermaga|makan|sekolah|ruang|simpang|jl\.|tingkat|"
    r"mertua|warga|kos|jalan|pemeriksaan|rapat|utama|umum|hulu|dan hulu|kemahasiswaan)"
)
_TAIL = rf"(?:\s+(?:{_PROPER}|{_FILL}(?=\s)))*"
_LEVEL = r"(?:Desa|Kelurahan|Kel\.|Kecamatan|Kec\.|Kabupaten|Kab\.|Kota|Jl\.|Jalan|Dusun|Pantai|[A-Z])"
_PLACE = (
    rf"(?:(?:{_SITE})\b{_TAIL}|{_SITE}{_TAIL}|(?:[A-Z][a-z]+\s?){{1,3}}(?=,\s+(?:Desa|Kelurahan|"
    rf"Kecamatan|Kec\.|Kel\.)))(?:,\s+(?={_LEVEL}){_PROPER}{_TAIL})*"
)
_AT = re.compile(rf"\b(?:di|ke|dari|menuju|memasuki|wilayah|yaitu)\s+({_PLACE})")
_TIME = re.compile(r"\b(?:pada|tanggal|tgl|hari|pukul|jam|malam|pagi|WIB|ketika|sewaktu|kejadian)\b", re.I)
_DEED = re.compile(
    r"\bdi[a-z]{4,}|\b(?:meninggal|membongkar|meratakan|memukul|masuk|mengambil|mendatangi|"
    r"terjadi|kejadian|peristiwa|datang|berjualan|menempati|beroperasi|"
    r"menabrak|ditabrak|melakukan|memasang|bekerja)\b"
)
_NOT_HERE = re.compile(
    r"\b(?:tinggal|beralamat|alamat\w*|lahir|warga|berkantor|lapor|melapor|mengadu|surat\w*|"
    r"bersurat|dirawat|asal|berobat|kepada|adik|kakak)\W+(?:\w+\W+){0,2}$",
    re.I,
)


def scene(layout: Layout, homes: frozenset[str] = frozenset()) -> Field | None:
    """Return where the main event happened, best candidate first; ``homes`` are complainants' addresses."""
    labelled = [p for p in layout.pairs.values() if p.kind == "tempat_kejadian" and p.end > p.start]
    if labelled:
        pair = labelled[0]
        end, _ = value_end(layout.sheet, pair, frozenset(layout.pairs) | layout.headings, 1)
        return value_field(layout, pair.start, end, 0.92, f"baris berlabel '{pair.label.strip()}'")
    found = sorted(_candidates(layout, homes), key=lambda c: -c.confidence)[:4]
    return Field(tuple(found)) if found else None


def _candidates(layout: Layout, homes: frozenset[str]) -> list[Candidate]:
    sheet = layout.sheet
    start, end = layout.story_span
    found = []
    for match in _AT.finditer(sheet.flow, start, end):
        teks = sheet.printed(*match.span(1)).strip(" .,;")
        sure = _sure(sheet.flow, match, start, end)
        if any(fold(teks)[:18] in fold(home) for home in homes):
            sure -= 0.08
        if len(teks) > 5:
            found.append(
                sheet.candidate(
                    *match.span(1), max(0.05, sure), "tempat yang disebut dalam uraian peristiwa", teks, teks
                )
            )
    return found


def _sure(flow: str, match: re.Match[str], start: int, end: int) -> float:
    before = flow[max(0, match.start() - 110) : match.start()]
    words = match[1].split()
    proper = sum(w[:1].isupper() for w in words)
    sure = 0.2 + 0.12 * bool(_TIME.search(before)) + 0.12 * bool(_DEED.search(before[-70:]))
    sure += (
        0.18 * (proper > 0)
        + 0.06 * (proper > 2)
        + 0.08 * ("," in match[1])
        + 0.12 * (1 - (match.start() - start) / max(1, end - start))
    )
    sure -= 0.25 * bool(_NOT_HERE.search(before)) + 0.1 * match[0].startswith("ke ")
    return float(sure)
