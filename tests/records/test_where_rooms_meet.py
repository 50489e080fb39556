"""Lists, loans, redaction, year's end, destruction: one secrecy, one person, one access log, nothing left."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from ended_cases import (
    ARCHIVIST,
    DONE,
    HEAD_OF_FIELD,
    approved,
    close_folder,
    destroyed,
    ended,
    lend,
    let_all_fall_due,
    running,
    standing,
)
from life_office import MORNING
from offices import CENTRAL
from test_destruction import WORD, files_with
from web_desk import WebDesk

from pipeline.cases.actor import Actor
from pipeline.cases.duties import READ, duties
from pipeline.cases.record_standing import ACTIVE, TRANSFERRED
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.cli.inputs import system_account
from pipeline.errors import NotAllowed, Refused
from pipeline.mail.owed import Situation
from pipeline.office.officials import Official
from pipeline.records.acting import act_on
from pipeline.records.custody_papers import of_case
from pipeline.records.list_sheets import sheet_of
from pipeline.records.list_steps import begin, go_on, resume
from pipeline.records.packages import package
from pipeline.redaction.redact import look
from pipeline.register.year_end import YearEnd, as_now, figures
from pipeline.work.close_year import close_year

HIDDEN = "(rahasia)"


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.clock.at = MORNING  # by then there are four levels
    return made


@pytest.fixture
def newer(office):
    office.clock.at = MORNING
    return office


def marked(office, number, sifat="rahasia"):
    """Have the head mark a case, for Dewi's eyes where it is *sangat rahasia*."""
    named = {"dibuka_bagi": ["dewi"]} if sifat == "sangat rahasia" else {}
    office.decide(number, "tetapkan-sifat", "kakanwil", {"sifat": sifat, "alasan": "x", **named})
    office.root.book.refresh()


def over(office, number):
    """Have a case end, under the edition in which there are levels; return its number."""
    office.decide(number, "cabut", "kabid", {"alasan": "x"})
    office.root.book.refresh()
    return number


def secret_and_ended(office, sifat="rahasia"):
    number = running(office)
    marked(office, number, sifat)
    return over(office, number)


def handed_over(office, number):
    """Hand a folder over with its receipt; return the list's name."""
    parts = office.root.record_parts
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)
    receipt = {"nomor_tanda_terima": "1", "tanggal_tanda_terima": office.clock.now().date().isoformat()}
    go_on(name, "terima", {**receipt, "penerima": ["Budi Contoh | ANRI"]}, by=ARCHIVIST, parts=parts)
    return name


def test_one_person_with_two_accounts_or_a_token_does_not_approve_their_own_list(office):
    let_all_fall_due(office)
    parts = office.root.record_parts
    ita = Actor("arsiparis", "ita", "ita", "Ita Contoh", "197")
    close_folder(office, number := ended(office))
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ita, parts=parts).id

    for same in (
        Actor("kabid", "token-3", "ita", "Ita Contoh", "197"),
        Actor("kabid", "ita2", "ita2", "Ita C.", "197"),
        Actor("kabid", "ita3", "ita3", "ita contoh", ""),
    ):
        with pytest.raises(NotAllowed, match="harus oleh orang lain"):
            go_on(name, "setuju", {}, by=same, parts=parts)
    go_on(name, "setuju", {}, by=Actor("kabid", "budi", "budi", "Budi Contoh", "198"), parts=parts)


def test_a_transferred_folder_is_in_use_again_when_its_case_is_reopened_and_a_handed_over_one_is_not_reopened(office):
    moved, given = ended(office), ended(office)
    parts = office.root.record_parts
    name = begin("pindah", [moved], {}, by=ARCHIVIST, parts=parts).id
    ticked = {"diperiksa": [str(moved)]}
    go_on(name, "periksa-penyerah", ticked, by=HEAD_OF_FIELD, parts=parts)
    go_on(name, "periksa-penerima", ticked, by=ARCHIVIST, parts=parts)
    minutes = {"berita_acara": "1", "tanggal": "2026-11-20", "tempat": "Kota", "lokasi": "Depo"}
    go_on(
        name,
        "serah-terima",
        {**minutes, "penyerah": ["A | b | 1"], "penerima": ["C | d | 2"]},
        by=ARCHIVIST,
        parts=parts,
    )
    handed_over(office, given)
    assert standing(office, moved).state == TRANSFERRED

    office.decide(moved, "buka-kembali", "tim-yankomas", {"alasan": "Bukti baru"})

    assert standing(office, moved).state == ACTIVE
    with pytest.raises(NotAllowed, match="map itu aktif"):
        begin("serah", [moved], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts)
    for move in ("buka-kembali", "koreksi-sesudah-berakhir"):
        with pytest.raises(NotAllowed, match=r"diserahkan|tidak mengenal"):
            office.decide(given, move, "tim-yankomas", {"alasan": "x"})


