"""``yankomas run``: the supervisor of the office's two processes, and each of these: the intake and the desk."""

from __future__ import annotations

import gc
import signal
from argparse import Namespace
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.cli.inputs import ready_root
from pipeline.cli.set_aside import OFTEN, SetAside
from pipeline.cli.terminal import Speaker, live_line, log_by
from pipeline.errors import Passing, UsageFault
from pipeline.wiring import office_in, supervision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.wiring import Root
    from pipeline.work.service import Service
    from pipeline.work.settings import WebSettings

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK = 1.0  # seconds between two looks whether the server is still there; a signal is heard at once


def run(options: Namespace) -> int:
    """Keep the office running until a signal; or one of its two processes, or the intake once.

    Raises:
        UsageFault: neither of the two is left.
    """
    if options.web_only and (options.once or options.no_web):
        raise UsageFault("--web-only tidak boleh bersama --once atau --no-web.", "Pilih salah satu.")
    if options.once or options.no_web:
        return watch(options)
    return serve_desk(options) if options.web_only else supervise(options)


def supervise(options: Namespace) -> int:
    """Start the intake and the desk, and start again what ends unasked, until a signal.

    Settings that nobody could use, and keys that are not the office's, are told before anything starts. This process
    stays small: what it loads stays in memory for as long as the office runs.
    """
    from pipeline.desk.tls import require_tls

    root = ready_root(options)
    require_tls(_web(root, options))
    with suppress(Passing):  # the centre is away: whoever is started waits for it
        root.require_office_keys()
    log_by(root.clock.now)
    given = (("--host", options.host), ("--port", options.port))
    words, say = [word for pair in given if pair[1] for word in map(str, pair)], Speaker(root.clock.now, aside=True)
    with root.supervising(words, say) as supervisor:
        return supervisor.run()


class _Turn:
    """A turn of watching with the same settings: ends at a signal, or when the settings were changed."""

    def __init__(self, root: Root, service: Service) -> None:
        self._root, self._service, self._moved = root, service, service.moves
        self.ended = False
        self.later: Root | None = None

    def end(self, *_: object) -> None:
        """End for good."""
        self.ended = True
        self._stop()

    def moves(self) -> None:
        """Tell that the service works; end it if the settings are others now."""
        self._moved()
        if self.later is None and (found := self._root.successor()):
            self.later = found
            self._stop()

    def _stop(self) -> None:
        self._service.stopping.set()
        self._service.intake.bell.ring()


def watch(options: Namespace) -> int:
    """Watch and work until a signal, or once; with settings that are changed meanwhile as soon as they are."""
    gc.set_threshold(*OFTEN)
    supervised = supervision()
    with supervised.telling():
        root, again = ready_root(options), supervised.again
        turn: _Turn | None = None
        while True:
            say = _speaker(root)
            service = root.service(say, once=options.once, supervised=supervised)
            before, turn = turn, _Turn(root, service)
            if not options.once:
                service.moves = turn.moves
            if (missing := root.shortcoming) and not again:
                say(missing)
            for number in _STOPS if supervised.supervisor is None else (signal.SIGTERM,):
                signal.signal(number, turn.end)
            if before and before.ended:  # a signal that came between the two
                turn.end()
            if not (options.once or again):
                say(f"Memantau {root.inbox.where} (Ctrl-C untuk berhenti)")
            with live_line(root.board, say):
                counts = service.run(once=options.once)
            if turn.ended or turn.later is None:
                return _told(service, counts, say)
            say("Pengaturan berubah; kotak masuk dipantau dengan yang baru.")
            root, again = turn.later, True


def _told(service: Service, counts: Mapping[str, int], say: Speaker) -> int:
    said = ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "tidak ada berkas baru"
    say(f"Selesai: {said}; {len(service.tenders.finished)} perkara tuntas dikerjakan mesin.")
    for case_number in sorted(service.tenders.for_person):
        say(f"Perlu petugas: {case_number} (yankomas case {case_number})")
    return 0


def serve_desk(options: Namespace) -> int:
    """Serve the desk until a signal.

    Raises:
        Busy: another process serves it, or its port is taken.
        EngineFault: the server ended by itself.
    """
    from threading import Event

    from pipeline.desk.serving import serve
    from pipeline.errors import EngineFault

    supervised, stopping = supervision(), Event()
    with supervised.telling(), SetAside() as aside:
        root = ready_root(options)
        say = _speaker(root)
        for number in _STOPS if supervised.supervisor is None else (signal.SIGTERM,):
            signal.signal(number, lambda *_: stopping.set())
        with (
            root.alone_at_desk(supervised),
            closing(serve(root, _web(root, options), say, again=supervised.again)) as served,
            root.mail_rounds(),
        ):
            turns = -1
            while not stopping.wait(_LOOK if turns >= 0 else 0):
                if not served.alive:
                    raise EngineFault("Server meja web berhenti sendiri.", "Lihat pesan di atas.")
                if turns != (turns := served.turns):  # its loop turns, so it answers
                    supervised.moves()
                aside.tend(datetime.now(root.hours.zone), served.roots)
    return 0


def serve_offices(options: Namespace) -> int:
    """Serve the desks of several offices, each by its own host name, until a signal; rows are read one office a second.

    One that cannot be opened yet (its centre is away, its keys are still to be copied) is opened once it can be.

    Raises:
        SettingsFault: an office has no host name, or one of another's.
        Busy: another process serves one of them, or the port is taken.
        EngineFault: the server ended by itself.
    """
    from threading import Event

    from pipeline.desk.serving import serve_offices
    from pipeline.errors import EngineFault

    stopping = Event()
    with ExitStack() as held:
        aside = held.enter_context(SetAside())
        roots = {str(folder): office_in(folder).as_in_force() for folder in options.folders}
        for root in roots.values():
            root.prepare()
        first = next(iter(roots.values()))
        say = _speaker(first)
        for number in _STOPS:
            signal.signal(number, lambda *_: stopping.set())
        for root in roots.values():
            held.enter_context(root.alone_at_desk(supervision()))
        settings = {name: _web(root, options) for name, root in roots.items()}
        served = held.enter_context(closing(serve_offices(roots, settings, say)))
        unread = served.roots
        for root in unread:
            held.enter_context(root.mail_rounds())
        while not stopping.wait(_LOOK):
            if not served.alive:
                raise EngineFault("Server meja web berhenti sendiri.", "Lihat pesan di atas.")
            if opened := served.open_another():
                unread.append(opened)
                held.enter_context(opened.mail_rounds())
            if unread:
                have_rows_read(unread.pop())
            aside.tend(datetime.now(first.hours.zone), served.roots)
    return 0


def have_rows_read(root: Root) -> None:
    """Have an office's rows read with which most pages begin, so that nobody waits for them who comes first.

    They take a third of a second of the processor, for which pages of all offices would wait. Where it cannot be, for
    whatever reason, that office's pages say why, and the others' desks go on.
    """
    from pipeline.register.summary.counting import looks_back_to
    from pipeline.register.summary.period import period_of

    with suppress(Exception):
        root.rows.touched_since(looks_back_to(period_of(None, None, None, root.clock.now().date())))


def _web(root: Root, options: Namespace) -> WebSettings:
    settings = root.settings.web
    return replace(settings, host=options.host or settings.host, port=options.port or settings.port)


def _speaker(root: Root) -> Speaker:
    log_by(root.clock.now)
    return Speaker(root.clock.now)
