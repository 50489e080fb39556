"""What archivists and others do in some days of an office: every book that they write into has lines of several."""

from __future__ import annotations

from ended_cases import ARCHIVIST, destroyed, ended, let_all_fall_due, loan, running
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.privacy import breaches, requests
from pipeline.privacy.matters import By
from pipeline.records.acting import act_on
from pipeline.records.list_steps import begin
from pipeline.register.handed_out import HandedOut
from pipeline.survey.questionnaire import Answer, questionnaire
from pipeline.work.close_year import close_year, sign_year

_TEAM = By("siti", "tim-yankomas")
_ASKED = {"hak": "akses", "nama": "Siti Rekaan", "cara": "loket", "isi": "Data saya"}
_LEAK = {"bagaimana": "Surat salah alamat", "data": "Nama dan alamat"}


class ArchivistsDays:
    """The days of one office: a complaint of last year, then five days, each with an ended case of its own."""

    def __init__(self, office: FakeOffice) -> None:
        self._office, self._ended = office, list[CaseNumber]()

    def before(self) -> None:
        """Let a year begin that is closed later."""
        running(self._office)
        let_all_fall_due(self._office)

    def day(self, day: int) -> None:
        """Do the work of a day: 0 to 4."""
        self._ended.append(ended(self._office))
        (self._file_and_close, self._hold_and_ask, self._destroy, self._lend_and_hand_out, self._survey)[day]()

    def _act(self, number: CaseNumber, act: str, **typed: str) -> None:
        act_on(number, act, typed, by=ARCHIVIST, parts=self._office.root.record_parts)

    def _file_and_close(self) -> None:
        self._act(self._ended[0], "berkaskan", klasifikasi="HA.01.07", boks="7")
        parts = self._office.root.close_year_parts(lambda: self._office.reader)
        close_year(2025, by=ARCHIVIST, parts=parts)
        sign_year(2025, self._office.root.in_memory("lembar.pdf", b"%PDF pindaian"), by=ARCHIVIST, parts=parts)

    def _hold_and_ask(self) -> None:
        self._act(self._ended[1], "tahan", alasan="Gugatan")
        book, now = self._office.root.person_requests, self._office.clock.now()
        number = requests.receive(book, _ASKED, _TEAM, now).number
        requests.identify(book, number, "KTP", _TEAM, now)
        requests.receive(book, {**_ASKED, "nama": "Made Rekaan"}, _TEAM, now)

    def _destroy(self) -> None:
        destroyed(self._office.root.record_parts, self._ended[2])

    def _lend_and_hand_out(self) -> None:
        now = self._office.clock.now()
        due = f"{now.date().replace(month=12)}"
        self._act(self._ended[3], "pinjamkan", **loan(self._office, kembali_paling_lambat=due))
        for file in ("satu.xlsx", "dua.xlsx"):
            handed = HandedOut("simasham", file, "0" * 64, (str(self._ended[3]),), "siti", now)
            self._office.root.handed_out.note(handed)
        leaks = self._office.root.breaches
        breaches.learn(
            leaks, breaches.report(leaks, _LEAK, _TEAM, now).number, {**_LEAK, "upaya": "Ditarik"}, _TEAM, now
        )

    def _survey(self) -> None:
        box, today = self._office.root.survey, self._office.clock.now().date()
        answer = Answer((3,) * len(questionnaire().elements), {})
        for _ in range(10):
            box.drop_paper(answer, today)
        for n in range(6):
            box.drop(f"ABCDABCD222{n + 2}", answer, today)
        begin("pindah", [self._ended[0]], {}, by=ARCHIVIST, parts=self._office.root.record_parts)
