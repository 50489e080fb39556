"""A covering letter: another office passes a complaint on. What it says of itself is not the complaint's."""

from __future__ import annotations

import re

from pipeline.scans.words import Page

_OFFICE = re.compile(
    r"^\W*(?:PEMERINTAH|KEPOLISIAN|KEMENTERIAN|DINAS|KECAMATAN|KELURAHAN|DEWAN PERWAKILAN|OMBUDSMAN|PENGADILAN|"
    r"KEJAKSAAN|KOMISI NASIONAL|SEKRETARIAT|KANTOR|INSPEKTORAT|BADAN|BIRO|BUPATI|GUBERNUR|WALI ?KOTA)\b",
    re.M,
)
_PASSES_ON = re.compile(
    r"\b(?:me|di)?(?:neruskan|teruskan|limpahkan|sampaikan|kirimkan|nyampaikan)\b[^.]{0,60}?"
    r"\b(?:surat|berkas|pengaduan|laporan|aduan)\b[^.]{0,120}?\b(?:dari|atas nama|a\.n\.|sdr|saudara|saudari|warga)\b",
    re.I,
)
_COMPLAINT = re.compile(r"bertanda\s*tangan|kepada\s+yth|\byth\b|nama\s*:|dengan hormat|surat pengaduan", re.I)
#: A covering letter is short; a longer first page tells a story of its own.
_MOST_WORDS = 260


def without_covering(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages without a covering letter in front; all of them where the first page is the complaint."""
    if len(pages) < 2 or len(pages[0].words) > _MOST_WORDS:
        return pages
    first, second = pages[0].text, "\n".join(pages[1].text.split("\n")[:25])
    head = "\n".join(first.split("\n")[:4])
    passes_on = _OFFICE.search(head) and _PASSES_ON.search(" ".join(first.split()))
    return pages[1:] if passes_on and _COMPLAINT.search(second) else pages
