"""What the minutes of an audience say: who met, what was agreed with whom until when, who signs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from drafted_kinds import paragraphs
from fakes import PAGE_CODE
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.attendees import ON_A_LEAF, perhaps_hidden
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.sheet_facts import SheetFacts, with_officials
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.office.office import Office

ROOT = Path(__file__).resolve().parents[2]
_CHILD = {"kerentanan": [field("anak")], "korban": field("Bayu Rekaan (9 tahun)")}
_PROXY = {"kuasa": {"nama": field("Bagas Umpama, S.H.")}, "lembaga_pelapor": field("Lembaga Bantuan Hukum Rekaan")}

#: How the papers of an audience call what a case began with, where it is no complaint of the public.
BEGINS = {
    "berita": "perkara berdasarkan pemberitaan media Harian Rekaan tanggal 19 November 2026 mengenai ",
    "instansi": "pengaduan yang dilimpahkan oleh Komisi Nasional Rekaan Perwakilan Bengkulu kepada Kantor Wilayah "
    "mengenai ",
}


def minutes(**values: Any) -> dict[str, Any]:
    return paper(MINUTES, moves=(made("laksanakan", **values),))


def people(*came: str, **fields: Any) -> list[str]:
    """How the minutes call whoever came beside the office's own people."""
    known = {**usual(MINUTES).fields, **fields}
    return [row["nama"] for row in paper(MINUTES, fields=known, moves=(made("laksanakan", hadir=came),))["para_pihak"]]


def printed(**values: Any) -> str:
    told = WordTypist(ROOT / "letter_templates").draft(MINUTES, minutes(**values)).docx
    return "\n".join(passage.text for passage in passages(told))


def of_kind(kind: str) -> tuple[SheetFacts, Office]:
    return facts_of_kind(kind, MINUTES), office_of_kind(kind)


def drafted(kind: str) -> str:
    return "\n".join(paragraphs(kind, MINUTES))


@pytest.mark.parametrize(
    "typed",
    [
        "Sari Melati | Pelapor",
        "SARI  MELATI | Warga",
        "Ibu Melati Sari, S.Pd. | Petani",
        "Sary Mellati | Petani",
        "Pelapor | ",
        "Somad | Pelapor",
        "Somad | pelapor, Ketua RT 2",
    ],
)
def test_the_complainant_is_told_by_what_they_are(typed: str) -> None:
    assert people("Maya Contoh | Direktur", typed) == ["Maya Contoh", "Pelapor (identitas ada pada Kantor Wilayah)"]


@pytest.mark.parametrize(
    ("typed", "fields", "told"),
    [
        ("Bagas Umpama, S.H. | Advokat", _PROXY, "Kuasa pelapor"),
        ("Somad | Kuasa hukum pelapor", {}, "Kuasa hukum pelapor"),
        ("Somad | Lembaga Bantuan Hukum Rekaan", _PROXY, "Pihak pelapor"),
        ("Bayu Rekaan | Murid", _CHILD, "Korban"),
        ("Wulan | Orang tua korban", _CHILD, "Orang tua korban"),
    ],
)
def test_proxy_victim_and_their_people_are_not_named_either(typed: str, fields: dict[str, Any], told: str) -> None:
    assert people(typed, **fields) == [f"{told} (identitas ada pada Kantor Wilayah)"]


def test_the_parent_who_complains_is_not_told_by_the_child() -> None:
    told = context(MINUTES, facts_of_kind("korban-anak", MINUTES), office_of_kind("korban-anak"))

    assert told["para_pihak"][-1]["nama"] == "Pelapor (identitas ada pada Kantor Wilayah)"


def test_of_a_group_its_spokesman_and_its_members_are_told_apart() -> None:
    told = context(MINUTES, facts_of_kind("kelompok", MINUTES), office_of_kind("kelompok"))

    assert [row["nama"] for row in told["para_pihak"][-2:]] == [
        "Wakil kelompok pelapor (identitas ada pada Kantor Wilayah)",
        "Anggota kelompok pelapor (identitas ada pada Kantor Wilayah)",
    ]


