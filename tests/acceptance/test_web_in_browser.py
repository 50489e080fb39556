"""The desk in a real browser: keyboard, phone, no scripts, live news, nothing that shuts people out."""

from __future__ import annotations

import io
import re
import threading

import pytest
from browsers import DESKTOP, PHONE, chromium, come_in, findings, hearing_news, new_page, overflow, served
from patience import PATIENCE
from playwright.sync_api import expect
from pypdf import PdfWriter
from web_desk import WebDesk
from web_routes import pages_of

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.line_values import NO_HOLDER
from pipeline.privacy.breaches import report
from pipeline.privacy.matters import By
from pipeline.privacy.requests import receive
from pipeline.records.record_list import step_line

pytestmark = pytest.mark.slow

#: The address of a case, and of nothing that belongs to one: the desk shows letters first.
CASE = re.compile(r"/kasus/2026/\d{4}$")
SUBJECTS = (
    "Dugaan penahanan tanpa surat perintah",
    "Upah tidak dibayar selama enam bulan",
    "Penggusuran tanpa ganti rugi",
)


def _open(desk, subject):
    answers = {"perihal": subject, "pelapor": ["Siti Rekaan"], "terlapor": "Instansi Rekaan", "uraian": "Uraian"}
    return desk.office.open("lisan", answers)


