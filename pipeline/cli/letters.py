"""The letters' commands: which letters the office has, where they stand and whose turn it is; what was sent."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.cases.case import Case
from pipeline.cases.key_labels import role_name
from pipeline.cases.letter_life import STATES, Act, Letter, letters
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.readers import note_reading
from pipeline.cli.show import as_json, moment, outside, printable, table, write_out
from pipeline.errors import UsageFault
from pipeline.office.wording import long_date
from pipeline.register.dispatch_files import DispatchRow
from pipeline.register.letter_lists import ACT_TITLES, LetterQuery, age, asked_letters, dispatches
from pipeline.register.letter_rows import letter_rows
from pipeline.register.summary.period import Period, period_of
from pipeline.wiring import Root


def surat(options: Namespace) -> int:
    """Show the office's letters, or the life of those of one case."""
    root = ready_root(options)
    if options.number:
        return _of_case(root, options)
    if options.state and options.state not in STATES:
        raise UsageFault(f"Keadaan {options.state!r} tidak dikenal.", f"Pilih {', '.join(STATES)}.")
    note_reading(root, "surat")
    root.book.refresh()
    found = asked_letters(LetterQuery(options.state, waiting=not (options.every or options.state)), root.book.rows())
    if options.json:
        print(as_json([{"case": one.case.number, **asdict(one.letter)} for one in found]))
        return 0
    if not found:
        print("Tidak ada surat yang menunggu." if not (options.every or options.state) else "Tidak ada surat.")
        return 0
    now = root.clock.now()
    cells = [
        [
            one.letter.title,
            one.letter.number or "-",
            one.case.register_number,
            one.letter.state,
            age(one.letter, now),
            f"{ACT_TITLES[one.letter.act]}: {', '.join(map(role_name, one.letter.roles))}" if one.waits else "-",
        ]
        for one in found
    ]
    print(table(cells, ["Naskah", "Nomor", "Perkara", "Keadaan", "Sejak", "Giliran"], {0: 40, 5: 50}))
    print(f"\n{len(found)} surat.")
    return 0


def _of_case(root: Root, options: Namespace) -> int:
    case = root.cabinet.case(root.pattern.read(options.number))
    note_reading(root, "surat", case=str(case.number))
    sop = root.sop_of(case)
    if options.json:
        print(as_json([{"case": str(case.number), **asdict(row)} for row in letter_rows(case, sop)]))
        return 0
    found = letters(case, sop)
    if not found:
        print(f"Perkara {case.number} belum mempunyai surat.")
    for letter in found:
        number = f", nomor {letter.number}" if letter.number else ""
        print(printable(f"{letter.title} versi {letter.version}{number}: {letter.state}"))
        print(f"  dalam gerak: naskah={letter.template}")
        for line in (*_life(letter), *_files(case, letter)):
            print(printable(f"  {line}"))
        if letter.turn:
            print(f"  giliran: {ACT_TITLES[letter.turn.act]}, {' atau '.join(map(role_name, letter.turn.roles))}")
    return 0


def _life(letter: Letter) -> Iterator[str]:
    """Yield what was done to a letter, a line each."""
    yield f"{moment(letter.drafted_at.isoformat())}  dikonsep"
    done = (
        *((by, _voided(by, letter)) for by in letter.voided),
        *((by, f"diparaf {role_name(by.role)} (versi {by.version})") for by in letter.initials),
        (letter.returned, "dikembalikan"),
        (letter.signed, "dicatat bertanda tangan"),
        (letter.sent, "dikirim"),
        (letter.received, "diterima"),
        (letter.decided, "diputuskan"),
        (letter.waived, "tanda terima tidak diperoleh"),
        (letter.cancelled, "dibatalkan"),
    )
    for by, words in done:
        if by is not None:
            yield f"{moment(by.at.isoformat())}  {words}{_by(by)}"


def _voided(by: Act, letter: Letter) -> str:
    """Return whose initials count no more, and by which command what they were put to is compared with the newest."""
    said = f"paraf {role_name(by.role)} atas versi {by.version}, gugur"
    if by.version == letter.version:
        return said
    return f"{said}; bedanya: yankomas sunting NOMOR {letter.template} --beda {by.version} {letter.version}"


def _files(case: Case, letter: Letter) -> Iterator[str]:
    """Yield the files that were filed as the signed letter, and what is known of each."""
    for signed in case.signatures:
        if signed.template == letter.template:
            brought = f", {' '.join(signed.brought)}" if signed.delivered_by else ""
            yield f"berkas {signed.documents[0]}{brought}: {signed.words}"


def _by(by: Act) -> str:
    who = by.who.words(role_name(by.role)) if by.login else ""
    why = str(by.answers.get("alasan") or "")
    return (f" ({who})" if who else "") + (f": {why}" if why else "")


def ekspedisi(options: Namespace) -> int:
    """Show the dispatch book of a period, or write it as PDF or spreadsheet."""
    output: Path | None = options.output
    kind = output.suffix.lower().removeprefix(".") if output else ""
    if output and kind not in ("pdf", "xlsx"):
        raise UsageFault(f"{output.name!r} bukan nama berkas .pdf atau .xlsx.", "Tulis misalnya -o ekspedisi.pdf.")
    root = ready_root(options)
    note_reading(root, "ekspedisi")
    root.book.refresh()
    period = period_of(options.year, options.quarter, options.month, root.clock.now().date())
    rows = dispatches(root.book.rows(), period.first, period.last)
    if output:
        outside(output, root)
        files = root.dispatch_files()
        write_out(output, (files.pdf if kind == "pdf" else files.xlsx)(rows, period.label))
        print(f"Buku ekspedisi {period.label} ditulis ke {output}: {len(rows)} surat.")
        return 0
    return _shown(rows, period)


def _shown(rows: Sequence[DispatchRow], period: Period) -> int:
    if not rows:
        print(f"Tidak ada surat yang dikirim: {period.label}.")
        return 0
    cells = [
        [
            long_date(row.sent_on),
            row.number,
            row.recipient,
            row.means,
            row.sent_by,
            f"{long_date(row.received_on)}, {row.received_by}" if row.received_on else "-",
        ]
        for row in rows
    ]
    print(table(cells, ["Dikirim", "Nomor", "Kepada", "Cara", "Oleh", "Diterima"], {2: 56, 4: 30, 5: 40}))
    print(f"\n{len(rows)} surat, {period.label}.")
    return 0


def bertanda_tangan(options: Namespace) -> int:
    """Dispute, confirm or withdraw a file that was filed as a signed letter."""
    from pipeline.cases.actor import Actor
    from pipeline.cases.objections import ALL, object_to

    root = ready_root(options)
    number, what = root.pattern.read(options.number), ALL[options.saying]
    parts, by = root.decide_parts(root.reader, root.validator), Actor(options.role, system_account())
    case = object_to(number, options.name, what, options.reason, by=by, parts=parts)
    signed = next(s for s in reversed(case.signatures) if options.name in (s.template, *s.documents))
    print(printable(f"{number}: {what.label.lower()} dicatat. {signed.documents[0]}: {signed.words}."))
    return 0
