"""An office's other services: data alone makes one, each has its own numbers, cases, people, and sheets."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from other_services import (
    BOOKED,
    CARD,
    CLERK,
    COMPLAINT,
    EDITION,
    HEAD,
    LAYANAN,
    MAIL,
    OPENING,
    UNIT,
    ServiceOffice,
    case_of,
    write_service,
)

from pipeline.access.secrecy import open_to
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import BECAME, CAME_OF
from pipeline.cases.sop import YANKOMAS
from pipeline.cli import main
from pipeline.errors import NotAllowed, NotFound, SettingsFault, UsageFault
from pipeline.intake.inbox_view import AskedFor
from pipeline.wiring import office_in
from pipeline.work.services import service_faults


@pytest.fixture
def office(tmp_path):
    return ServiceOffice(tmp_path)


def test_each_service_counts_its_own_cases_from_one_without_a_gap(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.drop_for("surat-masuk", "kedua.pdf", b"Surat kedua")

    with_mail.run_once()

    numbers = [str(number) for number in with_mail.root.cabinet.numbers()]
    assert numbers == ["2026/0001", "2026~SM/0001", "2026~SM/0002"]
    printed = {case_of(with_mail, read_number(number)).received.register_number for number in numbers}
    assert printed == {"0001/YANKOMAS/2026", "AGENDA-0001/2026", "AGENDA-0002/2026"}
    assert with_mail.root.verify(lambda _done, _of: None) == []


def test_a_number_of_a_service_is_read_as_its_office_prints_it(with_mail):
    assert with_mail.root.pattern.read("agenda-0001/2026") == MAIL
    assert with_mail.root.pattern.read("1/2026") == COMPLAINT


def test_the_agenda_runs_from_the_letter_to_the_file(with_mail):
    with_mail.decide(MAIL, "konfirmasi", CLERK, BOOKED)
    with_mail.decide(MAIL, "disposisi", HEAD, {"diteruskan_kepada": "Subbagian", "isi_disposisi": "Hadiri"})
    with_mail.decide(MAIL, "distribusikan", CLERK, {"diserahkan_kepada": "Rani"})
    with_mail.decide(MAIL, "laporkan-tindak-lanjut", UNIT, {"hasil": "Dihadiri."})
    case = with_mail.decide(MAIL, "berkaskan", CLERK)

    assert case.state("agenda") == "diberkaskan"
    told = " ".join(with_mail.lines(MAIL, "03-lembar-disposisi-surat"))
    assert "Dinas Rekaan" in told
    assert "Hadiri" in told
    assert "Dihadiri." in " ".join(with_mail.lines(MAIL, "02-kartu-agenda"))


def test_the_sheets_of_the_agenda_read_as_letters_do(with_mail):
    with_mail.decide(MAIL, "konfirmasi", CLERK, BOOKED)
    passed = {"diteruskan_kepada": "Subbagian Rekaan", "isi_disposisi": "Hadiri/wakili, lalu laporkan"}
    with_mail.decide(MAIL, "disposisi", HEAD, passed)
    sheet = with_mail.lines(MAIL, "03-lembar-disposisi-surat")
    with_mail.decide(MAIL, "susun-pengembalian", CLERK, {"tujuan": "Kepala Dinas", "alasan": "Salah alamat."})
    letter = " ".join(with_mail.lines(MAIL, "04-surat-pengembalian"))

    assert {"Paraf", "Petugas agenda", "Subbagian Rekaan", "Hadiri/wakili, lalu laporkan"} <= set(sheet)
    assert [text for text in sheet if text.startswith("☒")] == ["☒\u00a0Hadiri/wakili"]
    assert "surat Dinas Rekaan mengenai Undangan rapat yang kami terima pada tanggal" in letter
    assert "1 (satu) berkas" in letter.replace("\u00a0", " ")
    assert any(text.endswith(": Kepala Dinas") for text in with_mail.lines(MAIL, "02-kartu-agenda"))


def test_what_comes_for_yankomas_is_asked_nothing_of_the_agenda(with_mail):
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        with_mail.decide(MAIL, "konfirmasi", "tim-yankomas", BOOKED)


def test_a_letter_in_the_agenda_becomes_a_complaint_and_both_say_so(with_mail):
    with_mail.decide(MAIL, "konfirmasi", CLERK, BOOKED)

    mail = with_mail.decide(MAIL, "jadikan-pengaduan", HEAD, {"alasan": "Isinya pengaduan."})

    complaint = case_of(with_mail, COMPLAINT)
    assert [(link.other, link.how) for link in mail.links] == [(str(COMPLAINT), BECAME)]
    assert [(link.other, link.how) for link in complaint.links] == [(str(MAIL), CAME_OF)]
    assert complaint.register["nomor_agenda"] == "AGENDA-0001/2026"
    assert complaint.arrived.sha256 == mail.arrived.sha256
    assert with_mail.root.sop_of(complaint).service == YANKOMAS


def test_the_same_scan_sent_again_is_known_as_the_complaint_that_it_became(with_mail):
    with_mail.decide(MAIL, "jadikan-pengaduan", CLERK, {"alasan": "x"})

    with_mail.drop_for("surat-masuk", "lagi.pdf", b"Undangan")
    with_mail.run_once()

    assert len(with_mail.root.cabinet.numbers()) == 2


def test_the_same_bytes_sent_to_two_services_are_a_case_of_each_and_neither_learns_of_the_other(with_mail):
    with_mail.drop("aduan.pdf", b"Undangan")
    with_mail.drop("lagi.pdf", b"Undangan")
    with_mail.drop_for("surat-masuk", "lagi-surat.pdf", b"Undangan")
    with_mail.run_once()

    assert {*with_mail.root.cabinet.numbers()} == {MAIL, COMPLAINT}
    seen = [
        {entry.name: entry.numbers for entry in with_mail.root.inbox_view(AskedFor.ALL, services={service}).entries}
        for service in ("surat-masuk", YANKOMAS)
    ]
    mail, ours = (str(MAIL),), (str(COMPLAINT),)
    assert seen == [{"undangan.pdf": mail, "lagi-surat.pdf": mail}, {"aduan.pdf": ours, "lagi.pdf": ours}]


def test_who_has_a_part_in_a_service_opens_its_cases_and_no_other(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.run_once()
    rows = {row.number: row for row in with_mail.root.rows.rows()}
    mail, complaint = rows[str(MAIL)], rows[str(COMPLAINT)]

    opened = {role: (open_to({role}, mail), open_to({role}, complaint)) for role in (CLERK, HEAD, "tim-yankomas")}

    assert opened == {CLERK: (True, False), HEAD: (True, True), "tim-yankomas": (False, True)}


def test_an_invented_service_is_data_alone(office):
    assert (LAYANAN + EDITION).count("\n") < 100
    write_service(office.root.layout.root)
    office.take("ruang-rapat")
    office.drop_for("ruang-rapat", "permintaan.pdf", b"Permintaan")
    office.run_once()
    room = CaseNumber(2026, 1, "RR")

    office.decide(room, "catat", "ruang-rapat.penjaga", {"peminta": "Subbagian Rekaan"})
    office.decide(room, "jawab", "ruang-rapat.kepala", {"ruang": "Melati"})

    assert office.lines(room, "02-jawaban-ruang") == ["Ruang Melati bagi Subbagian Rekaan, oleh Kepala rumah tangga"]
    assert case_of(office, room).received.register_number == "001/RUANG/2026"


#: What is changed in the invented service, and what is said of it then.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"edition": EDITION.replace('dari = ["diperiksa"]', 'dari = ["diminta"]')}, "'diperiksa' buntu"),
    ({"edition": EDITION.replace('ke = "dijawab"', 'ke = "diminta"')}, "'dijawab' tidak dapat dicapai"),
    ({"edition": EDITION.replace('peran = ["ruang-rapat.kepala"]', 'peran = ["ruang-rapat.kepela"]')}, "kepela"),
    ({"edition": EDITION + OPENING.replace('"lisan"', '"l/isan"')}, "kunci 'l/isan' harus huruf kecil"),
    ({"edition": EDITION + OPENING + OPENING}, "kunci 'lisan' sudah dipakai"),
    ({"edition": EDITION + OPENING.replace('"peminta"', '"pemintaan"')}, "isian register 'pemintaan' tidak ada"),
    ({"layanan": LAYANAN.replace('"RR"', '"Ruang"')}, "deret 'Ruang'"),
    ({"layanan": LAYANAN.replace("memutus", "menyuruh")}, "hak 'menyuruh'"),
    ({"layanan": LAYANAN.replace("{urut:03d}/", "")}, "Pola harus memuat {urut}"),
    ({"card": (*CARD, "{{ isian.pemintaan }}")}, "isian.pemintaan tidak dikenal"),
    ({"card": (*CARD, "{{ gerak.jawab.rumah }}")}, "gerak.jawab.rumah"),
]


def test_what_is_wrong_with_a_service_is_named_and_nothing_of_it_is_used(office):
    for changed, named in WRONG:
        write_service(office.root.layout.root, **changed)

        with pytest.raises(SettingsFault) as fault:
            office.take("ruang-rapat")

        assert named in str(fault.value)
        assert office.root.services == ()
    office.drop_for("ruang-rapat", "permintaan.pdf", b"Permintaan")
    office.run_once()
    assert [number.series for number in office.root.cabinet.numbers()] == [""]


def test_all_threads_of_a_process_keep_one_memory_whoever_asks_for_it_first(office):
    beside = office.root.alongside()

    assert beside.memory is office.root.memory


def test_a_template_that_is_not_there_is_named(office):
    write_service(office.root.layout.root)
    (office.root.layout.services / "ruang-rapat" / "templat" / "01-kartu-ruang.docx").unlink()

    _, found = service_faults("ruang-rapat", office.root.service_parts)

    assert found == ["templat/01-kartu-ruang.docx tidak ada; edisi ruang-rapat-2026-01-05-kantor memakainya"]


def test_a_service_that_nobody_has_is_refused(office):
    with pytest.raises(NotFound, match="surat-keluar"):
        office.take("surat-keluar")


def test_running_cases_keep_their_edition_whatever_becomes_of_the_files(with_mail):
    folder = with_mail.root.layout.services / "surat-masuk" / "sop" / "2026-01-01"
    (folder / "moves.toml").write_text("[[gerak]]\n")

    with_mail.decide(MAIL, "konfirmasi", CLERK, BOOKED)

    assert case_of(with_mail, MAIL).state("agenda") == "disposisi"


def test_taking_it_again_leaves_what_the_office_changed(with_mail):
    file = with_mail.root.layout.services / "surat-masuk" / "layanan.toml"
    file.write_text(file.read_text().replace('"Surat masuk"', '"Agenda kantor"'))

    with_mail.take("surat-masuk")

    assert [service.short for service in with_mail.root.services] == ["Agenda kantor"]


def test_a_series_in_use_stays_what_it_is(with_mail):
    file = with_mail.root.layout.services / "surat-masuk" / "layanan.toml"
    file.write_text(file.read_text().replace('"SM"', '"MS"'))

    with pytest.raises(SettingsFault, match="tidak dapat diganti"):
        with_mail.take("surat-masuk")

    assert [service.series for service in with_mail.root.services] == ["SM"]


def test_the_folder_of_a_service_stays_in_the_inbox(with_mail):
    assert Path(with_mail.inbox_folder, "surat-masuk").is_dir()


def test_a_file_that_was_refused_comes_back_to_its_service(with_mail):
    with_mail.drop_for("surat-masuk", "rusak.pdf", b"BAD")
    with_mail.run_once()

    assert (
        with_mail.root.mailroom().retry("rusak.pdf", Actor("surat-masuk.agendaris", "sari")) == "surat-masuk/rusak.pdf"
    )


def test_what_lies_deeper_in_the_folder_of_a_service_is_for_it(with_mail):
    with_mail.drop_for("surat-masuk/november", "kedua.pdf", b"Surat kedua")

    with_mail.run_once()

    assert [str(number) for number in with_mail.root.cabinet.numbers()] == ["2026~SM/0001", "2026~SM/0002"]


@pytest.mark.in_folders
def test_the_register_of_a_service_is_made_anew_from_its_folders(with_mail):
    before = with_mail.root.rows.rows()
    with_mail.root.layout.book(MAIL.volume).unlink()

    with_mail.root.book.rebuild()

    assert with_mail.root.rows.rows() == before
    assert with_mail.root.rebuild() == 0


def test_a_new_version_of_a_service_template_is_looked_through_like_any_other(with_mail):
    card = with_mail.root.service_shelf.templates("surat-masuk")["02-kartu-agenda"]
    document = Document(card)
    document.add_paragraph("{{ isian.asal_surt }}")
    document.save(with_mail.root.layout.root / "kartu.docx")
    sent = (with_mail.root.layout.root / "kartu.docx").read_bytes()

    found = with_mail.root.template_checker.check("02-kartu-agenda", sent)

    assert [finding.nearest for finding in found] == ["asal_surat"]
    assert with_mail.root.template_checker.check("02-kartu-agenda", card.read_bytes()) == []
    assert with_mail.root.template_previews.sample("02-kartu-agenda", "lazim")["isian"]["asal_surat"]
    with_mail.root.template_checker.close()


def test_after_a_restore_each_series_goes_on_behind_what_was_given(with_mail, capsys):
    folder = str(with_mail.root.layout.root)
    with_mail.bring_back()

    assert main(["--root", folder, "nomor", "--register", "tetap", "--naskah", "tetap"]) == UsageFault.exit_code
    assert "SM=NOMOR" in capsys.readouterr().err
    others = [with_mail.root.pattern.read("AGENDA-0005/2026")]
    assert with_mail.root.numbers.confirm(None, {}, "Ani Rekaan", with_mail.clock.now(), others) == 4
    with_mail.drop_for("surat-masuk", "baru.pdf", b"Surat baru")
    with_mail.run_once()

    assert [str(number) for number in with_mail.root.cabinet.numbers()] == ["2026~SM/0001", "2026~SM/0006"]


def test_a_file_sent_for_a_service_is_attached_to_its_cases_alone(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.run_once()

    with_mail.drop_for("surat-masuk", "bukti 0001-YANKOMAS-2026.pdf", b"Bukti")
    with_mail.drop_for("surat-masuk", "lampiran AGENDA-0001-2026.pdf", b"Lampiran")
    with_mail.run_once()

    assert [str(number) for number in with_mail.root.cabinet.numbers()] == [
        "2026/0001",
        "2026~SM/0001",
        "2026~SM/0002",
    ]
    kinds = [[one.kind for one in case_of(with_mail, number).documents] for number in (COMPLAINT, MAIL)]
    assert ["lampiran" in of_one for of_one in kinds] == [False, True]


@pytest.mark.parametrize("name", ["ditolak", "bolak-balik", "perkara-7-2026"])
def test_a_service_is_not_called_as_a_folder_of_the_inbox_that_means_something_else(office, name):
    write_service(office.root.layout.root)
    place = office.root.layout.services
    (place / "ruang-rapat").rename(place / name)

    _, found = service_faults(name, office.root.service_parts)

    assert any("berarti lain di kotak masuk" in fault for fault in found)


def test_a_copy_from_which_another_service_is_to_be_made_disturbs_nothing_of_the_one_in_use(with_mail):
    layanan, name = with_mail.root.layout.services, "04-surat-pengembalian.docx"
    shutil.copytree(layanan / "surat-masuk", layanan / "surat-keluar")
    (layanan / "surat-keluar" / "templat" / name).write_bytes(b"setengah jadi")

    with_mail.take("surat-masuk")

    of_mail = (layanan / "surat-masuk" / "templat" / name).read_bytes()
    assert with_mail.root.template_shelf.read(name.removesuffix(".docx")) == of_mail
    with pytest.raises(SettingsFault):
        with_mail.take("surat-keluar")


def test_an_attachment_that_was_refused_comes_back_to_the_case_of_its_service(with_mail):
    with_mail.drop_for("2026~SM-0001", "lampiran.pdf", b"BAD")
    with_mail.run_once()

    back = with_mail.root.mailroom().retry("lampiran.pdf", Actor("surat-masuk.agendaris", "sari"))

    assert back == "2026~SM-0001/lampiran.pdf"


def test_a_pattern_of_the_office_by_which_a_services_number_could_be_read_is_not_taken_into_use(with_mail, caplog):
    file = with_mail.root.layout.settings
    written = file.read_text()
    file.write_text(written.replace("{urut:04d}/YANKOMAS/{tahun}", "AGENDA-{urut:04d}/{tahun}"))

    assert with_mail.root.successor() is None
    assert "tidak dapat dibedakan" in caplog.text
    with pytest.raises(SettingsFault, match="tidak dapat dibedakan"):
        _ = office_in(with_mail.root.layout.root).pattern
    file.write_text(written.replace("{urut:04d}/YANKOMAS/{tahun}", "HAM-{urut:04d}/{tahun}"))
    assert with_mail.root.successor().pattern.write(COMPLAINT) == "HAM-0001/2026"


def test_who_meets_a_case_of_a_service_taken_up_elsewhere_goes_on_with_all_that_the_service_brings(tmp_path):
    office = ServiceOffice(tmp_path)
    running = office_in(office.root.layout.root)
    assert (running.services, running.pattern.others) == ((), {})
    office.take("surat-masuk")
    number = office.open("surat-masuk.tanpa-pindaian", BOOKED, CLERK)

    running.sop_of(office.root.cabinet.case(number))

    later = running.successor()
    assert later is not None
    assert later.pattern.read("AGENDA-0001/2026") == number
    later.sop_of(office.root.cabinet.case(number))
    assert later.successor() is None


def test_an_office_that_did_not_change_is_asked_for_a_later_one_without_reading_its_file(with_mail, monkeypatch):
    root, read = office_in(with_mail.root.layout.root), []
    assert root.services
    assert root.settings
    root.successor()
    reading = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or reading(path))

    assert root.successor() is None
    assert "office.toml" not in read
