"""Letters edited by several people, in Word and on the desk: none is taken for what it is not, and no text is lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from life_office import DIVISION, FIELD, MORNING, LifeOffice
from offices import WordOffice, copied
from test_api import Program
from test_letters_numbered import NOTICE, RECOMMENDATION, SUMMARY, TO_DRAFT
from test_whole_sop import SUB, TEAM, received, walk
from web_desk import WebDesk
from word_files import nameless, of_paragraphs, place_of, with_comment, with_tracked, with_words

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import EngineFault
from pipeline.letters.engines import word_properties
from pipeline.letters.identity import identity_of
from pipeline.search.store.document_texts import DocumentTexts

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
CASE = "/kasus/2026/0001"
EDITOR, UPLOAD, LOOK = (
    f"{CASE}/isi/{RECOMMENDATION}",
    f"{CASE}/sunting/{RECOMMENDATION}",
    f"{CASE}/lihat/{RECOMMENDATION}",
)
DISPOSITION = "03-lembar-disposisi"


def today(steps):
    """The moves, all at the desk's own time."""
    return [step[:3] for step in steps]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The folder of an office whose first case has its recommendation drafted."""
    folder = tmp_path_factory.mktemp("konsep") / "kantor"
    office = WordOffice(folder)
    received(office)
    walk(office, FIRST, today(TO_DRAFT))
    return folder


@pytest.fixture
def desk(drafted, tmp_path):
    desk = WebDesk(copied(drafted, tmp_path / "kantor"), WordOffice)
    yield desk
    desk.app.state.desk.close()


def newest(desk, template=RECOMMENDATION, number=FIRST):
    return desk.office.newest(number, template)


def version(desk, template=RECOMMENDATION):
    return desk.office.root.cabinet.case(FIRST).drafts[template].version


def send(browser, docx, *, seen="1", template=RECOMMENDATION, **more):
    files = {"berkas": ("suntingan.docx", docx)}
    return browser.post_form(
        f"{CASE}/sunting/{template}", {"versi": seen, **more}, page=f"{CASE}/lihat/{template}-v1.docx", files=files
    )


def type_in(browser, text, *, seen="1", base=None, place):
    form = {"versi": seen, **({"dasar": base} if base else {}), f"p.{place}": text}
    return browser.post_form(EDITOR, form)


def kept_by(desk, login):
    return desk.office.root.unsaved_edits.kept(FIRST, RECOMMENDATION, login, "isi")


# ---------------------------------------------------------------------------------- Word files know what they are


def test_every_letter_says_which_letter_and_version_it_is_and_names_nobody(desk):
    case = desk.office.root.cabinet.case(FIRST)

    for template in case.drafts:
        docx = newest(desk, template)
        assert word_properties.identity(docx) == identity_of(case, template, case.drafts[template].version)
        assert "2026" not in word_properties.identity(docx).code


def test_an_edited_file_of_the_letter_is_its_next_version_and_says_so(desk):
    answer = send(desk.browser(SUB), with_words(newest(desk), SUMMARY, "Disunting"))

    draft = desk.office.root.cabinet.case(FIRST).drafts[RECOMMENDATION]
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{CASE}/surat/{RECOMMENDATION}")
    assert (draft.version, draft.editor, draft.issued_from) == (2, SUB, 0)
    assert "Disunting" in desk.office.lines(FIRST, RECOMMENDATION)
    assert word_properties.identity(newest(desk)).version == 2
    assert draft.page_code == word_properties.identity(newest(desk)).code


@pytest.fixture
def others(desk):
    """The Word file of another case's recommendation."""
    received(desk.office, b"Surat lain")
    walk(desk.office, SECOND, today(TO_DRAFT))
    return newest(desk, RECOMMENDATION, SECOND)


def test_a_file_of_another_case_is_refused_with_what_it_is(desk, others, tmp_path, capsys):
    said = "versi 1 dari Surat rekomendasi perkara 2026/0002"
    file = tmp_path / "lain.docx"
    file.write_bytes(others)

    page = send(desk.browser(SUB), others)
    command = main(_command(desk, file))
    api = edit_by_program(desk, others)

    assert (page.status_code, command, api.status_code) == (422, 5, 422)
    assert said in page.text
    assert said in capsys.readouterr().err
    assert said in api.json()["title"]
    assert version(desk) == 1
    assert desk.office.root.unsaved_edits.kept(FIRST, RECOMMENDATION, SUB, "berkas") is None


