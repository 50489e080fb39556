"""A worker of the centre draws with what the office has in force, whatever its own folder has; or waits, in words."""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import offices
import psycopg
import pytest
from central_office import registered
from docx import Document
from fakes import FakePress
from offices import WORD, WordOffice

from pipeline.cli import main
from pipeline.drawing.engines.pdfa_check import SOUND
from pipeline.errors import HeldUp, Passing, SettingsFault
from pipeline.letters.in_force import HOLIDAYS, KEY, in_force
from pipeline.letters.store.in_force_files import laid_out_at
from pipeline.letters.template_versions import TakenIntoUse
from pipeline.office.handovers import Handover
from pipeline.office.store import holidays
from pipeline.wiring import central_in_force, office_in
from pipeline.wiring.central_workers import TendedOffice
from pipeline.work.store.setup import lay_out_filled
from pipeline.work.tend import tend

RECEIPT = "01-tanda-terima"


@pytest.fixture
def made(central, tmp_path):
    """What makes an office of the centre that has workers, in a folder of its own: its desk's machine."""

    def make(name: str = "kantor") -> WordOffice:
        lay_out_filled(tmp_path / name)
        central.join(tmp_path / name)
        office = WordOffice(tmp_path / name)
        offices._OPEN.append(office)
        return office

    return make


@pytest.fixture
def desk(made) -> WordOffice:
    """The office on its desk's machine, which has published nothing yet."""
    return made()


def say_in_template(office: WordOffice, words: str, template: str = RECEIPT) -> str:
    """Put words into a template of an office's folder by hand; return the file's SHA-256."""
    path = office.root.layout.templates / f"{template}.docx"
    document = Document(path)
    document.add_paragraph(words)
    document.save(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change_address(folder: Path, address: str) -> None:
    settings = folder / "office.toml"
    lines = settings.read_text().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("alamat = "))
    settings.write_text("".join([*lines[:at], f'alamat = "{address}"\n', *lines[at + 1 :]]))


def bare_machine(office: WordOffice, folder: Path) -> Path:
    """Make the folder of a machine that has the key of page codes and the way to the centre, and nothing else."""
    text, there = (office.root.layout.settings).read_text(), office.root.layout
    _ = office.root.keys.key(KEY)
    (folder / there.keys.name).mkdir(mode=0o700, parents=True)
    (folder / "office.toml").write_text(text[text.index("[pusat]") :])
    for name in (KEY, "pusat.toml"):
        shutil.copy2(there.keys / name, folder / there.keys.name / name)
    return folder


def copied_machine(office: WordOffice, folder: Path) -> Path:
    """Copy the office's folder to another machine, as it is now."""
    _ = office.root.keys.key(KEY)
    shutil.copytree(office.root.layout.root, folder)
    return folder


def acting_for_the_head(day: date, at: datetime) -> Handover:
    title, until = "Kepala Kantor Wilayah", day + timedelta(days=5)
    return Handover("kakanwil", "Plh.", title, "dewi", "Dewi Rekaan", day, until, "budi", at, reason="SP-12/2026")


def worker_in(folder: Path) -> closing[WorkerHere]:
    """Start a worker of one office in a folder; it ends with the context."""
    return closing(WorkerHere(TendedOffice(folder, threading.Event())))


class WorkerHere:
    """A worker's office whose connections end with it."""

    def __init__(self, worker: TendedOffice) -> None:
        self.worker = worker

    def close(self) -> None:
        self.worker.close()
        self.worker.root.database.close()

    def draw(self, office: WordOffice, number, **changed):
        """Tend a case with what the worker has, but for engines and time; return the case."""
        with self.worker.parts() as parts:
            own = office.tend_parts
            machines = {"reader": own.reader, "press": FakePress(), "validator": own.validator, "letters": WORD}
            return tend(number, replace(parts, **machines, clock=office.clock, archival=lambda _: SOUND, **changed))


def drawn_with(office: WordOffice, case, template: str = RECEIPT) -> tuple[str, str]:
    """Return the SHA-256 of what a sheet was drawn with, and its words."""
    return case.drafts[template].template_sha256, " ".join(office.lines(case.number, template))


def test_a_machine_with_the_keys_alone_draws_with_what_is_published(desk, tmp_path):
    sha256 = say_in_template(desk, "Cetakan kedua")
    change_address(desk.root.layout.root, "Jalan Terbitan Nomor 2")
    assert desk.root.publish_in_force()
    number = registered(desk, "pertama")

    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        case = other.draw(desk, number)

    used, words = drawn_with(desk, case)
    assert used == sha256
    assert "Cetakan kedua" in words
    assert "Jalan Terbitan Nomor 2" in words
    assert desk.root.verify(lambda *_: None) == []


