"""The papers of SOP step 5: the proposal of an audience, its invitation, attendance list and minutes.

The invitation and the attendance list are read by the respondent's agency: they say *pelapor*, never who it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.masking import HIDDEN, masked, names_complainant
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal, issued
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

PROPOSAL = "05-usulan-audiensi"
INVITATION = "05-undangan-audiensi"
ATTENDANCE = "05-daftar-hadir"
MINUTES = "05-berita-acara"

#: More guests than these are listed on a page of their own.
GUESTS_ON_THE_LETTER = 3
#: Rows of the attendance list: at least so many, and so many more than guests.
LEAST_ROWS, SPARE_ROWS = 15, 5
#: The widest the subject of the complaint may be in the invitation, in average letters.
SUBJECT = 280


def _when_and_where(move: MoveMade | None) -> dict[str, Any]:
    day = texts.day(move, "tanggal_audiensi")
    return {
        "hari_tanggal": wording.weekday_date(day) if day else "",
        "waktu": texts.line(move, "waktu_audiensi"),
        "tempat_audiensi": texts.line(move, "tempat_audiensi"),
    }


def _proposal(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last("usulkan-audiensi"), facts.letter_date
    return {
        **internal(facts, office, "kabid"),
        "tujuan_jabatan": texts.held_on("kakanwil", day, office),
        "melalui": [texts.held_on("kadiv", day, office)],
        **_when_and_where(move),
        "acara": texts.line(move, "acara"),
        "alasan": texts.paragraphs(move, "alasan"),
        "pihak": texts.items(move, "pihak"),
    }


def _invitation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("undang")
    guests = _guests(facts, move)
    many = len(guests) > GUESTS_ON_THE_LETTER
    several = len(guests) > 1 and not many
    return {
        **issued(facts, office, "kakanwil"),
        "lampiran_naskah": wording.counted(1, "berkas") if many else "-",
        "yth": ["(daftar undangan terlampir)"] if many else [] if several else guests,
        "undangan_di_surat": guests if several else [],
        "di": "Tempat",
        **_when_and_where(move),
        "acara": masked(texts.line(move, "acara"), facts.fields),
        "pokok_pengaduan": wording.shortened(masked(said(facts.fields.get("perihal")), facts.fields), SUBJECT),
        "undangan": guests,
        "daftar_undangan": guests if many else [],
        "pihak": texts.items(move, "pihak"),
        "tembusan": texts.copied(
            [texts.post("kadiv", facts.letter_date, office)], "kakanwil", facts.letter_date, office
        ),
    }


def _guests(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return who is invited, the complainant without a name."""
    guests = texts.items(move, "pihak")
    return [texts.capital(HIDDEN) if names_complainant(guest, facts.fields) else guest for guest in guests]


