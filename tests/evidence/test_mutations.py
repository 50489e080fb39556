"""Whatever is done to any file of an archive, verify finds it: every file in every way, and every line of a journal."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from offices import FakeOffice
from test_seals import sealed_office
from test_verify import rewritten

from pipeline.archive.store.layout import opened
from pipeline.errors import ArchiveFault
from pipeline.evidence.store.verify import verify_archive
from pipeline.wiring import Root

#: What holds no facts (who is at work, what is owed, how far a view came, which keys there are).
WORKING = {".locks", ".staging", ".open", ".state", ".sidik"}
Mutation = tuple[str, dict[Path, bytes | None]]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return sealed_office(tmp_path_factory.mktemp("mutasi") / "kantor")


def files_of(office: FakeOffice) -> list[Path]:
    """Return every file of the archive and the seals."""
    layout = office.root.layout
    found = sorted(p for top in (layout.archive, layout.seals) for p in top.rglob("*") if p.is_file())
    return [p for p in found if not WORKING & set(p.relative_to(layout.root).parts)]


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def mutations(path: Path, others: list[Path], chance: random.Random, flips: int) -> Iterator[Mutation]:
    """Yield what may be done to a file: the files' new contents (None: removed)."""
    data, other = path.read_bytes(), chance.choice([p for p in others if p.read_bytes() != path.read_bytes()])
    size = len(data) * 8
    for bit in {0, size - 1, *(chance.randrange(size) for _ in range(flips))}:
        yield f"bit {bit}", {path: flipped(data, bit)}
    yield "removed", {path: None}
    yield "emptied", {path: b""}
    yield "cut", {path: data[: len(data) // 2]}
    yield "last byte cut", {path: data[:-1]}
    if path.parent.name != ".kotak-masuk":  # an empty line behind the last one is younger than the seal, and no fact
        yield "longer", {path: data + b"\n"}
    yield "renamed", {path: None, path.with_name(f"{path.name}x"): data}
    yield "added beside", {path.with_name(f"{path.stem}-salinan{path.suffix}"): data}
    yield "swapped", {path: other.read_bytes(), other: data}


def line_mutations(path: Path) -> Iterator[Mutation]:
    """Yield what may be done to the lines of a file, also by a forger who makes the hashes that follow anew."""
    lines = path.read_bytes().splitlines(keepends=True)
    for at, line in enumerate(lines):
        yield f"line {at} removed", {path: b"".join(lines[:at] + lines[at + 1 :])}
        if path.name != ".changes" or at < len(lines) - 1:  # whoever heals a crash may witness the last line again
            yield f"line {at} twice", {path: b"".join([*lines[: at + 1], *lines[at:]])}
        yield f"cut behind line {at}", {path: b"".join(lines[:at])}
        if at:
            yield (
                f"lines {at} and before swapped",
                {path: b"".join([*lines[: at - 1], line, lines[at - 1], *lines[at + 1 :]])},
            )
        if path.name == "journal.jsonl":
            yield f"line {at} forged", {path: b"".join(forged(lines, at))}


def forged(lines: list[bytes], at: int) -> list[bytes]:
    out, prev = lines[:at], "0" * 64 if at == 0 else hash_of(lines[at - 1])
    for position in range(at, len(lines)):
        out = [*out, rewritten(lines[position], prev, **({"by": "pelapor"} if position == at else {}))]
        prev = hash_of(out[-1])
    return out


def hash_of(line: bytes) -> str:
    return line[-67:-3].decode()


def missed(office: FakeOffice, changes: Iterator[tuple[Path, Mutation]]) -> tuple[list[str], int]:
    """Do and undo each mutation; return those that verify did not find, and how many were tried."""
    root, unseen, tried = Root(office.root.layout.root), [], 0
    key = root.keys.known("segel")
    for path, (name, contents) in changes:
        before = {p: p.read_bytes() if p.exists() else None for p in contents}
        put(contents)
        tried += 1
        if not (refused(root) or verify_archive(root.layout, views=root.views, seal_key=key)):
            unseen.append(f"{path.relative_to(root.layout.root)}: {name}")
        put(before)
    assert verify_archive(root.layout, views=root.views, seal_key=key) == []
    return unseen, tried


def refused(root: Root) -> bool:
    """Say whether no command would open the archive any more."""
    try:
        opened(root.layout.root)
    except ArchiveFault:
        return True
    return False


def put(contents: dict[Path, bytes | None]) -> None:
    for path, data in contents.items():
        path.unlink(missing_ok=True) if data is None else path.write_bytes(data)


@pytest.mark.parametrize("flips", [1, pytest.param(60, marks=pytest.mark.slow)])
def test_every_file_changed_removed_added_renamed_or_swapped_is_found(office, flips):
    chance, files = random.Random(20261125), files_of(office)
    if flips == 1:  # the cases are alike; one will do
        files = [
            path for path in files if path.parts[-2] not in ("0002", "0003") and path.parts[-3] not in ("0002", "0003")
        ]

    done = ((p, m) for p in files for m in mutations(p, files, chance, flips))
    every = 7 if flips == 1 else 1  # no multiple of how many are done to a file: each of them is done to a seventh

    unseen, tried = missed(office, islice(done, 0, None, every))

    assert not unseen, "\n".join(unseen)
    assert tried > 10 * len(files) // every


def test_every_line_of_journals_witnesses_and_seals_removed_doubled_swapped_cut_or_forged_is_found(office):
    layout = office.root.layout
    files = [layout.case(n) / "journal.jsonl" for n in sorted(layout.numbers(2026))[:1]]
    files += [layout.changes, layout.seals / "2026.jsonl"]

    unseen, tried = missed(office, ((p, m) for p in files for m in line_mutations(p)))

    assert not unseen, "\n".join(unseen)
    assert tried > 60


def test_every_folder_removed_renamed_doubled_or_put_under_anothers_number_is_found(office, tmp_path):
    root = Root(office.root.layout.root)
    first, second = (root.layout.case(n) for n in sorted(root.layout.numbers(2026))[:2])

    def found() -> bool:
        return bool(verify_archive(root.layout, views=root.views))

    for target in (tmp_path / "dibawa", first.with_name("0009"), first.with_name("1"), second / "data" / "0001"):
        first.rename(target)
        assert found(), target.name
        target.rename(first)
    shutil.copytree(first, first.with_name("0004"))
    assert found()
    shutil.rmtree(first.with_name("0004"))
    first.rename(tmp_path / "sementara")
    second.rename(first)
    (tmp_path / "sementara").rename(second)
    swapped = found()
    first.rename(tmp_path / "sementara")  # other tests of the module go on with the office
    second.rename(first)
    (tmp_path / "sementara").rename(second)
    assert swapped
    assert not found()