def test_an_older_copy_of_the_folder_draws_with_what_is_published_since(desk, tmp_path):
    desk.root.publish_in_force()
    machine = copied_machine(desk, tmp_path / "pekerja")
    sha256 = say_in_template(desk, "Cetakan kedua")
    change_address(desk.root.layout.root, "Jalan Baru Nomor 2")
    desk.root.publish_in_force()

    with worker_in(machine) as other:
        used, words = drawn_with(desk, other.draw(desk, registered(desk, "pertama")))

    assert used == sha256
    assert "Jalan Baru Nomor 2" in words
    assert "Jalan Baru" not in (machine / "office.toml").read_text()


def test_each_letter_is_drawn_with_what_is_in_force_at_its_time(desk, tmp_path):
    desk.root.publish_in_force()
    machine = bare_machine(desk, tmp_path / "pekerja")
    with worker_in(machine) as other:
        before = drawn_with(desk, other.draw(desk, registered(desk, "pertama")))
        sha256 = say_in_template(desk, "Cetakan kedua")
        desk.root.publish_in_force()
        after = drawn_with(desk, other.draw(desk, registered(desk, "kedua")))

    assert before[0] != after[0] == sha256
    assert "Cetakan kedua" not in before[1]


def test_what_is_published_while_a_case_is_read_counts_for_its_sheets(desk, tmp_path):
    desk.root.publish_in_force()
    number, read = registered(desk, "pertama"), desk.reader.read

    def read_long(*args):
        desk.reader.read = read
        say_in_template(desk, "Cetakan kedua")
        desk.root.publish_in_force()
        return read(*args)

    desk.reader.read = read_long
    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        with pytest.raises(Passing, match="baru saja berganti"):
            other.draw(desk, number)
        assert desk.root.cabinet.case(number).drafts == {}
        case = other.draw(desk, number)

    assert "Cetakan kedua" in drawn_with(desk, case)[1]
    assert case.entries[-1].kind != "gagal", "no attempt was counted"


def test_a_version_that_is_taken_into_use_and_who_acts_for_whom_are_followed(desk, tmp_path):
    desk.root.publish_in_force()
    today = desk.clock.now().date()
    shelf, before = desk.root.template_shelf, desk.root.template_shelf.read(RECEIPT)
    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        first = other.draw(desk, registered(desk, "pertama"))
        say_in_template(desk, "Versi baru")
        docx = shelf.read(RECEIPT)
        (desk.root.layout.templates / f"{RECEIPT}.docx").write_bytes(before)
        shas = [hashlib.sha256(data).hexdigest() for data in (docx, before)]
        shelf.take(TakenIntoUse(RECEIPT, today, *shas, "ani", desk.clock.now()), docx, before)
        desk.root.publish_in_force()
        desk.root.handovers.enter(acting_for_the_head(today, desk.clock.now()), ())  # nothing is published for it
        second = other.draw(desk, registered(desk, "kedua"))
        with other.worker.parts() as parts:
            acting = parts.office.holder("kakanwil", today)

    assert [case.drafts[RECEIPT].template_sha256 for case in (first, second)] == shas[::-1]
    assert (acting.acting, acting.name) == ("Plh.", "Dewi Rekaan")


def test_days_are_counted_by_the_holidays_that_the_office_has(desk, tmp_path, monkeypatch):
    mourning, plain = date(2026, 12, 2), date(2026, 12, 3)
    assert mourning not in desk.root.calendar.closed
    with monkeypatch.context() as of_the_desk:
        of_the_desk.setattr(holidays, "_national", lambda year: frozenset({mourning.replace(year=year)}))
        of_the_desk.setattr(holidays, "edition", lambda: "holidays-lain")
        desk.root.publish_in_force()

    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other, other.worker.parts() as parts:
        drawing = other.worker._now.root
        assert mourning in parts.calendar.closed
        assert plain not in parts.calendar.closed
        assert date(2026, 12, 25) not in parts.calendar.closed, "this machine's library has it, the office has not"
        assert date(2031, 12, 25) in parts.calendar.closed, "of which the office has published nothing"
        assert drawing.holiday_edition == "holidays-lain"
        assert drawing._edition != desk.root._edition
    assert date(2026, 12, 25) in office_in(desk.root.layout.root).calendar.closed


