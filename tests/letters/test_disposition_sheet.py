"""What the disposition sheet says of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from fakes import WIB
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import paper, usual

from pipeline.letters.sheets import context
from pipeline.letters.sheets.disposition_sheet import DISPOSITION, INSTRUCTIONS
from pipeline.letters.sheets.room import CONTINUED
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.office.office import Office
from pipeline.office.officials import Official

RECEIVED = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)
ORDER = "Telaah bersama tim, koordinasikan dengan dinas terkait, dan laporkan hasilnya sebelum tenggat. "


def disposition(*moves: MoveMade, office: Office = SPECIMEN_OFFICE, **changes: Any) -> dict[str, Any]:
    return context(DISPOSITION, usual(DISPOSITION, moves=moves, **changes), office)


def disposed(role: str, words: str, *, to: str = "", **values: object) -> MoveMade:
    return MoveMade("disposisi", RECEIVED, role, {"isi_disposisi": words, **values}, passed_to=to)


def plain(text: str) -> str:
    """Return a text in which it does not matter what is bound to what."""
    return text.replace("\u00a0", " ")


def ticked(sheet: dict[str, Any]) -> dict[str, list[str]]:
    """Return, by official, the instructions that are ticked in that official's column."""
    boxes = sheet["centang"]
    return {
        name: [instruction for instruction, row in boxes.items() if row[column] == "☒"]
        for column, name in enumerate(sheet["pejabat"])
        if name
    }


# The letter.


def test_a_case_whose_letter_could_not_be_read_leaves_the_lines_free() -> None:
    sheet = disposition(fields={}, channel=None)

    assert [sheet[name] for name in ("asal", "hal", "nomor_surat", "tanggal_surat", "isi_ringkas")] == [""] * 5
    assert sheet["nomor_register"] == "0007/YANKOMAS/2026"


def test_a_letter_number_that_is_only_a_dash_is_none() -> None:
    assert disposition(fields={"nomor_surat": field(" - ")})["nomor_surat"] == ""


def test_an_unreadable_date_of_the_letter_leaves_its_line_free() -> None:
    assert disposition(fields={"tanggal_surat": field("2026-13-45")})["tanggal_surat"] == ""


@pytest.mark.parametrize(
    ("kind", "origin"),
    [
        ("surat", "Sari Melati"),
        ("lisan", "Aduan lisan dari: Sari Melati"),
        ("berita", "Sumber: Pemberitaan media Harian Rekaan tanggal 19 November 2026"),
        ("beberapa-pelapor", "Sari Melati dan 2 (dua) orang lainnya"),
        ("kuasa", "Sari Melati, melalui kuasanya, Joko Contoh, S.H., M.H. (Lembaga Bantuan Hukum Rekaan)"),
        ("instansi", "Komisi Nasional Rekaan Perwakilan Bengkulu"),
    ],
)
def test_the_sheet_says_from_whom_the_matter_came(kind: str, origin: str) -> None:
    sheet = context(DISPOSITION, facts_of_kind(kind, DISPOSITION), SPECIMEN_OFFICE)

    assert f"{sheet['sebutan_asal']}: {sheet['asal']}".removeprefix("Surat dari: ") == origin


def test_papers_that_were_counted_at_the_counter_are_told_with_their_count() -> None:
    facts = facts_of_kind("lisan", DISPOSITION)
    counted = {"lampiran": {"daftar": [field("Salinan KTP, 1 (satu) lembar"), field("Foto, 4 (empat) lembar")]}}

    sheet = context(DISPOSITION, replace(facts, fields={**facts.fields, **counted}), SPECIMEN_OFFICE)

    assert plain(sheet["lampiran"]) == "2 (dua) berkas: salinan KTP, 1 (satu) lembar; foto, 4 (empat) lembar"


@pytest.mark.parametrize(
    ("kind", "enclosed"),
    [
        ("surat", "2 (dua) berkas: foto sumur warga, 4 (empat) lembar; salinan KTP, 1 (satu) lembar"),
        ("korban-anak", "Surat keterangan puskesmas, 1 (satu) lembar"),
    ],
)
def test_what_a_letter_encloses_is_counted_and_named(kind: str, enclosed: str) -> None:
    told = context(DISPOSITION, facts_of_kind(kind, DISPOSITION), SPECIMEN_OFFICE)["lampiran"]

    assert plain(told) == enclosed
    assert " lembar" not in told.partition(":")[2], "a count stays on one line"


