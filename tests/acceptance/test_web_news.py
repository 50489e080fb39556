"""Live news: pages hear of changed cases and of the inbox, as far as their roles go, while the session lasts."""

from __future__ import annotations

import asyncio

import pytest
from patience import PATIENCE
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.desk.live_news import Hub
from pipeline.desk.visitor import Visitor
from pipeline.errors import Busy


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def _hub(desk, roles_of=lambda _session: {"kadiv"}):
    is_open = desk.app.state.desk.is_open
    return Hub(desk.office.root.newsreader, roles_of, is_open, tick=0.01, check=0.05)


def _visitor(*roles, session=b"s"):
    return Visitor("penguji", "Penguji", frozenset(roles), session, "token")


def _open(desk, about="Hal"):
    desk.office.open("lisan", {"perihal": about, "pelapor": ["Siti"], "terlapor": "Instansi", "uraian": "Uraian"})


def _moved(desk):
    desk.office.decide(CaseNumber(2026, 1), "koreksi", "tim-yankomas", {"perihal": "Hal lain", "alasan": "Keliru"})


async def _until(stream, wanted):
    heard = b""
    while wanted not in heard:
        heard += await asyncio.wait_for(anext(stream), PATIENCE)
    return heard


def _heard(desk, visitor, wanted, happens, hub=None, last_seen=""):
    """What a browser hears until ``wanted`` comes, after something ``happens``."""

    async def listen():
        stream = (hub or _hub(desk, lambda _session: visitor.roles)).stream(visitor, last_seen)
        await _until(stream, b"retry")
        await anext(stream)
        happens()
        try:
            return await _until(stream, wanted)
        finally:
            await stream.aclose()

    return asyncio.run(listen())


def test_a_changed_case_is_told_by_its_number_and_nothing_else(desk):
    heard = _heard(desk, _visitor("kadiv"), b"perkara", lambda: _open(desk))

    assert b"event: perkara\ndata: 2026/0001\n" in heard
    assert b"Siti" not in heard


def test_a_file_in_the_inbox_is_told_to_the_mailroom(desk):
    heard = _heard(desk, _visitor("tim-yankomas"), b"kotak-masuk", lambda: desk.office.drop("surat.pdf", b"isi"))

    assert b"perkara" not in heard


def test_who_reads_no_cases_hears_of_none(desk):
    heard = _heard(desk, _visitor("admin"), b": masih", lambda: _open(desk))

    assert b"2026" not in heard


def test_of_a_secret_case_only_those_hear_who_may_read_it(desk):
    _open(desk)

    def happens():
        desk.office.decide(CaseNumber(2026, 1), "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Anak"})
        _open(desk, "Hal lain")

    without = _heard(desk, _visitor("kadiv"), b"2026/0002", happens)
    handling = _heard(desk, _visitor("tim-yankomas"), b"2026/0001", lambda: _moved(desk))

    assert b"2026/0001" not in without
    assert b"data: 2026/0001" in handling


def test_who_loses_a_role_hears_no_more_by_it(desk):
    hub = _hub(desk, lambda _session: {"admin"})

    async def listen():
        stream = hub.stream(_visitor("kadiv"))
        await _until(stream, b": masih")
        _open(desk)
        try:
            return await _until(stream, b": masih")
        finally:
            await stream.aclose()

    assert b"2026" not in asyncio.run(listen())


def test_a_browser_that_comes_back_hears_what_it_missed(desk):
    _open(desk)

    async def first_words():
        stream = _hub(desk).stream(_visitor("kadiv"), "0")
        try:
            return await _until(stream, b"perkara")
        finally:
            await stream.aclose()

    assert b"data: 2026/0001" in asyncio.run(first_words())


def test_the_stream_ends_with_the_session(desk):
    alive = [True]
    hub = _hub(desk, lambda _session: {"kadiv"} if alive[0] else None)

    async def listen():
        heard = b""
        async for event in hub.stream(_visitor("kadiv")):
            heard += event
            alive[0] = False
        return heard

    assert asyncio.run(listen()).endswith(b"event: berakhir\ndata: \n\n")


def test_the_stream_ends_when_the_desk_closes(desk):
    hub = _hub(desk)

    async def listen():
        stream = hub.stream(_visitor("kadiv"))
        heard = await _until(stream, b"terhubung")
        hub.closing = True
        return heard + b"".join([event async for event in stream])

    assert b"event" not in asyncio.run(asyncio.wait_for(listen(), PATIENCE))


def test_a_session_has_a_few_streams_and_no_more(desk):
    hub = _hub(desk)

    async def crowd():
        streams = [hub.stream(_visitor("kadiv")) for _ in range(6)]
        for stream in streams:
            hub.admit(_visitor("kadiv"))
            await anext(stream)
        hub.admit(_visitor("kadiv", session=b"lain"))
        with pytest.raises(Busy):
            hub.admit(_visitor("kadiv"))
        await streams[0].aclose()
        hub.admit(_visitor("kadiv"))
        for stream in streams:
            await stream.aclose()

    asyncio.run(crowd())


def test_a_page_that_renews_itself_keeps_no_session_alive(desk):
    browser = desk.browser("kadiv")

    for _ in range(4):
        desk.clock.forward(minutes=10)
        answer = browser.get("/", headers={"x-kabar": "1"})

    assert answer.headers["location"].startswith("/masuk")
