"""The accounts of an office, with the hashes of their passwords."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from pipeline.access.accounts import ALL_OF_BEFORE, Account, FormerAddress, HeldRole, checked_roles, login_of
from pipeline.access.last_admin import require_admin
from pipeline.access.requests import CONFIRMED, PASSWORD, POST
from pipeline.access.store.account_states import state_with
from pipeline.access.store.clearing import take_particulars
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people_rows import PeopleRows
from pipeline.acts import Act, Advice
from pipeline.errors import Incomplete, NotFound, UsageFault
from pipeline.office.officials import plain_nip, same_nip
from pipeline.storage.rows import Rows


class StoredAccounts:
    """All accounts of this office."""

    def __init__(self, database: PeopleRows, passwords: Passwords) -> None:
        self._database, self._passwords = database, passwords

    def make(self, login: str, name: str, roles: Iterable[HeldRole], now: datetime, nip: str = "") -> Account:
        """Make an account without a password; its owner sets one by a one-time link.

        Raises:
            Incomplete: the login or the name cannot be used, or another account has that NIP.
            UsageFault: there is such an account.
        """
        login = login_of(login)
        if not name.strip():
            raise Incomplete("Nama orang belum diisi.", "Isi nama lengkap pemegang akun.")
        held = checked_roles(roles)
        with self._database.changing() as rows:
            if rows.execute("SELECT 1 FROM account WHERE login = ?", (login,)).fetchone():
                raise UsageFault(f"Akun {login} sudah ada.", "Pilih nama masuk lain.")
            _require_free_nip(rows, nip, login)
            rows.execute(
                "INSERT INTO account (login, name, nip, made) VALUES (?, ?, ?, ?)",
                (login, name.strip(), nip.strip(), now.timestamp()),
            )
            _keep_roles(rows, login, held, now)
        return self.account(login)

    def account(self, login: str) -> Account:
        """Return the account.

        Raises:
            NotFound: there is none.
        """
        if (found := self._found(login)) is None:
            raise NotFound("Akun itu tidak ada.", Advice("Lihat daftarnya ", Act.LIST_ACCOUNTS, "."))
        return found

    def all(self) -> list[Account]:
        """Return every account, by login."""
        with self._database.reading() as rows:
            return accounts_in(rows)

    def has_admin(self) -> bool:
        """Say whether anybody can manage accounts: an account with the role ``admin`` and a password."""
        return any(a.ready and any(held.role == "admin" for held in a.roles) for a in self.all())

    def give(self, login: str, roles: Iterable[HeldRole], now: datetime) -> None:
        """Set the roles that an account holds.

        Raises:
            NotFound: there is no such account.
            Incomplete: a role is unknown, or its period ends before it begins.
            NotAllowed: it would leave the office without an admin.
        """
        self.account(login)
        held = checked_roles(roles)
        with self._keeping_an_admin(now) as rows:
            held_before = rows.execute("SELECT role FROM held_role WHERE login = ?", (login,)).fetchall()
            rows.execute("DELETE FROM held_role WHERE login = ?", (login,))
            _keep_roles(rows, login, held, now, {row["role"] for row in held_before})

    def lock(self, login: str, *, locked: bool, now: datetime) -> None:
        """Lock an account, which ends its sessions and links, or open it again.

        Raises:
            NotFound: there is no such account.
            NotAllowed: it would leave the office without an admin.
        """
        self.account(login)
        with self._keeping_an_admin(now) as rows:
            rows.execute("UPDATE account SET locked = ? WHERE login = ?", (int(locked), login))
            if locked:
                rows.execute("DELETE FROM session WHERE login = ?", (login,))
                rows.execute("DELETE FROM link WHERE login = ?", (login,))

    @contextmanager
    def _keeping_an_admin(self, now: datetime) -> Iterator[Rows]:
        """Hold a transaction that is given up where it would leave the office without an admin."""
        with self._database.changing() as rows:
            before = accounts_in(rows)
            yield rows
            require_admin(before, accounts_in(rows), now.date())

    def set_nip(self, login: str, nip: str) -> None:
        """Set an account's NIP; what came by the old one is to be taken up, and confirmed, anew.

        Raises:
            NotFound: there is no such account.
            Incomplete: another account has that NIP.
        """
        self.account(login)
        with self._database.changing() as rows:
            _require_free_nip(rows, nip, login)
            before = next(account for account in accounts_in(rows) if account.login == login)
            # Of twins it says nothing which of them has it, and nobody ever came in by a slip that was mended at once.
            if before.ready and not before.twin and not same_nip(before.nip, nip):
                rows.execute("INSERT INTO nip_before VALUES (?, ?) ON CONFLICT DO NOTHING", (login, before.nip))
            rows.execute("UPDATE account SET nip = ? WHERE login = ?", (nip.strip(), login))
            rows.execute("DELETE FROM taken_post WHERE login = ?", (login,))
            rows.execute("DELETE FROM request WHERE login = ? AND kind = ?", (login, POST))

    def set_name(self, login: str, name: str) -> None:
        """Set the name of an account's owner.

        Raises:
            NotFound: there is no such account.
        """
        self.account(login)
        with self._database.changing() as rows:
            rows.execute("UPDATE account SET name = ? WHERE login = ?", (name, login))

    def set_address(self, login: str, address: str, now: datetime) -> None:
        """Set where mail reaches an account; the one that it had is to be told.

        Raises:
            NotFound: there is no such account.
        """
        self.account(login)
        with self._database.changing() as rows:
            before = rows.execute("SELECT address FROM account WHERE login = ?", (login,)).fetchone()["address"]
            rows.execute("UPDATE account SET address = ? WHERE login = ?", (address, login))
            if before and before != address:
                kept = (login, before, now.timestamp())
                rows.execute("INSERT INTO former_address (login, address, at) VALUES (?, ?, ?)", kept)

    def former_addresses(self) -> list[FormerAddress]:
        """Return the addresses that are to be told that they are no longer an account's, the oldest first."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT * FROM former_address ORDER BY id").fetchall()
        return [FormerAddress(row["id"], row["login"], row["address"], row["at"]) for row in found]

    def forget_address(self, former: int) -> None:
        """Forget a former address: it was told, or it is too late for that."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM former_address WHERE id = ?", (former,))

    def take(self, login: str, posts: Iterable[str], now: datetime) -> None:
        """Note the roles that came to an account by its NIP; they are all that did."""
        taken = list(posts)
        with self._database.changing() as rows:
            known = rows.execute("SELECT role FROM taken_post WHERE login = ?", (login,)).fetchall()
            before = {row["role"] for row in known}
            rows.execute("DELETE FROM taken_post WHERE login = ?", (login,))
            rows.executemany("INSERT INTO taken_post VALUES (?, ?)", [(login, role) for role in taken])
            _note_held(rows, login, set(taken) - before, 0.0 if ALL_OF_BEFORE in before else now.timestamp())

    def clear(self, login: str, name: str) -> None:
        """Take away what a locked account knows of its owner, for good; the login stays.

        Raises:
            NotFound: there is no such account.
            NotAllowed: it is not locked.
        """
        take_particulars(self._database, self.account(login), name)

    def ever_held(self) -> Mapping[str, Mapping[str, float]]:
        """Return who has ever held each role, and since when (seconds since 1970; 0: before that was noted)."""
        found: dict[str, dict[str, float]] = {}
        with self._database.reading() as rows:
            for row in rows.execute("SELECT role, login, since FROM ever_held").fetchall():
                found.setdefault(row["role"], {})[row["login"]] = row["since"]
        return found

    def nips_before(self) -> Mapping[str, Collection[str]]:
        """Return the NIPs that accounts had before they were changed, by login."""
        found: dict[str, set[str]] = {}
        with self._database.reading() as rows:
            for row in rows.execute("SELECT login, nip FROM nip_before").fetchall():
                found.setdefault(row["login"], set()).add(row["nip"])
        return found

    def unsettle(self, login: str, now: datetime) -> None:
        """Let what an account has ever held count from now on: it may be another's from now on."""
        with self._database.changing() as rows:
            rows.execute("UPDATE ever_held SET since = ? WHERE login = ?", (now.timestamp(), login))

    def set_password(self, login: str, password: str) -> None:
        """Set a password; every session of the account ends.

        Raises:
            NotFound: there is no such account.
            Incomplete: the password cannot be taken.
        """
        self.account(login)
        self.keep_password(login, self.hashed(login, password))

    def hashed(self, login: str, password: str) -> str:
        """Return the hash of a password that an account is to get.

        Raises:
            Incomplete: the password cannot be taken.
        """
        return self._passwords.hashed(password, login)

    def keep_password(self, login: str, stored: str) -> None:
        """Keep the hash of an account's new password; every session of the account ends."""
        with self._database.changing() as rows:
            rows.execute("UPDATE account SET password = ? WHERE login = ?", (stored, login))
            rows.execute("DELETE FROM session WHERE login = ?", (login,))

    def known_by(self, login: str, password: str, renewing: Callable[[str], None] | None = None) -> bool:
        """Say whether that is the password of an open account; takes as long for one that does not exist.

        A hash that was made with other costs than today's is made anew once ``renewing`` has noted it.
        """
        with self._database.reading() as rows:
            found = rows.execute("SELECT password, locked FROM account WHERE login = ?", (login,)).fetchone()
        if not self._passwords.right(found["password"] if found else "", password) or found["locked"]:
            return False
        if renewing and self._passwords.outdated(found["password"]):
            self._renew(login, found["password"], self._passwords.again(password), renewing)
        return True

    def _renew(self, login: str, before: str, stored: str, noted: Callable[[str], None]) -> None:
        """Keep another hash of the same password; what the account was and becomes is noted first.

        An account that became another one in the meantime stays that: its password may have been taken from somebody.
        """
        with self._database.reading() as rows:
            was, becomes = (state_with(rows, login, one) for one in (before, stored))
        noted(f"{was}:{becomes}")
        with self._database.changing() as rows:
            if state_with(rows, login) == was:
                rows.execute("UPDATE account SET password = ? WHERE login = ?", (stored, login))

    def _found(self, login: str) -> Account | None:
        with self._database.reading() as rows:
            return next(iter(accounts_in(rows, "WHERE account.login = ?", login)), None)


