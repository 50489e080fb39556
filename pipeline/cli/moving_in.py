"""Moving in at the terminal: an old register is looked at, and taken over once a person says so."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.people import noted
from pipeline.cli.show import Progress, outside, printable, printable_lines, table, write_out
from pipeline.errors import Incomplete, UsageFault
from pipeline.register.old_registers import count, told

if TYPE_CHECKING:
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.ports import Blob
    from pipeline.moving_in.choices import Choices, Doubt
    from pipeline.moving_in.columns import Column
    from pipeline.moving_in.old_book import OldBook
    from pipeline.moving_in.old_scans import OldScan
    from pipeline.moving_in.plan import Plan
    from pipeline.wiring import Root

_SHOWN = 40  # doubts that are shown on a screen
_ROLES = ("arsiparis", "admin")


def impor(options: Namespace) -> int:
    """Look at an old register and old scans, or take them over; exit code 13 if something must be settled before."""
    root = ready_root(options)
    if options.book is None and options.scans is None:
        raise UsageFault("Tidak ada yang diimpor.", "Sebut bukunya, atau --pindaian FOLDER.")
    if options.role not in _ROLES:
        raise UsageFault(f"Peran {options.role!r} tidak mengambil alih buku lama.", f"Yang boleh: {', '.join(_ROLES)}.")
    root.import_parts()
    code = _book(options, root) if options.book else 0
    if options.scans and code == 0:
        code = _scans(options, root)
    if options.carry_out:
        root.wake()
    return code


def _book(options: Namespace, root: Root) -> int:
    from pipeline.moving_in.import_book import look_at

    blob = root.file(options.book)
    book, choices = root.old_books().read(blob), _choices(options)
    if options.carry_out and not options.doubts:
        return _take_over(options, root, blob, book, choices)
    found = look_at(book, choices, root.import_parts())
    if options.doubts:
        outside(options.doubts, root)
        write_out(options.doubts, _as_csv(found.doubts))
    if options.carry_out:
        return _take_over(options, root, blob, book, choices)
    print("\n".join(printable_lines(report(book, found, choices))))
    return Incomplete.exit_code if found.refused and not choices.leaves_out else 0


def _take_over(options: Namespace, root: Root, blob: Blob, book: OldBook, choices: Choices) -> int:
    from pipeline.cases.actor import Actor
    from pipeline.moving_in.import_book import import_book

    by, parts = Actor(options.role, options.login or system_account()), root.import_parts()
    if not options.login:  # the desk noted it for who asked there
        noted(root, "impor", f"{book.name}, {book.sha256[:16]}")
    done = import_book(blob, book, choices, by=by, parts=parts, progress=Progress("Mengambil alih perkara"))
    print(f"{done.taken} perkara diambil alih dari {printable(book.name)}; {done.same} sudah ada sebelumnya.")
    return 0


def _choices(options: Namespace) -> Choices:
    from pipeline.moving_in.choices import Choices
    from pipeline.register.register_numbers import RegisterPattern

    return Choices(
        sheet=options.sheet,
        heading_row=options.heading_row,
        columns=mapped_columns(options.columns),
        year=options.year,
        pattern=RegisterPattern(options.pattern) if options.pattern else None,
        state=options.state,
        goes_on=options.goes_on,
        leaves_out=options.leaves_out,
    )


def mapped_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Return which column a person says each field is, as it was typed (``nomor=C``).

    Raises:
        UsageFault: one of them cannot be read.
    """
    columns = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise UsageFault(f"--kolom {pair!r} tidak dapat dibaca.", "Tulis misalnya --kolom nomor=C.")
        columns[name.strip()] = value.strip()
    return columns


def doubts_told(doubts: Sequence[Doubt]) -> Iterator[str]:
    """Yield doubts as people read them, those that refuse a row first."""
    yield from _doubts("Ditolak", [doubt for doubt in doubts if doubt.refuses])
    yield from _doubts("Diragukan, tetapi dapat diambil", [doubt for doubt in doubts if not doubt.refuses])


