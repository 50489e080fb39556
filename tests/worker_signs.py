"""Signs of workers at a centre of tests: of which there are none, but those that a test gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

import pipeline
from pipeline.storage.postgres_forms import known_form


class Signs:
    """Says what workers of an office would say, as who looks after the database."""

    def __init__(self, owner: psycopg.Connection, office: str) -> None:
        self.owner, self._office = owner, office

    def give(self, *, machine: str = "mesin-rekaan", program: str = pipeline.__version__, form: int = 0) -> None:
        """Have a worker of this machine live, of this program unless another is named."""
        self.owner.execute(
            "INSERT INTO kerja.pekerja VALUES (%s, %s, %s, %s, %s, now() + interval '1 hour')",
            (machine, machine, program, form or known_form(), [self._office]),
        )

    def last(self, ago: str) -> None:
        """Have each have given its last sign so long ago."""
        self.owner.execute("UPDATE kerja.pekerja SET saat = now() - %s::interval", (ago,))

    def wait_longer(self, interval: str) -> None:
        """Have what waits wait so much longer."""
        self.owner.execute("UPDATE kerja.procrastinate_events SET at = at - %s::interval", (interval,))


@contextmanager
def workers_of(address: str, office: str) -> Iterator[Signs]:
    """Give what says who works for an office; at first and at the end nobody does."""
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("DELETE FROM kerja.pekerja")
        yield Signs(owner, office)
        owner.execute("DELETE FROM kerja.pekerja")


@contextmanager
def form_of(owner: psycopg.Connection, office: str, form: int) -> Iterator[None]:
    """Have an office's schema be of this later form, as a later version of the program makes it."""
    owner.execute(f"INSERT INTO {office}.bentuk VALUES ({form})".encode())
    yield
    owner.execute(f"DELETE FROM {office}.bentuk WHERE versi = {form}".encode())
