"""*Kantor lain* at the desk and by commands: offered, taken, refused, seen by those who may, and by no others."""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple

import pytest
from pypdf import PdfReader
from two_offices import CentralOffice
from web_desk import WebDesk

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import ArchiveFault

ORAL = {"perihal": "Sengketa tanah", "pelapor": ["Siti Rekaan"], "terlapor": "Instansi", "uraian": "Uraian"}
FIRST = CaseNumber(2026, 1)


@pytest.fixture
def desks(tmp_path):
    made = [WebDesk(tmp_path / name, CentralOffice) for name in ("bengkulu", "jambi")]
    made[0].office.open("lisan", ORAL)
    yield made
    for desk in made:
        desk.office.close()


def offered(desks, reason="Kejadiannya di sana."):
    here, there = desks
    head = here.browser("kakanwil")
    typed = {"kantor": there.office.name, "alasan": reason}
    return head.post_form("/kasus/2026/0001/pindah", typed)


def parcel_of(page: str) -> str:
    return page.partition('name="kiriman" value="')[2].partition('"')[0]


def test_a_case_goes_from_desk_to_desk(desks):
    here, there = desks
    assert 'href="/kasus/2026/0001/pindah"' in here.browser("kakanwil").get("/kasus/2026/0001").text

    answer = offered(desks)
    team = there.browser("tim-yankomas")
    waiting = team.get("/pindah").text
    taken = team.post_form("/pindah/terima", {"kiriman": parcel_of(waiting)}, page="/pindah")

    assert answer.status_code == 303
    assert "Kejadiannya di sana." in waiting
    assert "Sengketa tanah" in waiting
    assert taken.headers["location"] == "/kasus/2026/0001"
    assert "nomornya di sana 0001/BENGKULU/2026" in team.get("/kasus/2026/0001").text
    sent = here.browser("kakanwil").get("/pindah").text
    assert "diterima" in sent
    assert "0001/JAMBI/2026" in sent
    assert "Nomor di kantor itu" in here.browser("kakanwil").get("/kasus/2026/0001").text


def test_a_refusal_needs_a_reason_and_is_read_by_the_sender(desks):
    here, there = desks
    offered(desks)
    kabid = there.browser("kabid")
    parcel = parcel_of(kabid.get("/pindah").text)

    kabid.post_form("/pindah/tolak", {"kiriman": parcel, "alasan": " "}, page="/pindah")
    assert parcel_of(kabid.get("/pindah").text) == parcel
    kabid.post_form("/pindah/tolak", {"kiriman": parcel, "alasan": "Bukan wilayah kami."}, page="/pindah")

    assert parcel_of(kabid.get("/pindah").text) == ""
    assert "Bukan wilayah kami." in here.browser("kakanwil").get("/pindah").text
    assert "Bukan wilayah kami." in here.browser("kabid").get("/kasus/2026/0001").text


def test_the_wrong_role_twice_and_what_is_no_parcel(desks):
    here, there = desks
    page = here.browser("kabid").get("/kasus/2026/0001/pindah").text
    assert "Yang menyerahkan perkara ke kantor lain: Kakanwil." in page
    assert offered(desks).status_code == 303
    again = offered(desks)
    assert again.status_code == 422
    assert "sudah ditawarkan" in again.text
    parcel = parcel_of(there.browser("tim-yankomas").get("/pindah").text)

    kadiv = there.browser("kadiv")
    refused = kadiv.post("/pindah/terima", data={"kiriman": parcel, "csrf": kadiv.token("/profil")})
    nothing = there.browser("tim-yankomas").post_form("/pindah/terima", {"kiriman": "x9"}, page="/pindah")

    assert refused.status_code in (403, 409, 422)
    assert nothing.status_code == 404
    assert there.browser("arsiparis").get("/pindah").status_code == 403
    assert there.office.root.cabinet.numbers() == []


