"""Fills the office's Word templates: docxtpl in Jinja's sandbox, the same inputs giving the same bytes.

Templates and values are both untrusted. A template meets a case only after ``word_file`` found
its zip fit and ``template_tags`` found its tags whole; a value is text and stays text.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.image.image import Image
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from pipeline.drawing.engines.png import png
from pipeline.drawing.picture import Picture
from pipeline.errors import TemplateFault
from pipeline.letters.engines import template_tags, word_fields, word_file
from pipeline.letters.engines.word_properties import CORE, core_properties
from pipeline.letters.ports import MOST_WORD_BYTES, Draft
from pipeline.letters.sheets import known_fields, specimen_values
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.office import Office

#: The filters that a template may use.
FILTERS = ("default", "join", "length", "lower", "upper")
#: The office's own logo, beside the templates, and the height at which the letterhead shows it.
LOGO = "logo.png"
LOGO_HEIGHT = Mm(18)
MAX_LOGO = 2_000_000

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_TAG = re.compile(r"\{[{%#]")
_PART_NAMES = {"document": "isi", "header": "kepala halaman", "footer": "kaki halaman", "footnotes": "catatan kaki"}
#: Marks that turn the direction of the text around them: in a name they only serve to mislead.
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
#: What XML 1.0 has no place for: controls, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """Something wrong with a template: the file, the place, the fact, the remedy and the nearest known field."""

    file: str
    place: str
    what: str
    remedy: str
    nearest: str | None = None

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.what}." if self.place else f"{self.file}: {self.what}."


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing but values, ``if``, ``for`` and a few filters; every value becomes harmless text."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_as_text, loader=None, cache_size=0)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self._compiled = functools.lru_cache(maxsize=128)(super().from_string)

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """Return the compiled template; docxtpl asks for the same one at every document."""
        return self._compiled(source)


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl with its slow, pure step remembered and its silent repair of broken XML taken away."""

    @staticmethod
    @functools.lru_cache(maxsize=128)
    def patched(xml: str) -> str:
        """Return the XML as docxtpl hands it to Jinja."""
        return str(DocxTemplate.patch_xml(None, xml))

    def patch_xml(self, src_xml: str) -> str:
        """Return what is remembered of this part."""
        return self.patched(src_xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are written anew when the document is packed."""

    def fix_tables(self, xml: str) -> etree._Element:
        """Refuse broken XML, which docxtpl would mend by dropping content."""
        word_file.parsed(xml.encode("utf-8"))
        return super().fix_tables(xml)


class _DrawnImage(InlineImage):  # type: ignore[misc]
    """A drawing as docxtpl inserts pictures, with its description for those who have the document read out."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        super().__init__(document, io.BytesIO(png(picture)), width=Pt(picture.width))
        self._picture = picture

    def _insert_image(self) -> str:
        run = super()._insert_image()
        start, end = run.index("<wp:inline"), run.rindex("</wp:inline>") + len("</wp:inline>")
        inline = parse_xml(run[start:end])
        for properties in inline.xpath(".//wp:docPr"):
            properties.set("title", self._picture.title)
            properties.set("descr", self._picture.description)
        return f"{run[:start]}{inline.xml}{run[end:]}"


def _drawn(value: Any, document: DocxTemplate) -> Any:
    """Return a template's values with every drawing among them ready to be inserted."""
    if isinstance(value, Picture):
        return _DrawnImage(document, value)
    if isinstance(value, Mapping):
        return {name: _drawn(part, document) for name, part in value.items()}
    if isinstance(value, list):
        return [_drawn(part, document) for part in value]
    return value


def _as_text(value: Any) -> Any:
    """Return a value as the XML text it is: escaped, without characters that XML or the reader must not meet.

    Braces go out as character references, so that nothing after Jinja can take a value for a tag.
    """
    if isinstance(value, InlineImage):
        return Markup(str(value))  # noqa: S704 (the logo: docxtpl's own XML)
    if value is None:
        return ""
    text = _TURNING.sub("", _LINE_ENDS.sub("\n", str(value))).replace("\t", " ")
    text = _UNPRINTABLE.sub("", text)
    return Markup(str(escape(text)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 (escaped just here)


class WordTypist:
    """Fills the templates of one folder. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sandbox = _Sandbox()
        self._fit = functools.lru_cache(maxsize=64)(self._looked_at)

    def draft(self, template: str, context: Mapping[str, Any]) -> Draft:
        """Fill the template with the context; same inputs, same bytes.

        Raises:
            TemplateFault: the template is missing, unsafe, or asks for a field that is not there.
        """
        data = self._bytes(template)
        if found := self._fit(template, data, frozenset(context)):
            raise TemplateFault(str(found[0]), found[0].remedy)
        try:
            docx = self._filled(data, context)
        except (TemplateError, etree.XMLSyntaxError) as error:
            finding = self._unfilled(template, data, error, context)
            raise TemplateFault(str(finding), finding.remedy) from error
        return Draft(docx, hashlib.sha256(data).hexdigest())

    def check(self, template: str, office: Office = SPECIMEN_OFFICE) -> list[TemplateFinding]:
        """Return everything wrong with a template: its zip, its tags, and how it takes the specimen cases."""
        try:
            data = self._bytes(template)
        except TemplateFault as fault:
            return [TemplateFinding(f"{template}.docx", "", fault.message.rstrip("."), fault.remedy)]
        known = known_fields().get(template)
        found = self._fit(template, data, frozenset(known or ()))
        if found or known is None:
            return list(found)
        return self._tried(template, data, office)

    def unnamed_fields(self, template: str) -> tuple[str, ...]:
        """Return the fields that a template without faults prints outside the controls that numbering fills."""
        return word_fields.unnamed_fields(self._bytes(template))

    def _bytes(self, template: str) -> bytes:
        path = self._folder / f"{template}.docx"
        try:
            if Path(template).name != template or path.stat().st_size > MOST_WORD_BYTES:
                raise TemplateFault(f"Templat {template} tidak dapat dipakai.", "Periksa nama dan besar berkasnya.")
            return path.read_bytes()
        except OSError as error:
            remedy = f"Kembalikan {path.name} ke folder {self._folder.name}/ dari cadangan atau dari paket Yankomas."
            raise TemplateFault(f"Templat {path.name} tidak ada atau tidak terbaca.", remedy) from error

    def _looked_at(self, template: str, data: bytes, known: frozenset[str]) -> tuple[TemplateFinding, ...]:
        file = f"{template}.docx"
        if unfit := word_file.unsafe(data):
            return tuple(TemplateFinding(file, "berkas", what, remedy) for what, remedy in unfit)
        return tuple(
            TemplateFinding(file, fault.place, fault.what, fault.remedy, fault.nearest)
            for name, part in word_file.opened(data).items()
            for fault in self._part_faults(name, part, known | {"logo"})
        )

    def _part_faults(self, name: str, part: bytes, known: frozenset[str]) -> list[template_tags.Fault]:
        if match := _TEXT_PARTS.fullmatch(name):
            root, called = word_file.parsed(part), _PART_NAMES[match[1].rstrip("0123456789")]
            seen = template_tags.faults(root, called, self._sandbox, known)
            source = _Template.patched(etree.tostring(root, encoding="unicode"))
            return seen or template_tags.hidden(source, self._sandbox, called)
        # A package may call any part its body or its header: where no tags belong, none may be.
        shown = etree.tostring(word_file.parsed(part), encoding="unicode") if word_file.is_xml(name, part) else ""
        if not _TAG.search(_Template.patched(shown)):
            return []
        what = "ada tag di bagian berkas yang bukan isi, kepala, atau kaki halaman"
        return [
            template_tags.Fault(f"bagian {name}", what, "Simpan ulang dari Word atau LibreOffice sebagai .docx biasa.")
        ]

    def _filled(self, data: bytes, context: Mapping[str, Any]) -> bytes:
        document = _Template(io.BytesIO(data))
        document.render_init()
        values = {**_drawn(context, document), "logo": self._logo(document)}
        document.render(values, self._sandbox, autoescape=True)
        filled = io.BytesIO()
        document.save(filled)
        content = word_fields.without_empty_marks(word_file.opened(filled.getvalue()))
        content[CORE] = core_properties(str(document.docx.core_properties.title))
        return word_file.packed(content)

    def _logo(self, document: _Template) -> InlineImage | str:
        path = self._folder / LOGO
        if not path.is_file():
            return ""
        try:
            if path.stat().st_size > MAX_LOGO:
                raise ValueError("too large")
            Image.from_file(str(path))
        except Exception as error:  # python-docx raises whatever a broken picture makes it stumble over
            remedy = f"Ganti dengan gambar PNG di bawah {MAX_LOGO // 1_000_000} MB, atau hapus berkasnya."
            raise TemplateFault(f"Gambar {LOGO} tidak dapat dipakai.", remedy) from error
        return InlineImage(document, str(path), height=LOGO_HEIGHT)

    def _tried(self, template: str, data: bytes, office: Office) -> list[TemplateFinding]:
        found: list[TemplateFinding] = []
        try:
            contexts = specimen_values(template, office)
        except TemplateFault as fault:  # a list of the office that its values come from
            return [TemplateFinding(f"{template}.docx", "", fault.message.rstrip("."), fault.remedy)]
        for context in contexts.values():
            try:
                self._filled(data, context)
            except (TemplateError, etree.XMLSyntaxError) as error:
                found.append(self._unfilled(template, data, error, context))
            except TemplateFault as fault:
                found.append(TemplateFinding(LOGO, "", fault.message.rstrip("."), fault.remedy))
        return list(dict.fromkeys(found))

    def _unfilled(self, template: str, data: bytes, error: Exception, context: Mapping[str, Any]) -> TemplateFinding:
        """Put into words why a template that looked whole could not be filled."""
        name = (re.findall(r"'(\w+)'", str(error)) or [""])[-1]
        lists = (value for value in context.values() if isinstance(value, list))
        inner = {key for entries in lists for entry in entries if isinstance(entry, Mapping) for key in entry}
        close = template_tags.nearest(name, inner | set(context)) if name else None
        what = f"isian {name} tidak dikenal" if name else f"templat tidak dapat diisi ({type(error).__name__})"
        remedy = f"Mungkin maksudnya {close}." if close else "Periksa tag di sekitarnya."
        return TemplateFinding(f"{template}.docx", self._where(data, name), what, remedy, close)

    def _where(self, data: bytes, name: str) -> str:
        root = word_file.parsed(word_file.opened(data)["word/document.xml"])
        texts = (template_tags.text_of(p) for p in root.iter(f"{{{root.nsmap['w']}}}p"))
        return next((f"isi: “{text[:60]}”" for text in texts if name and re.search(rf"\b{name}\b", text)), "isi")
