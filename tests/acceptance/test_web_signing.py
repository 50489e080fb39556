"""*Menunggu tanda tangan saya*: the letters that wait, read, chosen and signed on a page, also on a phone."""

from __future__ import annotations

import re

import pytest
from offices import copied
from patience import PATIENCE
from signing_memos import with_memos
from signing_pki import PASSPHRASE
from test_whole_sop import FIRST
from web_desk import WebDesk

from pipeline.archive.store.cabinet import FolderCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.sign_letters import Fate

SECOND = CaseNumber(2026, 2)
MEMO = "04-nota-telaahan"
_KEY = re.compile(r'name="naskah" value="([^"]+)"')


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with two memos that wait for their signature."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    with_memos(folder, pki, b"Sengketa tanah", b"Upah")
    return folder


@pytest.fixture
def desk(before, tmp_path):
    folder = copied(before, tmp_path / "kantor")
    found = WebDesk(folder)
    yield found
    found.app.state.desk.close()


def chosen(page: str) -> list[str]:
    return _KEY.findall(page)


def signed(desk, browser, keys, passphrase=PASSPHRASE):
    """Sign what was chosen, and return the page of the result once the batch has ended."""
    answer = browser.post_form("/tanda-tangan", {"naskah": keys, "sandi": passphrase})
    if answer.status_code != 303:
        return answer
    job = desk.app.state.desk.signing_jobs.find(answer.headers["location"].rpartition("/")[2], "kasubbid")
    assert job.ended.wait(PATIENCE)
    return browser.get(answer.headers["location"])


def case(desk, number):
    return desk.office.root.cabinet.case(number)


def test_each_letter_that_waits_can_be_read_there_and_taken_as_pdf(desk):
    page = desk.browser("kasubbid").get("/tanda-tangan").text

    assert len(chosen(page)) == 2
    assert "Nota telaahan" in page
    assert f"/kasus/2026/0001/lihat/{MEMO}-v1.pdf" in page
    assert f"/kasus/2026/0001/naskah/{MEMO}-v1.pdf" in page
    assert 'type="password"' in page
    assert 'href="/tanda-tangan"' in page


def test_the_page_reads_no_case_that_has_not_changed(desk, monkeypatch):
    browser, reads, read = desk.browser("kasubbid"), [], FolderCabinet.case
    first = chosen(browser.get("/tanda-tangan").text)
    monkeypatch.setattr(FolderCabinet, "case", lambda self, number: reads.append(number) or read(self, number))

    again = chosen(browser.get("/tanda-tangan").text)

    assert (again, reads) == (first, [])


def test_what_was_chosen_is_signed_and_the_rest_waits_on(desk):
    browser = desk.browser("kasubbid")
    first, second = chosen(browser.get("/tanda-tangan").text)

    page = signed(desk, browser, [first]).text

    assert "1 dari 1" in page
    assert Fate.SIGNED.value in page
    assert MEMO in case(desk, FIRST).signed
    assert MEMO not in case(desk, SECOND).signed
    assert chosen(browser.get("/tanda-tangan").text) == [second]
    assert case(desk, FIRST).made[-1].decision.login == "kasubbid"


def test_all_are_signed_with_one_passphrase(desk):
    browser = desk.browser("kasubbid")

    page = signed(desk, browser, chosen(browser.get("/tanda-tangan").text)).text

    assert "2 dari 2" in page
    assert "http-equiv" not in page
    assert "Tidak ada naskah yang menunggu" in browser.get("/tanda-tangan").text


def test_all_that_wait_for_a_role_are_signed_by_one_button(desk):
    browser = desk.browser("kasubbid")

    answer = browser.post_form("/tanda-tangan", {"semua": "kasubbid", "sandi": PASSPHRASE})
    job = desk.app.state.desk.signing_jobs.find(answer.headers["location"].rpartition("/")[2], "kasubbid")

    assert job.ended.wait(PATIENCE)
    assert job.signed == 2
    assert browser.post_form("/tanda-tangan", {"semua": "kakanwil", "sandi": PASSPHRASE}).status_code == 422


def test_a_page_that_is_still_at_work_shows_how_far_and_looks_again_by_itself(desk):
    import threading

    browser, held = desk.browser("kasubbid"), threading.Event()
    jobs = desk.app.state.desk.signing_jobs
    key = jobs.start("kasubbid", 3, lambda told: held.wait(PATIENCE))

    page = browser.get(f"/tanda-tangan/hasil/{key}").text
    held.set()

    assert "0 dari 3" in page
    assert '<noscript><meta http-equiv="refresh"' in page  # with scripts its part is asked for again
    assert "data-segarkan" in page


