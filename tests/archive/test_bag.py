"""Every case folder is a BagIt 1.0 bag that a tool not of ours accepts, and its tags follow from the journal alone."""

import hashlib
import logging

import bagit
import pytest
from case_factory import document, drafted, lines, received, recognised
from fakes import MORNING

from pipeline.archive.bagit import JOURNAL, PAYLOAD, bag_files
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault

NUMBER = CaseNumber(2026, 7)
CONTENTS = {
    "01-surat.pdf": b"%PDF surat",
    "02-teks.txt": "Bupati Rejang Lebong, Rokhmānī".encode(),
    "01-tanda-terima-v1.docx": b"",
}
HAPPENED = (
    received(documents=(document("01-surat.pdf", CONTENTS["01-surat.pdf"]),)),
    recognised(documents=(document("02-teks.txt", CONTENTS["02-teks.txt"], kind="teks", step=2),)),
)


@pytest.fixture(autouse=True)
def _quiet():
    logging.getLogger("bagit").setLevel(logging.CRITICAL)


def written(folder, happened):
    """Write a case folder as the archive does: payload, journal and the bag's own files."""
    text, entries = lines(*happened)
    (folder / PAYLOAD).mkdir()
    for event in happened:
        for made in event.documents:
            (folder / PAYLOAD / made.name).write_bytes(CONTENTS[made.name])
    (folder / JOURNAL).write_bytes(text)
    for name, data in bag_files(NUMBER, entries).items():
        (folder / name).write_bytes(data)
    return bagit.Bag(str(folder))


def test_a_tool_not_of_ours_finds_the_folder_complete_and_valid(tmp_path):
    bag = written(tmp_path, HAPPENED)

    bag.validate()

    assert bag.version_info == (1, 0)
    assert bag.algorithms == ["sha256"]
    assert bag.info["External-Identifier"] == "2026/0007"
    assert bag.info["Payload-Oxum"] == f"{sum(len(CONTENTS[n]) for n in ('01-surat.pdf', '02-teks.txt'))}.2"
    assert set(bag.payload_files()) == {"data/01-surat.pdf", "data/02-teks.txt"}


def test_it_is_valid_again_after_every_line_of_the_journal(tmp_path):
    for length in (1, 2):
        folder = tmp_path / str(length)
        folder.mkdir()

        assert written(folder, HAPPENED[:length]).validate()


@pytest.mark.parametrize("name", ["data/01-surat.pdf", "bag-info.txt", "manifest-sha256.txt", "bagit.txt"])
def test_a_tool_not_of_ours_finds_a_changed_byte(tmp_path, name):
    written(tmp_path, HAPPENED)
    path = tmp_path / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises((bagit.BagError, ValueError, UnicodeError)):
        bagit.Bag(str(tmp_path)).validate()


def test_the_journal_stands_outside_the_tag_manifest_because_its_own_chain_guards_it():
    files = bag_files(NUMBER, lines(*HAPPENED)[1])

    listed = [line.split(b"  ")[1] for line in files["tagmanifest-sha256.txt"].splitlines()]
    assert listed == [b"bag-info.txt", b"bagit.txt", b"manifest-sha256.txt"]
    for line in files["tagmanifest-sha256.txt"].splitlines():
        digest, name = line.decode().split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_the_same_journal_gives_the_same_bytes_and_the_date_is_the_last_lines():
    entries = lines(*HAPPENED)[1]

    assert bag_files(NUMBER, entries) == bag_files(NUMBER, entries)
    assert f"Bagging-Date: {MORNING.date()}\n".encode() in bag_files(NUMBER, entries)["bag-info.txt"]


def test_the_manifest_lists_every_document_by_name_once():
    happened = (*HAPPENED, drafted("01-tanda-terima"))

    manifest = bag_files(NUMBER, lines(*happened)[1])["manifest-sha256.txt"].decode()

    names = [line.split("  ")[1] for line in manifest.splitlines()]
    assert names == ["data/01-surat.pdf", "data/01-tanda-terima-v1.docx", "data/02-teks.txt"]


@pytest.mark.parametrize("name", ["a\n0000  data/b", "../keluar.pdf", "", ".", "..", ".tersembunyi", "a/b.pdf", "a\\b"])
def test_no_documents_name_can_write_a_line_of_its_own_or_leave_the_folder(name):
    entries = lines(received(documents=(document("01-surat.pdf"), document(name))))[1]

    with pytest.raises(ArchiveFault, match="tidak berbentuk"):
        bag_files(NUMBER, entries)
