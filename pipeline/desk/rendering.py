"""Templates: Jinja, escaping always on, strict about unknown names; what pages are filled with; long lists in pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from itertools import groupby
from math import ceil
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline import __version__
from pipeline.access import masking
from pipeline.access.rights import Right, may
from pipeline.acts import Act, Advice
from pipeline.cases import letter_life
from pipeline.cases.answers import numeric
from pipeline.cases.key_labels import PERSON_LABELS, duty_words, role_name, tie
from pipeline.cases.letter_life import Letter
from pipeline.cases.sop import title_of
from pipeline.desk.questions import in_sections
from pipeline.errors import YankomasError
from pipeline.letters.differences import Difference
from pipeline.office.wording import MONTHS
from pipeline.register.letter_rows import LetterRow
from pipeline.register.row import Row

#: How the states of letters are shown; the others wait.
_TONES = {
    letter_life.DRAFTED: "jeda",
    letter_life.RETURNED: "gagal",
    **dict.fromkeys((letter_life.SIGNED, letter_life.SENT, letter_life.RECEIVED), "selesai"),
    **dict.fromkeys((letter_life.REPLACED, letter_life.CANCELLED), "netral"),
}
_SHORT = tuple(month[:3] for month in MONTHS)


@cache
def _environment() -> Environment:
    """Return the templates' environment: the same for every desk of a process, so that each is compiled once."""
    jinja = Environment(
        loader=PackageLoader("pipeline.desk", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=on_page,
    )
    jinja.filters.update(
        waktu=moment,
        tanggal=day,
        edisi=edition_name,
        jam=hour,
        peran=role_name,
        nik=masking.masked_nik,
        sidik=fingerprint,
        rincian=person_detail,
        awal_besar=sentence,
        nada=letter_tone,
        judul_naskah=title_of,
        tanpa_pengirim=nobody_known,
        kaitan=tie,
        tugas=duty_words,
        serentet=runs_of,
        berbagian=in_sections,
        angka_tanggal=numeric_day,
    )
    jinja.globals.update(statis=static_path, ukuran=size_of, versi=__version__, peran_akun=role_options)
    return jinja


def render(page: str, values: Mapping[str, Any]) -> str:
    """Return a page (a file of ``desk/pages``) with these values."""
    return _environment().get_template(page).render(values)


#: The static files by name.
STATIC_FILES = {
    file.name: file.read_bytes()
    for file in (resources.files("pipeline.desk") / "static").iterdir()
    if not file.name.startswith(("_", "."))
}
_marks = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in STATIC_FILES.items()}


def static_path(name: str) -> str:
    """Return the address of a static file; it changes when the file does, so browsers may keep it for good."""
    return f"/statis/{name}?v={_marks[name]}"


def sentence(text: str) -> str:
    """Return words as the beginning of a sentence; what is written in capitals stays so (``penutup PDF``)."""
    words = str(on_page(text))
    return words[:1].upper() + words[1:]


