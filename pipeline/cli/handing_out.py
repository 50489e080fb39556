"""Sheets for other systems at the terminal: what is new since the last one, and a note of what went out."""

from __future__ import annotations

import hashlib
from argparse import Namespace

from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.people import noted
from pipeline.cli.show import outside, printable, write_out
from pipeline.errors import NotAllowed, UsageFault
from pipeline.office.roles import ARCHIVIST, TAKES_IN


def serah(options: Namespace) -> int:
    """Write the sheet of what was not handed out to a system before, and note it."""
    from pipeline.register.handed_out import HandedOut, other_system

    root = ready_root(options)
    if options.role not in (able := (*root.office_roles.having(TAKES_IN), ARCHIVIST)):
        raise NotAllowed(f"Peran {options.role!r} tidak menyerahkan data.", f"Yang boleh: {', '.join(able)}.")
    if options.output.suffix.lower() != ".xlsx":
        raise UsageFault(f"{options.output.name!r} bukan nama berkas .xlsx.", "Tulis misalnya -o serah.xlsx.")
    system = other_system(options.system)
    outside(options.output, root)
    made = root.hand_out_sheet(system, again=options.every)
    if made.secret:
        print(f"{made.secret} tidak ikut karena perkaranya rahasia.")
    if not made.items:
        print(f"Tidak ada yang baru untuk {system.name}; yang pernah diserahkan: --semua.")
        return 0
    digest, by = hashlib.sha256(made.data).hexdigest(), f"{options.role}, {system_account()}"
    noted(root, "serah", f"{system.key}, {len(made.items)}, {digest[:16]}")
    write_out(options.output, made.data)
    root.handed_out.note(HandedOut(system.key, options.output.name, digest, made.items, by, root.clock.now()))
    what = "perkara" if system.of_cases else "surat"
    print(printable(f"{len(made.items)} {what} untuk {system.name} ditulis ke {options.output} dan dicatat."))
    if system.caution:
        print(f"Perhatian: {system.caution}")
    return 0
