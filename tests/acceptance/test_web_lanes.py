"""Lanes: what costs much holds up nothing that costs little, and nobody holds up others."""

from __future__ import annotations

import ast
import asyncio
import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from patience import PATIENCE, until
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from web_desk import WebDesk
from web_routes import pages_of

import pipeline.desk
from pipeline.access.rights import Right
from pipeline.desk.api.gate import rule_of
from pipeline.desk.app import in_slices
from pipeline.desk.faults import crowded
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import BREADTHS, Breadth, Lane, Places
from pipeline.desk.signing_jobs import SigningJobs
from pipeline.errors import Busy


async def _settled():
    for _ in range(20):
        await asyncio.sleep(0)


def test_nobody_has_more_in_a_lane_than_one_person_may():
    places = Places(Breadth(at_work=1, share=1, of_one=2))

    with places.place("budi"), places.place("budi"):
        with pytest.raises(Busy, match="sekaligus"), places.place("budi"):
            pass
        with places.place("dewi"):
            pass
    with places.place("budi"):
        pass


def test_a_lane_for_strangers_is_full_in_the_end():
    places = Places(Breadth(at_work=1, share=1, of_one=2, in_all=2))

    with (
        places.place("10.0.0.1"),
        places.place("10.0.0.2"),
        pytest.raises(Busy, match="ramai"),
        places.place("10.0.0.3"),
    ):
        pass


def test_who_waits_is_served_in_turn_person_by_person():
    async def served():
        places, order, may_end = Places(Breadth(at_work=1, share=1, of_one=9)), [], asyncio.Event()

        async def come(whose):
            with places.place(whose) as place:
                async with place.at_work():
                    order.append(whose)
                    await may_end.wait()

        tasks = []
        for whose in ("budi", "budi", "budi", "dewi", "siti"):
            tasks.append(asyncio.create_task(come(whose)))
            await _settled()
        may_end.set()
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(served()) == ["budi", "budi", "dewi", "siti", "budi"]


def test_one_person_leaves_places_at_work_to_others():
    async def served():
        places, at_work = Places(Breadth(at_work=2, share=1, of_one=9)), []
        may_end = asyncio.Event()

        async def come(whose):
            with places.place(whose) as place:
                async with place.at_work():
                    at_work.append(whose)
                    await may_end.wait()

        tasks = [asyncio.create_task(come(whose)) for whose in ("budi", "budi", "budi", "dewi")]
        await _settled()
        seen = list(at_work)
        may_end.set()
        await asyncio.gather(*tasks)
        return seen

    assert asyncio.run(served()) == ["budi", "dewi"]


def test_who_is_stopped_while_waiting_leaves_no_hole():
    async def served():
        places = Places(Breadth(at_work=1, share=1, of_one=9))
        with places.place("budi") as first, places.place("dewi") as second, places.place("siti") as third:
            async with first.at_work():
                waiting = [asyncio.create_task(_once(place)) for place in (second, third)]
                await _settled()
                waiting[0].cancel()
            await asyncio.wait_for(waiting[1], PATIENCE)
            await asyncio.wait_for(_once(first), PATIENCE)
        return waiting[0].cancelled()

    assert asyncio.run(served())


async def _once(place, leaves=None):
    async with place.at_work(leaves):
        pass


def test_who_goes_while_waiting_is_not_waited_for():
    async def served():
        async def gone():
            return {"type": "http.disconnect"}

        async def stays():
            await asyncio.Event().wait()

        places = Places(Breadth(at_work=1, share=1, of_one=9))
        with places.place("budi") as first, places.place("dewi") as second:
            async with first.at_work():
                with pytest.raises(ClientDisconnect):
                    await _once(second, gone)
                patient = asyncio.create_task(_once(second, stays))
                await _settled()
            await asyncio.wait_for(patient, PATIENCE)

    asyncio.run(served())


@pytest.fixture
def desk(tmp_path):
    """A desk with a page that costs much: it ends when the test says so."""
    desk = WebDesk(tmp_path / "kantor")
    desk.may_end, desk.begun = threading.Event(), threading.Semaphore(0)
    pages = Pages()

    @pages.get("/berat", Right.SIGNED_IN, Lane.PAPERS)
    def heavy(_visit):
        desk.begun.release()
        assert desk.may_end.wait(PATIENCE)
        return PlainTextResponse("selesai")

    desk.app.router.routes[:0] = pages.routes
    yield desk
    desk.may_end.set()


def _there(desk, whose):
    return desk.app.state.desk.lanes._places[Lane.PAPERS]._there[whose]


def test_one_account_that_asks_for_too_much_is_told_at_once_and_holds_up_nobody(desk):
    budi, dewi = desk.browser("kabid"), desk.browser("kadiv")
    most = BREADTHS[Lane.PAPERS].of_one
    with ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(desk.come_in("kabid").get, "/berat") for _ in range(most)]
        assert desk.begun.acquire(timeout=PATIENCE)
        until(lambda: _there(desk, "akun kabid") == most)
        refused = [pool.submit(budi.get, "/berat") for _ in range(50 - most)]
        answers = [answer.result(PATIENCE) for answer in refused]

        assert {answer.status_code for answer in answers} == {503}
        assert answers[0].headers["retry-after"] == answers[0].headers["refresh"] == "5"  # windows fill by themselves
        assert "sekaligus" in answers[0].text
        assert budi.get("/profil").status_code == 200
        assert desk.stranger().get("/masuk").status_code == 200
        others = pool.submit(dewi.get, "/berat")
        assert desk.begun.acquire(timeout=PATIENCE)

        desk.may_end.set()
        assert [answer.result(PATIENCE).text for answer in (*asked, others)] == ["selesai"] * (most + 1)


