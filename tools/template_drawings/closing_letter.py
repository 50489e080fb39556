"""Draws the letter that tells the complainant what came of the complaint (``07-pemberitahuan-penutupan``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import each, lines
from template_drawings.to_complainant import ASK_AFTER, ended, opened, reopened

from pipeline.letters.sheets.closing_letter import CLOSING

_RECOMMENDED = (
    "Setelah menelaah pengaduan tersebut{% if tanggal_audiensi %} dan melaksanakan audiensi/koordinasi pada tanggal "
    "{{ tanggal_audiensi }}{% endif %}, kami menyampaikan {{ banyak_rekomendasi }}"
    "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}{% if nomor_rekomendasi %} dengan surat "
    "Nomor {{ nomor_rekomendasi }}{% if tanggal_rekomendasi %} tanggal {{ tanggal_rekomendasi }}{% endif %}{% endif %}"
    "{% if nomor_pemberitahuan %}, sebagaimana telah kami beritahukan dengan surat Nomor {{ nomor_pemberitahuan }} "
    "tanggal {{ tanggal_pemberitahuan }}{% endif %}. Pelaksanaannya telah kami pantau"
    "{% if hasil %} dengan hasil sebagai berikut:{% else %}.{% endif %}"
)
_CLOSED = (
    "Dengan demikian, penanganan pengaduan tersebut kami nyatakan selesai dan berkasnya kami tutup. {{ sapaan }} tetap "
    "dapat menempuh upaya hukum lain, atau menyampaikan kembali pengaduan apabila terdapat fakta atau bukti baru, atau "
    "apabila {{ sapaan }} dirugikan karena pengaduan ini. Identitas {{ sapaan }} tetap kami rahasiakan."
)


def draw_closing() -> Any:
    """Draw the letter: the complaint, what was recommended, what came of it, that the file is closed, where to ask."""
    document = opened("Pemberitahuan Penutupan", CLOSING, "penanganannya di kantor kami telah selesai.")
    reopened(document)
    came = ("{%p if banyak_rekomendasi %}", _RECOMMENDED, "{%p elif hasil %}", "Hasilnya adalah sebagai berikut:")
    lines(document, "Pengantar", [*came, "{%p endif %}"])
    each(document, "Isi Surat", "hasil")
    lines(document, "Isi Surat", [_CLOSED])
    return ended(document, ASK_AFTER)


DRAWINGS: Mapping[str, Callable[[], Any]] = {CLOSING: draw_closing}
