"""What a scan adds to a case that is there already: further papers, or a sheet of ours that came back signed.

Each page that waits for a wet signature carries the sheet's opaque id, *page k of n* and a check. Only a sheet that is
there whole and genuine finds its case by itself; a person decides the rest, told exactly what was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.acts import Act, Advice
from pipeline.archive.appending import destroyed
from pipeline.cases.acted import BY_CODE
from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide import decide
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.document import AS_IT_CAME, as_it_came
from pipeline.cases.events import Attached, Document, PartReturned, Returned
from pipeline.cases.journal import MACHINE
from pipeline.cases.kept_files import (
    Came,
    attached_document,
    attached_documents,
    examined,
    letter_out,
    marked,
)
from pipeline.cases.letter_life import WAITS_FOR, letters
from pipeline.cases.moves import LETTER, open_moves
from pipeline.cases.ports import Blob
from pipeline.cases.signature_proof import SCANNER, as_it_is, proven
from pipeline.cases.signed_files import awaited_parts
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import Move
from pipeline.cases.sop_words import CHOSEN
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.intake.outcomes import Added, Duplicate, TakenBack
from pipeline.intake.scan_parts import Papers
from pipeline.letters.page_codes import Mark, Origin

#: The kind under which further papers are filed.
KIND = "lampiran"
#: How scans come that an office brings with its old register.
OLD_SCAN = "pindaian-lama"
#: The code of a sheet of ours that came back and is left to a person.
CAME_BACK = "kembali"
_RESCAN = "Pindailah naskah itu sendiri, semua halamannya, lalu letakkan lagi di kotak masuk."


def attach(papers: Papers, number: CaseNumber, how: str, parts: DecideParts) -> Added | Duplicate:
    """File further papers with a case; a case that has ended takes them too, and says so.

    Doing it again for the same claim changes nothing; the same bytes again are a duplicate.

    Raises:
        NotFound: there is no such case.
        Changed: the bytes are no longer those that were claimed.
    """
    claim = papers.claim
    with parts.cabinet.held(number) as folder:
        case, sop = folder.case, parts.sop(folder.case)
        if known := next((a for a in case.attachments if a.claim == claim.id), None):
            return Added(number, known.documents[0].name, again=True)
        if any(d.sha256 == claim.blob.sha256 for d in (*case.documents, *case.gone)):
            return Duplicate(number)
        here = current_state(case, sop)
        late = here.final and how != OLD_SCAN
        note = f"perkara sudah berakhir ({here.label}); pertimbangkan gerak buka-kembali" if late else ""
        kept = _kept(case, sop, papers)
        document = next(iter(kept))
        event = Attached(
            how=how,
            claim=claim.id,
            file_name=claim.blob.name,
            media=papers.media,
            pages=papers.pages,
            documents=tuple(kept),
            codes=papers.codes,
            warnings=(*papers.told, *([f"Lampiran datang ketika {note}."] if note else [])),
            source=papers.source,
            signatures=(document.name,) if papers.signatures else (),
            deliveries=_deliveries(papers),
        )
        folder.append(event, {d.name: data for d, data in kept.items()}, by=MACHINE, at=parts.clock.now())
        return Added(number, document.name, note=note)


def _deliveries(papers: Papers) -> tuple[Mapping[str, Any], ...]:
    return tuple(one.as_data() for one in papers.claim.deliveries)


def _kept(case: Case, sop: Sop, papers: Papers) -> dict[Document, Blob]:
    """Return the documents as which further papers are filed; of what is no scan its pages, then the file itself."""
    file, made = papers.claim.blob, papers.made
    first = attached_document(case, sop, KIND, made.pages if made else file, papers.extension)
    if made is None:
        return {first: file}
    name = as_it_came(first.name, made.extension)
    came = replace(first, name=name, kind=AS_IT_CAME, sha256=file.sha256, bytes=file.size)
    return {first: made.pages, came: file}


def origin_of(marks: Sequence[Mark], find: Callable[[str], Origin | None], strangers: int = 0) -> Origin:
    """Return which sheet pages with these codes are. ``marks`` is not empty.

    ``strangers`` is how many pages without a code lie with them that may be the sheet's.

    Raises:
        Refused: something is wrong with them, for a person to decide about.
    """
    if forged := [m for m in marks if not m.genuine]:
        raise Refused(
            CAME_BACK,
            f"Kode halaman pada halaman {forged[0].at} tidak sah: palsu, salah baca, atau milik kantor lain.",
            "Periksa naskahnya; bila asli, pindai ulang dengan 200 dpi atau lebih.",
        )
    documents = sorted({m.document for m in marks})
    if len(documents) > 1:
        fact = f"Halaman {marks[0].at} memuat kode {len(documents)} naskah yang berbeda."
        raise Refused(CAME_BACK, fact, _RESCAN)
    found = find(documents[0])
    if found is None:
        raise Refused(
            CAME_BACK,
            f"Naskah dengan kode {documents[0]} tidak dikenal di arsip ini.",
            "Periksa apakah naskah itu milik kantor ini; jalankan `yankomas rebuild` bila arsip baru dipulihkan.",
        )
    if gap := _gap(marks, strangers):
        what = f"{found.template} versi {found.version} perkara {found.number}"
        raise Refused(CAME_BACK, f"Ini naskah {what}, tetapi {gap}.", _RESCAN)
    return found


def _gap(marks: Sequence[Mark], strangers: int) -> str:
    """Return what is wrong with the pages of a sheet; that some are still to come is not, if all here are known."""
    seen = Counter(m.page for m in marks)
    missing = [k for k in range(1, marks[0].pages + 1) if not seen[k]]
    if missing and strangers:
        unread = f" ({strangers} halaman tanpa kode di sampingnya ikut disisihkan)"
        of = marks[0].pages
        return f"halaman {', '.join(map(str, missing))} dari {of} tidak ada atau kodenya tidak terbaca{unread}"
    if twice := [k for k, count in seen.items() if count > 1]:
        return f"halaman {', '.join(map(str, twice))} ada dua kali"
    return ""


def take_back(papers: Papers, marks: Sequence[Mark], origin: Origin, parts: DecideParts) -> TakenBack:
    """File a signed sheet if it proves that it is that; where the SOP has a move for its signature, that move is made.

    A sheet on which officials only write (the disposition sheet goes round while the machine drafts its next versions)
    is filed as the signed copy of the version that it is, however many there are since. One with a signer is not: whose
    newest version somebody must sign, a person decides about the older. Pages of a sheet that come alone lie with the
    case until the others are there, too.

    Doing it again for the same bytes changes nothing; other bytes of what is there already are left to a person.

    Raises:
        Refused: it proves nothing; that version, or those pages of it, are there already; a newer version is to be
            signed instead; or the move cannot be made now (nobody holds the signer's role today). Says why.
        Changed: the bytes are no longer those that were claimed.
    """
    case = parts.cabinet.case(origin.number)
    if case.gone:
        raise destroyed(case)
    blob = papers.claim.blob
    if known := next((d for d in case.documents if d.sha256 == blob.sha256), None):
        part = next((p for p in case.parts if p.document == known.name), None)
        return TakenBack(origin, again=True, awaited=_missing(marks, part.pages) if part else ())
    sop = parts.sop(case)
    if origin.version < origin.newest and sop.sheet(origin.template).signer:
        old, new = f"versi {origin.version}", f"versi {origin.newest}"
        raise Refused(
            CAME_BACK,
            f"Ini naskah {origin.template} {old} perkara {origin.number}, yang sudah diganti {new}.",
            Advice(f"Tandatangani {new}; bila {old} yang berlaku, catat ", Act.MAKE_MOVE, "."),
        )
    _check_not_there(case, parts.sop(case), marks, origin)
    before = awaited_parts(case.parts, case.signatures, origin.template, origin.version)
    if awaited := _missing(marks, (*_pages(marks), *(page for part in before for page in part.pages))):
        _hold(papers, _pages(marks), origin, parts)
        return TakenBack(origin, awaited=awaited)
    needed = [] if not _missing(marks, _pages(marks)) else [d for p in before if (d := case.document(p.document))]
    files = (*(parts.cabinet.blob(case.number, document) for document in needed), blob)
    if found := _signing_move(case, sop, origin.template):
        move, role = found
        typed = {LETTER: origin.template} if move.file_kind == CHOSEN else {}
        by = Actor(role, BY_CODE, scanned=True, deliveries=_deliveries(papers))
        try:
            decide(case.number, move.key, typed, by=by, parts=parts, files=files)
        except (NotAllowed, Incomplete) as fault:
            raise Refused(CAME_BACK, fault.message, fault.remedy) from fault
        return TakenBack(origin)
    _check_turn(case, sop, origin)
    _file(papers, files, origin, parts)
    return TakenBack(origin)


def _pages(marks: Sequence[Mark]) -> tuple[int, ...]:
    return tuple(sorted({mark.page for mark in marks}))


def _missing(marks: Sequence[Mark], there: Sequence[int]) -> tuple[int, ...]:
    return tuple(page for page in range(1, marks[0].pages + 1) if page not in there)


def _check_not_there(case: Case, sop: Sop, marks: Sequence[Mark], origin: Origin) -> None:
    """Make sure that a letter is not filed as signed twice: the same paper scanned again is no second signature.

    A sheet that nobody signs as theirs goes round, and comes back with more written on it each time.

    Raises:
        Refused: it is signed by a file that stands or is disputed, or these pages of it wait already.
    """
    version = (origin.template, origin.version)
    what = f"{title_of(origin.template)} versi {origin.version} perkara {origin.number}"
    there = next((s for s in case.signatures if (s.template, s.version) == version and not s.withdrawn), None)
    if there and sop.sheet(origin.template).signers:
        state = "sudah kembali bertanda tangan" if there.stands else "kembali dengan tanda tangan yang disanggah"
        raise Refused(
            CAME_BACK,
            f"{what} {state} ({there.documents[0]}); berkas ini pindaian lain daripadanya.",
            "Lampirkan pada perkaranya bila perlu disimpan. Bila berkas di map itu keliru, tarik dahulu, lalu ulangi.",
        )
    waiting = awaited_parts(case.parts, case.signatures, *version)
    pages = _pages(marks)
    if pages and _missing(marks, pages) and (twice := [n for n in pages if any(n in part.pages for part in waiting)]):
        fact = f"Halaman {', '.join(map(str, twice))} {what} sudah kembali lebih dahulu."
        raise Refused(CAME_BACK, fact, "Pindailah semua halaman naskah itu sebagai satu berkas.")


def _hold(papers: Papers, pages: tuple[int, ...], origin: Origin, parts: DecideParts) -> None:
    """Keep pages of a sheet with its case until the others come."""
    file = papers.claim.blob
    with parts.cabinet.held(origin.number) as folder:
        case = folder.case
        count = sum(part.template == origin.template and part.version == origin.version for part in case.parts)
        stem = f"{origin.template}-v{origin.version}-sebagian{f'-{count + 1}' if count else ''}"
        step = parts.sop(case).sheet(origin.template).step
        name = f"{stem}.{papers.extension}"
        document = Document(name, origin.template, step, file.sha256, file.size, origin.version)
        came = papers.source, SCANNER, _deliveries(papers)
        event = PartReturned(origin.template, origin.version, pages, (document,), *came)
        folder.append(event, {name: file}, by=MACHINE, at=parts.clock.now())


def _file(papers: Papers, files: Sequence[Blob], origin: Origin, parts: DecideParts) -> None:
    """File a signed sheet for whose signature the SOP has no move.

    Raises:
        Refused: it proves nothing, and is a sheet whose signature is waited for.
    """
    case = parts.cabinet.case(origin.number)
    letter = letter_out(case, parts.sop(case), origin.template, parts.cabinet, origin.version)
    found, awaited = examined(letter, files, parts.proofs).found, parts.sop(case).sheet(origin.template).signed
    if awaited:
        proof = proven(found, letter.title, role="", signers=letter.signers, head="", reason="")
    else:
        proof = as_it_is(found)
    came = [Came(file.name.rpartition(".")[2], file) for file in files[:-1]]
    came.append(Came(papers.extension, files[-1], papers.signatures))
    with parts.cabinet.held(origin.number) as folder:
        if all(d.sha256 != files[-1].sha256 for d in folder.case.documents):
            sop = parts.sop(folder.case)
            _check_not_there(folder.case, sop, (), origin)
            kept = attached_documents(
                folder.case, sop, origin.template, came, version=origin.version, upright=found.upright
            )
            signed = marked(kept, came)
            event = Returned(
                template=origin.template,
                version=origin.version,
                documents=tuple(kept),
                source=papers.source,
                delivered_by=SCANNER,
                proof=proof,
                signatures=signed,
                deliveries=_deliveries(papers),
            )
            folder.append(event, {d.name: data for d, data in kept.items()}, by=MACHINE, at=parts.clock.now())


def _check_turn(case: Case, sop: Sop, origin: Origin) -> None:
    """Make sure that a letter is not filed as signed before its turn has come: nobody has approved it so far.

    An edition that does not tell the acts on letters knows no turn.

    Raises:
        Refused: it waits for something else first, is still with the machine, or is over.
    """
    mine = [letter for letter in letters(case, sop) if letter.template == origin.template]
    if not sop.tells_acts or not mine or mine[-1].signed:
        return
    letter = mine[-1]
    waits = letter.state if letter.over else WAITS_FOR[letter.turn.act] if letter.turn else "sedang dikerjakan mesin"
    raise Refused(
        CAME_BACK,
        f"Ini {letter.title.lower()} perkara {origin.number}, yang belum sampai pada tanda tangan ({waits}).",
        "Selesaikan dahulu yang ditunggunya, cetak versi yang bernomor, lalu tandatangani dan pindai yang itu.",
    )


def _signing_move(case: Case, sop: Sop, template: str) -> tuple[Move, str] | None:
    """Return the open move that takes this sheet's signed scan, and the role that makes it."""
    for opened in open_moves(case, sop):
        choices = {c for f in opened.move.form if f.name == LETTER for c in f.choices}
        if opened.move.file_kind == template:
            return opened.move, opened.roles[0]
        if opened.move.file_kind == CHOSEN and template in choices:
            return opened.move, sop.sheet(template).signer
    return None
