"""What letting people in and noting what they look at needs of the world; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from pipeline.access.accounts import Account, FormerAddress, HeldRole, Token
from pipeline.access.drafts import ChosenFile, Draft
from pipeline.access.failed_tries import Counted
from pipeline.access.requests import Request
from pipeline.access.sessions import Session
from pipeline.archive.ports import Finding
from pipeline.cases.journal import Entry
from pipeline.cases.ports import Blob


class Accounts(Protocol):
    """All accounts of an office."""

    def make(self, login: str, name: str, roles: Iterable[HeldRole], now: datetime, nip: str = "") -> Account:
        """Make an account without a password; its owner sets one by a one-time link.

        Raises:
            Incomplete: login, name or a role cannot be used, or another account has that NIP.
            UsageFault: there is such an account.
        """

    def account(self, login: str) -> Account:
        """Return the account; raises ``NotFound`` if there is none, as all that follow do."""

    def all(self) -> list[Account]:
        """Return every account, by login."""

    def has_admin(self) -> bool:
        """Say whether anybody can manage accounts."""

    def give(self, login: str, roles: Iterable[HeldRole], now: datetime) -> None:
        """Set the roles that an account holds.

        Raises:
            Incomplete: one cannot be held.
            NotAllowed: it would leave the office without an admin.
        """

    def lock(self, login: str, *, locked: bool, now: datetime) -> None:
        """Lock an account, which ends its sessions and links, or open it again.

        Raises:
            NotAllowed: it would leave the office without an admin.
        """

    def set_nip(self, login: str, nip: str) -> None:
        """Set an account's NIP, by which its posts are to be taken up anew; raises ``Incomplete`` if another has it."""

    def set_name(self, login: str, name: str) -> None:
        """Set the name of an account's owner."""

    def set_address(self, login: str, address: str, now: datetime) -> None:
        """Set where mail reaches an account; the one that it had is to be told."""

    def former_addresses(self) -> Sequence[FormerAddress]:
        """Return the addresses that are to be told that they are no longer an account's, the oldest first."""

    def forget_address(self, former: int) -> None:
        """Forget a former address: it was told, or it is too late for that."""

    def take(self, login: str, posts: Iterable[str], now: datetime) -> None:
        """Note the roles that came to an account by its NIP; they are all that did."""

    def ever_held(self) -> Mapping[str, Mapping[str, float]]:
        """Return who has ever held each role, and since when (seconds since 1970; 0: before that was noted)."""

    def nips_before(self) -> Mapping[str, Collection[str]]:
        """Return the NIPs that accounts had before they were changed, by login."""

    def clear(self, login: str, name: str) -> None:
        """Take away what a locked account knows of its owner (NIP, address, password, sessions), for good.

        ``name`` stands in the place of the owner's from now on. Raises ``NotAllowed`` if it is not locked.
        """

    def unsettle(self, login: str, now: datetime) -> None:
        """Let what an account has ever held count from now on: it may be another's from now on."""

    def set_password(self, login: str, password: str) -> None:
        """Set a password, which ends the account's sessions; raises ``Incomplete`` for one that cannot be taken."""


class Sessions(Protocol):
    """The sessions of browsers, kept here so that they can be ended."""

    def start(self, login: str, address: str, now: datetime) -> str:
        """Begin a session; return the key for the browser."""

    def find(self, key: str, now: datetime, *, used: bool = True) -> Session | None:
        """Return the session of that key if it is alive, and notice that it was used (by a person, not a page)."""

    def ended(self, now: datetime, *, key: str = "", csrf: str = "") -> Session | None:
        """Return the session of that key, or of those forms, if it is over, but not for longer than drafts are kept."""

    def end(self, session: bytes) -> None:
        """End a session; one that is over is no fault."""

    def end_all(self, login: str) -> None:
        """End every session of an account."""

    def alive(self, now: datetime) -> list[Session]:
        """Return the sessions that are alive, the newest first."""

    def tell(self, session: bytes, kind: str, words: str) -> None:
        """Leave a message that the next page of the session shows."""

    def told(self, session: bytes) -> list[tuple[str, str]]:
        """Take the messages that were left."""


