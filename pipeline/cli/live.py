"""What is in work this moment, as one moving line at the foot of a terminal."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pipeline.cli.speaker import Speaker
from pipeline.intake.ports import Board, Stage

_PAUSE = 0.2  # seconds between two lines at least


def in_work(stages: Mapping[str, Stage], width: int) -> str:
    """Return one line of what is in work: pages being counted each by itself, the rest by how many."""
    counted = [f"{key} {stage}" for key, stage in sorted(stages.items()) if stage.of]
    others = Counter(stage.words.partition(":")[0] for stage in stages.values() if not stage.of)
    line = " · ".join([*counted, *(f"{count} {words}" for words, count in sorted(others.items()))])
    return line if len(line) < width else line[: width - 2] + "…"


@contextmanager
def live_line(board: Board, say: Speaker) -> Iterator[None]:
    """Keep the line up to date while the context lasts; nothing is shown where there is no terminal."""
    if not say.on_terminal:
        yield
        return
    ending = threading.Event()

    def follow() -> None:
        seen = -1
        while not ending.wait(_PAUSE):
            if (version := board.wait(seen, 1.0)) != seen:
                seen = version
                say.status(in_work(board.stages(), shutil.get_terminal_size().columns))

    thread = threading.Thread(target=follow, name="baris-bawah", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        board.touch()
        thread.join(2.0)
        say.status("")
