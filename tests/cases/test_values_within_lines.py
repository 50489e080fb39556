"""What a journal's line says within: written under the journal's own names, and read back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from case_factory import received
from fakes import MORNING

from pipeline.cases.deliveries import Delivery
from pipeline.cases.event_lines import as_data, from_data
from pipeline.cases.events import Decided
from pipeline.cases.line_values import NO_HOLDER, ActedOn, MadeAlone, PostHolder
from pipeline.cases.seen_on_pages import Barcode, Suspicion
from pipeline.cases.signature_proof import INK, FiledProof, ProvenPage
from pipeline.errors import ArchiveFault
from pipeline.office.person import NOBODY, Person

SIGNED = Decided(
    *("tandatangani-naskah", "a", "b", PostHolder("Kakanwil", "Budi Rekaan", "1960", "budi"), "budi"),
    *({}, {}, (), {}, ()),
    letters={"06-rekomendasi": ActedOn("tanda-tangan", 2, "f" * 64)},
    person=Person("budi", "", "Budi Rekaan"),
    alone=MadeAlone("susun-tanda-tangan", "Menyusun dan menandatangani", "menyusun", "Lowong."),
    proof=FiledProof(
        INK, "kakanwil", "", (ProvenPage(1, "a.pdf", 1, 90, ("Budi",), (), (("a", "b"),)),), ("Pudar.",), "cap basah"
    ),
    deliveries=(Delivery("meja", MORNING, "siti", "siti", "", "Siti Rekaan"), Delivery("map", MORNING)),
)
BARE = replace(SIGNED, holder=NO_HOLDER, letters={}, person=NOBODY, alone=None, proof=None, deliveries=())
SEEN = received(codes=(Barcode(1, "QRCode", "KODE"),), suspected=(Suspicion(2, "tampak seperti awal surat"),))


def test_it_stands_under_the_journals_own_names_and_what_is_not_known_is_left_out():
    said = json.loads(json.dumps(as_data(SIGNED)))

    assert said["holder"] == {"jabatan": "Kakanwil", "nama": "Budi Rekaan", "nip": "1960", "akun": "budi"}
    assert as_data(replace(SIGNED, holder=PostHolder("Kakanwil", "Budi")))["holder"] == {
        "jabatan": "Kakanwil",
        "nama": "Budi",
        "nip": "",
    }
    assert said["letters"] == {"06-rekomendasi": {"tindakan": "tanda-tangan", "versi": 2, "sha256": "f" * 64}}
    assert said["person"] == {"akun": "budi", "nama": "Budi Rekaan"}
    assert [*said["proof"]] == ["way", "signer", "found", "pages", "faults", "tanpa_bukti"]
    assert [*said["proof"]["pages"][0].values()] == [1, "a.pdf", 1, 90, ["Budi"], [], [["a", "b"]]]
    assert [*said["alone"]] == ["pasangan", "sebutan", "pertama", "alasan"]
    assert said["deliveries"] == [
        {"cara": "meja", "pada": MORNING.isoformat(), "login": "siti", "akun": "siti", "nama": "Siti Rekaan"},
        {"cara": "map", "pada": MORNING.isoformat()},
    ]
    assert {as_data(BARE)[name] == {} for name in ("holder", "letters", "person", "alone", "proof")} == {True}
    assert json.loads(json.dumps(as_data(SEEN)))["codes"] == [{"page": 1, "kind": "QRCode", "text": "KODE"}]


@pytest.mark.parametrize("event", [SIGNED, BARE, SEEN])
def test_it_is_read_back_as_it_was(event):
    assert from_data(event.kind, json.loads(json.dumps(as_data(event)))) == event


@pytest.mark.parametrize("broken", [{"holder": "Budi"}, {"proof": "tinta"}, {"letters": []}, {"deliveries": {}}])
def test_a_line_that_says_something_else_is_misshapen(broken):
    with pytest.raises(ArchiveFault, match="tidak berbentuk"):
        from_data(SIGNED.kind, {**as_data(SIGNED), **broken})


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            {"deliveries": [{"cara": "meja", "lewat": "kawat"}, "siti"]},
            (Delivery("meja", datetime.min), Delivery("", datetime.min)),
        ),
        ({"letters": {"x": {"tindakan": "paraf", "versi": "2"}}}, {"x": ActedOn("paraf", 2, "")}),
        ({"letters": {"x": {"versi": "dua"}, "y": "paraf"}}, {"x": ActedOn("", 0, ""), "y": ActedOn("", 0, "")}),
        ({"alone": {"alasan": "Lowong."}}, MadeAlone("", "", "", "Lowong.")),
        ({"proof": {"way": INK, "faults": ["Pudar."]}}, FiledProof(INK, faults=("Pudar.",))),
        (
            {"proof": {"way": INK, "pages": [{"page": 1, "ink": ["Budi"], "stamp": "ya", "other": ["a"]}, "dua"]}},
            FiledProof(INK, pages=(ProvenPage(1, "", 0, 0, ("Budi",)), ProvenPage(0, "", 0))),
        ),
        ({"person": {"akun": "budi", "surel": "budi@contoh.id"}}, Person("budi")),
    ],
)
def test_a_case_is_not_lost_for_a_value_that_another_version_wrote_otherwise(said, read):
    (name,) = said

    assert getattr(from_data(SIGNED.kind, {**as_data(SIGNED), **said}), name) == read


def test_what_is_seen_on_pages_is_read_as_far_as_it_can_be():
    codes = [{"page": "2", "kind": "QRCode", "text": "KODE", "corners": [1, 2]}, {"page": None, "text": 7}, "KODE"]
    odd = {"codes": codes, "suspected": [{"page": 3, "reason": "awal surat", "share": 0.9}, {"reason": "garis"}]}

    seen = from_data(SEEN.kind, {**as_data(SEEN), **odd})

    assert seen.codes == (Barcode(2, "QRCode", "KODE"), Barcode(0, "", "7"), Barcode(0, "", ""))
    assert seen.suspected == (Suspicion(3, "awal surat"), Suspicion(0, "garis"))
