"""Who was at an audience, as its minutes tell it: the office's own people, the parties, and who is not named.

The minutes are signed by the respondent, who gets a copy. Whoever must not be named stands there by what they are, and
signs a leaf of their own that stays in this office: a name beside the signatures would tell what the text does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.access.handed_on import handing_on
from pipeline.access.identities import OFFICIALS, agreed
from pipeline.access.masking import is_half_named, masked, names_complainant
from pipeline.cases.case_kind import AGENCY, GROUP
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

#: What follows what somebody is, where the name would stand; and where the signature is. Others sign the minutes too:
#: *kami* would be all of them.
KEPT = "(identitas ada pada Kantor Wilayah)"
ON_A_LEAF = "Pada lembar tersendiri yang disimpan pada Kantor Wilayah"
_COMPLAINANT, _VICTIM, _WITNESS, _HANDED_ON = "pelapor", "korban", "saksi", "instansi yang melimpahkan"
#: Who acts for that agency, where open papers do not name it: the official's name would tell which it is.
OFFICIAL = f"pejabat {_HANDED_ON}"
#: Of a group: who complains for it, as the register names them, and who else of it came.
_SPOKESMAN, _MEMBER = "wakil kelompok pelapor", "anggota kelompok pelapor"
#: What is said instead of a name, the longest first: *kuasa pelapor* says *pelapor* too.
_INSTEAD = ("kuasa pelapor", _COMPLAINANT, _VICTIM, _WITNESS)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there: name and post; ``hidden``: what stands for the name is what they are."""

    name: str
    post: str
    hidden: bool = False

    @property
    def row(self) -> dict[str, str]:
        """What a table of the sheet says of them, where numbers stay beside their words."""
        signs = ON_A_LEAF if self.hidden else ""
        return {
            "nama": wording.unbroken(self.name),
            "jabatan": wording.unbroken(self.post),
            "tanda_tangan": signs,
        }


def present(
    rows: Iterable[Mapping[str, str]], facts: SheetFacts, office: Office
) -> tuple[list[Attendee], list[Attendee]]:
    """Return who was there of this office, and everybody else as :func:`told_of` tells of them."""
    own: list[Attendee] = []
    others: list[Mapping[str, str]] = []
    for row in rows:
        if _is_own(row["nama"], row["jabatan"], facts, office):
            own.append(Attendee(row["nama"], masked(row["jabatan"], facts.fields)))
        else:
            others.append(row)
    return own, told_of(others, facts)


def _is_own(name: str, post: str, facts: SheetFacts, office: Office) -> bool:
    """Say whether somebody is of this office: by the post, or by the name of an official.

    Of an official's name that is the whole of somebody's who must not be named the post says whose it is.
    """
    hidden = _hidden_as(name, post, facts)
    if not _is_official(name, office):
        return not hidden and _is_own_post(post, office)
    if hidden and _says_who(post, facts):
        return False
    wholly = masked(name, facts.fields) != name and not is_half_named(name, facts.fields)
    return not wholly or _is_own_post(post, office)


def perhaps_hidden(rows: Iterable[Mapping[str, str]], facts: SheetFacts, office: Office) -> list[str]:
    """Return the names of which a part alone is that of somebody who must not be named, where nothing says who it is.

    Told by what that person is, somebody else of that name would be gone from the minutes.
    """
    return [
        row["nama"]
        for row in rows
        if is_half_named(row["nama"], facts.fields)
        and not _says_who(row["jabatan"], facts)
        and not _is_official(row["nama"], office)
    ]


def _says_who(post: str, facts: SheetFacts) -> bool:
    """Say whether a post tells that somebody came as who must not be named, and not as who they are elsewhere."""
    return bool(_roles(facts.fields).match(post)) or post.casefold().startswith(_INSTEAD)


def _is_official(name: str, office: Office) -> bool:
    return any(same_name(name, one.name) for one in office.appointed if one.name)


