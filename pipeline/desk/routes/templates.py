"""*Templat*: the office's Word templates. A new version is sent, looked through, previewed, taken into use from a day.

Nothing is taken into use that did not pass. A preview is no draft and is kept nowhere; one with a real case is a
reading of that case, for those who may read it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.appending import destroyed
from pipeline.archive.papers import MEDIA
from pipeline.cases.answers import read_day
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop import title_of
from pipeline.desk.case_file import open_file
from pipeline.desk.downloads import attachment
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, NotFound, Refused, TemplateFault, YankomasError
from pipeline.letters.ports import MOST_WORD_BYTES, SentTemplate, TemplateFinding
from pipeline.letters.revise import edited_file
from pipeline.letters.sheets.specimens import SPECIMENS
from pipeline.office.wording import long_date

pages = Pages()
_ONE = "/templat/{template}"
#: The version that a visitor sent and has not taken into use.
_SENT = "kiriman"
#: So many pages of a preview are shown; all are in its file.
_SHOWN, _WIDE = 6, 900
_SAMPLES = {"kosong": "paling kosong", "lazim": "lazim", "panjang": "paling panjang"}


@pages.get("/templat", Right.TEMPLATES, Lane.PAPERS, personal=False)
def listing(visit: Visit) -> Response:
    """Show every version of every template, each looked through."""
    templates = visit.desk.root.templates
    return visit.show("templat.html", title="Templat", rows=templates.rows(), strays=templates.strays())


@pages.get(_ONE, Right.TEMPLATES, Lane.PAPERS, personal=False)
def one(visit: Visit) -> Response:
    """Show a template: its versions, its fields, what waits to be taken into use."""
    return _page(visit)


@pages.get(_ONE + "/unduh", Right.TEMPLATES, Lane.QUICK, personal=False)
def download(visit: Visit) -> Response:
    """Give a version (``?versi=``) as a Word file, to be changed in Word."""
    stem = _version(visit)
    return attachment(_file(visit, stem), f"{stem}.docx", MEDIA["docx"])


@pages.post(_ONE + "/kirim", Right.TEMPLATES, Lane.PAPERS, personal=False, uploads="state", largest=MOST_WORD_BYTES)
def send(visit: Visit) -> Response:
    """Look a new version through; one that passes is kept for its sender."""
    template = _template(visit)
    try:
        docx = edited_file(visit.sent_file("Pilih berkas .docx templat yang baru."))
        found = visit.desk.root.template_checker.check(template, docx)
    except (Incomplete, Refused) as fault:
        return _page(visit, fault=fault)
    if found:
        return _page(visit, findings=found)
    visit.desk.root.sent_templates.keep(template, visit.who.login, SentTemplate(docx, visit.desk.now()))
    return visit.go(f"/templat/{template}", "Templat baru itu lolos pemeriksaan. Lihat pratinjaunya sebelum dipakai.")


@pages.post(_ONE + "/buang", Right.TEMPLATES, Lane.QUICK, personal=False)
def drop(visit: Visit) -> Response:
    """Forget the version that was sent."""
    template = _template(visit)
    visit.desk.root.sent_templates.drop(template, visit.who.login)
    return visit.go(f"/templat/{template}", "Kiriman itu dibuang; templat yang dipakai tidak berubah.")


@pages.post(_ONE + "/pakai", Right.TAKE_TEMPLATES, Lane.PAPERS, personal=False)
def take(visit: Visit) -> Response:
    """Take the version that was sent into use from a day on."""
    template, root = _template(visit), visit.desk.root
    try:
        try:
            since = read_day(visit.text("mulai"))
        except ValueError as fault:
            named = {"mulai": ("Mulai", str(fault))}
            raise Incomplete(f"Mulai belum dapat dibaca: {fault}.", "Betulkan, lalu ulangi.", named) from None
        sent = _kept(visit, template)
        visit.note(about=f"{template} mulai {since.isoformat()}")
        version = root.templates.take(template, sent.docx, since, visit.who.login)
    except (Incomplete, NotAllowed, NotFound, TemplateFault) as fault:
        return _page(visit, fault=fault)
    root.sent_templates.drop(template, visit.who.login)
    said = f"{title_of(template)} yang baru dipakai bagi perkara yang terdaftar sejak {long_date(version.since)}."
    return visit.go(f"/templat/{template}", said)


@pages.get(_ONE + "/pratinjau", Right.TEMPLATES, Lane.PAPERS, personal=False)
def preview(visit: Visit) -> Response:
    """Show a version (``?versi=``) filled with a sample (``?contoh=``), or go to that with a case (``?perkara=``)."""
    template = _template(visit)
    if typed := visit.asked("perkara"):
        number = visit.desk.root.pattern.read(typed)
        return visit.go(f"/templat/{template}/pratinjau/{number}", query={"versi": visit.asked("versi")})
    specimen = visit.asked("contoh", "lazim")
    return _preview(visit, visit.desk.root.template_previews.sample(template, specimen), f"contoh {_SAMPLES[specimen]}")


@pages.get(_ONE + "/pratinjau/{year}/{serial}", Right.READ_CASES, Lane.PAPERS)
def preview_of_case(visit: Visit) -> Response:
    """Show a version (``?versi=``) filled with a real case, as it would be drafted today."""
    template, case, root = _template(visit), open_file(visit).case, visit.desk.root
    root.templates.require_of_case(template)
    if case.gone:
        raise destroyed(case)
    values = root.case_values.of(case, root.sop_of(case), template, visit.desk.now().date())
    return _preview(visit, values, f"perkara {case.received.register_number}", case.number)


def _template(visit: Visit) -> str:
    """Return the template that the address names.

    Raises:
        NotFound: nobody calls for one of that name.
    """
    template = str(visit.request.path_params["template"])
    visit.desk.root.templates.require_known(template)
    return template


def _version(visit: Visit) -> str:
    """Return the version that is asked for, by its file's name without ``.docx``; else the one for new cases.

    Raises:
        NotFound: there is no such version.
    """
    template, root = _template(visit), visit.desk.root
    asked = visit.asked("versi") or root.template_version(template, visit.desk.now().date())
    if asked != _SENT and asked not in {row.stem for row in root.templates.versions(template, checked=False)}:
        raise NotFound(f"Templat {template} tidak memiliki versi {asked}.", "Pilih versinya di halaman templat.")
    return asked


def _file(visit: Visit, stem: str) -> bytes:
    return _kept(visit, _template(visit)).docx if stem == _SENT else visit.desk.root.template_shelf.read(stem)


def _kept(visit: Visit, template: str) -> SentTemplate:
    sent = visit.desk.root.sent_templates.kept(template, visit.who.login)
    if sent is None:
        raise NotFound("Tidak ada templat kiriman Anda yang menunggu.", "Kirim berkasnya lagi.")
    return sent


def _page(visit: Visit, *, fault: YankomasError | None = None, findings: Sequence[TemplateFinding] = ()) -> Response:
    template, root = _template(visit), visit.desk.root
    return visit.show(
        "templat-satu.html",
        422 if fault or findings else 200,
        title=f"Templat {title_of(template)}",
        template=template,
        versions=root.templates.versions(template),
        fields=root.templates.fields(template),
        sent=root.sent_templates.kept(template, visit.who.login),
        samples=[(name, _SAMPLES[name]) for name in SPECIMENS],
        today=visit.desk.now().date().isoformat(),
        fault=fault,
        wrong=wrong_with(fault),
        findings=findings,
    )


def _preview(visit: Visit, values: dict[str, Any], called: str, number: CaseNumber | None = None) -> Response:
    """Show the first pages of a preview, and give all of it as a file."""
    template, stem, root = _template(visit), _version(visit), visit.desk.root
    previews = root.template_previews
    pdf = previews.of_file(template, _file(visit, stem), values) if stem == _SENT else previews.of_version(stem, values)
    blob, count = root.in_memory("pratinjau.pdf", pdf), 1
    shown: list[str] = []
    while len(shown) < min(count, _SHOWN):
        picture = visit.desk.previews.page(blob, len(shown) + 1, _WIDE)
        shown.append(base64.b64encode(picture.webp).decode())
        count = picture.pages
    return visit.show(
        "templat-pratinjau.html",
        title=f"Pratinjau {title_of(template)}",
        template=template,
        stem=stem,
        called=called,
        number=number,
        shown=shown,
        count=count,
        pdf=base64.b64encode(pdf).decode(),
    )
