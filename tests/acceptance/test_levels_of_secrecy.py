"""The four levels of secrecy, each with its effect, by every way in; sangat rahasia is for named people alone."""

from __future__ import annotations

import json

import pytest
from life_office import CONFIRMED, FIELD, FIRST, HEAD, MORNING, SUB, TEAM
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.secrecy_level import level_now, named_readers
from pipeline.cli import main
from pipeline.errors import Incomplete, NotAllowed
from pipeline.mail.owed import Situation
from pipeline.register.complainant_status import standing_of
from pipeline.register.row import Row

CASE = f"/kasus/{FIRST}"
NAME, MATTER = "Siti Rekaan", "Bintang jatuh"
TOP = {"sifat": "sangat rahasia", "dibuka_bagi": ["dewi"], "alasan": "Menyangkut pejabat"}


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.clock.at = MORNING
    made.office.drop("surat.pdf", b"Pengaduan")
    made.office.run_once()
    made.office.decide(FIRST, "konfirmasi", TEAM, {**CONFIRMED, "perihal": MATTER})
    made.account("dewi", "kasubbid")
    return made


def marked(desk: WebDesk, **answers: object) -> Row:
    """Have the head mark the case, and return its row."""
    case = desk.office.decide(FIRST, "tetapkan-sifat", HEAD, answers)
    desk.office.root.index.refresh()
    return desk.office.root.book.row_of(case)


def test_of_a_case_that_is_biasa_everybody_who_reads_cases_sees_names_and_of_one_that_is_terbatas_initials(desk):
    kadiv, archivist = desk.browser("kadiv"), desk.browser("arsiparis")
    usual = kadiv.get("/register").text
    assert (NAME in usual, NAME in archivist.get("/register").text) == (False, True)

    marked(desk, sifat="biasa", alasan="Diminta pelapor")

    assert NAME in kadiv.get("/register").text


def test_terbatas_never_hides_a_case_from_the_archivist(desk):
    marked(desk, sifat="terbatas", alasan="x")
    desk.asks_reasons()

    page = desk.browser("arsiparis").get(CASE)

    assert (page.status_code, NAME in page.text) == (200, True)


def test_sangat_rahasia_is_open_to_the_head_and_to_named_people_alone(desk):
    row = marked(desk, **TOP)

    assert (row.top_secret, row.pelapor, row.perihal, row.opened_to) == (True, (), None, ("dewi",))
    opened = {who: desk.browser(who).get(CASE).status_code for who in (TEAM, SUB, FIELD, "arsiparis", HEAD)}
    assert opened == {TEAM: 403, SUB: 403, FIELD: 403, "arsiparis": 403, HEAD: 200}
    dewi = desk.come_in("dewi").get(CASE)
    assert (dewi.status_code, NAME in dewi.text, "sangat rahasia" in dewi.text) == (200, True, True)
    assert desk.browser(TEAM).get(f"/api{CASE}").status_code == 403
    assert desk.come_in("dewi").get(f"/api{CASE}").json()["number"] == str(FIRST)


def test_no_list_search_export_or_label_tells_of_it_not_even_to_those_who_may_open_it(desk, tmp_path, capsys):
    marked(desk, **TOP)
    lists = ("/register", "/arsip?q=bintang", "/arsip?q=Siti", "/", "/surat", "/register/buku.csv")
    told = [browser.get(page).text for browser in (desk.browser(HEAD), desk.come_in("dewi")) for page in lists]
    told += [desk.browser(HEAD).get(f"/api/{path}").text for path in ("register", "cari?q=bintang", "tenggat")]
    root = ["--root", str(desk.office.root.layout.root)]
    for command in (["register", "--json"], ["register", "--csv"], ["cari", "bintang"], ["surat", "--semua"], ["due"]):
        main([*root, *command])
        told.append(capsys.readouterr().out)

    assert not [text for text in told if NAME in text or MATTER in text]
    assert "0001/YANKOMAS/2026" in told[0], "that the number was given stays in the book"
    files = (f"/arsip/{FIRST}/berkas.pdf", f"/arsip/{FIRST}/bag.zip")
    assert [desk.browser(HEAD).get(path).status_code for path in files] == [403, 403]
    assert main([*root, "berkas", "1/2026", "--zip", "-o", str(tmp_path / "x.zip"), "--alasan", "x"]) == 11
    assert not (tmp_path / "x.zip").exists()
    assert desk.browser(HEAD).get(f"{CASE}/salin").status_code == 403


