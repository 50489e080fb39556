"""The office's SOP, to be changed: its editions as files, drafts, what is taken into force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cases.sop import YANKOMAS
from pipeline.errors import NotFound
from pipeline.wiring.custody import CustodyParts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from pipeline.access.requests import Staff
    from pipeline.cases.edition_ports import EditionDrafts
    from pipeline.cases.own_editions import Texts
    from pipeline.cases.ports import Blob
    from pipeline.cases.sop import Sop
    from pipeline.cases.sop_form_answers import RowChange
    from pipeline.work.own_sop import SopParts


class SopEditingParts(CustodyParts):
    """The office's SOP, to be changed."""

    def edition_texts(self, key: str) -> Texts:
        """Return the files of an edition, the program's or the office's own.

        Raises:
            NotFound: there is none of that key.
        """
        from pipeline.cases.store.sop_editions import edition_texts

        folders = (self.own_editions(name) for name in (YANKOMAS, *(service.key for service in self.services)))
        own = (one.texts for folder in folders if folder for one in folder.listed() if one.key == key)
        texts = dict(edition_texts()).get(key) or next(own, None)
        if not texts:
            raise NotFound(f"Edisi SOP {key} tidak ada.", "Lihat daftarnya.")
        return texts

    def sop_parts(
        self, staff: Callable[[], Staff], now: datetime, note: Callable[[str], None], service: str = YANKOMAS
    ) -> SopParts:
        """Return what changing a service's SOP needs; ``staff`` is who holds which role, ``note`` writes the log.

        Raises:
            NotFound: the office has no such service in use.
        """
        from pipeline.cases.public_service import not_in_use
        from pipeline.cases.store.edition_editing import edited
        from pipeline.work.own_sop import SopParts
        from pipeline.work.services import edition_template_faults, own_sheet_faults

        known = {YANKOMAS: self.editions, **{one.key: one.editions for one in self.services}}
        if service not in known:
            raise not_in_use(service, (one.key for one in self.services))
        folder = self.own_editions(service, new=True)
        assert folder is not None
        roles = next((frozenset(one.roles) for one in self.services if one.key == service), frozenset[str]())

        def template_faults(sop: Sop) -> Iterable[str]:
            if service == YANKOMAS:
                return own_sheet_faults(sop, self.template_shelf.names(), self.service_parts.check)
            return edition_template_faults(service, sop, self.service_parts)

        return SopParts(folder, known[service], edited, staff, now, note, service, roles, template_faults)

    def edited_edition(self, texts: Texts, changes: Iterable[RowChange]) -> Texts:
        """Return an edition's files with rows changed.

        Raises:
            SettingsFault: a file is written in a way that is not changed from here.
        """
        from pipeline.cases.store.edition_editing import edited

        return edited(texts, changes)

    def edition_zip(self, texts: Texts) -> bytes:
        """Return an edition's files as a ZIP."""
        from pipeline.cases.store.edition_zip import zipped

        return zipped(texts)

    def unzipped_edition(self, blob: Blob) -> Texts:
        """Return the files of an edition that was sent as a ZIP.

        Raises:
            Refused: it is none.
        """
        from pipeline.cases.ports import content
        from pipeline.cases.store.edition_zip import unzipped

        return unzipped(content(blob))

    def edition_in(self, folder: Path) -> tuple[Texts, tuple[str, ...]]:
        """Return the files of an edition that lies in a folder, and what keeps them from being read."""
        from pipeline.cases.store.own_editions import read_folder

        return read_folder(folder)

    @property
    def edition_drafts(self) -> EditionDrafts:
        """Editions that admins work on."""
        from pipeline.cases.store.edition_drafts import edition_draft_files

        return edition_draft_files(self.layout.state / "edisi-sop")
