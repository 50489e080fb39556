"""Watching or disturbing the effects on the disk from outside: what was done in which order, and faults at will."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from crash import EFFECTS

from pipeline.storage import disk
from pipeline.storage.disk_full import passing


def put_before(monkeypatch: Any, before: Callable[[str, tuple[Any, ...]], None]) -> None:
    """Have something done before every effect on the disk; it is told the effect's name and arguments."""

    def spied(name: str, effect: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(effect)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            before(name, args)
            return effect(*args, **kwargs)

        return wrapped

    for name in EFFECTS:
        monkeypatch.setattr(disk, name, spied(name, getattr(disk, name)))


def record(monkeypatch: Any, root: Path) -> list[str]:
    """Return a list that grows with every effect (``append archive/.changes``), last path under the root named."""
    effects: list[str] = []

    def note(name: str, args: tuple[Any, ...]) -> None:
        paths = [a for a in args if isinstance(a, Path)]
        effects.append(f"{name} {paths[-1].relative_to(root).as_posix()}")

    put_before(monkeypatch, note)
    return effects


def path_of(descriptor: int) -> Path:
    """Return which file a descriptor of this process is of."""
    return Path(os.readlink(f"/proc/self/fd/{descriptor}"))


class Cut(BaseException):
    """The process was cut off here; nothing that catches faults catches this."""


@contextmanager
def cut_at(monkeypatch: Any, number: int) -> Iterator[None]:
    """Cut the work off just before its n-th effect, as a kill would."""
    count = 0

    def counted(_name: str, _args: tuple[Any, ...]) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise Cut

    with monkeypatch.context() as patch:
        put_before(patch, counted)
        yield


class FullDisk:
    """A disk without room for so many effects of these names under paths that contain ``where``."""

    def __init__(self, monkeypatch: Any, times: int, names: tuple[str, ...], where: str = "") -> None:
        self.refused = 0
        self._left, self._names, self._where = times, names, where
        for name in names:
            monkeypatch.setattr(disk, name, self._full(getattr(disk, name).__wrapped__))

    def has_room_again(self) -> None:
        """Refuse nothing any more."""
        self._left = 0

    def _full(self, effect: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(effect)
        def full(*args: Any, **kwargs: Any) -> Any:
            if self._left and any(self._where in str(a) for a in args if isinstance(a, Path)):
                self._left -= 1
                self.refused += 1
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return effect(*args, **kwargs)

        return passing(full)
