"""Who holds which post, changed from a form. Whoever changes it makes nobody an official alone (decision 25).

A post that decides and signs, and that somebody who could come in ever held, waits for a second person; all others
are filled at once, and told to admins and officials.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.access.accounts import checked_nip
from pipeline.access.confirmation import ask_for_post
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import Request
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.office_file import KeyFault
from pipeline.office.officials import ON_BEHALF, Official
from pipeline.office.posts import PostChange, Row, read_post_change, rows_of, with_rows
from pipeline.office.roles import ARCHIVIST, OfficeRoles
from pipeline.office.settings_changes import mark_of
from pipeline.work.office_settings import SettingsParts, require_usable
from pipeline.work.setting_forms import SettingField, SettingRows, read_rows, row_numbers, shown_value
from pipeline.work.settings import official_of

_ACTING = {"": "definitif", "Plt.": "Plt.", "Plh.": "Plh.", ON_BEHALF: "a.n. (atas nama)"}
#: The rows of a post's form.
POST_ROWS = SettingRows(
    "jabatan",
    "Pejabat",
    "",
    (
        SettingField("nama", "Nama dengan gelar", longest=120),
        SettingField("nip", "NIP", longest=40),
        SettingField("jabatan", "Nama jabatan", required=True, longest=120),
        SettingField("sebagai", "Sebagai", "pilihan", options=_ACTING),
        SettingField("mulai", "Hari pertama", "hari", hint="Boleh kosong; misalnya 1 Januari 2027"),
        SettingField("sampai", "Hari terakhir", "hari", hint="Boleh kosong"),
        SettingField("jabatan_sendiri", "Jabatan sendiri", longest=120, hint="Hanya untuk a.n."),
    ),
)
#: What belongs to no name or title, and could tell who confirms a change that somebody else gets the post.
_TELLING_OTHERWISE = re.compile(r";|\bNIP\b|\d{6}", re.IGNORECASE)
_NAMING = ("nama", "jabatan", "jabatan_sendiri")
_PART = "pejabat"


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of it: whether anything changed, and whether that waits for a second person."""

    changed: bool
    waits: bool = False


def posts_of(of: OfficeRoles) -> tuple[str, ...]:
    """Return the roles whose posts are filled here: those that decide, in the order of the chart, then the others."""
    others = (role for role in of.lanes if role not in of.deciding)
    return (*of.deciding, *others, ARCHIVIST)


def post_texts(values: Mapping[str, Any], role: str) -> dict[str, str]:
    """Return the texts of a post's form, and of one row more than there are, by their names."""
    there = rows_of(values, role)
    title = there[-1].get("jabatan", "") if there else ""
    texts: dict[str, str] = {}
    for number, row in enumerate([*there, {"jabatan": title if not there else ""}], start=1):
        texts |= {f"jabatan.{number}.{one.key}": shown_value(row.get(one.key, "")) for one in POST_ROWS.fields}
    return texts


def post_mark(values: Mapping[str, Any], role: str) -> str:
    """Return the mark by which a post's form knows whether anybody changed the post meanwhile."""
    return mark_of({"rows": [dict(row) for row in rows_of(values, role)]}, [("rows",)])


def fill_post(
    role: str, answers: Mapping[str, str], seen: str, *, by: str, parts: SettingsParts, grants: GrantParts
) -> Filled:
    """Name who holds a post; if somebody else has to confirm that, it waits for them.

    Raises:
        NotFound: no such post is filled here.
        Incomplete: an answer cannot be used, or somebody changed this post meanwhile.
        NotAllowed: a change of this post waits already.
        SettingsFault: the file cannot be read or changed, or who holds the post now cannot be told.
    """
    if role not in posts_of(grants.of):
        raise NotFound("Jabatan itu tidak diisi di sini.", "Pilih di halaman Pejabat.")
    values = parts.file.values()
    change = PostChange(role, rows_of(values, role), _rows(role, answers))
    if change.rows == change.before:
        return Filled(changed=False)
    if seen != post_mark(values, role):
        raise _overtaken()
    require_usable({**values, "jabatan": with_rows(values, change)}, {})
    if role in grants.of.deciding and grants.staff.could_tell(role, by):
        _require_readable(values, role)
        ask_for_post(change, by=by, parts=grants)
        return Filled(changed=True, waits=True)
    _write(change, by=by, parts=parts, before_it=lambda: parts.note(f"{_PART}: {role}"))
    grants.tell(f"{by} mengubah {change.words}.", by)
    return Filled(changed=True)


