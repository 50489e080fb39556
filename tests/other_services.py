"""Offices with other services, and an invented one: under a hundred lines of TOML and two Word files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docx import Document
from offices import WordOffice

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.work.services import take_service
from pipeline.work.tend import TendParts

LAYANAN = """
nama = "Peminjaman Ruang Rapat"
sebutan = "Ruang rapat"
deret = "RR"
nomor = "{urut:03d}/RUANG/{tahun}"

[[peran]]
kunci = "ruang-rapat.penjaga"
nama = "Penjaga ruang"
hak = "menangani"

[[peran]]
kunci = "ruang-rapat.kepala"
nama = "Kepala rumah tangga"
hak = "memutus"
"""
EDITION = """
nomor = "RR-01"
nama = "Peminjaman Ruang Rapat"
kantor = "Kantor Rekaan"
ditetapkan = 2026-01-05
berlaku = 2026-01-05
dasar_hukum = ["Surat Edaran Rekaan Nomor 1"]

[[lajur]]
peran = "ruang-rapat.penjaga"
nama = "Penjaga ruang"

[[lajur]]
peran = "ruang-rapat.kepala"
nama = "Kepala rumah tangga"

[[langkah]]
kunci = "permintaan"
kegiatan = "Penjaga mencatat permintaan"
pelaksana = ["ruang-rapat.penjaga"]
hari = 1
waktu = "1 hari"

[[langkah]]
kunci = "persetujuan"
kegiatan = "Kepala menyetujui atau menolak"
pelaksana = ["ruang-rapat.kepala"]
hari = 2
waktu = "2 hari"

[[keadaan]]
kunci = "diminta"
label = "menunggu pencatatan"
langkah = "permintaan"
menunggu = ["ruang-rapat.penjaga"]

[[keadaan]]
kunci = "diperiksa"
label = "menunggu persetujuan"
langkah = "persetujuan"
menunggu = ["ruang-rapat.kepala"]

[[keadaan]]
kunci = "dijawab"
label = "selesai: dijawab"
langkah = "persetujuan"
akhir = true

[[gerak]]
kunci = "catat"
label = "Catat permintaan"
dari = ["diminta"]
ke = "diperiksa"
peran = ["ruang-rapat.penjaga"]
register = true
naskah = ["01-kartu-ruang"]

[[gerak]]
kunci = "jawab"
label = "Jawab permintaan"
dari = ["diperiksa"]
ke = "dijawab"
peran = ["ruang-rapat.kepala"]
naskah = ["02-jawaban-ruang"]
isian = [{ nama = "ruang", label = "Ruang", jenis = "pilihan", pilihan = ["Melati", "Kenanga"], wajib = true }]

[[naskah]]
templat = "01-kartu-ruang"
langkah = 1

[[naskah]]
templat = "02-jawaban-ruang"
langkah = 2

[[register]]
nama = "peminta"
label = "Unit yang meminta"
wajib = true
"""
OPENING = """
[[pembukaan]]
kunci = "lisan"
label = "Permintaan lisan"
peran = ["ruang-rapat.penjaga"]
wajib = ["peminta"]
"""
CARD = ("Kartu {{ nomor_register }}", "Peminta: {{ isian.peminta }}", "{{ gerak.jawab.ruang }}")
ANSWER = ("Ruang {{ gerak.jawab.ruang }} bagi {{ isian.peminta }}, oleh {{ gerak.jawab.oleh }}",)


def write_service(
    folder: Path, *, layanan: str = LAYANAN, edition: str = EDITION, card: tuple[str, ...] = CARD
) -> None:
    """Write the service into an office's folder, as somebody does with an editor and Word."""
    place = folder / "layanan" / "ruang-rapat"
    (place / "sop" / "2026-01-05").mkdir(parents=True, exist_ok=True)
    (place / "templat").mkdir(exist_ok=True)
    (place / "layanan.toml").write_text(layanan)
    (place / "sop" / "2026-01-05" / "edition.toml").write_text(edition)
    for name, lines in (("01-kartu-ruang", card), ("02-jawaban-ruang", ANSWER)):
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(place / "templat" / f"{name}.docx")


CLERK, UNIT, HEAD = "surat-masuk.agendaris", "surat-masuk.pengolah", "kakanwil"
MAIL, COMPLAINT = CaseNumber(2026, 1, "SM"), CaseNumber(2026, 1)
BOOKED = {
    "cara_penyampaian": "pos",
    "asal_surat": "Dinas Rekaan",
    "perihal": "Undangan rapat",
    "jenis_surat": "undangan",
}


class ServiceOffice(WordOffice):
    """An office with real Word files that may take services into use."""

    def take(self, key: str) -> None:
        """Take a service into use, and go on with the office as it is then."""
        take_service(key, by="penguji", parts=self.root.service_parts)
        if (later := self.root.successor()) is not None:
            later.clock, self.root = self.clock, later

    def drop_for(self, service: str, name: str, data: bytes) -> None:
        """Put a file into the inbox of a service."""
        folder = self.inbox_folder / service
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    @property
    def tend_parts(self) -> TendParts:
        typist = WordTypist(self.root.layout.templates, others=self.root.service_shelf.template_folders)
        return replace(super().tend_parts, typist=typist)


def case_of(office: ServiceOffice, number: CaseNumber) -> Case:
    """Return a case of an office."""
    return office.root.cabinet.case(number)
