"""What was typed, as pages show it again: in its form, or as texts to be copied."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from pipeline.access.drafts import WITH_FILES, Draft
from pipeline.desk.rendering import PLACES, render

#: Where the page's script sends what is being typed, and the field that says which form that is of.
HERE, FORM = "/ketikan", "formulir"
#: Fields that a form sends by itself: where nothing else stands, nothing was typed.
_SENT_BY_ITSELF = frozenset(
    {"dilihat", "versi", "dasar", "sebagai", "berkas", "jenis", "titipan", "kunci", "token", "tambah", "simpan"}
)
_FORM = re.compile(r"<form\b[^>]*\baction=\"([^\"]*)\"")
_ROW = re.compile(r"(\w+)\.(\d+)\.(\w+)")


def forms_of(page: str) -> set[str]:
    """Return the addresses to which a page's forms are sent."""
    return {html.unescape(address) for address in _FORM.findall(page)}


def is_worth_keeping(draft: Draft) -> bool:
    """Say whether somebody typed or chose anything."""
    return bool(draft.files) or any(text.strip() for name, text in draft.fields if name not in _SENT_BY_ITSELF)


def filled(page: str, drafts: Sequence[Draft], here: str = "", token: str = "") -> str:
    """Return a page with these drafts in their forms.

    With ``here`` (the page's address) and the forms' ``token`` each says that it is a draft, and can be thrown away.
    """
    from pipeline.desk.filling import FilledPage  # a parser of pages, for who has typed something

    made, done = FilledPage(page), []
    for draft in drafts:
        form = made.form(draft.form, draft.fields)
        if form is None or form in done:
            continue
        done.append(form)
        seen = next((text for name, text in draft.fields if name == "dilihat"), "")
        changed = seen != made.hidden(form, "dilihat")
        made.fill(form, draft.fields)
        if kept := [file for file in draft.files if file.kept]:
            made.with_files(form, render("ketikan-berkas.html", {"files": kept, "name": WITH_FILES}))
        if here or (draft.files and not kept):
            notice = {"draft": draft, "here": here, "token": token, "changed": changed}
            made.tell(form, render("ketikan-kembali.html", notice))
    return str(made)


def told(draft: Draft) -> list[tuple[str, str]]:
    """Return what was typed with the names of its fields, as people read it: to be copied."""
    return [(_label(name), text) for name, text in draft.fields if text.strip() and name not in _SENT_BY_ITSELF]


def _label(name: str) -> str:
    bare = name.removeprefix("i.").removesuffix(".frasa")
    if row := _ROW.fullmatch(bare):
        bare = f"{row[1]} {row[2]}" if row[3].isdecimal() else f"{row[1]} {row[2]}: {row[3]}"
    words = bare.replace("_", " ")
    return words[:1].upper() + words[1:]


def title(draft: Draft) -> str:
    """Return what a draft's form is called in lists."""
    _, top, *rest = draft.form.split("/")
    place = next((place.label for place in PLACES if place.path == f"/{top}"), top.replace("-", " ").capitalize())
    number, act = ("/".join(rest[:2]), rest[2:]) if top in ("kasus", "verifikasi") else ("", rest)
    words = " ".join(part for part in act if part != "gerak").replace("-", " ")
    return " · ".join(filter(None, ("Perkara" if top == "kasus" else place, number, words)))
