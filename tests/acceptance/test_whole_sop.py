"""Invented cases through the whole SOP: what happened, what lies in their folders, where they stand, until when."""

from __future__ import annotations

from datetime import datetime

import pytest
from fakes import WIB, FixedClock
from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state, deadlines
from pipeline.cases.decide import decide
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.storage.blobs import TypedText

FIRST, SECOND, THIRD = CaseNumber(2026, 1), CaseNumber(2026, 2), CaseNumber(2026, 3)
TEAM, HEAD, DIVISION, FIELD, SUB = "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"
REGISTER = {
    "cara_penyampaian": "pos",
    "perihal": "Sengketa tanah adat",
    "pelapor": ["Siti Rekaan"],
    "terlapor": ["PT Rekaan"],
    "ringkasan": "Tanah diambil tanpa ganti rugi",
    "hak": ["rasa aman", "kesejahteraan"],
}
AUDIENCE = {
    "tanggal_audiensi": "2 Desember 2026",
    "waktu_audiensi": "09.00 WIB",
    "tempat_audiensi": "Ruang rapat",
    "acara": "Klarifikasi",
    "pihak": ["PT Rekaan", "Siti Rekaan"],
}
REVIEW = {"persoalan": "Hak atas tanah", "analisis_hak": "Pasal 36 UU 39/1999", "indikasi": "ya", "berwenang": "ya"}
LETTER = {
    "tujuan_surat": "Direktur PT Rekaan",
    "tempat_tujuan": "Bengkulu",
    "ringkasan_pengaduan": "Tanah diambil",
    "hasil_klarifikasi": "Diakui",
    "analisis": "Pasal 36",
    "rekomendasi": ["PT Rekaan | membayar ganti rugi | 30 hari"],
}
EVALUATION = {"kegiatan": "Kunjungan", "hasil_evaluasi": ["dibayar"], "simpulan": "Dilaksanakan"}

