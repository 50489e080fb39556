"""The evaluation of SOP step 7: what became of each recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.cases.letter_subjects import subject
from pipeline.letters.sheets import agency_letter, hands, phrasing, texts
from pipeline.letters.sheets.approval import initialling
from pipeline.letters.sheets.audience import HELD, matter
from pipeline.letters.sheets.follow_up import ANSWER, LETTERS, NOTED, SENT_ON, answers, sent
from pipeline.letters.sheets.memo_analysis import laws_at_stake
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.recommendation import AGENCY, DRAFTED, DRAFTS, RECOMMENDATION, about, with_moves
from pipeline.letters.sheets.recommendation_states import BEGUN, DONE, REFUSED, RESULT, counted_by_state, state_of
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

EVALUATION = "07-hasil-evaluasi"
#: What the office is called on a paper that speaks of it as of others.
_OFFICE = "Kantor Wilayah"

#: Where nothing was done or nothing shows it; anything else that was left open stays blank.
_NOTHING, _MAY_BE_NOTHING = "Tidak ada", ("tindak_lanjut", "bukti")
#: What stands there of a recommendation that was carried out: something was done, which nobody wrote down.
_UNWRITTEN = "Belum diuraikan"
#: What is told beside a deadline that was not kept.
_PASSED, _DONE_LATE, _REPORTED_LATE = "terlampaui", "dilaksanakan setelah tenggat", "dilaporkan setelah tenggat"
#: What the conclusion says of those.
_DELAYS: Mapping[str, str] = {
    _DONE_LATE: "dilaksanakan dan dilaporkan setelah tenggat",
    _REPORTED_LATE: "dilaporkan setelah tenggat",
    _PASSED: "belum tuntas sampai tenggatnya terlampaui",
}
#: Words without which a sentence of the conclusion says the same.
_IDLE = ("telah", "sudah", "tersebut")
#: The letters of the monitoring, in their order.
_ASKED = ("07-permintaan-tindak-lanjut", "07-teguran-pertama", "07-teguran-kedua")


def _evaluation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("evaluasi")
    results = [_result(row, facts) for row in texts.rows(move, "hasil_evaluasi", RESULT)]
    case, recommended = about(facts), sent(facts)
    concluded, delay = [phrasing.sentence(text) for text in texts.paragraphs(move, "simpulan")], _delay(results)
    return {
        **internal(facts, office),
        **case,
        **recommended,
        **_approver(facts, office),
        "paraf": initialling(facts, office),
        "paraf_bawahan": _initialling(facts, office, above=False),
        "paraf_atasan": _initialling(facts, office, above=True),
        "tembusan": texts.copied([], hands.approving(facts, office), facts.letter_date, office),
        "dasar": _basis(facts, office, case),
        "pokok_pengaduan": matter(facts, to=_OFFICE),
        "tujuan_rekomendasi": texts.line(facts.last(DRAFTED), "tujuan_surat"),
        "kegiatan": texts.paragraphs(move, "kegiatan"),
        "surat_pemantauan": _asked(facts),
        "jawaban": answers(facts),
        "jawaban_tertulis": [_answer(row) for row in answers(facts)],
        "hasil": results,
        "jumlah_rekomendasi": wording.counted(len(results), "rekomendasi"),
        "rekapitulasi": _summary(results),
        "keterlambatan": delay,
        "simpulan": concluded,
        "butir_simpulan": [*filter(None, [delay]), *(text for text in concluded if not _is_said_in(text, delay))],
    }


def _initialling(facts: SheetFacts, office: Office, *, above: bool) -> list[str]:
    """Return who initials for the head, who approves (``above``), or for the maker: nobody does for who is below."""
    superiors = hands.between(facts, office)
    lanes = tuple(role for role in facts.initials if (role in superiors) == above)
    return initialling(replace(facts, initials=lanes), office)


def _approver(facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return who decides on the evaluation: title, name and NIP of the head of the office."""
    head = texts.signer(hands.approving(facts, office), facts.letter_date, office)
    return {f"penyetuju_{name}": head[f"penandatangan_{name}"] for name in ("jabatan", "nama", "nip")}


