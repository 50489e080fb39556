"""A person introduced in a sentence: *Saya …, umur 40 tahun, pekerjaan …, beralamat di …*."""

from __future__ import annotations

import re

from pipeline.domain.letter import Field
from pipeline.domain.reading.identity import age_field, birth_field, empty, name_field, value_field
from pipeline.domain.reading.layout import Layout
from pipeline.domain.reading.names import FULL_NAME, is_name
from pipeline.domain.reading.numbers import nik, telephone

_NEXT = (
    r"(?=\s*(?:[,;.(]?\s*(?:N[Ii]K|nik\b|No\.? ?KTP|HP|Hp|hp|WA|telp|telepon|Telp|nomor (?:HP|"
    r"hp|telepon)|No\.? ?(?:HP|Hp|hp|Telp)|Nomor (?:HP|hp|telepon)|[Nn]omor saya|umur|usia|"
    r"pekerjaan|Pekerjaan|kerja|"
    r"alamat|beralamat|tinggal|bertempat|tempat tinggal|lahir|ber?tindak|mewakili|menyampaikan|"
    r"menjampaikan|melaporkan|mengadukan|"
    r"ingin|hendak|dengan ini|adalah|sejak|selanjutnya|atas|agama|selaku|berdasarkan|Yg|yang|"
    r"ketua|anggota|menyatakan|mewakili|semuanya|Pekerjaan|Hp)\b|[;]"
    r"|(?<!\b[Kk]ec)(?<!\b[Kk]el)(?<!\b[Kk]ab)(?<!\b[Jj]l)(?<!\bGg)(?<!\bR[TtWw])(?<!\b[Nn]o)(?<!\b[A-Z])\.\s|$))"
)
_INTRODUCED = tuple(
    re.compile(p)
    for p in (
        rf"(?:[Nn]ama [Ss]aya|[Ss]aya (?:yang )?(?:bernama|nama)|[Pp]erkenalkan,? (?:nama )?saya)\s*:?\s*({FULL_NAME})",
        r"(?:untuk\s+dan\s+atas\s+nama|selaku kuasa (?:hukum )?dari|kuasa dari)\s*:?\s*(?:klien "
        rf"kami,? |anggota kami,? )?({FULL_NAME})",
        rf"(?:ini|ini,|pak,|pak|Pak,|di atas,?)\s*:?\s*(?:[Ss]aya|[Kk]ami),?\s+({FULL_NAME})",
        rf"(?:[Pp]engurus|[Aa]nggota|[Kk]lien|[Ww]arga) kami,?\s+({FULL_NAME})",
        rf"\b(?:[Ss]aya|[Kk]ami),?\s+({FULL_NAME})(?=\s*,|\s+(?:umur|warga|tinggal))",
    )
)
_TOGETHER = re.compile(
    rf"(?:masing-masing|yaitu|yakni|kami|klien|anggota|atas nama)\W+(?:\w+\s)?({FULL_NAME}(?:(?:,"
    rf"\s*(?:dan\s+)?|\s+dan\s+){FULL_NAME})+)"
)
_JOB = re.compile(rf"(?:pekerjaan|[Pp]ekerjaan|bekerja sebagai|kerja)\s*:?\s+(?:sebagai\s+)?([^,;.]+?){_NEXT}")
_HOME = re.compile(
    r"(?:ber\s?alamat(?:kan)?(?: rumah)?(?: saya)?|[Aa]lamat(?: saya)?|(?:ber)?tempat\s+tinggal|"
    r"tinggal|berdomisili|warga(?= [A-Z]))"
    r"\s*:?\s*(?:di\s+)?(sama dengan(?: di)? atas|(?:Jl|Jalan|jl|jalan|Desa|desa|Kel|kel|Dusun|Kp|Kampung|Gg|RT|Perum|"
    r"Bedeng|Komplek|Blok|Lorong|d/a|Asrama|Mess|sama|[A-Z])"
    rf"[^;]*?){_NEXT}"
)
_BORN = re.compile(r"\blahir\s+(?:di\s+)?(?=[A-Z])")
_AGE = re.compile(r"\b(?:[Uu]mur|[Uu]sia|[Bb]erumur|[Bb]erusia)\s*:?\s*(?=\d)|^\W{1,3}(?=\d\d (?:tahun|thn|th)\b)")
_NIK = re.compile(r"\b(?:NIK|nik|No\.? ?KTP|Nomor Induk Kependudukan|nomor KTP)\b\s*[:.]?\s*(?=[\dOIl])")
_AFTER_NAME = re.compile(
    r"\s*(?:\(\d\d (?:tahun|thn|th)\.?\))?\s*,?\s*\(?\s*([a-z][^,;.()]*?(?:, [a-z][a-z ]+(?=\)))?)\s*[,)](?=\s)"
)
_ROLE = re.compile(
    r",\s*((?:[Kk]etua|[Ss]ekretaris|[Aa]nggota|[Ww]akil|[Bb]endahara|[Kk]oordinator|bekas|"
    r"mantan|eks)\b[^,;.]*?)(?=,|\s+anggota kami|;|\.)"
)
_NO_JOB = re.compile(
    r"^(?:umur|usia|pekerjaan|beralamat|alamat|tinggal|bertempat|lahir|warga|nik|laki|perempuan|"
    r"adalah|dan|yang|hp|is[ti]e?ri|anak|bapak|ibu|dengan|s\.|telepon|nomor|berdasarkan)",
    re.I,
)