def test_the_holidays_of_a_new_year_are_published_once_it_has_begun_by_the_offices_clock(desk):
    desk.root.publish_in_force()
    assert not desk.root.publish_in_force()

    desk.clock.forward(days=366)

    assert desk.root.publish_in_force()
    assert not desk.root.publish_in_force()


def test_what_an_earlier_version_published_without_holidays_is_drawn_with_by_those_of_the_machine(desk, tmp_path):
    desk.root.publish_in_force()
    book, key = desk.root.in_force_book, desk.root.keys.key(KEY)
    files = {name: book.file(sha256) for name, sha256 in book.newest().files.items() if name != HOLIDAYS}
    book.publish(in_force(desk.clock.now(), files, key), files, book.newest())

    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other, other.worker.parts() as parts:
        assert date(2026, 12, 25) in parts.calendar.closed
        assert other.worker._now.root._edition == desk.root._edition


def test_what_the_office_trusts_and_has_learned_comes_along_wherever_it_lies(desk, tmp_path, pki):
    settings, elsewhere = desk.root.layout.settings, pki.trust(tmp_path / "sertifikat")
    desk.root.publish_in_force()
    said = settings.read_text().replace('kepercayaan = "kepercayaan"', f'kepercayaan = "{elsewhere}"')
    settings.write_text(said)
    desk.root.layout.reading_weights.write_text("{}")
    desk.root.publish_in_force()

    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        shutil.rmtree(elsewhere)
        with other.worker.parts():
            drawing = other.worker._now.root
            assert len(drawing.trust().anchors) == 2
            assert drawing.layout.reading_weights.read_text() == "{}"


def test_nothing_is_drawn_before_the_office_has_published(desk, tmp_path):
    number = registered(desk, "pertama")
    with worker_in(copied_machine(desk, tmp_path / "pekerja")) as other:
        with pytest.raises(SettingsFault, match=r"belum menerbitkan templat dan pengaturannya"):
            other.draw(desk, number)
        desk.root.publish_in_force()
        assert RECEIPT in other.draw(desk, number).drafts


def test_a_machine_without_the_offices_key_draws_nothing_and_makes_none(desk, tmp_path):
    desk.root.publish_in_force()
    number, machine = registered(desk, "pertama"), bare_machine(desk, tmp_path / "pekerja")
    key, own = (folder / ".kunci" / KEY for folder in (machine, desk.root.layout.root))
    key.unlink()
    with worker_in(machine) as other:
        with pytest.raises(SettingsFault, match=f"Kunci {KEY} .* tidak ada di mesin ini"):
            other.draw(desk, number)
        assert not key.exists()

        key.write_bytes(b"k" * 32)
        key.chmod(0o600)
        with pytest.raises(SettingsFault, match=f"Kunci {KEY} .* bukan kunci kantor ini"):
            other.draw(desk, number)

        key.write_bytes(own.read_bytes())
        assert RECEIPT in other.draw(desk, number).drafts


def test_what_somebody_else_writes_into_the_offices_rows_is_drawn_with_by_nobody(desk, tmp_path):
    desk.root.publish_in_force()
    number, book = registered(desk, "pertama"), desk.root.in_force_book
    forged = replace(book.newest(), files={**book.newest().files, "letter_templates/logo.png": "0" * 64})
    book.publish(forged, {}, book.newest())

    machine = bare_machine(desk, tmp_path / "pekerja")
    with worker_in(machine) as other, pytest.raises(SettingsFault, match="tidak terbukti"):
        other.draw(desk, number)
    assert [found.code for found in desk.root.verify(lambda *_: None)] == ["terbitan", "terbitan"]


@pytest.fixture
def put_in_again(desk, monkeypatch):
    """An office that has published twice, of which somebody makes the first state count again: that, and the second."""
    monkeypatch.setattr(central_in_force, "_LOOK_THERE", 0.0)
    book, states = desk.root.in_force_book, []
    for words in ("Cetakan pertama", "Cetakan kedua"):
        say_in_template(desk, words)
        desk.clock.forward(minutes=1)
        desk.root.publish_in_force()
        states.append(book.newest())
    desk.clock.forward(minutes=1)
    return lambda: book.publish(states[0], {}, states[1]), *states


def test_an_old_state_that_was_put_in_again_is_drawn_with_by_nobody_who_knows_a_newer(desk, put_in_again, tmp_path):
    again, old, newer = put_in_again
    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        with other.worker.parts():
            again()
        with pytest.raises(SettingsFault, match="lebih lama daripada yang sudah diikuti"), other.worker.parts():
            pass

        assert desk.root.publish_in_force()
        assert not desk.root.publish_in_force()
        found = desk.root.in_force_book.newest()
        assert (found.files, found.at > newer.at > old.at) == (newer.files, True)
        sha256 = newer.files[f"letter_templates/{RECEIPT}.docx"]
        assert drawn_with(desk, other.draw(desk, registered(desk, "pertama")))[0] == sha256


