"""Draws the first and the second warning to an agency that does not answer (``07-teguran-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from template_drawings.follow_up import CITING, UNTIL
from template_drawings.official_letter import DOTS, addressee, each, lines, listing, paper, reference
from template_drawings.paper import Look
from template_drawings.recommendation import ADVICE, ENDS, THANKS, closed

from pipeline.cases.letter_subjects import subject
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

_CLOSE = Look(11, leading=1.0)
#: The second says more: it has less air (points) between its parts, so that a usual one keeps to one page too.
_AIR = {FIRST: 4.0, SECOND: 1.0}
_SECOND_LOOKS = {
    "Kepala Surat": Look(11, after=0.5),
    "Sela Kepala": Look(5),
    "Judul Tembusan": Look(10, before=4, keep=True),
}
_LETTER = (
    "{{ butir.sebutan }} Nomor {{ butir.nomor or '" + DOTS + "' }} tanggal {{ butir.tanggal or '" + DOTS + "' }}"
    "{% if butir.keterangan %}, {{ butir.keterangan }}"
    "{% endif %}{% if butir.ralat %}, {{ butir.ralat }}{% endif %}"
)
_WANTED = (
    "tindak lanjut atas {% if not satu_rekomendasi %}setiap {% endif %}rekomendasi tersebut, bukti pelaksanaannya, "
    "serta kendala dan rencana penyelesaian{% if satu_rekomendasi %} apabila{% else %} bagi yang{% endif %} belum "
    "dilaksanakan."
)
#: What did not come: a report on what is past due, or, where nothing is, an answer to the letters.
_SILENT = (
    "Sehubungan dengan {{ pokok_perkara }}, yang terdaftar dengan nomor register {{ nomor_register }}, dengan ini kami "
    "sampaikan bahwa sampai dengan tanggal surat ini kami belum menerima {% if jawaban %}laporan lengkap"
    "{% elif rekomendasi %}laporan{% else %}jawaban{% endif %} atas "
)
_DUE = (
    "Rekomendasi yang telah jatuh tempo dan belum dilaporkan {% if jawaban %}lengkap {% endif %}adalah sebagai berikut:"
)
_ANSWER = (
    "Jawaban yang sudah kami terima: {% for j in jawaban %}{% if j.nomor %}Nomor {{ j.nomor }} {% endif %}tanggal "
    "{{ j.tanggal }}{% if loop.last %}.{% else %}; {% endif %}{% endfor %}"
)
_UNLESS = (
    "{% if batas_jawaban %}Apabila sampai dengan tanggal tersebut laporan tidak kami terima"
    "{% else %}Apabila laporan tersebut tidak kami terima{% endif %}"
)
#: What follows when this warning is not answered either; of several paragraphs the last stays with the signature.
_NEXT = {
    FIRST: (f"{_UNLESS}, kami akan menyampaikan surat teguran kedua.",),
    SECOND: (
        "Teguran ini adalah teguran terakhir{% if atasan %}, dengan tembusan kepada {{ atasan }}{% endif %}.",
        f"{_UNLESS}, kami akan mencatat dalam hasil evaluasi bahwa rekomendasi tersebut tidak ditanggapi dan "
        "melaporkannya kepada Direktur Jenderal Hak Asasi Manusia.",
    ),
}


def draw_warning(template: str) -> Any:
    """Draw a warning: which letters of which case were not answered, what is to be reported when, and what follows."""
    looks = {**_looks(_AIR[template]), **(_SECOND_LOOKS if template == SECOND else {})}
    document = paper("Teguran Kedua" if template == SECOND else "Teguran Pertama", extra=looks)
    reference(document, subject(template, "{{ nomor_register }}"))
    addressee(document)
    lines(document, "Isi Surat", ["{%p if surat_terdahulu|length == 1 %}"])
    each(document, "Isi Surat", "surat_terdahulu", f"{_SILENT}{_LETTER}.")
    lines(document, "Pengantar", ["{%p else %}", f"{_SILENT}surat kami berikut:"])
    each(document, "Butir Surat", "surat_terdahulu", f"a.\t{_LETTER}{ENDS}")
    lines(document, "Isi Surat", ["{%p endif %}"])
    lines(document, "Pengantar", ["{%p if rekomendasi %}", _DUE])
    listing(document, ADVICE, "rekomendasi", least=6)
    lines(document, "Sela", ["", "{%p endif %}"])
    lines(document, "Isi Surat", ["{%p if jawaban %}", _ANSWER, "{%p endif %}"])
    each(document, "Isi Surat", "catatan", "{% if loop.first %}Catatan pemantauan kami: {% endif %}{{ butir }}")
    asked = "minta" if template == SECOND else "mohon"
    until = f"Untuk itu, kami {asked} Bapak/Ibu menyampaikan laporan secara tertulis{UNTIL}"
    lines(document, "Isi Surat", [f"{until}, mengenai {_WANTED} {CITING}", *_NEXT[template]])
    return closed(document, THANKS)


def _looks(air: float) -> dict[str, Look]:
    return {
        "Pengantar": replace(_CLOSE, before=air, after=air, first=10, keep=True),
        "Isi Surat": replace(_CLOSE, before=air, after=air, first=10),
        "Penutup": replace(_CLOSE, before=air, after=air, first=10, keep=True),
        "Butir Surat": replace(_CLOSE, after=air, left=17, first=-7),
    }


DRAWINGS: Mapping[str, Callable[[], Any]] = {key: partial(draw_warning, key) for key in (FIRST, SECOND)}
