"""What a child does with a file that is no scan: says it in pages, and gives out what has pages of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.answering import answer_to
from pipeline.scans.renditions.content import Insert, Text
from pipeline.scans.renditions.opening import content_of
from pipeline.scans.renditions.typesetting import typeset

#: Letters of its text that are looked through for numbers of cases.
_MOST_WORDS = 20_000
_LACKING = "{} tanda (misalnya emoji atau aksara lain) tidak ada pada huruf yang dipakai dan tampil sebagai ?."


def _render(arguments: Mapping[str, Any], _: tuple[bytes, ...]) -> Message:
    """Return the parts in order, each pages or a file with pages of its own, as blobs; what is told stands beside."""
    limits, name = Limits(**arguments["limits"]), str(arguments["name"])
    found = content_of(Path(arguments["path"]), arguments["kind"], name, limits)
    parts: list[dict[str, Any]] = []
    blobs: list[bytes] = []
    lacking = 0
    for _is_text, run in groupby(found.blocks, key=lambda block: isinstance(block, Text)):
        blocks = list(run)
        texts = [block for block in blocks if isinstance(block, Text)]
        if any(text.text.strip() for text in texts):
            made, pages, missing = typeset(texts, name, limits)
            lacking += missing
            parts.append({"pages": pages})
            blobs.append(made)
        for insert in (block for block in blocks if isinstance(block, Insert)):
            parts.append({"name": insert.name, "media": insert.media})
            blobs.append(insert.data)
    told = [*found.unread, *([_LACKING.format(lacking)] if lacking else [])]
    body = {
        "parts": parts,
        "extension": found.extension,
        "channel": found.channel,
        "warnings": told,
        "mail": asdict(found.mail) if found.mail else None,
        "words": "\n".join(found.words())[:_MOST_WORDS],
    }
    return Message(body, tuple(blobs))


def _answer_to(arguments: Mapping[str, Any], _: tuple[bytes, ...]) -> Message:
    """Return whom a machine may answer of whom a mail came."""
    return Message(asdict(answer_to(Path(arguments["path"]).read_bytes())))


OPERATIONS: Mapping[str, Operation] = {"render": _render, "answer_to": _answer_to}