@pytest.mark.parametrize("note", ["is there", "is lost"])
def test_what_the_folder_has_is_published_anew_also_if_it_is_as_the_old_state_says(desk, put_in_again, note):
    again, old, newer = put_in_again
    template = desk.root.layout.templates / f"{RECEIPT}.docx"
    template.write_bytes(desk.root.in_force_book.file(old.files[f"letter_templates/{RECEIPT}.docx"]))
    again()
    if note == "is lost":
        (desk.root.layout.state / "terbitan").unlink()

    assert desk.root.publish_in_force()

    found = desk.root.in_force_book.newest()
    assert (found.files, found.at > newer.at) == (old.files, True)
    assert not desk.root.publish_in_force()


def test_a_published_file_that_is_gone_is_told_and_comes_back_with_the_next(desk, tmp_path, central):
    desk.root.publish_in_force()
    number = registered(desk, "pertama")
    with psycopg.connect(central.database) as owner:
        office = desk.root.central_plan.office
        owner.execute(f"DELETE FROM {office}.versi_tercatat WHERE buku = 'berlaku'")

    with worker_in(bare_machine(desk, tmp_path / "pekerja")) as other:
        with pytest.raises(SettingsFault, match="tidak lengkap lagi di pusat"):
            other.draw(desk, number)
        assert {found.code for found in desk.root.verify(lambda *_: None)} == {"terbitan"}
        assert main(["pusat", "kantor", "di-sini", str(desk.root.layout.root)]) == 0
        assert RECEIPT in other.draw(desk, number).drafts
    assert desk.root.verify(lambda *_: None) == []


def test_offices_of_one_worker_draw_each_with_its_own(made, tmp_path):
    words = {"barat": "Cetakan kantor barat", "timur": "Cetakan kantor timur"}
    desks = {name: made(name) for name in words}
    for name, desk in desks.items():
        say_in_template(desk, words[name])
        change_address(desk.root.layout.root, f"Jalan {name}")
        desk.root.publish_in_force()
    with ExitStack() as ended:
        workers = {
            name: ended.enter_context(worker_in(bare_machine(desk, tmp_path / f"pekerja-{name}")))
            for name, desk in desks.items()
        }
        drawn = {name: workers[name].draw(desk, registered(desk, "sama")) for name, desk in desks.items()}

    for (name, desk), other in zip(desks.items(), reversed(desks), strict=True):
        _, said = drawn_with(desk, drawn[name])
        assert words[name] in said
        assert f"Jalan {name}" in said
        assert words[other] not in said
        assert f"Jalan {other}" not in said


def test_a_template_that_the_office_lacks_holds_up_its_sheet_and_tells_so_at_the_desk(desk, tmp_path):
    (desk.root.layout.templates / f"{RECEIPT}.docx").unlink()
    desk.root.publish_in_force()
    number = registered(desk, "pertama")

    with worker_in(copied_machine(desk, tmp_path / "pekerja")) as other, pytest.raises(HeldUp):
        other.draw(desk, number)

    assert f"{RECEIPT}.docx tidak ada" in " ".join(desk.root.held_up(number).values())


def test_settings_that_cannot_be_used_come_into_use_nowhere(desk, tmp_path, caplog):
    desk.root.publish_in_force()
    before = desk.root.in_force_book.newest()
    settings = desk.root.layout.settings
    settings.write_text(settings.read_text().replace("[waktu]", "[waktuku]"))

    with caplog.at_level(logging.WARNING):
        assert desk.root.successor() is None

    assert "tidak terbit ke pusat" in caplog.text
    assert desk.root.in_force_book.newest() == before


def test_the_office_publishes_what_is_changed_while_it_works(desk):
    assert desk.root.in_force_book.newest() is None
    {name: act for name, act, _ in desk.root.keeping()}["Terbitan"]()
    assert desk.root.in_force_book.newest() is not None

    later = office_in(desk.root.layout.root)
    sha256 = say_in_template(desk, "Cetakan kedua")
    later.successor()
    later.database.close()
    assert desk.root.in_force_book.newest().files[f"letter_templates/{RECEIPT}.docx"] == sha256


