"""A full /tmp, from which nothing may be run, keeps no letter from its number, its text and its sheets."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from offices import laid_out
from patience import PATIENCE
from running_office import YANKOMAS
from scan_samples import letter_image, pdf_of

from pipeline.cases.case_number import CaseNumber
from pipeline.wiring import office_in

#: Runs what follows where /tmp is a file system of 64 KB that is full.
_FULL = "mount -t tmpfs -o size=64k,noexec tmpfs /tmp && { dd if=/dev/zero of=/tmp/isi bs=1k || true; } 2>&- && exec "
_APART = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def _can_mount() -> bool:
    tried = subprocess.run([*_APART, f"{_FULL} true"], capture_output=True) if shutil.which("unshare") else None
    return tried is not None and not tried.returncode


@pytest.mark.slow
@pytest.mark.skipif(not _can_mount(), reason="this machine lets nobody mount a file system")
def test_with_a_full_tmp_a_letter_is_numbered_read_and_its_sheets_printed(request):
    # under the project, for what pytest gives lies in /tmp
    folder = Path(request.config.cache.mkdir("tmp-penuh")) / "kantor"
    shutil.rmtree(folder, ignore_errors=True)
    laid_out(folder)
    pdf_of(letter_image(), folder / "inbox" / "surat.pdf")
    try:
        ran = subprocess.run(
            [*_APART, f'{_FULL} "$0" "$@"', YANKOMAS, "--root", str(folder), "run", "--once"],
            capture_output=True,
            text=True,
            timeout=10 * PATIENCE,
        )
        kept = {document.name for document in office_in(folder).cabinet.case(CaseNumber(2026, 1)).documents}
    finally:
        shutil.rmtree(folder)

    assert ran.returncode == 0, ran.stderr
    assert {"02-teks.txt", "01-tanda-terima-v1.pdf", "03-lembar-disposisi-v1.pdf"} <= kept
