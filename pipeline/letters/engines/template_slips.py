"""What clerks type, or Word types for them, that is no tag but was meant as one; and what was left in the file.

None of it stops docxtpl: a letter would leave with ``{nama}`` printed in it, with a comment, or with half of a change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lxml import etree

from pipeline.letters.engines import word_review
from pipeline.letters.engines.template_names import Slip, nearest

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: ``{nama}``, ``${nama}``, ``{ {nama} }``, ``{ % if … % }``.
_SINGLE = re.compile(r"(?<!\{)\$?\{\s*(?P<name>[^\W\d][\w. ]*?)\s*\}(?!\})")
_PARTED = re.compile(r"\{\s+[{%]\s*(?P<name>[^{}%]*?)\s*[%}]\s*\}|\{[{%]\s*(?P<other>[^{}%]*?)\s*[%}]\s+\}")
#: Signs that nobody sees, and that part a name all the same.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
#: A space that does not break, where docxtpl looks for a plain one.
_STIFF = re.compile("\\{[{%#](?:tr|tc|p|r)[\u00a0\u2007\u202f]")
#: Quotes that neither docxtpl nor we make straight.
_ODD_QUOTES = re.compile("[\u00ab\u00bb\u201a\u201e\u2039\u203a\u2032\u2033\u00b4]")
_SETTINGS = "word/settings.xml"


def loose(text: str, known: Collection[str]) -> Iterator[Slip]:
    """Yield what looks like a tag in the text of a paragraph and is none: it would be printed as it stands."""
    rest = _TAG.sub("", text)
    found = [(m, m["name"] or m["other"] or "") for m in _PARTED.finditer(rest)]
    found += [(m, m["name"]) for m in _SINGLE.finditer(_PARTED.sub("", rest))]
    for match, name in found:
        close = nearest("_".join(name.split()), known) if name else None
        remedy = f"Tulis dengan dua kurung kurawal yang rapat, misalnya {{{{ {close or 'nama_isian'} }}}}."
        yield f"{match[0]} bukan tag, dan akan tercetak apa adanya", remedy, close


def in_tags(text: str) -> Iterator[Slip]:
    """Yield what stands in tags of a paragraph, cannot be seen, and keeps them from being understood."""
    for tag in _TAG.findall(text):
        shown = _UNSEEN.sub("", tag)
        if _UNSEEN.search(tag):
            yield f"di dalam tag {shown} ada tanda yang tidak terlihat", "Hapus tag itu, lalu ketik ulang.", None
        elif _STIFF.search(tag):
            what = f"di dalam tag {shown} ada spasi yang tidak memutus baris"
            yield what, "Hapus spasi itu, lalu ketik spasi biasa (bukan Ctrl+Shift+Spasi).", None
        elif match := _ODD_QUOTES.search(tag):
            what = f"di dalam tag {tag} ada tanda kutip {match[0]}"
            yield what, 'Ketik tanda kutip lurus (") atau hapus kutipnya.', None


def left_over(name: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what somebody's review left in a part of the file: changes that are tracked, comments."""
    if word_review.is_tracked(root):
        yield "masih memuat perubahan terlacak", "Di Word: Tinjau, Terima Semua Perubahan; lalu simpan."
    if name == _SETTINGS and _is_on(root.find(f"{_W}trackRevisions")):
        yield "pelacakan perubahan masih menyala", "Di Word: Tinjau, matikan Lacak Perubahan; lalu simpan."
    if word_review.is_commented(root):
        yield "masih memuat komentar", "Di Word: Tinjau, Hapus Semua Komentar; lalu simpan."


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and str(switch.get(f"{_W}val", "true")) not in ("false", "0", "off")
