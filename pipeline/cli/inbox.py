"""``yankomas inbox``: what became of every file that was ever dropped."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cases.actor import Actor
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.readers import note_reading
from pipeline.cli.show import as_json, moment, printable, table
from pipeline.errors import SettingsFault
from pipeline.intake.account import LABELS, State
from pipeline.intake.inbox_entry import InboxEntry
from pipeline.intake.inbox_view import AskedFor, InboxView
from pipeline.work.processes import LABELS as LABELS_OF_PARTS
from pipeline.work.processes import Part, told_of


def show(options: Namespace) -> int:
    """Show the account."""
    root = ready_root(options)
    note_reading(root, "inbox")  # files are often called as people are
    view = root.inbox_view(AskedFor.ALL if options.all else None, whole=options.all)
    if options.json:
        print(as_json(view.as_data()))
        return 0
    print(account_lines(view))
    for why, sheets in root.waiting_sheets.items():
        print(printable(f"{sheets} lembar menunggu templatnya dibetulkan. {why}"))
    for part in Part:
        print(printable(f"{LABELS_OF_PARTS[part]}: {told_of(root.processes.state(part))}"))
    return 0


def retry(options: Namespace) -> int:
    """Move refused files back into the inbox."""
    mailroom, by = ready_root(options).mailroom(), Actor("", system_account())
    names = mailroom.retry_all(by) if options.every else [mailroom.retry(options.name, by)]
    for name in names:
        print(printable(f"{name}: kembali di kotak masuk, dicoba lagi."))
    if not names:
        print("Tidak ada berkas yang ditolak.")
    return 0


def register(options: Namespace) -> int:
    """Have a file that was set aside taken as a new complaint."""
    path = ready_root(options).mailroom().register(options.name, Actor("", system_account()))
    print(printable(f"{options.name}: menunggu di {path}, didaftarkan sebagai aduan baru oleh `yankomas run`."))
    return 0


def fetch_mail(options: Namespace) -> int:
    """Empty the office's mailbox into the inbox now."""
    if (mailbox := ready_root(options).mailbox) is None:
        raise SettingsFault("Kantor ini tidak mengambil surel.", "Isi [kotak_surel] di office.toml.")
    visited = mailbox.look()
    print(f"{visited.fetched} surel masuk ke kotak masuk, {visited.settled} surel selesai.")
    if visited.too_large:
        print(f"{visited.too_large} surel terlalu besar; tetap di kotak surel.")
    return 0


def set_aside(options: Namespace) -> int:
    """Set a waiting file aside."""
    place = ready_root(options).mailroom().set_aside(options.name, options.reason, system_account())
    print(printable(f"{options.name}: disisihkan ke {place}."))
    return 0


def hand_over(options: Namespace) -> int:
    """Have a file attached to a case."""
    root = ready_root(options)
    number = root.pattern.read(options.number)
    path = root.mailroom().attach(options.name, number, Actor("", system_account()))
    print(printable(f"{options.name}: menunggu di {path}, dilampirkan pada {number} oleh `yankomas run`."))
    return 0


def account_lines(view: InboxView) -> str:
    """Return the account as lines for people."""
    lines = [printable(view.fault), ""] if view.fault else []
    cells = [[e.path or e.name, moment(e.since.isoformat()), e.label, _told(e)] for e in view.entries]
    if cells:
        lines += [table(cells, ["Berkas", "Sejak", "Keadaan", "Keterangan"], {0: 40, 3: 90}), ""]
    counts = view.totals
    words = ", ".join(f"{getattr(counts, state.value)} {LABELS[state]}" for state in State)
    lines.append(f"{counts.all_in} berkas: {words}.")
    if counts.left_alone:
        lines.append(f"Di antara yang menunggu, {counts.left_alone} bukan surat dan dibiarkan di tempatnya.")
    if view.last_number:
        lines.append(f"Nomor terakhir: {view.last_number}")
    return "\n".join(lines)


def _told(entry: InboxEntry) -> str:
    progress = entry.progress
    how_far = f" ({progress.words} {progress.done}/{progress.of})" if progress and progress.of else ""
    return "; ".join(filter(None, (entry.detail + how_far, entry.brought)))
