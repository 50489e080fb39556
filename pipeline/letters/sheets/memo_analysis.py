"""The analysis of the nota telaahan: which rights are at stake and by which articles, and the elements of a violation.

Each right is cited with articles of its own: those that the drafter chose or, in their want, those of the law on human
rights. Articles that the drafter wrote without saying of which right are an only right's, or stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.rights_in_law import granted, resting_on
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
#: What is said of an element of any violation that nobody assessed: the law asks for all of them.
_OPEN = "Belum dinilai"
_CITED_IN = "Ketentuan yang berkaitan dengan peristiwa ini ialah"


def analysis(facts: SheetFacts, move: MoveMade | None, office: Office) -> dict[str, Any]:
    """Return chapter *Analisis*: the rights with their articles, the elements assessed, and what the drafter wrote."""
    rights = granted_rights(facts, move, office)
    written = {name: sentences(texts.paragraphs(move, name)) for name, _ in ANALYSIS}
    if loose := [text for text in written["analisis_hak"] if _is_citation(text)]:
        alone = len(rights) == 1 and not _chosen(move)
        subject = f"{phrasing.capital(rights_named(rights))} dijamin dalam" if alone else _CITED_IN
        rights = [] if alone else rights
        written["analisis_hak"] = [f"{subject} {t}" if t in loose else t for t in written["analisis_hak"]]
    parts = [(title, written[name]) for name, title in ANALYSIS if written[name]]
    return {
        **written,
        "dasar_hak": [phrasing.sentence(": ".join(filter(None, row.values()))) for row in rights],
        "dasar_unsur": office.laws.cite(office.laws.violation, facts.letter_date),
        "unsur": _assessed(move, office),
        "analisis": [{"huruf": "abcde"[n], "judul": title, "alinea": text} for n, (title, text) in enumerate(parts)],
    }


def granted_rights(facts: SheetFacts, move: MoveMade | None, office: Office) -> list[dict[str, str]]:
    """Return the rights at stake, each with its own articles: as the drafter of the memo chose them, else the law's."""
    return granted(_chosen(move), facts.fields, office.laws, facts.letter_date)


def laws_at_stake(facts: SheetFacts, office: Office, also: Iterable[str] = ()) -> list[str]:
    """Return the laws on which the case rests: of the service, of the memo's analysis, of what respondents do.

    ``also``: what else the sheet says that may cite a law.
    """
    memo = facts.last("telaah")
    told = [*also, *texts.entries(memo, "unsur")]
    told += [text for name, _ in ANALYSIS for text in texts.paragraphs(memo, name)]
    cited = [*granted_rights(facts, memo, office), *({"pasal": text} for text in told)]
    return resting_on(cited, facts.fields, office.laws, facts.letter_date, texts.line(memo, "uraian_saran"))


def _chosen(move: MoveMade | None) -> list[dict[str, str]]:
    return texts.rows(move, "dasar_hak", ("hak", "pasal"))


def _assessed(move: MoveMade | None, office: Office) -> list[dict[str, str]]:
    """Return the elements that were assessed; one of any violation that was left open is told as not assessed yet."""
    rows = texts.rows(move, "unsur", _COLUMNS)
    told = [row for row in rows if row["penilaian"] or row["unsur"] in office.laws.elements]
    if not any(row["penilaian"] for row in told):
        return []
    return [
        {"unsur": phrasing.sentence(row["unsur"]), "penilaian": phrasing.sentence(row["penilaian"] or _OPEN)}
        for row in told
    ]


def rights_named(rights: Iterable[Mapping[str, str]]) -> str:
    """Return the names of rights in a sentence: ``hak untuk hidup dan hak atas rasa aman``."""
    return wording.enumerated([phrasing.within(row["hak"]) for row in rights])


def _is_citation(text: str) -> bool:
    """Say whether a paragraph only cites articles, without a sentence of its own."""
    return bool(_ARTICLES.match(text)) and _CITING.issuperset(_SMALL_WORDS.findall(text))


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """Return texts as sentences."""
    return [phrasing.sentence(text) for text in paragraphs]
