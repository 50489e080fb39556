"""Draws the invitations to an audience: the parties', and the complainant's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from template_drawings.audience import WHEN
from template_drawings.official_letter import (
    addressee,
    attachment,
    attachment_end,
    details,
    each,
    each_to_closing,
    last_of,
    paper,
    reference,
    signature,
    signature_and_copies,
)
from template_drawings.paper import LETTER, lines
from template_drawings.recommendation import CHILD_KEPT, ENDS
from template_drawings.to_complainant import EACH, NAMING

from pipeline.letters.sheets.invitation import INVITATION, TO_COMPLAINANT

_LOOKS = {"Butir Akhir": last_of(LETTER["Butir"])}
#: The complainant's letter says more, and is one page whoever complains.
_CLOSER = {name: replace(LETTER[name], leading=1.0, after=3) for name in ("Isi Surat", "Penutup", "Butir")}


def draw_invitation() -> Any:
    """Draw the parties' invitation; more than three guests stand on a page of their own."""
    document = paper("Undangan Audiensi", extra=_LOOKS)
    reference(document, "Undangan audiensi/koordinasi")
    addressee(document, several="undangan_di_surat")
    opening = (
        "Sehubungan dengan penanganan {{ pokok_pengaduan }}, yang terdaftar dengan nomor register "
        "{{ nomor_register }}, dengan hormat kami mengundang Bapak/Ibu untuk menghadiri audiensi/koordinasi yang "
        "akan dilaksanakan pada:"
    )
    lines(document, "Isi Surat", [opening])
    details(document, WHEN)
    wish = (
        "Mengingat pentingnya acara tersebut, kami mohon Bapak/Ibu hadir tepat waktu serta membawa data dan dokumen "
        "yang berkaitan. Apabila berhalangan, mohon menugaskan wakil yang memahami permasalahan tersebut dan berwenang "
        "memberi keterangan."
    )
    asking = "Konfirmasi kehadiran dan keterangan lebih lanjut dapat disampaikan melalui {{ cara_bertanya }}."
    child = ("{%p if korban_anak %}", CHILD_KEPT, "{%p endif %}")
    thanks = "Atas perhatian dan kehadiran Bapak/Ibu, kami ucapkan terima kasih."
    lines(document, "Penutup", [wish, *child, asking, thanks])
    signature_and_copies(document)
    attachment(document, "DAFTAR UNDANGAN", when="daftar_undangan")
    each_to_closing(document, "Butir", "daftar_undangan", "{{ loop.index }}.\t{{ butir }}", held=3)
    signature(document)
    attachment_end(document)
    return document


def draw_complainant_s() -> Any:
    """Draw the complainant's own invitation, which says that nobody else was told of them."""
    document = paper("Undangan Audiensi bagi Pelapor", extra=_CLOSER)
    reference(document, "Undangan audiensi/koordinasi")
    addressee(document, several=EACH)
    opening = (
        "Sehubungan dengan {{ pengaduan }}, dengan hormat kami mengundang {{ sapaan }} untuk menghadiri "
        "audiensi/koordinasi dengan pihak yang berkaitan, yang akan dilaksanakan pada:"
    )
    lines(document, "Isi Surat", [opening])
    details(document, WHEN)
    sent = "{% if instansi_pelimpah %}menugaskan pejabat yang menangani pengaduan tersebut serta {% endif %}"
    only = ("{%p if satu_dibawa %}", f"Kami mohon {{{{ sapaan }}}} {sent}membawa {{{{ satu_dibawa }}}}.")
    lines(document, "Isi Surat", [*only, "{%p elif dibawa %}", f"Kami mohon {{{{ sapaan }}}} {sent}membawa:"])
    each(document, "Butir", "dibawa", f"{{{{ loop.index }}}}.\t{{{{ butir }}}}{ENDS}")
    alone = "Kami mohon {{ sapaan }} menugaskan pejabat yang menangani pengaduan tersebut."
    lines(document, "Isi Surat", ["{%p elif instansi_pelimpah %}", alone, "{%p endif %}"])
    secrecy = (
        "{% if dirahasiakan %}Undangan kepada pihak lain, daftar hadir, dan berita acara tidak menyebut identitas "
        "{{ identitas }}; kehadiran {{ sapaan }} dicatat dan "
        "ditandatangani pada lembar tersendiri yang disimpan pada kami. Namun, dengan hadir, {{ sapaan }} dapat "
        "dikenali oleh pihak lain. {% endif %}Apabila {{ sapaan }} berkeberatan "
        "bertemu langsung dengan pihak lain, atau berhalangan hadir, mohon memberi tahu kami sebelum hari tersebut, "
        "agar keterangan {{ sapaan }} dapat kami dengar secara terpisah."
        "{% if kelompok %} Pengaduan ini disampaikan oleh kelompok; cukup wakil kelompok yang hadir."
        "{% elif bersama %} Para pelapor dapat hadir seluruhnya atau menunjuk secara tertulis salah seorang di "
        "antaranya sebagai wakil.{% endif %}{% if pelapor_lain %} Mohon isi surat ini {{ sapaan }} sampaikan pula "
        "kepada {{ pelapor_lain }}.{% endif %}"
        "{% if korban_anak %} Anak tidak perlu dihadirkan; keterangannya "
        "dapat disampaikan oleh orang tua, wali, atau pendampingnya.{% endif %}"
    )
    lines(document, "Isi Surat", ["{%p if not instansi_pelimpah %}", secrecy, "{%p endif %}"])
    asking = f"Keterangan lebih lanjut dapat diperoleh melalui {{{{ cara_bertanya }}}} {NAMING}."
    thanks = "Atas perhatian dan kehadiran {{ sapaan }}, kami ucapkan terima kasih."
    lines(document, "Penutup", [asking, thanks])
    signature_and_copies(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {INVITATION: draw_invitation, TO_COMPLAINANT: draw_complainant_s}
