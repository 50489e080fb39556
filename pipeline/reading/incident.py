"""Where it happened: a labelled place, or the place that a sentence with a date or a deed names."""

from __future__ import annotations

import re

from pipeline.reading.dates import dates_in
from pipeline.reading.fields import Candidate, Field
from pipeline.reading.identity import value_field
from pipeline.reading.labels import value_end
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import fold

_SITE = (
    r"(?:rumah|kantor|kebun|kios|warung|lokasi|ruang|gedung|depan|halaman|gudang|loket|jembatan|perairan|tepi|simpang|"
    r"pondok|"
    r"lapangan|kampus|kantin|penginapan|pelabuhan|area|kawasan|bukit|tempat kerja|wilayah|daerah|sungai|sawah|lahan|"
    r"sel|aula|"
    r"pasar|terminal|masjid|gereja|sekolah|pabrik|jalan|jl\.|desa|dusun|kontrakan|kamar|barak|los|asrama|pos|posko|"
    r"muara|"
    r"balai|"
    r"bengkel|"
    r"ladang|tambak|tambang|hutan|lorong|gang|dermaga|mess|kos|stasiun|bandara|belakang|samping|toko|hotel|klinik|"
    r"puskesmas|"
    r"bank|pesantren|perumahan|persimpangan|perempatan|pertigaan|lapas|rutan|blok|"
    r"Jalan|Jl\.|Desa|Kelurahan|Kel\.|Kecamatan|Kec\.|Kabupaten|Dusun|RT|Blok|Lapas|Rutan|Polsek|Polres\w*|Polda|"
    r"Puskesmas|"
    r"RSUD|RSU|RS|IGD|TPA|TPU|TPI|SPBU|PLTU|SD|SMA|SMP|SMK|MAN|MTs|TK|Pasar|Kantor|Kampung|Hutan|Kebun|Perumahan|"
    r"Madrasah|Pulau|Talang|"
    r"Danau|Sungai|"
    r"Pantai|Gang|Gg\.|Afdeling|Aula|Toko|Hotel|Perkebunan|Bukit|Terminal|Pelabuhan|Jembatan|Pos|Simpang|Muara|Bank|"
    r"Balai|"
    r"Klinik|Universitas|Pengadilan|Terminal|Gedung|Lapangan|Stadion|Bandara|Stasiun|Mess|Asrama|Pondok|Masjid|Gereja)"
)
_PROPER = (
    r"(?:(?:Jl|Kec|Kel|Kab|No|Gg|Afd|Ir|Drs?|Hj?)\.|(?:RT|RW)\.?(?= ?\d)|[A-Z]\.(?=\s[A-Z])|(?!(?:Pada|"
    r"Saya|Kami|Tanggal|Hari|WIB|HP|WA|NIK|Telp|Nomor \d{3})\b)[A-Z][\w'’/-]*|"
    r"\d{1,3}[A-Z]?(?!\d|\.\d|\s+(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|"
    r"November|Desember|orang|tahun|hari|jam)))"
)
#: Small words that end a place, and verbs by their beginnings; every other one goes on with it.
_FILL = (
    r"(?!(?:pada|oleh|yang|karena|untuk|sampai|tanpa|tanggal|tgl|pukul|jam|saat|ketika|sejak|selama|dengan|telah|"
    r"sudah|tidak|"
    r"belum|akan|agar|supaya|tetapi|namun|padahal|sehingga|lalu|kemudian|secara|seluas|sekitar|sebanyak|atas|bersama|"
    r"dan|atau|"
    r"serta|dari|ke|hari|malam|pagi|siang|sore|bulan|tahun|adalah|itu|ini|tersebut|ada|milik|setelah|sebelum|waktu|"
    r"hanya|juga|"
    r"bahwa|seorang|anak|petugas|warga sekitar|masih|mau|minta|disebut|sebagai|terhadap|kepada|orang(?! tua)|"
    r"se[a-z]{4,})\b)"
    r"(?!me[a-z]{4,}|di[a-z]{3,}|ber[a-z]{3,}|ter(?!minal)[a-z]{3,}|"
    r"pe[a-z]{3,}an\b(?<!pelayanan)(?<!pelabuhan)(?<!perumahan)"
    r"(?<!pemeriksaan)(?<!pendaftaran))[a-z]{2,}"
)
#: Small words that go on with a place wherever they stand in it.
_KNOWN = (
    r"(?:saya|kami|rumah|orang tua|kontrakan|belakang|depan|dekat|dalam|di|kedai|kopi|koperasi|desa|lantai|dinas|"
    r"bagian|"
    r"kelas|kampus|barang|gedung|pelayanan|kerja|kelurahan|kecamatan|dermaga|makan|sekolah|ruang|simpang|jl\.|tingkat|"
    r"mertua|warga|kos|jalan|pemeriksaan|rapat|utama|umum|hulu|dan hulu|kemahasiswaan)"
)
#: What may follow a comma within a place; no person does.
_LEVEL = (
    r"(?!(?:Ibu|Bapak|Pak|Bu|Sdri?|Saudara|Haji|Dr|Drs|HP|WA|NIK|No|Nomor|Telp)\b)"
    r"(?:Desa|Kelurahan|Kel\.|Kecamatan|Kec\.|Kabupaten|Kab\.|Kota|Jl\.|Jalan|Dusun|Pantai|[A-Z])"
)
_TAIL = rf"(?:\s+(?:{_PROPER}|{_KNOWN}(?=\s)|{_FILL}(?:\s+{_FILL}){{0,2}}(?=\s+{_PROPER}|,\s+{_LEVEL})))*"
_PLACE = (
    rf"(?:(?:{_SITE})\b{_TAIL}|{_SITE}{_TAIL}|(?:[A-Z][a-z]+\s?){{1,3}}(?=,\s+(?:Desa|Kelurahan|"
    rf"Kecamatan|Kec\.|Kel\.)))(?:,\s+(?={_LEVEL}){_PROPER}{_TAIL})*"
)
#: A place that is named without saying what it is (*di Tanjakan Andaian*); not an office, a person or a page.
_BARE = (
    r"(?!(?:Kepala|Dinas|Bapak|Ibu|Badan|Sdr|PT|CV|Pasal|Surat|Undang|Nomor|Tempat|Kementerian|Kejaksaan|Komnas|"
    r"Ombudsman)\b)"
    rf"[A-Z][a-z]{{3,}}(?:\s+{_PROPER})*(?:,\s+(?={_LEVEL}){_PROPER}{_TAIL})*"
)
_AT = re.compile(rf"\b(?:[Dd]i|ke|dari|menuju|memasuki|wilayah|yaitu)\s+({_PLACE})|\b[Dd]i\s+({_BARE})")
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


