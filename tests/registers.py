"""Registers for tests: rows as the book has them; each names only what its test is about."""

from __future__ import annotations

import copy
import random
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from case_factory import CALENDAR, case_of
from fakes import WIB

from pipeline.cases.store.sop_editions import editions
from pipeline.office.office import Region
from pipeline.register.row import Row, row_of
from pipeline.register.summary.counting import summarise
from pipeline.register.summary.figures import Summary
from pipeline.register.summary.period import Period

SOP = editions()[0]
_SERIAL = count(1)
_USUAL = row_of(case_of(), SOP, CALENDAR).as_json()


def entry(received: str, closed: str | None = None, **values: Any) -> Row:
    """The row of a case received on a day (and ended on a day), that stands with the head unless said otherwise."""
    serial = next(_SERIAL)
    at = datetime.fromisoformat(f"{received}T09:00").replace(tzinfo=WIB)
    row = {
        **copy.deepcopy(_USUAL),
        "number": f"{at.year}/{serial:04d}",
        "year": at.year,
        "serial": serial,
        "received_at": at.isoformat(),
        "since": at.isoformat(),
        "step": 4,
        "state_key": "disposisi-kakanwil",
        "awaits": ["kakanwil"],
        "due_at": (at + timedelta(days=2)).isoformat(),
        "case_due_at": (at + timedelta(days=40)).isoformat(),
        "confirmed": True,
        "channel": "pindaian",
    }
    if closed:
        row |= {
            "step": 7,
            "state_key": "selesai",
            "final": True,
            "awaits": [],
            "due_at": None,
            "case_due_at": None,
            "closed_at": f"{closed}T10:00:00+07:00",
            "since": f"{closed}T10:00:00+07:00",
            "closed_late": False,
        }
    return Row.from_json({**row, **values})


def a_letter(template: str, title: str, sent_on: str | None) -> dict[str, Any]:
    """A letter of a case, sent on a day or not yet."""
    words = dict.fromkeys(("state", "since", "act", "number", "means", "sent_by", "received_by", "recipient"), "")
    none = dict.fromkeys(("numbered_at", "signed_at", "received_on"))
    return {
        **words,
        **none,
        "template": template,
        "title": title,
        "version": 1,
        "sent_on": sent_on,
        "urgency": 0,
        "given_back": False,
    }


def left(step: int, until: str, minutes: int, *, late: bool = False) -> dict[str, Any]:
    """A step that a case has left."""
    return {"step": step, "until": f"{until}T11:00:00+07:00", "minutes": minutes, "late": late}


def a_year(cases: int = 240, year: int = 2026) -> list[Row]:
    """Return the register of a year as an office of some size might have it; the same rows every time."""
    dice = random.Random(year)
    return [_case(dice, date(year, 1, 1) + timedelta(days=n * 330 // cases)) for n in range(cases)]


def _case(dice: random.Random, day: date) -> Row:
    day += timedelta(days=-(day.weekday() - 4) if day.weekday() > 4 else 0)
    traits = {name: dice.choices(values, weights)[0] for name, (values, weights) in _TRAITS.items()}
    traits["confirmed"] = dice.random() > 0.04
    spent = [left(2, str(day), dice.randint(5, 30)), left(3, str(day), dice.randint(4, 40), late=dice.random() < 0.1)]
    if dice.random() < 0.2 or day > date(2026, 11, 1):
        step, key, awaits = dice.choice(_STANDS)
        due = datetime(2026, 11, 25, 16, tzinfo=WIB) + timedelta(days=dice.randint(-6, 14))
        stands = {"step": step, "state_key": key, "awaits": awaits, "paused": key == "kelengkapan"}
        return entry(str(day), steps=spent[: step - 1], due_at=due.isoformat(), **stands, **traits)
    reviewed = day + timedelta(days=dice.randint(1, 4))
    spent += [left(4, str(reviewed), dice.randint(300, 1400), late=dice.random() < 0.25)]
    closed = day + timedelta(days=dice.randint(8, 45))
    spent += [left(6, str(closed), dice.randint(200, 900)), left(7, str(closed), dice.randint(2000, 9000))]
    key = dice.choices(["selesai", "tidak-berwenang", "tidak-ada-indikasi", "dicabut"], [12, 3, 3, 1])[0]
    late = dice.random() < 0.15
    return entry(str(day), str(closed), steps=spent, closed_late=late, **traits, state_key=key)


_PLACES = ("Kota Bengkulu", "Kab. Seluma", "Curup", "Kab. Kaur", "Arga Makmur", "Jakarta")
_TRAITS: dict[str, tuple[Any, list[int]]] = {
    "cara_penyampaian": (["langsung", "surat", "pos", "surel", "SIMASHAM", None], [9, 6, 3, 4, 2, 1]),
    "hak": ([["memperoleh keadilan"], ["kesejahteraan"], [6], ["anak", "rasa aman"], [3]], [8, 9, 4, 2, 3]),
    "kelas_terlapor": (["kepolisian", "pemda", "korporasi", "perorangan", None], [6, 5, 7, 3, 1]),
    "kapasitas": (["korban", "keluarga", "kuasa hukum", "kelompok", None], [9, 4, 4, 2, 2]),
    "kerentanan": ([[], ["perempuan"], ["anak"], ["lansia", "disabilitas"]], [9, 3, 2, 1]),
    "tempat_kejadian": (_PLACES, [1] * len(_PLACES)),
}
_STANDS = (
    (2, "konfirmasi", ["tim-yankomas"]),
    (4, "disposisi-kakanwil", ["kakanwil"]),
    (4, "disposisi-kadiv", ["kadiv"]),
    (4, "telaahan", ["kasubbid", "tim-yankomas"]),
    (4, "kelengkapan", ["pelapor"]),
    (6, "paraf-kabid", ["kabid"]),
    (7, "pemantauan", ["tim-yankomas", "instansi"]),
)


QUARTER = Period(2026, 3, 4)
NOW = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)
REGIONS = (Region("Kota Bengkulu", ("Ratu Agung",)), Region("Kabupaten Seluma", ("Tais",)))


def summary_of(*rows: Row, period: Period = QUARTER, at: datetime = NOW, regions=REGIONS, roles=None) -> Summary:
    """The summary of these rows, for the last quarter of 2026 and all to see unless told otherwise."""
    return summarise(rows, period, at, sop=SOP, regions=regions, calendar=CALENDAR, roles=roles)
