"""The seals at the command line: shown, a printed one held against them, and who outside has them."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from pipeline.cli.inputs import known_root
from pipeline.cli.show import as_json, printable, table
from pipeline.errors import ArchiveFault, NotFound, UsageFault, YankomasError
from pipeline.evidence.outside import denied, witness_words
from pipeline.evidence.seal import is_code

if TYPE_CHECKING:
    from pipeline.wiring import Root

_SHOWN = 10  # how many of the newest seals are shown to people


def seals(options: Namespace) -> int:
    """Show the newest seals, or hold a printed one, or those outside, against those that are here."""
    root = known_root(options)
    if options.printed:
        return _compare(root, *options.printed)
    if options.outside:
        return _ask_outside(root)
    if options.json:
        rows = [
            {"seq": s.seq, "at": s.at.isoformat(), "cases": len(s.heads), "short": s.short, "hash": s.hash}
            for s in root.seals.everything()
        ]
        print(as_json(rows))
        return 0
    if not (found := root.seals.newest(_SHOWN)):
        print("Belum ada segel. Segel dibuat sendiri oleh `yankomas run`, selalu beberapa menit sesudah pekerjaan.")
        return 0
    cells = [[str(s.seq), f"{s.at:%d-%m-%Y %H.%M}", str(len(s.heads)), s.short] for s in reversed(found)]
    print(table(cells, ["No.", "Dibuat", "Perkara", "Segel"], {}))
    print(f"\nSegel terakhir selengkapnya: {found[0].hash}")
    tell_outside(root)
    return 0


def tell_outside(root: Root) -> None:
    """Say which witness outside has which seal since when."""
    places = [witness for witness, _ in root.witnesses()]
    if not places and not root.is_central:
        print("Saksi luar: tidak ada. Dengan [segel] di office.toml ketahuan juga bila seluruh komputer ini diganti.")
    for words in witness_words(places, root.sent_seals, root.seals.last(), root.clock.now()):
        print(printable(f"Saksi luar {words}"))


def _compare(root: Root, number: str, code: str) -> int:
    """Hold a printed seal against the one of its number; exit code 6 if it is another."""
    if not number.isdecimal() or not is_code(code):
        raise UsageFault(
            f"{number} {code} bukan nomor dan kode segel.",
            "Tulis seperti tercetak: yankomas segel --cocok 312 3F9A-22C1-9B7E-4D10",
        )
    if (seal := root.seals.numbered(int(number))) is None:
        last = root.seals.last()
        there = f"yang terakhir no. {last.seq}" if last else "belum ada segel"
        raise NotFound(
            f"Segel no. {number} tidak ada di arsip ini ({there}).",
            "Bila kertasnya asli: arsip dikembalikan ke keadaan lama, atau segelnya dibuang. Laporkan kepada atasan.",
        )
    if seal.is_printed_as(code):
        print(f"Cocok: segel no. {seal.seq}, {seal.at:%d-%m-%Y %H.%M}, {seal.short}.")
        print("Yang disegel sampai saat itu terjamin bila `yankomas verify` tidak menemukan apa pun.")
        return 0
    print(f"TIDAK COCOK: segel no. {seal.seq} di arsip ini {seal.short}, di kertas {printable(code.upper())}.")
    print("Periksa ketikannya. Bila tetap lain, arsip atau segelnya diganti orang: catat, laporkan kepada atasan.")
    return ArchiveFault.exit_code


def _ask_outside(root: Root) -> int:
    """Ask every witness outside what it has; exit code 6 if that is not what is here."""
    here, sent, wrong = root.seals.everything(), root.sent_seals.last(), False
    for witness, _ in root.witnesses():
        if findings := list(denied(witness, here, sent)):
            wrong = True
            for finding in findings:
                print(printable(f"{finding.fact} {finding.remedy}"))
            continue
        try:
            kept = witness.kept()
        except YankomasError as fault:
            print(printable(f"{witness.place}: tidak dapat ditanya. {fault}"))
            continue
        said = "buka kotak suratnya, lalu yankomas segel --cocok NO KODE"
        print(
            printable(f"{witness.place}: {said if kept is None else f'{len(kept)} segel, sama dengan yang di sini'}.")
        )
    tell_outside(root)
    return ArchiveFault.exit_code if wrong else 0