def report(book: OldBook, found: Plan, choices: Choices) -> Iterator[str]:
    """Yield what would be taken over of a book, as people read it."""
    shown: Sequence[Column] = ()
    for sheet in found.sheets:
        name = f"lembar {sheet.name!r}" if sheet.name else book.name
        yield f"{name}: judul di baris {sheet.headings.row}, {sheet.rows} baris di bawahnya"
        if sheet.headings.columns != shown:  # the sheets of many years mostly have the same
            shown = sheet.headings.columns
            cells = [[c.letters, c.heading, c.field or "(disimpan dan dicari saja)"] for c in shown]
            yield f"{table(cells, ['Kolom', 'Judul di buku', 'Isian'], {1: 40})}\n"
    yield ""
    if found.years:
        cells = [
            [str(y.year), str(y.count), f"{y.first}-{y.last}", str(count(y.gaps)), told(y.gaps, 8)] for y in found.years
        ]
        yield table(cells, ["Tahun", "Perkara", "Nomor", "Celah", "Nomor yang tidak ada di buku lama"], {4: 60})
        yield ""
    for year in found.years:
        if year.raises:
            yield f"Surat baru tahun {year.year} akan bernomor {year.raises + 1} dan seterusnya."
    new = len(found.rows)
    stands = f"{found.ended} selesai, {new - found.ended} berjalan"
    yield f"{new} perkara akan diambil alih ({stands}); {found.same} sudah ada."
    yield from _doubts("Ditolak", found.refused)
    yield from _doubts("Diragukan, tetapi dapat diambil alih", found.rest)
    yield ""
    if found.refused and not choices.leaves_out:
        yield "Belum dapat diambil alih: bereskan yang ditolak, atau lewati dengan --lewati."
    elif new:
        yield "Tidak ada yang ditulis. Bila sudah benar, ulangi perintah yang sama dengan --laksanakan."


def _doubts(title: str, doubts: Sequence[Doubt]) -> Iterator[str]:
    if doubts:
        yield f"\n{title} ({len(doubts)}):"
        yield from (f"  {doubt}" for doubt in doubts[:_SHOWN])
        if len(doubts) > _SHOWN:
            yield f"  … dan {len(doubts) - _SHOWN} lagi; semuanya: --keraguan BERKAS.csv"


def _as_csv(doubts: Iterable[Doubt]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Lembar", "Baris", "Kolom", "Ditolak", "Keraguan", "Obat"])
    for doubt in doubts:
        place = doubt.place
        refused = "ya" if doubt.refuses else ""
        cells = [place.sheet, place.row or "", place.letters, refused, doubt.fact, doubt.remedy]
        writer.writerow([f"'{cell}" if str(cell)[:1] in "=+-@" and str(cell) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _scans(options: Namespace, root: Root) -> int:
    from pipeline.cases.actor import Actor
    from pipeline.moving_in.old_scans import file_scans, matched

    folder = options.scans
    if not (names := sorted(_files(folder))):
        raise UsageFault(f"Folder {folder} tidak berisi berkas, atau tidak ada.", "Periksa nama foldernya.")
    scans = matched(names, _table(options, root))
    if not options.carry_out:
        print(f"{len(scans)} pindaian, {sum(1 for scan in scans if scan.number)} di antaranya menyebut perkaranya.")
        _tell(scans)
        return 0
    with closing(root.reader()) as reader, closing(root.validator()) as validator:
        parts = root.decide_parts(lambda: reader, lambda: validator)
        progress, by = Progress("Menyimpan pindaian"), Actor(options.role, options.login or system_account())
        done = file_scans(scans, lambda name: root.file(folder / name), reader, by, parts, progress)
    print(f"{done.filed} pindaian disimpan pada perkaranya; {done.same} sudah ada; {len(done.left)} tidak disimpan.")
    _tell(done.left)
    return 0


def _table(options: Namespace, root: Root) -> dict[str, list[CaseNumber]]:
    """Return which cases the book says that files are for, if there is a book."""
    from pipeline.moving_in.import_book import files_of
    from pipeline.moving_in.old_scans import by_file

    if options.book is None:
        return {}
    book = root.old_books().read(root.file(options.book))
    return by_file(files_of(book, _choices(options), root.import_parts()))


def _tell(scans: Iterable[OldScan]) -> None:
    for scan in scans:
        if scan.why:
            print(printable(f"  {scan.name}: {scan.why}"))


def _files(folder: Path) -> Iterator[str]:
    """Yield the files below a folder, hidden ones and links left out."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in inside.parts):
            yield inside.as_posix()
