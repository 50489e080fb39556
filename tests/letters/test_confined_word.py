"""Word files are opened in children: a heavy one takes nothing of ours, and one just sent meets no other letter."""

from __future__ import annotations

import os
import threading

import pytest
from processes import command_of, family
from word_files import of_paragraphs

from pipeline.errors import NotAllowed
from pipeline.letters.approved_text import NUMBER
from pipeline.letters.engines.confined_word import ConfinedWord
from pipeline.letters.engines.word_file import MAX_ELEMENTS, opened, packed
from pipeline.scans.confinement.weighing import weight

MB = 2**20


@pytest.fixture
def word():
    word = ConfinedWord()
    yield word
    word.close()


def heavy(parts: bytes) -> bytes:
    made = opened(of_paragraphs("Kepada Yth."))
    return packed({**made, "word/document.xml": made["word/document.xml"].replace(b"<w:body>", b"<w:body>" + parts)})


def heaviest() -> bytes:
    """As many elements as a file may have, each with attributes of its own."""
    return heavy(b"".join(b'<w:p w:rsidR="%08x"/>' % (n * 2654435761 % 2**32) for n in range(MAX_ELEMENTS - 30_000)))


class Peak:
    """The most that our process, and any child of it that opens Word files, had for itself."""

    def __enter__(self):
        self.ours = self.child = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def _look(self):
        while not self._over.wait(0.01):
            for pid in family(os.getpid()):
                if one := weight(pid):
                    if pid == os.getpid():
                        self.ours = max(self.ours, one.own)
                    elif "word_child" in " ".join(command_of(pid)):  # a browser or LibreOffice of another test is none
                        self.child = max(self.child, one.own)

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def test_the_heaviest_file_that_may_be_takes_nothing_of_ours(word):
    docx, before = heaviest(), weight(os.getpid()).own

    with Peak() as peak:
        assert word.unsafe(docx) == []
        assert len(word.words(docx)) > MAX_ELEMENTS - 31_000

    assert peak.ours - before < 150 * MB
    assert peak.child < 350 * MB


def test_a_bomb_is_refused_by_its_counts(word):
    assert word.unsafe(heavy(b"<w:p/>" * (MAX_ELEMENTS + 1)))


def test_each_file_just_sent_is_looked_into_by_a_child_of_its_own(word):
    docx, seen = of_paragraphs("Kepada Yth."), set()

    for _ in range(3):
        before = set(family(os.getpid()))
        word.unsafe(docx)
        seen.add(len(set(family(os.getpid())) - before))

    assert seen == {0}  # it ended with its file
    assert word.lines(docx)


def test_what_a_child_finds_no_place_for_is_told_in_words(word):
    with pytest.raises(NotAllowed, match=r"[Nn]omor"):
        word.named(of_paragraphs("Kepada Yth."), [NUMBER])
