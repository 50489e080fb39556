"""Makes letters from families: ``python bench/families.py FILE``; how a family is written, ``families/README.md`` says.

The same family and serial number make the same letter, on any machine.
"""

from __future__ import annotations

import random
import re
import sys
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.office.wording import DAYS, MONTHS

FOLDER = Path(__file__).resolve().parent / "families"
LABELS = frozenset(
    [
        "tanggal",
        "nomor",
        "sifat",
        "perihal",
        "lampiran",
        "tujuan",
        "tembusan",
        "nama",
        "nik",
        "tempat_lahir",
        "tanggal_lahir",
        "umur",
        "pekerjaan",
        "alamat",
        "telepon",
        "lembaga",
        "kuasa",
        "kuasa_lembaga",
        "kuasa_nomor",
        "kuasa_tanggal",
        "terlapor",
        "tempat",
        "permintaan",
        "waktu",
    ]
)
SECTIONS = frozenset(
    [
        "kop",
        "tanggal",
        "rujukan",
        "tujuan",
        "judul",
        "salam",
        "pembuka",
        "identitas",
        "terlapor",
        "cerita",
        "permintaan",
        "daftar_lampiran",
        "penutup",
        "tandatangan",
        "tembusan",
        "stempel",
        "pengantar",
        "lain",
    ]
)
_WRAPPED = frozenset(["cerita", "permintaan", "pembuka", "penutup"])
_WIDTH = 84
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_CHOICE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.S)
_PIECE = re.compile(
    r"(?P<section>^== ?(?P<name>\w+) *\n)|<(?P<open>[a-z_]+)(?::(?P<person>\d))?>|</(?P<close>[a-z_]+)(?::\d)?>"
    r"|\{(?P<slot>[^{}\n]+)\}",
    re.M,
)
_DATE_PART = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D|R|W")
#: The year of the youngest letter; each letter's own day is up to so many days before its end.
_YEAR, _SPAN = 2025, 365 * 6


class Misspelt(ValueError):
    """A family that is not written as it must be; says where."""


@dataclass(frozen=True, slots=True)
class Span:
    """What the register needs of a letter: its label, whose it is (from 1), from where to where, the day it says."""

    label: str
    person: int
    start: int
    end: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter made from a family: its text (a form feed begins a page), what is to be found, where sections begin."""

    family: str
    text: str
    spans: tuple[Span, ...]
    sections: tuple[tuple[int, str], ...]

    def section_at(self, offset: int) -> str:
        """Return the name of the section in which an offset lies."""
        at = bisect_right(self.sections, (offset, "\uffff")) - 1
        return self.sections[at][1] if at >= 0 else "lain"


@dataclass(frozen=True, slots=True)
class Family:
    """One writer's way of writing: choices by their keys, and the letter with its marks."""

    name: str
    choices: Mapping[str, tuple[str, ...]]
    width: int
    body: str

    def letter(self, serial: int) -> Letter:
        """Return the letter with this serial number.

        Raises:
            Misspelt: an unknown label, section or choice; a label that is not closed.
        """
        chance = random.Random(f"{self.name} {serial}")
        body = self.body
        while _CHOICE.search(body):
            body = _CHOICE.sub(lambda found: chance.choice(found[1].split("||")).strip(" "), body)
        chosen = {key: chance.choice(values) for key, values in self.choices.items()}
        return _made(self, body, _Slots(chosen, chance))


def families(folder: Path = FOLDER) -> Iterator[Family]:
    """Yield all families, in the order of their names.

    Raises:
        Misspelt: a file without head or letter.
    """
    for path in sorted(folder.glob("*/*.txt")):
        yield family_of(path)


def family_of(path: Path) -> Family:
    """Return the family that a file holds."""
    head, line, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not line:
        raise Misspelt(f"{path.name}: no line '---' between head and letter")
    told = dict(row.split(":", 1) for row in head.splitlines() if ":" in row)
    width = int(told.pop("lebar", _WIDTH))
    choices = {key.strip(): tuple(v.strip() for v in value.split("|")) for key, value in told.items() if key != "siapa"}
    return Family(f"{path.parent.name}/{path.stem}", choices, width, body.rstrip("\n") + "\n")


def _made(family: Family, body: str, slots: _Slots) -> Letter:
    text, spans, sections = "", list[Span](), [(0, "lain")]
    opened: tuple[str, int, int] | None = None
    day: date | None = None
    at = 0
    for piece in _PIECE.finditer(body):
        text += body[at : piece.start()]
        at = piece.end()
        if name := piece["name"]:
            if name == "halaman":
                text = text.rstrip("\n") + "\n\f"
                sections.append((len(text), sections[-1][1]))
            elif name in SECTIONS:
                sections.append((len(text), name))
            else:
                raise Misspelt(f"{family.name}: no section is called '{name}'")
        elif label := piece["open"]:
            if label not in LABELS or opened:
                raise Misspelt(f"{family.name}: <{label}> is unknown, or stands within <{opened and opened[0]}>")
            opened, day = (label, int(piece["person"] or 1), len(text)), None
        elif label := piece["close"]:
            if not opened or opened[0] != label:
                raise Misspelt(f"{family.name}: </{label}> closes nothing (open: {opened and opened[0]})")
            spans.append(Span(*opened, len(text), day))
            opened = None
        else:
            said, told = slots.filled(piece["slot"], family.name)
            text += said
            day = told or day
    if opened:
        raise Misspelt(f"{family.name}: <{opened[0]}> is not closed")
    text += body[at:]
    text = _wrapped(text, sections, family.width)
    return Letter(family.name, text, tuple(s for s in spans if text[s.start : s.end].strip()), tuple(sections))


