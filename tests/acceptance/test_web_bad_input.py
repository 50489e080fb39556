"""Bad input at the desk: names of ten thousand letters, five tabs, two officials at once, sessions that were ended."""

from __future__ import annotations

import re
import threading
from html import unescape

import pytest
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.case_number import CaseNumber

CASE = "/kasus/2026/0001"
LONG = "Siti" * 2500
HOSTILE = (
    '"><script>alert(1)</script>',
    "{{ 7*7 }}",
    "\u202eislamroN",
    "'; DROP TABLE kasus;--",
    "\x00\x07",
    "𝕊𝕚𝕥𝕚 🙂",
)


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.forward(days=1)  # the edition of 26 November 2026
    told = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Contoh"], "uraian": "Upah ditahan."}
    desk.office.open("lisan", told)
    yield desk
    desk.app.state.desk.close()


def case(desk):
    return desk.office.root.cabinet.case(CaseNumber(2026, 1))


def _confirmed(desk):
    team = desk.browser("tim-yankomas")
    path = f"{CASE}/gerak/konfirmasi"
    assert team.post_form(path, {**CONFIRMED, "i.cara_penyampaian": "lisan"}, page=path).status_code == 303
    return team


def test_a_name_of_ten_thousand_letters_is_kept_whole_and_its_pages_open(desk):
    team = _confirmed(desk)
    path = f"{CASE}/gerak/koreksi"
    answers = {"i.perihal": LONG, "i.pelapor.1.nama": LONG, "i.alasan": "Nama panjang"}
    assert team.post_form(path, answers, page=path).status_code == 303

    assert case(desk).fields["perihal"]["nilai"] == LONG
    for page in ("/", "/register", CASE, path, f"{CASE}/salin", "/verifikasi", "/ringkasan/daftar?menurut=berjalan"):
        assert team.get(page).status_code == 200, page


def test_an_answer_beyond_twenty_thousand_letters_is_refused_with_its_name_and_kept(desk):
    team = _confirmed(desk)
    path = f"{CASE}/gerak/koreksi"
    answer = team.post_form(path, {"i.uraian": "A" * 20_001, "i.alasan": "x"}, page=path)

    assert answer.status_code == 422
    assert "Lebih dari 20000 huruf" in answer.text
    assert "A" * 20_001 in answer.text


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_a_draft_that_is_put_aside_are_words_when_it_comes_back(desk, words):
    team = _confirmed(desk)
    path = f"{CASE}/gerak/koreksi"
    saved = team.post_form(path, {"i.alasan": words, "simpan": "1"}, page=path)

    back = team.get(path).text

    assert saved.status_code == 303
    assert "<script>alert(1)" not in back
    assert words.strip("\x00\x07") in unescape(back)
    assert len(case(desk).made) == 1


def test_of_five_tabs_the_first_that_is_sent_counts_and_the_others_lose_no_word(desk):
    _confirmed(desk)
    team, path = desk.browser("tim-yankomas"), f"{CASE}/gerak/sampaikan"
    tabs = [team.get(CASE).text for _ in range(5)]
    fields = [dict(_hidden(tab)) for tab in tabs]

    answers = [team.post(path, data={**hidden, "catatan": str(n)}).status_code for n, hidden in enumerate(fields)]

    assert answers[0] == 303
    assert all(status in (303, 403, 422) for status in answers[1:])
    assert [m.decision.move for m in case(desk).made].count("sampaikan") == 1


def _hidden(page):
    """The hidden fields of the first move's form on a page."""
    form = page.partition('action="/kasus/2026/0001/gerak/sampaikan"')[2].partition("</form>")[0]
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)


def test_of_two_officials_who_decide_at_once_one_does_and_the_other_is_told_so(desk):
    team = _confirmed(desk)
    path = f"{CASE}/gerak/sampaikan"
    assert team.post_form(path, {}, page=path).status_code == 303
    for login in ("budi.rekaan", "plh.rekaan"):
        desk.account(login, "kakanwil")
    officials = [desk.come_in(login) for login in ("budi.rekaan", "plh.rekaan")]
    path = f"{CASE}/gerak/disposisi"
    seen = [(b, {"csrf": b.token(path), "dilihat": str(case(desk).entries[-1].seq)}) for b in officials]
    answers = []

    def decide(browser, hidden):
        answers.append(browser.post(path, data={**hidden, "i.isi_disposisi": "Telaah"}))

    both = [threading.Thread(target=decide, args=one) for one in seen]
    [one.start() for one in both], [one.join() for one in both]

    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert [m.decision.move for m in case(desk).made].count("disposisi") == 1
    (lost,) = (answer for answer in answers if answer.status_code != 303)
    assert lost.status_code in (403, 422)
    assert "Telaah" in lost.text
    assert "sudah bergerak sejak halaman itu dibuka" in lost.text


def test_who_types_while_the_admin_ends_all_their_sessions_gets_it_back_after_coming_in_again(desk):
    _confirmed(desk)
    team, admin = desk.come_in("tim-yankomas"), desk.browser("admin")
    path = f"{CASE}/gerak/koreksi"
    token = team.token(path)

    assert admin.post_form("/akun/tim-yankomas/sesi", {}, page="/akun/tim-yankomas").status_code == 303
    late = team.post(path, data={"csrf": token, "asal": path, "i.alasan": "Nomor agenda keliru"})
    back = desk.come_in("tim-yankomas").get(path).text

    assert late.status_code == 401
    assert "Nomor agenda keliru" in back
    assert len(case(desk).made) == 1
