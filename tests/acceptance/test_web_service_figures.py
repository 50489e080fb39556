"""Another service at the desk, whole: opened by hand, counted, its book printed, its year closed; for its people."""

from __future__ import annotations

import io

import openpyxl
import pytest
from other_services import BOOKED, CLERK, EDITION, LAYANAN, OPENING, UNIT, ServiceOffice, write_service
from pypdf import PdfReader
from web_desk import WebDesk

from pipeline.cli import main
from pipeline.errors import NotAllowed, NotFound

FORM = {f"i.{name}": value for name, value in BOOKED.items()}
WAY, ROOM, KEEPER = "/buka/surat-masuk.tanpa-pindaian", "/buka/ruang-rapat.lisan", "ruang-rapat.penjaga"
ORAL = {"perihal": "Sengketa rekaan", "pelapor": "Siti Rekaan", "terlapor": "X", "uraian": "y"}


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor", ServiceOffice)
    desk.office.take("surat-masuk")
    write_service(desk.office.root.layout.root, layanan=LAYANAN, edition=EDITION + OPENING)
    desk.office.take("ruang-rapat")
    yield desk
    desk.app.state.desk.close()


def calls(desk, role):
    key = desk.people.tokens.make(f"program {role}", role, desk.clock.now().date(), "admin", desk.clock.now())
    return desk.stranger(), {"Authorization": f"Bearer {key}"}


def test_each_clerk_opens_cases_of_the_own_service_by_hand(desk):
    clerk, team, keeper = (desk.browser(role) for role in (CLERK, "tim-yankomas", KEEPER))

    assert [WAY in page.get("/buka").text for page in (clerk, team, keeper)] == [True, False, False]
    assert ["/buka/lisan" in page.get("/buka").text for page in (clerk, team, keeper)] == [False, True, False]
    missing = clerk.post_form(WAY, {**FORM, "i.perihal": ""})
    opened = [clerk.post_form(WAY, FORM), clerk.post_form(WAY, FORM), keeper.post_form(ROOM, {"i.peminta": "Unit"})]

    assert missing.status_code == 422
    places = ["/kasus/2026~SM/0001", "/kasus/2026~SM/0001", "/kasus/2026~RR/0001"]
    assert [answer.headers["location"] for answer in opened] == places
    for page, path in ((team, WAY), (clerk, "/buka/lisan"), (clerk, ROOM), (clerk, "/buka/surat-masuk.lisan")):
        assert page.get(path).status_code == 404
    desk.office.run_once()
    case = clerk.get("/kasus/2026~SM/0001").text
    assert "Undangan rapat" in case
    assert "Catatan petugas" in case
    assert "Surat yang diterima" not in case, "nothing but a note was received"
    assert "<img" not in case.partition("<main")[2]
    assert [str(number) for number in desk.office.root.cabinet.numbers()] == ["2026~RR/0001", "2026~SM/0001"]


def test_a_program_opens_cases_and_is_told_figures_of_its_service_alone(desk):
    api, head = calls(desk, CLERK)

    made = api.post("/api/kasus", json={"cara": "surat-masuk.tanpa-pindaian", "isian": BOOKED}, headers=head)
    others = [
        api.post("/api/kasus", json={"cara": way, "isian": {"peminta": "x"}}, headers=head).status_code
        for way in ("ruang-rapat.lisan", "lisan", "tak-ada.lisan")
    ]
    told = api.get("/api/ringkasan?tahun=2026", headers=head).json()
    report = api.get("/api/ringkasan/laporan?jenis=xlsx&tahun=2026", headers=head)

    assert (made.status_code, made.json()["register_number"]) == (201, "AGENDA-0001/2026")
    assert others == [403, 403, 404]
    assert (told["layanan"], told["flow"]["received"]) == ("surat-masuk", 1)
    assert "laporan-surat-masuk-2026.xlsx" in report.headers["content-disposition"]
    for path in ("ringkasan?", "ringkasan/laporan?jenis=xlsx&"):
        for service in ("yankomas", "ruang-rapat", "tak-ada"):
            assert api.get(f"/api/{path}layanan={service}", headers=head).status_code == 403
    for service, status in (("", 200), ("surat-masuk", 200), ("yankomas", 403)):
        assert api.get(f"/api/register?layanan={service}", headers=head).status_code == status
    desk.office.open("lisan", ORAL)
    assert api.get("/api/register", headers=head).json()["total"] == 1
    api, head = calls(desk, "kabid")
    assert [row["number"] for row in api.get("/api/register", headers=head).json()["rows"]] == ["2026/0001"]
    assert api.get("/api/ringkasan?layanan=surat-masuk", headers=head).status_code == 403
    assert api.get("/api/ringkasan", headers=head).json()["layanan"] == "yankomas"


