"""``yankomas belajar``: what clerks confirmed is learned from, for this office's own reading, and may be forgotten."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from pipeline.cases.key_labels import PERSON_LABELS
from pipeline.cli.inputs import ready_root
from pipeline.cli.people import noted
from pipeline.cli.show import Progress, table
from pipeline.errors import YankomasError
from pipeline.office.wording import enumerated
from pipeline.reading.confirmed_answers import LABELS
from pipeline.reading.office_learning import Measured, Outcome
from pipeline.reading.proposal import field_of
from pipeline.wiring import Root


def learn(options: Namespace) -> int:
    """Learn of the cases that clerks confirmed, and say how well; or forget what was learned.

    Raises:
        YankomasError: the office does not wish it, or there are too few cases; or it is run from another folder.
    """
    root = ready_root(options)
    root.require_changed_here("Yang dipelajari kantor")
    if options.forget:
        return _forget(root)
    if not root.settings.reading.learns:
        raise YankomasError(
            "Belajar dari koreksi petugas tidak dinyalakan di kantor ini.",
            "Tulis `belajar = true` di [pembacaan] pada office.toml, lalu ulangi.",
        )
    numbers = root.learnable_cases()
    noted(root, "belajar", f"{len(numbers)} perkara terkonfirmasi")
    outcome = root.learn(numbers, Progress("Menimbang ulang perkara"))
    print("\n".join(_told(outcome, _labels(root))))
    return 0


def _forget(root: Root) -> int:
    noted(root, "belajar --lupakan", "bobot kantor")
    known = root.office_weights.forget()
    print("Yang dipelajari kantor ini dilupakan." if known else "Kantor ini belum mempelajari apa pun.")
    print("Surat dibaca dengan bobot bawaan program.")
    return 0


def _told(outcome: Outcome, labels: Mapping[str, str]) -> list[str]:
    cells = [
        [labels[one.label], str(one.cases), str(one.before), _after(one), _said(one)]
        for one in outcome.measured
        if one.cases
    ]
    header = ["Isian", "Perkara", "Tepat, bobot bawaan", "Tepat, bobot kantor", "Mulai sekarang"]
    lines = [
        f"{outcome.cases} perkara yang dikonfirmasi petugas ditimbang ulang; setiap perkara diukur dengan bobot",
        "yang tidak mempelajarinya. Perkara rahasia tidak ikut.",
        "",
        table(cells, header, {}),
        "",
    ]
    if not outcome.taken:
        return [*lines, "Tidak ada isian yang terbaca lebih baik: surat dibaca dengan bobot bawaan program."]
    named = enumerated([labels[label] for label in outcome.taken])
    return [*lines, f"Mulai surat berikutnya dengan bobot kantor: {named}.", *_doubted(outcome, labels)]


def _after(one: Measured) -> str:
    return str(one.after) if one.measured else "-"


def _said(one: Measured) -> str:
    if not one.measured:
        return "bobot bawaan; hampir tidak pernah salah"
    gain = f"{one.mended} membaik, {one.spoiled} memburuk"
    return f"bobot kantor; {gain}" if one.taken else f"bobot bawaan; {gain}"


def _doubted(outcome: Outcome, labels: Mapping[str, str]) -> list[str]:
    looked = [labels[one.label] for one in outcome.measured if one.taken and not one.certain]
    return [f"Selalu diperiksa petugas, karena kepastiannya belum terbukti: {enumerated(looked)}."] if looked else []


def _labels(root: Root) -> Mapping[str, str]:
    """Return how fields are called, by the labels under which they are proposed."""
    asked = {field.name: field.label for field in root.editions[-1].register}

    def called(name: str) -> str:
        person, _, detail = name.partition(".")
        return f"{asked[person]}: {PERSON_LABELS[detail]}" if detail else asked[name]

    return {label: called(field_of(label)) for label in LABELS}
