"""The printed register of many cases, some leaves at a time: LibreOffice takes long over a book of a thousand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets import register_book
from pipeline.letters.sheets.texts import of_office
from pipeline.office.office import Office

#: How many leaves of the printed book LibreOffice makes at once.
_LEAVES = 20


def printed_book(
    entries: Sequence[Mapping[str, str]], year: int, *, day: date, office: Office, typist: Typist, press: Press
) -> Iterator[bytes]:
    """Yield the book of a year, printed on ``day``, in parts that follow one another.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    values = register_book.book([register_book.fitting(entry) for entry in entries], year)
    head, leaves = of_office(day, office), iter(values["halaman"])
    while some := list(islice(leaves, _LEAVES)):
        docx = typist.draft(register_book.BOOK, {**head, **values, "halaman": some}).docx
        yield press.print(docx, None)
