"""Draws the proposal of an audience: a memo that rests on the nota telaahan and on what was decided on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import WHEN
from template_drawings.official_letter import details, each, each_to_closing, last_of, memo_head, paper, signature
from template_drawings.paper import LETTER, lines

from pipeline.letters.sheets import audience_proposal

_LOOKS = {"Butir Akhir": last_of(LETTER["Butir"])}


def draw_proposal() -> Any:
    """Draw the memo: what it rests on, why an audience is needed, when, where, what about, with whom."""
    document = paper("Usulan Audiensi", extra=_LOOKS)
    memo_head(document, "NOTA DINAS", "Usulan audiensi atas perkara nomor register {{ nomor_register }}")
    lines(document, "Isi Surat", [_basis()])
    lines(document, "Isi Surat", ["{%p if simpulan_nota %}", _conclusion(), "{%p endif %}"])
    lines(document, "Isi Surat", ["Audiensi/koordinasi perlu dilaksanakan karena hal-hal berikut:"])
    reason = "{{ loop.index }}.\t{{ butir }}"
    each(document, "Butir", "alasan", reason)
    lines(document, "Isi Surat", ["Audiensi/koordinasi kami usulkan untuk dilaksanakan pada:"])
    details(document, WHEN)
    lines(document, "Isi Surat", ["dengan mengundang:"])
    each_to_closing(document, "Butir", "pihak", "{{ loop.index }}.\t{{ butir }}", held=2)
    lines(document, "Penutup", ["Demikian kami sampaikan, mohon persetujuan dan arahan lebih lanjut."])
    signature(document, initialled=True)
    return document


def _basis() -> str:
    memo = (
        "nota telaahan{% if nomor_nota %} Nomor {{ nomor_nota }}{% endif %}"
        "{% if tanggal_nota %} tanggal {{ tanggal_nota }}{% endif %}"
    )
    return (
        "Menindaklanjuti {% if putusan %}keputusan {{ pemutus }} tanggal {{ tanggal_putusan }} atas {% endif %}"
        + memo
        + ", dengan ini kami sampaikan usulan audiensi/koordinasi atas {{ pokok_perkara }}{% if pengadu %} yang "
        "disampaikan oleh {{ pengadu }} dan{% else %} yang{% endif %} kami catat pada tanggal {{ tanggal_terima }}."
    )


def _conclusion() -> str:
    return (
        "Nota telaahan tersebut menyimpulkan bahwa {{ simpulan_nota }}."
        "{% if putusan %} {{ pemutus }} memutuskan tindak lanjut berupa {{ putusan }}"
        "{% if catatan_putusan %}, dengan catatan: “{{ catatan_putusan }}”{% endif %}.{% endif %}"
    )


DRAWINGS: Mapping[str, Callable[[], Any]] = {audience_proposal.PROPOSAL: draw_proposal}
