"""Fakes of the ports of access: they pass the contract tests of the real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import count

from pipeline.access.accounts import (
    FIRST,
    LINK_LIFE,
    TOKEN_LIFE,
    Account,
    FormerAddress,
    HeldRole,
    Token,
    checked_roles,
    held,
    login_of,
)
from pipeline.access.drafts import KEPT
from pipeline.access.failed_tries import ACCOUNT, FORGOTTEN, KNOWN, Counted, wait
from pipeline.access.last_admin import require_admin
from pipeline.access.passwords import unfit
from pipeline.access.requests import CONFIRMED, PASSWORD, POST, WAITING, Request
from pipeline.access.sessions import Session
from pipeline.archive.ports import Finding
from pipeline.cases.journal import GENESIS, Entry, write_line
from pipeline.errors import Denied, Incomplete, NotAllowed, NotFound, UsageFault
from pipeline.office.officials import same_nip
from pipeline.office.roles import is_given


class FakeFailedTries:
    """Failed tries in memory."""

    def __init__(self) -> None:
        self._counts: Counter[bytes] = Counter()
        self._last: dict[bytes, float] = {}
        self._free: dict[bytes, float] = {}
        self._known: dict[bytes, float] = {}

    def begin(self, counted: Sequence[Counted], now: datetime) -> None:
        if max((self._free.get(one.key, 0.0) for one in counted), default=0.0) > now.timestamp():
            raise Denied("Terlalu banyak percobaan yang gagal.", "Tunggu, lalu coba lagi.")
        for one in counted:
            self.failed(one, now)

    def failed(self, counted: Counted, now: datetime) -> None:
        at, key = now.timestamp(), counted.key
        if at - self._last.get(key, at) > FORGOTTEN:
            self.forget(counted)
        self._counts[key] += 1
        self._last[key], self._free[key] = at, at + wait(counted.allowance, self._counts[key])

    def give_back(self, counted: Sequence[Counted]) -> None:
        for one in counted:
            self._counts[one.key] = max(0, self._counts[one.key] - 1)
            self._free[one.key] = 0.0

    def forget(self, *counted: Counted) -> None:
        for one in counted:
            self._counts.pop(one.key, None)
            self._free.pop(one.key, None)

    def any(self, counted: Counted) -> bool:
        return self._counts[counted.key] > 0

    def remember(self, counted: Counted, now: datetime) -> None:
        self._known[counted.key] = now.timestamp()

    def is_known(self, counted: Counted, now: datetime) -> bool:
        return now.timestamp() - self._known.get(counted.key, float("-inf")) <= KNOWN


class FakeAccessLog:
    """An access log in memory."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = {}

    def append(
        self,
        at: datetime,
        login: str,
        route: str,
        roles: Iterable[str],
        case: str = "",
        about: str = "",
        reason: str = "",
    ) -> None:
        month = max([f"{at:%Y-%m}", *self._entries])
        told = {name: text for name, text in (("case", case), ("about", about), ("reason", reason)) if text}
        data = {"roles": sorted(roles), **told}
        lines = self._entries.setdefault(month, [])
        _, entry = write_line(len(lines) + 2, at, login, route, data, lines[-1].hash if lines else GENESIS)
        lines.append(entry)

    def entries(self, month: str, behind: Entry | None = None) -> tuple[Entry, ...]:
        lines = self._entries.get(month, [])
        return tuple(lines[lines.index(behind) + 1 :] if behind else lines)

    def months(self) -> list[str]:
        return sorted(self._entries, reverse=True)

    def verify(self) -> list[Finding]:
        return []

    def flush(self) -> None:
        pass


