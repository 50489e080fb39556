"""What is known of a scan before anything of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # children that open files import this module, and would carry all of cases: 3 MB each
    from pipeline.cases.ports import Blob
    from pipeline.cases.seen_on_pages import Barcode, Suspicion

#: What the QR code on our separator sheets says.
SEPARATOR = "YK1:PEMISAH"

#: The media type of scans with pages that can be cut out; the others: :mod:`pipeline.scans.formats.kinds`.
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file before it has a number: no OCR is done for it.

    ``media`` is one of ``application/pdf``, ``image/jpeg``, ``image/png``, ``image/tiff``; ``extension`` the one it
    is filed under (``pdf``, ``jpg``, ``png``, ``tif``). ``warnings`` are Indonesian sentences for the clerk
    (repairable damage, active content, attachments inside). ``separators`` are the pages that are separator sheets,
    ``blanks`` those without ink; ``doubts`` those that look like a separator or a code that cannot be read; ``unread``
    those with a QR code that cannot. ``signatures`` is how many electronic signatures are marked in a PDF.
    """

    media: str
    extension: str
    pages: int
    codes: tuple[Barcode, ...] = ()
    warnings: tuple[str, ...] = ()
    separators: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()
    doubts: tuple[Suspicion, ...] = ()
    unread: tuple[int, ...] = ()
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says of itself: its subject, and what marks it as sent to many or by a machine.

    ``bulk`` is Indonesian; empty: nothing does.
    """

    subject: str
    bulk: str


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """Whom a machine may answer, and the *Message-ID* of that mail; without an address, in Indonesian why nobody."""

    address: str = ""
    message: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rendition:
    """The pages that were made of a file that is no scan, as a PDF; the file itself is kept beside them.

    ``extension`` is the one under which the file is filed (``docx``, ``eml``, ``heic``, …),
    ``channel`` the register's *cara penyampaian* that it proves (empty: none), ``words`` the beginning of its text.
    ``warnings`` are Indonesian sentences for the clerk on what of the file is on no page.
    """

    pages: Blob
    extension: str
    channel: str
    words: str
    warnings: tuple[str, ...] = ()
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class PageAt:
    """A page of a file that came (from 1), and the clockwise turn that brings it upright."""

    file: Blob
    media: str
    page: int
    turned: int = 0


def unread_code(page: int) -> str:
    """Return what the clerk should know of a page (from 1) with a QR code that cannot be read."""
    return (
        f"Kode QR pada halaman {page} tidak terbaca; bila ini naskah kantor yang kembali, pindai ulang dengan 200 dpi."
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as WebP, and how many pages its document has."""

    webp: bytes
    pages: int


class Previews(Protocol):
    """Pages of documents as pictures, drawn anew; safe for many threads."""

    def page(self, document: Blob, number: int, width: int) -> Preview:
        """Return a page (from 1) of a document, about ``width`` pixels wide.

        Raises:
            NotFound: it has no such page, or no pages at all.
            Refused: it cannot be opened any more.
            EngineFault: it could not be drawn.
        """

    def close(self) -> None:
        """End what draws."""