def _basis(facts: SheetFacts, office: Office, case: Mapping[str, Any]) -> list[str]:
    """Return what the evaluation rests on: laws, also of the case, the SOP, memo, minutes, recommendation."""
    held = texts.day(facts.last(HELD), "tanggal_pelaksanaan")
    return [
        *laws_at_stake(facts, office),
        *agency_letter.procedure(case),
        *(f"{memo} mengenai hasil telaahan" for memo in agency_letter.cited(facts, MEMO, "Nota Dinas")),
        *agency_letter.cited(facts, MINUTES, "Berita Acara Audiensi/Koordinasi", held),
        *agency_letter.cited(facts, RECOMMENDATION, "Surat Rekomendasi"),
    ]


def _answer(row: Mapping[str, str]) -> str:
    """Return an answer of an agency as a sentence lists it: number and date of its letter, and what it says."""
    number = f" Nomor {row['nomor']}" if row["nomor"] else ""
    letter = f"surat{f' {sender}' if (sender := row['penjawab']) else ''}{number} tanggal {row['tanggal']}"
    told = phrasing.begun_small(row["isi"]).rstrip(" .;")
    return f"{letter}, dengan pokok jawaban: {told}" if told else letter


def _result(row: Mapping[str, str], facts: SheetFacts) -> dict[str, str]:
    """Return what became of one recommendation, in words; a dash says nothing and is not printed."""
    told = {name: phrasing.capital(said(text)) for name, text in row.items()}
    state = state_of(row["status"])
    nothing = _UNWRITTEN if state in BEGUN else _NOTHING
    empty = {name: nothing for name in _MAY_BE_NOTHING if not told[name]}
    due = " ".join(filter(None, (wording.as_date(told["tenggat"]), _lateness(told, state, facts))))
    whole = {**told, **empty, "tenggat": due, "status": state}
    return {name: wording.unbroken(text) for name, text in whole.items()}


def _lateness(told: Mapping[str, str], state: str, facts: SheetFacts) -> str:
    """Return what is told beside a deadline, in brackets: that it has passed, or that what was done came after it.

    It was done late if every day that the follow-up names is later; else it may only have been reported late.
    """
    due = told["tenggat"]
    if state == REFUSED or not wording.is_before(due, facts.letter_date):
        return ""
    if state != DONE:
        return f"({_PASSED})"
    days = wording.days_in(told["tindak_lanjut"])
    if days and all(wording.is_before(due, day) for day in days):
        return f"({_DONE_LATE})"
    answered = [texts.day(move, "tanggal_jawaban") or move.at.date() for move in facts.made("jawaban-instansi")]
    late = bool(answered) and all(wording.is_before(due, day) for day in answered)
    return f"({_REPORTED_LATE})" if late else ""


def _delay(results: Sequence[Mapping[str, str]]) -> str:
    """Return of how many recommendations the deadline was not kept, as a sentence; empty where it was of all."""
    late = {words: sum(mark in row["tenggat"] for row in results) for mark, words in _DELAYS.items()}
    found = {words: count for words, count in late.items() if count}
    if not results[1:]:
        return "".join(f"Rekomendasi tersebut {words}." for words in found)
    all_late = sum(found.values()) == len(results)
    if all_late and len(found) == 1:
        return "".join(f"Seluruh rekomendasi {words}." for words in found)
    lead = "Tenggat seluruh rekomendasi tidak dipenuhi" if all_late else "Tenggat tidak seluruhnya dipenuhi"
    parts = [wording.counted(count, f"rekomendasi {words}") for words, count in found.items()]
    return f"{lead}: {wording.enumerated(parts)}." if parts else ""


