"""All open cases go to a successor office through a folder that both reach; both say so, and a list is signed."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pytest
from offices import FakeOffice
from pypdf import PdfReader

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.timeline import timeline
from pipeline.cases.transfers import left_to, transfers, under_way
from pipeline.cli import main
from pipeline.errors import ArchiveFault, NotAllowed, NotFound
from pipeline.wiring.handing_over import hand_over_list, transfer_parts_through
from pipeline.work.hand_all_over import offer_all
from pipeline.work.transfer import TransferParts, accept, note_answers, offer, refuse, withdraw

FIRST, SECOND, THIRD, FOURTH = (CaseNumber(2026, n) for n in (1, 2, 3, 4))
HEAD, TEAM, KABID = Actor("kakanwil", "budi"), Actor("tim-yankomas", "ani"), Actor("kabid", "dewi")
THERE, WHY = "Kanwil Kementerian HAM Rekaan", "Kementerian dipisah."


class Handing:
    """Two offices, each in a folder of its own, and the folder between them."""

    def __init__(self, tmp_path) -> None:
        self.between = tmp_path / "cakram"
        self.between.mkdir()
        self.here, self.there = (FakeOffice(tmp_path / name) for name in ("lama", "baru"))
        for n in (1, 2, 3):
            self.here.drop(f"surat-{n}.pdf", f"Aduan {n}".encode())
            self.here.run_once()
        self.here.decide(THIRD, "batal", "tim-yankomas", {"alasan": "Iklan."})

    def parts(self, office: FakeOffice) -> TransferParts:
        found = transfer_parts_through(office.root, self.between, lambda: office.reader, lambda: office.validator)
        return replace(found, deciding=office.decide_parts, enrolling=office.enrol_parts)

    def all_sent(self):
        numbers = (FIRST, SECOND, THIRD)
        return offer_all(numbers, THERE, WHY, by=HEAD, parts=self.parts(self.here))

    def incoming(self) -> list[str]:
        return [parcel.id for parcel in self.parts(self.there).exchange.incoming()]


@pytest.fixture
def handing(tmp_path) -> Handing:
    return Handing(tmp_path)


def test_open_cases_go_and_both_registers_say_so(handing):
    sent, again = handing.all_sent(), handing.all_sent()
    first, second = handing.incoming()
    taken = accept(first, by=TEAM, parts=handing.parts(handing.there))
    refuse(second, "Bukan wilayah kami.", by=KABID, parts=handing.parts(handing.there))
    noted, noted_again = (note_answers(handing.parts(handing.here)) for _ in range(2))

    case, other = (handing.here.root.cabinet.case(number) for number in (FIRST, SECOND))
    assert [(one.number, one.done) for one in sent] == [(FIRST, True), (SECOND, True)]  # the third has ended
    assert [one.done for one in again] == [False, False]
    assert (noted, noted_again) == (2, 0)
    assert left_to(case) == THERE
    assert next(transfers(taken)).number == case.received.register_number
    assert "Bukan wilayah kami" in str(timeline(other, handing.here.root.sop_of(other))[-1])
    assert handing.incoming() == []
    assert not list(handing.between.glob("*/berkas-*"))
    assert "Aduan 1" not in "".join(p.read_text() for p in handing.between.glob("*/*.json"))
    assert [one.number for one in handing.all_sent() if one.done] == [SECOND]  # what was refused can be sent again
    assert main(["--root", str(handing.there.root.layout.root), "verify"]) == 0


def test_the_list_names_each_case_with_its_number_there_and_has_a_place_for_both_signatures(handing):
    with pytest.raises(NotFound):
        hand_over_list(handing.here.root, THERE)
    handing.all_sent()
    taken = accept(handing.incoming()[0], by=TEAM, parts=handing.parts(handing.there))
    note_answers(handing.parts(handing.here))
    told = {"perihal": "Tanah", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Kebun."}
    handing.here.open("lisan", told)
    offer(FOURTH, THERE, WHY, by=HEAD, parts=handing.parts(handing.here))

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(hand_over_list(handing.here.root, THERE))).pages)

    for words in ("0001/YANKOMAS/2026", "0002/YANKOMAS/2026", THERE, "Belum dijawab", "3 (tiga) perkara"):
        assert words in text
    assert taken.received.register_number in text
    assert "Yang menyerahkan," in text
    assert "Yang menerima," in text
    assert "Belum selesai di kantor yang menyerahkan: Formulir pengaduan menunggu tanda tangan" in text
    assert "Aduan 1" not in text


def test_what_was_taken_back_is_not_taken_and_can_go_again(handing):
    handing.all_sent()
    first, _ = handing.incoming()

    withdraw(first, by=HEAD, parts=handing.parts(handing.here))

    with pytest.raises(NotFound, match="tidak menunggu"):
        accept(first, by=TEAM, parts=handing.parts(handing.there))
    assert under_way(handing.here.root.cabinet.case(FIRST)) is None
    assert [one.number for one in handing.all_sent() if one.done] == [FIRST]
    assert len(handing.incoming()) == 2


def test_what_a_crash_cut_short_is_mended_by_doing_it_again(handing, monkeypatch):
    parts = handing.parts(handing.here)
    parts.exchange.send(THERE, FIRST, {"sisa": "dari sebelum listrik padam"}, [b"x"])  # no journal tells of it

    handing.all_sent()
    (first, _), there = handing.incoming(), handing.parts(handing.there)
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr("pipeline.work.store.folder_exchange.HeldFolder.take", _killed)
        accept(first, by=TEAM, parts=there)
    again = accept(first, by=TEAM, parts=there)

    assert again.number == CaseNumber(2026, 1)  # registered once
    assert not (handing.there.root.layout.case(SECOND)).exists()


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_parcel_that_was_changed_on_the_way_is_refused_and_keeps_no_other_back(handing):
    handing.all_sent()
    first, second = handing.incoming()
    (handing.between / first / "berkas-0").write_bytes(b"lain")
    told = json.loads((handing.between / second / "kiriman.json").read_text())
    del told["isi"]["register"]
    (handing.between / second / "kiriman.json").write_text(json.dumps(told))

    assert handing.incoming() == [first]
    with pytest.raises(ArchiveFault, match="berubah di jalan"):
        accept(first, by=TEAM, parts=handing.parts(handing.there))
    assert not handing.there.root.layout.case(FIRST).exists()


def test_who_may_not_does_not(handing):
    refused = offer_all([FIRST], THERE, WHY, by=TEAM, parts=handing.parts(handing.here))

    assert [(one.done, "tidak berwenang" in one.why) for one in refused] == [(False, True)]
    with pytest.raises(NotAllowed):
        offer(FIRST, THERE, WHY, by=TEAM, parts=handing.parts(handing.here))


def test_it_is_done_by_commands(handing, capsys, tmp_path):
    here, there = (str(office.root.layout.root) for office in (handing.here, handing.there))
    through, output = ["--lewat", str(handing.between)], str(tmp_path / "ba.pdf")
    all_of_them = ["pindah", "semua", "--ke", THERE, "--alasan", WHY, *through]

    assert main(["--root", here, *all_of_them, "--as", "kabid"]) == NotAllowed.exit_code
    assert main(["--root", here, *all_of_them, "--as", "kakanwil"]) == 0
    assert main(["--root", here, *all_of_them, "--as", "kakanwil"]) == 0
    assert "0 perkara dikirim" in capsys.readouterr().out
    assert main(["--root", there, "pindah", "daftar", *through]) == 0
    first = handing.incoming()[0]
    assert first in capsys.readouterr().out
    assert main(["--root", there, "pindah", "tolak", first, "--alasan", "Salah.", "--as", "kabid", *through]) == 0
    assert main(["--root", here, "pindah", "berita-acara", "--ke", THERE, "-o", output, *through]) == 0
    assert main(["--root", here, "pindah", "daftar", "--lewat", str(tmp_path / "tidak-ada")]) == NotFound.exit_code


def test_why_a_secret_case_is_sent_is_printed_for_who_takes_or_refuses_it_and_the_log_says_so(handing, capsys):
    told = {"perihal": "Tanah", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Kebun."}
    number = handing.here.open("lisan", {**told, "sifat": "rahasia"})
    offer(number, THERE, "Saksi di sana.", by=HEAD, parts=handing.parts(handing.here))
    there = ["--root", str(handing.there.root.layout.root), "pindah", "daftar", "--lewat", str(handing.between)]

    printed = []
    for more in ([], ["--as", "kadiv"], ["--as", "kabid"]):
        assert main([*there, *more]) == 0
        printed.append("Saksi di sana." in capsys.readouterr().out)

    assert printed == [False, False, True]
    log = handing.there.root.access_log
    assert [e.kind for month in log.months() for e in log.entries(month)].count("pindah daftar") == 3
