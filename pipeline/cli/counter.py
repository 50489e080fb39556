"""The counter's commands: open a case that was told, find cases, see what falls due, answer a complainant."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipeline.cli.inputs import answers_of, ready_root, system_account
from pipeline.cli.readers import note_case, note_reading
from pipeline.cli.show import Progress, as_json, book_table, moment, printable_lines, table
from pipeline.errors import Busy, UsageFault
from pipeline.register.complainant_status import standing_of
from pipeline.register.due import Holder, falling_due
from pipeline.wiring import Root

if TYPE_CHECKING:
    from pipeline.cases.case_number import CaseNumber
    from pipeline.search.answer import Hit

#: How many cases `cari` shows on a screen, with the places of how many, and how many it gives to programs.
_SHOWN, _PLACED, _ALL_FOUND = 100, 10, 10_000
_PATIENCE = 2.0  # seconds that `cari` waits for another process to finish with the index


def buka(options: Namespace) -> int:
    """Open a case that was told, or that the office takes up from the news."""
    from pipeline.cases.actor import Actor
    from pipeline.intake.open_case import open_case

    root = ready_root(options)
    typed = answers_of(options.set, options.form)
    opened = open_case(options.channel, typed, by=Actor(options.role, system_account()), parts=root.open_parts())
    root.wake()
    written = root.cabinet.case(opened.number).received.register_number
    print(f"{opened.number}: {'sudah dibuka sebelumnya' if opened.again else 'dibuka'}, nomor register {written}.")
    return 0


def sunting(options: Namespace) -> int:
    """Take an edited Word file in as the next version of a draft, or show what differs between two versions."""
    from pipeline.cases.actor import Actor
    from pipeline.letters.revise import Edit, edited_file, revise

    root = ready_root(options)
    number = root.pattern.read(options.number)
    if options.beda:
        return _differences(root, number, options)
    if options.file is None or options.role is None:
        raise UsageFault("Suntingan perlu --file dan --as.", "Atau bandingkan dua versi: --beda 1 2.")
    draft = root.cabinet.case(number).drafts.get(options.template)
    docx = edited_file(root.file(options.file))
    version = draft.version if draft else 0
    cleared = tuple(options.cleared)
    edit = Edit(docx, options.base or version, version, sure=options.sure, cleared=cleared)
    parts = root.revise_parts(root.decide_parts(root.reader, root.validator))
    case = revise(number, options.template, edit, by=Actor(options.role, system_account()), parts=parts)
    root.wake()
    print(f"{number}: suntingan {options.template} diterima sebagai versi {case.drafts[options.template].version}.")
    return 0


def _differences(root: Root, number: CaseNumber, options: Namespace) -> int:
    from pipeline.letters.differences import Kind

    template, (older, newer) = options.template, options.beda

    case = root.cabinet.case(number)
    note_case(root, "sunting --beda", case, options)
    found = [d for d in root.letter_versions.differences(case, template, older, newer) if d.kind is not Kind.SAME]
    lines = [f"{number}: {template}, versi {older} (-) dan versi {newer} (+)"]
    for difference in found:
        lines += [f"- {difference.old}"] * bool(difference.before) + [f"+ {difference.new}"] * bool(difference.after)
    print("\n".join(printable_lines(lines if found else [*lines, "Kata-katanya sama."])))
    return 0


def cari(options: Namespace) -> int:
    """Find cases by anything that is written on them."""
    from pipeline.search.query import Wanted, asked

    root = ready_root(options)
    if not "".join(options.words).strip(' "'):
        raise UsageFault("Tidak ada kata yang dicari.", "Tulis misalnya: yankomas cari siti seluma.")
    note_reading(root, "cari")
    _up_to_date(root)
    terms, now = asked(options.words, root.pattern.read), int(root.clock.now().timestamp())
    found = root.index.search(Wanted(terms, now=now, count=_ALL_FOUND if options.json else _SHOWN))
    if options.json:
        print(as_json([hit.as_json() for hit in found.hits]))
    elif not found.total:
        print("Tidak ada perkara yang memuat semua kata itu.")
    else:
        print(book_table(found.hits))
        print("\n" + "\n".join(printable_lines(_places(found.hits))))
        if (more := found.total - len(found.hits)) > 0:
            print(f"\n{more} perkara lain tidak ditampilkan; tambahkan kata.")
    return 0


def _up_to_date(root: Root) -> None:
    """Have the index take in what has changed; while another process makes it anew, what it has so far is searched."""
    try:
        root.index.refresh(Progress("Mengindeks perkara"), patience=_PATIENCE)
    except Busy:
        print("Indeks sedang disusun proses lain; hasilnya mungkin belum lengkap.", file=sys.stderr)


def _places(hits: Sequence[Hit]) -> Iterator[str]:
    """Yield where in each case the answer stands, the words between brackets."""
    for hit in hits[:_PLACED]:
        for place in hit.places:
            text = "".join(f"[{part.text}]" if part.hit else part.text for part in place.parts)
            mark = "" if hit.exact else " (mungkin salah baca)"
            yield f"{hit.number}  {place.label}{mark}: {text}"


def due(options: Namespace) -> int:
    """Show what is late, what falls due, and whose it is."""
    root = ready_root(options)
    root.book.refresh()
    rows = falling_due(root.book.rows(), root.clock.now(), root.calendar, root.settings.office, options.days)
    if options.json:
        print(as_json([asdict(row) for row in rows]))
        return 0
    if not rows:
        print(f"Tidak ada yang terlambat atau jatuh tempo dalam {options.days} hari kerja.")
        return 0
    cells = [
        [
            row.register_number,
            moment(row.due_at),
            row.remaining,
            row.state,
            "; ".join(_whose(holder) for holder in row.holders) or "-",
        ]
        for row in rows
    ]
    print(table(cells, ["No. register", "Tenggat", "Sisa", "Keadaan", "Pada"], {3: 44, 4: 60}))
    late = sum(row.late for row in rows)
    print(f"\n{late} terlambat, {len(rows) - late} jatuh tempo dalam {options.days} hari kerja.")
    return 0


def status(options: Namespace) -> int:
    """Say where a complaint stands, as its complainant may know it."""
    root = ready_root(options)
    found = standing_of(options.code, root.status_codes, root.cabinet.case, root.sop_of)
    if options.json:
        print(as_json(asdict(found)))
        return 0
    for number, stage in enumerate(found.stages, start=1):
        print(f"{'>' if number == found.stage and not found.ended else ' '} {number}. {stage}")
    print(f"\n{found.words}\n{'' if found.ended else 'Selanjutnya: '}{found.outlook}")
    return 0


def _whose(holder: Holder) -> str:
    return ", ".join(part for part in (holder.title or holder.role, holder.name) if part)
