"""Handing cases to an office that is at no centre: through a folder that both reach; and the list that both sign."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cases.transfers import SENDERS
from pipeline.errors import NotFound

if TYPE_CHECKING:
    from pipeline.reading.ports import Reader
    from pipeline.signing.ports import Validator
    from pipeline.wiring.root import Root
    from pipeline.work.transfer import TransferParts


def transfer_parts_through(
    root: Root, folder: Path, reader: Callable[[], Reader], validator: Callable[[], Validator]
) -> TransferParts:
    """Build what handing cases to an office needs that reaches a folder, on a share or a disk, as this one does.

    Raises:
        NotFound: there is no such folder.
    """
    from pipeline.work.store.folder_exchange import FolderExchange
    from pipeline.work.transfer import TransferParts

    mark = hashlib.sha256(b"kantor " + root.keys.key("kode-halaman")).hexdigest()[:12]
    name = root.settings.office.on(root.clock.now().date()).name
    exchange = FolderExchange(folder.resolve(), name, mark, root.clock.now)
    return TransferParts(exchange, root.decide_parts(reader, validator), root.enrol_parts, reader)


def hand_over_list(root: Root, receiver: str) -> bytes:
    """Return the list of the cases that were offered to an office, to be signed by both, as PDF.

    Raises:
        NotFound: none was.
        EngineMissing: the font is not installed.
    """
    from pipeline.drawing.engines.pdf import pdf
    from pipeline.drawing.engines.pdf_writing import joined
    from pipeline.work.hand_all_over import handed_cases
    from pipeline.work.hand_over_list import TITLE, Sides, list_sheets

    root.book.refresh()
    numbers = (row.case_number for row in root.book.rows())
    cases = handed_cases(map(root.cabinet.case, numbers), receiver, root.sop_of)
    if not cases:
        raise NotFound(f"Tidak ada perkara yang dikirim kepada {receiver}.", "Kirim dahulu: `yankomas pindah`.")
    day = root.clock.now().date()
    office = root.settings.office.on(day)
    head = next(filter(None, (office.holder(role, day) for role in office.roles.having(*SENDERS))), None)
    title, name, nip = (head.signing_title, head.name, head.nip) if head else ("", "", "")
    sides = Sides(office.name, office.letterhead, title, name, nip, receiver, office.place, day)
    return joined([pdf(sheet) for sheet in list_sheets(cases, sides)], TITLE)
