"""Persons, offices and companies that a letter names, by how they are named, and what it says of them.

Each sign (charged, did it, was asked in vain; or suffered, helped, is one of ours) is a pattern on the words before or
behind a name. What the signs weigh lies with their words in ``signs.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.reading.identity import DEGREE, is_name
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import Pattern, vocabulary

_CAP = r"(?!<no_office>\b)(?:[A-Z][\w'’&-]*|[IVX]+[AB]?)"
_CAPS = rf"{_CAP}(?:\s+(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_ROLES = r"(?:(?:<acting>\s+)?<posts>)"
_COMPANIES = r"(?:<companies>|Perum(?=\s+<state_companies>))"
_TITLED = r"(?:(?:<short_titles>\b\.?|<titles>\b)\.?[\s'’]+)"
_HONOURED = r"(?:<honours>\.\s+)"
#: What begins a mention of its own, so that *dan* before it does not join two parts of one office's name.
_HEAD = rf"(?:{_ROLES}|{_COMPANIES}|<enterprises>|<offices>|<ranks>|<heads>)\b"
_OF = rf"(?:\s+dan\s+(?=[A-Z])(?!{_HEAD}))"
_OFFICE_NAME = rf"(?:\d{{2,4}}[-/])?{_CAP}(?:(?:\s+|{_OF})(?:{_CAP}|\d{{1,3}}(?![\d.])))*"
_WORD = r"(?!<no_person>\b)[A-Z][a-z'’]+"
_PERSON = rf"{_HONOURED}*{_WORD}(?:\s+(?:bin|binti)\s+{_WORD}|\s+{_WORD}|\s+[A-Z]\.)*{DEGREE}*"
#: A post behind a name; not *dosen saya*, and not one that leads to a company, which is named for itself.
_ROLE = (
    rf"(?:,\s+(?=(?:(?!\b{_COMPANIES}\b|\b<enterprises>\b|\b(?:saya|kami|kita)\b)[^,.;()])*[,.;()])"
    r"<posts_behind>\b[^,.;()]{0,45}|\s+\(<posts_behind>\b[^.;()]{0,45}\))?"
)

#: Kinds of mention and their shapes, the surer first.
_SHAPES = tuple(
    (kind, Pattern("mentions", shape))
    for kind, shape in (
        ("perusahaan", rf"\b{_COMPANIES}\b\.?\s+[\"“']?{_CAPS}"),
        ("aparat", rf"\b<ranks>\.?\s+{_PERSON}{_ROLE}"),
        ("pejabat", rf"\b{_ROLES}\s+{_OFFICE_NAME}(?:,\s+(?:{_TITLED}|<ranks>\s+|(?={_HONOURED})){_PERSON})?"),
        ("usaha", rf"\b(?:<enterprises>|<^enterprises>)\s+{_CAPS}"),
        ("kantor", rf"\b<offices>\s+{_OFFICE_NAME}"),
        ("dipanggil", rf"\b<called>\s(?:(?!dan )\w+ ){{0,4}}bernama\s+(?!<ranks>){_PERSON}"),
        ("orang", rf"\b{_TITLED}(?:{_TITLED})?(?!<offices>\b){_PERSON}{_ROLE}"),
        ("orang", rf"\b{_HONOURED}{_PERSON}{_ROLE}"),
        ("dipanggil", rf"(?<=bernama )(?!<ranks>){_PERSON}{_ROLE}|(?<=namanya ){_PERSON}|(?<=mandor ){_PERSON}"),
        ("nama", rf"\b{_WORD}(?:\s+{_WORD}){{1,3}}{DEGREE}*{_ROLE}"),
    )
)
#: The kinds of mention by name.
KINDS = frozenset(kind for kind, _ in _SHAPES)
_AND = Pattern("mentions", rf"\s+dan\s+(?!{_HEAD})({_PERSON})(?=\s+[a-z]|,|\.)")
_STREET = Pattern("mentions", r"(?:\b<street>)\s+$")
_DESK = Pattern("mentions", "<own_office>")
#: Two capitalised words and nothing else are a place after these, and only a sentence's beginning after a stop.
_PLACE_BEFORE = Pattern("mentions", r"(?:\b<before_places>\.?|\d|[.!?:])\s+$", re.I)
_BARE_PLACE = Pattern("mentions", r"<places>\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named, from ``start`` to ``end`` of the sheet's text; ``kind`` is one of :data:`KINDS`."""

    start: int
    end: int
    text: str
    kind: str


