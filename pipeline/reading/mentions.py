"""Persons, offices and companies that a letter names, by how they are named: a post, a rank, a title, *PT*, *Dinas*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reading.layout import Layout
from pipeline.reading.names import DEGREE, is_name

_CAP = (
    r"(?!(?:Nomor|No|Tahun|Pasal|Saya|Kami|Pada|Jl|Jalan|Tempat|Afdeling|Blok|NIK|Umur|HP|Saudara|"
    r"Sdr|Ibu|Bapak|Rp|WIB|Yang|Bahwa|Sejak|Dengan|Surat)\b)(?:[A-Z][\w'’&-]*|[IVX]+[AB]?)"
)
_CAPS = rf"{_CAP}(?:\s+(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_RANK = (
    r"(?:Ai?p(?:da|tu)|Brip(?:ka|tu|da)|Brigpol|Brigadir|Bharad[au]|Ip(?:da|tu)|AKP|Kompol|AKBP|Sert[ua]|"
    r"Serka|Serda|Pra(?:ka|tu|da)|Kop(?:da|ka|tu)|Kapten|Letda|Lettu|Peltu|Pelda|Mayor)"
)
_ROLES = (
    r"(?:(?:Wakil|Plt\.?|Pj\.?|Plh\.?)\s+)?(?:Kepala|Camat|Lurah|Ketua|Kasi[e]?|Kabid|Kasub\w*|Kabag|Kasat|Kanit|"
    r"Kadis\w*|Kades|Kadus|Kapus|Kepsek|Sekdes|Direktur|General Manager|Manajer|Manager|Pimpinan|Pejabat|Kapolsek|"
    r"Kapolres\w*|Kapolda|Kajari|Kalapas|Karutan|Danramil|Dandim|Komandan|Sekretaris|Bendahara|Rektor|Dekan|Bupati|"
    r"Wali ?[Kk]ota|Gubernur|Syahbandar|Keuchik|Penghulu)"
)
_COMPANIES = (
    r"(?:PT|CV|UD|PO|PD|PTPN|NV|Firma|Perum(?=\s+(?:Bulog|BULOG|Perhutani|Damri|DAMRI|Pegadaian|Jasa))|Perum[Dd]a|"
    r"Perusda|"
    r"BUM[DN]|BUMDes)"
)
_BUSINESSES = (
    r"(?:Koperasi|KSP|Yayasan|Hotel|Toko|Kios|Universitas|Institut|Politeknik|Akademi|Sekolah Tinggi|Perkebunan|Bank|"
    r"Klinik|BPR|BMT|Pabrik|Rumah Makan|Rumah Sakit|Apotek|Asuransi|Leasing|Balai Lelang|Pesantren|Panti|Forum|Ormas|"
    r"Karaoke|Kafe|Cafe|Restoran|Swalayan|Minimarket|Supermarket|Salon|Bengkel|SPBU|Wisma|Losmen|Diskotek|Percetakan|"
    r"Laskar|Front|Paguyuban|Perkumpulan|Perguruan|Gapoktan|Pondok Pesantren)"
)
_OFFICES = (
    r"(?:Dinas|Badan|Balai|Biro|Komisi|TK|Kesatuan|Satuan|Kejaksaan|Kantor|UPTD?|[Kk]omite|RSUD|RSU|RS|RSIA|Puskesmas|"
    r"BKPSDM|BKD|Sat\s?Reskrim|Satresnarkoba|Satlantas|Satpolairud|Satsamapta|Satpol PP|Unit|Kepolisian|Polres\w*|"
    r"Polsek\w*|Polda|Brimob|Kodim|"
    r"Koramil|Dalmas|Rutan|Lapas|LPKA|Bapas|Disdukcapil|BPJS|BPN|PLN|PDAM|KPU|Bawaslu|SD|SMP|SMA|SMK|MTs|MAN|Madrasah|"
    r"BPD|Majelis Hakim|Panitia|Pemerintah (?:Desa|Kota|Kabupaten|Kecamatan|Provinsi|Daerah)|Pem(?:des|kab|kot|prov)|"
    r"Sekretariat|Inspektorat)"
)
_TITLED = (
    r"(?:(?:[Ss]dri?|[Bb]pk)\b\.?|(?:[Ss]audar[ai]|[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|Bidan|Dokter|Perawat|Notaris|"
    r"Ustadz?|Mandor|Tuan|Nyonya|Haji|Hajjah|Mantri|Jaksa|Hakim|Penyidik|Juru Sita|Panitera|Guru|Dosen)\b)\.?[\s'’]+"
)
_HONOURED = r"(?:(?:Hj|H|Ir|Drs|Dra|Dr|dr|drg|Prof)\.\s+)"
#: What begins a mention of its own, so that *dan* before it does not join two parts of one office's name.
_HEAD = (
    rf"(?:{_ROLES}|{_COMPANIES}|{_BUSINESSES}|{_OFFICES}|{_RANK}|Sdri?|Saudar[ai]|Ibu|Bapak|Pak|Bu|Hj?|Ir|Dr[as]?)\b"
)
_OF = rf"(?:\s+dan\s+(?=[A-Z])(?!{_HEAD}))"
_OFFICE_NAME = rf"(?:\d{{2,4}}[-/])?{_CAP}(?:(?:\s+|{_OF})(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_WORD = r"(?!(?:Saya|Kami|Demikian|Atas|Pada|Terima|Mohon|Kalau|Karena|Tolong)\b)[A-Z][a-z'’]+"
_PERSON = rf"{_HONOURED}*{_WORD}(?:\s+(?:bin|binti)\s+{_WORD}|\s+{_WORD}|\s+[A-Z]\.)*{DEGREE}*"
_POST = (
    r"(?:staf|pemilik|manajer|mandor|panitia|pengurus|kepala|ketua|bendahara|direktur|anggota|petugas|pengawas|guru|"
    r"dosen|pegawai|penyidik|pemeriksa|sopir|satpam|kasir|Ketua R[TW]|Kepala|Lurah|Camat|Kanit\w*|Kasat\w*|Kasi\w*|"
    r"Direktur|"
    r"Manajer)"
)
#: A post behind a name; not *dosen saya*, and not one that leads to a company, which is named for itself.
_ROLE = (
    rf"(?:,\s+(?=(?:(?!\b{_COMPANIES}\b|\b{_BUSINESSES}\b|\b(?:saya|kami|kita)\b)[^,.;()])*[,.;()])"
    rf"{_POST}\b[^,.;()]{{0,45}}|\s+\({_POST}\b[^.;()]{{0,45}}\))?"
)

#: Kinds of mention and their shapes, the surer first.
_KINDS = (
    ("perusahaan", rf"\b{_COMPANIES}\b\.?\s+[\"“']?{_CAPS}"),
    ("aparat", rf"\b{_RANK}\.?\s+{_PERSON}{_ROLE}"),
    ("pejabat", rf"\b{_ROLES}\s+{_OFFICE_NAME}(?:,\s+(?:{_TITLED}|{_RANK}\s+|(?={_HONOURED})){_PERSON})?"),
    ("usaha", rf"\b(?:{_BUSINESSES}|{_BUSINESSES.upper()})\s+{_CAPS}"),
    ("kantor", rf"\b{_OFFICES}\s+{_OFFICE_NAME}"),
    ("dipanggil", rf"\b(?:oknum|Linmas|satpam|preman)\s(?:(?!dan )\w+ ){{0,4}}bernama\s+(?!{_RANK}){_PERSON}"),
    ("orang", rf"\b{_TITLED}(?:{_TITLED})?(?!{_OFFICES}\b){_PERSON}{_ROLE}"),
    ("orang", rf"\b{_HONOURED}{_PERSON}{_ROLE}"),
    ("dipanggil", rf"(?<=bernama )(?!{_RANK}){_PERSON}{_ROLE}|(?<=namanya ){_PERSON}|(?<=mandor ){_PERSON}"),
    ("nama", rf"\b{_WORD}(?:\s+{_WORD}){{1,3}}{DEGREE}*{_ROLE}"),
)
#: The kinds of mention by name.
KINDS = frozenset(kind for kind, _ in _KINDS)
_SHAPES = tuple((kind, re.compile(shape)) for kind, shape in _KINDS)
_AND = re.compile(rf"\s+dan\s+(?!{_HEAD})({_PERSON})(?=\s+[a-z]|,|\.)")
_STREET = re.compile(r"(?:\b[Jj]alan|\b[Jj]l\.?|\b[Gg]g\.?|\bGang|\bDesa|\bKelurahan|\bSK)\s+$")
_DESK = re.compile(r"Kantor Wilayah|Kanwil|Kemenkumham|Kumham|Bapak/Ibu|Bapak Kepala|Bapak Bupati|Hukum dan HAM")
#: Two capitalised words and nothing else are a place after these, and only a sentence's beginning after a stop.
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:di|ke|dari|desa|dusun|kel\w*|kec\w*|kab\w*|kota|provinsi|jalan|jl|pasar|sungai|simpang|pantai|gang|blok|"
    r"kampung|tanggal|perumahan|suku|wilayah)\.?|\d|[.!?:])\s+$",
    re.I,
)
_BARE_PLACE = re.compile(
    r"(?:Desa|Dusun|Kelurahan|Kecamatan|Kabupaten|Kota|Provinsi|Undang|Putusan|Keputusan|Laporan|Serti\w+|Hak|"
    r"Peraturan|"
    r"Simpang|Pantai|Sungai|Pasar|Gang|Pengadilan|Mahkamah|Pulau|Laut|Bukit|Gunung|Danau)\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named, from ``start`` to ``end`` of the sheet's text; ``kind`` is one of the kinds above."""

    start: int
    end: int
    text: str
    kind: str


def mentions(layout: Layout, start: int, end: int) -> Iterator[Mention]:
    """Yield whom the text between two offsets names, in its order."""
    flow = layout.sheet.flow
    found = [
        (match.start(), match.start() + len(match[0].rstrip(" ,-")), order, kind)
        for order, (kind, shape) in enumerate(_SHAPES)
        for match in shape.finditer(flow, start, end)
    ]
    after = start
    for a, b, _, kind in sorted(found, key=lambda f: (f[0], f[2], -f[1])):
        if a < after or not _stands(flow, a, b, kind):
            continue
        after = b
        yield Mention(a, b, flow[a:b].rstrip("."), kind)
        second = _AND.match(flow, b, end) if kind == "dipanggil" else None
        if second:
            after = second.end()
            yield Mention(*second.span(1), second[1], kind)


def _stands(flow: str, a: int, b: int, kind: str) -> bool:
    if _STREET.search(flow, max(0, a - 12), a) or _DESK.search(flow, a, b):
        return False
    if kind != "nama":
        return True
    return not (_PLACE_BEFORE.search(flow, max(0, a - 14), a) or _BARE_PLACE.match(flow, a)) and is_name(
        flow[a:b].split(",")[0].split("(")[0]
    )
