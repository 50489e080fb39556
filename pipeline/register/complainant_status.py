"""What a complainant may read with the code on their receipt: where the complaint stands and what comes next.

Nothing else: no name, no number, no finding, no date but that on which a letter was sent to them. The words are the
SOP's data; this picks them, and says which letter they promise is not sent yet. Codes are
read aloud and typed on telephones, so signs that people take for one another are one sign.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.cases.case import SENT_ON, Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.letter_life import current_letters, is_done, letters
from pipeline.cases.moves import states_behind
from pipeline.cases.secrecy_level import TOP_SECRET, level_now
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import State
from pipeline.errors import NotFound
from pipeline.office.wording import long_date
from pipeline.register.ports import StatusCodes

#: Signs of a status code, without the strokes between its groups.
CODE_SIGNS = 12
#: The longest text that is looked at: a code, generously spaced.
_LONGEST = 64
#: Each group of signs that look alike, as the first of them. A code has 25 signs to choose from: 12 make 55 bits.
_ALIKE = {sign: group[0] for group in ("DOQ0", "7IL1", "B8", "S5", "Z2", "G6", "VU") for sign in group}
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a complaint stands, in the SOP's words for complainants.

    ``stage`` is the step's number among ``stages`` (from 1); ``ended`` says that nothing more is to come.
    """

    stage: int
    stages: tuple[str, ...]
    ended: bool
    words: str
    outlook: str


#: What is answered of a case that is *sangat rahasia*: that there is one, wherever it stands.
_KEPT = Standing(
    stage=1,
    stages=("Pengaduan diterima",),
    ended=False,
    words="Pengaduan Saudara kami terima.",
    outlook="Kabar tentangnya hanya kami sampaikan sendiri: datanglah ke kantor dengan tanda terimanya.",
)


def standing(case: Case, sop: Sop) -> Standing:
    """Return where the case stands, as its complainant may know it."""
    here = _known_state(case, sop)
    stages = tuple(step.told for step in sop.steps)
    words = " ".join((here.told, *_of_letters(case, sop))) if here.final else here.told
    return Standing(sop.step(here.step).number, stages, here.final, words, here.outlook)


def _known_state(case: Case, sop: Sop) -> State:
    """Return the state of which the complainant can know.

    One in which the case waits for their answer to a letter is no news before that letter was sent: until then it is
    the state before.
    """
    here = current_state(case, sop)
    asked = current_letters(case, sop).get(here.patience_since)
    if not here.patience_since or (asked and asked.sent):
        return here
    return sop.state(states_behind(case, sop)[-1])


def _of_letters(case: Case, sop: Sop) -> Iterator[str]:
    """Yield what is true of the office's letters to the complainant, once a case has ended: sent, or not yet.

    An edition may promise a letter that is still to be signed; and what was sent may be looked for.
    """
    mine = [letter for letter in letters(case, sop) if sop.sheet(letter.template).to_complainant and not letter.over]
    if sent := [letter.sent for letter in mine if letter.sent]:
        day = date.fromisoformat(str(sent[-1].answers.get(SENT_ON) or sent[-1].at.date().isoformat()))
        yield f"Surat kami kepada Saudara dikirim pada {long_date(day)}."
    if any(letter.sent is None and not is_done(letter, sop) for letter in mine):
        which = "Surat kami yang berikutnya" if sent else "Surat kami kepada Saudara"
        yield f"{which} masih disiapkan; belum dikirim."


def standing_of(
    typed: str, codes: StatusCodes, case_of: Callable[[CaseNumber], Case], sop_of: Callable[[Case], Sop]
) -> Standing:
    """Return where the complaint of a status code stands.

    Raises:
        NotFound: no complaint has that code; the words are the same for every text that is none.
    """
    number = codes.find(typed)
    if number is None:
        raise NotFound(
            "Kode status ini tidak dikenal.",
            "Periksa lagi kode pada tanda terima: tiga kelompok berisi empat huruf atau angka.",
        )
    case = case_of(number)
    return _KEPT if level_now(case, case_of) == TOP_SECRET else standing(case, sop_of(case))


#: Looked for in place of a text that can be no code, so that the answer takes as long.
NO_CODE = "-"


def folded_code(typed: str) -> str | None:
    """Return a status code as it is compared, or None for a text that cannot be one.

    Small letters, blanks, strokes and dots make no difference, nor do signs that look alike (``O`` and ``0``).
    """
    if len(typed) > _LONGEST:
        return None
    capitals = unicodedata.normalize("NFKC", typed).upper()
    signs = [sign for sign in capitals if not (sign.isspace() or unicodedata.category(sign)[0] in "PCS")]
    if len(signs) != CODE_SIGNS or not _SIGNS.issuperset(signs):
        return None
    return "".join(_ALIKE.get(sign, sign) for sign in signs)
