"""One visit of one page: who came, what they sent, the case that its address names, and how a page can answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.access.drafts import PAGE, RENDERING, WITH_FILES, ChosenFile, Draft, typed_fields
from pipeline.access.failed_tries import network
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import Request as Confirmable
from pipeline.access.requests import to_be_confirmed
from pipeline.access.rights import Right
from pipeline.cases.case_number import CaseNumber, in_volume, volume_named
from pipeline.cases.deliveries import DESK, delivered
from pipeline.cases.ports import Blob
from pipeline.desk import typed
from pipeline.desk.desk import Desk
from pipeline.desk.rendering import navigation, render
from pipeline.desk.visitor import Visitor
from pipeline.errors import Incomplete, NotFound, YankomasError
from pipeline.intake.dropping import Dropped, dropped
from pipeline.intake.ports import SentFile
from pipeline.office.officials import Official
from pipeline.register.due import time_left

#: What an address asks for, as names and values.
Query = Mapping[str, str] | Sequence[tuple[str, str]]


def address_of(request: Request) -> str:
    """Return the network address that a request comes from; nothing if the server was told none."""
    return request.client.host if request.client else ""


#: The pages that are one form of a case, and the page of a fault.
_FORMS, _FAULT = ("gerak.html", "verifikasi-surat.html", "isi.html"), "kesalahan.html"


#: How a page's script names files that were chosen and not sent.
_CHOSEN = "dipilih"


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a page. ``visitor`` is None for a stranger; ``form`` holds what was posted, already checked.

    ``uploads`` are the files that came with it; those that the page has not put in place are removed after it.
    ``owner``: whose form it is, if it was begun in a session that is over or in a role that ended.
    """

    request: Request
    desk: Desk
    visitor: Visitor | None
    csrf: str
    route: str
    form: FormData = field(default_factory=FormData)
    uploads: tuple[SentFile, ...] = ()
    owner: str = ""

    @property
    def who(self) -> Visitor:
        """The visitor of a page that strangers cannot reach."""
        assert self.visitor is not None
        return self.visitor

    @property
    def page(self) -> str:
        """The address of the page; of a form that was sent, that of the page which it says that it stands on."""
        url = self.request.url
        here = url.path + (f"?{url.query}" if url.query else "")
        return here if self.request.method == "GET" else own_path(self.text(PAGE) or here)

    @property
    def rendering(self) -> str:
        """A name for the page that is being made, which says when; its forms carry it."""
        made = getattr(self.request.state, "rendering", "")
        if not made:
            made = f"{int(self.desk.now().timestamp() * 1000):x}-{secrets.token_urlsafe(12)}"
            self.request.state.rendering = made
        return str(made)

    @property
    def address(self) -> str:
        """The visitor's network address."""
        return address_of(self.request)

    @property
    def network(self) -> str:
        """The address as failed tries are counted by it."""
        return network(self.address)

    @property
    def whose(self) -> str:
        """Who has the places in the lanes: the account, or for a stranger the address."""
        return self.visitor.whose if self.visitor else self.network

    @property
    def case_number(self) -> CaseNumber:
        """The case that the address names (``/kasus/{year}/{serial}``).

        Raises:
            NotFound: that is no case number.
        """
        return case_of(self.request.path_params["year"], self.request.path_params["serial"])

    @property
    def case_here(self) -> str:
        """The case that the address names, if it names one that the visitor may read; else nothing."""
        named = {"year", "serial"} <= self.request.path_params.keys()
        if self.visitor is None or not named or not self.who.may(Right.READ_CASES):
            return ""
        with suppress(YankomasError):
            number = self.case_number
            return str(number) if self.desk.is_open(self.who.sees, number) else ""
        return ""

    def asked(self, name: str, default: str = "") -> str:
        """Return a value of the address's query (``?nama=nilai``), trimmed."""
        return self.request.query_params.get(name, default).strip()

    @property
    def part_asked(self) -> int:
        """Which part of a long list is asked for (``?hal=3``); the first for anything else."""
        return max(1, number_in(self.asked("hal"), 6) or 1)

    def text(self, name: str) -> str:
        """Return a posted text, trimmed; line ends are plain."""
        value = self.form.get(name, "")
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Return the posted texts of that name (check boxes, several lines of one kind)."""
        return [value.strip() for value in self.form.getlist(name) if isinstance(value, str) and value.strip()]

    def sent_file(self, remedy: str) -> Blob:
        """Return the file that was sent where one is asked for; ``remedy`` says which to choose.

        Raises:
            Incomplete: none was.
        """
        if not self.uploads:
            raise Incomplete("Belum ada berkas yang dipilih.", remedy)
        return self.uploads[0].blob

    def drop(self, folder: str = "") -> Dropped:
        """Put the files that came along into the inbox, or a folder of it, with who brought them."""
        delivery = delivered(DESK, self.desk.now(), self.who.acting(""))
        return dropped(self.uploads, delivery, self.desk.root.ledger, folder)

    @property
    def renewal(self) -> bool:
        """Whether a page's script asks by itself, and nobody is at work."""
        return "x-kabar" in self.request.headers

    @property
    def is_looked_at(self) -> bool:
        """Whether somebody looks at the answer as a page: messages wait for one.

        What is wrong with a picture, or with what a script sends, is told as a page too; browsers say what they ask for
        (Fetch Metadata), and no more than that is asked of others.
        """
        return not self.renewal and self.request.headers.get("sec-fetch-dest", "document") == "document"

    def show(self, page: str, status: int = 200, **values: Any) -> Response:
        """Answer with a page (a file of ``desk/pages``), which knows what every page knows besides its own values."""
        who, desk, now = self.visitor, self.desk, self.desk.now()
        common = {
            "visit": self,
            "visitor": who,
            "office": desk.root.settings.office.on(now.date()),
            "nav": navigation(who.standing, self.request.url.path, of_centre=desk.of_centre) if who else [],
            "told": desk.people.sessions.told(who.session) if who and self.is_looked_at else [],
            "now": now,
            "stand_ins": self._stand_ins() if who else (),
            "unwatched": desk.root.unwatched if who else "",
            "mail_trouble": desk.root.mail_trouble.read() if who and who.may(Right.MACHINE) else None,
            "notices": desk.people.notices.unread(who.login) if who else [],
            "confirmations": len(self.to_confirm()) if who else 0,
            "time_left": lambda row: time_left(row, now, desk.root.calendar),
            "beside": self._beside(page) if who and page != _FAULT else None,
        }
        return HTMLResponse(self._filled(render(page, {**common, **values})), status_code=status)

    def _beside(self, page: str) -> str | None:
        """Note who is at a form of a case, and say who else is; None for a page that is about no case."""
        parts = self.request.path_params
        if not {"year", "serial"} <= parts.keys():
            return None
        return self.desk.beside(self.who, self.case_number, filling=page in _FORMS and not self.renewal)

    def _filled(self, page: str) -> str:
        """Return a page with its forms as they were typed: what was sent and not taken, or the visitor's drafts."""
        if self.visitor is None:
            return page
        there = typed.forms_of(page)
        if self.request.method == "POST":
            if self.request.url.path not in there:
                return page
            self.request.state.unfinished = True
            return typed.filled(page, [self.kept_now() or self.sent_draft])
        drafts: list[Draft] = []
        with suppress(YankomasError, OSError):
            drafts = self.desk.drafts.kept(self.visitor.login, there)
        return typed.filled(page, drafts, self.page, self.csrf) if drafts else page

    @property
    def sent_draft(self) -> Draft:
        """What was sent, as a draft."""
        path, sent = self.request.url.path, self.form.multi_items()
        return Draft(
            form=self.text(typed.FORM) if path == typed.HERE else path,
            page=self.page,
            at=self.desk.now(),
            fields=typed_fields((name, value) for name, value in sent if name not in (typed.FORM, _CHOSEN)),
            rendering=self.text(RENDERING)[:64],
            files=(
                *(ChosenFile(upload.field, upload.name, upload.size) for upload in self.uploads),
                *(ChosenFile("", name) for name in self.texts(_CHOSEN)[:40]),
            ),
            with_files=bool(self.text(WITH_FILES)),
        )

    def kept_now(self) -> Draft | None:
        """Keep what was sent, once, with its files; return it as it is kept, or None if it could not be."""
        state, draft, login = self.request.state, self.sent_draft, self.who.login
        if not hasattr(state, "kept"):
            state.kept = None
            with suppress(YankomasError, OSError):
                blobs = [upload.blob for upload in self.uploads] if getattr(state, "keeps_files", False) else []
                if typed.is_worth_keeping(draft) and self.desk.drafts.keep(login, draft, blobs):
                    there = self.desk.drafts.kept(login, {draft.form})
                    state.kept = next((one for one in there if one.subject == draft.subject), None)
        found: Draft | None = state.kept
        return found

    @property
    def unfinished(self) -> bool:
        """Whether the page that answers says that the form was not taken, or not yet."""
        return bool(getattr(self.request.state, "unfinished", False))

    def _stand_ins(self) -> list[Official]:
        """Return today's hand-overs of roles to and from the visitor's account."""
        who, today = self.who, self.desk.now().date()
        there = (o for o in self.desk.root.settings.office.deputies() if o.holds_on(today))
        return [o for o in there if who.login in (o.account, o.in_place_of)]

    def to_confirm(self) -> list[Confirmable]:
        """Return what waits for the visitor to confirm."""
        waiting = self.desk.people.requests.waiting()
        if not waiting:
            return []
        staff = self.grant_parts.staff
        own = staff.account(self.who.login)
        return to_be_confirmed(waiting, own, staff) if own else []

    @property
    def grant_parts(self) -> GrantParts:
        """What granting needs, done by the visitor."""
        return self.desk.grant_parts(lambda about: self.note(about=about))

    def go(self, path: str, said: str = "", *, kind: str = "baik", query: Query = ()) -> Response:
        """Answer by sending the browser to another page, which shows what was ``said`` (kind ``baik`` or ``gagal``)."""
        if kind == "gagal":
            self.request.state.unfinished = True
        if said and self.visitor:
            self.desk.people.sessions.tell(self.visitor.session, kind, said)
        return RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), status_code=303)

    def note(self, case: CaseNumber | None = None, about: str = "") -> None:
        """Write into the access log that the visitor sees personal data, or changes what an account may do.

        Routes with ``personal`` do the former themselves. A page that renews itself was noted when it was opened, and
        is again after an hour.
        """
        lately = self.desk.noted_views.lately(self.who.session, str(self.request.url), self.desk.now())
        if not (lately and self.renewal and self.request.method == "GET" and not about):
            self.desk.note(self.who, self.route, case, about)


def own_path(text: str) -> str:
    """Return where to go on: a path of this desk, or its first page for anything else."""
    own = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if own and urlsplit(text).path != "/masuk" else "/"


def number_in(text: str, digits: int) -> int | None:
    """Return the number that a text is, of at most so many digits; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= digits else None


def case_of(year: str, serial: str) -> CaseNumber:
    """Return the case that two parts of an address name.

    Raises:
        NotFound: that is no case number.
    """
    volume = volume_named(year)
    if volume is None or not re.fullmatch(r"[0-9]{1,9}", serial) or not int(serial):
        raise NotFound("Perkara itu tidak ada.", "Periksa nomornya di buku register.")
    return in_volume(volume, int(serial))