def test_the_witnesses_stand_among_those_who_sign_below() -> None:
    told = printed(hadir=["Maya Contoh | Direktur"], saksi=["Lina Contoh | Sekretaris Desa"])

    assert (
        told.index("saksi penandatanganan:")
        < told.index("Lina Contoh, Sekretaris Desa,")
        < told.index("telah melaksanakan")
    )
    assert "saksi penandatanganan:" not in printed(hadir=["Maya Contoh | Direktur"])


def test_results_are_counted_otherwise_than_who_was_there() -> None:
    docx = WordTypist(ROOT / "letter_templates").draft(MINUTES, context(MINUTES, *of_kind("surat"))).docx
    document = Document(BytesIO(docx))
    numbering = document.part.numbering_part.element
    marks = {}
    for begins in ("dari Kantor Wilayah", "Eko Contoh", "Perusahaan mengakui"):
        paragraph = next(p for p in document.paragraphs if p.text.startswith(begins))
        (used,) = numbering.xpath(f"w:num[@w:numId='{paragraph._p.pPr.numPr.numId.val}']/w:abstractNumId/@w:val")
        level = f"w:abstractNum[@w:abstractNumId='{used}']/w:lvl"
        marks[begins] = (*numbering.xpath(f"{level}/w:numFmt/@w:val"), *numbering.xpath(f"{level}/w:lvlText/@w:val"))

    assert list(marks.values()) == [("lowerLetter", "%1."), ("decimal", "%1)"), ("decimal", "%1.")]


def test_a_single_witness_needs_no_number() -> None:
    docx = WordTypist(ROOT / "letter_templates").draft(MINUTES, context(MINUTES, *of_kind("surat"))).docx
    (witness,) = (p for p in Document(BytesIO(docx)).paragraphs if p.text.startswith("Lina Contoh"))

    assert witness._p.pPr.numPr is None


def test_several_who_are_not_named_stand_in_one_line_with_how_many() -> None:
    assert people("Sari Melati | Pelapor", "Maya Contoh | Direktur", "Somad | Pelapor") == [
        "Maya Contoh",
        "Para pelapor, 2 (dua) orang (identitas ada pada Kantor Wilayah)",
    ]


@pytest.mark.parametrize(
    "other",
    ["Maya Contoh | Kuasa hukum PT Contoh Sawit Makmur", "Tono Umpama | Lembaga Perlindungan Saksi dan Korban"],
)
def test_whoever_only_sounds_like_them_is_named(other: str) -> None:
    assert people(other) == [other.partition(" | ")[0]]


def test_a_complainant_who_agreed_is_named_and_signs_like_everybody() -> None:
    told = paper(
        MINUTES,
        fields={**usual(MINUTES).fields, "izin_identitas": field("ya")},
        moves=(made("laksanakan", hadir=["Sari Melati | Pelapor"]),),
    )

    assert told["para_pihak"] == [{"nama": "Sari Melati", "jabatan": "Pelapor", "tanda_tangan": ""}]
    assert told["tanda_tangan_terpisah"] == ""


def test_whoever_is_not_named_signs_a_leaf_of_their_own() -> None:
    told = minutes(hadir=["Maya Contoh | Direktur", "Sari Melati | Pelapor"])

    assert [row["tanda_tangan"] for row in told["penanda_tangan"]] == ["", ON_A_LEAF]
    assert "menandatangani lembar tersendiri" in printed(hadir=["Sari Melati | Pelapor"])
    assert "lembar tersendiri" not in printed(hadir=["Maya Contoh | Direktur"])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_follows_the_sentence_that_closes_the_minutes_and_nobody_else_s_office_is_called_ours(
    kind: str,
) -> None:
    text = drafted(kind)
    closing = next(line for line in text.splitlines() if "Demikian berita acara ini" in line)

    assert closing.endswith("ditandatangani untuk dipergunakan sebagaimana mestinya.")
    assert not re.search(r"(?:pada|kepada) kami", text), "the respondent signs, too"


