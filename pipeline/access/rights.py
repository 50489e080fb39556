"""What a route may ask for, and which roles have it. A route cannot be made without one (``desk/gate.py``).

Rights say who may open a page; what somebody may do with a case on it is the SOP's to say (``open_moves``), and a
case that is *rahasia* is closed further (``secrecy.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from pipeline.cases.public_service import DECIDES as SERVICE_DECIDES
from pipeline.cases.public_service import HANDLES, KINDS
from pipeline.office.roles import ADMIN, ARCHIVIST, DECIDES, DRAFTS, IN_CHARGE, LEADS, READS, TAKES_IN, OfficeRoles

#: Those that work on cases of Yankomas, and those that read them.
CASEWORK = frozenset({TAKES_IN, DRAFTS, DECIDES, LEADS})
READERS = CASEWORK | {READS, ARCHIVIST}
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


#: Who has each right: by what a lane of the SOP may (:mod:`pipeline.office.roles`), the kinds of the roles of other
#: services (:mod:`pipeline.cases.public_service`), and the program's own roles. The admin cares for people and machine,
#: and reads no case (need to know).
HOLDERS: Mapping[Right, frozenset[str]] = {
    Right.INBOX: frozenset({TAKES_IN}),
    Right.SEND_FILES: frozenset({TAKES_IN, HANDLES}),
    Right.VERIFY: frozenset({TAKES_IN, HANDLES}),
    Right.OPEN_CASES: frozenset({DRAFTS, HANDLES, SERVICE_DECIDES}),
    Right.READ_CASES: READERS | _KINDS,
    Right.MOVE_CASES: CASEWORK | {HANDLES, SERVICE_DECIDES},
    Right.ORIGINALS: frozenset({DRAFTS, ARCHIVIST, HANDLES}),
    Right.REGISTER: READERS | _KINDS,
    Right.ARCHIVE: READERS | _KINDS,
    Right.BOOKS: frozenset({TAKES_IN, ARCHIVIST, LEADS, HANDLES}),
    Right.EXPORT: frozenset({TAKES_IN, ARCHIVIST, LEADS}),
    Right.SUMMARY: READERS | _KINDS,
    Right.SURVEY: READERS,
    Right.TEMPLATES: frozenset({DRAFTS, ADMIN}),
    Right.TAKE_TEMPLATES: frozenset({ADMIN}),
    Right.PEOPLE: frozenset({ADMIN}),
    Right.ACCESS_LOG: frozenset({ADMIN}),
    Right.INTEGRITY: frozenset({ADMIN, ARCHIVIST}),
    Right.OLD_REGISTERS: frozenset({ADMIN, ARCHIVIST}),
    Right.RECORDS: frozenset({ARCHIVIST, IN_CHARGE, LEADS}),
    Right.PERSONAL_DATA: frozenset({TAKES_IN, IN_CHARGE, LEADS}),
    Right.BREACHES: frozenset({TAKES_IN, IN_CHARGE, LEADS, ADMIN}),
    Right.TERMS: frozenset({ADMIN}),
    Right.MACHINE: frozenset({ADMIN}),
    Right.SETTINGS: frozenset({ADMIN}),
}


def holders(right: Right, of: OfficeRoles) -> tuple[str, ...]:
    """Return the roles of an office that have a right."""
    return tuple(role for role in of.given if may(of.standing({role}), right))


def may(roles: Collection[str] | None, right: Right) -> bool:
    """Say whether somebody has the right; ``None`` is a stranger who has not come in.

    ``roles`` are those held, together with what they may (``OfficeRoles.standing``).
    """
    if right is Right.ANYONE:
        return True
    if roles is None:
        return False
    return right is Right.SIGNED_IN or not HOLDERS[right].isdisjoint(roles)
