"""Seals in a restic repository that only takes more (an append-only REST server, a bucket with object lock).

A seal is a snapshot of ``segel/`` whose tags say its number and hash, so that all can be asked for at once. The
repository may be that of the backups; these leave snapshots of seals alone.
"""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.backup.store.restic import Restic, write_password
from pipeline.errors import NotFound, YankomasError
from pipeline.evidence.seal import Seal

#: The password of a repository of seals alone; in every backup, for a seal is no secret.
PASSWORD = ".kunci/saksi"  # noqa: S105 - where it lies
_BACKUPS = ".kunci/cadangan"
SEALS, _TRIAL = "yankomas-segel", "yankomas-coba"
_PATIENCE = 20.0  # seconds for one answer; `verify` waits no longer for a place that is away
_TAG = re.compile(r"segel-(\d{1,9})-([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class ResticWitness:
    """A repository as a witness (see the port). ``shared``: it is that of the office's backups."""

    layout: Layout
    repository: str
    shared: bool

    @property
    def place(self) -> str:
        """How the place is called, for people."""
        return f"restic {self.repository}"

    def send(self, seal: Seal, now: datetime) -> None:
        """Keep the seals there, and say by tags which is the newest.

        Raises:
            YankomasError: the repository cannot be reached, or does not take it.
        """
        restic = self._opened()
        if not restic.exists():
            restic.make()
        folder = self.layout.seals.relative_to(self.layout.root)
        restic.keep(self.layout.root, str(folder), (SEALS, f"segel-{seal.seq}-{seal.hash}"))

    def kept(self) -> Mapping[int, frozenset[str]]:
        """Return the hashes that the place has, by the seal's number.

        Raises:
            SettingsFault: it is there, and not to be opened with the password that is here (any more).
            YankomasError: it cannot be asked.
        """
        found: dict[int, frozenset[str]] = {}
        with self._asked() as restic:
            for tag in (tag for tags in restic.tags_of(SEALS) for tag in tags):
                if said := _TAG.fullmatch(tag):
                    seq = int(said[1])
                    found[seq] = found.get(seq, frozenset()) | {said[2]}
        return found

    @contextmanager
    def _asked(self) -> Iterator[Restic]:
        """Open the repository for asking: also where its password is away, which is then told as a wrong one."""
        if self._password.exists():
            yield Restic(self.repository, self._password, _PATIENCE)
            return
        with tempfile.NamedTemporaryFile("w") as none:
            none.write("tidak ada\n")
            none.flush()
            yield Restic(self.repository, Path(none.name), _PATIENCE)

    def can_be_cleared(self) -> bool:
        """Say whether this machine could take back what it left there: tried with something of its own.

        Raises:
            YankomasError: the repository cannot be reached.
        """
        restic = self._opened()
        made = restic.keep(self.layout.root, str(self.layout.seals.relative_to(self.layout.root)), (_TRIAL,))
        with suppress(YankomasError):  # what counts is whether it is still there
            restic.drop(made)
        return made not in restic.ids_of(_TRIAL)

    @property
    def _password(self) -> Path:
        return self.layout.root / (_BACKUPS if self.shared else PASSWORD)

    def _opened(self) -> Restic:
        if not self._password.exists():
            if self.shared:
                raise NotFound(f"Belum ada cadangan di {self.repository}.", "Jalankan `yankomas backup` sekali dahulu.")
            write_password(self._password, secrets.token_urlsafe(32))
        return Restic(self.repository, self._password, _PATIENCE)