def test_who_came_is_told_that_the_childs_identity_is_secret() -> None:
    sentence = "Identitas anak yang menjadi korban wajib dirahasiakan oleh semua yang hadir."

    assert sentence in drafted("korban-anak")
    assert sentence not in drafted("surat")


def test_the_table_of_signatures_is_whole_on_the_page_of_what_is_signed_and_of_the_leader(
    press: LibreOfficePress,
) -> None:
    values = context(MINUTES, *of_kind("kelompok"))
    docx = WordTypist(ROOT / "letter_templates").draft(MINUTES, values).docx
    pages = pypdfium2.PdfDocument(press.print(docx, PAGE_CODE))
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]

    assert len(texts) == 2
    assert "Para pihak menyepakati 2 (dua) hal berikut:" in texts[0], "what was agreed waits for no signature"
    assert "Berita acara ini telah dibacakan" in texts[0], "nothing is added below what was agreed"
    signed = texts[-1].partition("Demikian berita acara ini dibuat")[2]
    assert all(row["nama"].replace("\u00a0", " ") in signed for row in values["penanda_tangan"])
    assert "Pemimpin audiensi" in signed


def test_of_more_signatures_than_a_page_holds_some_stand_below_the_head_and_some_with_the_leader(
    press: LibreOfficePress,
) -> None:
    came = [f"Umpama {n}, S.H. | Kepala Dinas Contoh ke-{n}" for n in range(1, 19)]
    facts, office = of_kind("surat")
    facts = replace(facts, moves=(*facts.moves, made("laksanakan", hadir=came, hasil=["Sepakat."])))
    docx = WordTypist(ROOT / "letter_templates").draft(MINUTES, context(MINUTES, facts, office)).docx
    pages = pypdfium2.PdfDocument(press.print(docx, PAGE_CODE))
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]

    first = next(text for text in texts if "Demikian berita acara ini dibuat" in text)
    assert first.partition("Demikian berita acara ini dibuat")[2].count("Umpama") >= 3
    assert texts[-1].count("Umpama") >= 3
    assert "Pemimpin audiensi" in texts[-1]


@pytest.mark.parametrize(
    ("official", "post"),
    [
        ("Tono Andaian", "Kepala Bagian Pengaduan"),
        ("Tono Andaian", "Komisi Nasional Rekaan Perwakilan Bengkulu"),
        ("", "Komisi Nasional Rekaan Perwakilan Bengkulu"),
    ],
)
def test_who_acts_for_the_agency_that_passed_a_complaint_on_is_named_as_the_agency_is(official: str, post: str) -> None:
    facts, office = of_kind("instansi")
    facts = replace(
        facts,
        fields={**facts.fields, "pejabat_penghubung": field(official)},
        moves=(*facts.moves, made("laksanakan", hadir=[f"{official or 'Tono'} | {post}"])),
    )
    secret = replace(facts, fields={**facts.fields, "sifat": field("rahasia")})

    named, kept = (context(MINUTES, known, office)["para_pihak"] for known in (facts, secret))

    assert named == [{"nama": official or "Tono", "jabatan": post, "tanda_tangan": ""}]
    hidden = "Pejabat instansi yang melimpahkan (identitas ada pada Kantor Wilayah)"
    assert kept == [{"nama": hidden, "jabatan": "", "tanda_tangan": ON_A_LEAF}]


