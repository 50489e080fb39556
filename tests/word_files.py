"""Word files for tests: as earlier versions drafted them, as other programs save them, as no office writes them."""

from __future__ import annotations

import io
import re

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from pipeline.letters.engines.word_file import opened, packed, parsed
from pipeline.letters.engines.word_text import passages, rewritten

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def of_paragraphs(*texts: str) -> bytes:
    """A file of these paragraphs, which has never been in an office."""
    made, word = io.BytesIO(), Document()
    for text in texts:
        word.add_paragraph(text)
    word.save(made)
    return made.getvalue()


def older(docx: bytes) -> bytes:
    """The file as versions without content controls made it."""
    parts = opened(docx)
    for name in [n for n in parts if n.startswith("word/") and n.endswith(".xml")]:
        root = parsed(parts[name])
        for control in list(root.iter(f"{_W}sdt")):
            for run in list(control.find(f"{_W}sdtContent")):
                control.addprevious(run)
            control.getparent().remove(control)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def nameless(docx: bytes) -> bytes:
    """The file as a program saves it that drops custom properties."""
    parts = opened(docx)
    del parts["docProps/custom.xml"]
    relations = re.sub(rb'<Relationship [^>]*custom-properties"[^>]*/>', b"", parts["_rels/.rels"])
    types = re.sub(rb'<Override [^>]*custom.xml"[^>]*/>', b"", parts["[Content_Types].xml"])
    return packed({**parts, "_rels/.rels": relations, "[Content_Types].xml": types})


def place_of(docx: bytes, text: str) -> int:
    """The number of the first paragraph that holds these words."""
    return next(p.number for p in passages(docx) if text in p.text)


def with_words(docx: bytes, before: str, after: str) -> bytes:
    """The file as somebody gives it back who exchanged the paragraph that holds these words."""
    return rewritten(docx, {place_of(docx, before): after})


def with_comment(docx: bytes, text: str, author: str = "Rina Contoh") -> bytes:
    """The file with a comment on its last paragraph."""
    word, made = Document(io.BytesIO(docx)), io.BytesIO()
    word.add_comment(word.paragraphs[-1].add_run(" "), text=text, author=author)
    word.save(made)
    return made.getvalue()


def with_tracked(docx: bytes, *, came: str, went: str) -> bytes:
    """The file with words put into its last paragraph and words taken out of it, both tracked."""
    word, made = Document(io.BytesIO(docx)), io.BytesIO()
    for mark, kind, text in (("ins", "t", came), ("del", "delText", went)):
        run = f"<w:r><w:{kind}>{text}</w:{kind}></w:r>"
        change = f'<w:{mark} {nsdecls("w")} w:id="9{len(mark + text)}" w:author="Rina Contoh">{run}</w:{mark}>'
        word.paragraphs[-1]._p.append(parse_xml(change))
    word.save(made)
    return made.getvalue()
