"""The thread that looks after mail: beside the desk, never in its way. What is wrong is told once, not each time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from pipeline.errors import YankomasError, place_of

_PAUSE = 20.0  # seconds between two looks
_END = 3.0  # seconds in which a look may end when the desk closes
_log = logging.getLogger(__name__)


class Rounds:
    """Calls ``look`` again and again while the context lasts."""

    def __init__(self, look: Callable[[], None], pause: float = _PAUSE) -> None:
        self._look, self._pause = look, pause
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._go, name="surel", daemon=True)

    def __enter__(self) -> None:
        """Start."""
        self._thread.start()

    def _go(self) -> None:
        told = ""
        while True:
            said = self._said()
            if said and said != told:
                _log.warning("%s", said)
            told = said
            if self._ending.wait(self._pause):
                return

    def _said(self) -> str:
        """Look, and return what went wrong."""
        try:
            self._look()
        except YankomasError as fault:
            return f"Surel tertunda: {fault}"
        except Exception as fault:
            return f"Surel: {type(fault).__name__} di {place_of(fault)}"
        return ""

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(_END)
