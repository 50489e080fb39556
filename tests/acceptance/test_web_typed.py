"""Nothing typed is lost: the session ended, a colleague was faster, the server restarted; and nobody else reads it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml.html import document_fromstring
from pypdf import PdfWriter
from web_desk import CONFIRMED as USUAL
from web_desk import PASSWORD, WebDesk

from pipeline.access.accounts import held
from pipeline.access.drafts import KEPT, Draft
from pipeline.access.sessions import IDLE
from pipeline.cases.case_number import CaseNumber
from pipeline.desk.app import create_app
from pipeline.wiring import office_in

FIRST = CaseNumber(2026, 1)
CASE = "/kasus/2026/0001"
CORRECT = f"{CASE}/gerak/koreksi"
CHECK = "/verifikasi/2026/0001"
CONFIRMED = {**USUAL, "i.hak": "rasa aman"}
TOLD = {"i.perihal": "P", "i.pelapor.1.nama": "Siti", "i.terlapor": "T", "i.uraian": "U"}
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
        told = "sudah bergerak sejak halaman itu dibuka: Konfirmasi isian register, akun lain, sebagai Tim Yankomas"
        assert told in answer.text
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


# ---------------------------------------------------------------------------------- whose it is, and what becomes of it


def leave_a_draft(desk, browser, words=WORDS, action=CHECK):
    """Something is typed, and the page's script sends it."""
    form = typing(browser, action, action, **{"i.ringkasan": words, "formulir": action})
    answer = browser.post("/ketikan", data=form)
    assert answer.status_code == 200, answer.text
    return answer


def test_what_is_being_typed_is_kept_while_one_types_and_survives_a_restart(desk, tmp_path):
    leave_a_draft(desk, desk.browser("tim-yankomas"))
    desk.app.state.desk.close()

    again = WebDesk.__new__(WebDesk)
    again.__dict__.update(desk.__dict__)
    again.app = create_app(office_in(tmp_path / "kantor"), people=desk.people, clock=desk.clock)

    assert text_of(again.come_in("tim-yankomas").get(CHECK).text, CHECK, "i.ringkasan") == WORDS
    again.app.state.desk.close()


def test_a_draft_is_gone_once_its_form_was_sent_or_it_was_thrown_away(desk):
    clerk = desk.browser("tim-yankomas")
    leave_a_draft(desk, clerk)
    shown = clerk.get(CHECK).text

    assert clerk.post("/ketikan/buang", data=sent_by(shown, "/ketikan/buang")).headers["location"] == CHECK
    assert WORDS not in clerk.get(CHECK).text
    leave_a_draft(desk, clerk)
    assert clerk.post(CHECK, data=typing(clerk, CHECK, CHECK, **CONFIRMED)).status_code == 303
    assert "Tidak ada ketikan" in clerk.get("/ketikan").text


@pytest.mark.in_folders  # at the centre by the server's clock: test_drafts_at_the_centre.py
def test_a_draft_is_gone_after_two_weeks(desk):
    leave_a_draft(desk, desk.browser("tim-yankomas"))
    desk.clock.forward(seconds=KEPT.total_seconds())

    clerk = desk.come_in("tim-yankomas")

    assert WORDS not in clerk.get(CHECK).text
    assert desk.app.state.desk.drafts.all("tim-yankomas") == []


def test_a_form_says_that_the_case_changed_since_it_was_typed_into(desk):
    action = f"{CASE}/gerak/koreksi"
    clerk = desk.browser("tim-yankomas")
    clerk.post(CHECK, data=typing(clerk, CHECK, CHECK, **CONFIRMED))
    form = typing(clerk, action, action, **{"i.alasan": WORDS, "formulir": action})
    clerk.post("/ketikan", data=form)

    desk.office.decide(FIRST, "koreksi", "tim-yankomas", {"terlapor": ["Kantor Lain"], "alasan": "Salah tulis"})

    shown = clerk.get(action).text
    assert "Halaman ini sudah berubah sejak itu" in shown
    assert text_of(shown, action, "i.alasan") == WORDS
    assert sent_by(shown, action)["dilihat"] != form["dilihat"]


def test_a_draft_is_not_shown_while_its_case_is_closed_to_its_owner_and_waits_until_it_is_open(desk):
    action = f"{CASE}/gerak/koreksi"
    clerk = desk.browser("tim-yankomas")
    clerk.post(CHECK, data=typing(clerk, CHECK, CHECK, **CONFIRMED))
    form = typing(clerk, action, action, **{"i.alasan": WORDS})
    desk.people.accounts.give("tim-yankomas", [held("arsiparis")], desk.clock.now())

    answer = clerk.post(action, data=form)

    assert answer.status_code == 403
    for page in (answer.text, clerk.get("/ketikan").text, clerk.get(CASE).text):
        assert WORDS not in page
    assert "Tersimpan bagi Anda sendiri" in answer.text
    desk.people.accounts.give("tim-yankomas", [held("tim-yankomas")], desk.clock.now())
    assert text_of(clerk.get(action).text, action, "i.alasan") == WORDS


