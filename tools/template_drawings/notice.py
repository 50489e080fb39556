"""Draws the letter that tells the complainant what was recommended (``06-pemberitahuan-pelapor``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import addressee, lines, listing, paper, reference
from template_drawings.recommendation import ADVICE, LEAD, closed

from pipeline.letters.sheets.notice import NOTICE


def draw_notice() -> Any:
    """Draw the letter that tells the complainant what was recommended to whom, and how to ask on."""
    document = paper("Pemberitahuan kepada Pelapor", extra=LEAD)
    reference(document, "Pemberitahuan hasil penanganan pengaduan")
    addressee(document)
    about = (
        "Sehubungan dengan pengaduan Saudara{% if nomor_surat %} Nomor {{ nomor_surat }}{% endif %}"
        "{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}{% if hal %} hal {{ hal }}{% endif %}, yang kami "
        "terima pada tanggal {{ tanggal_terima }} dan terdaftar dengan nomor register {{ nomor_register }}, kami "
        "sampaikan bahwa pengaduan tersebut telah kami telaah"
        "{% if tanggal_audiensi %} dan telah dilaksanakan audiensi/koordinasi pada tanggal {{ tanggal_audiensi }}"
        "{% endif %}."
    )
    lines(document, "Isi Surat", [about])
    sent = (
        "Berdasarkan hasilnya, kami menyampaikan surat rekomendasi"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}, dengan pokok sebagai berikut:"
    )
    lines(document, "Pengantar", [sent])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    follow = (
        "Pelaksanaan rekomendasi tersebut kami pantau. Identitas Saudara kami rahasiakan dan tidak kami cantumkan "
        "dalam surat kepada instansi tersebut."
    )
    ask = (
        "Perkembangan pengaduan dapat Saudara tanyakan dengan menyebutkan nomor register dan kode status pada tanda "
        "terima: {{ cara_bertanya }}."
    )
    lines(document, "Isi Surat", [follow, ask])
    return closed(document, "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.")


DRAWINGS: Mapping[str, Callable[[], Any]] = {NOTICE: draw_notice}
