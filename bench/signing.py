"""Measures electronic signatures, all in one run on this machine: ``python bench/signing.py``.

A batch of letters signed with one passphrase (PAdES B-B, PKCS#12, RSA 2048) on the way that the desk takes: place
found, signed, proved in the confined child, filed by the SOP's move, all synced. Beside it bare pyHanko: the same
prints signed with an invisible signature by a key that lies open, and nothing else. Then a signed letter of ten pages
validated in the warm child, beside bare pyHanko in this process. Prints a Markdown table and writes
``bench/out/signing.json``. With ``--check`` it fails when a promise is not kept.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "acceptance")]

from asn1crypto import x509  # noqa: E402
from fakes import WIB, FixedClock  # noqa: E402
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402
from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: E402
from pyhanko.sign import signers  # noqa: E402
from pyhanko.sign.fields import SigSeedSubFilter  # noqa: E402
from pyhanko.sign.validation import validate_pdf_signature  # noqa: E402
from pyhanko_certvalidator import ValidationContext  # noqa: E402
from signed_letters import NOON, letter, signed_letter  # noqa: E402
from signing_office import SigningOffice  # noqa: E402
from signing_pki import PASSPHRASE, Pki  # noqa: E402
from test_whole_sop import REVIEW, TO_REVIEW, received, walk  # noqa: E402

from pipeline.letters.awaiting_signature import AwaitingSignature  # noqa: E402
from pipeline.letters.sign_letters import Fate  # noqa: E402
from pipeline.signing.engines.pdf_validator import PdfValidator  # noqa: E402
from pipeline.signing.store.trust import trust_in  # noqa: E402
from pipeline.storage.blobs import TypedText  # noqa: E402

OUT = ROOT / "bench" / "out"
PAGES = 10

#: What is promised: key of the results, words, and whether a value keeps it.
PROMISES: Sequence[tuple[str, str, Callable[[float], bool]]] = (
    ("batch_s", "a batch of 50 letters in less than 10 s", lambda v: v < 10.0),
    ("validated_s", "a signed letter of ten pages validated in less than 0.5 s", lambda v: v < 0.5),
)


def main() -> int:
    """Measure, print, write; return 1 if ``--check`` finds a promise broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=50, help="letters in the batch")
    parser.add_argument("--rounds", type=int, default=15, help="validations; the median is shown")
    parser.add_argument("--check", action="store_true", help="fail when a promise is not kept")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(Path(folder), options.letters, options.rounds)
    (OUT / "signing.json").write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))
    broken = [words for key, words, kept in PROMISES if not kept(results[key])]
    for words in broken if options.check else ():
        print(f"Not kept: {words}", file=sys.stderr)
    return 1 if options.check and broken else 0


def measure(folder: Path, letters: int, rounds: int) -> dict[str, float]:
    """Return the results, in seconds."""
    keys = folder / "pki"
    keys.mkdir()
    pki = Pki(keys)
    office = SigningOffice(folder / "kantor", pki)
    waiting = [letter for n in range(letters) for letter in _prepared(office, n)]
    trust = folder / "kantor" / "kepercayaan"
    validator = PdfValidator(lambda: trust_in(trust))
    office.validator = validator
    try:
        validator.validate(TypedText("x.pdf", letter()), NOON)  # the child is warm, as beside a running desk
        prints = [_print(office, one) for one in waiting]
        signer = signers.SimpleSigner.load_pkcs12_data(pki.p12("kabid"), (), PASSPHRASE.encode())
        bare = _timed(lambda: [_bare_signature(signer, pdf) for pdf in prints])
        batch = _timed(lambda: _sign(office, waiting))
        signed = signed_letter(pki, letter(pages=PAGES))
        return {
            "letters": letters,
            "batch_s": batch,
            "bare_batch_s": bare,
            "validated_s": statistics.median(
                _timed(lambda: validator.validate(TypedText("x.pdf", signed), NOON)) for _ in range(rounds)
            ),
            "bare_validated_s": statistics.median(_timed(lambda: _bare_validation(pki, signed)) for _ in range(rounds)),
            "cold_validated_s": _timed(lambda: _cold(trust, signed)),
        }
    finally:
        validator.close()


def _prepared(office: SigningOffice, n: int) -> tuple[AwaitingSignature, ...]:
    office.clock = FixedClock(datetime(2026, 11, 25, 8, 15, tzinfo=WIB))
    number = received(office, f"Pengaduan {n}".encode())
    walk(office, number, [step[:3] for step in TO_REVIEW])
    walk(office, number, [("telaah", "kasubbid", {**REVIEW, "saran": "rekomendasi"})])
    return office.awaiting(number)


def _print(office: SigningOffice, one: AwaitingSignature) -> bytes:
    return (office.root.layout.case(one.number) / "data" / one.printed.name).read_bytes()


def _sign(office: SigningOffice, waiting: Sequence[AwaitingSignature]) -> None:
    results = office.sign(waiting)
    assert all(result.fate is Fate.SIGNED for result in results), results[0].why


def _bare_signature(signer: signers.Signer, pdf: bytes) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name="ttd", subfilter=SigSeedSubFilter.PADES)
    return bytes(signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer).getvalue())


def _bare_validation(pki: Pki, pdf: bytes) -> None:
    root, issuer = (x509.Certificate.load(pki.certificate(name)) for name in ("akar", "penerbit"))
    context = ValidationContext(trust_roots=[root], other_certs=[issuer], moment=NOON)
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    assert validate_pdf_signature(found, context).bottom_line


def _cold(trust: Path, pdf: bytes) -> None:
    validator = PdfValidator(lambda: trust_in(trust))
    validator.validate(TypedText("x.pdf", pdf), NOON)
    validator.close()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(results: dict[str, float]) -> str:
    """Return the results as a Markdown table."""
    letters = int(results["letters"])
    rows = [
        (f"a batch of {letters} letters: signed, proved, filed", results["batch_s"], "< 10 s"),
        (f"bare pyHanko: {letters} prints signed, nothing else", results["bare_batch_s"], ""),
        (f"a signed letter of {PAGES} pages validated in the confined child, warm", results["validated_s"], "< 0.5 s"),
        ("the same by bare pyHanko, unconfined", results["bare_validated_s"], ""),
        ("the same with the child's start", results["cold_validated_s"], ""),
    ]
    lines = [f"| {what} | {seconds:.3f} s | {promised} |" for what, seconds, promised in rows]
    return "\n".join(["| what | measured | promised |", "|---|---|---|", *lines])


if __name__ == "__main__":
    sys.exit(main())