class Drafts(Protocol):
    """What people typed and have not sent, for each account alone (:mod:`pipeline.access.drafts`)."""

    def keep(self, login: str, draft: Draft, files: Sequence[Blob] = ()) -> bool:
        """Keep a draft in place of what the same form held before, but not of what another page holds.

        Of ``files`` (in the order of the draft's) those are kept that there is room for. Returns whether there was room
        for the rest.

        Raises:
            SettingsFault: the office's key was lost.
            Passing: the disk is full.
        """

    def files(self, login: str, draft: Draft) -> list[tuple[ChosenFile, bytes]]:
        """Return the files that are kept with a draft; none if one of them is gone or was changed."""

    def kept(self, login: str, forms: Collection[str]) -> list[Draft]:
        """Return the newest draft of each of these forms that has one, and of each letter or file they are about."""

    def all(self, login: str) -> list[Draft]:
        """Return every draft of an account, the newest first."""

    def drop(self, login: str, name: str) -> None:
        """Forget a draft by its name; one that is gone is no fault."""

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and whatever is of no account."""


class Links(Protocol):
    """One-time links: the only way in for an account that has no password yet, or lost it."""

    def make(self, login: str, now: datetime, by: str = "") -> str:
        """Return the key of a new link that ``by`` made; an older one of the same account is void."""

    def maker(self, key: str) -> str:
        """Return who made a link; nothing if that is not known."""

    def whose(self, key: str, now: datetime) -> str:
        """Return the login that a link is for; raises ``Denied`` for one that is not good."""


class Tokens(Protocol):
    """The keys of programs that use the API, each with one role and an end; some act for one account."""

    def make(self, label: str, role: str, last_day: date, made_by: str, now: datetime, owner: str = "") -> str:
        """Make a token that is good until the end of a day; return its key, which is not kept.

        Raises:
            Incomplete: the label is missing, the role unknown, or the day past or too far.
        """

    def find(self, key: str, now: datetime) -> Token | None:
        """Return the token of that key if it is good, and waits for nobody."""

    def all(self) -> list[Token]:
        """Return every token, those past their end too, the newest first."""

    def end(self, token_id: int) -> None:
        """Void a token; one that is gone is no fault."""


class Requests(Protocol):
    """What waits for a second person (:mod:`pipeline.access.requests`)."""

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
        """Keep a request that waits from now on; return it."""

    def all(self) -> list[Request]:
        """Return every request, the newest first."""

    def waiting(self) -> list[Request]:
        """Return the requests that wait, the oldest first."""

    def settle(self, request: int, state: str, by: str) -> bool:
        """Settle a request; say whether it still waited, so that of two who settle it at once one does."""


class Notices(Protocol):
    """What accounts are told until they have read it."""

    def tell(self, logins: Iterable[str], words: str, now: datetime) -> None:
        """Leave words for these accounts."""

    def unread(self, login: str) -> list[tuple[int, float, str]]:
        """Return what an account has not read: id, moment in seconds since 1970, words; the oldest first."""

    def read(self, login: str, newest: int) -> None:
        """Note that an account has read its own up to this one; another's are not touched, nor what came since."""


class FailedTries(Protocol):
    """Tries that failed, counted so that whoever guesses has to wait."""

    def begin(self, counted: Sequence[Counted], now: datetime) -> None:
        """Let a try go ahead, and count it as failed until it is given back.

        Raises:
            Denied: there were too many; says how long to wait, and counts nothing.
        """

    def failed(self, counted: Counted, now: datetime) -> None:
        """Count a try that had not to wait for this."""

    def give_back(self, counted: Sequence[Counted]) -> None:
        """Take a try that succeeded out of the count."""

    def forget(self, *counted: Counted) -> None:
        """Forget all failed tries, after one that succeeded."""

    def any(self, counted: Counted) -> bool:
        """Say whether there were failed tries of late."""

    def remember(self, counted: Counted, now: datetime) -> None:
        """Remember that somebody came in from there."""

    def is_known(self, counted: Counted, now: datetime) -> bool:
        """Say whether somebody came in from there before."""


class People(Protocol):
    """The people of one office: coming in, setting a password by a link, making the first admin."""

    @property
    def accounts(self) -> Accounts:
        """Their accounts."""

    @property
    def sessions(self) -> Sessions:
        """Their sessions."""

    @property
    def links(self) -> Links:
        """The links that are waiting to be used."""

    @property
    def tokens(self) -> Tokens:
        """The tokens of programs."""

    @property
    def requests(self) -> Requests:
        """What waits for a second person."""

    @property
    def notices(self) -> Notices:
        """What accounts are told until they have read it."""

    @property
    def tries(self) -> FailedTries:
        """The tries that failed."""

    def present(self, key: str, now: datetime, *, used: bool = True) -> tuple[Session, Account] | None:
        """Return the session of that key with its account as both are now; None if it is over. Each page asks this.

        It is noticed that the session was used (by a person, not a page).
        """

    def still_present(self, session: bytes, now: datetime) -> tuple[Session, Account] | None:
        """Return a session with its account as both are now; None if it is over."""

    def sign_in(self, login: str, password: str, address: str, now: datetime) -> str:
        """Return the key of a new session; raises as :meth:`check` does."""

    def check(self, login: str, password: str, address: str, now: datetime) -> None:
        """Let whoever knows the password of an account go on, without a session.

        Raises:
            Denied: login or password is wrong, the account is locked, or there were too many tries.
        """

    def set_by_link(self, key: str, password: str, address: str, now: datetime) -> str:
        """Set the password of the account that a link is for; return its login. The link is used up.

        Raises:
            Denied: the link is not good.
            Incomplete: the password cannot be taken; the link stays good.
        """

    def make_first(self, key: str, login: str, name: str, password: str, now: datetime) -> None:
        """Make the first admin account; raises as :meth:`set_by_link` does."""

    def close(self) -> None:
        """Put down what is held open; the next use opens it again."""


class AccessLog(Protocol):
    """Who looked at which case, and who let whom in: written before it happens, and never changed after."""

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
        """Write that somebody is about to see something, or to change an account."""

    def entries(self, month: str, behind: Entry | None = None) -> tuple[Entry, ...]:
        """Return the lines of a month (``2026-11``) that can be relied upon, oldest first; or those behind one."""

    def months(self) -> list[str]:
        """Return the months that have lines, the newest first."""

    def verify(self) -> list[Finding]:
        """Return everything that is wrong with the log."""

    def flush(self) -> None:
        """Make what was written durable now."""
