"""What was approved is what is numbered: an official's edits stay, whoever corrects the register meanwhile."""

from __future__ import annotations

import pytest
from life_office import DIVISION, DRAFTED, FIELD, FIRST, MEMO, LifeOffice
from life_office import REVIEW as MEMO_ANSWERS
from offices import WordOffice
from test_whole_sop import LETTER, REVIEW, SUB, TEAM, TO_REVIEW, TO_THE_END, received, walk
from word_files import of_paragraphs, older, place_of

from pipeline.cases.actor import Actor
from pipeline.cases.called_sheets import kept_sheets
from pipeline.cases.versions import versions
from pipeline.errors import NotAllowed
from pipeline.letters.engines.word_text import rewritten
from pipeline.letters.revise import Edit, revise
from pipeline.work.engines import doctor_templates

RECOMMENDATION, NOTICE = "06-surat-rekomendasi", "06-pemberitahuan-pelapor"
SUMMARY = LETTER["ringkasan_pengaduan"]
TO_DRAFT = [*TO_REVIEW, ("telaah", SUB, {**REVIEW, "saran": "rekomendasi"}), TO_THE_END[0]]
INITIALLED, NUMBERED = TO_THE_END[1:3], TO_THE_END[3]
DRAFTED_ON_2_DECEMBER = [*TO_DRAFT[:-1], ("susun-rekomendasi", SUB, LETTER, "2026-12-02T09:00")]
CORRECTION = ("koreksi", TEAM, {"alasan": "Salah tulis", "perihal": "Sengketa tanah ulayat"})


@pytest.fixture
def office(tmp_path):
    office = WordOffice(tmp_path / "kantor")
    received(office)
    return office


@pytest.fixture
def number(office):
    return max(office.root.cabinet.numbers())


def test_a_letter_that_was_edited_and_initialled_is_numbered_as_it_was_approved(office, number):
    walk(office, number, TO_DRAFT)
    office.edit(number, RECOMMENDATION, SUB, before=SUMMARY, after="Tanah diambil tanpa ganti rugi sejak 2019")
    walk(office, number, INITIALLED)
    approved = office.lines(number, RECOMMENDATION)

    case = walk(office, number, [NUMBERED])

    given = [line for line in office.lines(number, RECOMMENDATION) if line not in approved]
    assert given == [case.numbers[RECOMMENDATION], "3 Desember 2026"]
    assert "Tanah diambil tanpa ganti rugi sejak 2019" in office.lines(number, RECOMMENDATION)
    assert [line for line in approved if line not in office.lines(number, RECOMMENDATION)] == ["KONSEP"] * 2
    draft = case.drafts[RECOMMENDATION]
    assert (draft.version, draft.issued_from, draft.editor) == (3, 2, "")
    assert case.prints[RECOMMENDATION].version == 3
    assert office.findings() == []


def test_initials_hold_when_the_letter_is_numbered_and_not_when_it_is_edited_afterwards(tmp_path):
    life = _initialled(tmp_path)

    life.act("nomori-naskah", TEAM, RECOMMENDATION)
    numbered = life.letter(RECOMMENDATION)
    life.office.edit(FIRST, RECOMMENDATION, SUB, before=DRAFTED["ringkasan_pengaduan"], after="Tanah dan rumah.")
    edited = life.letter(RECOMMENDATION)

    assert ([by.role for by in numbered.initials], numbered.version) == ([FIELD, DIVISION], 2)
    assert ([by.role for by in edited.voided], edited.initials) == ([FIELD, DIVISION], ())
    assert edited.number == numbered.number
    assert [v.issued_from for v in versions(life.case, RECOMMENDATION)] == [0, 1, 0]


@pytest.mark.parametrize("passed_on", [INITIALLED[:1], INITIALLED, [*INITIALLED, NUMBERED]])
def test_where_initials_are_states_a_letter_that_was_passed_on_comes_back_before_it_is_edited(
    office, number, passed_on
):
    before = walk(office, number, [*TO_DRAFT, *passed_on])

    with pytest.raises(NotAllowed, match="sudah diparaf atau dinomori") as refused:
        office.edit(number, RECOMMENDATION, SUB, before=SUMMARY, after="Lain")

    assert "kembalikan" in refused.value.remedy
    assert office.root.cabinet.case(number).head == before.head
    roles = ["kadiv", TEAM, "kakanwil"][: len(passed_on)][::-1]
    walk(office, number, [("kembalikan", role, {"alasan": "Disunting"}) for role in roles])
    assert office.edit(number, RECOMMENDATION, SUB, before=SUMMARY, after="Lain").drafts[RECOMMENDATION].editor == SUB


