"""How fast a hundred thousand cases are searched, and what the index costs: `python bench/searching.py [CASES]`.

The cases are invented (direct lines of the index, with texts as long as the sample letters'): names, places and words
as unevenly spread as in real letters, one word in two hundred misread. Every kind of question is asked many times.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from pipeline.cases.case_number import CaseNumber  # noqa: E402
from pipeline.cases.register_words import register_words  # noqa: E402
from pipeline.register.register_numbers import RegisterPattern  # noqa: E402
from pipeline.register.row import Row  # noqa: E402
from pipeline.search.case_text import LETTER, MATTER, NUMBERS, PEOPLE, SHEETS, CaseText, Written  # noqa: E402
from pipeline.search.comparable_words import case_word, day_word, number_word  # noqa: E402
from pipeline.search.query import Wanted, asked  # noqa: E402
from pipeline.search.store.database import Readers, writing  # noqa: E402
from pipeline.search.store.searching import search  # noqa: E402
from pipeline.search.store.shelf import put, put_together  # noqa: E402

PATTERN = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")
FIRST = datetime(2017, 1, 2, 8, tzinfo=None)
ASKING = frozenset({"tim-yankomas"})
BATCH, ROUNDS, NOW = 500, 40, 1_800_000_000
_COMMON = """yang di dan untuk dengan pada kami saya tidak oleh telah dari ini surat tanah kepada bahwa dalam adalah
desa warga kepala polisi perusahaan pengaduan sengketa lahan penahanan upah kerja anak sekolah rumah sakit hak hukum
laporan kabupaten kecamatan bengkulu seluma kaur lebong mukomuko kepahiang ganti rugi penggusuran kekerasan pelayanan"""
COMMON = _COMMON.split()
FIRST_NAMES = ("Siti", "Budi", "Rina", "Ahmad", "Dewi", "Yusuf", "Maria", "Joko", "Ratna", "Hendra", "Wati", "Nur")
REGENCIES = [f"Kabupaten {name.capitalize()}" for name in ("seluma", "kaur", "lebong", "mukomuko", "kepahiang")]
SLIPS = {"h": "b", "l": "1", "o": "0", "i": "l", "m": "rn", "e": "c", "n": "u"}


def main(cases: int) -> None:
    """Make the index, ask, tell."""
    chance = random.Random(7)
    office = Office(chance)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pencarian.sqlite"
        began = time.perf_counter()
        with writing(path) as base:
            for start in range(0, cases, BATCH):
                put(base, [office.case(n) for n in range(start, min(cases, start + BATCH))])
            put_together(base)
        spent = time.perf_counter() - began
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"{cases:,} perkara: {spent:.0f} s, {spent / cases * 1000:.1f} ms/perkara, indeks {size / 1e6:,.0f} MB")
        readers = Readers(path)
        everything: list[tuple[float, float]] = []
        for kind, questions in office.questions(cases):
            took = [seconds(readers, question) for question in questions]
            everything += took
            tell(kind, took)
        tell("semua", everything)


def tell(kind: str, took: list[tuple[float, float]]) -> None:
    """Print a line of the table, in milliseconds: on the clock, and of the processor alone (a shared machine waits)."""
    clock, busy = ([pair[n] * 1000 for pair in took] for n in (0, 1))
    print(
        f"{kind:<34} median {median(clock):6.1f} ms   p95 {p95(clock):6.1f} ms   terlama {max(clock):6.1f} ms"
        f"   prosesor: median {median(busy):6.1f} ms   p95 {p95(busy):6.1f} ms"
    )


def seconds(readers: Readers, question: dict) -> tuple[float, float]:
    """Ask as the archive's page does: hits, places, facets; return the time it took, and that of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    terms = asked([question["text"]], PATTERN.read)
    narrow, late = question.get("narrow", {}), question.get("late", False)
    with readers.reading() as base:
        search(base, Wanted(terms=terms, narrow=narrow, now=NOW, late=late, roles=ASKING))
    return time.perf_counter() - began, time.process_time() - worked


def p95(values: list[float]) -> float:
    """Return the time within which 95 of 100 questions are answered."""
    return quantiles(values, n=20)[-1]