def test_figures_are_shown_to_who_reads_the_service_and_small_ones_to_who_works_there(desk):
    desk.office.open("lisan", ORAL)
    desk.office.open("surat-masuk.tanpa-pindaian", BOOKED, CLERK)
    clerk, team, head = (desk.browser(role) for role in (CLERK, "tim-yankomas", "kakanwil"))
    query = "/ringkasan?tahun=2026&layanan="

    mine = clerk.get("/ringkasan?tahun=2026").text
    assert "Ringkasan Surat masuk, Tahun 2026" in mine
    assert "Jenis surat" in mine
    assert "Terlapor" not in mine
    assert "pelapor" not in mine
    assert "/kepuasan" not in mine
    behind = clerk.get("/ringkasan/daftar?tahun=2026&menurut=jenis_surat&baris=undangan").text
    assert "AGENDA-0001/2026" in behind
    assert "YANKOMAS/2026" not in behind
    for page, service in ((clerk, "yankomas"), (clerk, "ruang-rapat"), (team, "surat-masuk")):
        for path in ("", "/daftar", "/laporan"):
            address = f"/ringkasan{path}?tahun=2026&jenis=xlsx&layanan={service}"
            assert page.get(address).status_code == 403, address
    assert clerk.get("/kepuasan").status_code == 403
    assert team.get("/kepuasan").status_code == 200
    assert "Ringkasan Tahun 2026" in head.get(query + "yankomas").text
    assert "Ringkasan Surat masuk, Tahun 2026" in head.get(query + "surat-masuk").text
    desk.clock.at = desk.clock.at.replace(year=2027, month=1, day=4)
    archivist = desk.browser("arsiparis")
    rare = archivist.get(query + "surat-masuk").text
    assert "Tanda * menggantikan angka kecil" in rare
    assert "*" in rare
    assert archivist.get("/ringkasan/daftar?tahun=2026&menurut=masuk&layanan=surat-masuk").status_code == 403
    book = openpyxl.load_workbook(
        io.BytesIO(desk.browser(UNIT).get("/ringkasan/laporan?tahun=2026&jenis=xlsx").content)
    )
    assert ("Jenis surat", "undangan", 1, 0) in [tuple(c.value for c in row) for row in book["Rincian"].iter_rows()]


def test_who_keeps_a_services_book_takes_it_printed(desk):
    desk.office.open("lisan", ORAL)
    desk.office.open("surat-masuk.tanpa-pindaian", BOOKED, CLERK)
    clerk, unit, team = (desk.browser(role) for role in (CLERK, UNIT, "tim-yankomas"))
    path = "/register/buku.pdf?tahun=2026&layanan=surat-masuk"

    made = clerk.get(path)

    assert len(PdfReader(io.BytesIO(made.content)).pages) == 1
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    assert "register-surat-masuk-2026.pdf" in made.headers["content-disposition"]
    assert "BUKU REGISTER PENGELOLAAN SURAT" in text
    assert "AGENDA-0001/2026" in text
    assert "YANKOMAS/2026" not in text
    assert f"Asal surat (pengirim dan instansinya): {BOOKED['asal_surat']}" in " ".join(text.split())
    assert "Paraf Petugas agenda" in text
    assert "buku tercetak" in clerk.get("/register").text
    assert "buku tercetak" not in unit.get("/register").text
    assert [page.get(path).status_code for page in (unit, team)] == [403, 403]
    for page, other in ((clerk, "yankomas"), (clerk, "ruang-rapat"), (team, "surat-masuk")):
        shown = [page.get(f"/register{path}?layanan={other}").status_code for path in ("", "/buku.csv")]
        assert (shown, f'value="{other}"' in page.get("/register").text) == ([403, 403], False)
    assert clerk.post_form("/register/serah", {"sistem": "simasham"}, page="/register").status_code == 403


def test_the_archivist_closes_a_services_year_and_others_see_nothing_of_it(desk):
    desk.office.open("lisan", ORAL)
    desk.office.open("surat-masuk.tanpa-pindaian", BOOKED, CLERK)
    desk.clock.at = desk.clock.at.replace(year=2027, month=1, day=4)
    archivist, field = desk.browser("arsiparis"), desk.browser("kabid")
    path = "/tutup-tahun?layanan=surat-masuk"

    made = archivist.post_form(path, {"tahun": "2026", "yakin": "ya"})

    assert made.headers["location"] == path
    assert BOOKED["perihal"] in archivist.get(path).text
    assert BOOKED["perihal"] not in archivist.get("/tutup-tahun").text
    assert '<option value="2026"' in archivist.get("/tutup-tahun").text
    sheet = "/tutup-tahun/2026/lembar.pdf"
    assert archivist.get(sheet).status_code == 404
    assert (
        "penutupan-register-surat-masuk-2026.pdf"
        in archivist.get(f"{sheet}?layanan=surat-masuk").headers["content-disposition"]
    )
    assert [field.get(p).status_code for p in (path, f"{sheet}?layanan=surat-masuk", "/tutup-tahun")] == [403, 403, 200]
    assert "Register 2026 ditutup" not in field.get("/tutup-tahun").text


def test_the_commands_speak_of_a_service_that_is_named(desk, tmp_path, capsys):
    here = ["--root", str(desk.office.root.layout.root)]
    told = [part for name, value in BOOKED.items() for part in ("--set", f"{name}={value}")]
    opening = [*here, "buka", "--cara", "surat-masuk.tanpa-pindaian", *told]

    assert main(opening) == NotAllowed.exit_code
    assert "surat-masuk.agendaris" in capsys.readouterr().err
    assert main([*opening, "--as", CLERK]) == 0
    assert main([*here, "buka", "--cara", "tak-ada.lisan", "--set", "x=y"]) == NotFound.exit_code
    out = tmp_path / "laporan.xlsx"
    assert main([*here, "laporan", "--layanan", "surat-masuk", "-o", str(out)]) == 0
    assert main([*here, "ringkasan", "--layanan", "surat-masuk"]) == 0
    assert "Jenis surat" in capsys.readouterr().out
    assert "Jenis surat" in [row[0].value for row in openpyxl.load_workbook(out)["Rincian"].iter_rows()]
    assert main([*here, "ringkasan", "--layanan", "tak-ada"]) == NotFound.exit_code
