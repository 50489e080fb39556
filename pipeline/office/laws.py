"""The laws that the office's letters cite: what governs the service, and what grants each right.

They lie in ``dasar-hukum.toml``: the office's own beside its templates, else the one that comes with the program.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from pipeline.errors import TemplateFault
from pipeline.office.own_file import Row, rows_of

FILE = "dasar-hukum.toml"
#: The key of the law whose articles the rights are.
RIGHTS_LAW = "uu-ham"
_GOVERNS, _BASIS = "pengatur", "dasar"
_KINDS = ("peraturan", "pelanggaran", "hak", "kerentanan")
#: The kinds of regulations, a group for each rank from the highest down (Law 12/2011 article 7).
_RANKS = re.compile(
    r"(undang-undang dasar)|(undang-undang|peraturan pemerintah pengganti undang-undang)|(peraturan pemerintah)"
    r"|(peraturan presiden)|(peraturan|keputusan)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"nomor (?P<number>\d+) tahun (?P<year>\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation as letters cite it: ``name`` is its kind, number and year, ``title`` what it is about.

    ``cited`` is how it is named as the source of a right, if otherwise (a covenant that a law ratified). ``since`` and
    ``until`` are the first and the last day on which it is in force (None: always). ``governs``: it governs this
    service, ``basis``: the service rests on it. ``amended`` are those that changed it, oldest first; ``respondents``
    the classes of respondents whose work it rules, ``agencies`` what such agencies are called. ``withdrawn`` is where
    it says that a complaint which is not completed is held to be withdrawn. ``note`` is for the office alone.
    """

    key: str
    name: str
    title: str = ""
    cited: str = ""
    since: date | None = None
    until: date | None = None
    governs: bool = False
    basis: bool = False
    amended: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    withdrawn: str = ""
    note: str = ""

    @property
    def full(self) -> str:
        """Its name and title, and what changed it last: ``Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi ...``."""
        return self._changed_by(self.amended[-1] if self.amended else "")

    @property
    def brief(self) -> str:
        """The same, without the title of what changed it."""
        return self._changed_by(self.amended[-1].partition(" tentang ")[0] if self.amended else "")

    def _changed_by(self, change: str) -> str:
        named = f"{self.name} tentang {self.title}" if self.title else self.name
        often = "telah beberapa kali diubah, terakhir" if self.amended[1:] else "telah diubah"
        return f"{named} sebagaimana {often} dengan {change}" if change else named

    def in_force(self, day: date) -> bool:
        """Say whether it is in force that day."""
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is laid down: the regulation's key, and the article (empty: the whole of it)."""

    key: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class RightInLaw:
    """A group of rights: its word in the register, its articles, what is to be tested, where else it is granted."""

    word: str
    articles: str
    elements: tuple[str, ...]
    elsewhere: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects a vulnerable victim: the register's word, what sheets call it, where it stands, what is noted."""

    word: str
    called: str
    source: Citation
    note: str