def test_a_draft_about_a_case_that_became_secret_is_not_shown_to_who_has_no_part_in_it(desk):
    number = desk.office.open("lisan", {"perihal": "P", "pelapor": ["S"], "terlapor": "T", "uraian": "U"})
    page = f"/kasus/{number}/gerak/catatan"
    desk.account("kabid", "kabid")
    desk.app.state.desk.drafts.keep("kabid", Draft(page, page, desk.clock.now(), (("i.catatan", WORDS),)))
    desk.office.decide(number, "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "Menyangkut anak"})

    shown = desk.browser("kabid").get("/ketikan").text

    assert WORDS not in shown
    assert str(number) not in shown


def test_an_account_that_was_locked_gets_it_back_only_after_coming_in_again(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": WORDS})
    desk.people.accounts.lock("tim-yankomas", locked=True, now=desk.clock.now())

    answer = clerk.post(CHECK, data=form)

    assert answer.status_code == 401
    assert WORDS not in answer.text
    assert clerk.get("/ketikan").status_code == 303
    desk.people.accounts.lock("tim-yankomas", locked=False, now=desk.clock.now())
    assert WORDS not in clerk.get("/ketikan", follow_redirects=True).text
    assert WORDS in desk.come_in("tim-yankomas").get("/ketikan").text


def test_a_form_of_another_accounts_session_is_kept_for_that_account_and_shown_to_no_other(desk):
    first, second = two_clerks(desk)
    form = typing(first, CHECK, CHECK, **{"i.ringkasan": WORDS})
    desk.people.sessions.end_all("tim-yankomas")

    answer = second.post(CHECK, data=form)

    assert answer.status_code == 403
    assert "dibuka dalam sesi akun lain" in answer.text
    assert WORDS not in answer.text + second.get("/ketikan").text
    assert WORDS in desk.come_in("tim-yankomas").get("/ketikan").text


def test_of_a_session_that_nobody_knows_the_text_is_handed_back_and_kept_nowhere(desk):
    form = {"csrf": "entah", "i.ringkasan": WORDS, "i.sandi": "x", "sandi": "rahasia sekali"}
    stranger = desk.stranger()

    own, foreign = (
        stranger.post(CHECK, data=form, headers={"sec-fetch-site": site}) for site in ("same-origin", "cross-site")
    )

    assert own.status_code == 401
    assert WORDS in own.text
    assert "program tidak menyimpannya" in own.text
    assert "rahasia sekali" not in own.text
    assert foreign.status_code == 403
    assert WORDS not in foreign.text
    assert stranger.post(CHECK, data=form).status_code == 401
    assert not (desk.office.root.layout.people / "ketikan").exists()


def test_nobody_leaves_a_draft_in_anothers_name_or_for_a_form_that_is_none(desk):
    clerk = desk.browser("tim-yankomas")
    token = clerk.token("/profil")

    for form in ("/", "/masuk", "/akun", "/kasus/2026/9999/gerak/koreksi", "/kasus/x/y/gerak/z", "//lain.id", ""):
        answer = clerk.post("/ketikan", data={"csrf": token, "formulir": form, "i.alasan": WORDS})
        assert answer.status_code == 404, form
    assert desk.stranger().post("/ketikan", data={"csrf": token, "formulir": CHECK}).status_code == 401
    assert desk.app.state.desk.drafts.all("tim-yankomas") == []


def test_what_is_typed_stands_in_no_log_and_nowhere_on_the_disk(desk, caplog):
    clerk = desk.browser("tim-yankomas")
    leave_a_draft(desk, clerk)
    clerk.get("/ketikan")
    clerk.get(CHECK)
    desk.app.state.desk.access_log.flush()

    assert WORDS not in caplog.text
    folder = desk.office.root.layout.root
    assert not [path for path in folder.rglob("*") if path.is_file() and b"dipagari" in path.read_bytes()]


# ---------------------------------------------------------------------------------- five tabs, two sends, two clerks


def test_a_double_send_does_one_act_and_shows_its_result(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **CONFIRMED)

    first, again = (clerk.post(CHECK, data=form) for _ in range(2))

    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert len(desk.office.root.cabinet.case(FIRST).made) == 1
    assert "dikonfirmasi. Tanda terimanya" in (shown := clerk.get(again.headers["location"]).text)
    assert "dilakukan sekali saja" in shown


def cases(desk):
    desk.office.root.book.refresh()
    return desk.office.root.book.rows()


def test_two_sends_at_the_same_moment_open_one_case(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, "/buka/lisan", "/buka/lisan", **TOLD)

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: clerk.post("/buka/lisan", data=form), range(2)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(cases(desk)) == 3


def test_a_token_is_made_once_and_its_key_shown_again_when_the_form_is_sent_twice(desk):
    admin = desk.browser("admin")
    made = {"nama": "pemindai", "peran": "tim-yankomas", "sampai": "2026-12-31"}
    form = typing(admin, "/akun", "/akun/token/baru", **made)

    first, again = (admin.post("/akun/token/baru", data=form) for _ in range(2))

    assert first.status_code == again.status_code == 200
    assert first.text == again.text
    assert len(desk.people.tokens.all()) == 1


def test_the_same_page_with_other_words_is_another_sending(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, "/buka/lisan", "/buka/lisan", **TOLD)

    clerk.post("/buka/lisan", data=form)
    clerk.post("/buka/lisan", data={**form, "i.perihal": ["Lain sama sekali"], "i.uraian": ["Yang lain"]})

    assert len(cases(desk)) == 4


def test_what_two_tabs_hold_of_one_form_is_both_kept(desk):
    clerk = desk.browser("tim-yankomas")
    tabs = [typing(clerk, CHECK, CHECK, **{"i.ringkasan": f"di tab {n}", "formulir": CHECK}) for n in (1, 2)]
    for form in tabs:
        desk.clock.forward(seconds=30)
        clerk.post("/ketikan", data=form)

    shown = clerk.get("/ketikan").text

    assert "di tab 1" in shown
    assert "di tab 2" in shown
    assert text_of(clerk.get(CHECK).text, CHECK, "i.ringkasan") == "di tab 2"


def test_two_clerks_on_one_letter_see_that_the_other_is_there(desk):
    first, second = two_clerks(desk)
    first.get(CHECK)

    assert "Tim-Yankomas sedang mengisi formulir perkara ini juga" in second.get(CHECK).text
    said = first.get("/ketikan/hadir", params={"perkara": "2026/0001", "mengisi": "ya"}).json()
    assert said["bersama"] == "Lain sedang mengisi formulir perkara ini juga."
    assert said["sisa"] == IDLE
    second.post(CHECK, data=typing(second, CHECK, CHECK, **CONFIRMED))
    assert "sedang mengisi" not in first.get(CASE).text
    desk.clock.forward(minutes=4)
    assert "sedang mengisi" not in second.get(CASE).text


def test_who_may_not_read_a_case_is_not_told_who_is_at_it(desk):
    desk.browser("tim-yankomas").get(CHECK)

    for role in ("admin", "arsiparis"):
        said = desk.browser(role).get("/ketikan/hadir", params={"perkara": "2026/0001"}).json()
        assert ("Tim" in said["bersama"]) == (role == "arsiparis")
    for odd in ("", "2026", "../..", "2026/0", "9999/1"):
        assert desk.browser("admin").get("/ketikan/hadir", params={"perkara": odd}).json()["bersama"] == ""


# ---------------------------------------------------------------------------------- hostile and large


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "</textarea><script>alert(1)</script>",
        "\nbaris\n\n lain ",
        '"><b>&amp;&#0;',
        "a\x00b\x1f\ufffe",
        "\u202eterbalik é 🙂",
    ],
)
def test_any_text_comes_back_as_it_was_and_is_never_part_of_the_page(desk, words):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": words, "i.perihal": ""})

    answer = clerk.post(CHECK, data=form)

    kept = re.sub("[\x00\x1f\ufffe]", "", words)
    assert answer.status_code == 422
    for page in (answer.text, clerk.get(CHECK).text):
        assert text_of(page, CHECK, "i.ringkasan").removeprefix("\n") == kept  # as browsers do
        assert "<script>alert" not in page


