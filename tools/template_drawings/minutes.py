"""Draws the minutes of an audience: day in words, who was there, what was said and agreed, everybody's signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import running_title
from template_drawings.official_letter import DOTS, NUMBER_OR_DOTS, each, listing, number_line, paper, signature
from template_drawings.paper import TEXT_WIDTH, control, lines

from pipeline.letters.approved_text import NUMBER
from pipeline.letters.sheets.minutes import MINUTES

_AGREED = (
    (10.0, "No.", "{{ loop.index }}"),
    (TEXT_WIDTH - 94, "Yang disepakati", "{{ baris.butir }}"),
    (48.0, "Penanggung jawab", "{{ baris.penanggung_jawab }}"),
    (36.0, "Paling lambat", "{{ baris.tenggat }}"),
)
_SIGNERS = (
    (10.0, "No.", "{{ loop.index }}"),
    (50.0, "Nama", "{{ baris.nama }}"),
    (TEXT_WIDTH - 105, "Jabatan/Instansi", "{{ baris.jabatan }}"),
    (45.0, "Tanda tangan", ""),
)
#: How tall the row is in which somebody signs.
_ROOM = 15.0


def draw_minutes() -> Any:
    """Draw the minutes: the parties sign, then the witnesses, the leader last."""
    document = paper("Berita Acara Audiensi")
    control(running_title(document, "Berita Acara Audiensi/Koordinasi Nomor "), NUMBER, NUMBER_OR_DOTS)
    lines(document, "Judul Naskah", ["BERITA ACARA", "AUDIENSI/KOORDINASI"])
    number_line(document)
    _present(document)
    _results(document)
    closing = (
        "Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani bersama untuk dipergunakan sebagaimana "
        "mestinya. Berita acara ini telah dibacakan kepada para pihak yang hadir, disetujui oleh mereka, dan disahkan "
        "oleh pemimpin audiensi."
    )
    lines(document, "Penutup", [closing])
    _signers(document, "Para pihak:", "para_pihak", held="not saksi")
    _signers(document, "Saksi-saksi:", "saksi", held="true")
    signature(document, "Pemimpin audiensi,")
    return document


def _present(document: Any) -> None:
    opening = (
        f"Pada hari ini, {{{{ hari_terbilang or '{DOTS}' }}}}"
        "{% if tanggal_angka %} ({{ tanggal_angka }}){% endif %}, "
        f"bertempat di {{{{ tempat_pelaksanaan or '{DOTS}' }}}}, kami yang bertanda tangan di bawah ini:"
    )
    lines(document, "Isi Rata", [opening])
    who = (
        "{{ loop.index }}.\t{{ butir.nama }}{% if butir.jabatan %}, {{ butir.jabatan }}{% endif %}"
        "{% if butir.peran %}, selaku {{ butir.peran }}{% endif %}{% if loop.last %},{% else %};{% endif %}"
    )
    each(document, "Butir", "hadir", who)


def _results(document: Any) -> None:
    about = (
        "telah melaksanakan audiensi/koordinasi{% if acara %} dengan acara {{ acara }}{% endif %}, sehubungan dengan "
        "{{ pokok_pengaduan }}, yang terdaftar dengan nomor register {{ nomor_register }} pada tanggal "
        "{{ tanggal_terima }}, dengan hasil sebagai berikut:"
    )
    lines(document, "Isi Rata", [about])
    each(document, "Butir", "hasil", "{{ loop.index }}.\t{{ butir }}")
    lines(document, "Judul Tabel", ["{%p if kesepakatan %}", "Para pihak menyepakati hal-hal berikut:"])
    listing(document, _AGREED, "kesepakatan", least=8)
    lines(document, "Sela", ["{%p endif %}"])


def _signers(document: Any, title: str, name: str, *, held: str) -> None:
    """Draw a table in which each of a list signs, if there is any; where ``held`` holds the leader's block follows."""
    lines(document, "Judul Tabel", [f"{{%p if {name} %}}", title])
    listing(document, _SIGNERS, name, least=_ROOM, held=held)
    lines(document, "Judul Tabel", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {MINUTES: draw_minutes}
