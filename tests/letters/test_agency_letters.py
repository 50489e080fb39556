"""Every letter to an agency, in every kind of case: true of the case, in the office's words, naming no complainant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from drafted_kinds import paragraphs
from fakes import WIB
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.invitation import INVITATION
from pipeline.letters.sheets.recommendation import LINES_IN_LETTER, RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import NumberedLetter
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.transfer_letter import TRANSFER
from pipeline.letters.sheets.warning_letters import FIRST, SECOND
from pipeline.office import wording
from pipeline.office.laws import shipped_laws

TO_AGENCIES = (TRANSFER, RECOMMENDATION, REQUEST, FIRST, SECOND, CORRECTION)
TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
TYPIST = WordTypist(TEMPLATES)
#: What the case from the news is about.
DIED = "tahanan yang meninggal di ruang tahanan Kepolisian Sektor Contoh"


def read(template: str, kind: str) -> list[str]:
    """Return the paragraphs of the letter in that kind of case."""
    return [text.replace("\u00a0", " ") for text in paragraphs(kind, template)]


@pytest.mark.parametrize("template", [TRANSFER, RECOMMENDATION, REQUEST, FIRST, SECOND, INVITATION])
def test_who_reads_of_a_child_is_asked_to_keep_its_identity(template: str) -> None:
    asked = re.compile(r"Identitas anak (yang menjadi korban|tersebut) mohon dirahasiakan\.")

    assert asked.search("\n".join(read(template, "korban-anak")))
    assert not asked.search("\n".join(read(template, "surat")))


@pytest.mark.parametrize("template", TO_AGENCIES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_empty_or_raw(template: str, kind: str) -> None:
    paragraphs = read(template, kind)

    assert not [text for text in paragraphs if re.search(r"…|\||^–|^-.|\.{8}|\{|[a-z]-[a-z]+-[a-z]|None", text)]
    assert not [text for text in paragraphs if re.search(r"\bhal [A-Z]|dari pelapor$|atas ,|  ", text)]


@pytest.mark.parametrize("template", TO_AGENCIES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_speaks_of_what_the_case_came_as(template: str, kind: str) -> None:
    text = " ".join(read(template, kind)).casefold()

    if kind == "berita":
        assert "pemberitaan media harian rekaan tanggal 19 november 2026 mengenai" in text or "ralat surat" in text
        assert "perkara nomor register" in text or template not in (TRANSFER, RECOMMENDATION, CORRECTION)
        assert not re.search(r"\bpelapor\b", text)
        assert "pengaduan" not in text
    else:
        assert "pemberitaan" not in text
        assert "pengaduan" in text


@pytest.mark.parametrize("kind", KINDS)
def test_laws_are_cited_as_they_are_called(kind: str) -> None:
    paragraphs = read(RECOMMENDATION, kind)

    assert "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia;" in paragraphs


@pytest.mark.parametrize("template", TO_AGENCIES)
@pytest.mark.parametrize("kind", KINDS)
def test_neither_the_complaint_s_number_nor_its_date_is_printed(template: str, kind: str) -> None:
    text = " ".join(read(template, kind))

    assert not re.search(r"07/FWS|31/LBH|HAM-HA\.01\.07-88|20 November 2026", text)


@pytest.mark.parametrize("template", TO_AGENCIES)
def test_the_letter_thanks_its_reader_and_says_who_initials_it(template: str) -> None:
    paragraphs = read(template, "surat")

    thanks = re.compile(r"Atas perhatian( dan kerja sama)? Bapak/Ibu, kami ucapkan terima kasih\.")
    assert any(map(thanks.fullmatch, paragraphs))
    boxes = paragraphs[paragraphs.index("Diparaf oleh") :]
    assert boxes[2:4] == ["Kepala Bidang HAM", "Kepala Divisi Pelayanan Hukum dan HAM"]


@pytest.mark.parametrize("template", [RECOMMENDATION, REQUEST, FIRST, SECOND, TRANSFER])
def test_signed_in_the_head_s_name_the_head_gets_a_copy_and_the_signer_none(template: str) -> None:
    office = office_of_kind("pengganti")
    signer = office.officials[0].own_title

    copies = context(template, facts_of_kind("pengganti", template), office)["tembusan"]

    assert copies[0] == "Kepala Kantor Wilayah (sebagai laporan)"
    assert signer not in copies


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Pengaduan masyarakat mengenai pencemaran sumur", "pencemaran sumur"),
        ("Pelimpahan pengaduan mengenai penahanan ijazah", "penahanan ijazah"),
        ("Penganiayaan oleh petugas", "penganiayaan oleh petugas"),
        ("Dinas Contoh menolak permohonan", "Dinas Contoh menolak permohonan"),
        ("PENAHANAN IJAZAH", "PENAHANAN IJAZAH"),
        ("Kolam limbah meluap", "kolam limbah meluap"),
        ("Pencemaran Sungai Contoh", "pencemaran Sungai Contoh"),
        ("Bambang menolak menjawab", "Bambang menolak menjawab"),
    ],
)
def test_a_subject_stands_in_a_sentence_as_its_words_are_written_there(subject: str, told: str) -> None:
    fields = {"perihal": field(subject), "terlapor": [field("Bambang Contoh, Lurah")]}

    assert paper(RECOMMENDATION, fields=fields)["pokok_pengaduan"] == told


def test_a_subject_of_twelve_lines_is_told_whole() -> None:
    long = "pencemaran sumur warga oleh limbah kolam pabrik dan permohonan perlindungan " * 12

    told = paper(RECOMMENDATION, fields={"perihal": field(long)})["pokok_perkara"]

    assert told.endswith(long.strip())


def test_a_case_from_the_news_of_which_somebody_complained_since_is_a_complaint() -> None:
    facts = facts_of_kind("berita", RECOMMENDATION)
    complained = replace(facts, fields={**facts.fields, "pelapor": [{"nama": field("Tono Rekaan")}]})

    values = context(RECOMMENDATION, complained, SPECIMEN_OFFICE)

    assert values["pokok_perkara"].startswith("pengaduan masyarakat (identitas pelapor ada pada kami) mengenai tahanan")


@pytest.mark.parametrize("template", TO_AGENCIES)
def test_who_agreed_to_be_named_is_named_with_their_letter(template: str) -> None:
    facts = facts_of_kind("surat", template)
    named = replace(facts, fields={**facts.fields, "izin_identitas": field("ya")})

    values = context(template, named, SPECIMEN_OFFICE)

    assert values["pokok_perkara"] == (
        "pengaduan dari Sari Melati dengan surat Nomor 07/FWS/XI/2026 tanggal 20 November 2026 mengenai pencemaran "
        "sumur warga oleh limbah kolam pabrik"
    )
    assert values["identitas_dirahasiakan"] == ""


# ------------------------------------------------------------------------------------------------- recommendation


def test_the_recommendation_rests_on_laws_the_sop_the_memo_and_the_minutes() -> None:
    basis = context(RECOMMENDATION, facts_of_kind("surat", RECOMMENDATION), SPECIMEN_OFFICE)["dasar"]

    assert basis[0] == "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia"
    assert basis[4:] == [
        "Standar Operasional Prosedur Nomor W.8.OT.02.01-74 tentang Pelayanan Komunikasi Masyarakat",
        "Pengaduan masyarakat (identitas pelapor ada pada kami) mengenai pencemaran sumur warga oleh limbah kolam "
        "pabrik, yang kami terima pada tanggal 25 November 2026 dan terdaftar dengan nomor register 0007/YANKOMAS/2026",
        "Hasil telaahan Kantor Wilayah Bengkulu tanggal 27 November 2026",
        "Berita Acara Nomor W.8-HA.01.07-0021 tanggal 4 Desember 2026 mengenai audiensi/koordinasi di Ruang Rapat "
        "Kantor Wilayah, Bengkulu",
    ]


def test_the_governing_regulation_is_that_of_the_letter_s_day() -> None:
    laws = shipped_laws()
    old = next(law for law in laws.regulations if law.governs)
    change = date(2026, 12, 4)
    new = replace(old, key="baru", name="Peraturan Menteri Contoh Nomor 1 Tahun 2026", since=change)
    ended = replace(old, until=date(2026, 12, 3))
    others = tuple(law for law in laws.regulations if law is not old)
    office = replace(SPECIMEN_OFFICE, own_laws=lambda: replace(laws, regulations=(*others, ended, new)))

    cited = [
        context(RECOMMENDATION, usual(RECOMMENDATION, naskah_date=day), office)["dasar"]
        for day in (date(2026, 12, 3), change)
    ]

    assert [old.full in basis for basis in cited] == [True, False]
    assert [new.full in basis for basis in cited] == [False, True]


def test_the_newest_review_is_cited_by_its_day_and_an_audience_without_minutes_too() -> None:
    days = (datetime(2026, 11, day, 9, 0, tzinfo=WIB) for day in (26, 27))
    letters = tuple(NumberedLetter("04-nota-telaahan", f"ND-{n}", at) for n, at in enumerate(days, 1))

    basis = paper(RECOMMENDATION, letters=letters)["dasar"]

    assert basis[-2:] == [
        "Hasil telaahan Kantor Wilayah Bengkulu tanggal 27 November 2026",
        "Audiensi/koordinasi pada tanggal 2 Desember 2026 di Ruang Rapat Kantor Wilayah, Bengkulu",
    ]


@pytest.mark.parametrize(
    ("rows", "duty"),
    [
        (["Bupati Contoh | memulihkan"], "Bupati Contoh melaksanakan"),
        (["Camat Contoh | memulihkan"], "Bupati Contoh memastikan pelaksanaan"),
        (["BUPATI CONTOH | a", "Camat Contoh | b"], "Bupati Contoh melaksanakan dan memastikan pelaksanaan"),
    ],
)
def test_the_addressee_carries_out_what_is_theirs_and_sees_to_the_rest(rows: list[str], duty: str) -> None:
    move = made("susun-rekomendasi", tujuan_surat="Bupati Contoh", rekomendasi=rows)

    assert paper(RECOMMENDATION, moves=(move,))["pelaksana"] == duty


def recommended(rows: int) -> dict[str, Any]:
    listed = [f"Camat Contoh | Membentuk posko yang ke-{n} | 2026-12-11" for n in range(1, rows + 1)]
    move = made("susun-rekomendasi", tujuan_surat="Bupati Contoh", rekomendasi=listed)
    return paper(RECOMMENDATION, moves=(move,))


def test_many_recommendations_stand_on_an_attached_page_that_the_letter_counts() -> None:
    few, more, many = (recommended(rows) for rows in (LINES_IN_LETTER, LINES_IN_LETTER + 1, 60))

    assert [values["lampiran_naskah"] for values in (few, more, many)] == ["-", "1 (satu) lembar", "1 (satu) berkas"]
    text = [passage.text for passage in passages(TYPIST.draft(RECOMMENDATION, more).docx)]
    assert "Lampiran surat" in text
    assert any(p.endswith("memastikan pelaksanaan hal-hal yang tercantum dalam lampiran surat ini.") for p in text)


def test_rights_stand_as_the_memo_lists_them_without_who_complains() -> None:
    listed = ["Hak atas kesejahteraan | Pasal 36 ayat (1), lihat surat Sari Melati."]

    rows = paper(RECOMMENDATION, moves=(made("telaah", dasar_hak=listed, analisis_hak="Pasal 9."),))["hak"]

    assert rows[0]["hak"] == "hak atas kesejahteraan"
    assert wording.one_line(rows[0]["pasal"]).startswith("Pasal 36 ayat (1), lihat surat pelapor")


def test_an_analysis_in_prose_cites_nothing_so_the_law_s_own_articles_stand() -> None:
    moves = (made("telaah", analisis_hak="Air bersih wajib dilindungi."),)

    rows = paper(RECOMMENDATION, moves=moves, fields={"hak": [field("hidup"), field("rasa aman")]})["hak"]

    assert [row["hak"] for row in rows] == ["hak untuk hidup", "hak atas rasa aman"]
    assert all(row["pasal"].endswith(wording.unbroken("Undang-Undang Nomor 39 Tahun 1999")) for row in rows)


def test_the_thanks_of_a_recommendation_close_the_letter_at_its_margin_as_the_opening_begins_it() -> None:
    styles = Document(str(TEMPLATES / f"{RECOMMENDATION}.docx")).styles
    thanks, text = (styles[name].paragraph_format for name in ("Penutup", "Isi Surat"))

    assert (thanks.left_indent, thanks.first_line_indent) == (text.left_indent, text.first_line_indent)


def test_a_complaint_that_an_agency_handed_on_is_called_so() -> None:
    told = context(RECOMMENDATION, facts_of_kind("instansi", RECOMMENDATION), SPECIMEN_OFFICE)["pokok_perkara"]

    agency = "Komisi Nasional Rekaan Perwakilan Bengkulu"
    assert told == f"pengaduan yang dilimpahkan oleh {agency} kepada kami mengenai penahanan ijazah pekerja"


def test_the_agency_that_handed_it_on_may_get_a_copy_where_it_is_named() -> None:
    facts, agency = facts_of_kind("instansi", TRANSFER), "Komisi Nasional Rekaan Perwakilan Bengkulu"
    facts = replace(facts, moves=(*facts.moves, made("teruskan", tembusan=[agency])))
    secret = replace(facts, fields={**facts.fields, "sifat": field("rahasia")})

    copies = [context(TRANSFER, known, SPECIMEN_OFFICE)["tembusan"] for known in (facts, secret)]

    assert copies == [["Direktur Jenderal Hak Asasi Manusia", agency], ["Direktur Jenderal Hak Asasi Manusia"]]


@pytest.mark.parametrize("template", [TRANSFER, RECOMMENDATION, REQUEST, FIRST, SECOND])
def test_the_agency_that_handed_it_on_is_named_to_another_unless_the_case_is_secret(template: str) -> None:
    facts = facts_of_kind("instansi", template)
    secret = replace(facts, classification="Rahasia", fields={**facts.fields, "sifat": field("rahasia")})

    told, kept = (str(context(template, known, SPECIMEN_OFFICE)) for known in (facts, secret))

    assert "pengaduan yang dilimpahkan oleh Komisi Nasional Rekaan Perwakilan Bengkulu kepada kami" in told
    assert "pengaduan yang dilimpahkan kepada kami" in kept
    assert "Komisi Nasional" not in kept
    assert "HAM-HA.01.07-88" not in told, "its letter, which names who complained, could be asked for by it"


def test_a_child_and_their_family_are_protected_and_not_told() -> None:
    text = " ".join(read(RECOMMENDATION, "korban-anak"))

    assert "agar pelapor, anak yang menjadi korban, keluarganya, dan para pihak" in text
    assert "Identitas anak tersebut mohon dirahasiakan." in text
    assert "melalui kami. Identitas anak yang menjadi korban mohon dirahasiakan." in " ".join(
        read(TRANSFER, "korban-anak")
    )
    assert "Identitas anak" not in " ".join(read(TRANSFER, "kelompok"))  # children among many, whom nobody named
    assert "Identitas anak" not in " ".join((*read(RECOMMENDATION, "surat"), *read(TRANSFER, "surat")))


def test_what_was_opened_of_the_news_is_a_case_with_a_number() -> None:
    case = "perkara nomor register 0007/YANKOMAS/2026"
    news = f"pemberitaan media Harian Rekaan tanggal 19 November 2026 mengenai {DIED}"
    registered = f"{news}, yang terdaftar dengan nomor register 0007/YANKOMAS/2026"

    assert f"Rekomendasi atas {case}" in read(RECOMMENDATION, "berita")
    assert f"Penerusan {case}" in read(TRANSFER, "berita")
    assert f"mengenai rekomendasi atas {case}" in " ".join(read(CORRECTION, "berita"))
    assert f"Sehubungan dengan {registered}" in " ".join(read(FIRST, "berita")).replace("\u2011", "-")


def test_the_agency_reads_whom_the_case_is_against_where_when_and_what_is_asked_for() -> None:
    told = [
        "Terlapor: PT Contoh Sawit Makmur.",
        "Tempat kejadian: Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh.",
        "Waktu kejadian: sejak September 2026.",
        "Hal yang dimohon: pemeriksaan air sumur; penyediaan air bersih.",
    ]

    assert set(told) <= set(read(TRANSFER, "surat")), "a list"
    assert " ".join(told) in read(RECOMMENDATION, "surat")
    assert any(p.startswith("Terlapor: belum diketahui.") for p in read(TRANSFER, "tanpa-terlapor"))


@pytest.mark.parametrize(("kind", "needed"), [("tanpa-terlapor", True), ("korban-anak", True), ("surat", False)])
def test_whoever_is_asked_to_act_for_a_person_reads_how_they_learn_who_it_is(kind: str, needed: bool) -> None:
    text = " ".join(read(RECOMMENDATION, kind))

    assert ("Identitas yang diperlukan untuk melaksanakan rekomendasi tersebut kami sampaikan tersendiri" in text) is (
        needed
    )


@pytest.mark.parametrize(
    ("agreed", "told"),
    [
        ("Para pihak sepakat melaporkan perkembangannya setiap bulan.", "ya"),
        ("Perusahaan menyampaikan laporan berkala.", "ya"),
        ("Air sumur diperiksa setiap bulan.", ""),
    ],
)
def test_reports_agreed_on_beside_the_deadline_are_told_apart_from_it(agreed: str, told: str) -> None:
    assert paper(RECOMMENDATION, moves=(made("laksanakan", hasil=[agreed]),))["laporan_berkala"] == told


def test_a_complainant_among_what_happened_is_not_told() -> None:
    told = {**facts_of_kind("surat", TRANSFER).fields, "tempat_kejadian": field("Rumah Sari Melati, Desa Contoh Jaya")}
    facts = replace(facts_of_kind("surat", TRANSFER), fields=told)

    assert "Melati" not in context(TRANSFER, facts, SPECIMEN_OFFICE)["rincian"]


@pytest.mark.parametrize("template", [RECOMMENDATION, TRANSFER, FIRST])
def test_letters_to_agencies_say_that_the_identities_of_several_are_kept(template: str) -> None:
    assert "(identitas para pelapor ada pada kami)" in " ".join(read(template, "beberapa-pelapor"))
    assert "(identitas pelapor ada pada kami)" in " ".join(read(template, "surat"))


def test_several_complainants_are_kept_together() -> None:
    assert "Identitas para pelapor dirahasiakan." in " ".join(read(TRANSFER, "kelompok"))
    assert "Identitas pelapor dirahasiakan." in " ".join(read(TRANSFER, "surat"))


def test_protection_has_a_number_of_its_own() -> None:
    paragraphs = read(RECOMMENDATION, "surat")

    assert paragraphs.index("Pelaporan") < paragraphs.index("Perlindungan")
    assert paragraphs[paragraphs.index("Perlindungan") + 1].startswith("Kami mohon agar pelapor dan para pihak")


def test_a_single_copy_needs_no_number() -> None:
    docx = TYPIST.draft(REQUEST, context(REQUEST, facts_of_kind("berita", REQUEST), SPECIMEN_OFFICE)).docx
    (copied,) = (
        p for p in Document(BytesIO(docx)).element.iter(qn("w:p")) if "Direktur Jenderal" in "".join(p.itertext())
    )

    assert copied.pPr.numPr is None


# ------------------------------------------------------------------------------------------------------- the others


def test_reasons_are_sentences_and_ticked_laws_stand_one_by_one() -> None:
    laws = "Undang-Undang Nomor 1; Undang-Undang Nomor 2\nPeraturan Nomor 3."
    move = made("teruskan", alasan="perkara ini perdata;\nPutusannya pada pengadilan.", dasar_hukum=laws)

    values = paper(TRANSFER, moves=(move,))

    assert values["alasan"] == ["Perkara ini perdata.", "Putusannya pada pengadilan."]
    assert values["dasar_hukum"] == ["Undang-Undang Nomor 1", "Undang-Undang Nomor 2", "Peraturan Nomor 3"]
    assert values["lampiran_naskah"] == "-"


def test_an_only_reason_stands_in_the_sentence() -> None:
    values = paper(TRANSFER, moves=(made("teruskan", alasan="Sengketa itu perdata"),))

    text = [passage.text for passage in passages(TYPIST.draft(TRANSFER, values).docx)]

    assert any(p.endswith("instansi yang Bapak/Ibu pimpin, karena sengketa itu perdata.") for p in text)


def test_a_single_enclosure_is_named_in_the_sentence_and_counted() -> None:
    paragraphs = read(TRANSFER, "surat")

    assert "4 (empat) lembar" in paragraphs
    assert any(p.endswith("Bersama surat ini kami sertakan foto sumur warga, 4 (empat) lembar.") for p in paragraphs)


def test_a_single_enclosure_that_says_no_count_is_one() -> None:
    values = paper(TRANSFER, moves=(made("teruskan", berkas_terlampir=["Salinan surat warga"]),))

    assert values["lampiran_naskah"] == "1 (satu) berkas"


def test_a_recording_is_handed_on_only_where_whoever_recorded_it_is_said_to_agree() -> None:
    held = read(TRANSFER, "tanpa-terlapor")
    agreed = "Rekaman percakapan, 1 (satu) keping, dengan persetujuan tertulis yang merekam"
    values = paper(TRANSFER, moves=(made("teruskan", berkas_terlampir=[agreed]),))

    assert any(p.startswith("Rekaman percakapan telepon, 1 (satu) keping, belum kami sertakan karena") for p in held)
    assert "1 (satu) keping" not in held, "nothing is enclosed"
    assert (values["rekaman_ditahan"], values["lampiran_naskah"]) == ("", "1 (satu) keping")


def test_a_law_that_makes_another_agency_competent_is_cited_with_what_changed_it_last() -> None:
    text = " ".join(read(TRANSFER, "instansi"))

    assert (
        "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan sebagaimana telah diubah dengan Undang-Undang"
        in text
    )
    assert "tentang Cipta Kerja menjadi Undang-Undang." in text


def test_a_letter_that_hands_a_case_on_has_one_line_spacing() -> None:
    document = Document(
        BytesIO(TYPIST.draft(TRANSFER, context(TRANSFER, facts_of_kind("surat", TRANSFER), SPECIMEN_OFFICE)).docx)
    )
    body = [p for p in document.paragraphs if p.text.strip()]

    assert len(body) > 8
    assert {p.style.paragraph_format.line_spacing for p in body} == {1.0}


def test_several_enclosures_stand_in_a_list() -> None:
    move = made("teruskan", berkas_terlampir=["Foto sumur", "Salinan surat"], ringkasan_pengaduan="Izin.")

    text = [passage.text for passage in passages(TYPIST.draft(TRANSFER, paper(TRANSFER, moves=(move,))).docx)]

    (lead,) = (n for n, paragraph in enumerate(text) if paragraph.endswith("Bersama surat ini kami sertakan:"))
    assert text[lead + 1 : lead + 3] == ["foto sumur; dan", "salinan surat."]
    told = text.index("Pokok pengaduan tersebut adalah sebagai berikut:")
    assert text[told + 1] == "Izin."


def test_the_request_asks_of_what_is_due_and_of_what_will_be() -> None:
    text = " ".join(read(REQUEST, "surat"))

    assert "atas setiap rekomendasi, baik yang telah maupun yang akan jatuh tempo;" in text
    assert "Hasil pemantauan" not in text


def test_the_request_speaks_of_an_only_recommendation_as_of_one() -> None:
    text = read(REQUEST, "korban-anak")

    assert "tindak lanjut yang telah dilaksanakan atas rekomendasi tersebut;" in text
    assert "kendala serta rencana penyelesaian apabila rekomendasi tersebut belum dilaksanakan." in text


def test_a_case_is_handed_on_before_what_goes_along_and_who_stays_unnamed() -> None:
    text = "\n".join(read(TRANSFER, "surat"))

    places = [text.index(words) for words in ("kami teruskan kepada", "kami sertakan", "dirahasiakan", "Perkembangan")]
    assert places == sorted(places)


def test_a_case_that_the_head_handed_over_at_once_is_not_said_to_have_been_reviewed() -> None:
    facts = facts_of_kind("surat", TRANSFER)
    decided = replace(facts, moves=tuple(m for m in facts.moves if m.key != "telaah"))

    texts = [
        " ".join(p.text for p in passages(TYPIST.draft(TRANSFER, context(TRANSFER, one, SPECIMEN_OFFICE)).docx))
        for one in (facts, decided)
    ]

    assert ["bahwa berdasarkan hasil telaahan, penanganannya bukan" in text for text in texts] == [True, False]
    assert "bahwa penanganannya bukan kewenangan kantor kami" in texts[1]


def test_of_what_an_agency_handed_on_without_its_complainants_no_identity_is_said_to_be_kept() -> None:
    text = " ".join(read(TRANSFER, "instansi"))

    assert "Hal yang perlu ditanyakan kepada instansi yang melimpahkan mohon disampaikan melalui kami." in text
    assert "pelapor" not in text
    assert "agar korban, keluarganya, dan para pihak" in " ".join(read(RECOMMENDATION, "instansi"))
    assert "Identitas pelapor dirahasiakan." in " ".join(read(TRANSFER, "surat"))


def test_an_organisation_that_complains_by_its_own_letter_handed_nothing_on() -> None:
    facts = facts_of_kind("instansi", TRANSFER)

    told = context(TRANSFER, replace(facts, channel="surat"), SPECIMEN_OFFICE)

    assert told["pokok_perkara"].startswith("pengaduan masyarakat (identitas pelapor ada pada kami)")
    assert told["instansi_melimpahkan"] == ""


def test_nothing_is_enclosed_where_nothing_is_named() -> None:
    move = made("teruskan", tujuan_surat="Ketua Pengadilan Negeri Contoh", dasar_hukum="Undang-Undang Nomor 1")

    text = [passage.text for passage in passages(TYPIST.draft(TRANSFER, paper(TRANSFER, moves=(move,))).docx)]

    assert not any("sertakan" in paragraph for paragraph in text)


def test_a_correction_encloses_nothing_of_the_corrected_letter() -> None:
    many = made("susun-rekomendasi", rekomendasi=[f"Camat | Rapat {n} | besok" for n in range(60)])
    corrected = made("ralat", naskah=RECOMMENDATION, ralat=["besok | lusa", "dan rapat |"])

    values = paper(CORRECTION, moves=(many, corrected))

    assert values["lampiran_naskah"] == "-"
    text = [passage.text for passage in passages(TYPIST.draft(CORRECTION, values).docx)]
    assert "(dihapus)" in text


def test_a_law_s_number_and_year_stay_on_one_line_in_the_rights() -> None:
    row = context(RECOMMENDATION, facts_of_kind("surat", RECOMMENDATION), SPECIMEN_OFFICE)["hak"][-1]

    assert row["pasal"].endswith("Nomor\N{NO-BREAK SPACE}39\N{NO-BREAK SPACE}Tahun\N{NO-BREAK SPACE}1999")
