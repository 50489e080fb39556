"""*SOP*: the edition in force for everybody; for the admin, a draft of another, what it changes, from which day on.

What cases follow is changed by a new edition alone; those that run keep theirs. What says who may what waits for a
second person.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from pipeline.access.confirmation import described
from pipeline.access.requests import EDITION
from pipeline.access.rights import Right
from pipeline.cases.asked_edition import read_edition_change
from pipeline.cases.own_editions import EditionDraft, Texts
from pipeline.cases.sop import YANKOMAS, Sop, in_force
from pipeline.cases.sop_differences import role_words, span_words
from pipeline.cases.sop_file import read_sop
from pipeline.cases.sop_form import PARTS, groups_of
from pipeline.cases.sop_form_answers import read_part
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.desk.downloads import attachment
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import edition_name, paged
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, Refused, SettingsFault, YankomasError
from pipeline.office.wording import long_date
from pipeline.work.own_sop import (
    SopParts,
    changed_by,
    coming,
    looked_through,
    newest,
    planned,
    put_in_force,
    read_first_day,
    withdraw,
)

pages = Pages()
_DRAFT = "rancangan"
#: Bytes of an edition that is sent.
_LARGEST = 3_000_000


@pages.get("/sop", Right.SIGNED_IN, Lane.QUICK)
def overview(visit: Visit) -> Response:
    """Show the edition in force, what was made of the others, and what the visitor works on."""
    return _overview(visit)


@pages.get("/sop/edisi/{edition}", Right.SIGNED_IN, Lane.LOOKUPS)
def one(visit: Visit) -> Response:
    """Show an edition, and what it changed."""
    key, known = str(visit.request.path_params["edition"]), coming(_parts(visit))
    sop = next((one for one in known if one.key == key), None)
    if sop is None:
        raise NotFound(f"Edisi SOP {key} tidak ada, atau tidak dapat dipakai.", "Lihat daftarnya di halaman SOP.")
    return visit.show(
        "sop-edisi.html",
        title=f"SOP, edisi {edition_name(key)}",
        sop=sop,
        changes=paged(changed_by(sop, known), visit.part_asked),
        role=lambda role: role_words(role, sop),
        span=span_words,
        **_shown(visit),
    )


@pages.get("/sop/permintaan/{request}", Right.SIGNED_IN, Lane.LOOKUPS)
def asked_for(visit: Visit) -> Response:
    """Show everything that an edition which waits for a second person would change."""
    number = number_in(str(visit.request.path_params["request"]), 15)
    found = next((r for r in visit.desk.people.requests.waiting() if r.id == number and r.kind == EDITION), None)
    if found is None:
        raise NotFound("Edisi itu tidak menunggu pengesahan (lagi).", "Lihat halaman SOP.")
    change = read_edition_change(found.detail)
    parts = _parts(visit, change.service)
    plan = planned(parts.editions.asked(change.sha256), change.day, parts)
    return visit.show(
        "sop-permintaan.html",
        title="SOP yang diminta",
        words=described(found),
        change=change,
        plan=plan,
        **_shown(visit),
    )


@pages.get("/sop/unduh/{edition}", Right.SETTINGS, Lane.QUICK, personal=False)
def download(visit: Visit) -> Response:
    """Give an edition, or the visitor's draft, as a ZIP of its files."""
    key = str(visit.request.path_params["edition"])
    draft = _draft(visit)
    if key == _DRAFT and draft is None:
        raise NotFound("Tidak ada rancangan Anda.", "Mulailah di halaman SOP.")
    texts = draft.texts if key == _DRAFT and draft else visit.desk.root.edition_texts(key)
    return attachment(visit.desk.root.edition_zip(texts), f"sop-{key}.zip", "application/zip")


@pages.get("/sop/ubah/{section}", Right.SETTINGS, Lane.LOOKUPS, personal=False)
def section(visit: Visit) -> Response:
    """Show the form of a part of the draft, or of the newest edition where there is no draft."""
    return _form(visit)


