"""What the confined child does with templates that were sent; the parent names this module, and never imports it.

The template is the first blob, the office's logo the second (empty: none); drawings among the values follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from pipeline.letters.engines import word_templates
from pipeline.office.office import PAPERS
from pipeline.scans.confinement.framing import Message, Operation

Arguments = Mapping[str, Any]
Blobs = tuple[bytes, ...]
#: How a drawing among the values is sent: which blob it is, and what else is known of it.
DRAWING = "#gambar"


def _checked(arguments: Arguments, blobs: Blobs) -> Message:
    specimens = [_with_drawings(values, blobs) for values in arguments["specimens"]]
    paper = PAPERS[arguments["paper"]]
    found = word_templates.checked(arguments["template"], blobs[0], specimens, blobs[1], paper)
    return Message([astuple(finding) for finding in found])


def _filled(arguments: Arguments, blobs: Blobs) -> Message:
    values, paper = _with_drawings(arguments["values"], blobs), PAPERS[arguments["paper"]]
    return Message(None, (word_templates.fill(arguments["template"], blobs[0], values, blobs[1], paper),))


def _with_drawings(value: Any, blobs: Sequence[bytes]) -> Any:
    if isinstance(value, Mapping):
        if DRAWING in value:
            number, width, title, description = value[DRAWING]
            return word_templates.Drawing(blobs[number], width, title, description)
        return {name: _with_drawings(part, blobs) for name, part in value.items()}
    return [_with_drawings(part, blobs) for part in value] if isinstance(value, list) else value


OPERATIONS: Mapping[str, Operation] = {"checked": _checked, "filled": _filled}
