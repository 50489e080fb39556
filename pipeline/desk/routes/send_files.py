"""*Kirim berkas*: what came for one of the office's services is handed in, to be registered there as any scan is."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.cases.sop import YANKOMAS
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import NotAllowed
from pipeline.intake.dropping import dropped

pages = Pages()
HERE = "/kirim"


@pages.get(HERE, Right.SEND_FILES, Lane.QUICK, personal=False)
def form(visit: Visit) -> Response:
    """Show for which services files can be handed in."""
    limit = visit.desk.root.settings.inbox.max_bytes
    return visit.show("kirim.html", title="Kirim berkas", services=_open_to(visit), limit=limit)


@pages.post(HERE, Right.SEND_FILES, Lane.QUICK, uploads="inbox")
def send(visit: Visit) -> Response:
    """Put the files into the inbox, for the service that was chosen."""
    services, chosen = dict(_open_to(visit)), visit.text("layanan")
    if chosen not in services:
        raise NotAllowed("Layanan itu tidak dapat dikirimi berkas oleh peran Anda.", "Pilih layanan dari daftar.")
    found = dropped(visit.uploads, "" if chosen == YANKOMAS else chosen)
    words = [f"{len(found.landed)} berkas dikirim ke {services[chosen]}."] if found.landed else []
    words += [f"{file.name} tidak diterima: {file.why}." for file in found.not_taken]
    good = bool(found.landed) and not found.not_taken
    return visit.go(HERE, " ".join(words) or "Belum ada berkas yang dipilih.", kind="baik" if good else "gagal")


def _open_to(visit: Visit) -> list[tuple[str, str]]:
    """Return the services for which the visitor hands in files, each with its name."""
    ours = [(YANKOMAS, "Yankomas (pengaduan)")] if visit.who.may(Right.INBOX) else []
    theirs = (one for one in visit.desk.root.services if not one.senders().isdisjoint(visit.who.roles))
    return [*ours, *((one.key, one.name) for one in theirs)]
