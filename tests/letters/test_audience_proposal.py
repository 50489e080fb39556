"""What the proposal of an audience rests on, and what it asks for."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from fakes import PAGE_CODE
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.audience_proposal import PROPOSAL
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.review_memo import MEMO

_TELLING = (DISPOSITION, MEMO, PROPOSAL, BOOK)
TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


def proposal(kind: str) -> dict[str, Any]:
    return context(PROPOSAL, facts_of_kind(kind, PROPOSAL), office_of_kind(kind))


def written(values: dict[str, Any]) -> list[str]:
    """The lines of the proposal as it is drafted; where a day is bound to its month does not matter here."""
    drafted = WordTypist(TEMPLATES).draft(PROPOSAL, values).docx
    return [passage.text.replace("\u00a0", " ") for passage in passages(drafted)]


def test_the_proposal_cites_the_nota_and_what_was_decided_on_it() -> None:
    told = paper(PROPOSAL)

    assert (told["nomor_nota"], told["tanggal_nota"]) == ("W.8.HA.01.07-0031", "26 November 2026")
    assert (
        told["simpulan_nota"]
        == "terdapat indikasi pelanggaran hak asasi manusia dan Kantor Wilayah Bengkulu berwenang menanganinya"
    )
    assert (told["pemutus"], told["putusan"]) == ("Kepala Kantor Wilayah", "audiensi")
    assert (told["tanggal_putusan"], told["catatan_putusan"]) == ("27 November 2026", "Undang pula pemerintah desa")


def test_a_nota_without_a_number_is_cited_by_its_day() -> None:
    told = paper(PROPOSAL, letters=())

    assert (told["nomor_nota"], told["tanggal_nota"]) == ("", "25 November 2026")


def test_an_edition_in_which_nobody_decides_on_the_nota_cites_the_nota_alone() -> None:
    moves = tuple(move for move in usual(PROPOSAL).moves if move.key != "putuskan-nota")

    told = paper(PROPOSAL, moves=moves)

    assert (told["pemutus"], told["putusan"]) == ("", "")
    assert told["nomor_nota"] == "W.8.HA.01.07-0031"


def test_every_line_of_the_reasons_is_an_entry_of_the_list() -> None:
    facts = usual(PROPOSAL)
    proposed = made("usulkan-audiensi", alasan="para pihak berbeda keterangan\n\nair bersih mendesak")

    told = paper(PROPOSAL, moves=(*facts.moves[:-1], proposed))

    assert told["alasan"] == ["Para pihak berbeda keterangan.", "Air bersih mendesak."]
    assert told["satu_alasan"] == ""


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        ("Keterangan para pihak berbeda", "karena keterangan para pihak berbeda."),
        ("Agar para pihak bertemu.", "agar para pihak bertemu."),
        ("PT Contoh Sawit menolak", "karena PT Contoh Sawit menolak."),
    ],
)
def test_an_only_reason_ends_the_sentence_that_says_what_is_needed(reason: str, end: str) -> None:
    told = paper(PROPOSAL, moves=(made("usulkan-audiensi", alasan=reason),))

    assert told["satu_alasan"] == end
    assert f"Audiensi/koordinasi perlu dilaksanakan {end}" in written(told)


def test_the_memo_says_whole_who_complains() -> None:
    long = "Forum Warga Sumur Jernih Kecamatan Contoh " * 9
    fields = {**usual(PROPOSAL).fields, "lembaga_pelapor": {"nilai": long, "teks": long}}

    told = str(paper(PROPOSAL, fields=fields)["pokok_perkara"])

    assert told.startswith(f"surat pengaduan {long.strip()} (diwakili Sari Melati dkk.) Nomor 07/FWS/XI/2026")
    assert told.count("(") == told.count(")")


@pytest.mark.parametrize("kind", KINDS)
def test_the_proposal_names_the_complaint_as_the_nota_does(kind: str) -> None:
    told, memo = proposal(kind), context(MEMO, facts_of_kind(kind, MEMO), office_of_kind(kind))

    assert {name: told[name] for name in ("pokok_perkara", "cara_masuk")} == {
        name: memo[name] for name in ("pokok_perkara", "cara_masuk")
    }


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("surat", "pelapor (melalui undangan tersendiri)"),
        ("kuasa", "kuasa pelapor (melalui undangan tersendiri)"),
        ("beberapa-pelapor", "para pelapor (melalui undangan tersendiri)"),
        ("kelompok", "wakil kelompok pelapor (melalui undangan tersendiri)"),
        ("instansi", "instansi yang melimpahkan pengaduan (melalui undangan tersendiri)"),
        ("berita", ""),
    ],
)
def test_who_complains_is_invited_by_a_letter_of_their_own(kind: str, called: str) -> None:
    lead = next(line for line in written(proposal(kind)) if line.startswith("dengan mengundang"))

    assert lead == f"dengan mengundang {f'{called} dan ' if called else ''}pihak-pihak berikut:"


def test_complainants_whom_the_drafter_listed_are_not_listed_where_they_get_a_letter_of_their_own() -> None:
    theirs, older = paper(PROPOSAL), paper(PROPOSAL, templates=())

    assert "Sari Melati" in str(theirs["pihak"])
    assert "Sari Melati" not in str(theirs["undangan"])
    assert (older["undangan_pelapor"], older["undangan"]) == ("", older["pihak"])


def test_an_only_guest_is_invited_in_a_sentence() -> None:
    told = paper(PROPOSAL, moves=(made("usulkan-audiensi", pihak=["Camat Contoh"]),))

    assert "dengan mengundang Camat Contoh serta para pelapor (melalui undangan tersendiri)." in written(told)


def signed_by(role: str, kind: str = "surat") -> dict[str, str]:
    holder = next(official for official in office_of_kind(kind).officials if official.role == role)
    return {"nama": holder.name, "nip": holder.nip}


def test_the_division_takes_note_and_the_head_approves() -> None:
    assert proposal("surat")["persetujuan"] == [
        {"sebagai": "Mengetahui", "jabatan": "Kepala Divisi Pelayanan Hukum dan HAM", **signed_by("kadiv")},
        {"sebagai": "Menyetujui", "jabatan": "Kepala Kantor Wilayah", **signed_by("kakanwil")},
    ]


def test_who_approves_for_the_head_does_not_take_note_as_well() -> None:
    approver = "a.n. Kepala Kantor Wilayah\nPlh. Kepala Divisi Pelayanan Hukum dan HAM"
    assert proposal("pengganti")["persetujuan"] == [
        {"sebagai": "Menyetujui", "jabatan": approver, **signed_by("kakanwil", "pengganti")}
    ]


def test_the_nota_on_which_it_rests_goes_with_it() -> None:
    assert proposal("surat")["lampiran_naskah"] == "1 (satu) berkas"
    assert paper(PROPOSAL, letters=())["lampiran_naskah"] == "-"


@pytest.mark.parametrize("kind", KINDS)
def test_the_memo_fills_its_first_page_its_end_is_signed_and_the_boxes_of_approval_are_whole_below_their_title(
    press: LibreOfficePress, kind: str
) -> None:
    pdf = press.print(WordTypist(TEMPLATES).draft(PROPOSAL, proposal(kind)).docx, PAGE_CODE)
    first, last = (" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))

    end, signed = "Demikian kami sampaikan untuk mendapat arahan", f"NIP {proposal(kind)['penandatangan_nip']}"
    assert "kami mohon persetujuan" in first, "what there is room for does not wait for the signature"
    for text in (
        end,
        signed,
        "Persetujuan atas Nota Dinas Nomor W.8-HA.01.07-0017 tanggal 30 November 2026 mengenai usulan",
        *(row["sebagai"] for row in proposal(kind)["persetujuan"]),
        "Catatan/arahan",
    ):
        assert text in last
    assert last.replace("\u2011", "-").count("Nota Dinas Nomor W.8-HA.01.07-0017") == 2, "at the head, above the boxes"
    assert "mengundang" in first
    assert all(guest in first for guest in proposal(kind)["undangan"]), "who is invited is read with when and where"


def test_who_approves_has_room_to_write_what_they_order() -> None:
    document = Document(io.BytesIO(WordTypist(TEMPLATES).draft(PROPOSAL, proposal("surat")).docx))
    rows = [row for table in document.tables[-1].rows[0].cells[0].tables for row in table.rows]

    boxes = [row for row in rows if row.cells[0].text.startswith(("Mengetahui", "Menyetujui"))]
    assert [row.height.mm for row in boxes] == pytest.approx([25, 25], abs=0.1)


def test_where_the_head_decided_that_there_is_an_audience_the_rest_is_asked_for() -> None:
    facts = usual(PROPOSAL)
    undecided = replace(facts, moves=tuple(move for move in facts.moves if move.key != "putuskan-nota"))

    asked, open_ = (
        next(line for line in written(context(PROPOSAL, f, office_of_kind("surat"))) if "mohon persetujuan" in line)
        for f in (facts, undecided)
    )

    assert "persetujuan atas waktu, tempat, dan pihak yang diundang sebagaimana" in asked
    assert "persetujuan atas pelaksanaan audiensi/koordinasi, termasuk waktu, tempat, dan pihak" in open_


def test_the_deputies_of_the_day_are_named_as_such() -> None:
    told = proposal("pengganti")

    assert told["penandatangan_jabatan"] == "Plt. Kepala Bidang HAM"
    assert told["tujuan_jabatan"] == "Kepala Kantor Wilayah"


def test_a_proposal_does_not_go_through_who_approves_it() -> None:
    through, approved = proposal("surat"), proposal("pengganti")

    assert (through["melalui"], approved["melalui"]) == (["Kepala Divisi Pelayanan Hukum dan HAM"], [])
    assert ("Melalui" in written(through), "Melalui" in written(approved)) == (True, False)


def test_a_proposal_does_not_go_through_who_wrote_it() -> None:
    office = office_of_kind("surat")
    writer = next(official for official in office.officials if official.role == "kabid")
    both = replace(writer, role="kadiv", title="Kepala Divisi Pelayanan Hukum dan HAM", acting="Plh.")
    others = tuple(official for official in office.officials if official.role != "kadiv")

    told = context(PROPOSAL, facts_of_kind("surat", PROPOSAL), replace(office, officials=(*others, both)))

    assert told["melalui"] == []
    assert [row["sebagai"] for row in told["persetujuan"]] == ["Menyetujui"]


def test_who_decided_for_the_head_is_said_alike_on_every_paper_that_tells_of_it() -> None:
    papers = {name: context(name, facts_of_kind("pengganti", name), office_of_kind("pengganti")) for name in _TELLING}

    decided = "Plh. Kepala Divisi Pelayanan Hukum dan HAM a.n. Kepala Kantor Wilayah"
    assert papers[PROPOSAL]["pemutus"] == papers[MEMO]["disposisi_dari"] == decided
    assert f"Disposisi {decided} tanggal 25 November 2026" in " ".join(papers[MEMO]["dasar"])
    givers = [hop["dari"] for hop in papers[DISPOSITION]["perjalanan"]]
    assert [givers[1], givers[3]] == [decided] * 2
    assert "Plh. Kadiv Yankum a.n. Kakanwil 25/11/2026" in papers[BOOK]["halaman"][0]["baris"][0]["disposisi"]


def test_an_empty_register_leaves_a_whole_sentence() -> None:
    told = paper(PROPOSAL, fields={}, moves=(replace(usual(PROPOSAL).moves[-1], values={}),), letters=())

    assert told["pokok_perkara"] == "surat pengaduan"
    assert any(
        line.endswith("atas surat pengaduan, yang diterima pada tanggal 25 November 2026.") for line in written(told)
    )