def test_a_correction_never_replaces_what_was_initialled(tmp_path):
    life = _initialled(tmp_path)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)
    life.act("paraf-naskah", FIELD, NOTICE)

    life.make("koreksi", TEAM, {"perihal": "Tanah ulayat", "alasan": "Salah tulis"})

    assert {t: life.letter(t).version for t in (RECOMMENDATION, NOTICE)} == {RECOMMENDATION: 2, NOTICE: 1}
    assert life.letter(NOTICE).initials
    assert {place.template for place in life.office.root.outdated_places(life.case)} == {MEMO, RECOMMENDATION, NOTICE}


def _printed(life):
    """The memo's lines, whether or not a blank may break."""
    return [line.replace("\xa0", " ") for line in life.office.lines(FIRST, MEMO)]


def test_a_memo_that_was_initialled_gets_the_number_of_its_series_and_keeps_its_words(tmp_path):
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.until_review()
    life.make("telaah", SUB, MEMO_ANSWERS)
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, MEMO)
    before = _printed(life)

    life.act("nomori-naskah", TEAM, MEMO)

    after, number = _printed(life), life.letter(MEMO).number
    assert number
    assert [line for line in after if line not in before] == [f"NOMOR {number}", f"Nota Dinas Nomor {number}"]
    assert [line for line in before if line not in after and "NOMOR" not in line.upper()] == ["KONSEP"] * 2
    assert [by.role for by in life.letter(MEMO).initials] == [FIELD, DIVISION]


def _initialled(tmp_path):
    """An office under the edition with the letters' lives; its recommendation has both initials."""
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.decided("rekomendasi")
    life.make("susun-rekomendasi", SUB, DRAFTED)
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)
    return life


def test_a_letter_beside_the_recommendation_is_numbered_as_it_was_edited_too(office, number):
    walk(office, number, TO_DRAFT)
    thanks = "Atas perhatian Saudara, kami ucapkan terima kasih."
    office.edit(number, NOTICE, SUB, before=thanks, after="Terima kasih.")

    case = walk(office, number, [("nomori-surat", TEAM, {"naskah": NOTICE, "nomor_naskah": "W.8-HA.01.07-118"})])

    assert {"Terima kasih.", "W.8-HA.01.07-118", "3 Desember 2026"} <= set(office.lines(number, NOTICE))
    assert case.drafts[NOTICE].issued_from == 2


def test_a_letter_composed_anew_after_its_return_is_drafted_from_its_form_and_keeps_its_number(office, number):
    walk(office, number, [*TO_DRAFT, *INITIALLED, NUMBERED])
    back = [("kembalikan", role, {"alasan": "Perbaiki"}) for role in ("kakanwil", TEAM, "kadiv", "kabid")]
    again = ("susun-rekomendasi", SUB, {**LETTER, "ringkasan_pengaduan": "Ringkasan kedua"})

    first = office.root.cabinet.case(number).numbers[RECOMMENDATION]
    case = walk(office, number, [*back, again, ("paraf", "kabid", {}), ("paraf", "kadiv", {}), ("nomori", TEAM, {})])

    assert "Ringkasan kedua" in office.lines(number, RECOMMENDATION)
    assert first in office.lines(number, RECOMMENDATION)
    assert case.numbers[RECOMMENDATION] == first
    assert case.drafts[RECOMMENDATION].issued_from == case.drafts[RECOMMENDATION].version - 1


def test_a_signer_who_changed_since_the_approval_is_never_put_in_silently(office, number):
    office = _deputy_on_3_december(office)
    approved = walk(office, number, [*DRAFTED_ON_2_DECEMBER, *INITIALLED])

    with pytest.raises(NotAllowed, match=r"Plh\. Kepala Kantor Wilayah Wakil Rekaan") as refused:
        walk(office, number, [NUMBERED])

    assert "dikonsep ulang" in refused.value.remedy
    assert office.root.cabinet.case(number).head == approved.head


def test_a_signature_that_was_edited_to_todays_holder_is_numbered(office, number):
    office = _deputy_on_3_december(office)
    walk(office, number, DRAFTED_ON_2_DECEMBER)
    title = "Kepala Kantor Wilayah,"
    office.edit(number, RECOMMENDATION, SUB, before=title, after=f"Plh. {title}")
    office.edit(number, RECOMMENDATION, SUB, before="Kepala Rekaan", after="Wakil Rekaan")

    case = walk(office, number, [*INITIALLED, NUMBERED])

    assert RECOMMENDATION in case.numbers
    assert {"Plh. Kepala Kantor Wilayah,", "Wakil Rekaan"} <= set(office.lines(number, RECOMMENDATION))


