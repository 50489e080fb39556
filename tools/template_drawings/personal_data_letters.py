"""Draws the letters on personal data: the answer to a person's request, the notice of a breach (UU 27/2022)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import addressee, each, lines, paper, reference, signature_and_copies

from pipeline.letters.sheets.texts import BREACH_NOTICE, PRIVACY_ANSWER

_ASKED = (
    "Sehubungan dengan permintaan Saudara yang kami terima pada tanggal {{ tanggal_permintaan }} (nomor "
    "{{ nomor_permintaan }}) untuk {{ arti_hak }}, "
    "berdasarkan {{ pasal_hak }} {{ dasar }}, dengan ini kami "
    "sampaikan bahwa permintaan tersebut {% if dipenuhi %}kami penuhi{% elif sebagian %}kami penuhi sebagian{% else %}"
    "tidak dapat kami penuhi{% endif %}{% if alasan %}, karena {{ alasan }} ({{ pasal_alasan }}){% endif %}."
)
_FURTHER = (
    "{% if not dipenuhi %}Apabila keadaannya berubah, Saudara dapat mengajukan permintaan yang baru. {% endif %}Hal "
    "yang belum jelas dapat Saudara tanyakan melalui {{ cara_bertanya }}."
)
_KNOWN = (
    "Berdasarkan Pasal 46 {{ dasar }}, dengan ini kami memberitahukan kegagalan pelindungan data pribadi "
    "{% if kepada_lembaga %}pada kantor kami{% else %}yang menyangkut data Saudara{% endif %}, yang kami ketahui pada "
    "{{ diketahui }} (catatan nomor {{ nomor_kebocoran }})."
)


def draw_answer() -> Any:
    """Draw the answer: what was asked, whether it is fulfilled, on which ground not, what was done."""
    document = paper("Jawaban Permintaan Data Pribadi", of_case=False)
    reference(document, "Jawaban atas permintaan {{ hak }} data pribadi")
    addressee(document)
    lines(document, "Isi Surat", [_ASKED])
    each(document, "Isi Surat", "uraian")
    lines(document, "Isi Surat", [_FURTHER])
    lines(document, "Penutup", ["Atas perhatian Saudara, kami ucapkan terima kasih."])
    signature_and_copies(document)
    return document


def draw_notice() -> Any:
    """Draw the notice: what article 46 paragraph 2 wants it to say, to the person or to the institution."""
    document = paper("Pemberitahuan Kegagalan Pelindungan Data Pribadi", of_case=False)
    reference(document, "Pemberitahuan kegagalan pelindungan data pribadi")
    addressee(document)
    lines(document, "Isi Surat", [_KNOWN])
    for title, name in (
        ("Data pribadi yang terungkap", "data"),
        ("Kapan dan bagaimana data terungkap", "bagaimana"),
        ("Orang yang datanya terungkap", "siapa"),
        ("Upaya penanganan dan pemulihan", "upaya"),
    ):
        only = name == "siapa"
        if only:
            lines(document, "Isi Rata", ["{%p if kepada_lembaga and siapa %}"])
        lines(document, "Anak Judul", [title])
        if name == "bagaimana":
            lines(document, "Isi Rata", ["Waktu: {{ terjadi }}"])
        each(document, "Isi Rata", name)
        if only:
            lines(document, "Isi Rata", ["{%p endif %}"])
    asking = (
        "{% if not kepada_lembaga %}Kami mohon maaf atas kejadian ini. Saudara dapat bertanya dan meminta bantuan "
        "melalui {{ cara_bertanya }}.{% else %}Perkembangan penanganannya akan kami sampaikan kemudian.{% endif %}"
    )
    lines(document, "Isi Surat", [asking])
    reader = "{% if kepada_lembaga %}Bapak/Ibu{% else %}Saudara{% endif %}"
    lines(document, "Penutup", [f"Atas perhatian {reader}, kami ucapkan terima kasih."])
    signature_and_copies(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {PRIVACY_ANSWER: draw_answer, BREACH_NOTICE: draw_notice}
