"""*Pengaturan, Surat percobaan*: the whole way of a letter, without a number; and the logo that its receipt shows."""

from __future__ import annotations

import base64
from datetime import date

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.settings import form_page
from pipeline.desk.setting_up import steps_of
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotFound, Refused
from pipeline.letters.logo_picture import logo_of
from pipeline.letters.ports import MOST_LOGO_BYTES
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.office.nomenclature import TABLE as NOMENCLATURE
from pipeline.reading.filed_reading import reading_view
from pipeline.register.case_view import readable
from pipeline.work.setting_forms import setting_form

pages = Pages()
_WIDE = 900  # pixels of a page of the receipt that is tried


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
def logo_picture(visit: Visit) -> Response:
    """Give the logo as a picture, drawn in a confined child."""
    root, since = visit.desk.root, _since(visit)
    picture = visit.desk.previews.page(root.in_memory("logo.png", root.logo(since).read()), 1, 240)
    return Response(picture.webp, media_type="image/webp")


@pages.post("/pengaturan/logo", Right.SETTINGS, Lane.PAPERS, personal=False, uploads="state", largest=MOST_LOGO_BYTES)
def change_logo(visit: Visit) -> Response:
    """Look a picture through in a confined child, and make it the office's logo: of its first name, or since a day."""
    since = _since(visit)
    try:
        sent = visit.sent_file("Pilih gambar PNG lambang kantor.")
        found = visit.desk.reader.inspect(sent)
        if found.media != "image/png":
            raise Refused("jenis", "Lambang kop harus gambar PNG.", "Simpan gambarnya sebagai PNG, lalu pilih lagi.")
        with sent.local() as path:
            png = logo_of(path.read_bytes())
    except (Incomplete, Refused) as fault:
        return form_page(visit, setting_form(NOMENCLATURE if since else "kop"), logo_fault=fault)
    visit.note(about=f"logo: {sent.sha256[:12]}")
    visit.desk.root.logo(since).replace(png)
    return visit.go(_page(since), "Lambang kop disimpan.")


@pages.post("/pengaturan/logo/hapus", Right.SETTINGS, Lane.QUICK, personal=False)
def drop_logo(visit: Visit) -> Response:
    """Print without a logo from now on."""
    since = _since(visit)
    visit.note(about="logo: tidak ada")
    visit.desk.root.logo(since).replace(b"")
    left = "yang sebelumnya berlaku" if since else "surat tercetak tanpa lambang"
    return visit.go(_page(since), f"Lambang kop dihapus; {left}.")


def _since(visit: Visit) -> date | None:
    """Return the first day of the name whose logo is meant; None: the office's first name.

    Raises:
        NotFound: the office gets no name that day.
    """
    told = visit.text("mulai") or visit.asked("mulai")
    periods = visit.desk.root.settings.office.periods
    found = next((one.since for one in periods if one.since and one.since.isoformat() == told), None)
    if told and found is None:
        raise NotFound("Tidak ada nama kantor yang mulai hari itu.", "Simpan dahulu perubahan nomenklaturnya.")
    return found


def _page(since: date | None) -> str:
    return f"/pengaturan/{NOMENCLATURE if since else 'kop'}"


def _trial(visit: Visit, pictures: list[tuple[str, str]] | None = None, read: str = "") -> Response:
    return visit.show(
        "pengaturan-percobaan.html",
        title="Surat percobaan",
        pictures=pictures,
        read=read,
        steps=steps_of(visit),
        here="percobaan",
    )
