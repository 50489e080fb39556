"""The templates of an office for those who care for them: listed, explained, looked through, taken into use from a day.

What is in use lies as Word files in one folder, where clerks edit it in place. A new version is looked through first;
from its day on new cases are drafted from it, and those registered before keep the one they have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.cases.sop import Sop, title_of
from pipeline.errors import NotAllowed, NotFound, TemplateFault
from pipeline.letters.ports import TemplateChecker, TemplateFinding, TemplateShelf
from pipeline.letters.sheets import generic, known_fields, service_specimens, specimen_values
from pipeline.letters.sheets.texts import OFFICE_SHEETS
from pipeline.letters.template_versions import TakenIntoUse, template_of, version_on
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.office.wording import long_date, nearest

_UNASKED = "Pindahkan keluar dari folder templat, atau beri nama templat yang dimaksud."


class UnfitTemplate(TemplateFault):
    """A template did not pass; ``findings`` are all that is wrong with it."""

    def __init__(self, findings: Sequence[TemplateFinding]) -> None:
        more = f" (dan {len(findings) - 1} temuan lain)" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}", findings[0].remedy)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A version of a template, as lists show it.

    ``step`` is that of the SOP (0: of no case); ``editions`` call for it. ``since``, ``until``: the first and the last
    day of registration of the cases that are drafted from it (None: from the beginning, without end). ``coded``: its
    pages carry page codes.
    """

    template: str
    file: str
    title: str
    step: int
    editions: tuple[str, ...]
    since: date | None
    until: date | None
    coded: bool
    findings: tuple[TemplateFinding, ...]

    @property
    def stem(self) -> str:
        """The file's name without ``.docx``."""
        return self.file.removesuffix(".docx")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a template: what it means, an example, and the parts of its entries with what they look like."""

    name: str
    meaning: str
    example: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeTemplates:
    """The templates of an office. ``check`` looks through what lies there, ``checker`` what comes from outside."""

    shelf: TemplateShelf
    editions: Sequence[Sop]
    office: Office
    clock: Clock
    check: Callable[[str], list[TemplateFinding]]
    checker: Callable[[], TemplateChecker]

    @property
    def known(self) -> tuple[str, ...]:
        """The templates that the SOP or the office calls for."""
        return tuple(sorted({*OFFICE_SHEETS, *(sheet.template for sop in self.editions for sheet in sop.sheets)}))

    def require_known(self, template: str) -> None:
        """Make sure that somebody calls for a template of this name.

        Raises:
            NotFound: nobody does; names the nearest.
        """
        if template not in self.known:
            near = nearest(template, self.known)
            remedy = f"Mungkin maksudnya {near}." if near else "Lihat `yankomas templat daftar`."
            raise NotFound(f"Tidak ada naskah yang memakai templat {template}.", remedy)

    def require_of_case(self, template: str) -> None:
        """Make sure that cases have a sheet of this template.

        Raises:
            NotFound, NotAllowed: nobody calls for it, or it belongs to no case.
        """
        self.require_known(template)
        if template in OFFICE_SHEETS:
            raise NotAllowed(f"{title_of(template)} bukan lembar sebuah perkara.", "Lihat pratinjaunya dengan contoh.")

    def rows(self, *, checked: bool = True) -> tuple[TemplateRow, ...]:
        """Return every version of every template, each looked through if asked, in the order of the SOP."""
        return tuple(row for template in self.known for row in self.versions(template, checked=checked))

    def versions(self, template: str, *, checked: bool = True) -> tuple[TemplateRow, ...]:
        """Return the versions of a template, the first one first."""
        sheets = [(sop, sheet) for sop in self.editions for sheet in sop.sheets if sheet.template == template]
        newest = {v.since: v for v in self.shelf.taken() if v.template == template}
        stems = [(template, None), *((newest[since].stem, since) for since in sorted(newest))]
        ends = [since - timedelta(days=1) for since in sorted(newest)]
        return tuple(
            TemplateRow(
                template=template,
                file=f"{stem}.docx",
                title=title_of(template),
                step=max((sheet.step for _, sheet in sheets), default=0),
                editions=tuple(sop.key for sop, _ in sheets),
                since=since,
                until=until,
                coded=any(sheet.coded for _, sheet in sheets),
                findings=tuple(self.check(stem)) if checked else (),
            )
            for (stem, since), until in zip(stems, [*ends, None], strict=True)
        )

    def strays(self) -> tuple[TemplateFinding, ...]:
        """Return the Word files in the folder that nobody asks for."""
        used = {row.file for row in self.rows(checked=False)}
        found = []
        for name in self.shelf.names():
            if name in used:
                continue
            near = nearest(template_of(name.rpartition(".")[0]), self.known)
            remedy = f"Mungkin maksudnya {near}.docx." if near else _UNASKED
            if near and template_of(name) != name:
                remedy = f"Pindahkan keluar, lalu: yankomas templat pakai {near} BERKAS --mulai TANGGAL."
            found.append(TemplateFinding(name, "", "tidak ada naskah yang memakai berkas ini", remedy, near or None))
        return tuple(found)

    def fields(self, template: str) -> tuple[FieldRow, ...]:
        """Return the fields that a template may use.

        Raises:
            NotFound: nobody calls for it.
        """
        self.require_known(template)
        if template not in known_fields():
            return self._of_service(template)
        specimens = specimen_values(template, self.office)
        sample, longest = specimens["lazim"], specimens["panjang"]
        return tuple(
            FieldRow(name, known.meaning, known.example, _parts(sample.get(name)) or _parts(longest.get(name)))
            for name, known in known_fields()[template].items()
        )

    def _of_service(self, template: str) -> tuple[FieldRow, ...]:
        """Return the fields of a template of another service: what every sheet has, and what its SOP asks."""
        sop = next(s for s in reversed(self.editions) if any(sheet.template == template for sheet in s.sheets))
        sample = service_specimens(template, sop, self.office)["lazim"]
        own = tuple(FieldRow(one.name, one.meaning, "") for one in generic.fields(template, sop))
        common = ((name, value) for name, value in sample.items() if isinstance(value, str))
        return (*(FieldRow(name, "", value) for name, value in common), *own)

    def take(self, template: str, docx: bytes, since: date, by: str) -> TakenIntoUse:
        """Take a new version into use for the cases that are registered on that day or later.

        Raises:
            NotFound: nobody calls for a template of this name.
            NotAllowed: the day is over, or the version is the one that is in use then.
            UnfitTemplate: the version does not pass; has everything that was found.
        """
        self.require_known(template)
        now = self.clock.now()
        if since < now.date():
            raise NotAllowed(
                f"{long_date(since)} sudah lewat; perkara yang terdaftar sejak itu sudah memakai templat lama.",
                "Pilih hari ini atau sesudahnya.",
            )
        if found := self.checker().check(template, docx):
            raise UnfitTemplate(found)
        before = self.shelf.read(version_on(template, since, self.shelf.taken()))
        if before == docx:
            raise NotAllowed(
                f"Berkas ini sama dengan templat {template} yang dipakai pada hari itu.",
                "Tidak perlu diganti.",
            )
        new, old = (hashlib.sha256(data).hexdigest() for data in (docx, before))
        version = TakenIntoUse(template, since, new, old, by, now)
        self.shelf.take(version, docx, before)
        return version


def _parts(value: object) -> tuple[tuple[str, str], ...]:
    """Return the parts of a group, or of a list's first entry, each with what it looks like."""
    if isinstance(value, list) and value:
        return _parts(value[0])
    if isinstance(value, Mapping):
        return tuple((str(name), "" if isinstance(part, list | Mapping) else str(part)) for name, part in value.items())
    return ()