class FakeAccounts:
    """Accounts in memory, with their passwords as they are."""

    def __init__(self, people: FakePeople) -> None:
        self._people, self._accounts = people, dict[str, Account]()
        self.passwords: dict[str, str] = {}
        self._ever: dict[str, dict[str, float]] = {}
        self._nips: dict[str, set[str]] = {}
        self._former: list[FormerAddress] = []
        self._ids = count(1)

    def make(self, login: str, name: str, roles: Iterable[HeldRole], now: datetime, nip: str = "") -> Account:
        login, held_roles = login_of(login), checked_roles(roles)
        if not name.strip():
            raise Incomplete("Nama orang belum diisi.", "Isi nama lengkap pemegang akun.")
        if login in self._accounts:
            raise UsageFault(f"Akun {login} sudah ada.", "Pilih nama masuk lain.")
        self._require_free(nip, login)
        self._accounts[login] = Account(login, name.strip(), nip.strip(), False, False, tuple(held_roles))
        self._note(login, {role.role for role in held_roles}, now)
        return self.account(login)

    def _require_free(self, nip: str, login: str) -> None:
        if any(a.login != login and same_nip(a.nip, nip) for a in self._accounts.values()):
            raise Incomplete("NIP itu sudah dipakai akun lain.", "Satu NIP, satu akun.")

    def _note(self, login: str, roles: Iterable[str], now: datetime) -> None:
        for role in roles:
            self._ever.setdefault(role, {})[login] = now.timestamp()

    def account(self, login: str) -> Account:
        if login not in self._accounts:
            raise NotFound("Akun itu tidak ada.", "Lihat daftarnya dengan `yankomas akun daftar`.")
        requests = [r for r in self._people.requests.all() if r.login == login and r.state != CONFIRMED]
        passwords = [r for r in self._people.requests.all() if (r.login, r.kind) == (login, PASSWORD)]
        return replace(
            self._accounts[login],
            kept_back=frozenset(name for r in requests if r.kind == POST for name in r.names),
            doubted=bool(passwords) and passwords[0].state != CONFIRMED,
        )

    def all(self) -> list[Account]:
        return [self.account(login) for login in sorted(self._accounts)]

    def has_admin(self) -> bool:
        return any(a.ready and any(role.role == "admin" for role in a.roles) for a in self.all())

    def give(self, login: str, roles: Iterable[HeldRole], now: datetime) -> None:
        kept, before = tuple(checked_roles(roles)), {role.role for role in self.account(login).roles}
        self._change(replace(self._accounts[login], roles=kept), now)
        self._note(login, {role.role for role in kept} - before, now)

    def lock(self, login: str, *, locked: bool, now: datetime) -> None:
        self.account(login)
        self._change(replace(self._accounts[login], locked=locked), now)
        if locked:
            self._people.sessions.end_all(login)
            self._people.links.void(login)

    def _change(self, account: Account, now: datetime) -> None:
        after = {**self._accounts, account.login: account}
        require_admin(self._accounts.values(), after.values(), now.date())
        self._accounts = after

    def set_nip(self, login: str, nip: str) -> None:
        self.account(login)
        self._require_free(nip, login)
        if self._accounts[login].ready and not same_nip(self._accounts[login].nip, nip):
            self._nips.setdefault(login, set()).add(self._accounts[login].nip)
        self._accounts[login] = replace(self._accounts[login], nip=nip.strip(), taken=frozenset())
        self._people.requests.forget(login, POST)

    def set_name(self, login: str, name: str) -> None:
        self._accounts[login] = replace(self._accounts[login], name=name)

    def set_address(self, login: str, address: str, now: datetime) -> None:
        before = self.account(login).address
        if before and before != address:
            self._former.append(FormerAddress(next(self._ids), login, before, now.timestamp()))
        self._accounts[login] = replace(self._accounts[login], address=address)

    def former_addresses(self) -> list[FormerAddress]:
        return list(self._former)

    def forget_address(self, former: int) -> None:
        self._former = [one for one in self._former if one.id != former]

    def take(self, login: str, posts: Iterable[str], now: datetime) -> None:
        before, taken = self._accounts[login].taken, frozenset(posts)
        self._accounts[login] = replace(self._accounts[login], taken=taken)
        self._note(login, taken - before, now)

    def ever_held(self) -> dict[str, dict[str, float]]:
        return {role: dict(since) for role, since in self._ever.items()}

    def nips_before(self) -> dict[str, set[str]]:
        return {login: set(nips) for login, nips in self._nips.items()}

    def clear(self, login: str, name: str) -> None:
        account = self.account(login)
        if not account.locked:
            raise NotAllowed("Akun itu tidak terkunci.", "")
        self.passwords.pop(login, None)
        emptied = replace(account, name=name, nip="", address="", ready=False, roles=(), taken=frozenset())
        self._accounts[login] = emptied
        self._nips.pop(login, None)
        self._former = [former for former in self._former if former.login != login]

    def unsettle(self, login: str, now: datetime) -> None:
        self._note(login, [role for role, since in self._ever.items() if login in since], now)

    def set_password(self, login: str, password: str) -> None:
        account = self._accounts[self.account(login).login]
        if fault := unfit(password, login):
            raise Incomplete(fault, "Kalimat pendek paling baik.")
        self.passwords[login] = password
        self._accounts[login] = replace(account, ready=True)
        self._people.sessions.end_all(login)