def test_who_complained_to_the_agency_is_not_named_where_the_agency_is() -> None:
    facts, office = of_kind("instansi")
    facts = replace(
        facts,
        fields={**facts.fields, "pelapor": [{"nama": field("Sari Melati")}]},
        moves=(*facts.moves, made("laksanakan", hadir=["Sari Melati | Pekerja", "Budi | Suami Sari Melati"])),
    )

    assert [row["nama"] for row in context(MINUTES, facts, office)["para_pihak"]] == [
        "Pelapor (identitas ada pada Kantor Wilayah)",
        "Pihak pelapor (identitas ada pada Kantor Wilayah)",
    ]


def test_a_witness_of_the_complaint_is_not_named_among_those_who_sign() -> None:
    fields = {**usual(MINUTES).fields, "saksi": [field("Gilang Rekaan Umpama")]}

    told = paper(MINUTES, fields=fields, moves=(made("laksanakan", saksi=["Gilang Rekaan Umpama | Warga"]),))

    assert "Gilang" not in json.dumps(told["saksi"]) + json.dumps(told["penanda_tangan"])
    assert told["saksi"][0]["nama"] == "Saksi (identitas ada pada Kantor Wilayah)"


@pytest.mark.parametrize("post", ["Saksi", "saksi mata", "SAKSI."])
def test_who_came_as_a_witness_is_not_named_though_the_register_does_not_have_them(post: str) -> None:
    told = minutes(hadir=[f"Gilang Umpama | {post}"], saksi=[f"Lina Contoh | {post}"])

    assert [row["nama"] for row in told["para_pihak"]] == ["Saksi (identitas ada pada Kantor Wilayah)"]
    assert [row["nama"] for row in told["saksi"]] == ["Lina Contoh"]


def test_what_was_said_and_agreed_does_not_name_the_complainant() -> None:
    told = minutes(
        hasil=["Sari Melati menerangkan bahwa airnya berbau."],
        kesepakatan=["Memberi tahu Ibu Sari Melati | Sari Melati | sampai Sari Melati setuju"],
        tempat_pelaksanaan="Rumah Sari Melati",
    )

    assert told["hasil"] == ["Pelapor menerangkan bahwa airnya berbau."]
    assert "Sari" not in json.dumps([told["kesepakatan"], told["tempat_pelaksanaan"]])


@pytest.mark.parametrize(
    "own",
    [
        "Rina Contoh, S.H. | Petugas Yankomas",
        "Fitri Contoh | Kasubbid",
        "Somad | Anggota Tim Yankomas",
        "Somad | Analis Hukum Kantor Wilayah Bengkulu",
        "Somad | kepala bidang HAM",
    ],
)
def test_the_office_s_own_people_are_no_party(own: str) -> None:
    told = minutes(hadir=["Eko Contoh | Kabid", own, "Maya Contoh | Direktur"])

    assert [row["nama"] for row in told["para_pihak"]] == ["Maya Contoh"]
    assert [row["nama"] for row in told["dari_kantor"]] == ["Eko Contoh", own.partition(" | ")[0]]
    assert [row["selaku"] for row in told["penanda_tangan"]] == ["Pihak", "Kantor Wilayah"]


def test_another_agency_s_regional_office_is_a_party() -> None:
    assert people("Tono Umpama | Kepala Kantor Wilayah Kementerian Agama") == ["Tono Umpama"]


def test_nobody_becomes_the_office_s_own_by_the_office_s_name_after_their_role() -> None:
    assert people("Sari Melati | Pelapor, hadir di Kantor Wilayah Bengkulu") == [
        "Pelapor (identitas ada pada Kantor Wilayah)"
    ]


