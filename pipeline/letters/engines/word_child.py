"""What the confined child does with Word files; the parent names this module, and never imports it.

A file is the first blob; what is made of it comes back as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pipeline.letters.engines import word_fields, word_file, word_properties, word_review, word_said, word_text
from pipeline.letters.identity import Identity
from pipeline.scans.confinement.framing import Message, Operation

Arguments = Mapping[str, Any]
Blobs = tuple[bytes, ...]


def _unsafe(_: Arguments, blobs: Blobs) -> Message:
    return Message(word_file.unsafe(blobs[0]) or word_review.left_over(blobs[0]))


def _lines(_: Arguments, blobs: Blobs) -> Message:
    return Message([[(span.text, span.field) for span in line] for line in word_fields.lines(blobs[0])])


def _said(_: Arguments, blobs: Blobs) -> Message:
    return Message(word_said.said(blobs[0]))


def _named(arguments: Arguments, blobs: Blobs) -> Message:
    return Message(None, (word_fields.named(blobs[0], arguments["wanted"]),))


def _filled(arguments: Arguments, blobs: Blobs) -> Message:
    return Message(None, (word_fields.filled(blobs[0], arguments["values"]),))


def _identity(_: Arguments, blobs: Blobs) -> Message:
    found = word_properties.identity(blobs[0])
    return Message(None if found is None else [found.code, found.version])


def _identified(arguments: Arguments, blobs: Blobs) -> Message:
    return Message(None, (word_properties.identified(blobs[0], Identity(arguments["code"], arguments["version"])),))


def _impersonal(arguments: Arguments, blobs: Blobs) -> Message:
    return Message(None, (word_properties.impersonal(blobs[0], arguments["title"]),))


def _passages(_: Arguments, blobs: Blobs) -> Message:
    return Message([asdict(passage) for passage in word_text.passages(blobs[0])])


def _rewritten(arguments: Arguments, blobs: Blobs) -> Message:
    changes = {int(number): text for number, text in arguments["changes"].items()}
    return Message(None, (word_text.rewritten(blobs[0], changes),))


OPERATIONS: Mapping[str, Operation] = {
    "unsafe": _unsafe,
    "lines": _lines,
    "said": _said,
    "named": _named,
    "filled": _filled,
    "identity": _identity,
    "identified": _identified,
    "impersonal": _impersonal,
    "passages": _passages,
    "rewritten": _rewritten,
}
