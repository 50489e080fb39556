"""The table of laws: the office's own, and the one that comes with the program."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.cases.register_words import register_words
from pipeline.errors import TemplateFault
from pipeline.office.laws import RIGHTS_LAW, SHIPPED, Citation, laws_of, listing_order, shipped_laws
from pipeline.office.store.own_files import OwnFile

TODAY = date(2026, 11, 26)
PLAIN = """\
[[peraturan]]
kunci = "layanan"
nama = "Peraturan Contoh Nomor 1"
layanan = "pengatur"

[[pelanggaran]]
peraturan = "layanan"
pasal = "Pasal 1"
unsur = ["Ada perbuatan"]

[[hak]]
kata = "hidup"
pasal = "Pasal 9"
unsur = ["Nyawa korban terancam"]
instrumen = ["layanan | Pasal 2"]
"""


def test_every_right_of_the_register_has_its_articles_and_what_is_tested() -> None:
    words = register_words()
    laws = laws_of(SHIPPED.read_text(encoding="utf-8"), rights=words.right_words, classes=words.classes)

    assert [right.word for right in laws.rights] == list(register_words().right_words)
    assert all(right.elements and right.elsewhere for right in laws.rights)
    assert laws.right("rasa aman").articles == "Pasal 28 sampai dengan Pasal 35"  # type: ignore[union-attr]


def test_every_vulnerability_of_the_register_is_protected_by_a_law() -> None:
    laws = shipped_laws()

    assert [p.word for p in laws.protections] == list(register_words().vulnerabilities)
    assert all(laws.cite(p.source, TODAY) for p in laws.protections)


def test_the_service_rests_on_laws_by_their_own_titles() -> None:
    laws = shipped_laws()

    assert [r.full for r in laws.basis(TODAY)] == [
        "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022 tentang Penanganan Dugaan Pelanggaran Hak "
        "Asasi Manusia",
    ]
    service = laws.regulation("uu-pelayanan-publik", TODAY)
    assert service is not None
    assert "Pengelolaan Pengaduan Pelayanan Publik" in service.note, "what the SOP wrote is noted"


def test_a_law_that_was_changed_is_named_by_its_own_number_with_its_last_change() -> None:
    laws = shipped_laws()

    child, marriage = (laws.regulation(key, TODAY) for key in ("perlindungan-anak", "perkawinan"))

    assert child is not None
    assert marriage is not None
    assert child.full == (
        "Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak sebagaimana telah beberapa kali diubah, terakhir "
        "dengan Undang-Undang Nomor 17 Tahun 2016"
    )
    assert marriage.full.endswith(
        "tentang Perkawinan sebagaimana telah diubah dengan Undang-Undang Nomor 16 Tahun 2019"
    )


def test_a_law_is_cited_also_by_what_changed_it_alone() -> None:
    laws = shipped_laws()

    child = laws.resting_on(TODAY, "Pasal 54 ayat (1) Undang-Undang Nomor 35 Tahun 2014")
    omnibus = laws.resting_on(TODAY, "Pasal 185 Undang-Undang Nomor 6 Tahun 2023")

    assert "perlindungan-anak" in [r.key for r in child]
    assert omnibus == laws.resting_on(TODAY, ""), "it changed many laws: which of them is meant nobody knows"


def test_a_case_rests_on_the_law_that_rules_its_respondents() -> None:
    found = [r.full for r in shipped_laws().resting_on(TODAY, "", ["kepolisian"])]

    assert found[1].startswith(
        "Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia sebagaimana telah diubah dengan "
        "Undang-Undang Nomor 6 Tahun 2023 tentang "
    )
    assert [re.findall(r"Tahun (\d{4})", law)[0] for law in found] == ["1999", "2002", "2009", "2022"]


def test_regulations_are_listed_by_rank_year_and_number() -> None:
    listed = [
        "Pasal 28H Undang-Undang Dasar Negara Republik Indonesia Tahun 1945",
        "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia",
        "Pasal 5 ayat (1) Undang-Undang Nomor 20 Tahun 2003",
        "Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2016",
        "Peraturan Pemerintah Nomor 24 Tahun 1997 tentang Pendaftaran Tanah",
        "Peraturan Presiden Nomor 53 Tahun 2021",
        "Peraturan Menteri Rekaan Nomor 1 Tahun 1990 tentang Pelaksanaan Undang-Undang Nomor 39 Tahun 1999",
        "asas umum pemerintahan yang baik",
    ]

    mixed = listed[1::2] + listed[::2]
    assert sorted(mixed, key=listing_order) == listed


def test_a_case_rests_on_the_law_that_rules_the_agency_that_is_to_act() -> None:
    laws = shipped_laws()

    police = laws.resting_on(TODAY, "", called_on="Mengundang Kepala Kepolisian Resor Contoh.")

    assert "kepolisian" in [r.key for r in police]
    assert "kepolisian" not in [r.key for r in laws.resting_on(TODAY, "", called_on="Bupati Contoh")]


def test_an_article_of_a_law_that_only_changes_another_is_cited_as_that_law_s() -> None:
    laws = shipped_laws()
    child = "Pasal 54 ayat (1) Undang-Undang Nomor 23 Tahun 2002 sebagaimana telah diubah dengan"

    alone = laws.spelled("Pasal 54 ayat (1) Undang-Undang Nomor 35 Tahun 2014", TODAY)

    assert alone == f"{child} Undang-Undang Nomor 35 Tahun 2014"
    assert laws.spelled(alone, TODAY) == alone
    omnibus = "Pasal 185 Undang-Undang Nomor 6 Tahun 2023"
    assert laws.spelled(omnibus, TODAY) == omnibus, "it changed many laws"


def test_a_law_that_is_named_with_its_title_is_cited_with_its_last_change() -> None:
    labour = "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan"

    cited = shipped_laws().in_full(labour, TODAY)

    assert cited.startswith(f"{labour} sebagaimana telah diubah dengan Undang-Undang Nomor 6 Tahun 2023 tentang")
    assert "Cipta Kerja" in cited
    assert shipped_laws().in_full("Peraturan Daerah Nomor 1", TODAY) == "Peraturan Daerah Nomor 1"


def test_a_class_of_respondents_that_the_register_has_not_is_refused() -> None:
    odd = PLAIN.replace('layanan = "pengatur"\n', 'layanan = "pengatur"\nterlapor = ["polisi"]\n', 1)

    with pytest.raises(TemplateFault, match="terlapor 'polisi' tidak ada di register"):
        laws_of(odd, classes=register_words().classes)


def test_an_article_of_a_covenant_is_not_cited_as_the_articles_of_the_act_that_ratified_it() -> None:
    cited = shipped_laws().cite(Citation("hak-sipil-politik", "Pasal 6"), TODAY)

    assert cited.startswith("Pasal 6 Kovenan Internasional tentang Hak-Hak Sipil dan Politik yang disahkan dengan")
    assert shipped_laws().regulation(RIGHTS_LAW, TODAY) is not None


def test_a_letter_cites_what_is_in_force_on_its_day() -> None:
    first = PLAIN.replace('layanan = "pengatur"', 'layanan = "pengatur"\nsampai = 2027-01-31')
    second = 'kunci = "layanan"\nnama = "Peraturan Contoh Nomor 2"\nlayanan = "pengatur"\nsejak = 2027-02-01'
    followed = f"{first}\n[[peraturan]]\n{second}\n"

    laws = laws_of(followed)

    names = [r.name for day in (date(2027, 1, 31), date(2027, 2, 1)) if (r := laws.governing(day))]
    assert names == ["Peraturan Contoh Nomor 1", "Peraturan Contoh Nomor 2"]
    assert laws.cite(Citation("layanan", "Pasal 2"), date(2027, 2, 1)) == "Pasal 2 Peraturan Contoh Nomor 2"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kunci = "layanan"\n', "", "baris 1 ([[peraturan]]): `kunci` tidak ada"),
        ('pasal = "Pasal 9"', "pasal = 9", "baris 11 ([[hak]]): `pasal` = 9 salah jenis"),
        ('pasal = "Pasal 9"', 'pasal = " "', "baris 11 ([[hak]]): `pasal` kosong"),
        (
            'kata = "hidup"',
            'kata = "hidup"\npasa = "x"',
            "baris 11 ([[hak]]): `pasa` tidak dikenal. Maksudnya `pasal`?",
        ),
        ("layanan | Pasal 2", "lain | Pasal 2", "baris 11 ([[hak]]): peraturan 'lain' tidak ada"),
        ('"pengatur"', '"penguatur"', "baris 1 ([[peraturan]]): layanan = 'penguatur' tidak dikenal"),
        ("[[hak]]", "[[haks]]", "`haks` tidak dikenal"),
        ("[[pelanggaran]]", "[[hak]]", "[[pelanggaran]] harus ada satu"),
        ('"Ada perbuatan"', "1", "baris 6 ([[pelanggaran]]): `unsur` harus daftar teks"),
        ("[[hak]]\n", "[[hak]\n", "tidak dapat dibaca: "),
    ],
)
def test_a_wrong_table_is_told_with_line_fact_and_remedy(before: str, after: str, said: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        laws_of(PLAIN.replace(before, after, 1))

    assert said in str(caught.value)
    assert caught.value.message.startswith("dasar-hukum.toml")
    assert caught.value.remedy


def test_two_regulations_cannot_govern_the_service_on_one_day() -> None:
    second = PLAIN + '\n[[peraturan]]\nkunci = "baru"\nnama = "Peraturan Contoh Nomor 2"\nlayanan = "pengatur"\n'

    first_ends = PLAIN.replace('layanan = "pengatur"', 'layanan = "pengatur"\nsampai = 2027-01-31')
    that_day = f"{second.replace(PLAIN, first_ends)}sejak = 2027-01-31\n"

    for text in (second, that_day):
        with pytest.raises(TemplateFault, match="berlaku pada hari yang sama dengan Peraturan Contoh Nomor 1"):
            laws_of(text)


def test_a_right_that_is_left_out_is_named() -> None:
    with pytest.raises(TemplateFault, match="hak rasa aman tidak ada"):
        laws_of(PLAIN, rights=("hidup", "rasa aman"))


def test_the_offices_own_table_is_used_as_soon_as_it_is_there_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "dasar-hukum.toml"
    laws = OwnFile(path, laws_of, shipped_laws)

    assert laws() is shipped_laws()
    path.write_text("rusak", encoding="utf-8")
    with pytest.raises(TemplateFault):
        laws()
    path.write_text(PLAIN, encoding="utf-8")
    assert [right.word for right in laws().rights] == ["hidup"]
