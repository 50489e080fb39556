"""One warm LibreOffice: it makes PDF/A, is replaced when it dies or hangs, and never outlives us."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from docx import Document
from fakes import PAGE_KEY
from patience import until
from processes import all_ended, command_of, family, kernel_tells, links_of, watched
from pypdf import PdfReader
from thorough import slowly

from pipeline.drawing.engines import pdfa_check
from pipeline.errors import EngineFault, EngineMissing, Passing
from pipeline.letters.engines import libreoffice, word_file
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.libreoffice_folders import folder_in
from pipeline.letters.page_codes import Mark, parse_page_text
from pipeline.letters.ports import PageCode

ROOT = Path(__file__).resolve().parents[2]


def letter(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def engines() -> list[int]:
    held = ("uno_press", "soffice.bin")
    commands = {pid: " ".join(command_of(pid)) for pid in family(os.getpid())[1:]}
    return [p for p, words in commands.items() if "bwrap" not in words and any(h in words for h in held)]


def test_a_letter_becomes_a_pdf_that_is_marked_pdf_a(press: LibreOfficePress) -> None:
    pdf = press.print(letter("Surat untuk Ibu Sari"), None)

    assert pdfa_check.marks(pdf) == []
    assert "Surat untuk Ibu Sari" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_page_that_waits_for_a_signature_carries_its_code(press: LibreOfficePress) -> None:
    pdf = press.print(letter("Untuk ditandatangani"), PageCode("K7QM2XPA94TD"))

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    code = next(line for line in text.splitlines() if line.startswith("YK1:"))
    assert parse_page_text(PAGE_KEY, code) == Mark(1, "K7QM2XPA94TD", 1, 1, genuine=True)
    assert pdfa_check.marks(pdf) == []


def test_the_pdf_is_dated_today_although_the_word_file_has_no_date(press: LibreOfficePress) -> None:
    content = word_file.opened(letter("tanpa tanggal"))
    core = re.sub(rb"<dcterms:.*?</dcterms:\w+>", b"", content["docProps/core.xml"])

    pdf = press.print(word_file.packed({**content, "docProps/core.xml": core}), None)

    reader = PdfReader(io.BytesIO(pdf))
    assert reader.xmp_metadata is not None
    assert reader.metadata is not None
    said = reader.xmp_metadata.xmp_create_date
    assert said is not None
    assert f"{said:D:%Y%m%d}" == str(reader.metadata["/CreationDate"])[:10]


def test_a_second_letter_does_not_start_libreoffice_again(press: LibreOfficePress) -> None:
    press.print(letter("satu"), None)
    before = engines()

    press.print(letter("dua"), None)

    assert engines() == before


def test_letters_from_several_hands_do_not_get_mixed_up(press: LibreOfficePress) -> None:
    with ThreadPoolExecutor(4) as pool:
        pdfs = list(pool.map(lambda n: press.print(letter(f"Nomor {n}."), None), range(8)))

    texts = [PdfReader(io.BytesIO(pdf)).pages[0].extract_text() for pdf in pdfs]
    assert [f"Nomor {n}." in text for n, text in enumerate(texts)] == [True] * 8


def test_what_is_no_letter_is_refused_and_the_next_one_is_made(press: LibreOfficePress) -> None:
    with pytest.raises(EngineFault):
        press.print(b"bukan dokumen Word", None)

    assert press.print(letter("berikutnya"), None).startswith(b"%PDF")


@pytest.mark.parametrize("which", [slowly(0), -1])  # what holds it, or LibreOffice itself
def test_a_libreoffice_that_was_killed_is_replaced(press: LibreOfficePress, which: int) -> None:
    press.print(letter("sebelum"), None)
    victims = engines()

    os.kill(victims[which], signal.SIGKILL)

    assert press.print(letter("sesudah"), None).startswith(b"%PDF")
    assert not set(victims) & set(engines())


def test_a_document_that_takes_too_long_is_given_up_and_nothing_stays_behind() -> None:
    engine = LibreOfficePress(PAGE_KEY, patience=0.001)

    with pytest.raises(EngineFault, match="terlalu lama"):
        engine.print(letter("lambat"), None)

    folders = Path(tempfile.gettempdir()).glob(f"yankomas-cetak-{os.getpid()}-*")
    assert len(engines()) <= 2, "only the warm one of this module may be left"
    assert len(list(folders)) <= 1
    assert len(list(Path("/tmp").glob(f"OSL_PIPE_*_yankomas-cetak-{os.getpid()}-*"))) <= 1


def test_after_some_documents_libreoffice_starts_afresh() -> None:
    engine = LibreOfficePress(PAGE_KEY, recycle=1)
    engine.print(letter("satu"), None)
    before = set(engines())

    engine.print(letter("dua"), None)

    assert len(before - set(engines())) == 2
    engine.close()


def test_no_document_stays_behind_once_it_is_printed_and_nothing_at_all_once_it_is_closed(tmp_path) -> None:
    engine = LibreOfficePress(PAGE_KEY, folder=tmp_path)
    others = set(engines())
    engine.print(letter("Siti Rekaan"), None)
    with pytest.raises(EngineFault):
        engine.print(b"PK rusak Siti Rekaan", None)
    engine.print(letter("Siti Rekaan"), None)

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in kept if path.suffix in (".docx", ".pdf", ".tmp") or b"Rekaan" in path.read_bytes()]
    ours, (folder,) = watched(set(engines()) - others), tmp_path.iterdir()
    assert ours
    engine.close()
    assert all_ended(ours)
    assert list(tmp_path.iterdir()) == []
    assert not list(Path("/tmp").glob(f"OSL_PIPE_*_{folder.name}"))


@pytest.mark.slow  # three LibreOffices; the rule by itself is below
def test_what_a_killed_program_left_is_removed_and_nothing_of_one_that_runs(tmp_path) -> None:
    script = (
        "import sys, os, signal; from pathlib import Path\n"
        "from pipeline.letters.engines.libreoffice import LibreOfficePress\n"
        "press = LibreOfficePress(b'k', folder=Path(sys.argv[1])); press.print(sys.stdin.buffer.read(), None)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    other = LibreOfficePress(PAGE_KEY, folder=tmp_path)
    other.print(letter("berjalan"), None)
    running = list(tmp_path.iterdir())
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], input=letter("mati"), check=False)
    assert len(list(tmp_path.iterdir())) == 2

    engine = LibreOfficePress(PAGE_KEY, folder=tmp_path)
    engine.print(letter("baru"), None)
    engine.close()

    assert list(tmp_path.iterdir()) == running
    other.close()


def test_a_folder_whose_program_is_gone_is_removed_and_one_that_is_in_use_stays(tmp_path) -> None:
    used, lock = folder_in(tmp_path)
    left = tmp_path / f"{used.name.rpartition('-')[0]}-mati"
    left.mkdir()
    (left / "surat.docx").write_bytes(b"Siti Rekaan")

    new, other = folder_in(tmp_path)

    assert set(tmp_path.iterdir()) == {used, new}
    os.close(lock)
    os.close(other)


def test_a_folder_that_cannot_be_written_delays_the_document_and_is_said(tmp_path) -> None:
    place = tmp_path / "penuh"
    place.write_bytes(b"")  # no folder can be made there

    with pytest.raises(Passing, match="tidak dapat menulis berkas sementaranya"):
        LibreOfficePress(PAGE_KEY, folder=place).print(letter("x"), None)


def test_libreoffice_dies_with_us_even_at_kill_9() -> None:
    program = (
        "import signal, sys; from pipeline.letters.engines.libreoffice import LibreOfficePress\n"
        "press = LibreOfficePress(b'k'); press.print(sys.stdin.buffer.read(), None)\n"
        "print('siap', flush=True); signal.pause()\n"
    )
    us = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert us.stdin
    assert us.stdout
    us.stdin.write(letter("satu"))
    us.stdin.close()
    assert us.stdout.readline() == b"siap\n"
    ours = watched(family(us.pid)[1:])

    us.kill()
    us.wait()

    assert len(ours) >= 2
    assert all_ended(ours)


def test_ctrl_c_in_the_terminal_does_not_reach_libreoffice(press: LibreOfficePress) -> None:
    press.print(letter("satu"), None)

    assert all(os.getpgid(pid) != os.getpgid(0) and os.getsid(pid) != os.getsid(0) for pid in engines())


def test_people_at_the_desk_have_the_processor_before_libreoffice(press: LibreOfficePress) -> None:
    press.print(letter("Surat"), None)

    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert max(os.getpriority(os.PRIO_PROCESS, pid) for pid in engines()) >= min(ours + 5, 19)
    if Path("/proc/self/autogroup").exists():  # there the niceness of a process counts within its session alone

        def is_nice() -> bool:
            press._running._priority._due = 0.0
            press._running._priority.see_to_it()  # the kernel may ask for patience, whoever of this machine asked last
            return {kernel_tells(pid, "autogroup").split()[-1] for pid in engines()} == {"5"}

        until(is_nice)


def test_libreoffice_listens_on_no_network_port(press: LibreOfficePress) -> None:
    press.print(letter("satu"), None)

    sockets = {target for pid in engines() for target in links_of(pid, "fd").values()}
    listening = {
        f"socket:[{row.split()[9]}]"
        for table in ("tcp", "tcp6", "udp", "udp6")
        for row in Path("/proc/net", table).read_text().splitlines()[1:]
    }
    assert any(target.startswith("socket:") for target in sockets)
    assert not sockets & listening


def test_a_missing_libreoffice_is_said_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/tidak/ada")
    libreoffice._python.cache_clear()

    with pytest.raises(EngineMissing, match="apt install libreoffice-writer python3-uno"):
        LibreOfficePress(PAGE_KEY).print(letter("x"), None)
