"""What of a case is written into the index, and by which words it is narrowed; what a secret one keeps of that."""

from __future__ import annotations

from case_factory import CALENDAR, case_of, moved, recognised, tended

from pipeline.cases.store.sop_editions import editions
from pipeline.letters.sheets.specimens import field
from pipeline.office.office import Region
from pipeline.register.row import row_of
from pipeline.search.case_text import due_second, written
from pipeline.search.ocr_confusions import misread

SOP = editions()[0]
REGIONS = (Region("Kabupaten Contoh", ("Sukamaju",)), Region("Kabupaten Lain", ("Lainnya",)))


def _written(**fields):
    case = case_of(recognised({name: field(text) for name, text in fields.items()}))
    row = row_of(case, SOP, CALENDAR)
    return written(case, row, {"perihal": "x"}, "Penerimaan", [], REGIONS)


def test_a_case_is_narrowed_by_how_it_came_and_where_it_happened_as_far_as_that_is_told_or_seen():
    bare, told = _written(), _written(cara_penyampaian="pos", tempat_kejadian="Desa Sukamaju, Kabupaten Contoh")

    assert (bare.facets["cara"], bare.facets["wilayah"]) == ([bare.row.channel], [])
    assert (told.facets["cara"], told.facets["wilayah"]) == (["pos"], ["Kabupaten Contoh"])
    assert _written(kabupaten="Kabupaten Lain", tempat_kejadian="Sukamaju").facets["wilayah"] == ["Kabupaten Lain"]


def test_days_and_texts_are_written_and_truths_and_what_is_not_there_are_not():
    told = _written(tanggal_surat="2026-11-20", perihal="Sumur kering")
    odd = case_of(recognised({"a": {"nilai": True}, "b": {"nilai": None}, "c": None, "perihal": field("Sumur")}))
    words = " ".join(told.columns) + " ".join(written(odd, told.row, {}, "", []).columns)

    assert "november" in told.signs
    assert "20" in told.signs
    assert "sumur" in words
    for nothing in ("none", "true", "false"):
        assert nothing not in words.split()


def test_a_case_can_become_late_until_it_ends_and_as_long_as_it_has_a_day():
    row = _written().row

    assert due_second(row) is not None
    assert due_second(row.from_json({**row.as_json(), "final": True})) is None
    assert due_second(row.from_json({**row.as_json(), "due_at": None})) is None


def test_a_secret_case_is_narrowed_by_that_and_of_a_top_secret_one_no_word_is_kept():
    secret, top = (_written(perihal="Sumur").kept_secret(level) for level in ("rahasia", "sangat rahasia"))

    assert (secret.facets["sifat"], secret.entry["sifat"]) == (["rahasia"], "Rahasia")
    assert secret.passages
    assert (top.facets, top.signs, top.passages) == ({"sifat": ["sangat rahasia"]}, (), ())
    tied = _written(sifat="sangat rahasia").kept_secret("rahasia")
    assert tied.facets == {"sifat": ["sangat rahasia"]}


def test_two_neighbours_that_changed_places_are_one_mistake_and_two_wrong_letters_are_two():
    assert misread("lapoarn", "laporan")
    assert not misread("lapoxyn", "laporan")
    assert misread("kexamatxn", "kecamatan")  # long enough for two
    assert not misread("kexamatx", "kecamata")


def test_of_a_merged_case_the_text_does_not_name_the_other_which_may_be_secret():
    case = moved(tended(case_of(), SOP), SOP, "gabung", perkara_induk="2026/0003")
    told = written(case, row_of(case, SOP, CALENDAR), {}, "Penerimaan", [])

    assert [p.label for p in told.passages if "gabung" in p.label.lower()] in ([], ["Gabung"])
    assert not any("2026/0003" in passage.text for passage in told.passages)


def test_whoever_may_find_no_names_finds_them_neither_in_the_subject_nor_in_the_place():
    subject, place = "Penganiayaan Ujang Sukarsih, dilaporkan Sri Sukarsih", "Rumah Ujang Sukarsih"
    fields = {"perihal": field(subject), "tempat_kejadian": field(place), "saksi": [field("Ujang bin Sukarsih")]}
    case = case_of(recognised(fields))

    told = written(case, row_of(case, SOP, CALENDAR), {}, "Penerimaan", [], (), ["Sri Sukarsih"]).passages

    public = [passage.text for passage in told if not passage.personal]
    assert "Penganiayaan saksi, dilaporkan Sri Sukarsih" in public
    assert not any("Ujang" in text for text in public)
    assert {subject, place} <= {passage.text for passage in told if passage.personal}
