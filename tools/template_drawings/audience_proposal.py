"""Draws the proposal of an audience: a memo that rests on the nota telaahan and on what was decided on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import WHEN, running_title
from template_drawings.official_letter import (
    NUMBER_OR_DOTS,
    details,
    each,
    last_of,
    memo_head,
    paper,
    signature_and_titled_approval,
)
from template_drawings.paper import LETTER, control, lines
from template_drawings.recommendation import ENDS

from pipeline.letters.approved_text import DATE, NUMBER
from pipeline.letters.sheets import audience_proposal

_LOOKS = {
    "Pengantar": last_of(LETTER["Isi Surat"]),
    "Lanjutan": last_of(LETTER["Isi Rata"]),
}


#: What is asked for: where the head has decided already that there shall be an audience, the rest.
_ASKED = (
    "Sehubungan dengan hal tersebut, kami mohon persetujuan atas {% if putusan %}waktu, tempat, dan pihak yang diundang"
    "{% else %}pelaksanaan audiensi/koordinasi, termasuk waktu, tempat, dan pihak yang diundang{% endif %} sebagaimana "
    "tersebut di atas."
)
#: What stays on the page of the signature.
_CLOSING = (
    "{% if lampiran_naskah != '-' %}Nota telaahan tersebut kami lampirkan. {% endif %}Demikian kami sampaikan untuk "
    "mendapat arahan dan persetujuan."
)
#: What stands above the box of approval, which may stand on a later page: of which memo it is, and of which case.
_APPROVAL = "Persetujuan atas Nota Dinas Nomor\N{NO-BREAK SPACE}"
_CASE = " mengenai usulan audiensi/koordinasi atas perkara nomor register {{ nomor_register }}"


def draw_proposal() -> Any:
    """Draw the memo: what it rests on, why an audience is needed, when, where, what about, with whom."""
    document = paper("Usulan Audiensi", extra=_LOOKS)
    control(running_title(document, "Nota Dinas Nomor "), NUMBER, NUMBER_OR_DOTS)
    memo_head(document, "NOTA DINAS", "Usulan audiensi atas perkara nomor register {{ nomor_register }}")
    lines(document, "Isi Surat", [_basis()])
    lines(document, "Isi Surat", ["{%p if simpulan_nota %}", _conclusion(), "{%p endif %}"])
    needed = "Audiensi/koordinasi perlu dilaksanakan"
    lines(document, "Isi Surat", ["{%p if satu_alasan %}", f"{needed} {{{{ satu_alasan }}}}", "{%p elif alasan %}"])
    lines(document, "Pengantar", [f"{needed} karena hal-hal berikut:"])
    each(document, "Butir", "alasan", "a.\t{{ butir }}")
    lines(document, "Isi Surat", ["{%p endif %}"])
    lines(document, "Pengantar", ["Audiensi/koordinasi kami usulkan untuk dilaksanakan pada:"])
    details(document, WHEN)
    _guests(document)
    lines(document, "Isi Surat", [_ASKED])
    title = signature_and_titled_approval(document, _CLOSING, _APPROVAL, high=25)
    control(title, NUMBER, NUMBER_OR_DOTS)
    title.add_run(" tanggal ")
    control(title, DATE, "{{ tanggal_naskah }}")
    title.add_run(_CASE)
    return document


def _guests(document: Any) -> None:
    """Draw who is invited, as the end of the sentence that says when: one in it, several listed."""
    own = "{% if undangan_pelapor %}{{ undangan_pelapor }} dan {% endif %}"
    lines(document, "Lanjutan", ["{%p if undangan|length > 1 %}", f"dengan mengundang {own}pihak-pihak berikut:"])
    each(document, "Butir", "undangan", f"{{{{ loop.index }}}}.\t{{{{ butir }}}}{ENDS}")
    one = "{{ satu_undangan }}{% if satu_undangan and undangan_pelapor %} serta {% endif %}{{ undangan_pelapor }}"
    lines(document, "Lanjutan", ["{%p elif undangan or undangan_pelapor %}", f"dengan mengundang {one}."])
    lines(document, "Lanjutan", ["{%p endif %}"])


def _basis() -> str:
    memo = (
        "nota telaahan{% if nomor_nota %} Nomor {{ nomor_nota }}{% endif %}"
        "{% if tanggal_nota %} tanggal {{ tanggal_nota }}{% endif %}"
    )
    return (
        "Menindaklanjuti {% if putusan %}keputusan {{ pemutus }} tanggal {{ tanggal_putusan }} atas {% endif %}"
        + memo
        + ", dengan ini kami sampaikan usulan audiensi/koordinasi atas {{ pokok_perkara }}, yang {{ cara_masuk }} pada "
        "tanggal {{ tanggal_terima }}."
    )


def _conclusion() -> str:
    return (
        "Nota telaahan tersebut menyimpulkan bahwa {{ simpulan_nota }}."
        "{% if putusan %} {{ pemutus }} telah memutuskan tindak lanjut berupa {{ putusan }}"
        "{% if catatan_putusan %}, dengan catatan: “{{ catatan_putusan }}”{% endif %}.{% endif %}"
    )


DRAWINGS: Mapping[str, Callable[[], Any]] = {audience_proposal.PROPOSAL: draw_proposal}
