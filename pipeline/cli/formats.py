"""``yankomas format``: which formats the archive holds, what checks found of them, at which files one should look."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from pipeline.cli.inputs import ready_root
from pipeline.cli.show import Progress, as_json, table

#: So many files are named on the terminal; JSON has them all.
_NAMED, _ALL = 40, 1_000_000


def held(options: Namespace) -> int:
    """Show the formats held."""
    registry = ready_root(options).format_registry
    registry.refresh(Progress("Mendata format"))
    counts, concerns = registry.held(), registry.concerns(_ALL if options.json else _NAMED + 1)
    if options.json:
        files = [{**asdict(file), "number": str(file.number), "concern": file.concern} for file in concerns]
        print(as_json({"formats": [asdict(one) for one in counts], "concerns": files}))
        return 0
    rows = [
        (
            str(one.files),
            one.format.name,
            one.format.version or "-",
            one.format.puid or "tidak dipastikan",
            f"{one.sound} baik, {one.faulty} tidak" if one.sound or one.faulty else "-",
            str(one.signed or "-"),
        )
        for one in counts
    ]
    print(table(rows, ("Berkas", "Format", "Versi", "PUID", "PDF/A-2b", "Bertanda tangan"), {}))
    print("PUID: pengenal PRONOM, The National Archives (https://www.nationalarchives.gov.uk/PRONOM/).")
    for file in concerns[:_NAMED]:
        print(f"Perlu dilihat: {file.number} {file.name}: {file.concern}")
    if len(concerns) > _NAMED:
        print(f"{_NAMED} yang pertama; semuanya: `yankomas format --json`.")
    return 0