def test_a_secret_case_says_nothing_of_itself_in_the_list(desks):
    here, there = desks
    number = here.office.open("lisan", {**ORAL, "perihal": "Hal yang rahasia", "sifat": "rahasia"})
    head = here.browser("kakanwil")
    typed = {"kantor": there.office.name, "alasan": "Wilayah sana."}
    head.post_form(f"/kasus/{number}/pindah", typed)

    page = there.browser("tim-yankomas").get("/pindah").text

    assert "Perkara rahasia" in page
    assert "Hal yang rahasia" not in page
    assert "Wilayah sana." in page
    looking_on = there.browser("kadiv").get("/pindah").text
    assert f"{number.serial:04d}/BENGKULU/" in looking_on
    assert "Wilayah sana." not in looking_on
    assert here.browser("kadiv").get(f"/kasus/{number}/pindah").status_code in (403, 404)
    assert f'href="/kasus/{number}"' not in here.browser("kadiv").get("/pindah").text


def test_all_cases_are_offered_to_a_successor_once_by_who_may_and_so_many_at_a_time(desks, monkeypatch):
    here, there = desks
    for n in range(2):
        here.office.open("lisan", {**ORAL, "uraian": f"Uraian {n}"})
    monkeypatch.setattr("pipeline.desk.routes.transfers._AT_ONCE", 2)
    head, kabid = here.browser("kakanwil"), here.browser("kabid")
    typed = {"kantor": there.office.name, "alasan": "Kantor ini dilebur."}
    waiting = lambda: len(there.office.root.exchange.incoming())  # noqa: E731

    assert "Tawarkan semua" not in kabid.get("/pindah").text
    refused = kabid.post("/pindah/semua", data={**typed, "csrf": kabid.token("/profil")})
    head.post_form("/pindah/semua", {**typed, "alasan": " "}, page="/pindah")
    head.post_form("/pindah/semua", {**typed, "kantor": "bukan"}, page="/pindah")
    assert (refused.status_code in (403, 409, 422), waiting()) == (True, 0)

    head.post_form("/pindah/semua", typed, page="/pindah")
    assert waiting() == 2
    assert "Ulangi untuk yang berikutnya" in head.get("/pindah").text
    head.post_form("/pindah/semua", typed, page="/pindah")
    head.post_form("/pindah/semua", typed, page="/pindah")
    assert waiting() == 3


def test_the_list_that_both_sign_is_printed_at_the_desk_by_who_sends(desks):
    here, there = desks
    offered(desks)
    head = here.browser("kakanwil")
    link = re.search(r'href="(/pindah/berita-acara\.pdf\?kantor=[^"]+)"', head.get("/pindah").text)[1]

    made = head.get(link)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)

    assert "0001/BENGKULU/2026" in text
    assert there.office.name in text
    assert "ditawarkan: 1 (satu) perkara" in text
    assert here.browser("kabid").get(link).status_code == 403
    assert "berita-acara" not in here.browser("kabid").get("/pindah").text


def test_what_was_offered_is_taken_back_at_the_desk_by_who_sends(desks):
    here, there = desks
    offered(desks)
    head, kabid = here.browser("kakanwil"), here.browser("kabid")
    assert "Tarik kembali" not in kabid.get("/pindah").text
    parcel = parcel_of(head.get("/pindah").text)

    refused = kabid.post("/pindah/tarik", data={"kiriman": parcel, "csrf": kabid.token("/profil")})
    done = head.post_form("/pindah/tarik", {"kiriman": parcel}, page="/pindah")
    again = head.post("/pindah/tarik", data={"kiriman": parcel, "csrf": head.token("/profil")})

    assert refused.status_code in (403, 409, 422)
    assert done.headers["location"].startswith("/pindah")
    assert again.status_code == 404
    assert "ditarik" in head.get("/pindah").text
    assert parcel_of(there.browser("tim-yankomas").get("/pindah").text) == ""


