"""A clerk hands out a copy of a complaint without who complains: at the desk, and in the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from fakes import FixedClock
from pypdf import PdfReader
from scan_samples import blank_pdf, digital_pdf
from test_api import Program, problem
from web_desk import CONFIRMED, WebDesk

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.redacted import REDACTED_COPY
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.redaction.redact import Wanted, look, redact
from pipeline.wiring import Root

FIRST = CaseNumber(2026, 1)
CASE = "/kasus/2026/0001"
ASKED = {"alasan": "Bahan jawaban instansi", "penerima": "Kantor Contoh"}
TEAM = "tim-yankomas"
BY_WORD = Wanted(words=["Siti"], reason="Bahan", recipient="Instansi lain")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with a complaint of Siti Rekaan, confirmed, as 2026/0001."""
    desk = WebDesk(tmp_path_factory.mktemp("meja") / "kantor")
    lines = ("Yang mengadu Siti Rekaan", "tentang tanah di Desa Umpama", "Hormat kami, Ibu Siti")
    digital_pdf(desk.office.root.layout.inbox / "surat.pdf", lines)
    desk.office.run_once()
    desk.browser(TEAM).post_form(f"{CASE}/gerak/konfirmasi", CONFIRMED)
    desk.office.run_once()
    yield desk
    desk.app.state.desk.close()


def case_of(desk):
    return desk.office.root.cabinet.case(FIRST)


def parts_of(desk):
    served = desk.app.state.desk
    return served.root.redact_parts(lambda: served.redactor)


def chosen(page: str) -> dict[str, list[str]]:
    """The suggestions that are ticked on a page."""
    return {"tempat": re.findall(r'name="tempat" value="([^"]+)" checked', page)}


def test_a_clerk_confirms_what_is_suggested_and_the_copy_lies_in_the_case(desk):
    desk.account("rina", TEAM)  # what others typed stands in the forms of theirs
    team, path, before = desk.come_in("rina"), f"{CASE}/samarkan/01-surat.pdf", len(case_of(desk).redacted)
    copy = f"01-{REDACTED_COPY}-{before + 1}.pdf"
    asked = team.get(path).text

    answer = team.post_form(path, {**ASKED, **chosen(asked)})

    assert answer.headers["location"] == f"{CASE}/lihat/{copy}"
    made = case_of(desk).redacted[-1]
    assert (made.source, made.pages, made.recipient, made.login) == ("01-surat.pdf", 1, "Kantor Contoh", "rina")
    assert made.source_sha256 == case_of(desk).document("01-surat.pdf").sha256
    assert len(made.areas) == 2
    told = timeline(case_of(desk), desk.office.root.sop_of(case_of(desk)))[-1]
    assert told.title == "Salinan yang disamarkan dibuat"
    assert ("Alasan", ASKED["alasan"]) in told.words
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(desk.office.file(FIRST, copy))).pages)
    assert "Rekaan" not in text
    assert "Kantor Contoh" in text
    assert "untuk Kantor Contoh" in team.get(CASE).text
    assert copy in team.get(f"{CASE}/lihat/01-surat.pdf").text
    assert "01-surat.pdf" in team.get(f"{CASE}/lihat/{copy}").text
    assert desk.office.root.verify_case(FIRST) == []


