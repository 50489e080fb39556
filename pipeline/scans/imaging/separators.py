"""Separator sheets of other programs: patch T by its bars, or by a bar code that says so.

The sheets that offices print from the web have a patch at every edge, instructions in small print, and a Code 39
*PATCHT*: too much writing for bars alone, yet nothing else looks so. What a fax or a bad copier left of such a sheet
may have lost its bars, and its code is read all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from pipeline.scans.imaging.codes import FoundCode, Patch, dark_share, find_patch, is_framed

#: A separator's code is at least so large, as a share of the page's shorter side; a small one parts nothing. Our own
#: has more than half, the bar code of the usual patch T sheet 0.33.
SEPARATOR_SHARE = 0.3
_SAID = frozenset(("PATCHT", "PATCH T"))
#: Share of the page that may be dark beside a code that stands without bars, and how far around the code nothing counts
#: (share of its longer side). Chosen 2026-11-26 on three such sheets (0.000 and 0.003; one badly distorted, 0.018, is
#: left in doubt); the palest page of the known letters has 0.0039 in all.
_MOST_BESIDE, _AROUND = 0.0035, 0.2


def says_patch(code: FoundCode) -> bool:
    """Say whether a code is that of a patch T sheet."""
    return code.text.strip("* ").upper() in _SAID


def find_separator(image: Image.Image, dpi: float, codes: Sequence[FoundCode]) -> Patch:
    """Say whether a grey page of so many dpi, on which these codes stand, is a patch T sheet."""
    patch, said = find_patch(image, dpi), [code for code in codes if says_patch(code)]
    if not said or patch is Patch.SHEET:
        return patch
    large = max(code.share for code in said) >= SEPARATOR_SHARE
    alone = patch is Patch.NONE and large and _beside(image, said) <= _MOST_BESIDE
    return Patch.SHEET if alone or is_framed(image, dpi) else Patch.DOUBT


def _beside(image: Image.Image, codes: Sequence[FoundCode]) -> float:
    """Return how much of the page is ink (0..1) away from these codes."""
    rest = image.copy()
    for code in codes:
        left, top, right, bottom = code.place
        around = _AROUND * max(right - left, bottom - top)
        ImageDraw.Draw(rest).rectangle((left - around, top - around, right + around, bottom + around), fill=255)
    return dark_share(rest)
