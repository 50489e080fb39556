"""What one office tells another and writes down of it, with cases and parcels in memory."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from case_factory import case_of, document, moved, received, then
from fakes import MORNING, FixedClock
from work_fakes import Cases

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.events import Attached
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.transferred import OFFERED, REFUSED, SHOWN, TAKEN, Transferred
from pipeline.cases.transfers import TRANSFER
from pipeline.errors import Busy, Incomplete, NotAllowed
from pipeline.office.office import Letterhead, Office
from pipeline.storage.blobs import TypedText
from pipeline.work.hand_all_over import SENT, offer_all
from pipeline.work.ports import Parcel
from pipeline.work.telling import Told, line_of, told_by
from pipeline.work.transfer import DIRECTORATE, TransferParts, note_answers, offer, refuse

SOP = editions()[-1]
THERE, WHY = "jambi", "Kejadiannya di sana."
HEAD, KABID = Actor("kakanwil", "budi"), Actor("kabid", "dewi")
OFFICE = Office("Kanwil Rekaan", "Curup", Letterhead((), "KANTOR REKAAN", "", ""), (), "")


class Parcels:
    """Parcels in memory."""

    def __init__(self, *answered: Parcel) -> None:
        self.sent: list[tuple[str, dict]] = []
        self.answered, self.told, self.refused = [*answered], [], []

    def send(self, receiver, _number, told, _files) -> str:
        self.sent.append((receiver, told))
        return str(len(self.sent))

    def answers(self) -> list[Parcel]:
        return self.answered

    def noted(self, parcel: str) -> None:
        self.told.append(parcel)

    @contextmanager
    def held(self, parcel: str):
        yield SimpleNamespace(parcel=parcel, refuse=self.refused.append)


def parts(cases: Cases, parcels: Parcels) -> TransferParts:
    cut: list[tuple[str, tuple[int, ...]]] = []

    def extract(blob, _media, pages) -> bytes:
        cut.append((blob.name, tuple(pages)))
        return b"sebagian"

    deciding = SimpleNamespace(cabinet=cases, clock=FixedClock(MORNING), office=OFFICE, sop=lambda _case: SOP)
    enrolling = SimpleNamespace(blob=TypedText)
    return TransferParts(parcels, deciding, enrolling, lambda: SimpleNamespace(extract=extract, cut=cut))


def numbered(serial: int, **values) -> Case:
    return case_of(first=received(serial=serial, **values), at=MORNING.replace(hour=6))


def test_a_case_is_offered_with_a_reason_and_shown_to_the_directorate():
    cases, parcels = Cases(numbered(1), numbered(2)), Parcels()
    one, two = cases.cases

    offer(one, THERE, f" {WHY} ", by=HEAD, parts=parts(cases, parcels))
    offer(two, DIRECTORATE, WHY, by=HEAD, parts=parts(cases, parcels))

    events = [case.entries[-1].data for case in cases.cases.values()]
    assert [(event["what"], event["office"], event["reason"]) for event in events] == [
        (OFFERED, THERE, WHY),
        (SHOWN, DIRECTORATE, WHY),
    ]
    offer(one, DIRECTORATE, WHY, by=HEAD, parts=parts(cases, parcels))
    with pytest.raises(NotAllowed, match="sudah ditawarkan"):
        offer(one, THERE, WHY, by=HEAD, parts=parts(cases, parcels))
    with pytest.raises(Incomplete, match="Alasannya belum diisi"):
        offer(two, THERE, "  ", by=HEAD, parts=parts(cases, parcels))


def test_the_other_office_is_told_what_the_register_says_but_for_what_is_this_offices_own():
    register = {"perihal": "Tanah", "nomor_agenda": "77", "diterima_pada": "2026-11-20T09:00:00+07:00"}
    open_case, secret = numbered(1, register=register), numbered(2, register={**register, "sifat": "rahasia"})
    cases, parcels = Cases(open_case, secret), Parcels()
    for number in cases.cases:
        offer(number, THERE, WHY, by=HEAD, parts=parts(cases, parcels))

    (_, first), (_, second) = parcels.sent

    assert (first["register"], first["perihal"], first["rahasia"]) == ({"perihal": "Tanah"}, "Tanah", False)
    assert (second["register"]["sifat"], second["perihal"], second["rahasia"]) == ("rahasia", "", True)
    assert "nomor_agenda" not in second["register"]
    top = Cases(numbered(3, register={"sifat": "sangat rahasia"}))
    with pytest.raises(NotAllowed, match="sangat rahasia"):
        offer(*top.cases, THERE, WHY, by=HEAD, parts=parts(top, parcels))


def test_papers_go_as_they_came_and_of_those_without_pages_the_file():
    note = document("02-catatan.txt", b"catatan", kind="lampiran")
    typed = Attached(how="map", claim="c", file_name="x.txt", media="text/plain", pages=0, documents=(note,))
    cases, parcels = Cases(then(numbered(1), typed)), Parcels()

    offer(*cases.cases, THERE, WHY, by=HEAD, parts=parts(cases, parcels))

    assert [(file["nama"], file["media"], file["halaman"]) for file in parcels.sent[0][1]["berkas"]] == [
        ("01-surat.pdf", "application/pdf", 1),
        ("02-catatan.txt", "text/plain", 0),
    ]


def test_a_mail_goes_as_the_mail_and_a_stack_that_was_put_in_order_as_its_pages():
    pages = document("01-surat.pdf")
    mail, stack = (document(f"01-surat-asli.{kind}", kind=AS_IT_CAME) for kind in ("eml", "pdf"))
    cases, parcels = Cases(*(numbered(n, documents=(pages, came)) for n, came in ((1, mail), (2, stack)))), Parcels()

    for number in cases.cases:
        offer(number, THERE, WHY, by=HEAD, parts=parts(cases, parcels))

    assert [told["berkas"][0]["nama"] for _, told in parcels.sent] == ["01-surat-asli.eml", "01-surat.pdf"]


def test_all_open_cases_are_offered_and_what_keeps_one_back_keeps_no_other():
    ended, waiting, busy = moved(numbered(1), SOP, "cabut"), numbered(2), numbered(3)
    cases, parcels = (
        Cases(ended, then(waiting, Transferred(OFFERED, "riau", "9")), busy, *map(numbered, (4, 5, 6))),
        Parcels(),
    )
    cases.busy.add(busy.number)

    found = offer_all([*cases.cases], THERE, WHY, by=HEAD, parts=parts(cases, parcels), most=2)

    assert [(one.number.serial, one.done, one.why[:13]) for one in found] == [
        (2, False, f"{SENT} kepada riau"[:13]),
        (3, False, "Perkara 2026/"),
        (4, True, ""),
        (5, True, ""),
    ]
    rest = offer_all([*cases.cases], THERE, WHY, by=HEAD, parts=parts(cases, parcels))
    assert [one.number.serial for one in rest if one.done] == [6]


def answered(parcel: str, case: Case, *, taken: bool) -> Parcel:
    there, reason = ("0009/JAMBI/2026", "") if taken else ("", "Bukan wilayah kami.")
    return Parcel(parcel, "kantor", THERE, case.number, {}, "", taken, there, reason)


def test_what_was_answered_is_written_once_and_a_case_that_is_held_keeps_no_other_back():
    offered = [then(numbered(n), Transferred(OFFERED, THERE, str(n), login="budi"), "kakanwil") for n in (1, 2, 3)]
    shown = then(numbered(4), Transferred(SHOWN, DIRECTORATE, "4"), "kakanwil")
    ended = then(moved(numbered(5), SOP, "cabut"), Transferred(OFFERED, THERE, "5"), "kakanwil")
    cases = Cases(*offered, shown, ended)
    answers = [
        answered("1", offered[0], taken=True),
        answered("2", offered[1], taken=True),
        answered("3", offered[2], taken=False),
        answered("4", shown, taken=True),
        answered("5", ended, taken=True),
    ]
    parcels = Parcels(*answers)
    cases.busy.add(offered[1].number)

    with pytest.raises(Busy, match="2026/0002"):
        note_answers(parts(cases, parcels))

    lines = {case.number.serial: (case.entries[-1].by, case.entries[-1].data) for case in cases.cases.values()}
    assert (lines[1][0], lines[1][1]["move"]) == ("kakanwil", TRANSFER)
    assert [lines[n][1].get("what") for n in (2, 3, 4, 5)] == [OFFERED, REFUSED, TAKEN, TAKEN]
    assert lines[3][1]["reason"] == "Bukan wilayah kami."
    assert parcels.told == ["1", "3", "4", "5"]
    cases.busy.clear()
    assert note_answers(parts(cases, parcels)) == 5
    assert [len(case.made) for case in cases.cases.values()] == [1, 1, 0, 0, 1]


def test_who_refuses_says_why():
    parcels = Parcels()

    assert refuse("7", " Bukan kami. ", by=KABID, parts=parts(Cases(), parcels)) == "7"
    assert parcels.refused == ["Bukan kami."]
    with pytest.raises(Incomplete, match="Alasannya belum diisi"):
        refuse("7", "  ", by=KABID, parts=parts(Cases(), parcels))


def test_what_a_process_tells_is_read_as_it_was_written():
    assert told_by(line_of(Told())) == Told()
    fault = told_by(line_of(Told(NotAllowed("salah", "betulkan")))).fault
    assert (fault.message, fault.remedy, fault.exit_code) == ("salah", "betulkan", NotAllowed.exit_code)
