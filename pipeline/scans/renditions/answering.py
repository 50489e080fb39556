"""Whether a machine may answer a mail, and to whom (RFC 3834): a person wrote it, to whom the answer comes back.

In doubt it may not: an answer to a forged sender reaches somebody who has asked for nothing, and two machines that
answer one another never end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

from pipeline.scans.ports import AnswerTo
from pipeline.scans.renditions.mails import FAULTS, head_of, header

#: Heads that only mails to many, and those of machines, have (RFC 2369, RFC 2919, [MS-OXCMAIL]).
_TELLING = ("List-Id", "List-Post", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Owner", "Feedback-ID")
_SUPPRESSING = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Loop")
#: Mailboxes that nobody reads (RFC 2142, RFC 5321, and by custom).
_NOBODY = re.compile(
    r"(?:mailer-daemon|postmaster|hostmaster|root|daemon|bounces?|abuse)|owner-.*|.*-request|.*[-+_.]bounces?.*"
    r"|(?:.*[-_.])?(?:no|do[-_.]?not|dont|jangan|tidak)[-_.]?(?:reply|respond|balas|dibalas)(?:[-_.+].*)?",
    re.I,
)
#: What the server that took the mail in found of its sender: not who it says (RFC 7208, RFC 7489, told as RFC 8601
#: has it). A stranger's own head of that name takes an answer away and gives none.
_FORGED = (
    ("Received-SPF", re.compile(r"\s*(?:soft)?fail\b", re.I)),
    ("Authentication-Results", re.compile(r"\b(?:spf\s*=\s*(?:soft|hard)?fail|dmarc\s*=\s*fail)\b", re.I)),
)
#: Once the server found that it may send for it, the sender of the envelope is told in a part of such a head that
#: begins so, or in the parts of one that itself does (RFC 8601, 2.7.2; RFC 7208, 9.1).
_PART_PASSED, _PASSED = re.compile(r"\s*spf\s*=\s*pass\b", re.I), re.compile(r"\s*pass\b", re.I)
_REMARK = re.compile(r"\([^()]*\)")
_ID = re.compile(r"<[!-;=?-~]{1,240}>")

_TO_MANY = "surelnya dikirim kepada banyak orang atau oleh mesin"
_NO_RETURN = "surelnya tidak beralamat balik (Return-Path)"
_OTHER_RETURN = "alamat baliknya (Return-Path) bukan alamat pengirimnya"
_NOT_ONE = "pengirimnya bukan satu alamat surel"
_IS_FORGED = "menurut server surel, alamat pengirimnya palsu (SPF atau DMARC)"
_READ_BY_NOBODY = "alamat pengirimnya tidak dibaca orang"
_ANSWERS_OURS = "surelnya menyatakan tidak ingin dijawab mesin"


def answer_to(data: bytes) -> AnswerTo:
    """Return whom a machine may answer; without an address, why nobody. Nothing is raised."""
    try:
        mail = message_from_bytes(data, policy=compat32)
    except FAULTS:
        return AnswerTo(why=_NOT_ONE)
    if head_of(mail).bulk or any(header(mail, name) for name in _TELLING):
        return AnswerTo(why=_TO_MANY)
    if any(header(mail, name) for name in _SUPPRESSING):
        return AnswerTo(why=_ANSWERS_OURS)
    written, returned = _addresses(mail, "From"), _addresses(mail, "Return-Path")
    if mail.get("Return-Path") is None:
        returned = _envelope(mail)
    if len(written) != 1:
        return AnswerTo(why=_NOT_ONE)
    if not returned:
        return AnswerTo(why=_NO_RETURN)
    if [one.casefold() for one in returned] != [written[0].casefold()]:
        return AnswerTo(why=_OTHER_RETURN)
    if any(found.search(str(said)) for name, found in _FORGED for said in mail.get_all(name) or ()):
        return AnswerTo(why=_IS_FORGED)
    if _NOBODY.fullmatch(written[0].rpartition("@")[0]):
        return AnswerTo(why=_READ_BY_NOBODY)
    found = _ID.fullmatch(header(mail, "Message-ID"))
    return AnswerTo(written[0], found[0] if found else "")


def _envelope(mail: Message) -> list[str]:
    """Return the sender of the envelope as the server that delivered the mail tells it beside its finding (SPF: pass).

    What stands above the first *Received* that server wrote, and nobody before it; a server that tells it further down
    is not asked. What holds quotes could be of a stranger's making, and counts for nothing.
    """
    names = [name.casefold() for name in mail.keys()]  # noqa: SIM118 - of a mail, not of a mapping
    if "received" not in names:
        return []
    found: set[str] = set()
    for name, said in zip(names, map(str, mail.values()[: names.index("received")]), strict=False):
        parts = _REMARK.sub(" ", said).split(";") if '"' not in said and "\\" not in said else []
        if name == "authentication-results":
            found |= _told("smtp.mailfrom", filter(_PART_PASSED.match, parts))
        elif name == "received-spf" and parts and _PASSED.match(parts[0]):
            found |= _told("envelope-from", parts)
    return sorted(found)


def _told(where: str, parts: Iterable[str]) -> set[str]:
    """Return the addresses that parts of such a head tell."""
    told = re.compile(rf"(?:^|\s){re.escape(where)}\s*=\s*<?([^\s<>=;]+@[^\s<>=;]+)>?(?=\s|$)", re.I)
    return {address for part in parts for address in told.findall(part)}


def _addresses(mail: Message, name: str) -> list[str]:
    """Return the addresses of a head; that of a mail that comes back to nobody is ``<>`` and holds none.

    The first of several heads of the name counts: the server that delivered the mail wrote it on top (RFC 5321, 4.4).
    """
    if name == "From" and len(mail.get_all(name) or []) > 1:
        return []
    try:
        return [address for _, address in getaddresses([str(mail.get(name, ""))]) if "@" in address]
    except FAULTS:
        return []
