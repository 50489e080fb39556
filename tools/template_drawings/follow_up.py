"""Draws the letter that asks what became of a recommendation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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
from template_drawings.paper import LETTER
from template_drawings.recommendation import ADVICE, CHILD_KEPT, LEAD, THANKS, closed

from pipeline.letters.sheets.follow_up import REQUEST

#: Until when the agency is to report, and what.
UNTIL = "{% if batas_jawaban %}, paling lambat tanggal {{ batas_jawaban }}{% else %} pada kesempatan pertama{% endif %}"
#: What every letter about a child asks of who reads it, behind another sentence.
CHILD = f"{{% if korban_anak %}} {CHILD_KEPT}{{% endif %}}"
#: By what the agency's answer is found again.
CITING = f"Dalam laporan tersebut mohon disebutkan nomor register di atas.{CHILD}"
_ONE = "{% if rekomendasi|length == 1 %}"
_WANTED = (
    f"a.\ttindak lanjut yang telah dilaksanakan atas {_ONE}rekomendasi tersebut{{% else %}}setiap rekomendasi, baik "
    "yang telah maupun yang akan jatuh tempo{% endif %};",
    "b.\tbukti pelaksanaannya; dan",
    f"c.\tkendala serta rencana penyelesaian {_ONE}apabila rekomendasi tersebut{{% else %}}atas rekomendasi yang"
    "{% endif %} belum dilaksanakan.",
)
#: Lines nearer than in other letters, so that a usual one keeps to one page.
_LOOKS = {name: replace(look, leading=1.0) for name, look in {**LETTER, **LEAD}.items() if look.leading > 1}
NUMBER_AND_DATE = "Nomor {{ nomor_rekomendasi or '" + DOTS + "' }} tanggal {{ tanggal_rekomendasi or '" + DOTS + "' }}"
SENT = f"surat rekomendasi kami {NUMBER_AND_DATE}"


def draw_request() -> Any:
    """Draw the letter that asks the agency what it did: the recommendation, what is noted so far, until when."""
    document = paper("Permintaan Tindak Lanjut", extra=_LOOKS)
    reference(document, "Permintaan laporan tindak lanjut rekomendasi")
    addressee(document)
    about = (
        f"Menindaklanjuti {SENT}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}"
        "{% if ralat_rekomendasi %}, {{ ralat_rekomendasi }}{% endif %}, atas "
        "{{ pokok_perkara }}, yang terdaftar dengan nomor register {{ nomor_register }}, dengan ini kami "
        "sampaikan bahwa kami memantau pelaksanaan rekomendasi berikut:"
    )
    lines(document, "Pengantar", [about])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    monitored = "Hasil pemantauan kami sampai dengan tanggal surat ini adalah sebagai berikut:"
    lines(document, "Pengantar", ["{%p if catatan %}", monitored])
    each(document, "Isi Surat", "catatan")
    lines(document, "Isi Surat", ["{%p endif %}"])
    asked = "Sehubungan dengan hal tersebut, mohon Bapak/Ibu menyampaikan laporan kepada kami secara tertulis"
    lines(document, "Pengantar", [f"{asked}{UNTIL}, mengenai:"])
    lines(document, "Butir", _WANTED)
    for paragraph in document.paragraphs[-len(_WANTED) : -1]:  # the list stays whole
        paragraph.paragraph_format.keep_with_next = True
    lines(document, "Isi Surat", [CITING])
    return closed(document, THANKS)


DRAWINGS: Mapping[str, Callable[[], Any]] = {REQUEST: draw_request}
