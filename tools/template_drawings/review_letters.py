"""Draws the letters to the complainant of SOP step 4 (``04-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import DOTS, lines
from template_drawings.to_complainant import (
    ASK_AFTER,
    ASK_ON,
    ENTRY,
    IDENTITY,
    LOOKED_INTO,
    REVIEWED,
    ended,
    one_or_listed,
    opened,
    reopened,
)

from pipeline.letters.sheets import review_letters

#: A reason is a sentence of its own; what may be done is part of one.
_REASON = "a.\t{{ butir }}"
_SMALL = f"i{IDENTITY[1:]}"
_WATCHED = "Perkembangannya dapat {{ sapaan }} tanyakan kepada kami."
#: By which law another agency is competent.
_BY_LAW = "{% if dasar_kewenangan %} berdasarkan {{ dasar_kewenangan }}{% endif %}"
_STILL = (
    "a.\tmenyampaikan kembali pengaduan apabila terdapat fakta atau bukti baru;",
    "b.\tmenyampaikan pengaduan kepada Komisi Nasional Hak Asasi Manusia (Pasal 90 Undang-Undang Nomor 39 Tahun 1999); "
    "atau",
    "c.\tmenempuh upaya hukum lain sesuai dengan ketentuan peraturan perundang-undangan.",
)

#: What an agency may still do that handed the complaint on; the rights of the complainant are not its own.
_TO_AGENCY = (
    "Apabila terdapat fakta atau bukti baru, {{ sapaan }} dapat menyampaikannya kembali kepada kami. Mohon hasil ini "
    "{{ sapaan }} sampaikan pula kepada pihak yang semula mengadukannya."
)


def draw_incomplete() -> Any:
    """Draw the letter that asks the complainant for what is missing."""
    says = "pengaduan tersebut telah kami periksa dan masih perlu dilengkapi agar penanganannya dapat kami lanjutkan."
    document = opened("Permintaan Kelengkapan", review_letters.INCOMPLETE, says)
    ask = "Untuk itu, kami mohon {{ sapaan }} melengkapi pengaduan tersebut dengan"
    one_or_listed(document, "kekurangan", f"{ask} {{{{ satu_kekurangan }}}}.", f"{ask} hal-hal berikut:", ENTRY)
    within = (
        "Kelengkapan tersebut mohon disampaikan ke alamat kantor kami pada kepala surat ini, secara langsung atau "
        "melalui pos{% if ada_surel %} atau surel{% endif %}, dengan menyebutkan nomor register di atas, paling lambat "
        "{{ batas_jawaban }} sejak surat ini {{ sapaan }} terima. Apabila sampai dengan batas waktu tersebut "
        "kelengkapan tidak kami terima, {% if instansi_pelimpah %}berkasnya kami kembalikan kepada {{ sapaan }}."
        "{% else %}pengaduan {% if bersama %}pelapor yang belum melengkapinya {% endif %}dianggap dicabut"
        "{% if dasar_pencabutan %} berdasarkan {{ dasar_pencabutan }}{% endif %}. "
        "Hal itu tidak mengurangi hak {% if selaku_kuasa %}pemberi kuasa{% elif bersama %}pelapor tersebut"
        "{% else %}{{ sapaan }}{% endif %} untuk mengajukan pengaduan kembali.{% endif %}"
    )
    lines(document, "Isi Surat", [within])
    return ended(document, ASK_ON)


def draw_not_competent() -> Any:
    """Draw the letter that says why this office is not competent, and to whom the complaint went or may go."""
    document = opened("Pemberitahuan Tidak Berwenang", review_letters.NOT_COMPETENT, LOOKED_INTO)
    reopened(document)
    because = (
        "Berdasarkan hasil {% if ditelaah %}telaahan{% else %}pemeriksaan{% endif %}, penanganan pengaduan tersebut "
        "bukan kewenangan kantor kami karena"
    )
    one_or_listed(document, "alasan", f"{because} {{{{ satu_alasan }}}}", f"{because} hal-hal berikut:", _REASON)
    forwarded = (
        "Oleh karena itu, pengaduan tersebut telah kami teruskan kepada {{ tujuan_penerusan or instansi_berwenang }} "
        "dengan surat Nomor {{ nomor_penerusan }} tanggal {{ tanggal_penerusan }} untuk ditangani sesuai dengan "
        f"kewenangannya{_BY_LAW}. {{% if instansi_pelimpah %}}{_WATCHED}{{% elif identitas_dirahasiakan %}}"
        f"{IDENTITY} tidak kami cantumkan dalam surat tersebut. {_WATCHED} Apabila {{{{ sapaan }}}} menghubungi "
        f"instansi tersebut secara langsung, {_SMALL} akan diketahui oleh instansi tersebut.{{% else %}}"
        f"Sesuai dengan izin {{{{ sapaan }}}}, {_SMALL} kami cantumkan dalam surat tersebut. {_WATCHED}{{% endif %}}"
    )
    directly = (
        f"Instansi yang berwenang menangani pengaduan tersebut{_BY_LAW} adalah "
        f"{{{{ instansi_berwenang or '{DOTS}' }}}}. "
        "{{ sapaan }} dapat {% if instansi_pelimpah %}melimpahkan{% else %}menyampaikan{% endif %} pengaduan secara "
        "langsung kepada instansi tersebut dengan melampirkan salinan surat ini."
        f"{{% if identitas_dirahasiakan and not instansi_pelimpah %}} {IDENTITY} tetap kami rahasiakan.{{% endif %}}"
    )
    lines(document, "Isi Surat", ["{%p if nomor_penerusan %}", forwarded, "{%p else %}", directly, "{%p endif %}"])
    over = (
        "Dengan demikian, {% if nomor_penerusan %}kami mengakhiri penanganan pengaduan tersebut di kantor kami, dengan "
        "tetap meminta laporan dari instansi tersebut.{% else %}penanganan pengaduan tersebut di kantor kami telah "
        "selesai.{% endif %}"
    )
    return ended(document, f"{over} {ASK_AFTER}")


def draw_no_indication() -> Any:
    """Draw the letter that says why the complaint is not followed up, and what the complainant can still do."""
    document = opened("Pemberitahuan Tidak Ada Indikasi", review_letters.NO_INDICATION, REVIEWED)
    reopened(document)
    because = (
        "Berdasarkan hasil telaahan, kami tidak menemukan indikasi pelanggaran hak asasi manusia dalam pengaduan "
        "tersebut karena"
    )
    one_or_listed(document, "alasan", f"{because} {{{{ satu_alasan }}}}", f"{because} hal-hal berikut:", _REASON)
    over = "Dengan demikian, penanganan pengaduan tersebut kami akhiri."
    lines(document, "Isi Surat", ["{%p if instansi_pelimpah %}", f"{over} {_TO_AGENCY}", "{%p else %}"])
    lines(document, "Pengantar", [f"{over} {{{{ sapaan }}}} tetap dapat:"])
    lines(document, "Butir Surat", _STILL)
    lines(document, "Isi Surat", ["{%p endif %}"])
    kept = f"{{% if not (identitas_disebut or instansi_pelimpah) %}} {IDENTITY} tetap kami rahasiakan.{{% endif %}}"
    return ended(document, f"{ASK_AFTER}{kept}")


def draw_merged() -> Any:
    """Draw the letter that says with which case the complaint is handled from now on, and nothing of its people."""
    says = (
        "peristiwa {% if instansi_pelimpah %}dalam pengaduan yang {{ sapaan }} limpahkan{% else %}yang {{ sapaan }} "
        "adukan{% endif %} sama dengan peristiwa dalam perkara lain yang sedang kami tangani. Agar penanganannya "
        "terpadu, pengaduan tersebut kami gabungkan ke dalam perkara dengan nomor register "
        f"{{{{ perkara_induk or '{DOTS}' }}}}"
        "{% if tanggal_gabung %} terhitung mulai tanggal {{ tanggal_gabung }}{% endif %}."
    )
    document = opened("Pemberitahuan Penggabungan", review_letters.MERGED, says)
    rights = (
        "{% if not instansi_pelimpah %}Penggabungan ini tidak mengurangi hak {% if selaku_kuasa %}pemberi kuasa"
        "{% else %}{{ sapaan }}{% endif %} sebagai pelapor. {% endif %}Keterangan dan bukti yang telah {{ sapaan }} "
        "sampaikan menjadi bahan penanganan perkara tersebut. Untuk selanjutnya, {{ sapaan }} tetap menggunakan nomor "
        "register {{ nomor_register }}. {% if instansi_pelimpah %}Hasilnya akan kami sampaikan kepada {{ sapaan }} "
        "sebagai instansi yang melimpahkan.{% else %}Hasil penanganannya akan kami beritahukan kepada {{ sapaan }} "
        "dengan surat.{% endif %}"
        f"{{% if not (instansi_pelimpah or identitas_disebut) %}} {IDENTITY} tetap kami rahasiakan, juga dari pihak "
        "lain dalam perkara tersebut.{% endif %}"
    )
    lines(document, "Isi Surat", [rights])
    return ended(document, ASK_ON)


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    review_letters.INCOMPLETE: draw_incomplete,
    review_letters.NOT_COMPETENT: draw_not_competent,
    review_letters.NO_INDICATION: draw_no_indication,
    review_letters.MERGED: draw_merged,
}
