"""Draws the first and the second warning to an agency that does not answer (``07-teguran-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from template_drawings.follow_up import UNTIL, reported
from template_drawings.official_letter import DOTS, addressee, each, lines, listing, paper, reference
from template_drawings.paper import BOTH, Look
from template_drawings.recommendation import ADVICE, LEAD, closed

from pipeline.letters.sheets.letter_subjects import subject
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

_LOOKS = {
    **LEAD,
    "Butir Surat": Look(11, align=BOTH, after=3, left=17, first=-7, leading=1.15),
    "Sambungan": Look(11, align=BOTH, before=3, after=6, leading=1.15, keep=True),
}
_CITED = (
    "{{ loop.index }}.\tNomor {{ butir.nomor or '" + DOTS + "' }}{% if butir.tanggal %} tanggal {{ butir.tanggal }}"
    "{% endif %} mengenai {{ butir.hal }}{% if butir.keterangan %}, {{ butir.keterangan }}{% endif %}"
    "{% if loop.last %},{% else %};{% endif %}"
)
_ANSWER = (
    "Jawaban yang sudah kami terima: {% for j in jawaban %}{% if j.nomor %}Nomor {{ j.nomor }} {% endif %}tanggal "
    "{{ j.tanggal }}{% if loop.last %}.{% else %}; {% endif %}{% endfor %}"
)
_UNLESS = (
    "{% if batas_jawaban %}Apabila sampai dengan tanggal tersebut laporan tidak kami terima"
    "{% else %}Apabila laporan tersebut tidak kami terima{% endif %}"
)
#: What follows when this warning is not answered either.
_NEXT = {
    FIRST: f"{_UNLESS}, kami menyampaikan teguran kedua dengan tembusan kepada atasan Bapak/Ibu.",
    SECOND: (
        "Teguran ini adalah teguran terakhir{% if tembusan_atasan %} dan kami tembuskan pula kepada atasan Bapak/Ibu"
        f"{{% endif %}}. {_UNLESS}, kami mencatat dalam hasil evaluasi bahwa rekomendasi tidak ditanggapi dan "
        "melaporkannya kepada Direktur Jenderal Hak Asasi Manusia untuk ditindaklanjuti sesuai dengan kewenangannya."
    ),
}


def draw_warning(template: str) -> Any:
    """Draw a warning: which letters were not answered, what is to be reported until when, and what follows."""
    document = paper("Teguran Kedua" if template == SECOND else "Teguran Pertama", extra=_LOOKS)
    reference(document, subject(template, "{{ nomor_register }}"))
    addressee(document)
    lines(document, "Pengantar", ["Sehubungan dengan surat kami:"])
    each(document, "Butir Surat", "surat_terdahulu", _CITED)
    silent = (
        "yang disampaikan atas {{ pokok_perkara }}, dengan ini kami sampaikan bahwa sampai dengan tanggal surat ini "
        "kami belum menerima laporan {% if jawaban %}lengkap {% endif %}mengenai pelaksanaan rekomendasi berikut:"
    )
    lines(document, "Sambungan", [silent])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    lines(document, "Isi Surat", ["{%p if jawaban %}", _ANSWER, "{%p endif %}"])
    each(document, "Isi Surat", "catatan")
    until = f"Untuk itu, kami minta Bapak/Ibu menyampaikan laporan secara tertulis{UNTIL}"
    lines(document, "Pengantar", [until])
    reported(document)
    lines(document, "Isi Surat", [_NEXT[template]])
    return closed(document, "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih.")


DRAWINGS: Mapping[str, Callable[[], Any]] = {key: partial(draw_warning, key) for key in (FIRST, SECOND)}
