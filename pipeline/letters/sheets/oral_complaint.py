"""The form on which an oral complaint is written down (SOP step 1): what the register asks, filled in where known.

Every group of boxes is a value, whose parts are named by the register's words (``{{ kapasitas.kuasa_hukum }}``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.access.children import child_is_victim
from pipeline.access.naming import is_post
from pipeline.cases.register_words import register_words, rights
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.complaint_words import listed, told
from pipeline.letters.sheets.form_statement import proxy_of, stated
from pipeline.letters.sheets.paper_names import BY_HAND, came_along
from pipeline.letters.sheets.parties import proxy_in_words
from pipeline.letters.sheets.respondents import respondent
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, field
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

FORM = "01-formulir-pengaduan"

TICKED, OPEN = "☒", "☐"
NIK_DIGITS = 16
#: The answers to whether the respondent's agency may learn who complains.
_CONSENT = ("ya", "tidak")
#: Lines printed for further complainants and for respondents, at least.
_OTHERS, _RESPONDENTS = 2, 2
_VICTIM, _PROXY_LETTER, _OTHER_PAPER = "korban", "surat kuasa", "lainnya"
#: A child's age beside its name: ``Bayu Rekaan (9 tahun)``.
_AGE = re.compile(r"\((?:umur\s+|usia\s+)?(\d{1,2}\s+tahun)\)", re.IGNORECASE)
#: What stands where an officer has noted that nobody knows the respondent.
_NOBODY_KNOWN = "Belum diketahui"


def values(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return the form's values."""
    return {
        "cara": _boxes(register_words().channels, [facts.channel or said(facts.fields.get("cara_penyampaian"))]),
        "media": said(facts.fields.get("media")),
        "tanggal_terbit": wording.date_from(said(facts.fields.get("tanggal_terbit"))),
        **_complainant(facts.fields),
        **_against(facts),
        **_matter(facts),
        **stated(facts),
        "izin_identitas": _boxes(_CONSENT, [said(facts.fields.get("izin_identitas"))]),
        **texts.officer(facts.drafted_on, office),
    }


def _complainant(fields: Mapping[str, Any]) -> dict[str, Any]:
    people = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    first: Mapping[str, Any] = people[0] if people else {}
    proxy = proxy_of(fields.get("kuasa"))
    nik = said(first.get("nik"))
    whole = len(nik) == NIK_DIGITS and nik.isascii() and nik.isdecimal()
    others = [{key: said(person.get(key)) for key in ("nama", "nik", "alamat")} for person in people[1:]]
    return {
        "lembaga_pelapor": "" if proxy["nama"] else said(fields.get("lembaga_pelapor")),
        "pelapor_nama": said(first.get("nama")),
        "nik": list(nik) if whole else [""] * NIK_DIGITS,
        "nik_tertulis": "" if whole else nik,
        "pelapor_lahir": _born(first),
        "kelamin": _boxes(register_words().sexes, [said(first.get("jenis_kelamin"))]),
        "pelapor_pekerjaan": said(first.get("pekerjaan")),
        "pelapor_alamat": said(first.get("alamat")),
        "pelapor_telepon": said(first.get("telepon")),
        "pelapor_surel": said(first.get("surel")),
        "pelapor_lain": _at_least(_OTHERS, others, ("nama", "nik", "alamat")),
        "kapasitas": _boxes(register_words().capacities, [_capacity(fields)]),
        "jumlah_kelompok": said(fields.get("jumlah_kelompok")),
        "kuasa_nama": proxy_in_words(fields),
        "kuasa_alamat": proxy["alamat"],
        "kuasa_telepon": proxy["telepon"],
        "kuasa_nomor": proxy["nomor_surat_kuasa"],
        **_victim(fields),
        "kerentanan": _boxes(register_words().vulnerabilities, listed(fields.get("kerentanan"))),
    }


