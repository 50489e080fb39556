"""An office's own editions of its SOP: from a day on, checked, kept for good, and nothing bad takes force."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sop_texts import own_texts

from pipeline.cases.asked_edition import EditionChange, mark_of_powers, read_edition_change
from pipeline.cases.own_editions import BEGUN, INSTALLED, WITHDRAWN, own_key
from pipeline.cases.sop import YANKOMAS, in_force
from pipeline.cases.sop_check import faults
from pipeline.cases.sop_rows import Move
from pipeline.cases.sop_words import BACK
from pipeline.cases.store.own_editions import EditionFolder, edition_record_faults
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.store.version_records import edition_record
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.errors import NotAllowed
from pipeline.office.worktime import Limit
from pipeline.storage.postgres_lines import EDITIONS
from pipeline.storage.postgres_versions import PostgresVersions

NOW = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY, LATER = date(2026, 12, 1), date(2027, 1, 1)
ON_THE_DAY = NOW.replace(year=2027, month=1)


LONGER = ("steps.toml", 'hari = 2\nwaktu = "2 hari"', 'hari = 5\nwaktu = "5 hari"')


@pytest.fixture(params=["folder", "centre"])
def folder(request, tmp_path):
    locks = tmp_path / "archive" / ".locks"
    locks.mkdir(parents=True)
    if request.param == "folder":
        record = edition_record(tmp_path / "archive" / ".sop", locks / "sop")
    else:
        record = PostgresVersions(request.getfixturevalue("central_office")[0], EDITIONS, ".json")
    return EditionFolder("yankomas", tmp_path / "layanan" / "yankomas" / "sop", record, locks / "berkas-sop")


def put(folder, day, texts):
    place = folder.folder / day.isoformat()
    place.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")


def keys(folder, now, *, begin=True):
    return [sop.key for sop in folder.in_use(now, begin=begin)]


def install(folder, day, texts):
    folder.install(day, texts, by="ani", at=NOW, why="waktu telaah terlalu singkat")


def test_an_installed_edition_is_in_use_from_its_day_and_not_before(folder):
    install(folder, LATER, own_texts(LATER, LONGER))

    assert keys(folder, NOW) == []
    [sop] = folder.in_use(ON_THE_DAY, begin=True)
    assert (sop.key, sop.own, sop.effective) == ("2027-01-01-kantor", True, LATER)
    assert sop.step("telaahan").limit == Limit(days=5)
    assert [(note.what, note.by) for note in folder.notes()] == [(INSTALLED, "ani"), (BEGUN, "ani")]


def test_a_folder_put_there_by_hand_is_in_use_from_its_day(folder):
    put(folder, LATER, own_texts(LATER, LONGER))

    assert keys(folder, NOW) == []
    assert keys(folder, ON_THE_DAY) == ["2027-01-01-kantor"]
    assert [(note.what, note.by) for note in folder.notes()] == [(BEGUN, "mesin")]


def test_who_only_looks_notes_nothing(folder):
    put(folder, TODAY, own_texts(TODAY))

    assert keys(folder, NOW, begin=False) == []
    assert folder.notes() == ()


def test_what_began_stays_as_it_was_when_its_folder_is_changed_or_lost(folder):
    put(folder, TODAY, own_texts(TODAY, LONGER))
    keys(folder, NOW)

    put(folder, TODAY, own_texts(TODAY))
    [changed] = folder.listed()
    [sop] = folder.in_use(NOW, begin=True)
    for path in (folder.folder / TODAY.isoformat()).iterdir():
        path.unlink()
    [lost] = folder.in_use(NOW, begin=True)

    assert changed.differs
    assert sop.step("telaahan").limit == lost.step("telaahan").limit == Limit(days=5)


def test_what_was_installed_counts_and_not_what_its_folder_became_before_the_day(folder):
    install(folder, LATER, own_texts(LATER, LONGER))
    put(folder, LATER, own_texts(LATER))

    assert folder.listed()[0].differs
    [sop] = folder.in_use(ON_THE_DAY, begin=True)
    assert sop.step("telaahan").limit == Limit(days=5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("steps.toml", '"tim-yankomas"', '"tim-lain"'), "steps.toml baris"),
        (("states.toml", 'langkah = "telaahan"', 'langkah = "entah"'), "langkah 'entah' tidak ada"),
        (("letters.toml", '"01-tanda-terima"', '"01-tanda-terma"'), "01-tanda-terma"),
        (("edition.toml", "berlaku = 2026-12-01", "berlaku = 2026-12-02"), "padahal edisi ini untuk 2026-12-01"),
        (("steps.toml", "hari = 22", "hari = 22000"), "lebih lama dari 1000 hari"),
        (("steps.toml", "[[langkah]]", "[[langkah]"), "steps.toml"),
        (("openings.toml", 'cara_penyampaian = "lisan"', "cara_penyampaian = []"), "isi = "),
        (("lanes.toml", 'nama = "Kakanwil"', 'nama = "Kakan\\u0007wil"'), "U+0007"),
        (("lanes.toml", 'nama = "Kakanwil"', 'nama = " "'), "nama: kosong"),
        (("moves.toml", '"Untuk diketahui"', f'"{"a" * 2001}"'), "frasa: lebih dari 2000 huruf"),
        (("steps.toml", "hari = 22", "hari = " + "9" * 5000), "steps.toml"),
        (("steps.toml", "hari = 22", "hari = " + "[" * 5000), "steps.toml"),
    ],
)
def test_an_edition_with_a_fault_never_takes_force_and_says_where_it_is(folder, change, said):
    put(folder, TODAY, own_texts(TODAY, change))

    assert keys(folder, NOW) == []
    [edition] = folder.listed()
    assert any(said in fault for fault in edition.faults), edition.faults
    with pytest.raises(UnfitEdition, match="tidak dapat dipakai"):
        install(folder, LATER, edition.texts)
    assert folder.notes() == (), "nothing is half taken over"


def test_a_fault_that_is_mended_is_seen_without_a_new_start(folder):
    put(folder, TODAY, own_texts(TODAY, ("steps.toml", "hari = 22", "hari = 22000")))
    before = folder.stamp(TODAY)

    put(folder, TODAY, own_texts(TODAY))

    assert folder.stamp(TODAY) != before
    assert keys(folder, NOW) == [own_key("yankomas", TODAY)]


def test_the_day_that_comes_is_another_stamp_only_while_something_waits(folder):
    install(folder, LATER, own_texts(LATER))

    waiting = folder.stamp(TODAY), folder.stamp(LATER)
    keys(folder, ON_THE_DAY)

    assert waiting[0] != waiting[1]
    assert folder.stamp(LATER) == folder.stamp(LATER + timedelta(days=1))


@pytest.mark.parametrize("what", ["bukan utf-8", "terlalu besar", "tautan", "kosong"])
def test_files_that_cannot_be_read_are_named(folder, what, tmp_path):
    put(folder, TODAY, {} if what == "kosong" else own_texts(TODAY))
    place = folder.folder / TODAY.isoformat() / "steps.toml"
    if what == "bukan utf-8":
        place.write_bytes(b"\xff\xfe")
    elif what == "terlalu besar":
        place.write_bytes(b"#" * 1_000_001)
    elif what == "tautan":
        place.rename(tmp_path / "elsewhere")
        place.symlink_to(tmp_path / "elsewhere")

    assert keys(folder, NOW) == []
    assert folder.listed()[0].faults


def test_no_edition_is_installed_for_a_day_that_is_over_or_twice_for_one(folder):
    with pytest.raises(NotAllowed, match="sudah lewat"):
        install(folder, date(2026, 11, 30), own_texts(date(2026, 11, 30)))
    install(folder, LATER, own_texts(LATER))
    with pytest.raises(NotAllowed, match="sudah ada"):
        install(folder, LATER, own_texts(LATER, LONGER))


def test_an_edition_is_withdrawn_before_its_day_and_another_can_take_its_place(folder):
    install(folder, LATER, own_texts(LATER, LONGER))

    folder.withdraw(LATER, by="budi", at=NOW, why="keliru")

    assert folder.listed() == ()
    assert keys(folder, ON_THE_DAY) == []
    assert folder.notes()[-1].what == WITHDRAWN
    install(folder, LATER, own_texts(LATER))
    assert keys(folder, ON_THE_DAY) == ["2027-01-01-kantor"]


def test_what_began_is_not_withdrawn(folder):
    install(folder, TODAY, own_texts(TODAY))

    with pytest.raises(NotAllowed, match="sudah berlaku"):
        folder.withdraw(TODAY, by="budi", at=NOW, why="keliru")
    with pytest.raises(NotAllowed, match="Tidak ada"):
        folder.withdraw(LATER, by="budi", at=NOW, why="keliru")


def test_the_offices_own_go_on_when_the_program_brings_a_newer_one(folder):
    install(folder, TODAY, own_texts(TODAY))
    newer = [*editions()]
    own = folder.in_use(NOW, begin=True)

    assert in_force([*newer, *own], LATER).own
    assert not in_force([*newer, *own], date(2026, 11, 27)).own, "before the first day of its own, the program's"


def change_kept(record, name, request):
    """Make what was kept another thing, past the program: at the centre it goes, as the owner can."""
    if isinstance(record, PostgresVersions):
        database = request.getfixturevalue("central_office")[0]
        with psycopg.connect(request.getfixturevalue("central").database) as owner:
            owner.execute(f"DELETE FROM {database.schema}.versi_tercatat")
        record._recent.clear()  # as another process sees it
    else:
        (record.folder / name).write_text("{}", encoding="utf-8")


def test_the_record_says_what_is_missing_or_was_changed(folder, request):
    install(folder, TODAY, own_texts(TODAY))
    assert [*edition_record_faults(folder.record)] == []

    name = f"{folder.notes()[-1].sha256}.json"
    change_kept(folder.record, name, request)
    for path in (folder.folder / TODAY.isoformat()).iterdir():
        path.unlink()

    assert [where for where, _ in edition_record_faults(folder.record)] == [name]
    assert "hilang atau berubah" in folder.listed()[0].faults[0]
    assert keys(folder, NOW) == []


def loop(key, to, *more):
    """Return a move from one state to another that anybody of the team makes."""
    return Move(key=f"{key}-ke-{to}", label="Terus", start=(key, *more), to=to, roles=("tim-yankomas",))


def test_states_from_which_no_way_leads_to_an_end_are_named_as_a_loop():
    sop = editions()[-1]
    plain = [replace(sop.state("konfirmasi"), key=key, gate=None, awaits=()) for key in ("awal", "putar", "balik")]
    states = (*plain, replace(sop.state("selesai"), key="usai"))
    made = replace(sop, first="awal", ended_before="usai", states=states, pairs=(), openings=())
    going_round = (loop("awal", "putar"), loop("awal", "usai"), loop("putar", "balik"), loop("balik", "putar"))

    at = "{} {}".format
    found = [f for f in faults(replace(made, moves=going_round), at) if "berputar" in f]
    back = replace(loop("balik", BACK), key="kembali")
    mended = [
        *faults(replace(made, moves=(*going_round, loop("putar", "usai"))), at),
        *faults(replace(made, moves=(loop("awal", "balik"), loop("awal", "usai"), back)), at),
    ]

    assert found == [
        f"keadaan {n}: dari keadaan {key!r} tidak ada jalan ke akhir mana pun (berputar)"
        for n, key in ((1, "putar"), (2, "balik"))
    ]
    assert not [fault for fault in mended if "berputar" in fault], "what goes back goes where another way leads on"


def test_an_edition_that_was_asked_for_before_there_were_marks_is_told_and_is_the_mark_of_nothing():
    change = EditionChange(YANKOMAS, date(2027, 1, 1), "a" * 64, "keputusan", "waktu langkah", mark_of_powers([]))

    before = read_edition_change(json.dumps(json.loads(change.as_json())[:5]))

    assert before.words == change.words
    assert before.mark != change.mark
