"""Which confirmed answers go with pages that become another case: what stands there, and who is named there alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from case_factory import case_of, received, recognised
from fakes import MORNING
from test_rules_of_case_files import decided

from pipeline.cases.archived import Archived
from pipeline.cases.events import PAGES
from pipeline.cases.forms import Filled
from pipeline.cases.parting import check_held, parted, with_pages
from pipeline.cases.record_standing import HELD
from pipeline.cases.sop_rows import FormField
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed
from pipeline.storage.blobs import TypedText

SOP = editions()[-1]
FORM = tuple(FormField(name, name) for name in ("pelapor", "ringkasan"))


def goes(summary: str, ours: str, theirs: str, people: list[str] | None = None, read: dict | None = None) -> bool:
    """Whether a summary is the other case's; ``people`` complain, as somebody typed it."""
    told = {"ringkasan": summary, **({"pelapor": [{"nama": name} for name in people]} if people else {})}
    return "ringkasan" in parted(told, FORM, {1: ours, 2: theirs}, {2}, read or {}).released


@pytest.mark.parametrize(
    ("summary", "ours", "theirs", "gone"),
    [
        ("kebun digusur", "sawah kering", "kebun digusur", True),
        ("kebun digusur", "kebun digusur", "kebun digusur", False),
        ("kebun digusur", "sawah kering", "sawah kering", False),
        ("gereja baru", "sawah", "gereja", True),  # six letters of ten
        ("gereja lama sekali", "sawah", "gereja", False),
        ("rina", "sawah", "rinna", True),
        ("ali", "sawah", "alli", False),
        ("ali", "sawah", "ali", True),
        ("12345", "sawah", "12346", False),
        ("12345", "sawah", "12345", True),
        ("gereja batu putih", "gereja batu", "gereja batu putih", True),
        ("Sawah kering. Gereja batu putih.", "sawah kering gereja batu putihh", "gereja batu putih", False),
        ("Sawah kering. Gereja batu putih.", "sawah kering", "gereja batu putih", True),
        ("Sawah kering. Gereja tua dirusak.", "sawah kering gereja tua", "gereja tua dirusak", True),
        ("Sawah kering. Gereja tua besar.", "sawah kering gereja besar", "gereja tua besar", False),
    ],
)
def test_an_answer_goes_whose_words_or_one_sentence_stand_rather_on_the_pages_that_go(summary, ours, theirs, gone):
    assert goes(summary, ours, theirs) is gone


@pytest.mark.parametrize(
    ("name", "summary", "ours", "gone"),
    [
        ("Rina Andaian", "Ibu Andaian datang lagi ke kantor", "sawah", True),
        ("Rina Andaian", "Ibu Andaian datang lagi ke kantor", "sawah milik Andaian", False),
        ("Rina Andaian", "Ibu Rina datang lagi ke kantor", "sawah", True),
        ("Ali", "Pak Ali datang lagi ke kantor", "sawah", False),
    ],
)
def test_an_answer_goes_that_names_whom_the_pages_that_go_alone_name_typed_or_read_there(name, summary, ours, gone):
    theirs = f"{name} dipukul."

    def read(page: int) -> dict:
        return {"korban": [{"nama": {"nilai": name, "teks": name, "page": page}, "umur": None}]}

    assert goes(summary, ours, theirs, ["Siti Rekaan", name]) is gone
    assert goes(summary, ours, theirs, read=read(2)) is gone
    assert goes(summary, ours, theirs, read=read(1)) is False
    assert goes(summary, ours, theirs) is False


def test_every_page_of_a_range_goes():
    told = decided("konfirmasi", register={"ringkasan": "Budi Andaian dipukul keras"})
    read = case_of(recognised(), told, first=received(pages=3))
    text = TypedText("02-teks.txt", b"Kebun kami digusur.\fSurat kedua.\fBudi Andaian dipukul keras.")
    cabinet = SimpleNamespace(blob=lambda _number, _document: text)

    answers, released = with_pages(read, SOP, Filled({PAGES: "2-3"}, {}), cabinet)

    assert (answers.values[PAGES], released) == ("2-3", ("ringkasan",))
    assert with_pages(read, SOP, Filled({PAGES: "2-2"}, {}), cabinet)[1] == ()


def test_no_pages_leave_a_record_that_is_held_and_other_moves_are_made_on_it():
    held = case_of(Archived(act="tahan", label="Tahan", mark=HELD, values={"alasan": "sengketa"}))

    with pytest.raises(NotAllowed, match="sedang ditahan: sengketa"):
        check_held(held, Filled({PAGES: "2"}, {}), MORNING.date())
    check_held(held, Filled({}, {}), MORNING.date())
    check_held(case_of(), Filled({PAGES: "2"}, {}), MORNING.date())
