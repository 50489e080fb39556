"""What `doctor` says of the SOP: which edition is in force, which of the office's own cannot be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.cases.edition_ports import OwnEditions
from pipeline.cases.own_editions import OwnEdition
from pipeline.cases.sop import Sop, in_force
from pipeline.errors import SettingsFault
from pipeline.office.wording import long_date
from pipeline.work.ports import Check

_THING = "SOP"
_SHOWN = 5  # faults of one edition; all are told by `yankomas edisi-sop periksa`


def sop_checks(editions: Iterable[Sop], own: OwnEditions | None, today: date) -> Iterator[Check]:
    """Yield which edition new cases follow, and what is wrong with those that the office made itself."""
    known = tuple(editions)
    now = in_force(known, today)
    yield Check(_THING, True, f"perkara baru mengikuti edisi {now.key} ({now.number}, {_whose(now)})")
    newer = [sop.key for sop in known if not sop.own and sop.effective > now.effective] if now.own else []
    for key in newer:
        fact = f"program ini membawa edisi {key}, yang tidak dipakai: edisi kantor tetap berlaku"
        remedy = "Bila isinya dikehendaki, pasang sebagai edisi kantor (halaman SOP; perintah: edisi-sop pasang)."
        yield Check(_THING, True, fact, remedy, caution=True)
    for edition in own.listed() if own else ():
        yield from _of_edition(edition, today)
    for name in own.strays() if own else ():
        fact = f"layanan/.../sop/{name} tidak bernama hari mulai berlakunya, maka tidak dibaca"
        yield Check(_THING, False, fact, "Namai foldernya TAHUN-BULAN-TANGGAL, misalnya 2027-01-01.")


def _of_edition(edition: OwnEdition, today: date) -> Iterator[Check]:
    place = f"layanan/{edition.service}/sop/{edition.day.isoformat()}"
    if edition.faults:
        more = f"; dan {len(edition.faults) - _SHOWN} lagi" if len(edition.faults) > _SHOWN else ""
        fact = f"{place} tidak dapat dipakai: {'; '.join(edition.faults[:_SHOWN])}{more}"
        remedy = "Betulkan baris itu, atau hapus folder itu; sampai itu edisi sebelumnya tetap berlaku."
        yield Check(_THING, False, fact, remedy, code=SettingsFault.exit_code)
    elif edition.differs:
        fact = f"isi {place} bukan yang dicatat ketika dipasang; yang dicatat tetap berlaku"
        remedy = "Perubahan dipasang sebagai edisi baru, mulai hari lain (perintah: edisi-sop pasang)."
        yield Check(_THING, True, fact, remedy, caution=True)
    elif edition.day > today:
        yield Check(_THING, True, f"edisi kantor berikutnya mulai {long_date(edition.day)}")


def _whose(sop: Sop) -> str:
    return "edisi kantor" if sop.own else "dari program"
