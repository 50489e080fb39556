"""What the nota telaahan says, in every kind of case: it starts from what the register knows."""

from __future__ import annotations

import re
import tarfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fakes import PAGE_CODE, WIB
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import usual

from pipeline.cases.case_kind import kind_of_case
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import TemplateFault
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.review_memo import ADVICE, MEMO
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.office.laws import SHIPPED, laws_of
from pipeline.office.phrases import shipped_phrases

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
#: The headings of the facts.
_HEADINGS = {
    *(
        "Pelapor",
        "Instansi yang melimpahkan",
        "Kuasa pelapor",
        "Korban",
        "Kerentanan dan perlindungan korban",
        "Terlapor",
    ),
    *("Tempat dan waktu kejadian", "Kronologi", "Bukti dan dokumen pendukung", "Hal yang dimohon"),
    *("Upaya yang sudah ditempuh", "Instansi lain yang sudah diadukan", "No.", "Tanggal", "Kejadian"),
}
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=WIB)


def reviewed(fields: dict[str, Any] | None = None, **values: Any) -> dict[str, Any]:
    """The memo's values for a form that was filled in so, and these fields of the register."""
    move = MoveMade("telaah", NOON, "kasubbid", values)
    return context(MEMO, usual(MEMO, fields=fields or {}, moves=(move,)), SPECIMEN_OFFICE)


def of_kind(kind: str, **answers: Any) -> dict[str, Any]:
    """The memo's values in a kind of case, some answers of its form being others."""
    facts = facts_of_kind(kind, MEMO)
    moves = tuple(
        replace(move, values={**move.values, **answers}) if move.key == "telaah" else move for move in facts.moves
    )
    return context(MEMO, replace(facts, moves=moves), office_of_kind(kind))


def written(values: dict[str, Any]) -> list[str]:
    """The lines of the memo as it is drafted; where a day is bound to its month does not matter here."""
    drafted = WordTypist(TEMPLATES).draft(MEMO, values).docx
    return [passage.text.replace("\u00a0", " ") for passage in passages(drafted)]


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        (
            "surat",
            "surat pengaduan Saudara Sari Melati Nomor 07/FWS/XI/2026 tanggal 20 November 2026 mengenai pencemaran "
            "sumur",
        ),
        ("lisan", "pengaduan lisan Saudara Sari Melati mengenai pencemaran sumur"),
        (
            "berita",
            "pemberitaan media Harian Rekaan tanggal 19 November 2026 mengenai tahanan yang meninggal di ruang tahanan "
            "Kepolisian Sektor Contoh",
        ),
        ("beberapa-pelapor", "surat pengaduan Saudara Sari Melati dan 2 (dua) orang lainnya Nomor 07/FWS/XI/2026"),
        (
            "kuasa",
            "surat pengaduan Saudara Sari Melati melalui kuasanya, Joko Contoh, S.H., M.H. (Lembaga Bantuan Hukum "
            "Rekaan),",
        ),
        ("kelompok", "surat pengaduan Forum Warga Sumur Jernih (diwakili Sari Melati) Nomor 07/FWS/XI/2026"),
        ("korban-anak", "surat pengaduan Saudara Wulan Rekaan tanggal 20 November 2026 mengenai kekerasan oleh guru"),
        (
            "instansi",
            "pelimpahan pengaduan dari Komisi Nasional Rekaan Perwakilan Bengkulu dengan surat Nomor "
            "HAM\u2011HA.01.07\u201188 tanggal 20 November 2026 mengenai penahanan ijazah pekerja",
        ),
    ],
)
def test_the_memo_follows_the_heads_disposition_and_names_what_came_as_what_it_is(kind: str, called: str) -> None:
    opening = next(line for line in written(of_kind(kind)) if "dengan ini kami sampaikan" in line)

    came = "dicatat" if kind == "berita" else "diterima"
    assert opening.startswith(f"Menindaklanjuti disposisi Kepala Kantor Wilayah tanggal 25 November 2026 atas {called}")
    assert f", yang {came} pada tanggal 25 November 2026, dengan ini kami sampaikan" in opening
    assert " hal " not in opening


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        ("surat", "Undang-Undang Nomor 32 Tahun 2009 tentang Perlindungan dan Pengelolaan Lingkungan Hidup"),
        ("berita", "Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia"),
        ("korban-anak", "Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak"),
        ("korban-anak", "Undang-Undang Nomor 20 Tahun 2003 tentang Sistem Pendidikan Nasional"),
        ("instansi", "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan"),
        ("tanpa-terlapor", "Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia"),
    ],
)
def test_the_memo_rests_also_on_the_laws_of_its_rights_and_of_what_its_respondents_do(kind: str, law: str) -> None:
    basis = of_kind(kind)["dasar"]

    place = next(n for n, text in enumerate(basis) if text.startswith(law))
    assert basis[place + 1].startswith(("Undang-Undang", "Peraturan Menteri"))


