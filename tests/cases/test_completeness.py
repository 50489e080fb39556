"""What a folder lacks: of each letter the next paper on its way, of the register what it must say."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from case_factory import case_of, document, drafted, moved, received, recognised, then
from test_letters_owed_to_complainants import (
    NOTICE,
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    numbered,
    walked,
)
from test_rules_of_case_files import decided

from pipeline.cases.case import Case
from pipeline.cases.completeness import checklist
from pipeline.cases.events import Attached, Decided, Disputed, Received, Returned
from pipeline.cases.imported import Imported
from pipeline.cases.kept_files import check_signable
from pipeline.cases.sop import title_of
from pipeline.errors import NotAllowed

DISPOSITION = "03-lembar-disposisi"


def lack(case: Case, title: str) -> str:
    """What is wrong with the paper of that title; of one that is not on the list, a fault."""
    return next(item.lack for item in checklist(case, SOP).items if item.title == title)


def of_old_book(end: str, *events: Decided) -> Case:
    """A case that was taken over from an old register which says that it came to this end."""
    usual = {one.name: getattr(received(), one.name) for one in fields(Received)}
    return case_of(*events, first=Imported(**{**usual, "end": end}))


def attached(case: Case, number: int) -> Case:
    files = (document(f"0{number}-lampiran.pdf", kind="lampiran"),)
    return then(case, Attached("map", f"klaim-{number}", "kuitansi.pdf", "application/pdf", 1, files))


def test_a_case_that_ended_before_it_was_taken_over_misses_no_letter_of_ours() -> None:
    closing, end = title_of("07-pemberitahuan-penutupan"), "selesai"
    corrected = decided("koreksi", start=end, state=end, register={"perihal": "Tanah"})
    reopened = decided("buka-kembali", start=end, state="penutupan"), decided("selesai", start="penutupan", state=end)

    there = [of_old_book(end), of_old_book(end, corrected), of_old_book(end, *reopened)]
    assert [closing in [item.title for item in checklist(case, SOP).items] for case in there] == [False, False, True]


def test_a_letter_is_missed_until_it_is_signed_then_until_it_is_sent_then_until_it_was_received() -> None:
    case, letter, said = numbered(drafted_recommendation()), title_of(RECOMMENDATION), [""]
    named = {"naskah": RECOMMENDATION}
    for move in (("tandatangani-naskah", named), ("kirim-naskah", named), "terima"):
        said.append(lack(case, letter))
        case = walked(case, move)

    assert said[1:] == ["belum kembali bertanda tangan", "belum tercatat dikirim", "tanda terimanya belum ada"]
    assert lack(case, letter) == ""


def test_of_a_letter_that_needs_no_receipt_none_is_missed_and_a_note_within_the_office_is_not_sent() -> None:
    signed = walked(numbered(drafted_recommendation()), ("tandatangani-naskah", {"naskah": RECOMMENDATION}))
    notice = walked(signed, *((("paraf-naskah", {"naskah": NOTICE, "role": role})) for role in ("kabid", "kadiv")))
    notice = walked(notice, ("nomori-naskah", {"naskah": NOTICE}), ("tandatangani-naskah", {"naskah": NOTICE}))

    assert lack(notice, title_of(NOTICE)) == "belum tercatat dikirim"
    assert lack(walked(notice, ("kirim-naskah", {"naskah": NOTICE})), title_of(NOTICE)) == ""


def test_the_register_lacks_what_must_be_answered_and_is_not() -> None:
    case = case_of()
    required = [field for field in SOP.register if field.required]

    assert required
    assert "Perihal" in lack(case, "Isian register")
    said = replace(SOP, register=tuple(replace(field, required=False) for field in SOP.register))
    assert next(item.lack for item in checklist(case, said).items if item.title == "Isian register") == ""


def test_one_attachment_is_called_that_and_several_are_numbered() -> None:
    one = attached(case_of(), 1)
    titles = [[item.title for item in checklist(case, SOP).items] for case in (one, attached(one, 2))]

    assert "Lampiran" in titles[0]
    assert "Lampiran 1" not in titles[0]
    assert {"Lampiran 1", "Lampiran 2"} <= set(titles[1])


def test_our_own_print_is_no_signed_copy_and_a_letter_that_is_signed_may_come_back_signed_again() -> None:
    case = numbered(drafted_recommendation())
    own = case.document(f"{RECOMMENDATION}-v{case.drafts[RECOMMENDATION].version}.pdf")

    with pytest.raises(NotAllowed, match="belum bertanda tangan"):
        check_signable(case, SOP, RECOMMENDATION, [own.sha256])
    signed = walked(case, ("tandatangani-naskah", {"naskah": RECOMMENDATION}))
    check_signable(signed, SOP, RECOMMENDATION, ["f" * 64])


def papers(case: Case) -> dict[str, str]:
    return {item.title: item.lack for item in checklist(case, SOP).items}


def test_a_sheet_is_missed_until_it_is_printed_or_where_people_write_on_it_until_it_came_back() -> None:
    confirmed = walked(case_of(), "konfirmasi")
    receipt = confirmed.drafts["01-tanda-terima"]
    anew = then(confirmed, drafted("01-tanda-terima", receipt.version + 1, receipt.trigger))
    version = confirmed.drafts[DISPOSITION].version
    paper = document("x.pdf", b"disposisi", kind=DISPOSITION, version=version)

    assert (papers(confirmed)["Tanda terima"], papers(anew)["Tanda terima"]) == ("", "belum dicetak")
    assert papers(confirmed)["Lembar disposisi"] == "belum kembali bertanda tangan"
    assert papers(then(confirmed, Returned(DISPOSITION, version, (paper,))))["Lembar disposisi"] == ""
    assert papers(case_of(recognised()))["Tanda terima"] == "belum dibuat"


def test_a_letter_is_missed_that_is_called_for_or_owed_at_the_end_and_not_one_that_was_dropped() -> None:
    composed = drafted_recommendation()
    review = walked(case_of(), *TO_REVIEW)
    ended = then(review, decided("selesai", start="penutupan", state="selesai"))
    dropped = walked(composed, ("batalkan-naskah", {"naskah": "04-nota-telaahan"}))

    assert papers(moved(review, SOP, "telaah"))["Nota telaahan"] == "belum dibuat"
    assert papers(ended)["Pemberitahuan penutupan"] == "belum dibuat"
    assert "Pemberitahuan penutupan" not in papers(review)
    assert papers(composed)["Nota telaahan"] == "belum kembali bertanda tangan"
    assert "Nota telaahan" not in papers(dropped)


def test_a_signature_that_is_disputed_is_told_of_that_letter_alone() -> None:
    signed = walked(numbered(drafted_recommendation()), ("tandatangani-naskah", {"naskah": RECOMMENDATION}))
    file = signed.signatures[-1]

    disputed = papers(then(signed, Disputed(file.documents[0], RECOMMENDATION, 2, "bukan saya", "budi"), "kakanwil"))

    assert disputed["Surat rekomendasi"] == "tanda tangannya disanggah"
    assert disputed["Nota telaahan"] == "belum kembali bertanda tangan"


def test_a_folder_begins_with_its_complaint_or_with_what_an_officer_noted_and_says_where_it_lies() -> None:
    noted = case_of(first=received(media="text/plain", channel="lisan"))
    filed = {"klasifikasi": "HA.01.07", "boks": "12", "rak": "3"}

    assert next(iter(papers(case_of()))) == "Surat pengaduan"
    assert next(iter(papers(noted))) == "Catatan pengaduan"
    assert papers(case_of(decided("x", register=filed)))["Klasifikasi dan letak"] == ""
    part = papers(case_of(decided("x", register={**filed, "rak": ""})))["Klasifikasi dan letak"]
    assert part == "belum diberkaskan: Rak"


def test_of_an_old_book_only_the_scan_of_the_letter_is_missed_and_no_field_of_the_register() -> None:
    usual = received(documents=(document("01-baris.txt"),))
    old = Imported(**{one.name: getattr(usual, one.name) for one in fields(usual)}, book={"name": "buku.xlsx"})
    scan = Attached(
        "pindaian-lama", "k", "x.pdf", "application/pdf", 1, (document("02-lampiran.pdf", kind="lampiran"),)
    )
    case, title = case_of(first=old), "Surat pengaduan (dari buku lama)"

    assert papers(case)[title] == papers(attached(case, 2))[title] == "pindaiannya tidak ada"
    assert papers(then(case, scan))[title] == ""
    assert "Isian register" not in papers(case)
