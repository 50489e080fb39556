"""What who has root on an office's machine may do to it, at random; each act is given who tampers, says what it did.

Acts that the program itself undoes or completes (a torn last line, a witness given twice) are left out: they change no
fact. So is adding behind the last line of a book: that is younger than the last seal.
"""

from __future__ import annotations

import hashlib
import json
import random
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from offices import FakeOffice

from pipeline.archive import bagit
from pipeline.archive.store.layout import Layout
from pipeline.cases.archived import Archived
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import read_journal
from pipeline.errors import YankomasError
from pipeline.evidence.store.seals import note_of, read_seals, seal_files
from pipeline.register.store.number_records import highest_note
from pipeline.storage.version_list import LIST, VersionList

_WORKING = {".locks", ".staging", ".open", ".state", ".saksi-luar", ".gitkeep"}


@dataclass(frozen=True, slots=True)
class Tamperer:
    """Who tampers: with which office, with which older copies of it at hand."""

    folder: Path
    older: Sequence[Path]
    chance: random.Random

    @property
    def layout(self) -> Layout:
        return Layout(self.folder)

    def files(self) -> list[Path]:
        """Every file of archive and seals that says something."""
        found = (p for top in ("archive", "segel") for p in (self.folder / top).rglob("*"))
        return sorted(p for p in found if p.is_file() and not _WORKING & set(p.relative_to(self.folder).parts))

    def file(self) -> Path:
        return self.chance.choice(self.files())

    def book(self) -> Path:
        """A file of lines."""
        return self.chance.choice(
            [p for p in self.files() if p.suffix == ".jsonl" or p.name in (".changes", ".naskah")]
        )

    def folder_inside(self) -> Path:
        found = (p for top in ("archive", "segel") for p in [self.folder / top, *(self.folder / top).rglob("*")])
        return self.chance.choice(
            sorted(p for p in found if p.is_dir() and not _WORKING & set(p.relative_to(self.folder).parts))
        )

    def number(self) -> CaseNumber:
        return self.chance.choice(sorted(self.layout.numbers(2026)))

    def stub(self) -> CaseNumber:
        """The case whose content was destroyed."""
        there = sorted(self.layout.numbers(2026))
        return self.chance.choice([n for n in there if not any((self.layout.case(n) / "data").iterdir())])

    def lines_of(self, number: CaseNumber, kind: str = "") -> list[dict[str, Any]]:
        """The lines of a case's journal, or those of one kind."""
        text = (self.layout.case(number) / bagit.JOURNAL).read_bytes()
        return [line for one in text.splitlines() if (line := json.loads(one))["kind"] == kind or not kind]

    def office(self) -> FakeOffice:
        """The office at work again, a day after its last seal."""
        office = FakeOffice(self.folder)
        last = office.root.seals.last()
        office.clock.at = (last.at if last else office.clock.at) + timedelta(days=1)
        return office


Act = Callable[[Tamperer], str]
ACTS: list[Act] = []


def an_act(act: Act) -> Act:
    """Take an act up; what it cannot do any more after another one is not done."""

    def done(who: Tamperer) -> str:
        try:
            return act(who)
        except (OSError, YankomasError, ValueError, IndexError, KeyError, sqlite3.Error) as fault:
            return f"could not: {type(fault).__name__}"

    done.__name__ = act.__name__
    ACTS.append(done)
    return done


@an_act
def bit(who: Tamperer) -> str:
    path = who.file()
    data = path.read_bytes()
    at = who.chance.randrange(len(data) * 8)
    path.write_bytes(data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :])
    return path.name


@an_act
def bytes_cut(who: Tamperer) -> str:
    path = who.file()
    data = path.read_bytes()
    path.write_bytes(data[: who.chance.randrange(len(data))])
    return path.name


@an_act
def line_removed(who: Tamperer) -> str:
    path = who.book()
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[who.chance.randrange(len(lines))]
    path.write_bytes(b"".join(lines))
    return path.name


