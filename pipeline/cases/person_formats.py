"""What the details of a person may look like, and what is said of one that cannot be it.

Patterns, bounds and sentences lie in ``person_formats.toml``, once for pages, programs and the command line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cases.register_words import register_words

_FORMATS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_AGE, _PHONE, _SEX = (_FORMATS[key] for key in ("umur", "telepon", "jenis_kelamin"))
_BETWEEN = re.compile(r"[,;/]|\bdan\b")
_SHOWN = 40  # characters that an error repeats of an answer


def tidy(key: str, text: str) -> str:
    """Return a detail of a person as the register keeps it; those without a rule stay as they were typed.

    Raises:
        ValueError: it cannot be what it is to be; says what to write instead.
    """
    reader = {"umur": _age, "telepon": _telephone, "jenis_kelamin": _sex}.get(key)
    if reader is None:
        return text
    kept = reader(text, " ".join(text.casefold().split()))
    if kept is None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise ValueError(_FORMATS[key]["keliru"].format(nilai=shown))
    return kept


def _age(_: str, plain: str) -> str | None:
    found = re.fullmatch(_AGE["pola"], plain)
    return str(int(found["nilai"])) if found and int(found["nilai"]) <= _AGE["paling_banyak"] else None


def _telephone(text: str, plain: str) -> str | None:
    least, most = _PHONE["angka"]
    lengths = [sum(map(str.isdigit, number)) for number in _BETWEEN.split(plain)]
    return text if re.fullmatch(_PHONE["pola"], plain) and all(least <= n <= most for n in lengths) else None


def _sex(_: str, plain: str) -> str | None:
    sex = _SEX["sebutan"].get(plain, plain)
    return sex if sex in register_words().sexes else None
