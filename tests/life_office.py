"""An office with one case under the edition of the SOP that tells the lives of letters; driven as its people would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from fakes import WIB, FixedClock
from kept_ways import KeptWay
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.letter_life import Letter, current_letters
from pipeline.storage.blobs import TypedText

FIRST = CaseNumber(2026, 1)
TEAM, HEAD, DIVISION, FIELD, SUB = "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"
MEMO, RECOMMENDATION, NOTICE = "04-nota-telaahan", "06-surat-rekomendasi", "06-pemberitahuan-pelapor"
COMPLETION, NOT_COMPETENT = "04-permintaan-kelengkapan", "04-pemberitahuan-tidak-berwenang"
REVIEW = {"persoalan": "Apa", "analisis_hak": "Pasal 9", "indikasi": "ya", "berwenang": "ya", "saran": "rekomendasi"}
CONFIRMED = {
    "cara_penyampaian": "langsung",
    "perihal": "Tanah",
    "pelapor": [{"nama": "Siti Rekaan"}],
    "terlapor": ["Dinas Rekaan"],
    "ringkasan": "Tanah dipagari.",
    "hak": ["rasa aman"],
}
DRAFTED = {
    "tujuan_surat": "Bupati Rekaan",
    "tempat_tujuan": "Rekaan",
    "ringkasan_pengaduan": "Tanah.",
    "hasil_klarifikasi": "Sudah.",
    "analisis": "Pasal 9.",
    "rekomendasi": ["Bupati | memulihkan | 30 hari"],
}
#: A Wednesday on which the edition that tells the lives of letters is in force.
MORNING = datetime(2026, 12, 2, 8, 15, tzinfo=WIB)


def _stage(steps: Callable[..., None]) -> Callable[..., None]:
    """Let an office that comes here as others did before be put where they came to."""

    @wraps(steps)
    def brought(life: LifeOffice, *told: str) -> None:
        life.way.go((steps.__name__, *told), lambda: steps(life, *told))

    return brought


class LifeOffice:
    """An office and its first case."""

    def __init__(self, office: FakeOffice) -> None:
        self.office = office
        office.clock = FixedClock(MORNING)
        self.way = KeptWay(office)
        self.confirmed()

    @_stage
    def confirmed(self) -> None:
        self.office.drop("surat.pdf", b"Pengaduan")
        self.office.run_once()
        self.make("konfirmasi", TEAM, CONFIRMED)
        self.make("sampaikan", TEAM)

    @property
    def case(self):
        return self.office.root.cabinet.case(FIRST)

    @property
    def sop(self):
        return self.office.root.sop_of(self.case)

    @property
    def state(self) -> str:
        return self.case.state(self.sop.first)

    def make(self, move: str, role: str, typed: dict | None = None, *, file: bytes = b"") -> None:
        blob = TypedText("pindaian.pdf", file) if file else None
        self.office.decide(FIRST, move, role, typed, blob)

    def act(self, move: str, role: str, letter: str, *, file: bytes = b"", **typed: object) -> None:
        read = {"versi": self.case.drafts[letter].version} if move == "paraf-naskah" else {}
        self.make(move, role, {"naskah": letter, **read, **typed}, file=file)

    def letter(self, template: str) -> Letter:
        return current_letters(self.case, self.sop)[template]

    @_stage
    def until_review(self) -> None:
        for role in (HEAD, DIVISION, FIELD):
            self.make("disposisi", role, {"isi_disposisi": "Telaah."})

    @_stage
    def decided(self, decision: str) -> None:
        """Review the case and have the memo decided on."""
        self.until_review()
        self.make("telaah", SUB, REVIEW)
        for role in (FIELD, DIVISION):
            self.act("paraf-naskah", role, MEMO)
        self.make("putuskan-nota", HEAD, {"keputusan": decision})

    @_stage
    def recommended(self) -> None:
        self.decided("rekomendasi")
        self.make("susun-rekomendasi", SUB, DRAFTED)

    @_stage
    def noticed(self) -> None:
        """Have the recommendation numbered, and with it the notice to the complainant drafted."""
        self.recommended()
        self.numbered(RECOMMENDATION)

    @_stage
    def monitored(self) -> None:
        """Have the recommendation received; the agency is watched from now on."""
        self.recommended()
        self.sent(RECOMMENDATION)
        self.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    @_stage
    def evaluated(self) -> None:
        """Have the evaluation approved."""
        rows = ["a | b | c | d | e | f"]
        self.make("evaluasi", TEAM, {"kegiatan": "a", "hasil_evaluasi": rows, "simpulan": "Baik"})
        for role in (SUB, DIVISION):
            self.act("paraf-naskah", role, "07-hasil-evaluasi")
        self.make("setujui-evaluasi", HEAD)

    @_stage
    def numbered(self, letter: str) -> None:
        """Take a letter from its draft to its number."""
        for role in (FIELD, DIVISION):
            self.act("paraf-naskah", role, letter)
        self.act("nomori-naskah", TEAM, letter)

    @_stage
    def sent(self, letter: str) -> None:
        """Take a letter from its draft to the post."""
        self.numbered(letter)
        self.act("tandatangani-naskah", HEAD, letter, file=f"ditandatangani {letter}".encode())
        self.act("kirim-naskah", TEAM, letter, tanggal_kirim=f"{self.office.clock.now():%Y-%m-%d}", cara_kirim="pos")
