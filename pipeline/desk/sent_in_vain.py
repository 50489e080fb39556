"""What was sent and could not be taken is not lost: it is kept for its owner, who alone gets it back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from starlette.routing import Match

from pipeline.access.drafts import RENDERING, TOKEN, WITH_FILES, Draft, has_seen
from pipeline.access.rights import Right
from pipeline.desk import typed
from pipeline.desk.visit import Visit, case_of
from pipeline.errors import NotFound, YankomasError
from pipeline.intake.ports import SentFile, Uploads


@dataclass(frozen=True, slots=True)
class SentInVain:
    """What was sent and not taken: whether it is kept, and its texts, if the visitor may still see them."""

    draft: Draft
    kept: bool
    texts: Sequence[tuple[str, str]]


def keep(visit: Visit, login: str) -> SentInVain | None:
    """Keep what was sent for an account; None if nothing was typed.

    Without a login nobody knows whose it is: it is handed back to the browser that sent it. What the disk cannot take
    is not kept, and is no second fault.
    """
    draft = visit.sent_draft
    if not typed.is_worth_keeping(draft):
        return None
    kept = False
    if visit.visitor is not None and login == visit.who.login and not visit.owner:
        kept = visit.kept_now() is not None
    elif login:
        with suppress(YankomasError, OSError):
            kept = visit.desk.drafts.keep(login, draft)
    others = visit.visitor is not None and (login != visit.who.login or not may_send(visit, draft.form))
    return SentInVain(draft, kept, () if others else typed.told(draft))


def settle(visit: Visit, *, done: bool) -> None:
    """After a form was sent: forget its draft if it was taken, keep it if not."""
    if visit.visitor is None or TOKEN not in visit.form or visit.request.url.path.startswith(typed.HERE):
        return
    if not done:
        keep(visit, visit.who.login)
        return
    if {"year", "serial"} <= visit.request.path_params.keys():
        visit.desk.presence.leave(str(visit.case_number), visit.who.login)
    with suppress(YankomasError, OSError):
        for draft in visit.desk.drafts.kept(visit.who.login, {visit.request.url.path}):
            if draft.subject == visit.sent_draft.subject and has_seen(visit.text(RENDERING), draft):
                visit.desk.drafts.drop(visit.who.login, draft.name)


def files_kept(visit: Visit, store: Uploads) -> tuple[SentFile, ...]:
    """Return the files that the form sent before and that it says go with it, written again; none if they are gone."""
    made: list[SentFile] = []
    if visit.uploads or not visit.text(WITH_FILES):
        return ()
    with suppress(YankomasError, OSError):
        there = visit.desk.drafts.kept(visit.who.login, {visit.request.url.path})
        draft = next((one for one in there if one.subject == visit.sent_draft.subject), None)
        for file, data in visit.desk.drafts.files(visit.who.login, draft) if draft else ():
            writing = store.begin(file.name)
            writing.write(memoryview(data))
            made.append(writing.finished(file.field))
    return tuple(made)


def may_send(visit: Visit, form: str) -> bool:
    """Say whether there is a form that is sent to that address, and the visitor may send it as things stand now."""
    scope = {"type": "http", "method": "POST", "path": form, "root_path": ""}
    for route in visit.request.app.routes:
        match, found = route.matches(scope) if hasattr(route, "rule") else (Match.NONE, {})
        if match is Match.FULL:
            parts, right = found["path_params"], route.rule.right
            allowed = right is not Right.ANYONE and visit.who.may(right)
            return allowed and (not {"year", "serial"} <= parts.keys() or _may_read(visit, **parts))
    return False


def _may_read(visit: Visit, year: str, serial: str, **_: str) -> bool:
    with suppress(NotFound):
        return visit.desk.is_open(visit.who.sees, case_of(year, serial))
    return False
