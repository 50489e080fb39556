"""What was sent and could not be taken is not lost: it is kept for its owner, who alone gets it back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from pipeline.access.drafts import RENDERING, TOKEN, Draft, has_seen
from pipeline.desk import typed
from pipeline.desk.visit import Visit
from pipeline.errors import YankomasError


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
    if login:
        with suppress(YankomasError, OSError):
            kept = visit.desk.drafts.keep(login, draft)
    others = visit.visitor is not None and (login != visit.who.login or not visit.may_send(draft.form))
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