def test_papers_that_a_letter_calls_one_bundle_are_counted_as_they_are_named() -> None:
    listed = [field(f"Foto sumur {n}") for n in range(1, 4)]

    told = disposition(fields={"lampiran": {**field("1 (satu) berkas"), "daftar": listed}})["lampiran"]

    assert told == "3 (tiga) berkas: foto sumur 1; foto sumur 2; foto sumur 3"


@pytest.mark.parametrize(
    ("kind", "enclosed"),
    [("lisan", "2 (dua) berkas: salinan KTP; foto"), ("berita", "Salinan pemberitaan media, 2 (dua) lembar")],
)
def test_what_did_not_come_by_letter_has_no_number_or_date_of_one(kind: str, enclosed: str) -> None:
    sheet = context(DISPOSITION, facts_of_kind(kind, DISPOSITION), SPECIMEN_OFFICE)

    assert (sheet["ada_surat"], sheet["nomor_surat"], sheet["lampiran"]) == ("", "", enclosed)


@pytest.mark.parametrize(
    ("known", "source"),
    [
        ({}, "Pemberitaan media"),
        ({"media": "Harian Rekaan."}, "Pemberitaan media Harian Rekaan"),
        ({"media": "Media daring rekaan.example"}, "Pemberitaan media daring rekaan.example"),
        ({"tanggal_terbit": "2026-11-19"}, "Pemberitaan media tanggal 19 November 2026"),
        (
            {"media": "Harian Rekaan", "tanggal_terbit": "2026-11-19"},
            "Pemberitaan media Harian Rekaan tanggal 19 November 2026",
        ),
    ],
)
def test_news_are_told_by_whom_and_when_they_were_published(known: dict[str, str], source: str) -> None:
    facts = replace(usual(DISPOSITION), channel="berita", fields={name: field(text) for name, text in known.items()})

    assert context(DISPOSITION, facts, SPECIMEN_OFFICE)["asal"] == source


def test_deadlines_begin_with_the_weekday() -> None:
    assert disposition()["tenggat"].replace("\u00a0", " ") == "Jumat, 8 Januari 2027 pukul 09.00 WIB"


def test_a_respondent_is_told_with_post_and_agency_and_without_bars() -> None:
    written = [field("Bambang Contoh | Manajer | PT Contoh"), {"nama": "Guru kelas III", "instansi": "SD Contoh"}]

    gist = disposition(fields={"terlapor": written})["isi_ringkas"]

    assert gist == "Terlapor: Bambang Contoh, Manajer, PT Contoh; Guru kelas III, SD Contoh."


def test_a_respondent_s_post_is_not_said_twice() -> None:
    assert "Terlapor: Guru kelas III, SD Negeri Contoh." in paper_of("korban-anak")["isi_ringkas"]


def test_an_order_that_goes_on_elsewhere_is_broken_behind_a_sentence() -> None:
    shown = disposition(disposed("kakanwil", ORDER * 40))["perjalanan"][1]["isi"]

    assert shown.removesuffix(" (dilanjutkan pada lembar lanjutan)").endswith(".")


def test_who_may_not_have_the_complaint_reads_no_nik_in_the_gist() -> None:
    nik = "1771012345670001"

    told = disposition(
        fields={"perihal": field(f"Upah {nik}"), "ringkasan": field(f"Pelapor, NIK {nik}, 0812-3456-7890.")}
    )

    assert told["hal"] == "Upah ************0001"
    assert told["isi_ringkas"].startswith("Pelapor, NIK ************0001, 0812-3456-7890.")


def test_an_unknown_respondent_is_said_to_be_unknown() -> None:
    assert "Terlapor: belum diketahui." in paper_of("tanpa-terlapor")["isi_ringkas"]


def paper_of(kind: str) -> dict[str, Any]:
    return context(DISPOSITION, facts_of_kind(kind, DISPOSITION), office_of_kind(kind))


@pytest.mark.parametrize("grade", ["Biasa", "Terbatas", "rahasia"])
def test_only_the_box_of_its_grade_is_ticked(grade: str) -> None:
    sheet = disposition(classification=grade)

    boxes = [name for name in ("biasa", "terbatas", "rahasia") if sheet[f"kotak_{name}"] == "☒"]

    assert boxes == [grade.lower()]


