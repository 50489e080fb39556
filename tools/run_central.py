"""Tries many offices on one centre (``make run-central``): both servers, two offices at one desk, until Ctrl-C.

Everything lies in ``pusat-coba/`` and is there again at the next start.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import tomlkit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from trial_servers import key_of, object_store, postgres

from pipeline.office.central_plan import bucket_of

#: The offices and the host names of their desks: every name under ``localhost`` is this machine (RFC 6761).
OFFICES = {"bengkulu": "bengkulu.localhost", "jambi": "jambi.localhost"}
_PORT = 8017
_LOOK = 0.5  # seconds between two looks whether one has ended


def main() -> int:
    """Run all of it; return when somebody ends it."""
    folder = Path("pusat-coba").resolve()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # the database's own user goes through it
    program = Path(sys.executable).with_name("yankomas")
    with ExitStack() as servers:
        database = servers.enter_context(postgres(folder / "basis"))
        store = servers.enter_context(object_store(folder / "objek"))
        environment = {
            **os.environ,
            "YANKOMAS_PUSAT_PENGELOLA": database,
        }

        def yankomas(*words: object, **more: str) -> None:
            subprocess.run([program, *map(str, words)], check=True, env=environment | more)

        yankomas("pusat", "siapkan")
        for name, host in OFFICES.items():
            office = folder / name
            if not (office / "office.toml").is_file():
                yankomas("init", office)
                own = key_of(folder / "objek", store, f"kantor-{name}", bucket_of(name))
                key = {"YANKOMAS_PUSAT_KUNCI_OBJEK": own.key_id, "YANKOMAS_PUSAT_RAHASIA_OBJEK": own.secret}
                yankomas("--root", office, "pusat", "kantor", "tambah", name, "--objek", store.address, **key)
            _say(office / "office.toml", store.address, host)
        yankomas("pusat", "status")
        folders = [folder / name for name in OFFICES]
        commands = [["--root", office, "run", "--no-web"] for office in folders]
        commands.append(["pusat", "meja", *folders, "--port", _PORT])
        running = [subprocess.Popen([program, *map(str, words)], env=environment) for words in commands]
        for name, host in OFFICES.items():
            print(f"Kantor {name}: kotak masuk {folder / name / 'inbox'}, meja http://{host}:{_PORT}", flush=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: [process.terminate() for process in running])
        while all(process.poll() is None for process in running):
            time.sleep(_LOOK)
        for process in running:  # a try without its desk, or without an office, is none
            process.terminate()
        return max(abs(process.wait()) for process in running)


def _say(settings: Path, store: str, host: str) -> None:
    """Say where the object store is this time, for its port is another at each start, and what the desk is called."""
    said = tomlkit.parse(settings.read_text(encoding="utf-8"))
    said["pusat"]["objek"], said["web"]["nama"] = store, [host]
    settings.write_text(tomlkit.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
