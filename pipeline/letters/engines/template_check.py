"""Looks a Word template through before any case meets it: its zip, what it says, what was left in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from pipeline.letters.engines import template_grammar, template_slips, template_tags, word_file
from pipeline.letters.engines.template_grammar import Fault
from pipeline.letters.engines.template_names import Shape, nearest
from pipeline.letters.engines.template_package import package_of
from pipeline.letters.engines.template_sandbox import SANDBOX, FilledTemplate, ListPrintedError
from pipeline.letters.ports import TemplateFinding

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_TAG = re.compile(r"\{[{%#]")
#: How the parts of a Word file are called on the screen.
_PART_NAMES = {
    "document": "isi",
    "header": "kepala halaman",
    "footer": "kaki halaman",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
    "comments": "komentar",
    "settings": "setelan dokumen",
}


def faults(template: str, data: bytes, known: Mapping[str, Shape]) -> list[TemplateFinding]:
    """Return everything wrong with the bytes of a template that may name these fields, of these shapes."""
    file = f"{template}.docx"
    if unfit := word_file.unsafe(data):
        return [TemplateFinding(file, "berkas", what, remedy) for what, remedy in unfit]
    found = [
        TemplateFinding(file, fault.place, fault.what, fault.remedy, fault.nearest)
        for name, part in word_file.opened(data).items()
        for fault in _part_faults(name, part, {**known, "logo": {}})
    ]
    return found or _no_document(file, data)


def _no_document(file: str, data: bytes) -> list[TemplateFinding]:
    try:
        package_of(data)
    except Exception:  # python-docx raises whatever a package that is no document makes it stumble over
        remedy = "Di Word: Simpan Sebagai, Dokumen Word (*.docx); mengganti nama berkas .dotx tidak cukup."
        return [TemplateFinding(file, "berkas", "berkas ini bukan dokumen Word (.docx)", remedy)]
    return []


def _part_faults(name: str, part: bytes, known: Mapping[str, Shape]) -> Iterable[Fault]:
    if not word_file.is_xml(name, part):
        return ()
    return _text_faults(name, part, known) if _TEXT_PARTS.fullmatch(name) else _other_faults(name, part)


def _text_faults(name: str, part: bytes, known: Mapping[str, Shape]) -> Iterator[Fault]:
    root, called = word_file.parsed(part), _called(name)
    yield from (Fault(called, what, remedy) for what, remedy in template_slips.left_over(name, root))
    seen = template_tags.faults(root, called, SANDBOX, known)
    source = FilledTemplate.patched(etree.tostring(root, encoding="unicode"))
    yield from seen or template_grammar.hidden(source, SANDBOX, called)


@lru_cache(maxsize=32)  # an office's templates have their styles, fonts and settings in common
def _other_faults(name: str, part: bytes) -> tuple[Fault, ...]:
    root, called = word_file.parsed(part), _called(name)
    found = [Fault(called, what, remedy) for what, remedy in template_slips.left_over(name, root)]
    # A package may call any part its body or its header: where no tags belong, none may be.
    text = etree.tostring(root, encoding="unicode")
    if "{" in text and _TAG.search(FilledTemplate.patched(text)):
        what = "ada tag di bagian berkas yang bukan isi, kepala, atau kaki halaman"
        found.append(Fault(called, what, "Pindahkan tag itu ke isi surat, atau hapus."))
    return tuple(found)


def _called(name: str) -> str:
    """Return how a part of a Word file is called on the screen."""
    return _PART_NAMES.get(name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789"), f"bagian {name}")


def unfilled(template: str, data: bytes, error: Exception, context: Mapping[str, Any]) -> TemplateFinding:
    """Put into words why a template that looked whole could not be filled."""
    if isinstance(error, ListPrintedError):
        printed = next((name for name in _printed(data) if isinstance(context.get(name), Mapping | list)), "daftar")
        what = f"isian {printed} memuat beberapa baris atau bagian, dan dicetak sebagai satu teks"
        remedy = f"Tulis {{% for baris in {printed} %}}, bagiannya ({{{{ {printed}.… }}}}), atau saringan join."
        return TemplateFinding(f"{template}.docx", _where(data, printed), what, remedy)
    name = (re.findall(r"'(\w+)'", str(error)) or [""])[-1]
    lists = (value for value in context.values() if isinstance(value, list))
    inner = {key for entries in lists for entry in entries if isinstance(entry, Mapping) for key in entry}
    close = nearest(name, inner | set(context)) if name else None
    what = f"isian {name} tidak dikenal" if name else f"templat tidak dapat diisi ({type(error).__name__})"
    remedy = f"Mungkin maksudnya {close}." if close else "Periksa tag di sekitarnya."
    return TemplateFinding(f"{template}.docx", _where(data, name), what, remedy, close)


def _where(data: bytes, name: str) -> str:
    return next((f"isi: “{text[:60]}”" for text in _texts(data) if name and re.search(rf"\b{name}\b", text)), "isi")


def _printed(data: bytes) -> list[str]:
    """Return the names that the body prints as they are, in the order of the page."""
    return [name for text in _texts(data) for name in re.findall(r"\{\{\s*(\w+)\s*\}\}", text)]


def _texts(data: bytes) -> Iterator[str]:
    root = word_file.parsed(word_file.opened(data)["word/document.xml"])
    return (template_tags.text_of(p) for p in root.iter(f"{{{root.nsmap['w']}}}p"))