def test_being_sure_makes_no_other_letter_of_a_file(desk, others):
    answer = send(desk.browser(SUB), others, yakin="ya")

    assert (answer.status_code, version(desk)) == (422, 1)


def test_another_letter_of_the_same_case_is_refused_too(desk):
    answer = send(desk.browser(SUB), newest(desk, NOTICE))

    assert answer.status_code == 422
    assert "Pemberitahuan kepada pelapor" in answer.text or "2026/0001" in answer.text
    assert version(desk) == 1


def _command(desk, file, *more, role=SUB):
    root = str(desk.office.root.layout.root)
    return ["--root", root, "sunting", "1/2026", RECOMMENDATION, "--file", str(file), "--as", role, *more]


def edit_by_program(desk, docx, role=SUB, **fields):
    program = getattr(desk, f"program_{role}", None) or Program(desk, role)
    setattr(desk, f"program_{role}", program)
    form = {name: (None, str(value)) for name, value in {"dilihat": version(desk), **fields}.items()}
    files = {**form, "berkas": ("suntingan.docx", docx)}
    return program.call("POST", f"/kasus/2026/0001/sunting/{RECOMMENDATION}", files=files)


def test_an_older_version_is_refused_with_what_it_is_by_command_and_api_until_it_is_chosen(desk, tmp_path, capsys):
    first = with_words(newest(desk), SUMMARY, "Dari versi satu")
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Versi dua")
    file = tmp_path / "lama.docx"
    file.write_bytes(first)

    refused = main(_command(desk, file)), edit_by_program(desk, first).status_code
    said = capsys.readouterr().err
    taken = edit_by_program(desk, first, dasar=1).status_code, main(_command(desk, file, "--dasar", "1"))

    assert (refused, taken) == ((5, 422), (200, 0))
    assert "versi 1 dari Surat rekomendasi perkara 2026/0001; versi terbarunya 2" in said
    assert version(desk) == 4


def test_a_file_that_says_nothing_is_asked_about_on_the_page_by_command_and_by_program(desk, tmp_path, capsys):
    unnamed = nameless(with_words(newest(desk), SUMMARY, "Tanpa nama"))
    file = tmp_path / "tanpa.docx"
    file.write_bytes(unnamed)
    browser = desk.browser(SUB)

    page, command, api = send(browser, unnamed), main(_command(desk, file)), edit_by_program(desk, unnamed)

    asked = "tidak menyebut naskahnya; yakin"
    assert (page.status_code, command, api.status_code, version(desk)) == (422, 5, 422, 1)
    assert asked in page.text
    assert asked in capsys.readouterr().err
    assert asked in api.json()["title"]

    sure = {"titipan": "ya", "versi": "1", "dasar": "1", "yakin": "ya"}
    assert browser.post_form(UPLOAD, sure, page=f"{CASE}/titipan/{RECOMMENDATION}").status_code == 303
    assert edit_by_program(desk, unnamed, yakin="true").status_code == 200
    assert main(_command(desk, file, "--yakin")) == 0
    assert version(desk) == 4


def test_a_cooking_recipe_never_becomes_the_recommendation(desk):
    browser = desk.browser(SUB)

    asked = send(browser, of_paragraphs("Rebus air", "Masukkan beras"))
    sure = send(browser, of_paragraphs("Rebus air", "Masukkan beras"), yakin="ya")

    assert (asked.status_code, sure.status_code) == (422, 422)
    assert "Rebus air" in re.sub("</?(ins|del)>", "", asked.text)
    assert "Tempat nomor naskah dalam naskah tidak ditemukan" in sure.text
    assert version(desk) == 1


def test_a_file_that_is_no_word_file_is_refused(desk):
    answer = send(desk.browser(TEAM), b"bukan word")

    assert answer.status_code == 422
    assert "bukan berkas Word" in answer.text
    assert version(desk) == 1


def test_a_comment_or_a_tracked_change_is_told_by_page_command_and_program_and_never_printed(desk, tmp_path, capsys):
    docx = with_tracked(with_comment(newest(desk), "Jangan kirim dulu"), came="tidak", went="sangat")
    file = tmp_path / "suntingan.docx"
    file.write_bytes(docx)
    told = ["--root", str(desk.office.root.layout.root), "sunting", "2026/0001", RECOMMENDATION]

    page = send(desk.browser(SUB), docx)
    command = main([*told, "--file", str(file), "--as", SUB])
    form = {"dilihat": (None, "1"), "berkas": ("s.docx", docx)}
    api = Program(desk, SUB).call("POST", f"{CASE}/sunting/{RECOMMENDATION}", files=form)

    assert (page.status_code, command, api.status_code) == (422, 5, 422)
    for said in (page.text, capsys.readouterr().err, json.dumps(api.json(), ensure_ascii=False)):
        assert "Jangan kirim dulu" in said
        assert "ditambah “tidak”; dihapus “sangat”" in said
    assert version(desk) == 1


