"""*Kirim berkas*: what came for one of the office's services is handed in, to be registered there as any scan is."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.service_inboxes import folder_for, services_open_to
from pipeline.desk.visit import Visit

pages = Pages()
HERE = "/kirim"


@pages.get(HERE, Right.SEND_FILES, Lane.QUICK, personal=False)
def form(visit: Visit) -> Response:
    """Show for which services files can be handed in."""
    services, limit = services_open_to(visit.who, visit.desk.root), visit.desk.root.settings.inbox.max_bytes
    return visit.show("kirim.html", title="Kirim berkas", services=[*services.items()], limit=limit)


@pages.post(HERE, Right.SEND_FILES, Lane.QUICK, uploads="inbox")
def send(visit: Visit) -> Response:
    """Put the files into the inbox, for the service that was chosen."""
    root, chosen = visit.desk.root, visit.text("layanan")
    found = visit.drop(folder_for(chosen, visit.who, root))
    name = services_open_to(visit.who, root)[chosen]
    words = [f"{len(found.landed)} berkas dikirim ke {name}."] if found.landed else []
    words += [f"{file.name} tidak diterima: {file.why}." for file in found.not_taken]
    good = bool(found.landed) and not found.not_taken
    return visit.go(HERE, " ".join(words) or "Belum ada berkas yang dipilih.", kind="baik" if good else "gagal")
