"""``yankomas arsip``: loans, checklists, papers, boxes, packages for other archives, and the end of a year."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from pipeline.access.secrecy import HIDDEN
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import volume_of
from pipeline.cases.completeness import checklist
from pipeline.cases.folder_closing import closed_with
from pipeline.cli.inputs import engines_when_asked, ready_root, system_account
from pipeline.cli.readers import note_case, note_reading
from pipeline.cli.show import Progress, outside, table, write_out
from pipeline.errors import NotFound, UsageFault
from pipeline.office.wording import date_in_figures
from pipeline.records.list_steps import found_list
from pipeline.records.loans import on_loan
from pipeline.register.ports import Extent
from pipeline.register.year_end import YearEnd, register_of
from pipeline.wiring import Root
from pipeline.work.close_year import close_year, sign_year


def lent(options: Namespace) -> int:
    """Show the folders that are out, the longest overdue first."""
    root = ready_root(options)
    note_reading(root, "arsip pinjaman")
    root.book.refresh()
    today, lines = root.clock.now().date(), []
    for row in sorted((r for r in root.book.rows() if r.lent_until), key=lambda r: r.lent_until):
        loan = on_loan(root.cabinet.case(root.pattern.read(row.number)).archived)
        late = loan is not None and loan.is_overdue(today)
        if loan and (late or not options.overdue):
            said = "LEWAT" if late else ""
            told = [HIDDEN, HIDDEN] if row.top_secret else [loan.who, loan.purpose]
            lines.append([row.register_number, *told, date_in_figures(loan.due), said])
    if not lines:
        print("Tidak ada map yang dipinjam lewat waktu." if options.overdue else "Tidak ada map yang sedang dipinjam.")
        return 0
    print(table(lines, ["No. register", "Peminjam", "Keperluan", "Kembali", ""], {1: 40, 2: 40}))
    return 0


def complete(options: Namespace) -> int:
    """Show the checklist of a folder; the exit code says whether something is missing."""
    root = ready_root(options)
    case = root.cabinet.case(root.pattern.read(options.number))
    note_case(root, "arsip kelengkapan", case, options)
    found = checklist(case, root.sop_of(case))
    for item in found.items:
        print(f"{'kurang' if item.lack else 'ada':7} {item.title}{f': {item.lack}' if item.lack else ''}")
    closed = closed_with(case)
    print(f"Map ditutup {closed.at:%d-%m-%Y} oleh {closed.event.login}." if closed else "Map belum ditutup.")
    return 1 if found.lacking else 0


def paper(options: Namespace) -> int:
    """Write a paper of a case: its loan form, its checklist."""
    root = ready_root(options)
    number = root.pattern.read(options.number)
    note_case(root, "arsip cetak", root.cabinet.case(number), options)
    return _written(options.output, root, lambda kind: root.case_paper(options.paper, number, kind))


def package(options: Namespace) -> int:
    """Write what goes to another archive into one file."""
    root = ready_root(options)
    outside(options.output, root)
    for number in found_list(options.name, root.record_parts)[0].members:
        note_case(root, "arsip paket", root.cabinet.case(number), options)
    root.seal_what_is_left()
    size = write_out(options.output, root.package(options.name))
    print(f"Paket {options.name} ditulis ke {options.output} ({size:,} byte).".replace(",", "."))
    return 0


def boxes(options: Namespace) -> int:
    """Write the register of boxes, or labels for them."""
    root = ready_root(options)
    output: Path = options.output
    outside(output, root)
    root.index.refresh(Progress("Mengindeks perkara"))
    found, all_of = root.box_lists(), Extent(series=None)
    write_out(output, found.labels_pdf(all_of) if output.suffix.lower() == ".pdf" else found.xlsx(all_of))
    print(f"Ditulis ke {output}.")
    return 0


def years(options: Namespace) -> int:
    """Show the years that were closed."""
    ends = ready_root(options).year_ends.every()
    for end in ends:
        found = end.figures
        named = f" deret {found.series}" if found.series else ""
        signed = f"bertanda tangan {end.signed_at:%d-%m-%Y}" if end.signed_at else "belum bertanda tangan"
        print(
            f"{found.year}{named}: ditutup {end.at:%d-%m-%Y} oleh {end.login}; {found.count} perkara, nomor terakhir "
            f"{found.last}, {len(found.carried)} masih berjalan; segel {end.seal or '-'}; {signed}"
        )
    if not ends:
        print("Belum ada tahun yang ditutup.")
    return 0


def close(options: Namespace) -> int:
    """Close the register of a year."""
    root, by = ready_root(options), Actor(options.role, system_account())
    note_reading(root, "arsip tahun tutup", role=options.role)
    with engines_when_asked(root) as (reader, _):
        series = root.series_named(options.service)
        end = close_year(options.year, by=by, parts=root.close_year_parts(reader), series=series)
    found, asked = end.figures, f" --layanan {options.service}" if series else ""
    print(f"Register {found.year} ditutup: {found.count} perkara, nomor terakhir {found.last}.")
    for case in found.carried:
        print(f"  dilanjutkan: {case.register_number} {case.subject} ({case.state})".rstrip())
    print(
        f"Cetak lembarnya: `yankomas arsip tahun lembar {found.year}{asked} -o BERKAS.pdf`, tandatangani, lalu simpan."
    )
    return 0


def year_sheet(options: Namespace) -> int:
    """Write the sheet by which a year was closed."""
    root = ready_root(options)
    end = _end(root, options)
    note_reading(root, "arsip tahun lembar")
    return _written(options.output, root, lambda kind: root.year_sheet(end, kind))


def sign(options: Namespace) -> int:
    """Keep the scan of the signed sheet."""
    root, by = ready_root(options), Actor(options.role, system_account())
    sheet = root.file(options.file)
    with engines_when_asked(root) as (reader, _):
        series = root.series_named(options.service)
        end = sign_year(options.year, sheet, by=by, parts=root.close_year_parts(reader), series=series)
    print(f"Lembar penutupan {end.figures.year} yang bertanda tangan disimpan.")
    return 0


def _end(root: Root, options: Namespace) -> YearEnd:
    year, volume = options.year, volume_of(options.year, root.series_named(options.service))
    end = next((one for one in root.year_ends.every() if one.figures.volume == volume), None)
    if end is None:
        raise NotFound(f"{register_of(volume)} belum ditutup.", f"`yankomas arsip tahun tutup {year}`.")
    return end


def _written(output: Path, root: Root, made: Callable[[str], bytes]) -> int:
    kind = output.suffix.lower().removeprefix(".")
    if kind not in ("pdf", "docx"):
        raise UsageFault(f"{output.name!r} bukan nama berkas .pdf atau .docx.", "Tulis misalnya -o lembar.pdf.")
    outside(output, root)
    write_out(output, made(kind))
    print(f"Ditulis ke {output}.")
    return 0
