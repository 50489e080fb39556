"""Every reason to refuse a scan is in one table, and every fault that is found has one there."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import Refused
from pipeline.scans import refusals
from pipeline.scans.formats import kinds
from pipeline.scans.refusals import UNSUPPORTED, Reason

REASONS = {name: reason for name, reason in vars(refusals).items() if isinstance(reason, Reason)}
ALL = [*REASONS.values(), *UNSUPPORTED.values()]


@pytest.mark.parametrize("reason", ALL, ids=lambda reason: reason.fact[:40])
def test_a_refusal_says_its_code_the_fact_and_the_remedy_in_sentences(reason):
    facts = dict.fromkeys(re.findall(r"{(\w+)}", reason.fact + reason.remedy), "7")

    refused = reason(**facts)

    assert f"``{refused.code}``" in str(Refused.__doc__)
    assert refused.message.endswith((".", ")."))
    assert refused.remedy.endswith((".", ")."))
    assert "{" not in str(refused)


def test_every_kind_of_file_that_is_not_taken_in_has_its_refusal():
    sniffed = {kinds.HEIC, kinds.DOCX, kinds.ZIP, kinds.OLE, kinds.UNKNOWN}
    begins = {kind for _, kind in kinds._BEGINNINGS}

    assert set(UNSUPPORTED) == sniffed | begins | {"text/plain"}


def test_what_a_missing_end_says_may_hold_any_signs():
    assert refusals.CUT_OFF(why="{0} %s {why}").message == "Berkas ini tidak utuh: {0} %s {why}."
