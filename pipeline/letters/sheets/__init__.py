"""What the sheets say: the values that the Word templates may use, and three invented cases that each must survive.

One module for each group of sheets; each gives ``SHEETS``: the template's name, and what makes its values; ``CASES``:
what is otherwise in the invented cases when it is drafted. What the values mean stands in ``fields.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.cases.sop import Sop, title_of
from pipeline.errors import NotAllowed, TemplateFault
from pipeline.letters.sheets import (
    attendance_list,
    audience_proposal,
    closing_letter,
    correction,
    disposition_sheet,
    evaluation,
    follow_up,
    generic,
    invitation,
    minutes,
    notice,
    oral_complaint,
    receipt,
    recommendation,
    register_book,
    review_letters,
    review_memo,
    separate_leaf,
    transfer_letter,
    warning_letters,
)
from pipeline.letters.sheets.readers import has_no_reader, read_by_others, withheld
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts, with_officials
from pipeline.letters.sheets.specimens import BASE, SPECIMEN_OFFICE, Cases, as_in_the_sop
from pipeline.letters.sheets.texts import (
    BREACH_NOTICE,
    CLOSING_SHEET,
    DISPATCHES,
    PRIVACY_ANSWER,
    RECORD_PAPERS,
    RECORD_SHEETS,
    REPORT,
    SERVICE_BOOK,
    SERVICE_REPORT,
    SURVEY,
    from_news,
    of_case,
    of_office,
)
from pipeline.office.office import Office

_GROUPS = (
    oral_complaint,
    receipt,
    register_book,
    disposition_sheet,
    review_letters,
    review_memo,
    transfer_letter,
    audience_proposal,
    invitation,
    attendance_list,
    separate_leaf,
    minutes,
    recommendation,
    notice,
    follow_up,
    evaluation,
    warning_letters,
    closing_letter,
    correction,
)
_MAKERS: Mapping[str, Maker] = {name: maker for group in _GROUPS for name, maker in group.SHEETS.items()}
_CASES: Cases = {name: cases for group in _GROUPS for name, cases in group.CASES.items()}
#: The sheets of cases.
TEMPLATES = tuple(sorted(_MAKERS))


@dataclass(frozen=True, slots=True)
class Known:
    """A value that a template may use: what it means and what it looks like."""

    meaning: str
    example: str


def context(template: str, facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return every value that the template may use: plain texts, and lists of texts or of named texts.

    What others read is told without those who must not be named (:mod:`pipeline.letters.sheets.readers`).

    Raises:
        TemplateFault: no sheet of this name is known.
        NotAllowed: it is a letter to the complainant, and nobody complained; or for who is kept back, and nobody is.
    """
    if facts.edition and template in {sheet.template for sheet in facts.edition.sheets}:
        return _of_service(template, facts, facts.edition, office)
    if template not in _MAKERS:
        raise TemplateFault(f"Templat {template} tidak dikenal.", f"Templat yang ada: {', '.join(TEMPLATES)}.")
    if has_no_reader(template, facts):
        news = "dibuka dari berita dan tidak berpelapor"
        why = news if from_news(facts) else "tidak merahasiakan identitas pelapornya"
        raise NotAllowed(
            f"{title_of(template)} tidak dibuat: perkara {facts.number} {why}.",
            "Catat hasilnya tanpa surat. Bila kemudian ada yang mengadu, isi pelapornya dengan koreksi dahulu.",
        )
    facts, office = with_officials(facts, office), office.on(facts.drafted_on)
    values = {**of_case(facts), **_MAKERS[template](facts, office)}
    if read_by_others(template, facts):
        values = withheld(values, facts.fields)
    return {**of_office(facts.drafted_on, office), **values}


def _of_service(template: str, facts: SheetFacts, sop: Sop, office: Office) -> dict[str, Any]:
    """Return the values of a sheet of another service; what others read names nobody who must not be named."""
    facts, office = with_officials(facts, office), office.on(facts.drafted_on)
    values = {**of_case(facts), **generic.values(template, facts, sop, office)}
    if read_by_others(template, facts):
        values = withheld(values, facts.fields)
    return {**of_office(facts.drafted_on, office), **values}


def service_specimens(template: str, sop: Sop, office: Office = SPECIMEN_OFFICE) -> dict[str, dict[str, Any]]:
    """Return the values of a sheet of another service for the invented cases, as :func:`specimen_values`."""
    return {name: context(template, facts, office) for name, facts in generic.specimen_facts(template, sop).items()}


@cache
def known_fields() -> Mapping[str, Mapping[str, Known]]:
    """Return, by template, every value that it may use."""
    tables = tomllib.loads(files(__name__).joinpath("fields.toml").read_text(encoding="utf-8"))
    known: dict[str, dict[str, Known]] = {}
    shared: set[str] = set()
    for name, table in tables.items():  # what is shared stands before those that include it
        included = table.pop("memuat", ())
        shared.update(included)
        known[name] = dict(entry for other in included for entry in known[other].items())
        known[name] |= {field: Known(*told) for field, told in table.items()}
    return {name: fields for name, fields in known.items() if name not in shared}


def specimen_facts(template: str) -> dict[str, SheetFacts]:
    """Return what is known of each invented case when the template is drafted under the newest edition of the SOP."""
    changes, sheet = _CASES.get(template, {}), as_in_the_sop().get(template, {})
    return {name: replace(base, **sheet, **changes.get(name, {})) for name, base in BASE.items()}


def specimen_values(template: str, office: Office = SPECIMEN_OFFICE) -> dict[str, dict[str, Any]]:
    """Return the template's values for the emptiest (``kosong``), a typical (``lazim``) and the longest case.

    All persons, agencies and numbers are invented.

    Raises:
        TemplateFault: no sheet of this name is known.
    """
    if template == REPORT:
        from pipeline.letters.sheets import periodical_report  # figures and charts: more than a case's sheet may load

        return periodical_report.specimen_values(office)
    if template == SERVICE_REPORT:
        from pipeline.letters.sheets import periodical_report

        return periodical_report.service_specimen_values(office)
    if template == SERVICE_BOOK:
        from pipeline.letters.sheets import service_book

        return service_book.specimen_values(office)
    if template == DISPATCHES:
        from pipeline.letters.sheets import dispatch_book

        return dispatch_book.specimen_values(office)
    if template == CLOSING_SHEET:
        from pipeline.letters.sheets import year_closing

        return year_closing.specimen_values(office)
    if template in RECORD_PAPERS:
        from pipeline.letters.sheets import record_specimens

        return record_specimens.specimen_values(template, office)
    if template in RECORD_SHEETS:
        from pipeline.letters.sheets import record_sheets

        return record_sheets.specimen_values(office)
    if template == SURVEY:
        from pipeline.letters.sheets import survey_form

        return survey_form.specimen_values(office)
    if template in (PRIVACY_ANSWER, BREACH_NOTICE):
        from pipeline.letters.sheets import personal_data_letters

        return personal_data_letters.specimen_values(template, office)
    return {name: context(template, facts, office) for name, facts in specimen_facts(template).items()}
