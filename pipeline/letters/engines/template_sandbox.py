"""Jinja's sandbox, in which templates run: values, ``if``, ``for``, a few filters; a value stays the text it is."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Mapping
from typing import Any

from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.part import Part
from docx.opc.pkgwriter import _ContentTypesItem
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template, TemplateRuntimeError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from pipeline.letters.engines import word_file
from pipeline.letters.engines.template_package import package_of

#: The filters that a template may use.
FILTERS = ("default", "join", "length", "lower", "upper")
#: Parts of a template (body, heads and feet) that are looked at before they are compiled.
_LOOKED_AT = 4
#: Marks that turn the direction of the text around them: in a name they only serve to mislead.
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
#: What XML 1.0 has no place for: controls, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: A paragraph, as docxtpl looks for it, and the signs in a value of which it makes something else.
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_SIGN = re.compile("[\\t\\a\\n\\f]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
#: All that a value may have for which it is not taken as it is: these, and what XML and Jinja take for their own.
_NOT_PLAIN = re.compile("|".join((_TURNING.pattern, _UNPRINTABLE.pattern, _LINE_ENDS.pattern, "[&<>'\"{}]")))
#: What docxtpl puts for a brace that is to stay one, and the brace.
_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


class ListPrintedError(TemplateRuntimeError):
    """A template prints a list or a group as if it were a text; Python's own way of writing it is nobody's."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing but values, ``if``, ``for`` and a few filters; every value becomes harmless text."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_as_text, loader=None, cache_size=0)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self._compiled = functools.lru_cache(maxsize=128)(super().from_string)
        self._looked_at: dict[str, nodes.Template] = {}

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """Return the compiled template; docxtpl asks for the same one at every document."""
        return self._compiled(source)

    def tree(self, source: str) -> nodes.Template:
        """Return a template's tree to be looked at; what is compiled next is not parsed again."""
        tree = self._looked_at[source] = self.parse(source)
        for oldest in [*self._looked_at][:-_LOOKED_AT]:
            self._looked_at.pop(oldest, None)
        return tree

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template, or give out, once, what was looked at: compiling changes it."""
        return self._looked_at.pop(source, None) or super()._parse(source, name, filename)


class FilledTemplate(DocxTemplate):  # type: ignore[misc]
    """docxtpl with its slow, pure step remembered and its silent repair of broken XML taken away.

    What is filled is the document's whole part, not its body alone: putting a filled body into the part it came from
    cost as much as filling it. The template itself is taken apart once (:mod:`~.template_package`).
    """

    docx: Any
    is_rendered: bool

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._package = package_of(data)

    def init_docx(self, reload: bool = True) -> None:
        """Begin with the template as it is."""
        if not self.docx or (self.is_rendered and reload):
            self.docx = self._package.document()
            self.is_rendered = False

    @property
    def title(self) -> str:
        """What the template calls itself."""
        return self._package.title

    @staticmethod
    @functools.lru_cache(maxsize=128)
    def patched(xml: str) -> str:
        """Return the XML as docxtpl hands it to Jinja."""
        return str(DocxTemplate.patch_xml(None, xml))

    def patch_xml(self, src_xml: str) -> str:
        """Return what is remembered of this part."""
        return self.patched(src_xml)

    @property
    def body(self) -> etree._Element:
        """The document's part, once it is filled."""
        return self.docx.part._element

    def get_xml(self) -> str:
        """Return the document's part."""
        return self._package.text(self.docx.part.partname)

    def get_part_xml(self, part: Part) -> str:
        """Return a header or a footer."""
        return self._package.text(part.partname)

    def map_tree(self, tree: etree._Element) -> None:
        """Take the filled part for the document's."""
        self.docx.part._element = tree

    def render_xml_part(self, src_xml: str, part: Part, context: Any, jinja_env: Any = None) -> str:
        """Return a part, filled. No line is counted for a fault, for which docxtpl breaks the XML at each paragraph."""
        self.current_rendering_part = part
        filled: str = jinja_env.from_string(src_xml).render(context)
        for mark, brace in _BRACES:
            filled = filled.replace(mark, brace)
        return self.resolve_listing(filled)

    def resolve_listing(self, xml: str) -> str:
        """Return the XML with line ends, tabs and further paragraphs where a value has their signs; few have."""
        return _PARAGRAPH.sub(
            lambda m: super(FilledTemplate, self).resolve_listing(m[0]) if _SIGN.search(m[0]) else m[0], xml
        )

    def parts(self) -> dict[str, bytes]:
        """Return the filled document's parts by their names, as it would be saved."""
        package = self.docx.part.package
        parts = list(package.parts)
        content = {
            CONTENT_TYPES_URI.membername: _ContentTypesItem.from_parts(parts).blob,  # type: ignore[no-untyped-call]
            PACKAGE_URI.rels_uri.membername: package.rels.xml,
        }
        for part in parts:
            content[part.partname.membername] = part.blob
            if len(part.rels):
                content[part.partname.rels_uri.membername] = part.rels.xml
        return content

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are written anew when the document is packed."""

    def fix_tables(self, xml: str) -> etree._Element:
        """Refuse broken XML, which docxtpl would mend by dropping content."""
        word_file.parsed(xml.encode("utf-8"))
        return super().fix_tables(xml)


def _as_text(value: Any) -> Any:
    """Return a value as the XML text it is: escaped, without characters that XML or the reader must not meet.

    Braces go out as character references, so that nothing after Jinja can take a value for a tag.
    """
    if isinstance(value, InlineImage):
        return Markup(str(value))  # noqa: S704 (the logo: docxtpl's own XML)
    if value is None:
        return ""
    if isinstance(value, Mapping | list | tuple):
        raise ListPrintedError
    if type(value) is str and not _NOT_PLAIN.search(value):
        return Markup(value)  # noqa: S704 (nothing in it to be escaped)
    text = _TURNING.sub("", _LINE_ENDS.sub("\n", str(value))).replace("\t", " ")
    text = _UNPRINTABLE.sub("", text)
    return Markup(str(escape(text)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 (escaped just here)


#: The one sandbox of this process: what it compiled it remembers.
SANDBOX = Sandbox()
