"""A public-key infrastructure for tests, declared: invented issuers and officials, whose certificates are good or not.

Keys are made anew in every run; certificates are issued by Certomancer from :data:`DECLARED`.
"""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from asn1crypto import tsp
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PASSPHRASE = "kata sandi rekaan"
KEYS = ("akar", "penerbit", "asing", "cap", "kakanwil", "kabid", "lain")
DECLARED = """
external-url-prefix: "http://pki.rekaan.example"
keysets:
  rekaan:
    path-prefix: .
    keys: {%s}
pki-architectures:
  rekaan:
    keyset: rekaan
    entity-defaults: {country-name: ID, organization-name: Rekaan}
    entities:
      akar: {common-name: Induk PSrE Rekaan}
      penerbit: {common-name: PSrE Rekaan}
      asing: {common-name: Penerbit Tak Dikenal}
      cap: {common-name: Cap Waktu Rekaan}
      kakanwil: {common-name: Budi Rekaan}
      kabid: {common-name: Eko Rekaan}
      kadiv: {common-name: Dewi Rekaan}
      lain: {common-name: Orang Lain}
    certs:
      akar:
        subject: akar
        issuer: akar
        validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2050-01-01T00:00:00+0000"}
        extensions:
          - {id: basic_constraints, critical: true, value: {ca: true}}
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [key_cert_sign, crl_sign]}}
      penerbit:
        issuer: akar
        validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2040-01-01T00:00:00+0000"}
        extensions:
          - {id: basic_constraints, critical: true, value: {ca: true}}
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [key_cert_sign, crl_sign]}}
      asing:
        issuer: asing
        validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2040-01-01T00:00:00+0000"}
        extensions:
          - {id: basic_constraints, critical: true, value: {ca: true}}
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [key_cert_sign, crl_sign]}}
      cap:
        issuer: akar
        validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2040-01-01T00:00:00+0000"}
        extensions:
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [digital_signature]}}
          - {id: extended_key_usage, critical: true, value: [time_stamping]}
          - {id: crl_distribution_points, smart-value: {schema: crl-dist-url, params: {crl-repo-names: [akar]}}}
      kakanwil: &baik
        subject: kakanwil
        issuer: penerbit
        validity: {valid-from: "2026-01-01T00:00:00+0000", valid-to: "2028-01-01T00:00:00+0000"}
        extensions:
          - id: key_usage
            critical: true
            smart-value: {schema: key-usage, params: [digital_signature, non_repudiation]}
          - {id: crl_distribution_points, smart-value: {schema: crl-dist-url, params: {crl-repo-names: [penerbit]}}}
      kabid: {<<: *baik, subject: kabid}
      lain: {<<: *baik, subject: lain}
      kadiv: {<<: *baik, subject: kadiv, subject-key: lain}
      kedaluwarsa:
        <<: *baik
        subject-key: kakanwil
        validity: {valid-from: "2024-01-01T00:00:00+0000", valid-to: "2026-06-01T00:00:00+0000"}
      dicabut:
        <<: *baik
        subject-key: kakanwil
        revocation: {revoked-since: "2026-03-01T00:00:00+0000", reason: key_compromise}
      salah-guna:
        <<: *baik
        subject-key: kakanwil
        extensions:
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [key_encipherment]}}
      dari-asing: {<<: *baik, subject-key: kakanwil, issuer: asing}
    services:
      crl-repo:
        penerbit:
          for-issuer: penerbit
          signing-key: penerbit
          simulated-update-schedule: "P30D"
        akar:
          for-issuer: akar
          signing-key: akar
          simulated-update-schedule: "P90D"
      time-stamping:
        cap: {signing-key: cap, signing-cert: cap}
"""


def _key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *pem)


class Pki:
    """The infrastructure; all of a run have the same keys, made in ``keys`` by the first process that needs them."""

    def __init__(self, folder: Path, keys: Path) -> None:
        keys.mkdir(exist_ok=True)
        for name in KEYS:
            made = keys / f"{name}.pem"
            if not made.exists():
                own = made.with_suffix(f".{os.getpid()}")
                own.write_bytes(_key())
                with suppress(FileExistsError):  # another process was first: its key is everybody's
                    os.link(own, made)
            (folder / f"{name}.pem").write_bytes(made.read_bytes())
        keys = ", ".join(f"{name}: {{path: {name}.pem}}" for name in KEYS)
        config = CertomancerConfig.from_yaml(DECLARED % keys, key_search_dir=str(folder))
        self.arch = config.get_pki_arch(ArchLabel("rekaan"))
        self.folder = folder
        self._packed: dict[tuple[str, str], bytes] = {}
        self._lists: dict[tuple[str, datetime], bytes] = {}

    def certificate(self, label: str) -> bytes:
        """A certificate as DER."""
        return self.arch.get_cert(CertLabel(label)).dump()

    def key_pem(self, name: str) -> Path:
        """Where a private key lies."""
        return self.folder / f"{name}.pem"

    def revoked(self, issuer: str, at: datetime) -> bytes:
        """The list of certificates that an issuer has revoked by then, as DER."""
        if (issuer, at) not in self._lists:
            made = self.arch.service_registry.get_crl(ServiceLabel(issuer), at_time=at)
            self._lists[issuer, at] = made.dump()
        return self._lists[issuer, at]

    def p12(self, label: str, passphrase: str = PASSPHRASE) -> bytes:
        """Key and certificates as a PKCS#12 file."""
        if (label, passphrase) not in self._packed:
            made = self.arch.package_pkcs12(CertLabel(label), password=passphrase.encode())
            self._packed[label, passphrase] = made
        return self._packed[label, passphrase]

    def trust(self, folder: Path, *lists: tuple[str, datetime]) -> Path:
        """A folder of what an office trusts: the root, the issuer, lists of revoked certificates as of moments."""
        folder.mkdir(exist_ok=True)
        for name in ("akar", "penerbit"):
            (folder / f"{name}.cer").write_bytes(self.certificate(name))
        for issuer, at in lists:
            (folder / f"{issuer}.crl").write_bytes(self.revoked(issuer, at))
        return folder

    @contextmanager
    def stamp_server(self, at: datetime, *, broken: bool = False) -> Iterator[str]:
        """A time stamp server for which it is that moment; yields its address."""
        stamper = self.arch.service_registry.summon_timestamper(ServiceLabel("cap"), at_time=at)

        def answer(body: bytes) -> tuple[int, bytes]:
            if broken:
                return 500, b"rusak"
            return 200, stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()

        with serving(answer) as address:
            yield address


@contextmanager
def serving(answer: object) -> Iterator[str]:
    """A server on this machine that answers every POST as ``answer(body)`` says: status, body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            try:
                status, said = answer(body)  # type: ignore[operator]
                self.send_response(status)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            except ConnectionError:  # it broke off, or nobody waits any more
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/cap"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
