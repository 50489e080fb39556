"""*Pengaturan*: the office set up at the desk, step by step, by the admin.

Each part is a form of its own. What it says is taken into use once all of the settings can be used with it; no process
is started anew for that. Who holds a post that decides may have to be confirmed by a second person.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from pipeline.access.accounts import DECIDING
from pipeline.access.requests import OFFICIAL
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, Refused, SettingsFault, YankomasError
from pipeline.letters.ports import MOST_LOGO_BYTES
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.office.posts import Row, rows_of
from pipeline.reading.filed_reading import reading_view
from pipeline.register.case_view import readable
from pipeline.work.office_settings import SettingsParts, open_form, require_usable, save
from pipeline.work.official_posts import POST_ROWS, POSTS, fill_post, post_mark, post_texts
from pipeline.work.setting_forms import SettingForm, row_numbers, setting_form
from pipeline.work.setup_steps import SetupStep, setup_steps, waits_for

pages = Pages()
_HISTORY = 20  # of the last changes that are shown
_WIDE = 900  # pixels of a page of the receipt that is tried
_ROW_KEYS = tuple(one.key for one in POST_ROWS.fields)


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as its page shows it: its rows in the file, and the texts of its form with the numbers of their rows."""

    role: str
    rows: tuple[Row, ...]
    texts: Mapping[str, str]
    numbers: Sequence[int]
    mark: str


@pages.get("/pengaturan", Right.SETTINGS, Lane.QUICK, personal=False)
def overview(visit: Visit) -> Response:
    """Show the steps of setting up, how each stands, and the last changes."""
    return _overview(visit)


def _overview(visit: Visit, fault: YankomasError | None = None) -> Response:
    steps, record = _steps(visit), visit.desk.root.office_file
    if fault is None:
        try:
            require_usable(record.values(), {})
        except (Incomplete, SettingsFault) as found:  # edited by hand; what was in use before stays so
            fault = found
    return visit.show(
        "pengaturan.html",
        fault=fault,
        title="Pengaturan",
        steps=steps,
        missing=waits_for(steps),
        history=record.history()[: -_HISTORY - 1 : -1],
    )


@pages.get("/pengaturan/pejabat", Right.SETTINGS, Lane.QUICK, personal=False)
def posts(visit: Visit) -> Response:
    """Show who holds which post."""
    try:
        return _posts(visit)
    except SettingsFault as fault:
        return _overview(visit, fault)


@pages.post("/pengaturan/pejabat/{role}", Right.SETTINGS, Lane.QUICK, personal=False)
def fill(visit: Visit) -> Response:
    """Name who holds a post, or ask a second person to confirm it."""
    role = str(visit.request.path_params["role"])
    try:
        filled = fill_post(
            role,
            _answers(visit),
            visit.text("dilihat"),
            by=visit.who.login,
            parts=_parts(visit),
            grants=visit.grant_parts,
        )
    except (Incomplete, NotAllowed, SettingsFault) as fault:
        return _posts(visit, role, fault)
    if filled.waits:
        said = "Perubahan jabatan itu menunggu pengesahan orang kedua; sampai disahkan, yang lama berlaku."
        return visit.go("/pengaturan/pejabat", said, kind="perhatian")
    return visit.go("/pengaturan/pejabat", "Pejabat disimpan." if filled.changed else "Tidak ada yang berubah.")


@pages.get("/pengaturan/percobaan", Right.SETTINGS, Lane.QUICK, personal=False)
def trial(visit: Visit) -> Response:
    """Offer to try the whole way of a letter, without a number."""
    return _trial(visit)


@pages.post("/pengaturan/percobaan", Right.SETTINGS, Lane.PAPERS, personal=False)
def try_letter(visit: Visit) -> Response:
    """Read a sample letter, and print a receipt with the office's letterhead; nothing of it is kept."""
    root, desk = visit.desk.root, visit.desk
    letter = root.sample_letter()
    letters = reading_view(letter, desk.reader, desk.now())["letters"]
    previews = root.template_previews
    pdf = previews.of_version(root.template_version(RECEIPT, desk.now().date()), previews.sample(RECEIPT, "lazim"))
    drawn = [(letter, "surat contoh"), (root.in_memory("tanda-terima.pdf", pdf), "tanda terima")]
    pictures = [(words, base64.b64encode(desk.previews.page(blob, 1, _WIDE).webp).decode()) for blob, words in drawn]
    return _trial(visit, pictures, readable(letters[0]["fields"]) if letters else "")


@pages.get("/pengaturan/logo", Right.SETTINGS, Lane.PICTURES, personal=False)
def logo(visit: Visit) -> Response:
    """Give the logo as a picture, drawn in a confined child."""
    root = visit.desk.root
    picture = visit.desk.previews.page(root.in_memory("logo.png", root.logo.read()), 1, 240)
    return Response(picture.webp, media_type="image/webp")


@pages.post("/pengaturan/logo", Right.SETTINGS, Lane.PAPERS, personal=False, uploads="state", largest=MOST_LOGO_BYTES)
def change_logo(visit: Visit) -> Response:
    """Look a picture through in a confined child, and make it the office's logo."""
    try:
        sent = visit.sent_file("Pilih gambar PNG lambang kantor.")
        found = visit.desk.reader.inspect(sent)
        if found.media != "image/png":
            raise Refused("jenis", "Lambang kop harus gambar PNG.", "Simpan gambarnya sebagai PNG, lalu pilih lagi.")
        with sent.local() as path:
            png = path.read_bytes()
    except (Incomplete, Refused) as fault:
        return _form(visit, setting_form("kop"), logo_fault=fault)
    visit.note(about=f"logo: {sent.sha256[:12]}")
    visit.desk.root.logo.replace(png)
    return visit.go("/pengaturan/kop", "Lambang kop disimpan.")


