"""What roles may by the editions of the SOP: new roles, rights taken and given, and what of it cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from sop_texts import own_texts
from usual_standing import USUAL

from pipeline.access.rights import Right, may
from pipeline.cases.key_labels import call_roles, role_name
from pipeline.cases.lane_rights import office_roles
from pipeline.cases.own_editions import edition_faults, edition_of
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_differences import differences
from pipeline.cases.sop_form_answers import read_part
from pipeline.cases.sop_lanes import ACTING_WORDS, OPENING_WORDS
from pipeline.cases.store.edition_editing import edited
from pipeline.cases.store.sop_editions import edition_texts, editions
from pipeline.errors import Incomplete
from pipeline.letters.sheets.texts import printed_lane
from pipeline.office.office import Letterhead, Office
from pipeline.office.roles import DRAFTS, IN_CHARGE, LANE_WORDS, TAKES_IN, OfficeRoles

NO_OPENING = ("openings.toml", '"tim-yankomas", "kasubbid", "kabid"', '"tim-yankomas", "kabid"')
DAY, LATER, LAST = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)
ANALYST = '\n[[lajur]]\nperan = "yankomas.analis"\nnama = "Analis HAM"\natasan = "kabid"\nhak = ["menyusun"]\n'
OF_SUB = 'hak = ["memutus", "menyusun"]\n\n[[lajur]]\nperan = "instansi"'
NO_SUB = 'hak = ["memutus"]\n\n[[lajur]]\nperan = "instansi"'


def own(day=DAY, *changes):
    return edition_of(YANKOMAS, day, own_texts(day, *changes))


def with_analyst(*changes):
    texts = own_texts(DAY, *changes)
    return {**texts, "lanes.toml": texts["lanes.toml"] + ANALYST}


def roles_of(*more, today=date(2027, 1, 5)):
    return office_roles((*editions(), *more), (), today)


def test_what_every_office_has_is_what_the_newest_edition_says():
    assert roles_of() == USUAL


def test_an_edition_that_says_no_rights_means_the_usual_ones():
    texts = own_texts(DAY)
    bare = "\n".join(line for line in texts["lanes.toml"].splitlines() if not line.startswith("hak"))

    assert roles_of(edition_of(YANKOMAS, DAY, {**texts, "lanes.toml": bare})) == USUAL


def test_a_role_that_the_office_adds_may_what_its_lane_says_from_its_day():
    added = edition_of(YANKOMAS, DAY, with_analyst())

    before, then = roles_of(added, today=date(2026, 12, 31)), roles_of(added, today=DAY)

    assert added.own
    assert "yankomas.analis" not in before.given
    assert then.given[:-2] == (*USUAL.lanes, "yankomas.analis")
    assert then.kinds({"yankomas.analis"}) == {DRAFTS}
    assert then.above["yankomas.analis"] == "kabid"


def test_a_right_that_an_edition_takes_is_gone_and_a_role_of_before_keeps_its_last_word():
    fewer = own(DAY, ("lanes.toml", OF_SUB, NO_SUB), NO_OPENING)
    added, without = edition_of(YANKOMAS, DAY, with_analyst()), own(LATER)

    assert "kasubbid" not in roles_of(fewer).having(DRAFTS)
    assert roles_of(added, without, today=LATER).kinds({"yankomas.analis"}) == {DRAFTS}
    reading = own_texts(LATER)["lanes.toml"] + ANALYST.replace("menyusun", "membaca")
    newer = edition_of(YANKOMAS, LATER, {**own_texts(LATER), "lanes.toml": reading})
    for editions_there in ((added, newer, own(LAST)), (newer, added, own(LAST))):
        assert "yankomas.analis" in roles_of(*editions_there, today=LAST).given
        assert DRAFTS not in roles_of(*editions_there, today=LAST).kinds({"yankomas.analis"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('hak = ["memutus"]', 'hak = ["memutuskan"]', "hak 'memutuskan' tidak dikenal"),
        ('hak = ["memutus"]', "hak = []", "peran 'kadiv' tanpa hak"),
        ('"menangani", "menyusun"', '"menyusun"', "tidak ada peran dengan hak 'menangani'"),
        ('["memutus", "memimpin"]', '["memutus"]', "tidak ada peran dengan hak 'memimpin'"),
        ('"menyusun", "membidangi"', '"menyusun"', "tidak ada peran dengan hak 'membidangi'"),
        ('nama = "Kadiv Yankum"', 'nama = "Kadiv Yankum"\nluar = true', "peran 'kadiv': hak hanya bagi lajur di dalam"),
        ('["memutus", "memimpin"]', '["memimpin"]', "yang memimpin juga memutus"),
        ('nama = "Kadiv Yankum"', 'nama = "KABID  HAM"', "sudah nama peran lain"),
        ('peran = "kadiv"\nnama = "Kadiv Yankum"', 'peran = "yankomas.x"\nnama = "admin"', "sudah nama peran lain"),
        ('nama = "Kadiv Yankum"', 'nama = "A; Surat: B"', "memuat tanda ';'"),
        ('peran = "kadiv"\nnama = "Kadiv Yankum"', 'peran = "yankomas.kakanwil"\nnama = "X"', "beri kunci lain"),
        ('nama = "Masyarakat"\nluar = true', 'nama = "Masyarakat"\nhak = ["membaca"]', "ada di luar kantor"),
        ('peran = "kadiv"', 'peran = "kadif"', "peran 'kadif' tidak dikenal"),
        ('peran = "kadiv"', 'peran = "surat-masuk.kadiv"', "milik layanan lain"),
        ('peran = "kadiv"', 'peran = "kabid"', "lebih dari satu lajur"),
        ('peran = "kadiv"', 'peran = "arsiparis"', "hak peran ini tetap"),
    ],
)
def test_what_a_lane_cannot_be_is_named_with_file_and_line(old, new, said):
    found = edition_faults(YANKOMAS, DAY, own_texts(DAY, ("lanes.toml", old, new)))

    assert any(said in one for one in found), found
    assert any(one.startswith("lanes.toml baris") for one in found) or "tidak ada peran" in said


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ('["membaca"]', ["bertindak atas perkara (", "membuka perkara (", "menandatangani ("]),
        ('["membidangi", "menyusun"]', ["menandatangani ("]),
        ('["memutus"]', ["membuka perkara (Dibuka kantor dari berita), tetapi tanpa hak menyusun"]),
    ],
)
def test_nobody_is_given_to_do_what_the_rights_of_their_lane_keep_them_from(lacks, said):
    found = edition_faults(YANKOMAS, DAY, own_texts(DAY, ("lanes.toml", OF_SUB, NO_SUB.replace('["memutus"]', lacks))))

    assert len(found) == len(said), found
    assert all(any("kasubbid: " + words in one for one in found) for words in said), found
    assert all(one.startswith("lanes.toml baris") for one in found)


def test_what_an_edition_asks_of_who_acts_is_what_the_desk_asks():
    for words, right in ((ACTING_WORDS, Right.MOVE_CASES), (OPENING_WORDS, Right.OPEN_CASES)):
        having = [word for word in LANE_WORDS if may(OfficeRoles({"x": (word,)}).standing({"x"}), right)]
        assert set(having) == set(words)


def test_who_may_what_is_a_matter_of_power_also_where_only_a_right_changes():
    before = editions()[-1]
    told = differences(before, edition_of(YANKOMAS, DAY, with_analyst(("lanes.toml", OF_SUB, NO_SUB), NO_OPENING)))

    by_what = {one.what: one for one in told if one.part == "Lajur"}
    new = by_what["Analis HAM"]
    assert (new.after, new.power) == ("ditambahkan (hak: menyusun; atasan: Kabid HAM)", True)
    assert new.words == "Lajur, Analis HAM: ditambahkan (hak: menyusun; atasan: Kabid HAM)"
    changed = by_what["hak Kasubbid Pemajuan HAM"]
    assert (changed.before, changed.after, changed.power) == ("memutus, menyusun", "memutus", True)


def test_what_is_added_tells_to_whom_it_gives_what_and_no_name_in_the_files_hides_it():
    texts = with_analyst()
    states, moves, letters = (texts[f"{name}.toml"] for name in ("states", "moves", "letters"))
    move = """
