"""Sign letters: an official signs those that wait, all with one passphrase; each is done, or told why not.

What is signed is the print in the case's folder, byte for byte. The signed bytes are proved, staged, and then filed by
the move that takes a signed scan; killed in between, the next try files what lies staged and signs nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pipeline.access.failed_tries import SIGNING
from pipeline.access.ports import FailedTries
from pipeline.cases.case import Case
from pipeline.cases.decide import Actor, DecideParts, decide
from pipeline.cases.moves import LETTER
from pipeline.cases.ports import Blob, MakeBlob, content
from pipeline.cases.sop import CHOSEN, Sop
from pipeline.errors import Denied, EngineFault, NotAllowed, Passing, YankomasError
from pipeline.letters.awaiting_signature import AwaitingSignature, awaiting
from pipeline.office.officials import Official
from pipeline.signing.ports import Pen, SignatureField, Signer, SignerNamed, SigningOrder, Staging, Validator
from pipeline.signing.proof import Proof, prove
from pipeline.signing.secret import Secret
from pipeline.signing.signature_place import SheetText, place_of


@dataclass(frozen=True, slots=True)
class SignParts:
    """What signing needs: what decides, who validates, where signed bytes are staged, who signs with what, counts.

    ``text_of`` reads the words on a print, ``blob`` makes a file of bytes; ``reason`` and ``footer`` are the office's.
    """

    deciding: DecideParts
    validator: Validator
    staging: Staging
    signer_of: Callable[[Official], Signer]
    text_of: Callable[[bytes], SheetText]
    blob: MakeBlob
    tries: FailedTries
    reason: str
    footer: str


class Fate(Enum):
    """What became of a letter."""

    SIGNED = "ditandatangani"
    FAILED = "tidak ditandatangani"
    LEFT = "tidak dicoba"


@dataclass(frozen=True, slots=True)
class SigningResult:
    """What became of one letter, and why, if it was not signed."""

    letter: AwaitingSignature
    fate: Fate
    why: str = ""


Progress = Callable[[SigningResult, int, int], None]


def sign_letters(
    chosen: Sequence[AwaitingSignature],
    passphrase: Secret,
    *,
    by: Actor,
    parts: SignParts,
    progress: Progress = lambda result, done, of: None,
) -> tuple[SigningResult, ...]:
    """Sign the letters as the holder of the role today; return what became of each. ``progress`` hears it at once.

    Raises:
        Denied: the passphrase is wrong, or was too often; nothing more was tried.
        NotAllowed: nobody who signs electronically holds the role today.
        SettingsFault, Passing: the key cannot be opened.
    """
    official = signing_official(by.role, parts)
    counted = (SIGNING.of(by.login, official.nip),)
    parts.tries.begin(counted, parts.deciding.clock.now())
    try:
        with parts.signer_of(official).opened(passphrase) as pen:
            results = _batch(chosen, pen, official, by, parts, progress)
    except Denied:  # it stays counted
        raise
    except BaseException:
        parts.tries.give_back(counted)
        raise
    if any(result.fate is Fate.SIGNED for result in results):
        parts.tries.forget(*counted)
    else:
        parts.tries.give_back(counted)
    return tuple(results)


def _batch(
    chosen: Sequence[AwaitingSignature],
    pen: Pen,
    official: Official,
    by: Actor,
    parts: SignParts,
    progress: Progress,
) -> list[SigningResult]:
    results: list[SigningResult] = []
    stopped = ""
    for letter in chosen:
        result = SigningResult(letter, Fate.LEFT, stopped)
        try:
            result = result if stopped else _result(letter, pen, official, by, parts)
        except (Denied, Passing) as fault:  # the next would fail as well, and wrong passphrases lock keys
            if isinstance(fault, Denied) and not any(r.fate is Fate.SIGNED for r in results):
                raise
            stopped, result = str(fault), SigningResult(letter, Fate.FAILED, str(fault))
        results.append(result)
        progress(result, len(results), len(chosen))
    return results


def signing_official(role: str, parts: SignParts) -> Official:
    """Return who holds the role today.

    Raises:
        NotAllowed: nobody named does.
    """
    now = parts.deciding.clock.now()
    official = parts.deciding.office.holder(role, now.date())
    if official is None or not official.name:
        raise NotAllowed(
            f"Pemegang peran {role!r} hari ini tidak tercatat dengan namanya.",
            "Catat nama dan NIP-nya pada [[jabatan]] di office.toml.",
        )
    return official


def _result(letter: AwaitingSignature, pen: Pen, official: Official, by: Actor, parts: SignParts) -> SigningResult:
    try:
        _sign_one(letter, pen, official, by, parts)
    except (Denied, Passing):
        raise
    except YankomasError as fault:
        return SigningResult(letter, Fate.FAILED, str(fault))
    return SigningResult(letter, Fate.SIGNED)


def _sign_one(letter: AwaitingSignature, pen: Pen, official: Official, by: Actor, parts: SignParts) -> None:
    case = parts.deciding.cabinet.case(letter.number)
    sop = parts.deciding.sop(case)
    if letter not in awaiting(case, sop, (by.role,)):
        raise NotAllowed(
            f"{letter.title} perkara {letter.number} sudah berubah, atau sudah ditandatangani.",
            "Muat ulang daftarnya, lalu baca lagi sebelum menandatangani.",
        )
    printed = parts.deciding.cabinet.blob(case.number, letter.printed)
    signer = SignerNamed(official.signing_title, official.name, official.nip)
    signed = _staged(letter, printed, signer, parts)
    if signed is None:
        signed = _signed(letter, printed, signer, pen, parts)
        _proved(signed, printed, signer, parts)
        parts.staging.keep(letter.key, content(signed))
    _file(letter, signed, sop, by, parts)
    parts.staging.drop(letter.key)


def _staged(letter: AwaitingSignature, printed: Blob, signer: SignerNamed, parts: SignParts) -> Blob | None:
    """Return what an earlier try signed, if it proves itself; what does not is forgotten."""
    if (kept := parts.staging.kept(letter.key)) is None:
        return None
    signed = parts.blob(letter.printed.name, kept)
    try:
        _proved(signed, printed, signer, parts)
    except EngineFault:
        parts.staging.drop(letter.key)
        return None
    return signed


def _signed(letter: AwaitingSignature, printed: Blob, signer: SignerNamed, pen: Pen, parts: SignParts) -> Blob:
    pdf, office = content(printed), parts.deciding.office
    field = SignatureField(f"Tanda tangan {letter.role}", place_of(parts.text_of(pdf), signer))
    order = SigningOrder(
        field=field,
        signer=signer,
        reason=parts.reason,
        location=office.place,
        at=parts.deciding.clock.now(),
        chain=(field,),
        footer=parts.footer,
    )
    return parts.blob(letter.printed.name, pen.sign(pdf, order))


def _proved(signed: Blob, printed: Blob, signer: SignerNamed, parts: SignParts) -> Proof:
    """Make sure that what came back is our print, signed by this official, before it is filed anywhere.

    Raises:
        EngineFault: it is not; says why.
    """
    found = parts.validator.validate(signed, parts.deciding.clock.now())
    proof = prove(found, parts.validator.likeness(signed, printed), signer)
    if isinstance(proof, Proof):
        return proof
    raise EngineFault(f"Hasil tanda tangannya tidak terbukti: {proof.fact}", proof.remedy)


def _file(letter: AwaitingSignature, signed: Blob, sop: Sop, by: Actor, parts: SignParts) -> Case:
    """File the signed letter by the move that takes a signed scan."""
    chosen = any(move.key == letter.move and move.file_kind == CHOSEN for move in sop.moves)
    # It was opened and proved in the validator's child already; no page of it is drawn again.
    deciding = replace(parts.deciding, reader=_Proved)
    typed = {LETTER: letter.template} if chosen else {}
    return decide(letter.number, letter.move, typed, by=by, parts=deciding, file=signed, seen=letter.seen)


@dataclass(frozen=True, slots=True)
class _Proved:
    """A PDF that the validator has opened and proved."""

    extension: str = "pdf"
    signatures: int = 1

    def inspect(self, blob: Blob) -> _Proved:
        """Say what the file is; nothing is opened."""
        return self


def sweep(parts: SignParts, role: str, waiting: Sequence[AwaitingSignature]) -> None:
    """Forget what was staged for this role and waits no longer: drafted anew, cancelled, or signed in ink."""
    there = {letter.key for letter in waiting}
    for key in parts.staging.waiting():
        if key.endswith(f"-{role}") and key not in there:
            parts.staging.drop(key)
