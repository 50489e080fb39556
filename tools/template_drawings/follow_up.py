"""Draws the letter that asks what became of a recommendation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    DOTS,
    addressee,
    each,
    lines,
    listing,
    paper,
    reference,
)
from template_drawings.recommendation import ADVICE, LEAD, THANKS, closed

from pipeline.letters.sheets.follow_up import REQUEST

SENT = (
    "surat rekomendasi Nomor {{ nomor_rekomendasi or '" + DOTS + "' }}"
    "{% if tanggal_rekomendasi %} tanggal {{ tanggal_rekomendasi }}{% endif %}"
)


def draw_request() -> Any:
    """Draw the letter that asks the agency what it did: the recommendation, what is noted so far, until when."""
    document = paper("Permintaan Tindak Lanjut", extra=LEAD)
    reference(document, "Permintaan laporan tindak lanjut rekomendasi")
    addressee(document)
    about = (
        f"Menindaklanjuti {SENT}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}, atas pengaduan "
        "masyarakat{% if pokok_pengaduan %} hal {{ pokok_pengaduan }}{% endif %} dari pelapor (identitas pada kami) "
        "dengan nomor register {{ nomor_register }}, kami melakukan pemantauan atas pelaksanaan rekomendasi berikut:"
    )
    lines(document, "Pengantar", [about])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    lines(document, "Pengantar", ["{%p if catatan %}", "Hasil pemantauan kami sampai saat ini:"])
    each(document, "Isi Surat", "catatan")
    lines(document, "Isi Surat", ["{%p endif %}"])
    lines(document, "Isi Surat", ["Sehubungan dengan hal tersebut, mohon Bapak/Ibu menyampaikan kepada kami:"])
    wanted = (
        "a.\ttindak lanjut yang telah dilaksanakan atas setiap rekomendasi;",
        "b.\tbukti pelaksanaannya; dan",
        "c.\tkendala serta rencana penyelesaian atas rekomendasi yang belum dilaksanakan.",
    )
    lines(document, "Butir", wanted)
    until = (
        "Laporan tersebut mohon disampaikan secara tertulis"
        "{% if batas_jawaban %} paling lambat tanggal {{ batas_jawaban }}{% else %} dalam waktu dekat{% endif %}, "
        "dengan menyebutkan nomor register di atas."
    )
    lines(document, "Isi Surat", [until])
    return closed(document, THANKS)


DRAWINGS: Mapping[str, Callable[[], Any]] = {REQUEST: draw_request}
