"""Who shares a part of a name with somebody who must not be named: the office's own people, and others."""

from __future__ import annotations

import pytest

from pipeline.access.identities import OFFICIALS
from pipeline.access.masking import masked, naming
from pipeline.access.shared_names import shared_names, without_names
from pipeline.cases.cleared_words import CLEARED

WITNESS = "Ujang bin Sukarsih"


@pytest.mark.parametrize(
    ("official", "witness", "text", "told"),
    [
        ("Sri Sukarsih, S.H., M.H.", WITNESS, "Menurut Sri Sukarsih begitu.", "Menurut Sri Sukarsih begitu."),
        ("Dr. Sri Sukarsih, S.H.", WITNESS, "Menurut Ibu Sri Sukarsih, S.H.", "Menurut Ibu Sri Sukarsih, S.H."),
        ("Sri Sukarsih", WITNESS, "Sri Sukarsih dan Ujang Sukarsih", "Sri Sukarsih dan saksi"),
        ("Sri Sukarsih", WITNESS, "Ibu Sukarsih dan Sukarsih", "Saksi dan saksi"),
        ("Sri Sukarsih", "Sukarsih", "Sri Sukarsih dan Sukarsih", "Sri Sukarsih dan saksi"),
        ("Sri Ujang Sukarsih", WITNESS, "kata Ujang Sukarsih", "kata saksi"),
        ("Ujang Sukarsih, S.H.", WITNESS, "kata Ujang Sukarsih", "kata saksi"),
        ("Sukarsih", WITNESS, "kata Sukarsih", "kata saksi"),
        ("", WITNESS, "kata Sukarsih", "kata saksi"),
    ],
)
def test_an_official_keeps_a_name_that_is_surely_their_own_and_no_whole_name_of_a_witness_is_let_out(
    official, witness, text, told
):
    assert masked(text, {"saksi": [witness], OFFICIALS: [official]}) == told


def test_an_officials_name_is_not_shown_as_perhaps_a_witnesses():
    assert naming("Menurut Sri Sukarsih begitu.", {"saksi": [WITNESS], OFFICIALS: ["Sri Sukarsih"]}) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Menurut Joko Sukarsih begitu.", ("Joko Sukarsih",)),
        ("Marni Sukarsih, dan Joko\nSukarsih", ("Marni Sukarsih", "Joko Sukarsih")),
        ("Joko bin Sukarsih hadir", ("Joko bin Sukarsih",)),
        ("Sukarsih Raharjo bin hadir", ("Sukarsih Raharjo",)),
        ("Ujang Raharjo hadir", ("Ujang Raharjo",)),
        ("Menurut Sukarsih, Raharjo hadir", ()),
        ("Menurut Bapak Ujang Sukarsih begitu.", ()),
        ("Kepala Dinas, Ujang Sukarsih Raharjo, hadir", ()),
        ("Keterangan Sukarsih Kepala Desa Contoh", ()),
        ("SAKSI SUKARSIH HADIR", ()),
        ("PENGANIAYAAN OLEH JOKO SUKARSIH DI DESA CONTOH", ("JOKO SUKARSIH",)),
        ("KEKERASAN TERHADAP UJANG SUKARSIH OLEH JOKO SUKARSIH", ("JOKO SUKARSIH",)),
        ("PENYEROBOTAN SUKARSIH DAN KELUARGANYA", ()),
        ("PAK SUKARSIH DIANIAYA", ()),
        ("penganiayaan oleh joko sukarsih di desa contoh", ("joko sukarsih",)),
        ("joko sukarsih", ("joko sukarsih",)),
        ("hadir pula, siti marni sukarsih", ("siti marni sukarsih",)),
        ("sawah milik sukarsih", ()),
        ("telah menganiaya sukarsih", ()),
        ("kedua pihak sukarsih", ()),
        ("dengan Joko sukarsih", ("Joko sukarsih",)),
        ("Kepala Dinas Bapak Sukarsih hadir", ()),
        ("Direktur Ibu Sukarsih Raharjo bin", ("Ibu Sukarsih Raharjo",)),
        ("Sri Sukarsih hadir", ()),
        ("Joko Contoh hadir", ()),
        ("NIK Joko 1771000000000001 hadir", ()),
    ],
)
def test_a_longer_name_around_a_part_is_perhaps_somebody_elses(text, names):
    witness = {"nama": WITNESS, "nik": "1771000000000001"}

    assert shared_names(text, {"saksi": [witness], OFFICIALS: ["Sri Sukarsih"]}) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Menurut Ujang Sukarsih, Kepala Bidang HAM.", ("Ujang Sukarsih",)),
        ("MENURUT DRA. UJANG SUKARSIH, M.H.", ("DRA. UJANG SUKARSIH, M.H.",)),
        ("Ujang\nSukarsih dan Ujang Sukarsih", ("Ujang Sukarsih",)),
        ("Menurut Ujang begitu", ()),
        ("Menurut saksi begitu", ()),
    ],
)
def test_whoever_writes_the_name_that_an_official_has_as_a_witness_has_it_says_who_is_meant(text, names):
    fields = {"saksi": [WITNESS], OFFICIALS: ["Dra. Ujang Sukarsih, M.H."]}

    assert shared_names(text, fields) == names
    assert shared_names(text, {**fields, CLEARED: [f"{name} | Kepala Bidang HAM" for name in names]}) == ()
    assert "Sukarsih" not in masked(text, fields).title()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tanah Joko Sukarsih\ndan Ujang Sukarsih", "Tanah (nama pada kami) dan saksi"),
        ("SURAT OLEH JOKO SUKARSIH", "SURAT OLEH (nama pada kami)"),
        ("Surat tugas Sri Sukarsih", "Surat tugas Sri Sukarsih"),
        ("Surat tugas\nJoko Umpama", "Surat tugas\nJoko Umpama"),
    ],
)
def test_where_nobody_can_be_asked_a_longer_name_goes_as_a_whole(text, told):
    assert without_names(text, {"saksi": [WITNESS], OFFICIALS: ["Sri Sukarsih"]}) == told
