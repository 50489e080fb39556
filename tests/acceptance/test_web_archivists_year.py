"""An archivist's year in a real browser: thirty folders are filed, lent, transferred, destroyed, held, handed over."""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from browsers import DESKTOP, PHONE, ServedDesk, chromium, overflow, served
from central_office import deleted_at_the_centre
from ended_cases import close_folder, ended
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pipeline.cases.case_number import CaseNumber
from pipeline.records.list_steps import resume

#: Where pictures of the pages are put, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("YANKOMAS_PICTURES", "")
#: The serial numbers of the thirty, by what becomes of them.
TRANSFERRED, HANDED_OVER, LENT = range(1, 11), 11, (17, 18)
DESTROYED, HELD, KEPT = (12, 13, 14), 15, 16
#: Words of one complaint alone; of what is destroyed none may be left.
WORD = {serial: f"kebun{word}" for serial, word in {12: "zamrud", 20: "nila"}.items()}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


class Year:
    """An office with thirty ended cases; each visit is a new window, as sessions end overnight."""

    def __init__(self, desk: ServedDesk, *, scripts: bool, size: object) -> None:
        self.desk, self._how, self._pictures = desk, {"scripts": scripts, "size": size}, count(1)
        for role in ("arsiparis", "kabid", "kakanwil"):
            desk.account(role, role)
        for serial in range(1, 31):
            word = WORD.get(serial, "biasa")
            ended(desk.office, uraian=f"Perkara {serial} tentang {word}.", perihal=f"Tanah adat {serial}")

    def on(self, day: str, role: str = "arsiparis") -> Page:
        """Come in on a day."""
        self.desk.clock.at = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=self.desk.clock.at.tzinfo)
        return self.desk.page(role, **self._how)

    def looked_at(self, page: Page, name: str) -> None:
        """No page, all of it, is wider than its window; a picture of it is put aside if one is asked for."""
        assert overflow(page) == 0, name
        if PICTURES:
            wide = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=Path(PICTURES) / f"{wide}-{next(self._pictures):02d}-{name}.png", full_page=True)

    def case(self, serial: int):
        return self.desk.office.root.case(CaseNumber(2026, serial))


@pytest.fixture(params=[pytest.param((DESKTOP, True), id="desk"), pytest.param((PHONE, False), id="phone, no scripts")])
def year(tmp_path, browser, request):
    size, scripts = request.param
    desk = ServedDesk(tmp_path / "kantor", browser)
    with served(desk) as desk.address:
        yield Year(desk, scripts=scripts, size=size)
        for context in browser.contexts:
            context.close()


def numbers(*serials: int) -> str:
    """The folders as they are typed into a form, a line each."""
    return "\n".join(f"{serial:04d}/2026" for serial in serials)


