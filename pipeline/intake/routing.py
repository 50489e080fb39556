"""Where a scan belongs, by the page codes on it: a sheet of ours that came back signed, and is it all there.

Each page that waits for a wet signature carries the sheet's opaque id, *page k of n* and a check.
Only a sheet that is there whole and genuine finds its case by itself; a person decides the rest, told exactly what was
found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.letters.page_codes import Mark, Origin


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A scan with page codes that a person has to decide about: the fact and the remedy, in Indonesian."""

    fact: str
    remedy: str


_RESCAN = "Pindailah naskah itu sendiri, semua halamannya, lalu letakkan lagi di kotak masuk."


def origin_of(marks: Sequence[Mark], find: Callable[[str], Origin | None], strangers: int = 0) -> Origin | Puzzle:
    """Return which sheet pages with these codes are, or what is wrong with them. ``marks`` is not empty.

    ``strangers`` is how many pages without a code lie with them that may be the sheet's.
    """
    if forged := [m for m in marks if not m.genuine]:
        return Puzzle(
            f"Kode halaman pada halaman {forged[0].at} tidak sah: palsu, salah baca, atau milik kantor lain.",
            "Periksa naskahnya; bila asli, pindai ulang dengan 200 dpi atau lebih.",
        )
    documents = sorted({m.document for m in marks})
    if len(documents) > 1:
        return Puzzle(f"Halaman {marks[0].at} memuat kode {len(documents)} naskah yang berbeda.", _RESCAN)
    found = find(documents[0])
    if found is None:
        return Puzzle(
            f"Naskah dengan kode {documents[0]} tidak dikenal di arsip ini.",
            "Periksa apakah naskah itu milik kantor ini; jalankan `yankomas rebuild` bila arsip baru dipulihkan.",
        )
    what = f"{found.template} versi {found.version} perkara {found.number}"
    if gap := _gap(marks, strangers):
        return Puzzle(f"Ini naskah {what}, tetapi {gap}.", _RESCAN)
    return found


def _gap(marks: Sequence[Mark], strangers: int) -> str:
    seen = Counter(m.page for m in marks)
    of = marks[0].pages
    if missing := [k for k in range(1, of + 1) if not seen[k]]:
        unread = f" ({strangers} halaman tanpa kode di sampingnya ikut disisihkan)" if strangers else ""
        return f"halaman {', '.join(map(str, missing))} dari {of} tidak ada atau kodenya tidak terbaca{unread}"
    if twice := [k for k, count in seen.items() if count > 1]:
        return f"halaman {', '.join(map(str, twice))} ada dua kali"
    return ""
