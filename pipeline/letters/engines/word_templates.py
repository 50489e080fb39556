"""Fills the office's Word templates: docxtpl in Jinja's sandbox, the same inputs giving the same bytes.

Templates and values are both untrusted. A template meets a case only after ``word_file`` found
its zip fit and ``template_tags`` found its tags whole; a value is text and stays text.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docx.image.image import Image
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from lxml import etree

from pipeline.drawing.engines.png import png
from pipeline.drawing.picture import Picture
from pipeline.errors import TemplateFault
from pipeline.letters.engines import template_check, word_dates, word_fields, word_file, word_paper
from pipeline.letters.engines.template_names import shape_of
from pipeline.letters.engines.template_sandbox import SANDBOX, FilledTemplate
from pipeline.letters.engines.word_properties import CORE, core_properties, with_identity
from pipeline.letters.identity import Identity
from pipeline.letters.ports import MOST_LOGO_BYTES, MOST_WORD_BYTES, Draft, TemplateFinding
from pipeline.letters.sheets import known_fields, specimen_values
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.texts import LOGO as LOGO_SINCE
from pipeline.letters.template_versions import missing, template_of
from pipeline.office.office import A4, Office, Paper

#: The office's own logo, beside the templates, and the height at which the letterhead shows it.
LOGO = "logo.png"
_SINCE = "logo.mulai-{}.png"
LOGO_HEIGHT = Mm(18)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as a picture: PNG, its width in points, its title, and what it shows told in words."""

    data: bytes
    width: float
    title: str
    description: str


@functools.lru_cache(maxsize=16)  # a report's charts, for its specimens and the sheets like it: 30 kB each
def drawing(picture: Picture) -> Drawing:
    """Return a drawing as a picture."""
    return Drawing(png(picture), picture.width, picture.title, picture.description)


class _DrawnImage(InlineImage):  # type: ignore[misc]
    """A drawing as docxtpl inserts pictures, with its description for those who have the document read out."""

    def __init__(self, document: DocxTemplate, picture: Drawing) -> None:
        super().__init__(document, io.BytesIO(picture.data), width=Pt(picture.width))
        self._picture = picture

    def _insert_image(self) -> str:
        run = super()._insert_image()
        start, end = run.index("<wp:inline"), run.rindex("</wp:inline>") + len("</wp:inline>")
        inline = parse_xml(run[start:end])
        for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice sets it in by 3 mm
            inline.set(side, "0")
        for properties in inline.xpath(".//wp:docPr"):
            properties.set("title", self._picture.title)
            properties.set("descr", self._picture.description)
        return f"{run[:start]}{inline.xml}{run[end:]}"


def _sketched(picture: Picture) -> Drawing:
    """Return a white dot in a drawing's place: for looks at all templates 12 were drawn, 1.3 of 7.9 s (2026-11-28)."""
    return Drawing(
        png(replace(picture, width=1, height=1, items=())), picture.width, picture.title, picture.description
    )


def _drawn(value: Any, document: DocxTemplate, draw: Callable[[Picture], Drawing]) -> Any:
    """Return a template's values with every drawing among them ready to be inserted."""
    if isinstance(value, Picture | Drawing):
        return _DrawnImage(document, draw(value) if isinstance(value, Picture) else value)
    if isinstance(value, Mapping):
        return {name: _drawn(part, document, draw) for name, part in value.items()}
    if isinstance(value, list):
        return [_drawn(part, document, draw) for part in value]
    return value


def fill(
    template: str,
    data: bytes,
    context: Mapping[str, Any],
    logo: bytes,
    paper: Paper,
    identity: Identity | None = None,
) -> bytes:
    """Return the bytes of a template that was looked through, filled; without a ``logo`` its place is empty.

    Raises:
        TemplateFault: it asks for what is not there.
    """
    try:
        parts = _parts(_filled(template, data, context, logo), paper)
    except _UnfilledError as unfilled:
        raise TemplateFault(str(unfilled.finding), unfilled.finding.remedy) from unfilled
    return word_file.packed(with_identity(parts, identity) if identity else parts)


