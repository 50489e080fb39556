"""``yankomas run --no-web``: it ends at a signal, whenever that comes."""

from __future__ import annotations

import os
import signal
import threading
from argparse import Namespace

import pytest
from patience import PATIENCE

from pipeline.cli import running
from pipeline.work.store.setup import lay_out_filled


@pytest.fixture
def signals():
    """The signals' own handlers, put back after the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_between_the_former_settings_and_the_new_ends_it(tmp_path, monkeypatch, signals):
    lay_out_filled(tmp_path)
    settings, said = tmp_path / "office.toml", []
    often = settings.read_text().replace('"langsung"', '"berkala"').replace("selang_detik = 2 ", "selang_detik = 0.1 ")
    settings.write_text(often)

    class Heard:
        on_terminal = False

        def __call__(self, line: str) -> None:
            said.append(line)
            if line.startswith("Memantau"):
                settings.write_text(settings.read_text().replace('tempat = "Bengkulu"', 'tempat = "Curup"'))
            if line.startswith("Pengaturan berubah"):
                os.kill(os.getpid(), signal.SIGTERM)

    def told_once_more() -> None:
        said.append("terlambat")
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(running, "_speaker", lambda _root: Heard())
    patience = threading.Timer(PATIENCE, told_once_more)
    patience.start()
    try:
        running.watch(Namespace(root=tmp_path, once=False, no_web=True, web_only=False))
    finally:
        patience.cancel()

    assert "Pengaturan berubah; kotak masuk dipantau dengan yang baru." in said
    assert "terlambat" not in said
