"""Every form of the desk gives back what was typed into it: after the session, after a slip, after a restart.

The forms are found by walking the desk as somebody with every role. A new one is found too, or fails a test here.
"""

from __future__ import annotations

import re

import pytest
from life_office import MORNING, RECOMMENDATION, LifeOffice
from lxml.html import HtmlElement, document_fromstring
from offices import CENTRAL, WordOffice
from pypdf import PdfWriter
from starlette.routing import Mount
from web_desk import WebDesk, posts_in

from pipeline.access.rights import Right
from pipeline.cases.actor import Actor
from pipeline.cases.line_values import NO_HOLDER
from pipeline.privacy.breaches import report
from pipeline.privacy.matters import By
from pipeline.privacy.requests import receive
from pipeline.records.record_list import step_line
from pipeline.work.store.setup import lay_out_filled as lay_out

ROLES = ("tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis", "admin")
#: Pages that are no more than lists, files, or the same again.
_NOT_WALKED = re.compile(
    r"\.(pdf|zip|csv|xlsx|docx|svg)(\?|$)|/arsip\?|/ringkasan|[?&]hal=|/register|/ekspedisi|\?semua|/akses"
)
_LINES = ("text", "search", "email", "date")
#: Posts into which nobody types, and those whose forms stand in offices of other tests.
NOTHING_TYPED = {
    "/kasus/{year}/{serial}/alasan": "on the page that stands in place of a case: one line",
    "/keluar": "a button",
    "/kepuasan/kertas": "choices alone",
    "/data-pribadi/{request}/perkara": "choices alone",
    "/data-pribadi/{request}/berkas": "a button",
    "/masa-simpan/akses": "a reason, once a year is due: test_removals.py",
    "/masa-simpan/akun": "a reason, once an account is due: test_removals.py",
    "/pemberitahuan/baca": "a button",
    "/pengesahan/sahkan": "a button",
    "/pengesahan/tolak": "a button",
    "/kotak-masuk": "files alone: they are in the inbox, or were not taken",
    "/kirim": "files and a choice: they are in the inbox, or were not taken",
    "/kotak-masuk/ulangi": "a button",
    "/kotak-masuk/daftarkan": "a button",
    "/kotak-masuk/lampirkan": "a case that was found and shown before",
    "/kotak-masuk/ditangani": "a button",
    "/sekaligus/{move}": "asks about cases that were chosen: test_web_my_desk.py",
    "/kasus/{year}/{serial}/samarkan/{name}": "beside a PDF, where this walk does not go: test_redacted_copies.py",
    "/kasus/{year}/{serial}/lampiran": "files alone: they are in the inbox, or were not taken",
    "/verifikasi/{year}/{serial}/pisahkan": "cuts chosen beside the letter, which is on the page",
    "/verifikasi/{year}/{serial}/lampirkan": "a button",
    "/keutuhan/mesin": "a button",
    "/keutuhan/kerja/{chore}": "a button",
    "/pengaturan/logo": "a file alone",
    "/pengaturan/logo/hapus": "a button",
    "/pengaturan/percobaan": "a button",
    "/alih-tugas/tarik": "a button",
    "/akun/{login}/kunci": "a button",
    "/akun/{login}/tautan": "a button",
    "/akun/{login}/sesi": "a button",
    "/akun/token/cabut": "a button",
    "/templat/{template}/kirim": "a file alone",
    "/pindah/terima": "a button, at an office of a centre: test_web_transfers.py",
    "/pindah/tarik": "a button, at an office of a centre: test_web_transfers.py",
    "/pindah/semua": "at an office of a centre: test_web_transfers.py",
    "/pindah/tolak": "at an office of a centre: test_web_transfers.py",
    "/kasus/{year}/{serial}/pindah": "at an office of a centre: test_web_transfers.py",
    "/register/serah": "a button",
    "/buku-lama": "a file alone",
    "/laporan-lain": "a file, and the system it is from",
    "/laporan-lain/{system}/{key}/daftarkan": "as of an old register",
    "/buku-lama/{key}/ambil-alih": "a button, once a book was looked through: what was chosen stands in the address",
    "/templat/{template}/buang": "a button",
    "/profil/sandi": "passwords are never kept",
    "/tanda-tangan": "choices and a passphrase, which is never kept",
    "/ketikan": "what is typed itself",
    "/ketikan/buang": "a button",
    "/kasus/{year}/{serial}/buang/{template}": "a button",
    "/kasus/{year}/{serial}/isi/{template}/simpanan": "the letter editor's own drafts: test_letters_edited.py",
    "/kasus/{year}/{serial}/sunting/{template}": "the letter editor: test_web_typed_letters.py",
    "/tutup-tahun": "a choice and a tick",
    "/tutup-tahun/{year}/simpan": "a file alone",
    "/sop/kirim": "a file alone",
    "/sop/rancangan/buang": "a button",
    "/sop/rancangan/pasang": "a day and a reason, once there is a draft: test_web_sop.py",
    "/sop/tarik": "a reason, once an edition waits for its day: test_web_sop.py",
    "/templat/{template}/pakai": "a day, once a file was looked through: test_web_templates.py",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An office with a signed letter, a complaint to be checked, and a file that waits; somebody has every role."""
    folder = tmp_path_factory.mktemp("formulir") / "kantor"
    lay_out(folder)
    posts_in(folder)
    desk = WebDesk(folder, WordOffice)  # the editor opens letters
    desk.clock.at = MORNING
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    life.recommended()
    life.numbered(RECOMMENDATION)
    life.act("tandatangani-naskah", "kakanwil", RECOMMENDATION, file=b"ditandatangani")
    for name, height in (("baru.pdf", 400), ("menunggu.pdf", 300)):
        writer = PdfWriter()
        writer.add_blank_page(300, height)
        writer.write(desk.office.root.layout.inbox / name)
        if name == "baru.pdf":
            desk.office.run_once()
    asked = {"hak": "akses", "nama": "Siti", "cara": "loket", "isi": "x"}
    receive(desk.office.root.person_requests, asked, By("siti", "tim-yankomas"), MORNING)
    report(desk.office.root.breaches, {"bagaimana": "x", "data": "x"}, By("siti", "tim-yankomas"), MORNING)
    archivist, book = Actor("arsiparis", "siti"), desk.office.root.records_book
    begun = step_line("musnah-2026-1", "usul", {"dasar": "JRA"}, at=MORNING, by=archivist, holder=NO_HOLDER)
    with book.held():
        book.note({**begun, "perkara": ["2026/0001"]})
    desk.account("semua", *ROLES)
    desk.account("siti", "tim-yankomas")
    yield desk
    desk.app.state.desk.close()


def _typed_into(form: HtmlElement) -> list[HtmlElement]:
    return [c for c in form.iter("input", "textarea") if c.tag == "textarea" or c.get("type", "text") in _LINES]


def _forms(html: str) -> list[HtmlElement]:
    found = (f for f in document_fromstring(html).iter("form") if f.get("method") == "post")
    return [f for f in found if _typed_into(f) and not f.xpath('.//input[@type="password"]')]


@pytest.fixture(scope="module")
def forms(desk):
    """Where forms stand into which one types: the address they are sent to, and the page, each once."""
    browser, found, seen, waiting = desk.come_in("semua"), {}, set(), ["/"]
    while waiting:
        page = waiting.pop()
        if page in seen or _NOT_WALKED.search(page):
            continue
        seen.add(page)
        answer = browser.get(page)
        assert answer.status_code < 500, (page, answer.status_code)
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        for form in _forms(answer.text):
            found.setdefault(form.get("action"), page)
        links = document_fromstring(answer.text).iter("a")
        waiting += [href.split("#")[0] for a in links if (href := a.get("href") or "").startswith("/")]
    return found


def typed(html: str, action: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What a browser sends of the form when each line and text in it was typed over, and what was typed."""
    form = next(form for form in _forms(html) if form.get("action") == action)
    odd = {"date": "2027-01-{n:02}", "email": "siti.{n}@rekaan.contoh"}
    said = [(c.get("name"), odd.get(c.get("type"), "Ketikan ke-{n} Siti Rekaan <b>&")) for c in _typed_into(form)]
    words = {name: text.format(n=n % 28 + 1) for n, (name, text) in enumerate(said)}
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(words.get(name, value))
    return {**{name: [text] for name, text in words.items()}, **sent}, words


def standing_in(html: str, action: str) -> dict[str, str]:
    """What stands in the form's lines and texts."""
    form = next(form for form in _forms(html) if form.get("action") == action)
    return {c.get("name"): (c.value or "").replace("\r\n", "\n") for c in _typed_into(form)}


def test_a_desk_has_forms(forms):
    assert len(forms) > 15


def test_what_was_typed_into_any_form_comes_back_after_the_session_and_after_a_slip(desk, forms):
    """One after the other: forms that are taken with a slip are gone from their pages then."""
    _comes_back_after_the_session(desk, forms)
    _stands_in_it_or_below_what_is_said(desk, forms)


def _comes_back_after_the_session(desk, forms):
    browser = desk.come_in("semua")
    for action, page in forms.items():
        sent, words = typed(browser.get(page).text, action)
        desk.people.sessions.end_all("semua")

        answer = browser.post(action, data=sent)

        assert answer.status_code == 401, action
        browser = desk.come_in("semua")
        again = browser.get(page).text
        shown = standing_in(again, action)
        assert {name: shown[name] for name in words} == words, action
        assert "kembali di formulir ini" in again, action
        for draft in desk.app.state.desk.drafts.all("semua"):
            desk.app.state.desk.drafts.drop("semua", draft.name)


def _stands_in_it_or_below_what_is_said(desk, forms):
    browser = desk.come_in("semua")
    for action, page in forms.items():
        sent, words = typed(browser.get(page).text, action)
        for name in list(words)[:1]:  # something is missing, or nothing of it can be taken
            sent[name], words[name] = [""], ""

        answer = browser.post(action, data=sent)

        if answer.status_code == 303:
            continue  # it was taken
        assert answer.status_code in (200, 403, 404, 422), (action, answer.status_code)  # 200: looked for, not found
        if any(form.get("action") == action for form in _forms(answer.text)):
            shown = standing_in(answer.text, action)
            assert {name: shown[name] for name in words} == words, action
        else:
            text = document_fromstring(answer.text).text_content()
            assert all(said in text for said in words.values()), action


def test_every_form_of_the_desk_is_walked_or_says_why_not(desk, forms):
    routes = [r for r in desk.app.routes if not isinstance(r, Mount) and "POST" in r.methods]
    known = [r for r in routes if r.rule.right is not Right.ANYONE]
    walked = {r.path for r in known for action in forms if r.path_regex.fullmatch(action)}

    # At the centre other tests' offices may be there already, and then these forms are.
    if CENTRAL:
        walked -= {path for path in NOTHING_TYPED if "pindah" in path}
    assert {r.path for r in known} - walked == set(NOTHING_TYPED)


def test_every_field_of_a_passphrase_is_called_so_that_it_is_never_kept(desk):
    pages = [file.read_text() for file in desk_pages()]
    asked = [name for page in pages for name in re.findall(r'k\.field\("([\w-]+)", [^}]*kind="password"', page)]

    assert asked
    assert all(name.startswith("sandi") for name in asked)
    assert not any('type="password"' in page for page in pages)


def desk_pages():
    from importlib import resources

    return [file for file in (resources.files("pipeline.desk") / "pages").iterdir() if file.name.endswith(".html")]
