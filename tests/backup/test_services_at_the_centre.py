"""An office with other services and an SOP of its own moves into the centre, works there, is exported and moves out."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from central_servers import servers_of_this_run
from ended_cases import destroyed, let_all_fall_due
from fakes import FakePress
from offices import _OPEN, WORD, copied, somebody
from other_services import BOOKED, CLERK, HEAD, MAIL, ServiceOffice, write_service
from sop_texts import own_texts
from test_central_moves import files_of, quiet

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cli import main
from pipeline.cli.centre import REMOVAL_KEY, REMOVAL_KEY_ID
from pipeline.drawing.engines.pdfa_check import SOUND
from pipeline.errors import NotAllowed, Passing
from pipeline.letters.in_force import KEY as KEY_OF_PAGES
from pipeline.office.central_plan import KEY, KEY_ID
from pipeline.register.ports import Extent
from pipeline.register.summary.period import Period
from pipeline.storage.disk import sha256_of
from pipeline.storage.postgres_lines import EDITIONS
from pipeline.wiring import central_export, office_in
from pipeline.wiring.central_workers import TendedOffice
from pipeline.work.close_year import close_year
from pipeline.work.tend import tend
from pipeline.work.transfer import offer

ROOM = CaseNumber(2026, 1, "RR")
LONGER = ("steps.toml", 'hari = 2\nwaktu = "2 hari"', 'hari = 5\nwaktu = "5 hari"')
#: What is made anew from the cases, in an archive.
VIEWS = ("register-", ".settled")


@pytest.fixture
def moved_in(monkeypatch):
    """What moves an office into the centre under a new name, and returns it as it is there."""
    servers = servers_of_this_run()
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", servers.database)

    def move_in(office: ServiceOffice) -> ServiceOffice:
        name = next(servers.names)
        own = servers.key_of(name)
        monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY_ID.upper()}", own.key_id)
        monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY.upper()}", own.secret)
        words = ("pusat", "kantor", "pindah-masuk", str(office.root.layout.root), name, "--objek", own.address)
        assert main([*words]) == 0
        return opened(office)

    return move_in


@pytest.fixture(scope="module")
def office_once(tmp_path_factory) -> Path:
    """The folder of an office on one PC: an edition of its own in force, a complaint, letters of two services."""
    made = ServiceOffice(tmp_path_factory.mktemp("sekali") / "kantor")
    now = made.clock.now()
    own = made.root.own_editions(new=True)
    own.install(now.date(), own_texts(now.date(), LONGER), by="ani", at=now, why="dua hari terlalu singkat")
    write_service(made.root.layout.root)
    made.take("surat-masuk")
    made.take("ruang-rapat")
    made.drop("aduan.pdf", b"Aduan rekaan")
    for text in ("undangan", "edaran"):
        made.drop_for("surat-masuk", f"{text}.pdf", f"Surat {text}".encode())
    made.drop_for("ruang-rapat", "pinjam.pdf", b"Pinjam ruang")
    made.run_once()
    made.decide(MAIL, "konfirmasi", CLERK, BOOKED)
    made.decide(ROOM, "catat", "ruang-rapat.penjaga", {"peminta": "Bagian Rekaan"})
    made.root.seals.seal_now(now)
    return made.root.layout.root


@pytest.fixture
def office(office_once, tmp_path) -> ServiceOffice:
    """Such an office of a test's own, where cases of all three are under way."""
    return ServiceOffice(copied(office_once, tmp_path / "kantor"))


def opened(office: ServiceOffice) -> ServiceOffice:
    made = ServiceOffice(office.root.layout.root)
    _OPEN.append(made)
    return made


def move_out(office: ServiceOffice) -> ServiceOffice:
    assert main(["pusat", "kantor", "pindah-keluar", str(office.root.layout.root)]) == 0
    home = ServiceOffice(office.root.layout.root)
    home.root.rebuild()
    home.root.book.rebuild()
    return home


def truth(office: ServiceOffice) -> dict[str, bytes]:
    """Return what an archive has that is no view: cases, witnesses, numbers, books, what was ever in force."""
    return {name: data for name, data in files_of(office.root.layout.archive).items() if not name.startswith(VIEWS)}


def numbers(office: ServiceOffice) -> list[str]:
    return [str(number) for number in office.root.cabinet.numbers()]


