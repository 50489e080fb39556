"""Taking away what an office knows of the owner of an account that has been locked for its term."""

from __future__ import annotations

from pipeline.access.accounts import Account
from pipeline.access.store.people_rows import PeopleRows
from pipeline.errors import NotAllowed

#: What is kept of an account's owner besides the account itself.
_OF_OWNERS = ("held_role", "taken_post", "nip_before", "former_address", "session", "ended_session", "link")


def take_particulars(database: PeopleRows, account: Account, name: str) -> None:
    """Take name, NIP, address, password and roles of an account away; ``name`` stands in the name's place.

    Raises:
        NotAllowed: it is not locked.
    """
    if not account.locked:
        raise NotAllowed(f"Akun {account.login} tidak terkunci.", "Kunci dahulu.")
    with database.changing() as rows:
        emptied = "nip = '', address = '', password = ''"
        rows.execute(f"UPDATE account SET name = ?, {emptied} WHERE login = ?", (name, account.login))  # noqa: S608
        for table in _OF_OWNERS:
            rows.execute(f"DELETE FROM {table} WHERE login = ?", (account.login,))  # noqa: S608
    database.overwrite()
