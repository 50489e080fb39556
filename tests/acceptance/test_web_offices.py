"""The desks of several offices in one process: each by its own name, with its own people, cases and news."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import ssl
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial

import httpx
import pytest
from desk_certificate import certificate_in
from free_ports import free_port
from offices import laid_out
from patience import PATIENCE, until
from starlette.testclient import TestClient
from usual_standing import standing
from web_desk import PASSWORD, Browser, WebDesk

from pipeline.desk import serving
from pipeline.desk.offices import OfficeDoors, names_of
from pipeline.desk.serving import serve_offices
from pipeline.errors import Passing, SettingsFault
from pipeline.wiring import office_in
from pipeline.work.settings import WebSettings

NAMES = {"bengkulu": "bengkulu.localhost", "jambi": "jambi.localhost"}
ORAL = {"perihal": "Sengketa tanah", "pelapor": ["Siti Rekaan"], "terlapor": "Instansi", "uraian": "Uraian"}


def named(folder, name, **more):
    """Lay an office out that is called by a name."""
    settings = laid_out(folder) / "office.toml"
    before, web, text = settings.read_text().partition("\n[web]\n")
    for key, value in {"nama": [name], **more}.items():
        text = re.sub(f"^{key} = .*$", f"{key} = {json.dumps(value)}", text, count=1, flags=re.MULTILINE)
    settings.write_text(before + web + text)
    return folder


@pytest.fixture
def desks(tmp_path):
    """Two offices at one door: their desks, and what gives a browser of an office."""
    return {office: WebDesk(named(tmp_path / office, name)) for office, name in NAMES.items()}


@pytest.fixture
def doors(desks):
    return OfficeDoors({NAMES[office]: desk.app for office, desk in desks.items()})


def browser(doors, office, login=""):
    """A browser that calls an office, in which somebody has come in."""
    made = Browser(doors, f"http://{NAMES[office]}:8017")
    if login:
        assert made.post_form("/masuk", {"login": login, "sandi": PASSWORD}).status_code == 303
    return made


def test_each_office_shows_its_own_cases_to_its_own_people(desks, doors):
    for office, desk in desks.items():
        desk.account(f"ani-{office}", "kabid")
        desk.office.open("lisan", {**ORAL, "perihal": f"Perihal di {office}"})

    pages = {office: browser(doors, office, f"ani-{office}").get("/kasus/2026/0001").text for office in NAMES}

    assert "Perihal di bengkulu" in pages["bengkulu"]
    assert "Perihal di jambi" not in pages["bengkulu"]
    assert "Perihal di jambi" in pages["jambi"]


def test_an_account_of_one_office_is_none_at_another(desks, doors):
    desks["bengkulu"].account("ani", "kabid")

    answer = browser(doors, "jambi").post_form("/masuk", {"login": "ani", "sandi": PASSWORD})

    assert answer.status_code != 303
    assert desks["jambi"].people.sessions.alive(desks["jambi"].clock.now()) == []


def test_a_session_of_one_office_opens_nothing_at_another(desks, doors):
    for desk in desks.values():
        desk.account("ani", "kabid")
        desk.office.open("lisan", ORAL)
    here = browser(doors, "bengkulu", "ani")
    there = browser(doors, "jambi")
    for name, value in here.cookies.items():
        there.cookies.set(name, value, domain=NAMES["jambi"])

    answers = [there.get(path) for path in ("/", "/kasus/2026/0001", "/kabar")]

    assert here.get("/kasus/2026/0001").status_code == 200
    assert all(answer.status_code in (303, 401) for answer in answers)
    assert "Siti" not in "".join(answer.text for answer in answers)


def test_a_browser_sends_a_cookie_to_the_office_that_set_it_alone(desks, doors):
    desks["bengkulu"].account("ani", "kabid")
    here = browser(doors, "bengkulu", "ani")

    assert len(here.cookies) > 0
    assert {cookie.domain for cookie in here.cookies.jar} == {NAMES["bengkulu"]}
    assert not any(cookie.domain_specified for cookie in here.cookies.jar)


def test_a_token_of_one_office_is_none_at_another(desks, doors):
    now = desks["bengkulu"].clock.now()
    token = desks["bengkulu"].people.tokens.make("register", "tim-yankomas", now.date(), "admin", now)
    asking = {"authorization": f"Bearer {token}"}

    assert browser(doors, "bengkulu").get("/api/kotak-masuk", headers=asking).status_code == 200
    assert browser(doors, "jambi").get("/api/kotak-masuk", headers=asking).status_code == 401


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "bengkulu", "lain.localhost", "", "bengkulu.localhost.jahat"]
)
def test_by_any_other_name_there_is_no_office(doors, host):
    answer = TestClient(doors, base_url="http://bengkulu.localhost").get("/masuk", headers={"host": host})

    assert answer.status_code == 421
    assert "Nama masuk" not in answer.text


def test_a_name_is_the_same_in_capitals_and_with_a_port(doors):
    client = TestClient(doors, base_url="http://bengkulu.localhost")

    assert client.get("/masuk", headers={"host": "BENGKULU.localhost:8017"}).status_code == 200


def test_news_of_one_office_are_not_heard_at_another(desks, doors):
    heard = {}

    async def listen():
        streams = {}
        for office, desk in desks.items():
            live = desk.app.state.desk.live_news
            live._roles_of, live._tick = lambda _session: standing("kadiv"), 0.01
            streams[office] = live.stream(b"s", standing("kadiv"))
            await anext(streams[office])
            await anext(streams[office])
        desks["bengkulu"].office.open("lisan", ORAL)
        heard["bengkulu"] = await asyncio.wait_for(anext(streams["bengkulu"]), PATIENCE)
        with suppress(TimeoutError):
            heard["jambi"] = await asyncio.wait_for(asyncio.shield(anext(streams["jambi"])), 0.3)

    asyncio.run(listen())

    assert b"perkara" in heard["bengkulu"]
    assert b"perkara" not in heard.get("jambi", b"")


def test_every_desk_begins_and_ends_with_the_process(desks, doors):
    done = []
    for office, desk in desks.items():
        desk.app.state.desk.sweep_drafts = lambda office=office: done.append(("mulai", office))
        desk.app.state.desk.close = lambda office=office: done.append(("selesai", office))

    with TestClient(doors):
        pass

    assert sorted(done) == sorted((what, office) for what in ("mulai", "selesai") for office in NAMES)


def test_an_office_that_is_opened_later_answers_from_then_on_and_ends_with_the_process(desks):
    done, app = [], desks["jambi"].app
    app.state.desk.sweep_drafts, app.state.desk.close = (partial(done.append, what) for what in ("mulai", "selesai"))
    doors = OfficeDoors({NAMES["bengkulu"]: desks["bengkulu"].app, NAMES["jambi"]: None})
    host = {"host": NAMES["jambi"]}

    with TestClient(doors) as client:
        early, sent = client.get("/masuk", headers=host), client.post("/masuk", headers=host)
        doors.open([NAMES["jambi"]], app)
        later = [client.get("/masuk", headers=host).status_code for _ in range(2)]
        assert done == ["mulai"]

    assert (early.status_code, early.headers.get("refresh")) == (503, "5")
    assert (sent.status_code, sent.headers.get("refresh")) == (503, None)  # nobody repeats what was sent
    assert (later, done) == ([200, 200], ["mulai", "selesai"])


@pytest.fixture
def away(tmp_path, monkeypatch):
    """Two offices of one process, what is said of them, and why neither can be opened at present."""
    monkeypatch.setattr(serving, "_AGAIN", 0.0)
    roots = {office: office_in(named(tmp_path / office, name)) for office, name in NAMES.items()}
    why = dict.fromkeys(roots, Passing("Basis data pusat tidak dapat dihubungi.", "Tunggu."))

    def require(office):
        if why[office]:
            raise why[office]

    for office, root in roots.items():
        root.prepare()
        root.require_office_keys = partial(require, office)
    settings = {office: replace(root.settings.web, port=0) for office, root in roots.items()}
    said = []
    return lambda: serve_offices(roots, settings, said.append), why, said


def test_offices_whose_centre_is_away_when_they_are_started_come_by_themselves_once_it_is_back(away):
    serve, why, said = away
    with closing(serve()) as served:
        assert [served.open_another() for _ in range(3)] == [None] * 3
        assert [line.split(" tidak dibuka: ")[0] for line in said] == [f"Meja web {office}" for office in NAMES]
        why["jambi"] = None

        opened = [served.open_another() for _ in range(3)]

        assert [root.layout.root.name for root in opened if root] == ["jambi"]
        assert served.roots == [root for root in opened if root]
        port = served._server._listener.getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
            answers = [client.get("/masuk", headers={"host": name}).status_code for name in NAMES.values()]

    assert answers == [503, 200]
    assert [NAMES["jambi"] in line for line in said[2:]] == [True, True]  # where it is, and how to make its admin


def test_a_reason_is_said_once_and_where_none_may_pass_by_itself_nothing_is_served(away):
    serve, why, said = away
    with closing(serve()) as served:
        why["bengkulu"] = SettingsFault("Kunci segel kantor ini tidak ada di mesin ini.", "Salin.")
        for _ in range(4):
            served.open_another()
    assert [line for line in said if "bengkulu" in line] == [
        "Meja web bengkulu tidak dibuka: Basis data pusat tidak dapat dihubungi. Tunggu. Dicoba lagi sendiri.",
        "Meja web bengkulu tidak dibuka: Kunci segel kantor ini tidak ada di mesin ini. Salin. Dicoba lagi sendiri.",
    ]

    why["jambi"] = why["bengkulu"]
    with pytest.raises(SettingsFault, match="Kunci segel"):
        serve()


def test_offices_must_have_names_of_their_own_and_one_way_to_them():
    one = WebSettings(names=("satu.example", "SATU.example"))

    assert names_of([("a", one), ("b", WebSettings(names=("dua.example",)))]) == {
        "satu.example": "a",
        "dua.example": "b",
    }
    with pytest.raises(SettingsFault, match="tidak mempunyai nama"):
        names_of([("a", one), ("b", WebSettings())])
    with pytest.raises(SettingsFault, match="dipakai dua kantor"):
        names_of([("a", one), ("b", WebSettings(names=("Satu.Example",)))])
    with pytest.raises(SettingsFault, match="tidak sama"):
        names_of([("a", one), ("b", WebSettings(names=("dua.example",), certificate="x", private_key="y"))])


def test_served_for_real_each_shows_its_own_certificate(tmp_path):
    port, said = free_port(), []
    roots = {}
    for office, name in NAMES.items():
        folder = named(
            tmp_path / office, name, tls="sertifikat", sertifikat="meja.pem", kunci_sertifikat="meja.key", pintu=port
        )
        certificate_in(folder, name)
        roots[office] = office_in(folder)
        roots[office].prepare()

    served = serve_offices(roots, {office: root.settings.web for office, root in roots.items()}, said.append)
    try:
        answers = {}
        for office, name in NAMES.items():
            trusted = ssl.create_default_context(cafile=str(roots[office].layout.root / "meja.pem"))
            # not every machine looks names under localhost up
            with httpx.Client(verify=trusted, timeout=PATIENCE) as client:
                asking = client.build_request("GET", f"https://127.0.0.1:{port}/masuk", headers={"host": name})
                asking.extensions["sni_hostname"] = name
                answers[office] = client.send(asking)
    finally:
        served.close()

    assert [answer.status_code for answer in answers.values()] == [200, 200]
    assert len([line for line in said if "kunci=" in line]) == 2
    assert f"https://{NAMES['jambi']}:{port}" in " ".join(said)


def test_by_the_command_two_offices_are_served_until_a_signal(tmp_path):
    port = free_port()
    folders = [named(tmp_path / office, name, pintu=port) for office, name in NAMES.items()]
    command = [sys.executable, "-P", "-m", "pipeline.cli", "pusat", "meja", *map(str, folders), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
                pages = [client.get("/masuk", headers={"host": name}) for name in NAMES.values()]
        finally:
            process.terminate()
            said = process.communicate(timeout=PATIENCE)[0]

    assert [page.status_code for page in pages] == [200, 200]
    assert process.returncode == 0
    assert all(name in said for name in NAMES.values())
