"""Words that name an act: each front end says how, and the files say it as the terminal does."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.acts import Act, Advice
from pipeline.desk.rendering import PAGE_WAYS, render

CHECK = Advice("Periksa nomornya ", Act.LOOK_UP_CASE, ", lalu letakkan lagi.")
PIPELINE = Path(pipeline.__file__).parent
#: Where commands may be written out: the terminal itself, and what names acts for everybody.
TERMINAL = (PIPELINE / "cli", PIPELINE / "acts.py")
#: Commands in words that no page shows as they are: a page links to the move of two cases that are alike, and whoever
#: installs a service or moves an office to the centre sits at the terminal.
SHOWN_BY_PARTS = {"register/resembling.py", "work/install_service.py", "backup/store/central_moves.py"}


def test_advice_reads_as_the_terminal_says_it():
    assert CHECK == "Periksa nomornya dengan `yankomas register`, lalu letakkan lagi."
    assert json.dumps([CHECK]) == json.dumps([str(CHECK)])


def test_a_page_says_the_act_in_its_own_words():
    assert CHECK.said(PAGE_WAYS) == "Periksa nomornya di buku register, lalu letakkan lagi."


def test_an_act_at_the_beginning_of_a_sentence_has_a_capital():
    look = Advice("Tunggu. ", Act.LOOK_AGAIN, ".")

    assert Advice(Act.LOOK_AGAIN, ".") == "Lihat `yankomas inbox`."
    assert look.said(PAGE_WAYS) == "Tunggu. Muat ulang halaman ini."


def test_every_act_has_its_way_on_pages():
    assert set(PAGE_WAYS) == set(Act)
    assert not [words for words in PAGE_WAYS.values() if "yankomas" in words or "--" in words]


@given(st.lists(st.one_of(st.sampled_from(Act), st.sampled_from(["Periksa ", ", lalu ", ". ", " v2 dari "]))))
def test_advice_from_a_file_says_what_it_said_before_it_was_written(parts):
    advice = Advice(*parts)

    read = Advice.read(str(advice))

    assert read == advice
    assert read.said(PAGE_WAYS) == advice.said(PAGE_WAYS)


@pytest.mark.parametrize("again", [copy.deepcopy, lambda advice: pickle.loads(pickle.dumps(advice))])
def test_a_copy_of_advice_is_advice(again):
    assert again(CHECK).said(PAGE_WAYS) == CHECK.said(PAGE_WAYS)


def test_no_page_shows_advice_as_the_terminal_says_it():
    office = SimpleNamespace(name="Kantor", service="Yankomas")
    values = {"visitor": None, "office": office, "title": "", "fact": "", "remedy": CHECK, "code": 404, "sent": None}

    shown = render("kesalahan.html", values)

    assert "di buku register" in shown
    assert "yankomas register" not in shown


def test_words_that_a_page_may_show_name_no_command_that_the_page_has_a_way_for():
    commands = {found for act in Act for found in re.findall(r"yankomas \w+|--\w+", act.value)}
    named = re.compile(f"({'|'.join(sorted(commands))})\\b")
    written = []
    for module in sorted(PIPELINE.rglob("*.py")):
        name = str(module.relative_to(PIPELINE))
        if any(module.is_relative_to(place) for place in TERMINAL) or name in SHOWN_BY_PARTS:
            continue
        tree = ast.parse(module.read_text())
        written += [f"{name}:{line}: {words}" for line, words in _texts(tree) if named.search(words)]

    for page in (PIPELINE / "desk" / "pages").iterdir():
        written += [f"{page.name}: {found[0]}" for found in named.finditer(page.read_text())]

    assert written == []


def _texts(tree):
    """Every text of a module that is no docstring."""
    comments = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
            yield node.lineno, node.value