def send(page: Page, button: str, **answers: str | list[str]) -> None:
    """Answer a form's questions and press its button: words, a choice, or the cells of a first row."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True))
    for name, value in answers.items():
        field = "perkara" if name == "perkara" else f"i.{name}"
        if isinstance(value, list):
            for at, cell in enumerate(value):
                form.locator(f"[name='{field}.1.{at}']").fill(cell)
        elif form.locator(f"input[type=radio][name='{field}']").count():
            form.locator(f"input[name='{field}'][value='{value}']").check()
        elif (select := form.locator(f"select[name='{field}']")).count():
            select.select_option(value)
        else:
            form.locator(f"[name='{field}']").fill(value)
    form.get_by_role("button", name=button, exact=True).click()


def well(page: Page, words: str) -> None:
    """The desk says that it was done."""
    expect(page.locator(".pesan.baik")).to_contain_text(words, ignore_case=True)


def printed(page: Page, link: str) -> str:
    """The words of a sheet that a link of the page gives as PDF."""
    path = page.get_by_role("link", name=link).first.get_attribute("href")
    answer = page.request.get(path)
    assert answer.ok, answer.text()
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)


def test_an_archivists_year(year):
    file_thirty(year)
    lend_two(year)
    close_the_year(year)
    transfer_ten(year)
    destroy_three_of_five(year)
    hand_one_over(year)
    know_all_at_the_end(year)


def file_thirty(year):
    page = year.on("2026-11-27")
    page.goto("/penyusutan")
    year.looked_at(page, "penyusutan")
    boxes = page.locator("[name=perkara]")
    assert boxes.count() == 30
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Berkaskan yang dicentang").click()
    send(
        page,
        "Berkaskan",
        klasifikasi="HA.01.07",
        indeks="Tanah",
        boks="7",
        rak="B-3",
        jumlah_halaman="12",
        kondisi="baik",
    )
    well(page, "Diberkaskan: dicatat pada 30 map")
    expect(page.locator("#h-belum")).to_have_count(0)
    assert {year.case(serial).register["klasifikasi"] for serial in range(1, 31)} == {"HA.01.07"}
    boxed = page.request.get("/penyusutan/boks.xlsx")
    assert boxed.ok
    assert zipfile.is_zipfile(io.BytesIO(boxed.body()))
    assert "7" in printed(page, "Label boks (PDF)")


def lend_two(year):
    page = year.on("2026-12-01")
    loan = {"peminjam": "Eko Contoh", "peran_peminjam": "kabid", "unit_peminjam": "Bidang HAM", "keperluan": "Audiensi"}
    loan |= {"kembali_paling_lambat": "08-12-2026", "kondisi_keluar": "baik"}
    page.goto("/pinjaman")
    page.get_by_role("link", name="Pinjamkan map").click()
    year.looked_at(page, "pinjamkan")
    send(page, "Pinjamkan", perkara=numbers(*LENT), **loan)
    well(page, "dicatat pada 2 map")
    page.goto("/penyusutan/tindakan/pinjamkan")
    send(page, "Pinjamkan", perkara=numbers(LENT[0]), **loan)
    expect(page.locator("main")).to_contain_text("sedang dipinjam")
    page.goto("/pinjaman")
    assert "Eko Contoh" in printed(page, "Formulir")
    page = year.on("2026-12-10")
    expect(page.locator("main")).to_contain_text("Pinjaman lewat waktu")
    page.goto("/pinjaman")
    expect(page.locator("main")).to_contain_text("lewat 2 hari")
    year.looked_at(page, "pinjaman")
    page.get_by_role("link", name="Terima kembali").first.click()
    send(page, "Terima kembali", kondisi_kembali="baik")
    well(page, "dicatat pada 1 map")
    page.goto("/pinjaman")
    expect(page.get_by_role("link", name="Terima kembali")).to_have_count(1)


def close_the_year(year):
    page = year.on("2027-01-04")
    page.goto("/tutup-tahun")
    page.locator("[name=tahun]").select_option("2026")
    page.get_by_label("Ya, tutup tahun itu").check()
    page.get_by_role("button", name="Tutup register").click()
    well(page, "Register 2026 ditutup pada nomor 30")
    year.looked_at(page, "tutup-tahun")
    assert "30" in printed(page, "Lembar penutupan (PDF)")


def transfer_ten(year):
    page = year.on("2027-02-01")
    page.goto("/penyusutan/daftar-baru/pindah")
    send(page, "Susun daftar pemindahan", perkara=numbers(*TRANSFERRED, LENT[1]))
    expect(page.locator(".pesan.gagal")).to_contain_text("dipinjam")
    send(page, "Susun daftar pemindahan", perkara=numbers(*TRANSFERRED))
    well(page, "dibuat dengan 10 map")
    here = page.url
    assert "Tanah adat 10" in printed(page, "Daftar")
    other = year.on("2027-02-02", "kabid")
    other.goto(here)
    ticks = other.locator("[name='i.diperiksa.frasa']")
    for tick in ticks.all()[:-1]:
        tick.check()
    other.get_by_role("button", name="Catat pemeriksaan unit pengolah").click()
    expect(other.locator(".pesan.gagal")).to_contain_text("2026/0010")
    for tick in ticks.all():
        tick.check()
    year.looked_at(other, "pindah-diperiksa")
    other.get_by_role("button", name="Catat pemeriksaan unit pengolah").click()
    well(other, "Diperiksa unit pengolah")
    page = year.on("2027-02-03")
    page.goto(here)
    for tick in page.locator("[name='i.diperiksa.frasa']").all():
        tick.check()
    page.get_by_role("button", name="Catat pemeriksaan Unit Kearsipan").click()
    well(page, "Diperiksa Unit Kearsipan")
    assert "Tanah adat 10" in printed(page, "Berita acara")
    done = {
        "berita_acara": "W.8-UM.01.02-3",
        "tanggal": "03-02-2027",
        "tempat": "Kupang",
        "lokasi": "Gedung R-2",
    }
    people = {"penyerah": ["Eko Contoh", "Kabid", "1970"], "penerima": ["Ita Contoh", "Arsiparis", "1980"]}
    send(page, "Catat serah terima", **done, **people)
    well(page, "Diserahterimakan")
    resume(year.desk.office.root.record_parts)  # what takes long is the running program's
    page.goto(here)
    expect(page.locator("main")).to_contain_text("Tanggal serah terima: 3 Feb 2027")
    year.looked_at(page, "pindah")
    assert {year.case(serial).register["lokasi"] for serial in TRANSFERRED} == {"Gedung R-2"}


def destroy_three_of_five(year):
    set_the_schedule(year)
    page = year.on("2028-01-10")
    page.goto("/penyusutan/jatuh-tempo?tahun=2027")
    year.looked_at(page, "jatuh-tempo")
    for serial in (*DESTROYED, HELD, KEPT):
        page.locator(f"[name=perkara][value='2026/{serial:04d}']").check()
    page.get_by_role("button", name="Usulkan musnah yang dicentang").click()
    send(page, "Usulkan musnah", dasar="Jadwal retensi")
    well(page, "dibuat dengan 5 map")
    here = page.url
    assert "Tanah adat 12" in printed(page, "Daftar")
    assessed = {"panitia": ["Ita Contoh", "Arsiparis"], "pertimbangan": "Tidak bernilai guna, kecuali satu"}
    send(page, "Catat penilaian panitia", **assessed)
    well(page, "Dinilai panitia")
    take_off(page, KEPT, "Bernilai sejarah")
    expect(page.get_by_role("button", name="Setujui pemusnahan")).to_have_count(0)
    first = year.on("2028-01-11", "kabid")
    first.goto(here)
    first.get_by_role("button", name="Setujui pemusnahan").click()
    well(first, "Disetujui (pertama)")
    expect(first.get_by_role("button", name="Setujui pemusnahan")).to_have_count(0)
    first.goto("/penyusutan/tindakan/tahan")
    send(first, "Tahan", perkara=numbers(HELD), alasan="Gugatan di PTUN")
    well(first, "dicatat pada 1 map")
    consent = "W.8-9 tanggal 12 Januari 2028"
    second = year.on("2028-01-12", "kakanwil")
    second.goto(here)
    send(second, "Setujui pemusnahan", persetujuan=consent)
    expect(second.locator(".pesan.gagal")).to_contain_text("ditahan")
    year.looked_at(second, "musnah-tertahan")
    page = year.on("2028-01-12")
    page.goto(here)
    take_off(page, HELD, "Ditahan")
    second = year.on("2028-01-12", "kakanwil")
    second.goto(here)
    send(second, "Setujui pemusnahan", persetujuan=consent)
    well(second, "Disetujui (kedua)")
    assert not any(year.case(serial).gone for serial in range(1, 31))
    page = year.on("2028-01-13")
    page.goto(here)
    send(page, "Musnahkan sekarang", berita_acara="BA-1", cara="dicacah", saksi=["Budi Contoh", "Kabid"])
    well(page, "Dilaksanakan")
    resume(year.desk.office.root.record_parts)
    deleted_at_the_centre(year.desk.office)
    page.goto(here)
    year.looked_at(page, "musnah")
    assert "BA-1" in printed(page, "Berita acara")
    assert [serial for serial in range(1, 31) if year.case(serial).gone] == list(DESTROYED)


def set_the_schedule(year):
    page = year.on("2027-03-01")
    page.goto("/penyusutan/jra")
    page.locator("summary", has_text="Ubah jadwal").click()
    page.locator("[name='i.berlaku']").fill("01-03-2027")
    rest = next(c for c in page.locator("[name^='i.baris.'][name$='.0']").all() if c.input_value() == "*")
    row = (rest.get_attribute("name") or "").removesuffix("0")
    for at, text in {3: "0", 4: "1"}.items():
        page.locator(f"[name='{row}{at}']").fill(text)
    fate = page.locator(f"[name='{row}5']")
    if fate.evaluate("cell => cell.tagName") == "SELECT":
        fate.select_option("musnah")
    else:
        fate.fill("musnah")
    year.looked_at(page, "jra")
    page.get_by_role("button", name="Simpan jadwal baru").click()
    expect(page.locator(".pesan.baik")).to_be_visible()


def take_off(page, serial, why):
    page.locator("summary", has_text="Keluarkan satu map").click()
    form = page.locator("form[action$='/keluar']")
    form.locator("[name=nomor]").fill(f"2026/{serial:04d}")
    form.locator("[name=alasan]").fill(why)
    form.get_by_role("button", name="Keluarkan").click()
    well(page, "dikeluarkan dari daftar")


def hand_one_over(year):
    page = year.on("2028-02-01")
    page.goto("/penyusutan/daftar-baru/serah")
    send(page, "Susun daftar penyerahan", perkara=numbers(HELD), tujuan="ANRI", lembaga="ANRI")
    expect(page.locator(".pesan.gagal")).to_contain_text("ditahan")
    close_folder(year.desk.office, CaseNumber(2026, HANDED_OVER))
    send(page, "Susun daftar penyerahan", perkara=numbers(HANDED_OVER), tujuan="ANRI", lembaga="ANRI")
    well(page, "dibuat dengan 1 map")
    here = page.url
    head = year.on("2028-02-02", "kakanwil")
    head.goto(here)
    head.get_by_role("button", name="Setujui penyerahan").click()
    well(head, "Disetujui")
    page = year.on("2028-02-03")
    page.goto(here)
    package = page.request.get(page.get_by_role("link", name="Paket BagIt").get_attribute("href"))
    with zipfile.ZipFile(io.BytesIO(package.body())) as bags:
        assert any(name.endswith("metadata/isad-g.json") for name in bags.namelist())
    assert "Tanah adat 11" in printed(page, "Berita acara")
    receipt = {"nomor_tanda_terima": "TT-4", "tanggal_tanda_terima": "03-02-2028", "penerima": ["Sari Contoh", "ANRI"]}
    send(page, "Catat tanda terima", **receipt)
    well(page, "Tanda terima dicatat")
    resume(year.desk.office.root.record_parts)
    page.goto(here)
    year.looked_at(page, "serah")


def know_all_at_the_end(year):
    office = year.desk.office
    office.root.seal_what_is_left()
    assert office.root.verify(lambda *_: None) == []
    page = year.on("2028-03-01")
    standing = {1: "dipindahkan", 11: "diserahkan", 12: "Dimusnahkan", HELD: "Gugatan di PTUN", LENT[1]: "dipinjam"}
    for serial, words in standing.items():
        page.goto(f"/arsip/2026/{serial:04d}")
        expect(page.locator("main")).to_contain_text(words, ignore_case=True)
        year.looked_at(page, f"map-{serial}")
    for word, found in ((WORD[20], {"0020"}), (WORD[12], set())):
        page.goto("/arsip")
        page.get_by_role("searchbox").first.fill(word)
        page.get_by_role("button", name="Temukan").click()
        year.looked_at(page, f"cari-{word}")
        hits = page.locator("main a[href*='/2026/00']")
        assert {h.get_attribute("href").rpartition("/2026/")[2][:4] for h in hits.all()} == found
    page.goto("/register?tahun=2026")
    year.looked_at(page, "register")
    text = page.locator("main").inner_text()
    assert len(set(re.findall(r"00\d\d/YANKOMAS/2026", text))) == 30
    page.goto("/penyusutan")
    year.looked_at(page, "penyusutan-akhir")
    expect(page.locator("#h-daftar + * + ul li, #h-daftar ~ ul li")).to_have_count(3)
