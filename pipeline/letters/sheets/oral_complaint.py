"""The form on which an oral complaint is written down (SOP step 1): what the register asks, filled in where known.

Every group of boxes is a value, whose parts are named by the register's words (``{{ kapasitas.kuasa_hukum }}``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from pipeline.cases.register_words import register_words, rights
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.texts import LANES, attachment
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import all_said, said

TICKED, OPEN = "☒", "☐"
NIK_DIGITS = 16
#: Lines printed for further complainants and for respondents, at least.
_OTHERS, _RESPONDENTS = 2, 2


def values(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return the form's values."""
    officer = office.holder("tim-yankomas", facts.drafted_on)
    return {
        "cara": _boxes(register_words().channels, [facts.channel or said(facts.fields.get("cara_penyampaian"))]),
        **_complainant(facts.fields),
        **_against(facts.fields),
        **_matter(facts.fields),
        "petugas_jabatan": officer.printed_title if officer else LANES["tim-yankomas"],
        "petugas_nama": officer.name if officer else "",
        "petugas_nip": officer.nip if officer else "",
    }


def _complainant(fields: Mapping[str, Any]) -> dict[str, Any]:
    people = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    first: Mapping[str, Any] = people[0] if people else {}
    proxy = _proxy(fields.get("kuasa"))
    nik = said(first.get("nik"))
    whole = len(nik) == NIK_DIGITS and nik.isascii() and nik.isdecimal()
    others = [{key: said(person.get(key)) for key in ("nama", "nik", "alamat")} for person in people[1:]]
    return {
        "lembaga_pelapor": said(fields.get("lembaga_pelapor")),
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
        "kapasitas": _boxes(register_words().capacities, [said(fields.get("kapasitas"))]),
        "jumlah_kelompok": said(fields.get("jumlah_kelompok")),
        "kuasa_nama": proxy["nama"],
        "kuasa_nomor": proxy["nomor_surat_kuasa"],
        "korban": "; ".join(_listed(fields.get("korban"))),
        "kerentanan": _boxes(register_words().vulnerabilities, _listed(fields.get("kerentanan"))),
    }


def _born(person: Mapping[str, Any]) -> str:
    born, age = said(person.get("ttl")), said(person.get("umur"))
    return born or (f"umur {age} tahun" if age.isdecimal() else age)


def _proxy(value: Any) -> dict[str, str]:
    """Return name and letter of a proxy, who is a group or one text (``nama, nomor surat kuasa``)."""
    if isinstance(value, Mapping) and "nama" in value:
        return {key: said(value.get(key)) for key in ("nama", "nomor_surat_kuasa")}
    return {"nama": said(value), "nomor_surat_kuasa": ""}


def _against(fields: Mapping[str, Any]) -> dict[str, Any]:
    found = [_respondent(value) for value in fields.get("terlapor") or []]
    classes = [respondent.pop("kelas") for respondent in found]
    return {
        "terlapor": _at_least(_RESPONDENTS, found, ("nama", "jabatan", "instansi")),
        "kelas": _boxes(register_words().classes, [*_listed(fields.get("kelas_terlapor")), *classes]),
        "tempat_kejadian": said(fields.get("tempat_kejadian")),
        "waktu_kejadian": said(fields.get("waktu_kejadian")),
    }


def _respondent(value: Any) -> dict[str, str]:
    """Return a respondent, who is a group of fields or one text (``nama | jabatan | instansi``)."""
    columns = ("nama", "jabatan", "instansi", "kelas")
    if isinstance(value, Mapping) and "nama" in value:
        return {key: said(value.get(key)) for key in columns}
    parts = [part.strip() for part in said(value).split("|", 2)]
    return dict(zip_longest(columns, parts, fillvalue=""))


def _at_least(least: int, rows: list[dict[str, str]], columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows, and empty ones to write on if there are fewer."""
    return rows + [dict.fromkeys(columns, "") for _ in range(least - len(rows))]


def _matter(fields: Mapping[str, Any]) -> dict[str, Any]:
    wanted, enclosed, named = _listed(fields.get("permintaan")), attachment(fields), rights(fields)
    words = register_words()
    chosen = named or [text for text in _listed(fields.get("hak")) if text.casefold() == words.undecided]
    return {
        "pokok_permasalahan": _told(fields.get("pokok_permasalahan") or fields.get("perihal")),
        "uraian": _told(fields.get("uraian") or fields.get("ringkasan")),
        "data_informasi": _told(fields.get("data_informasi") or (f"Terlampir: {enclosed}" if enclosed else "")),
        "permohonan": [f"{n}. {text}" for n, text in enumerate(wanted, 1)] if len(wanted) > 1 else wanted,
        "hak": _boxes((*words.right_words, words.undecided), chosen),
        "upaya": said(fields.get("upaya")),
        "instansi_lain": "; ".join(_listed(fields.get("instansi_lain"))),
        "dokumen": _boxes(words.papers, _listed(fields.get("dokumen_pendukung"))),
    }


def _told(value: Any) -> list[str]:
    """Return a long field paragraph by paragraph."""
    text = value.get("nilai") if isinstance(value, Mapping) else value
    return [line for part in str(text or "").splitlines() if (line := wording.one_line(part))]


def _listed(value: Any) -> list[str]:
    return all_said(value) or ([text] if (text := said(value)) else [])


def _boxes(words: Iterable[str], chosen: Iterable[str]) -> dict[str, str]:
    """Return a box for each of the register's words, ticked where the word is among the chosen ones."""
    ticked = {text.casefold() for text in chosen}
    return {box_name(word): TICKED if word.casefold() in ticked else OPEN for word in words}


def box_name(word: str) -> str:
    """Return what a template calls the box of a word: ``BUMN/BUMD`` is ``bumn_bumd``."""
    return re.sub(r"\W+", "_", word.casefold())
