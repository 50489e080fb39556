"""What a command is given: the office it is about, and forms.

Forms are typed as ``--set name=value``, repeated for lists, or lie in a file (``--form FILE.toml``).
"""

from __future__ import annotations

import os
import pwd
import tomllib
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageFault
from pipeline.system_messages import os_words, toml_words
from pipeline.wiring import Root, office_in

if TYPE_CHECKING:
    from pipeline.reading.ports import Reader
    from pipeline.signing.ports import Validator


def answers_of(pairs: Iterable[str], form: Path | None) -> dict[str, Any]:
    """Return what was typed: the form file's values, overruled by ``--set``; a name set twice is a list.

    Raises:
        UsageFault: a pair has no ``=``, or the file is missing or no TOML.
    """
    return {**_from_file(form), **_from_pairs(pairs)}


def _from_pairs(pairs: Iterable[str]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageFault(f"--set {pair!r} tidak dapat dibaca.", "Tulis --set nama=nilai.")
        name = name.strip()
        if name in typed:
            known = typed[name]
            typed[name] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            typed[name] = value
    return typed


def _from_file(form: Path | None) -> dict[str, Any]:
    if form is None:
        return {}
    try:
        return tomllib.loads(form.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UsageFault(f"Formulir {form} tidak dapat dibuka ({os_words(fault)}).", "Periksa namanya.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UsageFault(
            f"Formulir {form} bukan TOML yang benar: {toml_words(fault)}.", "Betulkan baris itu."
        ) from fault


def system_account() -> str:
    """Return the system's account that runs the program, by which journal and access log name who is at the terminal.

    What the environment says (``LOGNAME``) is not asked: whoever types a command could say so to be somebody else.
    """
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # in some containers accounts have no name
        return f"uid-{os.getuid()}"


def known_root(options: Namespace) -> Root:
    """Return the office's root with its settings read: their fault, or a wrong folder, shows at once."""
    root = office_in(options.root).as_in_force()
    root.settings  # noqa: B018 - read when it is first asked for
    return root


@contextmanager
def engines_when_asked(root: Root) -> Iterator[tuple[Callable[[], Reader], Callable[[], Validator]]]:
    """Give what reads scans and what judges signatures; each is opened when it is first asked for, and closed again."""
    with ExitStack() as stack:
        yield (
            cache(lambda: stack.enter_context(closing(root.reader()))),
            cache(lambda: stack.enter_context(closing(root.validator()))),
        )


def ready_root(options: Namespace) -> Root:
    """Return the office's root, its settings read and its working folders made."""
    root = known_root(options)
    root.prepare()
    return root
