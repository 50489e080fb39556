"""Coming in and leaving: login, the one-time links, the first admin; and one's own account."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from pipeline.access.account_details import change_address as set_address
from pipeline.access.accounts import loggable
from pipeline.access.credentials import use_link
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, own_path
from pipeline.errors import Denied, Incomplete, YankomasError

pages = Pages()
_FORM_LIMIT = 16_384  # bytes: strangers send no more than names, a password and a key
#: What the login page says to who comes from there; an address can choose among these words, and write none.
_NEWS = {"sandi": "Kata sandi tersimpan. Silakan masuk.", "keluar": "Anda sudah keluar."}


@pages.get("/masuk", Right.ANYONE, Lane.QUICK)
def login_page(visit: Visit) -> Response:
    """Show the login form; who is in already goes on."""
    if visit.visitor:
        return visit.go(own_path(visit.asked("lanjut")))
    news, onward = _NEWS.get(visit.asked("kabar"), ""), own_path(visit.asked("lanjut"))
    return _login(visit, onward, news=news)


@pages.post("/masuk", Right.ANYONE, Lane.DOOR, limit=_FORM_LIMIT)
def sign_in(visit: Visit) -> Response:
    """Let somebody in: a new session, whatever cookie came."""
    onward = own_path(visit.text("lanjut"))
    login, password = visit.text("login"), str(visit.form.get("sandi", ""))
    if not (login and password):  # no try, and not counted as one
        return _login(visit, onward, login, Denied("Nama masuk dan kata sandi belum diisi.", "Isi keduanya."))
    try:
        key = visit.desk.people.sign_in(login, password, visit.address, visit.desk.now())
    except Denied as fault:
        return _login(visit, onward, login, fault)
    if visit.visitor:
        visit.desk.people.sessions.end(visit.visitor.session)
    visit.desk.sweep_drafts()
    response = RedirectResponse(onward, status_code=303)
    response.set_cookie(visit.desk.cookie, key, httponly=True, samesite="strict", secure=visit.desk.tls, path="/")
    return response


def _login(visit: Visit, onward: str, login: str = "", fault: Denied | None = None, news: str = "") -> Response:
    values = {"onward": onward, "login": login, "fault": fault, "news": news, "again": False, "sent": None}
    values["nobody"] = not visit.desk.people.accounts.has_admin()
    return visit.show("masuk.html", 403 if fault else 200, title="Masuk", **values)


@pages.post("/keluar", Right.SIGNED_IN, Lane.QUICK)
def sign_out(visit: Visit) -> Response:
    """End the session."""
    visit.desk.people.sessions.end(visit.who.session)
    response = visit.go("/masuk", query={"kabar": "keluar"})
    response.delete_cookie(visit.desk.cookie, path="/")
    return response


@pages.get("/masuk/pertama", Right.ANYONE, Lane.QUICK)
def first_page(visit: Visit) -> Response:
    """Show the form for the first admin account."""
    key = visit.asked("kunci")
    visit.desk.people.links.whose(key, visit.desk.now())
    return _first(visit, key)


@pages.post("/masuk/pertama", Right.ANYONE, Lane.DOOR, limit=_FORM_LIMIT)
def make_first(visit: Visit) -> Response:
    """Make the first admin account."""
    key, login, name = visit.text("kunci"), visit.text("login"), visit.text("nama")
    try:
        password = new_password(visit)
        visit.desk.people.links.whose(key, visit.desk.now())  # strangers without a link write nothing
        _note(visit, f"{loggable(login.lower())}: admin")
        visit.desk.people.make_first(key, login, name, password, visit.desk.now())
    except Incomplete as fault:
        return _first(visit, key, fault, login, name)
    return visit.go("/masuk", query={"kabar": "sandi", "lanjut": "/pengaturan"})


@pages.get("/masuk/tautan", Right.ANYONE, Lane.QUICK)
def link_page(visit: Visit) -> Response:
    """Show the form by which the owner of an account sets its password."""
    key = visit.asked("kunci")
    login = visit.desk.people.links.whose(key, visit.desk.now())
    return visit.show("masuk-tautan.html", title="Buat kata sandi", key=key, login=login, fault=None)


@pages.post("/masuk/tautan", Right.ANYONE, Lane.DOOR, limit=_FORM_LIMIT)
def set_password(visit: Visit) -> Response:
    """Set a password by a one-time link."""
    key = visit.text("kunci")
    try:
        use_link(
            key, new_password(visit), visit.address, parts=visit.desk.grant_parts(lambda about: _note(visit, about))
        )
    except Incomplete as fault:
        login = visit.desk.people.links.whose(key, visit.desk.now())
        return visit.show("masuk-tautan.html", 422, title="Buat kata sandi", key=key, login=login, fault=fault)
    return visit.go("/masuk", query={"kabar": "sandi"})


def _note(visit: Visit, about: str) -> None:
    """Write into the access log what a stranger does by a link."""
    visit.desk.access_log.append(visit.desk.now(), "?", visit.route, (), about=about)


def new_password(visit: Visit) -> str:
    """Return the new password of a form that asks for it twice.

    Raises:
        Incomplete: the two are not the same.
    """
    first, again = (str(visit.form.get(name, "")) for name in ("sandi_baru", "sandi_lagi"))
    if first != again:
        raise Incomplete("Kedua kata sandi tidak sama.", "Ketik kata sandi yang sama dua kali.")
    return first


def _first(visit: Visit, key: str, fault: Incomplete | None = None, login: str = "", name: str = "") -> Response:
    values = {"key": key, "fault": fault, "login": login, "name": name}
    return visit.show("masuk-pertama.html", 422 if fault else 200, title="Akun admin pertama", **values)


@pages.get("/profil", Right.SIGNED_IN, Lane.QUICK)
def profile(visit: Visit) -> Response:
    """Show one's own account."""
    return _shown(visit)


@pages.post("/profil/sandi", Right.SIGNED_IN, Lane.DOOR)
def change_password(visit: Visit) -> Response:
    """Change one's own password; all sessions of the account end."""
    people, who, now = visit.desk.people, visit.who, visit.desk.now()
    try:
        people.check(who.login, str(visit.form.get("sandi", "")), visit.address, now)
        visit.note(about=loggable(who.login))
        people.accounts.set_password(who.login, new_password(visit))
    except (Denied, Incomplete) as fault:
        return _shown(visit, fault)
    response = visit.go("/masuk", query={"kabar": "sandi"})
    response.delete_cookie(visit.desk.cookie, path="/")
    return response


@pages.post("/profil/surel", Right.SIGNED_IN, Lane.QUICK)
def change_address(visit: Visit) -> Response:
    """Set where mail reaches oneself."""
    try:
        set_address(visit.who.login, visit.text("surel"), by=visit.who.login, parts=visit.grant_parts)
    except Incomplete as fault:
        return _shown(visit, address_fault=fault)
    return visit.go("/profil", "Alamat surel disimpan.")


def _shown(visit: Visit, fault: YankomasError | None = None, address_fault: YankomasError | None = None) -> Response:
    values = {
        "account": visit.desk.people.accounts.account(visit.who.login),
        "fault": fault,
        "address_fault": address_fault,
        "mails": visit.desk.root.settings.mail.is_on,
    }
    return visit.show("profil.html", 422 if fault or address_fault else 200, title="Profil", **values)
