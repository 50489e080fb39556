"""Commands that are loaded when they are run, so that looking at one case does not wait for the web desk's parts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module


class Later:
    """A module of commands: each of its functions, for the parser, before the module is loaded."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[[Namespace], int]:
        """Return the command of that name."""

        def command(options: Namespace) -> int:
            return int(getattr(import_module(f"pipeline.cli.{self._module}"), name)(options))

        return command
