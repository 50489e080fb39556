"""Draws the review memo (pipeline/letters/sheets/review_memo.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import running_title
from template_drawings.official_letter import (
    NUMBER_OR_DOTS,
    each,
    each_to_closing,
    last_of,
    lines,
    listing,
    memo_head,
    paper,
    signature_and_approval,
)
from template_drawings.paper import TEXT_WIDTH, Look, control

from pipeline.letters.approved_text import NUMBER
from pipeline.letters.sheets import memo_analysis, review_memo

_CHAPTER = Look(11, after=3, left=7, leading=1.1)
_ENTRY = Look(11, after=2, left=14, first=-7, leading=1.1)
_MEMO = {
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Anak Bab": Look(11, before=3, after=2, left=14, first=-7, keep=True),
    "Isi Bab": _CHAPTER,
    "Isi Bab Akhir": last_of(_CHAPTER),
    "Isi Anak Bab": Look(11, after=2, left=14, leading=1.1),
    "Pengantar Anak Bab": Look(11, after=2, left=14, leading=1.1, keep=True),
    "Butir Dasar": _ENTRY,
    "Butir Bab": Look(11, after=2, left=21, first=-7, leading=1.1),
    "Butir Simpulan": _ENTRY,
    "Butir Saran": _ENTRY,
    "Butir Saran Akhir": last_of(_ENTRY),
    "Penutup Nota": Look(11, before=4, after=8, left=7, leading=1.1, keep=True),
}
_OPENING = (
    "{% if disposisi_dari %}Menindaklanjuti disposisi {{ disposisi_dari }} tanggal {{ disposisi_tanggal }} atas"
    "{% else %}Sehubungan dengan{% endif %} {{ pokok_perkara }}, yang {{ cara_masuk }} pada tanggal "
    "{{ tanggal_terima }}, dengan ini kami sampaikan hasil telaahan sebagai berikut."
)
#: Who somebody is, in brackets, unless that has brackets of its own (a count in words).
_PERSON = (
    "{{ butir.nama }}{% if butir.keterangan and '(' in butir.keterangan %}, {{ butir.keterangan }}"
    "{% elif butir.keterangan %} ({{ butir.keterangan }}){% endif %}{{ butir.titik }}"
)
_DOTS = "...................."
_FOUND = (
    f"{{{{ indikasi or '{_DOTS}' }}}} indikasi pelanggaran hak asasi manusia"
    "{% if hak_terindikasi %}, yaitu {{ hak_terindikasi }}{% endif %}."
)
_COMPETENT = f"{{{{ kantor }}}} {{{{ kewenangan or '{_DOTS}' }}}} menangani permasalahan tersebut."
_ADVISED = (
    "Berdasarkan simpulan tersebut, kami menyarankan agar {{ saran }}{% if cara_saran %} {{ cara_saran }}{% endif %}"
    "{% if uraian_saran|length > 1 %}, dengan langkah berikut:{% else %}.{% endif %}"
)


_CLOSING = (
    "{% if bukti %}Bukti dan dokumen pendukung tersebut pada angka 4 kami lampirkan. {% endif %}Demikian kami "
    "sampaikan. Mohon arahan dan keputusan lebih lanjut."
)
#: The rows of a table next to which another stands at the foot or at the head of a page.
_IN_PAIRS = "loop.first or loop.revindex == 2"


def draw_memo() -> Any:
    """Draw the nota telaahan: a nota dinas that carries a telaahan staf, in its chapters; one without words is left."""
    document = paper("Nota Telaahan", extra=_MEMO)
    control(running_title(document, "Nota Dinas Nomor "), NUMBER, NUMBER_OR_DOTS)
    memo_head(document, "NOTA DINAS", "Telaahan atas perkara nomor register {{ nomor_register }}")
    lines(document, "Isi Surat", [_OPENING])
    lines(document, "Bab", ["1.\tDasar"])
    each(document, "Butir Dasar", "dasar", "a.\t{{ butir }}")
    _chapter(document, "2.\tPersoalan", "persoalan")
    _chapter(document, "3.\tPraanggapan", "praanggapan")
    _facts(document)
    _analysis(document)
    lines(document, "Bab", ["6.\tSimpulan"])
    lines(document, "Butir Simpulan", [f"a.\t{_FOUND}"])
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # the two conclusions are read together
    lines(document, "Butir Simpulan", [f"b.\t{_COMPETENT}"])
    lines(document, "Bab", ["{%p if saran %}", "7.\tSaran tindakan"])
    lines(document, "Isi Bab Akhir", [_ADVISED])
    lines(document, "Isi Bab", ["{%p if uraian_saran|length > 1 %}"])
    each_to_closing(document, "Butir Saran", "uraian_saran", "a.\t{{ butir }}")
    lines(document, "Isi Bab", ["{%p elif not cara_saran %}"])
    each_to_closing(document, "Isi Bab", "uraian_saran")
    lines(document, "Bab", ["{%p endif %}", "{%p endif %}"])
    lines(document, "Penutup Nota", [_CLOSING])
    signature_and_approval(document, high=25)
    return document


def _chapter(document: Any, title: str, name: str) -> None:
    lines(document, "Bab", [f"{{%p if {name} %}}", title])
    each(document, "Isi Bab", name)
    lines(document, "Bab", ["{%p endif %}"])


def _facts(document: Any) -> None:
    """Draw the chapter of facts: who, when and where, what happened, the evidence, what was tried already."""
    lines(document, "Bab", ["4.\tFakta yang memengaruhi"])
    unknown = (
        "{% if dari_berita %}Tidak ada pelapor; perkara dibuka oleh kantor berdasarkan pemberitaan media."
        "{% else %}Identitas pelapor belum tercatat.{% endif %}"
    )
    complaining = "{% if dilimpahkan %}Instansi yang melimpahkan{% else %}Pelapor{% endif %}"
    _section(document, f"a.\t{complaining}", "pengadu", unknown, _PERSON)
    _section(document, "b.\tKuasa pelapor", "para_kuasa", text=_PERSON)
    _section(document, "c.\tKorban", "korban")
    _section(document, "d.\tKerentanan dan perlindungan korban", "perlindungan")
    _section(document, "e.\tTerlapor", "para_terlapor", "Belum diketahui.")
    _when_and_where(document)
    _chronology(document)
    _section(document, "h.\tBukti dan dokumen pendukung", "bukti", "Tidak ada bukti yang dilampirkan.")
    _section(document, "i.\tHal yang dimohon", "permintaan")
    tried = (
        ("j.\tUpaya yang sudah ditempuh", "upaya", "Tidak ada upaya lain yang tercatat."),
        (
            "k.\tInstansi lain yang sudah diadukan",
            "instansi_lain",
            "Tidak ada instansi lain yang tercatat telah menerima pengaduan yang sama.",
        ),
    )
    for title, name, none in tried:  # nobody complained of what the office read in the news
        lines(document, "Anak Bab", [f"{{%p if {name} or not dari_berita %}}"])
        _section(document, title, name, none)
        lines(document, "Anak Bab", ["{%p endif %}"])


def _section(document: Any, title: str, name: str, none: str = "", text: str = "{{ butir }}") -> None:
    """Draw a section: one entry as a paragraph, several numbered; without any the words ``none``, else nothing."""
    if not none:
        lines(document, "Anak Bab", [f"{{%p if {name} %}}"])
    lines(document, "Anak Bab", [title])
    _entries(document, name, text)
    if none:
        lines(document, "Isi Anak Bab", [f"{{%p if not {name} %}}", none])
    lines(document, "Anak Bab", ["{%p endif %}"])


def _entries(document: Any, name: str, text: str = "{{ butir }}") -> None:
    """Draw an only entry as a paragraph, several numbered."""
    lines(document, "Isi Anak Bab", [f"{{%p if {name}|length > 1 %}}"])
    each(document, "Butir Bab", name, f"{{{{ loop.index }}}})\t{text}")
    lines(document, "Isi Anak Bab", ["{%p else %}"])
    each(document, "Isi Anak Bab", name, text)
    lines(document, "Isi Anak Bab", ["{%p endif %}"])


def _when_and_where(document: Any) -> None:
    lines(document, "Anak Bab", ["{%p if tempat_kejadian or waktu_kejadian %}", "f.\tTempat dan waktu kejadian"])
    lines(
        document, "Pengantar Anak Bab", ["{%p if tempat_kejadian %}", "Tempat: {{ tempat_kejadian }}.", "{%p endif %}"]
    )
    lines(document, "Isi Anak Bab", ["{%p if waktu_kejadian %}", "Waktu: {{ waktu_kejadian }}.", "{%p endif %}"])
    lines(document, "Anak Bab", ["{%p endif %}"])


def _chronology(document: Any) -> None:
    """Draw what happened: the drafter's rows as a table, else the register's own words."""
    lines(document, "Anak Bab", ["g.\tKronologi", "{%p if kronologi %}"])
    columns = (
        (10, "No.", "{{ loop.index }}"),
        (38, "Tanggal", "{{ baris.tanggal or 'Tidak disebut' }}"),
        (TEXT_WIDTH - 62, "Kejadian", "{{ baris.kejadian }}"),
    )
    listing(document, columns, "kronologi", left=14)
    lines(document, "Sela", [""])
    lines(document, "Isi Anak Bab", ["{%p else %}"])
    each(document, "Isi Anak Bab", "uraian_kejadian")
    none = "Kronologi belum tercatat; diperlukan keterangan lebih lanjut."
    lines(document, "Isi Anak Bab", ["{%p if not uraian_kejadian %}", none, "{%p endif %}", "{%p endif %}"])


def _analysis(document: Any) -> None:
    """Draw the chapter of analysis: of the rights their articles, of the elements a table, then the drafter's words."""
    lines(document, "Bab", ["5.\tAnalisis"])
    marks = "abcde"
    for mark, (name, title) in zip(marks, memo_analysis.ANALYSIS, strict=True):
        besides = {"analisis_hak": "dasar_hak", "analisis_unsur": "unsur"}.get(name)
        there = f"{name} or {besides}" if besides else name
        lines(document, "Anak Bab", [f"{{%p if {there} %}}", f"{mark}.\t{title}"])
        if besides == "dasar_hak":
            _entries(document, besides)
        elif besides:
            _elements(document)
        each(document, "Isi Anak Bab", name)
        lines(document, "Anak Bab", ["{%p endif %}"])


def _elements(document: Any) -> None:
    """Draw the elements that were assessed as a table, if there are any."""
    tested = "Unsur berikut dinilai menurut {{ dasar_unsur }} dan pasal yang menjamin hak tersebut."
    lines(document, "Pengantar Anak Bab", ["{%p if unsur %}", tested])
    half = (TEXT_WIDTH - 24) / 2
    columns = (
        (10, "No.", "{{ loop.index }}"),
        (half, "Unsur", "{{ baris.unsur }}"),
        (half, "Penilaian", "{{ baris.penilaian }}"),
    )
    listing(document, columns, "unsur", left=14, held=_IN_PAIRS)
    lines(document, "Sela", [""])
    lines(document, "Isi Anak Bab", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {review_memo.MEMO: draw_memo}