def test_what_is_typed_is_shown_over_the_page_before_a_copy_is_made(desk):
    team, path, before = desk.browser(TEAM), f"{CASE}/samarkan/01-surat.pdf", case_of(desk)

    shown = team.post_form(path, {"tampilkan": "1", "daerah": "1: 10 50 20 5", "kata": "Desa Umpama"}).text

    assert 'x="100.0"' in shown
    assert shown.count('class="gambar ditutup"') == 2
    assert case_of(desk).head == before.head


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"alasan": "", "kata": "Umpama"}, "wajib diisi"),
        ({"alasan": "Diminta Ibu Siti Rekaan", "kata": "Umpama"}, "tercetak di setiap halaman"),
        ({}, "Belum ada yang disamarkan"),
        ({"kata": "Bukan Ini"}, "tidak ditemukan"),
        ({"daerah": "9: 1 1 1 1"}, "halaman 1 sampai 1"),
        ({"tempat": "1-0-99"}, "tidak ada pada berkas ini"),
    ],
)
def test_what_cannot_be_made_is_told_and_what_was_typed_stays(desk, typed, said):
    team, before = desk.browser(TEAM), case_of(desk)

    answer = team.post_form(f"{CASE}/samarkan/01-surat.pdf", {**ASKED, **typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert ASKED["penerima"] in answer.text
    assert case_of(desk).head == before.head


@pytest.mark.parametrize("role", ["kadiv", "kakanwil", "admin"])
def test_who_may_not_have_the_documents_makes_no_copies(desk, role):
    assert desk.browser(role).get(f"{CASE}/samarkan/01-surat.pdf").status_code == 403
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        redact(FIRST, "01-surat.pdf", Wanted(), by=Actor(role, role), told=lambda _: True, parts=parts_of(desk))


def test_what_has_no_pages_or_is_such_a_copy_itself_is_refused(desk):
    team = desk.browser(TEAM)
    redact(FIRST, "01-surat.pdf", BY_WORD, by=Actor(TEAM, "sri"), told=lambda _: True, parts=parts_of(desk))
    made = case_of(desk).redacted[-1].documents[0].name

    assert "tidak berhalaman" in team.get(f"{CASE}/samarkan/02-teks.txt").text
    assert "sudah salinan" in team.get(f"{CASE}/samarkan/{made}").text
    assert team.get(f"{CASE}/samarkan/tidak-ada.pdf").status_code == 404


def test_two_copies_that_are_made_at_once_are_two(desk):
    """The second is made of the case as it was before the first was filed."""
    parts = parts_of(desk)
    by = Actor(TEAM, "sri")

    def another(pages_of):
        redact(FIRST, "01-surat.pdf", BY_WORD, by=by, told=lambda _: True, parts=parts)
        return pages_of

    class Slow:
        """Draws while somebody else makes a copy too."""

        words = staticmethod(lambda blob: parts.redactor().words(blob))
        redacted = staticmethod(lambda *told: another(parts.redactor().redacted(*told)))

    before = len(case_of(desk).redacted)
    redact(FIRST, "01-surat.pdf", BY_WORD, by=by, told=lambda _: True, parts=replace(parts, redactor=Slow))

    names = [made.documents[0].name for made in case_of(desk).redacted[before:]]
    assert len(names) == len(set(names)) == 2


def test_a_secret_case_gives_no_copies_to_who_has_no_part_in_it(desk):
    digital_pdf(desk.office.root.layout.inbox / "lain.pdf", ("Siti mengadu lagi",))
    desk.office.run_once()
    second = CaseNumber(2026, 2)
    desk.office.decide(second, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Menyangkut anak"})

    answer = desk.browser("kabid").get("/kasus/2026/0002/samarkan/01-surat.pdf")

    assert answer.status_code == 403
    assert "mengadu" not in answer.text


def test_of_a_scan_without_text_one_is_led_to_its_copy_that_has_some(desk):
    blank_pdf(desk.office.root.layout.inbox / "pindaian.pdf", 3)
    desk.office.run_once()
    number = desk.office.root.cabinet.numbers()[-1]
    read = desk.office.root.cabinet.case(number).reading.documents

    asked = desk.browser(TEAM).get(f"/kasus/{number}/samarkan/01-surat.pdf").text

    copy = next(d.name for d in read if d.kind == "salinan")
    assert "Halaman 1, 2, 3 tidak memuat teks" in asked
    assert f"/kasus/{number}/samarkan/{copy}" in asked


def test_the_same_by_a_program(desk):
    program, before = Program(desk, TEAM), len(case_of(desk).redacted)

    found = program.get("/kasus/2026/0001/samarkan/01-surat.pdf")
    keys = [one["key"] for one in found if one["sure"]]
    body = {"tempat": keys, "daerah": ["1: 10 50 20 5"], **ASKED}
    made = program.call("POST", "/kasus/2026/0001/samarkan/01-surat.pdf", json=body)
    lacking = program.call("POST", "/kasus/2026/0001/samarkan/01-surat.pdf", json={**body, "alasan": ""})
    stranger = Program(desk, "kadiv").call("POST", "/kasus/2026/0001/samarkan/01-surat.pdf", json=body)

    assert [one["words"] for one in found] == ["Siti Rekaan", "Ibu Siti"]
    assert (made.status_code, made.json()["areas"], made.json()["pages"]) == (200, 3, 1)
    assert problem(lacking)["status"] == 422
    assert stranger.status_code == 403
    assert len(case_of(desk).redacted) == before + 1


def test_the_same_in_a_terminal(desk, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(Root, "clock", FixedClock(desk.clock.now()))
    folder, output = desk.office.root.layout.root, tmp_path / "salinan.pdf"

    def typed(*words: str) -> tuple[int, str]:
        code = main(["--root", str(folder), "samarkan", "2026/0001", *words])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    unsaid = typed("01-surat.pdf")
    listed = typed("01-surat.pdf", "--as", TEAM)
    said = ("--alasan", "Bahan jawaban", "--kepada", "Kantor Contoh")
    without_role = typed("01-surat.pdf", "--pasti", *said)
    made = typed("01-surat.pdf", "--as", TEAM, "--pasti", "--daerah", "1: 10 50 20 5", *said, "-o", str(output))
    wrong = typed("01-surat.pdf", "--as", "kadiv", "--pasti", *said)

    assert (unsaid[0], listed[0]) == (13, 0)
    assert "Siti Rekaan" in listed[1]
    assert without_role[0] == 2
    assert made[0] == 0, made
    assert len(case_of(desk).redacted[-1].areas) == 3
    assert "Rekaan" not in PdfReader(output).pages[0].extract_text()
    assert wrong[0] == 11
    assert typed("tidak-ada.pdf", "--as", TEAM)[0] == NotFound.exit_code
    assert typed("01-surat.pdf", "--as", TEAM, "--kata", "Bukan Ini", *said)[0] == Incomplete.exit_code


def test_a_scan_that_also_holds_pages_of_another_case_is_not_handed_out(desk):
    """Its own pages lie beside it, as a copy of their own."""
    parted = replace(case_of(desk), shared=frozenset({"01-surat.pdf"}))

    with pytest.raises(NotAllowed, match="menjadi perkara lain"):
        look(parted, "01-surat.pdf", lambda _: True, parts_of(desk))
