"""On the desk: what proves nothing is refused where it is sent; who signs sees what was filed, and disputes it."""

from __future__ import annotations

import io
import re

import pytest
from life_office import MORNING, RECOMMENDATION, LifeOffice
from lxml.html import document_fromstring
from PIL import Image
from web_desk import WebDesk, posts_in

from pipeline.work.store.setup import lay_out_filled as lay_out

CASE = "/kasus/2026/0001"
LETTER = f"{CASE}/surat/{RECOMMENDATION}"
HEAD, DIVISION, TEAM = "kakanwil", "kadiv", "tim-yankomas"


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "kantor"
    lay_out(folder)
    posts_in(folder)
    desk = WebDesk(folder)
    desk.clock.at = MORNING
    return desk


@pytest.fixture
def life(desk):
    life = LifeOffice(desk.office)
    desk.office.clock = desk.clock
    life.recommended()
    life.numbered(RECOMMENDATION)
    return life


@pytest.fixture
def filed(life):
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"ditandatangani")
    return life


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 850), (250, 250, 250)).save(out, "PDF")
    return out.getvalue()


def upload(desk, browser=None, **more):
    browser = browser or desk.browser(HEAD)
    form = {"i.naskah": RECOMMENDATION, "i.versi": "2", "sebagai": HEAD, **more}
    files = [("berkas", ("a.pdf", scan())), ("berkas", ("b.pdf", scan()))]
    return browser.post_form(f"{CASE}/gerak/tandatangani-naskah", form, page=LETTER, files=files)


def test_a_scan_that_proves_nothing_is_refused_on_the_page_with_what_was_found(desk, life):
    answer = upload(desk)

    told = words(answer.text)
    assert answer.status_code == 422
    assert "Tidak ada kode halaman pada berkas itu, sehingga tidak terbukti naskah apa." in told
    assert "diterima tanpa bukti" in told
    assert life.letter(RECOMMENDATION).signed is None


def test_who_signs_has_it_taken_without_proof_from_the_page_and_every_file_is_kept(desk, life):
    answer = upload(desk, **{"i.tanpa_bukti": "Aslinya di brankas."})

    assert answer.status_code == 303
    signed = life.case.signatures[-1]
    assert (signed.unproven, len(signed.documents), signed.delivered_by) == ("Aslinya di brankas.", 2, HEAD)
    assert "tanpa bukti: aslinya di brankas." in words(desk.browser(HEAD).get(LETTER).text).lower()


def test_who_signs_sees_what_others_filed_and_disputes_it(desk, filed):
    browser = desk.browser(HEAD, "arsiparis")  # not the account that filed it
    told = words(browser.get("/").text)
    assert "Dicatat bertanda tangan Anda 1" in told
    assert "tinta ditemukan pada tempat tanda tangan kakanwil" in told

    name = filed.case.signatures[-1].documents[0]
    page = f"{CASE}/bertanda-tangan/{name}/sanggah"
    answer = browser.post_form(page, {"alasan": "Bukan tanda tangan saya."}, page=LETTER)

    assert answer.status_code == 303
    assert filed.letter(RECOMMENDATION).signed is None
    told = words(browser.get(LETTER).text)
    assert "disanggah: bukan tanda tangan saya. (tinta ditemukan" in told.lower()
    assert "disanggah" in words(browser.get("/").text)


def test_nobody_disputes_for_another_and_not_without_a_reason(desk, filed):
    name = filed.case.signatures[-1].documents[0]
    team, head = desk.browser(TEAM), desk.browser(HEAD)

    answer = team.post_form(f"{CASE}/bertanda-tangan/{name}/sanggah", {"alasan": "x"}, page=LETTER)
    assert answer.status_code == 422
    assert "tidak berwenang" in answer.text
    answer = head.post_form(f"{CASE}/bertanda-tangan/{name}/sanggah", {"alasan": " "}, page=LETTER)
    assert answer.status_code == 422
    assert "wajib diisi" in answer.text
    assert head.post_form(f"{CASE}/bertanda-tangan/{name}/hapus", {"alasan": "x"}, page=LETTER).status_code == 404
    assert filed.letter(RECOMMENDATION).signed is not None


def test_who_handed_the_post_over_disputes_nothing_on_those_days_and_the_deputy_does(desk, filed):
    for login, nip in (("budi", "1970"), ("dewi", "1980")):
        desk.account(login, name=f"{login.title()} Rekaan", nip=nip)
    giver, deputy = desk.come_in("budi"), desk.come_in("dewi")
    page = f"{CASE}/bertanda-tangan/{filed.case.signatures[-1].documents[0]}/sanggah"
    assert page in giver.get(LETTER).text
    days = {"mulai": "2026-12-02", "sampai": "2026-12-04"}
    handed = {"peran": HEAD, "kepada": "dewi", "sebagai": "Plh.", **days}
    assert giver.post_form("/alih-tugas", handed).status_code == 303

    assert page not in giver.get(LETTER).text
    refused = giver.post_form(page, {"alasan": "x"}, page="/profil")
    assert refused.status_code == 422
    assert "alihkan kepada Dewi Rekaan (Plh.)" in refused.text
    assert deputy.post_form(page, {"alasan": "Bukan tanda tangan itu."}, page=LETTER).status_code == 303
    assert filed.letter(RECOMMENDATION).signed is None


def test_what_the_team_withdraws_is_to_be_signed_again(desk, filed):
    name = filed.case.signatures[-1].documents[0]

    answer = desk.browser(TEAM).post_form(
        f"{CASE}/bertanda-tangan/{name}/tarik", {"alasan": "Salah pindai."}, page=LETTER
    )

    assert answer.status_code == 303
    assert "Tanda tangani 1" in words(desk.browser(HEAD).get("/").text)
    filed.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"yang benar")
    assert filed.letter(RECOMMENDATION).signed is not None
    assert [s.withdrawn for s in filed.case.signatures] == ["Salah pindai.", ""]


@pytest.mark.parametrize("ticked", [True, False])
def test_files_that_were_sent_once_need_not_be_chosen_again(desk, life, ticked):
    browser, action = desk.browser(HEAD), f"{CASE}/gerak/tandatangani-naskah"
    refused = upload(desk, browser)
    (form,) = (f for f in document_fromstring(refused.text).iter("form") if f.get("action") == action)
    sent = {**dict(form.form_values()), "i.tanpa_bukti": "Aslinya di brankas."}
    assert "Yang sudah terkirim ikut: a.pdf" in words(refused.text)
    assert "required" not in form.inputs["berkas"].attrib

    if not ticked:
        del sent["berkas_tadi"]
    answer = browser.post(action, data=sent, files=[("berkas", ("", b""))])

    assert answer.status_code == (303 if ticked else 422)
    assert not list(desk.office.root.layout.state.rglob("*.part"))
    if ticked:
        assert len(life.case.signatures[-1].documents) == 2
        assert desk.app.state.desk.drafts.all(HEAD) == []
