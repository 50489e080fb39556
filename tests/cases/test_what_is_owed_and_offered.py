"""What a case owes and offers, by its letters and its state: whose turn it is, what has not gone, who may object."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from case_factory import case_of, drafted, moved, received, recognised, then
from fakes import MORNING, FixedClock
from test_letters_owed_to_complainants import (
    NOBODY,
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    from_news,
    initialled,
    numbered,
    walked,
)
from test_rules_of_case_files import decided

from pipeline.cases.actor import Actor
from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.events import PAGES, Disputed, Withdrawn
from pipeline.cases.forms import Filled
from pipeline.cases.given_up import Failed
from pipeline.cases.letter_life import current_letters
from pipeline.cases.moves import open_move, open_moves
from pipeline.cases.objections import CONFIRM, DISPUTE, WITHDRAW, Objecting, object_to, possible
from pipeline.cases.offers import elsewhere, offers
from pipeline.cases.owed_letters import owed_before, unfinished_letters
from pipeline.cases.parting import parted, with_pages
from pipeline.cases.proposals import proposals
from pipeline.cases.record_standing import HELD, is_over, record_standing
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import SIGN
from pipeline.cases.standing import is_past, standing_state
from pipeline.errors import NotAllowed
from pipeline.office.office import Letterhead, Office
from pipeline.storage.blobs import TypedText

NAMED = {"naskah": RECOMMENDATION}
#: What is done to a letter once it has its initials.
ACTS = ("nomori", "tandatangani", "kirim")


@pytest.fixture(scope="module")
def review():
    return walked(case_of(), *TO_REVIEW)


@pytest.fixture(scope="module")
def signed():
    return walked(numbered(drafted_recommendation()), ("tandatangani-naskah", NAMED))


def test_who_does_not_lead_a_case_on_is_told_what_does_and_whose_that_is(review, signed):
    sent = walked(signed, ("kirim-naskah", NAMED))

    assert elsewhere(review, SOP, {"kadiv"}) == ("Susun nota telaahan", ("kasubbid", "tim-yankomas"))
    assert elsewhere(review, SOP, {"kasubbid"}) is None
    assert elsewhere(sent, SOP, {"kadiv"}) == ("Catat tanda terima instansi", ("tim-yankomas",))


def test_moves_that_lead_on_are_offered_before_those_that_lead_back_or_nowhere(review):
    found = [(one.key, one.forward, one.here) for one in offers(review, SOP, {"tim-yankomas"})]

    assert found == [
        *[(key, True, True) for key in ("telaah", "minta-kelengkapan")],
        *[(key, False, False) for key in ("pisahkan", "kembalikan", "koreksi")],
    ]


def test_a_letter_has_not_gone_until_it_is_sent_and_its_receipt_is_not_waited_for(review, signed):
    titles = [unfinished_letters(case, SOP) for case in (review, moved(review, SOP, "telaah"), signed)]
    sent = unfinished_letters(walked(signed, ("kirim-naskah", NAMED)), SOP)

    assert titles[:2] == [(), ("Nota telaahan sedang dikerjakan mesin",)]
    assert "Surat rekomendasi menunggu pengiriman" in titles[2]
    assert not any(title.startswith("Surat rekomendasi") for title in sent)


def test_at_its_end_the_complainant_is_owed_a_letter_but_where_nobody_complained(review):
    nobodys = walked(from_news(), NOBODY)

    assert ("Pemberitahuan penutupan", "belum dibuat") in owed_before(review, SOP, "selesai")
    assert owed_before(nobodys, SOP, "selesai") == ()


def test_who_signs_may_dispute_and_confirm_and_who_files_may_withdraw(signed):
    file = signed.signatures[-1]
    about = (file.documents[0], file.template, file.version, "x", "rina")

    def say(case, role):
        return possible(case.signatures[-1], role, SOP)

    disputed, withdrawn = then(signed, Disputed(*about), "kakanwil"), then(signed, Withdrawn(*about), "kakanwil")
    assert [say(signed, role) for role in ("kakanwil", "tim-yankomas", "kabid")] == [
        (DISPUTE, WITHDRAW),
        (WITHDRAW,),
        (),
    ]
    assert [say(disputed, role) for role in ("kakanwil", "tim-yankomas")] == [(CONFIRM, WITHDRAW), (WITHDRAW,)]
    assert [say(withdrawn, role) for role in ("kakanwil", "tim-yankomas")] == [(), ()]
    unsigned = replace(file, template="03-lembar-disposisi")
    assert [possible(unsigned, role, SOP) for role in ("kakanwil", "kadiv")] == [(DISPUTE, WITHDRAW), ()]


def test_a_letter_that_was_sent_and_not_answered_has_the_next_proposed_from_the_day_it_gave(signed):
    asking = "07-permintaan-tindak-lanjut"
    monitored = walked(signed, ("kirim-naskah", NAMED), "terima")
    asked = walked(monitored, ("catat-pemantauan", {"batas_jawaban": "2026-12-01"}))
    sent = walked(asked, *initialled(asking), *((f"{act}-naskah", {"naskah": asking}) for act in ACTS))

    (proposed,) = proposals(sent, SOP)

    assert (proposed.move, proposed.after) == ("tegur", date(2026, 12, 1))
    assert proposals(monitored, SOP) == proposals(asked, SOP) == ()
    always_open = replace(SOP, moves=tuple(replace(move, waited=None) for move in SOP.moves))
    assert proposals(asked, always_open) == ()  # it was not sent
    again = [{opened.move.key for opened in open_moves(case, SOP)} for case in (monitored, asked, sent)]
    assert ["catat-pemantauan" in keys for keys in again] == [True, False, True]
    assert proposals(walked(sent, "jawaban-instansi"), SOP) == ()
    assert proposals(walked(sent, "catatan-pemantauan"), SOP) == (proposed,)
    before = then(monitored, decided("jawaban-instansi", start="pemantauan", state="pemantauan"), "tim-yankomas")
    way = (("catat-pemantauan", {"batas_jawaban": "2026-12-01"}), *initialled(asking))
    acts = ((f"{act}-naskah", {"naskah": asking}) for act in ACTS)
    assert [one.move for one in proposals(walked(before, *way, *acts), SOP)] == ["tegur"]


def test_a_mark_holds_on_its_last_day_and_without_one_until_it_is_taken_off():
    today = date(2026, 11, 25)
    held = Archived(act="tahan", label="Tahan", mark=HELD, until="2026-11-25")

    assert [is_over(until, today) for until in ("2026-11-24", "2026-11-25", "")] == [True, False, False]
    assert HELD in record_standing(case_of(held), ended=True, today=today).marks
    assert HELD not in record_standing(case_of(held), ended=True, today=date(2026, 11, 26)).marks


def test_answers_that_stand_on_the_pages_that_go_are_the_other_cases():
    pages = {1: "Saya Siti Rekaan mengadukan PT Sawit Makmur karena kebun digusur.", 2: "Saya Budi Andaian dipukul."}
    form = [FormField("pelapor", "Pelapor", "orang"), FormField("perihal", "Perihal", "isian")]
    form += [FormField("ringkasan", "Ringkasan", "isian"), FormField("hak", "Hak", "pilihan", choices=("hidup",))]
    told = {"perihal": "kebun digusur", "ringkasan": "Ibu Andaian mengadu lagi", "hak": "hidup"}
    people = [{"nama": "Siti Rekaan"}, {"nama": "Budi Andaian"}]
    read = {"pelapor": [{"nama": {"nilai": "Siti Rekaan", "page": 1}}, {"nama": {"nilai": "Budi Andaian", "page": 2}}]}

    left = parted({"pelapor": people, **told}, form, pages, {2}, read)

    assert left.register == {"pelapor": [{"nama": "Siti Rekaan"}]}
    assert left.released == ("ringkasan",)


def test_pages_that_go_take_their_answers_along_once_the_complaint_was_read():
    asked = replace(SOP, register=(FormField("ringkasan", "Ringkasan", "isian"),))
    told = decided("konfirmasi", register={"ringkasan": "Budi Andaian dipukul keras"})
    read = case_of(recognised(), told, first=received(pages=2))
    pages = TypedText("02-teks.txt", b"Kebun kami digusur perusahaan.\fBudi Andaian dipukul keras.")
    cabinet = SimpleNamespace(blob=lambda _number, _document: pages)

    def gone(case: Case, text: str) -> tuple[str, ...]:
        return with_pages(case, asked, Filled({PAGES: text}, {}), cabinet)[1]

    assert gone(read, "2") == ("ringkasan",)
    assert gone(case_of(told, first=received(pages=2)), "2") == ()


def test_a_state_waits_with_its_letter_until_that_is_as_far_as_it_must_be(review, signed):
    memo = "04-nota-telaahan"
    written = walked(review, "telaah")
    approved = walked(written, *initialled(memo))
    edited = then(written, drafted(memo, 2, written.drafts[memo].trigger))  # which the machine has not printed yet
    own = SOP.state("persetujuan-nota")

    assert standing_state(written, SOP).label == "nota telaahan menunggu paraf"
    assert standing_state(written, SOP).awaits == ("kabid",)
    assert standing_state(approved, SOP) == standing_state(edited, SOP) == own
    assert standing_state(signed, SOP).label == "surat rekomendasi menunggu pengiriman"
    assert standing_state(review, SOP) == SOP.state("telaahan")
    there = [current_letters(case, SOP)[RECOMMENDATION] for case in (signed, numbered(drafted_recommendation()))]
    assert [is_past(replace(letter, turn=None), SIGN) for letter in there] == [True, False]


def test_nothing_is_decided_on_a_memo_that_nobody_can_read_yet(review):
    memo = "04-nota-telaahan"
    about = {"naskah": memo}
    approved = walked(review, "telaah", *initialled(memo))
    signed_memo = walked(approved, ("nomori-naskah", about), ("tandatangani-naskah", about))
    numbering = moved(approved, SOP, "nomori-naskah", **about)
    again = moved(walked(signed_memo, "kembalikan-nota"), SOP, "telaah")

    for case in (moved(review, SOP, "telaah"), again):
        assert standing_state(case, SOP).label == "nota telaahan sedang dikonsep"
        given_up = then(case, Failed(f"konsep {memo} v1", "Templatnya rusak.", 3))
        assert standing_state(given_up, SOP).label == "nota telaahan belum dikonsep"
        assert "putuskan-nota" not in {one.move.key for one in open_moves(case, SOP)}
        with pytest.raises(NotAllowed, match="keadaannya nota telaahan sedang dikonsep"):
            open_move(case, SOP, "putuskan-nota", "kakanwil")
    assert {standing_state(case, SOP) for case in (approved, numbering, signed_memo)} == {SOP.state("persetujuan-nota")}
    for case in (approved, signed_memo):
        assert "putuskan-nota" in {one.move.key for one in open_moves(case, SOP)}


def test_an_objection_is_to_the_file_that_stands_and_refused_who_has_no_say(signed):
    file = signed.signatures[-1]
    withdrawn = then(signed, Withdrawn(file.documents[0], file.template, file.version, "x", "rina"), "kakanwil")
    again = walked(withdrawn, ("tandatangani-naskah", NAMED))

    def object_as(role: str, what: Objecting, case: Case = signed) -> object:
        folder = SimpleNamespace(case=case, append=lambda event, _files, by, at: event)
        cabinet = SimpleNamespace(held=lambda _number: nullcontext(folder))
        office = Office("Kantor", "Kota", Letterhead((), "", "", ""), (), "")
        parts = SimpleNamespace(cabinet=cabinet, sop=lambda _case: SOP, clock=FixedClock(MORNING), office=office)
        return object_to(case.number, RECOMMENDATION, what, "x", by=Actor(role, "rina"), parts=parts)

    assert object_as("kakanwil", DISPUTE).document == file.documents[0]
    assert object_as("kakanwil", WITHDRAW, again).document == again.signatures[-1].documents[0]
    disputed = then(signed, Disputed(file.documents[0], file.template, file.version, "x", "rina"), "kakanwil")
    assert object_as("kakanwil", CONFIRM, disputed).document == file.documents[0]
    with pytest.raises(NotAllowed, match="sudah disanggah"):
        object_as("kakanwil", DISPUTE, disputed)
    with pytest.raises(NotAllowed, match="tidak disanggah"):
        object_as("kakanwil", CONFIRM)
    with pytest.raises(NotAllowed, match="sudah ditarik"):
        object_as("kakanwil", WITHDRAW, withdrawn)
    for what, may in ((DISPUTE, "kakanwil."), (WITHDRAW, "kakanwil, tim-yankomas.")):
        with pytest.raises(NotAllowed) as refused:
            object_as("kabid", what)
        assert refused.value.remedy == f"Yang berwenang: {may}"
