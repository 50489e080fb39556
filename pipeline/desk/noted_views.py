"""Which views of open pages are in the access log: a tab that renews itself is logged once an hour, not each time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

_STANDS = timedelta(hours=1)
#: More views are forgotten, the oldest first: then one is logged more often than it need be.
_MOST = 5000


class NotedViews:
    """The views of the last hour, by session and address; what is not known here is logged. Safe for many threads."""

    def __init__(self) -> None:
        self._noted: OrderedDict[tuple[bytes, str], datetime] = OrderedDict()
        self._lock = threading.Lock()

    def lately(self, session: bytes, address: str, now: datetime) -> bool:
        """Say whether this session's view of an address was noted within the hour; one that was not is from now on."""
        view = (session, address)
        with self._lock:
            at = self._noted.get(view)
            if at is not None and at <= now < at + _STANDS:
                return True
            self._noted[view] = now
            self._noted.move_to_end(view)
            if len(self._noted) > _MOST:
                self._noted.popitem(last=False)
            return False
