"""One's own account: name, roles, password, sessions."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.routes.login import new_password
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.errors import Denied, Incomplete, YankomasError

pages = Pages()


@pages.get("/profil", Right.SIGNED_IN)
def profile(visit: Visit) -> Response:
    """Show one's own account."""
    return _shown(visit)


@pages.post("/profil/sandi", Right.SIGNED_IN)
def change_password(visit: Visit) -> Response:
    """Change one's own password; all sessions of the account end, and a new one begins."""
    people, who, now = visit.desk.people, visit.who, visit.desk.now()
    try:
        people.sign_in(who.login, str(visit.form.get("sandi", "")), visit.address, now)
        people.accounts.set_password(who.login, new_password(visit))
    except (Denied, Incomplete) as fault:
        return _shown(visit, fault)
    response = visit.go("/masuk", query={"kabar": "sandi"})
    response.delete_cookie(visit.desk.cookie, path="/")
    return response


def _shown(visit: Visit, fault: YankomasError | None = None) -> Response:
    account = visit.desk.people.accounts.account(visit.who.login)
    return visit.show("profil.html", 422 if fault else 200, title="Profil", account=account, fault=fault)