def test_an_official_with_the_complainant_s_family_name_is_named() -> None:
    leader = replace(SPECIMEN_OFFICE.officials[2], name="Eko Situmorang")
    office = replace(SPECIMEN_OFFICE, officials=(leader,))
    fields = {"pelapor": [{"nama": field("Ucok Situmorang")}]}

    told = context(MINUTES, usual(MINUTES, fields=fields, moves=(made("laksanakan", hadir=["Ucok | Saya"]),)), office)

    assert told["dari_kantor"][0]["nama"] == "Eko Situmorang"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("09.00", "09.00 WIB"),
        ("9:05", "09.05 WIB"),
        ("Pukul 09.00 WIB", "09.00 WIB"),
        ("10.00 WITA", "10.00 WITA"),
        ("setelah salat Jumat", "setelah salat Jumat"),
        ("", ""),
    ],
)
def test_the_hours_are_those_that_were_typed(typed: str, told: str) -> None:
    assert minutes(jam_mulai=typed)["jam_mulai"].replace("\N{NO-BREAK SPACE}", " ") == told


def test_minutes_without_hours_say_none() -> None:
    both = printed(hadir=["Maya Contoh"], jam_mulai="09.00", jam_selesai="11.30")

    assert ". Acara dibuka pukul 09.00\xa0WIB dan ditutup pukul 11.30\xa0WIB, dengan hasil sebagai berikut:" in both
    assert "pukul" not in printed(hadir=["Maya Contoh"])


def test_the_agenda_is_not_said_twice() -> None:
    assert "dengan acara" not in printed(hadir=["Maya Contoh"])


def test_the_day_stands_in_words_and_in_figures() -> None:
    told = minutes(tanggal_pelaksanaan="2026-12-02")

    assert told["hari_terbilang"] == "Rabu, tanggal dua bulan Desember tahun dua ribu dua puluh enam"
    assert told["tanggal_angka"] == "2 Desember 2026"


@pytest.mark.parametrize("leader", ["Eko Contoh | Kabid", "Eko Contoh, S.H., M.Si. | Kabid", "eko contoh"])
def test_the_leader_stands_first_once_and_signs_once(leader: str) -> None:
    told = minutes(hadir=["Maya Contoh | Direktur", leader, "Lina"])

    assert [(row["nama"], row["peran"]) for row in told["hadir"]] == [
        ("Eko Contoh", "pemimpin audiensi"),
        ("Maya Contoh", ""),
        ("Lina", ""),
    ]
    assert [row["nama"] for row in told["para_pihak"]] == ["Maya Contoh", "Lina"]


@pytest.mark.parametrize(
    ("namesake", "told"),
    [
        ("Eko Contoh | Direktur PT Contoh Sawit Makmur", "Eko Contoh"),
        ("Eko Contoh | warga Desa Contoh", "Eko Contoh"),
        ("Eko Contoh | Pelapor", "Pelapor (identitas ada pada Kantor Wilayah)"),
        ("Eko Contoh | saksi", "Saksi (identitas ada pada Kantor Wilayah)"),
        ("Eko Contoh | suami Sari Melati", "Pihak pelapor (identitas ada pada Kantor Wilayah)"),
    ],
)
def test_somebody_else_of_the_leader_s_name_is_not_gone_from_the_minutes(namesake: str, told: str) -> None:
    values = minutes(hadir=["Eko Contoh, S.H. | Kabid", namesake])

    assert [row["nama"] for row in values["para_pihak"]] == [told]
    assert [row["nama"] for row in values["dari_kantor"]] == ["Eko Contoh"]


@pytest.mark.parametrize("typed", ["Dr. Eko Contoh, S.H. | Kabid", "EKO  CONTOH | pemimpin rapat", "Eko Tjontoh | "])
def test_the_leader_is_known_however_the_name_is_written(typed: str) -> None:
    values = minutes(hadir=[typed, "Maya Contoh | Direktur"])

    assert [row["nama"] for row in values["hadir"]] == ["Eko Contoh", "Maya Contoh"]


def test_a_leader_who_was_not_typed_in_is_there_all_the_same() -> None:
    assert [row["nama"] for row in minutes(hadir=["Maya Contoh | Direktur"])["hadir"]] == ["Eko Contoh", "Maya Contoh"]


