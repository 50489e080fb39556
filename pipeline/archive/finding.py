"""One thing that verifying found."""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "Pulihkan dari cadangan."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where (``2026/0007`` or a path under the archive), the fact, the remedy.

    ``code`` is one of ``berubah``, ``hilang``, ``asing``, ``bagit``, ``rantai``, ``baris-akhir``, ``lompat``,
    ``kembar``, ``salah-map``, ``belum-selesai``, ``saksi``, ``segel``, ``nomor``, ``naskah``, ``buku``,
    ``terbuka``, ``kotak-masuk``. ``repair`` is the command that repairs it without loss, for what can be worked out
    from the journals.
    """

    where: str
    code: str
    fact: str
    remedy: str
    repair: str = ""
