"""Agents of remote offices say what they are; the office's desk keeps it, and takes nothing that it misunderstands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from fakes import MORNING

import pipeline
from pipeline.errors import Passing
from pipeline.intake.agents import AGAIN, FORM, KEPT, AgentSign, heard_of, said_of_itself
from pipeline.intake.store.agent_signs import AgentSignFile
from pipeline.intake.store.postgres_agent_signs import PostgresAgentSigns
from pipeline.work.engines.doctor_agents import agent_checks

SIGN = AgentSign("token-3", "pindai-rekaan", pipeline.__version__, FORM, MORNING)


@pytest.fixture(params=["file", "postgres"])
def processes(request, tmp_path):
    """What two processes of one office have of the signs."""
    if request.param == "file":
        return AgentSignFile(tmp_path / "agen"), AgentSignFile(tmp_path / "agen")
    database = request.getfixturevalue("central_office")[0]
    return PostgresAgentSigns(database), PostgresAgentSigns(database)


def test_what_an_agent_says_is_read_as_it_was_said():
    found = heard_of(said_of_itself(), "token-3", MORNING)

    assert (found.token, found.program, found.form, found.at) == ("token-3", pipeline.__version__, FORM, MORNING)
    assert found.machine
    assert (found.fits, found.is_other) == (True, False)


@pytest.mark.parametrize("said", ["", "curl/8", "yankomas-agen/1 (bentuk x; m)", "lain yankomas-agen/1 (bentuk 9; m)"])
def test_one_that_says_nothing_is_of_an_earlier_version_and_understood(said):
    found = heard_of(said, "token-3", MORNING)

    assert (found.program, found.form, found.fits, found.is_other) == ("", FORM, True, True)
    assert "versi yang belum menyebut dirinya" in found.words
    found.require_understood()


@pytest.mark.parametrize(("form", "age"), [(FORM + 1, "lebih baru"), (FORM - 1, "lebih lama")])
def test_of_another_form_nothing_is_taken_and_its_files_wait(form, age):
    other = replace(SIGN, form=form)

    with pytest.raises(Passing, match=f"agen ini {age} daripada program di pusat") as refused:
        other.require_understood()

    assert "menunggu dan tidak hilang" in refused.value.remedy
    assert "berkasnya menunggu di sana" in other.words


def test_the_last_sign_of_each_agent_is_known_to_every_process(processes):
    first, second = processes
    others = [replace(SIGN, machine="pindai-b"), replace(SIGN, token="token-1", program="", machine="")]

    for sign in (SIGN, *others):
        first.note(sign)
    newer = replace(SIGN, program="9.9", at=MORNING + timedelta(seconds=1))
    second.note(newer)

    for one in processes:
        assert one.all() == (others[1], others[0], newer)


def test_what_was_noted_a_moment_ago_is_not_written_again(processes):
    first, second = processes
    first.note(SIGN)

    first.note(replace(SIGN, at=MORNING + AGAIN - timedelta(seconds=1)))
    assert second.all() == (SIGN,)
    later = replace(SIGN, at=MORNING + AGAIN)
    first.note(later)

    assert second.all() == (later,)


def test_an_agent_that_stayed_away_for_weeks_is_forgotten(processes):
    first, second = processes
    first.note(SIGN)
    new = replace(SIGN, machine="pindai-b", at=MORNING + KEPT + timedelta(seconds=1))

    second.note(new)

    assert second.all() == (new,)


def test_a_file_of_signs_that_is_none_says_nothing(tmp_path):
    (tmp_path / "agen").write_text('[1, ["a", "b"], ["token-3", "m", "1", "satu", "kapan"]]')

    signs = AgentSignFile(tmp_path / "agen")
    assert signs.all() == ()
    signs.note(SIGN)
    assert signs.all() == (SIGN,)


def test_the_doctor_says_which_agent_speaks_which_version():
    older, unfit = replace(SIGN, program="0.0.9"), replace(SIGN, program="9.9", form=FORM + 1)
    root = SimpleNamespace(agent_signs=SimpleNamespace(all=lambda: (SIGN, older, unfit)))

    said = [(check.good, check.caution, bool(check.remedy)) for check in agent_checks(root)]

    assert said == [(True, False, False), (True, True, True), (False, False, True)]
    facts = [check.fact for check in agent_checks(root)]
    assert f"versi {pipeline.__version__}, bentuk {FORM}" in facts[0]
    assert f"versi 0.0.9, bentuk {FORM}" in facts[1]
    assert "tidak dipahami di sini" in facts[2]
    assert all("pindai-rekaan" in fact for fact in facts)
