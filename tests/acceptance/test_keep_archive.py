"""The office that is kept of a version has an edition of its own and a service: later versions are tried on both."""

from __future__ import annotations

import importlib.util
import json
import tarfile
from pathlib import Path

from pipeline.cli import main
from pipeline.work.store.setup import lay_out_filled

TOOL = Path(__file__).parents[2] / "tools" / "keep_archive.py"


def test_an_office_that_has_neither_gets_an_edition_and_a_service_with_a_case_of_each(tmp_path, monkeypatch, capsys):
    lay_out_filled(tmp_path / "kantor")
    spec = importlib.util.spec_from_file_location("keep_archive", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "KEPT", tmp_path / "disimpan")

    tool.main(tmp_path / "kantor")

    [kept] = (tmp_path / "disimpan").iterdir()
    cases = json.loads((kept / "cases.json").read_text())
    opened = [view["events"][0]["by"] for view in cases.values()]
    assert [number.partition("/")[0].partition("~")[2] for number in cases] == ["", "SM"]
    assert opened == ["yankomas.analis", "surat-masuk.agendaris"]
    with tarfile.open(kept / "kantor.tar.gz") as tar:
        tar.extractall(tmp_path / "nanti")  # ours
    capsys.readouterr()
    assert main(["--root", str(tmp_path / "nanti" / "kantor"), "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
