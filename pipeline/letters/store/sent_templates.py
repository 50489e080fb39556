"""Templates that were sent to the desk and passed, until their sender takes them into use or two weeks are over.

A small file for each sender and template, under the archive's state; its first line says when it came.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from pipeline.letters.ports import SentTemplate
from pipeline.storage.unfinished import UnfinishedFiles


def sent_template_files(folder: Path) -> UnfinishedFiles[SentTemplate]:
    """Return the templates that lie in a folder."""
    return UnfinishedFiles(folder, _written, _read)


def _written(sent: SentTemplate) -> bytes:
    return json.dumps(sent.at.isoformat()).encode() + b"\n" + sent.docx


def _read(data: bytes) -> SentTemplate:
    head, _, docx = data.partition(b"\n")
    return SentTemplate(docx, datetime.fromisoformat(json.loads(head)))
