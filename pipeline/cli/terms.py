"""What was kept for its term, at the terminal: show it, close a year of the access log, clear a locked account."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from pipeline.access.accounts import TERMINAL, loggable
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.show import as_json, printable_lines
from pipeline.privacy.matters import By
from pipeline.privacy.terms import clear_account, close_year, said


def terms(options: Namespace) -> int:
    """Show what may go, or let it go."""
    root = ready_root(options)
    found, by, now = root.due_removals(), By(f"{TERMINAL}: {system_account()}", "admin"), root.clock.now()
    if options.json:
        print(as_json(asdict(found)))
    elif options.year:
        close_year(found, options.year, options.reason, by, now, root.removals, root.settings.terms)
        print(f"Catatan akses {options.year} ditutup; ringkasan dan sidiknya tetap disimpan.")
    elif options.login:
        root.access_log.append(now, TERMINAL, "masa-simpan", {"admin"}, about=loggable(options.login))
        root.access_log.flush()
        clear_account(found, options.login, options.reason, by, now, root.removals)
        print(f"Data orang dari akun {options.login} dihapus; nama masuknya tetap.")
    else:
        print("\n".join(printable_lines(said(found))))
    return 0