def appoint(request: Request, *, by: str, parts: SettingsParts, claim: Callable[[], bool]) -> None:
    """Fill a post as it was asked for; ``claim`` settles the request, and says whether it still waited.

    Raises:
        NotFound: it waits no more.
        NotAllowed: the post was changed since it was asked for.
        SettingsFault: the file cannot be read or changed.
    """

    def settled() -> None:
        if not claim():
            raise NotFound("Permohonan itu sudah diputuskan orang lain.", "Lihat daftarnya di halaman Pengesahan.")

    try:
        change = read_post_change(request.detail)
        _write(change, by=request.by, parts=parts, before_it=settled, confirmed_by=by)
    except Incomplete as fault:
        raise NotAllowed(
            "Jabatan itu berubah sejak perubahan ini diminta.", "Tolak permohonan ini; mintalah mengajukannya lagi."
        ) from fault


def _write(
    change: PostChange, *, by: str, parts: SettingsParts, before_it: Callable[[], None], confirmed_by: str = ""
) -> None:
    def check(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if rows_of(before, change.role) != change.before or after.get("jabatan") != with_rows(before, change):
            raise _overtaken()  # another post may have been changed since the rows were put together
        require_usable(after, {})
        before_it()

    rows = with_rows(parts.file.values(), change)
    parts.file.change(_PART, {("jabatan",): rows}, by=by, at=parts.now, check=check, confirmed_by=confirmed_by)


def _require_readable(values: Mapping[str, Any], role: str) -> None:
    """Make sure that who is to confirm a change can be told who holds the post now.

    Raises:
        SettingsFault: somebody edited it into something that cannot be used; names the key.
    """
    for position, row in enumerate(values["jabatan"], start=1):
        if row in rows_of(values, role):
            official_of(position, row)


def _overtaken() -> Incomplete:
    return Incomplete(
        "Jabatan ini baru saja diubah orang lain; yang Anda ketik ada di bawah.",
        "Bandingkan dengan yang sekarang berlaku, lalu simpan lagi.",
    )


def _rows(role: str, answers: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows that were filled in.

    Raises:
        Incomplete: an answer cannot be used; names every one of them.
    """
    kept = {name: text for name, text in answers.items() if not answers.get(_dropped(name))}
    wrong: dict[str, tuple[str, str]] = {}
    rows = [{"peran": role, **row} for row in read_rows(POST_ROWS, kept, wrong)]
    numbers = [n for n in row_numbers("jabatan", kept) if _is_filled(n, kept)]
    there: list[tuple[int, Official]] = []
    for number, row in zip(numbers, rows, strict=True):
        for key in _NAMING:
            if _TELLING_OTHERWISE.search(str(row.get(key, ""))):
                wrong[f"jabatan.{number}.{key}"] = ("Pejabat", "tulis nama atau jabatan itu saja")
        try:
            official = official_of(number, row)
            checked_nip(str(row.get("nip", "")))
        except KeyFault as fault:
            wrong.setdefault(f"jabatan.{number}.{fault.key.rpartition('.')[2]}", ("Pejabat", f"{fault.fact}"))
        except Incomplete as fault:
            wrong.setdefault(f"jabatan.{number}.nip", ("NIP", f"{fault.message} {fault.remedy}"))
        else:
            if not official.acting and (other := _at_once_with(official, there)):
                why = f"pada hari yang sama ada pejabat di baris {other}; isi hari terakhirnya"
                wrong.setdefault(f"jabatan.{number}.mulai", ("Hari pertama", why))
            there.append((number, official))
    if wrong:
        raise Incomplete("Pejabat belum disimpan.", "Betulkan isian yang ditandai, lalu simpan lagi.", wrong)
    return tuple(rows)


def _is_filled(number: int, answers: Mapping[str, str]) -> bool:
    return any(answers.get(f"jabatan.{number}.{one.key}", "").strip() for one in POST_ROWS.fields)


def _dropped(name: str) -> str:
    """Return the name of the tick that takes a row out."""
    row, _, _ = name.rpartition(".")
    return f"{row}.hapus"


def _at_once_with(official: Official, others: list[tuple[int, Official]]) -> int:
    """Return the row of another who holds the post itself on one of the same days; 0 if nobody does."""
    since, until = official.since or date.min, official.until or date.max
    return next(
        (
            number
            for number, o in others
            if not o.acting and (o.since or date.min) <= until and since <= (o.until or date.max)
        ),
        0,
    )
