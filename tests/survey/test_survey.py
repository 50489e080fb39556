"""The survey: an answer cannot be told from others or joined with a code, and the index is the ministry's."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from threading import Thread

import pytest
from survey_fakes import FakeSurveyBox

from pipeline.archive.store.layout import Layout
from pipeline.errors import Incomplete, NotAllowed, Passing, Uncertain
from pipeline.register.complainant_status import Standing
from pipeline.register.summary.words import SUPPRESSED
from pipeline.storage import disk
from pipeline.survey.index import grade_of, result
from pipeline.survey.questionnaire import Answer, answer_of, questionnaire
from pipeline.survey.report_files import csv_file, workbook_file
from pipeline.survey.store.survey_files import SurveyFiles, survey_faults
from pipeline.survey.take_part import can_take_part, take_part
from pipeline.survey.tally import BATCH, PAGE, PAPER, Semester, Tally, semester_of, tally

DAY = date(2026, 11, 27)
GOOD = {element.key: "4" for element in questionnaire().elements}
ENDED, RUNNING = (Standing(7, ("a",) * 7, ended, "", "") for ended in (True, False))


def answered(*values: int, **traits: str) -> Answer:
    """An answer in which every element has its value; one value stands for all."""
    return Answer(tuple(values) if len(values) > 1 else values * 9, traits)


def code(n: int) -> str:
    return f"{'ABCD' * 2}{n:04d}".replace("0", "H").replace("1", "J").replace("5", "K").replace("8", "M")


@pytest.fixture
def layout(tmp_path):
    layout = Layout(tmp_path)
    layout.prepare()
    return layout


@pytest.fixture
def box(layout):
    return SurveyFiles(layout, lambda: b"k" * 32)


class TestTheForm:
    def test_asks_the_nine_elements_of_the_regulation_with_four_answers_each(self):
        assert len(questionnaire().elements) == 9
        assert {len(element.answers) for element in questionnaire().elements} == {4}

    def test_takes_the_values_and_those_traits_that_were_told(self):
        answer = answer_of({**GOOD, "waktu": "2", "umur": "26-35 tahun", "pekerjaan": ""})

        assert answer.scores == (4, 4, 2, 4, 4, 4, 4, 4, 4)
        assert answer.traits == {"umur": "26-35 tahun"}

    @pytest.mark.parametrize("wrong", [{"waktu": ""}, {"waktu": "5"}, {"umur": "tua"}, {"nama": "Siti"}])
    def test_refuses_what_is_missing_or_was_not_asked_and_names_it(self, wrong):
        with pytest.raises(Incomplete) as fault:
            answer_of({**GOOD, **wrong})

        assert set(fault.value.fields) == set(wrong)

    def test_names_what_is_missing_by_the_number_of_its_question(self):
        with pytest.raises(Incomplete) as fault:
            answer_of({**GOOD, "waktu": ""})

        assert fault.value.fields["waktu"][0] == "Pertanyaan 3 (Waktu penyelesaian)"


class CutOff(SurveyFiles):
    """A box from which the centre is cut off when answers were counted, before it said so."""

    def _count(self, told):
        super()._count(told)
        raise Uncertain("Sambungan putus.", "Lihat dahulu.")


def without_code(box, _code, answer, day) -> None:
    """Drop an answer as a clerk types it from paper."""
    box.drop_paper(answer, day)


class FailingDisk:
    """A disk that fails from its n-th effect on; ``written``: the line that is appended then is there all the same."""

    def __init__(self, monkeypatch, *, written: bool) -> None:
        self.effects, self._fails_from, self._written = 0, None, written
        for name in ("replace", "append", "cut_torn_line", "make_folder", "sync_folder", "remove"):
            monkeypatch.setattr(disk, name, self._failing(name, getattr(disk, name)))

    def fail(self, nth: int) -> None:
        self.effects, self._fails_from = 0, nth

    def mend(self) -> None:
        self._fails_from = None

    def _failing(self, name, effect):
        def tried(*args):
            if self._fails_from is None:
                return effect(*args)
            self.effects += 1
            if self.effects <= self._fails_from or (self._written and name == "append"):
                effect(*args)
            if self.effects > self._fails_from:
                raise Passing("Cakram penuh.", "")

        return tried


class TestTakingPart:
    @pytest.fixture
    def box(self):
        return FakeSurveyBox()

    def test_once_and_after_the_end_alone(self, box):
        assert can_take_part("abcd-abcd-2345", ENDED, box)
        assert not can_take_part("abcd-abcd-2345", RUNNING, box)
        with pytest.raises(NotAllowed, match="masih ditangani"):
            take_part("abcd-abcd-2345", GOOD, RUNNING, box, DAY)

        take_part("abcd-abcd-2345", GOOD, ENDED, box, DAY)

        assert not can_take_part("ABCD ABCD 2345", ENDED, box)
        with pytest.raises(NotAllowed, match="sudah diisi"):
            take_part("ABCDABCD2345", GOOD, ENDED, box, DAY)

    def test_an_incomplete_answer_does_not_use_the_code_up(self, box):
        with pytest.raises(Incomplete):
            take_part("abcd-abcd-2345", {}, ENDED, box, DAY)

        assert can_take_part("abcd-abcd-2345", ENDED, box)

    def test_nor_does_an_answer_for_which_there_was_no_room(self, box):
        box.room = False
        with pytest.raises(Passing):
            take_part("abcd-abcd-2345", GOOD, ENDED, box, DAY)

        assert can_take_part("abcd-abcd-2345", ENDED, box)


class TestWhatIsKept:
    def test_an_answer_of_which_nobody_knows_whether_it_was_counted_counts_once(self, box, layout):
        cut_off = CutOff(layout, lambda: b"k" * 32)
        for n in range(BATCH - 1):
            box.drop(code(n), answered(4), DAY)
            box.drop_paper(answered(4), DAY)
        cut_off.drop(code(BATCH), answered(4), DAY)
        cut_off.drop_paper(answered(4), DAY)

        assert box.has_answered(code(BATCH))
        box.drop(code(BATCH + 1), answered(4), DAY)
        box.drop_paper(answered(4), DAY)
        assert ([batch.count for batch in box.batches()], list(box.faults())) == ([BATCH, BATCH], [])

    @pytest.mark.parametrize("fault", [Uncertain("Belum pasti.", ""), Passing("Tidak terjangkau.", "")])
    def test_answers_that_were_not_counted_wait_for_the_next_which_is_not_taken_meanwhile(self, box, layout, fault):
        class Unreached(SurveyFiles):
            def _count(self, told):
                raise fault

        for n in range(BATCH - 1):
            box.drop(code(n), answered(4), DAY)
        unreached = Unreached(layout, lambda: b"k" * 32)
        unreached.drop(code(BATCH), answered(4), DAY)
        with pytest.raises(Passing) as told:  # of this one it is certain
            unreached.drop(code(BATCH + 2), answered(4), DAY)

        assert (type(told.value), box.has_answered(code(BATCH + 2))) == (Passing, False)
        assert box.has_answered(code(BATCH))
        assert list(box.faults()) == []
        box.drop(code(BATCH + 1), answered(4), DAY)
        assert [batch.count for batch in box.batches()] == [BATCH]

    @pytest.mark.parametrize("written", [False, True])
    @pytest.mark.parametrize("way", ["page", "paper"])
    def test_wherever_the_disk_fails_an_answer_given_again_where_it_can_be_counts_once(
        self, tmp_path, monkeypatch, way, written
    ):
        failing = FailingDisk(monkeypatch, written=written)
        for nth in range(20):
            layout = Layout(tmp_path / str(nth))
            layout.prepare()
            box = SurveyFiles(layout, lambda: b"k" * 32)
            give = box.drop if way == "page" else partial(without_code, box)
            for n in range(BATCH - 1):
                give(code(n), answered(4), DAY)
            failing.fail(nth)
            refused = False
            try:
                give(code(90), answered(1), DAY)
            except Passing:
                refused = True
            failing.mend()

            is_lost = refused and box.has_answered(code(90))
            if refused and not is_lost:
                give(code(90), answered(1), DAY)
            for n in range(100, 100 + 2 * BATCH):
                give(code(n), answered(4), DAY)

            assert (nth, sum(batch.scores[0][0] for batch in box.batches())) == (nth, 0 if is_lost else 1)
            assert list(box.faults()) == []
            if failing.effects <= nth:  # all of them were done
                break
        assert nth > 4

    def test_answers_are_counted_five_by_five_and_thrown_away(self, box, layout):
        for n in range(BATCH - 1):
            box.drop(code(n), answered(3, umur="SMA"), DAY)
        assert box.batches() == []

        box.drop(code(BATCH), answered(4), DAY)

        (batch,) = box.batches()
        assert (batch.semester, batch.channel, batch.count) == ("2026-2", PAGE, BATCH)
        assert batch.scores == ((0, 0, 4, 1),) * 9
        assert not (layout.state / "ikm-laman").exists()

    def test_paper_does_not_fill_the_batch_of_those_who_came_by_themselves(self, box):
        box.drop(code(1), answered(1), DAY)
        for _ in range(BATCH + 2):
            box.drop_paper(answered(4), DAY)

        assert [(batch.channel, batch.count) for batch in box.batches()] == [(PAPER, BATCH)]

    def test_nothing_kept_has_a_code_a_case_or_an_hour_and_no_backup_has_a_waiting_answer(self, box, layout):
        from pipeline.backup.store.back_up import EXCLUDED

        for n in range(BATCH + 1):
            box.drop(code(n), answered(2), DAY)

        kept = b"".join(path.read_bytes() for path in layout.root.rglob("*") if path.is_file())
        assert not any(code(n).encode() in kept for n in range(BATCH + 1))
        assert DAY.isoformat().encode() not in kept
        assert set(json.loads((layout.survey / "daftar.jsonl").read_text())) == {
            *("tumpukan", "semester", "channel", "count", "scores", "traits", "prev")
        }
        assert "archive/.state" in EXCLUDED
        assert (layout.state / "ikm-laman").is_relative_to(layout.state)

    def test_neither_size_nor_order_of_the_files_tells_one_answer_from_another(self, box, layout):
        sizes, orders = set[int](), set[bytes]()
        for n in range(BATCH - 1):
            box.drop(code(n), answered(n + 1, umur="di atas 60 tahun" if n else ""), DAY)
            sizes.add(os.path.getsize(layout.state / "ikm-laman"))
            marks = (layout.survey / "tanda").read_text().split()
            assert marks == sorted(marks)
        for n in range(40):  # the order of four answers: that it never changes has a chance of 24 ** -39
            other = SurveyFiles(Layout(layout.root / f"k{n}"), lambda: b"k" * 32)
            Layout(layout.root / f"k{n}").prepare()
            for value in (1, 2, 3):
                other.drop(code(value), answered(value), DAY)
            lines = (layout.root / f"k{n}/archive/.state/ikm-laman").read_bytes().splitlines()
            orders.add(b"".join(line.strip() for line in lines if b"nilai" in line))

        assert len(sizes) == 1
        assert len(orders) > 1

    def test_two_backups_laid_side_by_side_have_a_new_mark_and_no_new_answer(self, box, layout):
        from pipeline.evidence.store.seals import FolderBooks

        def backed_up():
            kept = (path for path in layout.archive.rglob("*") if path.is_file() and layout.state not in path.parents)
            return {path.name: path.read_bytes() for path in kept}

        before, changed = backed_up(), []
        for n in range(2 * BATCH):
            box.drop(code(n), answered(1 + n % 4), DAY)
            now = backed_up()
            changed.append({name for name in now if now[name] != before.get(name)})
            before = now

        full = [n for n, names in enumerate(changed, 1) if "daftar.jsonl" in names]
        assert full == [BATCH, 2 * BATCH]
        assert all(names == {"tanda"} for n, names in enumerate(changed, 1) if n not in full)
        assert FolderBooks(layout).names() == ["archive/.ikm/daftar.jsonl"]  # no seal says when a code was used

    def test_one_code_sent_many_times_at_once_is_one_answer(self, box):
        refused = []

        def send():
            try:
                box.drop(code(1), answered(1), DAY)
            except NotAllowed:
                refused.append(1)

        threads = [Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for n in range(2, BATCH + 1):
            box.drop(code(n), answered(4), DAY)

        assert len(refused) == 5
        assert [batch.scores[0] for batch in box.batches()] == [(1, 0, 0, BATCH - 1)]

    def test_the_marks_alone_tell_nobody_which_code_was_used(self, box, layout):
        box.drop(code(1), answered(1), DAY)

        assert not SurveyFiles(layout, lambda: b"x" * 32).has_answered(code(1))

    def test_a_crash_between_counting_and_throwing_away_counts_nothing_twice(self, box, layout, monkeypatch):
        for n in range(BATCH - 1):
            box.drop(code(n), answered(2), DAY)
        monkeypatch.setattr("pipeline.survey.store.survey_files.disk.remove", lambda _path: None)
        box.drop(code(90), answered(2), DAY)
        monkeypatch.undo()

        for n in range(BATCH):
            box.drop(code(100 + n), answered(4), DAY)

        assert [batch.scores[0] for batch in box.batches()] == [(0, 5, 0, 0), (0, 0, 0, 5)]

    def test_a_line_that_was_changed_is_found(self, box, layout):
        for n in range(BATCH):
            box.drop(code(n), answered(2), DAY)
        assert list(survey_faults(layout)) == []
        path = layout.survey / "daftar.jsonl"
        path.write_text(path.read_text().replace("[0, 5, 0, 0]", "[0, 0, 0, 4]", 1))

        assert list(survey_faults(layout))

    @pytest.mark.parametrize("change", [lambda m: m[1:], lambda m: m[::-1], lambda m: [m[0][:9], *m[1:]]])
    def test_marks_that_were_taken_out_or_are_none_are_told_before_and_after_the_batch(self, box, layout, change):
        for n in range(BATCH + 1):
            box.drop(code(n), answered(3), DAY)
            assert list(survey_faults(layout)) == []
        path = layout.survey / "tanda"
        path.write_text("".join(f"{mark}\n" for mark in change(path.read_text().split())))

        assert [name for name, _ in survey_faults(layout)][:1] == ["tanda"]


def batch_of(*answers: Answer) -> Tally:
    return tally(answers, Semester(2026, 2), PAGE)


class TestTheIndex:
    def test_is_the_mean_of_the_nine_means_times_twenty_five(self):
        # three people: by hand 9 elements with means 4, 3, 2, 4, 3, 2, 4, 3, 2 -> 27 / 9 * 25 = 75.00
        some = [answered(4, 3, 2, 4, 3, 2, 4, 3, 2)] * 3

        found = result(Semester(2026, 2), [batch_of(*some)])

        assert (found.index, found.grade.letter, found.count) == (Decimal("75.00"), "C", 3)
        assert [str(one.converted) for one in found.elements[:3]] == ["100.00", "75.00", "50.00"]
        assert {one.element.key for one in found.weakest} == {"waktu", "kompetensi", "sarana"}

    def test_everybody_content_is_a_hundred(self):
        assert result(Semester(2026, 2), [batch_of(*[answered(4)] * 5)]).index == Decimal("100.00")

    @pytest.mark.parametrize(
        ("value", "letter"),
        [("25", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A")],
    )
    def test_grades_begin_where_the_annex_says(self, value, letter):
        assert grade_of(Decimal(value)).letter == letter

    def test_bounds_leave_no_gap(self):
        assert all(one.least < other.least for one, other in pairwise(questionnaire().grades))

    def test_of_fewer_than_three_nothing_is_told_not_even_how_many(self):
        found = result(Semester(2026, 2), [batch_of(answered(1), answered(4))])

        assert (found.count, found.index, found.elements, found.traits) == (None, None, (), ())

    def test_traits_below_three_are_left_out_and_cannot_be_had_back(self):
        women, men = [answered(4, jenis_kelamin="Perempuan")] * 2, [answered(4, jenis_kelamin="Laki-laki")] * 8

        (sex, *_) = result(Semester(2026, 2), [batch_of(*women, *men)]).traits

        assert dict(sex.counts)["Perempuan"] is None
        assert sum(count is None for _, count in sex.counts) >= 2

    def test_another_semester_is_another(self):
        assert result(Semester(2026, 1), [batch_of(*[answered(4)] * 5)]).count == 0
        assert [semester_of(date(2026, m, 30)).key for m in (6, 7)] == ["2026-1", "2026-2"]
        assert (Semester(2026, 1).before, Semester(2026, 2).before) == (Semester(2025, 2), Semester(2026, 1))

    def test_the_csv_says_what_the_page_says(self):
        text = csv_file(result(Semester(2026, 2), [batch_of(*[answered(3)] * 5)])).decode("utf-8-sig")

        assert "ringkasan,Indeks Kepuasan Masyarakat,75.00,C" in text
        assert "unsur,Waktu penyelesaian,3.00,C" in text

    def test_few_of_a_trait_are_left_out_of_the_csv_too(self):
        people = [answered(3, jenis_kelamin="Perempuan")] * 2 + [answered(3, jenis_kelamin="Laki-laki")] * 8

        text = csv_file(result(Semester(2026, 2), [batch_of(*people)])).decode("utf-8-sig")

        assert f"Jenis kelamin,Perempuan,{SUPPRESSED}," in text

    def test_how_many_answered_on_paper_is_told_in_every_file_unless_they_are_few(self):
        semester, people = Semester(2026, 2), [answered(3, jenis_kelamin="Laki-laki")] * 12

        def files(on_paper: int) -> tuple[str, list[tuple]]:
            batches = [tally(people[:on_paper], semester, PAPER), tally(people[on_paper:], semester, PAGE)]
            sheets: list = []
            workbook_file(result(semester, batches), lambda _title, made: sheets.extend(made) or b"")
            text = csv_file(result(semester, batches)).decode("utf-8-sig")
            return text, [row for sheet in sheets for row in sheet.rows]

        told, rows = files(5)
        assert "ringkasan,Responden,12," in told
        assert "ringkasan,Di antaranya dari formulir kertas,5," in told
        assert ("Jenis kelamin", "Laki-laki", 12) in rows
        assert "Jenis kelamin,Laki-laki,12," in told
        assert f"ringkasan,Di antaranya dari formulir kertas,{SUPPRESSED}," in files(1)[0]
        few = csv_file(result(semester, [batch_of(answered(3))])).decode("utf-8-sig")
        assert f"ringkasan,Responden,{SUPPRESSED}," in few
        assert "kertas" not in few
