"""The words of messages: how many, and where to look. No name, no subject, no number of a case.

A mail crosses servers that nobody in the office knows, and lies in mailboxes that others read too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from pipeline.access.accounts import FormerAddress
from pipeline.cases.case import Case
from pipeline.mail.owed import Owed
from pipeline.mail.ports import Mail
from pipeline.office.office import Office
from pipeline.office.wording import weekday_and_hour
from pipeline.register.due import Waiting
from pipeline.register.letter_lists import ACT_TITLES
from pipeline.scans.ports import AnswerTo

_FOOT = """\
Surel ini dikirim otomatis oleh Yankomas, {office}; jangan dibalas.
Isi perkara tidak pernah dikirim lewat surel: bukalah meja web.
Alamat surel Anda diubah atau dikosongkan di halaman Profil.
"""


def message(owed: Owed, desk: str, office: str, now: datetime) -> Mail:
    """Return the mail that tells somebody what is owed to them; ``desk`` is the web desk's address."""
    told = [*_sentences(owed), *_morning(owed.morning)]
    text = "\n".join(["Yth. Bapak/Ibu,", "", *told, "", *_places(owed, desk), "", _FOOT.format(office=office)])
    return Mail(owed.to.address, f"Yankomas: {_subject(owed)}", text, _id(sorted(owed.keys)), now)


_RECEIPT = """\
Yth. Bapak/Ibu,

Surel Anda diterima {office} pada {day} dan dicatat sebagai pengaduan.

Nomor register: {number}
Kode status: {code}

Perkembangannya dapat ditanyakan melalui {asking} dengan menyebutkan nomor register dan kode ini.
Simpanlah surel ini; siapa pun yang mengetahui kode itu dapat menanyakannya.

Surel ini dikirim otomatis dan tidak memuat isi pengaduan Anda. Balasan atasnya tidak dibaca.
"""


def receipt(case: Case, to: AnswerTo, office: Office, now: datetime) -> Mail:
    """Return the mail that tells who sent a complaint by mail what the receipt on paper says, and nothing of it."""
    number = case.received.register_number
    text = _RECEIPT.format(
        office=office.name,
        day=weekday_and_hour(case.received_at),
        number=number,
        code=case.received.status_code,
        asking=office.asking,
    )
    message = _id([f"tanda-terima {case.number} {case.received.claim}"])
    return Mail(to.address, f"Tanda terima pengaduan {number}", text, message, now, True, to.message)


def notice(owed: Owed) -> str:
    """Return the same for somebody whom no mail reaches: one line on the desk's pages."""
    where = " Lihat Arsip, saringan Terlambat." if owed.escalated else ""
    return " ".join(_sentences(owed)) + where


def farewell(former: FormerAddress, desk: str, office: str, now: datetime) -> Mail:
    """Return the mail to an address that an account no longer has."""
    text = f"""\
Yth. Bapak/Ibu,

Alamat surel akun Yankomas Anda diubah. Surel Yankomas tidak lagi dikirim ke alamat ini.
Bila bukan Anda yang mengubahnya, beri tahu admin Yankomas kantor Anda.

Surel ini dikirim otomatis oleh Yankomas, {office}; jangan dibalas.
{desk}/
"""
    subject = "Yankomas: alamat surel akun Anda diubah"
    return Mail(former.address, subject, text, _id([f"alamat {former.id} {former.at}"]), now)


def _id(keys: list[str]) -> str:
    """Return what names a message and tells nothing of what it is about."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]


def _subject(owed: Owed) -> str:
    waiting = owed.morning.total if owed.morning else 0
    said = (
        (owed.urgent, "segera"),
        (owed.rights, "hak atas data pribadi"),
        (owed.escalated, "lewat tenggat"),
        (owed.reminded, "mendekati tenggat"),
        (owed.lent, "pinjaman lewat waktu"),
        (waiting, "menunggu Anda"),
    )
    return ", ".join(f"{count} {words}" for count, words in said if count)


def _sentences(owed: Owed) -> Iterator[str]:
    if owed.urgent:
        yield f"{owed.urgent} hal berderajat segera atau amat segera menunggu Anda."
    if owed.rights:
        yield f"{owed.rights} hal data pribadi mendekati atau melewati batas 3 x 24 jamnya."
    if owed.reminded:
        yield f"{owed.reminded} perkara yang menunggu Anda mendekati tenggatnya."
    if owed.escalated:
        yield f"{owed.escalated} perkara yang menunggu bawahan Anda melewati tenggatnya."
    if owed.lent:
        yield f"{owed.lent} map yang dipinjam belum kembali pada waktunya."


def _morning(waiting: Waiting | None) -> Iterator[str]:
    """Yield what waits on a day, as *Meja saya* groups it."""
    if waiting is None or not waiting.total:
        return
    yield f"Hari ini {waiting.total} hal menunggu Anda:"
    if waiting.rows:
        yield f"  - {len(waiting.rows)} perkara"
    yield from (f"  - {len(some)} naskah: {ACT_TITLES[act].lower()}" for act, some in waiting.letters.items())
    if waiting.proposed:
        yield f"  - {len(waiting.proposed)} usul"
    stand = ((waiting.late, "terlambat"), (waiting.near, "hampir jatuh tempo"))
    if said := ", ".join(f"{count} {words}" for count, words in stand if count):
        yield f"Di antaranya, menurut tenggat perkaranya: {said}."


def _places(owed: Owed, desk: str) -> Iterator[str]:
    if owed.urgent or owed.reminded or owed.rights or owed.morning:
        yield f"Meja saya: {desk}/"
    if owed.escalated:
        yield f"Yang terlambat: {desk}/arsip?terlambat=ya"
    if owed.lent:
        yield f"Pinjaman: {desk}/pinjaman"
