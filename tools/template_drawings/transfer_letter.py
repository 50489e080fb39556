"""Draws the covering letter with which a case goes to the agency that is competent for it (``04-surat-penerusan``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from template_drawings.official_letter import addressee, each, last_of, lines, paper, reference
from template_drawings.paper import LETTER
from template_drawings.recommendation import CHILD_KEPT, ENDS, REGISTERED, REGISTERED_AS, THANKS, closed

from pipeline.cases.letter_subjects import subject
from pipeline.letters.sheets.transfer_letter import TRANSFER

#: Lines nearer than in other letters, so that a usual one keeps to one page.
_LOOKS = {name: replace(LETTER[name], leading=1.0) for name in ("Isi Surat", "Penutup", "Butir")}
_LOOKS["Pengantar"] = last_of(_LOOKS["Isi Surat"])


def draw_transfer() -> Any:
    """Draw the covering letter: why the case is theirs and what it is about, that it is handed on, what is asked."""
    document = paper("Surat Penerusan", extra=_LOOKS)
    reference(document, subject(TRANSFER, "{{ nomor_register }}", REGISTERED_AS))
    addressee(document)
    why = (
        f"Sehubungan dengan {REGISTERED}, dengan ini kami sampaikan bahwa "
        "{% if ditelaah %}berdasarkan hasil telaahan, {% endif %}penanganannya bukan kewenangan kantor kami, melainkan "
        "kewenangan instansi yang Bapak/Ibu pimpin, karena"
    )
    lines(document, "Isi Surat", ["{%p if satu_alasan %}", f"{why} {{{{ satu_alasan }}}}"])
    lines(document, "Pengantar", ["{%p else %}", f"{why} hal-hal berikut:"])
    each(document, "Butir", "alasan", "a.\t{{ butir }}")
    lines(document, "Isi Surat", ["{%p endif %}"])
    _list(document, "dasar_hukum", "Kewenangan tersebut diatur dalam", "{{ dasar_hukum[0] }}")
    told = "Pokok {{ sebutan_perkara }} tersebut adalah sebagai berikut"
    lines(document, "Isi Surat", ["{%p if pokok|length == 1 %}", f"{told}. {{{{ pokok[0] }}}}"])
    lines(document, "Pengantar", ["{%p elif pokok %}", f"{told}:"])
    each(document, "Butir", "pokok", "a.\t{{ butir }}")
    lines(document, "Isi Surat", ["{%p endif %}"])
    handed = (
        "Untuk itu, {% if pelapor %}pengaduan{% else %}perkara{% endif %} tersebut kami teruskan kepada Bapak/Ibu "
        "untuk ditangani sesuai dengan kewenangan."
    )
    lines(document, "Isi Surat", ["{%p if not berkas %}", handed, "{%p endif %}"])
    _list(document, "berkas", f"{handed} Bersama surat ini kami sertakan", "{{ berkas_dalam_kalimat }}")
    kept = (
        "{{ rekaman_ditahan }}, belum kami sertakan karena memerlukan persetujuan pihak yang merekamnya, dan akan "
        "kami sampaikan setelah persetujuan itu kami terima."
    )
    lines(document, "Isi Surat", ["{%p if rekaman_ditahan %}", kept, "{%p endif %}"])
    secret = (
        "{% if instansi_melimpahkan %}Hal yang perlu ditanyakan kepada instansi yang melimpahkan{% else %}Identitas "
        "{{ sebutan_pelapor }} dirahasiakan. Hal yang perlu ditanyakan kepada {{ sebutan_pelapor }}{% endif %} mohon "
        "disampaikan melalui kami."
    )
    child = f"{{% if korban_anak %}}{CHILD_KEPT}{{% endif %}}"
    secret = f"{{% if identitas_dirahasiakan %}}{secret}{{% if korban_anak %}} {{% endif %}}{{% endif %}}{child}"
    asked = (
        "{% if identitas_dirahasiakan or korban_anak %} {% endif %}Perkembangan dan hasil penanganannya mohon "
        "disampaikan kepada kami secara tertulis, dengan menyebutkan nomor register di atas."
    )
    lines(document, "Isi Surat", [f"{secret}{asked}"])
    return closed(document, THANKS)


def _list(document: Any, name: str, lead: str, one: str) -> None:
    """Draw a sentence that ends with a list: one entry stands in it, several below it; without any there is none."""
    lines(document, "Isi Surat", [f"{{%p if {name}|length == 1 %}}", f"{lead} {one}."])
    lines(document, "Pengantar", [f"{{%p elif {name} %}}", f"{lead}:"])
    each(document, "Butir", name, f"a.\t{{{{ butir }}}}{ENDS}")
    lines(document, "Isi Surat", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {TRANSFER: draw_transfer}
