"""A case at the desk: what one sees of it, moves made with forms, papers looked at and edited."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfWriter
from web_desk import CONFIRMED as USUAL
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber

CASE = "/kasus/2026/0001"
CONFIRMED = {**USUAL, "i.pelapor.1.nik": "1771000000000002"}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    _drop(desk, "surat.pdf")
    desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def _drop(desk, name):
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(desk.office.root.layout.inbox / name)


def _make(browser, move, answers=None, **more):
    return browser.post_form(f"{CASE}/gerak/{move}", answers or {}, page=f"{CASE}/gerak/{move}", **more)


def _case(desk):
    return desk.office.root.cabinet.case(CaseNumber(2026, 1))


def _until_disposition(desk):
    team = desk.browser("tim-yankomas")
    assert _make(team, "konfirmasi", CONFIRMED).status_code == 303
    assert _make(team, "sampaikan").status_code == 303


def test_a_case_shows_what_its_visitor_may_do_and_what_waits_for_others(desk):
    team, head = desk.browser("tim-yankomas").get(CASE).text, desk.browser("kakanwil").get(CASE).text

    assert "/verifikasi/2026/0001" in team
    assert "/verifikasi/2026/0001" not in head
    assert "Menunggu <strong>Tim Yankomas</strong>: Konfirmasi isian register." in head


def test_the_head_of_office_disposes_with_a_ticked_phrase(desk):
    _until_disposition(desk)
    head = desk.browser("kakanwil")

    answer = head.post_form(
        f"{CASE}/gerak/disposisi",
        {
            "i.isi_disposisi.frasa": ["Telaah", "Siapkan konsep"],
            "i.isi_disposisi": "Minggu ini.",
            "sebagai": "kakanwil",
        },
        page=CASE,
    )

    assert (answer.status_code, answer.headers["location"]) == (303, CASE)
    made = _case(desk).made[-1]
    assert made.decision.values["isi_disposisi"] == "Telaah; Siapkan konsep\nMinggu ini."
    assert (made.role, made.decision.login) == ("kakanwil", "kakanwil")
    assert "menunggu disposisi Kadiv" in head.get(CASE).text


def test_what_is_missing_is_named_above_the_form_which_keeps_what_was_typed(desk):
    team = desk.browser("tim-yankomas")

    answer = _make(team, "konfirmasi", {**CONFIRMED, "i.hak": [""], "i.perihal": "Sengketa <tanah>"})

    assert answer.status_code == 422
    assert "Hak yang diduga dilanggar" in answer.text
    assert "Sengketa &lt;tanah&gt;" in answer.text
    assert not _case(desk).made


def test_what_is_missing_is_said_in_the_offices_words_and_leads_to_its_field(desk):
    _until_disposition(desk)

    answer = _make(desk.browser("kakanwil"), "disposisi")

    assert '<a href="#f-disposisi-i.isi_disposisi">Isi disposisi</a>: wajib diisi' in answer.text
    assert 'id="f-disposisi-i.isi_disposisi"' in answer.text
    assert "Isian formulir ini" not in answer.text


def _until_review(desk):
    _until_disposition(desk)
    for role in ("kakanwil", "kadiv", "kabid"):
        assert _make(desk.browser(role), "disposisi", {"i.isi_disposisi": "Telaah"}).status_code == 303


def test_every_control_of_a_case_with_several_forms_has_a_label_of_its_own(desk):
    _until_review(desk)

    ids = re.findall(r' id="([^"]+)"', desk.browser("kasubbid").get(CASE).text)

    assert len([i for i in ids if i.endswith("i.alasan")]) > 1
    assert len(ids) == len(set(ids))


def test_a_sheet_that_was_returned_is_written_on_from_what_it_said(desk):
    _until_review(desk)
    reviewer, said = desk.browser("kasubbid"), "Pasal 29 UU 39/1999 rekaan."
    chosen = {"i.indikasi": "ya", "i.berwenang": "ya", "i.saran": "audiensi"}
    _make(reviewer, "telaah", {"i.persoalan": "Persoalan rekaan", "i.analisis_hak": said, **chosen})

    before = reviewer.get(CASE).text
    _make(desk.browser("kabid"), "kembalikan", {"i.alasan": "Lengkapi analisisnya."})
    again = reviewer.get(f"{CASE}/gerak/telaah").text

    assert "menunggu usulan audiensi" in before
    assert said in again
    assert 'value="audiensi" checked' in again


def test_a_sheet_of_the_folder_leads_to_the_form_that_takes_its_signed_scan(desk):
    _until_review(desk)
    reviewer = desk.browser("kasubbid")
    chosen = {"i.indikasi": "ya", "i.berwenang": "ya", "i.saran": "audiensi"}
    _make(reviewer, "telaah", {"i.persoalan": "P", "i.analisis_hak": "A", **chosen})
    desk.office.run_once()
    way = f"{CASE}/surat/04-nota-telaahan"

    assert f'href="{way}"' in reviewer.get(CASE).text
    letter = reviewer.get(way).text
    assert f'action="{CASE}/gerak/tandatangani-naskah" enctype="multipart/form-data"' in letter
    assert '<input type="hidden" name="i.naskah" value="04-nota-telaahan">' in letter


def test_answers_are_told_in_words_days_too(desk):
    _until_review(desk)
    reviewer = desk.browser("kasubbid")
    chosen = {"i.indikasi": "ya", "i.berwenang": "ya", "i.saran": "audiensi", "i.kronologi.1.0": "2 Mei"}
    _make(reviewer, "telaah", {"i.persoalan": "P", "i.analisis_hak": "A", "i.kronologi.1.1": "Dipagari", **chosen})
    _make(
        reviewer,
        "usulkan-audiensi",
        {
            "i.alasan": "x",
            "i.tanggal_audiensi": "2026-12-01",
            "i.waktu_audiensi": "09.00",
            "i.tempat_audiensi": "Aula",
            "i.acara": "Klarifikasi",
            "i.pihak": "Kantor Contoh",
        },
    )

    told = reviewer.get(CASE).text

    assert "<dt>Tanggal yang diusulkan</dt><dd>1 Desember 2026</dd>" in told
    assert "<dt>Kronologi</dt><dd>2 Mei – Dipagari</dd>" in told


def test_a_disposition_that_was_returned_is_decided_anew(desk):
    _until_disposition(desk)
    _make(desk.browser("kakanwil"), "disposisi", {"i.isi_disposisi": "Kata rekaan."})
    _make(desk.browser("kadiv"), "kembalikan", {"i.alasan": "Bukan bidang saya."})

    form = re.search(r"<form.*?</form>", desk.browser("kakanwil").get(f"{CASE}/gerak/disposisi").text, re.DOTALL)

    assert "Kata rekaan." not in form[0]


def test_a_case_is_copied_field_by_field_with_the_nik_only_for_those_who_may_have_the_letter(desk):
    _make(desk.browser("tim-yankomas"), "konfirmasi", CONFIRMED)

    team, head = (desk.browser(role).get(f"{CASE}/salin") for role in ("tim-yankomas", "kakanwil"))

    assert "NIK: 1771000000000002" in team.text
    assert "Perihal: Sengketa tanah rekaan" in team.text
    assert "1771000000000002" not in head.text
    assert "NIK: ************0002" in head.text
    assert desk.browser("kabid").get(f"{CASE}/salin").status_code == 403


def test_a_step_that_was_not_needed_is_told_apart_from_those_that_were_passed(desk):
    _until_review(desk)
    reviewer, chosen = desk.browser("kasubbid"), {"i.indikasi": "ya", "i.berwenang": "ya", "i.saran": "rekomendasi"}
    _make(reviewer, "telaah", {"i.persoalan": "P", "i.analisis_hak": "A", **chosen})

    shown = reviewer.get(CASE).text

    assert 'Audiensi<span class="sr"> (dilewati)</span>' in shown
    assert 'Telaahan<span class="sr"> (sudah)</span>' in shown


def test_what_the_machine_did_in_one_go_stands_together(desk):
    shown = desk.browser("kadiv").get(CASE).text

    assert re.search(r"<summary>\d+ pekerjaan mesin</summary>", shown)
    assert "Surat dibaca" in shown


def test_a_person_of_the_register_is_asked_detail_by_detail(desk):
    _make(desk.browser("tim-yankomas"), "konfirmasi", CONFIRMED)

    assert _case(desk).register["pelapor"] == [{"nama": "Siti Rekaan", "nik": "1771000000000002"}]


def test_more_lines_are_had_without_a_script_and_nothing_typed_is_lost(desk):
    team = desk.browser("tim-yankomas")

    answer = _make(team, "konfirmasi", {**CONFIRMED, "tambah": "pelapor"})

    assert answer.status_code == 200
    assert "Siti Rekaan" in answer.text
    assert 'name="i.pelapor.2.nama"' in answer.text
    assert not _case(desk).made


def test_a_move_that_is_not_ones_own_is_refused_whatever_is_posted(desk):
    _until_disposition(desk)
    deputy = desk.browser("kadiv")

    answer = deputy.post_form(f"{CASE}/gerak/disposisi", {"i.isi_disposisi": "x", "sebagai": "kakanwil"}, page=CASE)

    assert answer.status_code == 403
    assert _case(desk).made[-1].decision.move == "sampaikan"


def test_a_role_that_one_does_not_hold_cannot_be_taken(desk):
    team = desk.browser("tim-yankomas")

    answer = _make(team, "konfirmasi", {**CONFIRMED, "sebagai": "kakanwil"})

    assert answer.status_code == 422
    assert not _case(desk).made


@pytest.mark.parametrize("page", ["gerak/disposisi", "sunting/03-lembar-disposisi"])
def test_a_number_too_long_to_be_one_breaks_nothing(desk, page):
    _until_disposition(desk)
    browser = desk.browser("kakanwil")
    form = {"csrf": browser.token("/profil"), "dilihat": "9" * 9000, "versi": "9" * 9000}

    answer = browser.post(f"/kasus/2026/0001/{page}", data=form, files={"berkas": ("a.docx", b"isi")})

    assert answer.status_code == 422


def test_a_form_that_was_opened_before_somebody_elses_move_is_not_taken(desk):
    team = desk.browser("tim-yankomas")
    stale = {"alasan": "", "i.alasan": "Terdaftar keliru.", "dilihat": "0"}
    _make(team, "konfirmasi", CONFIRMED)

    answer = _make(team, "batal", stale)

    assert answer.status_code == 422
    assert "sudah bergerak" in answer.text
    assert _case(desk).made[-1].decision.move == "konfirmasi"


def test_the_sops_chart_marks_the_cases_way(desk):
    answer = desk.browser("kadiv").get(f"{CASE}/bagan.svg")

    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg") or answer.text.startswith("<?xml")
    assert f'src="{CASE}/bagan.svg"' in desk.browser("kadiv").get(f"{CASE}/bagan").text


def test_a_nik_is_shown_by_its_last_digits(desk):
    _make(desk.browser("tim-yankomas"), "konfirmasi", CONFIRMED)

    shown = desk.browser("kadiv").get(CASE).text

    assert "************0002" in shown
    assert "1771000000000002" not in shown


TOLD = {
    "i.perihal": "Upah tidak dibayar",
    "i.pelapor.1.nama": "Siti Rekaan",
    "i.terlapor": "PT Rekaan",
    "i.uraian": "Tiga bulan tanpa upah.",
}


def test_what_was_told_at_the_counter_becomes_a_case_once_however_often_it_is_sent(desk):
    team = desk.browser("tim-yankomas")

    first = team.post_form("/buka/lisan", TOLD)
    second = team.post_form("/buka/lisan", TOLD)

    assert first.headers["location"] == second.headers["location"] == "/kasus/2026/0002"
    assert "sudah dibuka sebelumnya" in team.get("/kasus/2026/0002").text


def test_an_opening_that_lacks_what_must_be_told_gives_no_number(desk):
    team = desk.browser("tim-yankomas")

    answer = team.post_form("/buka/lisan", {**TOLD, "i.terlapor": ""})

    assert answer.status_code == 422
    assert "Terlapor" in answer.text
    assert "Siti Rekaan" in answer.text
    assert team.get("/kasus/2026/0002").status_code == 404


def test_an_opening_is_only_offered_to_its_roles(desk):
    deputy = desk.browser("kabid")

    assert 'href="/buka/berita"' in deputy.get("/buka").text
    assert deputy.get("/buka/lisan").status_code == 404


def test_a_letter_that_came_twice_names_the_other_and_the_way_to_join_them(desk):
    text = " ".join(f"kata{n} pengaduan{n}" for n in range(60)).encode()
    for name in ("satu.pdf", "dua.pdf"):
        (desk.office.root.layout.inbox / name).write_bytes(text + name.encode())
        desk.office.run_once()

    page = desk.browser("tim-yankomas").get("/kasus/2026/0003").text

    assert "Mirip surat" in page
    assert "gabungkan 2026/0003 ke 2026/0002" in page
    assert desk.browser("tim-yankomas").get("/kasus/2026/0003/gerak/gabung").status_code == 200
