"""The leaf on which those sign at an audience whom its other papers do not name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kinds_of_case import KINDS, facts_of_kind, office_of_kind, sheets_of_kind
from sheet_factory import made

from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed
from pipeline.letters.sheets import context
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.separate_leaf import LEAF
from pipeline.letters.sheets.specimens import field


def rows(kind: str) -> list[tuple[str, str]]:
    """Who is named on the leaf, and as what."""
    told = context(LEAF, facts_of_kind(kind, LEAF), office_of_kind(kind))["daftar"]
    return [(row["nama"].replace("\u00a0", " "), row["selaku"]) for row in told if row["nama"]]


def test_whoever_complains_signs_by_name_with_who_acts_for_them() -> None:
    assert rows("kuasa") == [("Sari Melati", "Pelapor"), ("Joko Contoh, S.H., M.H.", "Kuasa pelapor")]
    assert [name for name, _ in rows("beberapa-pelapor")] == ["Sari Melati", "Hendra Gunawan", "Yusuf Pratama, S.Pd."]
    assert rows("kelompok") == [("Sari Melati", "Wakil kelompok pelapor")]
    assert rows("instansi") == [], "who acts for an agency that is named signs with the others"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "berita"])
def test_the_leaf_is_secret_whatever_the_case_is_and_has_room_for_others(kind: str) -> None:
    told = context(LEAF, facts_of_kind(kind, LEAF), office_of_kind(kind))

    assert told["tanda_rahasia"] == "RAHASIA"
    assert [row["nama"] for row in told["daftar"][-3:]] == ["", "", ""]


def test_a_case_without_a_complainant_has_no_leaf() -> None:
    assert LEAF not in sheets_of_kind("berita")
    with pytest.raises(NotAllowed, match="tidak berpelapor"):
        context(LEAF, facts_of_kind("berita", LEAF), office_of_kind("berita"))


def test_who_agreed_to_be_named_has_no_leaf() -> None:
    agreed = replace(facts_of_kind("surat", LEAF), fields={**KINDS["surat"].fields, "izin_identitas": field("ya")})

    with pytest.raises(NotAllowed, match="tidak merahasiakan identitas"):
        context(LEAF, agreed, office_of_kind("surat"))


def test_the_leaf_says_of_which_minutes_it_is_a_part() -> None:
    before, after = facts_of_kind("surat", LEAF), facts_of_kind("surat", RECOMMENDATION)

    drafts = [context(LEAF, facts, office_of_kind("surat")) for facts in (before, after)]

    cited = [(told["nomor_berita_acara"], told["tanggal_berita_acara"]) for told in drafts]
    assert cited == [("", ""), ("W.8-HA.01.07-0021", "4 Desember 2026")]


def test_the_leaf_is_signed_on_the_day_of_the_audience() -> None:
    assert context(LEAF, facts_of_kind("surat", LEAF), office_of_kind("surat"))["tanggal_audiensi"] == "4 Desember 2026"


def test_who_signs_stands_in_the_order_of_the_minutes() -> None:
    facts = facts_of_kind("kuasa", LEAF)
    held = made("laksanakan", hadir=["Joko Contoh, S.H., M.H. | Advokat", "Sari Melati | Pelapor"])

    told = context(LEAF, replace(facts, moves=(*facts.moves, held)), office_of_kind("kuasa"))["daftar"]

    assert [row["selaku"] for row in told[:2]] == ["Kuasa pelapor", "Pelapor"]


def test_the_leaf_is_made_where_the_complainant_is_invited() -> None:
    (invited,) = (move for move in editions()[-1].moves if move.key == "undang-pelapor")

    assert invited.sheets == ("05-undangan-pelapor", LEAF)
