"""What is stated and signed at the end of the form of a complaint: by whom, for whom, whose identity is kept secret.

The officer states according to what the form was filled in; who complains for a child says as what they do so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.children import child_complains, child_is_victim
from pipeline.cases.case_kind import AGENCY, GROUP, NEWS, NO_RESPONDENT, ORAL, SPOKEN
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.complaint_words import kind_of, numbered
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office.wording import said

_OF_PROXY = ("nama", "nomor_surat_kuasa", "alamat", "telepon")
#: For whom somebody else consents: a proxy, the speaker of a group.
_BEHALF: Mapping[tuple[bool, bool], str] = {(True, False): "pemberi kuasa", (False, True): "kelompok"}
#: Channels by which somebody speaks to the officer, and those by which a letter comes.
_TOLD, _WRITTEN = ("", "langsung", *SPOKEN), ("surat", "pos", "faks")
#: Channels by which the complainant stood at the counter; a form that is not filled in yet will be there.
_PRESENT = ("", "langsung", ORAL)


def proxy_of(value: Any) -> dict[str, str]:
    """Return what is known of a proxy, who is a group of fields or one text."""
    if isinstance(value, Mapping) and "nama" in value:
        return {key: said(value.get(key)) for key in _OF_PROXY}
    return {**dict.fromkeys(_OF_PROXY, ""), "nama": said(value)}


def stated(facts: SheetFacts) -> dict[str, Any]:
    """Return who states that this is so, for whom, and of whose identity; where nobody states it, the officer alone."""
    fields, kind = facts.fields, kind_of(facts)
    people = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    proxy, first = proxy_of(fields.get("kuasa"))["nama"], said(people[0].get("nama")) if people else ""
    whole, own = GROUP in kind and not proxy, child_complains(fields) and not proxy
    for_child = child_is_victim(fields) and not child_complains(fields)
    whose = _whose_identity(proxy=bool(proxy), group=whole)
    unknown = facts.confirmed and NO_RESPONDENT in kind
    news = kind.origin == NEWS and not said(fields.get("lembaga_pelapor")) and not first
    return {
        "ada_pernyataan": "" if kind.origin in (NEWS, AGENCY) else "ya",
        "pejabat_penghubung": said(fields.get("pejabat_penghubung")),
        "dari_instansi": "ya" if kind.origin == AGENCY and not proxy and not people[1:] else "",
        "identitas_siapa": whose,
        "yang_mengizinkan": f"Atas nama {behalf}, saya" if (behalf := _BEHALF.get((bool(proxy), whole))) else "Saya",
        "identitas_izin": whose,
        "instansi_diberitahu": "instansi terkait" if unknown else "terlapor dan instansi terkait",
        "hadir": "ya" if (facts.channel or "").casefold() in _PRESENT else "",
        "pelapor_lain_memilih": "ya" if people[1:] and not whole and not proxy else "",
        "anak_tetap": "Identitas anak tetap dirahasiakan." if for_child else "",
        "bagi_anak": "ya" if for_child and not proxy else "",
        "anak_mengadu": "ya" if own else "",
        "cap_jempol": "" if proxy else "ya",
        "tanpa_pelapor": "Tidak ada; dicatat dari pemberitaan media" if news else "",
        "diisi_menurut": _filled_by(facts, news=news, who="kuasa pelapor" if proxy else "pelapor"),
        "yang_menyatakan": proxy or first,
        "yang_menyatakan_sebagai": "Kuasa pelapor" if proxy else "Wakil kelompok" if whole else "Pelapor",
    }


def _whose_identity(*, proxy: bool, group: bool) -> str:
    """Return whose identity is told only with consent; a child's never is, which the form says apart."""
    if proxy:
        return "pemberi kuasa dan saya selaku kuasa"
    return "saya dan anggota kelompok yang saya wakili" if group else "saya"


def _filled_by(facts: SheetFacts, *, news: bool, who: str) -> str:
    """Return according to what the officer filled the form in: what somebody told, a letter, the news."""
    channel, letter = (facts.channel or "").casefold(), numbered(facts.fields)
    along = " beserta lampirannya" if texts.attachment(facts.fields) else ""
    if news:
        return "pemberitaan media tersebut pada bagian A; belum ada yang mengadu"
    if kind_of(facts).origin == AGENCY:
        return f"surat pelimpahan{letter}{along}"
    if channel in SPOKEN or (channel in _TOLD and not letter):
        return f"keterangan {who}"
    if letter or channel in _WRITTEN:
        return f"surat pengaduan{letter}{along}"
    return f"pengaduan tertulis yang diterima melalui {facts.channel}"
