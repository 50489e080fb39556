"""What every letter to the complainant says: to whom it goes, and of which complaint it speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.access.finding import found
from pipeline.access.identities import agreed, secrets_of
from pipeline.cases.case_kind import AGENCY, GROUP, concerns_child, named_complainants
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.child_names import child_is_victim
from pipeline.letters.sheets.complainant import Reader, children, each_apart, reader, words
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import all_said, said

#: The letters that tell the complainant that the case has ended.
_ENDING = (
    "04-pemberitahuan-tidak-berwenang",
    "04-pemberitahuan-tidak-ada-indikasi",
    "07-pemberitahuan-penutupan",
)
#: The move by which a case that came to its end is in work again, and the reason that the complainant reads of it.
_REOPENED, _TOLD = "buka-kembali", "alasan_bagi_pelapor"
#: The form of a complaint that says already that it is a letter.
_LETTER = "surat"
#: Whose names are no child's, though a part of them is.
_OF_OTHERS = ("terlapor", "tempat_kejadian", "instansi_lain")
#: What stands instead of a child's name, and how long a name is at least that can be told from a word.
_CHILD, _SHORTEST_NAME = "anak", 3


def letter_to_complainant(facts: SheetFacts, office: Office, *, unfounded: bool = False) -> dict[str, Any]:
    """Return the values of a letter to the complainant.

    Of several who complain each is named and gets it, so that none hears of it through another. ``unfounded``: it says
    that nothing was found of what is complained of.
    """
    to, each = reader(facts), each_apart(facts)
    kept = _protected(facts, to, unfounded=unfounded)
    return {
        **texts.issued(facts, office),
        "yth": list(to.lines),
        "di": words()["tujuan"]["masing_masing"] if each else to.place,
        "pelapor_dituju": each,
        "sapaan": to.greeting,
        "pengaduan": complaint(facts, to),
        "pokok_pengaduan": topic(facts),
        "bersama": "ya" if to.several else "",
        "pelapor_lain": "" if each else _others(facts, to),
        "instansi_pelimpah": "ya" if _is_agency(facts, to) else "",
        "selaku_kuasa": "ya" if to.proxy else "",
        "identitas": wording.enumerated(kept),
        "yang_dirugikan": wording.enumerated(kept, "atau"),
        "identitas_disebut": "ya" if agreed(facts.fields) else "",
        **_before(facts, to),
        "cara_bertanya": office.asking,
        "tembusan": texts.copied_to_division(facts, office),
    }


def _others(facts: SheetFacts, to: Reader) -> str:
    """Return who complains beside the reader of a letter; empty: nobody."""
    told = words()["identitas"]
    if _is_agency(facts, to) or to.proxy:
        return ""
    if GROUP in kind_of(facts):
        return str(told["kelompok"])
    return str(told["lainnya"]) if to.several else ""


def _protected(facts: SheetFacts, to: Reader, *, unfounded: bool) -> list[str]:
    """Return whose identity the office keeps: the reader's and, of others, those for whom and of whom they complain.

    A child's is kept also where the complainant agreed to be named, so it is no part of what is then told.
    """
    told = words()["identitas"]
    child = child_is_victim(facts.fields) and not agreed(facts.fields)
    victim = told["anak_disebut" if unfounded else "anak"] if child else ""
    beside = (told["pemberi_kuasa"] if to.proxy else "", _others(facts, to), victim)
    return [to.greeting, *filter(None, beside)]


def _is_agency(facts: SheetFacts, to: Reader) -> bool:
    """Say whether an agency reads that handed the complaint on: not the complainant, who has rights to protect."""
    return to.head and AGENCY in kind_of(facts)


def as_read(text: str, to: Reader) -> str:
    """Return words of the office in which *pelapor* is whoever reads them, or for whom a proxy does.

    Of several who complain, and of those for whom an agency or a child's guardian reads, it stays *pelapor*.
    """
    if to.several or to.greeting != words()["sapaan"]["orang"]:
        return text
    mine = words()["identitas"]["pemberi_kuasa"] if to.proxy else to.greeting
    return re.sub(r"\bpelapor\b", mine, text, flags=re.IGNORECASE)


def _before(facts: SheetFacts, to: Reader) -> dict[str, str]:
    """Return which letter ended the case before it was opened again, what it said, when and why that was.

    Empty where none did; day and reason are those of the newest reopening since that letter. The reason is the one that
    was written for the complainant: the office's own stays in the office.
    """
    ended = [n for n in facts.letters if n.template in _ENDING and n.number != facts.naskah_number]
    last = ended[-1] if ended else None
    again = next((move for move in reversed(facts.made(_REOPENED)) if last and move.at >= last.at), None)
    return {
        "nomor_sebelumnya": last.number if last else "",
        "tanggal_sebelumnya": wording.long_date(last.at) if last else "",
        "isi_sebelumnya": words()["mengakhiri"][last.template] if last else "",
        "tanggal_dibuka_kembali": wording.long_date(again.at) if again else "",
        "alasan_dibuka_kembali": as_read(phrasing.because(" ".join(texts.paragraphs(again, _TOLD))).rstrip("."), to),
    }


def complaint(facts: SheetFacts, to: Reader) -> str:
    """Return the complaint as a sentence names it: how it came, number, date, what it is about, when received."""
    form, fields = words()["pengaduan"], facts.fields
    number, day = said(fields.get("nomor_surat")), wording.date_from(said(fields.get("tanggal_surat")))
    way = _way(facts, to, in_writing=bool(number or day))
    values = {
        "sapaan": to.greeting,
        "peran": form["peran"].format(sebagai=to.standing) if to.standing else "",
        "tanggal_terima": wording.long_date(facts.received_at),
        "register": facts.register_number,
    }
    oral = way == "lisan"
    parts = [form[way].format(**values)]
    if (number or day) and not oral:
        parts += [form["dengan_surat"]] if way != _LETTER else []
        parts += [form["nomor"].format(nomor=number)] if number else []
        parts += [form["tanggal"].format(tanggal=day)] if day else []
    if about := topic(facts):
        parts.append(form["mengenai"].format(pokok=about))
    return "".join([*parts, form["terdaftar" if oral else "diterima"].format(**values)])


def _way(facts: SheetFacts, to: Reader, *, in_writing: bool) -> str:
    """Return the form by which the complaint is named."""
    if to.guardian:
        return "anak"
    if texts.is_oral(facts):
        return "lisan"
    if AGENCY in kind_of(facts):
        return "limpahan" if to.head else "dilimpahkan"
    if to.standing:
        return "mewakili"
    return _LETTER if in_writing else "lain"


def topic(facts: SheetFacts) -> str:
    """Return what the complaint is about, inside a sentence that says *pengaduan … mengenai*; no child's name in it."""
    reading = words()["bacaan"]
    begins, links = ("|".join(map(re.escape, reading[name])) for name in ("awal_perihal", "penghubung"))
    subject = said(facts.fields.get("perihal")).rstrip(". ")
    stripped = re.sub(rf"^(?:{begins})(?:\s+|$)(?:(?:{links})\s+)?", "", subject, flags=re.IGNORECASE)
    return phrasing.begun_small(_without_child(stripped, facts.fields))