TO_REVIEW = [
    ("konfirmasi", TEAM, REGISTER, "2026-11-25T08:20"),
    ("sampaikan", TEAM, {}, "2026-11-25T08:40"),
    ("disposisi", HEAD, {"isi_disposisi": "Telaah", "derajat": "segera"}, "2026-11-25T10:00"),
    ("disposisi", DIVISION, {"isi_disposisi": "Telaah"}, "2026-11-25T14:00"),
    ("disposisi", FIELD, {"isi_disposisi": "Buat nota"}, "2026-11-26T08:00"),
]
WITH_AUDIENCE = [
    ("telaah", SUB, {**REVIEW, "saran": "audiensi"}, "2026-11-26T15:00"),
    ("usulkan-audiensi", SUB, {"alasan": "Perlu klarifikasi", **AUDIENCE}, "2026-11-27T08:00"),
    ("disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Setuju"}, "2026-11-27T09:00"),
    ("undang", SUB, AUDIENCE, "2026-11-27T10:00"),
    (
        "laksanakan",
        FIELD,
        {
            "tanggal_pelaksanaan": "2-12-2026",
            "tempat_pelaksanaan": "Ruang rapat",
            "hadir": ["Siti Rekaan | pelapor"],
            "hasil": ["PT bersedia membayar"],
        },
        "2026-12-02T12:00",
    ),
]
TO_THE_END = [
    ("susun-rekomendasi", SUB, LETTER, "2026-12-03T09:00"),
    ("paraf", FIELD, {}, "2026-12-03T10:00"),
    ("paraf", DIVISION, {}, "2026-12-03T11:00"),
    ("nomori", TEAM, {}, "2026-12-03T13:00"),
    ("tandatangan", HEAD, {}, "2026-12-03T14:00"),
    ("kirim", TEAM, {"tanggal_kirim": "2026-12-04", "cara_kirim": "pos"}, "2026-12-04T08:00"),
    ("terima", TEAM, {"tanggal_terima": "2026-12-07", "penerima": "Sekretaris"}, "2026-12-07T09:00"),
    ("catat-pemantauan", TEAM, {"catatan": "Ditanyakan"}, "2026-12-14T09:00"),
    ("jawaban-instansi", TEAM, {"tanggal_jawaban": "2026-12-18", "isi_jawaban": "Dibayar"}, "2026-12-18T09:00"),
    ("evaluasi", TEAM, EVALUATION, "2026-12-21T09:00"),
    ("selesai", TEAM, {}, "2026-12-21T10:00"),
]
SIGNED = {"tandatangan"}
TO_INCOMPLETE = [("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]}, "2026-11-26T10:00")]
TO_WITHDRAWAL = [
    ("terima-kelengkapan", TEAM, {"yang_diterima": ["KTP"]}, "2026-12-01T10:00"),
    ("minta-kelengkapan", SUB, {"kekurangan": ["Kronologi"]}, "2026-12-01T14:00"),
    ("cabut", TEAM, {"sebab": "dianggap mencabut", "alasan": "10 hari tanpa jawaban"}, "2026-12-16T08:00"),
]


def received(office: FakeOffice, text: bytes = b"Sengketa tanah") -> CaseNumber:
    """A letter that was scanned, read, and whose first sheets are printed."""
    office.drop("scan.pdf", text)
    office.run_once()
    return max(office.root.cabinet.numbers())


def walk(office: FakeOffice, number: CaseNumber, steps) -> Case:
    """Make the moves, each at its time."""
    for move, role, typed, *at in steps:
        if at:
            office.clock = FixedClock(datetime.fromisoformat(at[0]).replace(tzinfo=WIB))
        file = TypedText("ttd.pdf", f"bertanda tangan {number}".encode()) if move in SIGNED else None
        case = office.decide(number, move, role, typed, file)
    return case


def moves_of(case: Case) -> list[str]:
    return [m.decision.move for m in case.made]


def state_of(office: FakeOffice, case: Case) -> str:
    return current_state(case, office.root.sop_of(case)).key


def due(office: FakeOffice, case: Case) -> str | None:
    """When the present step should end, without the zone."""
    step = deadlines(case, office.root.sop_of(case), office.root.calendar).step
    return step.replace(tzinfo=None).isoformat(timespec="minutes") if step else None


def sheets_of(case: Case) -> dict[str, list[str]]:
    """The files of each kind, beside what came in with the letter."""
    found: dict[str, list[str]] = {}
    for document in case.documents:
        if document.kind not in ("surat", "teks", "pembacaan", "salinan"):
            found.setdefault(document.kind, []).append(document.name.removeprefix(document.kind))
    return found


def printed(*versions: int) -> list[str]:
    return [f"-v{v}.{end}" for v in versions for end in ("docx", "pdf")]


def test_the_straight_way_with_an_audience(office):
    number = received(office)

    case = walk(office, number, TO_REVIEW)
    assert (state_of(office, case), due(office, case)) == ("telaahan", "2026-11-27T16:30")
    case = walk(office, number, WITH_AUDIENCE[:1])
    assert (state_of(office, case), due(office, case)) == ("usulan-audiensi", "2026-12-01T16:00")
    case = walk(office, number, WITH_AUDIENCE[1:])
    assert (state_of(office, case), due(office, case)) == ("penyusunan", "2026-12-04T16:30")
    case = walk(office, number, TO_THE_END[:7])
    assert (state_of(office, case), due(office, case)) == ("pemantauan", "2027-01-12T16:00")
    case = walk(office, number, TO_THE_END[7:])

    assert (state_of(office, case), due(office, case)) == ("selesai", None)
    assert moves_of(case) == [step[0] for step in (*TO_REVIEW, *WITH_AUDIENCE, *TO_THE_END)]
    assert case.numbers == {"06-surat-rekomendasi": "W.8.HA.01.07-1"}
    assert sheets_of(case) == {
        "01-tanda-terima": printed(1, 2),
        "02-buku-register": printed(1),
        "03-lembar-disposisi": printed(1, 2, 3, 4, 5, 6),
        "04-nota-telaahan": printed(1),
        "05-usulan-audiensi": printed(1),
        "05-undangan-audiensi": printed(1),
        "05-daftar-hadir": printed(1),
        "05-berita-acara": printed(1),
        "06-surat-rekomendasi": [*printed(1, 2), "-v2-bertanda-tangan.pdf"],
        "06-pemberitahuan-pelapor": printed(1),
        "07-permintaan-tindak-lanjut": printed(1),
        "07-hasil-evaluasi": printed(1),
    }
    assert office.findings() == []


def test_every_line_says_who_did_it(office):
    case = walk(office, received(office), TO_REVIEW[:3])

    assert [(e.kind, e.by) for e in case.entries] == [
        ("diterima", "sistem"),
        ("dibaca", "sistem"),
        *[("dikonsep", "sistem")] * 2,
        *[("dicetak", "sistem")] * 2,
        ("diputuskan", TEAM),
        *[("dikonsep", "sistem")] * 3,
        *[("dicetak", "sistem")] * 3,
        ("diputuskan", TEAM),
        ("diputuskan", HEAD),
        ("dikonsep", "sistem"),
        ("dicetak", "sistem"),
    ]
    last = case.made[-1].decision
    assert (last.holder.post, last.login, last.values["derajat"]) == (
        "Kepala Kantor Wilayah",
        HEAD,
        "Segera",
    )


def test_the_straight_way_without_an_audience(office):
    number = received(office)

    case = walk(office, number, [*TO_REVIEW, ("telaah", TEAM, {**REVIEW, "saran": "rekomendasi"}, "2026-11-27T08:00")])
    assert (state_of(office, case), due(office, case)) == ("penyusunan", "2026-12-01T16:00")
    case = walk(office, number, TO_THE_END)

    assert state_of(office, case) == "selesai"
    assert not {d for d in sheets_of(case) if d.startswith("05-")}
    assert [d.step for d in case.documents if d.kind == "06-surat-rekomendasi"] == [6] * 5
    assert office.findings() == []


def test_from_incompleteness_to_withdrawal(office):
    number = received(office)

    case = walk(office, number, [*TO_REVIEW, *TO_INCOMPLETE])
    assert (state_of(office, case), due(office, case)) == ("kelengkapan", "2026-12-10T16:00")
    case = walk(office, number, TO_WITHDRAWAL[:1])
    # Thursday 10.00 to Friday's closing were left: from Tuesday 10.00 that is Wednesday's closing.
    assert (state_of(office, case), due(office, case)) == ("telaahan", "2026-12-02T16:00")
    case = walk(office, number, TO_WITHDRAWAL[1:])

    assert (state_of(office, case), due(office, case)) == ("dicabut", None)
    assert sheets_of(case)["04-permintaan-kelengkapan"] == printed(1, 2)
    assert office.findings() == []


def test_a_complaint_to_the_wrong_office_ends_with_a_numbered_signed_letter(office):
    number, letter = received(office), "04-pemberitahuan-tidak-berwenang"

    case = walk(
        office,
        number,
        [*TO_REVIEW, ("tidak-berwenang", FIELD, {"alasan": "Pidana", "instansi_berwenang": "Polres Rekaan"})],
    )
    assert state_of(office, case) == "tidak-berwenang"
    case = office.decide(number, "nomori-surat", TEAM, {"naskah": letter})
    case = office.decide(number, "tandatangani-naskah", HEAD, {"naskah": letter}, TypedText("ttd.pdf", b"ttd"))

    assert case.numbers == {letter: "W.8.HA.01.07-1"}
    assert sheets_of(case)[letter] == [*printed(1, 2), "-v2-bertanda-tangan.pdf"]
    with pytest.raises(NotAllowed, match="tidak terbuka"):
        office.decide(number, "disposisi", HEAD, {"isi_disposisi": "x"})


def test_a_review_that_finds_no_violation_ends_the_case(office):
    number = received(office)

    case = walk(office, number, [*TO_REVIEW, ("tidak-ada-indikasi", SUB, {"alasan": "Sengketa perdata"})])

    assert state_of(office, case) == "tidak-ada-indikasi"
    assert sheets_of(case)["04-pemberitahuan-tidak-ada-indikasi"] == printed(1)


def test_a_review_that_advises_to_end_the_matter_has_its_memo_before_the_letter_says_so(office):
    number = received(office)
    advice = {**REVIEW, "indikasi": "tidak", "saran": "tidak-dilanjutkan"}

    reviewed = walk(office, number, [*TO_REVIEW, ("telaah", SUB, advice)])
    assert state_of(office, reviewed) == "telaahan"
    ended = walk(office, number, [("tidak-ada-indikasi", SUB, {"alasan": "Sengketa perdata"})])

    assert sheets_of(ended)["04-nota-telaahan"] == printed(1)
    assert state_of(office, ended) == "tidak-ada-indikasi"


def test_of_two_letters_on_one_matter_both_cases_say_so(office):
    parent, child = received(office), received(office, b"Surat susulan")

    case = office.decide(child, "gabung", TEAM, {"perkara_induk": "1/2026", "alasan": "Perkara sama"})

    assert state_of(office, case) == "digabung"
    assert [(link.other, link.how) for link in case.links] == [("2026/0001", "induk")]
    assert [(link.other, link.how) for link in office.root.cabinet.case(parent).links] == [("2026/0002", "anak")]


def test_a_case_goes_into_one_that_is_there_and_open(office):
    number, other = received(office), received(office, b"Lain")
    office.decide(other, "batal", TEAM, {"alasan": "Iklan"})

    for parent, fault in (("2026/0001", NotAllowed), ("2026/0009", NotFound), ("2026/0002", NotAllowed)):
        with pytest.raises(fault):
            office.decide(number, "gabung", TEAM, {"perkara_induk": parent, "alasan": "x"})

    assert moves_of(office.root.cabinet.case(number)) == []


def test_two_cases_may_go_into_each_other_one_after_the_other(office):
    one, other = received(office), received(office, b"Lain")
    office.decide(one, "gabung", TEAM, {"perkara_induk": str(other), "alasan": "sama"})
    office.decide(one, "buka-kembali", TEAM, {"alasan": "terbalik"})

    office.decide(other, "gabung", TEAM, {"perkara_induk": str(one), "alasan": "sama"})

    links = {n: [(k.other, k.how) for k in office.root.cabinet.case(n).links] for n in (one, other)}
    assert links[one] == [("2026/0002", "induk"), ("2026/0002", "anak")]
    assert links[other] == [("2026/0001", "anak"), ("2026/0001", "induk")]


def test_a_letter_registered_by_mistake_keeps_its_number(office):
    number = received(office)

    case = office.decide(number, "batal", TEAM, {"alasan": "Brosur iklan"})

    assert state_of(office, case) == "batal"
    assert received(office, b"Surat berikutnya") == SECOND
    office.root.book.refresh()
    row = office.root.book.rows()[0]
    assert (row.number, row.state, row.due_at) == ("2026/0001", "batal", None)


def test_a_case_that_was_ended_too_early_is_opened_again_where_it_stood(office):
    number = received(office)
    walk(office, number, [*TO_REVIEW, ("tidak-ada-indikasi", SUB, {"alasan": "Keliru"})])

    with pytest.raises(Incomplete, match="alasan"):
        office.decide(number, "buka-kembali", FIELD)
    case = office.decide(number, "buka-kembali", FIELD, {"alasan": "Bukti baru"})

    assert state_of(office, case) == "telaahan"
    assert case.made[-1].decision.values == {"alasan": "Bukti baru"}


def test_a_correction_makes_new_versions_and_keeps_the_old_ones(office):
    number = received(office)
    walk(office, number, TO_REVIEW)
    old = {d.name: office.file(number, d.name) for d in office.root.cabinet.case(number).documents}

    case = office.decide(number, "koreksi", TEAM, {"alasan": "Salah tulis", "perihal": "Sengketa tanah ulayat"})

    assert sheets_of(case)["01-tanda-terima"] == printed(1, 2, 3)
    assert sheets_of(case)["03-lembar-disposisi"] == printed(1, 2, 3, 4, 5, 6)
    assert {name: office.file(number, name) for name in old} == old
    assert b"ulayat" in office.file(number, "03-lembar-disposisi-v6.docx")
    assert b"ulayat" not in office.file(number, "03-lembar-disposisi-v5.docx")


def test_a_signature_without_its_file_is_refused_and_changes_nothing(office):
    number = received(office)
    steps = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *TO_THE_END[:4]]
    before = walk(office, number, steps)

    with pytest.raises(Incomplete, match="perlu berkas"):
        office.decide(number, "tandatangan", HEAD)

    assert office.root.cabinet.case(number).head == before.head


def test_a_print_of_our_own_is_no_signed_letter(office):
    number = received(office)
    steps = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *TO_THE_END[:4]]
    walk(office, number, steps)
    unsigned = TypedText("surat.pdf", office.file(number, "06-surat-rekomendasi-v2.pdf"))

    with pytest.raises(NotAllowed, match=r"cetakan 06-surat-rekomendasi-v2\.pdf dari map ini, belum bertanda tangan"):
        decide(number, "tandatangan", {}, by=Actor(HEAD, "x"), parts=office.decide_parts, files=[unsigned])


