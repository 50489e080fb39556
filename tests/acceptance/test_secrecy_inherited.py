"""What is made from a secret case, or tied to one, is as secret, from its first moment and whatever comes after."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from life_office import CONFIRMED
from web_desk import WebDesk

from pipeline.access.secrecy import open_to
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import FROM, INTO, MERGED_INTO, SPLIT_FROM, SPLIT_OFF, Linked
from pipeline.cases.numbering import _check_number
from pipeline.cases.secrecy_level import stated
from pipeline.cases.splitting import PAGES
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete
from pipeline.search.query import Wanted, asked
from pipeline.storage import locks

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))
SCAN = b"PAGES\n- surat A 1\n- surat A 2\n- surat B bintang"
TEAM, KABID = "tim-yankomas", "kabid"
#: The roles that read open cases and have no part in these.
OTHERS = ("kadiv", "arsiparis")


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.clock.forward(days=7)  # to the edition of the SOP in which Kabid merges
    made.office.drop("surat.pdf", SCAN)
    made.office.run_once()
    return made


@pytest.fixture
def office(desk):
    return desk.office


def mark(office, number=FIRST, level="rahasia", **more):
    office.decide(number, "koreksi", TEAM, {"sifat": level, "alasan": "Menyangkut anak", **more})
    office.run_once()


def split(office, number=FIRST, pages="3", **more):
    office.decide(number, "pisahkan", TEAM, {"halaman": pages, **more})
    office.run_once()


def merge(office, number, into):
    office.decide(number, "gabung", KABID, {"perkara_induk": str(into), "alasan": "Pokoknya sama"})
    office.run_once()


def confirm(office, number, **more):
    office.decide(number, "konfirmasi", TEAM, {**CONFIRMED, **more})


def is_open(office, number, role="kadiv"):
    """Whether it is open: by the book, and found in the index by its number."""
    office.root.index.up_to_date()
    by_book = open_to({role}, office.root.rows.row(number))
    terms = asked([str(number)], office.root.pattern.read)
    found = office.root.index.search(Wanted(terms, roles=frozenset({role}))).hits
    assert [hit.number for hit in found] == [str(number)] * by_book
    return by_book


def test_pages_of_a_secret_case_become_a_secret_case(office):
    mark(office)

    split(office)

    part = office.root.cabinet.case(SECOND)
    assert part.received.register["sifat"] == "rahasia"
    assert not is_open(office, SECOND)


def test_the_first_line_of_the_part_says_so(office):
    mark(office)

    office.decide(FIRST, "pisahkan", TEAM, {"halaman": "3"})  # nobody has tended the part

    assert [entry.kind for entry in office.root.cabinet.case(SECOND).entries] == ["diterima"]
    assert not is_open(office, SECOND)


def test_sheets_of_a_case_that_is_secret_by_what_it_is_tied_to_say_so(office):
    split(office)
    mark(office)

    confirm(office, SECOND, sifat="terbatas")

    newest = office.root.cabinet.case(SECOND).drafts["03-lembar-disposisi"].documents[0].name
    said = json.loads(office.file(SECOND, newest))
    assert (said["kotak_rahasia"], said["kotak_terbatas"]) == ("☒", "☐")


@pytest.mark.parametrize("level", ["biasa", "terbatas"])
def test_other_levels_go_with_the_pages_too(office, level):
    mark(office, level=level)

    split(office)

    assert office.root.cabinet.case(SECOND).received.register["sifat"] == level


def test_an_attachment_of_a_secret_case_becomes_a_secret_case(office):
    mark(office)
    (office.root.layout.inbox / "2026-0001").mkdir()
    office.drop("2026-0001/salah.pdf", b"Surat yang salah masuk")
    office.run_once()

    split(office, pages="1", berkas="02-lampiran.pdf")

    assert not is_open(office, SECOND)


def test_a_case_that_becomes_secret_takes_the_parts_made_before_with_it_at_once(office):
    split(office)
    before = is_open(office, SECOND)

    office.decide(FIRST, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Menyangkut anak"})

    assert (before, is_open(office, SECOND), is_open(office, FIRST)) == (True, False, False)


def test_a_part_that_becomes_secret_takes_the_scan_with_it_that_its_pages_lie_in(office):
    split(office)

    mark(office, SECOND)

    assert not is_open(office, FIRST)


def test_a_part_that_an_older_version_split_off_without_a_level_is_secret(office):
    split(office)
    mark(office)
    journal = office.root.cabinet.case(SECOND)

    assert "sifat" not in journal.register
    assert not is_open(office, SECOND)


def test_parts_of_parts_are_secret(office):
    office.drop("empat.pdf", b"PAGES\n- a\n- b\n- c\n- d")
    office.run_once()
    split(office, SECOND, "2-4")
    split(office, THIRD, "2")

    mark(office, SECOND)

    assert [is_open(office, CaseNumber(2026, n)) for n in (2, 3, 4)] == [False, False, False]


@pytest.mark.parametrize("secret", [FIRST, SECOND])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_open_case_and_a_secret_one_merged_are_secret_both(office, secret, when):
    office.drop("dua.pdf", b"Surat kedua")
    office.run_once()
    if when == "before":
        mark(office, secret)

    merge(office, SECOND, FIRST)
    if when == "after":
        office.decide(SECOND, "buka-kembali", KABID, {"alasan": "Perlu"})
        mark(office, secret)

    assert [is_open(office, number) for number in (FIRST, SECOND)] == [False, False]


def test_whatever_an_sop_lets_be_made_from_a_case_is_known_to_how_secret_cases_are():
    """A new question that names another case, or pages of this one, has to be thought of in ``neighbours``."""
    naming = {
        (move.key, field.name)
        for sop in editions()
        for move in sop.moves
        for field in move.form
        if field.kind in ("perkara", "halaman")
    }

    assert naming == {("gabung", MERGED_INTO), ("lampirkan", MERGED_INTO), ("pisahkan", PAGES)}


@pytest.mark.parametrize("how", sorted({INTO, FROM, SPLIT_FROM, SPLIT_OFF}))
def test_every_way_in_which_cases_are_tied_makes_them_as_secret(office, how):
    office.drop("dua.pdf", b"Surat kedua")
    office.run_once()
    with office.root.cabinet.held(SECOND) as folder:
        folder.append(Linked(str(FIRST), how), {}, by="sistem", at=office.clock.now())

    mark(office)
    office.root.book.rebuild()

    assert not open_to({"kadiv"}, office.root.rows.row(SECOND))


def test_an_index_that_lies_behind_shows_nothing_of_a_case_that_has_become_secret(desk, office):
    office.decide(FIRST, "koreksi", TEAM, {"perihal": "Bintang jatuh", "alasan": "Salah baca"})
    kadiv, others = desk.browser("kadiv"), desk.browser("arsiparis")
    pages = [(kadiv, "/register"), (kadiv, "/arsip?q=bintang"), (others, "/register/buku.csv")]
    before = [browser.get(page).text for browser, page in pages]

    office.decide(FIRST, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Menyangkut anak"})
    with locks.held(office.root.layout.locks / "indeks"):  # somebody is making it anew
        after = [browser.get(page).text for browser, page in pages]

    shown = "Bintang jatuh"
    assert [shown in text for text in before] == [True, True, True]
    assert [shown in text for text in after] == [False, False, False]


def test_views_made_anew_say_the_same(office):
    split(office)
    mark(office)

    office.root.book.rebuild()
    office.root.index.rebuild()

    assert not is_open(office, SECOND)
    assert [f for f in office.root.verify(lambda _done, _all: None) if "0002" in str(f)] == []


@pytest.mark.in_folders
def test_a_tied_case_that_cannot_be_read_keeps_what_is_tied_to_it_closed(office):
    split(office)
    shutil.move(office.root.layout.case(FIRST), office.root.layout.archive.parent / "dibawa")

    office.root.book.rebuild()

    assert not open_to({"kadiv"}, office.root.rows.row(SECOND))


def test_a_case_is_let_out_by_a_person_with_a_reason_and_it_alone(office):
    mark(office)
    split(office)
    office.clock.forward(hours=1)

    mark(office, SECOND, "terbatas", alasan="Surat lain, tidak menyangkut anak")

    assert (is_open(office, SECOND), is_open(office, FIRST)) == (True, False)


def test_what_was_let_out_is_secret_again_when_its_origin_becomes_so_again(office):
    mark(office)
    split(office)
    for number in (SECOND, FIRST):
        office.clock.forward(hours=1)
        mark(office, number, "terbatas")
    office.clock.forward(hours=1)

    mark(office)

    assert not is_open(office, SECOND)


def test_a_secret_case_does_not_cease_to_be_one_without_a_reason(office):
    mark(office)
    split(office)

    with pytest.raises(Incomplete, match="hanya diturunkan dengan alasan") as refused:
        confirm(office, SECOND, sifat="terbatas")

    assert "sifat" in refused.value.fields
    assert stated(office.root.cabinet.case(SECOND)).secret


def test_confirming_a_part_without_saying_how_secret_it_is_leaves_it_secret(office):
    split(office)
    mark(office)

    confirm(office, SECOND, sifat="terbatas")

    assert not is_open(office, SECOND)


def test_the_form_knows_that_a_case_is_secret_by_what_it_is_tied_to(desk, office):
    office.decide(FIRST, "koreksi", TEAM, {"sifat": "terbatas", "alasan": "x"})
    split(office)
    mark(office)
    office.clock.forward(hours=1)
    team, path = desk.browser(TEAM), "/kasus/2026/0002/gerak/koreksi"
    chosen = re.findall(r'name="i\.sifat" value="(\w+)" checked', team.get(path).text)

    answer = team.post_form(path, {"i.sifat": "terbatas", "i.alasan": "Surat lain"})

    assert chosen == ["rahasia"]
    assert answer.status_code == 303
    assert is_open(office, SECOND)


def test_who_may_not_see_the_secret_case_sees_no_link_to_it(desk, office):
    mark(office)
    split(office)
    office.clock.forward(hours=1)
    mark(office, SECOND, "terbatas")

    for role in OTHERS:
        browser = desk.browser(role)
        for page in ("/kasus/2026/0002", "/api/kasus/2026/0002", "/arsip/2026/0002"):
            answer = browser.get(page)

            assert answer.status_code == 200, (role, page)
            assert "2026/0001" not in answer.text, (role, page)
            assert "0001/YANKOMAS/2026" not in answer.text, (role, page)
    assert "2026/0001" in desk.browser(TEAM).get("/kasus/2026/0002").text
    bag = desk.browser("arsiparis").get("/arsip/2026/0002/bag.zip")
    assert (bag.status_code, "menyebut perkara lain" in bag.text) == (403, True)


def test_who_opened_a_secret_case_may_read_it(desk, office):
    told = {"perihal": "Bintang", "terlapor": "Instansi", "uraian": "Dari koran", "sifat": "rahasia"}
    number = office.open("berita", told, "kasubbid")

    said = {role: desk.browser(role).get(f"/kasus/{number}").status_code for role in ("kasubbid", "kabid")}
    assert said == {"kasubbid": 200, "kabid": 403}


def test_who_may_not_see_the_parent_learns_nothing_of_it_by_merging_into_it(desk, office):
    office.drop("dua.pdf", b"Surat kedua")
    office.run_once()
    mark(office)
    kabid = desk.browser(KABID)

    answer = kabid.post_form("/kasus/2026/0002/gerak/gabung", {"i.perkara_induk": "2026/0001", "i.alasan": "Sama"})

    assert answer.status_code == 422
    assert "bersifat rahasia" in answer.text
    assert office.root.cabinet.case(SECOND).made == ()


def test_who_tries_numbers_of_letters_learns_nothing_of_a_secret_case(office):
    mark(office)
    confirm(office, FIRST)

    said = []
    for level in ("rahasia", "terbatas"):
        mark(office, level=level)
        with pytest.raises(Incomplete) as fault:
            _check_number("W.8-1", lambda _typed: FIRST, office.decide_parts)
        said.append(fault.value.message)

    assert said == ["Nomor W.8-1 sudah dipakai surat lain.", "Nomor W.8-1 sudah dipakai surat perkara 2026/0001."]


def test_bytes_that_were_a_case_before_they_were_split_off_a_secret_one_are_tied_to_it(office):
    mark(office)
    office.drop("kembar.pdf", b"PAGES\n- surat B bintang")
    office.run_once()

    split(office)

    twin = office.root.cabinet.case(SECOND)
    assert [(link.other, link.how) for link in twin.links] == [("2026/0001", "asal")]
    assert not is_open(office, SECOND)