def _without_child(text: str, fields: Mapping[str, Any]) -> str:
    """Return a subject that does not say how a child is called who is the victim, or who complains."""
    victims = (all_said(fields.get("korban")) or [said(fields.get("korban"))]) if concerns_child(fields) else []
    many = words()["bacaan"]["bukan_nama"]
    young, known = children(fields), {name: fields.get(name) for name in _OF_OTHERS}
    grown = [told for person in named_complainants(fields) if (told := said(person.get("nama"))) not in young]
    for child in (*victims, *young):
        name = child.partition("(")[0].split(",")[0].split()
        if not name or name[0].casefold() in many or any(char.isdigit() for word in name for char in word):
            continue
        for hit in reversed(found(text, secrets_of({**known, "korban": [child]}, grown))):
            text = f"{text[: hit.begin]}{_CHILD}{text[hit.end :]}"
        called = [word for word in name if len(word) >= _SHORTEST_NAME and not word.endswith(".")][:1]
        for form in (r"\s+".join(map(re.escape, name)), *map(re.escape, called)):
            text = re.sub(rf"(?<!\w)(?:{_CHILD}\s+)?{form}(?!\w)", _CHILD, text, flags=re.IGNORECASE)
    return text


def alone(things: Sequence[str]) -> str:
    """Return the only text of a list, which is told in a sentence; empty where there are none or several."""
    return things[0] if len(things) == 1 else ""
