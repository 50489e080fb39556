"""*Akun*, for the admin: who may come in with which roles.

Whatever lets somebody in, or keeps them out, is in the access log before it is done: who gives themselves a role to
read a case, and gives it back, has left two lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from starlette.responses import Response

from pipeline.access import account_details, confirmation, credentials, granting
from pipeline.access.accounts import HeldRole, held, loggable
from pipeline.access.rights import Right
from pipeline.access.sessions import Session, presences
from pipeline.cases.answers import read_day
from pipeline.cases.key_labels import role_name
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.hand_over import shown_handovers
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.office.roles import ADMIN

pages = Pages()
#: So many sessions of an account are shown, the newest; the others are folded.
_SESSIONS = 5


@pages.get("/akun", Right.PEOPLE, Lane.QUICK, personal=False)
def accounts(visit: Visit) -> Response:
    """Show all accounts and the sessions that are alive."""
    return _list(visit)


@pages.post("/akun", Right.PEOPLE, Lane.QUICK, personal=False)
def make_account(visit: Visit) -> Response:
    """Make an account; its owner gets a one-time link, which is shown once."""
    roles = [held(role) for role in visit.texts("peran")]
    login, name, nip = (visit.text(field) for field in ("login", "nama", "nip"))
    try:
        made = granting.make_account(login, name, nip, roles, by=visit.who.login, parts=visit.grant_parts)
    except YankomasError as fault:
        return _list(visit, fault)
    key = visit.desk.people.links.make(made.account.login, visit.desk.now(), visit.who.login)
    return _link(visit, made.account.login, key, made.waiting)


@pages.get("/akun/{login}", Right.PEOPLE, Lane.QUICK, personal=False)
def account(visit: Visit) -> Response:
    """Show one account."""
    return _one(visit, visit.request.path_params["login"])


@pages.post("/akun/{login}/peran", Right.PEOPLE, Lane.QUICK, personal=False)
def give_roles(visit: Visit) -> Response:
    """Set the roles of an account with their periods."""
    login = visit.request.path_params["login"]
    try:
        given = _periods(visit)
        if login == visit.who.login and ADMIN not in {g.role for g in given}:
            raise NotAllowed("Anda tidak dapat mencabut peran admin sendiri.", "Mintalah admin lain melakukannya.")
        granted = granting.give_roles(login, given, by=visit.who.login, parts=visit.grant_parts)
    except (Incomplete, NotAllowed) as fault:
        return _one(visit, login, fault)
    later = f" Menunggu pengesahan: {', '.join(map(role_name, granted.waiting))}." if granted.waiting else ""
    return visit.go(f"/akun/{login}", f"Peran disimpan.{later}")


@pages.post("/akun/{login}/nama", Right.PEOPLE, Lane.QUICK, personal=False)
def change_name(visit: Visit) -> Response:
    """Set the name of an account's owner."""
    return _changed(visit, account_details.change_name, "nama", "Nama disimpan.")


@pages.post("/akun/{login}/nip", Right.PEOPLE, Lane.QUICK, personal=False)
def change_nip(visit: Visit) -> Response:
    """Set the NIP of an account."""
    return _changed(visit, granting.change_nip, "nip", "NIP disimpan.")


@pages.post("/akun/{login}/surel", Right.PEOPLE, Lane.QUICK, personal=False)
def change_address(visit: Visit) -> Response:
    """Set where mail reaches an account."""
    return _changed(visit, account_details.change_address, "surel", "Alamat surel disimpan.")


def _changed(visit: Visit, change: Callable[..., object], name: str, said: str) -> Response:
    """Change what the form says of an account, or show its page with what is wrong."""
    login = visit.request.path_params["login"]
    try:
        change(login, visit.text(name), by=visit.who.login, parts=visit.grant_parts)
    except Incomplete as fault:
        return _one(visit, login, fault)
    return visit.go(f"/akun/{login}", said)


@pages.post("/akun/{login}/kunci", Right.PEOPLE, Lane.QUICK, personal=False)
def lock(visit: Visit) -> Response:
    """Lock an account or open it again."""
    login, locked = visit.request.path_params["login"], visit.text("kunci") == "ya"
    if login == visit.who.login:
        raise NotAllowed("Anda tidak dapat mengunci akun sendiri.", "Mintalah admin lain melakukannya.")
    account_details.lock(login, locked=locked, by=visit.who.login, parts=visit.grant_parts)
    return visit.go(f"/akun/{login}", "Akun dikunci; semua sesinya diakhiri." if locked else "Akun dibuka kembali.")


@pages.post("/akun/{login}/tautan", Right.PEOPLE, Lane.QUICK, personal=False)
def new_link(visit: Visit) -> Response:
    """Make a one-time link by which the owner sets a new password."""
    login = visit.request.path_params["login"]
    key = credentials.make_link(login, by=visit.who.login, parts=visit.grant_parts)
    return _link(visit, login, key)


