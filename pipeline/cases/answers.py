"""Answers: how typed words become the values that a form asks for, or one error that names all that is wrong.

The same forms serve the command line, form files and web pages: each hands over what was typed, and gets values or
one error that names everything that is missing or wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from pipeline.cases.case_number import read_number
from pipeline.cases.key_labels import choice_label
from pipeline.cases.person_formats import tidy
from pipeline.cases.sop_rows import FormField
from pipeline.cases.splitting import read_ranges
from pipeline.errors import Incomplete, UsageFault
from pipeline.office.wording import MONTHS, hinted, shows, unprintable

D = TypeVar("D", bound=date)
#: What a complainant's group may say of a person (Buku Register Aduan).
PERSON = ("nama", "nik", "ttl", "umur", "jenis_kelamin", "pekerjaan", "alamat", "telepon", "surel")
_MONTHS = tuple(month.lower() for month in MONTHS)
#: The time of day behind a date; Python would take the point of ``08.15`` for that of a fraction.
_HOUR = re.compile(r"(?:\s+pukul)?(?:\s+|T)(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:\s*WI(?:B|TA|T))?$", re.IGNORECASE)
_LONGEST = 20_000  # characters of one answer; a sheet holds less, and a journal line stays readable
_MOST_PARTS = 500  # lines or persons of one answer; a page asks for 200
_YEARS = range(1900, 2101)  # of a day that somebody answers; working time beyond the calendar's end cannot be reckoned
_SHOWN = 40  # characters that an error repeats of a name that was sent


def answers(
    form: Sequence[FormField], typed: Mapping[str, Any], what: str, now: datetime | None = None
) -> dict[str, Any]:
    """Return the values of a form's answers; questions left unanswered are left out.

    ``what`` names the form, ``now`` is the office's time (None: no day is too late).

    Raises:
        Incomplete: required answers are missing, answers cannot be understood, or questions are not on the form;
            names every one of them.
    """
    known = {f.name: f for f in form}
    strange = [
        f"{_said(n)} ({hinted('tidak ada pada formulir ini', _said(n), known)})" for n in typed if n not in known
    ]
    wrong: dict[str, tuple[str, str]] = {}
    values: dict[str, Any] = {}
    for field in form:
        answer = typed.get(field.name)
        if _blank(answer):
            if field.required:
                wrong[field.name] = (field.label, "wajib diisi")
            continue
        try:
            values[field.name] = _READERS[field.kind](field, answer)
            _check_past(field, values[field.name], now)
        except (ValueError, TypeError, UsageFault) as fault:
            wrong[field.name] = (field.label, str(fault))
    if strange or wrong:
        said = "; ".join([*strange, *(f"{name} ({label}: {why})" for name, (label, why) in wrong.items())])
        on_it = f"Isian formulir ini: {', '.join(known) or 'tidak ada'}."
        raise Incomplete(f"{what}: {said}.", on_it if strange else "Betulkan isian itu, lalu ulangi.", wrong)
    return values


def _check_past(field: FormField, value: Any, now: datetime | None) -> None:
    """Refuse a day or moment to come where something that has happened is asked for."""
    if not field.past or now is None:
        return
    moment = datetime.fromisoformat(value)
    here = now if moment.tzinfo else now.replace(tzinfo=None)
    late = moment.date() > now.date() if field.kind == "tanggal" else moment > here
    if late:
        raise ValueError(f"{moment:%d-%m-%Y} belum tiba; hari ini {now:%d-%m-%Y}")


def _blank(answer: Any) -> bool:
    return answer is None or answer == [] or (isinstance(answer, str) and not shows(answer))


def _said(name: Any) -> str:
    """Return a name that was sent as an error may repeat it."""
    text = "".join(c if c.isprintable() else "?" for c in str(name))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _text(_: FormField, answer: Any) -> str:
    return _limited(re.sub(r"\s+", " ", _one(answer)).strip())


def _paragraph(_: FormField, answer: Any) -> str:
    return _limited("\n".join(line.strip() for line in _one(answer).strip().splitlines()))


def _choice(field: FormField, answer: Any) -> str:
    typed = _one(answer).strip().casefold()
    for choice in field.choices:
        if typed in (choice.casefold(), choice_label(choice).casefold()):
            return choice
    raise ValueError(f"pilih {', '.join(map(choice_label, field.choices))}")


def _list(_: FormField, answer: Any) -> list[str]:
    return [_limited(_one(part).strip()) for part in _parts(answer) if not _blank(part)]


def _parts(answer: Any) -> Sequence[Any]:
    """Return the parts of an answer that has several; of a text its lines. An object is no list of anything.

    Raises:
        ValueError: it is neither, or has too many.
    """
    parts = answer if isinstance(answer, list | tuple) else _one(answer).splitlines()
    if len(parts) > _MOST_PARTS:
        raise ValueError(f"lebih dari {_MOST_PARTS} baris")
    if any(isinstance(part, list | tuple) for part in parts):
        raise ValueError("daftar di dalam daftar")
    return parts


def _whole_number(_: FormField, answer: Any) -> int:
    text = "" if isinstance(answer, bool) else _one(answer).strip()
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError("harus bilangan")
    return int(text)


def _day(_: FormField, answer: Any) -> str:
    if isinstance(answer, date):
        return _thinkable(answer).isoformat()[:10]
    return _thinkable(read_day(_one(answer))).isoformat()


def _moment(_: FormField, answer: Any) -> str:
    if isinstance(answer, datetime):
        return _thinkable(answer).isoformat()
    if isinstance(answer, date):
        return f"{_thinkable(answer).isoformat()}T00:00:00"
    return _thinkable(read_moment(_one(answer))).isoformat()


def _thinkable(day: D) -> D:
    """Return a day of years that anybody means.

    Raises:
        ValueError: it is none.
    """
    if day.year not in _YEARS:
        raise ValueError(f"tahun {day.year} di luar {_YEARS[0]} sampai {_YEARS[-1]}")
    return day


def _people(_: FormField, answer: Any) -> list[dict[str, str]]:
    if isinstance(answer, Mapping):
        raise ValueError("harus daftar orang; satu orang pun ditulis sebagai daftar")
    people = [part for part in _parts(answer) if not _blank(part)]
    return [_person(part, number if len(people) > 1 else 0) for number, part in enumerate(people, start=1)]


def _person(part: Any, number: int = 0) -> dict[str, str]:
    """Return a person's details; ``number`` says which of several is meant where something is wrong.

    Raises:
        ValueError: something is; names every detail that cannot be it.
    """
    if not isinstance(part, Mapping):
        return {"nama": _limited(_one(part).strip())}
    if unknown := sorted(map(_said, set(part) - set(PERSON))):
        raise ValueError(f"{unknown[0]} tidak dikenal; yang ada {', '.join(PERSON)}")
    person = {key: _limited(_one(part[key]).strip()) for key in PERSON if not _blank(part.get(key))}
    if "nama" not in person:
        raise ValueError("orang tanpa nama")
    wrong = []
    for key, text in person.items():
        try:
            person[key] = tidy(key, text)
        except ValueError as fault:
            wrong.append(str(fault))
    if wrong:
        raise ValueError(f"{f'orang ke-{number}: ' if number else ''}{'; '.join(wrong)}")
    return person


def _one(answer: Any) -> str:
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, str | int | float) or isinstance(answer, bool):
        raise ValueError("harus satu jawaban berupa teks, bukan objek atau daftar")
    if isinstance(answer, float) and not math.isfinite(answer):
        raise ValueError("bukan bilangan")
    text = answer if isinstance(answer, str) else f"{answer}"
    if why := unprintable(text):
        raise ValueError(why)
    return text


def _limited(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"lebih dari {_LONGEST} huruf")
    return text


def read_day(text: str) -> date:
    """Return the day of ``2026-11-25``, ``25-11-2026``, ``25/11/2026``, ``25 November 2026`` or ``25 Nov 2026``.

    Raises:
        ValueError: it is none of these.
    """
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
        day, month, year = map(int, found.groups())
    elif (found := re.fullmatch(r"(\d{1,2})\s+([A-Za-z]{3,})\s+(\d{4})", text)) and (month := _month(found[2])):
        day, year = int(found[1]), int(found[3])
    else:
        raise ValueError("tulis misalnya 25-11-2026 atau 25 November 2026")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("tanggal itu tidak ada") from None


def _month(name: str) -> int:
    """Return the month of a name or its beginning (``Nov``); 0 for none."""
    return next((n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower())), 0)


def numeric(text: str) -> str:
    """Return an ISO day or moment as people type it (``25-11-2026``, ``25-11-2026 08.15``); any other text as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d).*)?", text)
    if not found:
        return text
    year, month, day, hour, minute = found.groups()
    return f"{day}-{month}-{year}" + (f" {hour}.{minute}" if hour else "")


