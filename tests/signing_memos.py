"""Offices in which a memo, or several, has come to where it waits for its signature with a certificate."""

from __future__ import annotations

from pathlib import Path

from signing_office import SigningOffice
from signing_pki import Pki
from test_whole_sop import REVIEW, TO_REVIEW, received, walk

from pipeline.cases.case_number import CaseNumber


def to_the_memo(office: SigningOffice, text: bytes) -> CaseNumber:
    """Take a letter in and go on with it until its memo waits for its signature; return its number."""
    number = received(office, text)
    walk(office, number, [step[:3] for step in TO_REVIEW])
    walk(office, number, [("telaah", "kasubbid", {**REVIEW, "saran": "rekomendasi"})])
    return number


def with_memos(folder: Path, pki: Pki, *texts: bytes) -> SigningOffice:
    """Return a new office with a case for each of these letters, whose memo waits for its signature."""
    office = SigningOffice(folder, pki)
    for text in texts:
        to_the_memo(office, text)
    office.root.book.refresh()
    return office
