"""An archive that an older version made is opened, verified and continued unchanged (``tests/archives/``)."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from central_servers import servers_of_this_run
from fakes import FixedClock
from offices import CENTRAL, FakeOffice
from web_desk import WebDesk

from pipeline.archive.store import layout as archive_format
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import ArchiveFault

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
ARCHIVES = sorted(p for p in (Path(__file__).parents[1] / "archives").iterdir() if p.is_dir())


#: Later programs hold a NIK against the calendar; the invented ones of the archive have no birthday.
_LATER_DOUBT = "memuat tanggal lahir yang tidak ada (angka ke-7 sampai ke-12); cocokkan dengan KTP-nya."


class Kept:
    """A kept office, unpacked, with what its own version answered of it."""

    def __init__(self, archive: Path, to: Path, said) -> None:
        with tarfile.open(archive / "kantor.tar.gz") as tar:
            tar.extractall(to)  # ours; Python 3.11.2, which Debian 12 has, knows no filters yet
        self.root, self._archive, self._said = to / "kantor", archive, said
        self.version = archive.name
        self.cases = {number: _without_doubt(view) for number, view in json.loads(self.text("cases.json")).items()}
        #: The format of the archive as that version left it.
        self.format = _marked(self.root)
        #: The day after the last thing that was recorded.
        self.later = max(datetime.fromisoformat(v["events"][-1]["at"]) for v in self.cases.values()) + timedelta(days=1)

    @property
    def complaints(self) -> dict[str, dict]:
        """The cases of Yankomas, without those of other services."""
        return {number: view for number, view in self.cases.items() if "~" not in number}

    def text(self, name: str) -> str:
        """What is stored beside the archive."""
        return (self._archive / name).read_text(encoding="utf-8")

    def says(self, *words: str, code: int = 0) -> str:
        """What a command of today says of the office."""
        assert main(["--root", str(self.root), *words]) == code, (words, self._said())
        return self._said()

    def case(self, number: str) -> dict:
        """A case as today's ``case --json`` shows it, without the path and what its own version did not tell yet."""
        told = self.cases[number]
        return _without_doubt(_as_told(json.loads(self.says("case", number, "--alasan", "uji", "--json")), told))

    def office(self) -> FakeOffice:
        """The office at work again with fake engines, a day later, with the letterhead that later versions ask for."""
        settings = self.root / "office.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("(isi alamat kantor di office.toml)", "Rekaan 1").replace("(isi)", "0736"))
        office = FakeOffice(self.root)
        office.clock = FixedClock(self.later)
        return office

    def open(self, state: str) -> list[str]:
        """The numbers of the cases that stand in a state."""
        return [number for number, view in self.cases.items() if view["state_key"] == state]

    def open_marks(self) -> list[str]:
        """The numbers of the cases that the machine owes something."""
        return [str(number) for number in FakeOffice(self.root).root.cabinet.open_cases()]

    def move_in(self) -> None:
        """Have the office move into the centre, where it has what it had."""
        before = _evidence(self.root)
        servers_of_this_run().take_in(self.root)
        assert self.evidence() == before

    def evidence(self) -> dict[str, str]:
        """The digest of every document and of every line that is only ever added; at the centre, by its export."""
        if not CENTRAL:
            return _evidence(self.root)
        with tempfile.TemporaryDirectory() as place:
            self.says("pusat", "ekspor", str(self.root), "--ke", place)
            return _evidence(next(Path(place).iterdir()))


def _evidence(root: Path) -> dict[str, str]:
    archive, found = root / "archive", {}
    for path in sorted(p for p in archive.glob("[12]*/*/data/*") if p.is_file()):
        found[str(path.relative_to(root))] = _digest(path.read_bytes())
    chained = [*archive.glob("[12]*/*/journal.jsonl"), *archive.glob("akses/*"), *root.glob("segel/*")]
    for path in [*chained, archive / ".changes", *archive.glob(".kotak-masuk/*")]:
        lines = enumerate(path.read_bytes().splitlines(keepends=True))
        found |= {f"{path.relative_to(root)}:{n}": _digest(line) for n, line in lines}
    return found


def _as_told(shown: Any, told: Any) -> Any:
    """Return what is shown without the fields that its own version did not tell yet, however deep they lie."""
    if isinstance(told, dict):
        return {key: _as_told(shown[key], told[key]) for key in shown if key in told}
    if isinstance(told, list) and len(told) == len(shown):
        return [_as_told(*each) for each in zip(shown, told, strict=True)]
    return shown


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.name)
def kept(request, tmp_path, capsys):
    """Each kept office in turn."""
    office = Kept(request.param, tmp_path, lambda: capsys.readouterr().out)
    if CENTRAL:
        office.move_in()
    return office


def test_every_case_is_shown_as_the_version_that_made_it_showed_it(kept):
    shown = {number: kept.case(number) for number in kept.cases}

    assert shown == kept.cases


