"""The printed register (SOP step 2).

It is pages of rows, as a bound book is: each page ends with how many cases stand on it, before it and so
far. Texts are cut to the room of their column; the full text stays in the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from pipeline.cases.register_words import rights
from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets import oral_complaint, texts
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import all_said, said

BOOK = "02-buku-register"

#: Rows on a page of the register, and pages that LibreOffice makes at once.
ROWS, _LEAVES_AT_ONCE = 6, 20
#: The widest each text of a row may be, in average letters, to fit the room of its column in seven lines.
ROOM = {
    "urut": 5,
    "nomor_register": 60,
    "diterima": 40,
    "nomor_agenda": 20,
    "cara": 34,
    "surat": 60,
    "pelapor": 104,
    "kapasitas": 24,
    "terlapor": 72,
    "tempat_kejadian": 64,
    "perihal": 84,
    "hak": 76,
    "sifat": 16,
    "disposisi": 84,
    "telaahan": 42,
    "audiensi": 32,
    "rekomendasi": 108,
    "tujuan": 32,
    "pemantauan": 26,
    "status": 30,
    "tanggal_selesai": 16,
    "berkas": 26,
}
#: What a move that ends a case makes of its status, and the one that takes it back.
_ENDS = {
    "selesai": "selesai",
    "tidak-berwenang": "selesai: bukan kewenangan",
    "tidak-ada-indikasi": "selesai: tidak ada indikasi",
    "cabut": "dicabut",
    "gabung": "digabung",
    "batal": "batal",
}
_REOPENED = "buka-kembali"
#: Where the folder stands.
_SHELF = ("klasifikasi", "berkas", "boks", "rak")


def row(facts: SheetFacts, serial: int | str = "") -> dict[str, str]:
    """Return a case as a row of the printed register: plain texts, empty where nothing is known yet."""
    return fitting(entry(facts, serial))


def fitting(uncut: Mapping[str, str]) -> dict[str, str]:
    """Return an entry cut to the room that the columns of the printed register give it."""
    return {name: wording.shortened(text, ROOM[name]) for name, text in uncut.items() if name in ROOM}


def entry(facts: SheetFacts, serial: int | str = "") -> dict[str, str]:
    """Return all that the register says of a case, uncut; where it lies in the archive also in words of its own."""
    fields = facts.fields
    return {
        "urut": str(serial or facts.number.rpartition("/")[2].lstrip("0")),
        "nomor_register": facts.register_number,
        "diterima": f"{_on(facts.received_at)} {wording.hour(facts.received_at)}",
        "nomor_agenda": said(fields.get("nomor_agenda")),
        "cara": texts.capital(facts.channel or said(fields.get("cara_penyampaian"))),
        "surat": ", ".join(
            text for text in (said(fields.get("nomor_surat")), _short(said(fields.get("tanggal_surat")))) if text
        ),
        "pelapor": texts.sender(fields),
        "kapasitas": said(fields.get("kapasitas")),
        "terlapor": "; ".join(_named(fields.get("terlapor"))),
        "tempat_kejadian": said(fields.get("tempat_kejadian")),
        "perihal": said(fields.get("perihal")),
        "hak": "; ".join(rights(fields)),
        "sifat": texts.capital(facts.classification),
        "berkas": " / ".join(text for name in _SHELF if (text := said(fields.get(name)))),
        **{name: said(fields.get(name)) for name in (*_SHELF, "indeks") if name != "berkas"},
        **_course(facts),
        **_end(facts),
    }


def book(rows: Sequence[Mapping[str, str]], year: int, seal: str = "") -> dict[str, Any]:
    """Return the values of the register's pages: of a whole year, or of one case's entry.

    ``seal`` is the archive's newest seal in words; on paper, every page vouches for all that was sealed until then.
    """
    cut = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)] or [[]]
    counts = [sum(map(len, cut[:number])) for number in range(len(cut) + 1)]
    leaves = [
        {
            "nomor": str(number),
            "baris": list(leaf),
            "jumlah": _cases(len(leaf)),
            "jumlah_lalu": _cases(before),
            "jumlah_sampai": _cases(so_far),
        }
        for number, (leaf, before, so_far) in enumerate(zip(cut, counts, counts[1:], strict=False), 1)
    ]
    words = f" · segel arsip {seal}" if seal else ""
    return {"tahun": str(year), "halaman": leaves, "jumlah_halaman_buku": str(len(leaves)), "segel": words}


def _cases(count: int) -> str:
    return wording.counted(count, "perkara")


def _named(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else []
    names = [item.get("nama") if isinstance(item, Mapping) and "nama" in item else item for item in items]
    return [", ".join(part.strip() for part in name.split("|")) for name in all_said(names)]


def _course(facts: SheetFacts) -> dict[str, str]:
    """Return what became of the case, from the moves made."""
    review, answer = facts.last("telaah"), facts.last("jawaban-instansi")
    findings = {name: texts.line(review, name) for name in ("indikasi", "saran")}
    answered = _date(answer, "tanggal_jawaban")
    return {
        "disposisi": "; ".join(f"{texts.capital(move.role)} {_on(move.at)}" for move in facts.made("disposisi")),
        "telaahan": "; ".join(f"{name}: {text}" for name, text in findings.items() if text),
        "audiensi": _met(facts),
        "rekomendasi": _recommended(facts),
        "pemantauan": f"dijawab {answered}" if answered else "",
    }


def _met(facts: SheetFacts) -> str:
    met = facts.last("laksanakan")
    if met is None:
        return ""
    return f"{_date(met, 'tanggal_pelaksanaan') or _on(met.at)}, hadir {len(texts.items(met, 'hadir'))} orang"


def _recommended(facts: SheetFacts) -> str:
    number = facts.numbers.get(RECOMMENDATION) or texts.line(facts.last("nomori"), "nomor_naskah")
    told = {
        "kepada": wording.shortened(texts.line(facts.last("susun-rekomendasi"), "tujuan_surat"), ROOM["tujuan"]),
        "dikirim": _date(facts.last("kirim"), "tanggal_kirim"),
        "diterima": _date(facts.last("terima"), "tanggal_terima"),
    }
    return "; ".join(filter(None, [number, *(f"{word} {text}" for word, text in told.items() if text)]))


def _date(move: MoveMade | None, name: str) -> str:
    return _short(texts.line(move, name))


def _short(text: str) -> str:
    """Return an ISO date as the register writes it; any other text as it is."""
    try:
        return _on(date.fromisoformat(text))
    except ValueError:
        return text


def _end(facts: SheetFacts) -> dict[str, str]:
    last = next((move for move in reversed(facts.moves) if move.key in (*_ENDS, _REOPENED)), None)
    if last is None or last.key == _REOPENED:
        return {"status": "dalam proses", "tanggal_selesai": ""}
    return {"status": _ENDS[last.key], "tanggal_selesai": _on(last.at)}


def _on(day: date) -> str:
    """Return ``25/11/2026``: a column of the register is too narrow for the month's name."""
    return f"{day:%d/%m/%Y}"


