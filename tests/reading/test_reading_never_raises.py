"""Whatever a scanner delivers, reading it never fails, and it proposes nothing that is not on the page."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from patience import processor_seconds
from reading_pages import LETTER, TODAY, page_of, read
from thorough import examples

from pipeline.reading.beginnings import beginnings
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.engines.section_tagger import SectionTagger
from pipeline.reading.fields import Candidate
from pipeline.reading.find_complaints import find_complaints
from pipeline.scans.words import Page, Word

TAGGER = CrfTagger()
SECTIONS = SectionTagger()
_PIECES = st.sampled_from(
    ["Nama", ":", "NIK", "1701", "31 Februari 2024",
     "Kepada Yth.", "Tembusan:", "1.", "a)", "Perihal", "TERLAPOR", "PT", "Dengan hormat,",
     "Bengkulu, 3 Mei 2025", "TERIMA", "AGENDA", "No.", "/", "\t", "\n", "memohon:", "Hormat saya,", "oleh",
     "Sdr. Budi", "99-99-9999", "(", ")"]
)  # fmt: skip
_TEXT = st.one_of(_PIECES, st.text(min_size=1, max_size=12))
_SHARE = st.floats(min_value=-0.2, max_value=1.2, allow_nan=False)
_WORD = st.builds(
    Word, _TEXT, st.tuples(_SHARE, _SHARE, _SHARE, _SHARE), st.floats(min_value=0, max_value=1), st.integers(0, 30)
)
_PAGE = st.builds(
    lambda words, w, h: Page(1, w, h, tuple(words), " ".join(x.text for x in words), "ocr"),
    st.lists(_WORD, max_size=60),
    st.floats(min_value=0, max_value=2000),
    st.floats(min_value=0, max_value=2000),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(_PAGE, max_size=3))
def test_no_page_of_words_makes_reading_fail(pages):
    for tagger in (None, TAGGER):
        letters = find_complaints(tuple(pages), TODAY, tagger)

        assert len(letters) == (1 if pages else 0)
        assert all(letter.as_json() for letter in letters)
    assert len(beginnings(tuple(pages), SECTIONS)) < max(1, len(pages)) * 2


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.lists(_PIECES, min_size=1, max_size=9), max_size=40))
def test_no_order_of_a_letters_words_makes_reading_fail(lines):
    page = page_of("\n".join(" ".join(line) for line in lines))

    assert len(find_complaints((page,), TODAY)) == len(find_complaints((page,), TODAY, TAGGER)) == 1


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2024, 12, 31)))
@settings(max_examples=examples(60), deadline=None)
def test_no_date_after_today_is_ever_proposed(today):
    field = read(LETTER, today=today).fields["tanggal_surat"]

    assert field is None or all(str(c.nilai) <= today.isoformat() for c in field.candidates)


def test_a_line_of_ever_so_many_dates_is_read_in_time():
    page = page_of("3 Mei 2025 " * 20_000)
    began = time.process_time()

    find_complaints((page,), TODAY)

    assert time.process_time() - began < 12.0  # when each date looked at all that follow it, it took a minute


def _candidates(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _candidates(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _candidates(inner)
    elif value is not None:
        yield from value.candidates


def test_every_candidate_lies_on_its_page():
    for candidate in _candidates(dict(read(LETTER).fields)):
        assert isinstance(candidate, Candidate)
        x0, y0, x1, y1 = candidate.box
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1


def test_a_long_line_of_one_letter_is_read_in_time():
    started = time.process_time()

    read("A" * 4000 + "\n" + "A a " * 3000, "dua " * 4000, "1 " * 4000, "Nama, " * 3000)

    assert time.process_time() - started < 5


def test_a_long_story_takes_as_long_as_it_is_long():
    def seconds(pages: int) -> float:
        return processor_seconds(lambda: read(LETTER, *[_STORY * 15] * pages))

    assert seconds(20) < 3.5 * seconds(10) < 10


_STORY = """
Pada tanggal 3 Mei 2025 petugas Dinas Perhubungan Kota Rekaan memukul Sdr. Budi Misalan di depan kantor lama.
Saya, Rina Andaian, umur 30 tahun, melapor ke Polsek Umpama tetapi PT Rekaan Jaya dan CV Misalan Dua menolak.
"""