def test_a_role_without_a_part_in_a_letter_does_not_edit_it(desk):
    answer = send(desk.browser("kadiv"), newest(desk))

    assert answer.status_code == 422
    assert "tidak menyunting" in answer.text
    assert desk.browser("kadiv").get(EDITOR).status_code == 403


def test_a_number_typed_into_word_is_not_the_letters_number(numbered):
    desk, life, number = numbered
    docx = word_fields_with(newest(desk), nomor="W.8-KARANGAN-1")

    assert send(desk.browser(SUB), docx, seen="2").status_code == 303

    lines = desk.office.lines(FIRST, RECOMMENDATION)
    assert number in lines
    assert "W.8-KARANGAN-1" not in lines
    assert life.letter(RECOMMENDATION).initials == ()


@pytest.fixture
def numbered(tmp_path):
    """A desk under the edition with the letters' lives, its first case, and its recommendation's number."""
    desk = WebDesk(tmp_path / "kantor", WordOffice)
    desk.clock.at = MORNING
    life = LifeOffice(desk.office)
    life.recommended()
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)
    yield desk, life, life.letter(RECOMMENDATION).number
    desk.app.state.desk.close()


def test_whose_initial_an_edit_undid_is_shown_what_it_changed(numbered, capsys):
    desk, _, _ = numbered
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before="Tanah.", after="Tanah dan rumah.")
    root = str(desk.office.root.layout.root)

    page = desk.browser(FIELD).get(f"{CASE}/surat/{RECOMMENDATION}").text
    main(["--root", root, "surat", "1/2026"])

    address = f"{CASE}/beda/{RECOMMENDATION}?dari=1&amp;ke=3"
    assert address in page
    assert "dan rumah" in desk.browser(FIELD).get(address.replace("&amp;", "&")).text
    assert f"gugur; bedanya: yankomas sunting NOMOR {RECOMMENDATION} --beda 1 3" in capsys.readouterr().out


def word_fields_with(docx, **values):
    from pipeline.letters.engines.word_fields import filled

    return filled(docx, values)


# ------------------------------------------------------------------------------------------- two people, one letter


def test_when_two_edit_the_seconds_text_is_kept_beside_the_firsts_and_can_be_chosen(desk):
    place = place_of(newest(desk), SUMMARY)
    first, second = desk.browser(SUB), desk.browser(TEAM)
    assert type_in(first, "Kata yang pertama", place=place).status_code == 303

    conflict = type_in(second, "Kata yang kedua", place=place)

    assert conflict.status_code == 422
    assert "sudah dikonsep lagi sejak versi 1" in conflict.text
    assert ">Kata yang kedua</textarea>" in conflict.text
    assert re.search(r"<del>.*pertama.*</del>", conflict.text)
    again = second.get(f"{EDITOR}?dasar=1").text
    assert ">Kata yang kedua</textarea>" in again
    assert 'name="versi" value="2"' in again

    chosen = type_in(second, "Kata yang kedua", seen="2", base="1", place=place)

    assert chosen.status_code == 303
    assert "Kata yang kedua" in desk.office.lines(FIRST, RECOMMENDATION)
    assert (version(desk), kept_by(desk, TEAM)) == (3, None)
    assert "Kata yang pertama" in words_of(desk, 2)


def words_of(desk, number):
    root = desk.office.root
    return root.letter_versions.words(root.cabinet.case(FIRST), RECOMMENDATION, number)


