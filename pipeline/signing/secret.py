"""A passphrase while it is needed: it never shows itself, and its bytes are overwritten at the end."""

from __future__ import annotations

from typing import Self


class Secret:
    """A passphrase or PIN. Text that a person typed passes through Python's own memory before; that cannot be undone.

    Use it as a context: at its end the bytes are overwritten.
    """

    __slots__ = ("_held",)

    def __init__(self, text: str) -> None:
        self._held = bytearray(text.encode())

    def reveal(self) -> bytes:
        """Return the passphrase, to be handed on at once."""
        return bytes(self._held)

    def wipe(self) -> None:
        """Overwrite it."""
        self._held[:] = bytes(len(self._held))
        self._held.clear()

    def __bool__(self) -> bool:
        return bool(self._held)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not to be copied or stored")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()
