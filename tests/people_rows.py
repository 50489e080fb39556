"""People who have worked at a desk, and their rows, wherever an office keeps them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from fakes import MORNING

from pipeline.access.accounts import held
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import StoredPeople
from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import AllPeople
from pipeline.errors import Denied
from pipeline.office.handovers import Handover
from pipeline.privacy.ports import MatterLine
from pipeline.survey.questionnaire import Answer

if TYPE_CHECKING:
    from pipeline.wiring import Root

PASSWORD, HOME = "empat kata acak sekali", "10.0.0.7"
#: An answer to the survey, and what somebody asked of the data about them.
GOOD = Answer((4,) * 9, {})
ASKED = MatterLine(1, "minta", MORNING, "siti", "tim-yankomas", {"nama": "Rahmat Rekaan"})
#: Somebody acts for another, on the day of the tests.
IN_PLACE = Handover(
    *("kabid", "Plh.", "Kepala Bidang", "siti", "Siti Rekaan", MORNING.date(), MORNING.date(), "budi", MORNING)
)


def cheap() -> Passwords:
    """Hashes of passwords that cost next to nothing."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def lived_in(people: StoredPeople) -> dict[str, str]:
    """Let people work, so that there is something of everything; return keys that they have."""
    people.accounts._passwords = cheap()
    for login, role in (("ani", "admin"), ("siti", "tim-yankomas"), ("budi", "kabid")):
        people.accounts.make(login, f"{login.title()} Rekaan", [held(role)], MORNING, "")
        people.accounts.set_password(login, PASSWORD)
    people.accounts.set_nip("budi", "199001012020121001")
    people.accounts.set_nip("budi", "199001012020121002")
    people.accounts.take("budi", ["kadiv"], MORNING)
    people.accounts.set_address("siti", "siti@kantor.contoh", MORNING)
    people.accounts.set_address("siti", "lain@kantor.contoh", MORNING)
    people.tokens.make("lama", "kabid", MORNING.date(), "ani", MORNING)
    token = people.tokens.make("loket", "kabid", MORNING.date(), "ani", MORNING, "budi")
    last = people.tokens.make("keliru", "kabid", MORNING.date(), "ani", MORNING)
    people.tokens.end(people.tokens.find(last, MORNING).id)
    people.requests.make("siti", "peran", [held("kabid")], "ani", MORNING, detail="rinci")
    people.notices.tell(["siti", "budi"], "Peran berubah.", MORNING)
    people.sessions.end_all("siti")
    key = people.sign_in("siti", PASSWORD, HOME, MORNING)
    people.sessions.end(people.sessions.find(people.sign_in("budi", PASSWORD, HOME, MORNING), MORNING).digest)
    people.sessions.tell(people.sessions.find(key, MORNING).digest, "baik", "Tersimpan.")
    link = people.links.make("budi", MORNING, "ani")
    with pytest.raises(Denied):
        people.check("ani", "keliru sekali kata ini", HOME, MORNING)
    people.close()
    return {"session": key, "link": link, "token": token}


def as_sets(told: AllPeople) -> dict[str, set[tuple[object, ...]]]:
    """Return all that is kept of people whatever its order."""
    return {table: set(rows) for table, rows in told.items()}


def past_the_program(root: Root, statement: str) -> None:
    """Change an office's people as who has its file, or its way to the database, can."""
    if root.is_central:
        import psycopg

        with psycopg.connect(root.database.address) as rows:
            rows.execute(f"SET search_path TO {root.database.schema}")
            rows.execute(statement)
        return
    with closing(sqlite3.connect(root.layout.people / FILE)) as rows:
        rows.execute(statement)
        rows.commit()


def all_that_is_kept(root: Root) -> bytes:
    """Return all that an office keeps of its people, its file byte for byte or the values of its rows."""
    if not root.is_central:
        return b"".join(path.read_bytes() for path in root.layout.people.iterdir())
    from pipeline.access.store.postgres_people_moves import central_people

    rows = (row for table in (central_people(root.database) or {}).values() for row in table)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
