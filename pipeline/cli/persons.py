"""The survey, requests about personal data, and breaches, at the terminal."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.access.accounts import TERMINAL
from pipeline.access.rights import Right, holders, may
from pipeline.cli.inputs import answers_of, ready_root, system_account
from pipeline.cli.readers import note_reading
from pipeline.cli.show import as_json, outside, printable_lines, table, write_out
from pipeline.errors import NotAllowed, UsageFault
from pipeline.privacy import breaches as failing
from pipeline.privacy import requests as asking
from pipeline.privacy.law import privacy_law
from pipeline.privacy.matters import By
from pipeline.survey.index import Result, result
from pipeline.survey.questionnaire import answer_of
from pipeline.survey.tally import Semester, semester_of
from pipeline.wiring import Root


def ikm(options: Namespace) -> int:
    """Show a semester's index, or write its report."""
    root = ready_root(options)
    today = semester_of(root.clock.now().date())
    semester = Semester(options.year or today.year, options.half or (today.half if not options.year else 2))
    found = result(semester, root.survey.batches())
    if options.json:
        print(as_json(asdict(found)))
    elif options.xlsx or options.csv:
        _report(root, found, options.xlsx or options.csv, csv=bool(options.csv))
    else:
        print("\n".join(printable_lines(_as_lines(found))))
    return 0


def _report(root: Root, found: Result, output: Path, *, csv: bool) -> None:
    from pipeline.survey.report_files import csv_file, workbook_file

    outside(output, root)
    write_out(output, csv_file(found) if csv else workbook_file(found, root.workbook))
    print(f"Ditulis ke {output}.")


def _as_lines(found: Result) -> list[str]:
    if found.index is None or found.grade is None:
        return [f"{found.semester.label}: belum cukup jawaban untuk indeks."]
    head = f"{found.semester.label}: IKM {found.index} ({found.grade.letter}, {found.grade.performance.lower()}),"
    cells = [[one.element.name, f"{one.mean}", f"{one.converted}", one.grade.letter] for one in found.elements]
    return [f"{head} {found.count} responden", "", table(cells, ["Unsur", "Rata-rata", "Konversi", "Mutu"], {})]


def survey_form(options: Namespace) -> int:
    """Write the survey's form on paper."""
    from pipeline.letters.sheets import survey_form as form
    from pipeline.letters.sheets.texts import SURVEY

    root = ready_root(options)
    _paper(root, options.output, SURVEY, form.values(root.clock.now().date(), root.settings.office))
    return 0


def _paper(root: Root, output: Path, template: str, values: dict[str, Any]) -> None:
    outside(output, root)
    write_out(output, root.office_papers.made(template, values, output.suffix.lstrip(".").lower()))
    print(f"Ditulis ke {output}.")


def survey_paper(options: Namespace) -> int:
    """Take in an answer that was ticked on paper."""
    root = ready_root(options)
    given = answer_of(answers_of(options.set, options.form))
    note_reading(root, "ikm kertas")
    root.survey.drop_paper(given, root.clock.now().date())
    print("Satu lembar survei tercatat.")
    return 0


def requests_(options: Namespace) -> int:
    """Show the register of requests."""
    root = ready_root(options)
    note_reading(root, "data-pribadi")
    now, found = root.clock.now(), asking.requests(root.person_requests.lines())
    if options.json:
        print(as_json([_as_json(request, now) for request in found.values()]))
        return 0
    cells = [
        [f"{r.number}", r.name, privacy_law().right(r.right).name, r.state, r.clock.left(now)] for r in found.values()
    ]
    print(
        table(cells, ["No.", "Pemohon", "Diminta", "Keadaan", "Sisa waktu"], {1: 40})
        if cells
        else "Belum ada permintaan."
    )
    return 0


def _as_json(one: asking.PersonRequest | failing.Breach, now: datetime) -> dict[str, Any]:
    return {**asdict(one), "state": one.state, "due": one.clock.due, "late": one.clock.late(now)}


def receive_(options: Namespace) -> int:
    """Enter a request."""
    root, by = _acting(options, Right.PERSONAL_DATA)
    typed = _typed(options)
    made = asking.receive(root.person_requests, typed, by, root.clock.now())
    print(f"Permintaan nomor {made.number} tercatat; batas jawaban {made.clock.due:%d-%m-%Y %H.%M}.")
    return 0


def identify_(options: Namespace) -> int:
    """Note how it was seen who asks."""
    root, by = _acting(options, Right.PERSONAL_DATA)
    made = asking.identify(root.person_requests, options.matter, options.how, by, root.clock.now())
    return _said(made)


def cases_(options: Namespace) -> int:
    """Show the cases that may be the person's, or note which are."""
    root, by = _acting(options, Right.PERSONAL_DATA)
    root.book.refresh()
    request = asking.request_of(root.person_requests, options.matter)
    found = root.candidates(request, {by.role})
    if options.own is None:
        cells = [[c.row.number, c.row.register_number, ", ".join(c.places), "ya" if c.by_nik else ""] for c in found]
        print(
            table(cells, ["Perkara", "No. register", "Sebagai", "NIK sama"], {}) if cells else "Tidak ada perkaranya."
        )
        return 0
    own = [str(root.pattern.read(text)) for text in options.own]
    if strange := sorted(set(own) - {c.row.number for c in found}):
        raise UsageFault(f"Perkara {strange[0]} tidak menyebut pemohon ini.", "Lihat daftarnya tanpa --milik.")
    return _said(asking.choose_cases(root.person_requests, options.matter, own, by, root.clock.now()))


