"""Persons, offices and companies that a letter names, and what is said of each: did it, suffered it, or was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.domain.reading.layout import Layout

_CAP = (
    r"(?!(?:Nomor|No|Tahun|Pasal|Saya|Kami|Pada|Jl|Jalan|Tempat|Afdeling|Blok|NIK|Umur|HP|Saudara|"
    r"Sdr|Ibu|Bapak|Rp|WIB|Yang)\b)(?:[A-Z][\w'’&-]*|[IVX]+[AB]?)"
)
_CAPS = rf"{_CAP}(?:\s+(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_OF = (
    r"(?:\s+dan\s+(?=[A-Z])(?!(?:Polres|Polsek|Dinas|BPJS|PT|CV|Koperasi|Kepala|Sdr|Saudara|"
    r"Ibu|Bapak|Bupati|Unit|H)\b))"
)
_OFFICE_NAME = rf"{_CAP}(?:(?:\s+|{_OF})(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_PERSON = (
    r"(?:(?:Hj|H|Ir|Drs|Dra|Dr|dr)\.?\s+)*[A-Z][a-z'’]+(?:\s+(?:bin|binti)\s+[A-Z][a-z]+|\s+[A-Z][a-z'’]+|\s+[A-Z]\.)*"
)
_TITLED = r"(?:(?:[Ss]dri?|[Bb]pk)\b\.?|(?:[Ss]audar[ai]|[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u)\b)\s+"
_RANK = (
    r"(?:Ai?p(?:da|tu)|Brip(?:ka|tu|da)|Brigpol|Brigadir|Ip(?:da|tu)|AKP|Kompol|AKBP|Sert[ua]|"
    r"Serka|Serda|Pra(?:ka|tu|da)|Kop(?:da|ka|tu)|Kapten|Letda|Lettu|Peltu|Pelda)"
)
_ROLE = (
    r"(?:,\s+(?:(?:staf|pemilik|manajer|mandor|panitia|pengurus|kepala|ketua|bendahara|direktur|"
    r"anggota|petugas|Ketua RT|Ketua RW|Kepala|Lurah|Camat)\b[^,.;()]{0,45}))?"
)

#: Kinds of mention: its shape, and how often such a one is complained of.
_KINDS = (
    ("perusahaan", rf"\b(?:PT|CV|UD|PO|PTPN|Firma)\b\.?\s+[\"“']?{_CAPS}", 0.9),
    ("aparat", rf"\b{_RANK}\.?\s+{_PERSON}", 0.85),
    ("pejabat", r"\b(?:Kepala|Camat|Lurah|Ketua|Kasi|Kabid|Direktur|Manajer|Manager|Pejabat|Kapolsek|Kapolres|"
        rf"Danramil|Sekretaris|Bendahara|Komandan|Keuchik|Rektor)\s+{_OFFICE_NAME}(?:,\s+{_TITLED}{_PERSON})?", 0.65),
    ("usaha", r"\b(?:Koperasi|Yayasan|Hotel|Toko|Kios|Universitas|Sekolah Tinggi|Perkebunan|Bank|Klinik|"
        rf"BPR|Perumda|Pabrik|Rumah Makan|Apotek|Asuransi|Leasing)\s+{_CAPS}", 0.65),
    ("kantor", r"\b(?:Dinas|Badan|Balai|Kesatuan|Satuan|Kejaksaan|Kantor|UPTD?|Panitia|RSUD|RSU|RS|Puskesmas|"
        r"BKPSDM|BKD|Sat\s?Reskrim|Satresnarkoba|Satpol PP|Unit|Kepolisian|Polres\w*|Polsek|Polda|"
        r"Brimob|Kodim|Koramil|Dalmas|Rutan|Lapas|Disdukcapil|BPJS|BPN|PLN|PDAM|SD|SMP|SMA|SMK|"
        rf"MTs|MAN|Madrasah)\s+{_OFFICE_NAME}", 0.5),
    ("orang", rf"\b(?:oknum|Linmas|satpam|preman)\s(?:(?!dan )\w+ ){{0,4}}bernama\s+{_PERSON}", 0.9),
    ("orang", rf"\b{_TITLED}{_PERSON}{_ROLE}", 0.55),
    ("orang", rf"\b(?:dr|H|Hj|Drs|Ir)\.\s+{_PERSON}", 0.55),
    ("orang", rf"(?<=bernama )(?!{_RANK}){_PERSON}{_ROLE}|(?<=namanya ){_PERSON}|(?<=mandor ){_PERSON}|"
        rf"(?<=mantan suami saya, ){_PERSON}|(?<=mantan istri saya, ){_PERSON}|(?<=atasan saya, "
        rf"){_PERSON}|(?<=majikan saya, ){_PERSON}|(?<=tetangga saya, ){_PERSON}", 0.8),
)  # fmt: skip
_SHAPES = tuple((kind, re.compile(shape), weight) for kind, shape, weight in _KINDS)

_CHARGED = re.compile(
    r"(?:terhadap|atas)\s+(?:(?:tindakan|perbuatan|kebijakan|kelakuan|sikap|perlakuan|kinerja|ulah)\s+)?"
    r"(?:dari\s+|oleh\s+)?$"
    r"|\b(?:mengadukan|melaporkan|mengadu)\s+(?:(?:perbuatan|tindakan|kebijakan|pengembang|perusahaan|perlakuan|"
    r"oknum|pemilik|ketua|pihak|perihal|tentang|saudara)\s+){0,2}"
    r"(?:[\w ]{0,45}\b(?:yaitu|yakni|bernama)\s+|[\w ]{3,60},\s+)?$",
    re.I,
)
_KIN = re.compile(
    r"(?<!mantan )\b(?:anggota|warga|anak|klien|suami|ist[re]+i|adik|kakak|orang tua|"
    r"ayah|ibu|bapak|teman|rekan|tetangga) (?:kami|saya)"
    r"(?:\s+yang)?(?:\s+bernama)?\s*,?\s+$"
)
_HURT = re.compile(
    r"^,?\s*[^.;]{0,40}\b(?:ditolak|dipukul\w*|diusir|ditangkap|diancam|dianiaya|ditahan|dipecat|dikeluarkan|meninggal|"
    r"diperiksa|tewas)\b"
)
_AGENT = re.compile(
    r"\boleh\s+(?:(?:oknum|petugas|pihak|atasan|anggota|seorang|ketua|pimpinan|sdr|saudara)\s+){0,"
    r"2}(?:saya,\s+)?(?:bernama\s+|yang bernama\s+)?$",
    re.I,
)
_OWNED = re.compile(
    r"\b(?:milik|utusan|suruhan|punya|anak buah|pemilik|pengelola(?: baru)?(?: yaitu)?|yaitu|"
    r"yang dipanggil|penagih|pengembang|di dalam|ditahan di|bekerja (?:di|pada|sebagai \w+ "
    r"(?:di|pada)))\s+$",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:lapor\w*|melapor\w*|mengadu|dilaporkan|surati|bersurat|diadukan|permohonan|tembusan|"
    r"menyurati|hub\w*|berobat|visum|disaksikan|saksi\w*|teman\w*|tetangga\w*|korban|dilaporkan\w*|"
    r"anjuran|"
    r"mediasi|rujukan|sepupu|keponakan|kakak|adik|dokter|Putusan|putusan|Peraturan|peraturan|"
    r"Pengadilan|Menurut|menurut|Wassidik)\s+(?:\w+\s+){0,3}$|\b(?:ke|kepada)\s+(?:kantor\s+)?$",
    re.I,
)
_DOES = re.compile(
    r"^,?\s*(?:[^.,;]{0,40}?(?:,[^.,;]{2,40},)?\s)?(?:yang\s+)?(?:telah\s+|tidak\s+|belum\s+|"
    r"selalu\s+|malah\s+|justru\s+|juga\s+|hanya\s+|cuma\s+|dengan\s+\w+\s+|kemudian\s+)*"
    r"(?:me[a-z]{4,}|tidak|belum|menolak|minta|datang|bilang|berjanji|berkata|masuk|ditemui|seka)\b"
)
_STREET = re.compile(r"(?:\b[Jj]alan|\b[Jj]l\.?|\b[Gg]g\.?|\bGang|\bDesa|\bKelurahan|\bSK)\s+$")
_DESK = re.compile(r"Kantor Wilayah|Kanwil|Kemenkumham|Kumham|Bapak/Ibu|Bapak Kepala|Bapak Bupati|Hukum dan HAM")
_SUFFERED = re.compile(
    r"\b(?:dialami|didengar|dilihat|disaksikan|didampingi|ditolong)\w*\s+(?:langsung\s+)?oleh\s+(?:\w+\s+){0,2}$", re.I
)
_HELPED = re.compile(
    r"^,?\s*(?:\w+\s+){0,2}?(?:menolong|membantu|melihat|mendengar|menyaksikan|mengalami|memerlukan|"
    r"sedang hamil|menemani|menangis|hadir|menyarankan|menyerahkan)\b"
)
_OURS = re.compile(
    r"^,?\s*(?:\(\w+\)|warga kami|istri saya|suami saya|anak saya|isteri saya|selaku kuasa|ditangkap|diperiksa)", re.I
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named, from ``start`` to ``end``; ``weight`` says how much speaks for being complained of."""

    start: int
    end: int
    text: str
    kind: str
    weight: float


