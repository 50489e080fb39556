"""A real IMAP server on this machine (Dovecot of Debian), in a folder of its own and as whoever runs the tests."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from free_ports import free_port
from patience import PATIENCE, until

USER, PASSWORD = "yankomas", "kata-sandi-rekaan"
_CONFIG = """\
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = {folder}/jalan
state_dir = {folder}/keadaan
log_path = {folder}/log
protocols = imap
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {stranger}
first_valid_uid = 0
first_valid_gid = 0
mail_driver = maildir
mail_path = {folder}/surat/%{{user}}
mail_uid = {owner}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    home = {folder}/surat/%{{user}}
  }}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  {chroot}
  process_min_avail = 1
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    listen = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
ssl = required
ssl_server_cert_file = {certificate}
ssl_server_key_file = {key}
"""


def missing() -> str:
    """Return why no server can be started here; empty if one can."""
    if program() is None:
        return "dovecot tidak terpasang"
    told = subprocess.run([str(program()), "--version"], capture_output=True, text=True, check=False).stdout
    return "" if told.startswith("2.4") else "dovecot bukan versi 2.4, satu-satunya yang dikenal tes ini"


def program() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class Served:
    """A server that runs: its port, the certificate that vouches for it."""

    port: int
    certificate: Path

    @contextmanager
    def as_its_owner(self) -> Iterator[imaplib.IMAP4_SSL]:
        """Be in the mailbox as who has it."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        with imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context, timeout=PATIENCE) as box:
            box.login(USER, PASSWORD)
            yield box

    def deliver(self, mail: bytes) -> None:
        with self.as_its_owner() as box:
            assert box.append("INBOX", "", None, mail)[0] == "OK"  # type: ignore[arg-type]

    def uids(self, folder: str = "INBOX", sought: str = "ALL") -> list[bytes]:
        with self.as_its_owner() as box:
            if box.select(folder, readonly=True)[0] != "OK":
                return []
            return box.uid("SEARCH", sought)[1][0].split()

    def clear(self) -> None:
        """Let the mailbox be as it was at first: no mail, no folder."""
        with self.as_its_owner() as box:
            for folder in ("Selesai", "Simpan", "INBOX"):
                if box.select(folder)[0] != "OK":
                    continue
                box.uid("STORE", "1:*", "+FLAGS", "(\\Deleted)")
                box.expunge()
                box.close()
                if folder != "INBOX":
                    box.delete(folder)

    def make_anew(self) -> None:
        """Delete the mailbox and make it anew with the same mails: all of its numbers are others then."""
        with self.as_its_owner() as box:
            for folder, command in (("Simpan", "create"), ("Simpan", "select")):
                getattr(box, command)(folder)
            box.select("INBOX")
            if box.uid("SEARCH", "ALL")[1][0]:
                box.uid("COPY", "1:*", "Simpan")
                box.uid("STORE", "1:*", "+FLAGS", "(\\Deleted)")
                box.expunge()
            box.select("Simpan")
            box.uid("STORE", "1:*", "-FLAGS", "(Yankomas)")
            box.uid("COPY", "1:*", "INBOX")


@contextmanager
def imap_server(certificate: tuple[Path, Path]) -> Iterator[Served]:
    """Serve an empty mailbox by TLS."""
    with (
        tempfile.TemporaryDirectory(prefix="yankomas-imap-", dir="/tmp") as folder,
        _running(Path(folder), certificate) as served,
    ):
        yield served


@contextmanager
def _running(folder: Path, certificate: tuple[Path, Path]) -> Iterator[Served]:
    port = free_port()
    me, root = pwd.getpwuid(os.getuid()).pw_name, not os.getuid()
    # Of root Dovecot wants nothing but its start: strangers, mails and itself are each another user's.
    users = ("dovecot", "dovenull", "nobody") if root else (me, me, me)
    group = grp.getgrgid(pwd.getpwnam(users[0]).pw_gid).gr_name
    (folder / "surat").mkdir(parents=True)
    for place in (folder, folder / "surat"):
        place.chmod(0o755)
        if root:
            os.chown(place, pwd.getpwnam(users[2]).pw_uid, -1)
    told = dict(zip(("user", "stranger", "owner"), users, strict=True))
    told |= {"group": group, "chroot": "" if root else "chroot =", "password": PASSWORD}
    told |= {"port": str(port), "folder": str(folder)}
    config = folder / "dovecot.conf"
    config.write_text(_CONFIG.format(**told, certificate=certificate[0], key=certificate[1]))
    server = subprocess.Popen([str(program()), "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait(port, server, folder)
        yield Served(port, certificate[0])
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    def answers() -> bool:
        assert server.poll() is None, (folder / "log").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    until(answers)
