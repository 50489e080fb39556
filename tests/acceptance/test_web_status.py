"""*Cek status*: the page for complainants answers a code and nothing else, to all alike, and cannot be guessed at."""

from __future__ import annotations

import re

import pytest
from fakes import FixedChance
from web_desk import WebDesk

from pipeline.access.failed_tries import STATUS_EVERYWHERE
from pipeline.desk.visit import Visit

UNKNOWN = "ZZZZ-ZZZZ-ZZZZ"
CODE = FixedChance().code()


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    told = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Rekaan"], "uraian": "Tiga bulan"}
    desk.office.open("lisan", told)
    return desk


def main_of(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page[page.index("<main") : page.index("</main>")])


def test_a_complainant_without_an_account_reads_where_the_complaint_stands(desk):
    answer = desk.stranger().post_form("/status", {"kode": CODE.lower().replace("-", " ")})

    assert answer.status_code == 200
    assert "Pengaduan Saudara sudah kami terima" in answer.text
    assert "Tahap 2 dari 7" in answer.text
    assert 'aria-current="step"' in answer.text


def test_who_comes_to_the_login_page_finds_the_way(desk):
    assert 'href="/status"' in desk.stranger().get("/masuk").text


def test_the_answer_tells_nothing_else(desk):
    page = desk.stranger().post_form("/status", {"kode": CODE}).text

    for secret in ("Siti", "PT Rekaan", "Upah", "0001", "2026", CODE, CODE.replace("-", "")):
        assert secret not in main_of(page)


def test_a_complaint_that_ended_is_told_without_steps(desk):
    number = desk.office.root.book.rows()[0] if desk.office.root.book.refresh() else None
    desk.office.decide(desk.office.root.pattern.read(number.number), "batal", "tim-yankomas", {"alasan": "x"})

    page = desk.stranger().post_form("/status", {"kode": CODE}).text
    assert "dibatalkan" in page
    assert "Tahap" not in page


def test_every_text_that_is_no_code_gets_the_same_answer(desk):
    browser = desk.stranger()
    answers = [browser.post_form("/status", {"kode": kode}) for kode in (UNKNOWN, "", "x" * 40, "<b>' OR 1=1", "甲")]

    assert {a.status_code for a in answers} == {404}
    assert len({main_of(a.text) for a in answers}) == 1
    assert "tidak dikenal" in answers[0].text


def test_the_code_stands_in_no_address_no_cookie_and_no_header(desk):
    browser = desk.stranger()
    answer = browser.post_form("/status", {"kode": CODE})

    assert answer.headers.get("location") is None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert CODE not in str(answer.headers) + str(dict(browser.cookies))
    assert browser.get(f"/status?kode={CODE}").status_code == 200
    assert "Tahap" not in browser.get(f"/status?kode={CODE}").text


def test_nothing_of_a_question_is_written_down(desk, caplog):
    with caplog.at_level("DEBUG"):
        desk.stranger().post_form("/status", {"kode": CODE})
        desk.stranger().post_form("/status", {"kode": UNKNOWN})

    assert CODE not in caplog.text
    assert UNKNOWN not in caplog.text
    for file in desk.office.root.layout.root.rglob("*"):
        if file.is_file() and "2026" not in file.parts and not file.name.startswith("register-"):
            content = file.read_bytes()
            assert UNKNOWN.encode() not in content, file
            assert UNKNOWN.replace("-", "").encode() not in content, file
            assert CODE.replace("-", "").encode() not in content, file


def test_who_guesses_waits_ever_longer_and_then_even_a_right_code_waits(desk):
    browser = desk.stranger()
    for _ in range(10):
        assert browser.post_form("/status", {"kode": UNKNOWN}).status_code == 404

    waits = browser.post_form("/status", {"kode": CODE})
    assert waits.status_code == 429
    assert "Terlalu banyak percobaan" in waits.text
    desk.clock.forward(seconds=31)
    assert browser.post_form("/status", {"kode": UNKNOWN}).status_code == 404
    desk.clock.forward(seconds=31)
    assert browser.post_form("/status", {"kode": CODE}).status_code == 429
    desk.clock.forward(seconds=31)
    assert browser.post_form("/status", {"kode": CODE}).status_code == 200


def test_guessing_from_everywhere_makes_guessers_wait_a_minute_at_most_and_nobody_who_asks_for_the_first_time(
    desk, monkeypatch
):
    here = ["10.0.0.1"]
    monkeypatch.setattr(Visit, "address", property(lambda _: here[0]))
    browser = desk.stranger()
    token = browser.token("/status")

    def asked(address, code):
        here[0] = address
        return browser.post("/status", data={"kode": code, "csrf": token}).status_code

    for _ in range(STATUS_EVERYWHERE.free - 1):
        desk.people.tries.failed(STATUS_EVERYWHERE.of(), desk.clock.now())
    guesses = [asked("10.0.0.1", UNKNOWN), asked("10.0.0.1", UNKNOWN)]
    honest = [asked("10.0.0.2", CODE), asked("10.0.0.2", CODE)]
    still = asked("10.0.0.1", UNKNOWN)
    desk.clock.forward(seconds=61)
    after = asked("10.0.0.1", CODE)

    assert guesses == [404, 429]
    assert honest == [200, 200]
    assert (still, after) == (429, 200)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_subscriber_counts_once_whatever_address_is_used(address, network, monkeypatch):
    monkeypatch.setattr(Visit, "address", property(lambda _: address))
    visit = Visit(None, None, None, "", "")

    assert visit.network == network


def test_a_question_without_the_pages_token_is_not_answered(desk):
    assert desk.stranger().post("/status", data={"kode": CODE}).status_code == 403
    assert desk.stranger().post_form("/status", {"kode": "A" * 9000}).status_code == 413


def test_who_is_in_can_ask_as_well(desk):
    browser = desk.browser("tim-yankomas")

    assert browser.post_form("/status", {"kode": CODE}).status_code == 200