def told_of(rows: Iterable[Mapping[str, str]], facts: SheetFacts) -> list[Attendee]:
    """Return people as others are told of them; those who are not named stand last, each kind once, with how many."""
    found: list[Attendee] = []
    hidden: dict[str, int] = {}
    for row in rows:
        if role := _hidden_as(row["nama"], row["jabatan"], facts):
            hidden[role] = hidden.get(role, 0) + 1
        else:
            found.append(Attendee(row["nama"], row["jabatan"]))
    return [*found, *(Attendee(_counted(role, count), "", hidden=True) for role, count in hidden.items())]


def _counted(role: str, count: int) -> str:
    several = f"Para {role.removeprefix('para ')}, {wording.counted(count, 'orang')}"
    return f"{several if count > 1 else phrasing.capital(role)} {KEPT}"


def _hidden_as(name: str, post: str, facts: SheetFacts) -> str:
    """Return as what somebody stands in the list who must not be named; empty for everybody else."""
    fields = facts.fields
    typed = next((found[0] for text in (post, name) if (found := _roles(fields).match(text))), "")
    # Who came as a witness is none of the officials, though one may have that name.
    told = masked(name, {**fields, OFFICIALS: ()} if _says_who(post, facts) else fields)
    role = wording.one_line(typed).casefold() or (_first_of(told, facts) if told != name else "")
    if not role and names_complainant(post, fields):  # the head of the organisation, a proxy, a neighbour
        role = _beside(_first_of(masked(post, fields), facts))
    if told != name and _first_of(told, facts) == _COMPLAINANT and _VICTIM in role:
        role = _COMPLAINANT  # what they are to the victim would tell that the victim's family complains
    if GROUP in kind_of(facts) and role in (_COMPLAINANT, _beside(_COMPLAINANT)):
        return _SPOKESMAN if told != name else _MEMBER
    return OFFICIAL if role == _HANDED_ON else role


def _beside(role: str) -> str:
    """Return as what somebody stands in the list whose post names whom they belong to."""
    return OFFICIAL if role == _HANDED_ON else f"pihak {role}"


def _first_of(told: str, facts: SheetFacts) -> str:
    word = next((word for word in _INSTEAD if word in told.casefold()), _COMPLAINANT)
    handed_on = word == _COMPLAINANT and kind_of(facts).origin == AGENCY and not handing_on(facts.fields)
    return _HANDED_ON if handed_on else word


def _roles(fields: Mapping[str, Any]) -> re.Pattern[str]:
    """Return what a post begins with that says who somebody is instead of a post; less of it where they agreed."""
    return _pattern(agreed(fields), said(fields.get("kapasitas")).casefold() == _VICTIM)


@cache
def _pattern(may_be_named: bool, is_victim: bool) -> re.Pattern[str]:
    words = _words()["selaku"]
    kept = [] if may_be_named else words[_COMPLAINANT]
    kept = kept if may_be_named and is_victim else [*kept, *words[_VICTIM]]
    ties = "|".join(map(re.escape, words["hubungan"]))
    ends = "|".join(map(re.escape, kept)) or r"(?!)"
    return re.compile(rf"\s*(?:(?:{ties})\s+)*(?:{ends})\b", re.IGNORECASE)


def _is_own_post(post: str, office: Office) -> bool:
    """Say whether a post is one of this office: by its title, by the office's name."""
    told = post.casefold()
    if any(word in told for word in (office.name.casefold(), *_words()["kantor"]["orang_kantor"])):
        return True
    titles = {title for one in office.appointed for title in (one.title, one.printed_title, one.own_title)}
    lanes = (texts.printed_lane(role, office) for role in office.roles.lanes)
    return told.strip(" .") in {title.casefold() for title in (*titles, *lanes) if title}


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same, without the degrees after them."""
    return one.partition(",")[0].strip().casefold() == other.partition(",")[0].strip().casefold()


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("attendees.toml").read_text(encoding="utf-8"))