@pages.post("/akun/{login}/sesi", Right.PEOPLE, Lane.QUICK, personal=False)
def end_sessions(visit: Visit) -> Response:
    """End every session of an account."""
    login = visit.request.path_params["login"]
    visit.note(about=loggable(login))
    visit.desk.people.sessions.end_all(login)
    return visit.go(f"/akun/{login}", "Semua sesi akun ini diakhiri.")


@pages.post("/akun/token/baru", Right.PEOPLE, Lane.QUICK, personal=False)
def make_token(visit: Visit) -> Response:
    """Make a token for a program; its key is shown once."""
    try:
        last_day = read_day(visit.text("sampai"))
    except ValueError:
        return _list(visit, token_fault=Incomplete("Hari terakhir token belum diisi.", "Tulis misalnya 31-12-2026."))
    label, role, owner = visit.text("nama"), visit.text("peran"), visit.text("pemilik")
    try:
        key, later = credentials.make_token(label, role, last_day, owner, by=visit.who.login, parts=visit.grant_parts)
    except (Incomplete, NotFound) as fault:
        return _list(visit, token_fault=fault)
    return visit.show("akun-token.html", title="Token baru", label=label, key=key, later=later)


@pages.post("/akun/token/cabut", Right.PEOPLE, Lane.QUICK, personal=False)
def end_token(visit: Visit) -> Response:
    """Void a token."""
    if (number := number_in(visit.text("token"), 15)) is not None:
        visit.note(about=f"token-{number}")
        visit.desk.people.tokens.end(number)
    return visit.go("/akun", "Token dicabut.")


def _list(visit: Visit, fault: YankomasError | None = None, token_fault: YankomasError | None = None) -> Response:
    people, now = visit.desk.people, visit.desk.now()
    officials, of = visit.desk.root.settings.office.appointed, visit.desk.root.office_roles
    all_accounts = [(a, sorted(a.roles_on(now.date(), officials, of))) for a in people.accounts.all()]
    values = {
        "accounts": all_accounts,
        "present": [(one.count, *_told(visit, one.latest)) for one in presences(people.sessions.alive(now))],
        "tokens": [(t, _moment(visit, t.ends), t.ends < now.timestamp()) for t in people.tokens.all()],
        "roles": of.given,
        "twins": [a.login for a, _ in all_accounts if a.twin],
        "waiting": [confirmation.described(r) for r in people.requests.waiting()],
        "fault": fault,
        "token_fault": token_fault,
    }
    return visit.show("akun.html", 422 if fault or token_fault else 200, title="Akun", **values)


def _one(visit: Visit, login: str, fault: YankomasError | None = None) -> Response:
    found = visit.desk.people.accounts.account(login)
    sessions = [_told(visit, s) for s in visit.desk.people.sessions.alive(visit.desk.now()) if s.login == login]
    periods = {h.role: (_written(h.since), _written(h.until)) for h in found.roles}
    values = {
        "account": found,
        "periods": periods,
        "roles": tuple(dict.fromkeys([*visit.desk.root.office_roles.given, *periods])),
        "sessions": sessions,
        "shown": _SESSIONS,
        "fault": fault,
        "wrong": wrong_with(fault),
        "handovers": shown_handovers(visit, login),
    }
    return visit.show("akun-satu.html", 422 if fault else 200, title=f"Akun {login}", **values)


def _link(visit: Visit, login: str, key: str, waiting: Sequence[str] = ()) -> Response:
    scheme = "https" if visit.desk.tls else "http"  # a proxy's word for it may not have reached us
    link = f"{scheme}://{visit.request.headers['host']}/masuk/tautan?kunci={key}"
    return visit.show("akun-tautan.html", title="Tautan sekali pakai", login=login, link=link, waiting=waiting)


def _periods(visit: Visit) -> list[HeldRole]:
    """Return the roles that were ticked, with their periods.

    Raises:
        Incomplete: a day cannot be read; names every one of them.
    """
    wrong: dict[str, tuple[str, str]] = {}

    def day(end: str, role: str) -> date | None:
        name = f"{end}-{role}"
        try:
            return read_day(written) if (written := visit.text(name)) else None
        except ValueError:
            wrong[name] = (f"{role_name(role)}, {end}", "tulis misalnya 01-12-2026")
            return None

    given = [held(role, day("mulai", role), day("sampai", role)) for role in visit.texts("peran")]
    if wrong:
        raise Incomplete("Peran belum disimpan.", "Betulkan tanggal yang ditandai, lalu simpan lagi.", wrong)
    return given


def _written(day: date) -> str:
    return "" if day in (date.min, date.max) else day.isoformat()


def _told(visit: Visit, session: Session) -> tuple[Session, str, str]:
    """Return a session with when it began and when it was used last, as moments (ISO 8601)."""
    return session, _moment(visit, session.started), _moment(visit, session.seen)


def _moment(visit: Visit, at: float) -> str:
    return datetime.fromtimestamp(at, visit.desk.now().tzinfo).isoformat()
