"""Where a complaint stands, for whoever has its status code: the counter, the page for complainants, the API."""

from __future__ import annotations

from pipeline.errors import NotFound
from pipeline.register.complainant_status import Standing, standing
from pipeline.wiring import Root


def standing_of(root: Root, typed: str) -> Standing:
    """Return where the complaint of a status code stands.

    Raises:
        NotFound: no complaint has that code; the words are the same for every text that is none.
    """
    number = root.status_codes.find(typed)
    if number is None:
        raise NotFound(
            "Kode status ini tidak dikenal.",
            "Periksa lagi kode pada tanda terima: tiga kelompok berisi empat huruf atau angka.",
        )
    case = root.cabinet.case(number)
    return standing(case, root.sop_of(case))