@an_act
def tail_removed(who: Tamperer) -> str:
    path = who.book()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: who.chance.randrange(len(lines))]))
    return path.name


@an_act
def line_doubled(who: Tamperer) -> str:
    path = who.book()
    lines = path.read_bytes().splitlines(keepends=True)
    at = who.chance.randrange(len(lines) - 1)
    path.write_bytes(b"".join([*lines[: at + 1], *lines[at:]]))
    return path.name


@an_act
def lines_exchanged(who: Tamperer) -> str:
    path = who.book()
    lines = path.read_bytes().splitlines(keepends=True)
    a, b = who.chance.sample(range(len(lines)), 2)
    lines[a], lines[b] = lines[b], lines[a]
    path.write_bytes(b"".join(lines))
    return path.name


@an_act
def file_removed(who: Tamperer) -> str:
    path = who.file()
    path.unlink()
    return path.name


@an_act
def file_renamed(who: Tamperer) -> str:
    path = who.file()
    path.rename(path.with_name(f"{path.name}x"))
    return path.name


@an_act
def files_exchanged(who: Tamperer) -> str:
    one, other = who.file(), who.file()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return f"{one.name} {other.name}"


@an_act
def file_linked(who: Tamperer) -> str:
    path = who.file()
    away = who.folder / f"luar-{secrets.token_hex(3)}"
    path.rename(away)
    path.symlink_to(away)
    return path.name


@an_act
def folder_removed(who: Tamperer) -> str:
    path = who.folder_inside()
    shutil.rmtree(path)
    return path.name


@an_act
def folder_doubled(who: Tamperer) -> str:
    path = who.folder_inside()
    shutil.copytree(path, path.with_name(f"{path.name}1"))
    return path.name


@an_act
def folders_exchanged(who: Tamperer) -> str:
    one, other = who.layout.case(who.number()), who.layout.case(who.number())
    if one != other:
        one.rename(who.folder / "sementara")
        other.rename(one)
        (who.folder / "sementara").rename(other)
    return f"{one.name} {other.name}"


@an_act
def old_file_put_back(who: Tamperer) -> str:
    older = who.chance.choice(who.older)
    path = who.file()
    shutil.copy2(older / path.relative_to(who.folder), path)
    return path.name


@an_act
def old_folder_put_back(who: Tamperer) -> str:
    older, path = who.chance.choice(who.older), who.folder_inside()
    shutil.rmtree(path)
    shutil.copytree(older / path.relative_to(who.folder), path, copy_function=shutil.copy2)
    return path.name


@an_act
def old_office_put_back(who: Tamperer) -> str:
    older = who.chance.choice(who.older)
    shutil.rmtree(who.folder)
    shutil.copytree(older, who.folder, copy_function=shutil.copy2)
    return older.name


@an_act
def clock_turned_and_work_gone_on(who: Tamperer) -> str:
    """The office works with a clock that is far ahead or behind; as that is no tampering, a line is forged too."""
    forge(who, who.number())
    office = who.office()
    office.clock.forward(days=who.chance.choice((-400, -1, 400)))
    office.drop("baru.pdf", secrets.token_bytes(8))
    office.run_once()
    return "gone on"


@an_act
def work_gone_on_after_a_forgery(who: Tamperer) -> str:
    forge(who, number := who.number())
    office = who.office()
    office.drop("baru.pdf", secrets.token_bytes(8))
    office.run_once()
    office.root.rebuild()
    office.root.book.rebuild()
    return str(number)


@an_act
def keys_exchanged(who: Tamperer) -> str:
    for name in ("segel", who.chance.choice(["kode-halaman", "segel"])):
        (who.layout.keys / name).write_bytes(secrets.token_bytes(32))
        (who.layout.key_marks / name).unlink(missing_ok=True)
    return "segel"