def test_a_copy_of_the_folder_publishes_nothing_until_a_person_names_it(desk, tmp_path):
    desk.root.publish_in_force()
    copy = copied_machine(desk, tmp_path / "salinan")
    say_in_template(desk, "Cetakan kedua")
    desk.root.publish_in_force()
    published = desk.root.in_force_book.newest()
    elsewhere = office_in(copy)

    with pytest.raises(SettingsFault, match=r"bukan yang dipakai kantornya: kantor ini dijalankan dari .*kantor sejak"):
        elsewhere.publish_in_force()
    assert desk.root.in_force_book.newest() == published
    elsewhere.database.close()

    assert main(["pusat", "kantor", "di-sini", str(copy)]) == 0
    assert desk.root.in_force_book.newest().files != published.files
    say_in_template(desk, "Cetakan ketiga")
    with pytest.raises(SettingsFault, match=r"kantornya: kantor ini dijalankan dari .*salinan sejak"):
        desk.root.publish_in_force()


def test_a_folder_that_was_brought_back_publishes_nothing_until_a_person_says_that_it_counts(desk, tmp_path):
    desk.root.publish_in_force()
    folder, kept = desk.root.layout.root, copied_machine(desk, tmp_path / "cadangan")
    sha256 = say_in_template(desk, "Cetakan kedua")
    desk.root.publish_in_force()
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    restored = office_in(folder)

    with pytest.raises(SettingsFault, match="dan tidak dari keadaan folder ini") as refused:
        restored.publish_in_force()
    assert f"`yankomas pusat kantor di-sini {folder}`" in refused.value.remedy
    assert "dan tidak dari keadaan folder ini" in restored.check_in_force().fact
    assert main(["pusat", "kantor", "di-sini", str(folder)]) == 0

    assert restored.in_force_book.newest().files[f"letter_templates/{RECEIPT}.docx"] != sha256
    assert restored.check_in_force().good
    restored.database.close()


def test_the_doctor_says_whether_workers_draw_with_what_lies_in_the_folder(desk, tmp_path):
    assert "belum terbit" in desk.root.check_in_force().fact
    desk.root.publish_in_force()
    copy = office_in(copied_machine(desk, tmp_path / "salinan"))
    assert desk.root.check_in_force().good

    say_in_template(desk, "Cetakan kedua")
    waiting = desk.root.check_in_force()
    desk.root.publish_in_force()

    assert (waiting.good, waiting.caution) == (True, True)
    assert (desk.root.check_in_force().good, desk.root.check_in_force().caution) == (True, False)
    assert "bukan dari folder ini: kantor ini dijalankan dari " in copy.check_in_force().fact
    laid_out_at(copy.layout).of(copy.in_force_book.newest(), copy.in_force_book.file)
    assert copy.check_in_force().good
    assert "pekerja di sini memakai yang terbit" in copy.check_in_force().fact
    copy.database.close()


def test_what_a_machine_has_laid_out_and_its_own_settings_are_looked_at_for_each_case(desk, tmp_path):
    desk.root.publish_in_force()
    machine = bare_machine(desk, tmp_path / "pekerja")
    with worker_in(machine) as other:
        with other.worker.parts() as first, other.worker.parts() as same:
            assert same is first
        shutil.rmtree(machine / "archive" / ".state" / "berlaku")
        assert RECEIPT in other.draw(desk, registered(desk, "pertama")).drafts
        with other.worker.parts() as before:
            (machine / "office.toml").write_text((machine / "office.toml").read_text() + "\n# disunting\n")
            with other.worker.parts() as after:
                assert after is not before


def test_an_office_whose_database_was_brought_back_publishes_again_by_itself(desk, central):
    desk.root.publish_in_force()
    sha256 = say_in_template(desk, "Cetakan kedua")
    desk.root.publish_in_force()
    book = f"{desk.root.central_plan.office}.catatan WHERE buku = 'berlaku'"
    with psycopg.connect(central.database) as owner:
        owner.execute(f"DELETE FROM {book} AND baris = (SELECT max(baris) FROM {book})")

    restarted = office_in(desk.root.layout.root)
    assert restarted.publish_in_force()
    restarted.database.close()

    assert desk.root.in_force_book.newest().files[f"letter_templates/{RECEIPT}.docx"] == sha256


def test_publishing_again_what_is_published_changes_nothing(desk):
    assert desk.root.publish_in_force()
    first = desk.root.in_force_book.newest()

    assert not desk.root.publish_in_force()
    assert main(["pusat", "kantor", "di-sini", str(desk.root.layout.root)]) == 0

    assert desk.root.in_force_book.newest() == first
