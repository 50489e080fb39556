"""Draws the proposal of an audience: a memo that rests on the nota telaahan and on what was decided on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import WHEN
from template_drawings.official_letter import (
    details,
    each,
    each_to_closing,
    last_of,
    memo_head,
    paper,
    signature_and_approval,
)
from template_drawings.paper import Look, lines
from template_drawings.recommendation import ENDS

from pipeline.letters.sheets import audience_proposal

#: Lines nearer than in letters, so that a usual proposal keeps to one page with the boxes of all who approve it.
_LEADING = 1.0
_ENTRIES = Look(11, after=1, left=17, first=-7, leading=_LEADING)
_LOOKS = {
    "Kepala Surat": Look(11),
    "Rincian": Look(11),
    "Isi Surat": Look(11, before=1, after=1, first=10, leading=_LEADING),
    "Pengantar": Look(11, before=1, after=1, first=10, leading=_LEADING, keep=True),
    "Lanjutan": Look(11, after=2, leading=_LEADING, keep=True),
    "Butir": _ENTRIES,
    "Butir Akhir": last_of(_ENTRIES),
    "Penutup": Look(11, before=2, after=1, first=10, leading=_LEADING, keep=True),
}


def draw_proposal() -> Any:
    """Draw the memo: what it rests on, why an audience is needed, when, where, what about, with whom."""
    document = paper("Usulan Audiensi", extra=_LOOKS)
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
    lines(document, "Penutup", ["Demikian kami sampaikan. Mohon persetujuan dan arahan lebih lanjut."])
    signature_and_approval(document, high=11)
    return document


def _guests(document: Any) -> None:
    """Draw who is invited, as the end of the sentence that says when: one in it, several listed."""
    own = "{% if undangan_pelapor %}, serta {{ undangan_pelapor }}{% endif %}"
    lines(document, "Lanjutan", ["{%p if undangan|length > 1 %}", f"dengan mengundang pihak-pihak berikut{own}:"])
    each_to_closing(document, "Butir", "undangan", f"{{{{ loop.index }}}}.\t{{{{ butir }}}}{ENDS}", held=2)
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