# The way of the disposition.


def test_the_hops_of_the_sop_are_printed_before_anybody_disposed() -> None:
    hops = disposition()["perjalanan"]

    assert [(hop["dari"], hop["kepada"], hop["isi"]) for hop in hops] == [
        ("Petugas Yankomas", "Kepala Kantor Wilayah", ""),
        ("Kepala Kantor Wilayah", "Kepala Divisi Pelayanan Hukum dan HAM", ""),
        ("Kepala Divisi Pelayanan Hukum dan HAM", "Kepala Bidang HAM", ""),
        ("Kepala Bidang HAM", "Kepala Subbidang Pemajuan HAM", ""),
        ("", "", ""),
        ("", "", ""),
    ]


def test_another_sop_has_another_way() -> None:
    short = (("tim-yankomas", "kakanwil"), ("kakanwil", "kabid"))

    hops = disposition(hops=short)["perjalanan"]

    assert [hop["kepada"] for hop in hops if hop["kepada"]] == ["Kepala Kantor Wilayah", "Kepala Bidang HAM"]


def test_whom_the_official_chose_stands_in_the_row_and_the_way_goes_on_from_there() -> None:
    hops = disposition(disposed("kakanwil", "Telaah.", to="kabid"))["perjalanan"]

    assert [(hop["dari"], hop["kepada"]) for hop in hops if hop["kepada"]] == [
        ("Petugas Yankomas", "Kepala Kantor Wilayah"),
        ("Kepala Kantor Wilayah", "Kepala Bidang HAM"),
        ("Kepala Bidang HAM", "Kepala Subbidang Pemajuan HAM"),
    ]


def test_a_way_that_comes_back_to_an_official_ends_there() -> None:
    hops = disposition(disposed("kakanwil", "Ya.", to="kadiv"), disposed("kadiv", "Kembali.", to="kakanwil"))[
        "perjalanan"
    ]

    assert [hop["dari"] for hop in hops if hop["dari"]] == [
        "Petugas Yankomas",
        "Kepala Kantor Wilayah",
        "Kepala Divisi Pelayanan Hukum dan HAM",
    ]