def accounts_in(rows: Rows, where: str = "", *values: str) -> list[Account]:
    """Return the accounts, by login."""
    accounts = rows.execute(f"SELECT * FROM account {where} ORDER BY login", values).fetchall()  # noqa: S608
    nips = Counter(plain_nip(row["nip"]) for row in rows.execute("SELECT nip FROM account").fetchall())
    roles: dict[str, list[HeldRole]] = {}
    for row in rows.execute("SELECT * FROM held_role ORDER BY role, since").fetchall():
        period = date.fromisoformat(row["since"]), date.fromisoformat(row["until"])
        roles.setdefault(row["login"], []).append(HeldRole(row["role"], *period))
    taken: dict[str, set[str]] = {}
    for row in rows.execute("SELECT login, role FROM taken_post").fetchall():
        taken.setdefault(row["login"], set()).add(row["role"])
    kept_back, doubted = _waiting(rows)
    return [
        Account(
            login=row["login"],
            name=row["name"],
            nip=row["nip"],
            locked=bool(row["locked"]),
            ready=bool(row["password"]),
            roles=tuple(roles.get(row["login"], ())),
            twin=bool(plain_nip(row["nip"])) and nips[plain_nip(row["nip"])] > 1,
            taken=frozenset(taken.get(row["login"], ())),
            kept_back=frozenset(kept_back.get(row["login"], ())),
            doubted=row["login"] in doubted,
            address=row["address"],
        )
        for row in accounts
    ]