@dataclass(frozen=True, slots=True)
class Laws:
    """The table. ``violation`` is where a violation of rights is defined, ``elements`` what is tested of any."""

    regulations: tuple[Regulation, ...]
    violation: Citation
    elements: tuple[str, ...]
    rights: tuple[RightInLaw, ...]
    protections: tuple[Protection, ...]

    def regulation(self, key: str, day: date) -> Regulation | None:
        """Return the regulation of that key that is in force that day."""
        return next((r for r in self.regulations if r.key == key and r.in_force(day)), None)

    def governing(self, day: date) -> Regulation | None:
        """Return the regulation that governs the service that day."""
        return next((r for r in self.regulations if r.governs and r.in_force(day)), None)

    def basis(self, day: date) -> tuple[Regulation, ...]:
        """Return what the service rests on that day, as letters list it: laws, and what governs it."""
        return _as_listed(r for r in self.regulations if (r.basis or r.governs) and r.in_force(day))

    def resting_on(
        self, day: date, cited: str, classes: Collection[str] = (), called_on: str = ""
    ) -> tuple[Regulation, ...]:
        """Return what the service rests on that day, and what else a text cites or rules such respondents, as listed.

        A regulation is cited also by what changed it and nothing else.
        ``called_on`` names the agencies that are to act: what rules their work is part of it, too.
        """
        changes = self._changes(day)

        def belongs(r: Regulation) -> bool:
            cites = r.name in cited or any(changed is r and change in cited for change, changed in changes.items())
            rules = not {*r.respondents}.isdisjoint(classes) or any(name in called_on for name in r.agencies)
            return r.basis or r.governs or cites or rules

        return _as_listed(r for r in self.regulations if r.in_force(day) and belongs(r))

    def spelled(self, cited: str, day: date) -> str:
        """Return a citation of articles in which no law that changes another stands alone, but the other as it changed.

        ``Pasal 54 ayat (1) Undang-Undang Nomor 23 Tahun 2002 sebagaimana telah diubah dengan Undang-Undang Nomor ...``
        """
        for change, changed in self._changes(day).items():
            if changed is not None and changed.name not in cited:
                alone = rf"(?<!dengan ){re.escape(change)}"
                cited = re.sub(alone, f"{changed.name} sebagaimana telah diubah dengan {change}", cited)
        return cited

    def in_full(self, cited: str, day: date) -> str:
        """Return a law that a text names with its title as this table has it: with what changed it last."""
        known = self._called(cited, day)
        return known.full if known else cited

    def in_brief(self, cited: str, day: date) -> str:
        """Return the same, without the title of what changed it."""
        known = self._called(cited, day)
        return known.brief if known else cited

    def _called(self, cited: str, day: date) -> Regulation | None:
        """Return the regulation of which a text is the name and title."""
        known = (r for r in self.regulations if r.in_force(day) and r.title)
        return next((r for r in known if cited == f"{r.name} tentang {r.title}"), None)

    def _changes(self, day: date) -> Mapping[str, Regulation | None]:
        """Return each law that changes others, by kind, number and year, and what it changes; None: several."""
        found: dict[str, Regulation | None] = {}
        for regulation in self.regulations:
            for change in regulation.amended if regulation.in_force(day) else ():
                name = change.partition(" tentang ")[0]
                found[name] = None if name in found else regulation
        return found

    def right(self, word: str) -> RightInLaw | None:
        """Return the right with that word of the register."""
        return next((right for right in self.rights if right.word == word), None)

    def protection(self, word: str) -> Protection | None:
        """Return what protects a victim who is vulnerable in that way."""
        return next((found for found in self.protections if found.word == word), None)

    def cite(self, citation: Citation, day: date) -> str:
        """Return a citation in words (``Pasal 28A Undang-Undang Dasar ...``); empty where nothing is in force."""
        found = self.regulation(citation.key, day)
        if found is None:
            return ""
        return f"{citation.article} {found.cited or found.name}" if citation.article else found.cited or found.full


def listing_order(cited: str) -> tuple[int, int, int]:
    """Return by what letters order the regulations that they list: rank, year, number (Law 12/2011, annex II).

    One without a number stands before those of its rank that have one, what is no regulation last.
    """
    kind = _RANKS.search(cited)
    rank = kind.lastindex if kind and kind.lastindex else _RANKS.groups + 1
    found = _NUMBERED.search(cited, kind.start() if kind else 0)
    return (rank, int(found["year"]), int(found["number"])) if found else (rank, 0, 0)


def _as_listed(regulations: Iterable[Regulation]) -> tuple[Regulation, ...]:
    return tuple(sorted(regulations, key=lambda regulation: listing_order(regulation.name)))


def laws_of(text: str, *, rights: Collection[str] = (), classes: Collection[str] = ()) -> Laws:
    """Return the table that a file's text holds.

    ``rights`` are the register's words, of each of which it must tell; ``classes`` its classes of respondents, of which
    it may (empty: whichever).

    Raises:
        TemplateFault: it cannot be used; says the line, the fact and the remedy.
    """
    rows = rows_of(FILE, text, _KINDS)
    regulations = _regulations(rows["peraturan"], classes)
    keys = {regulation.key for regulation in regulations}
    if len(rows["pelanggaran"]) != 1:
        raise TemplateFault(f"{FILE}: [[pelanggaran]] harus ada satu.", "Bandingkan dengan berkas yang dibawa program.")
    violation, elements = _violation(rows["pelanggaran"][0], keys)
    found = tuple(_right(row, keys) for row in rows["hak"])
    if missing := [word for word in rights if word not in {right.word for right in found}]:
        raise TemplateFault(
            f"{FILE}: hak {missing[0]} tidak ada.", f"Tambahkan [[hak]] dengan kata = {missing[0]!r}, pasal, dan unsur."
        )
    protections = tuple(_protection(row, keys) for row in rows["kerentanan"])
    return Laws(regulations, violation, elements, found, protections)