@pages.post("/pengaturan/logo/hapus", Right.SETTINGS, Lane.QUICK, personal=False)
def drop_logo(visit: Visit) -> Response:
    """Print without a logo from now on."""
    visit.note(about="logo: tidak ada")
    visit.desk.root.logo.replace(b"")
    return visit.go("/pengaturan/kop", "Lambang kop dihapus; surat tercetak tanpa lambang.")


@pages.get("/pengaturan/{part}", Right.SETTINGS, Lane.QUICK, personal=False)
def part(visit: Visit) -> Response:
    """Show the form of a part."""
    form = setting_form(str(visit.request.path_params["part"]))
    try:
        return _form(visit, form)
    except SettingsFault as fault:
        return _overview(visit, fault)


@pages.post("/pengaturan/{part}", Right.SETTINGS, Lane.QUICK, personal=False)
def change(visit: Visit) -> Response:
    """Set what the form of a part says."""
    form = setting_form(str(visit.request.path_params["part"]))
    try:
        keys = save(form, _answers(visit), visit.text("dilihat"), by=visit.who.login, parts=_parts(visit))
    except (Incomplete, SettingsFault) as fault:
        return _form(visit, form, fault)
    if keys and form.key == "cadangan":
        visit.grant_parts.tell(f"{visit.who.login} mengubah pengaturan cadangan.", visit.who.login)
    onward = _after(visit, form.key) if visit.text("lanjut") else f"/pengaturan/{form.key}"
    return visit.go(onward, f"{form.title} disimpan dan sudah berlaku." if keys else "Tidak ada yang berubah.")


def _parts(visit: Visit) -> SettingsParts:
    return visit.desk.settings_parts(lambda about: visit.note(about=about))


def _answers(visit: Visit) -> dict[str, str]:
    return {name: visit.text(name) for name in visit.form}


def _steps(visit: Visit) -> tuple[SetupStep, ...]:
    desk = visit.desk
    changed = {one.part for one in desk.root.office_file.history()}
    return setup_steps(desk.root.settings, desk.people.accounts.all(), desk.now().date(), changed)


def _after(visit: Visit, key: str) -> str:
    """Return where the next step is done."""
    steps = _steps(visit)
    at = next(n for n, step in enumerate(steps) if step.key == key)
    return steps[at + 1].path if at + 1 < len(steps) else "/pengaturan"


def _form(
    visit: Visit, form: SettingForm, fault: YankomasError | None = None, logo_fault: YankomasError | None = None
) -> Response:
    root = visit.desk.root
    opened = open_form(form, root.office_file)
    texts = {**opened.texts, **(_answers(visit) if fault else {})}
    return visit.show(
        "pengaturan-bagian.html",
        422 if fault or logo_fault else 200,
        title=form.title,
        form=form,
        texts=texts,
        mark=opened.mark,
        numbers=row_numbers(form.rows.key, texts) if form.rows else (),
        wrong_rows=set(row_numbers(form.rows.key, _wrong(fault))) if form.rows else set(),
        fault=fault,
        logo_fault=logo_fault,
        wrong=_wrong(fault),
        steps=_steps(visit),
        here=form.key,
        has_logo=root.logo.there,
        holidays=_holidays(visit) if form.key == "hari-libur" else (),
    )


def _posts(visit: Visit, role: str = "", fault: YankomasError | None = None) -> Response:
    values, waiting = visit.desk.root.office_file.values(), visit.desk.people.requests.waiting()
    shown = []
    for one in POSTS:
        texts = {**post_texts(values, one), **(_answers(visit) if one == role else {})}
        there = tuple(dict.fromkeys(_ROW_KEYS, "") | dict(row) for row in rows_of(values, one))
        shown.append(ShownPost(one, there, texts, row_numbers(POST_ROWS.key, texts), post_mark(values, one)))
    unnamed = (post.role for post in shown if post.role in DECIDING and not any(row["nama"] for row in post.rows))
    return visit.show(
        "pengaturan-pejabat.html",
        422 if fault else 200,
        title="Pejabat",
        posts=shown,
        first="" if fault else next(unnamed, ""),
        fields=POST_ROWS.fields,
        deciding=DECIDING,
        asked=role,
        fault=fault,
        wrong=_wrong(fault),
        waiting={name for r in waiting if r.kind == OFFICIAL for name in r.names},
        steps=_steps(visit),
        here="pejabat",
    )


def _trial(visit: Visit, pictures: list[tuple[str, str]] | None = None, read: str = "") -> Response:
    return visit.show(
        "pengaturan-percobaan.html",
        title="Surat percobaan",
        pictures=pictures,
        read=read,
        steps=_steps(visit),
        here="percobaan",
    )


def _wrong(fault: YankomasError | None) -> Mapping[str, str]:
    return {name: why for name, (_, why) in fault.fields.items()} if isinstance(fault, Incomplete) else {}


def _holidays(visit: Visit) -> list[tuple[date, str]]:
    year, root = visit.desk.now().year, visit.desk.root
    return [(day, name) for one in (year, year + 1) for day, name in root.national_days(one).items()]