def test_rows_that_were_added_come_back_with_what_stands_in_them(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{f"i.pelapor.{n}.nama": f"Orang {n}" for n in (1, 2, 5)})

    longer = clerk.post(CHECK, data={**form, "tambah": ["pelapor"]})
    desk.people.sessions.end_all("tim-yankomas")
    clerk.post(CHECK, data=form)

    assert "Orang 5" in longer.text
    again = sent_by(desk.come_in("tim-yankomas").get(CHECK).text, CHECK)
    assert [again[f"i.pelapor.{n}.nama"] for n in (1, 2, 5)] == [["Orang 1"], ["Orang 2"], ["Orang 5"]]


@pytest.mark.in_folders
def test_a_disk_that_is_full_keeps_no_draft_and_says_so_and_the_page_answers(desk):
    clerk = desk.browser("tim-yankomas")
    form = typing(clerk, CHECK, CHECK, **{"i.ringkasan": WORDS, "formulir": CHECK})
    people = desk.office.root.layout.people
    people.mkdir(exist_ok=True)
    (people / "ketikan").write_text("bukan folder")

    assert clerk.post("/ketikan", data=form).status_code == 503
    assert clerk.get(CHECK).status_code == 200
    assert WORDS in clerk.post(CHECK, data={**form, "i.perihal": [""]}).text


def test_the_page_says_how_long_the_session_lasts_and_typing_makes_it_last(desk):
    clerk = desk.browser("tim-yankomas")
    desk.clock.forward(minutes=20)
    assert clerk.get("/ketikan/hadir", headers={"x-kabar": "1"}).json()["sisa"] == 600
    assert clerk.get(CHECK, headers={"x-kabar": "1"}).text.count('data-sisa="600"') == 1

    assert leave_a_draft(desk, clerk).json()["sisa"] == IDLE
    desk.clock.forward(minutes=20)
    assert clerk.get("/ketikan/hadir", headers={"x-kabar": "1"}).json()["sisa"] == 600
