"""The reference is complete: commands, options, exit codes and settings in docs/commands.md, calls in docs/api.md."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from usual_standing import USUAL

from pipeline import errors
from pipeline.access.rights import HOLDERS, holders
from pipeline.cases.public_service import KINDS
from pipeline.cli.grammar import parser
from pipeline.desk.api import build, described
from pipeline.office.office_file import Table
from pipeline.wiring import load_settings as load

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OFFICE = (ROOT / "README.id.md").read_text(encoding="utf-8")


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Yield each command as it is typed, with its options, but for those that every command has."""
    options = [name for action in parser._actions for name in action.option_strings if name not in ("-h", "--help")]
    yield " ".join(words), options
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                yield from commands(sub, (*words, name))


COMMANDS = dict(commands(parser([])))


def told(command: str) -> str:
    """Return the rows of the page that tell of a command, or, for the program itself, all of it."""
    if not command:
        return PAGE
    return "\n".join(row for row in PAGE.splitlines() if re.search(rf"\b{re.escape(command)}\b", row))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command or "yankomas")
def test_every_command_is_told_with_all_its_options(command):
    row = told(command)

    assert row
    assert [name for name in COMMANDS[command] if not re.search(rf"(?<![\w-]){name}(?![\w-])", row)] == []


@pytest.mark.parametrize("command", [name for name in COMMANDS if name])
def test_the_office_is_told_of_every_command(command):
    assert re.search(rf"\b{re.escape(command.split()[0])}\b", OFFICE)
    assert all(re.search(rf"(?<![\w-]){word}(?![\w-])", OFFICE) for word in command.split())


def kinds(of: type[errors.YankomasError]) -> Iterator[type[errors.YankomasError]]:
    """Yield a kind of error and all that derive from it."""
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


def test_every_exit_code_is_told_and_no_other():
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}

    done, interrupted = 0, 130
    assert rows == {done, interrupted, *(kind.exit_code for kind in kinds(errors.YankomasError))}


def test_every_setting_is_told_and_no_other(monkeypatch):
    asked: set[str] = set()
    get = Table.get

    def noted(table, key, *rest):
        asked.add(re.sub(r"\[\d+\]", "", table.name(key)))
        return get(table, key, *rest)

    monkeypatch.setattr(Table, "get", noted)
    load(ROOT / "office.toml")

    section = PAGE[PAGE.index("## Settings") :]
    named: set[str] = set()
    for first in re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE):
        names = re.findall(r"`([^`]+)`", first)
        whole = names[0].rpartition(".")[0]
        named |= {f"{whole}{name}" if name.startswith(".") else name for name in names}
    tables = {key for key in asked if any(other.startswith(f"{key}.") for other in asked)}
    assert asked - tables <= named
    assert named <= asked


def test_the_guide_says_which_role_has_which_right():
    guide = (ROOT / "docs" / "panduan" / "README.md").read_text(encoding="utf-8")
    section = guide.partition("### Siapa boleh apa")[2].partition("\n## ")[0]
    head, _, *rows = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("|")]
    roles = [cell.strip(" `") for cell in head[1:]]
    told = {row[0].strip(): {r for r, cell in zip(roles, row[1:], strict=False) if cell.strip()} for row in rows}

    kinds = {right: {kind for kind in who if kind in KINDS} for right, who in HOLDERS.items()}
    assert told == {right.value: {*holders(right, USUAL), *kinds[right]} for right in HOLDERS}


def test_every_call_of_the_api_is_told_and_no_other():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `((?:GET|POST|PUT) [^`?]+)", page, re.MULTILINE))
    case = {"{year}": "2026", "{serial}": "0007", "{move}": "disposisi", "{name}": "NAMA", "{page}": "1"}
    case |= {"{template}": "06-surat-rekomendasi", "{claim}": "NAMA"}

    def written(path: str) -> str:
        return re.sub(r"\{\w+\}", lambda part: case[part.group()], path)

    calls = {
        f"{method} {written(path)}"
        for path, methods in described(build(None))["paths"].items()
        for method in map(str.upper, methods)
    }
    assert told == calls