def _waiting(rows: Rows) -> tuple[dict[str, set[str]], set[str]]:
    """Return which roles by the NIP are kept back from whom, and whose password is doubted."""
    kept_back: dict[str, set[str]] = {}
    asked = "SELECT login, roles FROM request WHERE kind = ? AND state <> ?"
    for row in rows.execute(asked, (POST, CONFIRMED)).fetchall():
        kept_back.setdefault(row["login"], set()).add(json.loads(row["roles"])[0][0])
    newest = "SELECT MAX(id) FROM request WHERE kind = ? GROUP BY login"
    asked = f"SELECT login FROM request WHERE state <> ? AND id IN ({newest})"  # noqa: S608
    found = rows.execute(asked, (CONFIRMED, PASSWORD)).fetchall()
    return kept_back, {row["login"] for row in found}


def _require_free_nip(rows: Rows, nip: str, login: str) -> None:
    """Make sure that no other account has a NIP.

    Raises:
        Incomplete: one has; names it.
    """
    for row in rows.execute("SELECT login, nip FROM account WHERE login <> ?", (login,)).fetchall():
        if same_nip(row["nip"], nip):
            wrong = f"sudah dipakai akun {row['login']}"
            raise Incomplete(
                f"NIP itu {wrong}.",
                "Satu NIP, satu akun: periksa NIP-nya, atau betulkan akun itu.",
                {"nip": ("NIP", wrong)},
            )


def _keep_roles(rows: Rows, login: str, held: Iterable[HeldRole], now: datetime, before: Iterable[str] = ()) -> None:
    kept = list(held)
    written = [(login, one.role, one.since.isoformat(), one.until.isoformat()) for one in kept]
    rows.executemany("INSERT INTO held_role VALUES (?, ?, ?, ?)", written)
    _note_held(rows, login, {one.role for one in kept} - set(before), now.timestamp())


def _note_held(rows: Rows, login: str, roles: Iterable[str], since: float) -> None:
    """Note since when an account holds roles; one that it held long ago and gets again counts from now on."""
    noted = "INSERT INTO ever_held VALUES (?, ?, ?) ON CONFLICT (role, login) DO UPDATE SET since = excluded.since"
    rows.executemany(noted, [(role, login, since) for role in roles])