def test_the_books_say_what_they_said(kept):
    inbox = json.loads(kept.says("inbox", "--all", "--json"))

    assert kept.says("register", "--csv").splitlines() == kept.text("register.csv").splitlines()
    assert json.loads(kept.says("segel", "--json")) == json.loads(kept.text("segel.json"))
    assert [[entry["name"], entry["state"]] for entry in inbox["entries"]] == json.loads(kept.text("inbox.json"))


def test_it_is_whole_before_and_after_its_views_are_made_anew(kept):
    assert json.loads(kept.says("verify", "--json")) == []

    kept.says("rebuild")

    assert json.loads(kept.says("verify", "--json")) == []
    assert {number: kept.case(number) for number in kept.cases} == kept.cases


def test_it_is_continued_without_a_gap_and_nothing_that_was_written_changes(kept):
    before, last = kept.evidence(), max(_number(number) for number in kept.complaints)
    old = CaseNumber(*_number(kept.open("telaahan")[0]))
    office = kept.office()

    office.drop("baru.pdf", b"Surat baru sesudah pembaruan program")
    office.run_once()
    office.decide(old, "minta-kelengkapan", "kasubbid", {"kekurangan": ["KTP"]})
    office.run_once()

    numbers = [number for number in office.root.cabinet.numbers() if number.volume == last[0]]
    given = sorted(number.serial for number in numbers if number.serial > last[1])
    assert given == list(range(last[1] + 1, last[1] + 1 + len(given)))
    assert office.file(max(numbers), "01-surat.pdf") == b"Surat baru sesudah pembaruan program"
    now = kept.case(str(old))
    assert now["state_key"] == "kelengkapan"
    assert now["documents"][-1]["name"].startswith("04-permintaan-kelengkapan")
    after = kept.evidence()
    assert len(after) > len(before) > len(kept.cases)
    assert {name: after.get(name) for name in before} == before
    assert json.loads(kept.says("verify", "--json")) == []


def test_of_every_version_that_was_cut_an_archive_is_kept():
    cut = set(re.findall(r"^## \[([\d.]+)\]", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE))

    assert {archive.name for archive in ARCHIVES} == cut


@pytest.mark.in_folders
def test_an_upgrade_is_gone_back_from_by_what_the_older_program_backed_up(kept, tmp_path):
    """What the newer one wrote or backed up, the older refuses unharmed; what it left itself, it goes on with."""
    store, before = str(tmp_path / "cadangan"), tmp_path / "sebelum"
    shutil.copytree(kept.root, before)  # what a backup of the older program has
    kept.office().run_once()
    kept.says("backup", "--to", store)
    shutil.copy(kept.root / ".kunci" / "cadangan", tmp_path / "sandi")
    later = kept.evidence()

    with pytest.MonkeyPatch.context() as older:  # a program that knows no format but the kept archive's
        older.setattr(archive_format, "FORMAT", kept.format)
        if _marked(kept.root) > archive_format.FORMAT:
            brought = ["restore", "--from", store, "--to", str(tmp_path / "pulih")]
            brought += ["--password-file", str(tmp_path / "sandi")]
            for words in (["case", "2024/0001"], ["run", "--once"], ["verify"], ["rebuild"], brought):
                kept.says(*words, code=ArchiveFault.exit_code)
            assert not (tmp_path / "pulih").exists()
        assert kept.evidence() == later
        kept.root = before
        assert {number: kept.case(number) for number in kept.cases} == kept.cases
        assert json.loads(kept.says("verify", "--json")) == []


def _marked(root: Path) -> int:
    """The format that an archive says it is of."""
    mark = root / "archive" / ".bentuk"
    return int(mark.read_bytes()) if mark.exists() else 1


def test_what_was_left_in_the_middle_is_finished(kept):
    owed = kept.open_marks()
    assert owed

    kept.office().run_once()

    assert kept.open_marks() == []
    assert all(kept.case(number)["state"] != "sedang dikerjakan mesin" for number in owed)
    states = {entry["state"] for entry in json.loads(kept.says("inbox", "--all", "--json"))["entries"]}
    assert "waiting" not in states


def test_an_old_case_is_found_and_opens_at_the_desk_for_an_old_account(kept):
    ended = kept.open("selesai")[0]
    words = kept.cases[ended]["fields"]["perihal"]["nilai"].split()

    found = {row["number"] for row in json.loads(kept.says("cari", *words, "--json"))}
    desk = WebDesk(kept.root)
    desk.clock.at = kept.later
    page = desk.come_in("siti.rekaan").get(f"/kasus/{ended}")
    desk.app.state.desk.close()

    assert ended in found
    assert page.status_code == 200
    assert kept.cases[ended]["register_number"] in page.text


def test_every_complainant_still_gets_an_answer_to_the_code_of_their_receipt(kept):
    answers = [kept.says("status", view["status_code"], "--json") for view in kept.complaints.values()]

    assert all(json.loads(answer)["words"] for answer in answers)


def _without_doubt(view: dict) -> dict:
    return {**view, "warnings": [w for w in view["warnings"] if not w.endswith(_LATER_DOUBT)]}


def _number(text: str) -> tuple[int, int]:
    year, serial = text.split("/")
    return int(year), int(serial)
