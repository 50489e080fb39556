"""Become: what one service registered becomes a case of another (a letter in the agenda, a complaint); both say so."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.cases.becoming import Becoming
from pipeline.cases.case import RECEIVED_FIELD, Case
from pipeline.cases.events import BECAME, CAME_OF, Linked
from pipeline.cases.ports import Cabinet
from pipeline.cases.secrecy_level import passed_on
from pipeline.cases.sop import in_force
from pipeline.register.enrol import EnrolParts, Newcomer, enrol, line_of
from pipeline.register.ports import Claim

_AGENDA = "nomor_agenda"


def become(case: Case, becoming: Becoming, cabinet: Cabinet, enrolling: EnrolParts) -> Linked:
    """Register what came to a case for the other service too, received when it came; return the line that tells it.

    The new case's first line says of which it came, so that no crash parts the two; done again after a crash, it finds
    the case that was made. The other register takes what it asks for under the same names, and this number as that of
    the agenda.

    Raises:
        Passing: the disk is full or the clock runs behind.
        NotFound: the office does not use that service any more.
    """
    line = line_of(becoming.service, enrolling)
    original, received = case.original, case.received
    asked = {field.name for field in in_force(line.editions, enrolling.clock.now().date()).register}
    known = ({_AGENDA: received.register_number} if _AGENDA in asked else {}) | passed_on(case, cabinet.case)
    newcomer = Newcomer(
        claim=Claim(f"jadi-{case.number.key}-{becoming.seq}", cabinet.blob(case.number, original)),
        name=f"01-surat{PurePath(original.name).suffix}",
        media=received.media,
        pages=received.pages,
        channel=received.channel,
        codes=received.codes,
        warnings=received.warnings,
        register={RECEIVED_FIELD: case.received_at.isoformat()} | known,
        source={"sha256": original.sha256, "of": received.pages, "case": str(case.number), "how": CAME_OF},
        suspected=received.suspected,
        service=becoming.service,
    )
    return Linked(str(enrol(newcomer, enrolling).number), BECAME, source={"baris": becoming.seq})
