"""A complainant takes part with the code on the receipt, once, after the end of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.errors import NotAllowed, NotFound
from pipeline.register.complainant_status import Standing, folded_code
from pipeline.survey.ports import SurveyBox
from pipeline.survey.questionnaire import answer_of


def can_take_part(typed: str, standing: Standing, box: SurveyBox) -> bool:
    """Say whether who has this code may answer now."""
    return standing.ended and not box.has_answered(folded_code(typed) or "")


def take_part(typed: str, form: Mapping[str, str], standing: Standing, box: SurveyBox, today: date) -> None:
    """Take an answer in: who has no code of a case that ended, or answered before, has no part in it.

    Raises:
        NotFound: that is no code.
        NotAllowed: the case goes on, or the code was used.
        Incomplete: an element is not answered; the code is as good as before.
    """
    code = folded_code(typed)
    if code is None:
        raise NotFound("Kode status ini tidak dikenal.", "Periksa lagi kode pada tanda terima.")
    if not standing.ended:
        raise NotAllowed("Pengaduan ini masih ditangani.", "Survei dibuka sesudah penanganannya berakhir.")
    box.drop(code, answer_of(form), today)
