"""What the receipt says of a case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from kinds_of_case import facts_of_kind
from sheet_factory import paper, usual

from pipeline.errors import NotAllowed
from pipeline.letters.sheets import context
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.room import CONTINUED, Column
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field


def receipt(**fields: Any) -> dict[str, Any]:
    return paper(RECEIPT, fields=fields)


def enclosing(count: int, name: str = "Bukti") -> dict[str, Any]:
    return {"nilai": {"daftar": [field(f"{name} {n}") for n in range(1, count + 1)]}, "teks": f"{count} berkas"}


def on_sheet_two(values: dict[str, Any], title: str) -> list[str]:
    """Return the lines of a part of the second sheet."""
    rows = values["lanjutan"]
    begun = next(n for n, row in enumerate(rows) if row["judul"] == title)
    end = next((n for n in range(begun + 1, len(rows)) if rows[n]["judul"]), len(rows))
    return [row["teks"] for row in rows[begun:end]]


@pytest.mark.parametrize(("channel", "told"), [("pos", "Pos"), (None, "")])
def test_by_which_way_it_came_is_told_where_it_is_known(channel: str | None, told: str) -> None:
    assert paper(RECEIPT, channel=channel)["cara_penyampaian"] == told


def test_several_complainants_are_all_named() -> None:
    people = [{"nama": field(name), "nik": None} for name in ("Sari Melati", "Hendra Rekaan", "Yusuf Contoh")]

    assert receipt(pelapor=people)["pelapor"] == "Sari Melati; Hendra Rekaan; Yusuf Contoh"


def test_more_complainants_than_half_a_page_holds_are_named_on_a_second_sheet() -> None:
    names = [f"Prof. Dr. Hj. Warga Rekaan Contoh Kesekian {n}, S.H., M.H., M.Kn." for n in range(1, 61)]

    values = receipt(pelapor=[{"nama": field(name)} for name in names])

    assert values["pelapor"] == f"{names[0]} dkk., 60 (enam puluh) orang, dirinci pada lembar lanjutan"
    assert on_sheet_two(values, "Pelapor") == names


def test_an_organisation_is_named_with_who_signs_for_it() -> None:
    values = receipt(lembaga_pelapor=field("Forum Warga"), pelapor=[{"nama": field("Sari Melati")}])

    assert values["pelapor"] == "Forum Warga, diwakili Sari Melati"


def test_an_organisation_of_more_people_than_half_a_page_holds_is_named_with_their_number() -> None:
    people = [{"nama": field(f"Prof. Dr. Hj. Warga Rekaan Contoh Kesekian {n}, S.H., M.H.")} for n in range(1, 61)]

    values = receipt(lembaga_pelapor=field("Forum Warga"), pelapor=people)

    assert values["pelapor"] == "Forum Warga bersama 60 (enam puluh) orang, dirinci pada lembar lanjutan"
    assert len(on_sheet_two(values, "Pelapor")) == 61


def test_a_proxy_is_named_with_the_one_who_is_represented() -> None:
    values = receipt(pelapor=[{"nama": field("Sari Melati")}], kuasa={"nama": field("Joko Contoh, S.H.")})

    assert values["pelapor"] == "Sari Melati, melalui kuasanya, Joko Contoh, S.H."


def test_the_receipt_lists_the_letter_and_what_came_with_it() -> None:
    values = receipt(lampiran={"nilai": None, "teks": None, "daftar": [field("Foto"), field("Salinan KTP")]})

    assert values["berkas"] == ["Surat pengaduan, 2 (dua) lembar", "Foto", "Salinan KTP"]


def test_papers_are_all_listed_as_long_as_half_a_page_holds_them() -> None:
    values = receipt(lampiran=enclosing(3))

    assert values["berkas"] == ["Surat pengaduan, 2 (dua) lembar", *(f"Bukti {n}" for n in range(1, 4))]
    assert values["lanjutan"] == []


@pytest.mark.parametrize(
    ("enclosed", "closed"),
    [
        (enclosing(2), "Seluruhnya 3 (tiga) macam berkas; tidak ada berkas lain yang diterima."),
        (field("2 (dua) berkas"), "Tidak ada berkas lain yang diterima."),
        (None, "Tidak ada berkas lain yang diterima."),
        (enclosing(9), "Tidak ada berkas lain yang diterima."),
    ],
)
def test_the_list_of_papers_is_closed_so_that_nothing_is_written_below(enclosed: Any, closed: str) -> None:
    assert receipt(lampiran=enclosed)["penutup_berkas"] == closed


@pytest.mark.parametrize(
    ("number", "day", "named"),
    [
        ("07/FWS/XI/2026", "2026-11-20", "Surat pengaduan Nomor 07/FWS/XI/2026 tanggal 20 November 2026"),
        ("", "2026-11-20", "Surat pengaduan tanggal 20 November 2026"),
        ("07/FWS/XI/2026", "", "Surat pengaduan Nomor 07/FWS/XI/2026"),
        ("", "", "Surat pengaduan"),
    ],
)
def test_the_letter_is_named_by_what_it_has_of_number_and_day(number: str, day: str, named: str) -> None:
    values = receipt(nomor_surat=field(number), tanggal_surat=field(day))

    assert values["berkas"][0] == f"{named}, 2 (dua) lembar"


@pytest.mark.parametrize(("channel", "came"), [("surel", "Surel pengaduan"), ("WhatsApp", "Pesan WhatsApp pengaduan")])
def test_what_came_is_no_letter_where_none_was_written(channel: str, came: str) -> None:
    assert paper(RECEIPT, channel=channel, fields={})["berkas"][0].startswith(came)


SARI, JOKO = {"nama": field("Sari Melati")}, {"nama": field("Joko Contoh, S.H.")}


@pytest.mark.parametrize(
    ("channel", "fields", "name"),
    [
        ("langsung", {"pelapor": [SARI]}, "Sari Melati"),
        ("lisan", {"pelapor": [SARI], "kuasa": JOKO, "lembaga_pelapor": field("LBH Rekaan")}, "Joko Contoh, S.H."),
        ("surat", {"pelapor": [SARI]}, ""),
        ("langsung", {"pelapor": [SARI, SARI]}, ""),
        ("langsung", {"pelapor": [SARI], "kapasitas": field("korban"), "kerentanan": [field("anak")]}, ""),
    ],
)
def test_who_came_in_person_is_named_and_who_brought_a_letter_writes_their_name(
    channel: str, fields: Any, name: str
) -> None:
    assert paper(RECEIPT, channel=channel, fields=fields)["nama_penyerah"] == name


def test_many_papers_run_on() -> None:
    values = receipt(lampiran=enclosing(9))

    assert values["berkas"] == [
        "10 (sepuluh) macam berkas: Surat pengaduan, 2 (dua) lembar; " + "; ".join(f"Bukti {n}" for n in range(1, 10))
    ]


@pytest.mark.parametrize(("enclosed", "lines"), [(3, 4), (4, 1)])
def test_of_papers_in_small_type_four_have_a_line_each_and_five_run_on(enclosed: int, lines: int) -> None:
    subject = field("Pengaduan mengenai pencemaran sumur warga oleh limbah kolam pabrik. " * 4)
    values = receipt(perihal=subject, lampiran=enclosing(enclosed))

    assert (values["huruf"], len(values["berkas"]), values["lanjutan"]) == ("kecil", lines, [])


def test_more_papers_than_half_a_page_holds_are_listed_on_a_second_sheet() -> None:
    values = receipt(lampiran=enclosing(30, "Keterangan tertulis warga Desa Contoh Jaya"))

    assert values["berkas"] == ["31 (tiga puluh satu) macam berkas, dirinci pada lembar lanjutan"]
    assert on_sheet_two(values, "Berkas diterima") == [
        "Surat pengaduan, 2 (dua) lembar",
        *(f"Keterangan tertulis warga Desa Contoh Jaya {n}" for n in range(1, 31)),
        "Seluruhnya 31 (tiga puluh satu) macam berkas; tidak ada berkas lain yang diterima.",
    ]
    assert [row["butir"] for row in values["lanjutan"]] == [*["ya"] * 31, ""]


def test_a_complaint_told_at_the_counter_has_no_letter_but_the_form_that_was_filled_in() -> None:
    values = context(RECEIPT, facts_of_kind("lisan", RECEIPT), SPECIMEN_OFFICE)

    assert values["berkas"] == [
        "Formulir pengaduan lisan (diisi petugas), 2 (dua) lembar",
        "Salinan KTP, ............ lembar",
        "Foto, ............ lembar",
    ]
    assert values["penutup_berkas"] == (
        "Selain formulir tersebut, 2 (dua) macam berkas; tidak ada berkas lain yang diterima."
    )
    assert values["yang_menyerahkan"] == "Yang menyampaikan,"


@pytest.mark.parametrize(
    ("channel", "sent"),
    [("telepon", "Disampaikan melalui telepon"), ("WhatsApp", "Dikirim melalui WhatsApp"), ("langsung", "")],
)
def test_nobody_signs_for_what_nobody_handed_over(channel: str, sent: str) -> None:
    told = context(RECEIPT, usual(RECEIPT, channel=channel, pages=0), SPECIMEN_OFFICE)

    assert told["cara_serah"] == sent
    form = "Formulir pengaduan lisan (diisi petugas), ............ lembar"
    assert (told["berkas"][0] == form) is (channel == "telepon")


def test_what_an_agency_passed_on_is_received_as_such() -> None:
    told = {kind: context(RECEIPT, facts_of_kind(kind, RECEIPT), SPECIMEN_OFFICE) for kind in ("instansi", "surat")}

    assert [values["yang_diterima"] for values in told.values()] == ["pelimpahan pengaduan", "pengaduan"]


def test_a_subject_is_never_cut() -> None:
    subject = "Pengaduan mengenai pencemaran sumur warga oleh limbah kolam pabrik. " * 30

    short, long = receipt(perihal=field(subject[:400])), receipt(perihal=field(subject))

    assert short["hal"] == " ".join(subject[:400].split())
    assert long["hal"].endswith("(dilanjutkan pada lembar lanjutan)")
    assert on_sheet_two(long, "Hal") == [" ".join(subject.split())]


def test_a_receipt_that_says_much_is_set_in_small_type_before_anything_goes_on_elsewhere() -> None:
    few, many = receipt(lampiran=enclosing(2)), receipt(lampiran=enclosing(9))

    assert (few["huruf"], many["huruf"], many["lanjutan"]) == ("biasa", "kecil", [])


# The child that a complaint is about.

CHILD = {"kerentanan": [field("anak")], "korban": field("Bayu Rekaan (9 tahun)")}


@pytest.mark.parametrize("name", ["Bayu Rekaan", "Bayu", "Rekaan Bayu", "BAYU REKAAN"])
def test_the_child_is_not_named_in_the_subject_nor_among_the_papers(name: str) -> None:
    values = receipt(**CHILD, perihal=field(f"Kekerasan terhadap {name}"), lampiran=enclosing(1, f"Akta {name}"))

    assert values["hal"] == "Kekerasan terhadap korban"
    assert values["berkas"][1] == "Akta korban 1"


@pytest.mark.parametrize("said", ["sari melati", "sari", "melati", "Sarinya", "melatiku", "SARI", "anak saya sari"])
def test_a_child_whose_name_is_everyday_words_is_not_named_in_small_letters_either(said: str) -> None:
    fields = {**CHILD, "korban": field("Sari Melati"), "perihal": field(f"Kekerasan terhadap {said}")}

    told = receipt(**fields)["hal"].casefold()

    assert not re.search("sari|melati", told)


def test_a_receipt_leaves_officials_and_who_is_complained_of_their_names() -> None:
    fields = {**CHILD, "korban": field("Bayu Contoh"), "terlapor": [field("Joko Contoh | Guru")]}

    told = receipt(**fields, perihal=field("Kekerasan Joko Contoh terhadap Bayu Contoh, dilaporkan Eko Contoh"))

    assert told["hal"] == "Kekerasan Joko Contoh terhadap korban, dilaporkan Eko Contoh"


def test_initials_of_a_child_stay_on_the_receipt() -> None:
    told = receipt(**CHILD, perihal=field("Kekerasan terhadap anak berinisial B.R."))

    assert told["hal"] == "Kekerasan terhadap anak berinisial B.R."


def test_a_child_that_complains_is_not_named() -> None:
    fields = {"kerentanan": [field("anak")], "kapasitas": field("korban"), "perihal": field("Pengaduan Bayu Rekaan")}

    values = receipt(**fields, pelapor=[{"nama": field("Bayu Rekaan")}])

    assert values["pelapor"] == "Anak (nama tercatat pada register)"
    assert "Bayu" not in values["hal"]


def test_a_child_by_age_is_not_named_on_the_receipt_and_a_grown_complainant_beside_is() -> None:
    people = [{"nama": field("Bayu Rekaan"), "umur": field(14)}, {"nama": field("Wulan Rekaan"), "umur": field(40)}]

    values = receipt(pelapor=people, perihal=field("Pengaduan Bayu"))

    assert values["pelapor"] == "Anak (nama tercatat pada register); Wulan Rekaan"
    assert values["nama_penyerah"] == ""
    assert "Bayu" not in values["hal"]


def test_the_parent_of_the_child_is_named() -> None:
    assert receipt(**CHILD, pelapor=[{"nama": field("Wulan Rekaan")}])["pelapor"] == "Wulan Rekaan"


def test_a_grown_victim_is_named_as_in_the_letter() -> None:
    values = receipt(korban=field("Bayu Rekaan"), perihal=field("Kekerasan terhadap Bayu Rekaan"))

    assert values["hal"] == "Kekerasan terhadap Bayu Rekaan"


def test_victims_that_are_no_person_stay_in_the_subject() -> None:
    fields = {"kerentanan": [field("anak")], "korban": field("Warga RT 2 dan RT 3")}

    assert receipt(**fields, perihal=field("Sumur Warga RT 2"))["hal"] == "Sumur Warga RT 2"


def test_the_usual_receipt_needs_no_second_sheet() -> None:
    assert context(RECEIPT, usual(RECEIPT), SPECIMEN_OFFICE)["lanjutan"] == []


def test_the_organisation_beside_a_proxy_is_the_proxy_s() -> None:
    values = context(RECEIPT, facts_of_kind("kuasa", RECEIPT), SPECIMEN_OFFICE)

    assert values["pelapor"] == "Sari Melati, melalui kuasanya, Joko Contoh, S.H., M.H. (Lembaga Bantuan Hukum Rekaan)"


def test_an_agency_s_referral_is_listed_as_such() -> None:
    values = context(RECEIPT, facts_of_kind("instansi", RECEIPT), SPECIMEN_OFFICE)

    assert values["berkas"][0].startswith("Surat pelimpahan")
    assert values["rangkap"] == ["Lembar untuk pengirim", "Lembar untuk arsip"]


def test_what_the_office_took_from_the_news_has_nobody_who_gets_a_receipt() -> None:
    with pytest.raises(NotAllowed, match="tidak berpelapor"):
        context(RECEIPT, facts_of_kind("berita", RECEIPT), SPECIMEN_OFFICE)


def test_who_complains_later_of_what_was_in_the_news_gets_a_receipt() -> None:
    facts = facts_of_kind("berita", RECEIPT)
    complained = replace(facts, fields={**facts.fields, "pelapor": [{"nama": field("Sari Melati")}]})

    assert context(RECEIPT, complained, SPECIMEN_OFFICE)["pelapor"] == "Sari Melati"


def test_an_agency_s_letter_is_named_with_number_and_date() -> None:
    values = context(RECEIPT, facts_of_kind("instansi", RECEIPT), SPECIMEN_OFFICE)

    assert values["sebutan_pelapor"] == "Instansi yang melimpahkan"
    assert values["surat_pengantar"] == "Nomor HAM-HA.01.07-88\ntanggal 20 November 2026"


def test_an_agency_is_asked_for_no_code_as_the_letters_to_it() -> None:
    assert context(RECEIPT, facts_of_kind("instansi", RECEIPT), SPECIMEN_OFFICE)["berkode"] == ""
    assert context(RECEIPT, facts_of_kind("surat", RECEIPT), SPECIMEN_OFFICE)["berkode"] == "ya"


def test_a_second_sheet_tells_an_agency_from_who_complained_to_it() -> None:
    facts, names = facts_of_kind("instansi", RECEIPT), [f"Warga Rekaan Contoh Kesekian {n}" for n in range(90)]
    complained = replace(facts, fields={**facts.fields, "pelapor": [{"nama": field(name)} for name in names]})

    values = context(RECEIPT, complained, SPECIMEN_OFFICE)

    assert on_sheet_two(values, "Instansi yang melimpahkan") == ["Komisi Nasional Rekaan Perwakilan Bengkulu"]
    assert on_sheet_two(values, "Pelapor asal") == names


def test_a_secret_receipt_leaves_room_for_the_word_at_its_head() -> None:
    facts = facts_of_kind("surat", RECEIPT)
    secret = context(RECEIPT, replace(facts, classification="Rahasia"), SPECIMEN_OFFICE)

    assert len(secret["sela"]) < len(context(RECEIPT, facts, SPECIMEN_OFFICE)["sela"])


def test_an_agency_s_long_number_does_not_lengthen_the_receipt() -> None:
    facts = facts_of_kind("instansi", RECEIPT)
    long = replace(facts, fields={**facts.fields, "nomor_surat": field("HAM-HA.01.07-88/" * 9)})

    assert context(RECEIPT, long, SPECIMEN_OFFICE)["surat_pengantar"] == "yang disebut pada “Berkas diterima”"


def test_a_group_is_named_with_its_size_and_who_speaks_for_it() -> None:
    values = context(RECEIPT, facts_of_kind("kelompok", RECEIPT), SPECIMEN_OFFICE)

    assert values["pelapor"] == "Forum Warga Sumur Jernih, 40 (empat puluh) orang, diwakili Sari Melati"


def test_a_short_receipt_is_drawn_out_so_that_the_cut_is_in_the_middle() -> None:
    little, much = receipt(lampiran=enclosing(1)), receipt(lampiran=enclosing(3))

    assert len(little["sela"]) > len(much["sela"])


@pytest.mark.parametrize(
    ("channel", "instead"), [("langsung", ""), ("lisan", ""), ("pos", "Dikirim melalui pos"), (None, "")]
)
def test_who_hands_nothing_over_signs_nothing(channel: str | None, instead: str) -> None:
    assert paper(RECEIPT, channel=channel)["cara_serah"] == instead


def test_a_name_that_takes_more_lines_than_are_left_for_it_is_written_by_hand() -> None:
    for words in range(2, 12):
        name = " ".join(["Siti Rekaan"] * words)
        told = paper(RECEIPT, channel="lisan", fields={"pelapor": [{"nama": field(name)}]})["nama_penyerah"]

        assert told == (name if Column(76, 9).lines(name) <= 2 else "")


def test_one_name_that_half_a_page_cannot_hold_is_not_told_as_several() -> None:
    told = paper(RECEIPT, fields={"pelapor": [{"nama": field("Siti Rekaan " * 300)}]})["pelapor"]

    assert told.endswith(CONTINUED)
    assert "dkk." not in told


@pytest.mark.parametrize("words", range(142, 174, 8))
def test_a_subject_goes_on_on_the_second_sheet_only_where_the_first_cuts_it(words: int) -> None:
    people = [{"nama": field(f"Umpama Rekaan {n}")} for n in range(120)]

    told = receipt(pelapor=people, perihal=field("kata " * words), lampiran={"daftar": [field("Foto sumur")] * 60})

    assert any(row["judul"] == "Hal" for row in told["lanjutan"]) == told["hal"].endswith(CONTINUED)


@pytest.mark.parametrize(("papers", "lines"), [(4, 4), (5, 1)])
def test_where_there_is_little_room_more_than_four_papers_run_on(papers: int, lines: int) -> None:
    told = paper(RECEIPT, channel="kata " * 400, fields={"lampiran": {"daftar": [field("Foto sumur")] * (papers - 1)}})

    assert len(told["berkas"]) == lines


@pytest.mark.parametrize("count", [12, 15])
def test_as_many_are_named_on_the_first_sheet_as_it_has_lines_for(count: int) -> None:
    people = [{"nama": field(f"Umpama Rekaan {n}")} for n in range(count)]

    told = paper(
        RECEIPT,
        channel="kata " * 400,
        fields={"pelapor": people, "lampiran": {"daftar": [field("Foto sumur")] * (count // 3 - 1)}},
    )

    assert told["pelapor"].endswith(f"Umpama Rekaan {count - 1}")