def test_a_machine_owes_nothing_to_a_folder_that_was_handed_over(office):
    number = ended(office)

    def owed():
        """Return what is owed to the case, had its letter come as a scan that nobody has read."""
        case = office.root.cabinet.case(number)
        unread = replace(case, reading=None, received=replace(case.received, media="application/pdf"))
        return [duty.action for duty in duties(unread, office.root.sop_of(unread))]

    assert owed() == [READ]
    handed_over(office, number)
    assert owed() == []


def test_sheets_bags_and_years_ends_tell_of_a_secret_case_its_number_alone(newer):
    office = newer
    number, open_one = secret_and_ended(office), over(office, running(office))
    parts = office.root.record_parts
    let_all_fall_due(office)
    name = begin("musnah", [number, open_one], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts).id

    sheet = sheet_of(name, "daftar-usul-musnah", parts, office.root.rows)

    assert sorted(one.about for one in sheet.records) == [HIDDEN, "Tanah adat"]
    assert sheet.maker.post == "Arsiparis"

    later = running(office)
    rows = office.root.rows.rows
    end = YearEnd(figures(2026, rows(2026)), "", office.clock.now(), "ita", "arsiparis")
    marked(office, later)
    (carried,) = as_now(end, rows(2026)).figures.carried
    assert (carried.subject, carried.state) == (HIDDEN, HIDDEN)


def test_what_is_sangat_rahasia_leaves_in_no_package_mail_or_redacted_copy(desk, capsys):
    office = desk.office
    number = running(office)
    lend(office, number, 1)
    marked(office, number, "sangat rahasia")
    row = office.root.book.row_of(office.root.case(number))
    assert main(["--root", str(office.root.layout.root), "arsip", "pinjaman"]) == 0
    listed = [capsys.readouterr().out, desk.browser("kakanwil").get("/pinjaman").text]
    assert [(HIDDEN in text, "Eko Contoh" in text) for text in listed] == [(True, False)] * 2
    late = office.clock.now() + timedelta(days=9)
    editions = {sop.key: sop for sop in office.root.editions}
    told = Situation(
        (), (row, replace(row, sifat=None)), editions, late, office.root.calendar, office.root.office_roles
    )
    assert len(told.lent_keys(frozenset({"arsiparis"}))) == 1
    act_on(number, "terima-kembali", {"kondisi_kembali": "baik"}, by=ARCHIVIST, parts=office.root.record_parts)
    over(office, number)
    parts = office.root.record_parts
    close_folder(office, number)
    made = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    found = go_on(made, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)

    with pytest.raises(NotAllowed, match="sangat rahasia"):
        package(found, parts, office.root.export)
    desk.account("dewi", "arsiparis")
    dewi, other = desk.come_in("dewi"), desk.browser("arsiparis")
    assert dewi.get(f"/kasus/{number}/samarkan/01-formulir-pengaduan-v1.pdf").status_code == 403
    # who is named finds it in the archivists' lists, who is not does not
    let_all_fall_due(office)
    both = [browser.get("/penyusutan/jatuh-tempo").text for browser in (dewi, other)]
    assert [f'value="{number}"' in text for text in both] == [True, False]
    assert [f'value="{number}"' in browser.get("/penyusutan").text for browser in (dewi, other)] == [True, False]
    assert f"/arsip/{number}" in dewi.get(f"/penyusutan/daftar/{made}").text


def test_a_package_of_a_secret_case_is_taken_with_a_reason(desk):
    office = desk.office
    number = secret_and_ended(office)
    parts = office.root.record_parts
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)
    desk.asks_reasons()
    ita, path = desk.browser("arsiparis"), f"/penyusutan/daftar/{name}/paket.zip"

    refused = ita.get(path)
    assert (refused.status_code, f"Buka dahulu perkara {number}" in refused.text) == (403, True)
    case = f"/kasus/{number}"
    ita.post_form(f"{case}/alasan", {"alasan": "Penyerahan ke ANRI", "lanjut": case}, page=case)
    assert ita.get(path).status_code == 200


def test_at_the_terminal_what_shows_cases_of_the_archive_is_logged_and_a_secret_one_needs_a_reason(newer, tmp_path):
    office = newer
    number = secret_and_ended(office)
    lend_able = over(office, running(office))
    lend(office, lend_able, 3)
    here = ["--root", str(office.root.layout.root), "arsip"]

    assert main([*here, "keadaan", str(number)]) == 13
    assert main([*here, "keadaan", str(number), "--alasan", "Penyusutan"]) == 0
    assert main([*here, "kelengkapan", str(lend_able)]) == 1
    out = str(tmp_path / "formulir.docx")
    assert main([*here, "cetak", "formulir-peminjaman", str(lend_able), "-o", out]) == 0
    assert main([*here, "pinjaman"]) == 0

    log = office.root.access_log
    told = [(e.by, e.kind, e.data.get("case", "")) for month in log.months() for e in log.entries(month)]
    me, lent = system_account(), str(lend_able)
    assert told[-4:] == [
        (me, "arsip keadaan", str(number)),
        (me, "arsip kelengkapan", lent),
        (me, "arsip cetak", lent),
        (me, "arsip pinjaman", ""),
    ]


