"""Draws the recommendation, the letter to the complainant, the reminder and the evaluation (``outcome``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import DOTS, addressee, copies, each, lines, listing, paper, reference, signature
from template_drawings.paper import BOTH, CENTRE, TEXT_WIDTH, Look

from pipeline.letters.sheets import follow_up, recommendation

_CHAPTERS = {
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Isi Bab": Look(11, align=BOTH, after=4, left=7, leading=1.15),
    "Pengantar Bab": Look(11, align=BOTH, after=4, left=7, leading=1.15, keep=True),
    "Butir Bab": Look(11, align=BOTH, after=3, left=14, first=-7, leading=1.15),
}
_LEAD = {"Pengantar": Look(11, align=BOTH, after=6, first=10, leading=1.15, keep=True)}
_SMALL_TABLE = {
    "Kepala Tabel": Look(8.5, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(8.5),
    "Angka Tabel": Look(8.5, align=CENTRE),
}
_ADVICE = (
    (10.0, "No.", "{{ loop.index }}"),
    (42.0, "Kepada", "{{ baris.instansi }}"),
    (TEXT_WIDTH - 88, "Tindakan", "{{ baris.tindakan }}"),
    (36.0, "Tenggat", "{{ baris.tenggat }}"),
)
_RESULTS = (
    (8.0, "No.", "{{ loop.index }}"),
    (36.0, "Rekomendasi", "{{ baris.rekomendasi }}"),
    (26.0, "Penanggung jawab", "{{ baris.penanggung_jawab }}"),
    (22.0, "Tenggat", "{{ baris.tenggat }}"),
    (28.0, "Tindak lanjut", "{{ baris.tindak_lanjut }}"),
    (18.0, "Bukti", "{{ baris.bukti }}"),
    (22.0, "Status", "{{ baris.status }}"),
)
_COMPLAINT = (
    "pengaduan masyarakat dari pelapor (identitas pada kami){% if nomor_surat %} dengan surat Nomor {{ nomor_surat }}"
    "{% endif %}{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}"
    "{% if pokok_pengaduan %} hal {{ pokok_pengaduan }}{% endif %}, yang kami terima pada tanggal "
    "{{ tanggal_terima }} dan terdaftar dengan nomor register {{ nomor_register }}"
)
_SENT = (
    "surat rekomendasi Nomor {{ nomor_rekomendasi or '" + DOTS + "' }}"
    "{% if tanggal_rekomendasi %} tanggal {{ tanggal_rekomendasi }}{% endif %}"
)
_THANKS = "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih."


def draw_recommendation() -> Any:
    """Draw the recommendation: basis, summary, what clarification found, analysis, who is to do what until when."""
    document = paper("Surat Rekomendasi", extra=_CHAPTERS)
    reference(document, "Rekomendasi atas pengaduan nomor register {{ nomor_register }}")
    addressee(document)
    opening = (
        "Dalam rangka {{ layanan }}, kami telah menelaah pengaduan dugaan pelanggaran hak asasi manusia dan dengan "
        "hormat menyampaikan rekomendasi sebagai berikut."
    )
    lines(document, "Isi Surat", [opening])
    _basis(document)
    _chapter(document, "2.\tRingkasan pengaduan", "ringkasan")
    _chapter(document, "3.\tHasil klarifikasi/koordinasi", "hasil")
    lines(document, "Bab", ["4.\tAnalisis hak asasi manusia"])
    lines(document, "Pengantar Bab", ["{%p if hak %}", "Hak yang berkaitan dengan pengaduan ini adalah:"])
    right = (
        "{{ loop.index }})\t{{ butir.hak }} ({{ butir.pasal }} Undang-Undang Nomor 39 Tahun 1999)"
        "{% if loop.last %}.{% else %};{% endif %}"
    )
    each(document, "Butir Bab", "hak", right)
    lines(document, "Isi Bab", ["{%p endif %}"])
    each(document, "Isi Bab", "analisis")
    lines(document, "Bab", ["5.\tRekomendasi"])
    lines(document, "Pengantar Bab", ["Berdasarkan hal tersebut di atas, kami merekomendasikan:"])
    listing(document, _ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", [""])
    _reporting(document)
    return _closed(document, _THANKS)


def _basis(document: Any) -> None:
    lines(document, "Bab", ["1.\tDasar"])
    basis = (
        "a.\tUndang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia;",
        f"b.\tStandar Operasional Prosedur Nomor {{{{ nomor_sop or '{DOTS}' }}}} tentang "
        "{{ nama_sop or 'Pelayanan Komunikasi Masyarakat' }};",
        f"c.\t{_COMPLAINT}{{% if tanggal_audiensi %}};{{% else %}}.{{% endif %}}",
        "{%p if tanggal_audiensi %}",
        "d.\thasil audiensi/koordinasi pada tanggal {{ tanggal_audiensi }}"
        "{% if tempat_audiensi %}, bertempat di {{ tempat_audiensi }}{% endif %}.",
        "{%p endif %}",
    )
    lines(document, "Butir Bab", basis)


def _chapter(document: Any, title: str, name: str) -> None:
    lines(document, "Bab", [title])
    each(document, "Isi Bab", name)
    lines(document, "Isi Bab", [f"{{%p if not {name} %}}", "–", "{%p endif %}"])


def _reporting(document: Any) -> None:
    lines(document, "Bab", ["6.\tPelaporan"])
    report = (
        "Mohon pelaksanaan rekomendasi tersebut dilaporkan kepada kami secara tertulis, disertai bukti pelaksanaannya, "
        "paling lambat pada tenggat masing-masing. Apabila terdapat kendala, mohon disampaikan sebelum tenggat itu."
    )
    protect = (
        "Kami mohon pula agar pelapor dan para pihak yang memberikan keterangan tidak mengalami perlakuan yang "
        "merugikan karena pengaduan ini."
    )
    lines(document, "Isi Bab", [report, protect])


def _closed(document: Any, thanks: str) -> Any:
    """Close a letter; the paragraph before the thanks stays with them, so that no signature has only one line above."""
    last = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.keep_together = True
    lines(document, "Penutup", [thanks])
    signature(document)
    copies(document)
    return document


def draw_notice() -> Any:
    """Draw the letter that tells the complainant what was recommended to whom, and how to ask on."""
    document = paper("Pemberitahuan kepada Pelapor", extra=_LEAD)
    reference(document, "Pemberitahuan hasil penanganan pengaduan")
    addressee(document)
    about = (
        "Sehubungan dengan pengaduan Saudara{% if nomor_surat %} Nomor {{ nomor_surat }}{% endif %}"
        "{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}{% if hal %} hal {{ hal }}{% endif %}, yang kami "
        "terima pada tanggal {{ tanggal_terima }} dan terdaftar dengan nomor register {{ nomor_register }}, kami "
        "sampaikan bahwa pengaduan tersebut telah kami telaah"
        "{% if tanggal_audiensi %} dan telah dilaksanakan audiensi/koordinasi pada tanggal {{ tanggal_audiensi }}"
        "{% endif %}."
    )
    lines(document, "Isi Surat", [about])
    sent = (
        "Berdasarkan hasilnya, kami menyampaikan surat rekomendasi"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}, dengan pokok sebagai berikut:"
    )
    lines(document, "Pengantar", [sent])
    listing(document, _ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    follow = (
        "Pelaksanaan rekomendasi tersebut kami pantau. Identitas Saudara kami rahasiakan dan tidak kami cantumkan "
        "dalam surat kepada instansi tersebut."
    )
    ask = (
        "Perkembangan pengaduan dapat Saudara tanyakan dengan menyebutkan nomor register dan kode status pada tanda "
        "terima: {{ cara_bertanya }}."
    )
    lines(document, "Isi Surat", [follow, ask])
    return _closed(document, "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.")


def draw_request() -> Any:
    """Draw the letter that asks the agency what it did: the recommendation, what is noted so far, until when."""
    document = paper("Permintaan Tindak Lanjut", extra=_LEAD)
    reference(document, "Permintaan laporan tindak lanjut rekomendasi")
    addressee(document)
    about = (
        f"Menindaklanjuti {_SENT}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}, atas pengaduan "
        "masyarakat{% if pokok_pengaduan %} hal {{ pokok_pengaduan }}{% endif %} dari pelapor (identitas pada kami) "
        "dengan nomor register {{ nomor_register }}, kami melakukan pemantauan atas pelaksanaan rekomendasi berikut:"
    )
    lines(document, "Pengantar", [about])
    listing(document, _ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    lines(document, "Pengantar", ["{%p if catatan %}", "Hasil pemantauan kami sampai saat ini:"])
    each(document, "Isi Surat", "catatan")
    lines(document, "Isi Surat", ["{%p endif %}"])
    lines(document, "Isi Surat", ["Sehubungan dengan hal tersebut, mohon Bapak/Ibu menyampaikan kepada kami:"])
    wanted = (
        "a.\ttindak lanjut yang telah dilaksanakan atas setiap rekomendasi;",
        "b.\tbukti pelaksanaannya; dan",
        "c.\tkendala serta rencana penyelesaian atas rekomendasi yang belum dilaksanakan.",
    )
    lines(document, "Butir", wanted)
    until = (
        "Laporan tersebut mohon disampaikan secara tertulis"
        "{% if batas_jawaban %} paling lambat tanggal {{ batas_jawaban }}{% else %} dalam waktu dekat{% endif %}, "
        "dengan menyebutkan nomor register di atas."
    )
    lines(document, "Isi Surat", [until])
    return _closed(document, _THANKS)


def draw_evaluation() -> Any:
    """Draw the evaluation in its five chapters; its table says of each recommendation what became of it."""
    document = paper("Hasil Evaluasi", extra={**_CHAPTERS, **_SMALL_TABLE})
    lines(document, "Judul Naskah", ["HASIL EVALUASI", "PELAKSANAAN REKOMENDASI"])
    lines(document, "Nomor Judul", [f"NOMOR {{{{ nomor_naskah or '{DOTS}' }}}}"])
    _introduction(document)
    lines(document, "Bab", ["B.\tKegiatan"])
    each(document, "Isi Bab", "kegiatan")
    lines(document, "Pengantar Bab", ["{%p if jawaban %}", "Jawaban tertulis yang diterima:"])
    answer = (
        "{{ loop.index }}.\t{% if butir.nomor %}Nomor {{ butir.nomor }} {% endif %}tanggal {{ butir.tanggal }}: "
        "{{ butir.isi }}"
    )
    each(document, "Butir Bab", "jawaban", answer)
    lines(document, "Isi Bab", ["{%p else %}", "Sampai evaluasi ini disusun belum ada jawaban tertulis yang diterima."])
    lines(document, "Isi Bab", ["{%p endif %}"])
    lines(document, "Bab", ["C.\tHasil"])
    listing(document, _RESULTS, "hasil", least=8)
    lines(document, "Sela", [""])
    lines(document, "Isi Bab", ["{%p if rekapitulasi %}", "Rekapitulasi: {{ rekapitulasi }}.", "{%p endif %}"])
    lines(document, "Bab", ["D.\tSimpulan dan saran"])
    each(document, "Isi Bab", "simpulan")
    lines(document, "Bab", ["E.\tPenutup"])
    closing = (
        "Demikian hasil evaluasi ini disusun sebagai bahan pertimbangan pimpinan dan penyelesaian perkara ini "
        "dalam Buku Register Aduan."
    )
    lines(document, "Pengantar Bab", [closing])
    lines(document, "Sela", ["", ""])
    for paragraph in document.paragraphs[-2:]:  # the air above the signature goes with it
        paragraph.paragraph_format.keep_with_next = True
    signature(document, "{{ tempat }}, {{ tanggal_naskah }}")
    return document


def _introduction(document: Any) -> None:
    lines(document, "Bab", ["A.\tPendahuluan"])
    why = (
        f"Evaluasi ini disusun berdasarkan Standar Operasional Prosedur Nomor {{{{ nomor_sop or '{DOTS}' }}}} tentang "
        "{{ nama_sop or 'Pelayanan Komunikasi Masyarakat' }}, untuk menilai pelaksanaan "
        f"{_SENT}"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}."
    )
    what = (
        f"Rekomendasi tersebut disampaikan atas {_COMPLAINT}{{% if tanggal_audiensi %}}, setelah audiensi/koordinasi "
    )
    lines(document, "Isi Bab", [why, what + "pada tanggal {{ tanggal_audiensi }}{% endif %}."])


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    recommendation.RECOMMENDATION: draw_recommendation,
    recommendation.NOTICE: draw_notice,
    follow_up.REQUEST: draw_request,
    follow_up.EVALUATION: draw_evaluation,
}