@an_act
def key_removed(who: Tamperer) -> str:
    (who.layout.keys / "segel").unlink()
    return "segel"


@an_act
def seals_cut_back(who: Tamperer) -> str:
    return f"to {cut_seals(who)}"


@an_act
def seals_cut_back_and_made_again(who: Tamperer) -> str:
    """Forge a case, and have the office's own program confirm it: seals from some day on are made anew."""
    forge(who, who.number())
    kept = cut_seals(who)
    office = who.office()
    office.root.book.rebuild()
    office.root.seals.seal_now(office.clock.now())
    return f"to {kept}"


@an_act
def newest_case_removed_throughout(who: Tamperer) -> str:
    """Take the newest case away with every trace in the archive, and let its number be given again."""
    layout = who.layout
    newest = max(layout.numbers(2026))
    shutil.rmtree(layout.case(newest))
    lines = layout.changes.read_bytes().splitlines(keepends=True)
    layout.changes.write_bytes(b"".join(line for line in lines if not line.startswith(str(newest).encode())))
    before = CaseNumber(2026, newest.serial - 1)
    registered = FakeOffice(who.folder).root.case(before).registered_at
    layout.highest(2026).write_bytes(highest_note(before.serial, registered))
    cut_seals(who)
    office = who.office()
    if who.chance.random() < 0.5:
        office.drop("baru.pdf", secrets.token_bytes(8))
    office.run_once()
    office.root.book.rebuild()
    return str(newest)


@an_act
def account_changed(who: Tamperer) -> str:
    said = who.chance.choice(
        (
            "UPDATE account SET password = 'lain' WHERE login = 'orang.1'",
            "UPDATE account SET locked = 1 - locked WHERE login = 'orang.2'",
            "INSERT OR REPLACE INTO held_role VALUES ('orang.3', 'admin', '2020-01-01', '2099-01-01')",
            "DELETE FROM held_role WHERE login = 'orang.1'",
            "INSERT INTO account (login, name, nip, made) VALUES ('hantu', 'Hantu', '', 0)",
        )
    )
    with closing(sqlite3.connect(who.layout.people / "akun.sqlite3")) as rows:
        rows.execute(said)
        rows.commit()
    return said


@an_act
def access_log_rewritten(who: Tamperer) -> str:
    """Take one person's lines out of the access log and chain it anew."""
    path = who.chance.choice(sorted(who.layout.access.glob("*.jsonl")))
    login = f"orang.{who.chance.randrange(4)}"
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    path.write_bytes(chained([line for line in lines if line["by"] != login]))
    return login


#: Books of archivists and of persons' rights, in which each line holds the hash of the line before.
BOOKS = (".kearsipan", ".tutup-buku", ".serahan", ".ikm", ".data-pribadi/permintaan", ".data-pribadi/kebocoran")


@an_act
def book_rewritten(who: Tamperer) -> str:
    """Change a line of a book, or take it out, and chain the book anew."""
    path = who.layout.archive / who.chance.choice(BOOKS) / LIST
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    at = who.chance.randrange(len(lines))
    if who.chance.random() < 0.5:
        del lines[at]
    else:
        lines[at]["oleh"] = "pelapor"
    path.unlink()
    VersionList(path.parent, "").note(*({k: v for k, v in line.items() if k != "prev"} for line in lines))
    return path.parent.name


@an_act
def archivists_line_taken_out(who: Tamperer) -> str:
    """Take a hold, a loan, a filing or a destruction out of a case, and make hashes, bag and witnesses fit it."""
    marked = [number for number in who.layout.numbers(2026) if who.lines_of(number, Archived.kind)]
    number = who.chance.choice(marked)
    taken = who.chance.choice(who.lines_of(number, Archived.kind))
    rewrite(who, number, lambda lines: lines.remove(taken))
    return f"{number} {taken['data']['act']}"