def test_a_letter_is_signed_only_once_the_machine_has_drafted_it_with_its_number(office):
    number = received(office)
    steps = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *TO_THE_END[:3]]
    walk(office, number, steps)
    decide(number, "nomori", {}, by=Actor(TEAM, "penguji"), parts=office.decide_parts)

    with pytest.raises(NotAllowed, match="masih mengonsep"):
        decide(
            number,
            "tandatangan",
            {},
            by=Actor(HEAD, "x"),
            parts=office.decide_parts,
            files=[TypedText("t.pdf", b"ttd")],
        )


def test_a_number_that_is_typed_for_a_letter_that_has_one_is_refused(office):
    number = received(office)
    steps = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *TO_THE_END[:4]]
    walk(office, number, [*steps, ("kembalikan", HEAD, {"alasan": "Salah ketik"})])

    with pytest.raises(Incomplete, match="sudah bernomor"):
        office.decide(number, "nomori", TEAM, {"nomor_naskah": "W.8.HA.01.07-99"})

    assert office.decide(number, "nomori", TEAM).numbers == {"06-surat-rekomendasi": "W.8.HA.01.07-1"}


def test_whoever_acts_for_the_head_on_that_day_signs_for_the_role(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    settings = office.root.layout.settings
    acting = (
        '[[jabatan]]\nperan = "kakanwil"\njabatan = "Kepala Kantor Wilayah"\nnama = "Dewi Rekaan"\n'
        'sebagai = "Plh."\nmulai = 2026-11-25\nsampai = 2026-11-25\n\n[kotak_masuk]'
    )
    settings.write_text(settings.read_text().replace("[kotak_masuk]", acting, 1))
    office = FakeOffice(tmp_path / "kantor")

    case = walk(office, received(office), TO_REVIEW)

    holder = next(m for m in case.made if m.role == HEAD).decision.holder
    assert (holder.post, holder.name) == ("Plh. Kepala Kantor Wilayah", "Dewi Rekaan")


def test_a_role_that_nobody_holds_today_makes_no_move(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    settings = office.root.layout.settings
    ended = 'jabatan = "Kepala Kantor Wilayah"\nsampai = 2026-11-01'
    settings.write_text(settings.read_text().replace('jabatan = "Kepala Kantor Wilayah"', ended, 1))
    office = FakeOffice(tmp_path / "kantor")
    number = received(office)
    walk(office, number, TO_REVIEW[:2])

    with pytest.raises(NotAllowed, match="Tidak ada pemegang peran 'kakanwil' pada 25-11-2026"):
        walk(office, number, TO_REVIEW[2:3])


# Cases that begin without a letter.

TOLD = {"perihal": "Upah", "pelapor": "Siti Rekaan", "terlapor": "PT Rekaan", "uraian": "Tiga bulan tanpa upah"}


def test_an_oral_complaint_has_its_form_its_receipt_and_its_number(office):
    number = office.open("lisan", TOLD)

    case = office.root.cabinet.case(number)
    assert number == FIRST
    assert sheets_of(case) == {
        "01-formulir-pengaduan": printed(1),
        "01-tanda-terima": printed(1),
        "03-lembar-disposisi": printed(1),
    }
    assert b"Uraian: Tiga bulan tanpa upah" in office.file(number, "01-catatan.txt")
    assert (case.entries[0].kind, case.entries[0].by) == ("diterima", TEAM)
    assert (case.received.channel, case.fields["cara_penyampaian"]["nilai"]) == ("lisan", "lisan")
    office.root.book.refresh()
    assert office.root.book.rows()[0].pelapor == ("Siti Rekaan",)
    assert office.findings() == []


def test_the_form_of_an_oral_complaint_comes_back_signed(office):
    number = office.open("lisan", TOLD)

    signed = TypedText("formulir.pdf", b"formulir bertanda tangan")
    case = office.decide(number, "tandatangani-naskah", TEAM, {"naskah": "01-formulir-pengaduan"}, signed)

    assert sheets_of(case)["01-formulir-pengaduan"] == [*printed(1), "-v1-bertanda-tangan.pdf"]


def test_what_was_told_need_not_be_told_again_to_confirm_it(office):
    number = office.open("lisan", TOLD)

    with pytest.raises(Incomplete) as fault:
        office.decide(number, "konfirmasi", TEAM)
    assert "perihal" not in fault.value.message
    case = office.decide(number, "konfirmasi", TEAM, {"ringkasan": "Upah tidak dibayar", "hak": "kesejahteraan"})

    assert state_of(office, case) == "penyampaian"


def test_a_case_from_the_news_needs_no_complainant_and_gets_no_receipt(office):
    number = office.open("berita", {"perihal": "Banjir", "terlapor": "Pemda", "uraian": "Koran Rekaan"}, FIELD)

    case = office.decide(number, "konfirmasi", TEAM, {"ringkasan": "Banjir", "hak": "rasa aman"})

    assert state_of(office, case) == "penyampaian"
    assert case.entries[0].by == FIELD
    assert sheets_of(case) == {"02-buku-register": printed(1), "03-lembar-disposisi": printed(1, 2)}
    assert case.documents[0].name == "01-catatan.txt"


def test_nobody_is_written_to_about_a_case_from_the_news_until_somebody_complains(office):
    number = office.open("berita", {"perihal": "Banjir", "terlapor": "Pemda", "uraian": "Koran Rekaan"}, FIELD)
    confirmed = ("konfirmasi", TEAM, {"ringkasan": "Banjir", "hak": "rasa aman"})
    steps = [confirmed, *TO_REVIEW[1:], ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), TO_THE_END[0]]

    case = walk(office, number, steps)
    assert {"06-surat-rekomendasi"} == {t for t in case.drafts if t.startswith("06")}
    back = [("kembalikan", FIELD, {"alasan": "Ada pelapor"}), ("koreksi", TEAM, {"alasan": "x", "pelapor": "Siti"})]
    case = walk(office, number, [*back, TO_THE_END[0]])

    assert {"06-surat-rekomendasi", "06-pemberitahuan-pelapor"} == {t for t in case.drafts if t.startswith("06")}


@pytest.mark.parametrize(
    ("move", "role", "typed", "fact", "remedy"),
    [
        ("konfirm", TEAM, {}, "tidak mengenal gerak 'konfirm', mungkin 'konfirmasi'.", "konfirmasi ("),
        ("konfirmasi", "timyankomas", {}, "'timyankomas' tidak dikenal, mungkin 'tim-yankomas'.", "Peran yang ada"),
        ("konfirmasi", HEAD, {}, "Peran 'kakanwil' tidak berwenang melakukan 'konfirmasi'", "Yang berwenang: tim-"),
        ("telaah", SUB, {}, "'telaah' tidak terbuka bagi perkara 2026/0001, yang menunggu", "konfirmasi ("),
        ("batal", TEAM, {"alasn": "x"}, "alasn (tidak ada pada formulir ini, mungkin 'alasan')", "Isian formulir ini:"),
        ("batal", TEAM, {}, "alasan (Alasan: wajib diisi)", "Betulkan isian itu"),
        ("konfirmasi", TEAM, {"diterima_pada": "30-11-2027"}, "30-11-2027 belum tiba; hari ini", "Betulkan isian itu"),
        ("konfirmasi", TEAM, {"tanggal_surat": "31 Februari 2026"}, "tanggal itu tidak ada", "Betulkan isian itu"),
    ],
)
def test_whoever_slips_reads_what_was_wrong_and_what_to_do(office, move, role, typed, fact, remedy):
    number = received(office)

    with pytest.raises((NotAllowed, Incomplete)) as refusal:
        office.decide(number, move, role, typed)

    assert fact in refusal.value.message
    assert remedy in refusal.value.remedy
    assert office.root.cabinet.case(number).made == ()


def test_whoever_comes_to_a_case_that_has_ended_reads_so(office):
    number = received(office)
    office.decide(number, "batal", TEAM, {"alasan": "Iklan"})

    with pytest.raises(NotAllowed, match="tidak terbuka bagi perkara 2026/0001, yang sudah batal"):
        office.decide(number, "sampaikan", TEAM)


@pytest.mark.parametrize(("typed", "fact"), [("asal saja", "bukan nomor naskah"), ("W.8.HA.01.07-1", "sudah dipakai")])
def test_a_typed_number_must_be_one_and_not_that_of_another_letter_of_the_case(office, typed, fact):
    number = received(office)
    steps = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), *TO_THE_END[:4]]
    walk(office, number, steps)
    notice = {"naskah": "06-pemberitahuan-pelapor", "nomor_naskah": typed}

    with pytest.raises(Incomplete, match=fact):
        office.decide(number, "nomori-surat", TEAM, notice)


