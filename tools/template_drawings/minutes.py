"""Draws the minutes of an audience: day in words, who was there, what was said and agreed, everybody's signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from template_drawings.audience import running_title
from template_drawings.official_letter import (
    DOTS,
    NUMBER_OR_DOTS,
    each,
    listing,
    number_line,
    paper,
    signature,
)
from template_drawings.paper import LETTER, TEXT_WIDTH, Look, control, lines, ruled

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
    (
        TEXT_WIDTH - 92,
        "Nama dan jabatan/instansi",
        "{{ baris.nama }}{% if baris.jabatan %}\n{{ baris.jabatan }}{% endif %}",
    ),
    (28.0, "Selaku", "{{ baris.selaku }}"),
    (54.0, "Tanda tangan", "{{ baris.tanda_tangan }}"),
)
#: How tall the row is in which somebody signs.
_ROOM = 14.0
#: Which rows stay with the next: all of a table that fits on one page with the leader's signature; of a longer one the
#: first, which are never alone below its head, and the last, with which the leader signs.
_TOGETHER = "loop.length <= 9 or loop.index <= 2 or loop.revindex <= 3"
_LOOKS = {
    "Kelompok": Look(11, before=2, after=3, left=17, first=-7, leading=1.15, keep=True),
    "Butir Kelompok": Look(11, after=3, left=24, first=-7, leading=1.15),
    "Kelompok Tunggal": Look(11, after=3, left=17, leading=1.15),
    "Sela Melekat": Look(6, keep=True),
    "Penutup": replace(LETTER["Penutup"], first=0),
}


def draw_minutes() -> Any:
    """Draw the minutes: the parties sign, then others of the office and the witnesses, the leader last."""
    document = paper("Berita Acara Audiensi", extra=_LOOKS)
    control(running_title(document, "Berita Acara Audiensi/Koordinasi Nomor "), NUMBER, NUMBER_OR_DOTS)
    lines(document, "Judul Naskah", ["BERITA ACARA", "AUDIENSI/KOORDINASI"])
    number_line(document)
    _present(document)
    _results(document)
    read_out = (
        "Berita acara ini telah dibacakan kepada yang hadir{% if para_pihak %} dan disetujui oleh para pihak{% endif %}"
        "."
        "{% if tanda_tangan_terpisah %} Pihak yang identitasnya dirahasiakan menandatangani lembar "
        "tersendiri, yang disimpan pada Kantor Wilayah dan tidak disertakan pada salinan berita acara ini.{% endif %}"
        "{% if korban_anak %} Identitas anak yang menjadi korban wajib dirahasiakan oleh semua yang hadir.{% endif %}"
    )
    lines(document, "Isi Rata", [read_out])  # stands below what was agreed: nothing is added there
    closing = (
        "Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani untuk dipergunakan sebagaimana mestinya."
    )
    lines(document, "Penutup", [closing])
    lines(document, "Sela Melekat", ["{%p if penanda_tangan %}"])
    ruled(listing(document, _SIGNERS, "penanda_tangan", least=_ROOM, held=_TOGETHER))
    lines(document, "Sela Melekat", ["{%p endif %}"])
    signature(document, "", "Pemimpin audiensi,")
    return document


def _present(document: Any) -> None:
    opening = (
        f"Pada hari ini, {{{{ hari_terbilang or '{DOTS}' }}}}"
        "{% if tanggal_angka %} ({{ tanggal_angka }}){% endif %}, "
        f"bertempat di {{{{ tempat_pelaksanaan or '{DOTS}' }}}}, kami yang bertanda tangan di bawah ini:"
    )
    lines(document, "Isi Rata", [opening])
    ends = "{% if loop.last %}REST{% elif loop.revindex == 2 %}; dan{% else %};{% endif %}"
    who = "{{ loop.index }})\t{{ butir.nama }}{% if butir.jabatan %}, {{ butir.jabatan }}{% endif %}"
    lines(document, "Kelompok", ["a.\tdari Kantor Wilayah:"])
    leads = "{% if butir.peran %}, selaku {{ butir.peran }}{% endif %}"
    last = "{% if para_pihak and saksi %};{% elif para_pihak or saksi %}; dan{% else %},{% endif %}"
    each(document, "Butir Kelompok", "dari_kantor", who + leads + ends.replace("REST", last))
    lines(document, "Kelompok", ["{%p if para_pihak %}", "b.\tpara pihak:"])
    parties = "{% if saksi %}; dan{% else %},{% endif %}"
    each(document, "Butir Kelompok", "para_pihak", who + ends.replace("REST", parties))
    lines(
        document,
        "Kelompok",
        ["{%p endif %}", "{%p if saksi %}", "{% if para_pihak %}c{% else %}b{% endif %}.\tsaksi penandatanganan:"],
    )
    only = who.partition("\t")[2].replace("butir", "saksi[0]")
    lines(document, "Kelompok Tunggal", ["{%p if saksi|length == 1 %}", f"{only},", "{%p else %}"])
    each(document, "Butir Kelompok", "saksi", who + ends.replace("REST", ","))
    lines(document, "Kelompok", ["{%p endif %}"])
    lines(document, "Kelompok", ["{%p endif %}"])


def _results(document: Any) -> None:
    about = (
        "telah melaksanakan audiensi/koordinasi sehubungan dengan {{ pokok_pengaduan }}, yang terdaftar dengan nomor "
        "register {{ nomor_register }} pada tanggal {{ tanggal_terima }}{% if jam_mulai or jam_selesai %}. Acara "
        "{% if jam_mulai %}dibuka pukul {{ jam_mulai }}{% endif %}{% if jam_mulai and jam_selesai %} dan {% endif %}"
        "{% if jam_selesai %}ditutup pukul {{ jam_selesai }}{% endif %}{% endif %}, dengan hasil sebagai berikut:"
    )
    lines(document, "Isi Rata", [about])
    each(document, "Butir", "hasil", "{{ loop.index }}.\t{{ butir }}")  # a., b. are who was there
    lines(
        document, "Judul Tabel", ["{%p if kesepakatan %}", "Para pihak menyepakati {{ banyak_kesepakatan }} berikut:"]
    )
    listing(document, _AGREED, "kesepakatan", least=8)
    lines(document, "Sela", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {MINUTES: draw_minutes}
