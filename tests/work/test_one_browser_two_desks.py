"""One browser at two desks of an office: what one showed is sent to the other; or one that was started again."""

from __future__ import annotations

import asyncio
import re
import shutil

import central_office
import pytest
from lxml.html import document_fromstring
from patience import PATIENCE
from usual_standing import standing
from web_desk import PASSWORD, WebDesk

from pipeline.access.store.postgres_access_log import PostgresAccessLog
from pipeline.cases.case_number import CaseNumber
from pipeline.desk.live_news import LiveNews

FIRST, CASE = CaseNumber(2026, 1), "/kasus/2026/0001"
CORRECT = f"{CASE}/gerak/koreksi"
TOLD = {"i.perihal": "Tanah", "i.pelapor.1.nama": "Siti Rekaan", "i.terlapor": "Instansi", "i.uraian": "Uraian rekaan"}


@pytest.fixture
def here(tmp_path, central):
    """The desk of an office."""
    central_office.made(tmp_path / "satu", central)
    desk = WebDesk(tmp_path / "satu", central_office.opened)
    for login, role in (("siti", "tim-yankomas"), ("ani", "admin"), ("budi", "kadiv")):
        desk.account(login, role)
    return desk


@pytest.fixture(params=["another desk", "started again"])
def there(request, here, tmp_path):
    """Another desk of the office, with a folder of its own; or the same one after it was ended and started again."""
    if request.param == "started again":
        return WebDesk(tmp_path / "satu", central_office.opened)
    shutil.copytree(tmp_path / "satu", tmp_path / "dua")
    return WebDesk(tmp_path / "dua", central_office.opened)


def carried(browser, desk):
    """The same browser at the other desk: with its cookies."""
    other = desk.stranger()
    other.cookies = browser.cookies
    return other


def shown(browser, page: str, **typed: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a page, into which somebody types."""
    html = browser.get(page).text
    [form] = (form for form in document_fromstring(html).iter("form") if form.get("action") == page)
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return {**sent, **{name: [text] for name, text in typed.items()}}


def test_who_opened_the_login_page_comes_in_at_the_other_desk(here, there):
    stranger = here.stranger()
    token = stranger.token("/masuk")

    other = carried(stranger, there)
    answer = other.post("/masuk", data={"login": "siti", "sandi": PASSWORD, "csrf": token})

    assert answer.status_code == 303
    assert carried(other, here).get("/register").status_code == 200


def test_a_one_time_link_that_was_opened_at_one_desk_is_used_up_by_the_other(here, there):
    key = here.people.links.make("siti", here.clock.now())
    stranger = here.stranger()
    token = stranger.token(f"/masuk/tautan?kunci={key}")
    answers = {"kunci": key, "sandi_baru": "lima kata yang lain lagi", "sandi_lagi": "lima kata yang lain lagi"}

    done = carried(stranger, there).post("/masuk/tautan", data={**answers, "csrf": token})
    again = stranger.post("/masuk/tautan", data={**answers, "csrf": token})

    assert (done.status_code, again.status_code) == (303, 403)
    assert here.stranger().get(f"/masuk/tautan?kunci={key}").status_code == 403


def test_who_guesses_at_both_desks_is_told_to_wait_by_both(here, there):
    browsers = [desk.stranger() for desk in (here, there)]
    said = [
        browsers[n % 2].post_form("/masuk", {"login": "siti", "sandi": "salah sama sekali"}).text for n in range(12)
    ]

    first = next(n for n, words in enumerate(said) if "Terlalu banyak percobaan" in words)
    assert 2 < first < 11
    assert all("Terlalu banyak percobaan" in words for words in said[first:])


def test_a_complaint_that_is_sent_to_both_desks_is_one(here, there):
    browser = here.come_in("siti")
    form = shown(browser, "/buka/lisan", **TOLD)

    answers = [one.post("/buka/lisan", data=form) for one in (carried(browser, there), browser)]

    assert [answer.headers["location"] for answer in answers] == [CASE, CASE]
    assert here.office.root.cabinet.numbers() == [FIRST]


def opened(desk) -> None:
    """Have a complaint be told at a desk."""
    browser = desk.come_in("siti")
    assert browser.post("/buka/lisan", data=shown(browser, "/buka/lisan", **TOLD)).status_code == 303


def test_a_move_that_is_sent_to_both_desks_is_made_once_and_the_second_is_told_of_the_first(here, there):
    opened(here)
    browser = here.come_in("siti")
    form = shown(browser, CORRECT, **{"i.perihal": "Pagar Rekaan", "i.alasan": "Keliru"})

    done = carried(browser, there).post(CORRECT, data=form)
    again = browser.post(CORRECT, data=form)

    assert (done.status_code, again.status_code) == (303, 422)
    assert [entry.kind for entry in here.office.root.cabinet.case(FIRST).entries] == ["diterima", "diputuskan"]
    assert all("Pagar Rekaan" in desk.come_in("siti").get(CASE).text for desk in (here, there))


def test_why_a_case_is_read_is_asked_once_though_the_answer_went_to_the_other_desk(here, there, monkeypatch):
    opened(here)
    for desk in (here, there):
        desk.asks_reasons()
    browser = here.come_in("budi")
    other = carried(browser, there)
    assert (browser.get(CASE).status_code, other.get(CASE).status_code) == (403, 403)
    monkeypatch.delattr(PostgresAccessLog, "_month")  # each has read it: from here on what is new alone

    answer = other.post(f"{CASE}/alasan", data={"alasan": "Laporan bulanan rekaan", "csrf": browser.token(CASE)})

    assert answer.status_code == 303
    assert (browser.get(CASE).status_code, other.get(CASE).status_code) == (200, 200)


def test_what_one_desk_alone_remembers_is_asked_for_again_in_words(here, there):
    opened(here)
    browser = here.come_in("siti")
    asked = browser.post_form("/arsip", {"q": "tanah"}, page="/arsip").headers["location"]
    signer = here.come_in("budi")
    batch = f"/tanda-tangan/hasil/{here.app.state.desk.signing_jobs.start('budi', 1, lambda _told: None)}"
    assert signer.get(batch).status_code == 200

    searched, signed = carried(browser, there).get(asked), carried(signer, there).get(batch)

    assert (searched.status_code, "tulis lagi" in searched.text) == (200, True)
    assert (signed.status_code, "Lihat daftar yang masih menunggu." in signed.text) == (404, True)


def test_a_page_that_hears_news_of_one_desk_goes_on_at_the_other_with_what_it_missed(here, there):
    opened(here)
    ids = re.compile(rb"id: (\d+)\nevent: perkara\ndata: 2026/0001\n")

    def heard(desk, last_seen: str) -> str:
        """Return the id of the news of the first case that a page hears that comes with this last id."""
        news = LiveNews(
            desk.office.root.newsreader, lambda _session: standing("kadiv"), desk.app.state.desk.is_open, tick=0.01
        )

        async def listen() -> str:
            stream, said = news.stream(b"s", standing("kadiv"), last_seen), b""
            async for event in stream:
                said += event
                if found := ids.search(said):
                    await stream.aclose()
                    return found[1].decode()
            raise AssertionError(said)

        return asyncio.run(asyncio.wait_for(listen(), PATIENCE))

    first = heard(here, "0")
    there.office.decide(FIRST, "koreksi", "tim-yankomas", {"perihal": "Pagar", "alasan": "Keliru"})

    assert int(heard(there, first)) > int(first)