def read_moment(text: str) -> datetime:
    """Return the moment of ``2026-11-25 08:15``, ``25-11-2026 08.15`` or ``25 November 2026 pukul 08.15``.

    A day alone is its midnight; without a zone the moment is naive, in the office's own.

    Raises:
        ValueError: it is none of these.
    """
    text = text.strip()
    hour = _HOUR.search(text)
    try:
        clock = time(int(hour[1]), int(hour[2]), int(hour[3] or 0)) if hour else time()
        return datetime.combine(read_day(text[: hour.start()] if hour else text), clock)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("tulis misalnya 25-11-2026 08.15 atau 25 November 2026 pukul 08.15") from None


def _pages(field: FormField, answer: Any) -> str:
    text = _one(answer).strip()
    try:
        read_ranges(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} bukan halaman; tulis misalnya 3, 3-4, atau 3-4; 5") from None
    return text


#: The kinds of question, as the SOP's file names them.
_READERS: Mapping[str, Callable[[FormField, Any], Any]] = {
    "teks": _text,
    "paragraf": _paragraph,
    "tanggal": _day,
    "waktu": _moment,
    "pilihan": _choice,
    "pilihan-banyak": lambda field, answer: [_choice(field, part) for part in _list(field, answer)],
    "daftar": _list,
    "bilangan": _whole_number,
    "perkara": lambda _, answer: str(read_number(_one(answer))),
    "orang": _people,
    "halaman": _pages,
}
#: Their names.
KINDS = tuple(_READERS)
