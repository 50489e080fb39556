"""Who complains, and about whom, stands in the case folders and nowhere else: no log, no path, no code tells it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from offices import laid_out
from patience import PATIENCE
from PIL import Image, ImageDraw, ImageFont

from pipeline.cases.ports import content
from pipeline.cli import main
from pipeline.wiring import office_in

NAME, NIK, PHONE, PLACE = "Rumondang Sihombing", "1771014506780001", "081367001234", "Jalan Cendrawasih"
SECRETS = [NAME, "Rumondang", "Sihombing", NIK, PHONE, "Cendrawasih", "Bharoto"]
LETTER = (
    "Bengkulu, 3 November 2026",
    "Kepada Yth. Kepala Kantor Wilayah",
    "Kementerian Hukum dan HAM Bengkulu",
    "Hal: Pengaduan dugaan pelanggaran HAM",
    f"Nama : {NAME}",
    f"NIK : {NIK}",
    f"Alamat : {PLACE} Nomor 12 Bengkulu",
    f"Telepon : {PHONE}",
    "Dengan hormat, saya melaporkan Sdr. Bharoto yang",
    "mengambil tanah keluarga kami tanpa ganti rugi.",
    "Demikian pengaduan ini saya sampaikan.",
)


def scan(lines: tuple[str, ...]) -> bytes:
    page, out = Image.new("L", (1240, 1754), 248), io.BytesIO()
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=30)
    for number, line in enumerate(lines):
        pen.text((150, 150 + 60 * number), line, font=font, fill=15)
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def yankomas(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("yankomas")), "--root", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=10 * PATIENCE)


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """An office after a real run over a letter, its twin, a broken file, a locked-in one and a broken template."""
    root = tmp_path_factory.mktemp("kantor")
    laid_out(root)
    whole = scan(LETTER)
    for name, data in {
        f"Surat {NAME} {NIK}.pdf": whole,
        f"Salinan {NAME}.pdf": whole,
        f"Rusak {NAME}.pdf": whole[: len(whole) // 2],
        f"Foto {PHONE}.heic": b"\0\0\0\x18ftypheic" + bytes(100),
        f"Aktif {NAME}.pdf": whole.replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (1) >>"
        ),
    }.items():
        (root / "inbox" / name).write_bytes(data)
    (root / "letter_templates" / "03-lembar-disposisi.docx").write_bytes(b"bukan Word")
    ran = yankomas(root, "run", "--once")
    return root, ran


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def test_the_run_has_read_what_must_not_be_told(worked):
    root, _ = worked
    (number,) = list(office_in(root).cabinet.numbers()) or [None]

    case = office_in(root).cabinet.case(number)
    text = content(office_in(root).cabinet.blob(number, next(d for d in case.documents if d.name == "02-teks.txt")))

    assert leaks(text.decode()) == SECRETS


def test_what_goes_wrong_is_told_without_personal_data(worked):
    _, ran = worked

    assert ran.stderr, "the broken template must be told"
    assert leaks(ran.stderr) == []


def test_no_path_in_the_archive_tells_who_complains(worked):
    root, _ = worked
    archive = root / "archive"

    paths = [str(path.relative_to(root)) for path in archive.rglob("*")]

    assert len(paths) > 20
    assert leaks("\n".join(paths)) == []


def test_working_files_beside_the_cases_hold_no_personal_data(worked):
    root, _ = worked
    archive = root / "archive"
    # Views of the case folders, which show what those hold: register books, the search's index, the inbox's account.
    views = {*archive.glob("register-*.json"), *(archive / ".state").glob("*.sqlite*")}
    views |= set((archive / ".kotak-masuk").rglob("*"))
    working = [p for p in archive.glob(".*/**/*") if p.is_file() and p not in views]

    found = {str(path.relative_to(root)): leaks(path.read_bytes().decode("latin-1")) for path in working}

    assert {path: said for path, said in found.items() if said} == {}


def test_codes_tell_nothing(worked):
    root, _ = worked
    case = office_in(root).cabinet.case(*list(office_in(root).cabinet.numbers()))

    codes = [str(case.received.status_code), *(d.name for d in case.documents), str(case.number)]

    assert leaks(" ".join(codes)) == []


def test_a_failed_duty_is_recorded_without_personal_data(worked):
    root, _ = worked
    case = office_in(root).cabinet.case(*list(office_in(root).cabinet.numbers()))

    failed = [entry for entry in case.entries if entry.kind == "gagal"]

    assert leaks(str(failed)) == []


@pytest.mark.parametrize(
    "words",
    [
        ["case", "9999/2026"],
        ["read", "tidak-ada.pdf", "--json"],
        ["do", "1/2026", "melompat", "--as", "kakanwil"],
    ],
)
def test_errors_of_commands_hold_no_personal_data(worked, words, capsys):
    root, _ = worked

    code = main(["--root", str(root), *words])

    said = capsys.readouterr()
    assert code
    assert leaks(said.out + said.err) == []


def test_nobody_else_may_read_what_is_kept(worked):
    root, _ = worked

    open_ = [str(p) for p in (root / ".kunci").rglob("*") if p.stat().st_mode & 0o077]

    assert open_ == []
    assert os.stat(root / ".kunci").st_mode & 0o077 == 0
