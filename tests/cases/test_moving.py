"""Every move of the SOP: from where, to where, by whom, with which answers; and nobody else, from nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from case_factory import CALENDAR, case_of, failed, moved, received, recognised, tended, typed_for
from fakes import MORNING
from hypothesis import given, settings
from hypothesis import strategies as st
from sop_texts import read_text_of_sop, sop_text
from thorough import examples

from pipeline.cases.deadlines import current_state, current_step, deadlines
from pipeline.cases.forms import filled
from pipeline.cases.moves import open_move, open_moves
from pipeline.cases.sop import Sop, in_force
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.roles import ROLES
from pipeline.office.worktime import Limit

SOP = editions()[0]
TEXT = sop_text("2024-05-06")
TEAM, HEAD, DIVISION, FIELD, SUB = "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"

#: The moves that the SOP calls for, written down by hand: key, from, to, roles, required answers.
STRAIGHT = [
    ("konfirmasi", "konfirmasi", {"penyampaian"}, {TEAM}, set()),
    ("sampaikan", "penyampaian", {"disposisi-kakanwil"}, {TEAM}, set()),
    ("disposisi", "disposisi-kakanwil", {"disposisi-kadiv"}, {HEAD}, {"isi_disposisi"}),
    ("disposisi", "disposisi-kadiv", {"disposisi-kabid"}, {DIVISION}, {"isi_disposisi"}),
    ("disposisi", "disposisi-kabid", {"telaahan"}, {FIELD}, {"isi_disposisi"}),
    (
        "telaah",
        "telaahan",
        {"usulan-audiensi", "penyusunan", "telaahan"},
        {SUB, TEAM},
        {"persoalan", "analisis_hak", "indikasi", "berwenang", "saran"},
    ),
    (
        "usulkan-audiensi",
        "usulan-audiensi",
        {"disposisi-audiensi"},
        {SUB, FIELD},
        {"alasan", "tanggal_audiensi", "waktu_audiensi", "tempat_audiensi", "acara", "pihak"},
    ),
    (
        "disposisi-audiensi",
        "disposisi-audiensi",
        {"undangan", "usulan-audiensi"},
        {HEAD},
        {"keputusan", "isi_disposisi"},
    ),
    (
        "undang",
        "undangan",
        {"pelaksanaan"},
        {SUB, TEAM},
        {"tanggal_audiensi", "waktu_audiensi", "tempat_audiensi", "acara", "pihak"},
    ),
    (
        "laksanakan",
        "pelaksanaan",
        {"penyusunan"},
        {FIELD, SUB},
        {"tanggal_pelaksanaan", "tempat_pelaksanaan", "hadir", "hasil"},
    ),
    (
        "susun-rekomendasi",
        "penyusunan",
        {"paraf-kabid"},
        {SUB, TEAM},
        {"tujuan_surat", "tempat_tujuan", "ringkasan_pengaduan", "hasil_klarifikasi", "analisis", "rekomendasi"},
    ),
    ("paraf", "paraf-kabid", {"paraf-kadiv"}, {FIELD}, set()),
    ("paraf", "paraf-kadiv", {"penomoran"}, {DIVISION}, set()),
    ("nomori", "penomoran", {"penandatanganan"}, {TEAM}, set()),
    ("tandatangan", "penandatanganan", {"pengiriman"}, {HEAD}, set()),
    ("kirim", "pengiriman", {"tanda-terima-instansi"}, {TEAM}, {"tanggal_kirim", "cara_kirim"}),
    ("terima", "tanda-terima-instansi", {"pemantauan"}, {TEAM}, {"tanggal_terima", "penerima"}),
    ("catat-pemantauan", "pemantauan", {"pemantauan"}, {TEAM}, {"catatan"}),
    ("jawaban-instansi", "pemantauan", {"pemantauan"}, {TEAM}, {"tanggal_jawaban", "isi_jawaban"}),
    ("evaluasi", "pemantauan", {"penutupan"}, {TEAM}, {"kegiatan", "hasil_evaluasi", "simpulan"}),
    ("selesai", "penutupan", {"selesai"}, {TEAM}, set()),
]
EXITS = [
    ("minta-kelengkapan", "telaahan", {"kelengkapan"}, {SUB, TEAM}, {"kekurangan"}),
    ("terima-kelengkapan", "kelengkapan", {"telaahan"}, {TEAM}, {"yang_diterima"}),
    *(
        ("tidak-berwenang", start, {"tidak-berwenang"}, {SUB, FIELD}, {"alasan", "instansi_berwenang"})
        for start in ("disposisi-kakanwil", "disposisi-kadiv", "disposisi-kabid", "telaahan")
    ),
    *(
        ("tidak-ada-indikasi", start, {"tidak-ada-indikasi"}, {SUB, FIELD}, {"alasan"})
        for start in ("telaahan", "penyusunan")
    ),
    *(("batal", start, {"batal"}, {TEAM}, {"alasan"}) for start in ("konfirmasi", "penyampaian")),
]
MOVES = [*STRAIGHT, *EXITS]
#: Open wherever a case has not ended.
ALWAYS = {"cabut", "gabung", "koreksi", "pisahkan"}
RUNNING = [s.key for s in SOP.states if not s.final]
ENDS = [s.key for s in SOP.states if s.final]
#: How a case comes to each of its states on the shortest way.
_WAY_TO_TELAAHAN = ["konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi"]
_WAY_TO_LETTER = [*_WAY_TO_TELAAHAN, ("telaah", "rekomendasi")]
_LETTER = ["susun-rekomendasi", "paraf", "paraf", "nomori", "tandatangan", "kirim", "terima", "evaluasi", "selesai"]
_AUDIENCE = [*_WAY_TO_TELAAHAN, ("telaah", "audiensi"), "usulkan-audiensi"]


def walk(*keys, sop: Sop = SOP, start=None, tend=True):
    """The case after these moves; a branch is chosen by naming its answer."""
    case = start or tended(case_of(), sop)
    for key in keys:
        key, answer = key if isinstance(key, tuple) else (key, None)
        branch = next(m.branch for m in sop.moves if m.key == key)
        case = moved(case, sop, key, **({branch: answer} if answer else {}))
        case = tended(case, sop) if tend else case
    return case


def _ways():
    yield "konfirmasi", []
    for n, state in enumerate(
        ["penyampaian", "disposisi-kakanwil", "disposisi-kadiv", "disposisi-kabid", "telaahan"], start=1
    ):
        yield state, _WAY_TO_TELAAHAN[:n]
    yield "kelengkapan", [*_WAY_TO_TELAAHAN, "minta-kelengkapan"]
    yield "usulan-audiensi", _AUDIENCE[:-1]
    yield "disposisi-audiensi", _AUDIENCE
    yield "undangan", [*_AUDIENCE, ("disposisi-audiensi", "disetujui")]
    yield "pelaksanaan", [*_AUDIENCE, ("disposisi-audiensi", "disetujui"), "undang"]
    yield "penyusunan", _WAY_TO_LETTER
    states = ["paraf-kabid", "paraf-kadiv", "penomoran", "penandatanganan", "pengiriman", "tanda-terima-instansi"]
    for n, state in enumerate([*states, "pemantauan", "penutupan", "selesai"], start=1):
        yield state, [*_WAY_TO_LETTER, *_LETTER[:n]]
    yield "tidak-berwenang", [*_WAY_TO_TELAAHAN, "tidak-berwenang"]
    yield "tidak-ada-indikasi", [*_WAY_TO_TELAAHAN, "tidak-ada-indikasi"]
    yield "dicabut", ["cabut"]
    yield "digabung", ["gabung"]
    yield "batal", ["batal"]


WAYS = dict(_ways())


class _Walked(dict):
    """A case in each state, walked there when it is first asked for."""

    def __missing__(self, state):
        return self.setdefault(state, walk(*WAYS[state]))


CASES = _Walked()


def open_to(case, sop: Sop = SOP) -> dict[str, set[str]]:
    return {o.move.key: set(o.roles) for o in open_moves(case, sop)}


def choices(case, key: str) -> set[str]:
    """The letters that a move for letters may be about."""
    form = next((o.move.form for o in open_moves(case, SOP) if o.move.key == key), ())
    return {c for f in form if f.name == "naskah" for c in f.choices}


def test_every_state_can_be_walked_to():
    assert {state: current_state(CASES[state], SOP).key for state in WAYS} == {k: k for k in WAYS}
    assert set(WAYS) == {s.key for s in SOP.states}


@pytest.mark.parametrize(("key", "start", "to", "roles", "required"), MOVES, ids=[f"{m[0]}-{m[1]}" for m in MOVES])
def test_a_move_leads_where_the_sop_says_for_its_roles_with_its_answers(key, start, to, roles, required):
    opened = next(o for o in open_moves(CASES[start], SOP) if o.move.key == key)

    assert set(opened.roles) == roles
    assert {f.name for f in opened.move.form if f.required} == required
    answers = opened.move.branches or {"": ""}
    found = {
        current_state(moved(CASES[start], SOP, key, **({opened.move.branch: a} if a else {})), SOP).key for a in answers
    }
    assert found == to


@pytest.mark.parametrize("state", RUNNING)
def test_no_step_can_be_skipped(state):
    case = CASES[state]

    own = {key for key, start, *_ in MOVES if start == state}
    back = {"kembalikan"} if WAYS[state] and state != "kelengkapan" else set()
    letters = set(open_to(case)) & {"nomori-surat", "tandatangani-naskah"}
    assert set(open_to(case)) == own | ALWAYS | back | letters


@pytest.mark.parametrize("state", ENDS)
def test_a_case_that_has_ended_can_only_be_opened_again_corrected_or_give_up_what_is_not_its_own(state):
    there = set(open_to(CASES[state])) - {"nomori-surat", "tandatangani-naskah"}

    assert there == {"buka-kembali", "koreksi", "pisahkan"}


@pytest.mark.parametrize("state", [s.key for s in SOP.states])
def test_whoever_is_not_in_the_lane_reads_what_is_open_and_to_whom(state):
    case = CASES[state]
    there = open_to(case)

    for key, roles in there.items():
        for role in set(ROLES) - roles:
            with pytest.raises(NotAllowed) as fault:
                open_move(case, SOP, key, role)
            assert repr(role) in fault.value.message
            assert all(f"{k} (" in fault.value.remedy for k in there)


@pytest.mark.parametrize("state", [s.key for s in SOP.states])
def test_a_move_that_is_not_open_here_names_those_that_are(state):
    case = CASES[state]
    there = open_to(case)

    for key in {m.key for m in SOP.moves} - set(there):
        with pytest.raises(NotAllowed, match=f"{key}' tidak terbuka") as fault:
            open_move(case, SOP, key, TEAM)
        assert all(f"{k} ({', '.join(r)})" in fault.value.remedy for k, r in _said(case))


def _said(case):
    return [(o.move.key, o.roles) for o in open_moves(case, SOP)]


def test_nobody_outside_the_office_makes_a_move():
    for state in WAYS:
        assert not {"pelapor", "instansi"} & set().union(*open_to(CASES[state]).values())


@pytest.mark.parametrize(
    ("key", "start"), [(m[0], m[1]) for m in MOVES if m[4]] + [(k, "telaahan") for k in ("cabut", "gabung", "koreksi")]
)
def test_a_move_without_its_required_answers_names_every_one(key, start):
    opened = next(o for o in open_moves(CASES[start], SOP) if o.move.key == key)

    with pytest.raises(Incomplete) as fault:
        filled(opened, CASES[start], SOP, {}, with_file=opened.move.file == "wajib")

    assert all(f"{f.name} ({f.label}" in fault.value.message for f in opened.move.form if f.required)


# Back again.


def test_sent_back_a_case_stands_where_it_stood_before():
    case = moved(CASES["disposisi-kabid"], SOP, "kembalikan")
    assert current_state(case, SOP).key == "disposisi-kadiv"

    case = moved(case, SOP, "kembalikan")
    assert current_state(case, SOP).key == "disposisi-kakanwil"

    again = walk("disposisi", "disposisi", start=case)
    assert current_state(again, SOP).key == "disposisi-kabid"
    assert current_state(moved(again, SOP, "kembalikan"), SOP).key == "disposisi-kadiv"


def test_only_who_is_waited_for_sends_back():
    assert open_to(CASES["disposisi-kadiv"])["kembalikan"] == {DIVISION}
    assert open_to(CASES["pemantauan"])["kembalikan"] == {TEAM}


def test_a_case_in_its_first_state_cannot_be_sent_back():
    assert "kembalikan" not in open_to(CASES["konfirmasi"])


def test_what_came_in_after_a_request_is_sent_back_to_the_officer_and_not_to_the_complainant():
    case = walk("terima-kelengkapan", start=CASES["kelengkapan"])

    assert current_state(moved(case, SOP, "kembalikan"), SOP).key == "disposisi-kabid"


def test_a_proposal_that_was_returned_is_sent_back_to_the_review_and_not_up_again():
    case = walk(("disposisi-audiensi", "dikembalikan"), start=CASES["disposisi-audiensi"])
    assert current_state(case, SOP).key == "usulan-audiensi"

    assert current_state(moved(case, SOP, "kembalikan"), SOP).key == "telaahan"


def test_without_an_audience_a_letter_goes_back_to_the_review():
    case = moved(CASES["penyusunan"], SOP, "kembalikan")

    assert current_state(case, SOP).key == "telaahan"


@pytest.mark.parametrize("state", [s for s in RUNNING if s != "konfirmasi"])
def test_a_case_that_is_opened_again_stands_where_it_was_ended(state):
    ended = moved(CASES[state], SOP, "cabut")

    again = moved(ended, SOP, "buka-kembali", FIELD)

    assert current_state(again, SOP).key == state
    assert open_to(again) == open_to(CASES[state])


def test_opened_again_it_can_be_sent_back_further_and_ended_again():
    case = walk("cabut", "buka-kembali", "kembalikan", start=CASES["disposisi-kadiv"])
    assert current_state(case, SOP).key == "disposisi-kakanwil"

    assert current_state(walk("cabut", "buka-kembali", start=case), SOP).key == "disposisi-kakanwil"


@settings(max_examples=examples(60))
@given(st.data())
def test_however_a_case_wanders_it_stands_in_a_state_of_its_sop_and_its_way_back_leads_to_the_start(data):
    case = tended(case_of(), SOP)
    for _ in range(data.draw(st.integers(0, 14))):
        there = [o for o in open_moves(case, SOP) if not o.move.file or o.move.file == "boleh"]
        opened = data.draw(st.sampled_from(there))
        branch, answers = opened.move.branch, sorted(opened.move.branches)
        case = moved(case, SOP, opened.move.key, **({branch: data.draw(st.sampled_from(answers))} if branch else {}))
    for _ in range(30):
        there = open_to(case)
        if "buka-kembali" in there:
            case = moved(case, SOP, "buka-kembali")
        elif "kembalikan" in there:
            case = moved(case, SOP, "kembalikan")
        elif current_state(case, SOP).key == "kelengkapan":
            case = moved(case, SOP, "terima-kelengkapan")

    assert case.state(SOP.first) == SOP.first


# Forms that touch the register.


def test_confirming_needs_what_the_register_requires_and_takes_what_was_read():
    case = case_of(recognised({"perihal": {"nilai": "Tanah"}, "pelapor": [{"nama": None}], "terlapor": []}))
    opened = open_move(case, SOP, "konfirmasi", TEAM)

    with pytest.raises(Incomplete) as fault:
        filled(opened, case, SOP, {"ringkasan": "Tanah diambil"}, with_file=False)

    missing = {"cara_penyampaian", "pelapor", "terlapor", "hak"}
    assert all(f"{name} (" in fault.value.message for name in missing)
    assert "perihal" not in fault.value.message


def test_what_is_wrong_and_what_is_missing_is_said_at_once():
    case = case_of(recognised({"perihal": {"nilai": "Tanah"}}))
    opened = open_move(case, SOP, "konfirmasi", TEAM)
    typed = {"pelapor": [{"nama": "Siti", "umur": "tua"}], "tanggal_surat": "kemarin", "terlapor": "Kantor Contoh"}

    with pytest.raises(Incomplete) as fault:
        filled(opened, case, SOP, typed, with_file=False)

    assert set(fault.value.fields) == {"pelapor", "tanggal_surat", "cara_penyampaian", "ringkasan", "hak"}
    assert "umur tua" in fault.value.fields["pelapor"][1]
    assert "ringkasan (Ringkasan)" in fault.value.message


def test_a_field_that_was_read_wrongly_can_be_cleared_but_not_one_that_is_required():
    read = recognised({"nomor_surat": {"nilai": "salah"}, "perihal": {"nilai": "Tanah"}})
    case = tended(case_of(read), SOP)

    case = moved(case, SOP, "koreksi", nomor_surat="", alasan="salah baca")
    assert case.fields["nomor_surat"] is None

    with pytest.raises(Incomplete, match="perihal"):
        moved(case, SOP, "koreksi", perihal="", alasan="salah baca")


def test_a_correction_that_is_confirmed_as_it_was_read_drafts_nothing_again():
    register = {
        "cara_penyampaian": "pos",
        "perihal": "Tanah",
        "pelapor": ["Siti"],
        "terlapor": ["PT Rekaan"],
        "ringkasan": "Tanah diambil",
        "hak": ["rasa aman"],
    }
    case = moved(tended(case_of(), SOP), SOP, "konfirmasi", **register)
    assert case.made[-1].decision.sheets == ("01-tanda-terima", "02-buku-register", "03-lembar-disposisi")

    back = moved(tended(case, SOP), SOP, "kembalikan")
    again = moved(back, SOP, "konfirmasi", **register)

    assert again.made[-1].decision.sheets == ()


def test_a_case_from_the_news_needs_no_complainant():
    case = case_of(first=received(channel="berita"))
    opened = open_move(case, SOP, "konfirmasi", TEAM)
    typed = typed_for([f for f in SOP.register if f.name != "pelapor"])

    assert "pelapor" not in filled(opened, case, SOP, typed, with_file=False).register
    with pytest.raises(Incomplete, match="pelapor"):
        filled(opened, case_of(), SOP, typed, with_file=False)


def test_a_signed_letter_needs_its_file_and_other_moves_take_none():
    signing = open_move(CASES["penandatanganan"], SOP, "tandatangan", HEAD)
    passing_on = open_move(CASES["penyampaian"], SOP, "sampaikan", TEAM)

    with pytest.raises(Incomplete, match="perlu berkas") as fault:
        filled(signing, CASES["penandatanganan"], SOP, {}, with_file=False)
    assert "--file" in fault.value.remedy
    with pytest.raises(Incomplete, match="tidak memerlukan berkas"):
        filled(passing_on, CASES["penyampaian"], SOP, {}, with_file=True)


# Letters beside the straight way.


def test_a_letter_that_went_out_on_a_side_exit_is_numbered_and_then_signed_although_the_case_has_ended():
    case = CASES["tidak-berwenang"]
    letter = "04-pemberitahuan-tidak-berwenang"
    assert "tandatangani-naskah" not in open_to(case)

    numbered = tended(moved(case, SOP, "nomori-surat", naskah=letter), SOP)

    assert numbered.numbers == {letter: "W.8-1"}
    assert numbered.drafts[letter].version == 2
    signed = moved(numbered, SOP, "tandatangani-naskah", naskah=letter)
    assert letter in signed.signed
    assert not {"nomori-surat", "tandatangani-naskah"} & set(open_to(signed))


def test_nobody_signs_anothers_letter():
    case = walk("undang", start=CASES["undangan"])
    case = tended(moved(case, SOP, "nomori-surat", naskah="05-undangan-audiensi"), SOP)
    assert open_to(case)["tandatangani-naskah"] == {SUB, FIELD, HEAD}

    mine = open_move(case, SOP, "tandatangani-naskah", SUB)

    assert next(f.choices for f in mine.move.form if f.name == "naskah") == ("04-nota-telaahan",)
    with pytest.raises(Incomplete, match="pilih 04-nota-telaahan"):
        filled(mine, case, SOP, {"naskah": "05-undangan-audiensi"}, with_file=True)


def test_the_recommendation_gets_its_number_even_before_the_machine_has_drafted_it():
    case = walk(*WAYS["penomoran"], tend=False)
    assert case.drafts.keys() <= {"01-tanda-terima", "03-lembar-disposisi"}

    assert moved(case, SOP, "nomori").numbers == {"06-surat-rekomendasi": "W.8-1"}


def test_a_letter_that_is_written_anew_before_it_was_signed_keeps_its_number():
    case = CASES["penandatanganan"]
    number = case.numbers["06-surat-rekomendasi"]

    for _ in range(4):
        case = moved(case, SOP, "kembalikan")
    case = walk("susun-rekomendasi", "paraf", "paraf", "nomori", start=case)

    assert case.numbers["06-surat-rekomendasi"] == number == "W.8-1"


def test_a_letter_that_is_numbered_again_as_it_was_signed_keeps_its_number_and_waits_for_its_signature():
    case = CASES["pengiriman"]
    assert "06-surat-rekomendasi" in case.signed

    case = walk("kembalikan", "kembalikan", "nomori", start=case)

    assert case.numbers["06-surat-rekomendasi"] == "W.8-1"
    assert "06-surat-rekomendasi" not in case.signed


def test_a_letter_composed_again_after_it_was_signed_is_another_letter_with_a_number_of_its_own():
    case = CASES["pengiriman"]
    assert case.numbers["06-surat-rekomendasi"] == "W.8-1"

    case = walk(*["kembalikan"] * 5, "susun-rekomendasi", start=case)
    assert "06-surat-rekomendasi" not in case.numbers
    case = walk("paraf", "paraf", "nomori", start=case)

    assert case.numbers["06-surat-rekomendasi"] == "W.8-2"
    assert case.numbers_given == ("W.8-1", "W.8-2")
    assert "06-surat-rekomendasi" not in case.signed


def test_each_reminder_that_goes_out_has_its_own_number_and_a_corrected_one_keeps_it():
    reminder = "07-permintaan-tindak-lanjut"
    case = walk("catat-pemantauan", start=CASES["pemantauan"])
    case = tended(moved(case, SOP, "nomori-surat", naskah=reminder), SOP)
    first = case.numbers[reminder]
    case = walk("catat-pemantauan", start=case)
    assert case.numbers[reminder] == first
    assert reminder not in choices(case, "nomori-surat")

    case = tended(moved(case, SOP, "tandatangani-naskah", "kakanwil", naskah=reminder), SOP)
    case = walk("catat-pemantauan", start=case)

    assert reminder not in case.numbers
    assert reminder in choices(case, "nomori-surat")
    assert reminder not in choices(case, "tandatangani-naskah")


def test_a_correction_drafts_again_what_is_not_signed():
    case = moved(CASES["pengiriman"], SOP, "koreksi", alasan="nama salah tulis", perihal="Tanah adat")

    assert "06-surat-rekomendasi" not in case.made[-1].decision.sheets
    assert {"01-tanda-terima", "04-nota-telaahan", "06-pemberitahuan-pelapor"} <= set(case.made[-1].decision.sheets)


def test_the_machines_failures_are_tried_again_by_the_team_or_whoever_runs_the_computer():
    case = case_of(failed("baca"))

    assert open_to(case)["ulangi"] == {TEAM, "admin"}
    assert "ulangi" not in open_to(CASES["konfirmasi"])


# Another edition.


def _revised() -> Sop:
    """The SOP of 2027: a step of mediation between audience and recommendation, and only one day for the review."""
    step = (
        '[[langkah]]\nkunci = "mediasi"\nkegiatan = "Mediasi"\npelaksana = ["kabid"]\nhari = 5\nwaktu = "5 hari"\n'
        'bagi_pelapor = "Mediasi"\n\n'
        '[[langkah]]\nkunci = "rekomendasi"'
    )
    state = (
        '[[keadaan]]\nkunci = "mediasi"\nlabel = "dalam mediasi"\nlangkah = "mediasi"\nmenunggu = ["kabid"]\n'
        'bagi_pelapor = "Dalam mediasi."\nselanjutnya = "Rekomendasi disusun."\n\n'
        '[[keadaan]]\nkunci = "penyusunan"'
    )
    move = (
        '[[gerak]]\nkunci = "mediasi"\nlabel = "Mediasi"\ndari = ["mediasi"]\nke = "penyusunan"\nperan = ["kabid"]\n\n'
        '[[gerak]]\nkunci = "susun-rekomendasi"'
    )
    changes = {
        "berlaku = 2024-05-06": "berlaku = 2027-01-01",
        '[[langkah]]\nkunci = "rekomendasi"': step,
        '[[keadaan]]\nkunci = "penyusunan"': state,
        '[[gerak]]\nkunci = "susun-rekomendasi"': move,
        'dari = ["pelaksanaan"]\nke = "penyusunan"': 'dari = ["pelaksanaan"]\nke = "mediasi"',
        "hari = 2\nwaktu": "hari = 1\nwaktu",
    }
    text = TEXT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    return read_text_of_sop("2027-01-01", text)


def test_a_revised_sop_with_one_more_step_and_another_limit_holds_for_new_cases_only():
    revised = _revised()
    both = (SOP, revised)
    assert len(revised.steps) == 8
    assert in_force(both, date(2026, 12, 31)) is SOP
    assert in_force(both, date(2027, 1, 4)) is revised

    new = tended(case_of(first=received(year=2027, sop="2027-01-01"), at=MORNING.replace(2027, 1, 4)), revised)
    new = walk(*WAYS["pelaksanaan"], "laksanakan", start=new, sop=revised)
    running = walk("laksanakan", start=CASES["pelaksanaan"])

    assert current_state(new, revised).key == "mediasi"
    assert open_to(new, revised)["mediasi"] == {FIELD}
    assert (current_step(new, revised).number, current_step(new, revised).limit) == (6, Limit(days=5))
    assert current_state(running, SOP).key == "penyusunan"
    assert current_step(running, SOP).number == 6
    review = deadlines(new, revised, CALENDAR).review - new.received_at
    assert review < deadlines(running, SOP, CALENDAR).review - running.received_at - timedelta(hours=12)
