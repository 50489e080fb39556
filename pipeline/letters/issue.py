"""Issue: an approved letter gets its number and date, and stays what it was in all else."""

from __future__ import annotations

from datetime import date

from pipeline.letters.approved_text import DATE, MARK, NUMBER, filled_in, prove_same
from pipeline.letters.ports import LetterFiles
from pipeline.office import wording


def issued(docx: bytes, number: str, day: date, *, dated: bool, files: LetterFiles) -> bytes:
    """Return an approved letter with its number and the day of numbering, no longer marked as a draft.

    ``dated``: it cannot do without a place for the date. Where no place is named, the date stands in the words.

    Raises:
        NotAllowed: number or date have no place in it, or several that look alike.
        EngineFault: more than these would change.
    """
    values = {NUMBER: wording.one_line(number), DATE: wording.long_date(day), MARK: ""}
    approved = files.named(docx, (NUMBER, DATE) if dated else (NUMBER,))
    before = files.lines(approved)
    prove_same(files.lines(docx), before, ())  # naming the places changes no word
    made = files.filled(approved, values)
    prove_same(before, files.lines(made), (NUMBER, DATE, MARK))
    return made


def with_fields_of(newest: bytes, edited: bytes, *, files: LetterFiles) -> bytes:
    """Return an edited letter with number, date and mark as the newest version has them: they are not the editor's.

    Raises:
        NotAllowed: the newest version has a place for them, and the edited file has lost it.
    """
    held = filled_in(files.lines(newest))
    wanted = [field for field in (NUMBER, DATE) if field in held]
    if not wanted:
        return edited
    return files.filled(files.named(edited, wanted), {**held, MARK: held.get(MARK, "")})
