"""What arrives from another office: its files as this office takes them in, and the case that has them already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from pipeline.cases.answers import answers
from pipeline.cases.case import RECEIVED_FIELD, Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.duties import TYPED
from pipeline.cases.ports import Blob, content
from pipeline.cases.secrecy_level import RAHASIA, SECRECY, is_secret_now
from pipeline.cases.sop import Sop, in_force
from pipeline.cases.transfers import left_to
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.intake.receive import CHANNEL as SCANNED
from pipeline.intake.scan_parts import Papers, looked_into
from pipeline.office.wording import unprintable
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts, Newcomer
from pipeline.register.ports import Claim
from pipeline.work.ports import HeldParcel

#: What the register holds of an office alone.
OURS = frozenset({RECEIVED_FIELD, "nomor_agenda"})
_MOST_TYPED = 1_000_000  # bytes of typed text; the desk takes no longer form


def arrived(waiting: HeldParcel, enrolling: EnrolParts, reader: Callable[[], Reader]) -> list[Papers]:
    """Return the files of a parcel; a scan is looked into here too, whatever its sender says of it.

    Raises:
        Refused: it is none that may come in.
    """
    parcel, papers = waiting.parcel, []
    for at, file in enumerate(parcel.told["berkas"]):
        blob = enrolling.blob(PurePath(str(file["nama"])).name, waiting.file(at))
        claim = Claim(f"pindah-{parcel.id}-{at}", blob)
        if typed := file["media"] == TYPED:
            _require_text(blob)
        papers.append(Papers(claim, TYPED, "txt", 0) if typed else looked_into(claim, reader())[0])
    return papers


def _require_text(blob: Blob) -> None:
    """Make sure that what is said to be typed text is text, and no longer than a form.

    Raises:
        Refused: it is not.
    """
    try:
        wrong = "terlalu panjang" if blob.size > _MOST_TYPED else unprintable(content(blob).decode())
    except UnicodeDecodeError:
        wrong = "bukan teks UTF-8"
    if wrong:
        raise Refused(
            "jenis",
            f"Berkas {blob.name} disebut teks yang diketik, tetapi {wrong}.",
            "Tolak kiriman ini; minta kantor pengirim mengirim berkasnya sebagai PDF.",
        )


def newcomer(papers: Papers, told: Mapping[str, Any], enrolling: EnrolParts) -> Newcomer:
    """Return the complaint as it is enrolled, with what the sender's register says of it."""
    sop = in_force(enrolling.editions, enrolling.clock.now().date())
    channel = str(told["saluran"])
    register, warnings = _register(sop, told)
    return Newcomer(
        claim=papers.claim,
        name=f"01-{'catatan' if papers.media == TYPED else 'surat'}.{papers.extension}",
        media=papers.media,
        pages=papers.pages,
        channel=channel if sop.opening(channel) else SCANNED,
        codes=papers.codes,
        warnings=(*papers.told, *warnings),
        register=register,
        signatures=papers.signatures,
        pages_made=papers.made,
    )


def _register(sop: Sop, told: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what the sender's register says, as this edition's form has it, and what of it is left out and why."""
    register: dict[str, Any] = {}
    warnings: list[str] = []
    for field in sop.register:
        if field.name in OURS or field.name not in told["register"]:
            continue
        asked = replace(field, required=False)
        try:
            register |= answers((asked,), {field.name: told["register"][field.name]}, "Register kantor pengirim")
        except Incomplete as fault:
            warnings.append(f"Isian {field.label} kantor pengirim tidak ikut. {fault.message}")
    return register | ({SECRECY: RAHASIA} if told["rahasia"] else {}), warnings


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
