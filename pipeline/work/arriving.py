"""What arrives from another office: its files as this office takes them in, and the case that has them already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide import DecideParts
from pipeline.cases.duties import TYPED
from pipeline.cases.secrecy_level import is_secret_now
from pipeline.cases.sop import in_force
from pipeline.cases.transfers import left_to
from pipeline.errors import NotAllowed
from pipeline.intake.receive import CHANNEL as SCANNED
from pipeline.intake.scan_parts import Papers, whole
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts, Newcomer
from pipeline.register.ports import Claim
from pipeline.work.ports import HeldParcel


def arrived(waiting: HeldParcel, enrolling: EnrolParts, reader: Callable[[], Reader]) -> list[Papers]:
    """Return the files of a parcel; a scan is looked into here too, whatever its sender says of it.

    Raises:
        Refused: it is none that may come in.
    """
    parcel, papers = waiting.parcel, []
    for at, file in enumerate(parcel.told["berkas"]):
        blob = enrolling.blob(PurePath(str(file["nama"])).name, waiting.file(at))
        claim = Claim(f"pindah-{parcel.id}-{at}", blob)
        typed = file["media"] == TYPED
        papers.append(Papers(claim, TYPED, "txt", 0) if typed else whole(claim, reader().inspect(blob)))
    return papers


def newcomer(papers: Papers, told: Mapping[str, Any], enrolling: EnrolParts) -> Newcomer:
    """Return the complaint as it is enrolled, with what the sender's register says of it."""
    sop = in_force(enrolling.editions, enrolling.clock.now().date())
    known, channel = {field.name for field in sop.register}, str(told["saluran"])
    return Newcomer(
        claim=papers.claim,
        name=f"01-{'catatan' if papers.media == TYPED else 'surat'}.{papers.extension}",
        media=papers.media,
        pages=papers.pages,
        channel=channel if sop.opening(channel) else SCANNED,
        codes=papers.codes,
        warnings=papers.told,
        register={name: value for name, value in told["register"].items() if name in known},
        signatures=papers.signatures,
    )


def require_joinable(case: Case, told: Mapping[str, Any], deciding: DecideParts) -> None:
    """Make sure that a case which has the complaint already may take in what another office tells of it.

    Raises:
        NotAllowed: nobody would handle it, as the case has ended or went to another office itself; or what is told is
            *rahasia*, and the case is open to all.
    """
    has = f"Aduan ini sudah ada di sini sebagai perkara {case.number}"
    state = current_state(case, deciding.sop(case))
    if state.final:
        raise NotAllowed(
            f"{has}, yang sudah berakhir ({state.label}).",
            f"Buka kembali perkara {case.number}, lalu terima kiriman ini; atau tolak.",
        )
    if office := left_to(case):
        raise NotAllowed(
            f"{has}, yang sudah pindah ke kantor {office} dan tidak ditangani lagi ({state.label}).",
            f"Kembalikan perkara {case.number} ke langkah penanganannya, lalu terima kiriman ini; atau tolak.",
        )
    if told["rahasia"] and not is_secret_now(case, deciding.cabinet.case):
        raise NotAllowed(
            f"{has}, yang tidak rahasia; di kantor pengirim rahasia.",
            f"Jadikan perkara {case.number} rahasia lewat gerak koreksi, lalu terima kiriman ini; atau tolak.",
        )