@an_act
def another_named_as_sender(who: Tamperer) -> str:
    """Put another person's name on a letter that somebody sent: in the case, in the inbox account, or in both."""
    sent = [n for n in who.layout.numbers(2026) if "meja" in str(who.lines_of(n)[0]["data"].get("deliveries"))]
    number = who.chance.choice(sorted(sent))
    where = who.chance.choice(("perkara", "akun", "keduanya"))
    if where != "akun":
        rewrite(who, number, lambda lines: lines[0]["data"]["deliveries"][0].update(login="pelapor", akun="pelapor"))
    if where != "perkara":
        path = who.chance.choice(sorted(who.layout.ledger.glob("*.jsonl")))
        path.write_bytes(path.read_bytes().replace(b'"login": "orang.', b'"login": "lain..'))
    return f"{number} {where}"


@an_act
def destroyed_content_put_back(who: Tamperer) -> str:
    """Lay content into the folder of a destroyed case, as it was or as it never was."""
    stub = who.stub()
    data = who.layout.case(stub) / "data"
    there = [older / data.relative_to(who.folder) for older in who.older]
    old = [path for folder in there if folder.is_dir() for path in folder.iterdir()]
    if old and who.chance.random() < 0.5:
        shutil.copy2(who.chance.choice(old), data)
    else:
        (data / "01-surat.txt").write_bytes(b"Surat rekaan")
    return str(stub)


@an_act
def stub_made_to_fit_other_content(who: Tamperer) -> str:
    """Change the hash of destroyed content in its stub, so that another paper would be taken for it."""
    stub = who.stub()

    def exchange(lines: list[dict[str, Any]]) -> None:
        with_paper = [line for line in lines if line["data"].get("documents")]
        who.chance.choice(with_paper)["data"]["documents"][0]["sha256"] = secrets.token_hex(32)

    rewrite(who, stub, exchange)
    return str(stub)


def forge(who: Tamperer, number: CaseNumber) -> None:
    """Say in a line of a case that somebody else did it."""
    rewrite(who, number, lambda lines: who.chance.choice(lines).update(by="pelapor"))


def rewrite(who: Tamperer, number: CaseNumber, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the lines of a case, and make hashes, bag and witnesses fit them."""
    layout = who.layout
    path = layout.case(number) / bagit.JOURNAL
    lines = who.lines_of(number)
    before = {line["hash"] for line in lines}
    change(lines)
    text = chained(lines)
    path.write_bytes(text)
    entries = read_journal(text).entries
    with suppress(YankomasError):
        for name, data in bagit.bag_files(number, entries, text).items():
            (path.parent / name).write_bytes(data)
    kept = [line for line in layout.changes.read_text().splitlines() if line.rpartition(" ")[2] not in before]
    kept += [f"{number} {entry.seq} {entry.hash}" for entry in entries]
    layout.changes.write_text("".join(f"{line}\n" for line in kept))


def chained(lines: Sequence[dict[str, object]]) -> bytes:
    """Return journal lines with seq, prev and hash made anew."""
    out, prev = [], "0" * 64
    for seq, line in enumerate(lines, 1):
        body = {**{k: v for k, v in line.items() if k != "hash"}, "seq": seq, "prev": prev}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
        prev = hashlib.sha256(prev.encode() + text).hexdigest()
        out.append(text + b',"hash":"' + prev.encode() + b'"}\n')
    return b"".join(out)


def cut_seals(who: Tamperer) -> int:
    """Cut the seals back to some earlier one, with the archive's note of them; return which."""
    layout = who.layout
    seals = [seal for _, seal, _ in read_seals(layout) if seal]
    kept = who.chance.randrange(len(seals))
    for path in seal_files(layout):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:kept]))
    layout.sealed_books.unlink(missing_ok=True)
    if kept:
        layout.last_seal.write_bytes(note_of(seals[kept - 1]))
    else:
        layout.last_seal.unlink()
    return kept
