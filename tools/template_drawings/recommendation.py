"""Draws the recommendation (``06-surat-rekomendasi``), and what letters to the agency have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    LAST,
    addressee,
    attachment,
    attachment_end,
    each,
    lines,
    listing,
    paper,
    reference,
    signature,
    signature_and_copies,
)
from template_drawings.paper import TEXT_WIDTH, Look

from pipeline.cases.letter_subjects import subject
from pipeline.letters.sheets.recommendation import RECOMMENDATION

CHAPTERS = {
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Isi Bab": Look(11, after=4, left=7, leading=1.15),
    "Pengantar Bab": Look(11, after=4, left=7, leading=1.15, keep=True),
    "Butir Bab": Look(11, after=3, left=14, first=-7, leading=1.15),
    "Sela Melekat": Look(4, keep=True),
}
LEAD = {"Pengantar": Look(11, before=5, after=6, first=10, leading=1.15, keep=True)}
ADVICE = (
    (10.0, "No.", "{{ loop.index }}"),
    (52.0, "Pelaksana", "{{ baris.instansi }}"),
    (TEXT_WIDTH - 98, "Tindakan", "{{ baris.tindakan }}"),
    (36.0, "Tenggat", "{{ baris.tenggat }}"),
)
_CAME = (
    ", yang kami {% if pelapor %}terima{% else %}catat{% endif %} pada tanggal {{ tanggal_terima }} dan terdaftar "
    "dengan nomor register {{ nomor_register }}"
)
#: The case, as every letter to an agency takes it up.
REGISTERED = f"{{{{ pokok_perkara }}}}{_CAME}"
#: The case, as a paper that stays in the office takes it up: with the complaint's own number and date.
COMPLAINT = (
    "{{ pokok_perkara }}{% if identitas_dirahasiakan and nomor_surat %} dengan surat Nomor {{ nomor_surat }}"
    f"{{% if tanggal_surat %}} tanggal {{{{ tanggal_surat }}}}{{% endif %}}{{% endif %}}{_CAME}"
)
#: What the case is called before its register number.
REGISTERED_AS = "{{ sebutan_perkara }}"
THANKS = "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih."
CHILD_KEPT = "Identitas anak yang menjadi korban mohon dirahasiakan."
_RIGHT = "{{ butir.hak }}{% if butir.pasal %} ({{ butir.pasal }}){% endif %}"
#: How an entry of a list within a sentence ends.
ENDS = "{% if loop.last %}.{% elif loop.revindex == 2 %}; dan{% else %};{% endif %}"


def draw_recommendation() -> Any:
    """Draw the recommendation: basis, summary, what clarification found, analysis, who is to do what until when."""
    document = paper("Surat Rekomendasi", extra=CHAPTERS)
    reference(document, subject(RECOMMENDATION, "{{ nomor_register }}", REGISTERED_AS))
    addressee(document)
    opening = (
        "Dalam rangka {{ layanan }}, kami telah menelaah {{ sebutan_perkara }} mengenai dugaan pelanggaran hak asasi "
        "manusia. Hasil telaahan dan rekomendasi kami sampaikan sebagai berikut."
    )
    lines(document, "Isi Surat", [opening])
    lines(document, "Bab", ["1.\tDasar"])
    each(document, "Butir Bab", "dasar", f"a.\t{{{{ butir }}}}{ENDS}")
    _chapter(document, "2.\tPokok {{ sebutan_perkara }}", "ringkasan")
    lines(document, "Isi Bab", ["{%p if rincian %}", "{{ rincian }}", "{%p endif %}"])
    _chapter(document, "3.\tHasil klarifikasi/koordinasi", "hasil")
    lines(document, "Bab", ["4.\tAnalisis hak asasi manusia"])
    lines(document, "Pengantar Bab", ["{%p if hak|length > 1 %}", "Hak yang berkaitan adalah:"])
    each(document, "Butir Bab", "hak", f"a.\t{_RIGHT}{ENDS}")
    lines(document, "Isi Bab", ["{%p else %}"])
    each(document, "Isi Bab", "hak", f"Hak yang berkaitan adalah {_RIGHT}.")
    lines(document, "Isi Bab", ["{%p endif %}"])
    each(document, "Isi Bab", "analisis")
    lines(document, "Isi Bab", ["{%p if simpulan_telaahan %}", "{{ simpulan_telaahan }}", "{%p endif %}"])
    _recommended(document)
    _reporting(document)
    closed(document, THANKS)
    attachment(document, "REKOMENDASI", when="rekomendasi_terlampir")
    listing(document, ADVICE, "rekomendasi", least=8, held=LAST)
    lines(document, "Sela Melekat", ["", ""])
    signature(document)
    attachment_end(document)
    return document


def _chapter(document: Any, title: str, name: str) -> None:
    """Draw a chapter with a paragraph for every entry of a list."""
    lines(document, "Bab", [title])
    each(document, "Isi Bab", name)


def _recommended(document: Any) -> None:
    """Draw who is to do what: in the letter, or on the pages attached to it."""
    lines(document, "Bab", ["5.\tRekomendasi"])
    deeds = "{% if rekomendasi|length == 1 %}tindakan{% else %}hal-hal{% endif %}"
    asked = f"Berdasarkan hal-hal tersebut, kami merekomendasikan agar {{{{ pelaksana }}}} {deeds}"
    lines(document, "Isi Bab", ["{%p if rekomendasi_terlampir %}", f"{asked} yang tercantum dalam lampiran surat ini."])
    lines(document, "Pengantar Bab", ["{%p else %}", f"{asked} berikut:"])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", "{%p endif %}"])


def _reporting(document: Any) -> None:
    lines(document, "Bab", ["6.\tPelaporan"])
    report = (
        "Pelaksanaan rekomendasi tersebut mohon dilaporkan kepada kami secara tertulis, disertai bukti pelaksanaannya, "
        "paling lambat pada tenggat {% if rekomendasi|length == 1 %}tersebut{% else %}masing-masing{% endif %}. "
        "Apabila terdapat kendala, mohon disampaikan sebelum tenggat itu.{% if laporan_berkala %} Laporan ini tidak "
        "menggantikan laporan perkembangan yang disepakati dalam audiensi/koordinasi.{% endif %}"
    )
    protect = (
        "{% if menyangkut_orang %}Identitas yang diperlukan untuk melaksanakan rekomendasi tersebut kami sampaikan "
        "tersendiri setelah yang bersangkutan{% if korban_anak %} atau walinya{% endif %} menyetujuinya. {% endif %}"
        "Kami mohon agar {{ dilindungi }} tidak mengalami perlakuan yang merugikan karena penanganan ini."
        "{% if 'anak' in dilindungi %} Identitas anak tersebut mohon dirahasiakan.{% endif %}"
    )
    lines(document, "Isi Bab", [report])
    lines(document, "Bab", ["7.\tPerlindungan"])
    lines(document, "Isi Bab", [protect])


def closed(document: Any, thanks: str) -> Any:
    """Close a letter; the paragraph before the thanks stays with them, so that no signature has only one line above."""
    last = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.keep_together = True
    lines(document, "Penutup", [thanks])
    signature_and_copies(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {RECOMMENDATION: draw_recommendation}
