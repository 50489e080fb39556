"""Draws the letters to the complainant of the review (pipeline/letters/sheets/review.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    addressee,
    copies,
    each,
    lines,
    paper,
    reference,
    signature,
)

from pipeline.letters.sheets import review

_ABOUT = (
    "pengaduan Saudara{% if nomor_surat %} Nomor {{ nomor_surat }}{% endif %}"
    "{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}"
    "{% if hal %} hal {{ hal }}{% endif %}, yang kami terima pada tanggal {{ tanggal_terima }} "
    "dan terdaftar dengan nomor register {{ nomor_register }}"
)
_ASK = (
    "Perkembangan pengaduan dapat Saudara tanyakan dengan menyebutkan nomor register dan kode status "
    "pada tanda terima: {{ cara_bertanya }}."
)
_THANKS = "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih."


def _to_complainant(title: str, hal: str) -> Any:
    document = paper(title)
    reference(document, hal)
    addressee(document)
    return document


def draw_incomplete() -> Any:
    """Draw the letter that asks the complainant for what is missing."""
    document = _to_complainant("Permintaan Kelengkapan", "Permintaan kelengkapan pengaduan")
    lines(document, "Isi Surat", [f"Sehubungan dengan {_ABOUT}, kami telah memeriksa kelengkapannya."])
    lines(document, "Isi Surat", ["Agar pengaduan tersebut dapat ditelaah, mohon Saudara melengkapi:"])
    each(document, "Butir", "kekurangan", "{{ loop.index }}.\t{{ butir }}")
    within = (
        "Kelengkapan tersebut mohon disampaikan kepada kami dengan menyebutkan nomor register di atas, paling lambat "
        "{{ batas_jawaban }} sejak surat ini diterima. Apabila sampai batas waktu tersebut kelengkapan tidak "
        "kami terima, pengaduan dianggap dicabut. Hal itu tidak mengurangi hak Saudara untuk mengajukan pengaduan "
        "kembali."
    )
    lines(document, "Isi Surat", [within])
    return _closed(document, _ASK)


def draw_not_competent() -> Any:
    """Draw the letter that says who is competent instead of this office."""
    document = _to_complainant("Pemberitahuan Tidak Berwenang", "Pemberitahuan hasil telaahan pengaduan")
    lines(document, "Isi Surat", [f"Sehubungan dengan {_ABOUT}, kami sampaikan bahwa pengaduan telah kami telaah."])
    lines(document, "Isi Surat", ["Berdasarkan hasil telaahan, penanganannya bukan kewenangan kantor kami, karena:"])
    each(document, "Isi Surat", "alasan")
    advice = (
        "Instansi yang berwenang menangani pengaduan Saudara adalah "
        "{{ instansi_berwenang or '....................' }}. Saudara dapat "
        "menyampaikan pengaduan secara langsung kepada instansi tersebut. Berkas pengaduan Saudara "
        "tersimpan pada kami dan identitas Saudara kami rahasiakan."
    )
    return _closed(document, advice)


def draw_no_indication() -> Any:
    """Draw the letter that says why the complaint is not followed up."""
    document = _to_complainant("Pemberitahuan Tidak Ada Indikasi", "Pemberitahuan hasil telaahan pengaduan")
    lines(document, "Isi Surat", [f"Sehubungan dengan {_ABOUT}, kami sampaikan bahwa pengaduan telah kami telaah."])
    found = "Berdasarkan hasil telaahan, kami tidak menemukan indikasi pelanggaran hak asasi manusia, karena:"
    lines(document, "Isi Surat", [found])
    each(document, "Isi Surat", "alasan")
    again = (
        "Dengan demikian penanganan pengaduan tersebut kami akhiri. Hal ini tidak menutup kesempatan Saudara untuk "
        "menempuh upaya hukum lain, atau menyampaikan kembali pengaduan apabila terdapat fakta atau bukti baru."
    )
    return _closed(document, again)


def _closed(document: Any, last: str) -> Any:
    lines(document, "Penutup", [last, _THANKS])
    signature(document)
    copies(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    review.INCOMPLETE: draw_incomplete,
    review.NOT_COMPETENT: draw_not_competent,
    review.NO_INDICATION: draw_no_indication,
}
