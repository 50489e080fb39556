"""Labels and their values: ``Nama : …``, ``N a m a  : …``, ``No. Telp/HP  1 0852…``, a table without colons."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from pipeline.reading.sheet import Cell, Row, Sheet
from pipeline.reading.spelling import distance, fold, modern

_TABLE = {
    "nama": "nama, nama lengkap, nama saya, nama pelapor, nama pengadu, nama pemohon, nama klien, nama pihak pelapor,"
    " nama penyampai komunikasi, nama penyampai, nama dan alias, nama sesuai ktp, nama jelas",
    "nik": "nik, ktp, no ktp, nomor ktp, no nik, nomor nik, no identitas, nomor identitas, nomor induk kependudukan,"
    " no induk kependudukan, nik ktp, no ktp nik, no kartu tanda penduduk, identitas, nik no",
    "ttl": "ttl, tt, tempat tanggal lahir, tempat tgl lahir, tempat dan tanggal lahir, tempat dan tgl lahir, lahir,"
    " tempat tgl lhr, tmpt tgl lahir, tempat lahir tanggal, tempat lahir tgl, kelahiran, tempat lahir tanggal lahir",
    "tempat_lahir": "tempat lahir",
    "tanggal_lahir": "tanggal lahir, tgl lahir",
    "umur": "umur, usia, umur usia",
    "pekerjaan": "pekerjaan, kerja, profesi, pekerjaan jabatan, mata pencaharian, pekerjaan sekarang",
    "alamat": "alamat, alamat rumah, alamat lengkap, alamat tinggal, tempat tinggal, domisili, alamat domisili,"
    " alamat sesuai ktp, alamat ktp, alamat sekarang, alamat tempat tinggal, alamat pelapor, bertempat tinggal di",
    "lain": "agama, jenis kelamin, status, kewarganegaraan, pendidikan, email, surel, alamat surel, alamat surat,"
    " alamat email, nim, nip, nrp, npwp, pangkat, pangkat nrp, hubungan dengan korban, hub dgn korban, faksimile,"
    " faks, fax, ciri ciri, sifat, kategori, kategori ham, suku, bangsa, kebangsaan, status perkawinan, klasifikasi,"
    " no kk, hubungan, pendidikan terakhir, warga negara, derajat, to, attachments",
    "pengirim": "from, dari, pengirim, nama pengirim",
    "instansi": "instansi, nama instansi, lembaga, perusahaan, kantor, perorangan, kesatuan, satuan, satuan kerja,"
    " unit kerja, nama perusahaan, jabatan, organisasi, nama lembaga, kesatuan instansi",
    "nomor": "nomor, no, nomer, nomor surat, no surat, nmr",
    "lampiran": "lampiran, lamp, lampiran surat, lampirannya",
    "perihal": "perihal, hal, prihal, pokok, pokok surat, tentang, judul, judul pengaduan, judul laporan, subyek,"
    " subjek, subject, topik, masalah, mengenai, subyek surat, pokok masalah, hal surat, perihal pengaduan,"
    " pokok aduan",
    "kepada": "kepada, kepada yth, yth, ditujukan kepada, kpd yth, kpd, tujuan, kepada jth, jth",
    "tembusan": "tembusan, tindasan, cc, tembusan yth, tembusan disampaikan kepada, tembusan kepada yth, salinan,"
    " tembusan kepada, tembusan disampaikan kepada yth, tebusan, tembusan surat",
    "tempat_kejadian": "tempat kejadian, lokasi kejadian, lokasi, tempat peristiwa, tkp, tempat kejadian perkara,"
    " lokasi peristiwa",
    "waktu_kejadian": "waktu kejadian, tanggal kejadian, waktu peristiwa, hari tanggal, waktu, tgl kejadian",
    "terlapor": "terlapor, pihak yang diadukan, pihak terlapor, yang dilaporkan, yang diadukan, teradu, nama terlapor,"
    " pihak yang dilaporkan, pihak yang dikomunikasikan, pihak teradu, nama teradu, pihak yang diduga melakukan,"
    " pelaku, nama pelaku, nama instansi yang diadukan, terlapor teradu",
    "kuasa": "kuasa, nama kuasa, nama kuasa pendamping, pendamping, kuasa hukum, nama pendamping",
    "orang_lain": "nama korban, korban, saksi, nama saksi, nama anak, nama ayah, nama ibu, nama suami, nama istri",
    "tanggal": "tanggal, tgl, tanggal surat, tempat dan tanggal, tempat tanggal, hari dan tanggal,"
    " sent, date, dikirim, tanggal kirim, waktu kirim",
}
_KINDS = {fold(phrase): kind for kind, phrases in _TABLE.items() for phrase in phrases.split(",")}
#: Words one letter away from a label.
_WORDS = {"kepala", "tanpa", "alam", "sama", "lama", "nada"}
_NEAR_PHONE = ("telepon", "notelepon", "nomortelepon", "notelp", "nomorhp", "handphone")
_PHONE = re.compile(
    r"(no|nomor|nomer|nmr)?(telp|telpon|telepon|tlp|tel|hp|wa|whatsapp|handphone|hape|ponsel|kontak|seluler|selular|"
    r"yangdapatdihubungi|yangbisadihubungi)+(aktif|pelapor|saya|rumah)?"
)
#: One of several accused: *Terlapor I*, *Teradu 2*.
_COUNTED = re.compile(r"(?:terlapor|teradu)(?:i{1,3}|iv|vi{0,3}|\d)")
_HONORIFIC = re.compile(r"\([^)]*\)")
_PREFIX = re.compile(r"\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s*|[-*•+]\s+|[IVXLl|]{1,4}\s+(?=[Nn]ama\b))?")
_TOKEN = re.compile(r"[^\s:;=]+")
_COLON = re.compile(r"[ \t]*(?:[^\w\s(]{0,2}[ \t]+)?[:;=]+[ \t]*")
#: What a colon becomes on a poor scan: a dash, a quote, a 1, an 8, a 3.
_DAMAGED = re.compile(
    r"[ \t]*(?:[^\w\s(]{1,2}(?=\s)|[ \t](?:\d|€|[a-z](?=[ \t]+[A-Z0-9]))[:;.]?(?=\s)"
    r"|[ \t]\d\d(?=\t)|[.,](?=\t))[ \t]*[:;]?[ \t]*"
)
#: A dash between a label and a count (*Lampiran - 2 lembar*), not one that says there is none.
_DASHED = re.compile(r"[ \t]*[-–—][ \t]*(?=\w)")
#: A kind whose value may follow without any separator (a table whose lines were lost), and what it must look like.
_BARE = {
    "nik": re.compile(r"[\dOIl][\dOIl .-]{13,}"),
    "telepon": re.compile(r"1?[+(]?[0O6][\d .()-]{7,}"),
    "umur": re.compile(r"\d{2}\s*(?:th|thn|tahun)\b"),
    "nama": re.compile(r"[A-Z][A-Za-z'.]+(?:[ \t][A-Z][A-Za-z'.]+)*[ \t]*$"),
    "perihal": re.compile(r"[A-Z][A-Za-z]+ \w{2}"),
    "lampiran": re.compile(r"\d{1,2}\b"),
    "pekerjaan": re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+){0,3}[ \t]*$"),
    "alamat": re.compile(r"(?:Jl|Jalan|Desa|Kel|Dusun|RT|Perum|Gg|Kec|Komplek|Emplasmen|Kampung)\b"),
}
_BARE_LABEL = defaultdict(
    lambda: re.compile(r"[^:=]+"),
    perihal=re.compile(r"(?:(?:pe?ri)?hal|tentang)\.?", re.I),
    lampiran=re.compile(r"\w+"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and where its value stands; ``start == end`` when nothing is written there."""

    kind: str
    label: str
    row: Row
    start: int
    end: int
    column: float
    """Where the value begins, as a fraction of the page's width."""