class FakeSessions:
    """Sessions in memory; a key is its number."""

    def __init__(self) -> None:
        self._sessions: dict[bytes, Session] = {}
        self._ended: dict[bytes, Session] = {}
        self._told: dict[bytes, list[tuple[str, str]]] = {}
        self._keys = count(1)

    def start(self, login: str, address: str, now: datetime) -> str:
        key, at = f"kunci-{next(self._keys)}", now.timestamp()
        self._sessions[key.encode()] = Session(key.encode(), login, f"csrf-{key}", address, at, at)
        return key

    def find(self, key: str, now: datetime, *, used: bool = True) -> Session | None:
        found = next((s for s in self.alive(now) if s.digest == key.encode()), None)
        if found and used:
            self._sessions[found.digest] = replace(found, seen=now.timestamp())
        return found

    def ended(self, now: datetime, *, key: str = "", csrf: str = "") -> Session | None:
        known = {**self._ended, **self._sessions}.values()
        found = next((s for s in known if key.encode() == s.digest or csrf == s.csrf), None)
        alive = found is not None and found.digest in self._sessions and not found.is_over(now.timestamp())
        old = found is not None and now.timestamp() - found.seen >= KEPT.total_seconds()
        return None if alive or old else found

    def end(self, session: bytes) -> None:
        if over := self._sessions.pop(session, None):
            self._ended[session] = over

    def end_all(self, login: str) -> None:
        for session in [s.digest for s in self._sessions.values() if s.login == login]:
            self.end(session)

    def alive(self, now: datetime) -> list[Session]:
        at = now.timestamp()
        alive = (s for s in self._sessions.values() if not s.is_over(at))
        return sorted(alive, key=lambda s: -s.started)

    def tell(self, session: bytes, kind: str, words: str) -> None:
        if session in self._sessions:
            self._told.setdefault(session, []).append((kind, words))

    def told(self, session: bytes) -> list[tuple[str, str]]:
        return self._told.pop(session, [])


class FakeLinks:
    """One-time links in memory."""

    def __init__(self) -> None:
        self._links: dict[str, tuple[str, float]] = {}
        self._makers: dict[str, str] = {}
        self._keys = count(1)

    def make(self, login: str, now: datetime, by: str = "") -> str:
        self.void(login)
        key = f"tautan-{next(self._keys)}"
        self._links[key] = (login, now.timestamp() + LINK_LIFE)
        self._makers[key] = by
        return key

    def maker(self, key: str) -> str:
        return self._makers.get(key, "") if key in self._links else ""

    def whose(self, key: str, now: datetime) -> str:
        login, ends = self._links.get(key, ("", 0.0))
        if ends < now.timestamp():
            raise Denied("Tautan ini sudah dipakai atau lewat waktunya.", "Mintalah tautan baru kepada admin.")
        return login

    def void(self, login: str) -> None:
        self._links = {key: link for key, link in self._links.items() if link[0] != login}


class FakeTokens:
    """Tokens in memory."""

    def __init__(self, requests: FakeRequests) -> None:
        self._requests = requests
        self._tokens: dict[str, Token] = {}
        self._ids = count(1)

    def make(self, label: str, role: str, last_day: date, made_by: str, now: datetime, owner: str = "") -> str:
        days = (last_day - now.date()).days
        if not label.strip() or not is_given(role) or role == "admin" or not 0 <= days <= TOKEN_LIFE:
            raise Incomplete("Token tidak dapat dibuat.", "Isi nama, peran kerja, dan hari terakhirnya.")
        number = next(self._ids)
        ends = datetime.combine(last_day, time(23, 59, 59), now.tzinfo).timestamp()
        self._tokens[f"ykm_{number}"] = Token(number, label.strip(), role, ends, made_by, owner)
        return f"ykm_{number}"

    def find(self, key: str, now: datetime) -> Token | None:
        token = self._tokens.get(key)
        waiting = {r.token for r in self._requests.all() if r.state != CONFIRMED}
        return token if token and token.ends >= now.timestamp() and token.id not in waiting else None

    def all(self) -> list[Token]:
        return sorted(self._tokens.values(), key=lambda token: -token.id)

    def end(self, token_id: int) -> None:
        self._tokens = {key: token for key, token in self._tokens.items() if token.id != token_id}


