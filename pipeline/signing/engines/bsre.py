"""Signs with the government's service: BSSN's eSign Client, a REST server in the office's own network.

Its agreement is not public; this is built on the shape of its second version as offices use it: JSON with the PDF in
base64 (or a multipart form), NIK and passphrase, and where the signature is seen. All names and the path are settings.
The answer is believed only after it was proved to be our PDF with a valid signature (``sign_letters``).
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import Denied, EngineFault, NotAllowed, Passing, SettingsFault, YankomasError
from pipeline.signing.engines.drawn_block import block_png
from pipeline.signing.engines.http_asking import Answer, ask
from pipeline.signing.engines.secrecy import undumped
from pipeline.signing.plan import ServicePlan
from pipeline.signing.ports import SigningOrder
from pipeline.signing.secret import Secret
from pipeline.system_messages import os_words

_WHO = "Layanan tanda tangan (eSign)"
_PDF = b"%PDF-"
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class SigningService:
    """The service as a signer for the official of a NIK.

    ``password_file`` holds the office's own password for it, ``issuers`` the certificates that vouch for its server.
    """

    plan: ServicePlan
    nik: str
    password_file: Path | None
    issuers: Path | None = None
    means: str = "layanan eSign (BSrE)"

    @contextmanager
    def opened(self, passphrase: Secret) -> Iterator[_ServicePen]:
        """Hold the passphrase for the batch; the service itself says whether it is right."""
        with undumped():
            yield _ServicePen(self.plan, self.nik, self._password(), passphrase, self.issuers)

    def _password(self) -> str:
        if self.password_file is None:
            return ""
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise SettingsFault(
                f"Berkas sandi layanan tidak dapat dibaca ({os_words(fault)}).",
                "Periksa [tanda_tangan.bsre] berkas_sandi di office.toml.",
            ) from fault


@dataclass(frozen=True, slots=True, repr=False)
class _ServicePen:
    plan: ServicePlan
    nik: str
    password: str
    passphrase: Secret
    issuers: Path | None

    @property
    def holder(self) -> str:
        """The service alone knows whose certificate it is."""
        return ""

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes:
        """Return the PDF with the signature appended (see the port)."""
        body, kind = self._body(pdf, order)
        headers = {"content-type": kind, "accept": "application/json, application/pdf"}
        if self.plan.user:
            both = base64.b64encode(f"{self.plan.user}:{self.password}".encode()).decode()
            headers["authorization"] = f"Basic {both}"
        address = self.plan.address.rstrip("/") + self.plan.path
        answer = ask(address, body, headers, self.plan.seconds, _WHO, self.issuers)
        return _signed(answer, self.plan)

    def _body(self, pdf: bytes, order: SigningOrder) -> tuple[bytes, str]:
        names = self.plan.fields
        said = {names["nik"]: self.nik, names["kata_sandi"]: self.passphrase.reveal().decode()}
        seen = _appearance(self.plan, order)
        if self.plan.sending == "multipart":
            return _multipart({**said, **seen}, names["berkas"], pdf)
        whole = {**said, names["sifat"]: [seen], names["berkas"]: [base64.b64encode(pdf).decode()]}
        return json.dumps(whole).encode(), "application/json"


def _appearance(plan: ServicePlan, order: SigningOrder) -> dict[str, Any]:
    """Return how the signature is to be seen: at a sign on the sheet, or at a place counted from its lower left."""
    names, place = plan.fields, order.field.place
    said: dict[str, Any] = {names["tempat"]: order.location, names["alasan"]: order.reason}
    if not plan.visible:
        return {**said, names["tampilan"]: "INVISIBLE"}
    where = (
        {names["tanda"]: plan.tag}
        if plan.tag
        else {names["halaman"]: place.page, names["kiri"]: round(place.left, 2), names["atas"]: round(place.bottom, 2)}
    )
    size = {names["lebar"]: round(place.width, 2), names["tinggi"]: round(place.height, 2)}
    picture = base64.b64encode(block_png(order)).decode()
    return {**said, names["tampilan"]: "VISIBLE", names["gambar"]: picture, **where, **size}


def _multipart(fields: Mapping[str, Any], file_field: str, pdf: bytes) -> tuple[bytes, str]:
    """Return a form with a file (RFC 7578)."""
    edge = secrets.token_hex(16)
    head = "".join(
        f'--{edge}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    file = (
        f'--{edge}\r\ncontent-disposition: form-data; name="{file_field}"; filename="naskah.pdf"\r\n'
        "content-type: application/pdf\r\n\r\n"
    )
    body = head.encode() + file.encode() + pdf + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


def _signed(answer: Answer, plan: ServicePlan) -> bytes:
    """Return the PDF in an answer: itself, or in base64 within JSON.

    Raises:
        Denied, NotAllowed, Passing, EngineFault: there is none; says what the service said.
    """
    if answer.status == 200 and answer.body.startswith(_PDF):
        return answer.body
    said = _read(answer.body)
    if answer.status == 200:
        files = said.get(plan.fields["berkas"])
        first = files[0] if isinstance(files, list) and files else files
        try:
            pdf = base64.b64decode(first, validate=True) if isinstance(first, str) else b""
        except ValueError:
            pdf = b""
        if pdf.startswith(_PDF):
            return pdf
    raise _refusal(answer.status, _words(said, plan), plan)


def _refusal(status: int, words: str, plan: ServicePlan) -> YankomasError:
    told = f" ({words})" if words else ""
    if any(part.casefold() in words.casefold() for part in plan.wrong_passphrase):
        return Denied("Kata sandi tanda tangan elektronik itu salah.", "Ketik lagi dengan teliti.")
    if status in (401, 403):
        return NotAllowed(f"{_WHO} menolak kantor ini{told}.", "Periksa [tanda_tangan.bsre] di office.toml.")
    if 400 <= status < 500:
        return NotAllowed(f"{_WHO} menolak{told}.", "Periksa sertifikat dan NIK pejabat itu pada layanan BSrE.")
    if status >= 500:
        return Passing(f"{_WHO} sedang terganggu ({status}).", "Coba lagi nanti; yang belum tetap menunggu.")
    return EngineFault(f"{_WHO} tidak mengembalikan PDF{told}.", "Beri tahu admin; naskahnya belum ditandatangani.")


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _words(said: Mapping[str, Any], plan: ServicePlan) -> str:
    """Return what the service said in words, short and on one line."""
    words = said.get(plan.fields["kesalahan"]) or said.get("message") or ""
    return " ".join(str(words).split())[:_LONGEST_WORDS]