@lru_cache(maxsize=4096)
def kind_of(label: str) -> str | None:
    """Return what a label stands for (``nama``, ``nik``, ``telepon`` and so on), or ``None``."""
    folded = modern(fold(_HONORIFIC.sub("", label)))
    if folded in _KINDS:
        return _KINDS[folded]
    if _COUNTED.fullmatch(folded):
        return "terlapor"
    if _PHONE.fullmatch(folded):
        return "telepon"
    return None


@lru_cache(maxsize=4096)
def kind_near(label: str) -> str | None:
    """Return what a label with one misread letter stands for."""
    folded = modern(fold(_HONORIFIC.sub("", label)))
    if folded in _WORDS:
        return None
    alike = _ALIKE.get(_one_shape(folded))
    if alike:
        return alike
    if len(folded) < 5:
        return "nama" if len(folded) == 4 and distance(folded, "nama", 1) == 1 else None
    folded = _one_m(folded)
    near = (kind for phrase, kind in _LONG if abs(len(phrase) - len(folded)) <= 1 and distance(folded, phrase, 1) <= 1)
    return next(near, None)


def _one_m(folded: str) -> str:
    """Return the letters with what an *m* is often read as (*rn*, *nn*) as one letter."""
    return folded.replace("rn", "m").replace("nn", "m")