def test_cases_of_two_services_move_in_and_out_byte_for_byte_and_their_series_go_on(office, moved_in):
    _ = office.root.keys.key(KEY_OF_PAGES)  # as an office has it that has printed
    before, rows = truth(office), office.root.rows.rows()
    assert {".sop/daftar.jsonl", ".layanan/daftar.jsonl", "2026~SM/.tertinggi"} <= before.keys()

    there = moved_in(office)

    assert not any((there.root.layout.archive / gone).exists() for gone in (".sop", ".layanan", "2026~SM"))
    assert there.root.rows.rows() == there.root.rows.rows(2026) == rows
    assert [service.key for service in there.root.services] == ["ruang-rapat", "surat-masuk"]
    there.root.publish_in_force()
    assert there.root.verify(quiet) == []

    home = move_out(there)
    assert truth(home) == before
    assert home.root.verify(quiet) == []

    again = moved_in(home)
    for service in ("surat-masuk", "ruang-rapat"):
        again.drop_for(service, "lagi.pdf", f"Lagi bagi {service}".encode())
    again.run_once()
    assert again.root.verify(quiet) == []
    last = move_out(again)
    last.drop_for("surat-masuk", "keempat.pdf", b"Surat keempat")
    last.drop("aduan kedua.pdf", b"Aduan kedua")
    last.run_once()

    serials = {"2026": 2, "2026~RR": 2, "2026~SM": 4}
    assert sorted(numbers(last)) == [f"{of}/{n:04d}" for of, most in serials.items() for n in range(1, most + 1)]
    assert last.root.verify(quiet) == []


def test_a_service_is_counted_opened_by_hand_and_closed_at_the_centre_as_on_one_pc(office, moved_in):
    there = moved_in(office)
    by_hand = there.open("surat-masuk.tanpa-pindaian", {**BOOKED, "perihal": "Dengan tangan"}, CLERK)
    there.clock.forward(days=60)
    root, now, service = there.root, there.clock.now(), there.root.service_named("surat-masuk")
    root.book.refresh()

    counted = root.summaries.of(Period(2026), now, {CLERK}, service)
    parts = root.close_year_parts(lambda: there.reader)
    end = close_year(2026, by=Actor("arsiparis", "ita"), parts=parts, series="SM")

    kinds = next(b for b in counted.breakdowns if b.key == "jenis_surat")
    assert (counted.flow.received, [line.count for line in kinds.lines if line.label == "undangan"]) == (3, [2])
    assert (str(by_hand), end.figures.count, end.figures.last) == ("2026~SM/0003", 3, 3)
    assert (root.booked_years("SM"), root.booked_years("XX"), root.booked_years()) == ([2026], [], [2026])
    there.clock.forward(days=-50)
    with pytest.raises(Passing, match="deret SM"):
        there.open("surat-masuk.tanpa-pindaian", {**BOOKED, "perihal": "Terlambat"}, CLERK)
    there.drop("aduan kedua.pdf", b"Aduan kedua")
    there.run_once()
    assert root.verify(quiet) == []
    home = move_out(there)
    assert home.root.year_ends.closed() == {MAIL.volume}
    assert "2026/0002" in numbers(home)
    assert home.root.verify(quiet) == []


def test_services_work_at_the_centre_as_on_one_pc(office, moved_in):
    there = moved_in(office)

    there.decide(MAIL, "disposisi", HEAD, {"diteruskan_kepada": "Subbagian", "isi_disposisi": "Hadiri"})
    case = there.decide(ROOM, "jawab", "ruang-rapat.kepala", {"ruang": "Melati"})
    there.root.index.refresh()

    assert case.received.register_number == "001/RUANG/2026"
    assert "Ruang Melati bagi Bagian Rekaan" in " ".join(there.lines(ROOM, "02-jawaban-ruang"))
    assert [hit.case_number for hit in there.search("undangan rapat").hits] == [MAIL]
    extents = {None: 4, "": 1, "SM": 2, "RR": 1}
    for series, count in extents.items():
        counted, page = there.root.index.page(Extent(2026, series=series), 0, 10)
        assert (counted, len(page)) == (count, count), series
    with pytest.raises(NotAllowed, match="milik layanan lain"):
        offer(MAIL, "lain", "salah alamat", by=Actor("kakanwil", "kakanwil"), parts=transfers(there))
    assert there.root.verify(quiet) == []


def transfers(office):
    return office.root.transfer_parts(lambda: office.reader, lambda: office.validator)


