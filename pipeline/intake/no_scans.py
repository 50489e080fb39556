"""What of a file that is no scan a person must decide: whether it belongs to a case that it names, or is no letter.

A mail may answer one of ours, name a register number, bring back a sheet of ours, or be a newsletter. None of that is
certain, and a wrong guess would hide a complaint in an old case or put advertising into the register. A plain text
says not even who wrote it: scanners and programs leave their logs in shared folders as such. So such a file waits in
the inbox, with what was found; a person files it with the case, or says that it is a new complaint.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.intake.named_case import numbers_in_text
from pipeline.intake.outcomes import NOTE_HEAD
from pipeline.intake.scan_parts import CoveredPart, Plan, SheetPart
from pipeline.letters.page_codes import Origin
from pipeline.register.register_numbers import RegisterPattern
from pipeline.scans.ports import Rendition

#: The folder of the inbox from which a file is taken as a new complaint, whatever it names.
AS_COMPLAINT = "aduan-baru"
#: The register's field that says how the complaint came.
CHANNEL_FIELD = "cara_penyampaian"
#: The codes of files that wait for a person: they may belong to a case; they were sent to many; nobody signed them.
NAMES_A_CASE, SENT_TO_MANY, PLAIN_TEXT = "menyebut-perkara", "kiriman-massal", "teks-polos"
#: All of these: each asks whether the file is a new complaint.
ASK_WHETHER_NEW = frozenset((NAMES_A_CASE, SENT_TO_MANY, PLAIN_TEXT))
_TEXT = "txt"
_NAMED = 3


def require_letter(rendition: Rendition) -> None:
    """Make sure that a text is none of our own notes, which are moved back with the files that they lie beside.

    Raises:
        Refused: it is.
    """
    if rendition.words.startswith(NOTE_HEAD):
        raise Refused("jenis", "Ini catatan program tentang berkas yang ditolak, bukan surat.", "Hapus saja.")


def require_undoubted(
    rendition: Rendition,
    made: Plan,
    origin: Callable[[str], Origin | None],
    pattern: RegisterPattern,
    exists: Callable[[CaseNumber], bool],
) -> None:
    """Make sure that nothing speaks against a file's being a new complaint.

    Raises:
        Refused: it names cases that there are, holds a sheet of ours, was sent to many, or is a plain text and no chat.
    """
    codes = {mark.document for part in made.parts if isinstance(part, SheetPart) for mark in part.marks}
    found = {there.number for code in codes if (there := origin(code))}
    found |= {n for part in made.parts if isinstance(part, CoveredPart) and (n := part.cover.number) and exists(n)}
    subject = rendition.mail.subject if rendition.mail else ""
    found |= {number for number in numbers_in_text(f"{subject}\n{rendition.words}", pattern) if exists(number)}
    if found:
        raise Refused(
            NAMES_A_CASE,
            f"Berkas ini menyebut perkara {', '.join(map(str, sorted(found)[:_NAMED]))}.",
            "Lampirkan pada perkara itu, atau daftarkan sebagai aduan baru.",
        )
    if rendition.mail and rendition.mail.bulk:
        raise Refused(
            SENT_TO_MANY,
            f"Surel ini kiriman kepada banyak orang: {rendition.mail.bulk}.",
            "Bila ternyata pengaduan, daftarkan sebagai aduan baru; bila tidak, nyatakan selesai.",
        )
    if rendition.extension == _TEXT and not rendition.channel:
        raise Refused(
            PLAIN_TEXT,
            "Berkas teks ini tidak menyebut pengirim; mungkin catatan pemindai atau program lain.",
            "Bila ini pengaduan, daftarkan sebagai aduan baru; bila bukan, nyatakan selesai.",
        )
