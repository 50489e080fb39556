"""What a supervised process tells its supervisor, as lines: that it works, or why it cannot."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.errors import YankomasError


@dataclass(frozen=True, slots=True)
class Told:
    """``fault`` is why the process ends; without one, it works. ``fault`` has the exit code of what it was there."""

    fault: YankomasError | None = None


def line_of(told: Told) -> bytes:
    """Return it as a line."""
    fault = told.fault
    return json.dumps([fault.exit_code, fault.message, str(fault.remedy)] if fault else []).encode() + b"\n"


def told_by(line: bytes) -> Told:
    """Return what a line tells."""
    if not (found := json.loads(line)):
        return Told()
    code, message, remedy = found
    fault = YankomasError(message, remedy)
    fault.exit_code = int(code)
    return Told(fault)
