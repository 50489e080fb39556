"""Split: pages of a case's scan become a case of their own, through the door that every complaint comes through."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.cases.case import RECEIVED_FIELD, Case
from pipeline.cases.events import SPLIT_OFF, Linked
from pipeline.cases.ports import Cabinet
from pipeline.cases.secrecy_level import passed_on
from pipeline.cases.splitting import Split, source_of
from pipeline.intake.no_scans import CHANNEL_FIELD
from pipeline.intake.scan_parts import Papers, some
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts, Newcomer, enrol
from pipeline.register.ports import Claim


def split_off(case: Case, split: Split, cabinet: Cabinet, enrolling: EnrolParts, reader: Reader) -> Linked:
    """Make the pages a case, received when the scan was; return the line that tells this one.

    The new case's first line says where it came from, so that no crash parts the two, and how secret that is, so that
    the part is as secret from its first moment.
    Doing it again after a crash finds the case that was made.

    Raises:
        Passing: the disk is full or the clock runs behind.
        Refused: the pages cannot be taken out of this file.
        EngineFault: the child died or took too long.
    """
    source = source_of(case, split.document)
    document = next(d for d in case.documents if d.name == split.document)
    claim = Claim(f"pisah-{case.number.key}-{split.seq}", cabinet.blob(case.number, document))
    extension = PurePath(split.document).suffix.removeprefix(".")
    papers = some(Papers(claim, source.media, extension, source.pages), split.pages, reader, enrolling.blob)
    kept = passed_on(case, cabinet.case)
    if split.document == case.original.name and (way := case.received.register.get(CHANNEL_FIELD)):
        kept[CHANNEL_FIELD] = way  # a mail that held two complaints brought both
    own = (key for key, line in enrolling.services.items() if line.series == case.number.series)
    origin = {"document": split.document, "pages": list(split.pages)}
    newcomer = Newcomer(
        claim=papers.claim,
        name=f"01-surat.{extension}",
        media=source.media,
        pages=len(split.pages),
        channel=case.received.channel,
        register={RECEIVED_FIELD: source.received_at.isoformat()} | kept,
        source={"sha256": source.sha256, "of": source.pages, "case": str(case.number), **origin},
        service=next(own, ""),
    )
    return Linked(str(enrol(newcomer, enrolling).number), SPLIT_OFF, source=origin)