def test_an_answer_that_cannot_be_noted_is_told_and_hides_nothing(desks, monkeypatch):
    here, there = desks
    there.office.open("lisan", {**ORAL, "perihal": "Hal lain"})
    offered((there, here))
    offered(desks)
    team = there.browser("tim-yankomas")
    team.post_form("/pindah/terima", {"kiriman": parcel_of(team.get("/pindah").text)}, page="/pindah")
    held = PostgresCabinet.held

    def broken(self, number):
        if number == FIRST and self is here.office.root.cabinet:
            raise ArchiveFault("Jurnal perkara itu rusak.", "Pulihkan dari cadangan.")
        return held(self, number)

    monkeypatch.setattr(PostgresCabinet, "held", broken)

    page = here.browser("kabid").get("/pindah")

    assert page.status_code == 200
    assert "Jurnal perkara itu rusak." in page.text
    assert parcel_of(page.text)


def test_an_office_on_one_pc_has_no_such_page(tmp_path):
    desk = WebDesk(tmp_path / "sendiri")
    if desk.office.root.is_central:
        pytest.skip("kantor ini di pusat")
    desk.office.open("lisan", ORAL)
    head = desk.browser("kakanwil")

    assert head.get("/pindah").status_code == 404
    assert "/pindah" not in head.get("/kasus/2026/0001").text
    assert "Kantor lain" not in head.get("/").text


@pytest.fixture
def yankomas(capsys):
    """What runs a command of an office's machine: returns its exit code, what it showed, what it said of faults."""

    def run(office, *words):
        code = main(["--root", str(office.root.layout.root), *words])
        return Ended(code, *capsys.readouterr())

    return run


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def test_by_commands_a_case_goes_and_comes(desks, yankomas):
    here, there = (desk.office for desk in desks)
    sending = ("--ke", there.name, "--alasan", "Wilayah sana", "--as", "kakanwil")
    sent = yankomas(here, "pindah", "kirim", "1/2026", *sending)
    listed = yankomas(there, "pindah", "daftar")
    parcel = listed.out.partition("masuk ")[2].partition(":")[0]
    taken = yankomas(there, "pindah", "terima", parcel, "--as", "tim-yankomas")
    twice = yankomas(there, "pindah", "terima", parcel, "--as", "tim-yankomas")
    after = yankomas(here, "pindah", "daftar")

    assert "nomornya di sini tetap" in sent.out, sent.err
    assert "Wilayah sana" in listed.out
    assert "diterima sebagai 0001/JAMBI/" in taken.out, taken.err
    assert twice.code != 0
    assert "tidak menunggu jawaban" in twice.err
    assert f"2026/0001 kepada {there.name}, diterima sebagai 0001/JAMBI/" in after.out
    assert here.root.case(FIRST).made[-1].decision.move == "pindah"


def test_by_commands_what_was_sent_is_taken_back_once(desks, yankomas):
    here, there = (desk.office for desk in desks)
    yankomas(here, "pindah", "kirim", "1/2026", "--ke", there.name, "--alasan", "x", "--as", "kakanwil")
    parcel = yankomas(here, "pindah", "daftar").out.partition("keluar ")[2].partition(":")[0]
    back = yankomas(here, "pindah", "tarik", parcel, "--as", "kakanwil")
    twice = yankomas(here, "pindah", "tarik", parcel, "--as", "kakanwil")

    assert "ditarik kembali" in back.out, back.err
    assert "tidak menunggu jawaban" in twice.err
    assert "ditarik kembali" in yankomas(here, "pindah", "daftar").out


def test_wrong_words_are_told(desks, yankomas):
    here = desks[0].office
    nowhere = yankomas(here, "pindah", "kirim", "1/2026", "--ke", "atlantis", "--alasan", "x", "--as", "kakanwil")
    wrong = yankomas(here, "pindah", "kirim", "1/2026", "--ke", desks[1].office.name, "--alasan", "x", "--as", "admin")

    assert "tidak ada di pusat" in nowhere.err
    assert "Yang berwenang: kakanwil" in wrong.err


def test_an_old_register_that_is_brought_to_a_desk_of_the_centre_is_refused_in_words_and_not_kept(desks):
    here, _ = desks
    archivist = here.browser("arsiparis")

    book = {"berkas": ("buku.csv", b"No,Tanggal\n1,3-2-2019\n")}
    answer = archivist.post_form("/buku-lama", {}, page="/buku-lama", files=book)

    assert "buku register lama diambil alih di folder kantor" in answer.text
    assert "location" not in answer.headers