@pages.post("/sop/ubah/{section}", Right.SETTINGS, Lane.LOOKUPS, personal=False)
def change(visit: Visit) -> Response:
    """Change a part of the draft; the first change begins one."""
    part, root = str(visit.request.path_params["section"]), visit.desk.root
    draft = _draft(visit) or _begun(visit)
    answers = {name: visit.texts(name) or [visit.text(name)] for name in visit.form}
    try:
        changes = read_part(part, _read(visit, draft.texts), answers)
        if visit.text("dilihat") != draft.mark:
            raise Incomplete(
                "Rancangan, atau edisi asalnya, berubah sejak halaman ini dibuka; yang Anda ketik ada di bawah.",
                "Bandingkan dengan yang sekarang, lalu simpan lagi.",
            )
        texts = root.edited_edition(draft.texts, changes)
        _read(visit, texts)
    except (Incomplete, SettingsFault) as fault:
        return _form(visit, fault)
    if not changes:
        return _go(visit, f"/sop/ubah/{part}", "Tidak ada yang berubah.")
    _keep(visit, draft.base, texts)
    return _go(visit, "/sop/rancangan", "Disimpan dalam rancangan; belum berlaku sampai dipasang.")


@pages.post("/sop/kirim", Right.SETTINGS, Lane.LOOKUPS, personal=False, uploads="state", largest=_LARGEST)
def send(visit: Visit) -> Response:
    """Take a whole edition as the draft, once it is without a fault."""
    try:
        blob = visit.sent_file("Pilih berkas .zip edisi itu.")
        texts = visit.desk.root.unzipped_edition(blob)
        _read(visit, texts)
        looked_through(texts, visit.desk.now().date() + timedelta(days=1), _parts(visit))
    except (Incomplete, Refused, SettingsFault) as fault:
        return _overview(visit, fault)
    _keep(visit, "", texts)
    return _go(visit, "/sop/rancangan", "Edisi itu lolos pemeriksaan dan menjadi rancangan Anda; belum berlaku.")


@pages.get("/sop/rancangan", Right.SETTINGS, Lane.LOOKUPS, personal=False)
def draft(visit: Visit) -> Response:
    """Show what the draft changes."""
    return _draft_page(visit)


@pages.post("/sop/rancangan/buang", Right.SETTINGS, Lane.QUICK, personal=False)
def drop(visit: Visit) -> Response:
    """Forget the draft."""
    visit.desk.root.edition_drafts.drop(_parts(visit).service, visit.who.login)
    return _go(visit, "/sop", "Rancangan dibuang; yang berlaku tidak berubah.")


@pages.post("/sop/rancangan/pasang", Right.SETTINGS, Lane.LOOKUPS, personal=False)
def install(visit: Visit) -> Response:
    """Put the draft in force from a day on, or ask a second person for it."""
    kept, parts = _draft(visit), _parts(visit)
    if kept is None:
        return _go(visit, "/sop", "Tidak ada rancangan Anda (lagi).", kind="gagal")
    try:
        day = read_first_day(visit.text("mulai"), visit.desk.now())
        made = put_in_force(
            kept.texts,
            day,
            visit.text("alasan"),
            by=visit.who.login,
            parts=parts,
            grants=visit.grant_parts,
            seen=visit.text("dilihat"),
        )
    except (Incomplete, NotAllowed, SettingsFault) as fault:
        return _draft_page(visit, fault)
    visit.desk.root.edition_drafts.drop(parts.service, visit.who.login)
    if made.waits:
        said = f"Edisi mulai {long_date(made.day)} menunggu pengesahan orang kedua; sampai disahkan, yang lama berlaku."
        return _go(visit, "/sop", said, kind="perhatian")
    return _go(visit, "/sop", f"Edisi baru dipasang; perkara yang terdaftar sejak {long_date(made.day)} mengikutinya.")


@pages.post("/sop/tarik", Right.SETTINGS, Lane.QUICK, personal=False)
def take_back(visit: Visit) -> Response:
    """Withdraw an edition before its day."""
    try:
        day = read_first_day(visit.text("hari"), visit.desk.now())
        withdraw(day, visit.text("alasan"), by=visit.who.login, parts=_parts(visit), grants=visit.grant_parts)
    except (Incomplete, NotAllowed) as fault:
        return _overview(visit, fault)
    return _go(visit, "/sop", f"Edisi yang akan mulai {long_date(day)} ditarik; berkasnya tetap di arsip.")


def _service(visit: Visit) -> str:
    """Return the service whose SOP a page is about: as its address or its form says, else Yankomas."""
    return visit.asked("layanan") or visit.text("layanan") or YANKOMAS


def _parts(visit: Visit, service: str = "") -> SopParts:
    return visit.desk.sop_parts(lambda about: visit.note(about=about), service or _service(visit))


def _query(visit: Visit) -> dict[str, str]:
    service = _service(visit)
    return {} if service == YANKOMAS else {"layanan": service}


