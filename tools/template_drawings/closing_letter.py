"""Draws the letter that tells the complainant what came of the complaint (``07-pemberitahuan-penutupan``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import each, lines
from template_drawings.to_complainant import ASK_AFTER, IDENTITY, ended, opened, reopened

from pipeline.letters.sheets.closing_letter import CLOSING

_RECOMMENDED = (
    "Setelah menelaah pengaduan tersebut{% if tanggal_audiensi %} dan melaksanakan audiensi/koordinasi pada tanggal "
    "{{ tanggal_audiensi }}{% endif %}, kami {% if hak_terindikasi %}menyimpulkan adanya indikasi pelanggaran "
    "{{ hak_terindikasi }} dan {% endif %}menyampaikan {{ banyak_rekomendasi }}"
    "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}{% if nomor_rekomendasi %} dengan surat "
    "Nomor {{ nomor_rekomendasi }}{% if tanggal_rekomendasi %} tanggal {{ tanggal_rekomendasi }}{% endif %}{% endif %}"
    ". {% if nomor_pemberitahuan %}Hal tersebut telah kami beritahukan kepada {{ sapaan }} dengan surat Nomor "
    "{{ nomor_pemberitahuan }} tanggal {{ tanggal_pemberitahuan }}. {% endif %}"
    "{% if ralat_rekomendasi %}Surat kepada {{ tujuan_rekomendasi or 'instansi tersebut' }} berlaku "
    "{{ ralat_rekomendasi }}. {% endif %}Pelaksanaan rekomendasi tersebut telah kami pantau"
)
_CAME = "Hasilnya, {{ satu_hasil }}"
#: What the office did with what was not carried out: a second warning says that it will.
_RECORDED = (
    "{{ yang_belum }} telah kami catat dalam hasil evaluasi{% if dilaporkan %} dan kami laporkan kepada Direktur "
    "Jenderal Hak Asasi Manusia{% endif %}."
)
_CLOSED = (
    f"{{% if yang_belum %}}{_RECORDED} {{% endif %}}Berkas pengaduan tersebut kami tutup. "
    "{% if instansi_pelimpah %}Mohon hasil tersebut {{ sapaan }} sampaikan pula kepada pihak yang semula "
    "mengadukannya. Apabila terdapat fakta atau bukti baru, {{ sapaan }} dapat melimpahkannya kembali kepada kami."
    "{% else %}{{ sapaan }} tetap dapat menempuh upaya hukum lain. {{ sapaan }} juga dapat menyampaikan kembali "
    "pengaduan apabila terdapat fakta atau bukti baru, atau memberi tahu kami apabila {{ yang_dirugikan }} dirugikan "
    "karena pengaduan ini. "
    f"{{% if not identitas_disebut %}}{IDENTITY} tetap kami rahasiakan.{{% endif %}}{{% endif %}}"
)


def draw_closing() -> Any:
    """Draw the letter: the complaint, what was recommended, what came of it, that the file is closed, where to ask."""
    says = (
        "{% if nomor_evaluasi %}berdasarkan hasil evaluasi Nomor {{ nomor_evaluasi }} tanggal {{ tanggal_evaluasi }}, "
        "{% endif %}penanganan pengaduan tersebut kami akhiri."
    )
    document = opened("Pemberitahuan Penutupan", CLOSING, says)
    reopened(document)
    lines(document, "Pengantar", ["{%p if hasil and not satu_hasil %}", "{%p if banyak_rekomendasi %}"])
    lines(document, "Pengantar", [f"{_RECOMMENDED} dengan hasil sebagai berikut:", "{%p else %}"])
    lines(document, "Pengantar", ["Hasilnya adalah sebagai berikut:", "{%p endif %}"])
    each(document, "Butir Surat", "hasil", "a.\t{{ butir }}")
    lines(document, "Isi Surat", ["{%p elif banyak_rekomendasi %}"])
    lines(document, "Isi Surat", [f"{_RECOMMENDED}.{{% if satu_hasil %}} {_CAME}{{% endif %}}"])
    lines(document, "Isi Surat", ["{%p elif satu_hasil %}", _CAME, "{%p endif %}", _CLOSED])
    return ended(document, ASK_AFTER)


DRAWINGS: Mapping[str, Callable[[], Any]] = {CLOSING: draw_closing}