class _UnfilledError(Exception):
    """A template that looked whole could not be filled."""

    def __init__(self, finding: TemplateFinding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _filled(
    template: str, data: bytes, context: Mapping[str, Any], logo: bytes, draw: Callable[[Picture], Drawing] = drawing
) -> FilledTemplate:
    document = FilledTemplate(data)
    document.render_init()
    shown = InlineImage(document, io.BytesIO(logo), height=LOGO_HEIGHT) if logo else ""
    try:
        document.render({**_drawn(context, document, draw), "logo": shown}, SANDBOX, autoescape=True)
    except (TemplateError, etree.XMLSyntaxError) as error:
        raise _UnfilledError(template_check.unfilled(template, data, error, context)) from error
    return document


def _parts(document: FilledTemplate, paper: Paper) -> dict[str, bytes]:
    """Return the parts of a filled document to be packed: dates whole, properties its own, on this paper."""
    word_dates.make_whole(document.body)
    content = word_fields.without_empty_marks(document.parts())
    content[CORE] = core_properties(document.title)
    return word_paper.sized(content, paper)


def checked(
    template: str, data: bytes, specimens: Sequence[Mapping[str, Any]], logo: bytes, paper: Paper
) -> list[TemplateFinding]:
    """Return everything wrong with these bytes as a template, also how it takes the specimen cases."""
    names = known_fields().get(template_of(template)) or {name for values in specimens for name in values}
    shapes = {name: shape_of(values[name] for values in specimens if name in values) for name in names}
    if found := _faults(template, data, json.dumps(shapes)):
        return list(found)
    tried: list[TemplateFinding] = []
    for context in specimens:
        try:
            _filled(template, data, context, logo, _sketched)
        except _UnfilledError as unfilled:
            tried.append(unfilled.finding)
    return list(dict.fromkeys(tried))


#: Looking through all templates of an office takes seconds, and the same bytes always fare the same.
_remembered = functools.lru_cache(maxsize=128)


@_remembered
def _faults(template: str, data: bytes, shapes: str) -> tuple[TemplateFinding, ...]:
    """Return what is wrong with a template by itself, whatever an office's specimens say; the shapes are JSON."""
    return tuple(template_check.faults(template, data, json.loads(shapes)))


@_remembered
def _tried(template: str, data: bytes, office: Office, logo: bytes, paper: Paper) -> tuple[TemplateFinding, ...]:
    return tuple(checked(template, data, specimens_of(template, office), logo, paper))


@dataclass(frozen=True, slots=True)
class _Specimens:
    """Values of the invented cases of another service; the same are those that are written the same."""

    written: str
    values: Sequence[Mapping[str, Any]] = field(compare=False)


@_remembered
def _tried_with(
    template: str, data: bytes, specimens: _Specimens, logo: bytes, paper: Paper
) -> tuple[TemplateFinding, ...]:
    return tuple(checked(template, data, specimens.values, logo, paper))


class WordTypist:
    """Fills the templates of one folder, on the office's paper. Safe to use from several threads.

    ``kept`` names the file that keeps a version which is gone from the folder, if there is one; ``others`` are the
    folders in which the templates of other services lie.
    """

    def __init__(
        self,
        folder: Path,
        paper: Paper = A4,
        kept: Callable[[str], str] = lambda _: "",
        others: Callable[[], Sequence[Path]] = lambda: (),
    ) -> None:
        self._folder, self._paper, self._kept, self._others = folder, paper, kept, others

    def draft(self, template: str, context: Mapping[str, Any], identity: Identity | None = None) -> Draft:
        """Fill the template with the context; same inputs, same bytes. A letter says which it is by its *identity*.

        Raises:
            TemplateFault: the template is missing, unsafe, or asks for a field that is not there.
        """
        data = self._bytes(template)
        if found := _faults(template, data, json.dumps(dict.fromkeys(sorted(context)))):
            raise TemplateFault(str(found[0]), found[0].remedy)
        docx = fill(template, data, context, self.logo(context), self._paper, identity)
        return Draft(docx, hashlib.sha256(data).hexdigest())

    def check(
        self, template: str, office: Office = SPECIMEN_OFFICE, specimens: Sequence[Mapping[str, Any]] = ()
    ) -> list[TemplateFinding]:
        """Return everything wrong with a template: its zip, its tags, and how it takes the specimen cases.

        ``specimens`` are those of a template of another service, whose values follow from its SOP.
        """
        try:
            logo = self.logo({LOGO_SINCE: office.since.isoformat()} if office.since else {})
            if specimens:
                told = _Specimens(repr(specimens), specimens)
                return list(_tried_with(template, self._bytes(template), told, logo, self._paper))
            return list(_tried(template, self._bytes(template), office, logo, self._paper))
        except TemplateFault as fault:  # also of a list of the office, from which the specimens' values come
            return [TemplateFinding(f"{template}.docx", "", fault.message.rstrip("."), fault.remedy)]

    def unnamed_fields(self, template: str) -> tuple[str, ...]:
        """Return the fields that a template without faults prints outside the controls that numbering fills."""
        return word_fields.unnamed_fields(self._bytes(template))

    def _bytes(self, template: str) -> bytes:
        path = self._folder / f"{template}.docx"
        if not path.is_file():
            path = next((there for one in self._others() if (there := one / path.name).is_file()), path)
        try:
            if Path(template).name != template or path.stat().st_size > MOST_WORD_BYTES:
                raise TemplateFault(f"Templat {template} tidak dapat dipakai.", "Periksa nama dan besar berkasnya.")
            return path.read_bytes()
        except OSError as error:
            raise missing(template, self._folder.name, self._kept(template)) from error

    def logo(self, context: Mapping[str, Any]) -> bytes:
        """Return the office's logo of the time that the values tell of; nothing without one.

        Raises:
            TemplateFault: it cannot be used.
        """
        named = self._folder / logo_since(str(context.get(LOGO_SINCE, "")))
        kept = sorted(path for path in self._folder.glob(logo_since("*")) if path.name <= named.name)
        path = kept[-1] if kept and named.name != LOGO else self._folder / LOGO
        if not path.is_file():
            return b""
        try:
            if path.stat().st_size > MOST_LOGO_BYTES:
                raise ValueError("too large")
            Image.from_file(str(path))
            return path.read_bytes()
        except Exception as error:  # python-docx raises whatever a broken picture makes it stumble over
            remedy = f"Ganti dengan gambar PNG di bawah {MOST_LOGO_BYTES // 1_000_000} MB, atau hapus berkasnya."
            raise TemplateFault(f"Gambar {path.name} tidak dapat dipakai.", remedy) from error


def logo_since(since: str) -> str:
    """Return the name of the logo's file since a day (``2027-01-01``); without one, of the office's first name."""
    return _SINCE.format(since) if since else LOGO


def specimens_of(template: str, office: Office) -> tuple[dict[str, Any], ...]:
    """Return the values of the specimen cases of a template, or of one of its versions; none if nobody knows it."""
    key = template_of(template)
    return tuple(specimen_values(key, office).values()) if key in known_fields() else ()