#: An hour and a word that lead to the place.
_LED = re.compile(
    r"[\s,.]*(?:(?:sekitar|kurang lebih|kira-kira)\s+)?(?:(?:pukul|jam)\s*[\d.:]+(?:\s*WIB)?)?[\s,.]*(?:di\s+)?"
)
#: Letters of a place; a longer row tells a story.
_LONGEST = 90


#: A bare name is less of a place than one that says what it is.
_DOUBT = 0.1


def scene(layout: Layout, homes: frozenset[str] = frozenset()) -> Field | None:
    """Return where the main event happened, best candidate first; ``homes`` are complainants' addresses."""
    if told := _in_section(layout):
        return told
    labelled = [p for p in layout.pairs.values() if p.kind == "tempat_kejadian" and p.end > p.start]
    if labelled:
        pair = labelled[0]
        end, _ = value_end(layout.sheet, pair, frozenset(layout.pairs) | layout.headings, 1)
        return value_field(layout, pair.start, end, 0.92, f"baris berlabel '{pair.label.strip()}'")
    found = sorted(_candidates(layout, homes), key=lambda c: -c.confidence)[:4]
    return Field(tuple(found)) if found else None


def _in_section(layout: Layout) -> Field | None:
    """Return the first row below a heading such as *Tempat dan waktu kejadian*, without the day that stands in it."""
    rows = [i for i, name in sorted(layout.sections.items()) if name == "tempat" and i not in layout.headings]
    if len(rows) != 1 or rows[0] in layout.pairs or len(layout.sheet.rows[rows[0]].text) > _LONGEST:
        return None
    row = layout.sheet.rows[rows[0]]
    start, end = row.start, row.end
    for found in dates_in(layout.sheet.flow, start, end):
        start, end = (start, found.start) if found.start - row.start > row.end - found.end else (found.end, end)
    led = _LED.match(layout.sheet.flow, start, end)
    return value_field(layout, led.end() if led else start, end, 0.85, "bagian tempat kejadian")


def _candidates(layout: Layout, homes: frozenset[str]) -> list[Candidate]:
    sheet = layout.sheet
    start, end = layout.story_span
    found = []
    for match in _AT.finditer(sheet.flow, start, end):
        teks = sheet.printed(*match.span(match.lastindex or 0)).strip(" .,;")
        teks = re.sub(r" (?:dalam|di|dekat)$", "", teks)
        sure = _sure(sheet.flow, match, start, end)
        if any(fold(teks)[:18] in fold(home) for home in homes):
            sure -= 0.08
        if layout.sections.get(sheet.row_at(match.start()).index) == "tempat":
            sure += 0.25
        if len(teks) > 5 and (" " in teks or match[2]):
            found.append(
                sheet.candidate(
                    *match.span(match.lastindex or 0),
                    max(0.05, sure),
                    "tempat yang disebut dalam uraian peristiwa",
                    teks,
                    teks,
                )
            )
    return found


def _sure(flow: str, match: re.Match[str], start: int, end: int) -> float:
    before = flow[max(0, match.start() - 110) : match.start()]
    words = match[match.lastindex or 0].split()
    proper = sum(w[:1].isupper() for w in words)
    sure = 0.2 + 0.12 * bool(_TIME.search(before)) + 0.12 * bool(_DEED.search(before[-70:]))
    sure += (
        0.18 * (proper > 0)
        + 0.06 * (proper > 2)
        + 0.08 * ("," in match[match.lastindex or 0])
        + 0.12 * (1 - (match.start() - start) / max(1, end - start))
    )
    sure -= _DOUBT * (match[2] is not None)
    sure -= 0.25 * bool(_NOT_HERE.search(before)) + 0.1 * match[0].startswith("ke ")
    return float(sure)
