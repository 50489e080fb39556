"""What somebody's review left in a Word file: comments, and changes that are tracked and not yet taken.

Neither may be printed as if it were said: a comment is often *not to be sent yet*, and of a tracked change LibreOffice
prints both, what was taken out and what was put in. A hidden document with a comment ends LibreOffice 25.2 (uncaught
``NoSuchElementException``, however it is loaded, also without confinement, 2026-11-28).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.letters.engines.word_file import is_xml, opened, parsed

#: Elements by their names in any namespace (ISO 29500-1, 17.13.4 and 17.13.5): marks of comments; words that came,
#: went or moved; cells; how something looked before.
_COMMENTED = ("commentReference", "commentRangeStart", "commentRangeEnd")
_CAME, _WENT = ("ins", "moveTo"), ("del", "moveFrom")
_CELLS = ("cellIns", "cellDel", "cellMerge")
_LOOKED = (
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange"),
    *("tcPrChange", "numberingChange"),
)
_MOST_SHOWN, _LONGEST = 3, 80  # comments or changes that are told, letters of each
_ALL = "Baca dahulu: komentar atau perubahan itu mungkin belum selesai. Sesudah beres, di Word buka tab Tinjau"
_REMEDIES = {
    "komentar": "Hapus Semua Komentar",
    "perubahan terlacak": "terima atau tolak semua perubahan",
}


def is_commented(root: etree._Element) -> bool:
    """Say whether a part of a Word file has a comment."""
    return _any(root, _COMMENTED)


def is_tracked(root: etree._Element) -> bool:
    """Say whether a part of a Word file has a tracked change."""
    return _any(root, (*_CAME, *_WENT, *_CELLS, *_LOOKED))


def left_over(docx: bytes) -> list[tuple[str, str]]:
    """Return what review left in a fit file, as (fact, remedy) with the words that it is about; else nothing."""
    roots = [parsed(data) for name, data in opened(docx).items() if is_xml(name, data)]
    found = {}
    if any(map(is_commented, roots)):
        found["komentar"] = list(_comments(roots))
    if any(map(is_tracked, roots)):
        found["perubahan terlacak"] = list(_changes(roots))
    if not found:
        return []
    told = " dan ".join(f"{what}{_shown(words)}" for what, words in found.items())
    acts = ", lalu ".join(_REMEDIES[what] for what in found)
    return [(f"Berkas Word ini masih memuat {told}", f"{_ALL}: {acts}; simpan, dan kirim lagi.")]


def _any(root: etree._Element, names: Iterable[str]) -> bool:
    return next(root.iter(*(f"{{*}}{name}" for name in names)), None) is not None


def _comments(roots: Iterable[etree._Element]) -> Iterator[str]:
    for comment in (node for root in roots for node in root.iter("{*}comment")):
        author = next((value for key, value in comment.items() if etree.QName(key).localname == "author"), "")
        if words := _words(comment):
            yield f"{author}: “{words}”" if author else f"“{words}”"


def _changes(roots: Iterable[etree._Element]) -> Iterator[str]:
    for root in roots:
        for node in root.iter(*(f"{{*}}{name}" for name in (*_CAME, *_WENT))):
            if words := _words(node):
                yield f"{'ditambah' if etree.QName(node).localname in _CAME else 'dihapus'} “{words}”"


def _words(node: etree._Element) -> str:
    words = " ".join("".join(part.text or "" for part in node.iter("{*}t", "{*}delText")).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"


def _shown(words: list[str]) -> str:
    more = f"; dan {len(words) - _MOST_SHOWN} lagi" if len(words) > _MOST_SHOWN else ""
    return f" ({'; '.join(words[:_MOST_SHOWN])}{more})" if words else ""
