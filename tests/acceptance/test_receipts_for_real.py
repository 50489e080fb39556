"""Mails in by a real IMAP server, receipts out by a real SMTP server, the program killed between: one each, or none."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter

import imap_servers
import pytest
from desk_certificate import certificate_in
from free_ports import free_port
from imap_servers import PASSWORD, USER, imap_server
from offices import laid_out
from patience import until
from running_office import YANKOMAS
from smtp_servers import Mailboxes, send_by, served

from pipeline.wiring import office_in

pytestmark = pytest.mark.slow
_MINUTES = 300.0
FINAL = {"terkirim", "tidak-dikirim", "tidak-pasti"}


def mail(number, **heads):
    address = f"warga{number}@contoh.id"
    told = {
        "Return-Path": f"<{address}>",
        "From": f"Warga {number} <{address}>",
        "Message-ID": f"<m{number}@contoh.id>",
    }
    told |= {"Date": "Fri, 27 Nov 2026 08:00:00 +0700", "Subject": f"Pengaduan {number}"} | heads
    head = "".join(f"{name}: {said}\r\n" for name, said in told.items())
    return f"{head}\r\nSaya mengadukan PT Rekaan {number}: upah tidak dibayar.\r\n".encode()


def office_with_both(folder, imap, smtp):
    laid_out(folder)
    password = folder / ".kunci" / "kotak-surel"
    password.parent.mkdir(exist_ok=True)
    password.write_text(PASSWORD)
    password.chmod(0o600)
    settings = folder / "office.toml"
    send_by(smtp, settings)
    before, _, rest = settings.read_text().partition("[kotak_surel]\n")
    for usual, ours in (
        ('server = ""', 'server = "localhost"'),
        ("pintu = 993 ", f"pintu = {imap.port} "),
        ('pengguna = ""', f'pengguna = "{USER}"'),
        ('berkas_sandi = ""', 'berkas_sandi = ".kunci/kotak-surel"'),
        ('sertifikat_server = ""', f'sertifikat_server = "{imap.certificate}"'),
        ("selang_detik = 60", "selang_detik = 10"),
        ("tanda_terima = false", "tanda_terima = true"),
    ):
        rest = rest.replace(usual, ours, 1)
    settings.write_text(f"{before}[kotak_surel]\n{rest}")
    return office_in(folder)


class Running:
    """The program, which can be killed with all that it started, and is started again."""

    def __init__(self, root):
        self._root = root
        self._start()

    def _start(self):
        words = [YANKOMAS, "--root", str(self._root.layout.root), "run", "--port", str(free_port())]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)

    def killed(self):
        self.end(signal.SIGKILL)
        self._start()

    def end(self, how=signal.SIGTERM):
        os.killpg(self._process.pid, how)
        self._process.wait()


def outcomes(root):
    """The last line about a receipt of each case, by its sender."""
    found = {}
    for number in root.cabinet.numbers():
        case = root.cabinet.case(number)
        told = [entry.data["outcome"] for entry in case.entries if entry.kind == "tanda-terima-surel"]
        found[case.received.file_name] = told[-1] if told else ""
    return found


@pytest.mark.skipif(bool(imap_servers.missing()), reason=imap_servers.missing())
def test_each_sender_is_told_once_however_often_the_program_is_killed(tmp_path):
    boxes = Mailboxes()
    with imap_server(certificate_in(tmp_path)) as imap, served(boxes) as smtp:
        root = office_with_both(tmp_path / "kantor", imap, smtp)
        for number in range(4):
            imap.deliver(mail(number))
        imap.deliver(mail(8, **{"Return-Path": "<>"}))
        imap.deliver(mail(9, Precedence="bulk"))
        running = Running(root)
        try:
            for happened in (lambda: list(root.cabinet.numbers()), lambda: boxes.taken):
                until(happened, _MINUTES)
                running.killed()
            until(lambda: len(found := outcomes(root)) == 5 and set(found.values()) <= FINAL, _MINUTES)
        finally:
            running.end()

    sent = Counter(to for _, recipients, _ in boxes.taken for to in recipients)
    assert set(sent.values()) == {1}
    assert set(sent) <= {f"warga{number}@contoh.id" for number in range(4)}
    assert Counter(outcomes(root).values())["terkirim"] <= len(sent) <= 4
    assert Counter(outcomes(root).values())["tidak-dikirim"] == 1
    assert root.verify(lambda _done, _of: None) == []
