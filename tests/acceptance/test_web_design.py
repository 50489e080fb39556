"""The looks of the desk that can be held without looking: sizes of letters, weight, words, what browsers would say."""

from __future__ import annotations

import re
from functools import cache

import pytest
from lxml.html import document_fromstring
from offices import somebody
from usual_standing import USUAL
from web_desk import WebDesk
from web_routes import pages_of, path_of

from pipeline.cases.store.sop_editions import editions
from pipeline.desk.rendering import STATIC_FILES
from pipeline.intake.account import AccountEntry, AccountPart, State, Taken, label_of
from pipeline.intake.open_case import open_case

STYLES = {name: content.decode() for name, content in STATIC_FILES.items() if name.endswith(".css")}
HEAVIEST = 60_000  # bytes of a page with its styles and scripts, without pictures
CONFIRMED = {"cara_penyampaian": "lisan", "ringkasan": "Upah ditahan.", "hak": ["kesejahteraan"]}
#: The verbs with which buttons begin.
ROOTS = {
    *("ajukan", "anggap", "batalkan", "beri", "betulkan", "bubuhkan", "buka", "catat", "disposisikan", "gabungkan"),
    *("kembalikan", "kirim", "konfirmasikan", "lampirkan", "minta", "mulai", "pisahkan", "putuskan", "ralat"),
    *("sampaikan", "setujui", "susun", "tegur", "terima", "tetapkan", "tutup", "ulangi", "undang", "usulkan"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = WebDesk(tmp_path_factory.mktemp("rupa") / "kantor")
    told = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Contoh"], "uraian": "Upah ditahan."}
    words = [{**told, "uraian": f"Upah ditahan {n}."} for n in range(65)]
    desk.office.open("lisan", words[0])
    for typed in words[1:52]:  # in lists alone: the machine owes them their sheets
        open_case("lisan", typed, by=somebody("tim-yankomas"), parts=desk.office.open_parts)
    for typed in words[52:]:
        desk.office.decide(desk.office.open("lisan", typed), "konfirmasi", "tim-yankomas", CONFIRMED)
    yield desk
    desk.app.state.desk.close()


@pytest.fixture(scope="module")
def pages(desk):
    """Every page, by its address, as somebody with every role has it; and who that is."""
    browser = desk.come_in(desk.account("segala", *USUAL.given))
    addresses = {path_of(route) for route in pages_of(desk) if "GET" in (getattr(route, "methods", None) or ())}
    found = {path: browser.get(path) for path in sorted(addresses - {"/peristiwa"})}
    return browser, {path: page for path, page in found.items() if "text/html" in page.headers.get("content-type", "")}


def test_letters_have_the_sizes_of_the_scale_and_no_other():
    scale = set(re.findall(r"--huruf-(\w+):", STYLES["meja.css"]))
    assert len(scale) == 5

    for name, style in STYLES.items():
        screen = re.sub(r"@media print \{.*?\n\}", "", style, flags=re.DOTALL)
        for size in re.findall(r"font-size: ([^;}]+)", screen):
            assert size == "16px" or re.fullmatch(r"var\(--huruf-(\w+)\)", size)[1] in scale, f"{name}: {size}"


def test_what_the_newest_edition_lets_press_is_called_by_a_verb():
    words = {(move.button or move.label).split()[0].casefold().rstrip(":") for move in editions()[-1].moves}

    assert words - ROOTS == set()


def _weight(size_of, page):
    """The bytes of a page with its styles and scripts as they are sent, without pictures and papers."""
    used = re.findall(r'(?:href|src)="(/statis/[^"]+\.(?:css|js)[^"]*)"', page.text)
    bare = re.sub(r'(?:src|href)="data:[^"]*"', "", page.text)
    return len(bare.encode()) + sum(map(size_of, dict.fromkeys(used)))


def _shown(page):
    """What people read on a page, and what stands in its fields."""
    html = document_fromstring(page.text)
    for hidden in html.xpath("//script | //style"):
        hidden.drop_tree()
    fields = html.xpath("//input[not(@type='hidden' or @type='checkbox' or @type='radio')]/@value")
    return " ".join([html.text_content(), *fields])


def test_no_page_tells_a_day_as_machines_write_it(pages):
    told = {
        path: re.findall(r"\b20\d\d-\d\d-\d\d\b", _shown(page))
        for path, page in pages[1].items()
        if page.status_code == 200
    }

    assert {"/templat", "/kasus/2026/0001"} <= set(told)
    assert {path: days for path, days in told.items() if days} == {}


def test_no_page_weighs_more_than_a_slow_line_carries_for_who_has_every_role_either(pages):
    browser, found = pages
    lists = ("/surat?keadaan=semua", "/arsip?q=upah", "/?kelompok=konfirmasi", "/verifikasi?daftar=siap")

    shown = found | {path: browser.get(path) for path in lists}
    size_of = cache(lambda address: int(browser.get(address).headers["content-length"]))
    weights = {path: _weight(size_of, page) for path, page in shown.items() if page.status_code == 200}

    assert len(weights) >= 40
    assert {path: weight for path, weight in weights.items() if weight > HEAVIEST} == {}


def test_nothing_but_a_few_styles_holds_up_the_first_paint(desk):
    browser = desk.browser("tim-yankomas", "kakanwil")
    for path in ("/", "/register", "/ringkasan", "/verifikasi/2026/0001", "/kasus/2026/0001", "/kotak-masuk"):
        page = browser.get(path, follow_redirects=True).text
        assert len(re.findall(r'<link rel="stylesheet"', page)) <= 3, path
        assert all(" defer" in tag for tag in re.findall(r"<script[^>]*>", page)), path
        assert not re.findall(r'(?:src|href)="https?://', page), path


def test_what_waits_to_be_checked_comes_page_by_page_and_what_was_is_named_below(desk):
    browser = desk.browser("tim-yankomas")

    first, second = (browser.get(f"/verifikasi?hal={n}").text for n in (1, 2))
    checked = browser.get("/verifikasi?daftar=siap").text

    assert [len(re.findall('class="nomor" href="/verifikasi/', page)) for page in (first, second)] == [50, 2]
    assert "(52)" in first
    assert first.count("Lihat dan cetak") == 12
    assert "Lihat semua 13 yang sudah dikonfirmasi" in first
    assert checked.count("Lihat dan cetak") == 13
    assert 'href="/verifikasi/2026' not in checked


def test_static_files_are_sent_packed_to_who_can_unpack_them_and_pages_never(desk):
    browser = desk.browser("tim-yankomas")
    address = re.search(r'href="(/statis/meja\.css[^"]+)"', browser.get("/").text)[1]
    packed = browser.get(address)
    plain = browser.get(address, headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == STATIC_FILES["meja.css"]
    assert "content-encoding" not in browser.get("/").headers


def test_no_page_leaves_a_word_to_the_language_of_the_browser(desk, pages):
    (everybody, found), stranger = pages, desk.stranger()
    moves = {f"/kasus/2026/0001/gerak/{move}" for move in ("konfirmasi", "batal")}

    found = found | {path: everybody.get(path) for path in moves}
    found |= {path: stranger.get(path) for path in ("/masuk", "/status", "/keaslian")}
    shown = {path: page.text for path, page in found.items() if "text/html" in page.headers.get("content-type", "")}

    assert len(shown) > 40
    for path, page in shown.items():
        assert not re.search(r'type="(date|datetime-local|time|month)"', page), path
        for form in re.findall(r"<form [^>]*>.*?</form>", page, re.DOTALL):
            asks = " required" in form or 'type="email"' in form
            assert not asks or " novalidate" in form.partition(">")[0], path


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("/akun", "/akun"),
        ("/akun", "/akun/token/baru"),
        ("/akun/siapa", "/akun/siapa/nama"),
        ("/profil", "/profil/sandi"),
        ("/kotak-masuk", "/kotak-masuk"),
        ("/kotak-masuk", "/kotak-masuk/sisihkan"),
        ("/pengaturan/kop", "/pengaturan/logo"),
        ("/status", "/status"),
        ("/masuk", "/masuk"),
    ],
)
def test_what_is_sent_empty_is_answered_in_words_and_changes_nothing(tmp_path, page, path):
    desk = WebDesk(tmp_path / "kantor")
    desk.account("siapa", *USUAL.given)
    browser = desk.stranger() if path in ("/status", "/masuk") else desk.come_in("siapa")

    answer = browser.post_form(path, page=page)
    words = answer.text if answer.status_code != 303 else browser.get(answer.headers["location"]).text

    assert answer.status_code in (303, 403, 404, 422), answer.status_code
    assert "pesan gagal" in words
    assert len(desk.people.accounts.all()) == 1
    assert desk.people.tokens.all() == []


@pytest.mark.parametrize("path", ["/kasus/2026/9999", "/kasus/2026/0001/naskah/tidak-ada.pdf", "/tidak-ada", "/akun"])
def test_a_page_that_is_not_there_shows_a_way_on(desk, path):
    page = desk.browser("tim-yankomas").get(path).text

    assert 'href="/"' in page
    ways = ("buku register</a>", "Peran Anda hari ini: Tim Yankomas")
    assert any(way in page for way in ways)
    assert ("Ke perkara 2026/0001" in page) == ("0001" in path)


def test_a_letter_that_came_back_signed_is_called_signed_in_the_inbox(desk):
    taken = Taken("k", "surat.pdf", 1, "", "m", desk.clock.now())

    def label(document):
        return label_of(AccountEntry(taken, desk.clock.now(), (AccountPart(State.ATTACHED, "2026/0001", document),)))

    assert label("04-nota-telaahan-v1-bertanda-tangan.pdf") == "bertanda tangan"
    assert label("01-lampiran-2.pdf") == "dilampirkan"
