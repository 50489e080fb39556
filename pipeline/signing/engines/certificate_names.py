"""The names in certificates (X.509 distinguished names, RFC 5280)."""

from __future__ import annotations

from asn1crypto import x509


def common_name(certificate: x509.Certificate) -> str:
    """Return the name in a certificate."""
    return name_in(certificate.subject)


def name_in(subject: x509.Name) -> str:
    """Return the common name of a subject or issuer, else all that it says."""
    found = subject.native.get("common_name")
    return str(found[0] if isinstance(found, list) else found or subject.human_friendly)