@pytest.mark.skipif(CENTRAL, reason="where cases are kept centrally destroying is refused")
def test_of_a_destroyed_case_no_bag_copy_word_or_duplicate_is_left_to_be_had(office, tmp_path):
    let_all_fall_due(office)
    office.drop("surat.pdf", letter := f"Pengaduan {WORD}".encode())
    office.run_once()
    office.drop("surat-lagi.pdf", letter)
    office.run_once()
    (number,) = office.root.cabinet.numbers()
    office.decide(number, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": f"Karena {WORD}"})
    act_on(number, "berkaskan", {"indeks": WORD, "boks": "7"}, by=ARCHIVIST, parts=office.root.record_parts)
    office.root.index.refresh()
    before = files_with(office, WORD)
    assert any(name.startswith("inbox/ditolak/") for name in before)
    parts = office.root.record_parts

    destroyed(parts, number)

    assert files_with(office, WORD) == []
    assert not list((office.root.layout.inbox / "ditolak").glob("surat-lagi*"))
    case = office.root.case(number)
    told = str([happened.words for happened in timeline(case, parts.sop(case))])
    assert ("Boks" in told, WORD in told, "musnah-2026-1" in told) == (True, False, True)
    for attempt in (
        lambda: office.root.export.bag(number),
        lambda: look(case, "01-surat.pdf", lambda _other: True, office.root.redact_parts(lambda: None)),
        lambda: of_case("kelengkapan", case, parts),
    ):
        with pytest.raises(Refused, match="sudah dimusnahkan"):
            attempt()
    with pytest.raises(NotAllowed, match="yang sudah dimusnahkan"):
        office.decide(number, "buka-kembali", "tim-yankomas", {"alasan": "x"})
    out = tmp_path / "bag.zip"
    assert main(["--root", str(office.root.layout.root), "berkas", str(number), "--bag", "-o", str(out)]) != 0
    assert not out.exists() or not zipfile.is_zipfile(out)


def test_the_book_of_closed_years_keeps_no_subject_and_the_page_tells_what_may_be_told_today(desk):
    office = desk.office
    number = running(office, perihal=f"Perihal {WORD}")
    desk.clock.forward(days=60)
    end = close_year(2026, by=ARCHIVIST, parts=office.root.close_year_parts(lambda: None))

    assert [case.subject for case in end.figures.carried] == [f"Perihal {WORD}"]
    kept = [json.loads(line) for line in (office.root.layout.year_ends / "daftar.jsonl").read_text().splitlines()]
    assert WORD not in str(kept)
    assert WORD in desk.browser("arsiparis").get("/tutup-tahun").text
    marked(office, number)
    assert WORD not in desk.browser("arsiparis").get("/tutup-tahun").text


def test_no_pages_leave_a_record_that_is_held(office):
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    (number,) = office.root.cabinet.numbers()
    act_on(number, "tahan", {"alasan": "Gugatan"}, by=ARCHIVIST, parts=office.root.record_parts)

    with pytest.raises(NotAllowed, match="ditahan: Gugatan; halamannya tidak dipisahkan"):
        office.decide(number, "pisahkan", "tim-yankomas", {"halaman": "1", "alasan": "x"})


@pytest.mark.skipif(CENTRAL, reason="where cases are kept centrally destroying is refused")
def test_what_a_step_still_owes_is_done_whoever_holds_the_role_by_then(office, monkeypatch):
    let_all_fall_due(office)
    number, parts = ended(office), office.root.record_parts
    name = approved(parts, number).id
    monkeypatch.setattr("pipeline.records.list_steps.carry_out", lambda *_, **__: None)
    go_on(name, "laksana", DONE, by=ARCHIVIST, parts=parts)
    monkeypatch.undo()
    left = replace(parts.office, officials=(Official("arsiparis", "Arsiparis", "Ita Contoh", until=date(2020, 1, 1)),))

    resume(replace(parts, office=left))

    assert office.root.case(number).gone


def test_a_case_tied_to_a_secret_one_is_read_at_the_terminal_with_a_reason_too(newer, monkeypatch):
    number = over(newer, running(newer))
    here = ["--root", str(newer.root.layout.root), "arsip", "keadaan", str(number)]
    assert main(here) == 0

    monkeypatch.setattr("pipeline.cases.secrecy_level.level_now", lambda case, case_of: "rahasia")

    assert main(here) == 13
