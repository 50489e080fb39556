"""The doctor on printing: fonts, LibreOffice, and whether what is printed and drawn is marked PDF/A."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from pipeline.errors import YankomasError
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.work.ports import INSTALL, Check

_LIBREOFFICE = 7  # the first major version whose PDF/A-2 export we rely on
_SECONDS = 60


def font_check() -> Check:
    """Say with what the Arial of the templates is printed."""
    remedy = f"{INSTALL} fonts-liberation fontconfig"
    try:
        font = _said("fc-match", "-f", "%{family}", "Arial")
    except OSError:
        return Check("Huruf Arial", False, "fc-match tidak ada", remedy)
    good = font.startswith(("Arial", "Liberation Sans"))
    return Check("Huruf Arial", good, f"dicetak dengan {font or 'huruf tak dikenal'}", remedy)


def libreoffice_check() -> Check:
    """Say which LibreOffice there is, and whether it is new enough."""
    remedy = f"{INSTALL} libreoffice-writer-nogui python3-uno"
    try:
        words = _said("soffice", "--version").split()
        good = int(words[1].split(".")[0]) >= _LIBREOFFICE
    except (OSError, IndexError, ValueError, subprocess.SubprocessError):
        return Check("LibreOffice", False, "tidak dapat dijalankan", remedy)
    return Check("LibreOffice", good, words[1], remedy)


def printing_check(folder: Path) -> Check:
    """Print a page for real: it needs soffice, python3-uno and the fonts to work together."""
    from docx import Document

    from pipeline.drawing.engines.pdfa_check import marks

    document, page = Document(), io.BytesIO()
    document.add_paragraph("Percobaan cetak.")
    document.save(page)
    press = LibreOfficePress(b"", folder=folder)
    try:
        findings = marks(press.print(page.getvalue(), None))
    except YankomasError as fault:
        return Check("Cetak PDF/A", False, fault.message, fault.remedy)
    finally:
        press.close()
    return Check("Cetak PDF/A", not findings, "; ".join(findings) or "bertanda PDF/A-2b", "Perbarui LibreOffice.")


def drawing_check() -> Check:
    """Draw a sheet, and several joined into one, as separators, covers, labels and books are made."""
    from pipeline.drawing.engines.pdf_writing import joined
    from pipeline.drawing.engines.pdfa_check import marks
    from pipeline.intake.engines.feeder_sheets import separators

    sheet = separators(1)
    findings = dict.fromkeys([*marks(sheet), *marks(joined([sheet, sheet], "Percobaan gambar"))])
    said = "; ".join(findings) or "bertanda PDF/A-2b"
    return Check("Gambar PDF/A", not findings, said, "Perbarui pikepdf dan Pillow.")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False).stdout.strip()
