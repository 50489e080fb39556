"""What became of cases that went to another office, as the list tells it, and which may be joined to what came back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from case_factory import case_of, moved, received, then
from fakes import MORNING

from pipeline.cases.case import Case
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.transferred import BACK, OFFERED, REFUSED, TAKEN, Transferred
from pipeline.cases.transfers import leaving
from pipeline.errors import NotAllowed
from pipeline.work.arriving import require_joinable
from pipeline.work.hand_all_over import TAKEN_BACK, WAITS, handed_cases

SOP = editions()[-1]
THERE, THIRD = "Kantor Lain", "Kantor Ketiga"


def told(*events: object) -> Case:
    case = case_of()
    for event in events:
        case = then(case, event)
    return case


def offered(parcel: str = "7", office: str = THERE) -> Transferred:
    return Transferred(OFFERED, office, parcel)


def left(parcel: str, number: str) -> object:
    return leaving(offered(parcel), case_of(), SOP, number)


@pytest.mark.parametrize(
    ("events", "parcel", "there"),
    [
        ([offered()], "7", WAITS),
        ([offered(), Transferred(TAKEN, THERE, "7", "0001/LAIN/2026")], "7", "0001/LAIN/2026"),
        ([offered(), Transferred(REFUSED, THERE, "7", reason="Bukan kami")], "7", "ditolak: Bukan kami"),
        ([offered(), Transferred(BACK, THERE, "7")], "7", TAKEN_BACK),
        ([offered(), left("7", "0002/LAIN/2026")], "7", "0002/LAIN/2026"),
        ([offered("3"), left("3", "0003/LAIN/2026"), offered("7")], "7", WAITS),
        ([offered("3"), Transferred(REFUSED, THERE, "3", reason="Tidak"), offered("7")], "7", WAITS),
        ([offered(), offered("9", THIRD), Transferred(BACK, THIRD, "9")], "7", WAITS),
    ],
)
def test_the_list_tells_of_the_last_parcel_to_that_office_what_became_of_it(events, parcel, there):
    (handed,) = handed_cases([told(*events), told(offered("9", THIRD)), told()], THERE, lambda _case: SOP)

    assert (handed.parcel, handed.there) == (parcel, there)
    assert handed.received == MORNING.date()


def test_what_comes_joins_a_case_that_is_handled_here_and_no_secret_joins_an_open_one():
    secret = case_of(first=received(register={"sifat": "rahasia"}))
    ended = moved(case_of(), SOP, "cabut")
    deciding = SimpleNamespace(sop=lambda _case: SOP, cabinet=SimpleNamespace(case=None))

    def join(case: Case, *, rahasia: bool) -> None:
        require_joinable(case, {"rahasia": rahasia}, deciding)

    join(case_of(), rahasia=False)
    join(secret, rahasia=False)
    join(secret, rahasia=True)
    for case, rahasia, why in (
        (case_of(), True, "yang tidak rahasia"),
        (ended, False, "sudah berakhir"),
        (told(offered(), left("7", "1")), False, "sudah pindah ke kantor Kantor Lain"),
    ):
        with pytest.raises(NotAllowed, match=why):
            join(case, rahasia=rahasia)
