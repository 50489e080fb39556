"""The letters on personal data: the answer to a person's request, and the notices of a breach (UU 27/2022).

They belong to no case. Their number is given outside this program, as the periodical report's is, and written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.letters.sheets import hands
from pipeline.letters.sheets.texts import BREACH_NOTICE, KONSEP, PRIVACY_ANSWER, initialling, of_office, signer
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.privacy.breaches import Breach
from pipeline.privacy.law import privacy_law
from pipeline.privacy.requests import DECLINED, FULFILLED, PARTLY, PersonRequest

#: What a notice of a breach begins with in the place of a name: it goes to each person by itself.
_EACH = "Saudara ........................................"
_INSTITUTION = "Kepala lembaga penyelenggara pelindungan data pribadi"


def answer_values(request: PersonRequest, day: date, office: Office) -> dict[str, Any]:
    """Return what the template of an answer may use; ``ditolak``: in whole or in part."""
    law = privacy_law()
    right = law.right(request.right)
    ground = law.ground(request.ground) if request.ground else None
    return {
        **_letter(day, office, "1 (satu) berkas" if request.exported and request.outcome != DECLINED else "-"),
        "yth": [wording.one_line(request.name)],
        "di": wording.one_line(request.address),
        "hak": right.name.lower(),
        "arti_hak": right.meaning.replace("dirinya", "diri Saudara"),
        "pasal_hak": right.articles,
        "tanggal_permintaan": wording.long_date(request.received_at),
        "nomor_permintaan": str(request.number),
        "dipenuhi": "ya" if request.outcome == FULFILLED else "",
        "sebagian": "ya" if request.outcome == PARTLY else "",
        "alasan": ground.words if ground else "",
        "pasal_alasan": ground.articles if ground else "",
        "uraian": _paragraphs(request.words),
    }


def notice_values(breach: Breach, to: str, day: date, office: Office) -> dict[str, Any]:
    """Return what the template of a notice may use; ``to``: ``subjek`` or ``lembaga``."""
    known = breach.known
    return {
        **_letter(day, office, "-"),
        "yth": [_EACH if to == "subjek" else _INSTITUTION],
        "di": "Tempat" if to == "subjek" else "Jakarta",
        "kepada_lembaga": "ya" if to == "lembaga" else "",
        "nomor_kebocoran": str(breach.number),
        "diketahui": wording.date_and_hour(breach.known_at),
        "terjadi": wording.one_line(known["terjadi"]),
        "bagaimana": _paragraphs(known["bagaimana"]),
        "data": _paragraphs(known["data"]),
        "siapa": _paragraphs(known["siapa"]),
        "upaya": _paragraphs(known["upaya"]),
        "dasar": privacy_law().source,
    }


def _letter(day: date, office: Office, enclosed: str) -> dict[str, Any]:
    return {
        **of_office(day, office),
        "tanda_konsep": KONSEP,
        "nomor_naskah": "",
        "tanggal_naskah": "",
        "sifat": "Terbatas",
        "lampiran_naskah": enclosed,
        "paraf": initialling(hands.below_head(office, hands.in_charge(office)), hands.head(office), day, office),
        "tembusan": [],
        "dasar": privacy_law().source,
        "cara_bertanya": office.on(day).asking,
        **signer(hands.head(office), day, office),
    }


def _paragraphs(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := wording.one_line(part))]


@dataclass(frozen=True, slots=True)
class _Specimen:
    outcome: str
    ground: str
    words: str
    name: str


_SPECIMENS: Mapping[str, _Specimen] = {
    "kosong": _Specimen(DECLINED, "identitas", "KTP tidak ditunjukkan.", "Sari Melati"),
    "lazim": _Specimen(FULFILLED, "", "Semua data Saudara kami lampirkan dalam satu berkas.", "Sari Melati"),
    "panjang": _Specimen(
        PARTLY,
        "orang-lain",
        "\n".join(["Keterangan saksi tidak kami berikan karena memuat data pribadi milik orang lain."] * 12),
        "Prof. Dr. Ir. Contoh Panjang Sekali Namanya binti Contoh Panjang, S.H., M.H.",
    ),
}


def specimen_values(template: str, office: Office) -> dict[str, dict[str, Any]]:
    """Return a letter's values for a short, a typical and a long case; all of it is invented."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    at, day = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta")), date(2026, 12, 3)
    if template == PRIVACY_ANSWER:
        return {name: answer_values(_request(one, at), day, office) for name, one in _SPECIMENS.items()}
    assert template == BREACH_NOTICE
    short = {"terjadi": "30 November 2026", "bagaimana": "Laptop petugas hilang.", "data": "Nama dan NIK.", "siapa": ""}
    known = {**short, "diketahui": at.isoformat(), "upaya": "Akun petugas dikunci."}
    long = {
        name: "\n".join([text] * 9) if name in ("bagaimana", "data", "upaya") else text for name, text in known.items()
    }
    return {
        "kosong": notice_values(Breach(1, at, known, (), {}, {}), "lembaga", day, office),
        "lazim": notice_values(Breach(1, at, {**known, "siapa": "3 pelapor"}, (), {}, {}), "subjek", day, office),
        "panjang": notice_values(Breach(1, at, {**long, "siapa": "1.204 pelapor"}, (), {}, {}), "lembaga", day, office),
    }


def _request(one: _Specimen, at: Any) -> PersonRequest:
    return PersonRequest(
        7,
        "akses",
        one.name,
        "",
        "Jalan Contoh Nomor 1, Bengkulu",
        "langsung",
        "Data saya",
        at,
        (),
        identified="KTP",
        exported="x" if one.outcome != DECLINED else "",
        outcome=one.outcome,
        ground=one.ground,
        words=one.words,
        answered_at=at,
    )