def test_what_was_agreed_says_with_whom_and_until_when() -> None:
    told = minutes(kesepakatan=["memperbaiki kolam | PT Contoh | 2026-12-18", "menyediakan air bersih | – | "])

    assert told["kesepakatan"] == [
        {"butir": "Memperbaiki kolam", "penanggung_jawab": "PT Contoh", "tenggat": "18\u00a0Desember\u00a02026"},
        {"butir": "Menyediakan air bersih", "penanggung_jawab": "", "tenggat": ""},
    ]


def test_minutes_of_a_journal_that_knows_no_agreements_have_none() -> None:
    assert minutes(hasil=["sepakat berdamai"])["kesepakatan"] == []


def test_results_begin_with_a_capital() -> None:
    assert minutes(hasil=["perusahaan mengakui kebocoran."])["hasil"] == ["Perusahaan mengakui kebocoran."]


@pytest.mark.parametrize("kind", KINDS)
def test_the_minutes_say_what_each_kind_of_case_is_about(kind: str) -> None:
    told = context(MINUTES, facts_of_kind(kind, MINUTES), office_of_kind(kind))

    assert told["pokok_pengaduan"].startswith(BEGINS.get(kind, "pengaduan masyarakat mengenai "))
    assert told["acara"].startswith("klarifikasi")


def test_who_leads_for_another_is_named_as_the_deputy() -> None:
    told = context(MINUTES, facts_of_kind("pengganti", MINUTES), office_of_kind("pengganti"))

    assert told["hadir"][0]["jabatan"] == "Plt. Kepala Bidang HAM"


def test_a_post_whose_holder_is_not_named_leads_by_its_title() -> None:
    nameless = replace(SPECIMEN_OFFICE, officials=())

    told = context(MINUTES, usual(MINUTES), nameless)

    assert told["hadir"][0] == {"nama": "Kabid HAM", "jabatan": "", "peran": "pemimpin audiensi"}
    assert "Eko Contoh" in [row["nama"] for row in told["para_pihak"]]


def office_with(name: str) -> Office:
    """The invented office, of whose officials one has this name."""
    officials = SPECIMEN_OFFICE.officials
    return replace(SPECIMEN_OFFICE, officials=(*officials[:3], replace(officials[3], name=name), *officials[4:]))


def test_an_official_who_shares_half_a_name_with_a_witness_is_called_by_their_own_on_every_paper_of_an_audience():
    facts = usual("05-daftar-hadir", fields={**usual(MINUTES).fields, "saksi": [field("Ujang bin Sukarsih")]})

    told = [row["nama"] for row in context("05-daftar-hadir", facts, office_with("Sri Sukarsih"))["daftar"]]

    assert "Sri\N{NO-BREAK SPACE}Sukarsih" in told or "Sri Sukarsih" in told
    assert not any("saksi" in name for name in told)


@pytest.mark.parametrize(
    ("witness", "came"),
    [
        ("Sri Sukarsih", "Sri Sukarsih | warga"),
        ("Sri Sukarsih Dewi", "Sri Sukarsih | "),
        ("Sri Sukarsih", "Sri Sukarsih | Saksi"),
        ("Ujang bin Sukarsih", "Sri Sukarsih | saksi"),
    ],
)
def test_a_witness_of_an_officials_name_is_named_nowhere_in_the_minutes(witness, came):
    agreed = ["membuka kembali jalan | Sri Sukarsih | 2026-12-18"] * (witness != "Ujang bin Sukarsih")
    facts = usual(
        MINUTES,
        fields={**usual(MINUTES).fields, "saksi": [field(witness)]},
        moves=(made("laksanakan", hadir=[came, "Budi Umpama | Kabid HAM"], kesepakatan=agreed),),
    )

    told = context(MINUTES, facts, office_with("Sri Sukarsih"))

    assert "sukarsih" not in str(told).casefold()
    assert [row["nama"] for row in told["para_pihak"]] == ["Saksi (identitas ada pada Kantor Wilayah)"]