class FakeRequests:
    """Requests in memory."""

    def __init__(self) -> None:
        self._requests: list[Request] = []

    def make(
        self,
        login: str,
        kind: str,
        roles: Iterable[HeldRole],
        by: str,
        now: datetime,
        token: int = 0,
        detail: str = "",
    ) -> Request:
        number = len(self._requests) + 1
        made = Request(number, login, kind, tuple(roles), by, now.timestamp(), token=token, detail=detail)
        self._requests.append(made)
        return made

    def all(self) -> list[Request]:
        return self._requests[::-1]

    def waiting(self) -> list[Request]:
        return [r for r in self._requests if r.state == WAITING]

    def settle(self, request: int, state: str, by: str) -> bool:
        there = [r.id for r in self.waiting()]
        self._requests = [
            replace(r, state=state, settled_by=by) if r.id == request and r.id in there else r for r in self._requests
        ]
        return request in there

    def forget(self, login: str, kind: str) -> None:
        self._requests = [r for r in self._requests if (r.login, r.kind) != (login, kind)]


class FakeNotices:
    """Notices in memory."""

    def __init__(self) -> None:
        self._notices: list[tuple[int, str, float, str]] = []
        self._ids = count(1)

    def tell(self, logins: Iterable[str], words: str, now: datetime) -> None:
        self._notices += [(next(self._ids), login, now.timestamp(), words) for login in logins]

    def unread(self, login: str) -> list[tuple[int, float, str]]:
        return [(number, at, words) for number, whose, at, words in self._notices if whose == login]

    def read(self, login: str, notice: int) -> None:
        self._notices = [one for one in self._notices if one[:2] != (notice, login)]


class FakePeople:
    """The people of an office in memory."""

    def __init__(self) -> None:
        self.requests, self.notices = FakeRequests(), FakeNotices()
        self.accounts, self.sessions = FakeAccounts(self), FakeSessions()
        self.links, self.tokens, self.tries = FakeLinks(), FakeTokens(self.requests), FakeFailedTries()

    def present(self, key: str, now: datetime, *, used: bool = True) -> tuple[Session, Account] | None:
        session = self.sessions.find(key, now, used=used)
        return (session, self.accounts.account(session.login)) if session else None

    def still_present(self, session: bytes, now: datetime) -> tuple[Session, Account] | None:
        return self.present(session.decode(), now, used=False)

    def sign_in(self, login: str, password: str, address: str, now: datetime) -> str:
        login = login.strip().lower()
        self.check(login, password, address, now)
        return self.sessions.start(login, address, now)

    def check(self, login: str, password: str, address: str, now: datetime) -> None:
        counted = [ACCOUNT.of(login, address)]
        self.tries.begin(counted, now)
        known = {account.login: account for account in self.accounts.all()}
        if self.accounts.passwords.get(login) != password or known[login].locked:
            raise Denied("Nama masuk atau kata sandi tidak cocok.", "Periksa keduanya, atau hubungi admin kantor.")
        self.tries.forget(*counted)

    def set_by_link(self, key: str, password: str, address: str, now: datetime) -> str:
        login = self.links.whose(key, now)
        if login == FIRST:
            raise Denied("Tautan ini bukan untuk kata sandi.", "Mintalah tautan baru kepada admin.")
        self.accounts.set_password(login, password)
        self.links.void(login)
        return login

    def make_first(self, key: str, login: str, name: str, password: str, now: datetime) -> None:
        if self.links.whose(key, now) != FIRST or self.accounts.has_admin():
            raise Denied("Akun admin sudah dibuat.", "Masuklah dengan akun itu.")
        if fault := unfit(password, login):
            raise Incomplete(fault, "Kalimat pendek paling baik.")
        account = self.accounts.make(login, name, [held("admin")], now)
        self.links.void(FIRST)
        self.accounts.set_password(account.login, password)

    def close(self) -> None:
        pass
