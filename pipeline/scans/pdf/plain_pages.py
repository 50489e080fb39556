"""Whether a PDF is as scanners and word processors make them: pictures and words, and little else to be drawn.

Asked before anything is drawn. What is not plain may be honest too; but only among those are the pages that a few bytes
make cost minutes: colours that are computed or mixed, patterns, fonts that draw, masks, forms in forms, dashes without
end, and one picture drawn a thousand times. Everything counts as often as it is drawn, notes on the page too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Stream, parse_content_stream

from pipeline.scans.pdf.pdf_file import contents, dictionary, unpacked
from pipeline.scans.pdf.picture_cost import is_simple_space, weight
from pipeline.scans.refusals import FEW_DOTS

#: What plain pages have at most, chosen 2026-11-26: bytes of instructions (a page full of words has 20,000; 200,000
#: take 0.1 s to look through), also of all pages together; strokes and curves; shapes that are painted (one as large as
#: the page took 1 ms); pictures and forms that are drawn, notes, and forms in forms.
_MOST_CODE, _MOST_LINES, _MOST_SHAPES = 200_000, 3_000, 500
_MOST_CODE_IN_ALL = 500_000
_MOST_DRAWN, _MOST_NOTES, _MOST_NESTING = 50, 100, 2
#: What a graphics state may set: nothing that is dashed, computed or masked, and no font, which may draw.
_KEYS = "Type LW LC LJ ML RI OP op OPM FL SM SA BM SMask CA ca AIS TK HT BG UCR"
_STATES = frozenset("/" + key for key in _KEYS.split())
_LINES = frozenset(["l", "c", "v", "y", "h", "m", "re"])
_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
#: What costs by what it covers, not by its words: shadings, and pictures among the words.
_COSTLY = frozenset(("sh", "BI", "ID", "EI", "INLINE IMAGE"))


@dataclass(frozen=True, slots=True)
class Plainness:
    """Whether all pages are plain, and whether they are pictures alone: what letters cost is told by their font."""

    plain: bool
    pictures: bool = False


class _Dear(Exception):
    """The page may cost more than a plain one."""


@dataclass(slots=True)
class _Bill:
    """What drawing a page comes to."""

    code: int = 0
    lines: int = 0
    shapes: int = 0
    dots: int = 0
    drawn: int = 0
    words: int = 0

    def check(self) -> None:
        """Raise _Dear if it is more than a plain page has."""
        words = self.code > _MOST_CODE or self.lines > _MOST_LINES or self.shapes > _MOST_SHAPES
        if words or self.dots > FEW_DOTS or self.drawn > _MOST_DRAWN:
            raise _Dear


def plainness(pages: Iterable[Object]) -> Plainness:
    """Say how plain the pages are; one that cannot be looked at is not."""
    pictures = True
    try:
        left = _MOST_CODE_IN_ALL
        for page in pages:
            bill = _Bill()
            _draw(bill, page, contents(page), dictionary(page, "/Resources"), 1, 0)
            for shown in _notes(page):
                _draw_form(bill, shown, Dictionary(), 1, 0)
            if (left := left - bill.code) < 0:
                return Plainness(plain=False)
            pictures = pictures and not (bill.words or bill.lines or bill.shapes)
    except Exception:  # damage is met with exceptions of every kind
        return Plainness(plain=False)
    return Plainness(plain=True, pictures=pictures)


def _draw(bill: _Bill, owner: Object, code: bytes, resources: Object, times: int, depth: int) -> None:
    """Add what a page or a form comes to that is drawn so many times."""
    bill.code += times * len(code)
    bill.check()
    clear = _check_resources(resources)
    things = dictionary(resources, "/XObject")
    drawn: Counter[str] = Counter()
    rectangle = True
    for step in parse_content_stream(owner):
        operator = str(step.operator)
        if operator in _COSTLY or (operator == "d" and len(step.operands[0])):
            raise _Dear
        if operator == "Do":
            drawn[str(step.operands[0])] += 1
        elif operator in _LINES:
            bill.lines += times
            rectangle = rectangle and operator == "re"
        elif operator in _PAINTS:
            bill.shapes += 0 if rectangle and clear else times
            rectangle = True
        elif operator in _SHOWS:
            bill.words += 1
            bill.shapes += 0 if clear else times
    bill.check()
    for name, count in drawn.items():
        if isinstance(thing := things.get(name), Stream):
            _draw_thing(bill, thing, resources, times * count, depth)


def _draw_thing(bill: _Bill, thing: Stream, around: Object, times: int, depth: int) -> None:
    if thing.get("/Subtype") != "/Image":
        _draw_form(bill, thing, around, times, depth)
        return
    bill.drawn += times
    own = [thing, *(mask for key in ("/SMask", "/Mask") if isinstance(mask := thing.get(key), Stream))]
    for picture in own:
        if (dots := weight(picture)) is None:
            raise _Dear
        bill.dots += times * dots
    bill.check()


def _draw_form(bill: _Bill, form: Stream, around: Object, times: int, depth: int) -> None:
    bill.drawn += times
    if depth >= _MOST_NESTING:
        raise _Dear
    resources = form.get("/Resources")
    own = resources if isinstance(resources, Dictionary) else around
    _draw(bill, form, unpacked(form), own, times, depth + 1)


def _notes(page: Object) -> Iterator[Stream]:
    """Yield how the notes on a page look. Links have no look; another note without one is given it when drawn."""
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    if len(notes) > _MOST_NOTES:
        raise _Dear
    for note in notes:
        looks = dictionary(note, "/AP").get("/N") if isinstance(note, Dictionary) else None
        if isinstance(looks, Stream):
            yield looks
        elif isinstance(looks, Dictionary):  # one for each state
            yield from (look for look in looks.values() if isinstance(look, Stream))
        elif not isinstance(note, Dictionary) or note.get("/Subtype") != "/Link":
            raise _Dear


def _check_resources(resources: Object) -> bool:
    """Say whether all that is drawn with these covers what lies below it.

    Raises:
        _Dear: there is something in them that plain pages do not have.
    """
    spaces, states = dictionary(resources, "/ColorSpace").values(), dictionary(resources, "/ExtGState").values()
    fonts = dictionary(resources, "/Font").values()
    if (
        any(dictionary(resources, key) for key in ("/Shading", "/Pattern"))
        or any(font.get("/Subtype") == "/Type3" for font in fonts if isinstance(font, Dictionary))
        or not all(map(is_simple_space, spaces))
        or not all(map(_is_simple_state, states))
    ):
        raise _Dear
    return all(float(state.get(key, 1)) >= 1 for state in states for key in ("/CA", "/ca"))


def _is_simple_state(state: Object) -> bool:
    if not isinstance(state, Dictionary):
        return False
    mixed = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    return not mixed and set(state.keys()) <= _STATES and state.get("/SMask", Name("/None")) == "/None"