def _go(visit: Visit, path: str, said: str, kind: str = "baik") -> Response:
    return visit.go(path, said, kind=kind, query=_query(visit))


def _shown(visit: Visit) -> dict[str, Any]:
    """Return what every page of an SOP knows: its service, all of them, and what addresses of it end with."""
    services = {YANKOMAS: "Yankomas", **{one.key: one.short for one in visit.desk.root.services}}
    query = _query(visit)
    return {"service": _service(visit), "services": services, "tail": f"?{urlencode(query)}" if query else ""}


def _draft(visit: Visit) -> EditionDraft | None:
    if not visit.who.may(Right.SETTINGS):
        return None
    found = visit.desk.root.edition_drafts.kept(_parts(visit).service, visit.who.login)
    try:
        return found if found and _read(visit, found.texts) else None
    except UnfitEdition:  # of another version of the program
        return None


def _begun(visit: Visit) -> EditionDraft:
    """Return a draft that is the newest edition; it is not kept."""
    last = newest(_parts(visit))
    return EditionDraft(last.key, visit.desk.root.edition_texts(last.key), visit.desk.now())


def _keep(visit: Visit, base: str, texts: Texts) -> None:
    kept = EditionDraft(base, texts, visit.desk.now())
    visit.desk.root.edition_drafts.keep(_parts(visit).service, visit.who.login, kept)


def _read(visit: Visit, texts: Texts) -> Sop:
    return read_sop(_DRAFT, texts, service=_service(visit))


def _overview(visit: Visit, fault: YankomasError | None = None) -> Response:
    parts, today = _parts(visit), visit.desk.now().date()
    listed, sop = parts.editions.listed(), in_force(parts.known, today)
    asked = [r for r in visit.desk.people.requests.waiting() if r.kind == EDITION]
    waiting = [r for r in asked if read_edition_change(r.detail).service == parts.service]
    return visit.show(
        "sop.html",
        422 if fault else 200,
        title="SOP",
        sop=sop,
        shipped=[one for one in parts.known if not one.own],
        unused=[one for one in parts.known if sop.own and not one.own and one.effective > sop.effective],
        listed=listed,
        today=today,
        notes=parts.editions.notes()[::-1][:20],
        waiting=[(r, described(r)) for r in waiting],
        draft=_draft(visit),
        sections=PARTS,
        fault=fault,
        faults=_faults(fault),
        wrong=wrong_with(fault),
        role=lambda role: role_words(role, sop),
        span=span_words,
        **_shown(visit),
    )


def _form(visit: Visit, fault: YankomasError | None = None) -> Response:
    part, kept = str(visit.request.path_params["section"]), _draft(visit)
    draft = kept or _begun(visit)
    groups = groups_of(part, _read(visit, draft.texts))
    return visit.show(
        "sop-ubah.html",
        422 if fault else 200,
        title=PARTS[part],
        groups=groups,
        draft=draft,
        kept=kept is not None,
        sections=PARTS,
        here=part,
        sent={name: visit.texts(name) for name in visit.form} if fault else {},
        fault=fault,
        faults=_faults(fault),
        wrong=wrong_with(fault),
        **_shown(visit),
    )


def _draft_page(visit: Visit, fault: YankomasError | None = None) -> Response:
    kept, parts = _draft(visit), _parts(visit)
    if kept is None:
        return _go(visit, "/sop", "Belum ada rancangan: pilih bagian yang hendak diubah.", kind="perhatian")
    tomorrow = visit.desk.now().date() + timedelta(days=1)
    day = tomorrow
    with suppress(Incomplete):
        day = read_first_day(visit.text("mulai"), visit.desk.now())
    last = newest(parts)
    try:
        plan = planned(kept.texts, day, parts)
    except UnfitEdition as unfit:  # what it may not be changed since it was kept
        return _overview(visit, unfit)
    return visit.show(
        "sop-rancangan.html",
        422 if fault else 200,
        title="Rancangan SOP",
        plan=plan,
        overtaken=last.key if kept.base and kept.base != last.key else "",
        sections=PARTS,
        tomorrow=tomorrow.isoformat(),
        fault=fault,
        faults=_faults(fault),
        wrong=wrong_with(fault),
        **_shown(visit),
    )


def _faults(fault: YankomasError | None) -> Sequence[str]:
    return fault.said if isinstance(fault, UnfitEdition) else ()