class Office:
    """Invents cases, and questions about them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        syllables = [
            a + b
            for a in ["b", "d", "g", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w"]
            for b in ["a", "e", "i", "o", "u"]
        ]
        rare = sorted({"".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(60_000)})
        chance.shuffle(rare)
        self.words = [*COMMON, *rare]
        self.weights = list(accumulate(1 / (n + 4) for n in range(len(self.words))))
        self.surnames = [word.capitalize() for word in rare[:4000]]
        self.places = [f"Desa {word.capitalize()}, {home}" for word in rare[4000:4600] for home in REGENCIES]

    def person(self) -> str:
        """Return a name."""
        return f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(self.surnames)}"

    def prose(self, count: int) -> str:
        """Return so many words, one in two hundred misread."""
        words = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(self.misread(word) if self.chance.random() < 0.005 else word for word in words)

    def misread(self, word: str) -> str:
        """Return the word as a scanner might read it."""
        places = [at for at, sign in enumerate(word) if sign in SLIPS]
        if not places:
            return word
        at = self.chance.choice(places)
        return word[:at] + SLIPS[word[at]] + word[at + 1 :]

    def case(self, n: int) -> Written:
        """Return what is written on case ``n``."""
        chance = self.chance
        number = CaseNumber(2017 + n // 10_000, n % 10_000 + 1)
        at = FIRST + timedelta(days=365 * (n // 10_000), hours=n % 8700)
        person, place, against = (
            self.person(),
            chance.choice(self.places),
            f"{chance.choice(('Polres', 'PT', 'Dinas'))} {chance.choice(self.surnames)}",
        )
        written, letter = (
            PATTERN.write(number),
            f"{chance.randint(1, 999):03d}/LBH/{chance.choice(('I', 'V', 'XI'))}/{number.year}",
        )
        subject = self.prose(6)
        running = chance.random() < 0.03
        secrecy = chance.choices(("biasa", "terbatas", "rahasia"), (1, 8, 1))[0]
        row = Row(
            number=str(number),
            year=number.year,
            serial=number.serial,
            register_number=written,
            received_at=at.isoformat(),
            channel="pindaian",
            step=4,
            state_key="telaahan",
            state="keadaan",
            awaits=("kabid",),
            gate="",
            since=at.isoformat(),
            urgency=0,
            sop="2024-05-06",
            final=not running,
            paused=False,
            due_at="2026-11-25T09:00:00+07:00" if running else None,
            case_due_at=None,
            confirmed=True,
            closed_at=None,
            closed_late=None,
            steps=(),
            tanggal_surat=None,
            nomor_surat=letter,
            perihal=subject,
            lembaga_pelapor=None,
            tempat_kejadian=place,
            kabupaten=place.rpartition(", ")[2],
            kelas_terlapor=None,
            cara_penyampaian=None,
            nomor_agenda=None,
            sifat=secrecy,
            opened_to=(),
            klasifikasi=None,
            kapasitas=None,
            pelapor=(person,),
            terlapor=(against,),
            korban=(),
            hak=(),
            kerentanan=(),
            naskah=(),
            surat=(),
            usulan=(),
            pages=1,
            documents=1,
            page_codes=(),
            issued=(),
            signature="",
            claim="",
            sha256="",
            handled_by=(),
            head="0" * 64,
            closed=False,
            imported=False,
        )
        return Written(
            number=number,
            head="0" * 64,
            row=row,
            entry={"perihal": subject, "pelapor": person, "terlapor": against},
            facets={
                "tahun": [str(number.year)],
                "langkah": [f"{chance.randint(1, 7)}. Langkah"],
                "keadaan": [f"keadaan {chance.randint(1, 30)}"],
                "hak": chance.sample(register_words().right_words, chance.choice((1, 1, 2))),
                "kelas_terlapor": [chance.choice(register_words().classes)],
                "wilayah": [place.rpartition(", ")[2]],
                "cara": [chance.choice(("langsung", "surat", "pos", "surel"))],
                "sifat": [secrecy],
            },
            signs=(case_word(number), number_word(written), number_word(letter), day_word(at)),
            passages=(
                CaseText(NUMBERS, "Nomor register", f"{written} {letter}"),
                CaseText(MATTER, "Perihal", subject),
                CaseText(MATTER, "Tempat kejadian", place),
                CaseText(PEOPLE, "Pelapor", person),
                CaseText(PEOPLE, "Terlapor", against),
                CaseText(LETTER, "Isi surat", f"{self.prose(260)} {person} {place} {self.prose(60)}"),
                CaseText(SHEETS, "Naskah", f"{subject} {person} {against} {self.prose(60)}"),
            ),
        )

    def questions(self, cases: int) -> Iterator[tuple[str, list[dict]]]:
        """Yield kinds of questions with the questions."""
        chance = self.chance
        rare = self.words[400:20_000]

        def many(make) -> list[dict]:
            return [made if isinstance(made := make(), dict) else {"text": made} for _ in range(ROUNDS)]

        def year() -> int:
            return 2017 + chance.randrange(max(1, cases // 10_000))

        yield "nama (dua kata)", many(self.person)
        yield "nama, satu huruf salah baca", many(lambda: self.misread(chance.choice(self.surnames).lower()))
        yield "nomor register", many(lambda: f"{chance.randint(1, 9999)}/{year()}")
        yield "nomor surat", many(lambda: f"{chance.randint(1, 999):03d}/LBH/XI/{year()}")
        yield "tanggal", many(lambda: f"{chance.randint(1, 28)} Maret {year()}")
        yield "satu kata jarang", many(lambda: chance.choice(rare))
        yield (
            "tiga kata",
            many(lambda: f"{chance.choice(COMMON[14:])} {chance.choice(COMMON[30:])} {chance.choice(rare)}"),
        )
        yield "kata sangat umum", many(lambda: chance.choice(COMMON))
        yield "dua kata sangat umum", many(lambda: " ".join(chance.sample(COMMON, 2)))
        yield "awal kata (tiga huruf)", many(lambda: chance.choice(rare)[:3])
        yield "frasa", many(lambda: f'"{" ".join(chance.sample(COMMON[14:], 2))}"')
        yield (
            "kata dan dua saringan",
            many(
                lambda: {
                    "text": chance.choice(COMMON[14:]),
                    "narrow": {"tahun": [str(year())], "hak": [chance.choice(register_words().right_words)]},
                }
            ),
        )
        yield "yang terlambat", many(lambda: {"text": chance.choice(COMMON[14:]), "late": True})
        yield "seluruh arsip", many(lambda: "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
