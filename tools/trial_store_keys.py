"""Says which folder a key of the trial's object store opens, and its secret (``rclone serve s3 --auth-proxy``).

A key is called by the folder that is its own, ``kantor-bengkulu``, and may have a second name behind a point.
Its secret is worked out from the name: this is for tries and tests, not for an office.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path


def secret_of(key_id: str) -> str:
    """Return the secret of a key."""
    return hashlib.sha256(f"rahasia coba {key_id}".encode()).hexdigest()


def main() -> int:
    """Answer one question."""
    key_id = json.load(sys.stdin)["user"]
    folder = Path(sys.argv[1], Path(key_id.partition(".")[0]).name)
    print(json.dumps({"type": "local", "_root": str(folder), "_secret_access_key": secret_of(key_id)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