def test_a_word_file_that_came_too_late_waits_beside_the_newest_until_its_sender_chooses(desk):
    browser = desk.browser(TEAM)
    late = with_words(newest(desk), SUMMARY, "Dari Word, terlambat")
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Tersimpan dahulu")

    asked = send(browser, late)

    assert asked.status_code == 422
    assert "Dari Word, terlambat" in re.sub("</?(ins|del)>", "", asked.text)
    assert version(desk) == 2
    assert "belum disimpan" in browser.get(f"{LOOK}-v2.docx").text
    assert "belum disimpan" not in desk.browser(SUB).get(f"{LOOK}-v2.docx").text

    form = {"titipan": "ya", "versi": "2", "dasar": "1"}
    assert browser.post_form(UPLOAD, form, page=f"{CASE}/titipan/{RECOMMENDATION}").status_code == 303
    assert "Dari Word, terlambat" in desk.office.lines(FIRST, RECOMMENDATION)
    assert browser.get(f"{CASE}/titipan/{RECOMMENDATION}").status_code == 404


def test_a_word_file_that_its_sender_does_not_want_any_more_goes(desk):
    browser = desk.browser(TEAM)
    late = with_words(newest(desk), SUMMARY, "Terlambat")
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Dahulu")
    send(browser, late)

    page = f"{CASE}/titipan/{RECOMMENDATION}"
    assert browser.post_form(f"{CASE}/buang/{RECOMMENDATION}", {"jenis": "berkas"}, page=page).status_code == 303

    assert browser.get(page).status_code == 404
    assert version(desk) == 2


def test_what_is_typed_is_kept_for_its_editor_alone_until_it_is_saved(desk):
    place = place_of(newest(desk), SUMMARY)
    browser = desk.browser(SUB)

    kept = browser.post_form(f"{EDITOR}/simpanan", {"dasar": "1", f"p.{place}": "Setengah kalim"}, page=EDITOR)

    assert (kept.status_code, kept.content) == (204, b"")
    assert ">Setengah kalim</textarea>" in browser.get(EDITOR).text
    assert "dipulihkan" in browser.get(EDITOR).text
    assert "Setengah kalim" not in desk.browser(TEAM).get(EDITOR).text
    assert version(desk) == 1
    type_in(browser, "Setengah kalimat", place=place)
    assert kept_by(desk, SUB) is None
    assert "Setengah kalimat" in desk.office.lines(FIRST, RECOMMENDATION)


def test_what_is_typed_into_a_secret_case_is_closed_to_those_whom_it_is_closed_to(desk):
    browser = desk.browser(TEAM)
    desk.office.decide(FIRST, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Anak"})
    archivist = desk.browser("arsiparis")

    for path in (EDITOR, f"{CASE}/titipan/{RECOMMENDATION}", f"{CASE}/beda/{RECOMMENDATION}"):
        assert archivist.get(path).status_code == 403
    assert browser.get(EDITOR).status_code == 200


@pytest.mark.in_folders  # at the centre by the server's clock: test_old_work_goes_by_the_servers_clock_...
def test_what_nobody_came_back_to_for_two_weeks_goes(desk):
    place = place_of(newest(desk), SUMMARY)
    desk.browser(SUB).post_form(f"{EDITOR}/simpanan", {f"p.{place}": "Lama"}, page=EDITOR)
    desk.clock.at += timedelta(days=15)

    desk.browser(TEAM).post_form(f"{EDITOR}/simpanan", {f"p.{place}": "Baru"}, page=EDITOR)

    assert kept_by(desk, SUB) is None
    assert kept_by(desk, TEAM) is not None


# ---------------------------------------------------------------------------------------------- the page's editor


def test_the_editor_hides_the_letterhead_and_locks_number_date_and_signature(desk):
    page = desk.browser(SUB).get(EDITOR).text
    offered = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)

    assert SUMMARY in offered
    assert "KANTOR WILAYAH BENGKULU" not in page
    for fixed in ("." * 32, "Nomor", "Kepala Kantor Wilayah,", "Tindakan"):
        assert fixed not in offered
        assert f'<p class="terkunci" title="Terkunci">{fixed}</p>' in page


def test_a_locked_passage_is_not_changed_by_whoever_sends_it_all_the_same(desk):
    docx = newest(desk)
    title = place_of(docx, "Kepala Kantor Wilayah,")

    answer = type_in(desk.browser(SUB), "Raja", place=title)

    assert answer.status_code == 422
    assert "Belum ada yang diubah" in answer.text
    assert version(desk) == 1


def test_words_that_stay_as_they_are_make_no_version(desk):
    answer = type_in(desk.browser(SUB), SUMMARY, place=place_of(newest(desk), SUMMARY))

    assert answer.status_code == 422
    assert version(desk) == 1


