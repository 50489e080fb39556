"""Imports one module of a library without all the others that the library's packages import of themselves.

``holidays.countries`` imports 250 countries to give one, ``snowballstemmer`` 36 languages. In a process that lives for
months that is memory for nothing: 14 and 3 MB (2026-11-27).
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from threading import Lock
from types import ModuleType

_ONE_AT_A_TIME = Lock()


def lone_module(name: str) -> ModuleType:
    """Return the module of that name, ``package.module``; of its packages nothing is run that is not loaded already.

    The packages are not loaded afterwards either. Whoever imports one gets it whole, but not at the same moment (a
    thread that did would get it bare), and what was loaded alone is then in ``sys.modules`` without being an attribute
    of its package. So what is loaded alone is imported in no other way here.

    Raises:
        ModuleNotFoundError: there is no such module.
    """
    with _ONE_AT_A_TIME:
        if name in sys.modules:
            return importlib.import_module(name)  # waits for who is loading it
        parts = name.split(".")
        packages = [".".join(parts[:count]) for count in range(1, len(parts))]
        bare = [package for package in packages if package not in sys.modules]
        try:
            for package in bare:
                sys.modules[package] = _bare(package)
            return importlib.import_module(name)
        finally:
            for package in bare:
                sys.modules.pop(package, None)


def _bare(package: str) -> ModuleType:
    """Return a package that knows where its modules lie, and no more."""
    spec = find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"no package {package}", name=package)
    made = ModuleType(package)
    made.__spec__, made.__path__ = spec, list(spec.submodule_search_locations)
    return made
