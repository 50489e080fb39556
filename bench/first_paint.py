"""When a phone on a slow line first shows a page: ``python bench/first_paint.py`` (1.6 Mbit/s, 150 ms there and back).

A desk with fifty cases is served to Debian's Chromium, 390 pixels wide, with nothing in its cache; the line is slowed
down by the browser itself (DevTools). Prints the median of some rounds for each page, in milliseconds; with ``--check``
it fails when one takes longer than is promised. The machine has to be quiet: it draws the pages, too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browsers import PHONE, come_in, new_page, own_chromium, served
from patience import until
from web_desk import WebDesk

PAGES = {
    "tim-yankomas": [
        "/",
        "/kotak-masuk",
        "/verifikasi",
        "/register",
        "/kasus/2026/0001",
        "/buka/lisan",
        "/arsip?q=upah",
    ],
    "kakanwil": ["/", "/ringkasan", "/arsip?q=upah", "/surat?keadaan=semua", "/kasus/2026/0001"],
}
_CASES, _ROUNDS = 50, 3
_LATENCY_MS, _BYTES_A_SECOND = 150, 1_600_000 / 8
_PROMISED_MS = 1500
_PAINTS = "performance.getEntriesByName('first-contentful-paint')"


def main() -> int:
    """Measure, print; return 1 if ``--check`` finds that a page is late."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail if a page is late")
    options = parser.parse_args()
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        desk = WebDesk(Path(folder) / "kantor")
        told = {"perihal": "Upah ditahan", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Contoh"]}
        for n in range(_CASES):
            desk.office.open("lisan", {**told, "uraian": f"Upah ditahan, bagian {n}."})
        for role in PAGES:
            desk.account(role, role)
        with served(desk) as address, own_chromium() as browser:
            for role, paths in PAGES.items():
                page = new_page(browser, viewport=PHONE)
                come_in(page, address, role)
                line = page.context.new_cdp_session(page)
                line.send("Network.enable")
                line.send("Network.setCacheDisabled", {"cacheDisabled": True})
                speed = {"downloadThroughput": _BYTES_A_SECOND, "uploadThroughput": _BYTES_A_SECOND}
                line.send("Network.emulateNetworkConditions", {"offline": False, "latency": _LATENCY_MS, **speed})
                for path in paths:
                    took = []
                    for _ in range(_ROUNDS):
                        page.goto(address + path)
                        until(lambda page=page: page.evaluate(f"{_PAINTS}.length"))
                        took.append(float(page.evaluate(f"{_PAINTS}[0].startTime")))
                    longest = max(longest, statistics.median(took))
                    print(f"{role:<13} {path:<24} {statistics.median(took):6.0f} ms", flush=True)
                page.context.close()
    if longest > _PROMISED_MS:
        print(f"Not kept: first paint in {_PROMISED_MS} ms", file=sys.stderr)
    return 1 if options.check and longest > _PROMISED_MS else 0


if __name__ == "__main__":
    sys.exit(main())