def printed_book(
    entries: Sequence[Mapping[str, str]], year: int, *, day: date, office: Office, typist: Typist, press: Press
) -> Iterator[bytes]:
    """Yield the book of a year, printed on ``day``, in parts that follow one another.

    LibreOffice takes long over a book of a thousand cases, so it makes some leaves at a time.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    values = book([fitting(entry) for entry in entries], year)
    head, leaves = texts.of_office(day, office), iter(values["halaman"])
    while some := list(islice(leaves, _LEAVES_AT_ONCE)):
        docx = typist.draft(BOOK, {**head, **values, "halaman": some}).docx
        yield press.print(docx, None)


def _book(facts: SheetFacts, office: Office) -> dict[str, Any]:
    return book([row(facts)], facts.received_at.year, facts.seal)


SHEETS: Mapping[str, Maker] = {BOOK: _book}


def _story(text: str) -> tuple[MoveMade, ...]:
    begun = datetime(2026, 11, 25, 9, 0, tzinfo=WIB)
    made: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("disposisi", "kakanwil", {"isi_disposisi": text}),
        ("disposisi", "kadiv", {"isi_disposisi": text}),
        ("disposisi", "kabid", {"isi_disposisi": text}),
        ("telaah", "kasubbid", {"indikasi": "ya", "berwenang": "ya", "saran": "audiensi"}),
        ("laksanakan", "kabid", {"tanggal_pelaksanaan": "2026-12-02", "hadir": ["Sari Melati | pelapor", text]}),
        ("susun-rekomendasi", "kasubbid", {"tujuan_surat": f"Bupati Contoh {text}"}),
        ("nomori", "tim-yankomas", {"nomor_naskah": "W.8-HA.01.07-74"}),
        ("kirim", "tim-yankomas", {"tanggal_kirim": "2026-12-07"}),
        ("terima", "tim-yankomas", {"tanggal_terima": "2026-12-08"}),
        ("jawaban-instansi", "tim-yankomas", {"tanggal_jawaban": "2026-12-22", "nomor_jawaban": "660/12/2026"}),
        ("selesai", "tim-yankomas", {}),
    )
    return tuple(
        MoveMade(key, begun + timedelta(days=number), role, values) for number, (key, role, values) in enumerate(made)
    )


_SEAL = "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10"

CASES: Cases = {
    BOOK: {
        "lazim": {"fields": oral_complaint.TOLD, "moves": _story(""), "seal": _SEAL},
        "panjang": {"fields": oral_complaint.WORDY, "moves": _story("Pimpinan Daerah " * 20), "seal": _SEAL},
    },
}
