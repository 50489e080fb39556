"""Two letters that lay in the scanner one behind the other: the second is suspected, parted, and each is read anew."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from fakes import FakeReader
from offices import WordOffice
from reading_pages import LETTER, page_of

from pipeline.cases.case_number import CaseNumber
from pipeline.reading.beginnings import beginnings
from pipeline.reading.engines.section_tagger import SectionTagger
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.ports import Reading

TEAM = "tim-yankomas"
FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
MORE = "Sejak portal itu dipasang kami memikul padi sejauh dua kilometer.\nTidak ada jawaban dari kantor desa." * 4
THEIRS = """
Curup, 4 September 2025
Hal\t: Pengaduan penahanan gaji guru bantu
Kepada Yth.
Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu
di Bengkulu
Dengan hormat,
Yang bertanda tangan di bawah ini:
Nama\t: Rahmad Umpama
Pekerjaan\t: Guru bantu
Alamat\t: Desa Air Rekaan RT 2, Kecamatan Curup Timur
dengan ini mengadukan Yayasan Contoh Pelita karena menahan gaji saya selama tujuh bulan. Pada
tanggal 2 Agustus 2025 bendahara yayasan menolak membayar di Desa Air Rekaan, Kecamatan Curup Timur.
Kepala sekolah sudah dua kali saya datangi, tetapi tidak ada penyelesaian sampai hari ini.
Karena itu saya memohon:
1. gaji saya dibayar seluruhnya;
2. yayasan dimintai keterangan.
Atas perhatian Bapak saya ucapkan terima kasih.
Hormat saya,
Rahmad Umpama
"""
#: What only the one or the other letter says.
OURS, OTHERS = ("Suryadi", "Sawah Luhur", "portal"), ("Rahmad", "Contoh Pelita", "gaji")


class TypedReader(FakeReader):
    """Reads typed pages, each a line of the file, by the rules with which scans are read."""

    sections = SectionTagger()

    def read(self, blob, received, progress=lambda *_: None):
        with blob.local() as path:
            data = path.read_bytes()
        typed = [line.removeprefix("- ").replace("|", "\n") for line in data.decode().splitlines()[1:]]
        pages = tuple(page_of(text, number) for number, text in enumerate(typed, start=1))
        letters = find_complaints(pages, received.date())
        return Reading(pages, letters, data, "ketikan", suspected=beginnings(pages, self.sections))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office in which both letters came as one scan of three pages."""
    office = WordOffice(tmp_path_factory.mktemp("kantor"))
    office.reader = TypedReader()
    lines = [text.strip("\n").replace("\n", "|") for text in (LETTER, MORE, THEIRS)]
    office.drop("surat.pdf", "\n".join(["PAGES", *(f"- {line}" for line in lines)]).encode())
    office.run_once()
    return office


def case(office, number):
    return office.root.cabinet.case(number)


def sheet(office, number, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(office.file(number, name))) as word:
        return "\n".join(word.read(part).decode() for part in word.namelist() if part.startswith("word/"))


def test_the_second_letter_is_suspected_and_after_parting_each_case_is_read_from_its_own_pages(office):
    (suspicion,) = case(office, FIRST).suspected

    office.decide(FIRST, "pisahkan", TEAM, {"halaman": str(suspicion.page)})
    office.run_once()

    assert suspicion.page == 3
    assert suspicion.reason.startswith("tampak seperti halaman pertama surat lain: ada tanggal surat")
    for number, own, others in ((FIRST, OURS, OTHERS), (SECOND, OTHERS, OURS)):
        fields = json.dumps(case(office, number).fields)
        assert [word for word in own if word not in fields] == []
        assert [word for word in others if word in fields] == []
        assert case(office, number).suspected == ()
        newest = max(d.name for d in case(office, number).documents if d.name.startswith("03-lembar-disposisi"))
        printed = sheet(office, number, newest.replace(".docx", ".pdf"))
        assert [word for word in others if word in printed] == []
        assert own[0] in printed
    asked = {number: [f["nilai"] for f in case(office, number).fields["permintaan"]] for number in (FIRST, SECOND)}
    assert asked == {
        FIRST: ["portal dibuka kembali", "kerugian panen kami diganti"],
        SECOND: ["gaji saya dibayar seluruhnya", "yayasan dimintai keterangan"],
    }
