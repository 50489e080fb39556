"""What became of a case, as the printed register tells it: which letters with their numbers, what came of each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.cases.key_labels import choice_label
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.recommendation_states import RESULT, counted_by_state, state_of
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.office import wording

#: The letters that asked the agency what it did, in their order, and what the register calls them.
_ASKED: Mapping[str, str] = {
    "07-permintaan-tindak-lanjut": "permintaan laporan",
    "07-teguran-pertama": "teguran pertama",
    "07-teguran-kedua": "teguran kedua",
}


#: The moves by which a complaint is withdrawn or held to be, and the 2024 edition's word for the second.
_WITHDRAWN, _HELD_WITHDRAWN, _HELD = "cabut", "anggap-mencabut", "dianggap mencabut"
#: The kind of the letter by which it is, and the letter that was not answered where it is held to be.
_WITHDRAWAL, _INCOMPLETE = "surat-pencabutan", "04-permintaan-kelengkapan"


#: What a finding rests on before its memo has a number.
_UNNUMBERED = "nota belum bernomor"


def found(facts: SheetFacts) -> str:
    """Return what the review came to: ``nota nomor …, …: ada indikasi pelanggaran HAM; disarankan audiensi``."""
    review = facts.last("telaah")
    indication, advice = (texts.line(review, name) for name in ("indikasi", "saran"))
    said_of_it = {"ya": "ada indikasi pelanggaran HAM", "tidak": "tidak ada indikasi pelanggaran HAM"}
    parts = (said_of_it.get(indication.casefold(), indication), f"disarankan {choice_label(advice)}" if advice else "")
    came_to = "; ".join(part for part in parts if part)
    memo = "".join(f"nota {numbered(letter)}" for letter in facts.letters_of(MEMO)[-1:])
    return f"{memo or _UNNUMBERED}: {came_to}" if came_to else memo


def met(facts: SheetFacts) -> str:
    """Return when the audience was held, how many came, and its minutes; empty where there was none."""
    held = facts.last("laksanakan")
    if held is None:
        return ""
    day = _date(held, "tanggal_pelaksanaan") or wording.date_in_figures(held.at)
    came, witnesses = (len(texts.items(held, name)) for name in ("hadir", "saksi"))
    seen = f" dan {wording.counted(witnesses, 'orang saksi')}" if witnesses else ""
    minutes = "".join(f"; berita acara {numbered(letter)}" for letter in facts.letters_of(MINUTES)[-1:])
    return f"Audiensi {day}, dihadiri {wording.counted(came, 'orang')}{seen}{minutes}"


def recommended(facts: SheetFacts) -> str:
    """Return number, addressee and days of the recommendation, and every letter by which one was corrected."""
    number = facts.numbers.get(RECOMMENDATION) or texts.line(facts.last("nomori"), "nomor_naskah")
    told = {
        "nomor": number,
        "kepada": texts.line(facts.last("susun-rekomendasi"), "tujuan_surat"),
        "dikirim": _date(_dispatch(facts), "tanggal_kirim"),
        "diterima": _date(facts.last("terima"), "tanggal_terima"),
    }
    known = ", ".join(f"{word} {text}" for word, text in told.items() if text)
    corrected = (f"ralat {numbered(letter)}" for letter in facts.letters_of(CORRECTION))
    return "; ".join(filter(None, (f"Rekomendasi {known}" if known else "", *corrected)))


def followed(facts: SheetFacts) -> str:
    """Return which letters asked the agency, when it answered, and what became of it by the newest evaluation."""
    answered, evaluated = _date(facts.last("jawaban-instansi"), "tanggal_jawaban"), facts.last("evaluasi")
    states = (state_of(row["status"]) for row in texts.rows(evaluated, "hasil_evaluasi", RESULT))
    outcome = wording.enumerated(counted_by_state(states, "rekomendasi"))
    number = "".join(f"nomor {letter.number}, " for letter in facts.letters_of(EVALUATION)[-1:])
    told = f"evaluasi {number}{wording.date_in_figures(evaluated.at)}: {outcome}" if evaluated and outcome else ""
    asked = (f"{word} {numbered(letter)}" for template, word in _ASKED.items() for letter in facts.letters_of(template))
    return "; ".join(filter(None, (*asked, f"dijawab {answered}" if answered else "", told)))


def withdrawn(facts: SheetFacts) -> str:
    """Return by what and when a complaint was withdrawn, or is held to be, behind that it was; else empty.

    ``, dengan surat pencabutan, dicatat 29/11/2026``: the day is that on which the office wrote it down.
    """
    move = facts.moves[-1] if facts.moves else None
    if move is None or move.key not in (_WITHDRAWN, _HELD_WITHDRAWN):
        return ""
    if move.key == _HELD_WITHDRAWN or texts.line(move, "sebab") == _HELD:
        asked = "".join(f" {numbered(letter)}" for letter in facts.letters_of(_INCOMPLETE)[-1:])
        by = f"permintaan kelengkapan{asked} tidak dipenuhi"
    else:
        by = "dengan surat pencabutan" if _WITHDRAWAL in move.papers else "atas permintaan pelapor"
    return f", {by}, dicatat {wording.date_in_figures(move.at)}"


def numbered(letter: NumberedLetter) -> str:
    """Return number and day of a letter as the register cites it: ``nomor W.8-HA.01.07-0021, 04/12/2026``."""
    return f"nomor {letter.number}, {wording.date_in_figures(letter.at)}"


def _dispatch(facts: SheetFacts) -> MoveMade | None:
    """Return the move by which the recommendation was sent: of its own, or of any letter that is named in it."""
    of_letter = (m for m in reversed(facts.made("kirim-naskah")) if m.values.get("naskah") == RECOMMENDATION)
    return next(of_letter, facts.last("kirim"))


def _date(move: MoveMade | None, name: str) -> str:
    return in_figures(texts.line(move, name))


def in_figures(text: str) -> str:
    """Return an ISO date as the register writes it; any other text as it is."""
    try:
        return wording.date_in_figures(date.fromisoformat(text))
    except ValueError:
        return text
