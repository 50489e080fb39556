"""Draws the correction of a letter that was sent (``06-ralat``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    DOTS,
    addressee,
    attachment,
    attachment_end,
    each,
    lines,
    listing,
    paper,
    reference,
    signature,
)
from template_drawings.paper import TEXT_WIDTH
from template_drawings.recommendation import LEAD, closed

from pipeline.letters.sheets.corrected_letters import CORRECTION

_CITED = "Nomor {{ nomor_diralat or '" + DOTS + "' }}{% if tanggal_diralat %} tanggal {{ tanggal_diralat }}{% endif %}"
#: How wide the column is that says where in the letter the words stand.
_PLACE = 44.0


def _readings(place: float = 0) -> list[tuple[float, str, str]]:
    """Return the columns of the table: with that width for where the words stand, or without it."""
    half = (TEXT_WIDTH - 10 - place) / 2
    columns = [
        (10.0, "No.", "{{ loop.index }}"),
        (place, "Letak", "{{ baris.letak }}"),
        (half, "Semula tertulis", "{{ baris.semula }}"),
        (half, "Dibaca menjadi", "{{ baris.menjadi or '(dihapus)' }}"),
    ]
    return [column for column in columns if column[0]]


def draw_correction() -> Any:
    """Draw the correction: the letter it corrects, why, which words are read how, and that the rest stands."""
    document = paper("Ralat", extra=LEAD)
    reference(document, f"Ralat surat {_CITED}")
    addressee(document, several="undangan_di_surat")
    cited = (
        f"Sehubungan dengan surat kami {_CITED}{{% if hal_diralat %}} mengenai {{{{ hal_diralat }}}}{{% endif %}}, "
        "{% if ralat_sebelumnya %}{{ ralat_sebelumnya }}, {% endif %}"
        "dengan ini kami sampaikan bahwa dalam surat tersebut terdapat kekeliruan penulisan"
    )
    one = "{% if satu_alasan %}, yaitu {{ satu_alasan }}{% else %}.{% endif %}"
    lines(document, "Isi Surat", ["{%p if satu_alasan or not alasan %}", f"{cited}{one}"])
    lines(document, "Pengantar", ["{%p else %}", f"{cited}, yaitu:"])
    each(document, "Butir", "alasan", "a.\t{{ butir }}")
    lines(document, "Pengantar", ["{%p endif %}"])
    lines(document, "Pengantar", ["Bagian surat tersebut mohon dibaca sebagai berikut:"])
    lines(document, "Sela", ["{%p if letak_disebut %}"])
    listing(document, _readings(_PLACE), "ralat", least=8)
    lines(document, "Sela", ["{%p else %}"])
    listing(document, _readings(), "ralat", least=8)
    lines(document, "Sela", ["{%p endif %}", "", ""])
    stands = (
        "Isi surat tersebut selebihnya tidak berubah dan tetap berlaku. Surat ralat ini menjadi bagian yang tidak "
        "terpisahkan dari surat tersebut; mohon {{ sapaan }} menyimpannya bersama surat itu."
    )
    lines(document, "Isi Surat", [stands])
    closed(document, "Atas perhatian {{ sapaan }}, kami ucapkan terima kasih.")
    attachment(document, "DAFTAR UNDANGAN", when="daftar_undangan")
    each(document, "Butir", "daftar_undangan", "{{ loop.index }}.\t{{ butir }}")
    signature(document)
    attachment_end(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {CORRECTION: draw_correction}