def _one_shape(folded: str) -> str:
    """Return the letters with those that scanners confuse (*i l 1*, *o 0*, *rn m*) written alike."""
    return _one_m(folded).translate(_SHAPES)


#: Two letters are alike to too much.
_TWO = 2
_SHAPES = str.maketrans("i10", "llo")
_ALIKE = {
    _one_shape(phrase): kind
    for phrase, kind in (*_KINDS.items(), *((phone, "telepon") for phone in _NEAR_PHONE))
    if len(phrase) > _TWO
}
_LONG = tuple(
    (_one_m(phrase), kind)
    for phrase, kind in (*_KINDS.items(), *((phone, "telepon") for phone in _NEAR_PHONE))
    if len(phrase) >= 5
)


def pair_in(row: Row) -> Pair | None:
    """Return the label and value with which the row begins, if it begins with a label."""
    text = row.text
    prefix = _PREFIX.match(text)
    begin = prefix.end() if prefix else 0
    tokens = list(_TOKEN.finditer(text, begin, min(len(text), begin + 60)))[:7]
    for last in range(len(tokens), 0, -1):
        end = tokens[last - 1].end()
        separator = _COLON.match(text, end) or (
            _DAMAGED.match(text, end) if kind_of(text[begin:end]) != "lampiran" else _DASHED.match(text, end)
        )
        kind = kind_of(text[begin:end]) or (kind_near(text[begin:end]) if separator else None)
        if kind is None:
            continue
        if separator or text[end : end + 1] == "\t" or end == len(text):
            value = separator.end() if separator else end
            while value < len(text) and text[value] in " \t":
                value += 1
            return _pair(kind, text[begin:end], row, value)
        if kind in _BARE and _BARE[kind].match(text, end + 1) and _BARE_LABEL[kind].fullmatch(text, begin, end):
            return _pair(kind, text[begin:end], row, end + 1)
    return None


def _pair(kind: str, label: str, row: Row, value: int) -> Pair:
    start = row.start + value
    cell = next((c for c in row.cells if c.start <= start <= c.end), row.cells[-1])
    share = (start - cell.start) / max(1, cell.end - cell.start)
    end = start + len(row.text[value:].split("\t")[0].rstrip()) if value < len(row.text) else start
    return Pair(kind, label, row, start, max(start, end), cell.x0 + share * (cell.x1 - cell.x0))


def pairs_of(sheet: Sheet) -> dict[int, Pair]:
    """Return the labelled rows of a sheet by row index."""
    return {row.index: pair for row in sheet.rows if (pair := pair_in(row)) is not None}


def value_end(sheet: Sheet, pair: Pair, stop: frozenset[int], most: int = 3) -> tuple[int, list[Cell]]:
    """Return where the value ends and the cells that continue it: lines below that keep its column.

    ``stop`` are rows that begin something else.
    """
    rest: list[Cell] = []
    indented = pair.column > pair.row.x0 + 0.04
    for row in sheet.rows[pair.row.index + 1 : pair.row.index + 1 + most]:
        if row.index in stop or row.page != pair.row.page or not indented:
            break
        cell = next((c for c in row.cells if abs(c.x0 - pair.column) < 0.035), None)
        if cell is None or (cell is not row.cells[0] and row.cells[0].x0 < pair.row.x0 + 0.03):
            break
        rest.append(cell)
    return (rest[-1].end if rest else pair.end), rest
