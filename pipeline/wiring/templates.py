"""The office's Word templates: filled, listed, looked through, previewed, taken into use."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from pipeline.wiring.archive import ArchiveParts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Any

    from pipeline.cases.ports import Blob
    from pipeline.cases.public_service import PublicService
    from pipeline.cases.sop import Sop
    from pipeline.letters.case_values import CaseValues
    from pipeline.letters.engines.confined_templates import ConfinedTemplates
    from pipeline.letters.engines.word_templates import WordTypist
    from pipeline.letters.office_templates import OfficeTemplates
    from pipeline.letters.ports import Logo, SentTemplates, TemplateFinding, Typist
    from pipeline.letters.preview import Previews
    from pipeline.letters.store.template_record import TemplateRecord
    from pipeline.office.office import Office
    from pipeline.work.services import ServiceParts


class TemplateParts(ArchiveParts):
    """The office's Word templates."""

    @cached_property
    def typist(self) -> WordTypist:
        """Fills the templates, on the office's paper."""
        from pipeline.letters.engines.word_templates import WordTypist

        others = self._other_templates
        return WordTypist(self.layout.templates, self.settings.office.paper, self.template_shelf.kept, others)

    def _other_templates(self) -> Sequence[Path]:
        """Return the folders of the services' templates."""
        return self.service_shelf.template_folders()

    @cached_property
    def template_shelf(self) -> TemplateRecord:
        """Where the templates lie, and what was taken into use."""
        from pipeline.letters.store.template_record import TemplateRecord

        layout, may_take = self.layout, partial(self.require_changed_here, "Templat kantor")
        lock, others = layout.locks / "templat", self._other_templates
        return TemplateRecord(layout.template_record, layout.templates, lock, others, may_take)

    def template_version(self, template: str, day: date) -> str:
        """Return the name, without ``.docx``, of a template's file for cases registered on a day."""
        from pipeline.letters.template_versions import version_on

        return version_on(template, day, self.template_shelf.taken())

    def typist_on(self, day: date) -> Typist:
        """Return what fills the versions of a day: for what belongs to no case."""
        from pipeline.letters.dated_typist import DatedTypist

        return DatedTypist(self.typist, day, self.template_version)

    @property
    def templates(self) -> OfficeTemplates:
        """The templates for those who care for them."""
        from pipeline.letters.office_templates import OfficeTemplates

        office = self._office_today
        check = lambda stem: self.typist.check(stem, office, self._specimens(stem, office))  # noqa: E731
        return OfficeTemplates(
            self.template_shelf, self.all_editions, office, self.clock, check, lambda: self.template_checker
        )

    @property
    def service_parts(self) -> ServiceParts:
        """What looking after the office's services needs."""
        from pipeline.archive.store.format_mark import IN_SERIES, mark_format
        from pipeline.letters.sheets import TEMPLATES, service_specimens
        from pipeline.letters.sheets.texts import OFFICE_SHEETS
        from pipeline.storage import disk
        from pipeline.work.services import ServiceParts

        office = self._office_today

        def check(template: str, sop: Sop) -> list[TemplateFinding]:
            return self.typist.check(template, office, tuple(service_specimens(template, sop, office).values()))

        def place(service: PublicService) -> None:
            mark_format(self.layout, IN_SERIES)  # what comes for it is noted as earlier versions cannot read
            disk.make_folder(self.layout.inbox / service.key)
            self._begin_series(service.series)

        ours, may_take = (*TEMPLATES, *OFFICE_SHEETS), partial(self.require_changed_here, "Layanan kantor")
        return ServiceParts(self.service_shelf, self.clock, check, place, ours, self.pattern, may_take)

    def _begin_series(self, series: str) -> None:
        """Have the numbers of a series begin, where a person first has to say how far they went if they may be lost."""
        from pipeline.register.store.restored import begin_series

        begin_series(self.layout, series)

    @property
    def shipped_services(self) -> tuple[str, ...]:
        """The services that come with the program."""
        from pipeline.cases.store.service_shelf import shipped

        return shipped()

    def _specimens(self, stem: str, office: Office) -> tuple[Mapping[str, Any], ...]:
        """Return the values of the invented cases for a template without a module; none for those that have one."""
        from pipeline.cases.sop import is_own_sheet
        from pipeline.letters.sheets import service_specimens
        from pipeline.letters.template_versions import template_of

        template = template_of(stem)
        own = self.editions if is_own_sheet(template) else ()
        for sop in (*reversed(own), *(sop for service in self.services for sop in reversed(service.editions))):
            if any(sheet.template == template for sheet in sop.sheets):
                return tuple(service_specimens(template, sop, office).values())
        return ()

    @cached_property
    def template_checker(self) -> ConfinedTemplates:
        """Looks through templates that come from outside, each in a confined child."""
        from pipeline.letters.engines.confined_templates import ConfinedTemplates

        office = self._office_today
        return ConfinedTemplates(self.typist, office, self.memory, lambda template: self._specimens(template, office))

    def logo(self, since: date | None = None) -> Logo:
        """Return the office's logo, of its first name or of the one that it has since a day."""
        from pipeline.letters.engines.word_templates import logo_since
        from pipeline.letters.store.logo_file import LogoFile

        name = logo_since(since.isoformat() if since else "")
        layout, may_replace = self.layout, partial(self.require_changed_here, "Logo kantor")
        return LogoFile(layout.templates / name, layout.settings_record, layout.locks / "pengaturan", may_replace)

    @property
    def sent_templates(self) -> SentTemplates:
        """Templates that were sent to the desk and wait to be taken into use."""
        from pipeline.letters.store.sent_templates import sent_template_files

        return sent_template_files(self.layout.state / "templat")

    def in_memory(self, name: str, data: bytes) -> Blob:
        """Return bytes as a file that lies on no disk."""
        from pipeline.storage.blobs import TypedText

        return TypedText(name, data)

    @property
    def template_previews(self) -> Previews:
        """Makes previews of templates."""
        from pipeline.letters.engines.preview_mark import marked
        from pipeline.letters.preview import Previews

        office = self._office_today
        specimens = lambda stem: self._specimens(stem, office)  # noqa: E731
        return Previews(self.typist, lambda: self.template_checker, self.report_press, marked, office, specimens)

    @property
    def _office_today(self) -> Office:
        """The office as it is called today."""
        return self.settings.office.on(self.clock.now().date())

    @property
    def case_values(self) -> CaseValues:
        """What the sheets of cases say."""
        from pipeline.letters.case_values import CaseValues

        return CaseValues(self.settings.office, self.calendar, self.cabinet.case, self.seal_before)
