"""The desks of several offices in one process: each is its own app, and is called by its own host name alone.

No app knows of another: people, rights, sessions, keys, lanes and live news are each office's own, and a browser sends
a cookie to no other host than the one that set it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from pipeline.desk.app import name_called
from pipeline.desk.faults import RETRY_AFTER
from pipeline.errors import SettingsFault
from pipeline.work.settings import WebSettings


class OfficeDoors(Starlette):
    """Gives each request to the app of the office whose name it calls; by any other name there is no door."""

    _running: AsyncExitStack | None = None  # what ends the apps that have begun

    def __init__(self, apps: Mapping[str, Starlette | None]) -> None:
        """``apps`` are the apps by the names by which browsers call them, in small letters; None: it is closed yet."""

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            async with AsyncExitStack() as running:
                self._running = running
                for app in filter(None, self._apps.values()):
                    await self._begin(app)
                yield
            self._running = None

        super().__init__(lifespan=lifespan)
        self._apps, self._begun = dict(apps), set[Starlette]()

    def open(self, names: Collection[str], app: Starlette) -> None:
        """Have an app answer by these names from now on; it begins with whoever asks first."""
        self._apps.update(dict.fromkeys(names, app))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
        elif app := self._apps.get(name := name_called(scope)):
            await self._begin(app)
            await app(scope, receive, send)
        elif name in self._apps:
            again = {"refresh": RETRY_AFTER} if scope["method"] == "GET" else {}
            words = "Meja web kantor ini belum dibuka; pengelola pusat membaca sebabnya.\n"
            closed = PlainTextResponse(words, 503, {"retry-after": RETRY_AFTER, **again})
            await closed(scope, receive, send)
        else:
            nobody = PlainTextResponse(
                "Tidak ada kantor dengan nama itu di sini; isi [web] nama di office.toml-nya.\n", 421
            )
            await nobody(scope, receive, send)

    async def _begin(self, app: Starlette) -> None:
        """Begin an app that has not begun yet, if this has; it ends with this."""
        if self._running and app not in self._begun:
            self._begun.add(app)
            await self._running.enter_async_context(app.router.lifespan_context(app))


def names_of(offices: Sequence[tuple[str, WebSettings]]) -> dict[str, str]:
    """Return which office has which host name; an office is named by its folder.

    Raises:
        SettingsFault: an office has no name, two have the same one, or some are reached by https and others are not.
    """
    for office, settings in offices:
        if not settings.names:
            raise SettingsFault(
                f"Kantor {office} tidak mempunyai nama di jaringan.", f'Isi [web] nama = ["…"] di office.toml {office}.'
            )
        if settings.tls != offices[0][1].tls:
            raise SettingsFault(
                f"{offices[0][0]} dan {office} tidak sama dalam [web] tls.",
                "Kantor-kantor di satu meja web dicapai dengan cara yang sama: semuanya https, atau tidak satu pun.",
            )
    names = [(name, office) for office, settings in offices for name in {called.lower() for called in settings.names}]
    if twice := next((name for name, count in Counter(name for name, _ in names).items() if count > 1), None):
        raise SettingsFault(
            f"Nama {twice} dipakai dua kantor.", "Beri setiap kantor nama sendiri di [web] nama office.toml-nya."
        )
    return dict(names)
