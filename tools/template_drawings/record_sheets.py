"""Draws the sheets of lists of records: the proposal to destroy, and the minutes of destroying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from template_drawings.audience import running_title
from template_drawings.official_letter import DOTS, LAST, details, each, listing, paper, signature
from template_drawings.paper import LETTER, TEXT_WIDTH, Look, lines, ruled

from pipeline.letters.sheets.record_sheets import DESTRUCTION, PROPOSAL

_LOOKS = {
    "Butir Daftar": Look(11, after=2, left=7, first=-7),
    "Rincian": Look(10.5, after=0.5),
    "Penutup": replace(LETTER["Penutup"], first=0),
}
_PROPOSED = (
    (9.0, "No.", "{{ loop.index }}"),
    (43.0, "Nomor berkas, kode", "{{ baris.nomor_berkas }}\n{{ baris.kode }}"),
    (TEXT_WIDTH - 104, "Uraian", "{{ baris.uraian }}"),
    (24.0, "Kurun waktu", "{{ baris.kurun }}"),
    (28.0, "Retensi, nasib", "{{ baris.retensi }}"),
)
_DESTROYED = (
    (9.0, "No.", "{{ loop.index }}"),
    (60.0, "Nomor berkas", "{{ baris.nomor_berkas }}"),
    (TEXT_WIDTH - 105, "Kode klasifikasi", "{{ baris.kode }}"),
    (36.0, "Kurun waktu", "{{ baris.kurun }}"),
)
_PEOPLE = (
    (9.0, "No.", "{{ loop.index }}"),
    (TEXT_WIDTH - 79, "Nama dan jabatan", "{{ baris.nama }}{% if baris.jabatan %}\n{{ baris.jabatan }}{% endif %}"),
    (70.0, "Tanda tangan", ""),
)
#: How tall the row is in which somebody signs.
_ROOM = 14.0


def draw_proposal() -> Any:
    """Draw the proposal: by what, the records, who assessed them."""
    document = paper("Daftar Arsip Usul Musnah", extra=_LOOKS, of_case=False)
    running_title(document, "Daftar arsip usul musnah nomor {{ nomor_daftar }}")
    lines(document, "Judul Naskah", ["DAFTAR ARSIP USUL MUSNAH"])
    lines(document, "Nomor Judul", ["NOMOR {{ nomor_daftar }}"])
    details(document, (("Dasar usul", "{{ dasar }}"), ("Jumlah", "{{ jumlah }}")), left=0)
    listing(document, _PROPOSED, "daftar", least=7)
    lines(
        document,
        "Isi Rata",
        ["{%p if pertimbangan %}", "Pertimbangan panitia penilai: {{ pertimbangan }}", "{%p endif %}"],
    )
    _signed(document, "panitia", "Panitia penilai arsip:")
    lines(document, "Penutup", ["Daftar ini dibuat untuk diusulkan pemusnahannya."])
    signature(document, "{{ tempat }}, {{ tanggal_dokumen }}")
    return document


def draw_destruction() -> Any:
    """Draw the minutes: the day in words, who approved, what was destroyed and how, the witnesses."""
    document = paper("Berita Acara Pemusnahan Arsip", extra=_LOOKS, of_case=False)
    running_title(document, f"Berita acara pemusnahan arsip nomor {{{{ berita_acara or '{DOTS}' }}}}")
    lines(document, "Judul Naskah", ["BERITA ACARA", "PEMUSNAHAN ARSIP"])
    lines(document, "Nomor Judul", [f"NOMOR {{{{ berita_acara or '{DOTS}' }}}}"])
    lines(
        document,
        "Isi Rata",
        [
            "Pada hari ini, {{ hari_terbilang }} ({{ tanggal_angka }}), bertempat di {{ nama_kantor }}, telah "
            "dilaksanakan pemusnahan arsip sebanyak {{ jumlah }} menurut daftar usul musnah nomor {{ nomor_daftar }}"
            "{% if persetujuan %}, dengan persetujuan {{ persetujuan }}{% endif %}.",
        ],
    )
    lines(document, "Isi Rata", ["{%p if penyetuju %}", "Pemusnahan ini disetujui oleh:", "{%p endif %}"])
    each(
        document,
        "Butir Daftar",
        "penyetuju",
        "{{ loop.index }}.\t{{ butir.nama or butir.jabatan }}{% if butir.nama %}, {{ butir.jabatan }}{% endif %}, "
        "pada tanggal {{ butir.tanggal }}{% if loop.last %}.{% else %};{% endif %}",
    )
    lines(
        document,
        "Isi Rata",
        [
            "{% if cara %}Map kertasnya dimusnahkan dengan cara {{ cara }}. {% endif %}Isi berkas elektroniknya "
            "dihapus; yang tetap disimpan ialah rintisannya: nomor, kode, nilai hash setiap naskah, dan jurnalnya. "
            "Salinan pada cadangan hilang menurut jangka simpan cadangan itu.",
        ],
    )
    listing(document, _DESTROYED, "daftar", least=7)
    _signed(document, "saksi", "Disaksikan oleh:")
    lines(
        document,
        "Penutup",
        ["Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."],
    )
    signature(document, "Yang melaksanakan,")
    return document


def _signed(document: Any, people: str, title: str) -> None:
    """Draw a row for each of these people to sign in, if there are any."""
    lines(document, "Judul Tabel", [f"{{%p if {people} %}}", title])
    ruled(listing(document, _PEOPLE, people, least=_ROOM, held=LAST))
    lines(document, "Sela", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {PROPOSAL: draw_proposal, DESTRUCTION: draw_destruction}
