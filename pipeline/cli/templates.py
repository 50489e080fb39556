"""``yankomas templat``: the office's Word templates listed, explained, previewed, looked through, taken into use."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.access import secrecy
from pipeline.access.accounts import TERMINAL
from pipeline.access.rights import Right, may
from pipeline.archive.appending import destroyed
from pipeline.cases.answers import read_day
from pipeline.cli.inputs import ready_root
from pipeline.cli.people import noted
from pipeline.cli.readers import note_reading
from pipeline.cli.show import as_json, outside, printable_lines, table, write_out
from pipeline.errors import NotAllowed, NotFound, Refused, TemplateFault, UsageFault
from pipeline.letters.office_templates import TemplateRow, UnfitTemplate
from pipeline.letters.ports import MOST_WORD_BYTES, TemplateFinding
from pipeline.office.wording import long_date
from pipeline.wiring import Root


def listing(options: Namespace) -> int:
    """Show every version of every template."""
    templates = ready_root(options).templates
    rows, strays = templates.rows(), templates.strays()
    if options.json:
        print(as_json({"templates": [asdict(row) for row in rows], "strays": [asdict(stray) for stray in strays]}))
        return 0
    cells = [[r.file, r.title, str(r.step or "-"), ", ".join(r.editions) or "-", period(r), state(r)] for r in rows]
    print(table(cells, ["Berkas", "Naskah", "Langkah", "Edisi SOP", "Perkara terdaftar", "Keadaan"], {0: 60, 1: 40}))
    print("\n".join(printable_lines(["", *_told(strays)] if strays else [])))
    return 0


def fields(options: Namespace) -> int:
    """Show the fields of a template."""
    found = ready_root(options).templates.fields(options.template)
    if options.json:
        print(as_json([asdict(row) for row in found]))
        return 0
    for row in found:
        example = f"  (contoh: {row.example})" if row.example else ""
        print("\n".join(printable_lines([f"{{{{ {row.name} }}}}", f"    {row.meaning}{example}"])))
        for name, sample in row.parts:
            print("\n".join(printable_lines([f"    .{name}{f'  (contoh: {sample})' if sample else ''}"])))
    return 0


def check(options: Namespace) -> int:
    """Look through one template or all; exit code 9 if something is found."""
    templates = ready_root(options).templates
    if options.template:
        templates.require_known(options.template)
    rows = templates.versions(options.template) if options.template else templates.rows()
    strays = () if options.template else templates.strays()
    found = [*(finding for row in rows for finding in row.findings), *strays]
    if options.json:
        print(as_json([asdict(finding) for finding in found]))
    else:
        lines = _told(tuple(found)) or [f"{len(rows)} templat diperiksa: tidak ada temuan."]
        print("\n".join(printable_lines(lines)))
    return TemplateFault.exit_code if found else 0


def preview(options: Namespace) -> int:
    """Write a preview with a sample, or with a real case; the latter is a reading of the case, and noted as one."""
    root = ready_root(options)
    outside(options.output, root)
    templates, previews = root.templates, root.template_previews
    templates.require_known(options.template)
    day = root.clock.now().date()
    if options.number:
        values, day = _case_values(root, options, day)
    else:
        values = previews.sample(options.template, options.specimen)
    pdf = previews.of_version(root.template_version(options.template, day), values)
    write_out(options.output, pdf)
    print(f"Pratinjau {options.template} ditulis ke {options.output}; bukan naskah, dan tidak disimpan di arsip.")
    return 0


def take(options: Namespace) -> int:
    """Take a new version into use from a day on."""
    root = ready_root(options)
    since = root.clock.now().date() if options.since is None else _day(options.since)
    try:
        if options.file.stat().st_size > MOST_WORD_BYTES:
            raise Refused("terlalu-besar", f"{options.file} terlalu besar untuk sebuah templat.", "Kecilkan gambarnya.")
        docx = options.file.read_bytes()
    except OSError as fault:
        raise NotFound(f"Berkas {options.file} tidak ada atau tidak terbaca.", "Periksa namanya.") from fault
    noted(root, "templat pakai", f"{options.template} mulai {since.isoformat()}")
    try:
        version = root.templates.take(options.template, docx, since, TERMINAL)
    except UnfitTemplate as fault:
        print("\n".join(printable_lines(_told(fault.findings))))
        raise
    print(f"{version.stem}.docx dipakai bagi perkara yang terdaftar sejak {long_date(since)}.")
    print(f"Versi sebelumnya tersimpan (SHA-256 {version.before[:16]}…); perkara lama tetap memakainya.")
    return 0


def period(row: TemplateRow) -> str:
    """Return which cases are drafted from a version, by their days of registration."""
    since = f"sejak {long_date(row.since)}" if row.since else ""
    until = f"sampai {long_date(row.until)}" if row.until else ""
    return f"{since} {until}".strip() or "semua"


def state(row: TemplateRow) -> str:
    """Return how a version fares."""
    return f"{len(row.findings)} temuan" if row.findings else "layak"


def _told(findings: tuple[TemplateFinding, ...]) -> list[str]:
    return [line for finding in findings for line in (str(finding), f"    {finding.remedy}")]


def _case_values(root: Root, options: Namespace, day: date) -> tuple[dict[str, Any], date]:
    """Return what the sheet would say of a case today, and when that was registered.

    Raises:
        UsageFault: the role is not given.
        NotAllowed: this role may not read the case.
    """
    if not options.role:
        raise UsageFault("Pratinjau dengan perkara perlu --as PERAN.", "Tulis misalnya --as kasubbid.")
    root.templates.require_of_case(options.template)
    number, roles = root.pattern.read(options.number), root.office_roles.standing({options.role})
    root.book.refresh()
    case = root.cabinet.case(number)
    if not may(roles, Right.READ_CASES):
        raise NotAllowed(f"Peran {options.role} tidak membaca perkara.", "Pakai contoh, tanpa --perkara.")
    secrecy.require_open(roles, root.book.row_of(case))
    note_reading(root, "templat pratinjau", case=str(number), role=options.role)
    if case.gone:
        raise destroyed(case)
    return root.case_values.of(case, root.sop_of(case), options.template, day), case.entries[0].at.date()


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as fault:
        raise UsageFault(f"--mulai {text!r} bukan tanggal.", f"{fault}".capitalize() + ".") from None
