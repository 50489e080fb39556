"""How words that people typed become parts of a sheet's sentences: capitals, ends, reasons, subjects."""

from __future__ import annotations

import re

from pipeline.office import wording

#: What a reason begins with that says already how it hangs together with what is done.
_LINKED = ("karena ", "agar ", "supaya ", "untuk ", "guna ", "mengingat ")
#: How a letter speaks to a person.
_ADDRESS = "Saudara"
#: What ends a sentence, also one that ends with what somebody said.
_ENDINGS = (".", "?", "!", ":", "”", '"')
_ABOUT = r"(?:mengenai|tentang|atas|perihal)"
#: What the subject of a complaint, or of news, often begins with.
_SAID_ALREADY = re.compile(
    rf"^(?:(?:pelimpahan\s+)?pengaduan\s+(?:(?:masyarakat\s+)?{_ABOUT}\s+)?|pemberitaan\s+(?:media\s+)?{_ABOUT}\s+)",
    re.IGNORECASE,
)
#: An abstract noun as the first word of a sentence (*Pencemaran*, *Kekerasan*), which no name is.
_NOUN_FIRST = re.compile(r"^(?:[PK]e[a-z]+an|Dugaan|Ancaman|Sengketa)\b")


def capital(text: str) -> str:
    """Return the text on one line, begun with a capital."""
    line = wording.one_line(text)
    return line[:1].upper() + line[1:]


def sentence(text: str) -> str:
    """Return a text as a whole sentence: begun with a capital, and ended."""
    line = capital(text).rstrip(" ;,")
    return line if not line or line.endswith(_ENDINGS) else f"{line}."


def topic(subject: str) -> str:
    """Return a complaint's subject for a sentence that already says *pengaduan … mengenai*."""
    told = _SAID_ALREADY.sub("", subject)
    return within(told) if _NOUN_FIRST.match(told) else told


def within(text: str) -> str:
    """Return words that began a sentence or line as they stand within one; an abbreviation stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def begun_small(text: str) -> str:
    """Return a text begun small, unless it begins with a name or an address.

    A name is of capitals alone, or has a second word begun with one.
    """
    first, _, rest = text.partition(" ")
    named = not first[1:].islower() or rest[:1].isupper() or first == _ADDRESS
    return text if named else text[:1].lower() + text[1:]


def because(reason: str) -> str:
    """Return a reason as the end of the sentence that says what is done for it; empty where there is none."""
    told = begun_small(reason)
    return f"karena {told}" if told and not told.startswith(_LINKED) else told
