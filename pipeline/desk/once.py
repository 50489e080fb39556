"""A form that is sent twice is done once: the second is answered like the first, also while that is still at work.

A form names the making of its page (``sekali``); the same form with the same content from the same account is the same
sending. Kept in memory, for some minutes: after a restart the cases themselves say that they have changed.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.responses import HTMLResponse, RedirectResponse, Response

_LIFE = timedelta(minutes=10)
_REMEMBERED = 500  # sendings; the oldest is forgotten first
_LARGEST = 1 << 17  # bytes of an answer that is repeated


@dataclass(slots=True)
class _Sending:
    at: datetime
    turn: threading.Lock = field(default_factory=threading.Lock)
    answer: Response | None = None


class Once:
    """The sendings of one desk. Safe for many threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._sendings: OrderedDict[bytes, _Sending] = OrderedDict()

    def answer(self, name: bytes, now: datetime, act: Callable[[], Response]) -> tuple[Response, bool]:
        """Act, or return the answer to the same sending; and whether it is repeated. What failed may be tried again."""
        sending = self._sending(name, now)
        with sending.turn:
            if sending.answer is not None:
                return _copy(sending.answer), True
            answer = act()
            if _repeatable(answer):
                sending.answer = _copy(answer)
            return answer, False

    def _sending(self, name: bytes, now: datetime) -> _Sending:
        with self._turn:
            while self._sendings and (
                len(self._sendings) >= _REMEMBERED or now - next(iter(self._sendings.values())).at > _LIFE
            ):
                self._sendings.popitem(last=False)
            return self._sendings.setdefault(name, _Sending(now))


def name_of(*said: object) -> bytes:
    """Return a name for a sending by all that it says."""
    return hashlib.sha256(json.dumps(said).encode()).digest()


def _repeatable(answer: Response) -> bool:
    whole = isinstance(answer, HTMLResponse | RedirectResponse) and answer.background is None
    return whole and answer.status_code < 400 and len(answer.body) <= _LARGEST


def _copy(answer: Response) -> Response:
    made = Response(answer.body, answer.status_code)
    made.raw_headers = list(answer.raw_headers)
    return made