def _pdf():
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A desk with a few cases, its address, and a browser."""
    desk = WebDesk(tmp_path_factory.mktemp("meja") / "kantor")
    for subject in SUBJECTS:
        _open(desk, subject)
    desk.office.drop("surat.pdf", _pdf())
    desk.office.run_once()
    told = {"cara_penyampaian": "lisan", "ringkasan": SUBJECTS[2], "hak": ["rasa aman"]}
    desk.office.decide(CaseNumber(2026, 3), "konfirmasi", "tim-yankomas", told)
    desk.office.decide(CaseNumber(2026, 3), "sampaikan", "tim-yankomas")
    desk.office.drop("potong.pdf", b"%PDF-1.7 terpotong")
    root, team = desk.office.root, By("siti.rekaan", "tim-yankomas")
    asked = {"hak": "perbaikan", "nama": "Siti Rekaan", "cara": "loket", "isi": "Alamat saya salah"}
    receive(root.person_requests, asked, team, desk.clock.now())
    report(root.breaches, {"bagaimana": "Laptop hilang", "data": "NIK"}, team, desk.clock.now())
    desk.account("siti.rekaan", "tim-yankomas")
    desk.account("budi.rekaan", "kakanwil")
    desk.account("ani.rekaan", "admin")
    desk.account("wati.rekaan", "arsiparis")
    archivist = Actor("arsiparis", "wati.rekaan")
    begun = step_line("musnah-2026-1", "usul", {"dasar": "JRA"}, at=desk.clock.now(), by=archivist, holder=NO_HOLDER)
    with root.records_book.held():
        root.records_book.note({**begun, "perkara": ["2026/0001"]})
    waiting = desk.come_in("siti.rekaan").get("/kotak-masuk?keadaan=menunggu").text
    desk.waiting = re.search(r"/kotak-masuk/berkas/([0-9a-f]{16})", waiting)[1]
    with desk.office.root.alone(), served(desk) as address, chromium() as browser:  # as if the intake ran beside it
        yield desk, address, browser


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(place, request):
    page = new_page(place[2], viewport=request.param)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda m: page.complaints.append(m.text) if "Content Security" in m.text else None)
    yield page
    page.context.close()


LETTER = "01-formulir-pengaduan"
#: Every page that people see, by who sees it.
PAGES = {
    "siti.rekaan": [
        "/",
        "/kotak-masuk",
        "/kotak-masuk?keadaan=semua",
        "/kotak-masuk/berkas/{key}",
        "/laporan-lain",
        "/kirim",
        "/sop",
        "/audiensi",
        "/?kelompok=konfirmasi",
        "/verifikasi",
        "/verifikasi/2026/0004",
        "/buka",
        "/buka/lisan",
        "/register",
        "/surat?keadaan=semua",
        "/ekspedisi",
        "/tanda-tangan",
        "/kasus/2026/0001",
        "/kasus/2026/0001/gerak/koreksi",
        "/kasus/2026/0001/bagan",
        "/kasus/2026/0001/salin",
        f"/kasus/2026/0001/surat/{LETTER}",
        f"/kasus/2026/0001/isi/{LETTER}",
        f"/kasus/2026/0001/titipan/{LETTER}",
        f"/kasus/2026/0001/beda/{LETTER}",
        "/kasus/2026/0004/lihat/01-surat.pdf",
        "/kasus/2026/0004/samarkan/01-surat.pdf",
        "/arsip",
        "/arsip?q=upah",
        "/arsip/2026/0001?periksa=1",
        "/ringkasan",
        "/ringkasan/daftar?menurut=berjalan",
        "/kepuasan",
        "/kepuasan/kertas",
        "/data-pribadi",
        "/data-pribadi/1",
        "/kebocoran",
        "/kebocoran/1",
        "/templat",
        f"/templat/{LETTER}",
        "/status",
        "/keaslian",
        "/profil",
        "/ketikan",
        "/alih-tugas",
        "/pengesahan",
        "/tidak-ada",
        "/akun",
    ],
    "budi.rekaan": ["/", "/sekaligus/disposisi?perkara=2026/0003", "/kasus/2026/0003", "/alih-tugas", "/ringkasan"],
    "wati.rekaan": [
        "/",
        "/penyusutan",
        "/penyusutan/tindakan/berkaskan",
        "/penyusutan/tindakan/tahan",
        "/penyusutan/daftar-baru/musnah",
        "/penyusutan/daftar/musnah-2026-1",
        "/penyusutan/jra",
        "/penyusutan/jatuh-tempo",
        "/pinjaman",
        "/tutup-tahun",
        "/keutuhan/format",
        "/buku-lama",
        "/arsip/2026/0001",
    ],
    "ani.rekaan": [
        "/",
        "/akun",
        "/akun/siti.rekaan",
        "/akses?periksa=1",
        "/keutuhan",
        "/masa-simpan",
        "/pengaturan",
        "/pengaturan/kop",
        "/pengaturan/pejabat",
        "/pengaturan/percobaan",
        "/sop",
        "/sop/edisi/2026-11-26",
        "/sop/ubah/langkah",
        "/sop/ubah/surat",
        "/sop/rancangan",
    ],
}
#: What else answers to a GET: files, pictures, what scripts ask, what leads on to a page, pages behind a key, a request
#: or a book that was sent, and those of an office of a centre.
NO_PAGES = re.compile(
    r"\.(pdf|xlsx|csv|zip|ics|svg)$|^/statis|/halaman/|/naskah/|/gambar|/peristiwa|/hadir|/logo$|/buku$|/laporan$|/formulir$|\}/surat$|/unduh$"
    r"|/tanda-terima$|/lembar/|/cetak/|/bertanda-tangan$|/serah$|/pindah$|^/buku-lama/|^/laporan-lain/|^/berikutnya|/pratinjau|^/masuk|/hasil/|^/kotak-masuk/\{act\}$"
    r"|^/sop/unduh/|^/sop/permintaan/"
)


def test_every_page_of_the_desk_is_among_those_that_are_looked_at(place):
    told = {path.partition("?")[0].format(key="0" * 16) for paths in PAGES.values() for path in paths}
    gets = [route for route in pages_of(place[0]) if "GET" in (getattr(route, "methods", None) or ())]
    pages = [route for route in gets if hasattr(route, "rule") and not NO_PAGES.search(route.path)]

    assert [route.path for route in pages if not any(route.path_regex.fullmatch(path) for path in told)] == []


@pytest.mark.parametrize(("login", "paths"), PAGES.items())
def test_every_page_is_open_to_all_and_fits_its_window(place, page, login, paths):
    _, address, _ = place
    page.goto(f"{address}/masuk")
    faults = {"/masuk": (findings(page), overflow(page))}

    come_in(page, address, login)
    for path in paths:
        page.goto(address + path.format(key=place[0].waiting))
        closed = overflow(page)
        page.evaluate("document.querySelectorAll('details:not(.saya)').forEach((part) => { part.open = true; })")
        faults[path] = (findings(page), closed)

    assert {path: found for path, found in faults.items() if found != ([], 0)} == {}
    assert page.complaints == []


def test_on_a_phone_the_name_of_the_step_stays_in_the_window_wherever_on_its_way_the_case_is(place):
    _, address, browser = place
    page, edges = new_page(browser, viewport=PHONE), []
    come_in(page, address, "siti.rekaan")
    page.goto(f"{address}/kasus/2026/0003")
    for step in page.locator(".jalan li").all():
        page.evaluate("document.querySelector('.jalan .kini').className = 'nanti'")
        step.evaluate("(one) => { one.className = 'kini'; }")
        box = step.locator("> span").last.bounding_box()
        edges.append((box["x"], PHONE["width"] - box["x"] - box["width"]))
    page.context.close()

    assert len(edges) == 7
    assert [pair for pair in edges if min(pair) < 8] == []


def test_the_retention_schedule_fits_its_window(place):
    _, address, browser = place
    page = new_page(browser)
    come_in(page, address, "wati.rekaan")
    page.goto(f"{address}/penyusutan/jra")
    wider = page.locator(".gulung").evaluate("(one) => one.scrollWidth - one.clientWidth")
    page.context.close()

    assert wider == 0


#: Pages that are a list first of all, by who sees them.
LISTS = {
    "siti.rekaan": ["/", "/kotak-masuk?keadaan=semua", "/verifikasi", "/register", "/surat?keadaan=semua"],
    "ani.rekaan": ["/akun", "/akses", "/templat"],
}


def test_of_every_list_a_dozen_lines_are_seen_at_once(place):
    _, address, browser = place
    page, heights = new_page(browser), {}
    for login, paths in LISTS.items():
        come_in(page, address, login)
        for path in paths:
            page.goto(f"{address}{path}")
            rows = page.locator("main .daftar tbody tr:visible").all()
            heights[path] = sorted(row.bounding_box()["height"] for row in rows)[len(rows) // 2] if rows else 0
        page.context.clear_cookies()
    page.context.close()

    room = DESKTOP["height"] - 192  # below the head of the desk, that of the page, and what narrows a list
    assert {path: height for path, height in heights.items() if not 0 < height <= room / 12} == {}


def test_a_person_comes_in_and_reaches_a_case_by_keyboard_alone(place):
    _, address, browser = place
    page = new_page(browser)
    page.goto(f"{address}/masuk")

    expect(page.locator("[name=login]")).to_be_focused()  # by itself, once the page is drawn
    page.keyboard.type("siti.rekaan")
    page.keyboard.press("Tab")
    page.keyboard.type("empat kata acak sekali")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'isi'")
    for _ in range(12):
        page.keyboard.press("Tab")
        if CASE.search(page.evaluate("document.activeElement.href || ''")):
            break
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_url(CASE)

    assert outlined == "solid"


def test_everything_works_without_scripts(place):
    _, address, browser = place
    page = new_page(browser, java_script_enabled=False)

    come_in(page, address, "ani.rekaan")
    page.goto(f"{address}/akun/siti.rekaan")
    page.get_by_text("Kunci akun").click()
    page.get_by_role("button", name="Kunci", exact=True).click()
    said = page.locator(".pesan[role=status]")  # what is told to all admins of it stands beside
    expect(said).to_contain_text("Akun dikunci")
    page.get_by_text("Buka kunci").click()
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(said).to_contain_text("Akun dibuka")
    page.locator("details.saya summary").click()
    page.get_by_role("button", name="Keluar").click()

    expect(page).to_have_url(f"{address}/masuk?kabar=keluar")
    expect(page.locator(".pesan")).to_have_text("Anda sudah keluar.")


def test_a_button_that_needs_scripts_is_not_there_without_them(place):
    _, address, browser = place
    bare = new_page(browser, java_script_enabled=False)
    page = new_page(browser, permissions=["clipboard-read", "clipboard-write"])
    for one in (bare, page):
        come_in(one, address, "siti.rekaan")
        one.goto(f"{address}/kasus/2026/0001/salin")

    page.clock.install(time=0)
    page.clock.pause_at(60)  # the button says so for a moment alone
    page.get_by_role("button", name="Salin Perihal").click()
    page.get_by_text("Tersalin").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Perihal", exact=True).input_value()
    assert bare.get_by_role("button", name="Salin").count() == 0


def test_a_new_case_comes_onto_the_open_desk_by_itself(place):
    desk, address, browser = place
    page = new_page(browser)
    with hearing_news(desk, page):
        come_in(page, address, "siti.rekaan")

    with page.expect_response(lambda answer: answer.url == f"{address}/" and answer.ok):
        _open(desk, "Perkara yang baru saja tiba")

    expect(page.get_by_text("Perkara yang baru saja tiba")).to_be_visible()


def _drop(page, files):
    """Drop files onto the zone, as a hand does."""
    page.evaluate(
        """(files) => {
            const carried = new DataTransfer();
            const kind = { type: "application/pdf", lastModified: 1 };
            for (const [name, text] of files) carried.items.add(new File([text], name, kind));
            const zone = document.querySelector("[data-jatuhkan]");
            for (const act of ["dragenter", "dragover", "drop"])
                zone.dispatchEvent(new DragEvent(act, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        files,
    )


@pytest.fixture
def empty(tmp_path, place):
    """A desk with an empty inbox that nobody works off, a page of it, and what lies there."""
    desk = WebDesk(tmp_path / "kantor")
    desk.account("siti.rekaan", "tim-yankomas")
    with served(desk) as address:
        page = new_page(place[2])
        come_in(page, address, "siti.rekaan")
        page.goto(f"{address}/kotak-masuk")
        yield page, lambda: sorted(p.name for p in desk.office.inbox_folder.iterdir() if p.is_file())
        page.context.close()


def test_three_hundred_dropped_files_are_sent_each_once_and_the_cut_one_is_named(empty):
    page, lying = empty
    files = [[f"surat-{n:03}.pdf", f"%PDF-1.7 {n} startxref\n0\n%%EOF"] for n in range(300)]

    _drop(page, [*files, ["potong.pdf", "%PDF-1.7 terpotong di tengah"]])
    _drop(page, files)  # a second time, while the first are on their way

    said = page.locator(".kemajuan [role=status]")
    expect(said).to_have_text("300 dari 301 berkas terkirim.")
    expect(page.locator(".kemajuan li")).to_have_text(re.compile("potong.pdf: tidak utuh: penutup PDF"))
    assert lying() == [name for name, _ in files]


def test_a_connection_that_breaks_is_said_and_the_file_is_sent_again_at_a_press(empty):
    page, lying = empty
    page.route("**/kotak-masuk", lambda route: route.abort() if route.request.method == "POST" else route.continue_())

    _drop(page, [["surat.pdf", "%PDF-1.7 startxref\n0\n%%EOF"]])
    expect(page.locator(".kemajuan [role=status]")).to_have_text("0 dari 1 berkas terkirim.")
    page.unroute("**/kotak-masuk")
    page.get_by_role("button", name="Kirim lagi yang gagal").click()

    expect(page.locator(".kemajuan [role=status]")).to_have_text("1 dari 1 berkas terkirim.")
    assert lying() == ["surat.pdf"]


def test_the_whole_zone_is_one_button_that_sends_what_is_chosen(empty):
    page, lying = empty

    with page.expect_file_chooser() as chosen:
        page.get_by_text("Letakkan pindaian di sini").click()
    chosen.value.set_files({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": _pdf()})

    expect(page.locator(".kemajuan [role=status]")).to_have_text("1 dari 1 berkas terkirim.")
    assert page.locator("[data-jatuhkan] .tersimpan").count() == 0  # nothing is left to be sent
    assert lying() == ["surat.pdf"]


def test_a_work_that_goes_on_is_followed_without_the_page_being_loaded_anew(place):
    desk, address, browser = place
    held, page = threading.Event(), new_page(browser)
    key = desk.app.state.desk.signing_jobs.start("siti.rekaan", 3, lambda told: held.wait(PATIENCE))
    come_in(page, address, "siti.rekaan")
    page.goto(f"{address}/tanda-tangan/hasil/{key}")
    page.evaluate("window.sama = true")

    found = findings(page)
    held.set()

    expect(page.locator("[data-segarkan]")).to_have_count(0)
    assert found == []
    assert page.evaluate("window.sama")
    page.context.close()


def test_a_phone_folds_what_does_not_press_and_ticks_only_what_is_seen(tmp_path, place):
    desk = WebDesk(tmp_path / "kantor")
    desk.account("budi.rekaan", "kakanwil")
    for n in range(7):
        number = _open(desk, f"Penggusuran ke-{n}")
        told = {"cara_penyampaian": "lisan", "ringkasan": f"Penggusuran {n}.", "hak": ["rasa aman"]}
        desk.office.decide(number, "konfirmasi", "tim-yankomas", told)
        desk.office.decide(number, "sampaikan", "tim-yankomas")
    with served(desk) as address:
        page = new_page(place[2], viewport=PHONE)
        come_in(page, address, "budi.rekaan")
        boxes = page.locator("input[name=perkara]")
        seen = [box.is_visible() for box in boxes.all()]
        page.get_by_text("Pilih semua yang tampak").click()
        button = page.get_by_role("button", name="Disposisikan: 4 perkara")
        expect(button).to_be_visible()
        page.set_viewport_size(DESKTOP)
        boxes.nth(6).check()
        page.set_viewport_size(PHONE)
        ticked = boxes.nth(6).is_visible()
        page.get_by_role("link", name="Lihat semua 7").click()
        expect(boxes).to_have_count(7)
        page.context.close()

    assert seen == [True] * 4 + [False] * 3
    assert ticked


@pytest.mark.parametrize("scripts", [True, False])
def test_a_disposition_is_made_on_two_cases_at_once_with_and_without_scripts(tmp_path, place, scripts):
    desk = WebDesk(tmp_path / "kantor")
    desk.account("budi.rekaan", "kakanwil")
    for subject in SUBJECTS[:2]:
        number = _open(desk, subject)
        told = {"cara_penyampaian": "lisan", "ringkasan": subject, "hak": ["rasa aman"]}
        desk.office.decide(number, "konfirmasi", "tim-yankomas", told)
        desk.office.decide(number, "sampaikan", "tim-yankomas")
    with served(desk) as address:
        page = new_page(place[2], java_script_enabled=scripts)
        come_in(page, address, "budi.rekaan")
        if scripts:
            page.get_by_label("Pilih semua yang tampak").check()
            page.get_by_role("button", name="Disposisikan: 2 perkara").click()
        else:
            for box in page.locator("input[name=perkara]").all():
                box.check()
            page.get_by_role("button", name="Disposisikan: yang dicentang").click()
        page.get_by_label("Telaah", exact=True).check()
        page.get_by_role("button", name="Disposisi", exact=True).click()
        expect(page.locator(".pesan.baik")).to_have_text("Disposisi: dicatat pada 2 perkara.")
        page.context.close()
