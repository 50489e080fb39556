"""What we build on is audited without a network: pinned by hash, whole, consistent, of known licence, declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from statements import statements

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("requirements", "requirements-pusat", "requirements-dev", "requirements-pip")
PINS = {f"{name}.txt": (ROOT / f"{name}.txt").read_text() for name in NAMES}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
#: What it takes to install ourselves from a checkout.
BUILDING = {"hatchling", "editables"}
#: Licences (SPDX) that an office may use and pass on with the program.
FREE = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0", "ISC"),
    *("BSD", "Public Domain"),
}
#: Others, each with the reason why it is right all the same.
REASONED = {
    "docxtpl": "LGPL-2.1-only: used as a library, unchanged, and replaceable by whoever gets the program",
    **dict.fromkeys(
        ("psycopg", "psycopg-binary", "psycopg-pool"), "LGPL-3.0-only: used as a library, unchanged, and replaceable"
    ),
    "axe-playwright-python": "names no licence in its metadata; MIT by its repository; tests only",
    "pypdfium2": "BSD-3-Clause and Apache-2.0; and the licences of pdfium's own libraries, which it carries, all free",
}
#: How licences are written where they are not SPDX.
SPELLINGS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
#: What we import although another of our dependencies brings it: they hand us its objects.
HANDED_ON = {
    "markupsafe": "jinja2",
    "starlette": "fastapi",
    "pydantic": "fastapi",
    "anyio": "fastapi",
    "h11": "uvicorn",
}
#: Names of import that are not names of distribution.
IMPORTED_AS = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "pkcs11": "python-pkcs11",
    "psycopg_pool": "psycopg-pool",
    "pycrfsuite": "python-crfsuite",
    "pyhanko_certvalidator": "pyhanko-certvalidator",
    "python_multipart": "python-multipart",
    "zxingcpp": "zxing-cpp",
}


def pinned(name: str) -> dict[str, Requirement]:
    """Return the requirements of a file by their names."""
    lines = PINS[name].replace("\\\n", " ").splitlines()
    found = [Requirement(line.split(" --hash")[0].strip()) for line in lines if line.strip() and line[0] != "#"]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def wanted(name: str) -> set[str]:
    """Return the names in an ``.in`` file."""
    lines = (ROOT / name).read_text().splitlines()
    return {canonicalize_name(line.strip().split("[")[0]) for line in lines if line.strip() and line[0] not in "#-"}


EVERYTHING = {name: requirement for pins in PINS for name, requirement in pinned(pins).items()}


def declared(texts: list[str]) -> dict[str, Requirement]:
    """Return requirements by their names."""
    return {canonicalize_name(Requirement(text).name): Requirement(text) for text in texts}


DECLARED = declared(PROJECT["dependencies"])
#: What only an installation for many offices has, and imports.
CENTRAL = declared(PROJECT["optional-dependencies"]["pusat"])


@pytest.mark.parametrize("name", sorted(PINS))
def test_every_requirement_is_pinned_to_one_version_with_hashes(name):
    for line in PINS[name].replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        named, *hashes = line.split("--hash=")
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+( ; .+)?\s*", named), named
        assert hashes, named
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", digest) for digest in hashes), named


def test_no_file_says_where_packages_come_from():
    files = [*PINS, *(name.replace(".txt", ".in") for name in PINS), "pyproject.toml", "Makefile", ".ci/run"]
    address = re.compile(
        r"index-url|extra-index|find-links|trusted-host|\[\[tool\.uv\.index|://|\bgit\+|@ file", re.IGNORECASE
    )

    assert [name for name in files if address.search((ROOT / name).read_text())] == []


def test_what_is_asked_for_is_what_the_project_declares():
    assert wanted("requirements.in") == set(DECLARED) | BUILDING
    assert wanted("requirements-pusat.in") == set(CENTRAL)


def test_what_installs_all_the_rest_is_pinned_and_comes_first():
    makefile = (ROOT / "Makefile").read_text()
    installing = [line for line in makefile.splitlines() if "pip install" in line]

    assert set(pinned("requirements-pip.txt")) == {"pip", "setuptools"}
    assert "-r requirements-pip.txt" in installing[0]
    assert all("--require-hashes" in line or "--no-deps" in line for line in installing)


@pytest.mark.parametrize("name", NAMES)
def test_everything_asked_for_is_pinned(name):
    assert wanted(f"{name}.in") <= set(pinned(f"{name}.txt"))


@pytest.mark.parametrize("name", sorted({**DECLARED, **CENTRAL}))
def test_a_pin_is_a_version_that_the_project_allows(name):
    (pin,) = EVERYTHING[name].specifier

    assert {**DECLARED, **CENTRAL}[name].specifier.contains(pin.version)


def here(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


@pytest.mark.parametrize("name", sorted(n for n, r in EVERYTHING.items() if here(r)))
def test_what_is_installed_is_what_is_pinned_and_all_it_needs_is_there_too(name):
    found = metadata.distribution(name)

    assert EVERYTHING[name].specifier.contains(found.version, prereleases=True)
    for needed in map(Requirement, found.requires or ()):
        if here(needed):
            assert canonicalize_name(needed.name) in EVERYTHING, f"{name} needs {needed.name}, which is not pinned"
            assert needed.specifier.contains(metadata.version(needed.name), prereleases=True), f"{name}: {needed}"


@pytest.mark.parametrize("name", sorted(n for n, r in EVERYTHING.items() if here(r)))
def test_every_licence_is_free_or_reasoned(name):
    said = licences(metadata.metadata(name))

    assert name in REASONED or (said and said <= FREE), f"{name}: {sorted(said) or 'none'}"


def licences(about: metadata.PackageMetadata) -> set[str]:
    """Return the licences that a distribution names: its expression, else its text, else its classifiers."""
    if expression := about.get("License-Expression"):
        return set(re.split(r" (?:AND|OR) ", expression))
    text = str(about.get("License") or "").strip()
    if text and text != "Dual License":
        return {SPELLINGS.get(text, text)}
    named = [row.split(" :: ")[-1] for row in about.get_all("Classifier") or () if row.startswith("License ::")]
    return {SPELLINGS.get(name, name) for name in named}


def test_every_reason_is_still_needed():
    unneeded = [n for n in REASONED if n not in EVERYTHING or ((s := licences(metadata.metadata(n))) and s <= FREE)]

    assert unneeded == []


@cache
def imports() -> dict[Path, frozenset[str]]:
    """Return the top-level names that each module of the program imports."""
    return {path: frozenset(_imports(path)) for path in (ROOT / "pipeline").rglob("*.py")}


def _imports(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree) if "lone_module(" in text else statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "lone_module":
            yield from (str(name.value).split(".")[0] for name in node.args if isinstance(name, ast.Constant))


def imported(of: Callable[[Path], bool] = lambda _path: True) -> set[str]:
    """Return the top-level names that the program imports, besides the standard library and itself."""
    names = {name for path, found in imports().items() if of(path) for name in found}
    return names - set(sys.stdlib_module_names) - {"pipeline"}


def test_nothing_is_imported_that_is_not_declared_and_nothing_declared_that_is_not_imported():
    found = {IMPORTED_AS.get(name, name) for name in imported()}

    assert found - set(DECLARED) - set(CENTRAL) == set(HANDED_ON)
    assert set(CENTRAL) <= found
    assert set(DECLARED) <= found
    assert set(HANDED_ON.values()) <= set(DECLARED)


def test_what_many_offices_need_is_imported_by_their_own_modules_alone():
    def is_central(path: Path) -> bool:
        return path.stem.startswith(("postgres", "central", "centre")) or path.name == "objects.py"

    assert imported(lambda path: not is_central(path)) & {"psycopg", "psycopg_pool", "obstore"} == set()
