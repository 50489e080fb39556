"""Draws the letter that tells the complainant what came of the complaint (``07-pemberitahuan-penutupan``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import addressee, each, lines, paper, reference
from template_drawings.recommendation import LEAD, closed

from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.letter_subjects import subject

_ABOUT = (
    "Sehubungan dengan pengaduan Saudara{% if nomor_surat %} Nomor {{ nomor_surat }}{% endif %}"
    "{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}{% if pokok_pengaduan %} mengenai "
    "{{ pokok_pengaduan }}{% endif %}, yang kami terima pada tanggal {{ tanggal_terima }} dan terdaftar dengan nomor "
    "register {{ nomor_register }}, dengan ini kami sampaikan bahwa penanganannya di kantor kami telah selesai."
)
_RECOMMENDED = (
    "Setelah menelaah pengaduan tersebut{% if tanggal_audiensi %} dan melaksanakan audiensi/koordinasi pada tanggal "
    "{{ tanggal_audiensi }}{% endif %}, kami menyampaikan {{ banyak_rekomendasi }}"
    "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}{% if nomor_pemberitahuan %}, sebagaimana "
    "kami beritahukan dengan surat Nomor {{ nomor_pemberitahuan }} tanggal {{ tanggal_pemberitahuan }},"
    "{% elif nomor_rekomendasi %} dengan surat Nomor {{ nomor_rekomendasi }}{% if tanggal_rekomendasi %} tanggal "
    "{{ tanggal_rekomendasi }}{% endif %}{% endif %} dan memantau pelaksanaannya"
    "{% if hasil %}, dengan hasil sebagai berikut:{% else %}.{% endif %}"
)
_CLOSED = (
    "Dengan demikian penanganan pengaduan Saudara kami nyatakan selesai dan berkasnya kami tutup. Saudara tetap dapat "
    "menempuh upaya hukum lain, atau menyampaikan kembali pengaduan apabila terdapat fakta atau bukti baru, atau "
    "apabila Saudara dirugikan karena pengaduan ini. Identitas Saudara tetap kami rahasiakan."
)
_ASK = (
    "Hal yang belum jelas dapat Saudara tanyakan dengan menyebutkan nomor register dan kode status pada tanda terima: "
    "{{ cara_bertanya }}."
)


def draw_closing() -> Any:
    """Draw the letter: the complaint, what was recommended, what came of it, that the file is closed, where to ask."""
    document = paper("Pemberitahuan Penutupan", extra=LEAD)
    reference(document, subject(CLOSING, ""))
    addressee(document)
    lines(document, "Isi Surat", [_ABOUT])
    came = ("{%p if banyak_rekomendasi %}", _RECOMMENDED, "{%p elif hasil %}", "Hasilnya adalah sebagai berikut:")
    lines(document, "Pengantar", [*came, "{%p endif %}"])
    each(document, "Isi Surat", "hasil")
    lines(document, "Isi Surat", [_CLOSED, _ASK])
    return closed(document, "Atas perhatian Saudara, kami ucapkan terima kasih.")


DRAWINGS: Mapping[str, Callable[[], Any]] = {CLOSING: draw_closing}