@pytest.mark.parametrize("kind", ["berita", "tanpa-terlapor"])
def test_no_respondent_is_spoken_of_as_known_by_what_the_form_offers(kind: str) -> None:
    facts = facts_of_kind(kind, MEMO)
    kinds = kind_of_case(facts.fields, facts.channel or "").words
    offered = [shipped_phrases().offered("telaah", name, kinds) for name in ("praanggapan", "uraian_saran")]

    assert all(offered)
    assert "terlapor" not in str(offered)


def test_a_memo_without_a_disposition_says_none() -> None:
    (opening,) = [line for line in written(reviewed()) if "dengan ini kami sampaikan" in line]

    assert opening.startswith("Sehubungan dengan surat pengaduan")


def test_it_rests_on_the_laws_the_sop_and_every_disposition() -> None:
    dasar = of_kind("pengganti")["dasar"]

    assert [text.partition(" tentang ")[0] for text in dasar[:5]] == [
        "Undang-Undang Nomor 39 Tahun 1999",
        "Undang-Undang Nomor 25 Tahun 2009",
        "Undang-Undang Nomor 32 Tahun 2009",
        "Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022",
        "Standar Operasional Prosedur Nomor W.8.OT.02.01-74",
    ]
    assert "Pelayanan Publik;" in dasar[1]
    assert dasar[5:] == [
        "Disposisi Plh. Kepala Divisi Pelayanan Hukum dan HAM a.n. Kepala Kantor Wilayah tanggal 25 November 2026 "
        "dengan arahan “Tindak lanjuti”, “Telaah”, dan “Koordinasikan/konfirmasikan”; dan",
        "Disposisi Plt. Kepala Bidang HAM tanggal 26 November 2026 dengan arahan “Siapkan konsep” dan “Dahulukan "
        "perkara ini”.",
    ]


def test_it_goes_up_through_those_who_initial_it_in_their_order() -> None:
    memo, deputies = of_kind("surat"), of_kind("pengganti")

    assert memo["melalui"] == memo["paraf"] == ["Kepala Bidang HAM", "Kepala Divisi Pelayanan Hukum dan HAM"]
    assert deputies["melalui"] == ["Plt. Kepala Bidang HAM"], "who approves for the head is not passed before"
    assert deputies["tujuan_jabatan"] == "Kepala Kantor Wilayah"
    assert editions()[-1].sheet(MEMO).initials == ("kabid", "kadiv")


def test_who_approves_it_for_the_head_does_not_initial_it_as_well() -> None:
    assert of_kind("pengganti")["paraf"] == ["Plt. Kepala Bidang HAM"]


def test_whoever_does_not_initial_it_on_its_way_takes_note_of_it_and_the_head_approves() -> None:
    asked, bare = of_kind("pengganti"), context(MEMO, usual(MEMO, initials=()), SPECIMEN_OFFICE)

    approver = "a.n. Kepala Kantor Wilayah\nPlh. Kepala Divisi Pelayanan Hukum dan HAM"
    named = {"nama": "Agus Contoh, S.H., M.H.", "nip": "19750505 200003 1 005"}
    assert asked["persetujuan"] == [{"sebagai": "Menyetujui", "jabatan": approver, **named}]
    assert [(row["sebagai"], row["jabatan"]) for row in bare["persetujuan"]] == [
        ("Mengetahui", "Kepala Bidang HAM"),
        ("Mengetahui", "Kepala Divisi Pelayanan Hukum dan HAM"),
        ("Menyetujui", "Kepala Kantor Wilayah"),
    ]


def test_every_law_that_the_memo_cites_is_among_what_it_rests_on() -> None:
    cited = "Pengawasan lingkungan diatur dalam Undang-Undang Nomor 32 Tahun 2009."

    without, told = of_kind("tanpa-terlapor"), of_kind("tanpa-terlapor", analisis_kewenangan=cited)

    law = "Undang-Undang Nomor 32 Tahun 2009 tentang"
    assert not any(line.startswith(law) for line in without["dasar"])
    assert any(line.startswith(law) for line in told["dasar"])


