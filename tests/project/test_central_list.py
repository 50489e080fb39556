"""What the acceptance suite leaves out at the centre is named file by file, so that whatever is new runs there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: At most so many files, so that nobody puts one there because it fails.
MOST = 14


def test_each_file_that_is_left_out_is_there_and_named_in_the_docs():
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    left_out = " ".join(re.findall(r"^LEFT_OUT \S+ (.*)$", makefile, re.MULTILINE)).split()
    docs = (ROOT / "docs/many-offices.md").read_text()
    section = docs.partition("## What of the suite runs at the centre")[2].partition("\n## ")[0]

    assert 0 < len(left_out) == len(set(left_out)) <= MOST
    assert [name for name in left_out if not (ROOT / f"tests/acceptance/test_{name}.py").exists()] == []
    assert [name for name in left_out if f"`{name}`" not in section] == []
