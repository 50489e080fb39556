"""Letters for an office of many, registered as whoever takes them in does."""

from __future__ import annotations

from fakes import FixedChance, FixedClock

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.store.sop_editions import editions
from pipeline.register.enrol import EnrolParts, Newcomer, ServiceLine, enrol
from pipeline.register.ports import Claim
from pipeline.register.register_numbers import RegisterPattern
from pipeline.register.store.postgres_numbers import PostgresNumbers
from pipeline.storage.blobs import TypedText

FIRST = CaseNumber(2026, 1)


def enrolled(database, objects, text: str, *, handed_on: bool = False, series: str = "") -> CaseNumber:
    """Register a letter of these words, in a series; return its number."""
    pattern = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")
    numbers = PostgresNumbers(database, objects, handed_on=handed_on)
    known = editions(checked=False)
    services = {"layanan": ServiceLine(series, known)} if series else {}
    parts = EnrolParts(numbers, FixedClock(), FixedChance(), known, pattern, TypedText, services=services)
    claim = Claim(f"k-{text}", TypedText("surat.pdf", text.encode()))
    newcomer = Newcomer(claim, "01-surat.pdf", "pdf", 1, "pindaian", service="layanan" if series else YANKOMAS)
    return enrol(newcomer, parts).number