@pytest.mark.parametrize("post", ["Kepala Desa Contoh", "warga", "Camat Contoh Utara", "PT Contoh"])
def test_who_has_an_officials_name_and_a_post_of_elsewhere_is_no_official(post):
    facts = usual(MINUTES, moves=(made("laksanakan", hadir=[f"Sri Sukarsih | {post}"]),))

    told = context(MINUTES, facts, office_with("Sri Sukarsih"))

    assert [row["nama"] for row in told["para_pihak"]] == ["Sri Sukarsih"]
    assert len(told["dari_kantor"]) == 1


@pytest.mark.parametrize("witness", ["Sri Sukarsih", "Eko Contoh"])
def test_an_official_called_as_a_witness_is_stands_by_the_post_and_nowhere_as_a_witness(witness):
    fields = {**usual(MINUTES).fields, "saksi": [field(witness)]}
    came = made("laksanakan", hadir=["Sri Sukarsih | Pengelola Yankomas", "Maya Contoh | Direktur"])

    told = context(MINUTES, usual(MINUTES, fields=fields, moves=(came,)), office_with("Sri Sukarsih"))

    lists = [row["nama"] for name in ("dari_kantor", "hadir", "penanda_tangan") for row in told[name]]
    assert witness not in lists
    assert not any("saksi" in name.casefold() for name in lists)
    post = "Pengelola Yankomas" if witness == "Sri Sukarsih" else "Kepala Bidang HAM"
    assert lists.count(post) == (3 if witness == "Sri Sukarsih" else 2)


def test_on_the_attendance_list_an_official_called_as_a_witness_writes_their_name_by_hand():
    fields = {**usual(MINUTES).fields, "saksi": [field("Sri Sukarsih")]}

    rows = context("05-daftar-hadir", usual("05-daftar-hadir", fields=fields), office_with("Sri Sukarsih"))["daftar"]

    title = SPECIMEN_OFFICE.officials[3].title.replace(" ", "")
    (own,) = [row for row in rows if "".join(row["unsur"].split()) == title]
    assert own["nama"] == ""
    assert not any("saksi" in row["nama"].casefold() for row in rows)


def test_an_official_of_a_witness_name_is_of_the_office_by_their_post():
    fields = {**usual(MINUTES).fields, "saksi": [field("Sri Sukarsih")]}
    facts = usual(MINUTES, fields=fields, moves=(made("laksanakan", hadir=["Sri Sukarsih | Pengelola Yankomas"]),))

    told = context(MINUTES, facts, office_with("Sri Sukarsih"))

    assert (len(told["dari_kantor"]), told["para_pihak"]) == (2, [])


@pytest.mark.parametrize(
    ("came", "asked"),
    [
        ("Joko Sukarsih, S.T. | Kepala Dinas Contoh", True),
        ("Joko Sukarsih | Saksi", False),
        ("Ujang | warga", False),
        ("Pak Ujang Sukarsih, S.H. | warga", False),
        ("Ujang Sukarsih Raharjo | warga", False),
        ("Marni Sukarsih | warga", True),
        ("Wira Kaorina | Camat Contoh", False),
        ("Kaorindo Wira | Camat Contoh", True),
        ("Sri Umpama | ", True),
        ("Sri Umpama | warga", True),
        ("Sri Umpama | Pengelola Yankomas", False),
        ("Sri Umpama | saksi", False),
    ],
)
def test_of_whom_half_a_name_is_a_witnesses_a_person_says_who_it_is(came, asked):
    fields = {**usual(MINUTES).fields, "saksi": [field(n) for n in ("Ujang bin Sukarsih", "Kaorindo", "Sri Umpama")]}
    name, post = came.split(" | ")
    facts = with_officials(usual(MINUTES, fields=fields), office := office_with("Sri Umpama"))

    found = perhaps_hidden([{"nama": name, "jabatan": post}], facts, office)

    assert found == ([name] if asked else [])