def test_the_content_of_a_case_of_a_service_is_destroyed_at_the_centre(office, moved_in, monkeypatch):
    office.decide(ROOM, "jawab", "ruang-rapat.kepala", {"ruang": "Melati"})
    let_all_fall_due(office)
    there = moved_in(office)
    there.root.index.refresh()
    assert there.search("bagian rekaan").total == 1
    gone = {document.sha256 for document in there.root.cabinet.case(ROOM).documents}
    monkeypatch.setenv(REMOVAL_KEY_ID, there.root.objects.place.key_id)
    monkeypatch.setenv(REMOVAL_KEY, there.root.objects.place.secret)

    destroyed(there.root.record_parts, ROOM)
    assert main(["pusat", "musnahkan", there.root.central_plan.office]) == 0

    assert all(there.root.objects.size(sha256) is None for sha256 in gone)
    assert there.search("bagian rekaan").total == 0
    assert len(there.root.cabinet.numbers()) == 4
    assert there.root.verify(quiet) == []


def test_the_export_has_services_and_editions_and_opens_without_the_centre(office, moved_in, tmp_path):
    before = truth(office)
    there = moved_in(office)
    place = tmp_path / "ekspor"
    place.mkdir()

    folder, count = central_export.export_office(there.root.exporting, place, quiet)

    assert count == 4
    exported = files_of(folder / "archive")
    changed = {".kotak-masuk", "akses", ".keadaan", ".segel", ".pulih"}  # which went on meanwhile
    for name, data in before.items():
        if name.split("/")[0] not in changed:
            assert exported[name] == data, name
    alone = office_in(folder)
    assert [finding for finding in alone.verify(quiet) if finding.code != "buku"] == []
    assert [service.key for service in alone.services] == ["ruang-rapat", "surat-masuk"]
    assert alone.editions[-1].own
    assert alone.numbers.restored_from() is not None


def test_a_worker_handles_cases_by_what_is_noted_and_published_at_the_centre_and_not_by_its_own_folder(
    office, moved_in, tmp_path
):
    there = moved_in(office)
    there.root.publish_in_force()
    day = there.clock.now().date()
    machine = tmp_path / "mesin-lain"
    shutil.copytree(there.root.layout.root, machine, ignore=shutil.ignore_patterns("arsip-sebelum-pusat", ".locks"))
    changed = machine / "layanan" / "yankomas" / "sop" / day.isoformat() / "steps.toml"
    changed.write_text(changed.read_text().replace("hari = 5", "hari = 9").replace('"5 hari"', '"9 hari"'))
    stray = machine / "layanan" / "yankomas" / "sop" / "2026-11-01"
    shutil.copytree(changed.parent, stray)
    edition = stray / "edition.toml"
    edition.write_text(edition.read_text().replace(f"berlaku = {day.isoformat()}", "berlaku = 2026-11-01"))
    shutil.rmtree(machine / "layanan" / "ruang-rapat")

    with closing(TendedOffice(machine, threading.Event())) as worker:
        with worker.parts() as parts:
            root = worker._now.root
            assert [sop.key for sop in root.editions if sop.own] == [f"{day.isoformat()}-kantor"]
            complaint = root.cabinet.case(CaseNumber(2026, 1))
            assert parts.sop(complaint).step("telaahan").limit.days == 5
            assert root.own_editions().notes() == there.root.own_editions().notes(), "nothing begins from here"

            decide(ROOM, "jawab", {"ruang": "Melati"}, by=somebody("ruang-rapat.kepala"), parts=there.decide_parts)
            fakes = {"press": FakePress(), "letters": WORD, "clock": there.clock, "archival": lambda _: SOUND}
            case = tend(ROOM, replace(parts, **fakes))
        worker.root.database.close()

    template = there.root.layout.services / "ruang-rapat" / "templat" / "02-jawaban-ruang.docx"
    assert case.drafts["02-jawaban-ruang"].template_sha256 == sha256_of(template)


def test_what_an_earlier_version_left_in_the_folder_of_an_office_of_the_centre_is_taken_in_once(office, moved_in):
    there = moved_in(office)
    layout = there.root.layout
    shutil.copytree(layout.root / "arsip-sebelum-pusat" / ".sop", layout.archive / ".sop")
    with psycopg.connect(servers_of_this_run().database) as owner:
        for table in ("versi_tercatat", "catatan"):
            owner.execute(f"DELETE FROM {there.root.central_plan.office}.{table} WHERE buku = %s", (EDITIONS,))

    for _ in range(2):
        later = opened(office)
        assert later.root.editions[-1].own
        assert not (layout.archive / ".sop").exists()
    assert later.root.verify(quiet) == []
