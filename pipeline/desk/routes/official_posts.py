"""*Pengaturan, Pejabat*: who holds which post. One that decides may have to be confirmed by a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from pipeline.access.requests import OFFICIAL
from pipeline.access.rights import Right
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.settings import overview_with
from pipeline.desk.setting_up import answers_of, parts_of, steps_of
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, SettingsFault, YankomasError
from pipeline.office.posts import Row, rows_of
from pipeline.work.official_posts import POST_ROWS, fill_post, post_mark, post_texts, posts_of
from pipeline.work.setting_forms import row_numbers, shown_value

pages = Pages()
_ROW_KEYS = tuple(one.key for one in POST_ROWS.fields)


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as its page shows it: its rows in the file, and the texts of its form with the numbers of their rows."""

    role: str
    rows: tuple[Row, ...]
    texts: Mapping[str, str]
    numbers: Sequence[int]
    mark: str


@pages.get("/pengaturan/pejabat", Right.SETTINGS, Lane.QUICK, personal=False)
def posts(visit: Visit) -> Response:
    """Show who holds which post."""
    try:
        return _posts(visit)
    except SettingsFault as fault:
        return overview_with(visit, fault)


@pages.post("/pengaturan/pejabat/{role}", Right.SETTINGS, Lane.QUICK, personal=False)
def fill(visit: Visit) -> Response:
    """Name who holds a post, or ask a second person to confirm it."""
    role = str(visit.request.path_params["role"])
    try:
        filled = fill_post(
            role,
            answers_of(visit),
            visit.text("dilihat"),
            by=visit.who.login,
            parts=parts_of(visit),
            grants=visit.grant_parts,
        )
    except (Incomplete, NotAllowed, SettingsFault) as fault:
        return _posts(visit, role, fault)
    if filled.waits:
        said = "Perubahan jabatan itu menunggu pengesahan orang kedua; sampai disahkan, yang lama berlaku."
        return visit.go("/pengaturan/pejabat", said, kind="perhatian")
    return visit.go("/pengaturan/pejabat", "Pejabat disimpan." if filled.changed else "Tidak ada yang berubah.")


def _posts(visit: Visit, role: str = "", fault: YankomasError | None = None) -> Response:
    values, waiting = visit.desk.root.office_file.values(), visit.desk.people.requests.waiting()
    shown = []
    of = visit.desk.root.office_roles
    for one in posts_of(of):
        texts = {**post_texts(values, one), **(answers_of(visit) if one == role else {})}
        there = tuple({key: shown_value(row.get(key, "")) for key in _ROW_KEYS} for row in rows_of(values, one))
        shown.append(ShownPost(one, there, texts, row_numbers(POST_ROWS.key, texts), post_mark(values, one)))
    unnamed = (post.role for post in shown if post.role in of.deciding and not any(row["nama"] for row in post.rows))
    return visit.show(
        "pengaturan-pejabat.html",
        422 if fault else 200,
        title="Pejabat",
        posts=shown,
        first="" if fault else next(unnamed, ""),
        fields=POST_ROWS.fields,
        deciding=of.deciding,
        asked=role,
        fault=fault,
        wrong=wrong_with(fault),
        waiting={name for r in waiting if r.kind == OFFICIAL for name in r.names},
        steps=steps_of(visit),
        here="pejabat",
    )
