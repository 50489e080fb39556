"""Draws the letter that tells the complainant what was recommended (``06-pemberitahuan-pelapor``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import DOTS, lines, listing
from template_drawings.recommendation import ADVICE
from template_drawings.to_complainant import ASK_ON, IDENTITY, ended, opened

from pipeline.letters.sheets.notice import NOTICE

_SAYS = (
    "pengaduan tersebut telah kami telaah{% if tanggal_audiensi %} dan audiensi/koordinasi telah dilaksanakan pada "
    "tanggal {{ tanggal_audiensi }}{% endif %}."
    "{% if hak_terindikasi %} Kami menyimpulkan adanya indikasi pelanggaran {{ hak_terindikasi }}.{% endif %}"
)
_SENT = (
    "Berdasarkan hasil telaahan{% if tanggal_audiensi %} dan audiensi/koordinasi{% endif %} tersebut, kami telah "
    "menyampaikan rekomendasi{% if tujuan_rekomendasi %} kepada "
    f"{{{{ tujuan_rekomendasi }}}}{{% endif %}} dengan surat Nomor {{{{ nomor_rekomendasi or '{DOTS}' }}}} tanggal "
    f"{{{{ tanggal_rekomendasi or '{DOTS}' }}}}{{% if ralat_rekomendasi %}}, {{{{ ralat_rekomendasi }}}}{{% endif %}}, "
    "sebagai berikut:"
)
_WATCHED = (
    "Pelaksanaan rekomendasi tersebut kami pantau melalui laporan tertulis dan bukti dari "
    "{% if rekomendasi|length > 1 %}para {% endif %}pelaksananya. Hasil akhirnya akan kami "
    "{% if instansi_pelimpah %}sampaikan kepada {{ sapaan }} sebagai instansi yang melimpahkan."
    "{% else %}beritahukan kepada {{ sapaan }} dengan surat.{% endif %}"
)
_SMALL = f"i{IDENTITY[1:]}"
_NAMED = (
    f"{{% if identitas_disebut %}}Sesuai dengan izin {{{{ sapaan }}}}, {_SMALL} kami cantumkan{{% else %}}{IDENTITY} "
    "kami rahasiakan dan tidak kami cantumkan{% endif %} dalam surat tersebut. Apabila {{ yang_dirugikan }} "
    "dirugikan karena pengaduan ini, mohon segera memberitahukannya kepada kami."
)


def draw_notice() -> Any:
    """Draw the letter: what was recommended to whom by which letter, how it is watched, how to ask on."""
    document = opened("Pemberitahuan kepada Pelapor", NOTICE, _SAYS)
    lines(document, "Pengantar", [_SENT])
    listing(document, ADVICE, "rekomendasi", least=6)
    lines(document, "Sela", [""])
    lines(document, "Isi Surat", [_WATCHED, "{%p if not instansi_pelimpah %}", _NAMED, "{%p endif %}"])
    return ended(document, ASK_ON)


DRAWINGS: Mapping[str, Callable[[], Any]] = {NOTICE: draw_notice}
