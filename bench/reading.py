"""Measures how well letters are read: ``python bench/reading.py [--letters FOLDER] [--write docs/reading.md]``.

Needs a folder of letters whose truth is known (see ``scoring.py``). Prints, in Markdown: F1 a field and difficulty,
wrong characters a kind of scan, the score of each pattern of letter, and what each way of looking at a page gives.
Fields are found by the rules alone; ``learning.py --test`` measures what is chosen. Every page is read anew for each
way of reading.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ablation import LOOKS, Pages, read_all
from fitting import examples, fitted
from marked_tables import put, table
from scoring import LETTERS, Sums, Truth, measure_of, own_letters, score, truths

from pipeline.reading.mentions import weights

_FOLDS = 5
_DIFFICULTIES = ("easy", "medium", "hard")


def report(folder: Path) -> str:
    """Read and score everything; return the tables."""
    letters, measure = truths(folder), measure_of(folder)
    names = sorted({letter["file"] for letter in letters})
    pages, seconds = read_all(folder, names)

    def groups(letter: Truth) -> tuple[str, ...]:
        return "semua", letter["difficulty"], f"kind {letter['kind']}", f"pattern {letter['pattern']}"

    sums = score(pages, letters, measure, groups)
    parts = [
        f"{len(letters)} letters, {sum(map(len, pages.values()))} pages; processor "
        f"{statistics.mean(seconds):.2f} s a page that is read (median {statistics.median(seconds):.2f} s).",
        "## By field\n\n" + _fields_table(sums, list(measure.FIELDS)),
        "## By kind of scan\n\n" + _groups_table(sums, "kind", measure.MAIN),
        "## By pattern of letter\n\n" + _groups_table(sums, "pattern", measure.MAIN),
        "## By groups of patterns, scored unseen\n\n" + _folds_table(letters, measure, pages),
        "## What each way of looking at a page gives\n\n" + _worth(folder, names, letters, measure, sums["semua"]),
    ]
    return "\n\n".join(parts) + "\n"


def _fields_table(sums: Mapping[str, Sums], fields: Sequence[str]) -> str:
    rows = [[name, *(_said(sums[g].f1(name)) for g in ("semua", *_DIFFICULTIES))] for name in fields]
    rows.append(["**all fields**", *(_said(sums[g].f1()) for g in ("semua", *_DIFFICULTIES))])
    rows.append(["**wrong characters (CER %)**", *(f"{sums[g].cer:.2f}" for g in ("semua", *_DIFFICULTIES))])
    return table(["field (F1)", "all", "easy", "medium", "hard"], rows)


def _groups_table(sums: Mapping[str, Sums], kind: str, main: Sequence[str]) -> str:
    found = sorted((name.removeprefix(f"{kind} "), s) for name, s in sums.items() if name.startswith(f"{kind} "))
    rows = [[n, str(s.letters), _said(s.f1(*main)), _said(s.f1()), f"{s.cer:.2f}"] for n, s in found]
    return table([kind, "letters", "main fields (F1)", "all fields (F1)", "CER %"], rows)


def _folds_table(letters: Sequence[Truth], measure: Any, pages: Pages) -> str:
    """Score each fifth of the patterns with what is learned, the weights of signs, learned from the others only."""
    patterns = sorted({letter["pattern"] for letter in letters})
    own_pages = {le["id"]: tuple(p for p in pages[le["file"]] if p.number in le["pages"]) for le in letters}
    known = examples([*((le, own_pages[le["id"]]) for le in letters), *own_letters()], measure)
    rows, every = [], Sums()
    for fold in range(_FOLDS):
        unseen = patterns[fold::_FOLDS]
        fitted_weights = fitted([example for example in known if example.pattern not in unseen])
        with patch.dict(weights(), fitted_weights):
            sums = score(pages, [le for le in letters if le["pattern"] in unseen], measure)["semua"]
        every.letters += sums.letters
        every.add(sums.fields)
        short = ", ".join(pattern.partition("-")[0] for pattern in unseen)
        rows.append([short, *_fold_row(sums, measure)])
    rows.append(["**all**", *_fold_row(every, measure)])
    return table(["patterns", "letters", "main fields (F1)", "all fields (F1)", "respondent (F1)"], rows)


def _fold_row(sums: Sums, measure: Any) -> list[str]:
    return [str(sums.letters), _said(sums.f1(*measure.MAIN)), _said(sums.f1()), _said(sums.f1("terlapor"))]


def _worth(folder: Path, names: Sequence[str], letters: Sequence[Truth], measure: Any, full: Sums) -> str:
    """Return what is lost when one way of looking is left out; of fields by rules, pages are what is measured."""
    rows = [["(complete)", _said(full.f1()), f"{full.cer:.2f}"]]
    for words in LOOKS:
        less = score(read_all(folder, names, words)[0], letters, measure)["semua"]
        rows.append([words, _said(less.f1()), f"{less.cer:.2f}"])
    return table(["without …", "all fields (F1)", "CER %"], rows)


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def main() -> None:
    """Print the tables, or put them into a document between its two marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, default=LETTERS, help="folder with truth.json, score.py and the files")
    parser.add_argument("--write", type=Path, help="document whose tables are to be replaced")
    options = parser.parse_args()
    put(report(options.letters), options.write, "<!-- measured -->")


if __name__ == "__main__":
    main()
