"""What the confined child does for the validator; the parent names this module, and never imports it.

Blobs that come with a request are certificates and lists of revoked ones (DER), or the print that is compared.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.scans.confinement.framing import Message, Operation
from pipeline.signing.engines.likeness import likeness
from pipeline.signing.engines.validation import Trusted, examine

logging.disable()  # pyHanko tells of every odd file; standard error leads nowhere here


def _validate(arguments: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Message:
    count = int(arguments["anchors"])
    trusted = Trusted.of(blobs[:count], blobs[count:])
    found = examine(Path(arguments["path"]), datetime.fromisoformat(arguments["at"]), trusted)
    return Message(found.as_json())


def _likeness(arguments: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Message:
    return Message(asdict(likeness(Path(arguments["path"]), blobs[0])))


OPERATIONS: Mapping[str, Operation] = {"validate": _validate, "likeness": _likeness}
