"""Forms of a page filled with what was typed: every form of the desk, whatever its page knows of it.

A page is made as always; here its form gets the typed values by the names of its controls, as a browser would have sent
them. Hidden fields stay as the page made them (what a case stands at now), passphrases empty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from copy import deepcopy

from lxml.html import HtmlElement, document_fromstring, fragment_fromstring, tostring

from pipeline.access.drafts import PAGE, RENDERING, TOKEN, Fields

#: Hidden fields that differ each time a page is made; by all others one form is told from another with its address.
VOLATILE = frozenset({TOKEN, PAGE, RENDERING, "dilihat", "versi", "dasar", "i.versi", "sebagai"})
_ROW = re.compile(r"(.+)\.(\d{1,3})\.(\w+)")
_MOST_ROWS = 200
_NO_ANSWER = ("hidden", "password", "file", "submit", "button", "image", "reset")


class FilledPage:
    """A page that is being filled."""

    def __init__(self, page: str) -> None:
        self._page = document_fromstring(page)

    def __str__(self) -> str:
        """Return the page."""
        return str(tostring(self._page, encoding="unicode", doctype="<!doctype html>"))

    def form(self, address: str, fields: Fields) -> HtmlElement | None:
        """Return the form of that address which these fields are of, or None."""
        values = _by_name(fields)
        forms = (f for f in self._page.iter("form") if f.get("action") == address and f.get("method") == "post")
        return next((form for form in forms if _is_of(form, values)), None)

    @staticmethod
    def fill(form: HtmlElement, fields: Fields) -> None:
        """Fill a form, with as many rows as were typed, and open what it is folded into."""
        values = _by_name(fields)
        _add_rows(form, values)
        for control in form.iter("input", "textarea", "select"):
            if name := control.get("name"):
                if any(values.get(name, ())) and control.get("type") not in _NO_ANSWER:
                    _unfold(control)
                _answer(control, values.get(name))
        _unfold(form)

    @staticmethod
    def hidden(form: HtmlElement, name: str) -> str:
        """Return what stands in a hidden field of a form; nothing if it has none of that name."""
        return next((str(e.get("value", "")) for e in form.iter("input") if e.get("name") == name), "")

    @staticmethod
    def with_files(form: HtmlElement, words: str) -> None:
        """Say in a form which files go with it, so that none need be chosen again."""
        for control in form.iter("input"):
            if control.get("type") == "file":
                control.attrib.pop("required", None)
                control.addprevious(fragment_fromstring(words))
                return

    @staticmethod
    def tell(form: HtmlElement, notice: str) -> None:
        """Put a notice before a form: a button in it would be the one that the Enter key presses."""
        form.addprevious(fragment_fromstring(notice))


def _by_name(fields: Fields) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in fields:
        found[name].append(text)
    return dict(found)


def _is_of(form: HtmlElement, values: Mapping[str, Collection[str]]) -> bool:
    fixed = (e for e in form.iter("input") if e.get("type") == "hidden" and e.get("name") not in VOLATILE)
    return all(e.get("value", "") in ("", *values.get(e.get("name", ""), ())) for e in fixed)


def _answer(control: HtmlElement, typed: list[str] | None) -> None:
    kind = control.get("type", "text") if control.tag == "input" else control.tag
    if kind in _NO_ANSWER:
        return
    if kind in ("checkbox", "radio"):
        if typed is not None or kind == "checkbox":
            _set(control, "checked", control.get("value", "on") in (typed or ()))
    elif typed is None:
        return
    elif kind == "select":
        for option in control.iter("option"):
            _set(option, "selected", option.get("value", option.text or "") in typed)
    else:
        text = typed.pop(0) if len(typed) > 1 else typed[0]
        if kind == "textarea":
            control.text = "\n" * text.startswith("\n") + text  # browsers leave out the first line end
        else:
            control.set("value", text)


def _unfold(element: HtmlElement) -> None:
    for above in element.iterancestors("details"):
        above.set("open", "")


def _set(element: HtmlElement, name: str, on: bool) -> None:
    if on:
        element.set(name, "")
    else:
        element.attrib.pop(name, None)


def _add_rows(form: HtmlElement, values: Mapping[str, list[str]]) -> None:
    """Add the rows that were typed and that the page has none for, each like the one before it."""
    there = {control.get("name"): control for control in form.iter("input", "textarea")}
    last: dict[str, int] = {}
    for name in there:
        if name and (row := _ROW.fullmatch(name)):
            last[row[1]] = max(last.get(row[1], 0), int(row[2]))
    for question, number in last.items():
        wanted = [int(row[2]) for name in values if (row := _ROW.fullmatch(name)) and row[1] == question]
        control = next(c for n, c in there.items() if n and n.startswith(f"{question}.{number}."))
        group = next((e for e in control.iterancestors() if e.get("role") == "group"), None)
        for following in range(number + 1, min(max(wanted, default=0), _MOST_ROWS) + 1):
            if group is not None:
                group = _row_after(group, question, following)


def _row_after(group: HtmlElement, question: str, number: int) -> HtmlElement:
    row = deepcopy(group)
    for control in row.iter("input", "textarea"):
        if named := _ROW.fullmatch(control.get("name", "")):
            control.set("name", f"{question}.{number}.{named[3]}")
            if control.tag == "textarea":
                control.text = ""
            else:
                control.set("value", "")
    if label := row.get("aria-label"):
        row.set("aria-label", re.sub(r"\d+$", str(number), label))
    group.addnext(row)
    return row