def test_a_token_of_an_account_is_the_same_person_in_the_lanes(desk):
    desk.browser("kabid")
    now, known = desk.clock.now(), desk.app.state.desk
    keys = [desk.people.tokens.make(label, "kabid", now.date(), "admin", now, "kabid") for label in ("satu", "dua")]
    programs = [known.program(desk.people.tokens.find(key, now)) for key in keys]

    assert {program.whose for program in programs} == {"akun kabid"}


def test_a_program_of_the_account_is_refused_with_it_and_told_when_to_come_again(desk):
    desk.browser("kabid")
    now = desk.clock.now()
    key = desk.people.tokens.make("satu", "kabid", now.date(), "admin", now, "kabid")
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(desk.come_in("kabid").get, "/berat") for _ in range(BREADTHS[Lane.PAPERS].of_one)]
        path, headers = "/api/ringkasan/laporan?jenis=docx", {"authorization": f"Bearer {key}"}
        until(lambda: _there(desk, "akun kabid") == len(asked))
        refused = desk.stranger().get(path, headers=headers)
        quick = desk.stranger().get("/api/kotak-masuk", headers=headers)
        desk.may_end.set()
        assert {answer.result(PATIENCE).status_code for answer in asked} == {200}

    assert (refused.json()["code"], refused.headers["retry-after"]) == ("sibuk", "5")
    assert quick.status_code != 503


def test_one_batch_of_an_account_is_signed_at_a_time():
    jobs, may_end = SigningJobs(), threading.Event()
    jobs.start("budi", 1, lambda _told: may_end.wait(PATIENCE))

    with pytest.raises(Busy, match="sedang ditandatangani"):
        jobs.start("budi", 1, lambda _told: None)
    jobs.start("dewi", 1, lambda _told: None)
    may_end.set()


def test_a_large_answer_goes_out_slice_by_slice_as_it_is_taken():
    sent, body = [], bytes(range(256)) * 1000

    async def send(message):
        sent.append(message)

    asyncio.run(in_slices({"type": "http.response.body", "body": body}, send))

    assert b"".join(message["body"] for message in sent) == body
    assert max(len(message["body"]) for message in sent) == 65536
    assert [message["more_body"] for message in sent] == [True, True, True, False]


#: What opens a child process, LibreOffice, a Word file, or goes through many cases: a page that touches it is dear.
DEAR = {
    "previews", "binder", "validator", "report_files", "record_lists", "verify_case", "export", "press", "examine",
    "sheet_editor", "letter_versions", "revise_parts", "decide_parts", "answer", "summaries", "separators",
    "cover_sheet", "template_checker", "template_previews", "signing_jobs", "sign_parts", "letter_documents",
}  # fmt: skip
#: Pages that touch one of these and yet cost little, with the reason.
CHEAP = {
    "signing.result": "looks at a batch that runs elsewhere",
}


def _functions():
    """Every function of the desk, by module and name: what it mentions, and where what it borrows comes from."""
    found = {}
    for path in Path(pipeline.desk.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        lent = {
            alias.name: (node.module or "").rpartition(".")[2]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                mentioned = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                mentioned |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                found[path.stem, node.name] = {name: lent.get(name, path.stem) for name in mentioned}
    return found


def _touched(module, name, functions):
    """What a function mentions, and those that it calls in the desk."""
    seen, left, touched = set(), [(module, name)], set()
    while left:
        here = left.pop()
        if here not in seen and here in functions:
            seen.add(here)
            touched |= set(functions[here])
            left += [(where, each) for each, where in functions[here].items()]
    return touched


def _name(page):
    return f"{inspect.getmodule(page).__name__.rpartition('.')[2]}.{page.__name__}"


def test_every_page_that_costs_much_is_declared_so(desk):
    functions = _functions()
    (mount,) = (route for route in desk.app.routes if isinstance(route, Mount))
    endpoints = [context.original_route.endpoint for context in iter_route_contexts(mount.app.routes)]
    declared = [(route.page, route.rule.lane) for route in pages_of(desk)]
    declared += [(endpoint, rule_of(endpoint).lane) for endpoint in endpoints]

    cheap = {
        _name(page): sorted(dear)
        for page, lane in declared
        if lane in (Lane.QUICK, Lane.DOOR, Lane.STREAM)
        and (dear := DEAR & _touched(*_name(page).split("."), functions))
        and _name(page) not in CHEAP
    }

    assert cheap == {}
    assert {lane for _, lane in declared} == set(Lane) - {Lane.GATE, Lane.UPLOADS}


def test_passwords_are_looked_at_in_a_lane_of_their_own(desk):
    doors = {route.path for route in pages_of(desk) if route.rule.lane is Lane.DOOR}

    assert doors == {"/masuk", "/masuk/pertama", "/masuk/tautan", "/profil/sandi"}
    assert all("POST" in route.methods for route in pages_of(desk) if route.rule.lane is Lane.DOOR)


def test_what_was_sent_is_not_sent_again_by_itself():
    assert "refresh" not in crowded(Busy("ramai"), again=False).headers
