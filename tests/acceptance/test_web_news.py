"""Live news: pages hear of changed cases and of the inbox, as far as their roles go, while the session lasts."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest
from patience import PATIENCE
from usual_standing import standing
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.desk.live_news import LiveNews

SESSION = b"s"
KADIV, TEAM, ADMIN = standing("kadiv"), standing("tim-yankomas"), standing("admin")


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def _live_news(desk, roles_of=lambda _session: KADIV):
    is_open = desk.app.state.desk.is_open
    return LiveNews(desk.office.root.newsreader, roles_of, is_open, tick=0.01, check=0.05)


def _open(desk, about="Hal"):
    desk.office.open("lisan", {"perihal": about, "pelapor": ["Siti"], "terlapor": "Instansi", "uraian": "Uraian"})


def _moved(desk):
    desk.office.decide(CaseNumber(2026, 1), "koreksi", "tim-yankomas", {"perihal": "Hal lain", "alasan": "Keliru"})


async def _until(stream, wanted):
    heard = b""

    async def listen():
        nonlocal heard
        while wanted not in heard:
            heard += await anext(stream)

    await asyncio.wait_for(listen(), PATIENCE)  # as a whole: a stream that stays open is told so again and again
    return heard


def _heard(desk, roles, wanted, happens):
    """What a browser hears until ``wanted`` comes, after something ``happens``."""

    async def listen():
        stream = _live_news(desk, lambda _session: roles).stream(SESSION, roles)
        await _until(stream, b"retry")
        await anext(stream)
        happens()
        try:
            return await _until(stream, wanted)
        finally:
            await stream.aclose()

    return asyncio.run(listen())


def test_a_changed_case_is_told_by_its_number_and_nothing_else(desk):
    heard = _heard(desk, KADIV, b"perkara", lambda: _open(desk))

    assert b"event: perkara\ndata: 2026/0001\n" in heard
    assert b"Siti" not in heard


def test_a_file_in_the_inbox_is_told_to_the_mailroom(desk):
    heard = _heard(desk, TEAM, b"kotak-masuk", lambda: desk.office.drop("surat.pdf", b"isi"))

    assert b"perkara" not in heard


def test_an_intake_that_goes_away_and_comes_back_is_told_to_the_mailroom(desk):
    root, held = desk.office.root, ExitStack()
    held.enter_context(root.alone())

    gone = _heard(desk, TEAM, b"kotak-masuk", held.close)
    back = _heard(desk, TEAM, b"kotak-masuk", lambda: held.enter_context(root.alone()))
    held.close()

    assert b"perkara" not in gone + back


def test_who_reads_no_cases_hears_of_none(desk):
    heard = _heard(desk, ADMIN, b": masih", lambda: _open(desk))

    assert b"2026" not in heard


def test_of_a_secret_case_only_those_hear_who_may_read_it(desk):
    _open(desk)

    def happens():
        desk.office.decide(CaseNumber(2026, 1), "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Anak"})
        _open(desk, "Hal lain")

    without = _heard(desk, KADIV, b"2026/0002", happens)
    handling = _heard(desk, TEAM, b"2026/0001", lambda: _moved(desk))

    assert b"2026/0001" not in without
    assert b"data: 2026/0001" in handling


def test_who_loses_a_role_hears_no_more_by_it(desk):
    live_news = _live_news(desk, lambda _session: ADMIN)

    async def listen():
        stream = live_news.stream(SESSION, KADIV)
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
        stream = _live_news(desk).stream(SESSION, KADIV, "0")
        try:
            return await _until(stream, b"perkara")
        finally:
            await stream.aclose()

    assert b"data: 2026/0001" in asyncio.run(first_words())


def test_the_stream_ends_with_the_session(desk):
    alive = [True]
    live_news = _live_news(desk, lambda _session: KADIV if alive[0] else None)

    async def listen():
        heard = b""
        async for event in live_news.stream(SESSION, KADIV):
            heard += event
            alive[0] = False
        return heard

    assert asyncio.run(listen()).endswith(b"event: berakhir\ndata: \n\n")


def test_the_stream_ends_when_the_desk_closes(desk):
    live_news = _live_news(desk)

    async def listen():
        stream = live_news.stream(SESSION, KADIV)
        heard = await _until(stream, b"terhubung")
        live_news.closing = True
        return heard + b"".join([event async for event in stream])

    assert b"event" not in asyncio.run(asyncio.wait_for(listen(), PATIENCE))


async def _crowd(live_news, wanted):
    """Open streams (login, network) one after the other; return them."""
    streams = [
        live_news.stream(f"{n}".encode(), KADIV, login=login, network=network)
        for n, (login, network) in enumerate(wanted)
    ]
    for stream in streams:
        await anext(stream)
    return streams


def _places(desk, wanted):
    """Which of the streams still have their place after all have come."""

    async def crowd():
        live_news = _live_news(desk)
        streams = await _crowd(live_news, wanted)
        kept = {int(listener.session) for listener in live_news._listeners}
        ousted = [n for n in range(len(streams)) if n not in kept]
        said = [await _until(streams[n], b"penuh") for n in ousted]
        for stream in streams:
            await stream.aclose()
        return ousted, said

    return asyncio.run(crowd())


def test_an_account_has_a_few_streams_in_all_its_sessions_and_the_oldest_goes(desk):
    ousted, said = _places(desk, [("budi", f"10.0.0.{n}") for n in range(10)])

    assert ousted == [0, 1]
    assert all(words.endswith(b"event: penuh\ndata: \n\n") for words in said)


def test_an_address_has_its_share_of_the_places_and_the_oldest_goes(desk):
    ousted, _ = _places(desk, [(f"orang-{n}", "10.0.0.1") for n in range(61)])

    assert ousted == [0]


def test_when_all_places_are_taken_who_has_the_most_gives_one_up(desk):
    crowd = [(f"orang-{n % 28}", f"10.0.{n % 28}.1") for n in range(200)]
    ousted, _ = _places(desk, [*crowd, ("siti", "10.1.0.1")])

    assert len(ousted) == 1
    assert crowd[ousted[0]][0] != "siti"


def test_who_goes_leaves_their_place(desk):
    async def come_and_go():
        live_news = _live_news(desk)
        for _ in range(20):
            (stream,) = await _crowd(live_news, [("budi", "10.0.0.1")])
            await stream.aclose()
        return len(live_news._listeners)

    assert asyncio.run(come_and_go()) == 0


def test_a_page_that_renews_itself_keeps_no_session_alive(desk):
    browser = desk.browser("kadiv")

    for _ in range(4):
        desk.clock.forward(minutes=10)
        answer = browser.get("/", headers={"x-kabar": "1"})

    assert answer.headers["location"].startswith("/masuk")
