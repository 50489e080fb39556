"""Builds an OCI image of the program out of Debian's own packages: ``tools/oci_image.py yankomas.oci.tar``.

Needs root or user namespaces, `mmdebstrap`, and the network (Debian's mirror, and the pinned wheels of
``requirements.txt``). The file is an OCI image layout in a tar archive (image-spec 1.0), as ``podman load`` and
``skopeo`` read it: Debian stable, the packages of ``tools/system-packages.sh run``, the program in ``/opt/yankomas``.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SUITE, HOME, OFFICE = "trixie", "/opt/yankomas", "/kantor"
#: The Python of that suite, and the platforms whose wheels it takes.
_VERSION, _PLATFORMS = "3.13", ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux_2_34")
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_PIP = ("-m", "pip")
_PYTHON = ("python3", "python3-venv", "ca-certificates")
#: What libheif1 decodes HEIC with, which is apart in this suite.
_DECODER = "libheif-plugin-libde265"
#: In the new system, once its packages are there.
_INSTALL = f"""
set -eu
python3 -m venv {HOME}
{HOME}/bin/pip install --quiet --no-cache-dir --no-deps --no-index /tmp/wheels/*.whl
useradd --system --home-dir {OFFICE} --create-home --shell /usr/sbin/nologin yankomas
rm -rf /tmp/* /var/cache/apt /var/lib/apt/lists
"""


def main(target: Path) -> None:
    """Build the image and write it to a file."""
    with tempfile.TemporaryDirectory() as place:
        wheels = Path(place, "wheels")
        _run(sys.executable, *_PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), str(PROJECT))
        kept = [word for name in _PLATFORMS for word in ("--platform", f"{name}_{machine()}")]
        pinned = ("--require-hashes", "--requirement", str(PROJECT / "requirements.txt"))
        _run(
            *(sys.executable, *_PIP, "download", "--quiet", "--no-deps", "--only-binary", ":all:", *kept),
            *("--python-version", _VERSION, "--dest", str(wheels), *pinned),
        )
        target.write_bytes(_layout(_system(Path(place))))
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")


def machine() -> str:
    """Return the kind of this machine's processor, as wheels name it."""
    return subprocess.run(["uname", "-m"], capture_output=True, text=True, check=True).stdout.strip()


def packages() -> list[str]:
    """Return Debian's packages that the program needs, as ``tools/system-packages.sh`` names them."""
    script = (PROJECT / "tools" / "system-packages.sh").read_text()
    named = re.search(r'^packages="([^$"]+)"', script, re.MULTILINE)
    assert named
    return [*_PYTHON, *named[1].split(), _DECODER, "libreoffice-writer-nogui"]


def _system(folder: Path) -> bytes:
    made, hook = folder / "system.tar", folder / "install.sh"
    hook.write_text(_INSTALL)
    _run(
        "mmdebstrap",
        "--variant=minbase",
        f"--include={','.join(packages())}",
        f"--customize-hook=copy-in {folder / 'wheels'} {hook} /tmp",
        '--customize-hook=chroot "$1" sh /tmp/install.sh',
        SUITE,
        str(made),
    )
    return made.read_bytes()


def _layout(system: bytes) -> bytes:
    """Return an image of one layer as an OCI layout, packed."""
    blobs: dict[str, bytes] = {}

    def blob(data: bytes, kind: str) -> dict[str, object]:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        blobs[digest.replace(":", "/")] = data
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest, "size": len(data)}

    layer = blob(gzip.compress(system, 6, mtime=0), "layer.v1.tar+gzip")
    config = {
        "architecture": _ARCHITECTURES[machine()],
        "os": "linux",
        "config": {
            "User": "yankomas",
            "WorkingDir": OFFICE,
            "Env": [f"PATH={HOME}/bin:/usr/bin:/bin", f"YANKOMAS_ROOT={OFFICE}"],
            "Entrypoint": [f"{HOME}/bin/yankomas"],
            "Cmd": ["run"],
            "Volumes": {OFFICE: {}},
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(system).hexdigest()}"]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob(json.dumps(config).encode(), "config.v1+json"),
        "layers": [layer],
    }
    named = blob(json.dumps(manifest).encode(), "manifest.v1+json")
    called = {"annotations": {"org.opencontainers.image.ref.name": "yankomas"}}
    index = {"schemaVersion": 2, "manifests": [{**named, **called}]}
    files = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}', "index.json": json.dumps(index).encode()}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, data in {**files, **{f"blobs/{name}": data for name, data in blobs.items()}}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