def _victim(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the victim; of a child the age, as far as it stands beside the name, in the row that asks for it."""
    named = "; ".join(listed(fields.get("korban")))
    ages = _AGE.findall(named)
    if not child_is_victim(fields):
        return {"korban": named, "korban_anak": "", "anak_umur": ""}
    once = " ".join(_AGE.sub("", named).split()) if len(ages) == 1 else named
    return {"korban": once, "korban_anak": "ya", "anak_umur": ages[0] if ages else ""}


def _capacity(fields: Mapping[str, Any]) -> str:
    """Return as what the complainant acts: whom a proxy represents, and who names no other victim, is the victim."""
    capacity = said(fields.get("kapasitas"))
    own = proxy_of(fields.get("kuasa"))["nama"] and fields.get("pelapor") and not listed(fields.get("korban"))
    return _VICTIM if own and capacity.startswith("kuasa") else capacity


def _born(person: Mapping[str, Any]) -> str:
    born, age = said(person.get("ttl")), said(person.get("umur"))
    return born or (f"umur {age} tahun" if age.isdecimal() else age)


def _against(facts: SheetFacts) -> dict[str, Any]:
    fields = facts.fields
    found = [_named_apart(respondent(value)) for value in fields.get("terlapor") or []]
    if not found and facts.confirmed:
        found = [respondent(_NOBODY_KNOWN)]
    classes = [person.pop("kelas") for person in found]
    return {
        "terlapor": _at_least(1 if texts.from_news(facts) else _RESPONDENTS, found, ("nama", "jabatan", "instansi")),
        "kelas": _boxes(register_words().classes, [*listed(fields.get("kelas_terlapor")), *classes]),
        "tempat_kejadian": said(fields.get("tempat_kejadian")),
        "waktu_kejadian": phrasing.capital(said(fields.get("waktu_kejadian"))),
    }


def _named_apart(person: dict[str, str]) -> dict[str, str]:
    """Return a respondent whose post does not stand where the name is asked for."""
    name, post = person["nama"], person["jabatan"]
    if not is_post(name) or (post and post.casefold() not in name.casefold()):
        return person
    return {**person, "nama": _NOBODY_KNOWN, "jabatan": name}


def _at_least(least: int, rows: list[dict[str, str]], columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows, and empty ones to write on if there are fewer."""
    return rows + [dict.fromkeys(columns, "") for _ in range(least - len(rows))]


def _matter(facts: SheetFacts) -> dict[str, Any]:
    fields = facts.fields
    wanted, named = listed(fields.get("permintaan")), rights(fields)
    words, story = register_words(), told(fields.get("uraian") or fields.get("ringkasan"))
    chosen = named or [text for text in listed(fields.get("hak")) if text.casefold() == words.undecided]
    return {
        "pokok_permasalahan": told(fields.get("pokok_permasalahan") or fields.get("perihal")),
        "uraian": [*map(phrasing.capital, story[:1]), *story[1:]],
        "data_informasi": told(fields.get("data_informasi") or _enclosed(facts)),
        "permohonan": [phrasing.capital(text) for text in wanted],
        "hak": _boxes((*words.right_words, words.undecided), chosen),
        "upaya": phrasing.capital(said(fields.get("upaya"))),
        "instansi_lain": "; ".join(listed(fields.get("instansi_lain"))),
        **_papers(fields),
    }


def _papers(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the boxes of the supporting papers; what came and is none of them is told beside the last box."""
    words = register_words().papers
    ticked = [*listed(fields.get("dokumen_pendukung")), *_letter_of_proxy(fields)]
    named = [word.casefold() for word in words if word != _OTHER_PAPER]
    others = [p for p in texts.enclosures(fields.get("lampiran")) if not any(word in p.casefold() for word in named)]
    return {
        "dokumen": _boxes(words, [*ticked, *([_OTHER_PAPER] if others else [])]),
        "dokumen_lain": "; ".join(others),
    }


def _enclosed(facts: SheetFacts) -> str:
    """Return what came with the complaint, or what of the news was kept."""
    if texts.from_news(facts):
        kept = ("Salinan pemberitaan media", wording.counted(facts.pages, "lembar") if facts.pages else "")
        return ", ".join(filter(None, kept))
    told = came_along(facts.fields, shown=f", {BY_HAND}")
    handed = "Terlampir" if texts.attachment(facts.fields) else "Diserahkan"
    return phrasing.sentence(f"{handed} {phrasing.within(told)}") if told else ""


def _letter_of_proxy(fields: Mapping[str, Any]) -> list[str]:
    return [_PROXY_LETTER] if proxy_of(fields.get("kuasa"))["nomor_surat_kuasa"] else []


def _boxes(words: Iterable[str], chosen: Iterable[str]) -> dict[str, str]:
    """Return a box for each of the register's words, ticked where the word is among the chosen ones."""
    ticked = {text.casefold() for text in chosen}
    return {box_name(word): TICKED if word.casefold() in ticked else OPEN for word in words}


def box_name(word: str) -> str:
    """Return what a template calls the box of a word: ``BUMN/BUMD`` is ``bumn_bumd``."""
    return re.sub(r"\W+", "_", word.casefold())


SHEETS: Mapping[str, Maker] = {FORM: values}

_STORY = (
    "Sejak September 2026 air sumur warga RT 2 dan RT 3 berubah warna dan berbau setelah kolam limbah pabrik meluap.",
    "Pada 3 November 2026 warga meminta penjelasan di kantor pabrik, tetapi tidak diterima. Anak-anak mengalami "
    "gatal-gatal, dan warga membeli air galon untuk minum dan memasak.",
)
#: What an oral complaint tells: the usual one, and one of many words.
TOLD: Mapping[str, Any] = {
    "perihal": field("Pengaduan pencemaran sumur warga oleh limbah kolam pabrik"),
    "lembaga_pelapor": field("Forum Warga Sumur Jernih"),
    "pelapor": [
        {
            "nama": field("Sari Melati"),
            "nik": field("1771014501850001"),
            "ttl": field("Bengkulu, 5 Januari 1985"),
            "jenis_kelamin": field("perempuan"),
            "pekerjaan": field("Petani"),
            "alamat": field("Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh"),
            "telepon": field("0800-0000-0000"),
            "surel": field("sari@contoh.example"),
        },
        {"nama": field("Hendra Gunawan"), "nik": field("177101"), "alamat": field("Dusun Dua RT 3")},
        {"nama": field("Yusuf Pratama"), "nik": None, "alamat": field("Dusun Tiga RT 1")},
    ],
    "kapasitas": field("kelompok"),
    "jumlah_kelompok": field(40),
    "korban": field("Warga RT 2 dan RT 3"),
    "kerentanan": [field("anak"), field("lansia")],
    "terlapor": [
        field("PT Contoh Sawit Makmur"),
        {"nama": "Bambang Contoh", "jabatan": "Manajer kebun", "instansi": "PT Contoh Sawit Makmur"},
    ],
    "kelas_terlapor": field("korporasi"),
    "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh"),
    "waktu_kejadian": field("sejak September 2026"),
    "pokok_permasalahan": field("Limbah kolam pabrik mencemari sumur warga; pabrik belum bertanggung jawab."),
    "uraian": field("\n".join(_STORY)),
    "data_informasi": field("Foto sumur (8 lembar), hasil uji air puskesmas, daftar tanda tangan 40 warga."),
    "permintaan": [field("pemeriksaan air sumur"), field("penyediaan air bersih"), field("perbaikan kolam limbah")],
    "hak": [field(7), field(3)],
    "upaya": field("Musyawarah desa pada 10 November 2026, belum ada hasil"),
    "instansi_lain": field("Dinas Lingkungan Hidup Kabupaten Contoh"),
    "dokumen_pendukung": [field("KTP"), field("foto"), field("surat keterangan")],
    "klasifikasi": field("HA.01.07"),
    "nomor_surat": field("07/FWS/XI/2026"),
    "tanggal_surat": field("2026-11-20"),
    "nomor_agenda": field("418"),
}
WORDY: Mapping[str, Any] = {
    **TOLD,
    "perihal": field("PENGADUAN PENCEMARAN SUMUR WARGA DAN PERMOHONAN PERLINDUNGAN HAK ASASI MANUSIA " * 9),
    "lembaga_pelapor": field("Forum Warga Sumur Jernih Kecamatan Contoh " * 4),
    "pelapor": [
        {**TOLD["pelapor"][0], "alamat": field(", ".join(["Dusun Dua RT 2"] * 20))},
        *[{"nama": field(f"Warga Contoh Ke-{n} " * 3), "nik": field("1" * 16)} for n in range(2, 14)],
    ],
    "kuasa": {
        "nama": field("Joko Contoh, S.H., M.H. dan rekan " * 3),
        "nomor_surat_kuasa": field("12/SK/XI/2026 " * 4),
    },
    "terlapor": [field("PT Contoh Sawit Makmur " * 4)] * 5,
    "tempat_kejadian": field(", ".join(["Desa Contoh Jaya, Kecamatan Contoh"] * 9)),
    "uraian": field("\n".join(_STORY * 14)),
    "permintaan": [field("pemeriksaan air sumur oleh laboratorium yang tidak memihak " * 3)] * 12,
    "upaya": field("Musyawarah desa pada 10 November 2026, belum ada hasil. " * 9),
}

CASES: Cases = {FORM: {"lazim": {"fields": TOLD}, "panjang": {"fields": WORDY}}}
