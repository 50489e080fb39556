"""The templates of an office: which version is for whom, what lies there for nothing, what a version may not be."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from fakes import MORNING, FixedClock

from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed, NotFound, UsageFault
from pipeline.letters.office_templates import OfficeTemplates, UnfitTemplate
from pipeline.letters.ports import TemplateFinding
from pipeline.letters.preview import Previews
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.office_papers import OfficePapers
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, SPECIMENS
from pipeline.letters.sheets.texts import REPORT
from pipeline.letters.template_versions import TakenIntoUse

OLDER, NEWER = editions()[:2]
TODAY = MORNING.date()
FINDING = TemplateFinding(f"{RECEIPT}.docx", "", "salah", "betulkan")
#: An edition of another service, with one sheet that has no module.
MEETING = "02-undangan-rapat"
ROOMS = replace(NEWER, key="rapat", service="rapat", sheets=(replace(NEWER.sheet(RECEIPT), template=MEETING, step=2),))


class Shelf:
    """The Word files in memory, each with its name for its bytes."""

    def __init__(self, *more: str, taken: tuple[TakenIntoUse, ...] = ()) -> None:
        self.stems, self._taken = [RECEIPT, RECOMMENDATION, *(v.stem for v in taken), *more], list(taken)

    def names(self):
        return tuple(f"{stem}.docx" for stem in self.stems)

    def read(self, stem):
        return stem.encode()

    def taken(self):
        return tuple(self._taken)

    def take(self, version, docx, before):
        self._taken.append(version)


def version(template: str, since: date) -> TakenIntoUse:
    return TakenIntoUse(template, since, "baru", "lama", "rina", MORNING)


def templates(shelf: Shelf | None = None, *found: TemplateFinding, sops=(OLDER, NEWER)) -> OfficeTemplates:
    checker = SimpleNamespace(check=lambda _template, _docx: list(found))
    look = lambda _stem: [FINDING]  # noqa: E731
    return OfficeTemplates(shelf or Shelf(), sops, SPECIMEN_OFFICE, FixedClock(MORNING), look, lambda: checker)


def test_a_version_is_for_the_cases_from_its_day_to_the_day_before_the_next():
    first, second = date(2026, 12, 1), date(2027, 1, 1)
    shelf = Shelf(taken=(version(RECEIPT, second), version(RECOMMENDATION, first), version(RECEIPT, first)))

    rows = templates(shelf).versions(RECEIPT)

    assert [(row.stem, row.since, row.until) for row in rows] == [
        (RECEIPT, None, date(2026, 11, 30)),
        (f"{RECEIPT}.mulai-2026-12-01", first, date(2026, 12, 31)),
        (f"{RECEIPT}.mulai-2027-01-01", second, None),
    ]
    assert {(row.step, row.editions, row.coded) for row in rows} == {(1, (OLDER.key, NEWER.key), True)}
    assert {row.findings for row in rows} == {(FINDING,)}
    (letter,) = templates().versions("07-teguran-pertama")
    assert (letter.step, letter.editions) == (7, (NEWER.key,))


def test_a_file_that_nobody_asks_for_is_told_with_what_it_may_have_been_meant_for():
    near = f"{RECEIPT.removesuffix('a')}o"
    shelf = Shelf(near, f"{RECEIPT}.mulai-2026-12-01", "zzz", taken=(version(RECOMMENDATION, TODAY),))
    looked = []
    own = replace(templates(shelf), check=lambda stem: looked.append(stem) or [])

    strays = own.strays()

    told = {one.file: one.remedy for one in strays}

    assert set(told) == {f"{near}.docx", f"{RECEIPT}.mulai-2026-12-01.docx", "zzz.docx"}
    assert told[f"{near}.docx"] == f"Mungkin maksudnya {RECEIPT}.docx."
    assert f"yankomas templat pakai {RECEIPT} " in told[f"{RECEIPT}.mulai-2026-12-01.docx"]
    assert "Mungkin" not in told["zzz.docx"]
    assert {one.file: one.nearest for one in strays} == dict.fromkeys(told, RECEIPT) | {"zzz.docx": None}
    assert looked == []


def test_only_what_somebody_calls_for_is_known_and_only_a_cases_sheet_is_tried_with_a_case():
    own = templates()

    own.require_of_case(RECEIPT)
    with pytest.raises(NotFound) as unknown:
        own.require_of_case(f"{RECEIPT}x")
    assert unknown.value.remedy == f"Mungkin maksudnya {RECEIPT}."
    with pytest.raises(NotAllowed, match="bukan lembar sebuah perkara"):
        own.require_of_case(REPORT)


def test_a_version_is_taken_into_use_from_today_on_if_it_passes_and_is_another():
    shelf = Shelf(taken=(version(RECEIPT, date(2026, 12, 1)),))

    taken = templates(shelf).take(RECEIPT, b"lain", TODAY, "rina")

    assert (taken.since, shelf.taken()[-1]) == (TODAY, taken)
    with pytest.raises(NotAllowed, match="sudah lewat"):
        templates(shelf).take(RECEIPT, b"lain", date(2026, 11, 24), "rina")
    in_use = f"{RECEIPT}.mulai-2026-12-01".encode()
    with pytest.raises(NotAllowed, match="sama dengan templat"):
        templates(shelf).take(RECEIPT, in_use, date(2026, 12, 2), "rina")
    for found, more in (([FINDING], ""), ([FINDING] * 3, "2 temuan lain")):
        with pytest.raises(UnfitTemplate) as unfit:
            templates(shelf, *found).take(RECEIPT, b"lain", TODAY, "rina")
        assert ("temuan lain" in str(unfit.value), more in str(unfit.value)) == (bool(more), True)
    assert shelf.taken()[-1] == taken


def test_the_fields_of_a_template_are_told_with_the_parts_of_their_entries():
    rows = {row.name: row for row in templates().fields("07-hasil-evaluasi")}
    only_of_the_longest = {row.name: row for row in templates().fields("07-teguran-pertama")}["jawaban"]

    assert [name for name, _ in rows["hasil"].parts][:2] == ["rekomendasi", "penanggung_jawab"]
    assert rows["nomor_register"].parts == ()
    assert only_of_the_longest.parts
    assert rows["nomor_register"].meaning


def test_the_fields_of_another_services_template_are_those_of_its_own_edition():
    names = [row.name for row in templates(sops=(ROOMS, NEWER)).fields(MEETING)]

    assert "layanan" in names
    assert f"isian.{ROOMS.register[0].name}" in names
    assert "disposisi" not in names


def previews(own=lambda _template: ()) -> Previews:
    typist = SimpleNamespace(draft=lambda stem, values: SimpleNamespace(docx=f"{stem} {values}".encode()))
    checker = SimpleNamespace(fill=lambda template, docx, values: docx + template.encode())
    press = SimpleNamespace(print=lambda docx, code: docx + repr(code).encode())
    return Previews(
        typist, lambda: checker, lambda: nullcontext(press), lambda pdf: b"PRATINJAU " + pdf, SPECIMEN_OFFICE, own
    )


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_a_preview_shows_the_invented_case_that_was_asked_for_of_a_version_or_of_another_service(specimen):
    known = previews().sample(f"{RECEIPT}.mulai-2026-12-01", specimen)

    assert known == specimen_values(RECEIPT)[specimen]
    assert previews(lambda _template: [{"n": n} for n in SPECIMENS]).sample(MEETING, specimen) == {"n": specimen}
    with pytest.raises(NotFound, match="Tidak ada contoh"):
        previews().sample(RECEIPT, "lain")


def test_a_preview_has_no_page_code_and_says_on_its_pages_what_it_is():
    assert previews().of_version(RECEIPT, {}) == f"PRATINJAU {RECEIPT} {{}}None".encode()
    assert previews().of_file(RECEIPT, b"word ", {}) == f"PRATINJAU word {RECEIPT}None".encode()


def test_an_offices_own_paper_is_made_as_word_or_pdf_and_as_nothing_else():
    own = previews()
    papers = OfficePapers(own.typist, own.press)

    assert papers.made(REPORT, {}, "docx") == f"{REPORT} {{}}".encode()
    assert papers.made(REPORT, {}, "pdf") == f"{REPORT} {{}}None".encode()
    with pytest.raises(UsageFault, match="tidak dibuat sebagai 'xlsx'"):
        papers.made(REPORT, {}, "xlsx")
