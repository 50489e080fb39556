"""Where the rules of access end: the last moment, the longest, the shortest, the one that counts and its neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from fakes import MORNING
from usual_standing import USUAL

from pipeline.access.account_details import change_name
from pipeline.access.accounts import checked_name, checked_roles, held
from pipeline.access.address_parts import heads_of, spots_of, streets_of
from pipeline.access.addresses import checked_address
from pipeline.access.failed_tries import network
from pipeline.access.grant_parts import GrantParts
from pipeline.access.hidden_numbers import streets_in
from pipeline.access.hits import Hit, around
from pipeline.access.masking import masked_niks, naming
from pipeline.access.naming import Words, key, names_of
from pipeline.access.passwords import LEAST, MOST, unfit
from pipeline.access.reasons import LONGEST, asks_reason, stated_reason
from pipeline.access.sessions import ABSOLUTE, IDLE, NOTICE, Session
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.errors import Incomplete
from pipeline.office.roles import OUTSIDE


def test_a_session_is_over_at_the_moment_and_not_a_second_before():
    session = Session(b"", "ani", "", "", started=0.0, seen=ABSOLUTE - IDLE)

    assert not replace(session, seen=ABSOLUTE - 1).is_over(ABSOLUTE - 1)
    assert replace(session, seen=ABSOLUTE - 1).is_over(ABSOLUTE)
    assert not session.is_over(session.seen + IDLE - 1)
    assert replace(session, started=1.0).is_over(session.seen + IDLE)


def test_a_use_moves_a_sessions_end_once_a_notice():
    session = Session(b"", "ani", "", "", started=0.0, seen=0.0)

    assert session.left(NOTICE, used=True) == IDLE
    assert session.left(NOTICE - 1, used=True) == IDLE - NOTICE + 1
    assert session.left(NOTICE, used=False) == IDLE - NOTICE


def test_a_password_may_be_as_long_as_allowed_and_of_five_different_letters():
    assert unfit("abcde" * (MOST // 5), "ani") == ""
    assert "terlalu panjang" in unfit("abcde" * (MOST // 5) + "a", "ani")
    assert unfit("abcdeabcdeabc"[:LEAST], "ani") == ""
    assert "mudah ditebak" in unfit("abcd" * 4, "ani")


def test_a_role_may_be_held_for_a_day_and_not_for_less():
    day = MORNING.date()
    assert checked_roles([replace(held("kabid"), since=day, until=day)])
    with pytest.raises(Incomplete, match="berakhir sebelum mulai"):
        checked_roles([replace(held("kabid"), since=day, until=day.replace(day=day.day - 1))])


def test_a_role_is_held_on_its_first_day_and_on_its_last():
    day = MORNING.date()
    role = held("kabid", day, day + timedelta(days=2))

    assert [role.holds_on(day + timedelta(days=n)) for n in range(-1, 4)] == [False, True, True, True, False]


def test_of_an_unknown_role_the_one_that_was_meant_is_named_or_all_that_can_be_given():
    with pytest.raises(Incomplete) as near:
        checked_roles([held("kabit")])
    with pytest.raises(Incomplete) as far:
        checked_roles([held("xyz")])

    assert near.value.remedy == "Pilih: kabid."
    assert "kakanwil, " in str(far.value.remedy)
    assert not any(role in str(far.value.remedy) for role in OUTSIDE)


def test_a_name_and_a_reason_may_be_so_long_and_no_longer():
    assert checked_name("a" * 120) == "a" * 120
    with pytest.raises(Incomplete, match="lebih dari 120 huruf"):
        checked_name("a" * 121)
    assert stated_reason("a" * LONGEST) == "a" * LONGEST
    with pytest.raises(Incomplete, match=f"paling panjang {LONGEST} huruf"):
        stated_reason("a" * (LONGEST + 1))


@pytest.mark.parametrize("typed", ["", " ", "\u200b"])
def test_a_reason_that_nobody_sees_is_none(typed):
    with pytest.raises(Incomplete, match="wajib diisi"):
        stated_reason(typed)


def test_what_stands_before_the_at_may_be_as_long_as_a_mail_server_takes():
    assert checked_address(f"{'a' * 64}@kantor.contoh")
    with pytest.raises(Incomplete):
        checked_address(f"{'a' * 65}@kantor.contoh")


def test_an_address_may_be_as_long_as_a_mail_server_takes():
    longest = f"ani@{'.'.join(['a' * 61] * 4)}.id"

    assert len(longest) == 254
    assert checked_address(longest) == longest
    with pytest.raises(Incomplete):
        checked_address(longest + "b")


def test_tries_from_an_address_of_before_count_with_it_however_it_is_written():
    assert network("::ffff:192.0.2.7") == network("192.0.2.7") == "192.0.2.7"
    assert network("2001:db8::1") == network("2001:db8::2") == "2001:db8::/64"


def test_a_new_name_is_told_and_the_same_one_is_none(tmp_path):
    people, noted = SqlitePeople(tmp_path, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))), []
    people.accounts.make("ani", "Ani", [held("kabid")], MORNING)
    parts = GrantParts(people, (), MORNING, noted.append, USUAL)

    change_name("ani", "Ani", by="budi", parts=parts)
    assert people.notices.unread("ani") == []
    change_name("ani", "Ani Rekaan", by="budi", parts=parts)

    assert people.accounts.account("ani").name == "Ani Rekaan"
    assert "Ani menjadi Ani Rekaan" in people.notices.unread("ani")[0][2]
    people.close()


def test_who_handles_a_case_and_who_reads_an_open_one_says_no_reason():
    assert not asks_reason({"kabid"}, "biasa", ())
    assert not asks_reason({"kabid"}, "rahasia", {"kabid", "kadiv"})
    assert asks_reason({"kabid"}, "rahasia", {"kadiv"})
    assert asks_reason({"arsiparis"}, "rahasia", ())
    assert not asks_reason({"arsiparis"}, "terbatas", ())
    assert asks_reason({"kadiv"}, "terbatas", {"kabid"})


def test_a_nik_is_covered_in_its_value_and_in_the_words_it_was_read_from_and_nothing_beside_it():
    nik = "1771011203900001"
    field = {"nilai": nik, "teks": nik, "halaman": 3, "berkas": "01-surat.pdf"}

    covered = masked_niks({"pelapor": [{"nik": field}]})["pelapor"][0]["nik"]

    assert covered["nilai"] == covered["teks"] != nik
    assert covered["nilai"].endswith("0001")
    assert (covered["halaman"], covered["berkas"]) == (3, "01-surat.pdf")


@pytest.mark.parametrize(
    ("address", "streets"),
    [
        ("Jalan Melati No. 5, Kelurahan Rekaan", [("melati", "5")]),
        ("Desa Melur 12", []),
        ("Jalan Melati, Kelurahan Rekaan", []),
        ("Jalan 5, Kelurahan Rekaan", []),
        ("Jalan Melati Gang 3, Kelurahan Rekaan", [("melati", "gang", "3")]),
    ],
)
def test_a_street_is_told_with_the_number_of_the_house(address, streets):
    assert list(streets_of(address)) == [tuple(key(part) for part in street) for street in streets]


def test_a_house_is_found_in_a_text_and_is_certain_after_the_word_for_street():
    street = next(streets_of("Jalan Melati No. 5, Kelurahan Rekaan"))

    (named,) = streets_in(Words("Ia tinggal di Jalan Melati nomor 5."), [street])
    (bare,) = streets_in(Words("Melati 5 bukan nama sebuah jalan"), [street])

    assert (named.sure, bare.sure) == (True, False)
    assert (bare.begin, bare.end) == (0, len("Melati 5"))
    assert list(streets_in(Words("Melati 6, Mawar 5"), [street])) == []


def test_both_ways_of_writing_a_neighbourhood_are_one():
    for address in ("Jl. X RT 02 RW 03", "Jl. X RT/RW 02/03"):
        found = [where for where, _ in heads_of(address)]

        assert any(where.search("RT 2") for where in found), address
        assert any(where.search("RW 03") for where in found), address
        assert not any(where.search("RT 5") for where in found), address
        assert any(spot.search("RT 02/RW 03") for spot in spots_of(address)), address


def test_a_village_of_one_word_is_no_place_by_itself_and_its_head_is():
    fields = {"pelapor": [{"nama": "Andi Misalan", "alamat": "Kelurahan Melur, Kota Contoh"}]}

    assert naming("Kepala Puskesmas Melur", fields) == ()
    assert naming("Kepala Puskesmas Kelurahan Melur", fields)
    assert naming("Lurah Melur", fields)


def test_words_around_a_place_are_cut_only_where_more_follows():
    text = "Kata " * 40
    begin = len(text)

    assert around("ini Siti", Hit(4, 8, "", sure=True)) == "ini «Siti»"
    assert around(text + "Siti", Hit(begin, begin + 4, "", sure=True)).startswith("… Kata")
    assert around("Siti " + text, Hit(0, 4, "", sure=True)).endswith("Kata …")
    assert around("Siti " + "k" * 8, Hit(0, 4, "", sure=True)) == "«Siti» kkkkkkkk"


def test_a_letter_alone_is_no_part_of_a_name_and_two_keep_their_y():
    assert names_of("S. Melati") == (("melati",),)
    assert (key("Dy"), key("Budy")) == ("dy", "budi")


def test_a_figure_in_a_word_is_read_as_a_letter_and_beside_one_letter_stays_a_figure():
    assert (key("5ari"), key("a1")) == ("sari", "a1")


def test_a_word_may_be_so_long_and_is_no_name_beyond():
    assert key("ab" * 40) == "ab" * 40
    assert key("ab" * 40 + "c") == ""
