"""The analysis of the nota telaahan: which rights are at stake and by which articles, and the elements of a violation.

The rights are cited as the drafter chose them; where none was chosen, with the articles that the drafter wrote or, in
their want, those of the law on human rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.rights_in_law import by_right, rights_by_law
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office import wording
from pipeline.office.office import Office

#: The parts of the analysis that the drafter writes: the field of the form, and the heading.
ANALYSIS = (
    ("analisis_kelengkapan", "Kelengkapan formal"),
    ("analisis_kewenangan", "Kewenangan dan tempat kejadian"),
    ("analisis_hak", "Hak yang diduga dilanggar dan dasar hukumnya"),
    ("analisis_unsur", "Unsur pelanggaran hak asasi manusia"),
    ("analisis_jalur_lain", "Jalur hukum lain"),
)
_COLUMNS = ("unsur", "penilaian")
#: A paragraph that is a mere citation (``Pasal 9 ayat (3) dan Pasal 36 Undang-Undang ...``): how it begins, its small
#: words, and what makes a sentence of it.
_ARTICLES, _SMALL_WORDS = re.compile(r"Pasal \d"), re.compile(r"\b[a-z]\w*")
_CITING = frozenset(["ayat", "huruf", "angka", "dan", "serta", "sampai", "dengan", "jo", "juncto", "tentang", "atas"])
_CITED_IN = "Ketentuan yang berkaitan dengan peristiwa ini ialah"


def analysis(facts: SheetFacts, move: MoveMade | None, office: Office) -> dict[str, Any]:
    """Return chapter *Analisis*: the rights with their articles, the elements assessed, and what the drafter wrote."""
    assessed = [row for row in texts.rows(move, "unsur", _COLUMNS) if row["penilaian"]]
    granted = granted_rights(facts, move, office)
    written = {name: sentences(texts.paragraphs(move, name)) for name, _ in ANALYSIS}
    if loose := [text for text in written["analisis_hak"] if _is_citation(text)]:
        subject = _CITED_IN if _chosen(move) or not granted else f"{texts.capital(rights_named(granted))} dijamin dalam"
        granted = granted if _chosen(move) else []
        written["analisis_hak"] = [f"{subject} {t}" if t in loose else t for t in written["analisis_hak"]]
    parts = [(title, written[name]) for name, title in ANALYSIS if written[name]]
    return {
        **written,
        "dasar_hak": [sentence(": ".join(filter(None, row.values()))) for row in granted],
        "dasar_unsur": office.laws.cite(office.laws.violation, facts.letter_date),
        "unsur": [{key: sentence(text) for key, text in row.items()} for row in assessed],
        "analisis": [{"huruf": "abcde"[n], "judul": title, "alinea": text} for n, (title, text) in enumerate(parts)],
    }


def granted_rights(facts: SheetFacts, move: MoveMade | None, office: Office) -> list[dict[str, str]]:
    """Return the rights at stake with their articles: those that the drafter left, else those of the law on them."""
    return _chosen(move) or rights_by_law(facts.fields, office.laws, facts.letter_date)


def _chosen(move: MoveMade | None) -> list[dict[str, str]]:
    return by_right(texts.rows(move, "dasar_hak", ("hak", "pasal")))


def rights_named(rights: Iterable[Mapping[str, str]]) -> str:
    """Return the names of rights in a sentence: ``hak untuk hidup dan hak atas rasa aman``."""
    return wording.enumerated([texts.within(row["hak"]) for row in rights])


def _is_citation(text: str) -> bool:
    """Say whether a paragraph only cites articles, without a sentence of its own."""
    return bool(_ARTICLES.match(text)) and _CITING.issuperset(_SMALL_WORDS.findall(text))


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """Return texts as sentences."""
    return [sentence(text) for text in paragraphs]


def sentence(text: str) -> str:
    """Return a text begun with a capital and ended as a sentence."""
    begun = texts.capital(text)
    return begun if not begun or begun[-1] in '.?!:;”"' else f"{begun}."
