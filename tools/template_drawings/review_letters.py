"""Draws the letters to the complainant of SOP step 4 (``04-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import DOTS, lines
from template_drawings.to_complainant import ASK_AFTER, ASK_ON, ENTRY, REVIEWED, ended, listed, opened, reopened

from pipeline.letters.sheets import review_letters

#: A reason is a sentence of its own; what may be done is part of one.
_REASON = "a.\t{{ butir }}"
_STILL = (
    "a.\tmenyampaikan kembali pengaduan apabila terdapat fakta atau bukti baru;",
    "b.\tmenyampaikan pengaduan kepada Komisi Nasional Hak Asasi Manusia (Pasal 90 Undang-Undang Nomor 39 Tahun 1999); "
    "atau",
    "c.\tmenempuh upaya hukum lain sesuai dengan ketentuan peraturan perundang-undangan.",
)


def draw_incomplete() -> Any:
    """Draw the letter that asks the complainant for what is missing."""
    says = "pengaduan tersebut telah kami periksa dan masih perlu dilengkapi sebelum kami telaah."
    document = opened("Permintaan Kelengkapan", review_letters.INCOMPLETE, says)
    listed(document, "Untuk itu, mohon {{ sapaan }} melengkapi hal-hal berikut:", "kekurangan", ENTRY)
    within = (
        "Kelengkapan tersebut mohon disampaikan kepada kami dengan menyebutkan nomor register di atas, paling lambat "
        "{{ batas_jawaban }} sejak surat ini {{ sapaan }} terima. Apabila sampai dengan batas waktu tersebut "
        "kelengkapan tidak kami terima, pengaduan dianggap dicabut. Hal itu tidak mengurangi hak {{ sapaan }} untuk "
        "mengajukan pengaduan kembali."
    )
    lines(document, "Isi Surat", [within])
    return ended(document, ASK_ON)


def draw_not_competent() -> Any:
    """Draw the letter that says why this office is not competent, and to whom the complaint went or may go."""
    document = opened("Pemberitahuan Tidak Berwenang", review_letters.NOT_COMPETENT, REVIEWED)
    reopened(document)
    lead = (
        "Berdasarkan hasil telaahan, penanganan pengaduan tersebut bukan kewenangan kantor kami karena hal-hal berikut:"
    )
    listed(document, lead, "alasan", _REASON)
    forwarded = (
        "Oleh karena itu, pengaduan tersebut telah kami teruskan kepada {{ tujuan_penerusan or instansi_berwenang }} "
        "dengan surat Nomor {{ nomor_penerusan }} tanggal {{ tanggal_penerusan }} untuk ditangani sesuai dengan "
        "kewenangannya. Perkembangan selanjutnya dapat {{ sapaan }} tanyakan kepada instansi tersebut dengan "
        "menyebutkan nomor dan tanggal surat itu."
    )
    directly = (
        f"Instansi yang berwenang menangani pengaduan tersebut adalah {{{{ instansi_berwenang or '{DOTS}' }}}}. "
        "{{ sapaan }} dapat menyampaikan pengaduan secara langsung kepada instansi tersebut dengan melampirkan salinan "
        "surat ini."
    )
    lines(document, "Isi Surat", ["{%p if nomor_penerusan %}", forwarded, "{%p else %}", directly, "{%p endif %}"])
    over = "Dengan demikian, penanganan pengaduan tersebut di kantor kami telah selesai."
    return ended(document, f"{over} {ASK_AFTER}")


def draw_no_indication() -> Any:
    """Draw the letter that says why the complaint is not followed up, and what the complainant can still do."""
    document = opened("Pemberitahuan Tidak Ada Indikasi", review_letters.NO_INDICATION, REVIEWED)
    reopened(document)
    lead = (
        "Berdasarkan hasil telaahan, kami tidak menemukan indikasi pelanggaran hak asasi manusia dalam pengaduan "
        "tersebut karena hal-hal berikut:"
    )
    listed(document, lead, "alasan", _REASON)
    over = "Dengan demikian, penanganan pengaduan tersebut kami akhiri. {{ sapaan }} tetap dapat:"
    lines(document, "Pengantar", [over])
    lines(document, "Butir Surat", _STILL)
    return ended(document, ASK_AFTER)


def draw_merged() -> Any:
    """Draw the letter that says with which case the complaint is handled from now on, and nothing of its people."""
    says = (
        "peristiwa yang {{ sapaan }} adukan sama dengan peristiwa yang sudah kami tangani. Oleh karena itu, "
        f"penanganannya kami gabungkan ke dalam perkara nomor {{{{ perkara_induk or '{DOTS}' }}}}"
        "{% if tanggal_gabung %} sejak tanggal {{ tanggal_gabung }}{% endif %}."
    )
    document = opened("Pemberitahuan Penggabungan", review_letters.MERGED, says)
    rights = (
        "Penggabungan ini tidak mengurangi hak {{ sapaan }} sebagai pelapor. Keterangan dan bukti yang telah "
        "{{ sapaan }} sampaikan menjadi bahan penanganan perkara tersebut, dan nomor register pengaduan {{ sapaan }} "
        "tetap berlaku. Identitas {{ sapaan }} tetap kami rahasiakan, juga dari pihak lain dalam perkara tersebut."
    )
    lines(document, "Isi Surat", [rights])
    return ended(document, ASK_ON)


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    review_letters.INCOMPLETE: draw_incomplete,
    review_letters.NOT_COMPETENT: draw_not_competent,
    review_letters.NO_INDICATION: draw_no_indication,
    review_letters.MERGED: draw_merged,
}
