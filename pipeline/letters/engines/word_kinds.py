"""What a file is that calls itself .docx and is none, by its first bytes: so that the remedy can be told."""

from __future__ import annotations

import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: the old .doc, and whatever Word locks with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_SAVE_AS = "Buka di Word, lalu Simpan Sebagai: Dokumen Word (.docx)."


def foreign(data: bytes) -> tuple[str, str] | None:
    """Return the fact and the remedy for a file of another kind; None for a zip or for what nobody knows."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "Berkas terkunci kata sandi", "Hapus kata sandinya di Word (Berkas, Info), lalu simpan ulang."
        return "Berkas ini berkas Word lama (.doc) yang diganti namanya", _SAVE_AS
    if data.startswith(b"{\\rtf"):
        return "Berkas ini berkas RTF yang diganti namanya", _SAVE_AS
    if data.startswith(b"%PDF-"):
        return "Berkas ini PDF yang diganti namanya", "Kirim berkas Word (.docx) aslinya."
    if data.lstrip()[:1] == b"<":
        return "Berkas ini laman web atau XML yang diganti namanya", _SAVE_AS
    return None


def other_package(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """Return the fact and the remedy for a zip that holds another kind of document."""
    names = set(archive.namelist())
    if "mimetype" in names:
        return "Berkas ini dokumen OpenDocument (.odt) yang diganti namanya", "Simpan sebagai Dokumen Word (.docx)."
    for sign, kind in (("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint")):
        if sign in names:
            return f"Berkas ini berkas {kind} yang diganti namanya", "Kirim berkas Word (.docx)."
    return None