def _wrapped(text: str, sections: list[tuple[int, str]], width: int) -> str:
    """Return the text with long lines of prose broken: blanks become line ends, so that no offset changes."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        section = sections[bisect_right(sections, (at, "\uffff")) - 1][1]
        out.append(_broken(line, width) if section in _WRAPPED else line)
        at += len(line)
    return "".join(out)


def _broken(line: str, width: int) -> str:
    done = ""
    while len(line.rstrip("\n")) > width and (cut := line.rfind(" ", 1, width + 1)) > len(line) - len(line.lstrip()):
        done, line = done + line[:cut] + "\n", line[cut + 1 :]
    return done + line


class _Slots:
    """What is chosen or made once for a letter, and said in the shape that each place wants."""

    def __init__(self, chosen: Mapping[str, str], chance: random.Random) -> None:
        self._chosen = chosen
        #: Numbers in their plain shape: the same one may be said again in another.
        self._made: dict[str, str] = {}
        self._chance = chance
        self._end = date(_YEAR, 12, 28) - timedelta(days=chance.randrange(_SPAN))
        gaps = [chance.choice((1, 3, 8, 17, 33, 61, 120)) + chance.randrange(9) for _ in range(8)]
        self._days = [self._end - timedelta(days=sum(gaps[i:])) for i in range(9)]

    def filled(self, slot: str, family: str) -> tuple[str, date | None]:
        """Return what stands in a slot, and the day it says, if it says one."""
        key, _, shape = slot.partition(":")
        capitals = key.endswith("^")
        key = key.removesuffix("^")
        if key in self._chosen:
            return (self._chosen[key].upper() if capitals else self._chosen[key]), None
        kind, number = key.rstrip("0123456789"), key[len(key.rstrip("0123456789")) :] or "1"
        if kind in ("tgl", "lahir"):
            day = self._days[int(number) - 1] if kind == "tgl" else self._birth(number)
            said = _dated(day, shape or "D MMMM YYYY")
            return (said.upper() if capitals else said), day
        made = {"nik": self._nik, "hp": self._telephone, "rp": self._amount, "n": self._small, "th": self._year}
        if kind == "umur":
            return str((self._end - self._birth(number)).days // 365), None
        if kind not in made:
            raise Misspelt(f"{family}: no choice is called '{key}'")
        if key not in self._made:
            self._made[key] = made[kind](number)
        return _shaped(kind, self._made[key], shape), None

    def _birth(self, number: str) -> date:
        chance = random.Random(f"{self._end} {number}")
        year = self._end.year - chance.randint(19, 74)
        month = chance.randint(1, 12)
        return date(year, month, chance.randint(1, monthrange(year, month)[1]))

    def _nik(self, number: str) -> str:
        born = self._birth(number)
        day = born.day + self._chance.choice((0, 40))
        area = self._chance.choice(("1701", "1702", "1703", "1704", "1705", "1706", "1707", "1708", "1709", "1771"))
        return f"{area}{self._chance.randint(1, 14):02}{day:02}{born:%m%y}{self._chance.randint(1, 9):04}"

    def _telephone(self, _: str) -> str:
        head = self._chance.choice(("0812", "0813", "0821", "0822", "0823", "0852", "0853", "0857", "0878", "0895"))
        return head + "".join(self._chance.choice("0123456789") for _ in range(self._chance.choice((7, 8, 8, 8))))

    def _amount(self, _: str) -> str:
        amount = self._chance.randint(3, 990) * 10 ** self._chance.choice((4, 5, 6))
        return f"Rp{self._chance.choice(('', ' ', '. '))}{amount:,}".replace(",", ".")

    def _small(self, _: str) -> str:
        return str(self._chance.randint(2, 40))

    def _year(self, _: str) -> str:
        return str(self._end.year - self._chance.randint(1, 15))


def _shaped(kind: str, made: str, shape: str) -> str:
    if kind == "nik" and shape == "s":
        return " ".join(made[i : i + 4] for i in range(0, 16, 4))
    if kind == "hp" and shape != "0":
        groups = (made[:4], made[4:8], made[8:])
        if shape == "+":
            return f"+62 {made[1:4]} {groups[1]} {groups[2]}"
        if shape in ("-", " "):
            return shape.join(groups)
    return made


def _dated(day: date, shape: str) -> str:
    parts = {
        "D": str(day.day),
        "DD": f"{day.day:02}",
        "M": str(day.month),
        "MM": f"{day.month:02}",
        "MMM": MONTHS[day.month - 1][:3],
        "MMMM": MONTHS[day.month - 1],
        "R": _ROMAN[day.month - 1],
        "YY": f"{day.year % 100:02}",
        "YYYY": str(day.year),
        "W": DAYS[day.weekday()],
    }
    return _DATE_PART.sub(lambda found: parts[found[0]], shape)


def main() -> None:
    """Check families, and show letters made from them."""
    for name in sys.argv[1:]:
        family = family_of(Path(name))
        for serial in range(30):
            letter = family.letter(serial)
            if serial < 3:
                print(f"=== {family.name} {serial}\n{letter.text}")
                for span in letter.spans:
                    print(f"    {span.label}:{span.person} = {letter.text[span.start : span.end]!r} {span.day or ''}")


if __name__ == "__main__":
    main()
