"""The command line in Indonesian: argparse's own words, errors as words, commands loaded when they are run."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from pipeline.cli.show import printable
from pipeline.errors import UsageFault, YankomasError

_WORDS = {
    "usage: ": "pemakaian: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini",
    "the following arguments are required: %s": "isian berikut wajib: %s",
    "unrecognized arguments: %s": "isian tidak dikenal: %s",
    "ignored explicit argument %r": "tidak memakai nilai %r",
    "expected one argument": "perlu satu isian",
    "expected at least one argument": "perlu paling sedikit satu isian",
    "not allowed with argument %s": "tidak boleh bersama %s",
    "argument %(argument_name)s: %(message)s": "isian %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal (pilih: %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r bukan nilai yang benar",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "%(value)r tidak dikenal, maksudnya %(closest)r? (pilih: %(choices)s)"
    ),
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
}

#: What a register number looks like, for the help of commands that take one.
NUMBER_HELP = "nomor register: 2026/0007, 7/2026 atau 0007/YANKOMAS/2026"


_COLUMNS = 80


def service_asked(parser: Parser) -> None:
    """Let a command be asked for another service than Yankomas."""
    parser.add_argument(
        "--layanan",
        dest="service",
        default="",
        metavar="NAMA",
        help="layanan ini, misalnya surat-masuk (bawaan: Yankomas)",
    )


def speak_indonesian() -> None:
    """Give argparse Indonesian words: it looks each of its own up with gettext's ``_``, which is replaced here."""
    setattr(argparse, "_", lambda text: _WORDS.get(text, text))  # noqa: B010 - a private name of argparse


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal; left to itself argparse loads ``shutil`` to ask, and asks at every argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else _COLUMNS
    except (OSError, ValueError):  # no terminal, or closed
        return _COLUMNS


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are errors of our tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_abbrev", False)
        kwargs.setdefault("formatter_class", _Help)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Turn a mistake in the command into words."""
        raise UsageFault(f"{message[:1].upper()}{message[1:]}.", f"Lihat `{self.prog} --help`.")


def say_error(fault: YankomasError) -> int:
    """Say what went wrong on standard error; return the exit code."""
    print(f"yankomas: {printable(fault.message)}", file=sys.stderr)
    if fault.remedy:
        print(f"  {printable(fault.remedy)}", file=sys.stderr)
    return fault.exit_code


class Later:
    """A module of commands: each of its functions, for the parser, before the module is loaded."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[[Namespace], int]:
        """Return the command of that name."""

        def command(options: Namespace) -> int:
            return int(getattr(import_module(f"pipeline.cli.{self._module}"), name)(options))

        return command


def role_key(text: str) -> str:
    """Return the role's key for what people call it: ``Tim Yankomas`` is ``tim-yankomas``."""
    return "-".join(text.casefold().split())


def reader(parser: Parser) -> None:
    """Let a command that shows a case be told in which role it is read, or why by who has no part in it."""
    parser.add_argument(
        "--as", dest="role", type=role_key, metavar="PERAN", help="peran yang menanganinya; maka alasan tidak ditanya"
    )
    why_read(parser)


def why_read(parser: Parser) -> None:
    """Let a command that shows a case be told why it is read by who has no part in it."""
    parser.add_argument("--alasan", dest="reason", metavar="ALASAN", help="untuk apa dibaca; tercatat di catatan akses")


def whole(least: int, most: int, meaning: str) -> Callable[[str], int]:
    """Return what reads a whole number between two others; anything else is not what is ``meaning``."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} bukan {meaning}")
        return int(text)

    return read


#: Reads the port at which something listens.
port = whole(1, 65_535, "nomor pintu")