def test_a_wrong_passphrase_is_said_signs_nothing_and_is_not_repeated(desk, caplog):
    browser = desk.browser("kasubbid")
    keys = chosen(browser.get("/tanda-tangan").text)

    with caplog.at_level("DEBUG"):
        page = signed(desk, browser, keys, "SALAH-123").text

    assert "Kata sandi sertifikat itu salah" in page
    assert "SALAH-123" not in page + caplog.text
    assert len(chosen(browser.get("/tanda-tangan").text)) == 2


def test_three_wrong_passphrases_close_the_key_for_a_while(desk):
    browser = desk.browser("kasubbid")
    keys = chosen(browser.get("/tanda-tangan").text)
    for _ in range(3):
        signed(desk, browser, keys, "salah")

    assert "Terlalu banyak percobaan" in signed(desk, browser, keys).text
    desk.clock.forward(minutes=2)
    assert "2 dari 2" in signed(desk, browser, keys).text


def test_nothing_chosen_or_no_passphrase_is_asked_again(desk):
    browser = desk.browser("kasubbid")
    keys = chosen(browser.get("/tanda-tangan").text)

    assert signed(desk, browser, []).status_code == 422
    answer = signed(desk, browser, keys, "")
    assert (answer.status_code, "Kata sandi belum diisi" in answer.text) == (422, True)


def test_a_letter_that_waits_no_longer_is_not_signed_by_an_old_page(desk):
    browser = desk.browser("kasubbid")
    keys = chosen(browser.get("/tanda-tangan").text)
    signed(desk, browser, keys[:1])

    answer = signed(desk, browser, keys)

    assert answer.status_code == 422
    assert "tidak menunggu lagi" in answer.text
    assert MEMO not in case(desk, SECOND).signed


def test_somebody_elses_letters_do_not_wait_here_and_cannot_be_signed(desk):
    keys = chosen(desk.browser("kasubbid").get("/tanda-tangan").text)
    head = desk.browser("kakanwil")

    assert chosen(head.get("/tanda-tangan").text) == []
    assert head.post_form("/tanda-tangan", {"naskah": keys, "sandi": PASSPHRASE}).status_code == 422
    assert desk.browser("arsiparis").get("/tanda-tangan").status_code == 403


def test_a_result_is_shown_to_nobody_else(desk):
    browser = desk.browser("kasubbid")
    answer = browser.post_form(
        "/tanda-tangan", {"naskah": chosen(browser.get("/tanda-tangan").text), "sandi": PASSPHRASE}
    )

    assert desk.browser("kakanwil").get(answer.headers["location"]).status_code == 404
    job = desk.app.state.desk.signing_jobs.find(answer.headers["location"].rpartition("/")[2], "kasubbid")
    assert job.ended.wait(PATIENCE)


def test_the_letters_page_leads_to_signing_with_a_certificate_and_calls_its_scan_by_name(desk):
    page = desk.browser("kasubbid").get(f"/kasus/2026/0001/surat/{MEMO}").text

    assert "Tandatangani dengan sertifikat" in page
    assert "Nota telaahan: pindaian" in page
    assert "Tandatangani dengan sertifikat" not in desk.browser("kabid").get(f"/kasus/2026/0001/surat/{MEMO}").text


def test_a_file_that_was_signed_with_a_certificate_was_not_scanned(desk):
    browser = desk.browser("kasubbid")
    signed(desk, browser, chosen(browser.get("/tanda-tangan").text)[:1])

    page = browser.get(f"/kasus/2026/0001/surat/{MEMO}").text

    assert "diserahkan oleh kasubbid" in page
    assert "dipindai oleh" not in page


def test_an_official_who_signs_in_ink_is_told_so(desk):
    settings = desk.office.root.layout.settings
    settings.write_text(settings.read_text().split("\n[[tanda_tangan.pemegang]]")[0])
    fresh = WebDesk(desk.office.root.layout.root)

    page = fresh.browser("kasubbid").get("/tanda-tangan").text

    assert "menandatangani dengan tinta" in page
    assert 'type="password"' not in page
    assert "dengan sertifikat" not in fresh.browser("kasubbid").get(f"/kasus/2026/0001/surat/{MEMO}").text
    fresh.app.state.desk.close()
