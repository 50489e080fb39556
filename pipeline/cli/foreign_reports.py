"""Another system's export at the terminal: what would become cases of it, and that they become some."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cases.actor import Actor
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.moving_in import doubts_told, mapped_columns
from pipeline.cli.people import noted
from pipeline.cli.show import Progress, printable, printable_lines, table
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.roles import TAKES_IN


def impor_laporan(options: Namespace) -> int:
    """Look at an export, or take its reports in; exit code 13 if rows must be settled before."""
    from pipeline.moving_in.choices import Choices
    from pipeline.moving_in.foreign_reports import look_at, take_in

    root = ready_root(options)
    if options.role not in (able := root.office_roles.having(TAKES_IN)):
        told = f"Yang mendaftarkan: {', '.join(able)}."
        raise NotAllowed(f"Peran {options.role!r} tidak mendaftarkan laporan.", told)
    mapping, parts = root.export_mapping(options.system), root.foreign_parts()
    book = root.old_books().read(root.file(options.file))
    choices = Choices(heading_row=options.heading_row, columns=mapped_columns(options.columns))
    with root.taking_reports_in():
        found = look_at(book, mapping, choices, parts)
        cells = [[c.letters, c.heading, c.field or "(disimpan dan dicari saja)"] for c in found.headings.columns]
        print("\n".join(printable_lines([table(cells, ["Kolom", f"Judul di {mapping.name}", "Isian"], {1: 40})])))
        if mapping.caution:
            print(printable(f"Perhatian: {mapping.caution}"))
        refused = [doubt for doubt in found.doubts if doubt.refuses]
        print("\n".join(printable_lines(doubts_told(found.doubts))))
        print(f"{len(found.new)} laporan baru, {len(found.known)} sudah menjadi perkara, {len(refused)} baris ditolak.")
        if refused and not options.leaves_out:
            print("Bereskan baris yang ditolak, atau lewati dengan --lewati.")
            return Incomplete.exit_code
        if not options.carry_out:
            print("Tidak ada yang ditulis. Bila sudah benar, ulangi perintah yang sama dengan --laksanakan.")
            return 0
        login = options.login or system_account()
        if not options.login:  # the desk noted it for who asked there
            noted(root, "impor laporan", f"{mapping.key}, {book.name}, {book.sha256[:16]}, {login}")
        by = Actor(options.role, login)
        numbers = list(take_in(found.new, book, mapping, by, parts, Progress("Mendaftarkan laporan")))
    if numbers:
        print(f"{len(numbers)} laporan menjadi perkara {numbers[0]} sampai {numbers[-1]}.")
        root.wake()
    return 0
