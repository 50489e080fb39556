"""What the program says of itself while it runs: warnings on standard error, with the office's time of day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime


def log_by(now: Callable[[], datetime]) -> None:
    """Have warnings carry the office's time of day, as the lines beside them do."""
    formatter = logging.Formatter("%(asctime)s  %(message)s", "%H.%M.%S")
    formatter.converter = lambda _seconds: now().timetuple()
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # its English asides; lost events cost us only time
