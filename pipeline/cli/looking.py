"""Looking at one case: ``yankomas case`` and ``moves``. They load what they show, and nothing else."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipeline.cases.key_labels import role_name
from pipeline.cli.readers import note_case, note_reading
from pipeline.cli.show import as_json, moment, printable_lines
from pipeline.wiring import office_in

if TYPE_CHECKING:
    from pipeline.cases.timeline import Happening

#: Before what belongs to the line above.
_BELOW = " " * 20
#: Behind a document that was made before pages of its scan became another case.
_SHARED = ", juga halaman perkara lain"


def case(options: Namespace) -> int:
    """Show one case."""
    from pipeline.cases.called_sheets import kept_sheets
    from pipeline.cases.timeline import timeline
    from pipeline.register.case_view import answers_readable, case_view, judged, readable

    root = office_in(options.root, looking=True)
    looked_at = root.case(root.pattern.read(options.number))
    note_case(root, "case", looked_at, options)
    sop, folder = root.sop_of(looked_at), root.folder_of(looked_at.number)
    held_up = root.held_up(looked_at.number)
    view = case_view(looked_at, sop, root.calendar, root.resembling(looked_at), folder, held_up=held_up)
    outdated = root.outdated_places(looked_at) if kept_sheets(looked_at, sop) else ()
    if options.json:
        print(as_json({**asdict(view), "outdated": [asdict(place) for place in outdated]}))
        return 0
    labels = {field.name: field.label for field in sop.register}
    lines = [
        f"Perkara {view.number}  ({view.register_number})",
        f"Diterima  {moment(view.received_at)}",
        f"Langkah   {view.step} - {view.activity}",
        f"Keadaan   {view.state}, tenggat {moment(view.due_at)}",
        f"Map       {view.folder}",
        "",
        answers_readable(view.fields, labels) if looked_at.number.series else readable(view.fields, labels),
        "",
        *(["Perhatian", *(f"  - {warning}" for warning in view.warnings), ""] if view.warnings else ()),
        *(["Usul perubahan naskah", *(f"  - {place}" for place in outdated), ""] if outdated else ()),
        *(
            ["Tanda tangan elektronik", *(f"  - {said}" for said in signed), ""]
            if (signed := judged(looked_at))
            else ()
        ),
        "Berkas",
        *(
            f"  {d.step}  {d.name}  ({d.bytes:,} byte)".replace(",", ".") + _SHARED * (d.name in looked_at.shared)
            for d in view.documents
        ),
        "",
        "Riwayat",
        *(line for happening in timeline(looked_at, sop) for line in _happened(happening)),
    ]
    print("\n".join(printable_lines(lines)))
    return 0


def _happened(happening: Happening) -> Iterator[str]:
    """Yield what happened, and below it who acted in whose place and what was written."""
    yield f"  {moment(happening.at.isoformat())}  {happening.title}"
    if not happening.machine:
        yield f"{_BELOW}{happening.by.words(role_name(happening.role))}"
    for label, words in happening.words:
        yield f"{_BELOW}{label}: {words.replace(chr(10), '; ')}"


def moves(options: Namespace) -> int:
    """Show which moves are open for a case, to whom, and what they ask."""
    from pipeline.cases.forms import moves_view

    root = office_in(options.root, looking=True)
    case = root.case(root.pattern.read(options.number))
    note_reading(root, "moves", case=str(case.number))
    if options.json:
        offered = root.drafting_help.of(case, root.clock.now().date())
        print(as_json([asdict(move) for move in moves_view(case, root.sop_of(case), offered)]))
        return 0
    for move in moves_view(case, root.sop_of(case)):
        needs = [f.name + ("*" if f.required else "") for f in move.fields]
        needs += [f"{name}*" for name in move.required if name not in {f.name for f in move.fields}]
        needs += ["isian register"] * move.register + [f"--file ({move.file})"] * bool(move.file)
        print(f"{move.key:<20} {move.label}  [{', '.join(move.roles)}]")
        if needs:
            print(f"{'':<20}   {', '.join(needs)}")
    return 0
