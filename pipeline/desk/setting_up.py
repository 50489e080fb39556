"""What the pages of *Pengaturan* share: the steps of setting up, and what a form answered."""

from __future__ import annotations

from pipeline.desk.visit import Visit
from pipeline.work.office_settings import SettingsParts
from pipeline.work.setup_steps import SetupStep, setup_steps


def steps_of(visit: Visit) -> tuple[SetupStep, ...]:
    """Return the steps of setting up as they stand."""
    desk = visit.desk
    changed = {one.part for one in desk.root.office_file.history()}
    return setup_steps(desk.root.settings, desk.people.accounts.all(), desk.now().date(), changed)


def parts_of(visit: Visit) -> SettingsParts:
    """Return what changing the settings needs, done by the visitor."""
    return visit.desk.settings_parts(lambda about: visit.note(about=about))


def answers_of(visit: Visit) -> dict[str, str]:
    """Return what was answered, by the fields' names."""
    return {name: visit.text(name) for name in visit.form}
