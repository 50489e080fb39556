"""Sign letters: an official signs those that wait, all with one passphrase; each is done, or told why not.

What is signed is the print in the case's folder, byte for byte. The signed bytes are proved, staged, and then filed by
the move that takes a signed scan; killed in between, the next try files what lies staged and signs nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pipeline.access.failed_tries import SIGNING
from pipeline.access.ports import FailedTries
from pipeline.cases.actor import Actor, holding
from pipeline.cases.case import Case
from pipeline.cases.decide import decide
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.events import ACT
from pipeline.cases.forms import Filled
from pipeline.cases.letter_acts import check_signer
from pipeline.cases.moves import LETTER, open_move
from pipeline.cases.ports import Blob, MakeBlob, content
from pipeline.cases.separation import check_two_people
from pipeline.cases.sop import Sop
from pipeline.cases.sop_words import CHOSEN, SIGN
from pipeline.errors import Denied, EngineFault, NotAllowed, NotFound, Passing, YankomasError
from pipeline.letters.awaiting_signature import AwaitingSignature, awaiting, case_of_key
from pipeline.letters.certificate_proof import AlreadyProved, examination
from pipeline.office.office import Office
from pipeline.office.officials import Official
from pipeline.signing.findings import SignatureFound
from pipeline.signing.ports import Pen, SignatureField, Signer, SignerNamed, SigningOrder, Staging, Validator
from pipeline.signing.proof import Proof, prove, same_person
from pipeline.signing.secret import Secret
from pipeline.signing.signature_place import SheetText, place_of


@dataclass(frozen=True, slots=True)
class SignParts:
    """What signing needs: what decides, who validates, where signed bytes are staged, who signs with what, counts.

    ``text_of`` reads the words on a print, ``blob`` makes a file of bytes; ``reason`` and ``footer`` are the office's,
    ``authenticity`` the address of its page on authenticity.
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
    authenticity: str = ""


class Fate(Enum):
    """What became of a letter."""

    SIGNED = "ditandatangani"
    FAILED = "tidak ditandatangani"
    LEFT = "tidak dicoba"


@dataclass(frozen=True, slots=True)
class SigningResult:
    """What became of one letter; ``why`` it was not signed, or whose signature it still waits for."""

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
    official = signing_official(by, parts)
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


def signing_official(by: Actor, parts: SignParts) -> Official:
    """Return who holds the actor's role today, with name.

    Raises:
        NotAllowed: nobody named does, or the actor has handed the role over.
    """
    return _with_name(holding(by, parts.deciding.clock.now(), parts.deciding.office), by.role)


def _with_name(official: Official | None, role: str) -> Official:
    if official is None or not official.name:
        raise NotAllowed(
            f"Pemegang peran {role!r} hari ini tidak tercatat dengan namanya.",
            "Catat nama dan NIP-nya pada [[jabatan]] di office.toml.",
        )
    return official


def _result(letter: AwaitingSignature, pen: Pen, official: Official, by: Actor, parts: SignParts) -> SigningResult:
    try:
        waits_on = _sign_one(letter, pen, official, by, parts)
    except (Denied, Passing):
        raise
    except YankomasError as fault:
        return SigningResult(letter, Fate.FAILED, str(fault))
    return SigningResult(letter, Fate.SIGNED, waits_on)


def _sign_one(letter: AwaitingSignature, pen: Pen, official: Official, by: Actor, parts: SignParts) -> str:
    """Sign a letter, and file it once all have signed; return for whom it waits on, in words (empty: for nobody)."""
    case = parts.deciding.cabinet.case(letter.number)
    sop = parts.deciding.sop(case)
    _check_still_waits(letter, case, sop, official, by, parts.deciding.office)
    printed, mine = parts.deciding.cabinet.blob(case.number, letter.printed), _named(official)
    named = {role: mine if role == letter.role else _signer(role, parts) for role in letter.signers}
    signed, found = _staged(letter, printed, parts)
    if not _has_signed(mine, found):
        signed = _signed(letter, printed, signed or printed, named, pen, parts)
        found = _proved(signed, printed, mine, parts)
        parts.staging.keep(letter.key, content(signed))
    assert signed is not None
    if others := [signer.name for signer in named.values() if not _has_signed(signer, found)]:
        return f"menunggu tanda tangan {', '.join(others)}"
    _file(letter, signed, found, case, sop, by, parts)
    parts.staging.drop(letter.key)
    return ""