def test_an_acting_official_stands_on_the_sheet_as_acting() -> None:
    acting = Official("kadiv", "Kepala Divisi", "Tri Contoh", acting="Plt.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    assert [hop["kepada"] for hop in disposition(office=office)["perjalanan"]][1] == "Plt. Kepala Divisi"


def test_an_empty_post_is_printed_as_the_sop_calls_it() -> None:
    hops = disposition(office=replace(SPECIMEN_OFFICE, officials=()))["perjalanan"]

    assert [hop["kepada"] for hop in hops][:4] == [
        "Kepala Kantor Wilayah",
        "Kadiv Yankum",
        "Kabid HAM",
        "Kasubbid Pemajuan HAM",
    ]


def test_a_long_title_is_printed_in_full_as_every_other() -> None:
    title = "Kepala Divisi Peraturan Perundang-undangan dan Pembinaan Hukum"
    acting = Official("kadiv", title, "Tri Contoh", acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    assert [hop["kepada"] for hop in disposition(office=office)["perjalanan"]][1] == f"Plh. {title}"


def test_a_disposition_stands_in_the_row_of_who_made_it() -> None:
    hops = disposition(disposed("kakanwil", "Telaah"), disposed("kabid", "dahulukan\nLaporkan."))["perjalanan"]

    assert [(hop["tanggal"], hop["isi"]) for hop in hops[:4]] == [
        ("", ""),
        ("25 November 2026", "Telaah."),
        ("", ""),
        ("25 November 2026", "Dahulukan\nLaporkan."),
    ]


def test_what_was_ticked_is_a_sentence_and_own_words_begin_a_line() -> None:
    hops = disposition(disposed("kakanwil", "Telaah; Siapkan konsep\nDahulukan."))["perjalanan"]

    assert hops[1]["isi"] == "Telaah; siapkan konsep.\nDahulukan."


def test_a_disposition_made_again_takes_the_place_of_the_first() -> None:
    assert disposition(disposed("kadiv", "Lama."), disposed("kadiv", "Baru."))["perjalanan"][2]["isi"] == "Baru."


def test_a_row_keeps_the_title_of_the_day_it_was_made() -> None:
    acting = Official("kakanwil", "Kepala", "Tri", until=date(2026, 11, 25), acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    hops = disposition(disposed("kakanwil", "Telaah."), office=office, drafted_on=date(2026, 11, 27))["perjalanan"]

    assert hops[1]["dari"] == "Plh. Kepala"


def test_the_derajat_that_was_given_is_ticked() -> None:
    sheet = disposition(disposed("kakanwil", "Telaah.", derajat="Amat segera"), disposed("kadiv", "Ya."))

    boxes = [sheet[f"kotak_derajat_{name}"] for name in ("biasa", "segera", "amat_segera")]
    assert boxes == ["☐", "☐", "☒"]


PROPOSED = MoveMade("usulkan-audiensi", RECEIVED, "kabid", {})
DECIDED = MoveMade(
    "disposisi-audiensi", RECEIVED, "kakanwil", {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan audiensi"}
)


def test_what_was_decided_on_a_proposed_audience_stands_in_a_row_of_its_own() -> None:
    empty, sheet = disposition(PROPOSED), disposition(PROPOSED, DECIDED)

    assert empty["perjalanan"][4]["dari"] == ""
    assert sheet["perjalanan"][4] == {
        "tanggal": "25 November 2026",
        "dari": "Kepala Kantor Wilayah",
        "kepada": "Kepala Bidang HAM",
        "isi": "Usulan audiensi disetujui.\nJadwalkan audiensi.",
    }
    assert sheet["perjalanan"][5]["dari"] == ""


# The instructions.


def test_each_official_has_ticks_of_their_own() -> None:
    taken_back = disposed("kabid", "Arsipkan")
    chosen = (
        disposed("kakanwil", "Telaah; Koordinasikan/konfirmasikan\nDahulukan."),
        disposed("kadiv", "Siapkan konsep."),
        disposed("kabid", "Telaah bersama dinas"),
    )

    assert ticked(disposition(taken_back, *chosen)) == {
        "Kakanwil": ["koordinasikan_konfirmasikan", "telaah"],
        "Kadiv Yankum": ["siapkan_konsep"],
        "Kabid HAM": [],
    }


def test_what_was_ticked_for_the_audience_stands_apart_from_what_was_ticked_before() -> None:
    sheet = disposition(disposed("kakanwil", "Telaah"), PROPOSED, DECIDED)

    assert ticked(sheet)["Kakanwil"] == ["telaah"]
    assert ticked(sheet)["Kakanwil atas usul audiensi"] == ["jadwalkan_audiensi"]


def test_instructions_chosen_line_by_line_are_ticked_as_well() -> None:
    assert ticked(disposition(disposed("kakanwil", "Tindak lanjuti\nTelaah")))["Kakanwil"] == [
        "tindak_lanjuti",
        "telaah",
    ]


def test_every_instruction_has_a_box_for_each_of_four_officials() -> None:
    boxes = disposition()["centang"]

    assert len(boxes) == len(INSTRUCTIONS)
    assert all(row == ["☐"] * 4 for row in boxes.values())


# Templates of earlier versions, which offices have and change.


def test_an_earlier_template_gets_the_way_without_empty_rows_and_one_box_an_instruction() -> None:
    sheet = disposition(disposed("kakanwil", "Telaah"), disposed("kabid", "Siapkan konsep"), PROPOSED, DECIDED)

    assert [hop["isi"] for hop in sheet["alur"]] == ["", "Telaah.", "", "Siapkan konsep."]
    assert (sheet["audiensi_tanggal"], sheet["audiensi_isi"]) == (
        "25 November 2026",
        "Usulan audiensi disetujui.\nJadwalkan audiensi.",
    )
    assert [sheet[f"kotak_{name}"] for name in ("telaah", "siapkan_konsep", "arsipkan")] == ["☒", "☒", "☐"]


# The one page.


def whole(sheet: dict[str, Any], title: str) -> str:
    """Return what stands on the second sheet under that title."""
    rows = sheet["lanjutan"]
    begun = next(n for n, row in enumerate(rows) if row["judul"].startswith(title))
    end = next((n for n in range(begun + 1, len(rows)) if rows[n]["judul"]), len(rows))
    return "\n".join(row["teks"] for row in rows[begun:end])


@pytest.mark.parametrize("times", [1, 4, 8, 16, 40])
def test_the_kakanwil_s_order_is_never_cut(times: int) -> None:
    order = (ORDER * times).strip()

    sheet = disposition(disposed("kakanwil", order))

    shown = sheet["perjalanan"][1]["isi"]
    if shown != order:
        assert shown.endswith("(dilanjutkan pada lembar lanjutan)")
        assert order.startswith(shown.removesuffix(" (dilanjutkan pada lembar lanjutan)"))
        assert whole(sheet, "Isi disposisi Kepala Kantor Wilayah, 25 November 2026") == order


def test_an_order_of_several_hundred_letters_stands_in_its_row() -> None:
    order = (ORDER * 4).strip()

    assert disposition(disposed("kakanwil", order))["perjalanan"][1]["isi"] == order


def test_particulars_give_way_to_the_orders() -> None:
    orders = (disposed(role, (ORDER * 4).strip()) for role in ("kakanwil", "kadiv", "kabid"))
    subject = "Pengaduan mengenai pencemaran sumur warga oleh limbah kolam pabrik. " * 20

    sheet = disposition(*orders, fields={"perihal": field(subject)})

    assert [hop["isi"] for hop in sheet["perjalanan"][1:4]] == [(ORDER * 4).strip()] * 3
    assert whole(sheet, "Hal") == " ".join(subject.split())


def test_a_sheet_that_says_much_is_set_in_small_type_before_anything_goes_on_elsewhere() -> None:
    sheet = disposition(*(disposed(role, ORDER * 3) for role in ("kakanwil", "kadiv", "kabid")))

    assert (sheet["huruf"], sheet["lanjutan"]) == ("kecil", [])


def test_a_row_stays_empty_to_write_on() -> None:
    sheet = disposition(*(disposed(role, ORDER) for role in ("kakanwil", "kadiv", "kabid")), PROPOSED, DECIDED)

    assert sheet["perjalanan"][-1] == {"tanggal": "", "dari": "", "kepada": "", "isi": ""}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_of_every_kind_of_case_is_one_page_in_the_usual_type(kind: str) -> None:
    sheet = paper_of(kind)

    assert (sheet["huruf"], sheet["lanjutan"]) == ("biasa", [])
    assert "|" not in str(sheet)


def test_the_usual_sheet_has_no_second_one() -> None:
    assert paper(DISPOSITION)["lanjutan"] == []


def test_over_the_boxes_stands_who_acts_in_the_post() -> None:
    values = context(DISPOSITION, facts_of_kind("pengganti", DISPOSITION), office_of_kind("pengganti"))

    assert values["pejabat"][:3] == ["a.n. Kakanwil", "Plt. Kabid HAM", "a.n. Kakanwil atas usul audiensi"]


def test_nobody_disposes_to_themselves() -> None:
    values = context(DISPOSITION, facts_of_kind("pengganti", DISPOSITION), office_of_kind("pengganti"))
    hop = values["perjalanan"][1]

    assert (hop["tanggal"], hop["kepada"]) == ("25 November 2026", "Plt. Kepala Bidang HAM")
    assert hop["isi"] == "Tindak lanjuti.\nTelaah.\nKoordinasikan/konfirmasikan."
    assert [values["centang"][box][0] for box in ("telaah", "koordinasikan_konfirmasikan")] == ["☒", "☒"]


def test_officials_who_bear_one_name_are_told_apart_by_their_nip() -> None:
    office = office_of_kind("surat")
    namesakes = replace(office, officials=tuple(replace(one, name="Rekaan Umpama") for one in office.officials))

    rows = context(DISPOSITION, facts_of_kind("surat", DISPOSITION), namesakes)["perjalanan"]

    assert len({one.nip for one in office.officials}) == len(office.officials)
    assert rows == paper_of("surat")["perjalanan"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Rekaan", "1"), ("Rekaan, S.H.", "1"), True),
        (("Rekaan", "1"), ("Rekaan", "2"), False),
        (("Rekaan", "1"), ("Rekaan", ""), True),
        (("", ""), ("", ""), False),
    ],
)
def test_one_person_has_one_nip_or_where_none_is_written_one_name(one, other, same) -> None:
    first, second = (Official("kadiv", "Kepala Divisi", name, nip) for name, nip in (one, other))

    assert first.is_same_person(second) is second.is_same_person(first) is same


def test_a_letter_without_a_number_is_said_to_have_none() -> None:
    assert paper_of("korban-anak")["nomor_surat"] == "tanpa nomor"


@pytest.mark.parametrize(
    ("acting", "told"),
    [("", "Kadiv Yankum"), ("Plt.", "Plt. Kadiv Yankum"), ("a.n.", "Kadiv Yankum")],
)
def test_a_title_too_long_for_its_column_is_told_as_the_sop_calls_the_post(acting: str, told: str) -> None:
    title = "Kepala Divisi Pelayanan Hukum, Hak Asasi Manusia, Pembinaan Masyarakat, dan Penyuluhan Wilayah Kepulauan"
    division = Official(
        "kadiv", title, "Dewi Contoh", acting=acting, own_title="Kepala Bidang HAM" * (acting == "a.n.")
    )
    office = replace(SPECIMEN_OFFICE, officials=(division, *SPECIMEN_OFFICE.officials))

    assert context(DISPOSITION, usual(DISPOSITION), office)["perjalanan"][1]["kepada"] == told


@pytest.mark.parametrize(
    ("channel", "told"), [("surat", "Rumah para pelapor rusak."), ("pelimpahan", "Rumah kami rusak.")]
)
def test_the_gist_is_the_offices_words_but_for_those_of_an_agency(channel: str, told: str) -> None:
    people = [{"nama": field(f"Umpama {n}")} for n in "AB"]
    facts = usual(DISPOSITION, channel=channel, fields={"ringkasan": field("Rumah kami rusak"), "pelapor": people})

    assert context(DISPOSITION, facts, SPECIMEN_OFFICE)["isi_ringkas"].startswith(told)


@pytest.mark.parametrize("words", range(20, 56, 4))
def test_what_goes_on_on_the_second_sheet_is_what_the_first_cuts(words: int) -> None:
    orders = (disposed(role, "Telaah. " * n) for role, n in (("kakanwil", words), ("kadiv", 600), ("kabid", 600)))
    fields = {"perihal": field("kata " * words), "ringkasan": field("Uraian panjang. " * 300)}

    told = disposition(MoveMade("sampaikan", RECEIVED, "tim-yankomas", {}), *orders, fields=fields)

    further = [row["judul"] for row in told["lanjutan"] if row["judul"]]
    assert ("Hal" in further) == told["hal"].endswith(CONTINUED)
    cut = [row["dari"] for row in told["perjalanan"] if row["isi"].endswith(CONTINUED)]
    assert [title.split(", ")[0] for title in further if title.startswith("Isi d")] == [
        f"Isi disposisi {d}" for d in cut
    ]


def test_who_acts_on_behalf_is_told_by_both_posts_and_an_oral_complaint_as_such_in_the_templates_of_0_1_0() -> None:
    section = next(one for one in SPECIMEN_OFFICE.officials if one.role == "kabid")
    head = replace(section, role="kakanwil", title="Kepala Kantor Wilayah", acting="a.n.", own_title=section.title)
    office = replace(SPECIMEN_OFFICE, officials=(head, *SPECIMEN_OFFICE.officials))
    title = f"{section.title} a.n. Kepala Kantor Wilayah"

    assert context(DISPOSITION, usual(DISPOSITION), office)["perjalanan"][1]["dari"] == title
    people = {"pelapor": [{"nama": field("Siti Rekaan")}]}
    told = [
        paper(DISPOSITION, channel=way, fields=who)["surat_dari"] for way in ("surat", "lisan") for who in ({}, people)
    ]
    assert told == ["", "Siti Rekaan", "", "Pengaduan lisan: Siti Rekaan"]


@pytest.mark.parametrize("template", [DISPOSITION, "02-buku-register", "04-nota-telaahan", "05-usulan-audiensi"])
def test_the_offices_own_sheets_name_the_child_neither_in_the_subject_nor_in_the_summary(template: str) -> None:
    told = "Kekerasan terhadap bayu rekaan oleh Joko Rekaan, guru"
    words = {name: field(told) for name in ("perihal", "ringkasan", "uraian")}
    child = {"kerentanan": [field("anak")], "korban": field("Bayu Rekaan"), "terlapor": [field("Joko Rekaan | guru")]}

    sheet = str(
        context(template, usual(template, fields={**usual(template).fields, **child, **words}), SPECIMEN_OFFICE)
    )

    assert "bayu" not in sheet.casefold()
    assert "Joko Rekaan" in sheet or template == "05-usulan-audiensi"
