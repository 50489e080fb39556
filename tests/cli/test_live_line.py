"""The line at the foot of a terminal: what is in work, and never in the way of what is said."""

from __future__ import annotations

import errno
import sys

from fakes import MORNING
from patience import PATIENCE

from pipeline.cli.terminal import Speaker, in_work, live_line
from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard


def test_pages_are_counted_and_the_rest_is_how_many():
    stages = {
        "2026/0007": Stage("membaca", 2, 3),
        "a1": Stage("diperiksa"),
        "b2": Stage("menunggu giliran diperiksa"),
        "c3": Stage("menunggu giliran diperiksa"),
        "d4": Stage("tertunda: Cakram penuh."),
    }

    line = in_work(stages, 200)

    assert line == "2026/0007 membaca 2/3 · 1 diperiksa · 2 menunggu giliran diperiksa · 1 tertunda"
    assert in_work({}, 80) == ""
    assert in_work(stages, 30) == line[:28] + "…"


def test_what_is_said_stands_above_the_line_at_the_foot(capsys):
    say = Speaker(lambda: MORNING)

    say.status("1 diperiksa")
    say("a.pdf → 2026/0001")

    assert capsys.readouterr().out == "\r\x1b[K1 diperiksa\r\x1b[K08.15.00  a.pdf → 2026/0001\n1 diperiksa"


def test_on_a_terminal_the_line_follows_the_work_and_is_gone_in_the_end(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    say, board = Speaker(lambda: MORNING), ProgressBoard()
    shown = []
    monkeypatch.setattr(say, "status", lambda text: (shown.append(text), board.show("gema", Stage(text)))[0])

    with live_line(board, say):
        board.show("a1", Stage("diperiksa"))
        version = board.version
        while not any("diperiksa" in line for line in shown):
            version = board.wait(version, PATIENCE)

    assert shown[-1] == ""


def test_where_there_is_no_terminal_nothing_is_shown(capsys):
    board = ProgressBoard()

    with live_line(board, Speaker(lambda: MORNING)):
        board.show("a1", Stage("diperiksa"))

    assert capsys.readouterr().out == ""


def test_a_log_whose_disk_is_full_stops_nobody_and_what_follows_is_said(monkeypatch, capsys):
    say, full = Speaker(lambda: MORNING), [True]
    flush = sys.stdout.flush

    def flushed():
        if full:
            raise OSError(errno.ENOSPC, "penuh")
        flush()

    monkeypatch.setattr(sys.stdout, "flush", flushed)
    say("a.pdf → 2026/0001")
    full.clear()
    say("b.pdf → 2026/0002")

    assert "b.pdf → 2026/0002" in capsys.readouterr().out
