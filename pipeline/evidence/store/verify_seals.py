"""The seals held against themselves, and everything that they cover but the cases held against them.

Their heads are held against the cases in :mod:`pipeline.evidence.store.fixity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.archive.ports import Finding
from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.format_mark import WITHOUT_CONTENT
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.errors import ArchiveFault
from pipeline.evidence.seal import FORMAT, Seal
from pipeline.evidence.seal_chain import LIST, PAPER, SealChain
from pipeline.evidence.sealing import book_faults
from pipeline.evidence.store.seals import FolderBooks, digest_of, is_note_of, noted_seal, read_seals, seal_files
from pipeline.privacy.store.matter_books import REMOVALS, MatterFile
from pipeline.privacy.store.removals import closed_books
from pipeline.records.came_back import AGAIN, destroyed_by, may_have_destroyed
from pipeline.records.store.records_book import records_book

_NOTE = "Cocokkan segel terakhir dengan lembar buku register; catatan ini ditulis ulang pada segel berikutnya."
_BOOK = "Catat, laporkan kepada atasan, dan pulihkan berkas ini dari cadangan."


def seal_findings(layout: Layout, key: bytes | None) -> Iterator[Finding]:
    """Say what is wrong with the seals, and with the list of witnesses and the books by them.

    Without ``key`` nobody's signature is looked at.
    """
    made_anew = max((s.seq for _, s, _ in read_seals(layout) if s and s.start == 0), default=0)

    def is_as_sealed(seal: Seal) -> bool:
        return seal.seq < made_anew or digest_of(layout.changes, seal.start, seal.end) == seal.changes

    chain = SealChain(key, is_as_sealed, lambda at: was_wrong(layout.wrong_times, at))
    for name, seal, fault in read_seals(layout):
        yield from chain.look(f"segel/{name}", seal, fault)
    for path in sorted(layout.seals.iterdir()) if layout.seals.is_dir() else ():
        if path not in seal_files(layout):
            yield Finding(f"segel/{path.name}", "asing", "Bukan berkas segel.", "Pindahkan keluar dari folder segel.")
    yield from _noted(layout, chain.last_two)
    changes = WitnessLog(layout.changes)
    yield from chain.reaches(changes.size())
    if strange := changes.strange():
        yield Finding(".changes", "saksi", f"Daftar saksi berisi {strange} baris yang bukan saksi.", LIST)
    if chain.last_two and chain.last_two[-1].books and not _is_marked(layout):
        fact = "Catatan bentuk arsip ini bukan bentuknya."
        yield Finding(".bentuk", "segel", fact, "Pulihkan archive/.bentuk dari cadangan.")
    sound = (s for _, s, fault in read_seals(layout) if s and not fault)
    closed = {book: int(told["bita"]) for book, told in closed_books(MatterFile(layout, REMOVALS)).items()}
    for book, fact in book_faults(sound, FolderBooks(layout), closed):
        yield Finding(book.removeprefix("archive/"), "buku-segel", f"Isinya {fact}.", _BOOK)


def _is_marked(layout: Layout) -> bool:
    """Say whether the archive says what earlier versions would misread: its seals, and content that is gone.

    What cannot be read, or only a later version knows, is refused where the root is opened.
    """
    try:
        text = layout.format.read_bytes()
    except FileNotFoundError:
        return False
    if text.strip().isdigit() and int(text) > WITHOUT_CONTENT:
        return True
    book = records_book(layout)
    lines, since = book.lines(), book.destroyed_since()
    try:
        gone = bool(destroyed_by(lines)) or any(line["apa"] == AGAIN for line in lines)
        possible = {WITHOUT_CONTENT} if gone else {FORMAT}
        if since or may_have_destroyed(lines):
            possible.add(WITHOUT_CONTENT)  # it is marked before the first is destroyed
    except ArchiveFault:  # which is told where the book itself is looked at
        return True
    return text in {f"{form}\n".encode() for form in possible}


def _noted(layout: Layout, last_two: tuple[Seal, ...]) -> Iterator[Finding]:
    """Hold the archive's note against the newest seal; a note that lags one behind is a crash's, and is made up for."""
    noted, last = noted_seal(layout), last_two[-1] if last_two else None
    if any(layout.last_seal.exists() and is_note_of(layout, seal) for seal in last_two):
        return
    if not layout.last_seal.exists():
        if last and last.seq > 1:
            yield Finding(".segel", "segel", "Catatan segel terakhir hilang.", _NOTE)
    elif noted and noted[0] > (last.seq if last else 0):
        fact = f"Segel {last.seq + 1 if last else 1} sampai {noted[0]} tidak ada lagi."
        yield Finding("segel", "segel", fact, PAPER)
    else:
        yield Finding(".segel", "segel", "Catatan segel terakhir tidak sesuai dengan segelnya.", PAPER)
