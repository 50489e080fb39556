"""Draws the leaf on which those sign at an audience whom its other papers do not name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import WHEN, capitals, running_title
from template_drawings.official_letter import LAST, details, listing, paper, signature
from template_drawings.paper import lines, ruled

from pipeline.letters.sheets.separate_leaf import LEAF

_WHAT = (
    "Lembar ini memuat kehadiran dan tanda tangan pihak yang identitasnya dirahasiakan pada audiensi/koordinasi "
    "tersebut. Lembar ini merupakan bagian yang tidak terpisahkan dari daftar hadir dan berita acaranya, disimpan "
    "tersendiri pada {{ kantor }}, dan tidak disertakan pada salinan yang diberikan kepada siapa pun."
)
_COLUMNS = (
    (10.0, "No.", "{{ loop.index }}"),
    (46.0, "Nama", "{{ baris.nama }}"),
    (34.0, "Selaku", "{{ baris.selaku }}"),
    (35.0, "Tanda tangan kehadiran", ""),
    (35.0, "Tanda tangan berita acara", ""),
)
#: How tall the row is in which somebody signs.
_ROOM = 15.0


def draw_leaf() -> Any:
    """Draw the leaf: of which audience, what it is, who signs, and who led."""
    document = paper("Lembar Tersendiri")
    running_title(document, "Lembar Tersendiri Audiensi/Koordinasi{% if hari_tanggal %}, {{ hari_tanggal }}{% endif %}")
    lines(document, "Judul Naskah", ["LEMBAR TERSENDIRI", "PIHAK YANG IDENTITASNYA DIRAHASIAKAN"])
    lines(document, "Sela", [""])
    details(document, (("Nomor register", "{{ nomor_register }}"), *capitals(WHEN)), left=0)
    lines(document, "Isi Rata", [_WHAT])
    lines(document, "Sela", [""])
    ruled(listing(document, _COLUMNS, "daftar", least=_ROOM, held=LAST))
    signature(document, "", "Pemimpin audiensi,")
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {LEAF: draw_leaf}