def person_file_(options: Namespace) -> int:
    """Write all that is kept of the person into one file."""
    root, by = _acting(options, Right.PERSONAL_DATA)
    outside(options.output, root)
    now, request = root.clock.now(), asking.request_of(root.person_requests, options.matter)
    asking.require_exportable(request)
    reason = f"Permintaan data pribadi nomor {request.number}"
    for number in request.cases:
        note_reading(root, "data-pribadi", case=number, role=by.role, reason=reason)
    made, sha256 = root.person_file(request, {by.role}, now)
    asking.note_export(root.person_requests, request.number, sha256, by, now)
    write_out(options.output, made)
    print(f"Ditulis ke {options.output}.")
    return 0


def answer_(options: Namespace) -> int:
    """Note the answer."""
    root, by = _acting(options, Right.PERSONAL_DATA)
    return _said(asking.answer(root.person_requests, options.matter, _typed(options), by, root.clock.now()))


def answer_letter(options: Namespace) -> int:
    """Write the letter that answers a request."""
    from pipeline.letters.sheets.personal_data_letters import answer_values
    from pipeline.letters.sheets.texts import PRIVACY_ANSWER

    root, _ = _acting(options, Right.PERSONAL_DATA)
    request = asking.request_of(root.person_requests, options.matter)
    if not request.outcome:
        raise NotAllowed("Permintaan ini belum dijawab.", "Catat dahulu jawabannya (`yankomas data-pribadi jawab`).")
    _paper(root, options.output, PRIVACY_ANSWER, answer_values(request, root.clock.now().date(), root.settings.office))
    return 0


def breaches_(options: Namespace) -> int:
    """Show the register of breaches."""
    root = ready_root(options)
    now, found = root.clock.now(), failing.breaches(root.breaches.lines())
    if options.json:
        print(as_json([_as_json(breach, now) for breach in found.values()]))
        return 0
    cells = [[f"{b.number}", f"{b.known_at:%d-%m-%Y %H.%M}", b.state, b.clock.left(now)] for b in found.values()]
    print(table(cells, ["No.", "Diketahui", "Keadaan", "Sisa waktu"], {}) if cells else "Belum ada kebocoran.")
    return 0


def report_(options: Namespace) -> int:
    """Enter a breach."""
    root, by = _acting(options, Right.BREACHES)
    made = failing.report(root.breaches, _typed(options), by, root.clock.now())
    print(f"Kebocoran nomor {made.number} tercatat; batas pemberitahuan {made.clock.due:%d-%m-%Y %H.%M}.")
    return 0


def learn_(options: Namespace) -> int:
    """Note what is known by now; what is not named stays as it was."""
    root, by = _acting(options, Right.BREACHES)
    known = failing.breach_of(root.breaches, options.matter).known
    made = failing.learn(root.breaches, options.matter, {**known, **_typed(options)}, by, root.clock.now())
    return _told(made)


def step_(options: Namespace) -> int:
    """Note a step that was done."""
    root, by = _acting(options, Right.BREACHES)
    typed, now = _typed(options), root.clock.now()
    step, words = typed.get("langkah", ""), typed.get("kata", "")
    return _told(failing.take_step(root.breaches, options.matter, step, words, by, now))


def notify_(options: Namespace) -> int:
    """Note a notice that was sent."""
    root, by = _acting(options, Right.BREACHES)
    to, on, words = (_typed(options).get(name, "") for name in ("kepada", "pada", "kata"))
    return _told(failing.notify(root.breaches, options.matter, to, on, words, by, root.clock.now()))


def notice_letter(options: Namespace) -> int:
    """Write a notice."""
    from pipeline.letters.sheets.personal_data_letters import notice_values
    from pipeline.letters.sheets.texts import BREACH_NOTICE

    root, _ = _acting(options, Right.BREACHES)
    breach = failing.breach_of(root.breaches, options.matter)
    failing.require_told(breach)
    values = notice_values(breach, options.notified, root.clock.now().date(), root.settings.office)
    _paper(root, options.output, BREACH_NOTICE, values)
    return 0


def close_(options: Namespace) -> int:
    """Close a breach."""
    root, by = _acting(options, Right.BREACHES)
    return _told(failing.close(root.breaches, options.matter, options.ending, by, root.clock.now()))


def _acting(options: Namespace, right: Right) -> tuple[Root, By]:
    """Return the office and who acts, once the role has the right and it is in the access log."""
    root, role = ready_root(options), options.role
    if not may(root.office_roles.standing({role}), right):
        allowed = f"Yang boleh: {', '.join(sorted(holders(right, root.office_roles)))}."
        raise NotAllowed(f"Peran {role} tidak mengerjakan {right.value}.", allowed)
    note_reading(root, "kebocoran" if right is Right.BREACHES else "data-pribadi", role=role)
    return root, By(f"{TERMINAL}: {system_account()}", role)


def _typed(options: Namespace) -> dict[str, str]:
    return {name: str(value) for name, value in answers_of(options.set, options.form).items()}


def _said(request: asking.PersonRequest) -> int:
    print(f"Permintaan {request.number}: {request.state}.")
    return 0


def _told(breach: failing.Breach) -> int:
    print(f"Kebocoran {breach.number}: {breach.state}.")
    return 0
