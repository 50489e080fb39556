"""Letters for tests of signatures: laid out as the office's sheets are, signed with certificates of the test PKI."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fakes import WIB
from pikepdf import Pdf
from signing_pki import PASSPHRASE, Pki

from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.engines.pdf_writing import joined
from pipeline.drawing.ink import words
from pipeline.drawing.picture import Picture
from pipeline.signing.engines.certificate import CertificateFile
from pipeline.signing.engines.page_text import sheet_text
from pipeline.signing.engines.pdf_signing import LongTerm, signed
from pipeline.signing.ports import SignatureField, SignerNamed, SigningOrder
from pipeline.signing.secret import Secret
from pipeline.signing.signature_place import place_of

A4 = (595.0, 842.0)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=WIB)
HEAD = SignerNamed("Kepala Kantor Wilayah", "Budi Rekaan", "19700101 199503 1 001")
DEPUTY = SignerNamed("Kepala Bidang HAM", "Eko Rekaan", "19780303 200212 1 001")


def letter(*signers: SignerNamed, words_of_it: str = "Surat rekaan", pages: int = 1, gap: float = 60.0) -> bytes:
    """A letter with a signature's place for each signer on its last page, as LibreOffice lays ours out."""
    signers = signers or (HEAD,)
    items = [words(60, 100, words_of_it, 11)]
    for n, signer in enumerate(signers):
        left, top = 60 + 260 * n, 400
        items += [
            words(left, top, f"{signer.title.splitlines()[-1]},", 11),
            words(left, top + gap, signer.name, 11),
            words(left, top + gap + 14, f"NIP {signer.nip}", 11),
        ]
    last = pdf(Picture(*A4, A4, "Surat", "Surat rekaan", tuple(items)))
    other = pdf(Picture(*A4, A4, "Surat", "Surat rekaan", (words(60, 100, words_of_it, 11),)))
    return last if pages == 1 else joined([*[other] * (pages - 1), last], "Surat")


def order_for(sheet: bytes, signer: SignerNamed = HEAD, *chain: SignerNamed, at: datetime = NOON) -> SigningOrder:
    """The order to sign a letter; ``chain`` are all who sign it (default: this one)."""
    text = sheet_text(sheet)
    fields = {s.name: SignatureField(s.title, place_of(text, s)) for s in chain or (signer,)}
    return SigningOrder(fields[signer.name], signer, "Uji", "Bengkulu", at, tuple(fields.values()), "Kaki rekaan.")


def signed_letter(
    pki: Pki,
    sheet: bytes,
    certificate: str = "kakanwil",
    *,
    order: SigningOrder | None = None,
    lasting: LongTerm | None = None,
) -> bytes:
    """A letter signed with one of the PKI's certificates, whether it is good for it or not."""
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12_data(pki.p12(certificate), (), PASSPHRASE.encode())
    return signed(sheet, order or order_for(sheet), signer, lasting or LongTerm())


def certificate_file(pki: Pki, folder: Path, label: str = "kakanwil") -> CertificateFile:
    """An official's certificate as a file."""
    path = folder / f"{label}.p12"
    path.write_bytes(pki.p12(label))
    return CertificateFile(path, LongTerm())


def secret(text: str = PASSPHRASE) -> Secret:
    """A passphrase as it was typed."""
    return Secret(text)


def noon(year: int) -> datetime:
    """A moment in a year to come or gone by."""
    return datetime(year, 7, 1, 12, 0, tzinfo=UTC)


def renewed(order: SigningOrder, at: datetime) -> SigningOrder:
    """The same order at another moment."""
    return replace(order, at=at)


def sha256(data: bytes) -> str:
    """A file's hash."""
    return hashlib.sha256(data).hexdigest()


def changed_after(signed_pdf: bytes) -> bytes:
    """The signed letter with other words on its page, put there by an incremental update as editors do."""
    import io

    from pyhanko.pdf_utils.generic import NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    stream = StreamObject(stream_data=b"0 0 600 800 re f")
    page[NameObject("/Contents")] = writer.add_object(stream)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(sheet: bytes) -> bytes:
    """The letter, locked with a password."""
    import io

    from pikepdf import Encryption

    out = io.BytesIO()
    with Pdf.open(io.BytesIO(sheet)) as opened:
        opened.save(out, encryption=Encryption(owner="x", user="x"))
    return out.getvalue()


def with_xfa(sheet: bytes) -> bytes:
    """The letter as an XFA form."""
    import io

    from pikepdf import Array, Dictionary, String

    out = io.BytesIO()
    with Pdf.open(io.BytesIO(sheet)) as opened:
        opened.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))
        opened.save(out)
    return out.getvalue()