def _check_still_waits(
    letter: AwaitingSignature, case: Case, sop: Sop, official: Official, by: Actor, office: Office
) -> None:
    """Make sure, before anything is signed, that the letter is what was read and may be signed by this official.

    Raises:
        NotAllowed: it is not, or they drafted it and two people must; says why.
    """
    now = next((w for w in awaiting(case, sop, (by.role,)) if w.key == letter.key), None)
    if now is None or now.printed.sha256 != letter.printed.sha256:
        raise NotAllowed(
            f"{letter.title} perkara {letter.number} sudah berubah, atau sudah ditandatangani.",
            "Muat ulang daftarnya, lalu baca lagi sebelum menandatangani.",
        )
    move = open_move(case, sop, now.move, by.role).move
    check_signer(move, Filled({LETTER: letter.template}, {}), sop, official)
    check_two_people(move.key, {letter.template: {ACT: SIGN}}, by, case, sop, office)


def _named(official: Official) -> SignerNamed:
    return SignerNamed(official.signing_title, official.name, official.nip)


def _signer(role: str, parts: SignParts) -> SignerNamed:
    day = parts.deciding.clock.now().date()
    return _named(_with_name(parts.deciding.office.holder(role, day), role))


def _has_signed(signer: SignerNamed, found: Sequence[SignatureFound]) -> bool:
    return any(same_person(one.signer, signer.name) for one in found)


def _staged(
    letter: AwaitingSignature, printed: Blob, parts: SignParts
) -> tuple[Blob | None, tuple[SignatureFound, ...]]:
    """Return what was signed and not filed yet, and who signed it; what does not prove itself is forgotten."""
    if (kept := parts.staging.kept(letter.key)) is None:
        return None, ()
    signed = parts.blob(letter.printed.name, kept)
    try:
        return signed, _proved(signed, printed, None, parts)
    except EngineFault:
        parts.staging.drop(letter.key)
        return None, ()


def _signed(
    letter: AwaitingSignature,
    printed: Blob,
    before: Blob,
    named: Mapping[str, SignerNamed],
    pen: Pen,
    parts: SignParts,
) -> Blob:
    """Sign the print, or what others have signed of it already; ``named`` are all its signers."""
    text, office = parts.text_of(content(printed)), parts.deciding.office
    chain = {role: SignatureField(f"Tanda tangan {role}", place_of(text, who)) for role, who in named.items()}
    order = SigningOrder(
        field=chain[letter.role],
        signer=named[letter.role],
        reason=parts.reason,
        location=office.on(parts.deciding.clock.now().date()).place,
        at=parts.deciding.clock.now(),
        chain=tuple(chain.values()),
        footer=parts.footer,
        address=f"{parts.authenticity}?kode={letter.page_code}" if parts.authenticity and letter.page_code else "",
    )
    return parts.blob(letter.printed.name, pen.sign(content(before), order))


def _proved(signed: Blob, printed: Blob, signer: SignerNamed | None, parts: SignParts) -> tuple[SignatureFound, ...]:
    """Return who has signed, once it is proved that this is our print, signed by this official among others.

    Raises:
        EngineFault: it is not; says why.
    """
    found = parts.validator.validate(signed, parts.deciding.clock.now())
    proof = prove(found, parts.validator.likeness(signed, printed), signer)
    if isinstance(proof, Proof):
        return proof.signatures
    raise EngineFault(f"Hasil tanda tangannya tidak terbukti: {proof.fact}", proof.remedy)


def _file(
    letter: AwaitingSignature,
    signed: Blob,
    found: Sequence[SignatureFound],
    case: Case,
    sop: Sop,
    by: Actor,
    parts: SignParts,
) -> Case:
    """File the signed letter by the move that takes a signed scan, if nothing was decided or edited meanwhile."""
    chosen = any(move.key == letter.move and move.file_kind == CHOSEN for move in sop.moves)
    typed, seen = {LETTER: letter.template} if chosen else {}, case.entries[-1].seq
    # It was opened and proved in the validator's child already; no page of it is drawn again.
    deciding = replace(
        parts.deciding,
        reader=lambda: _Proved(signatures=len(letter.signers)),
        proofs=(AlreadyProved(signed.sha256, examination(found)),),
    )
    return decide(letter.number, letter.move, typed, by=by, parts=deciding, files=[signed], seen=seen)


@dataclass(frozen=True, slots=True)
class _Proved:
    """A PDF that the validator has opened and proved."""

    extension: str = "pdf"
    signatures: int = 1

    def inspect(self, blob: Blob) -> _Proved:
        """Say what the file is; nothing is opened."""
        return self


def sweep(parts: SignParts) -> None:
    """Forget what was staged of letters that wait no longer: drafted anew, cancelled, or signed in ink."""
    for key in parts.staging.waiting():
        if not _waits(key, parts):
            parts.staging.drop(key)


def _waits(key: str, parts: SignParts) -> bool:
    if (number := case_of_key(key)) is None:
        return False
    try:
        case = parts.deciding.cabinet.case(number)
    except NotFound:
        return False
    sop = parts.deciding.sop(case)
    signers = {role for sheet in sop.letters for role in sheet.signers}
    return any(letter.key == key for letter in awaiting(case, sop, signers))
