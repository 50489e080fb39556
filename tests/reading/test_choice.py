"""What a field holds is chosen among what rules and tagger propose; what is likelier wrong is left out."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from reading_pages import LETTER, TODAY, page_of, read, value

from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.engines.section_tagger import MODELS, SectionTagger
from pipeline.reading.field_weights import shipped_weights
from pipeline.reading.find_complaints import evidence_of, find_complaints
from pipeline.reading.ports import Marked
from pipeline.reading.proposals import alike, proposals

#: A letter whose labels no rule knows.
UNKNOWN_LABELS = """
                                        Pasar Rekaan, 4 Februari 2026
Ihwal       : Jalan desa yang diputus kebun
Ditujukan untuk
Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu
di Bengkulu
Saya yang menulis:
Sebutan     : Rohani Misalan
Nomor penduduk: 1703025204710002
Tinggal     : Desa Umpama Jaya RT 4, Kecamatan Rekaan, Kabupaten Kaur
Nomor genggam: 0813 7000 4411
Jalan desa kami diputus oleh PT Kebun Umpama pada tanggal 6 Januari 2026 di Desa Umpama Jaya.
Kami tidak dapat membawa anak ke sekolah.
Saya meminta agar jalan itu dibuka kembali dan kerugian kami diganti.
Salam dari kami,
Rohani Misalan
"""


@dataclass
class Marking:
    """A tagger that marks where a text stands, as sure as it is told."""

    label: str
    text: str
    probability: float
    section: str = "identitas"

    def marks(self, sheet):
        start = sheet.text.index(self.text)
        return (Marked(self.label, start, start + len(self.text), self.probability, self.section),)


def _read(text, tagger):
    (letter,) = find_complaints((page_of(text),), TODAY, tagger)
    return letter


def test_what_rules_and_tagger_both_say_is_surer_than_what_the_rules_say_alone():
    alone = _read(LETTER, Marking("nama", "Bapak saya", 0.1)).fields["perihal"].best
    both = _read(LETTER, Marking("perihal", "Pengaduan penutupan jalan ke sawah warga", 0.99, "rujukan"))

    assert both.fields["perihal"].best.nilai == alone.nilai
    assert both.fields["perihal"].best.confidence > alone.confidence
    assert "surat contoh" in both.fields["perihal"].best.reason


def test_what_the_tagger_alone_has_marked_is_proposed_with_its_place():
    best = _read(UNKNOWN_LABELS, Marking("nik", "1703025204710002", 0.99)).fields["pelapor"][0]["nik"].best

    assert best.nilai == "1703025204710002"
    assert best.page == 1
    assert best.box is not None


def test_a_day_that_is_still_to_come_is_not_the_letters():
    letter = _read(
        LETTER.replace("12 Agustus 2025", "12 Agustus 2031"), Marking("tanggal", "12 Agustus 2031", 1.0, "tanggal")
    )

    assert letter.fields["tanggal_surat"] is None


def test_particulars_belong_to_the_person_they_stand_under():
    text = (
        "Yang mengadu:\nAndi Rekaan, NIK 1701021203790003\nBeni Rekaan, NIK 1701021203790999\n"
        + "Kami dirugikan. " * 20
    )

    class Both:
        def marks(self, sheet):
            said = ("Andi Rekaan", "1701021203790003", "Beni Rekaan", "1701021203790999")
            labels = ("nama", "nik", "nama", "nik")
            places = [sheet.text.index(part) for part in said]
            return tuple(
                Marked(label, at, at + len(part), 0.99, "identitas")
                for label, at, part in zip(labels, places, said, strict=True)
            )

    people = _read(text, Both()).fields["pelapor"]

    assert [(p["nama"].best.nilai, p["nik"].best.nilai) for p in people] == [
        ("Andi Rekaan", "1701021203790003"),
        ("Beni Rekaan", "1701021203790999"),
    ]


def test_a_tagger_that_marks_nothing_leaves_a_letter_that_the_rules_read():
    class Blind:
        def marks(self, sheet):
            return ()

    letter, by_rules = _read(LETTER, Blind()), read(LETTER)

    assert value(letter, "tanggal_surat") == value(by_rules, "tanggal_surat")
    assert letter.fields["pelapor"][0]["nama"].best.nilai == by_rules.fields["pelapor"][0]["nama"].best.nilai


def test_labels_that_no_rule_knows_are_read_as_letters_are_written():
    letter, by_rules = _read(UNKNOWN_LABELS, CrfTagger()), read(UNKNOWN_LABELS)
    person = letter.fields["pelapor"][0]

    assert person["nama"].best.nilai == "Rohani Misalan"
    assert person["nik"].best.nilai == "1703025204710002"
    assert person["telepon"].best.nilai == "081370004411"
    assert value(letter, "perihal") == "Jalan desa yang diputus kebun"
    assert by_rules.fields["perihal"] is None


def test_the_same_letter_is_marked_the_same_by_every_tagger():
    first, second = CrfTagger(), CrfTagger()

    assert _read(LETTER, first).as_json() == _read(LETTER, second).as_json() == _read(LETTER, first).as_json()


def test_a_tagger_that_is_handed_the_rows_model_opens_no_other(tmp_path):
    (tmp_path / "words.crfsuite").symlink_to(MODELS / "words.crfsuite")  # a folder without a model of rows
    shared = CrfTagger(tmp_path, SectionTagger())

    assert _read(LETTER, shared).as_json() == _read(LETTER, CrfTagger()).as_json()


def _proposed(label, text, tagger):
    return proposals(label, evidence_of((page_of(text),), TODAY, tagger))


def test_names_side_by_side_under_a_letter_are_two_people_though_marked_as_one():
    text = LETTER.replace("Suryadi Harun\n", "Umi Rekaan\tRasunah Misalan\n")

    marked = {p.nilai for p in _proposed("nama", text, Marking("nama", "Umi Rekaan\tRasunah Misalan", 0.9)) if p.mark}

    assert marked == {"Umi Rekaan", "Rasunah Misalan"}


def test_what_was_marked_as_one_wish_is_proposed_as_three_too():
    wishes = "jalan dibuka, pagar dibongkar dan kerugian diganti"
    text = LETTER + "\n" + wishes + "\n"

    marked = {p.nilai: p.parted for p in _proposed("permintaan", text, Marking("permintaan", wishes, 0.9)) if p.mark}

    assert marked == {wishes: False, "jalan dibuka": True, "pagar dibongkar": True, "kerugian diganti": True}


@pytest.mark.parametrize("number", ["2.", "b)", "(3)", "iii.", "IV."])
def test_a_wish_is_proposed_without_its_number(number):
    text = LETTER.replace("1. portal dibuka kembali;", f"{number} portal dibuka kembali;")

    wishes = [
        p.nilai for p in _proposed("permintaan", text, Marking("permintaan", f"{number} portal dibuka kembali", 0.9))
    ]

    assert "portal dibuka kembali" in wishes
    assert not any(wish.startswith(number) for wish in wishes)


def test_of_what_a_tagger_marks_beyond_measure_the_surest_is_looked_at():
    chance = random.Random(1)
    names = ["".join(chance.choices("abcdefghijklmnop", k=9)).capitalize() for _ in range(600)]

    class Zealous:
        def marks(self, sheet):
            places = [sheet.text.index(name) for name in names]
            return tuple(
                Marked("nama", at, at + 9, 0.2 + 0.7 * (n % 2), "identitas", likeliest=bool(n % 2))
                for n, at in enumerate(places)
            )

    marked = [p for p in _proposed("nama", LETTER + "\n".join(names), Zealous()) if p.mark]

    assert 200 <= len(marked) <= 300
    assert all(p.mark.likeliest for p in marked)


def test_everybody_whom_a_letter_names_may_be_the_one_complained_of():
    text = LETTER.replace("Untuk itu", "Kami bertemu Pak Rekaan di balai desa bersama Ibu Umpama.\nUntuk itu")
    named = {p.nilai for p in _proposed("terlapor", text, Marking("nik", "jalan", 0.1))}
    outright = {str(f.best.nilai) for f in read(text).fields["terlapor"]}

    assert outright < named


def test_what_the_tagger_holds_possible_is_marked_beside_what_it_says():
    marks = CrfTagger().marks(evidence_of((page_of(UNKNOWN_LABELS),), TODAY, None).sheet)

    assert any(mark.likeliest for mark in marks)
    assert all(mark.probability >= 0.06 for mark in marks if not mark.likeliest)
    assert all(mark.least <= mark.probability + 1e-9 for mark in marks)


def test_who_acts_for_the_complainant_is_chosen_with_his_office_and_power():
    text = (
        "Kami, Rekaan Umpama, S.H., advokat pada Kantor Hukum Misalan, berdasarkan Surat Kuasa Khusus Nomor 07/SK/2025"
        " tanggal 3 Mei 2025 bertindak untuk Andi Contoh.\n" + "Klien kami dirugikan. " * 20
    )
    said = {
        "kuasa": "Rekaan Umpama, S.H.",
        "kuasa_lembaga": "Kantor Hukum Misalan",
        "kuasa_nomor": "07/SK/2025",
        "kuasa_tanggal": "3 Mei 2025",
    }

    class Attorney:
        def marks(self, sheet):
            places = {label: sheet.flow.index(part) for label, part in said.items()}
            return tuple(Marked(label, at, at + len(said[label]), 0.99, "pembuka") for label, at in places.items())

    kuasa = _read(text, Attorney()).fields["kuasa"]

    assert [one.best.nilai for one in kuasa["nama"]] == ["Rekaan Umpama"]
    assert kuasa["lembaga"].best.nilai == "Kantor Hukum Misalan"
    assert kuasa["nomor_surat_kuasa"].best.nilai == "07/SK/2025"
    assert kuasa["tanggal_surat_kuasa"].best.nilai == "2025-05-03"


def test_every_weighed_field_says_from_which_likelihood_it_is_shown():
    assert all(0.2 <= heavy["at least"] <= 0.7 for heavy in shipped_weights().by_label.values())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PT Kebun Umpama", "P.T. KEBUN UMPAMA", True),
        ("PT Kebun Umpama Jaya", "PT Kebun Urnpama Jaya", True),
        ("PT Kebun Umpama", "PT Kebun Misalan", False),
        ("1701021203790003", "1701021203790008", False),
        ("Budi", "Buda", False),
    ],
)
def test_texts_are_alike_but_for_letters_read_otherwise(one, other, same):
    assert alike(one, other) is same
