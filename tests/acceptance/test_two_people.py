"""Two people must draft and sign a letter: what the desk shows, and what page, API and command say to one person."""

from __future__ import annotations

import pytest
from life_office import DRAFTED, FIRST, HEAD, RECOMMENDATION, SUB, LifeOffice
from web_desk import WebDesk

from pipeline.cases.actor import Actor
from pipeline.cases.decide import decide
from pipeline.cli import main
from pipeline.cli.inputs import system_account
from pipeline.desk.app import create_app

CASE = f"/kasus/{FIRST}"
WHY = "menyusun surat dan menandatanganinya harus oleh dua orang"


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.life = LifeOffice(made.office)
    made.clock = made.office.clock
    made.app.state.desk.clock = made.clock
    return made


def waiting_for_signature(desk: WebDesk, composer: Actor) -> None:
    desk.life.decided("rekomendasi")
    decide(FIRST, "susun-rekomendasi", DRAFTED, by=composer, parts=desk.office.decide_parts)
    desk.office.run_once()
    desk.life.numbered(RECOMMENDATION)


def test_one_person_in_two_roles_is_not_offered_the_signature_and_refused_it_by_page_and_api(desk):
    desk.account("dewi", SUB, HEAD)
    waiting_for_signature(desk, Actor(SUB, "dewi", "dewi", "Dewi"))
    dewi, page = desk.come_in("dewi"), f"{CASE}/surat/{RECOMMENDATION}"

    shown, letter = dewi.get(CASE).text, dewi.get(page).text
    assert (WHY in shown, WHY in letter) == (True, True)
    assert "gerak/tandatangani-naskah" not in letter
    assert dewi.get(f"{CASE}/gerak/tandatangani-naskah?naskah={RECOMMENDATION}").status_code == 403
    sent = {"i.naskah": RECOMMENDATION, "sebagai": HEAD}
    files = {"berkas": ("pindaian.pdf", b"bertanda tangan")}
    assert dewi.post_form(f"{CASE}/gerak/tandatangani-naskah", sent, page=CASE, files=files).status_code == 403
    assert RECOMMENDATION not in desk.life.case.signed

    other = desk.browser(HEAD).get(page).text
    assert (WHY in other, "gerak/tandatangani-naskah" in other) == (False, True)


def test_the_terminal_under_ones_account_is_that_person_too(desk, tmp_path, capsys):
    waiting_for_signature(desk, Actor(SUB, system_account()))
    scan = tmp_path / "pindaian.pdf"
    scan.write_bytes(b"bertanda tangan")
    root = ["--root", str(desk.office.root.layout.root)]

    signing = [
        "do",
        "1/2026",
        "tandatangani-naskah",
        "--as",
        HEAD,
        "--set",
        f"naskah={RECOMMENDATION}",
        "--file",
        str(scan),
    ]
    code = main([*root, *signing])

    assert code == 11
    assert WHY in capsys.readouterr().err


def test_keutuhan_names_the_exception_of_a_small_office(desk):
    settings = desk.office.root.layout.settings
    rows = '\n[[rangkap]]\npasangan = "susun-tanda-tangan"\nalasan = "Jabatan lowong"\n'
    settings.write_text(settings.read_text() + rows)
    desk.app = create_app(desk.office.root, people=desk.people, clock=desk.clock)

    assert "Jabatan lowong" in desk.browser("arsiparis").get("/keutuhan").text
