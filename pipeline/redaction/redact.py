"""Redact: a person makes a copy of a document of a case to hand out, without what names people; it is filed there.

The copy is a document of its own kind, tied by the hash of its source to what was covered of it, why, and for whom. The
source stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.access.identities import Secrets
from pipeline.access.rights import Right, holders
from pipeline.archive.appending import destroyed
from pipeline.archive.papers import Shelved, shelved
from pipeline.cases.actor import Actor, holder
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.events import Document
from pipeline.cases.key_labels import role_name
from pipeline.cases.ports import Cabinet
from pipeline.cases.redacted import REDACTED_COPY, Redacted
from pipeline.errors import EngineFault, Incomplete, NotAllowed
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import one_line, unprintable
from pipeline.redaction.areas import Area, PageText, areas_around, check_areas, read_run, runs_of, typed_areas
from pipeline.redaction.ports import RedactedPdf, Redactor
from pipeline.redaction.strip import TITLE, strip
from pipeline.redaction.suggestions import Suggestion, names_somebody, secrets_about, suggestions
from pipeline.scans.ports import PDF
from pipeline.scans.words import Page

#: The roles that may: those that may have the documents themselves.
_LONGEST = 300  # letters of a reason, and of a recipient: the strip below a page is to stay a strip
_PICTURES = "image/"


@dataclass(frozen=True, slots=True)
class RedactParts:
    """What redacting needs: the cases, time, the office, who draws the copy (asked for when it is needed)."""

    cabinet: Cabinet
    clock: Clock
    office: Office
    redactor: Callable[[], Redactor]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants covered, why and for whom.

    ``places`` are suggestions or other words of the pages by their keys, ``words`` words or names wherever they stand,
    ``drawn`` areas by numbers, one a line.
    """

    places: Sequence[str] = ()
    words: Sequence[str] = ()
    drawn: str = ""
    reason: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that is to be redacted: its pages with their words, and what is suggested."""

    found: Shelved
    pages: tuple[Page, ...]
    texts: tuple[PageText, ...]
    suggested: tuple[Suggestion, ...]
    secrets: tuple[Secrets, ...]

    def areas(self, wanted: Wanted) -> list[Area]:
        """Return the areas that are wanted, each once.

        Raises:
            Incomplete: a place or a word is not there, or a line is no area.
        """
        runs = [read_run(key, self.pages) for key in wanted.places]
        runs += [run for phrase in filter(str.strip, wanted.words) for run in runs_of(phrase, self.texts)]
        around = (area for run in dict.fromkeys(runs) for area in areas_around(run, self.pages))
        return list(dict.fromkeys([*around, *typed_areas(wanted.drawn, len(self.pages))]))


#: Says of a case's number whether who asks may be told of it.
Told = Callable[[str], bool]


def look(case: Case, name: str, told: Told, parts: RedactParts) -> Looked:
    """Return a document of a case as it is to be redacted.

    Raises:
        NotFound: the case has none of that name.
        NotAllowed: it holds pages of a case that who asks may not read, has no pages, or is such a copy itself.
        Refused: it cannot be opened, is locked, or has too many pages; or the content of its case was destroyed.
    """
    if case.gone:
        raise destroyed(case)
    found = shelved(parts.cabinet, case, name, told)
    if found.document.kind == REDACTED_COPY:
        source = next((made.source for made in case.redacted if found.document in made.documents), "")
        raise NotAllowed("Berkas itu sudah salinan yang disamarkan.", f"Buat salinan lain dari sumbernya, {source}.")
    if found.document.name in case.shared:
        raise NotAllowed(
            "Berkas itu juga memuat halaman yang menjadi perkara lain.",
            "Samarkan salinan halaman perkara ini, dari daftar berkasnya.",
        )
    is_scan = found.media.startswith(_PICTURES) and found.document.kind != AS_IT_CAME
    if found.media != PDF and not is_scan:
        raise NotAllowed(
            f"{name} tidak berhalaman, jadi tidak dapat disamarkan.", "Pilih PDF atau pindaiannya dari daftar berkas."
        )
    pages = parts.redactor().words(found.blob)
    texts = tuple(PageText(page) for page in pages)
    secrets = secrets_about(case, parts.cabinet.case, parts.office)
    return Looked(found, pages, texts, suggestions(texts, secrets), secrets)


def redact(number: CaseNumber, name: str, wanted: Wanted, *, by: Actor, told: Told, parts: RedactParts) -> Case:
    """Make a redacted copy of a document and file it in its case; return the case, of which it is the newest document.

    Raises:
        NotAllowed: the role may not, or nobody holds it today; or as :func:`look`.
        Incomplete: reason or recipient is missing or names somebody, nothing is to be covered, or a word or an area is
            not there.
        NotFound, Refused, EngineFault: as :func:`look`.
    """
    require_maker({by.role}, parts.office.roles)
    case, at = parts.cabinet.case(number), parts.clock.now()
    held = holder(by, at, parts.office)
    looked = look(case, name, told, parts)
    reason, recipient = _checked(wanted, looked.secrets)
    check_areas(areas := looked.areas(wanted))
    made = _drawn(case, looked, areas, _maker(by, held, parts.office.roles), at, reason, recipient, parts)
    with parts.cabinet.held(number) as folder:
        shelved(parts.cabinet, folder.case, name, told)  # pages of it may have become another case meanwhile
        document = _document(folder.case, looked.found.document, made.data)
        event = Redacted(
            source=name,
            source_sha256=looked.found.document.sha256,
            pages=made.pages,
            areas=tuple(area.as_data() for area in areas),
            reason=reason,
            recipient=recipient,
            documents=(document,),
            holder=held,
            login=by.login,
            archival=made.archival,
        )
        return folder.append(event, {document.name: made.data}, by=by.role, at=parts.clock.now())


def makers(of: OfficeRoles) -> tuple[str, ...]:
    """Return the roles that may make redacted copies: those that see the originals."""
    return holders(Right.ORIGINALS, of)


def require_maker(roles: Collection[str], of: OfficeRoles) -> None:
    """Make sure that one of these roles may make redacted copies.

    Raises:
        NotAllowed: none may; says which may.
    """
    if set(makers(of)).isdisjoint(roles):
        raise NotAllowed(
            f"Peran {min(roles, default='')!r} tidak berwenang membuat salinan yang disamarkan.",
            f"Yang berwenang: {', '.join(sorted(makers(of)))}.",
        )


def _checked(wanted: Wanted, secrets: Sequence[Secrets]) -> tuple[str, str]:
    """Return reason and recipient, which everybody reads who gets the copy.

    Raises:
        Incomplete: one is missing, too long, cannot be printed, or names somebody who must not be named.
    """
    told = {
        "alasan": ("Alasan", one_line(wanted.reason)),
        "penerima": ("Diberikan kepada", one_line(wanted.recipient)),
    }
    wrong: dict[str, tuple[str, str]] = {}
    for name, (label, text) in told.items():
        if not text:
            wrong[name] = (label, "wajib diisi")
        elif len(text) > _LONGEST:
            wrong[name] = (label, f"lebih dari {_LONGEST} huruf")
        elif why := unprintable(text):
            wrong[name] = (label, why)
        elif names_somebody(text, secrets):
            wrong[name] = (label, "menyebut pelapor, korban, atau saksi; ini tercetak di setiap halaman salinan")
    if wrong:
        said = "; ".join(f"{label}: {why}" for label, why in wrong.values())
        raise Incomplete(f"Salinan yang disamarkan belum dibuat. {said}.", "Betulkan isian itu, lalu ulangi.", wrong)
    return told["alasan"][1], told["penerima"][1]


def _maker(by: Actor, held: dict[str, str], of: OfficeRoles) -> str:
    """Return who makes the copy, as it says: the post, and the name where the office names one."""
    post = held.get("jabatan") or role_name(by.role, of)
    return f"{held['nama']}, {post}" if held.get("nama") else f"{post} ({by.name or by.login})"


def _drawn(
    case: Case,
    looked: Looked,
    areas: Sequence[Area],
    maker: str,
    at: datetime,
    reason: str,
    recipient: str,
    parts: RedactParts,
) -> RedactedPdf:
    """Return the copy.

    Raises:
        EngineFault: it does not have every page of its source.
    """
    number = case.received.register_number
    below = strip(number, maker, at, reason, recipient)
    made = parts.redactor().redacted(looked.found.blob, areas, below, f"{TITLE.capitalize()} {number}")
    if made.pages != len(looked.pages):
        raise EngineFault("Salinannya tidak memuat semua halaman.", "Coba lagi; bila berulang, laporkan.")
    return made


def _document(case: Case, source: Document, data: bytes) -> Document:
    """Return the copy as a document of the case, in the step of its source."""
    count = 1 + sum(document.kind == REDACTED_COPY for document in case.documents)
    name = f"{source.step:02d}-{REDACTED_COPY}-{count}.pdf"
    return Document(name, REDACTED_COPY, source.step, hashlib.sha256(data).hexdigest(), len(data), count)
