"""What a route may ask for, and which roles have it. A route cannot be made without one (``desk/gate.py``).

Rights say who may open a page; what somebody may do with a case on it is the SOP's to say (``open_moves``), and a
case that is *rahasia* is closed further (``secrecy.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from pipeline.cases.public_service import DECIDES, HANDLES, KINDS

_TEAM = frozenset({"tim-yankomas"})
_DRAFTERS = frozenset({"tim-yankomas", "kasubbid", "kabid"})
_OFFICIALS = frozenset({"kakanwil", "kadiv", "kabid", "kasubbid"})
_CASEWORK = _TEAM | _OFFICIALS
_READERS = _CASEWORK | {"arsiparis"}
_KINDS = frozenset(KINDS)


class Right(StrEnum):
    """A thing that people do at the desk; the value is how the access matrix in the guide names it."""

    ANYONE = "siapa saja"
    """No login: the login page itself, *cek status*, static files."""
    SIGNED_IN = "siapa saja yang masuk"
    """Any account: one's own desk, profile, leaving."""
    INBOX = "kotak masuk"
    SEND_FILES = "kirim berkas"
    """Hand in what came for a service, to be registered there."""
    VERIFY = "verifikasi"
    OPEN_CASES = "buka perkara"
    """Which cases somebody may open how is the SOP's to say (``[[pembukaan]]``)."""
    READ_CASES = "lihat perkara"
    MOVE_CASES = "gerak perkara"
    ORIGINALS = "unduh berkas asli"
    REGISTER = "buku register"
    ARCHIVE = "arsip"
    BOOKS = "buku register sebagai berkas"
    """A register leaves the desk as a file: that of a service for those who keep it (``desk/services_read.py``)."""
    EXPORT = "ekspor"
    """Whole folders, and lists of them, leave the desk as files."""
    SUMMARY = "ringkasan"
    """Figures and reports, of those services of which somebody reads cases."""
    SURVEY = "kepuasan"
    """What complainants answered the survey."""
    TEMPLATES = "templat"
    """Look at the Word templates, have a new one looked through, preview it."""
    TAKE_TEMPLATES = "pakai templat"
    """Take a new template into use."""
    PEOPLE = "akun"
    ACCESS_LOG = "catatan akses"
    INTEGRITY = "keutuhan"
    OLD_REGISTERS = "buku lama"
    """Take over a register from before this program."""
    RECORDS = "penyusutan"
    """File, hold, lend, transfer and destroy records, and approve of that."""
    PERSONAL_DATA = "data pribadi"
    """Requests of people about the data about them (UU 27/2022)."""
    BREACHES = "kebocoran"
    """Failures to protect personal data."""
    TERMS = "masa simpan"
    """Close what was kept for its term: old months of the access log, the particulars of accounts long locked."""
    MACHINE = "mesin"
    SETTINGS = "pengaturan"
    """Set the office up: letterhead, officials, hours, holidays, numbers, backups."""


#: The roles that have each right, and the kinds of those of other services (:mod:`pipeline.cases.public_service`).
#: The admin cares for people and machine, and reads no case (need to know).
HOLDERS: Mapping[Right, frozenset[str]] = {
    Right.INBOX: _TEAM,
    Right.SEND_FILES: _TEAM | {HANDLES},
    Right.VERIFY: _TEAM | {HANDLES},
    Right.OPEN_CASES: _DRAFTERS | {HANDLES, DECIDES},
    Right.READ_CASES: _READERS | _KINDS,
    Right.MOVE_CASES: _CASEWORK | {HANDLES, DECIDES},
    Right.ORIGINALS: _DRAFTERS | {"arsiparis", HANDLES},
    Right.REGISTER: _READERS | _KINDS,
    Right.ARCHIVE: _READERS | _KINDS,
    Right.BOOKS: _TEAM | {"arsiparis", "kakanwil", HANDLES},
    Right.EXPORT: _TEAM | {"arsiparis", "kakanwil"},
    Right.SUMMARY: _READERS | _KINDS,
    Right.SURVEY: _READERS,
    Right.TEMPLATES: _DRAFTERS | {"admin"},
    Right.TAKE_TEMPLATES: frozenset({"admin"}),
    Right.PEOPLE: frozenset({"admin"}),
    Right.ACCESS_LOG: frozenset({"admin"}),
    Right.INTEGRITY: frozenset({"admin", "arsiparis"}),
    Right.OLD_REGISTERS: frozenset({"admin", "arsiparis"}),
    Right.RECORDS: frozenset({"arsiparis", "kabid", "kakanwil"}),
    Right.PERSONAL_DATA: _TEAM | {"kabid", "kakanwil"},
    Right.BREACHES: _TEAM | {"kabid", "kakanwil", "admin"},
    Right.TERMS: frozenset({"admin"}),
    Right.MACHINE: frozenset({"admin"}),
    Right.SETTINGS: frozenset({"admin"}),
}


def may(roles: Collection[str] | None, right: Right) -> bool:
    """Say whether somebody with these roles has the right; ``None`` is a stranger who has not come in."""
    if right is Right.ANYONE:
        return True
    if roles is None:
        return False
    return right is Right.SIGNED_IN or not HOLDERS[right].isdisjoint(roles)
