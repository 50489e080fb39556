"""No letter that others read is drafted, edited or numbered while it may name who complains, by whichever way."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from docx import Document
from fakes import FixedClock
from life_office import DIVISION, DRAFTED, FIELD, FIRST, HEAD, MORNING, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice, WordOffice, copied
from test_api import Program
from test_letters_numbered import INITIALLED, NUMBERED, SUMMARY, TO_DRAFT
from test_whole_sop import received, walk
from web_desk import WebDesk
from word_files import place_of, with_words

from pipeline.cases.actor import Actor
from pipeline.cases.cleared_words import CLEARED
from pipeline.cases.ports import content
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.errors import Incomplete, Refused
from pipeline.letters.engines import word_said
from pipeline.letters.revise import Edit, revise
from pipeline.work.tend import tend

CASE = "/kasus/2026/0001"
MOVE, EDITOR, UPLOAD = (
    f"{CASE}/gerak/susun-rekomendasi",
    f"{CASE}/isi/{RECOMMENDATION}",
    f"{CASE}/sunting/{RECOMMENDATION}",
)
DOUBTFUL = {**DRAFTED, "ringkasan_pengaduan": "Menurut tetangganya, Siti kehilangan tanahnya."}
NOBODY = "Siti kehilangan | Siti yang lain, tetangga pelapor"


@pytest.fixture
def life(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.decided("rekomendasi")
    return life


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """The folder of an office whose first case has been decided on."""
    folder = tmp_path_factory.mktemp("diputus") / "kantor"
    LifeOffice(WordOffice(folder)).decided("rekomendasi")
    return folder


@pytest.fixture(scope="module")
def with_letter(decided, tmp_path_factory):
    """The folder of that office when the recommendation has been drafted."""
    folder = copied(decided, tmp_path_factory.mktemp("tersusun") / "kantor")
    office = WordOffice(folder)
    office.clock = FixedClock(MORNING)
    office.decide(FIRST, "susun-rekomendasi", SUB, DRAFTED)
    return folder


def desk_in(folder):
    desk = WebDesk(folder, WordOffice)
    desk.clock.at = MORNING
    return desk


@pytest.fixture
def desk(decided, tmp_path):
    desk = desk_in(copied(decided, tmp_path / "kantor"))
    yield desk
    desk.app.state.desk.close()


@pytest.fixture
def drafted(with_letter, tmp_path):
    desk = desk_in(copied(with_letter, tmp_path / "kantor"))
    yield desk
    desk.app.state.desk.close()


def values_of(life, template):
    return json.loads(content(life.office.root.cabinet.blob(FIRST, life.case.drafts[template].documents[0])))


def newest(desk):
    return newest_of(desk.office)


def test_a_name_that_is_certain_never_reaches_the_letter(life):
    told = {
        **DRAFTED,
        "ringkasan_pengaduan": "Ibu Siti Rekaan, S.H. mengadu.\nREKAAN SITI menelepon.",
        "tembusan": ["Siti Rekaan", "Gubernur Contoh"],
        "rekomendasi": ["Bupati | memulihkan tanah S. Rekaan | 30 hari"],
    }

    life.make("susun-rekomendasi", SUB, told)

    letter = values_of(life, RECOMMENDATION)
    assert letter["ringkasan"] == ["Pelapor mengadu.", "Pelapor menelepon."]
    assert letter["rekomendasi"][0]["tindakan"] == "Memulihkan tanah pelapor"
    assert letter["tembusan"] == ["Direktur Jenderal Hak Asasi Manusia", "Gubernur Contoh"]
    assert (letter["nomor_surat"], letter["tanggal_surat"]) == ("", "")


def test_a_word_that_may_be_a_name_stops_the_move_with_its_place_and_nothing_is_written(life):
    before = life.case.head

    with pytest.raises(Incomplete) as refused:
        life.make("susun-rekomendasi", SUB, DOUBTFUL)

    assert "Surat rekomendasi menyebut, atau mungkin menyebut," in refused.value.message
    assert "Menurut tetangganya, «Siti» kehilangan tanahnya." in refused.value.message
    assert list(refused.value.fields) == ["ringkasan_pengaduan"]
    assert life.case.head == before


def test_whoever_drafts_says_knowingly_that_it_is_nobody_and_the_journal_shows_it(life):
    life.make("susun-rekomendasi", SUB, {**DOUBTFUL, CLEARED: [NOBODY]})

    told = timeline(life.case, life.sop)
    assert life.case.made[-1].decision.values[CLEARED] == [NOBODY]
    assert ("Bukan nama pelapor, korban, atau saksi", NOBODY.replace(" | ", " – ")) in [
        w for h in told for w in h.words
    ]


def test_what_was_said_holds_as_it_stands_and_for_nothing_else(life):
    with pytest.raises(Incomplete):
        life.make("susun-rekomendasi", SUB, {**DOUBTFUL, "analisis": "Siti benar.", CLEARED: [NOBODY]})


@pytest.mark.parametrize("entry", ["Siti", "Siti |", "| tetangga"])
def test_words_without_a_reason_are_not_taken(life, entry):
    with pytest.raises(Incomplete) as refused:
        life.make("susun-rekomendasi", SUB, {**DOUBTFUL, CLEARED: [entry]})

    assert CLEARED in refused.value.fields


@pytest.mark.parametrize("field", ["tujuan_surat", "hasil_klarifikasi", "analisis", "rekomendasi", "tembusan"])
def test_every_answer_of_the_form_is_looked_through(life, field):
    told = (
        f"{DRAFTED[field]} untuk Siti" if isinstance(DRAFTED.get(field), str) else ["Bupati | menemui Siti | 30 hari"]
    )

    with pytest.raises(Incomplete) as refused:
        life.make("susun-rekomendasi", SUB, {**DRAFTED, field: told})

    assert field in refused.value.fields


def test_the_letter_to_the_complainant_may_name_them(life):
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.numbered(RECOMMENDATION)

    notice = values_of(life, "06-pemberitahuan-pelapor")
    assert notice["yth"] == ["Saudara Siti Rekaan"]


def test_a_letter_that_names_somebody_who_was_registered_later_gets_no_number(life):
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Keterangan Tirtayasa sesuai."})
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)
    people = [{"nama": "Siti Rekaan"}, {"nama": "Rangga Tirtayasa"}]
    life.make("koreksi", TEAM, {"pelapor": people, "alasan": "Pelapor kedua."})

    with pytest.raises(Refused) as refused:
        life.act("nomori-naskah", TEAM, RECOMMENDATION)

    assert "Keterangan «Tirtayasa» sesuai." in refused.value.message
    assert RECOMMENDATION not in life.case.numbers


NAMED_LATER = {"pelapor": [{"nama": "Siti Rekaan"}, {"nama": "Rangga Tirtayasa"}], "alasan": "Pelapor kedua."}
SENT = {"tanggal_kirim": "2026-12-02", "cara_kirim": "pos"}


def test_a_numbered_letter_that_names_somebody_who_was_registered_later_is_neither_signed_nor_sent(life):
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Keterangan Tirtayasa sesuai."})
    life.numbered(RECOMMENDATION)
    life.make("koreksi", TEAM, NAMED_LATER)
    before = life.case.head

    with pytest.raises(Refused, match=r"Keterangan «Tirtayasa» sesuai\."):
        life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=f"ditandatangani {RECOMMENDATION}".encode())

    assert life.case.head == before


def test_a_signed_letter_whose_complainant_takes_the_consent_back_is_not_sent_unless_somebody_says_why(life):
    life.make("koreksi", TEAM, {"izin_identitas": "ya", "alasan": "Pernyataan pelapor."})
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "ringkasan_pengaduan": "Siti Rekaan mengadu."})
    life.numbered(RECOMMENDATION)
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=f"ditandatangani {RECOMMENDATION}".encode())
    life.make("koreksi", TEAM, {"izin_identitas": "tidak", "alasan": "Pelapor menarik izinnya."})

    with pytest.raises(Refused, match="yang sudah bernomor dibatalkan lalu disusun lagi"):
        life.act("kirim-naskah", TEAM, RECOMMENDATION, **SENT)

    life.make("koreksi", TEAM, {"alasan": "x", CLEARED: ["Siti Rekaan | sudah berangkat sebelum izin ditarik"]})
    life.act("kirim-naskah", TEAM, RECOMMENDATION, **SENT)
    assert life.letter(RECOMMENDATION).sent


def test_an_answer_is_called_as_on_its_own_form(life):
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.sent(RECOMMENDATION)
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    with pytest.raises(Incomplete) as refused:
        life.make("catat-pemantauan", TEAM, {"catatan": "Siti belum dipulihkan."})

    assert refused.value.fields["catatan"][0] == "Catatan pemantauan"


def test_a_correction_of_the_register_is_stopped_where_it_would_draft_such_a_letter(life):
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Keterangan Harapan sesuai."})
    people = [{"nama": "Siti Rekaan"}, {"nama": "Harapan Jaya"}]

    with pytest.raises(Incomplete):
        life.make("koreksi", TEAM, {"pelapor": people, "alasan": "Pelapor kedua."})

    life.make("koreksi", TEAM, {"pelapor": people, "alasan": "x", CLEARED: ["Keterangan Harapan | nama desa"]})
    assert life.case.drafts[RECOMMENDATION].version == 2


def test_requests_and_corrections_to_the_agency_are_looked_through_too(life):
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.sent(RECOMMENDATION)
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    with pytest.raises(Incomplete):
        life.make("catat-pemantauan", TEAM, {"catatan": "Siti belum dipulihkan."})
    with pytest.raises(Incomplete, match="Siti"):
        life.make("ralat", TEAM, {"naskah": RECOMMENDATION, "ralat": ["30 hari | menurut Siti"]})


def test_a_correction_of_a_letter_to_the_complainant_may_name_them(life):
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.numbered(RECOMMENDATION)
    life.sent("06-pemberitahuan-pelapor")

    life.make("ralat", TEAM, {"naskah": "06-pemberitahuan-pelapor", "ralat": ["Saudara Siti | Saudari Siti Rekaan"]})

    letter = values_of(life, "06-ralat")
    assert letter["ralat"] == [{"semula": "Saudara Siti", "menjadi": "Saudari Siti Rekaan", "letak": ""}]


def test_who_agreed_is_named_with_the_number_and_date_of_the_complaint(life):
    agreed = {"izin_identitas": "ya", "nomor_surat": "07/FWS/XI/2026", "tanggal_surat": "2026-11-20"}
    life.make("koreksi", TEAM, {**agreed, "alasan": "Pernyataan pelapor."})

    life.make("susun-rekomendasi", SUB, {**DRAFTED, "ringkasan_pengaduan": "Siti Rekaan mengadu."})

    letter = values_of(life, RECOMMENDATION)
    assert letter["ringkasan"] == ["Siti Rekaan mengadu."]
    assert (letter["nomor_surat"], letter["tanggal_surat"]) == ("07/FWS/XI/2026", "20 November 2026")


@pytest.fixture
def older(tmp_path):
    """A case that goes by the edition of the SOP which tells no acts on letters."""
    office = WordOffice(tmp_path / "lama")
    received(office)
    walk(office, FIRST, TO_DRAFT[:-1])
    return office


def test_cases_that_go_by_an_older_edition_of_the_sop_are_guarded_too(older):
    move, role, typed, *when = TO_DRAFT[-1]
    doubtful = {**typed, "analisis": "Siti benar."}

    with pytest.raises(Incomplete):
        walk(older, FIRST, [(move, role, doubtful, *when)])

    case = walk(older, FIRST, [(move, role, {**doubtful, CLEARED: ["Siti benar | tetangga"]}, *when)])
    assert RECOMMENDATION in case.drafts


def test_a_letter_that_an_earlier_version_drafted_with_a_name_gets_no_number(older):
    walk(older, FIRST, TO_DRAFT[-1:])
    unguarded = replace(older.revise_parts, deciding=replace(older.decide_parts, naming=Unguarded()))
    docx = with_words(newest_of(older), SUMMARY, "Tanah Siti Rekaan.")
    revise(FIRST, RECOMMENDATION, Edit(docx, 1, 1), by=Actor(SUB, SUB), parts=unguarded)
    tend(FIRST, older.tend_parts)
    walk(older, FIRST, INITIALLED)

    with pytest.raises(Refused) as refused:
        walk(older, FIRST, [NUMBERED])

    assert "«Siti Rekaan»" in refused.value.message
    assert "dikembalikan dahulu" in refused.value.remedy


class Unguarded:
    """An earlier version of this program, which let everything through."""

    def check_drafts(self, *_: object) -> None: ...

    def check_file(self, *_: object) -> None: ...


def newest_of(office):
    return office.newest(FIRST, RECOMMENDATION)


# ------------------------------------------------------------------------------------------- by page, command, API


def test_the_page_shows_the_place_beside_the_answer_and_keeps_the_form(desk):
    browser = desk.browser(SUB)
    form = {f"i.{name}": text for name, text in DOUBTFUL.items() if isinstance(text, str)}
    form |= {f"i.rekomendasi.1.{n}": cell for n, cell in enumerate(DOUBTFUL["rekomendasi"][0].split(" | "))}

    answer = browser.post_form(MOVE, form)

    assert answer.status_code == 422
    assert "«Siti» kehilangan tanahnya" in answer.text
    assert (
        DOUBTFUL["ringkasan_pengaduan"]
        in re.search(r"<textarea[^>]*ringkasan_pengaduan.*?</textarea>", answer.text, re.S)[0]
    )
    assert "Bukan nama pelapor, korban, atau saksi" in answer.text
    assert RECOMMENDATION not in desk.office.root.cabinet.case(FIRST).drafts


def test_the_command_and_the_api_say_the_same(desk, capsys):
    told = [f"--set={name}={value}" for name, value in DOUBTFUL.items() if isinstance(value, str)]
    told.append(f"--set=rekomendasi={DOUBTFUL['rekomendasi'][0]}")

    command = main(
        ["--root", str(desk.office.root.layout.root), "do", "2026/0001", "susun-rekomendasi", "--as", SUB, *told]
    )
    form = {"isian": (None, json.dumps(DOUBTFUL))}
    api = Program(desk, SUB).call("POST", f"{CASE}/gerak/susun-rekomendasi", files=form)

    assert (command, api.status_code) == (13, 422)
    assert "«Siti» kehilangan tanahnya" in capsys.readouterr().err
    assert "«Siti» kehilangan tanahnya" in api.text


def test_words_typed_on_the_desk_are_looked_through_and_kept(drafted):
    browser, place = drafted.browser(SUB), place_of(newest(drafted), "Tanah")
    typed = {"versi": "1", f"p.{place}": "Tanah Siti Rekaan."}

    refused = browser.post_form(EDITOR, typed)
    said = browser.post_form(EDITOR, {**typed, f"p.{place}": "Tanah Siti.", CLEARED: "Tanah Siti | nama jalan"})

    assert refused.status_code == 422
    assert "«Siti Rekaan»" in refused.text
    assert ">Tanah Siti Rekaan.</textarea>" in refused.text
    assert said.status_code == 303
    draft = drafted.office.root.cabinet.case(FIRST).drafts[RECOMMENDATION]
    assert (draft.version, draft.cleared) == (2, ("Tanah Siti | nama jalan",))


def _with(docx: bytes, change) -> bytes:
    word, made = Document(io.BytesIO(docx)), io.BytesIO()
    change(word)
    word.save(made)
    return made.getvalue()


def _header(word):
    word.sections[0].header.paragraphs[0].add_run("Siti Rekaan")


def _table(word):
    word.add_table(1, 1).cell(0, 0).text = "Siti Rekaan"


def _split_runs(word):
    paragraph = word.add_paragraph()
    for piece in ("Si", "ti Re", "kaan"):
        paragraph.add_run(piece)


def _bookmark(word):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:bookmarkStart")
    mark.set(qn("w:id"), "77")
    mark.set(qn("w:name"), "Siti_Rekaan")
    word.paragraphs[0]._p.append(mark)


def _box(word):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    inside = "<w:txbxContent><w:p><w:r><w:t>Siti Rekaan</w:t></w:r></w:p></w:txbxContent>"
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    box = f"<w:r {spaces}><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    word.paragraphs[0]._p.append(parse_xml(box))


def test_an_edited_word_file_is_looked_through_whole(drafted):
    for hidden in (_header, _table, _split_runs, _bookmark, _box):
        docx = _with(newest(drafted), hidden)

        page = drafted.browser(SUB).post_form(
            UPLOAD, {"versi": "1"}, page=f"{CASE}/lihat/{RECOMMENDATION}-v1.docx", files={"berkas": ("s.docx", docx)}
        )

        assert page.status_code == 422, hidden
        assert "Surat rekomendasi menyebut" in page.text, hidden
    assert drafted.office.root.cabinet.case(FIRST).drafts[RECOMMENDATION].version == 1


def test_an_edited_word_file_is_looked_through_by_command_and_api_too(drafted, tmp_path, capsys):
    docx, file = _with(newest(drafted), _header), tmp_path / "suntingan.docx"
    file.write_bytes(docx)
    told = ["--root", str(drafted.office.root.layout.root), "sunting", "2026/0001", RECOMMENDATION]
    told += ["--file", str(file), "--as", SUB]

    command = main(told)
    form = {"dilihat": (None, "1"), "berkas": ("s.docx", docx)}
    api = Program(drafted, SUB).call("POST", f"{CASE}/sunting/{RECOMMENDATION}", files=form)

    assert (command, api.status_code) == (5, 422)
    for said in (capsys.readouterr().err, api.text):
        assert "Surat rekomendasi menyebut" in said
    assert drafted.office.root.cabinet.case(FIRST).drafts[RECOMMENDATION].version == 1


def test_a_file_that_was_stopped_is_kept_and_taken_in_with_a_reason(drafted):
    docx, browser = with_words(newest(drafted), "Tanah", "Tanah di sebelah rumah Siti itu."), drafted.browser(SUB)
    page = f"{CASE}/lihat/{RECOMMENDATION}-v1.docx"

    stopped = browser.post_form(UPLOAD, {"versi": "1"}, page=page, files={"berkas": ("s.docx", docx)})
    again = {"titipan": "ya", "versi": "1", "dasar": "1", CLEARED: "rumah Siti | rumah tetangga"}
    taken = browser.post_form(UPLOAD, again, page=f"{CASE}/titipan/{RECOMMENDATION}")

    assert (stopped.status_code, taken.status_code) == (422, 303)
    assert "Bukan nama pelapor" in stopped.text


def test_an_edited_file_says_nothing_of_who_wrote_it(drafted):
    def signed(word):
        told = word.core_properties
        told.author, told.last_modified_by, told.title, told.comments = "Siti Rekaan", "Siti", "Siti", "Siti Rekaan"

    docx = _with(with_words(newest(drafted), "Tanah", "Tanah itu."), signed)
    drafted.browser(SUB).post_form(
        UPLOAD, {"versi": "1"}, page=f"{CASE}/lihat/{RECOMMENDATION}-v1.docx", files={"berkas": ("s.docx", docx)}
    )

    assert drafted.office.root.cabinet.case(FIRST).drafts[RECOMMENDATION].version == 2
    assert not [said for said in word_said.said(newest(drafted)) if "Siti" in said[1]]
    assert all("siti" not in document.name.lower() for document in drafted.office.root.cabinet.case(FIRST).documents)