def introduced(layout: Layout, start: int, end: int, sure: float = 0.88) -> dict[str, Field | None] | None:
    """Return the person introduced between two offsets, or ``None``."""
    flow = layout.sheet.flow
    for pattern in _INTRODUCED:
        for match in pattern.finditer(flow, start, end):
            name = match[1].strip()
            if is_name(name) or (
                len(name.split()) > 1 and not re.match(r"(?:Kepala|Ketua|Bapak/|Pengurus|Direktur)", name)
            ):
                person = particulars(layout, match.end(1), min(end, match.end(1) + 520))
                person["nama"] = name_field(layout, match.start(1), match.end(1), sure, "diperkenalkan dalam kalimat")
                person["pekerjaan"] = person["pekerjaan"] or _apposition(layout, match.end(1))
                return person
    return None


def introduced_together(layout: Layout, start: int, end: int) -> list[dict[str, Field | None]]:
    """Return several persons named in a row (*masing-masing A, B dan C, semuanya warga …*), or an empty list."""
    sheet = layout.sheet
    for match in _TOGETHER.finditer(sheet.flow, start, end):
        spans = [m.span(1) for m in re.finditer(rf"({FULL_NAME})", match[1])]
        named = [(match.start(1) + a, match.start(1) + b) for a, b in spans]
        if len(named) > 1 and all(is_name(sheet.flow[a:b]) for a, b in named):
            people = [empty() for _ in named]
            for person, (a, b) in zip(people, named, strict=True):
                person["nama"] = name_field(layout, a, b, 0.82, "disebut bersama dalam kalimat pembuka")
            return people
    return []


def particulars(layout: Layout, start: int, end: int) -> dict[str, Field | None]:
    """Return what a sentence says of a person: NIK, birth, age, work, address, telephone."""
    flow, person = layout.sheet.flow, empty()
    if m := _NIK.search(flow, start, end):
        person["nik"] = nik(layout, m.end(), min(end, m.end() + 24), "setelah kata 'NIK' dalam kalimat")
    if m := _BORN.search(flow, start, end):
        person["ttl"] = birth_field(layout, m.end(), min(end, m.end() + 45), 0.85, "setelah kata 'lahir' dalam kalimat")
    if m := _AGE.search(flow[start:end]):
        person["umur"] = age_field(
            layout, start + m.end(), min(end, start + m.end() + 12), 0.85, "setelah kata 'umur' dalam kalimat"
        )
    if m := _JOB.search(flow, start, end):
        person["pekerjaan"] = value_field(layout, m.start(1), m.end(1), 0.82, "setelah kata 'pekerjaan' dalam kalimat")
    if m := _HOME.search(flow, start, end):
        person["alamat"] = value_field(layout, m.start(1), m.end(1), 0.8, "alamat dalam kalimat")
    person["telepon"] = telephone(layout, start, end, "nomor telepon dalam kalimat", 0.85)
    return person


def _apposition(layout: Layout, after: int) -> Field | None:
    """Return the occupation that follows a name between commas (*Saya Budi, tukang kayu, …*)."""
    match = _AFTER_NAME.match(layout.sheet.flow, after, after + 90)
    role = _ROLE.search(layout.sheet.flow, after, after + 150)
    if role and (match is None or _NO_JOB.match(match[1])):
        return value_field(layout, role.start(1), role.end(1), 0.6, "keterangan jabatan di belakang nama")
    if match is None or _NO_JOB.match(match[1]) or len(match[1].split()) > 6:
        return None
    return value_field(layout, match.start(1), match.end(1), 0.6, "keterangan di belakang nama")