def test_the_memo_says_what_goes_with_it() -> None:
    assert any("kami lampirkan" in line for line in written(of_kind("surat")))


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_is_empty_and_nothing_raw_is_printed(kind: str) -> None:
    lines = written(of_kind(kind, saran="tidak-dilanjutkan", indikasi="tidak", uraian_saran=""))

    text = "\n".join(lines)
    assert not [line for line in lines if line.strip() in ("–", "-", "☐", "☒", "Pelapor:")][1:]  # Lampiran
    assert not any(mark in text for mark in ("tidak-dilanjutkan", "☐", " | ", "{", "…", "....................", "None"))
    assert (
        "Berdasarkan simpulan tersebut, kami menyarankan agar penanganan permasalahan ini tidak dilanjutkan." in lines
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("berita", "Tidak ada pelapor; perkara dibuka oleh kantor berdasarkan pemberitaan media."),
        ("berita", "Salinan pemberitaan media, 2 (dua) lembar."),
        ("tanpa-terlapor", "Belum diketahui."),
        ("instansi", "Tidak ada upaya lain yang tercatat."),
        (
            "instansi",
            "Selain instansi yang melimpahkan, tidak ada instansi lain yang tercatat telah menerima pengaduan yang "
            "sama.",
        ),
        ("korban-anak", "Tidak ada instansi lain yang tercatat telah menerima pengaduan yang sama."),
        ("surat", "Musyawarah desa pada 10 November 2026, belum ada hasil."),
        ("surat", "Dinas Lingkungan Hidup Kabupaten Contoh."),
        ("kelompok", "Forum Warga Sumur Jernih, kelompok yang terdiri atas 40 (empat puluh) orang."),
        ("instansi", "Komisi Nasional Rekaan Perwakilan Bengkulu."),
        ("kelompok", "Warga RT 2 dan RT 3."),
        (
            "kelompok",
            "Sari Melati (petani; beralamat di Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh; "
            "selaku wakil kelompok).",
        ),
        (
            "kuasa",
            "Joko Contoh, S.H., M.H. (Lembaga Bantuan Hukum Rekaan; Surat Kuasa Nomor 12/SK/XI/2026; "
            "beralamat di Jalan Rekaan Nomor 5, Bengkulu).",
        ),
        ("korban-anak", "Guru kelas III, SD Negeri Contoh."),
    ],
)
def test_the_facts_come_from_the_register_and_what_there_is_none_of_is_said(kind: str, said: str) -> None:
    assert said in written(of_kind(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_ends_with_a_full_stop_and_none_with_two(kind: str) -> None:
    lines = written(of_kind(kind))
    facts = lines[lines.index("Fakta yang memengaruhi") + 1 : lines.index("Analisis")]

    told = [
        line for line in facts if line not in _HEADINGS and not re.fullmatch(r"\d{1,2}|[\d ]*[A-Z][a-z]+ \d{4}", line)
    ]
    assert told
    assert [line for line in told if not line.endswith(".") or line.endswith("..")] == []


def test_a_proxy_has_a_heading_of_its_own_and_is_not_counted_among_the_complainants() -> None:
    memo = of_kind("kuasa")
    lines = written(memo)

    assert [person["nama"] for person in memo["pengadu"]] == ["Sari Melati"]
    assert lines[lines.index("Kuasa pelapor") + 1].startswith("Joko Contoh, S.H., M.H.")
    assert "Kuasa pelapor" not in written(of_kind("surat"))


def test_who_died_is_told_as_such_and_is_not_to_be_heard() -> None:
    lines = written(of_kind("berita"))

    assert "Tahanan berinisial X (almarhum)." in lines
    assert any("warga binaan: telah meninggal dunia; keterangan diperoleh dari keluarga" in line for line in lines)
    assert not any("Keterangan diambil" in line or "keterangan diambil" in line for line in lines)


@pytest.mark.parametrize(
    ("written_so", "told"),
    [
        ("Alm. Rudi Rekaan", "Almarhum Rudi Rekaan"),
        ("almh Rini Rekaan", "Almarhumah Rini Rekaan"),
        ("Almarhumah Rini Rekaan", "Almarhumah Rini Rekaan"),
        ("Rudi Rekaan (meninggal dunia)", "Rudi Rekaan (meninggal dunia)"),
    ],
)
def test_almarhum_is_written_in_full(written_so: str, told: str) -> None:
    memo = reviewed({"korban": field(written_so), "kerentanan": [field("lansia")]})

    assert memo["korban"] == [f"{told}."]
    assert memo["perlindungan"] == [
        "Korban lanjut usia: telah meninggal dunia; keterangan diperoleh dari keluarga, saksi, dan pihak lain."
    ]


def test_of_news_nobody_is_said_to_have_tried_anything() -> None:
    lines = written(of_kind("berita"))

    assert not {"Upaya yang sudah ditempuh", "Instansi lain yang sudah diadukan", "Hal yang dimohon"} & set(lines)


def test_a_child_is_told_by_initials_and_its_protection_is_noted() -> None:
    lines = written(of_kind("korban-anak"))

    assert "Anak berinisial B.R. (9 tahun)." in lines
    assert "Bayu" not in "\n".join(lines)
    assert any(line.startswith("Korban anak: identitas anak dirahasiakan") and "Pasal 59" not in line for line in lines)


def test_a_child_that_complains_is_told_by_initials_too() -> None:
    fields = {"pelapor": [{"nama": field("Bayu Rekaan")}], "kapasitas": field("korban"), "kerentanan": [field("anak")]}

    memo = reviewed(fields)

    assert memo["para_pelapor"][0]["nama"] == "Anak berinisial B.R."
    assert "Bayu" not in memo["pokok_perkara"]


def test_the_chronology_is_the_drafters_rows_else_the_registers_own_words() -> None:
    theirs, ours = of_kind("surat"), of_kind("surat", kronologi=[])

    assert theirs["kronologi"][0] == {"tanggal": "14 September 2026", "kejadian": "Air sumur berubah warna dan berbau."}
    assert theirs["uraian_kejadian"] == []
    assert ours["kronologi"] == []
    assert ours["uraian_kejadian"] == [
        "Sejak September 2026 air sumur warga RT 2 dan RT 3 berubah warna dan berbau.",
        "Warga menyurati pabrik.",
    ]


def test_an_event_may_have_no_date_and_no_bar_is_printed() -> None:
    memo = reviewed(kronologi=["2026-08-03 | kolam dipakai", "oktober | Warga melapor", "tanpa tanggal"])

    assert memo["kronologi"] == [
        {"tanggal": "3 Agustus 2026", "kejadian": "Kolam dipakai."},
        {"tanggal": "Oktober", "kejadian": "Warga melapor."},
        {"tanggal": "", "kejadian": "Tanpa tanggal."},
    ]
    assert any("Tidak disebut" in line for line in written(memo))


def test_the_evidence_is_the_drafters_else_the_papers_of_the_register_each_once() -> None:
    fields = {
        "lampiran": {"nilai": None, "teks": None, "daftar": [field("foto sumur"), field("Salinan KTP")]},
        "dokumen_pendukung": [field("KTP"), field("putusan")],
    }

    assert reviewed(fields)["bukti"] == ["Foto sumur.", "Salinan KTP.", "Salinan putusan."]
    assert reviewed(fields, bukti=["hasil uji air"])["bukti"] == ["Hasil uji air."]
    told = reviewed({"data_informasi": field("KTP nomor 1771014501850001")})["bukti"]
    assert told == ["KTP nomor ************0001."]


def test_rights_of_which_nothing_was_chosen_stand_with_the_law_on_human_rights_alone() -> None:
    rows = of_kind("berita", dasar_hak=[], analisis_hak="Negara wajib menjamin hidup tahanan.")["dasar_hak"]

    assert rows == [
        "Hak untuk hidup: Pasal 9 Undang-Undang Nomor 39 Tahun 1999.",
        "Hak atas rasa aman: Pasal 28 sampai dengan Pasal 35 Undang-Undang Nomor 39 Tahun 1999.",
    ]


def test_articles_that_stand_alone_are_led_in_by_the_only_right_that_they_grant() -> None:
    memo = of_kind("tanpa-terlapor", dasar_hak=[], analisis_hak="Pasal 30 Undang-Undang Nomor 39 Tahun 1999")

    assert memo["dasar_hak"] == []
    assert memo["analisis_hak"] == ["Hak atas rasa aman dijamin dalam Pasal 30 Undang-Undang Nomor 39 Tahun 1999."]


def test_of_several_rights_each_has_its_own_articles_whatever_else_is_cited() -> None:
    memo = of_kind("korban-anak", dasar_hak=[], analisis_hak="Pasal 58 Undang-Undang Nomor 39 Tahun 1999")

    assert memo["dasar_hak"] == [
        "Hak atas rasa aman: Pasal 28 sampai dengan Pasal 35 Undang-Undang Nomor 39 Tahun 1999.",
        "Hak anak: Pasal 52 sampai dengan Pasal 66 Undang-Undang Nomor 39 Tahun 1999.",
    ]
    assert memo["analisis_hak"] == [
        "Ketentuan yang berkaitan dengan peristiwa ini ialah Pasal 58 Undang-Undang Nomor 39 Tahun 1999."
    ]


def test_a_right_that_was_chosen_without_an_article_has_the_laws() -> None:
    assert of_kind("surat", dasar_hak=["Hak untuk hidup |", "Hak anak | Pasal 62"])["dasar_hak"] == [
        "Hak untuk hidup: Pasal 9 Undang-Undang Nomor 39 Tahun 1999.",
        "Hak anak: Pasal 62.",
    ]


def test_articles_beside_rights_that_were_chosen_are_led_in_too_and_a_sentence_stays() -> None:
    chosen = "Hak untuk hidup | Pasal 9"
    loose, whole = (
        of_kind("berita", dasar_hak=[chosen], analisis_hak=text)["analisis_hak"]
        for text in ("Pasal 28A Undang-Undang Dasar", "Pasal 9 menjamin hak untuk hidup")
    )

    assert loose == ["Ketentuan yang berkaitan dengan peristiwa ini ialah Pasal 28A Undang-Undang Dasar."]
    assert whole == ["Pasal 9 menjamin hak untuk hidup."]


def test_what_was_chosen_of_a_right_stands_together_and_nothing_else() -> None:
    chosen = ["Hak untuk hidup | Pasal 9.", "Hak anak | Pasal 62", "Hak untuk hidup | Pasal 28A Undang-Undang Dasar"]

    assert of_kind("berita", dasar_hak=chosen)["dasar_hak"] == [
        "Hak untuk hidup: Pasal 9; Pasal 28A Undang-Undang Dasar.",
        "Hak anak: Pasal 62.",
    ]


def test_the_drafter_may_change_the_rights_and_the_conclusion_names_them() -> None:
    memo = of_kind("surat", dasar_hak=["Hak untuk hidup | Pasal 9 ayat (3)", "Hak anak | Pasal 62"])

    assert memo["dasar_hak"] == ["Hak untuk hidup: Pasal 9 ayat (3).", "Hak anak: Pasal 62."]
    assert "Terdapat indikasi pelanggaran hak asasi manusia, yaitu hak untuk hidup dan hak anak." in written(memo)


def test_only_the_elements_that_were_assessed_are_printed() -> None:
    lines = written(of_kind("surat", unsur=["Perbuatan itu melawan hukum | terbukti", "Perbuatan itu disengaja"]))

    assert any("Pasal 1 angka 6 Undang-Undang Nomor 39 Tahun 1999" in line for line in lines)
    assert {"Perbuatan itu melawan hukum.", "Terbukti."} <= set(lines)
    assert not any("disengaja" in line for line in lines)


def test_an_element_of_any_violation_that_was_left_open_is_told_as_such() -> None:
    first, second, *_ = SPECIMEN_OFFICE.laws.elements

    assert of_kind("surat", unsur=[f"{first} | ada", second])["unsur"] == [
        {"unsur": f"{first}.", "penilaian": "Ada."},
        {"unsur": f"{second}.", "penilaian": "Belum dinilai."},
    ]
    assert of_kind("surat", unsur=[first, second])["unsur"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_case_has_each_of_its_rights_with_an_article_and_all_elements_assessed(kind: str) -> None:
    memo = of_kind(kind)

    assert len(memo["dasar_hak"]) == len(memo["hak"])
    assert all(": Pasal " in right for right in memo["dasar_hak"])
    assert {f"{element}." for element in SPECIMEN_OFFICE.laws.elements} <= {row["unsur"] for row in memo["unsur"]}


def test_the_evidence_goes_up_with_the_memo() -> None:
    assert (of_kind("surat")["lampiran_naskah"], reviewed()["lampiran_naskah"]) == ("1 (satu) berkas", "-")


def test_an_agency_that_handed_a_complaint_on_is_no_complainant() -> None:
    lines = written(of_kind("instansi"))

    assert "Instansi yang melimpahkan" in lines
    assert "Pelapor" not in lines


def test_an_office_that_cites_another_law_has_it_in_its_memo() -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace('pasal = "Pasal 9"', 'pasal = "Pasal 9 ayat (1)"')
    office = replace(SPECIMEN_OFFICE, own_laws=lambda: laws_of(text))

    memo = context(MEMO, usual(MEMO, fields={"hak": field("hidup")}, moves=()), office)

    assert memo["dasar_hak"][0].startswith("Hak untuk hidup: Pasal 9 ayat (1) Undang-Undang Nomor 39")


def test_a_broken_table_of_laws_holds_up_the_memo_and_says_why() -> None:
    office = replace(SPECIMEN_OFFICE, own_laws=lambda: laws_of("[[peraturan]]\nkunci = 1\n"))

    with pytest.raises(TemplateFault, match=r"dasar-hukum\.toml baris 1"):
        context(MEMO, facts_of_kind("surat", MEMO), office)


def test_chapters_that_say_nothing_are_left_out_and_the_others_have_no_gap() -> None:
    lines = written(reviewed(persoalan="Pencemaran sumur", analisis_hak="Pasal 9", indikasi="tidak", berwenang="tidak"))

    headings = [line for line in lines if line in ("Dasar", "Persoalan", "Praanggapan", "Analisis", "Saran tindakan")]
    assert headings == ["Dasar", "Persoalan", "Analisis"]
    assert "Kelengkapan formal" not in lines
    assert "Pencemaran sumur." in lines


@pytest.mark.parametrize("advice", [key for key, _, _ in ADVICE])
def test_the_advice_is_told_in_words(advice: str) -> None:
    memo = of_kind("surat", saran=advice, uraian_saran="")

    (said,) = [line for line in written(memo) if line.startswith("Berdasarkan simpulan")]
    assert said.endswith(".")
    assert "-dilanjutkan" not in said
    assert [box["teks"] for box in memo["pilihan_saran"] if box["kotak"] == "☒"] == [
        label for key, label, _ in ADVICE if key == advice
    ]


def test_several_steps_are_listed_and_one_is_a_sentence() -> None:
    one, two = (
        written(of_kind("surat", uraian_saran=text)) for text in ("undang dinas", "undang dinas\ntinjau lokasi")
    )

    assert any(line.endswith("pihak-pihak terkait.") for line in one)
    assert any(line.endswith("dengan langkah berikut:") for line in two)
    assert {"Undang dinas.", "Tinjau lokasi."} <= set(two)


def test_one_step_that_says_by_what_means_ends_the_sentence_of_the_advice() -> None:
    joined, apart = (
        written(of_kind("surat", uraian_saran=text)) for text in ("Mengundang Bupati Contoh.", "Melalui rapat.")
    )

    assert any(line.endswith("bersama pihak-pihak terkait dengan mengundang Bupati Contoh.") for line in joined)
    assert not any(line.startswith("Mengundang") for line in joined)
    assert "Melalui rapat." in apart


def test_a_subject_is_never_cut() -> None:
    subject = "Pengaduan " + "pencemaran sumur warga " * 40

    memo = reviewed({"perihal": field(subject)})

    assert memo["pokok_perkara"].endswith("pencemaran sumur warga")
    assert "…" not in "\n".join(written(memo))


def test_each_line_of_a_long_answer_is_a_paragraph() -> None:
    assert reviewed(persoalan="satu\r\n\r\nDua.")["persoalan"] == ["Satu.", "Dua."]


def test_an_office_that_kept_its_template_of_0_1_0_goes_on_with_it(tmp_path: Path) -> None:
    kept = Path(__file__).resolve().parents[1] / "archives" / "0.1.0" / "kantor.tar.gz"
    with tarfile.open(kept) as tar:
        member = tar.extractfile(f"kantor/letter_templates/{MEMO}.docx")
        assert member
        (tmp_path / f"{MEMO}.docx").write_bytes(member.read())

    drafted = WordTypist(tmp_path).draft(MEMO, of_kind("korban-anak")).docx

    lines = [passage.text for passage in passages(drafted)]
    assert "☒\tAudiensi/koordinasi" in lines
    assert any("Anak dipukul di depan kelas" in line for line in lines)


def test_many_parties_requests_and_events_stand_whole_on_their_pages(press: LibreOfficePress) -> None:
    event = "warga melapor kepada pemerintah desa dan belum ada tindak lanjut " * 5
    events = [f"2026-{n % 9 + 1:02d}-14 | Awal-{n} {event} akhir-{n}" for n in range(1, 25)]
    fields = {
        "pelapor": [{"nama": field("Raden Mas Contoh Panjang Sekali, S.H., M.H. " * 3)}],
        "terlapor": [field(f"Dinas Rekaan Nomor {n} Kabupaten Contoh") for n in range(1, 21)],
        "permintaan": [field(f"permintaan ke-{n}") for n in range(1, 31)],
        "hak": [field(str(n)) for n in range(1, 11)],
    }

    pdf = press.print(
        WordTypist(TEMPLATES).draft(MEMO, reviewed(fields, kronologi=events, saran="audiensi")).docx, PAGE_CODE
    )

    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    whole = "\n".join(texts)
    assert all(f"{n}) Dinas Rekaan Nomor {n} Kabupaten Contoh" in whole for n in range(1, 21))
    assert all(f"{n}) Permintaan ke-{n}" in whole for n in range(1, 31))
    for n in range(1, 25):
        (where,) = [text for text in texts if re.search(rf"Awal-{n}\b", text)]
        assert re.search(rf"akhir-{n}\b", where), "a row of a table never splits"
        assert "No. Tanggal Kejadian" in " ".join(where.split())
    signed = next(text for text in texts if "NIP 19850404" in text)
    assert "Demikian kami sampaikan" in signed, "the signature never stands alone"


@pytest.mark.parametrize(("answer", "words"), [("ya", "Terdapat"), ("tidak", "Tidak terdapat"), (None, "")])
def test_the_conclusion_says_what_the_review_found(answer: str | None, words: str) -> None:
    assert reviewed(indikasi=answer)["indikasi"] == words


def test_a_memo_is_a_draft_of_the_day_it_was_made_until_it_has_its_number() -> None:
    draft, numbered = (
        context(MEMO, usual(MEMO, naskah_number=number), SPECIMEN_OFFICE) for number in ("", "W.8-HA.01.07-0012")
    )

    assert (draft["tanda_konsep"], draft["tanggal_naskah"]) == ("KONSEP", "25 November 2026")
    assert draft["penandatangan_jabatan"] == "Kepala Subbidang Pemajuan HAM"
    assert numbered["tanda_konsep"] == ""


def test_a_memo_that_never_gets_a_number_is_signed_as_it_comes_from_the_printer_and_no_draft() -> None:
    assert context(MEMO, usual(MEMO, series=""), SPECIMEN_OFFICE)["tanda_konsep"] == ""


@pytest.mark.parametrize(("typed", "told"), [("6", "rasa aman"), ("hak atas udara bersih", "udara bersih")])
def test_a_right_is_told_in_the_laws_words_and_one_the_law_does_not_list_as_it_was_typed(typed: str, told: str) -> None:
    memo = reviewed({"hak": [field(typed)]})

    assert len(memo["hak"]) == 1
    assert told in memo["hak"][0]


@pytest.mark.parametrize(
    ("work", "stop"),
    [("petani", "."), ("guru, S.Pd.", "."), ("guru (honorer), S.Pd.", ""), ("guru (honorer)", ".")],
)
def test_what_is_told_of_a_person_ends_with_one_full_stop(work: str, stop: str) -> None:
    person = {"nama": field("Siti Rekaan, S.H."), "pekerjaan": field(work)}

    assert reviewed({"pelapor": [person]})["pengadu"][0]["titik"] == stop
    assert reviewed({"pelapor": [{**person, "pekerjaan": None}]})["pengadu"][0]["titik"] == ""


@pytest.mark.parametrize(("advised", "sentence"), [(key, sentence) for key, _, sentence in ADVICE])
def test_what_is_advised_is_ticked_and_said(advised: str, sentence: str) -> None:
    told = reviewed(saran=advised)

    assert [key for (key, *_), row in zip(ADVICE, told["pilihan_saran"], strict=True) if row["kotak"] == "☒"] == [
        advised
    ]
    assert told["saran"] == sentence