[[gerak]]
kunci = "memutus"
label = "membaca"
dari = "semua"
ke = "tetap"
peran = ["yankomas.analis"]
naskah = ["05-kantor-surat"]
"""
    letter = """
[[naskah]]
templat = "05-kantor-surat"
langkah = 5
surat_keluar = true
penyusun = ["tim-yankomas"]
penanda_tangan = "yankomas.analis"
kepada = "instansi"
"""
    lanes = texts["lanes.toml"].replace('hak = ["menyusun"]\n', 'hak = ["memutus"]\n')
    texts |= {"lanes.toml": lanes, "states.toml": states, "moves.toml": moves + move, "letters.toml": letters + letter}

    told = [one.words for one in differences(editions()[-1], edition_of(YANKOMAS, DAY, texts)) if one.power]

    assert "Lajur, Analis HAM: ditambahkan (hak: memutus; atasan: Kabid HAM)" in told
    assert "Gerak, membaca: ditambahkan (dilakukan oleh: Analis HAM)" in told
    assert any(one.endswith("ditambahkan (penyusun: Tim Yankomas; penanda tangan: Analis HAM)") for one in told), told


def test_the_form_adds_a_role_changes_a_right_and_takes_the_role_away_again():
    texts = own_texts(DAY)
    new = {"kunci": "Analis", "nama": "Analis HAM", "atasan": "kabid", "hak": ("menyusun", "membaca")}

    added = edited(texts, read_part("lajur", sop_of(texts), as_sent(texts, **{"lajur.baru": new})))
    fewer = edited(added, read_part("lajur", sop_of(added), as_sent(added, **{"lajur.7": {"hak": ("membaca",)}})))
    gone = edited(fewer, read_part("lajur", sop_of(fewer), as_sent(fewer, **{"lajur.7": {"hapus": ("ya",)}})))

    lane = sop_of(added).lanes[-1]
    assert (lane.role, lane.name, lane.above) == ("yankomas.analis", "Analis HAM", "kabid")
    assert (lane.rights, sop_of(fewer).lanes[-1].rights) == (("menyusun", "membaca"), ("membaca",))
    assert sop_of(gone).lanes == sop_of(texts).lanes
    assert "# `hak`" in gone["lanes.toml"]  # what explains the file stays


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ({"kunci": "analis"}, {"nama", "hak"}),
        ({"kunci": "Kepala Seksi", "nama": "Kasi", "hak": ("memutus",)}, {"kunci"}),
        ({"kunci": "a" * 24, "nama": "Kasi", "hak": ("memutus",)}, {"kunci"}),
        ({"nama": "Kasi", "hak": ("memutus",)}, {"kunci"}),
        ({"kunci": "analis", "nama": "Kasi", "hak": ("segala",)}, {"hak"}),
    ],
)
def test_a_role_that_cannot_be_added_is_said_beside_its_fields(new, wrong):
    texts = own_texts(DAY)

    with pytest.raises(Incomplete) as refused:
        read_part("lajur", sop_of(texts), as_sent(texts, **{"lajur.baru": new}))

    assert {name.rpartition(".")[2] for name in refused.value.fields} == wrong


def test_the_first_edition_still_reads_as_it_was():
    first = editions()[0]

    assert dict(edition_texts())[first.key]["lanes.toml"].count("hak =") == 0
    assert {lane.role: lane.rights for lane in first.lanes if not lane.outside} == dict(USUAL.lanes)
    assert (first.between("kasubbid"), first.between("kabid")) == (("kabid", "kadiv"), ("kadiv",))
    assert TAKES_IN in USUAL.kinds({"tim-yankomas"})
    assert IN_CHARGE in USUAL.kinds({"kabid"})


def sop_of(texts):
    return edition_of(YANKOMAS, DAY, texts)


def as_sent(texts, **changed):
    """What the form of the lanes says as it stands, with answers changed."""
    from pipeline.cases.sop_form import groups_of

    sent = {field.name: list(field.values) for group in groups_of("lajur", sop_of(texts)) for field in group.fields}
    for base, answers in changed.items():
        for name, value in answers.items():
            sent[f"{base}.{name}"] = [value] if isinstance(value, str) else list(value)
    return sent


def test_two_offices_of_one_process_that_call_a_role_otherwise_each_print_their_own():
    printed, key = [], "yankomas.juru-bicara"  # of no other test: what roles are called is the process's
    for place, name in (("satu", "Juru bicara HAM"), ("dua", "Humas")):
        lane = ANALYST.replace("yankomas.analis", key).replace("Analis HAM", name)
        texts = own_texts(DAY)
        of = roles_of(edition_of(YANKOMAS, DAY, {**texts, "lanes.toml": texts["lanes.toml"] + lane}))
        call_roles(of.titles, place)
        office = Office("Kantor", "Kota", Letterhead((), "", "", ""), (), "", own_roles=lambda of=of: of)
        printed.append(printed_lane(key, office))

    assert printed == ["Juru bicara HAM", "Humas"]
    assert role_name(key) == "Juru bicara", "whoever does not say of which office it is says neither's"
    assert role_name("kabid") == "Kabid HAM"
