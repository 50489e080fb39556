"""Whatever is sent to the API, it answers as its description says, and never with a fault of the program."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from patience import PATIENCE
from test_api import TOLD, Program
from web_desk import WebDesk

#: Examples of each operation and mode, in every run and in the long one.
FEW, MANY = 2, int(os.environ.get("YANKOMAS_SCHEMATHESIS", "100"))


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.office.open("lisan", TOLD)
    desk.office.root.index.refresh()
    return desk


def ask(desk: WebDesk, examples: int) -> dict[str, int]:
    """Send so many examples of each operation, valid and not; return how many calls each got."""
    import schemathesis  # here, for it would take a second of every process that only collects tests
    from schemathesis.generation import GenerationMode

    headers = Program(desk, "tim-yankomas").headers
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", desk.app, headers=headers)
    calls: dict[str, int] = {}
    for operation in (found.ok() for found in schema.get_all_operations()):
        for mode in GenerationMode:
            _ask(desk, operation, mode, headers, examples, calls)
    return calls


def _ask(desk, operation, mode, headers, examples, calls) -> None:
    from schemathesis.specs.openapi import checks

    # Not promised: unknown parameters are left unread, and a number may name no case.
    not_promised = [checks.negative_data_rejection, checks.positive_data_acceptance, checks.ignored_auth]

    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(operation.as_strategy(generation_mode=mode))
    def one(case) -> None:
        assume((case.query or {}).get("jenis") != "pdf")  # LibreOffice is tried elsewhere
        desk.clock.forward(seconds=1)
        answer = case.call(headers=headers, timeout=PATIENCE)
        calls[operation.label] = calls.get(operation.label, 0) + 1
        assert answer.status_code < 500, case.as_curl_command()
        case.validate_response(answer, excluded_checks=not_promised)

    one()


def test_no_call_finds_a_fault_of_the_program_and_every_answer_is_as_described(desk):
    calls = ask(desk, FEW)

    assert len(calls) == 29
    assert all(calls.values())


@pytest.mark.slow
def test_neither_do_thousands_of_calls(desk):
    calls = ask(desk, MANY)

    assert sum(calls.values()) > 1000
