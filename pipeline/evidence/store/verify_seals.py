"""Verify the seals: each for itself, their chain, the list of witnesses that they cover, and the archive's note."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.archive.ports import Finding
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.evidence.seal import Seal, follows, is_signed
from pipeline.evidence.store.seals import digest_of, is_note_of, noted_seal, read_seals, seal_files

_PAPER = "Bandingkan dengan segel pada lembar buku register; pulihkan folder segel/ dari cadangan."
_NOTE = "Cocokkan segel terakhir dengan lembar buku register; catatan ini ditulis ulang pada segel berikutnya."
_LIST = "Pulihkan archive/.changes dari cadangan; setiap perkara tetap dicocokkan dengan segelnya."


def seal_findings(layout: Layout, key: bytes | None) -> Iterator[Finding]:
    """Say what is wrong with the seals, and with the list of witnesses by them; their heads are held against cases.

    Without ``key`` nobody's signature is looked at.
    """
    before: Seal | None = None
    last_two: tuple[Seal, ...] = ()
    made_anew = max((s.seq for _, s, _ in read_seals(layout) if s and s.start == 0), default=0)
    for name, seal, fault in read_seals(layout):
        where = f"segel/{name}"
        if seal is None:
            yield Finding(where, "segel", f"Baris sesudah segel {before.seq if before else 0} {fault}.", _PAPER)
            continue
        fault = fault or follows(seal, before) or _unsigned(seal, key)
        if fault:
            yield Finding(where, "segel", f"Segel {seal.seq} {fault}.", _PAPER)
        elif seal.seq >= made_anew and digest_of(layout.changes, seal.start, seal.end) != seal.changes:
            fact = f"Daftar saksi bukan lagi yang disegel (segel {seal.seq}, {seal.at:%d-%m-%Y})."
            yield Finding(".changes", "saksi", fact, _LIST)
        before, last_two = seal, (*last_two[-1:], seal)
    yield from _strangers(layout)
    yield from _noted(layout, last_two)
    changes = WitnessLog(layout.changes)
    if before and before.end > changes.size():
        yield Finding(".changes", "saksi", "Daftar saksi lebih pendek daripada yang disegel.", _LIST)
    if strange := changes.strange():
        yield Finding(".changes", "saksi", f"Daftar saksi berisi {strange} baris yang bukan saksi.", _LIST)


def _strangers(layout: Layout) -> Iterator[Finding]:
    for path in sorted(layout.seals.iterdir()) if layout.seals.is_dir() else ():
        if path not in seal_files(layout):
            yield Finding(f"segel/{path.name}", "asing", "Bukan berkas segel.", "Pindahkan keluar dari folder segel.")


def _unsigned(seal: Seal, key: bytes | None) -> str:
    return "tidak dibuat dengan kunci kantor ini" if key is not None and not is_signed(seal, key) else ""


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
        yield Finding("segel", "segel", fact, _PAPER)
    else:
        yield Finding(".segel", "segel", "Catatan segel terakhir tidak sesuai dengan segelnya.", _PAPER)
