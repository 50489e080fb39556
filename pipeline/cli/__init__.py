"""The ``yankomas`` command: reads input, calls one verb or one view, shows the result. No rule lives here."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence

from pipeline.cli.grammar import parser
from pipeline.cli.parser import say_error, speak_indonesian
from pipeline.errors import Passing, YankomasError
from pipeline.system_messages import os_words

_SELDOM = 100_000  # new objects between two looks for garbage; loading the program makes more, and no garbage


def program() -> int:
    """Run one command as a program of its own: spend no time on looking for garbage that a short life does not make."""
    gc.set_threshold(_SELDOM)
    code = main()
    gc.freeze()  # or everything that was loaded is looked through once more at the end
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (0, or that of the error, ``pipeline/errors.py``)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    speak_indonesian()
    try:
        options = parser(arguments).parse_args(arguments)
        return int(options.command(options))
    except YankomasError as fault:
        return say_error(fault)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:  # whatever no part foresaw: a folder without permission, a file where a folder belongs
        where = fault.filename or "Berkas atau folder"
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return say_error(Passing(f"{where}: {os_words(fault)}.", "Kosongkan ruang cakram, lalu ulangi."))
        return say_error(YankomasError(f"{where}: {os_words(fault)}.", "Periksa izin dan folder itu, lalu ulangi."))
    except KeyboardInterrupt:
        return 130
