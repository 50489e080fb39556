"""A person introduced in a sentence: *Saya …, umur 40 tahun, pekerjaan …, beralamat di …*."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.reading.fields import Field
from pipeline.reading.identity import age_field, birth_field, empty, name_field, value_field
from pipeline.reading.layout import Layout
from pipeline.reading.names import FULL_NAME, is_name, plain
from pipeline.reading.numbers import nik, telephone

_NEXT = (
    r"(?=\s*(?:[,;.(]?\s*(?:N[Ii]K|nik\b|No\.? ?KTP|HP|Hp|hp|WA|telp|telepon|Telp|nomor (?:HP|"
    r"hp|telepon)|No\.? ?(?:HP|Hp|hp|Telp)|Nomor (?:HP|hp|telepon)|[Nn]omor saya|umur|usia|"
    r"pekerjaan|pekerdjaan|Pekerjaan|kerja|"
    r"alamat|beralamat|tinggal|bertempat|tempat tinggal|domisili|no hp|nomor hp|lahir|ber?tindak|mewakili|menyampaikan|"
    r"menjampaikan|melaporkan|mengadukan|"
    r"ingin|hendak|dengan ini|adalah|sejak|selanjutnya|atas|agama|selaku|berdasarkan|Yg|yang|"
    r"ketua|anggota|menyatakan|mewakili|semuanya|Pekerjaan|Hp)\b|[;]"
    r"|(?<!\b[Kk]ec)(?<!\b[Kk]el)(?<!\b[Kk]ab)(?<!\b[Jj]l)(?<!\bGg)(?<!\bR[TtWw])(?<!\b[Nn]o)(?<!\b[A-Z])\.\s|$))"
)
#: The writer speaking of himself, not of *suami saya*.
_SELF = r"(?:\b[SK]|(?:(?<![a-z] )|(?<=\bini )|(?<=hormat ))\b[sk])(?:aya|ami)"
#: Words between *saya* and *bernama*; none that turns to somebody else.
_OF_SELF = (
    r"(?!\b(?:anak|suami|ist[re]+i|adik|kakak|orang|ibu|ayah|bapak|mengadu\w*|melapor\w*|me(?!nulis|mbuat|ngirim|"
    r"nyampaikan)[a-z]{5,}|oleh|klien|korban|"
    r"mantan|dipanggil)\b)[^\s.:;]+\s+"
)
_INTRODUCED = tuple(
    re.compile(p)
    for p in (
        rf"(?:[Nn]am[ao] (?:[Ss]aya|ambo)|[Ss]aya (?:yang )?(?:bernama|nama)|"
        rf"[Pp]erkenalkan,? (?:nama )?saya)\s*:?\s*({FULL_NAME})",
        rf"bertanda\s*tangan(?:\s+di\s*bawah(?:\s+ini)?)?\s*[,:]?\s*(?:[Ss]aya\s*,?\s*)?(?:[Nn]ama\s*:?\s*)?({FULL_NAME})"
        r"(?![\w'’])(?!\s*[:;])",
        r"(?:untuk\s+dan\s+atas\s+nama|selaku kuasa (?:hukum )?dari|kuasa dari)\s*:?\s*(?:klien "
        rf"kami,? |anggota kami,? )?({FULL_NAME})",
        r"(?:ini|ini,|pak,|pak|Pak,|di atas,?)\s*:?\s*(?:[Ss]aya|[Kk]ami),?\s+"
        rf"(?:(?:yang\s+)?bernama\s+)?({FULL_NAME})",
        rf"{_SELF},?\s+(?:{_OF_SELF}){{1,12}}?(?:ber)?nam[ao]\s*:?\s+({FULL_NAME})",
        rf"(?:[Pp]engurus|[Aa]nggota|[Kk]lien|[Ww]arga) kami,?\s+({FULL_NAME})",
        rf"{_SELF},?\s+({FULL_NAME})(?=\s*[,(]|\s+(?:umur|warga|tinggal|asal|alamat|dari|pekerjaan|selaku|sebagai|"
        rf"mahasisw))",
    )
)
_TOGETHER = re.compile(
    rf"(?:masing-masing|yaitu|yakni|[Kk]ami|klien|anggota|atas nama)\W+(?:[a-z]+\s)?({FULL_NAME}(?:(?:,"
    rf"\s*(?:dan\s+)?|\s+dan\s+){FULL_NAME})+)"
)
_CHARGES = re.compile(r"\b(?:me(?:laporkan|ngadukan|nggugat)|terhadap|terlapor|teradu)\b[^.]*$", re.I)
_JOB = re.compile(
    rf"\b(?:[Pp]eker(?:j|dj)aan|bekerja sebagai|kerja|gaw[ei]\w*)\s*:?\s+(?:(?:sebagai|ambo|saya)\s+)?([^,;.]+?){_NEXT}"
)
_HOME = re.compile(
    r"(?:ber\s?alamat(?:kan)?(?: rumah)?(?: saya)?|[Aa]lamat(?: saya)?|(?:ber)?tempat\s+tinggal|"
    r"tinggal|(?:ber)?domisili|asal|warga(?= [A-Z]))"
    r"\s*:?\s*(?:di\s+)?(sama dengan(?: di)? atas|(?:Jl|Jalan|jl|jalan|Desa|desa|Kel|kel|Dusun|Kp|Kampung|Gg|RT|Perum|"
    r"Bedeng|Komplek|Blok|Lorong|d/a|Asrama|Mess|sama|[A-Z])"
    rf"[^;]*?){_NEXT}"
)
_BORN = re.compile(r"\b(?:ke)?[Ll]ahir(?:an)?\s+(?:di\s+)?(?=[A-Z])")
_AGE = re.compile(
    r"\b(?:[Uu]mur|[Uu]sia|[Bb]erumur|[Bb]erusia)(?:\s+(?:saya|ambo|kami))?\s*:?\s*(?=\d)|"
    r"^[^.;]{0,80}?[,(]\s*(?:[a-z]{3,6}\s+)?(?=\d\d (?:tahun|thn|th)\b)"
)
_NIK = re.compile(
    r"\b(?:NIK|nik|No\.? ?KTP|Nomor Induk Kependudukan|[Nn]omor KTP)\b(?: KTP| nomor| saya)?\s*[:.]?\s*(?=[\dOIl])"
)
_AFTER_NAME = re.compile(
    r"\s*(?:\(\d\d (?:tahun|thn|th)\.?\))?\s*,?\s*\(?\s*([a-z][^,;.()]*?(?:, [a-z][a-z ]+(?=\)))?)\s*[,)](?=\s)"
)
_ROLE = re.compile(
    r",\s*((?:[Kk]etua|[Ss]ekretaris|[Aa]nggota|[Ww]akil|[Bb]endahara|[Kk]oordinator|bekas|"
    r"mantan|eks)\b[^,;.]*?)(?=,|\s+anggota kami|;|\.)"
)
#: Parts of an introduction that say something else than what the person does.
_NO_JOB = re.compile(
    r"^(?:umur|usia|berumur|berusia|pekerjaan|beralamat|alamat|tinggal|bertempat|berdomisili|lahir|kelahiran|warga|"
    r"kecamatan|kec\b|desa|kel\b|kelurahan|kabupaten|kab\b|kota|rt\b|rw\b|jl|jalan|provinsi|"
    r"nik|laki|perempuan|penyandang|penghayat|penganut|agama|\d|adalah|dan|yang|hp|is[ti]e?ri|anak|bapak|"
    r"ibu(?! rumah)|orang ?tua|dengan|"
    r"s\.|telepon|"
    r"nomor|no\.|berdasarkan|selaku|selanjutnya|saya|kami|dalam hal|bersama|"
    r"melaporkan|mengadukan|menyampaikan|hendak|ingin|bertindak)",
    re.I,
)
_BETWEEN = re.compile(r"(?<=,)\s+([^,;.()]{3,60})(?=,)")
#: Where the introduction ends and the telling begins.
_TELLS = re.compile(r"(?:dengan ini|bersama ini|me[a-z]{4,}|hendak|ingin|bermaksud|mohon)\b", re.I)
#: So many parts between commas are looked at.
_PARTS = 4


#: A name in small letters, as hasty writers put it: from *nama* to the next particular.
_SMALL_NAME = re.compile(
    rf"(?:(?<!\w){_SELF}\s+(?:{_OF_SELF}){{0,6}}?|\bini\s+(?:saya\s+)?|^\W*)(?:ber)?nam[ao](?:\s+saya)?\s*:?\s+"
    r"([a-z][a-z']+(?:\s+(?!(?:alamat|tinggal|umur|pekerjaan|no|hp|nomor|warga|asal|mau|ingin|dari|lahir|bertempat)\b)"
    r"[a-z][a-z']+){0,3})(?=\s*,|\s+(?:alamat|tinggal|umur|pekerjaan|no|hp|nomor|warga|asal|mau|ingin|dari|lahir|"
    r"bertempat)\b)",
    re.I,
)


def introduced(
    layout: Layout, start: int, end: int, sure: float = 0.88, but_not: frozenset[str] = frozenset()
) -> dict[str, Field | None] | None:
    """Return the person introduced between two offsets, or ``None``; ``but_not`` are names of others."""
    flow = layout.sheet.flow
    for pattern in _INTRODUCED:
        for match in pattern.finditer(flow, start, end):
            name = match[1].strip()
            if plain(name) in but_not:
                continue
            if is_name(name) or (
                len(name.split()) > 1
                and not re.match(r"(?:Kepala|Ketua|Bapak/|Pengurus|Direktur|Paguyuban|Forum|Serikat)", name)
            ):
                person = particulars(layout, match.end(1), min(end, match.end(1) + 520))
                person["nama"] = name_field(layout, match.start(1), match.end(1), sure, "diperkenalkan dalam kalimat")
                person["pekerjaan"] = person["pekerjaan"] or _apposition(layout, match.end(1))
                return person
    return _introduced_in_small_letters(layout, start, end)


def _introduced_in_small_letters(layout: Layout, start: int, end: int) -> dict[str, Field | None] | None:
    match = _SMALL_NAME.search(layout.sheet.flow, start, end)
    if match is None or not is_name(match[1].title()):
        return None
    person = particulars(layout, match.end(1), min(end, match.end(1) + 520))
    person["nama"] = name_field(layout, match.start(1), match.end(1), 0.7, "diperkenalkan dalam kalimat")
    return person


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)


def told_of(layout: Layout, name: Field, start: int, end: int, names: Iterable[Field] = ()) -> dict[str, Field | None]:
    """Return what the text says of one whose name is known from elsewhere, where it first names him or her.

    It ends where the next of the *names* begins.
    """
    sheet, known = layout.sheet, str(name.best.nilai)
    match = _named(known).search(sheet.flow, start, end)
    if match is None:
        return {**empty(), "nama": name}
    whole = re.compile(FULL_NAME).match(sheet.flow, match.start(), end)
    last = whole.end() if whole and is_name(whole[0]) else match.end()
    others = [_named(str(n.best.nilai)).search(sheet.flow, last, end) for n in names if n is not name]
    end = min([end, last + 420, *(m.start() for m in others if m)])
    person = particulars(layout, last, end)
    person["pekerjaan"] = person["pekerjaan"] or _apposition(layout, last)
    person["nama"] = name
    if last > match.end():
        longer = name_field(layout, match.start(), last, 0.8, "nama di bawah tanda tangan, lengkap dalam surat")
        person["nama"] = longer or name
    return person


def introduced_together(
    layout: Layout, start: int, end: int, but_not: frozenset[str] = frozenset()
) -> list[dict[str, Field | None]]:
    """Return several persons named in a row (*masing-masing A, B dan C, semuanya warga …*), or an empty list.

    A row in which one of ``but_not`` stands names others: the lawyers; so does one that a charge leads to.
    """
    sheet = layout.sheet
    for match in _TOGETHER.finditer(sheet.flow, start, end):
        spans = [m.span(1) for m in re.finditer(rf"({FULL_NAME})", match[1])]
        named = [(match.start(1) + a, match.start(1) + b) for a, b in spans]
        if any(plain(sheet.flow[a:b]) in but_not for a, b in named):
            continue
        if _CHARGES.search(sheet.flow, max(layout.offset(layout.body), match.start() - 70), match.start()):
            continue
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
    """Return the occupation that stands between commas behind a name (*Saya Budi, 40 tahun, tukang kayu, …*)."""
    flow = layout.sheet.flow
    match = _AFTER_NAME.match(flow, after, after + 90)
    if match and not _NO_JOB.match(match[1]) and len(match[1].split()) <= 6:
        return value_field(layout, match.start(1), match.end(1), 0.6, "keterangan di belakang nama")
    if role := _ROLE.search(flow, after, after + 150):
        return value_field(layout, role.start(1), role.end(1), 0.6, "keterangan jabatan di belakang nama")
    for part in list(_BETWEEN.finditer(flow, after, after + 170))[:_PARTS]:
        if _TELLS.match(part[1]):
            break
        if not _NO_JOB.match(part[1]) and len(part[1].split()) <= 5:
            return value_field(layout, part.start(1), part.end(1), 0.55, "keterangan di belakang nama")
    return None
