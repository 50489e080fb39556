"""The counter's commands: open a case without a letter, find cases, see what falls due, answer a complainant."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from getpass import getuser

from pipeline.cli.commands import book_table, ready_root
from pipeline.cli.forms import answers_of
from pipeline.cli.show import as_json, moment, table
from pipeline.domain.due import falling_due
from pipeline.domain.finding import find
from pipeline.views.standing import standing_of


def buka(options: Namespace) -> int:
    """Open a case that was told, or that the office takes up from the news."""
    from pipeline.actions.decide import Actor
    from pipeline.actions.open import open_case

    root = ready_root(options)
    typed = answers_of(options.set, options.form)
    opened = open_case(options.channel, typed, by=Actor(options.role, getuser()), counter=root.counter())
    written = root.settings.pattern.write(opened.number)
    print(f"{opened.number}: {'sudah dibuka sebelumnya' if opened.again else 'dibuka'}, nomor register {written}.")
    return 0


def cari(options: Namespace) -> int:
    """Find cases by words, dates and numbers."""
    root = ready_root(options)
    root.book.refresh()
    rows = find(root.book.rows(), options.words, root.settings.pattern.read)
    if options.json:
        print(as_json(rows))
    else:
        print(book_table(rows) if rows else "Tidak ada perkara yang memuat semua kata itu.")
    return 0


def due(options: Namespace) -> int:
    """Show what is late, what falls due, and whose it is."""
    root = ready_root(options)
    root.book.refresh()
    rows = falling_due(root.book.rows(), root.clock.now(), root.calendar, root.settings.office, options.days)
    if options.json:
        print(as_json(rows))
        return 0
    if not rows:
        print(f"Tidak ada yang terlambat atau jatuh tempo dalam {options.days} hari kerja.")
        return 0
    cells = [
        [
            row["register_number"],
            moment(row["due_at"]),
            row["remaining"],
            row["state"],
            "; ".join(_whose(h) for h in row["holders"]) or "-",
        ]
        for row in rows
    ]
    print(table(cells, ["No. register", "Tenggat", "Sisa", "Keadaan", "Pada"], {3: 44, 4: 60}))
    late = sum(row["late"] for row in rows)
    print(f"\n{late} terlambat, {len(rows) - late} jatuh tempo dalam {options.days} hari kerja.")
    return 0


def status(options: Namespace) -> int:
    """Say where a complaint stands, as its complainant may know it."""
    found = standing_of(ready_root(options), options.code)
    if options.json:
        print(as_json(asdict(found)))
        return 0
    for number, stage in enumerate(found.stages, start=1):
        print(f"{'>' if number == found.stage and not found.ended else ' '} {number}. {stage}")
    print(f"\n{found.words}\n{'' if found.ended else 'Selanjutnya: '}{found.outlook}")
    return 0


def _whose(holder: dict[str, str]) -> str:
    return ", ".join(part for part in (holder["title"] or holder["role"], holder["name"]) if part)
