"""Drafts of editions of the SOP: what an admin changes at the desk, until it is in force, dropped, or two weeks old.

A small file for each account and service, under the archive's state.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from pipeline.cases.own_editions import EditionDraft
from pipeline.storage.unfinished import UnfinishedFiles


def edition_draft_files(folder: Path) -> UnfinishedFiles[EditionDraft]:
    """Return the drafts that lie in a folder."""
    return UnfinishedFiles(folder, _written, _read)


def _written(draft: EditionDraft) -> bytes:
    told = {"base": draft.base, "texts": dict(draft.texts), "at": draft.at.isoformat()}
    return json.dumps(told, ensure_ascii=False).encode()


def _read(data: bytes) -> EditionDraft:
    told = json.loads(data)
    texts = {str(name): str(text) for name, text in told["texts"].items()}
    return EditionDraft(str(told["base"]), texts, datetime.fromisoformat(told["at"]))
