"""What the documents name is there: files, tests, pictures, and one another."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "pipeline", "tests", "bench", "tools", "letter_templates")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
#: What is written in words: documents, and the files that may name one.
WORDS = sorted(
    path
    for path in [*DOCUMENTS, *ROOT.glob("*.toml"), *(file for name in FOLDERS for file in (ROOT / name).rglob("*"))]
    if path.suffix in {".md", ".py", ".toml", ".html", ".css", ".js", ".sh"}
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)|\bsrc(?:set)?=\"([^\"]+)\"")
#: A path from the root of the repository.
PATH = re.compile(rf"(?<![\w./-])(?:{'|'.join(FOLDERS)})/[\w./*-]*[\w*/]")
#: What stands for many: ``tests/ROOM``.
PLACEHOLDER = re.compile(r"/[A-Z]{2,}(?:/|$)")
TEST = re.compile(r"(?<![\w/])test_\w+\.py\b")
#: What a docstring leads to: ``:mod:`pipeline.cases` ``, ``:class:`~pipeline.cases.ports.Blob` ``.
ROLE = re.compile(r":(?:mod|class|func|meth|data):`~?(pipeline[\w.]*)`")
#: The name of a document where it cannot be a pattern of names (``*.md``) or a path of another tree.
DOCUMENT = re.compile(r"(?<![\w*/.-])(?:[\w-]+/)*[\w-]+\.md\b(?!\w)")


def named(pattern: re.Pattern[str], path: Path) -> set[str]:
    """Return what a file names that fits the pattern."""
    return {match.group(match.lastindex or 0) for match in pattern.finditer(path.read_text(encoding="utf-8"))}


def test_there_are_documents():
    assert {"README.md", "CHANGELOG.md"} <= {path.name for path in DOCUMENTS}


def test_the_readme_names_the_command_that_ci_runs():
    *_, command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert re.search(rf"^{command}\b", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
class TestADocument:
    def test_leads_only_to_what_is_there(self, document):
        links = {link for link in named(LINK, document) if "://" not in link and not link.startswith("/")}

        assert [link for link in sorted(links) if not (document.parent / link).exists()] == []

    def test_names_only_files_that_are_there(self, document):
        paths = {path.rstrip("/") for path in named(PATH, document) if not PLACEHOLDER.search(path)}

        assert [path for path in sorted(paths) if not list(ROOT.glob(path))] == []

    def test_names_only_tests_that_are_there(self, document):
        assert [name for name in sorted(named(TEST, document)) if not list((ROOT / "tests").rglob(name))] == []


def test_no_file_names_a_document_that_is_not_in_the_repository():
    there = {path.name for path in (*DOCUMENTS, *(ROOT / "tests").rglob("*.md"))}

    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in WORDS
        for name in named(DOCUMENT, path)
        if name.rsplit("/", 1)[-1] not in there
    }

    assert sorted(missing) == []


def test_every_picture_is_shown_by_a_document():
    shown = {(document.parent / link).resolve() for document in DOCUMENTS for link in named(LINK, document)}

    assert [path.name for path in sorted((ROOT / "docs" / "pictures").rglob("*.*")) if path not in shown] == []


def test_readme_and_picture_tell_of_every_room_the_readme_in_the_order_of_the_layers():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["name"] == "Rooms are layers")
    section = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("| room in `pipeline/` |")[2].partition("\n\n")[0]
    )

    told = [
        name for row in re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    ]

    assert told == [name for layer in reversed(layers) for name in reversed(re.findall(r"\w+", layer))]
    picture = (ROOT / "docs" / "pictures" / "architecture.svg").read_text(encoding="utf-8")
    assert [name for name in told if not re.search(rf">[^<]*\b{name}\b", picture)] == []


ROLES = sorted(
    {(name, path.relative_to(ROOT)) for path in (ROOT / "pipeline").rglob("*.py") for name in named(ROLE, path)}
)


@pytest.mark.parametrize(("name", "path"), ROLES, ids=str)
def test_a_docstring_leads_only_to_what_is_there(name, path):
    assert pkgutil.resolve_name(name) is not None