def test_what_was_written_is_text_and_never_a_part_of_the_page(desk):
    browser, place = desk.browser(SUB), place_of(newest(desk), SUMMARY)

    assert type_in(browser, "Disunting <dua> & kali", place=place).status_code == 303

    assert "Disunting <dua> & kali" in desk.office.lines(FIRST, RECOMMENDATION)
    assert "Disunting &lt;dua&gt; &amp; kali" in browser.get(EDITOR).text
    assert "&lt;dua&gt;" in browser.get(f"{CASE}/beda/{RECOMMENDATION}").text


def test_two_versions_are_compared_on_the_page_and_by_command(desk, capsys):
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Tanah diambil paksa")

    page = desk.browser("kadiv").get(f"{CASE}/beda/{RECOMMENDATION}?dari=1&ke=2").text
    root = str(desk.office.root.layout.root)
    code = main(["--root", root, "sunting", "1/2026", RECOMMENDATION, "--beda", "1", "2", "--alasan", "uji"])

    assert "Tanah diambil<ins> paksa</ins>" in page
    assert code == 0
    said = capsys.readouterr().out
    assert "- Tanah diambil\n+ Tanah diambil paksa" in said
    assert "Dasar" not in said


@pytest.mark.parametrize("query", ["dari=9&ke=1", "dari=0&ke=1", "dari=x&ke=1"])
def test_a_version_that_there_is_not_is_not_found(desk, query):
    assert desk.browser(SUB).get(f"{CASE}/beda/{RECOMMENDATION}?{query}").status_code == 404


def test_an_old_version_is_taken_up_again_as_a_new_one(desk):
    desk.office.edit(FIRST, RECOMMENDATION, SUB, before=SUMMARY, after="Keliru")
    browser = desk.browser(SUB)
    page = browser.get(f"{EDITOR}?dasar=1").text

    answer = browser.post_form(EDITOR, {"versi": "2", "dasar": "1"})

    assert f">{SUMMARY}</textarea>" in page
    assert answer.status_code == 303
    assert SUMMARY in desk.office.lines(FIRST, RECOMMENDATION)
    assert "Keliru" not in desk.office.lines(FIRST, RECOMMENDATION)
    assert version(desk) == 3


def test_an_old_version_taken_up_after_numbering_keeps_the_number(numbered):
    desk, _, number = numbered

    answer = desk.browser(SUB).post_form(EDITOR, {"versi": "2", "dasar": "1"})

    lines = desk.office.lines(FIRST, RECOMMENDATION)
    assert answer.status_code == 303
    assert number in lines
    assert "KONSEP" not in lines


def test_a_correction_is_proposed_on_the_cases_page_and_by_command(desk, capsys):
    desk.office.edit(FIRST, NOTICE, SUB, before="Tempat", after="Bengkulu")
    desk.office.decide(FIRST, "koreksi", TEAM, {"perihal": "Sengketa tanah ulayat", "alasan": "Salah tulis"})
    root = str(desk.office.root.layout.root)

    page = desk.browser(TEAM).get(CASE).text
    main(["--root", root, "case", "1/2026", "--alasan", "uji"])
    said = capsys.readouterr().out
    main(["--root", root, "case", "1/2026", "--alasan", "uji", "--json"])

    assert "Usul perubahan naskah" in page
    assert "<del>sengketa tanah adat</del>" in page
    assert "<ins>sengketa tanah ulayat</ins>" in page
    assert "dalam naskah sengketa tanah adat, menurut register sengketa tanah ulayat" in said
    (proposal,) = json.loads(capsys.readouterr().out)["outdated"]
    assert (proposal["template"], proposal["now"]) == (NOTICE, "sengketa tanah ulayat")


def test_what_was_edited_is_opened_for_the_index_in_a_child_alone_and_what_is_too_heavy_says_nothing(desk):
    assert send(desk.browser(TEAM), with_words(newest(desk), SUMMARY, "Sumur kering kerontang.")).status_code == 303
    root, opened = desk.office.root, []
    case = root.cabinet.case(FIRST)

    def confined(docx):
        opened.append(docx)
        return ["Kata-kata dari anak proses"]

    def too_heavy(docx):
        raise EngineFault("Terlalu berat.")

    kept = (root.layout.templates, root.cabinet, [root.settings.office.letterhead])
    texts, without = (DocumentTexts(*kept, opener).of(case) for opener in (confined, too_heavy))

    assert opened == [newest(desk)]
    assert [t.text for t in texts if t not in without] == ["Kata-kata dari anak proses"]
    assert "kerontang" not in str(texts)