@cache
def shipped_laws() -> Laws:
    """Return the table that comes with the program."""
    return laws_of(SHIPPED.read_text(encoding="utf-8"))


#: The file that comes with the program.
SHIPPED = Path(__file__).with_name(FILE)


def _regulations(rows: list[Row], classes: Collection[str]) -> tuple[Regulation, ...]:
    found = [(row, _regulation(row, classes)) for row in rows]
    for (_, one), (row, other) in combinations(found, 2):
        same = one.key == other.key or (one.governs and other.governs)
        if same and _overlap(one, other):
            fact = f"berlaku pada hari yang sama dengan {one.name}, padahal kunci atau layanannya sama"
            raise row.fault(fact, "Beri `sampai` pada yang lama dan `sejak` pada penggantinya.")
    return tuple(regulation for _, regulation in found)


def _overlap(one: Regulation, other: Regulation) -> bool:
    first, last = max(r.since or date.min for r in (one, other)), min(r.until or date.max for r in (one, other))
    return first <= last


def _regulation(row: Row, classes: Collection[str]) -> Regulation:
    name, service = row.text("nama"), row.text("layanan", "")
    if service not in ("", _GOVERNS, _BASIS):
        raise row.fault(f"layanan = {service!r} tidak dikenal", f"Tulis {_GOVERNS!r} atau {_BASIS!r}, atau hapus.")
    respondents = row.texts("terlapor", [])
    if classes and (odd := [word for word in respondents if word not in classes]):
        raise row.fault(f"terlapor {odd[0]!r} tidak ada di register", f"Yang ada: {', '.join(classes)}.")
    regulation = Regulation(
        key=row.text("kunci"),
        name=name,
        title=row.text("tentang", ""),
        cited=row.text("kutipan", ""),
        since=row.day("sejak"),
        until=row.day("sampai"),
        governs=service == _GOVERNS,
        basis=service == _BASIS,
        amended=row.texts("diubah", []),
        respondents=respondents,
        agencies=row.texts("instansi", []),
        withdrawn=row.text("dicabut", ""),
        note=row.text("catatan", ""),
    )
    row.done()
    return regulation


def _violation(row: Row, keys: Collection[str]) -> tuple[Citation, tuple[str, ...]]:
    source, elements = _source(row, keys), row.texts("unsur")
    row.done()
    return source, elements


def _right(row: Row, keys: Collection[str]) -> RightInLaw:
    right = RightInLaw(
        word=row.text("kata"),
        articles=row.text("pasal"),
        elements=row.texts("unsur"),
        elsewhere=tuple(_cited(row, text, keys) for text in row.texts("instrumen", [])),
    )
    row.done()
    return right


def _protection(row: Row, keys: Collection[str]) -> Protection:
    found = Protection(row.text("kata"), row.text("sebutan"), _source(row, keys), row.text("perlindungan"))
    row.done()
    return found


def _source(row: Row, keys: Collection[str]) -> Citation:
    return _known(row, Citation(row.text("peraturan"), row.text("pasal", "")), keys)


def _cited(row: Row, text: str, keys: Collection[str]) -> Citation:
    key, _, article = text.partition("|")
    return _known(row, Citation(key.strip(), article.strip()), keys)


def _known(row: Row, citation: Citation, keys: Collection[str]) -> Citation:
    if citation.key not in keys:
        raise row.fault(
            f"peraturan {citation.key!r} tidak ada di [[peraturan]]", f"Yang ada: {', '.join(sorted(keys))}."
        )
    return citation