@pytest.mark.in_folders
def test_what_stood_in_the_index_of_it_is_in_no_file_any_more(desk):
    word, layout = "qzxvortal", desk.office.root.layout
    desk.office.decide(FIRST, "koreksi", TEAM, {"perihal": f"Upah {word}", "alasan": "x"})
    desk.office.root.index.refresh()
    desk.office.root.book.refresh()

    def files() -> set[str]:
        """The files of the archive beside the case itself that have the word's beginning somewhere in their bytes."""
        there = (p for p in layout.archive.rglob("*") if p.is_file() and layout.case(FIRST) not in p.parents)
        return {p.name for p in there if word[:7].encode() in p.read_bytes()}

    assert {name for name in files() if name.startswith("pencarian")}

    marked(desk, **TOP)
    desk.office.root.book.refresh()

    assert files() == set()


def test_mails_figures_and_the_status_page_tell_nothing_of_it(desk):
    row = marked(desk, **TOP)
    office = desk.office
    now = Situation(
        (),
        (row,),
        {sop.key: sop for sop in office.root.editions},
        MORNING,
        office.root.calendar,
        office.root.office_roles,
    )
    assert (now.waiting(frozenset({HEAD})).total, now.urgent, now.near, now.overdue) == (0, [], [], [])

    code = office.root.case(FIRST).received.status_code
    said = standing_of(code, office.root.status_codes, office.root.cabinet.case, office.root.sop_of)
    assert (said.stages, said.ended) == (("Pengaduan diterima",), False)

    page = desk.browser("arsiparis").get("/ringkasan").text
    assert "Perkara rahasia yang tidak terbuka" in page


def test_only_who_marks_cases_so_lets_them_out_of_it_and_gives_a_reason(desk):
    office = desk.office
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        office.decide(FIRST, "tetapkan-sifat", TEAM, TOP)
    with pytest.raises(Incomplete):
        office.decide(FIRST, "tetapkan-sifat", HEAD, {"sifat": "sangat rahasia"})
    with pytest.raises(Incomplete):
        office.decide(FIRST, "koreksi", TEAM, {"sifat": "sangat rahasia", "alasan": "x"})
    marked(desk, **TOP)

    for lower in ("rahasia", "biasa", ""):
        with pytest.raises(NotAllowed, match="sangat rahasia tidak ditetapkan atau diturunkan"):
            office.decide(FIRST, "koreksi", TEAM, {"sifat": lower, "alasan": "x"})
    office.decide(FIRST, "koreksi", TEAM, {"perihal": "Lain", "sifat": "sangat rahasia", "alasan": "x"})

    row = marked(desk, sifat="terbatas", alasan="Sudah diumumkan")
    assert (row.sifat, row.perihal, row.pelapor) == ("terbatas", "Lain", (NAME,))
    assert "Sudah diumumkan" in json.dumps([line.data for line in office.root.case(FIRST).entries])


def test_what_is_tied_to_it_is_as_secret(desk):
    office, second = desk.office, CaseNumber(2026, 2)
    office.drop("lain.pdf", b"Pengaduan yang lain")
    office.run_once()
    office.decide(second, "konfirmasi", TEAM, {**CONFIRMED, "perihal": "Lain"})
    office.decide(second, "gabung", FIELD, {"perkara_induk": str(FIRST), "alasan": "Sama"})

    row = marked(desk, **TOP)

    other = office.root.book.row_of(office.root.case(second))
    assert (row.top_secret, other.top_secret, other.pelapor) == (True, True, ())
    assert level_now(office.root.case(second), office.root.cabinet.case) == "sangat rahasia"
    assert named_readers(office.root.case(FIRST)) == ("dewi",)


def test_a_paper_of_it_says_how_secret_it_is(desk):
    marked(desk, **TOP)
    office = desk.office
    office.decide(FIRST, "sampaikan", TEAM)
    case = office.root.case(FIRST)

    values = office.root.case_values.of(case, office.root.sop_of(case), "03-lembar-disposisi", MORNING.date())

    assert (values["sifat"], values["tanda_rahasia"]) == ("Sangat rahasia", "SANGAT RAHASIA")


def test_a_number_that_nobody_has_is_told_from_a_secret_one_by_nothing_but_the_book(desk):
    marked(desk, **TOP)

    assert desk.browser(TEAM).get(f"/kasus/{CaseNumber(2026, 99)}").status_code == 404