def _is_said_in(text: str, delay: str) -> bool:
    """Say whether the sentence on the deadlines says all that this one does: that the same was carried out."""
    words = (one.casefold().rstrip(".").split() for one in (text, delay))
    told, more = (" ".join(word for word in some if word not in _IDLE) for some in words)
    return f"{more} ".startswith(f"{told} ")


def _asked(facts: SheetFacts) -> list[dict[str, str]]:
    """Return the letters in which the agency was asked what it did: what each is, its number and date."""
    letters = (letter for template in _ASKED for letter in facts.letters_of(template))
    return [
        {
            "hal": phrasing.within(subject(letter.template, facts.register_number)),
            "nomor": letter.number,
            "tanggal": wording.long_date(letter.at),
        }
        for letter in letters
    ]


def _summary(results: Sequence[Mapping[str, str]]) -> str:
    """Return how many recommendations stand how: ``2 (dua) dilaksanakan dan 1 (satu) belum dilaksanakan``."""
    states = [row["status"] for row in results]
    told = counted_by_state(states)
    if len(told) == 1 and len(states) > 1:
        return f"seluruhnya {states[0].lower()}"
    return f"{', '.join(told[:-1])}{',' * (len(told) > 2)} dan {told[-1]}" if len(told) > 1 else "".join(told)


SHEETS: Mapping[str, Maker] = {EVALUATION: _evaluation}

_EVALUATED: Mapping[str, Any] = {
    "kegiatan": (
        "Tim Yankomas meninjau lokasi pada tanggal 4 Januari 2027. Kolam pertama tidak lagi bocor; kolam kedua masih "
        "diperbaiki, dan posko pengaduan belum ada."
    ),
    "hasil_evaluasi": [
        f"Memeriksa air sebelas sumur warga | {AGENCY} | 2026-12-31 | Diperiksa setiap bulan | Rekapitulasi hasil uji"
        " | dilaksanakan",
        "Memperbaiki kolam limbah | Direktur PT Contoh Sawit Makmur | 2026-12-18 | Kolam pertama selesai | Foto"
        " | sebagian",
        "Membentuk posko pengaduan | Camat Contoh | 2026-12-11 | – | – | belum",
    ],
    "simpulan": (
        "Satu rekomendasi dilaksanakan, satu sebagian, dan satu belum.\n"
        "Lokasi disarankan ditinjau kembali pada bulan Februari 2027."
    ),
}
_EVALUATED_LONG: Mapping[str, Any] = {
    "kegiatan": "\n".join([_EVALUATED["kegiatan"]] * 6),
    "hasil_evaluasi": [f"{n}: {entry}" for n in range(1, 9) for entry in _EVALUATED["hasil_evaluasi"]],
    "simpulan": "\n".join([_EVALUATED["simpulan"]] * 6),
}
_EVALUATED_LEAST: Mapping[str, Any] = {
    "kegiatan": "Lokasi ditinjau; sumur warga belum dipulihkan.",
    "hasil_evaluasi": ["Memulihkan sumur warga | Bupati Contoh | 2026-12-18 | – | – | belum"],
    "simpulan": "Rekomendasi tersebut belum dilaksanakan.\nDisarankan menegur penanggung jawabnya secara tertulis.",
}
CASES: Cases = {
    EVALUATION: with_moves(
        (*DRAFTS[0], made("evaluasi", "tim-yankomas", **_EVALUATED_LEAST)),
        (*DRAFTS[1], *SENT_ON, NOTED, ANSWER, made("evaluasi", "tim-yankomas", **_EVALUATED)),
        (*DRAFTS[2], *SENT_ON, NOTED, *[ANSWER] * 5, made("evaluasi", "tim-yankomas", **_EVALUATED_LONG)),
        letters=LETTERS,
        naskah_date=date(2027, 1, 6),
        naskah_number="W.8-HA.01.07-0017",
    ),
}