def test_a_nik_that_cannot_be_one_is_kept_as_typed_and_pointed_out_without_being_written_out(office):
    people = [{"nama": "Siti Rekaan", "nik": "1771 0145 0185"}, {"nama": "Budi", "nik": "1771014501850001"}]
    number = office.open("lisan", {**TOLD, "pelapor": people})

    warnings = office.view(number).warnings

    assert warnings == ("NIK pelapor ke-1 bukan 16 angka (ada 12); cocokkan dengan KTP-nya.",)
    assert office.root.cabinet.case(number).register["pelapor"][0]["nik"] == "1771 0145 0185"


def test_the_same_told_twice_is_one_case(office):
    assert office.open("lisan", TOLD) == office.open("lisan", TOLD) == FIRST
    assert office.open("lisan", {**TOLD, "perihal": "Upah lembur"}) == SECOND


def test_when_it_was_told_can_be_said_and_moves_the_deadlines(office):
    number = office.open("lisan", {**TOLD, "diterima_pada": "24-11-2026 15.00"})

    case = office.root.cabinet.case(number)
    assert case.received_at == datetime(2026, 11, 24, 15, 0, tzinfo=WIB)
    assert due(office, case) == "2026-11-24T15:15"
    assert office.findings() == []


def test_what_lacks_something_takes_no_number(office):
    with pytest.raises(Incomplete, match="uraian"):
        office.open("lisan", {**TOLD, "uraian": " "})
    with pytest.raises(NotAllowed):
        office.open("lisan", TOLD, HEAD)

    assert list(office.root.cabinet.numbers()) == []