def _attendance(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("undang")
    guests = _guests(facts, move)
    rows = max(LEAST_ROWS, len(guests) + SPARE_ROWS)
    return {
        **internal(facts, office, "kabid"),
        **_when_and_where(move),
        "acara": masked(texts.line(move, "acara"), facts.fields),
        "daftar": [_row(n, guests[n - 1] if n <= len(guests) else "") for n in range(1, rows + 1)],
    }


def _row(number: int, guest: str) -> dict[str, Any]:
    """Return a row of the list; signatures zigzag, so that each has the height of two rows."""
    mark = f"{number}."
    left = number % 2 == 1
    hidden = guest == texts.capital(HIDDEN)
    return {
        "nomor": number,
        "unsur": "Pelapor" if hidden else guest,
        "kiri": mark if left else "",
        "kanan": "" if left else mark,
    }


def _minutes(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, invited = facts.last("laksanakan"), facts.last("undang")
    day = texts.day(move, "tanggal_pelaksanaan")
    came = texts.rows(move, "hadir", ("nama", "jabatan"))
    common = internal(facts, office, "kabid")
    return {
        **common,
        "hari_terbilang": wording.date_in_words(day) if day else "",
        "tanggal_angka": f"{day:%d-%m-%Y}" if day else "",
        "tempat_pelaksanaan": texts.line(move, "tempat_pelaksanaan"),
        "acara": masked(texts.line(invited, "acara"), facts.fields),
        "hadir": came,
        "para_pihak": [row for row in came if row["nama"] != common["penandatangan_nama"]],
        "hasil": texts.items(move, "hasil"),
        "saksi": texts.rows(move, "saksi", ("nama", "jabatan")),
    }


SHEETS: Mapping[str, Maker] = {
    PROPOSAL: _proposal,
    INVITATION: _invitation,
    ATTENDANCE: _attendance,
    MINUTES: _minutes,
}

_LONG_GUEST = "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku koordinator "
_LONG_TEXT = "Perusahaan menyampaikan rencana perbaikan kolam limbah beserta jadwal dan penanggung jawabnya. " * 4
_LEAST: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB",
    "tempat_audiensi": "Ruang Rapat",
    "acara": "Klarifikasi",
    "pihak": ["Kepala Desa Contoh Jaya"],
}
_USUAL: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB s.d. selesai",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu",
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga",
    "pihak": ["Kepala Dinas Lingkungan Hidup Kabupaten Contoh", "Direktur PT Contoh Sawit Makmur", "Sari Melati"],
}
_LONGEST: dict[str, Any] = {
    "tanggal_audiensi": date(2026, 12, 2),
    "waktu_audiensi": "09.00 WIB s.d. selesai, dilanjutkan peninjauan lapangan setelah istirahat siang",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu " * 3,
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga serta pemulihannya " * 3,
    "pihak": [_LONG_GUEST.strip()] * 2 + ["Yusuf Pratama, warga"] + [f"Kepala Desa Contoh {n}" for n in range(1, 24)],
}
_WHY = "Keterangan pelapor dan terlapor berbeda mengenai waktu mulai tercemarnya sumur, sehingga perlu dipertemukan."
_HELD = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
    "hadir": [
        "Eko Contoh | Kepala Bidang HAM",
        "Joko Contoh, S.T. | Kepala Dinas Lingkungan Hidup Kabupaten Contoh",
        "Maya Contoh | Direktur PT Contoh Sawit Makmur",
        "Sari Melati | Pelapor",
    ],
    "hasil": [
        "Perusahaan mengakui kolam limbah bocor dan akan memperbaikinya paling lambat 18 Desember 2026.",
        "Dinas Lingkungan Hidup memeriksa air sebelas sumur warga setiap bulan.",
        "Perusahaan menyediakan air bersih sampai sumur dapat dipakai kembali.",
    ],
    "saksi": ["Lina Contoh | Sekretaris Desa Contoh Jaya"],
}
_LEAST_HELD = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat",
    "hadir": ["Eko Contoh | Kepala Bidang HAM"],
    "hasil": ["Para pihak sepakat berdamai."],
}
_LONGEST_HELD = {
    **_HELD,
    "hadir": [f"Prof. Dr. Ir. Contoh Panjang Namanya ke-{n}, S.H., M.H. | {_LONG_GUEST}" for n in range(1, 21)],
    "hasil": [_LONG_TEXT] * 9,
    "saksi": [f"Saksi Contoh ke-{n} | {_LONG_GUEST}" for n in range(1, 6)],
}
_NUMBERED = {"naskah_number": "W.8-HA.01.07-0013", "naskah_date": date(2026, 11, 26)}


def _three(key: str, role: str, extra: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    cases = {"kosong": _LEAST, "lazim": _USUAL, "panjang": _LONGEST}
    return {
        name: {"moves": (made(key, role, **values, **extra),), **({} if name == "kosong" else changes)}
        for name, values in cases.items()
    }


CASES: Cases = {
    PROPOSAL: _three("usulkan-audiensi", "kasubbid", {"alasan": _WHY}, {}),
    INVITATION: _three("undang", "kasubbid", {}, _NUMBERED),
    ATTENDANCE: _three("undang", "kasubbid", {}, {}),
    MINUTES: {
        "kosong": {"moves": (made("laksanakan", "kabid", **_LEAST_HELD),)},
        "lazim": {"moves": (made("undang", "kasubbid", **_USUAL), made("laksanakan", "kabid", **_HELD))},
        "panjang": {"moves": (made("undang", "kasubbid", **_LONGEST), made("laksanakan", "kabid", **_LONGEST_HELD))},
    },
}
