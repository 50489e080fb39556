"""What became of recommendations, in the words of the evaluation and of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.letters.sheets import phrasing
from pipeline.office import wording
from pipeline.office.wording import said

#: What may have become of a recommendation, in the order of the summary: how the form's answer begins, and the words.
STATES: Mapping[str, str] = {
    "sebagian": "Dilaksanakan sebagian",
    "dilaksanakan sebagian": "Dilaksanakan sebagian",
    "dilaksanakan": "Dilaksanakan",
    "belum": "Belum dilaksanakan",
    "ditolak": "Ditolak",
}
_ORDER = ("Dilaksanakan", "Dilaksanakan sebagian", "Belum dilaksanakan", "Ditolak")
DONE, *_, REFUSED = _ORDER
#: Those of which something was done.
BEGUN = _ORDER[:2]
_UNTOLD = "Belum dinilai"
#: The columns of an entry of the evaluation's form.
RESULT = ("rekomendasi", "penanggung_jawab", "tenggat", "tindak_lanjut", "bukti", "status")


def state_of(answer: str) -> str:
    """Return how a recommendation stands, in the sheet's words; an answer in other words stays as it was written."""
    begun = answer.casefold().rstrip(". ")
    told = phrasing.capital(said(answer)) or _UNTOLD
    return next((words for word, words in STATES.items() if begun.startswith(word)), told)


def counted_by_state(states: Iterable[str], called: str = "") -> list[str]:
    """Return how many recommendations stand how: ``2 (dua) dilaksanakan``, ``1 (satu) belum dilaksanakan``.

    ``called``: what is counted, where the sentence has not said it (``2 (dua) rekomendasi dilaksanakan``).
    """
    found = list(states)
    return [
        wording.counted(found.count(s), f"{called} {s.lower()}".strip())
        for s in dict.fromkeys((*_ORDER, *found))
        if s in found
    ]
