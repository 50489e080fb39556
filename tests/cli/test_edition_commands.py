"""``yankomas edisi-sop``: editions listed, copied out, looked through, installed and withdrawn at the machine."""

import json

import pytest
from offices import lay_out

from pipeline.cli import main
from pipeline.wiring import Root


@pytest.fixture
def office(tmp_path):
    lay_out(tmp_path / "kantor")
    return tmp_path / "kantor"


def run(office, *arguments):
    return main(["--root", str(office), "edisi-sop", *map(str, arguments)])


def changed(folder, old, new):
    steps = folder / "steps.toml"
    assert old in steps.read_text()
    steps.write_text(steps.read_text().replace(old, new))


def test_an_edition_is_copied_out_changed_looked_through_installed_and_withdrawn(office, tmp_path, capsys):
    copy = tmp_path / "edisi"
    day = Root(office).clock.now().date().replace(year=2090, day=1)

    copied = run(office, "salin", copy), run(office, "salin", copy)
    changed(copy, 'hari = 3\nwaktu = "3 hari"', 'hari = 4\nwaktu = "4 hari"')
    capsys.readouterr()
    checked = run(office, "periksa", copy)
    told = capsys.readouterr().out
    why = ("--alasan", "Keputusan 1")
    done = [
        run(office, "pasang", copy, "--mulai", day, *why),
        run(office, "pasang", copy, "--mulai", day, *why),
        run(office, "pasang", copy, "--mulai", "2020-01-01", *why),
    ]
    capsys.readouterr()
    run(office, "daftar", "--json")
    listed = json.loads(capsys.readouterr().out)
    gone = run(office, "tarik", day, *why), run(office, "tarik", day, *why)

    assert (copied, checked, done, gone) == ((0, 2), 0, [0, 11, 11], (0, 11))
    assert "waktu: 3 hari menjadi 4 hari" in told
    assert (listed[-1]["key"], listed[-1]["state"]) == (f"{day}-kantor", "menunggu harinya")
    assert not (office / "layanan" / "yankomas" / "sop" / str(day)).exists()


def test_what_is_wrong_with_an_edition_is_said_with_its_place_and_nothing_is_installed(office, tmp_path, capsys):
    copy = tmp_path / "edisi"
    run(office, "salin", copy)
    changed(copy, "hari = 22", "hari = 22000")
    capsys.readouterr()

    codes = run(office, "periksa", copy), run(office, "pasang", copy, "--mulai", "2090-01-01", "--alasan", "x")
    told = capsys.readouterr().out
    run(office, "periksa", copy, "--json")
    as_json = json.loads(capsys.readouterr().out)
    nowhere = run(office, "periksa", tmp_path / "tidak-ada"), run(office, "periksa", office / "office.toml")

    assert codes == (3, 3)
    assert told.count("steps.toml baris 70 (langkah) pemantauan: waktu: lebih lama dari 1000 hari") == 2
    assert len(as_json["faults"]) == 1
    assert nowhere == (4, 5)
    assert not (office / "archive" / ".sop").exists()


def test_at_the_machine_who_signs_waits_for_an_official_too(office, tmp_path, capsys):
    copy = tmp_path / "edisi"
    run(office, "salin", copy)
    letters = copy / "letters.toml"
    letters.write_text(letters.read_text().replace('paraf = ["kabid", "kadiv"]', 'paraf = ["kabid"]'))
    root = Root(office)
    account = root.people.accounts
    from pipeline.access.accounts import held

    account.make("budi", "Budi Rekaan", [held("kakanwil")], root.clock.now(), "")
    account.set_password("budi", "empat kata acak sekali")
    capsys.readouterr()

    code = run(office, "pasang", copy, "--mulai", "2090-01-01", "--alasan", "x")

    assert code == 0
    assert "menunggu pengesahan" in capsys.readouterr().out
    assert root.own_editions(new=True).listed() == ()
    [waiting] = root.people.requests.waiting()
    assert "paraf, berurutan" in waiting.detail