def mentions(layout: Layout, start: int, end: int) -> Iterator[Mention]:
    """Yield whom the text between two offsets names, in its order."""
    flow = layout.sheet.flow
    found = [
        (match.start(), match.start() + len(match[0].rstrip(" ,-")), order, kind)
        for order, (kind, shape) in enumerate(_SHAPES)
        for match in shape.finditer(flow, start, end)
    ]
    after = start
    for a, b, _, kind in sorted(found, key=lambda f: (f[0], f[2], -f[1])):
        if a < after or not _stands(flow, a, b, kind):
            continue
        after = b
        yield Mention(a, b, flow[a:b].rstrip("."), kind)
        second = _AND.match(flow, b, end) if kind == "dipanggil" else None
        if second:
            after = second.end()
            yield Mention(*second.span(1), second[1], kind)


def kind_called(text: str) -> str | None:
    """Return what kind of person, office or company a name by itself is; ``None`` for one that is of no kind."""
    return next((kind for kind, shape in _SHAPES if kind != "nama" and shape.match(text)), None)


def _stands(flow: str, a: int, b: int, kind: str) -> bool:
    if _STREET.search(flow, max(0, a - 12), a) or _DESK.search(flow, a, b):
        return False
    if kind != "nama":
        return True
    return not (_PLACE_BEFORE.search(flow, max(0, a - 14), a) or _BARE_PLACE.match(flow, a)) and is_name(
        flow[a:b].split(",")[0].split("(")[0]
    )


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that may be said of a name: a pattern on the words before it, or ``behind`` it."""

    name: str
    pattern: Pattern
    behind: bool = False

    @property
    def words(self) -> str:
        """What it is called for a clerk."""
        return str(vocabulary("signs")["said"][self.name])

    @property
    def weight(self) -> float:
        """How much it speaks for being complained of."""
        return weights()[self.name]


def _before(name: str, shape: str, flags: re.RegexFlag = re.NOFLAG) -> Sign:
    return Sign(name, Pattern("signs", shape, flags))


def _behind(name: str, shape: str, flags: re.RegexFlag = re.NOFLAG) -> Sign:
    return Sign(name, Pattern("signs", rf"^[.,]*\s*{shape}", flags), behind=True)


CHARGED = _before(
    "charged",
    r"(?:<against>\s+|\b<charge>\s+(?:[\w ]{0,45}\b<namely>\s+|[\w ]{3,60},\s+)?|"
    r"\b<accused>(?:nya)?\s*(?:<is>|:)\s+)(?:<between>\s+){0,5}$",
)
_HARMS = _behind("harms", r"(?:[^.;,]{0,30}\s)?<harming>\w*\b")
#: What introduces the writer's own people, who suffer it; and before that, by what they are those who did it.
_OWN = Pattern("signs", r"(\b(?:<charge>|oleh)\s+(?:\w+\s+){0,2})?\b<own>(?:\s+yang)?(?:\s+bernama)?\s*,?\s+$", re.I)
_SIGNS = (
    CHARGED,
    _before(
        "agent",
        r"\boleh\s+(?:[a-z]+\s+){0,3}(?:[a-z]+(?: saya| kami)?,\s+)?(?:bernama\s+|yang bernama\s+)?$"
        r"|\bdi[a-z]{4,}\s+(?:[a-z]+\s+){0,2}<officers>\s+$",
    ),
    _before("owner", r"\b<owner>\s+$", re.I),
    _before(
        "above",
        r"\b<superiors>\w*(?: <whose>)?,?\s+(?:yang\s+)?(?:bernama\s+)?$|\b<heads>(?:nya)?(?:\s+[a-z]+){0,3},\s+$",
        re.I,
    ),
    _before("asked", r"\b<asked>\s+(?:\w+\s+){0,3}$|\b(?:ke|kepada)\s+(?:kantor\s+)?$", re.I),
    _before(
        "kin",
        r"\b<late>\s+$|(?<!mantan )\b<kin>(?:nya| kami| saya)(?:\s+yang)?(?:\s+bernama)?\s*,?\s+$|"
        r"\b(?:men|di)dampingi\s+(?:\w+\s+){0,3}$|\bkorban\s+(?:yang\s+)?(?:bernama\s+)?$|\b<kin_of>\s+$",
        re.I,
    ),
    _before("suffered_by", r"\b<witnessed>\w*\s+(?:langsung\s+)?oleh\s+(?:\w+\s+){0,2}$", re.I),
    _before("site", r"\b<at>\s+(?:<rooms>\s+(?:\w+\s+){0,4})$", re.I),
    _behind(
        "does",
        r"(?:[^.,;]{0,40}?(?:,[^.,;]{2,40},)?\s)?(?:yang\s+)?(?:<before_deed>\s+|dengan\s+\w+\s+)*"
        r"(?:(?!<helping>|<no_deeds>)me[a-z]{4,}|<deeds>)\b",
    ),
    Sign(
        "failed",
        Pattern("signs", r"^[.,]*\s*(?:[^.;]{0,60}?\b<failed>\b)|^[^.]{0,80}\.\s+<failed_next>\b"),
        behind=True,
    ),
    _HARMS,
    _behind("hurt", r"[^.;]{0,40}\b<hurt>\b"),
    _behind("helped", r"(?:[a-z]+\s+){0,2}?(?:<helping>|<helped>|(?:ikut|turut)\s+<joined>)\b"),
    _behind("ours", r"(?:\(\d+ tahun\)|\(\w+\)|<ours>)", re.I),
)
#: Signs that make a person of two words with capitals.
_INTRODUCES = frozenset({"charged", "agent", "above"})
#: Letters before and behind a name in which something is said of it; how often a name counts again.
_BEFORE, _BEHIND, _OFTEN = 110, 120, 3


def signs_of(flow: str, start: int, end: int) -> tuple[Sign, ...]:
    """Return what the words around a name, which stands between two offsets, say of it."""
    before, behind = flow[max(0, start - _BEFORE) : start], flow[end : end + _BEHIND]
    return tuple(
        sign for sign in _SIGNS if (sign.pattern.match(behind) if sign.behind else sign.pattern.search(before))
    )


def is_own(flow: str, start: int, end: int) -> bool:
    """Say whether a name is introduced as the writer's own child or client, of whom no harm is told.

    *Anak saya yang bernama …* is no respondent, wherever else a tagger has seen names behind *bernama*; but who is
    charged (*mengadukan anak saya …*), acts (*oleh anak saya …*) or harms may be.
    """
    found = _OWN.search(flow[max(0, start - _BEFORE) : start])
    return found is not None and found[1] is None and _HARMS.pattern.match(flow[end : end + _BEHIND]) is None


def features(kind: str, signs: Iterable[Sign], place: float, times: int) -> dict[str, float]:
    """Return what is to be weighed of one who is named.

    *place* runs from 0 (named first at the story's beginning) to 1, *times* is how often the name is written.
    """
    said = {sign.name: 1.0 for sign in signs}
    if kind == "nama" and said.keys() & _INTRODUCES:
        kind = "orang"
    return {kind: 1.0, "early": 1 - place, "again": float(min(times - 1, _OFTEN)), **said}


def weights() -> dict[str, float]:
    """Return what each sign, and each kind of mention, weighs: the logarithm of the odds of being complained of."""
    return vocabulary("signs")["weights"]  # type: ignore[no-any-return]


def weight_of(found: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that one with these features is complained of."""
    known = weights()
    return sum(known[name] * value for name, value in found.items())
