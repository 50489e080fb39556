"""PostgreSQL and an object store for tries and tests: real servers in a folder, on a socket and a port of their own.

Not for an office: the object store is ``rclone serve s3``, which is experimental and keeps plain files.
"""

from __future__ import annotations

import os
import pwd
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import trial_server_holder
import trial_store_keys
from free_ports import free_port

from pipeline.archive.store.objects import StorePlace

BUCKET = "yankomas"
#: The key of tests that need no more than one.
_KEY = "kantor-coba"
_PATIENCE = 120.0
#: Nothing is to outlive a test.
FAST: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgres(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run PostgreSQL in a folder while the context lasts, made there if it is new; give how it is reached (libpq)."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder.mkdir(exist_ok=True)
    as_user = _as_server(folder)
    data = folder / "data"
    if not data.exists():
        initdb = [programs / "initdb", "--no-sync", "-D", data, "-U", "yankomas"]
        words = ["--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*initdb, *words], check=True, capture_output=True, cwd=folder, **as_user)
    said = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "200",
        **(settings or {}),
    }
    command = [programs / "postgres", "-D", data, *(word for name in said for word in ("-c", f"{name}={said[name]}"))]
    address = f"host={folder} port={said.get('port', '5432')} user=yankomas dbname=postgres"

    def answers() -> bool:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            return False
        return True

    with _running(command, answers, folder / "log", signal.SIGINT, as_user):
        yield address


@contextmanager
def object_store(folder: Path) -> Iterator[StorePlace]:
    """Run an S3 server over a folder while the context lasts; give where it is, with one key (:func:`key_of`)."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    rclone = Path(sys.executable).with_name("rclone")
    keys = f"{sys.executable} -I -S {trial_store_keys.__file__} {folder}"
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-proxy", keys]

    def answers() -> bool:
        with socket.socket() as reached:
            return reached.connect_ex(("127.0.0.1", port)) == 0

    with _running([*command, "--config", os.devnull], answers, folder.with_suffix(".log"), signal.SIGTERM, {}):
        yield key_of(folder, StorePlace(f"http://127.0.0.1:{port}", "", "", ""), _KEY, BUCKET)


def key_of(folder: Path, place: StorePlace, key_id: str, bucket: str) -> StorePlace:
    """Make a bucket that this key of the store over a folder opens, and none but those that were made with it."""
    (folder / key_id.partition(".")[0] / bucket).mkdir(parents=True, exist_ok=True)
    return replace(place, bucket=bucket, key_id=key_id, secret=trial_store_keys.secret_of(key_id))


def _as_server(folder: Path) -> dict[str, Any]:
    """Return as whom the server runs: PostgreSQL refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def _running(
    command: Sequence[object], answers: Callable[[], bool], log: Path, end: signal.Signals, as_user: Mapping[str, Any]
) -> Iterator[None]:
    """Run a server as nobody's child while the context lasts; it ends with this process, also by ``kill -9``."""
    whose = (as_user.get("user", -1), as_user.get("group", -1))
    held = [sys.executable, "-I", "-S", trial_server_holder.__file__, int(end), *whose, *command]
    with ExitStack() as pipes:
        said = pipes.enter_context(open(log, "ab"))
        holder = subprocess.Popen(
            [*map(str, held)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            bufsize=0,
            cwd=log.parent,
            start_new_session=True,
        )
        assert holder.stdin
        assert holder.stdout
        asked, told = pipes.enter_context(holder.stdin), pipes.enter_context(holder.stdout)
        told.readline()
        holder.wait()
        heard = select.poll()  # select() itself knows no descriptor beyond 1,023
        heard.register(told, select.POLLIN)

        def has_ended(seconds: float = 0.0) -> bool:
            return bool(heard.poll(seconds * 1000))

        try:
            until = time.monotonic() + _PATIENCE
            while not answers():
                if has_ended() or time.monotonic() > until:
                    raise RuntimeError(f"{command[0]} does not start: {log.read_text()[-2000:]}")
                time.sleep(0.05)
            yield
        finally:
            with suppress(BrokenPipeError):  # it has ended
                asked.write(b"\n")
            if not has_ended(_PATIENCE):
                raise RuntimeError(f"{command[0]} does not end: {log.read_text()[-2000:]}")
            if how := told.readline().decode().strip():
                print(f"{command[0]} ended by itself ({how}): {log.read_text()[-2000:]}", file=sys.stderr)
