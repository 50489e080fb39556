"""Nothing typed is lost: the session ended, a colleague was faster, the server restarted; and nobody else reads it."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring
from pypdf import PdfWriter
from web_desk import PASSWORD, WebDesk

from pipeline.access.sessions import IDLE

CASE = "/kasus/2026/0001"
CORRECT = f"{CASE}/gerak/koreksi"
CHECK = "/verifikasi/2026/0001"
CONFIRMED = {
    "i.cara_penyampaian": "surat",
    "i.perihal": "Sengketa tanah rekaan",
    "i.pelapor.1.nama": "Siti Rekaan",
    "i.terlapor": "Kantor Contoh",
    "i.ringkasan": "Tanah dipagari.",
    "i.hak": "rasa aman",
}
WORDS = "Tanah Siti Rekaan dipagari"


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    for name in ("satu.pdf", "dua.pdf"):
        writer = PdfWriter()
        writer.add_blank_page(300, 400 + len(name))
        writer.write(desk.office.root.layout.inbox / name)
        desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def form_of(html: str, action: str):
    """The form of a page that is sent to an address."""
    (form,) = (f for f in document_fromstring(html).iter("form") if f.get("action") == action)
    return form


def sent_by(html: str, action: str) -> dict[str, list[str]]:
    """What a browser would send of a form."""
    found: dict[str, list[str]] = {}
    for name, value in form_of(html, action).form_values():
        found.setdefault(name, []).append(value)
    return found


def typing(browser, page: str, action: str, **typed: str) -> dict[str, list[str]]:
    """What is sent of a form into which somebody types."""
    shown = browser.get(page)
    assert shown.status_code == 200, shown.text
    return {**sent_by(shown.text, action), **{name: [text] for name, text in typed.items()}}


def text_of(html: str, action: str, name: str) -> str:
    return sent_by(html, action)[name][0].replace("\r\n", "\n")


def test_what_was_sent_after_the_session_ended_is_in_its_form_after_coming_in_again(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": WORDS})
    desk.clock.forward(seconds=IDLE + 1)

    answer = clerk.post(CHECK, data=form)

    assert answer.status_code == 401
    assert "Yang Anda ketik tersimpan" in answer.text
    assert f'name="lanjut" value="{CHECK}"' in answer.text
    assert WORDS not in answer.text
    again = desk.come_in("tim-yankomas").get(CHECK).text
    assert text_of(again, CHECK, "i.ringkasan") == WORDS
    assert "kembali di formulir ini; belum dikirim" in again


def test_another_account_that_comes_in_at_that_browser_sees_nothing_of_it(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": WORDS})
    desk.clock.forward(seconds=IDLE + 1)
    page = clerk.post(CHECK, data=form).text
    desk.account("lain", "tim-yankomas")

    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    clerk.post("/masuk", data={"csrf": csrf, "login": "lain", "sandi": PASSWORD, "lanjut": CHECK})

    assert WORDS not in clerk.get(CHECK).text
    assert "Tidak ada ketikan" in clerk.get("/ketikan").text


def two_clerks(desk):
    desk.account("lain", "tim-yankomas")
    return desk.browser("tim-yankomas"), desk.come_in("lain")


@pytest.mark.parametrize("action", [f"{CASE}/gerak/konfirmasi", CHECK])
def test_a_colleague_who_was_faster_takes_nothing_away_that_was_typed(desk, action):
    slow, quick = two_clerks(desk)
    form = typing(slow, action, action, **{**CONFIRMED, "i.ringkasan": WORDS})
    assert quick.post(action, data=typing(quick, action, action, **CONFIRMED)).status_code == 303

    answer = slow.post(action, data=form)

    if action == CHECK:
        assert (answer.status_code, answer.headers["location"]) == (303, "/verifikasi/2026/0002")
        assert "sudah dikonfirmasi rekan" in slow.get("/verifikasi/2026/0002").text
    else:
        assert answer.status_code == 403
        assert "Yang Anda ketik tidak hilang" in answer.text
        assert WORDS in answer.text
    assert WORDS in slow.get("/ketikan").text
    assert WORDS not in quick.get("/ketikan").text


def test_a_form_of_the_session_before_comes_back_to_be_sent_again(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": WORDS})
    desk.people.sessions.end_all("tim-yankomas")
    token = re.search(r'name="csrf" value="([^"]+)"', clerk.get("/masuk").text)[1]
    clerk.post("/masuk", data={"csrf": token, "login": "tim-yankomas", "sandi": PASSWORD})

    answer = clerk.post(CHECK, data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, CHECK)
    assert text_of(clerk.get(CHECK).text, CHECK, "i.ringkasan") == WORDS
