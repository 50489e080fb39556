"""The desk: what every page may use. One for each app; built from a root, nothing opens before its first use."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from threading import Lock

from starlette.requests import Request

from pipeline.access import secrecy
from pipeline.access.accounts import Account, Token
from pipeline.access.grant_parts import GrantParts
from pipeline.access.granting import take_up
from pipeline.access.hand_over import HandOverParts
from pipeline.access.on_duty import away
from pipeline.access.ports import People
from pipeline.access.requests import BACKUP, EDITION
from pipeline.access.requests import Request as Confirmable
from pipeline.access.sessions import Session
from pipeline.archive.ports import Binder
from pipeline.cases.asked_edition import read_edition_change
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide_parts import DecideParts
from pipeline.desk.lanes import Lanes
from pipeline.desk.live_news import LiveNews
from pipeline.desk.noted_views import NotedViews
from pipeline.desk.once import Once
from pipeline.desk.open_rows import OpenRows
from pipeline.desk.presence import Presence
from pipeline.desk.saved_queries import SavedQueries
from pipeline.desk.service_inboxes import services_seen_by
from pipeline.desk.signing_jobs import SigningJobs
from pipeline.desk.stated_reasons import StatedReasons
from pipeline.desk.throttle import Rate, Throttle
from pipeline.desk.visitor import Visitor
from pipeline.errors import NotFound, YankomasError
from pipeline.intake.mailroom import Mailroom
from pipeline.intake.open_case import OpenParts
from pipeline.intake.receive import ReceiveParts
from pipeline.letters.revise import ReviseParts
from pipeline.office.ports import Clock
from pipeline.reading.ports import Reader
from pipeline.redaction.ports import Redactor
from pipeline.register.resembling import Resembling
from pipeline.scans.ports import Previews
from pipeline.search.ports import Search
from pipeline.signing.ports import Validator
from pipeline.wiring import Root
from pipeline.work.backup_settings import send_backups
from pipeline.work.chores import Chores
from pipeline.work.office_settings import SettingsParts
from pipeline.work.official_posts import appoint
from pipeline.work.own_sop import SopParts, install_asked
from pipeline.work.transfer import TransferParts

#: How often one token, or one session, may call the API; and how often one address without either.
CALLS, STRANGERS = Rate(600, 600), Rate(60, 30)
#: How often somebody is told at once that they ask for too much; refusing costs the machine something too.
REFUSED = Rate(60, 60)

#: How the access log calls the roles that an account's NIP gives it, before they are used for the first time.
TAKEN_UP = "peran dari office.toml"


class Desk(OpenRows):
    """What the pages and the API of one app share: the office, its people, their access log, what they have asked."""

    def __init__(self, root: Root, *, people: People, clock: Clock) -> None:
        self.people, self.clock = people, clock
        self._take(root)
        self.tls = root.settings.web.tls
        """Whether browsers come by https: as the server was started, whatever the settings say since."""
        self._renewing = Lock()
        self.access_log = root.access_log
        self.drafts = root.drafts
        self.live_news = LiveNews(root.newsreader, self._roles_of, self.is_open)
        self.saved_queries = SavedQueries()
        self.signing_jobs = SigningJobs()
        self.wake = root.wake
        """Tells the machine beside the desk that it may owe a case something now."""
        self.callers, self.strangers = Throttle(CALLS), Throttle(STRANGERS)
        self.lanes, self.refused = Lanes(), Throttle(REFUSED)
        self.noted_views, self.reasons = NotedViews(), StatedReasons(self.access_log)
        self.once, self.presence = Once(), Presence()

    def _take(self, root: Root) -> None:
        self.root = root
        self.book, self.summaries, self.live_rows = root.rows, root.summaries, root.live_rows
        self.signature_list = root.signature_list

    def renew(self) -> None:
        """Take the settings into use as the office's file has them now; asked before each page, whoever changed it."""
        with self._renewing:
            before = self.root
            if (root := before.successor()) is None:
                return
            if self.clock is before.clock:
                self.clock = root.clock
            self._take(root)
            if "template_checker" in before.__dict__:
                before.template_checker.close()

    @cached_property
    def previews(self) -> Previews:
        """Pages of documents as pictures."""
        return self.root.previews()

    @cached_property
    def binder(self) -> Binder:
        """Binds whole folders."""
        return self.root.binder()

    @cached_property
    def redactor(self) -> Redactor:
        """Draws redacted copies."""
        return self.root.redactor()

    @cached_property
    def reader(self) -> Reader:
        """Looks into files that come with a move: one for all requests, so that many start no more children."""
        return self.root.reader()

    @cached_property
    def validator(self) -> Validator:
        """Finds out what signatures are worth."""
        return self.root.validator()

    @cached_property
    def chores(self) -> Chores:
        """The long works of keeping."""
        return self.root.chores()

    @property
    def of_centre(self) -> bool:
        """Whether there are other offices, to which cases can go."""
        return self.root.is_central

    @property
    def transfer_parts(self) -> TransferParts:
        """What handing cases to other offices needs, at the desk's time.

        Raises:
            NotFound: there are no others.
        """
        if not self.of_centre:
            raise NotFound("Kantor ini tidak bersama kantor lain di satu pusat.", "Teruskan perkaranya dengan surat.")
        parts = self.root.transfer_parts(lambda: self.reader, lambda: self.validator)
        return replace(parts, deciding=self.decide_parts(), enrolling=self.open_parts().enrolling)

    @property
    def index(self) -> Search:
        """Where cases are found."""
        return self.root.index

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; the prefix binds it to this host and https (RFC 6265bis)."""
        return self._bound("yankomas")

    @property
    def stranger_cookie(self) -> str:
        """The cookie by which a stranger's forms are known to come from our page (login, *cek status*)."""
        return self._bound("yankomas-tamu")

    def _bound(self, name: str) -> str:
        return f"__Host-{name}" if self.tls else name

    def now(self) -> datetime:
        """Return the present moment in the office's zone."""
        return self.clock.now()

    def beside(self, who: Visitor, number: CaseNumber, *, filling: bool) -> str:
        """Say who else fills in a form of a case; note that this visitor does, if they do. Empty if nobody does.

        Who may not read the case, or has yet to say why, is told nothing, and noted nowhere.
        """
        case, now = str(number), self.now()
        if not filling and not self.presence.others(case, who.login, now):
            return ""
        row = self.row(number)
        if row is None or not secrecy.open_to(who.sees, row) or self.reasons.owes(who, row, now):
            return ""
        return self.presence.told(case, who.login, who.name, now, filling=filling)

    def visitor(self, request: Request) -> Visitor | None:
        """Return who sends the request, by the session's cookie; None for a stranger."""
        self.renew()
        key = request.cookies.get(self.cookie)
        used = "x-kabar" not in request.headers  # a page that renews itself is nobody at work
        present = self.people.present(key, self.now(), used=used) if key else None
        return self._visitor(*present, used=used) if present else None

    def _visitor(self, session: Session, account: Account, *, used: bool = False) -> Visitor | None:
        if account.locked:
            return None
        left = session.left(self.now().timestamp(), used=used)
        return replace(self._as_visitor(account, session.digest, session.csrf), left=left)

    def grant_parts(self, note: Callable[[str], None]) -> GrantParts:
        """Return what granting needs, at the desk's time; ``note`` writes into the access log what is about to be."""
        officials, of = self.root.settings.office.appointed, self.root.office_roles
        return GrantParts(self.people, officials, self.now(), note, of, self._carry_out)

    def settings_parts(self, note: Callable[[str], None]) -> SettingsParts:
        """Return what changing the settings needs, at the desk's time; ``note`` writes into the access log."""
        root = self.root
        services = tuple(one.key for one in root.services)
        return SettingsParts(root.office_file, self.now(), note, root.pattern.others, services)

    def sop_parts(self, note: Callable[[str], None], service: str) -> SopParts:
        """Return what changing a service's SOP needs, at the desk's time; ``note`` writes into the access log."""
        return self.root.sop_parts(lambda: self.grant_parts(note).staff, self.now(), note, service)

    def _carry_out(self, request: Confirmable, by: str, claim: Callable[[], bool]) -> None:
        if request.kind == EDITION:
            parts = self.sop_parts(lambda _about: None, read_edition_change(request.detail).service)
            install_asked(request, by=by, parts=parts, claim=claim)
        else:
            do = send_backups if request.kind == BACKUP else appoint
            do(request, by=by, parts=self.settings_parts(lambda _about: None), claim=claim)

    def _taken_up(self, account: Account) -> Account:
        """Return an account whose posts by its NIP are in the access log; those that cannot be written count not."""

        def note(about: str) -> None:
            self.access_log.append(self.now(), account.login, TAKEN_UP, (), about=about)

        try:
            return take_up(account, parts=self.grant_parts(note))
        except YankomasError:
            posts = account.posts(self.root.settings.office.officials)
            return replace(account, kept_back=account.kept_back | (posts - account.taken))

    def _as_visitor(self, account: Account, session: bytes = b"", csrf: str = "") -> Visitor:
        """Return somebody with the roles held today, and those of them in which another acts instead."""
        account = self._taken_up(account)
        today, appointed = self.now().date(), self.root.settings.office.appointed
        roles = account.roles_on(today, appointed, self.root.office_roles)
        given = {o.role for o in appointed if o.in_place_of == account.login and o.holds_on(today)}
        replaced = away(given, account.login, self.root.settings.office, today)
        nip = "" if account.twin else account.nip
        kinds = self.root.office_roles.kinds(roles)
        return Visitor(account.login, account.name, roles, session, csrf, account.login, nip, replaced, kinds=kinds)

    def program(self, token: Token) -> Visitor | None:
        """Return the program that a token lets in: with its role; one of an account never with more than the account.

        It follows the account: in what was handed over to that, and in what that handed over. None if it is locked.
        """
        self.renew()
        if not token.owner:
            roles, kinds = frozenset({token.role}), self.root.office_roles.kinds({token.role})
            return Visitor(token.login, token.label, roles, b"", "", program_role=token.role, kinds=kinds)
        try:
            account = self.people.accounts.account(token.owner)
        except NotFound:
            return None
        if account.locked:
            return None
        today, whole = self.now().date(), self._as_visitor(account)
        deputies = self.root.settings.office.deputies()
        handed = {o.role for o in deputies if o.account == token.owner and o.holds_on(today)}
        roles = whole.roles & {token.role, *handed}
        kinds = self.root.office_roles.kinds(roles)
        return replace(whole, login=token.login, roles=roles, program_role=token.role, kinds=kinds)

    def _roles_of(self, digest: bytes) -> frozenset[str] | None:
        """Return the roles of a session today with what they may, or None once it is over."""
        present = self.people.still_present(digest, self.now())
        found = self._visitor(*present) if present else None
        return found.standing if found else None

    def attach(self, name: str, number: CaseNumber, who: Visitor) -> str:
        """Have a file of the inbox attached to a case that the visitor may open; return its path there.

        Raises:
            NotAllowed: the case is *rahasia*, or another service's, and the visitor has no part in it.
            NotFound, Busy: as :meth:`pipeline.intake.mailroom.Mailroom.attach`.
        """
        self.require_open(who.sees, number)
        return self.mailroom(who).attach(name, number, who.acting(""))

    def mailroom(self, who: Visitor) -> Mailroom:
        """Give what is done with files of the inbox, with those that the visitor is shown."""
        return self.root.mailroom(services_seen_by(who, self.root))

    def resembling(self, case: Case, roles: Collection[str]) -> tuple[Resembling, ...]:
        """Return the cases that may be the same complaint, of those that somebody with these roles may read."""
        return self.root.resembling(case, lambda number: self.is_open(roles, number))

    def note(self, who: Visitor, route: str, case: CaseNumber | None = None, about: str = "") -> None:
        """Write into the access log that somebody is about to see personal data, or to change an account."""
        self.access_log.append(self.now(), who.login, route, who.roles, str(case) if case else "", about)

    def receive_parts(self) -> ReceiveParts:
        """Give what taking a deposited scan in needs, at the desk's time."""
        enrolling = self.open_parts().enrolling
        return self.root.receive_parts(self.reader, enrolling, self.decide_parts())

    def decide_parts(self) -> DecideParts:
        """Give what deciding needs, at the desk's time; a reader is started only for a file that comes along."""
        return replace(self.root.decide_parts(lambda: self.reader, lambda: self.validator), clock=self.clock)

    def revise_parts(self) -> ReviseParts:
        """Give what taking in an edited letter needs, at the desk's time."""
        return self.root.revise_parts(self.decide_parts())

    @property
    def hand_over_parts(self) -> HandOverParts:
        """What handing a role over needs, at the desk's time."""
        return replace(self.root.hand_over_parts, accounts=self.people.accounts, clock=self.clock)

    def open_parts(self) -> OpenParts:
        """Give what opening a case without a written complaint needs, at the desk's time."""
        found = self.root.open_parts()
        return replace(found, enrolling=replace(found.enrolling, clock=self.clock))

    def sweep_drafts(self) -> None:
        """Forget what was typed long ago, and by accounts that are no more; on a bad day later."""
        with suppress(YankomasError, OSError):
            self.drafts.sweep([account.login for account in self.people.accounts.all()], self.now())

    def close(self) -> None:
        """Make the access log durable and close the people's file."""
        self.access_log.flush()
        self.people.close()
        engines = map(self.__dict__.get, ("previews", "binder", "redactor", "reader", "validator", "chores"))
        for engine in filter(None, (*engines, self.root.__dict__.get("template_checker"))):
            engine.close()
