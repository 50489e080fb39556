"""By which signs a page is suspected to begin another letter, each by itself: the tagger's word is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_pages import page_of

from pipeline.reading.beginnings import Looked, beginnings, looked, signs
from pipeline.reading.sheet import Sheet

#: Words of a page that is no card, of a covering letter at the most, and of a short one.
ENOUGH, COVERING, SHORT = 60, 170, 100
PASSES_ON = "Bersama ini kami teruskan surat pengaduan"


class Told:
    """A tagger by which a row is what its first word says, surely unless it says otherwise (``salam 0.5``)."""

    def sections(self, sheet: Sheet) -> tuple[tuple[str, float], ...]:
        said = [[*row.text.split(), ""] for row in sheet.rows]
        return tuple((name.lower(), float(sure) if sure[:1] == "0" else 1.0) for name, sure, *_ in said)


def words(count: int) -> str:
    return "\n".join("kata " * len(range(at, min(at + 10, count))) for at in range(0, count, 10))


def page(text: str, *sections: tuple[str, float], named: str = "") -> Looked:
    scanned = page_of(text)
    rows = Sheet((scanned,)).rows
    return Looked(scanned, rows, sections or (("cerita", 1.0),) * len(rows), frozenset(named.split()))


def test_what_letters_of_one_matter_share_are_names_of_two_words_and_long_numbers():
    text = "Budi Rekaan dan EKO Umpama serta Ani Abu, Al Dodo 1234567890 123456789 NIK1234567890"

    assert looked(page_of(text), Told()).named == {"budi rekaan", "ani abu", "1234567890"}


def test_a_row_counts_for_the_parts_that_are_asked_for():
    looked_at = page("satu\ndua\ntiga", ("kop", 1.0), ("salam", 0.5), ("kop", 0.25))

    assert looked_at.share("kop") == looked_at.share(frozenset({"kop", "judul"})) == 1.25


def test_signs_of_a_page_with_many_words_or_few():
    before = page(words(200))

    assert [signs([before], page(words(count))).get("few words", 0) for count in (ENOUGH - 1, ENOUGH)] == [1, 0]


@pytest.mark.parametrize(
    ("last", "right", "goes_on"), [("kata", 0.8, 1), ("kata", 0.75, 0), ("kata.", 0.8, 0), ("kata.", 0.7, 0)]
)
def test_a_full_row_without_a_stop_goes_on_on_the_next_page(last, right, goes_on):
    before = page(f"satu\n{last}")
    before = replace(before, rows=(before.rows[0], replace(before.rows[1], x1=right)))

    assert signs([before], page("lagi")).get("before goes on", 0) == goes_on


def test_a_page_that_ended_and_one_that_begins_with_its_number_are_signs():
    ended, open_ = page("satu", ("tembusan", 1.0)), page("satu", ("cerita", 1.0))

    assert [signs([one], page("lagi")).get("before ends", 0) for one in (ended, open_)] == [1, 0]
    assert [signs([open_], page(text)).get("page number", 0) for text in ("Halaman 2", "Dua")] == [1, 0]


def test_what_a_page_begins_with_is_its_first_row_but_stamps():
    found = signs([page("satu")], page("cap\nkop\nisi", ("stempel", 1.0), ("kop", 1.0), ("cerita", 1.0)))

    assert (found.get("first kop"), found.get("first stempel")) == (1, None)


@pytest.mark.parametrize(
    ("text", "told", "passes", "only"),
    [
        (PASSES_ON, 0.0, 1, 1),
        (PASSES_ON, 0.2, 1, 0),
        (f"{PASSES_ON}\n{words(COVERING - 7)}", 0.0, 1, 1),
        (f"{PASSES_ON}\n{words(COVERING - 6)}", 0.0, 0, 0),
        ("Kami mengadu", 0.0, 0, 0),
    ],
)
def test_a_short_page_that_only_passes_on_is_a_cover(text, told, passes, only):
    cover = page(text)
    cover = replace(cover, sections=(("cerita", told * len(cover.rows)), ("pengantar", 1.0)))
    found = signs([cover], page("lagi"))

    assert (found.get("passes on", 0), found.get("only passes on", 0)) == (passes, only)
    assert "cover" not in signs([cover, cover], page("lagi"))


def test_a_cover_is_short_and_names_whom_the_complaint_names():
    def found(before: Looked, name: str) -> float:
        return signs([before], page("lagi", named="budi-rekaan")).get(name, 0)

    assert [found(page(words(count)), "short before") for count in (SHORT - 1, SHORT)] == [1, 0]
    assert found(page(PASSES_ON, named="budi-rekaan"), "passes on who is named") == 0.5
    assert found(page("Kami mengadu", named="budi-rekaan"), "passes on who is named") == 0


def suspected(*texts: str) -> list[tuple[int, str]]:
    """The pages on which another letter is suspected, and what was seen there."""
    pages = tuple(page_of(text, number) for number, text in enumerate(texts, start=1))
    return [(found.page, found.reason.partition("ada ")[2]) for found in beginnings(pages, Told())]


HEAD = f"tujuan\ntanggal\nrujukan\nsalam 0.5\njudul 0.4\n{words(200)}"
SEEN = "tanggal surat, nomor atau perihal, tujuan, salam pembuka"


def test_a_page_is_suspected_behind_a_letter_and_not_behind_a_card_or_a_blank_page():
    letter, card = (f"{words(count - 1)}\nlain" for count in (ENOUGH, ENOUGH - 1))

    assert suspected(letter, HEAD) == [(2, SEEN)]
    assert suspected(letter, "", HEAD) == [(3, SEEN)]
    assert suspected(card, HEAD) == []
    assert suspected(letter, words(200)) == []
    assert suspected(HEAD) == []


def test_a_feeder_sheet_is_told_by_its_title_where_it_holds_little_else():
    def title(more: int) -> str:
        return f"LEMBAR PEMISAH\n{words(more)}"

    assert [len(suspected(title(more))) for more in (ENOUGH - 3, ENOUGH - 2)] == [1, 0]
    assert suspected(words(5)) == []
