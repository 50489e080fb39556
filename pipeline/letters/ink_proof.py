"""A scan that proves that it is the signed letter: the page codes of this version, all pages, ink, the words printed.

Each page is laid over our own print (:mod:`pipeline.scans.comparison`). The codes say which pages these are; ink in the
place of the signature says that somebody signed; the words say that it was this that was signed. A photocopy of a
signed letter proves as much as the letter does, and whose hand it was nobody but the signer can say: they see on their
desk what was filed, and may dispute it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.cases.ports import Blob, LetterOut, content
from pipeline.cases.signature_proof import INK, Examination, ProvenPage, other_words
from pipeline.cases.sop import title_of
from pipeline.letters.page_codes import Mark, PageCodes
from pipeline.reading.ports import Reader
from pipeline.scans.page_comparison import PageComparison
from pipeline.scans.ports import PageAt

_OBSTACLES = {
    "kode": "kode halamannya tidak terbaca lagi ketika halaman itu diperiksa",
    "letak": "terlalu sedikit teksnya yang sama dengan naskahnya, sehingga tidak dapat disandingkan",
    "cetakan": "halaman itu tidak ada pada cetakannya",
}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page that came: the file's name, where it is, its page code and the text of that (none: no code of ours)."""

    name: str
    at: PageAt
    mark: Mark | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A page of the letter, and what was found on it."""

    leaf: _Leaf
    page: int
    found: PageComparison


class InkProof:
    """Implements the port SignatureProof for scans; ``reader`` is asked for one when a file is to be looked at."""

    def __init__(self, reader: Callable[[], Reader], codes: PageCodes) -> None:
        self._reader, self._codes = reader, codes

    def examined(self, letter: LetterOut, files: Sequence[Blob]) -> Examination:
        """Return what the files prove; any file is something that this way knows (see the port)."""
        reader = self._reader()
        leaves = [leaf for file in files for leaf in self._leaves(reader, file)]
        ours = [leaf for leaf in leaves if leaf.mark and leaf.mark.genuine and leaf.mark.document == letter.page_code]
        if letter.printed is None:
            return _unproven(letter, ("Cetakannya belum selesai dibuat mesin.",))
        if faults := tuple(self._misplaced(letter, leaves, ours)):
            return _unproven(letter, faults)
        printed, freely = content(letter.printed), not letter.signers
        compared = [
            _Compared(leaf, mark.page, reader.compare(leaf.at, printed, mark.page, leaf.code, freely=freely))
            for leaf in sorted(ours, key=_page)
            if (mark := leaf.mark)
        ]
        faults = (*(fault for one in compared for fault in _differing(one)), *_unsigned(compared, freely=freely))
        pages = tuple(map(_proven_page, compared))
        if faults:
            return _unproven(letter, faults, pages)
        upright = reader.upright([_upright(one) for one in compared])
        return Examination(INK, _found(compared), pages=pages, upright=upright)

    def _leaves(self, reader: Reader, file: Blob) -> list[_Leaf]:
        """Return a file's pages; those without ink, and sheets that only part, are left out."""
        seen, leaves = reader.inspect(file), []
        for page in range(1, seen.pages + 1):
            here = [code for code in seen.codes if code.page == page]
            marked = next(((mark, code.text) for code in here if (mark := self._codes.mark(code))), None)
            if marked or page not in (*seen.blanks, *seen.separators):
                leaves.append(_Leaf(file.name, PageAt(file, seen.media, page), *(marked or (None,))))
        return leaves

    def _misplaced(self, letter: LetterOut, leaves: Sequence[_Leaf], ours: Sequence[_Leaf]) -> list[str]:
        """Return what is wrong with the pages by their codes alone; nothing is read for that."""
        several = len({leaf.at.file.sha256 for leaf in leaves}) > 1
        if not ours and all(leaf.mark is None for leaf in leaves):
            return ["Tidak ada kode halaman pada berkas itu, sehingga tidak terbukti naskah apa."]
        faults = [f"{_where(leaf, several=several)} {self._stranger(leaf)}." for leaf in leaves if leaf not in ours]
        seen = Counter(map(_page, ours))
        of = max((leaf.mark.pages for leaf in ours if leaf.mark), default=0)
        if missing := [str(page) for page in range(1, of + 1) if not seen[page]]:
            faults.append(f"Halaman {', '.join(missing)} dari {of} tidak ada atau kodenya tidak terbaca.")
        faults += [f"Halaman {page} ada {count} kali." for page, count in sorted(seen.items()) if count > 1]
        return faults

    def _stranger(self, leaf: _Leaf) -> str:
        if leaf.mark is None:
            return "tidak berkode halaman"
        if not leaf.mark.genuine:
            return "berkode halaman yang tidak sah: palsu, salah baca, atau milik kantor lain"
        origin = self._codes.origin(leaf.mark.document)
        if origin is None:
            return "milik naskah yang tidak dikenal di arsip ini"
        newer = f", yang sudah diganti versi {origin.newest}" if origin.newest > origin.version else ""
        return f"milik {title_of(origin.template)} versi {origin.version} perkara {origin.number}{newer}"


