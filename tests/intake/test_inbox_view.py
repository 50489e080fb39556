"""The inbox as other programs are told it, which is a public contract."""

from __future__ import annotations

from datetime import datetime

from pipeline.intake.inbox_view import AskedFor


def test_other_programs_are_told_moments_states_and_how_many_came_in_by_their_names(office):
    office.drop("scan.pdf", b"Surat")
    office.drop("rusak.pdf", b"BAD")
    office.run_once()

    told = office.root.inbox_view(AskedFor.ALL).as_data()

    assert datetime.fromisoformat(told["at"]) == office.clock.now()
    assert (told["totals"]["in"], "all_in" in told["totals"], told["totals"]["refused"]) == (2, False, 1)
    refused, registered = told["entries"]
    assert (refused["state"], refused["numbers"], registered["numbers"]) == ("refused", [], ["2026/0001"])
    assert datetime.fromisoformat(refused["since"]) == office.clock.now()
    assert refused["parts"][0]["state"] == "refused"
