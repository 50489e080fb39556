"""Files that come with a move, as the documents that are kept; of a signed letter, what they must prove first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.document import AS_IT_CAME, came_beside
from pipeline.cases.duties import DRAFT, duties
from pipeline.cases.events import Document
from pipeline.cases.ports import Blob, Cabinet, Filed, LetterOut, SignatureProof, sha256_of, size_of
from pipeline.cases.signature_proof import Examination, proven
from pipeline.cases.signed_files import UPRIGHT
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import NotAllowed

#: What the further files of a letter are called that came in several, before their number.
_FURTHER = "-berkas-"


@dataclass(frozen=True, slots=True)
class MadePages:
    """The pages that were made of a file that is no scan, and the extension under which that file is filed."""

    pages: Blob
    extension: str


def came_as(case: Case, document: Document) -> Document:
    """Return the file, as it came, of which a document holds the pages; the document itself where that is a scan."""
    return came_beside(document.name, case.documents) or document


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came: the extension under which it is filed, the file, how many signatures are marked in it."""

    extension: str
    file: Blob
    signatures: int = 0

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""
        return self.file.sha256


@dataclass(frozen=True, slots=True)
class Examined:
    """A letter as it is out, and what was found when files were examined as its signed copy."""

    letter: LetterOut
    found: Examination


def marked(kept: Iterable[Document], came: Iterable[Came]) -> tuple[str, ...]:
    """Return the names of the documents in which electronic signatures are marked."""
    hashes = {file.sha256 for file in came if file.signatures}
    return tuple(document.name for document in kept if document.sha256 in hashes)


def letter_out(case: Case, sop: Sop, template: str, cabinet: Cabinet, version: int = 0) -> LetterOut:
    """Return a version of a letter (default: the newest) as it is out to be signed."""
    version = version or case.drafts[template].version
    printed = case.document(f"{template}-v{version}.pdf")
    codes = {of: code for code, of in case.page_codes.items()}
    return LetterOut(
        number=case.number,
        template=template,
        title=title_of(template),
        version=version,
        page_code=codes.get((template, version), ""),
        printed=cabinet.blob(case.number, printed) if printed else None,
        signers=sop.sheet(template).signers,
    )


def examined(letter: LetterOut, files: Sequence[Blob], proofs: Sequence[SignatureProof]) -> Examined:
    """Return what the first way of proof that knows such files finds; the last way knows any."""
    found = (proof.examined(letter, files) for proof in proofs)
    return Examined(letter, next(one for one in found if one is not None))


def check_signable(case: Case, sop: Sop, kind: str, hashes: Sequence[str]) -> None:
    """Make sure that a letter is out to be signed, and that what came is not our own print: nobody has signed that.

    Raises:
        NotAllowed: it is not, it is, or a file of it is disputed: the same paper scanned again settles no dispute.
    """
    if any(d.action == DRAFT and d.subject == kind for d in duties(case, sop)):
        raise NotAllowed(f"Mesin masih mengonsep {kind}.", "Tandatangani konsep yang baru, lalu ulangi.")
    if disputed := next((s for s in case.signatures if s.template == kind and s.disputed), None):
        raise NotAllowed(
            f"Tanda tangan pada {title_of(kind)} ({disputed.documents[0]}) sedang disanggah.",
            "Kukuhkan atau tarik dahulu berkas itu; sesudah itu naskahnya dapat ditandatangani lagi.",
        )
    prints = (d for d in case.documents if d.kind in case.drafts and d.name == f"{d.kind}-v{d.version}.pdf")
    if same := next((d for d in prints if d.sha256 in hashes), None):
        raise NotAllowed(
            f"Berkas itu cetakan {same.name} dari map ini, belum bertanda tangan.",
            "Tandatangani naskahnya, pindai, lalu sertakan pindaian itu.",
        )


def signed_documents(
    case: Case, sop: Sop, kind: str, came: Sequence[Came], seen: Examined | None, *, role: str, reason: str
) -> tuple[dict[Document, Filed], dict[str, Any]]:
    """Return the documents as which a signed letter is kept, their bytes, and what is noted of its proof.

    Raises:
        NotAllowed: the letter is not out to be signed, or it is another version by now than was looked at; or this role
            cannot vouch for it.
        Refused: it proves nothing, and no ``reason`` is given for taking it all the same.
    """
    check_signable(case, sop, kind, [file.sha256 for file in came])
    if seen is None or (seen.letter.template, seen.letter.version) != (kind, case.drafts[kind].version):
        raise NotAllowed(
            f"{title_of(kind)} dikonsep lagi ketika berkasnya diperiksa.", "Tandatangani versi yang baru, lalu ulangi."
        )
    letter, found = seen.letter, seen.found
    proof = proven(found, letter.title, role=role, signers=letter.signers, head=sop.head, reason=reason)
    return attached_documents(case, sop, kind, came, upright=found.upright), proof


def attached_documents(
    case: Case, sop: Sop, kind: str, came: Sequence[Came], *, version: int | None = None, upright: bytes = b""
) -> dict[Document, Filed]:
    """Return the documents as which files of that kind lie with the case, and their bytes.

    ``upright`` is a PDF of the pages of a signed letter, beside the scans as they came.
    """
    first = attached_document(case, sop, kind, came[0].file, came[0].extension, version)
    stem = first.name.rpartition(".")[0]
    kept: dict[Document, Filed] = {first: came[0].file}
    for n, file in enumerate(came[1:], start=2):
        kept[_beside(first, f"{stem}{_FURTHER}{n}.{file.extension}", file.file)] = file.file
    if upright:
        kept[_beside(first, f"{stem}{UPRIGHT}.pdf", upright)] = upright
    return kept


def _beside(first: Document, name: str, data: Filed) -> Document:
    return replace(first, name=name, sha256=sha256_of(data), bytes=size_of(data))


def attached_document(
    case: Case, sop: Sop, kind: str, file: Blob, extension: str, version: int | None = None
) -> Document:
    """Return the document as which a file of that kind (a template's key, for its signed scan) lies with the case.

    ``version`` is that of the sheet that was signed (default: the newest).
    """
    draft = case.drafts.get(kind)
    version = version or (draft.version if draft else None)
    if any(sheet.template == kind for sheet in sop.sheets):
        step, stem = sop.sheet(kind).step, f"{kind}-v{version or 0}-bertanda-tangan"
    else:
        step = sop.step(sop.state(case.state(sop.first)).step).number
        stem = f"{step:02d}-{kind}"
    beside = (UPRIGHT, _FURTHER, f"-{AS_IT_CAME}.")  # what lies beside a scan, and is counted with it
    count = sum(d.name.startswith(stem) and not any(part in d.name for part in beside) for d in case.documents)
    name = f"{stem}{f'-{count + 1}' if count else ''}.{extension}"
    return Document(name, kind, step, file.sha256, file.size, version or count + 1)
