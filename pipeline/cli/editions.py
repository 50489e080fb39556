"""``yankomas edisi-sop``: the editions of the SOP listed, copied out, looked through, installed, withdrawn."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from pipeline.access.accounts import TERMINAL
from pipeline.access.grant_parts import GrantParts
from pipeline.cases.answers import read_day
from pipeline.cases.own_editions import OwnEdition, Texts
from pipeline.cases.sop import Sop, in_force
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.cli.inputs import ready_root
from pipeline.cli.people import noted
from pipeline.cli.show import as_json, outside, printable_lines, table
from pipeline.errors import NotFound, UsageFault
from pipeline.office.wording import long_date
from pipeline.wiring import Root
from pipeline.work.own_sop import SopParts, looked_through, newest, put_in_force, withdraw


def listing(options: Namespace) -> int:
    """Show every edition, and whether new cases follow it."""
    root = ready_root(options)
    parts, today = _sop_parts(root, options), root.clock.now().date()
    now, own = in_force(parts.known, today), parts.editions.listed()
    rows = [_row(sop, now, today) for sop in parts.known if not sop.own]
    rows += [_own_row(one, now, today) for one in own]
    if options.json:
        print(as_json(rows))
        return 0
    cells = [[str(row["key"]), str(row["since"]), str(row["from"]), str(row["state"])] for row in rows]
    print(table(cells, ["Edisi", "Mulai", "Dari", "Keadaan"], {}))
    for one in own:
        print("\n".join(printable_lines(f"{one.key}: {fault}" for fault in one.faults)), end="\n" if one.faults else "")
    return 0


def copy(options: Namespace) -> int:
    """Write an edition's files into a new folder."""
    root = ready_root(options)
    key = options.edition or newest(_sop_parts(root, options)).key
    texts = root.edition_texts(key)
    folder: Path = options.folder
    outside(folder, root)
    try:
        folder.mkdir(parents=True)
    except FileExistsError as fault:
        raise UsageFault(f"{folder} sudah ada.", "Sebut folder yang belum ada.") from fault
    for name, text in sorted(texts.items()):
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Edisi {key} disalin ke {folder}: {len(texts)} berkas. Ubah, lalu: yankomas edisi-sop periksa {folder}")
    return 0


def check(options: Namespace) -> int:
    """Look an edition through, and say what it would change; exit code 3 if it cannot be used."""
    root = ready_root(options)
    day = _day(options.since) if options.since else root.clock.now().date() + timedelta(days=1)
    try:
        plan = looked_through(_sent(root, options.source), day, _sop_parts(root, options))
    except UnfitEdition as fault:
        lines = [as_json({"faults": list(fault.said)})] if options.json else list(fault.said)
        print("\n".join(lines if options.json else printable_lines(lines)))
        return UnfitEdition.exit_code
    if options.json:
        changes = [asdict(one) for one in plan.differences]
        print(as_json({"faults": [], "replaces": plan.before.key, "changes": changes, "warnings": plan.warnings}))
        return 0
    print(f"Edisi ini dapat dipakai. Mulai {long_date(day)} ia menggantikan edisi {plan.before.key}.")
    said = [f"{'[wewenang] ' if one.power else ''}{one.words}" for one in plan.differences] or ["Tidak ada bedanya."]
    print("\n".join(printable_lines([*said, *(f"[awas] {warning}" for warning in plan.warnings)])))
    return 0


def install(options: Namespace) -> int:
    """Install an edition from a day on, or ask at the desk for a second person."""
    root = ready_root(options)
    day = _day(options.since)
    parts, grants = _sop_parts(root, options), _grants(root)
    try:
        made = put_in_force(
            _sent(root, options.source), day, options.why.strip(), by=TERMINAL, parts=parts, grants=grants
        )
    except UnfitEdition as fault:
        print("\n".join(printable_lines(fault.said)))
        raise
    if made.waits:
        print("Edisi itu mengubah siapa berwenang apa: menunggu pengesahan di meja web (halaman Pengesahan).")
    else:
        print(f"Edisi dipasang; perkara yang terdaftar sejak {long_date(day)} mengikutinya, yang lain tetap.")
    return 0


def take_back(options: Namespace) -> int:
    """Withdraw an edition before its day."""
    root, day = ready_root(options), _day(options.since)
    withdraw(day, options.why.strip(), by=TERMINAL, parts=_sop_parts(root, options), grants=_grants(root))
    print(f"Edisi yang akan mulai {long_date(day)} ditarik; berkasnya tetap di archive/.sop.")
    return 0


def _own_row(one: OwnEdition, now: Sop, today: date) -> dict[str, object]:
    state = f"tidak dapat dipakai: {len(one.faults)} temuan" if one.faults else _state(one.key, one.day, now, today)
    said = f"{state}; berkas di folder lain dari yang dicatat" if one.differs and not one.faults else state
    return {"key": one.key, "since": one.day.isoformat(), "from": "kantor", "state": said, "faults": one.faults}


def _row(sop: Sop, now: Sop, today: date) -> dict[str, object]:
    state = _state(sop.key, sop.effective, now, today)
    if now.own and sop.effective > now.effective:
        state = "tidak dipakai: edisi kantor berlaku"
    return {"key": sop.key, "since": sop.effective.isoformat(), "from": "program", "state": state, "faults": ()}


def _state(key: str, day: date, now: Sop, today: date) -> str:
    return "berlaku" if key == now.key else "menunggu harinya" if day > today else "digantikan"


def _sent(root: Root, source: Path) -> Texts:
    """Return the files of a folder or ZIP.

    Raises:
        NotFound: there is neither.
        UnfitEdition: a file cannot be read.
        Refused: the ZIP is none.
    """
    if source.is_dir():
        texts, faults = root.edition_in(source)
        if faults or not texts:
            raise UnfitEdition(source.name, faults or ["folder ini tidak berisi berkas .toml"])
        return texts
    if not source.is_file():
        raise NotFound(f"{source} tidak ada.", "Sebut folder berisi berkas .toml, atau .zip.")
    return root.unzipped_edition(root.file(source))


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as fault:
        raise UsageFault(f"{text!r} bukan tanggal.", f"{fault}".capitalize() + ".") from None


def _sop_parts(root: Root, options: Namespace) -> SopParts:
    now, service = root.clock.now(), options.service
    return root.sop_parts(lambda: _grants(root).staff, now, lambda about: noted(root, "edisi-sop", about), service)


def _grants(root: Root) -> GrantParts:
    officials, of = root.settings.office.appointed, root.office_roles
    return GrantParts(root.people, officials, root.clock.now(), lambda about: noted(root, "edisi-sop", about), of)
