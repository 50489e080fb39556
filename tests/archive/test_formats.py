"""What formats an archive holds, by PRONOM's names, and at which files one should look: also in old archives."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import offices
import pytest
from careless_store import careless_store
from case_factory import case_of, document, drafted, printed, recognised
from fakes import FixedClock
from offices import FakeOffice
from PIL import Image

from pipeline.archive.formats import HEAD, SOUND, UNKNOWN, format_of, formats, held_files
from pipeline.archive.store.objects import Objects
from pipeline.cases.events import Failed, Returned, Validated, Withdrawn
from pipeline.cases.signature_proof import INK, FiledProof
from pipeline.cli import main
from pipeline.errors import ArchiveFault, Passing
from pipeline.wiring import Root, office_in
from pipeline.work.store.setup import lay_out_filled

OLD = Path(__file__).parents[1] / "archives" / "0.1.0"


def picture(kind: str, **options) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, kind, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "archival", "puid"),
    [
        (b"%PDF-1.4\n", "a.pdf", "", "fmt/18"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "a.pdf", "", "fmt/276"),
        (b"%PDF-2.0\n", "a.pdf", "", "fmt/1129"),
        (b"%PDF-1.7\n", "a.pdf", SOUND, "fmt/477"),
        (b"%PDF-1.7\n", "a.pdf", "Huruf X tidak tertanam.", "fmt/276"),
        (b"%PDF-9.9\n", "a.pdf", "", ""),
        (picture("JPEG"), "a.jpg", "", "fmt/43"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\0\0", "a.jpg", "", ""),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\0\0\1\1\1", "a.jpg", "", ""),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1", "a.jpg", "", ""),
        (picture("PNG"), "a.png", "", ""),
        (picture("TIFF"), "a.tif", "", "fmt/353"),
        (b"PK\x03\x04", "a.docx", "", "fmt/412"),
        (b"PK\x03\x04", "a.xlsx", "", "fmt/214"),
        (b"PK\x03\x04", "01-surat-asli.odt", "", ""),
        (b"PK\x03\x04", "01-surat-asli.zip", "", "x-fmt/263"),
        (rb"{\rtf1\ansi", "01-surat-asli.rtf", "", ""),
        (b"From: siti@contoh.id\r\n", "01-surat-asli.eml", "", "fmt/278"),
        (picture("WEBP"), "01-surat-asli.webp", "", ""),
        (b"Siti berkata", "a.txt", "", "x-fmt/111"),
        (b'{"engine": 1}', "a.json", "", "fmt/817"),
    ],
)
def test_a_format_is_told_by_the_first_bytes_and_named_only_where_that_is_certain(head, name, archival, puid):
    found = formats()[format_of(head[:1024], name, archival)]

    assert found.puid == puid
    assert found.key != "tidak-dikenal"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "a.pdf"),
        (b"MZ\0", "a.docx"),
        (b"PK\x03\x04", "a.pdf"),
        (b"\0", "a.txt"),
        (b"Siti berkata", "a.json"),
        (b"RIFF1234WAVE", "a.webp"),
        (b"RIFX1234WEBP", "a.webp"),
    ],
)
def test_what_is_not_what_its_name_says_is_unknown_and_named(head, name):
    case = case_of(recognised())
    case = replace(case, documents=(document(name),))

    (found,) = held_files(case, lambda _: head, lambda _: "")

    assert formats()[found.format].at_risk
    assert found.concern.startswith("tidak dikenal")


def test_every_puid_stands_once_and_looks_like_one():
    puids = [one.puid for one in formats().values() if one.puid]

    assert len(puids) == len(set(puids))
    assert all(puid.startswith(("fmt/", "x-fmt/")) for puid in puids)


def test_what_checks_found_stands_beside_each_file():
    scan = document("04-nota-telaahan-v1-bertanda-tangan.pdf", kind="04-nota-telaahan")
    case = case_of(
        recognised(),
        drafted("04-nota-telaahan"),
        replace(printed("04-nota-telaahan"), archival="Metadata XMP tidak ada."),
        Returned("04-nota-telaahan", 1, (scan,), signatures=(scan.name,)),
        Validated(scan.name, {"signatures": [{"worth": "berubah"}]}, ()),
        drafted("03-lembar-disposisi"),
        printed("03-lembar-disposisi"),  # as older versions wrote it
    )

    found = {f.name: f for f in held_files(case, lambda _: b"%PDF-1.7", lambda _: SOUND)}

    assert found["04-nota-telaahan-v1.pdf"].concern == "bukan PDF/A-2b: Metadata XMP tidak ada."
    assert found[scan.name].concern == "tanda tangan berubah"
    assert found["03-lembar-disposisi-v1.pdf"].format == "pdf-a-2b"
    assert found["01-surat.pdf"].concern == ""


def test_a_signature_that_was_withdrawn_is_told_beside_its_file():
    scan = document("04-nota-telaahan-v1-bertanda-tangan.pdf", kind="04-nota-telaahan")
    signed = Returned("04-nota-telaahan", 1, (scan,), proof=FiledProof(INK), signatures=(scan.name,))
    fell = Withdrawn(scan.name, "04-nota-telaahan", 1, "Keliru.", "budi")

    def concern(*events):
        case = case_of(recognised(), drafted("04-nota-telaahan"), *events)
        return next(f.concern for f in held_files(case, lambda _: b"%PDF-1.7", lambda _: SOUND) if f.name == scan.name)

    assert concern(signed) == ""
    assert "ditarik" in concern(signed, fell)


def test_an_archive_of_an_earlier_version_is_told_and_followed(tmp_path, capsys, monkeypatch):
    with tarfile.open(OLD / "kantor.tar.gz") as packed:
        packed.extractall(tmp_path)  # ours
    root = office_in(tmp_path / "kantor")
    monkeypatch.setattr(Root, "clock", FixedClock())

    code = main(["--root", str(tmp_path / "kantor"), "format", "--json"])
    told = json.loads(capsys.readouterr().out)

    numbers = root.cabinet.numbers()
    documents = [d for number in numbers for d in root.cabinet.case(number).documents]
    assert code == 0
    assert sum(one["files"] for one in told["formats"]) == len(documents)
    assert "fmt/477" in {one["format"]["puid"] for one in told["formats"]}
    assert root.format_registry.refresh() == 0
    first = numbers[0]
    assert sum(one.files for one in root.format_registry.held([first])) == len(documents) - len(
        root.cabinet.case(first).documents
    )


def test_the_list_follows_the_cases_and_is_made_anew_when_it_is_lost(office):
    office.drop("surat.pdf", b"%PDF-1.4 surat")
    office.run_once()
    registry = office.root.format_registry
    assert registry.refresh() == 0
    before = {one.format.key: one.files for one in registry.held()}

    office.drop("lagi.pdf", b"%PDF-1.4 lagi")
    office.run_once()
    left = registry.refresh(most=1)
    after = {one.format.key: one.files for one in registry.held()}
    office.root.layout.format_registry.write_bytes(b"rusak")

    assert left == 0
    assert after["pdf-1.4"] > before["pdf-1.4"]
    assert registry.refresh() == 0
    assert {one.format.key: one.files for one in registry.held()} == after


def test_a_large_archive_is_taken_in_by_parts(office):
    for n in range(3):
        office.drop(f"{n}.pdf", f"%PDF-1.4 surat {n}".encode())
    office.run_once()
    registry = office.root.format_registry

    assert [registry.refresh(most=2), registry.refresh(most=2), registry.refresh(most=2)] == [1, 0, 0]
    assert len({file.number for file in registry.concerns(9)}) <= 3


def test_at_the_centre_only_the_beginning_of_each_file_is_fetched_and_once(tmp_path, central, monkeypatch):
    lay_out_filled(tmp_path / "kantor")
    central.join(tmp_path / "kantor")
    office = FakeOffice(tmp_path / "kantor")
    offices._OPEN.append(office)
    office.drop("surat.pdf", b"%PDF-1.4 surat" + b"x" * 5000)
    office.run_once()
    number = office.root.cabinet.numbers()[0]
    fetched: list[int] = []
    real = Objects.beginning
    monkeypatch.setattr(Objects, "beginning", lambda self, one, size: fetched.append(size) or real(self, one, size))
    monkeypatch.setattr(Objects, "local", None)
    registry = office.root.format_registry

    assert registry.refresh() == 0
    assert "pdf-1.4" in {one.format.key for one in registry.held()}
    assert len(fetched) == len(office.root.cabinet.case(number).documents)
    assert max(fetched) == HEAD
    with office.root.cabinet.held(number) as folder:
        folder.append(Failed("baca", "rekaan", 1), {}, by="sistem", at=office.clock.now())
    fetched.clear()
    assert registry.refresh() == 0
    unknown = next(one.files for one in registry.held() if one.format.key == UNKNOWN)  # those are looked at again
    assert len(fetched) == unknown < len(office.root.cabinet.case(number).documents)


def test_a_store_that_is_away_makes_no_file_unknown(office, monkeypatch):
    office.drop("surat.pdf", b"%PDF-1.4 surat")
    office.run_once()
    away = Passing("Penyimpanan objek pusat tidak dapat dihubungi.", "Tunggu.")
    with monkeypatch.context() as broken:
        broken.setattr(type(office.root), "_beginning", lambda *_: (_ for _ in ()).throw(away))
        with pytest.raises(Passing):
            office.root.format_registry.refresh()

    assert office.root.format_registry.refresh() == 0
    assert "pdf-1.4" in {one.format.key for one in office.root.format_registry.held()}


def test_a_store_that_gives_parts_is_asked_for_no_more():
    data = b"%PDF-1.7 " + b"x" * 100_000
    with careless_store() as (store, place):
        objects = Objects(place, "rekaan")
        objects.put(data)
        sha256 = hashlib.sha256(data).hexdigest()

        assert objects.beginning(sha256, HEAD) == data[:HEAD]
        assert store.given == HEAD
        with pytest.raises(ArchiveFault, match="tidak ada"):
            objects.beginning("0" * 64, HEAD)
