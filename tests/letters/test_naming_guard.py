"""The guard of letters that others read: which they are, what it looks through, what it costs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from case_factory import moved, then
from life_office import DRAFTED, FIELD, FIRST, HEAD, NOTICE, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice
from patience import processor_seconds
from sheet_factory import usual

from pipeline.cases.actor import Actor
from pipeline.cases.cleared_words import CLEARED, asks_cleared
from pipeline.cases.decide import decide
from pipeline.cases.events import SPLIT_OFF, Failed, Linked
from pipeline.cases.sop_words import CHOSEN, UNSIGNED_DRAFTS
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, Refused
from pipeline.letters.naming_guard import NAMES
from pipeline.letters.sheets import TEMPLATES, context, specimen_facts
from pipeline.letters.sheets.readers import is_for_others, read_by_others, readers
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.work.tend import tend

FOR_OTHERS = [template for template in readers() if is_for_others(template)]


class Unguarded:
    """What let everything through: an earlier version of this program."""

    def check_drafts(self, *_: object) -> None: ...

    def check_file(self, *_: object) -> None: ...


@pytest.fixture
def life(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.decided("rekomendasi")
    return life


def test_of_every_sheet_it_is_said_once_who_reads_it():
    assert sorted(readers()) == sorted(TEMPLATES)


@pytest.mark.parametrize("sop", editions(), ids=lambda sop: sop.key)
def test_a_form_asks_which_words_name_nobody_where_the_guard_may_stop_what_it_composes(sop):
    composing = [move for move in sop.moves if move.sheets not in ((UNSIGNED_DRAFTS,), (CHOSEN,)) and not move.numbers]

    asked = {move.key: asks_cleared(move, sop) for move in composing}

    assert asked == {move.key: any(map(is_for_others, move.sheets)) for move in composing}
    assert any(asked.values())


@pytest.mark.parametrize("template", FOR_OTHERS)
@pytest.mark.parametrize("name", ["kosong", "lazim", "panjang"])
def test_the_invented_cases_pass_the_guard(life, template, name):
    facts = specimen_facts(template)[name]

    guard = replace(life.office.naming, office=SPECIMEN_OFFICE)

    guard.check_values(life.case, template, facts, context(template, facts, SPECIMEN_OFFICE))


@pytest.mark.parametrize("template", FOR_OTHERS)
def test_the_complaints_own_number_and_date_are_for_others_only_where_its_sender_agreed(template):
    facts = specimen_facts(template)["lazim"]
    kept = context(template, facts, SPECIMEN_OFFICE)
    agreed = replace(facts, fields={**facts.fields, "izin_identitas": field("ya")})

    told = context(template, agreed, SPECIMEN_OFFICE)

    assert (kept["nomor_surat"], kept["tanggal_surat"]) == ("", "")
    assert (told["nomor_surat"], told["tanggal_surat"]) == ("07/FWS/XI/2026", "20 November 2026")


def test_a_correction_is_read_by_whom_its_letter_was_for():
    facts = specimen_facts("06-ralat")["lazim"]
    (move,) = [one for one in facts.moves if one.key == "ralat"]
    own = replace(facts, moves=(replace(move, values={**move.values, "naskah": "06-pemberitahuan-pelapor"}),))

    assert read_by_others("06-ralat", facts)
    assert not read_by_others("06-ralat", own)
    assert read_by_others("06-ralat", replace(facts, moves=()))


def test_a_letter_to_the_agency_that_complains_itself_is_stopped(life):
    agency = {"lembaga_pelapor": field("Dinas Sosial Rekaan"), "pelapor": []}
    facts = usual(RECOMMENDATION, fields={**usual(RECOMMENDATION).fields, **agency})
    to_them = tuple(
        replace(move, values={**move.values, "tujuan_surat": "Kepala Dinas Sosial Rekaan"}) for move in facts.moves
    )

    values = context(RECOMMENDATION, replace(facts, moves=to_them), SPECIMEN_OFFICE)

    assert values["yth"] == ["Kepala Dinas Sosial Rekaan"]
    with pytest.raises(Refused, match="Surat rekomendasi belum dikonsep"):
        life.office.naming.check_values(life.case, RECOMMENDATION, replace(facts, moves=to_them), values)


@pytest.mark.parametrize(("template", "answer"), [("05-undangan-audiensi", "pihak"), ("05-berita-acara", "hadir")])
@pytest.mark.parametrize(("post", "asked"), [("Ketua RT 4", True), ("Ketua RT 5", False)])
def test_who_heads_the_complainants_own_neighbourhood_is_no_guest_unasked(life, template, answer, post, asked):
    facts = usual(template)
    home = {"pelapor": [{"nama": field("Sari Melati"), "alamat": field("Jalan Melur 8 RT 4, Kota Contoh")}]}
    guests = [post] if answer == "pihak" else [f"Somad Umpama | {post}"]
    moves = tuple(replace(m, values={**m.values, answer: guests}) if answer in m.values else m for m in facts.moves)
    facts = replace(facts, fields={**facts.fields, **home}, moves=moves)
    guard = replace(life.office.naming, office=SPECIMEN_OFFICE)
    values = context(template, facts, SPECIMEN_OFFICE)

    if asked:
        with pytest.raises(Refused, match="mungkin menyebut nama"):
            guard.check_values(life.case, template, facts, values)
    else:
        guard.check_values(life.case, template, facts, values)


@pytest.mark.parametrize("name", ["Lembaga Bantuan Hukum Rekaan", "Kelompok Tani Contoh Makmur", "Forum Warga Umpama"])
def test_an_organisation_written_as_a_person_does_not_stop_the_letterhead(life, name):
    facts = usual("05-undangan-audiensi")
    facts = replace(facts, fields={**facts.fields, "pelapor": [{"nama": field(name)}]})
    guard = replace(life.office.naming, office=SPECIMEN_OFFICE)

    guard.check_values(
        life.case, "05-undangan-audiensi", facts, context("05-undangan-audiensi", facts, SPECIMEN_OFFICE)
    )


def test_the_offices_own_people_may_have_the_complainants_name(life):
    office = life.office.naming.office
    official = replace(office.officials[0], name="Budi Rekaan")
    guard = replace(life.office.naming, office=replace(office, officials=(official, *office.officials[1:])))
    facts = usual(RECOMMENDATION, fields={"pelapor": [{"nama": "Siti Rekaan"}]})

    guard.check_values(
        life.case, RECOMMENDATION, facts, {"penandatangan_nama": "Budi Rekaan", "analisis": "Menurut Budi Rekaan."}
    )
    with pytest.raises(Refused):
        guard.check_values(life.case, RECOMMENDATION, facts, {"analisis": "Menurut Rekaan."})


def test_a_letter_that_was_called_for_before_there_was_a_guard_is_not_drafted_and_repeats_no_name(life, caplog):
    told = {**DRAFTED, "analisis": "Siti benar."}
    parts = replace(life.office.decide_parts, naming=Unguarded())
    decide(FIRST, "susun-rekomendasi", told, by=Actor(SUB, "penguji"), parts=parts)

    case = tend(FIRST, life.office.tend_parts)

    assert RECOMMENDATION not in case.drafts
    failed = [entry.data["reason"] for entry in case.entries if entry.kind == Failed.kind]
    assert failed[0].startswith("Surat rekomendasi belum dikonsep: mungkin menyebut nama di alinea analisis HAM.")
    assert "Siti" not in failed[0]
    assert "Siti" not in caplog.text


def test_starting_the_machine_again_does_not_draft_it_either(life):
    parts = replace(life.office.decide_parts, naming=Unguarded())
    decide(FIRST, "susun-rekomendasi", {**DRAFTED, "analisis": "Siti benar."}, by=Actor(SUB, "x"), parts=parts)
    tend(FIRST, life.office.tend_parts)

    life.make("ulangi", TEAM)

    assert RECOMMENDATION not in life.case.drafts


def test_what_somebody_cleared_holds_for_later_letters_of_the_case(life):
    entry = "Menurut Siti | tetangga"
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Menurut Siti begitu.", CLEARED: [entry]})
    life.sent(RECOMMENDATION)
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    life.make("catat-pemantauan", TEAM, {"catatan": "Menurut Siti belum."})

    assert "07-permintaan-tindak-lanjut" in life.case.drafts


def test_who_complains_in_a_case_that_was_merged_into_this_one_is_named_neither(life):
    told = {"perihal": "Jalan", "pelapor": [{"nama": "Rangga Tirtayasa"}], "terlapor": ["X"], "uraian": "Jalan rusak."}
    other = life.office.open("lisan", told)
    life.office.decide(other, "gabung", FIELD, {"perkara_induk": str(FIRST), "alasan": "Hal yang sama."})

    with pytest.raises(Incomplete) as refused:
        life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Keterangan Tirtayasa sesuai."})

    assert "«Tirtayasa»" in refused.value.message


@pytest.mark.parametrize(
    ("guests", "drafted"), [(["Siti Rekaan, warga"], False), (["Siti Rekaan, warga", "Camat Contoh"], True)]
)
def test_nobody_is_invited_where_the_complainant_alone_was_named_as_a_guest(tmp_path, guests, drafted):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.decided("audiensi")
    meeting = {
        "tanggal_audiensi": "2026-12-09",
        "waktu_audiensi": "09.00 WIB",
        "tempat_audiensi": "Ruang Rapat",
        "acara": "Klarifikasi",
    }
    life.make("usulkan-audiensi", SUB, {**meeting, "alasan": "Perlu.", "pihak": ["Camat Contoh"]})
    life.make("disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan"})

    if drafted:
        life.make("undang", SUB, {**meeting, "pihak": guests})
    else:
        with pytest.raises(Incomplete, match="tidak tertuju kepada siapa pun") as refused:
            life.make("undang", SUB, {**meeting, "pihak": guests})
        assert "undang-pelapor" in refused.value.remedy
        assert list(refused.value.fields) == ["pihak"]

    assert ("05-undangan-audiensi" in life.case.drafts) == drafted


def _milliseconds(life, text: str) -> float:
    facts = usual(RECOMMENDATION, fields=life.case.fields)
    values = {"analisis": text}
    return 1000 * processor_seconds(lambda: life.office.naming.check_values(life.case, RECOMMENDATION, facts, values))


def test_the_guard_costs_milliseconds_and_no_more_a_letter_when_the_letter_is_longer(life):
    sentence = "Kepala Dinas menerangkan bahwa air sumur warga sudah diperiksa setiap bulan. "

    short, long = _milliseconds(life, sentence * 65), _milliseconds(life, sentence * 1300)

    assert short < 25  # measured: 0.7 ms for 5,000 letters
    assert long < 500  # measured: 11 ms for 100,000 letters


def test_minutes_that_may_name_the_complainant_are_not_drafted(life):
    facts = usual("05-berita-acara", fields=life.case.fields)
    move = next(one for one in facts.moves if one.key == "laksanakan")
    doubtful = replace(move, values={**move.values, "hadir": ["Siti | Tetangga"]})
    facts = replace(facts, moves=(doubtful,))

    with pytest.raises(Refused, match="Berita acara belum dikonsep"):
        life.office.naming.check_values(
            life.case, "05-berita-acara", facts, context("05-berita-acara", facts, SPECIMEN_OFFICE)
        )


def test_nobody_is_gone_from_the_minutes_because_half_of_their_name_is_a_witnesses(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.decided("audiensi")
    life.make("koreksi", TEAM, {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"]})
    meeting = {
        "tanggal_audiensi": "2026-12-09",
        "waktu_audiensi": "09.00 WIB",
        "tempat_audiensi": "Ruang Rapat",
        "acara": "Klarifikasi",
        "pihak": ["Camat Contoh"],
    }
    life.make("usulkan-audiensi", SUB, {**meeting, "alasan": "Perlu."})
    life.make("disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan"})
    life.make("undang", SUB, meeting)
    life.office.clock.at += timedelta(days=14)
    held = {
        "tanggal_pelaksanaan": "2026-12-09",
        "tempat_pelaksanaan": "Ruang Rapat",
        "hadir": ["Joko Sukarsih | Camat Contoh"],
        "hasil": ["Sepakat."],
    }

    with pytest.raises(Incomplete, match="belum jelas siapa yang hadir") as refused:
        life.make("laksanakan", FIELD, held)
    life.make("laksanakan", FIELD, {**held, CLEARED: ["Joko Sukarsih | Camat Contoh"]})

    assert (list(refused.value.fields), CLEARED in refused.value.remedy) == (["hadir"], True)
    assert "Joko Sukarsih" in life.office.file(FIRST, "05-berita-acara-v1.docx").decode()


def test_a_letter_to_the_complainant_may_name_them_in_word_as_when_it_is_drafted(life):
    guard = life.office.naming
    docx = b'{"analisis": "Menurut Siti Rekaan begitu."}'

    guard.check_file(life.case, NOTICE, docx)
    guard.check_values(life.case, NOTICE, usual(NOTICE, fields=life.case.fields), {"isi": "Yth. Siti Rekaan"})
    with pytest.raises(Refused) as refused:
        guard.check_file(life.case, RECOMMENDATION, docx)

    assert (refused.value.code, "isi surat: " in refused.value.message) == (NAMES, True)
    assert "koreksi" in refused.value.remedy


def test_words_that_the_editor_clears_let_this_file_through_and_no_other_word(life):
    guard = life.office.naming
    docx = b'{"analisis": "Di Rekaan dan oleh Siti begitu."}'

    guard.check_file(life.case, RECOMMENDATION, docx, ("Di Rekaan dan | tempat", "oleh Siti | penyanyi"))
    for cleared in ((), ("Di Rekaan dan | tempat",)):
        with pytest.raises(Refused):
            guard.check_file(life.case, RECOMMENDATION, docx, cleared)


def test_the_answer_in_which_somebody_may_be_named_is_told_and_where_no_answer_does_the_words_to_clear_are(life):
    with pytest.raises(Incomplete) as told:
        life.make("susun-rekomendasi", SUB, {**DRAFTED, "analisis": "Siti benar.", "hasil_klarifikasi": "Sudah."})
    assert list(told.value.fields) == ["analisis"]
    assert "“" in told.value.fields["analisis"][1]

    with pytest.raises(Incomplete) as untold:
        life.office.naming.check_drafts(
            _with_answer(life, "analisis", "Siti benar."), (RECOMMENDATION,), {}, life.office.clock.now()
        )
    assert list(untold.value.fields) == [CLEARED]


def _with_answer(life, name: str, text: str):
    """The case after its recommendation was composed in a way that the guard would have stopped."""
    return moved(life.case, life.sop, "susun-rekomendasi", SUB, **{**DRAFTED, name: text})


def test_words_to_clear_are_not_looked_for_names_themselves(life):
    values = {CLEARED: ["Siti | penyanyi"], "analisis": "Siti benar, kata Rekaan."}
    case = _with_answer(life, "analisis", "Siti benar, kata Rekaan.")

    with pytest.raises(Incomplete) as told:
        life.office.naming.check_drafts(case, (RECOMMENDATION,), values, life.office.clock.now())

    assert list(told.value.fields) == ["analisis"]


def test_of_the_letters_that_a_move_calls_for_those_to_the_complainant_are_not_looked_through(life):
    case = _with_answer(life, "analisis", "Siti benar.")

    life.office.naming.check_drafts(case, (NOTICE,), {}, life.office.clock.now())
    with pytest.raises(Incomplete, match="Surat rekomendasi menyebut"):
        life.office.naming.check_drafts(case, (NOTICE, RECOMMENDATION), {}, life.office.clock.now())


INVITATION = "05-undangan-audiensi"


def test_an_invitation_to_nobody_stops_no_other_letter(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.decided("audiensi")
    meeting = {
        "tanggal_audiensi": "2026-12-09",
        "waktu_audiensi": "09.00 WIB",
        "tempat_audiensi": "Ruang Rapat",
        "acara": "Klarifikasi",
    }
    life.make("usulkan-audiensi", SUB, {**meeting, "alasan": "Perlu.", "pihak": ["Camat Contoh"]})
    life.make("disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan"})
    case = moved(life.case, life.sop, "undang", SUB, **{**meeting, "pihak": ["Siti Rekaan"]})
    guard, now = life.office.naming, life.office.clock.now()

    guard.check_drafts(case, (RECOMMENDATION,), {}, now)
    with pytest.raises(Incomplete, match="tidak tertuju kepada siapa pun"):
        guard.check_drafts(case, (INVITATION,), {}, now)


def test_only_the_first_places_are_shown_and_how_many_more_there_are(life):
    words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh"]
    for many, more in ((5, ""), (7, "; dan 2 tempat lain")):
        docx = json.dumps({word: f"Menurut Siti {word} begitu." for word in words[:many]}).encode()

        with pytest.raises(Refused) as refused:
            life.office.naming.check_file(life.case, RECOMMENDATION, docx)

        assert refused.value.message.count("isi surat: ") == 5
        assert refused.value.message.endswith(f"”{more}.")


def test_the_town_to_which_a_letter_goes_is_no_name_alone_on_its_line_but_a_sure_name_is(life):
    case = _with_answer(life, "tempat_tujuan", "Rekaan")
    guard = life.office.naming

    guard.check_file(case, RECOMMENDATION, b'{"tempat": "Rekaan,"}')
    for said in ("Menurut Rekaan begitu.", "Siti Rekaan"):
        with pytest.raises(Refused):
            guard.check_file(case, RECOMMENDATION, json.dumps({"tempat": said}).encode())


def test_who_complains_in_a_case_that_is_tied_to_this_one_is_named_neither_and_one_that_cannot_be_read_stops_nothing(
    life,
):
    told = {"perihal": "Jalan", "pelapor": [{"nama": "Rangga Tirtayasa"}], "terlapor": ["X"], "uraian": "Jalan rusak."}
    other = life.office.open("lisan", told)
    case = then(then(life.case, Linked("2026/0099", SPLIT_OFF)), Linked(str(other), SPLIT_OFF))
    guard = life.office.naming

    guard.check_file(case, RECOMMENDATION, b'{"analisis": "Sesuai."}')
    with pytest.raises(Refused, match="Tirtayasa"):
        guard.check_file(case, RECOMMENDATION, b'{"analisis": "Keterangan Tirtayasa sesuai."}')
    guard.check_file(life.case, RECOMMENDATION, b'{"analisis": "Keterangan Tirtayasa sesuai."}')


def test_a_line_of_the_office_that_is_broken_in_two_names_nobody_else(life):
    official = replace(life.office.naming.office.officials[0], name="Budi Rekaan")
    guard = replace(life.office.naming, office=replace(life.office.naming.office, officials=(official,)))

    for text in ("Budi Rekaan", "Budi\nRekaan", f"{official.printed_title},\nBudi Rekaan"):
        guard.check_file(life.case, RECOMMENDATION, json.dumps({"kaki": text}).encode())
    with pytest.raises(Refused):
        guard.check_file(life.case, RECOMMENDATION, b'{"kaki": "Menurut Rekaan,\\nBudi Rekaan"}')


def test_an_answer_is_called_as_the_form_that_was_filled_in_calls_it(life):
    form = next(move for move in life.sop.moves if move.key == "susun-rekomendasi").form
    labels = {field.name: field.label for field in form}
    case = _with_answer(life, "analisis", "Siti benar.")
    values = dict.fromkeys(labels, "Siti benar.")

    with pytest.raises(Incomplete) as told:
        life.office.naming.check_drafts(case, (RECOMMENDATION,), values, life.office.clock.now())

    asked = {name: label for name, label in labels.items() if name != CLEARED}
    assert {name: label for name, (label, _) in told.value.fields.items()} == asked


def test_of_two_moves_of_one_key_the_answer_is_called_as_that_which_was_made_calls_it(life):
    first, _ = (move for move in life.sop.moves if move.key == "tegur")
    composed = _with_answer(life, "analisis", "Siti benar.")
    where = {"start": "pemantauan", "state": "pemantauan", "sheets": first.sheets}
    values = {"tembusan": ["Siti benar."]}
    warned = then(composed, replace(composed.made[-1].decision, move="tegur", values={}, **where))

    with pytest.raises(Incomplete) as told:
        life.office.naming.check_drafts(warned, (RECOMMENDATION,), values, life.office.clock.now())

    assert told.value.fields["tembusan"][0] == "Tembusan"


def _naming_both(template):
    """The usual case with a sentence of an official and one of a witness, who share a part, in each of its answers."""
    facts = usual(template)
    added = " Menurut Sri Sukarsih cukup. Menurut Ujang Sukarsih belum."
    moves = tuple(
        replace(move, values={name: _with(value, added) for name, value in move.values.items()}) for move in facts.moves
    )
    return replace(facts, fields={**facts.fields, "saksi": [field("Ujang bin Sukarsih")]}, moves=moves)


def _with(value, added):
    if isinstance(value, list):
        return [_with(one, added) for one in value]
    return f"{value}{added}" if isinstance(value, str) and value.endswith(".") else value


@pytest.mark.parametrize("template", FOR_OTHERS)
def test_an_official_who_shares_a_part_with_a_witness_is_called_by_their_own_name_in_every_letter(template):
    holder = replace(SPECIMEN_OFFICE.officials[3], name="Dra. Sri Sukarsih, M.H.")
    known = SPECIMEN_OFFICE.officials
    office = replace(SPECIMEN_OFFICE, officials=(*known[:3], holder, *known[4:]))

    told = json.dumps(context(template, _naming_both(template), office), ensure_ascii=False, default=str)

    told = told.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ujang" not in told
    assert "Sri saksi" not in told
    assert ("Menurut Sri Sukarsih cukup. Menurut saksi belum." in told) == ("Menurut saksi belum." in told)


def test_most_letters_tell_what_was_typed():
    told = [t for t in FOR_OTHERS if "Menurut saksi belum." in str(context(t, _naming_both(t), SPECIMEN_OFFICE))]

    assert {RECOMMENDATION, "06-ralat", "05-berita-acara"} <= set(told)


@pytest.mark.parametrize("answer", ["analisis", "hasil_klarifikasi", "tembusan"])
def test_somebody_else_of_whose_name_a_part_is_a_witnesses_is_named_or_told_by_whoever_writes(life, answer):
    life.make("koreksi", TEAM, {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"]})
    said = ["Joko Sukarsih"] if answer == "tembusan" else "Menurut Joko Sukarsih begitu. Sukarsih tidak hadir."
    told = {**DRAFTED, answer: said}

    with pytest.raises(Incomplete, match="belum jelas siapa yang disebut") as refused:
        life.make("susun-rekomendasi", SUB, told)
    life.make("susun-rekomendasi", SUB, {**told, CLEARED: ["Joko Sukarsih | kepala dinas"]})

    assert list(refused.value.fields) == [answer]
    assert refused.value.fields[answer][1].endswith(": Joko Sukarsih")
    printed = life.office.file(FIRST, f"{RECOMMENDATION}-v1.docx").decode()
    assert "Joko Sukarsih" in printed
    assert answer == "tembusan" or "Joko Sukarsih begitu. Saksi tidak hadir." in printed


@pytest.mark.parametrize(
    ("question", "said", "shown"),
    [
        ("perihal", "Penyerobotan tanah oleh Joko Sukarsih", "Joko Sukarsih (Perihal)"),
        ("perihal", "PENYEROBOTAN TANAH OLEH JOKO SUKARSIH", "JOKO SUKARSIH (Perihal)"),
        ("perihal", "penyerobotan tanah oleh joko sukarsih", "joko sukarsih (Perihal)"),
        ("permintaan", ["Agar Joko Sukarsih ditegur"], "Joko Sukarsih (Hal-hal yang dimohon)"),
        ("tempat_kejadian", "Rumah Joko Sukarsih", "Joko Sukarsih (Tempat kejadian)"),
    ],
)
def test_half_a_name_that_the_register_has_is_asked_for_where_the_letter_would_tell_it(life, question, said, shown):
    told = {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"], question: said}
    life.make("koreksi", TEAM, told)

    with pytest.raises(Incomplete, match="belum jelas siapa yang disebut") as refused:
        life.make("susun-rekomendasi", SUB, DRAFTED)
    name = shown.partition(" (")[0]
    life.make("susun-rekomendasi", SUB, {**DRAFTED, CLEARED: [f"{name} | warga"]})

    assert list(refused.value.fields) == [CLEARED]
    assert refused.value.fields[CLEARED][1].endswith(f": {shown}")
    assert name.casefold() in life.office.file(FIRST, f"{RECOMMENDATION}-v1.docx").decode().casefold()


def test_half_a_name_in_the_register_that_the_letter_does_not_tell_stops_nothing(life):
    told = {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"], "uraian": "Joko Sukarsih mengambil tanah itu."}
    life.make("koreksi", TEAM, told)

    life.make("susun-rekomendasi", SUB, DRAFTED)

    assert RECOMMENDATION in life.case.drafts


def test_half_a_name_of_an_earlier_answer_is_asked_for_where_a_later_letter_tells_it(life):
    advised = ["Joko Sukarsih | memulihkan | 30 hari"]
    life.make("susun-rekomendasi", SUB, {**DRAFTED, "rekomendasi": advised})
    life.sent(RECOMMENDATION)
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})
    life.make("koreksi", TEAM, {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"]})

    with pytest.raises(Incomplete, match="belum jelas siapa yang disebut") as refused:
        life.make("catat-pemantauan", TEAM, {"catatan": "Belum ada."})

    assert list(refused.value.fields) == [CLEARED]
    assert ": Joko Sukarsih (Rekomendasi" in refused.value.fields[CLEARED][1]


def test_a_name_that_an_official_has_as_a_witness_has_it_is_asked_for(life):
    life.make("koreksi", TEAM, {"alasan": "Saksi disebut.", "saksi": ["Ujang bin Sukarsih"]})
    office = life.office.naming.office
    official = replace(office.officials[0], name="Ujang Sukarsih, S.H.")
    guard = replace(life.office.naming, office=replace(office, officials=(official, *office.officials[1:])))
    told = {**DRAFTED, "analisis": "Menurut Ujang Sukarsih begitu."}
    case = moved(life.case, life.sop, "susun-rekomendasi", SUB, **told)

    with pytest.raises(Incomplete, match="belum jelas siapa yang disebut") as refused:
        guard.check_drafts(case, (RECOMMENDATION,), told, life.office.clock.now())
    life.office.naming.check_drafts(case, (RECOMMENDATION,), told, life.office.clock.now())

    assert list(refused.value.fields) == ["analisis"]
