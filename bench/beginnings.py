"""Fits by which signs another letter is suspected within a scan: ``python bench/beginnings.py``; takes some minutes.

Learns from the families and the known letters in this repository: letters put together, letters of several pages, and
letters cut in two at any row. What the row model says of a family's letters, one says that has not met the family.
``--letters FOLDER FOLDER`` fits without each of two known collections and scores on its scans: every two letters of it
put together. ``--write FILE`` also puts the table into a file.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ablation import read_all
from labelled import all_families, from_families, known, typed
from learning import COLLECTIONS, LETTERS, ROUNDS, Example, fit_model, regressed, rows_of
from marked_tables import put, table
from scoring import truths

from pipeline.reading import beginnings
from pipeline.reading.beginnings import Looked, looked, signs
from pipeline.reading.engines.section_tagger import SectionTagger
from pipeline.reading.row_features import row_signs
from pipeline.reading.weighing import likelihood
from pipeline.scans.words import Page

#: Letters of a family, their serial numbers, and how many of their words are misread; of families with longer letters
#: more, for there are few.
_SERIALS, _LONG_SERIALS, _NOISE = range(20, 24), range(20, 32), (0.0, 0.15, 0.3)
#: Ways in which a letter is cut in two: from where on (a part of its lines) the second page may begin.
_CUTS, _LAST_CUT = (0.2, 0.5, 0.2, 0.5), 0.94
#: Of letters put together: so many for the families and for each collection; in how many the first is only the end of
#: one that was cut, and the second only the beginning.
_JOINED, _JOINED_KNOWN, _ENDS, _STARTS = 2500, 800, 0.4, 0.3
#: A letter's own later page counts so often, for there are few.
_WEIGHT = 3
#: From which likelihood a page is suspected. When it was chosen (2026-11-26, 250 families), 2 of the 98 later pages of
#: typed families were suspected from 0.5 on and none from 0.6; of joined letters one in a hundred fewer are found.
_AT_LEAST = 0.6
#: How strongly weights are pulled to nothing; those of fields, which have more signs that say the same, twice as much.
_PULL = 2.0
_MARKS = "<!-- beginnings -->", "<!-- /beginnings -->"


@dataclass(frozen=True, slots=True)
class Whole:
    """A letter: its pages as they were looked at, and other ways to break it into two; ``misread``: with mistakes."""

    pages: Sequence[Looked]
    cuts: Sequence[Sequence[Looked]]
    misread: bool = False


def wholes(half: int, model: SectionTagger) -> list[Whole]:
    """Return letters of every other family."""
    found = []
    for family in all_families()[half::2]:
        for serial in _LONG_SERIALS if "== halaman" in family.body else _SERIALS:
            name = f"{family.name} {serial}"
            found.append(_whole(family.letter(serial).text, _NOISE[serial % len(_NOISE)], name, model))
    return found


def _whole(text: str, noise: float, name: str, model: SectionTagger) -> Whole:
    def look(broken: str) -> list[Looked]:
        pages = (looked(page, model) for page in typed(broken, noise, name)[0])
        return [page for page in pages if page.rows]

    chance, lines = random.Random(name), text.replace("\f", "\n").split("\n")
    places = [chance.randint(int(len(lines) * first), int(len(lines) * _LAST_CUT)) for first in _CUTS]
    cuts = [look("\n".join(lines[:at]) + "\f" + "\n".join(lines[at:])) for at in places]
    return Whole(look(text), [cut for cut in cuts if len(cut) == 2], noise > 0)


def examples(letters: Sequence[Whole], joined: int, seed: str) -> Iterator[Example]:
    """Yield the signs of pages on which another letter begins, and of pages that go on."""
    chance = random.Random(seed)
    for _ in range(joined):
        first, second = chance.sample(letters, 2)
        before = chance.choice(first.cuts) if first.cuts and chance.random() < _ENDS else first.pages
        page = chance.choice(second.cuts)[0] if second.cuts and chance.random() < _STARTS else second.pages[0]
        yield signs(before, page), True
    for letter in letters:
        for at in range(1, len(letter.pages)):
            yield from [(signs(letter.pages[:at], letter.pages[at]), False)] * _WEIGHT
        yield from ((signs(cut[:1], cut[1]), False) for cut in letter.cuts)


def write_weights(fitted: Sequence[Example], path: Path) -> None:
    """Fit, and write the weights as the file that the product reads."""
    lines = [
        "# What each sign that another letter begins on a page weighs, in odds; fitted by bench/beginnings.py.",
        '# "at least": from which likelihood a page is suspected.',
        f'"at least" = {_AT_LEAST}',
        *(f'"{sign}" = {weight:.3f}' for sign, weight in regressed(fitted, _PULL).items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beginnings._WEIGHTS = path
    beginnings.weights.cache_clear()


def scans(folder: Path, model: SectionTagger) -> list[Whole]:
    """Return the letters of a folder, as they are read from their scans."""
    letters = truths(folder)
    pages, _ = read_all(folder, sorted({letter["file"] for letter in letters}))
    return [
        Whole([looked(page, model) for page in _own(pages[letter["file"]], letter["pages"])], ()) for letter in letters
    ]


def _own(pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    own = [page for page in pages if page.number in numbers]
    return [replace(page, number=number) for number, page in enumerate(own, 1)]


def _found(letters: Sequence[Whole]) -> str:
    """Return of how many pairs of letters the second is found where it begins."""
    pairs = [(first, second) for first in letters for second in letters if first is not second]
    found = sum(_is_suspected(first.pages, second.pages[0]) for first, second in pairs)
    return f"{found} of {len(pairs)} ({100 * found / len(pairs):.1f} %)"


def _wrong(letters: Sequence[Whole]) -> tuple[int, int]:
    """Return how many later pages of letters are suspected, and how many there are."""
    pages = [(letter.pages[:at], letter.pages[at]) for letter in letters for at in range(1, len(letter.pages))]
    return sum(_is_suspected(before, page) for before, page in pages), len(pages)


def _is_suspected(letter: Sequence[Looked], page: Looked) -> bool:
    return likelihood(beginnings.weights(), signs(letter, page)) >= _AT_LEAST


def tested(folders: Sequence[Path], halves: Sequence[Sequence[Whole]], model: SectionTagger, scratch: Path) -> str:
    """Return the table of what is found and what is suspected wrongly, by weights that have not seen the letters."""
    every = [example for half in halves for example in examples(half, _JOINED // 2, "families")]
    of_known = {name: _of_known(name, model) for name in COLLECTIONS}
    rows = []
    for folder in folders:
        others = [example for name, own in of_known.items() if name != folder.name for example in own]
        write_weights([*every, *others], scratch / "beginnings.toml")
        letters = scans(folder, model)
        rows.append([f"scans of `{folder.name}`", _found(letters), "{} of {}".format(*_wrong(letters))])
    collections = [example for own in of_known.values() for example in own]
    counts = {False: [0, 0], True: [0, 0]}
    for half in (0, 1):
        write_weights([*examples(halves[half], _JOINED // 2, "families"), *collections], scratch / "beginnings.toml")
        for misread, count in counts.items():
            wrong = _wrong([letter for letter in halves[1 - half] if letter.misread == misread])
            counts[misread] = [a + b for a, b in zip(count, wrong, strict=True)]
    for misread, words in ((False, "as they were typed"), (True, "with up to a third of their words misread")):
        rows.append([f"families of letters, {words}", "–", "{} of {}".format(*counts[misread])])
    return table(["unseen letters", "second letter found where it begins", "later pages suspected wrongly"], rows)


def _of_known(name: str, model: SectionTagger) -> list[Example]:
    letters = [
        _whole("\f".join(letter["text"]), noise, f"{letter['id']} {noise}", model)
        for letter in known(name)
        for noise in _NOISE[:2]
    ]
    return list(examples(letters, _JOINED_KNOWN, name))


def _models(scratch: Path) -> list[SectionTagger]:
    """Return row models that have learned from every other family."""
    models = []
    for half in (0, 1):
        letters = list(from_families(all_families()[half::2], LETTERS))
        path = scratch / f"{half}.crfsuite"
        fit_model(
            path, rows_of(letters, {id(one): row_signs(one.sheet, one.tokens) for one in letters}), ROUNDS["rows"]
        )
        models.append(SectionTagger(path))
    return models


def main() -> None:
    """Fit and write what the product suspects by, or test without one collection after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, nargs=2, help="folders of scans to score on, each left out of fitting")
    parser.add_argument("--write", type=Path, help="file whose table is replaced")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch, model = Path(folder), SectionTagger()
        others = _models(scratch)
        halves = [wholes(half, others[1 - half]) for half in (0, 1)]
        if options.letters:
            put(tested(options.letters, halves, model, scratch), options.write, *_MARKS)
            return
        every = [example for half in halves for example in examples(half, _JOINED // 2, "families")]
        collections = [example for name in COLLECTIONS for example in _of_known(name, model)]
        write_weights([*every, *collections], beginnings._WEIGHTS)


if __name__ == "__main__":
    main()
