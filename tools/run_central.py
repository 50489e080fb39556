"""Tries many offices on one centre (``make run-central``): both servers, two offices and their desks, until Ctrl-C.

Everything lies in ``pusat-coba/`` and is there again at the next start.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from trial_servers import key_of, object_store, postgres

from pipeline.office.central_plan import bucket_of

OFFICES = {"bengkulu": 8017, "jambi": 8018}
_PATIENCE = 60.0


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
        for name in OFFICES:
            office = folder / name
            if not (office / "office.toml").is_file():
                yankomas("init", office)
                own = key_of(folder / "objek", store, f"kantor-{name}", bucket_of(name))
                key = {"YANKOMAS_PUSAT_KUNCI_OBJEK": own.key_id, "YANKOMAS_PUSAT_RAHASIA_OBJEK": own.secret}
                yankomas("--root", office, "pusat", "kantor", "tambah", name, "--objek", store.address, **key)
            _point_at(office / "office.toml", store.address)
        yankomas("pusat", "status")
        running = [
            subprocess.Popen([program, "--root", folder / name, "run", "--port", str(port)], env=environment)
            for name, port in OFFICES.items()
        ]
        for name, port in OFFICES.items():
            print(f"Kantor {name}: kotak masuk {folder / name / 'inbox'}, meja http://127.0.0.1:{port}", flush=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: [process.terminate() for process in running])
        return max(process.wait() for process in running)


def _point_at(settings: Path, store: str) -> None:
    """Say where the object store is this time: its port is another at each start."""
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [f'objek = "{store}"\n' if line.startswith("objek = ") else line for line in lines]
    settings.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
