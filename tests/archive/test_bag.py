"""Every case folder is a BagIt 1.0 bag that a tool not of ours accepts, and its tags follow from the journal alone."""

import hashlib
import logging

import bagit
import pytest
from case_factory import document, drafted, lines, received, recognised
from fakes import MORNING

from pipeline.archive.bagit import JOURNAL, PAYLOAD, SEAL, TAGS, bag_files, first_tags, taken_away
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
    for name, data in bag_files(NUMBER, entries, text).items():
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


@pytest.mark.parametrize(
    "name", ["data/01-surat.pdf", "bag-info.txt", "manifest-sha256.txt", "bagit.txt", "journal.jsonl"]
)
def test_a_tool_not_of_ours_finds_a_changed_byte(tmp_path, name):
    written(tmp_path, HAPPENED)
    path = tmp_path / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises((bagit.BagError, ValueError, UnicodeError)):
        bagit.Bag(str(tmp_path)).validate()


def test_the_tag_manifest_lists_every_tag_file_the_journal_too():
    text, entries = lines(*HAPPENED)
    files = {**bag_files(NUMBER, entries, text), JOURNAL: text}

    listed = [line.decode().split("  ") for line in files[TAGS].splitlines()]
    assert [name for _, name in listed] == ["bag-info.txt", "bagit.txt", JOURNAL, "manifest-sha256.txt"]
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for digest, name in listed)


def test_a_bag_of_the_first_versions_is_valid_without_its_journal_in_the_tag_manifest(tmp_path):
    bag = written(tmp_path, HAPPENED)
    (tmp_path / TAGS).write_bytes(first_tags(NUMBER, lines(*HAPPENED)[1]))

    bag.validate()
    assert JOURNAL not in (tmp_path / TAGS).read_text()


def test_a_bag_that_is_taken_away_has_the_seal_that_vouches_for_it_within_its_protection(tmp_path):
    written(tmp_path, HAPPENED)
    text, entries = lines(*HAPPENED)
    for name, data in taken_away(NUMBER, entries, text, b'{"seq":1}\n').items():
        (tmp_path / name).write_bytes(data)
    bagit.Bag(str(tmp_path)).validate()

    (tmp_path / SEAL).write_bytes(b'{"seq":2}\n')
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(tmp_path)).validate()


def test_the_same_journal_gives_the_same_bytes_and_the_date_is_the_last_lines():
    text, entries = lines(*HAPPENED)

    assert bag_files(NUMBER, entries, text) == bag_files(NUMBER, entries, text)
    assert f"Bagging-Date: {MORNING.date()}\n".encode() in bag_files(NUMBER, entries, text)["bag-info.txt"]


def test_the_manifest_lists_every_document_by_name_once():
    text, entries = lines(*HAPPENED, drafted("01-tanda-terima"))

    manifest = bag_files(NUMBER, entries, text)["manifest-sha256.txt"].decode()

    names = [line.split("  ")[1] for line in manifest.splitlines()]
    assert names == ["data/01-surat.pdf", "data/01-tanda-terima-v1.docx", "data/02-teks.txt"]


@pytest.mark.parametrize("name", ["a\n0000  data/b", "../keluar.pdf", "", ".", "..", ".tersembunyi", "a/b.pdf", "a\\b"])
def test_no_documents_name_can_write_a_line_of_its_own_or_leave_the_folder(name):
    text, entries = lines(received(documents=(document("01-surat.pdf"), document(name))))

    with pytest.raises(ArchiveFault, match="tidak berbentuk"):
        bag_files(NUMBER, entries, text)