def runs_of(rows: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return passages of two versions with those together that stand together and are of one kind."""
    return [(kind, list(some)) for kind, some in groupby(rows, lambda row: row.kind.value)]


def fingerprint(text: str) -> str:
    """Return a short name for any text, fit for an element's id."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]


def size_of(size: int) -> str:
    """Return a file's size as people read it: ``340 KB``, ``2,4 MB``."""
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1_000_000 else f"{max(1, round(size / 1e3))} KB"


def person_detail(key: str) -> str:
    """Return what a detail of a person is called."""
    return PERSON_LABELS.get(key, key)


def letter_tone(letter: Letter | LetterRow) -> str:
    """Return the tone in which a letter's state is shown."""
    return _TONES.get(letter.state, "tunggu")


def nobody_known(row: Row) -> str:
    """Return what stands in a list where nobody is known from whom a case came; letters have senders."""
    who = "pengirim" if row.staff else "pelapor"
    return f"Tanpa {who}" if row.confirmed else f"{who.capitalize()} belum terbaca"


def role_options(roles: Iterable[str]) -> list[tuple[str, str]]:
    """Return roles as the options of a question."""
    return [(role, role_name(role)) for role in roles]


def numeric_day(value: date | str | None) -> str:
    """Return a day or moment as people type it (``25-11-2026``); any other text as it is."""
    return numeric(str(value or ""))


def moment(value: datetime | str | None) -> str:
    """Return a moment as lists show it: ``25 Nov 2026 08.15``; a dash for none."""
    return f"{day(value)} {hour(value)}" if value else "–"


def day(value: date | datetime | str | None) -> str:
    """Return a day as lists show it: ``25 Nov 2026``; a dash for none."""
    if not value:
        return "–"
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {_SHORT[found.month - 1]} {found.year}"


def edition_name(key: str) -> str:
    """Return what people call an edition of an SOP: its day, and what stands behind it (``8 Jan 2027 (kantor)``)."""
    found = re.fullmatch(r"(?:[a-z][a-z0-9-]*-)?(\d{4}-\d\d-\d\d)(?:-(.+))?", key)
    if not found:
        return key
    return f"{day(found[1])} ({found[2]})" if found[2] else day(found[1])


def hour(value: datetime | str | None) -> str:
    """Return a time of day: ``08.15``."""
    if not value:
        return "–"
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{found:%H.%M}"


SIZE = 50  # items of a long list on a page


def pages_of(total: int, size: int = SIZE) -> int:
    """Return how many pages a list of so many items has: one, even if it is empty."""
    return max(1, ceil(total / size))


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: its items, which page it is of how many, and how many items there are in all."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int


def paged(items: Sequence[Any], asked: int) -> Paged:
    """Return the page that was asked for (from 1), or the last if there are fewer."""
    pages = pages_of(len(items))
    number = min(asked, pages)
    return Paged(items[(number - 1) * SIZE : number * SIZE], number, pages, len(items))


#: How pages say what the terminal says as commands.
PAGE_WAYS: Mapping[Act, str] = {
    Act.LOOK_UP_CASE: "di buku register",
    Act.LIST_INBOX: "di kotak masuk",
    Act.LOOK_AGAIN: "muat ulang halaman ini",
    Act.PRINT_COVER: "dari halaman perkaranya",
    Act.MAKE_MOVE: "di halaman perkaranya",
    Act.LIST_ACCOUNTS: "di halaman Akun",
    Act.ADD_SCAN: "pilih pindaiannya",
    Act.OMIT_SCAN: "ulangi tanpa berkas",
    Act.FILL_IN: "isilah, lalu kirim lagi",
    Act.WATCH_INBOX: "pemantau",
}


def on_page(value: Any) -> Any:
    """Return a value as pages show it: advice with the acts of pages, all else as it is."""
    return value.said(PAGE_WAYS) if isinstance(value, Advice) else value


def words_of(fault: YankomasError) -> str:
    """Return in one line what a fault says and what can be done about it on a page."""
    return f"{on_page(fault.message)} {on_page(fault.remedy)}".strip()


@dataclass(frozen=True, slots=True)
class NavigationPlace:
    """A page that navigation leads to. ``icon`` names a symbol of ``ikon.svg``; ``of_centre``: only at a centre."""

    path: str
    label: str
    icon: str
    right: Right
    of_centre: bool = False


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A place as shown to somebody; ``here``: they are on it or below it."""

    path: str
    label: str
    icon: str
    here: bool


PLACES = (
    NavigationPlace("/", "Meja saya", "meja", Right.SIGNED_IN),
    NavigationPlace("/kotak-masuk", "Kotak masuk", "kotak", Right.SEND_FILES),
    NavigationPlace("/kirim", "Kirim berkas", "kotak", Right.SEND_FILES),
    NavigationPlace("/verifikasi", "Verifikasi", "verifikasi", Right.VERIFY),
    NavigationPlace("/surat", "Surat", "surat", Right.REGISTER),
    NavigationPlace("/tanda-tangan", "Tanda tangan", "tanda-tangan", Right.MOVE_CASES),
    NavigationPlace("/buka", "Buka perkara", "buka", Right.OPEN_CASES),
    NavigationPlace("/pindah", "Kantor lain", "surat", Right.MOVE_CASES, of_centre=True),
    NavigationPlace("/register", "Buku register", "register", Right.REGISTER),
    NavigationPlace("/arsip", "Arsip", "arsip", Right.ARCHIVE),
    NavigationPlace("/penyusutan", "Penyusutan arsip", "arsip", Right.RECORDS),
    NavigationPlace("/ringkasan", "Ringkasan", "ringkasan", Right.SUMMARY),
    NavigationPlace("/data-pribadi", "Data pribadi", "akun", Right.PERSONAL_DATA),
    NavigationPlace("/templat", "Templat", "templat", Right.TEMPLATES),
    NavigationPlace("/sop", "SOP", "sop", Right.SIGNED_IN),
    NavigationPlace("/pengaturan", "Pengaturan", "pengaturan", Right.SETTINGS),
    NavigationPlace("/keutuhan", "Keutuhan", "keutuhan", Right.INTEGRITY),
    NavigationPlace("/akun", "Akun", "akun", Right.PEOPLE),
    NavigationPlace("/akses", "Catatan akses", "akses", Right.ACCESS_LOG),
)
#: Pages below none of the places: where they belong, the first of these that somebody has.
_BELOW: Mapping[str, tuple[str, ...]] = {
    "/kasus": ("/register",),
    "/ekspedisi": ("/surat",),
    "/buku-lama": ("/keutuhan",),
    "/laporan-lain": ("/kotak-masuk",),
    "/kepuasan": ("/ringkasan",),
    "/kebocoran": ("/data-pribadi", "/keutuhan"),
    "/masa-simpan": ("/keutuhan",),
    "/pinjaman": ("/penyusutan",),
    "/tutup-tahun": ("/penyusutan",),
}


def navigation(roles: Collection[str], path: str, *, of_centre: bool = False) -> list[NavigationLink]:
    """Return the places for somebody with these roles who is at ``path``, in an office alone or one of a centre."""
    top = "/" + path.split("/")[1]
    there = [p for p in PLACES if may(roles, p.right) and (of_centre or not p.of_centre)]
    theirs = {p.path for p in there}
    here = next((place for place in _BELOW.get(top, (top,)) if place in theirs), top)
    return [NavigationLink(p.path, p.label, p.icon, p.path == here) for p in there]
