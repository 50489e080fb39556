"""*Kebocoran*: failures to protect personal data, with the checklist, the clock of the notices, and the letters."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.downloads import attachment
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.personal_data import by_visitor, matter_number
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotFound
from pipeline.letters.sheets import personal_data_letters
from pipeline.letters.sheets.office_papers import MEDIA
from pipeline.letters.sheets.texts import BREACH_NOTICE
from pipeline.privacy.breaches import (
    FORM,
    Breach,
    breach_of,
    breaches,
    close,
    learn,
    notify,
    report,
    require_told,
    take_step,
)
from pipeline.privacy.law import privacy_law

pages = Pages()
_HERE = "/kebocoran/{breach}"


@pages.get("/kebocoran", Right.BREACHES, Lane.QUICK, personal=False)
def register(visit: Visit) -> Response:
    """Show the register of breaches, and the form for a new one."""
    return _register(visit)


@pages.post("/kebocoran", Right.BREACHES, Lane.QUICK)
def enter(visit: Visit) -> Response:
    """Enter a breach."""
    typed = {name: visit.text(name) for name in FORM}
    try:
        made = report(visit.desk.root.breaches, typed, by_visitor(visit), visit.desk.now())
    except Incomplete as fault:
        return _register(visit, typed, fault)
    return visit.go(f"/kebocoran/{made.number}", f"Kebocoran nomor {made.number} tercatat. Kerjakan daftar langkahnya.")


@pages.get(_HERE, Right.BREACHES, Lane.QUICK)
def one(visit: Visit) -> Response:
    """Show a breach: what is known, the checklist, the notices, the history."""
    return _one(visit, _breach(visit))


@pages.post(f"{_HERE}/{{saying}}", Right.BREACHES, Lane.QUICK)
def note(visit: Visit) -> Response:
    """Note what is known by now, a step that was done, a notice that was sent, or that the matter is closed."""
    breach, book, by, now = _breach(visit), visit.desk.root.breaches, by_visitor(visit), visit.desk.now()
    words = visit.text("kata")
    try:
        match visit.request.path_params["saying"]:
            case "diketahui":
                learn(book, breach.number, {name: visit.text(name) for name in FORM}, by, now)
            case "langkah":
                take_step(book, breach.number, visit.text("langkah"), words, by, now)
            case "pemberitahuan":
                notify(book, breach.number, visit.text("kepada"), visit.text("pada"), words, by, now)
            case "tutup":
                close(book, breach.number, words, by, now)
            case _:
                raise NotFound("Halaman itu tidak ada.", "Kembali ke daftar kebocoran.")
    except Incomplete as fault:
        return _one(visit, breach, fault)
    return visit.go(f"/kebocoran/{breach.number}", "Tercatat.")


@pages.get(f"{_HERE}/surat", Right.BREACHES, Lane.PAPERS)
def letter(visit: Visit) -> Response:
    """Give the notice to the persons, or to the institution."""
    breach, root, kind, to = _breach(visit), visit.desk.root, visit.asked("jenis") or "docx", visit.asked("kepada")
    if to not in {one.key for one in privacy_law().notified}:
        raise NotFound("Surat itu tidak ada.", "Pilih kepada siapa.")
    require_told(breach)
    values = personal_data_letters.notice_values(breach, to, visit.desk.now().date(), root.settings.office)
    made = root.office_papers.made(BREACH_NOTICE, values, kind)
    return attachment(made, f"{BREACH_NOTICE}-{breach.number}-{to}.{kind}", MEDIA[kind])


def _breach(visit: Visit) -> Breach:
    return breach_of(visit.desk.root.breaches, matter_number(visit, "breach", "Kebocoran"))


def _register(visit: Visit, typed: dict[str, str] | None = None, fault: Incomplete | None = None) -> Response:
    found = breaches(visit.desk.root.breaches.lines())
    return visit.show(
        "kebocoran.html",
        422 if fault else 200,
        title="Kebocoran data",
        rows=sorted(found.values(), key=lambda b: (bool(b.closed), -b.number)),
        labels=FORM,
        typed=typed or dict.fromkeys(FORM, ""),
        fault=fault,
        wrong=wrong_with(fault),
    )


def _one(visit: Visit, breach: Breach, fault: Incomplete | None = None) -> Response:
    return visit.show(
        "kebocoran-satu.html",
        422 if fault else 200,
        title=f"Kebocoran {breach.number}",
        b=breach,
        law=privacy_law(),
        steps=[(one.key, one.words) for one in privacy_law().steps],
        unsent=[(one.key, one.words) for one in privacy_law().notified if one.key not in breach.notices],
        labels={name: label for name, label in FORM.items() if name != "diketahui"},
        fault=fault,
        wrong=wrong_with(fault),
        forms=MEDIA,
    )
