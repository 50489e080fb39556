"""Draws the leaf on which those sign at an audience whom its other papers do not name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import OF_CASE, WHEN, capitals, running_title
from template_drawings.official_letter import DOTS, LAST, details, listing, paper, signature
from template_drawings.paper import lines, ruled

from pipeline.letters.sheets.separate_leaf import LEAF

_WHAT = (
    "Lembar ini memuat kehadiran dan tanda tangan pihak yang identitasnya dirahasiakan pada audiensi/koordinasi "
    "tersebut. Lembar ini merupakan bagian yang tidak terpisahkan dari daftar hadir dan berita acaranya, disimpan "
    "dalam sampul tertutup pada {{ kantor }}, dan tidak disertakan pada salinan yang diberikan kepada siapa pun."
)
_COLUMNS = (
    (10.0, "No.", "{{ loop.index }}"),
    (40.0, "Nama", "{{ baris.nama }}"),
    (28.0, "Selaku", "{{ baris.selaku }}"),
    (22.0, "Identitas diperiksa", ""),
    (30.0, "Tanda tangan kehadiran", ""),
    (30.0, "Tanda tangan berita acara", ""),
)
#: Of which minutes it is a part: dotted while they have no number.
_MINUTES = f"Nomor {{{{ nomor_berita_acara or '{DOTS}' }}}} tanggal {{{{ tanggal_berita_acara or '{DOTS}' }}}}"
_UNUSED = "Baris yang tidak terisi dicoret oleh pemimpin audiensi."
#: How tall the row is in which somebody signs.
_ROOM = 15.0


def draw_leaf() -> Any:
    """Draw the leaf: of which audience, what it is, who signs, and who led."""
    document = paper("Lembar Tersendiri")
    running_title(document, f"Lembar Tersendiri Audiensi/Koordinasi\n{OF_CASE}")
    lines(document, "Judul Naskah", ["LEMBAR TERSENDIRI", "PIHAK YANG IDENTITASNYA DIRAHASIAKAN"])
    lines(document, "Sela", [""])
    told = (("Nomor register", "{{ nomor_register }}"), ("Berita acara", _MINUTES), *capitals(WHEN))
    details(document, told, left=0)
    lines(document, "Isi Rata", [_WHAT])
    lines(document, "Sela", [""])
    ruled(listing(document, _COLUMNS, "daftar", least=_ROOM, held=LAST))
    lines(document, "Isi Rata", [_UNUSED])
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    place = "{{ tempat }}, {{ tanggal_audiensi or '" + DOTS + "' }}"
    signature(document, place, "Pemimpin audiensi,")
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {LEAF: draw_leaf}
