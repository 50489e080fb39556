"""What can happen to a case. Each event is a line's ``kind`` and ``data``, and nothing else is ever written.

Events are past participles; their Indonesian ``kind`` is what the journal and the office's scripts see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.archived import Archived
from pipeline.cases.document import Document as Document
from pipeline.cases.given_up import Failed as Failed
from pipeline.cases.given_up import Retried as Retried
from pipeline.cases.linked import BECAME as BECAME
from pipeline.cases.linked import CAME_OF as CAME_OF
from pipeline.cases.linked import FROM as FROM
from pipeline.cases.linked import INTO as INTO
from pipeline.cases.linked import SPLIT_FROM as SPLIT_FROM
from pipeline.cases.linked import SPLIT_OFF as SPLIT_OFF
from pipeline.cases.linked import Linked as Linked
from pipeline.cases.mailed_receipt import ReceiptMailed
from pipeline.cases.redacted import Redacted
from pipeline.cases.transferred import Transferred
from pipeline.cases.validated import Validated as Validated

#: The question of a move in which the case is named that this one goes into.
MERGED_INTO = "perkara_induk"
#: The questions of a move in which pages are named that become a case of their own, and the attachment they are in
#: (unanswered: the complaint itself).
PAGES, FILE = "halaman", "berkas"
#: What a move's line says of each letter to which it did something (:class:`Decided`).
ACT, VERSION, SHA256 = "tindakan", "versi", "sha256"
#: And of an exception by which one person made both steps of a pair.
PAIR, LABEL, FIRST, WHY = "pasangan", "sebutan", "pertama", "alasan"


@dataclass(frozen=True, slots=True)
class Received:
    """A complaint came and got its number (SOP steps 1 and 2). The first line of a journal, and only that.

    ``claim`` names the act of taking the file from the inbox, so that starting again after a crash finds its own
    work; ``file_name`` is the name the scanner gave, ``status_code`` what the complainant asks with. ``register`` are
    the register's fields that were typed when the case was opened without a written complaint. ``source`` says of
    which file the complaint is a part (empty: it came by itself): its ``sha256``, which ``pages`` of it (from 1) and
    ``of`` how many;
    ``suspected`` are pages before which another complaint may begin, each a ``page`` and a ``reason`` in Indonesian.
    ``signatures`` names the documents in which electronic signatures are marked, here and wherever files arrive.
    ``person`` is who opened it, as in :class:`Decided`; empty where a letter came. ``series`` is that of its number,
    empty for the first. ``deliveries`` say by which way a file came and who brought it, here and wherever files arrive
    (:mod:`pipeline.cases.deliveries`); lines of versions that did not ask have none.
    """

    kind: ClassVar[str] = "diterima"
    year: int
    serial: int
    register_number: str
    sop: str
    claim: str
    file_name: str
    media: str
    pages: int
    status_code: str
    channel: str
    documents: tuple[Document, ...]
    codes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    register: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    suspected: tuple[Mapping[str, Any], ...] = ()
    signatures: tuple[str, ...] = ()
    person: Mapping[str, Any] = field(default_factory=dict)
    series: str = ""
    deliveries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """Further papers of the case came: an attachment or a follow-up. Its own line's time is its date of receipt.

    ``how`` says by what it found the case: ``sampul`` (a cover sheet), ``nama`` (the number in the file's name) or
    ``map`` (it was dropped into the case's own folder), ``pindaian-lama`` (it was brought
    with an old register). The rest is as with a complaint (:class:`Received`).
    """

    kind: ClassVar[str] = "dilampirkan"
    how: str
    claim: str
    file_name: str
    media: str
    pages: int
    documents: tuple[Document, ...]
    codes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[str, ...] = ()
    deliveries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """The complaint's text was read and its fields proposed; the candidates lie in the filed reading.

    ``suspected`` are pages of the complaint (from 1) on which another complaint may begin: ``page`` and ``reason``;
    ``cited`` are cases that the complaint names: ``number``, ``page`` and how it is written there (``teks``).
    ``signature`` is that of its words (:mod:`pipeline.reading.near_duplicates`). ``archival`` is what was found of the
    copy with searchable text, as of a print (:class:`Printed`).
    """

    kind: ClassVar[str] = "dibaca"
    fields: Mapping[str, Any]
    engine: str
    documents: tuple[Document, ...]
    warnings: tuple[str, ...] = ()
    suspected: tuple[Mapping[str, Any], ...] = ()
    cited: tuple[Mapping[str, Any], ...] = ()
    signature: str = ""
    archival: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRead:
    """The text of an attachment was read. ``source`` is the name of its document; ``archival`` as of a complaint."""

    kind: ClassVar[str] = "lampiran-dibaca"
    source: str
    engine: str
    documents: tuple[Document, ...]
    warnings: tuple[str, ...] = ()
    archival: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sheet was drafted from its Word template. ``inputs_sha256`` is over the values that went in.

    ``trigger`` is the seq of the line that called for it: the reading, or a person's move.
    ``page_code`` is the opaque id stamped on its pages when it is printed for a wet signature, else empty.
    A version that a person edited in Word has no hashes; ``editor`` is their login, and the line is by their role.
    ``issued_from`` is the approved version into which the number was filled, and nothing else; that has no hashes
    either. 0: it was not made by numbering. ``cleared`` are words that the editor said name nobody
    (:mod:`pipeline.cases.cleared_words`). ``person`` is the editor as in :class:`Decided`.
    """

    kind: ClassVar[str] = "dikonsep"
    template: str
    version: int
    template_sha256: str
    inputs_sha256: str
    page_code: str
    trigger: int
    documents: tuple[Document, ...]
    editor: str = ""
    issued_from: int = 0
    cleared: tuple[str, ...] = ()
    person: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Printed:
    """A drafted sheet was made into PDF/A. ``source`` is the name of its Word document.

    ``archival`` is what the check of the PDF found: ``2b``, or what keeps it from being marked PDF/A-2b; lines of
    versions that did not note it say nothing.
    """

    kind: ClassVar[str] = "dicetak"
    template: str
    version: int
    source: str
    documents: tuple[Document, ...]
    archival: str = ""

    @property
    def fault(self) -> str:
        """What the check found against it; nothing where it was marked, or where no check was noted."""
        return "" if self.archival == "2b" else self.archival


@dataclass(frozen=True, slots=True)
class Decided:
    """A person made a move. ``start`` and ``state`` are the case's states before and after it.

    ``holder`` is who held the role that day (``jabatan``, ``nama``, ``nip``), ``login`` who was at the machine; the two
    are one person if the holder's ``akun`` is that login (:mod:`pipeline.cases.acted`). ``values`` are the form's
    answers, ``register`` the register's fields as confirmed or corrected; ``sheets`` the templates to be drafted after
    it, ``numbers`` the naskah number that each outgoing letter got. ``documents`` holds the file that came with the
    move, if one did. ``letters`` says of each letter to which the move did something (by template) what that was
    (:data:`ACT`), in which :data:`VERSION` it was then, and the :data:`SHA256` of its Word file.
    Of a signed letter, ``delivered_by`` is who brought its scan (a login, or ``pemindai``) and ``proof`` what was found
    on it (:mod:`pipeline.cases.signature_proof`); in lines of versions that did not look, both are empty.
    ``released`` are the register's fields whose answers stood on pages that became another case: what is read from the
    pages that stayed counts again. ``person`` is who acted, whatever the role (``akun``, ``nip``, ``nama``), ``alone``
    the exception by which one person made both steps of a pair (:mod:`pipeline.cases.separation`).
    """

    kind: ClassVar[str] = "diputuskan"
    move: str
    start: str
    state: str
    holder: Mapping[str, Any]
    login: str
    values: Mapping[str, Any]
    register: Mapping[str, Any]
    sheets: tuple[str, ...]
    numbers: Mapping[str, Any]
    documents: tuple[Document, ...]
    letters: Mapping[str, Any] = field(default_factory=dict)
    delivered_by: str = ""
    proof: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    person: Mapping[str, Any] = field(default_factory=dict)
    alone: Mapping[str, Any] = field(default_factory=dict)
    deliveries: tuple[Mapping[str, Any], ...] = ()

    def done(self, act: str) -> tuple[str, ...]:
        """Return the templates of the letters to which the move did this (:mod:`pipeline.cases.sop_words`)."""
        return tuple(template for template, done in self.letters.items() if done[ACT] == act)


@dataclass(frozen=True, slots=True)
class Returned:
    """A sheet came back signed, known by the codes on its pages, where the SOP has no move for its signature.

    ``delivered_by`` and ``proof`` are as with a move (:class:`Decided`).
    """

    kind: ClassVar[str] = "kembali"
    template: str
    version: int
    documents: tuple[Document, ...]
    source: Mapping[str, Any] = field(default_factory=dict)
    delivered_by: str = ""
    proof: Mapping[str, Any] = field(default_factory=dict)
    signatures: tuple[str, ...] = ()
    deliveries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PartReturned:
    """Some pages of a sheet came back; the rest is awaited. ``pages`` are those that are in its document."""

    kind: ClassVar[str] = "kembali-sebagian"
    template: str
    version: int
    pages: tuple[int, ...]
    documents: tuple[Document, ...]
    source: Mapping[str, Any] = field(default_factory=dict)
    delivered_by: str = ""
    deliveries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Disputed:
    """The official whose signature is said to be on a filed scan (``document``) says that it is not."""

    kind: ClassVar[str] = "disanggah"
    document: str
    template: str
    version: int
    reason: str
    login: str
    documents: tuple[Document, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That official says that it is theirs after all, which settles the dispute."""

    kind: ClassVar[str] = "dikukuhkan"
    document: str
    template: str
    version: int
    reason: str
    login: str
    documents: tuple[Document, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A scan that was filed as the signed letter is so no more; it stays with the case, marked."""

    kind: ClassVar[str] = "ditarik"
    document: str
    template: str
    version: int
    reason: str
    login: str
    documents: tuple[Document, ...] = field(default=())


Event = (
    Received
    | Attached
    | Recognised
    | AttachmentRead
    | Drafted
    | Printed
    | Decided
    | Returned
    | PartReturned
    | Disputed
    | Confirmed
    | Withdrawn
    | Linked
    | Validated
    | Failed
    | Retried
    | Redacted
    | ReceiptMailed
    | Transferred
    | Archived
)
