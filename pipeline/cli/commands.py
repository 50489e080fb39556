"""The commands: each calls one verb or one view and shows what it returns."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import closing
from dataclasses import asdict

from pipeline.cases.standing import standing_state
from pipeline.cli.inputs import answers_of, engines_when_asked, ready_root, system_account
from pipeline.cli.readers import note_reading
from pipeline.cli.running import watch
from pipeline.cli.show import as_book, as_json
from pipeline.reading.filed_reading import reading_view
from pipeline.register.case_view import readable
from pipeline.wiring import lay_out, lay_out_demo, office_in
from pipeline.work.ports import exit_code_of


def do(options: Namespace) -> int:
    """Make a move on a case."""
    from pipeline.cases.actor import Actor
    from pipeline.cases.decide import decide

    root = ready_root(options)
    number = root.pattern.read(options.number)
    by = Actor(options.role, system_account())
    typed = answers_of(options.set, options.form)
    with engines_when_asked(root) as engines:
        files, parts = [root.file(path) for path in options.file], root.decide_parts(*engines)
        case = decide(number, options.move, typed, by=by, parts=parts, files=files)
    root.wake()
    print(f"{number}: {options.move} dicatat. Keadaan: {standing_state(case, root.sop_of(case)).label}.")
    return 0


def read(options: Namespace) -> int:
    """Show what would be read from a scan; registers nothing."""
    root = office_in(options.root)
    note_reading(root, "read")
    with closing(root.reader()) as reader:
        view = reading_view(root.file(options.file), reader, root.clock.now())
    print(as_json(view) if options.json else "\n".join(readable(letter["fields"]) for letter in view["letters"]))
    return 0


def doctor(options: Namespace) -> int:
    """Check the installation; exit code 8 if something necessary is missing, 9 if only templates are at fault."""
    checks = office_in(options.root).examine()
    if options.json:
        print(as_json([asdict(c) for c in checks]))
    else:
        for check in checks:
            print(f"[{'awas' if check.caution else 'baik' if check.good else 'KURANG'}] {check.thing}: {check.fact}")
            if check.remedy and (check.caution or not check.good):
                print(f"         {check.remedy}")
    return exit_code_of(checks)


def init(options: Namespace) -> int:
    """Lay out a new office folder."""
    for line in lay_out(options.folder):
        print(line)
    return 0


def program_name() -> str:
    """Return the program as it was called, for a command that is told to be typed."""
    called = sys.argv[0]
    return os.path.relpath(called) if os.path.sep in called and not called.endswith(".py") else "yankomas"


def demo(options: Namespace) -> int:
    """Drop the sample letters into a folder of their own, work them off, show what became of them."""
    print(f"{len(lay_out_demo(options.folder))} surat contoh diletakkan di {options.folder / 'inbox'}\n")
    code = watch(Namespace(root=options.folder, once=True))
    root = office_in(options.folder)
    root.book.refresh()
    print("\n" + as_book(root.book.rows()) + "\n")
    for row in root.book.rows():
        print(root.folder_of(row.case_number))
    print("\nBuka berkas PDF di map data/ untuk melihat tanda terima dan lembar disposisi.")
    password, accounts = root.make_demo_accounts()
    print(f"\nAkun contoh, semuanya dengan kata sandi: {password}")
    for login, name, role in accounts:
        print(f"  {login:<5} {name}, {role}")
    print(f"\nMeja web: jalankan `{program_name()} --root {options.folder} run`, lalu buka {root.settings.web.url}/")
    return code