def mentions(layout: Layout, start: int, end: int, title: str) -> Iterator[Mention]:
    """Yield whom the text between two offsets names; ``title`` is the letter's subject line."""
    flow = layout.sheet.flow
    found = [
        (match.start(), match.start() + len(match[0].rstrip(" .,-")), kind, usual)
        for kind, shape, usual in _SHAPES
        for match in shape.finditer(flow, start, end)
    ]
    after = start
    for a, b, kind, usual in sorted(found, key=lambda f: (f[0], -f[1])):
        if a < after or _STREET.search(flow, max(0, a - 12), a) or _DESK.search(flow, a, b):
            continue
        after = b
        weight = usual + _said(flow, a, b, kind) + 0.3 * (1 - (a - start) / max(1, end - start))
        yield Mention(a, b, flow[a:b], kind, weight + (0.3 if flow[a:b] in title else 0.0))


def _said(flow: str, a: int, b: int, kind: str) -> float:
    """Return how the words around a name speak for (above 0) or against its being complained of."""
    before, after = flow[max(0, a - 80) : a], flow[b : b + 60]
    weight = 0.0
    if _CHARGED.search(before):
        weight += 1.2
    elif _SUFFERED.search(before):
        weight -= 0.8
    elif _AGENT.search(before):
        weight += 0.8
    elif _OWNED.search(before):
        weight += 0.5
    if _HELPED.match(after):
        weight -= 0.3
    elif _DOES.match(after):
        weight += 0.35
    if kind == "orang" and (_KIN.search(before) or _HURT.match(after)):
        weight -= 0.8
    if _ASKED.search(before):
        weight -= 0.9
    if _OURS.match(after):
        weight -= 0.9
    return weight
