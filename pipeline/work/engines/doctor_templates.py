"""The doctor on Word templates: each is looked through, and really printed with the office's own settings.

Printed are the emptiest and the longest specimen of every version in use, on the office's paper, with its letterhead
and logo: a receipt must fit on one page whatever the office's kop is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol

from pipeline.errors import EngineMissing, TemplateFault, YankomasError
from pipeline.letters.approved_text import FIELD_TITLES
from pipeline.letters.engines.print_check import Wanted, look
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.office_templates import OfficeTemplates, TemplateRow
from pipeline.letters.ports import Press
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.office.office import Office
from pipeline.work.ports import Check

#: The specimens that are printed, as the office reads of them.
_PRINTED = {"kosong": "contoh terkosong", "panjang": "contoh terpanjang"}
#: Sheets that people have in their hands as one page.
_ONE_PAGE = (RECEIPT, DISPOSITION)
#: The field that says what goes on on further sheets.
_FURTHER = "lanjutan"
_PRINTING = "Cetak templat"
#: Who signs where the office has named nobody yet; invented.
_NAME, _NIP = "Budi Rekaan Sekadar Contoh, S.H., M.H.", "19700101 199503 1 001"


class Drafting(Protocol):
    """What the templates are tried with."""

    @property
    def templates(self) -> OfficeTemplates:
        """The office's templates."""

    @property
    def typist(self) -> WordTypist:
        """Fills them."""

    @property
    def waiting_sheets(self) -> Mapping[str, int]:
        """What holds sheets of open cases up, and how many of them."""

    def report_press(self) -> AbstractContextManager[Press]:
        """Give a press."""


def template_checks(root: Drafting) -> Iterator[Check]:
    """Look every template through, name what nobody asks for, print what is fit."""
    rows = root.templates.rows()
    for row in rows:
        if not row.findings:
            yield _fit(row, root.typist.unnamed_fields(row.stem))
        for finding in row.findings:
            yield _unfit(f"Templat {row.stem}", str(finding), finding.remedy)
    for stray in root.templates.strays():
        yield Check("Folder templat", True, str(stray), stray.remedy, caution=True)
    for why, sheets in root.waiting_sheets.items():
        remedy = "Betulkan templat itu; lembarnya lalu dibuat sendiri."
        yield _unfit("Lembar yang menunggu templat", f"{sheets} lembar menunggu: {why}", remedy)
    yield from _printed(root, [row for row in rows if not row.findings])


def _unfit(thing: str, fact: str, remedy: str) -> Check:
    return Check(thing, False, fact, remedy, code=TemplateFault.exit_code)


def _fit(row: TemplateRow, unnamed: Sequence[str]) -> Check:
    if not unnamed:
        return Check(f"Templat {row.stem}", True, "semua isian dikenal, contoh terpanjang dan terkosong jadi")
    named = ", ".join(FIELD_TITLES[field].lower() for field in unnamed)
    return Check(
        f"Templat {row.stem}",
        True,
        f"{named} berada di luar kotak isian bernama, sehingga tempatnya dicari dari tulisannya ketika surat dinomori",
        "Salin kotaknya (kontrol konten yankomas:nomor, yankomas:tanggal, yankomas:konsep) dari templat Yankomas.",
        caution=True,
    )


def _printed(root: Drafting, rows: Sequence[TemplateRow]) -> Iterator[Check]:
    """Print the specimens; without LibreOffice that is said, and it is no fault of a template."""
    sheets = pages = 0
    office = _staffed(root.templates.office)
    try:
        with root.report_press() as press:
            for row in rows:
                specimens = specimen_values(row.template, office)
                for specimen, called in _PRINTED.items():
                    count, faults = _look(root, row, specimens[specimen], press.print)
                    sheets, pages = sheets + 1, pages + count
                    for page, fact, remedy in faults:
                        yield _unfit(f"Templat {row.stem}", f"{called}, halaman {page}: {fact}", remedy)
    except EngineMissing as fault:
        fact = f"bagian tercetak tidak dicoba ({fault.message.rstrip('.')})"
        yield Check(_PRINTING, True, fact, fault.remedy, caution=True)
        return
    yield Check(_PRINTING, True, f"{sheets} contoh dicetak di kertas {office.paper.name}: {pages} halaman")


def _staffed(office: Office) -> Office:
    """Return the office with somebody in every post: a signature block without a name shows nothing."""
    return replace(
        office, officials=tuple(replace(o, name=o.name or _NAME, nip=o.nip or _NIP) for o in office.officials)
    )


def _look(
    root: Drafting, row: TemplateRow, values: Mapping[str, Any], print_: Callable[[bytes, None], bytes]
) -> tuple[int, Sequence[tuple[int, str, str]]]:
    if row.template in _ONE_PAGE:  # what has no room goes on on sheets of its own, as many as it takes
        values = {**values, _FURTHER: []}
    wanted = Wanted(
        one_page=row.template in _ONE_PAGE,
        coded=row.coded,
        title=str(values.get("penandatangan_jabatan", "")),
        name=str(values.get("penandatangan_nama", "")),
    )
    try:
        seen = look(print_(root.typist.draft(row.stem, values).docx, None), wanted)
    except EngineMissing:
        raise
    except YankomasError as fault:
        return 0, [(1, fault.message.rstrip("."), str(fault.remedy))]
    return seen.pages, seen.faults