def _page(leaf: _Leaf) -> int:
    return leaf.mark.page if leaf.mark else 0


def _where(leaf: _Leaf, *, several: bool) -> str:
    return f"Halaman {leaf.at.page} berkas {leaf.name if several else 'itu'}"


def _differing(one: _Compared) -> list[str]:
    if one.found.obstacle:
        return [f"Halaman {one.page}: {_OBSTACLES[one.found.obstacle]}."]
    other = [(word.printed, word.read) for word in one.found.differences]
    return [other_words(one.page, other)] if other else []


def _unsigned(compared: Sequence[_Compared], *, freely: bool) -> list[str]:
    """Return where ink is missing: under each title; of the rows of tables, which not everybody signs, in all of them.

    A sheet that has no place for a signature wants handwriting anywhere, if people write anywhere on it.
    """
    if any(one.found.obstacle for one in compared):
        return []
    places = [(one.page, place) for one in compared for place in one.found.places]
    blocks, rows = [p for p in places if not p[1].row], [p for p in places if p[1].row]
    faults = [
        f"Halaman {page}: tidak ada tinta pada tempat tanda tangan {place.name}."
        for page, place in blocks
        if not place.ink
    ]
    if rows and not blocks and not any(place.ink for _, place in rows):
        faults.append("Tidak ada tinta pada kolom tanda tangan.")
    if not places and freely and not any(one.found.writing for one in compared):
        faults.append("Tidak ada tulisan tangan pada halaman mana pun.")
    if not places and not freely:
        faults.append("Tempat tanda tangannya tidak dikenali pada cetakannya.")
    return faults


def _found(compared: Sequence[_Compared]) -> str:
    names = [f"{place.name} (halaman {one.page})" for one in compared for place in one.found.places if place.ink]
    if names:
        return f"tinta ditemukan pada tempat tanda tangan {'; '.join(dict.fromkeys(names))}"
    written = [str(one.page) for one in compared if one.found.writing]
    return f"tulisan tangan ditemukan pada halaman {', '.join(written)}"


def _proven_page(one: _Compared) -> ProvenPage:
    places = one.found.places
    return ProvenPage(
        page=one.page,
        file=one.leaf.name,
        at=one.leaf.at.page,
        turned=one.found.turned,
        ink=tuple(place.name for place in places if place.ink),
        without=tuple(place.name for place in places if not place.ink and place.row),
        other=tuple((word.printed, word.read) for word in one.found.differences),
    )


def _upright(one: _Compared) -> PageAt:
    return PageAt(one.leaf.at.file, one.leaf.at.media, one.leaf.at.page, one.found.turned)


def _unproven(letter: LetterOut, faults: tuple[str, ...], pages: tuple[ProvenPage, ...] = ()) -> Examination:
    remedy = (
        f"Tandatangani versi {letter.version} yang tercetak di perkara {letter.number}, lalu pindai semua halamannya"
        " dengan 200 dpi. Bila memang sudah ditandatangani, penanda tangannya dapat menerimanya tanpa bukti, dengan"
        " alasan (isian tanpa_bukti)."
    )
    return Examination(INK, "tidak terbukti", faults, remedy, pages)