def _deputy_on_3_december(office):
    """The office once its settings say that the Kakanwil has a deputy from the day of numbering on."""
    settings = office.root.layout.settings
    post = '[[jabatan]]\nperan = "kakanwil"\njabatan = "Kepala Kantor Wilayah"\n'
    deputy = f'{post}sebagai = "Plh."\nnama = "Wakil Rekaan"\nnip = "19700101 199503 1 002"\nmulai = 2026-12-03\n'
    held = f'{post}nama = "Kepala Rekaan"\nnip = "19700101 199503 1 001"\n\n{deputy}'
    settings.write_text(settings.read_text(encoding="utf-8").replace(post, held), encoding="utf-8")
    return WordOffice(office.root.layout.root)


def test_a_draft_of_an_earlier_version_without_a_place_for_its_number_takes_none(office, number):
    _drafted_by_0_1_0(office, without=("Nomor",))
    before = walk(office, number, [*TO_DRAFT, *INITIALLED])

    with pytest.raises(NotAllowed, match="Tempat nomor naskah dalam naskah tidak ditemukan"):
        walk(office, number, [NUMBERED])

    after = office.root.cabinet.case(number)
    assert (after.head, after.numbers) == (before.head, {})


def test_a_draft_of_an_earlier_version_is_numbered_where_its_dots_are(office, number):
    _drafted_by_0_1_0(office)
    walk(office, number, TO_DRAFT)
    office.edit(number, RECOMMENDATION, SUB, before=SUMMARY, after="Disunting")

    case = walk(office, number, [*INITIALLED, NUMBERED])

    assert {"Disunting", case.numbers[RECOMMENDATION], "3 Desember 2026"} <= set(office.lines(number, RECOMMENDATION))
    assert "KONSEP" not in office.lines(number, RECOMMENDATION)


def test_an_edit_that_loses_the_place_of_the_number_is_refused(office, number):
    before = walk(office, number, TO_DRAFT)

    with pytest.raises(NotAllowed, match="Tempat nomor naskah"):
        _upload(office, number, of_paragraphs("Surat tanpa kepala"))

    assert office.root.cabinet.case(number).head == before.head


def test_doctor_names_a_template_without_controls(office):
    _drafted_by_0_1_0(office)

    rows = [row for name in (RECOMMENDATION, NOTICE) for row in office.root.templates.versions(name)]
    old, new = (doctor_templates._fit(row, office.root.typist.unnamed_fields(row.stem)) for row in rows)

    assert (old.thing, old.caution) == (f"Templat {RECOMMENDATION}", True)
    assert "nomor naskah, tanggal naskah, tanda konsep" in old.fact
    assert not new.caution


def _drafted_by_0_1_0(office, without=()):
    """The recommendation's template as it was before it had controls, or as an office made it over."""
    path = office.root.layout.templates / f"{RECOMMENDATION}.docx"
    docx = older(path.read_bytes())
    path.write_bytes(rewritten(docx, {place_of(docx, text): "Perihal" for text in without}))


def test_a_correction_never_replaces_what_people_edited_or_numbered(office, number):
    walk(office, number, TO_DRAFT)
    office.edit(number, NOTICE, SUB, before="Tempat", after="Bengkulu")
    before = walk(office, number, [*INITIALLED, NUMBERED])

    case = walk(office, number, [CORRECTION])

    kept = {RECOMMENDATION, NOTICE}
    assert kept_sheets(case, office.root.sop_of(case)) == kept
    assert {t: case.drafts[t].version for t in kept} == {t: before.drafts[t].version for t in kept}
    assert case.drafts["01-tanda-terima"].version == before.drafts["01-tanda-terima"].version + 1


def test_a_correction_is_proposed_to_the_letters_that_it_does_not_touch(office, number):
    walk(office, number, TO_DRAFT)
    office.edit(number, NOTICE, SUB, before="Tempat", after="Bengkulu")

    case = walk(office, number, [CORRECTION])

    (proposed,) = office.root.outdated_places(case)
    assert (proposed.template, proposed.was, proposed.now) == (
        NOTICE,
        "sengketa tanah adat",
        "sengketa tanah ulayat",
    )


def test_a_proposal_that_an_official_took_up_is_made_no_more(office, number):
    walk(office, number, TO_DRAFT)
    office.edit(number, NOTICE, SUB, before="Tempat", after="Bengkulu")
    walk(office, number, [CORRECTION])
    said = next(line for line in office.lines(number, NOTICE) if "tanah adat" in line)

    case = office.edit(number, NOTICE, SUB, before=said, after=said.replace("tanah adat", "tanah ulayat"))

    assert office.root.outdated_places(case) == ()


def _upload(office, number, docx):
    version = office.root.cabinet.case(number).drafts[RECOMMENDATION].version
    edit = Edit(docx, version, version, sure=True)
    revise(number, RECOMMENDATION, edit, by=Actor(SUB, SUB), parts=office.revise_parts)
