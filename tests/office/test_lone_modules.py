"""Of a library that imports everything it has, one module is loaded alone; and it says what the whole library says."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from patience import PATIENCE

from pipeline.lone_modules import lone_module

PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"
#: Asked alone first, then of the whole library; prints what is loaded in between, and both answers.
DAYS = """
import json, sys
from pipeline.office.store.holidays import national_days
alone = {day.isoformat(): name for day, name in national_days(2026).items()}
loaded = sorted(name for name in sys.modules if name.startswith("holidays.countries"))
import holidays
whole = holidays.country_holidays("ID", years=2026, categories=("public", "government"), language="id")
print(json.dumps([loaded, alone, {day.isoformat(): name for day, name in whole.items()}]))
"""
STEMS = """
import json, sys
from pipeline.search.store.kindred_words import stem
words = "pengaduan", "dilaporkannya", "kementerian", "berkeadilan", "perbuatan"
alone = [stem(word) for word in words]
loaded = sorted(name for name in sys.modules if name.endswith("_stemmer"))
from snowballstemmer import stemmer
whole = stemmer("indonesian")
print(json.dumps([loaded, alone, [whole.stemWord(word) for word in words]]))
"""


@pytest.mark.parametrize(
    ("program", "only"),
    [(DAYS, "holidays.countries.indonesia"), (STEMS, "snowballstemmer.indonesian_stemmer")],
    ids=["holidays", "stems"],
)
def test_one_module_is_loaded_alone_and_says_what_the_whole_library_says(program, only):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    loaded, alone, whole = json.loads(done.stdout)
    assert loaded == [only]
    assert alone
    assert alone == whole


@pytest.mark.parametrize("name", ["tidak_ada.satu_pun", "json.tidak_ada", "abc.tidak_ada"])
def test_a_module_that_is_not_there_is_told_and_leaves_nothing_behind(name):
    before = {known for known in sys.modules if known.split(".")[0] == name.split(".")[0]}

    with pytest.raises(ModuleNotFoundError):
        lone_module(name)

    assert {known for known in sys.modules if known.split(".")[0] == name.split(".")[0]} == before


def test_a_module_that_another_thread_is_loading_is_waited_for(tmp_path, monkeypatch):
    (tmp_path / "paket_lambat").mkdir()
    (tmp_path / "paket_lambat/__init__.py").write_text("")
    (tmp_path / "paket_lambat/bagian.py").write_text("import sys\nsys.stations()\nREADY = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def stations() -> None:
        begun.set()
        go_on.wait(PATIENCE)

    monkeypatch.setattr(sys, "stations", stations, raising=False)
    with ThreadPoolExecutor() as threads:
        whole = threads.submit(importlib.import_module, "paket_lambat.bagian")
        assert begun.wait(PATIENCE)
        alone = threads.submit(lambda: lone_module("paket_lambat.bagian").READY)
        with pytest.raises(TimeoutError):
            alone.result(0.1)  # what does not wait has said something by now
        go_on.set()

        assert alone.result(PATIENCE)
        assert whole.result(PATIENCE)


def test_what_is_loaded_alone_is_imported_in_no_other_way():
    sources = {path: path.read_text("utf-8") for path in PIPELINE.rglob("*.py")}
    alone = {name for source in sources.values() for name in re.findall(r'lone_module\("(\w+)', source)}
    others = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(sorted(alone))})\b", re.MULTILINE)

    assert alone == {"holidays", "snowballstemmer"}
    assert [path.name for path, source in sources.items() if others.search(source)] == []
