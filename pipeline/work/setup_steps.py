"""Setting up an office, step by step: what is done, what the example still stands for, what people have to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.access.accounts import Account
from pipeline.cases.key_labels import role_name
from pipeline.office.placeholders import placeholders
from pipeline.office.roles import DECIDES, TAKES_IN
from pipeline.office.wording import long_date
from pipeline.work.setting_forms import setting_forms
from pipeline.work.settings import Settings

#: How a step stands: done; as it comes with the program, to be looked at; not done.
DONE, SHIPPED, MISSING = "selesai", "bawaan", "belum"
POSTS, ACCOUNTS, TRIAL = "pejabat", "akun", "percobaan"


@dataclass(frozen=True, slots=True)
class SetupStep:
    """A step: where it is done, what it is called, how it stands, and why in a few words."""

    key: str
    path: str
    title: str
    state: str
    words: str


def setup_steps(
    settings: Settings, accounts: Sequence[Account], today: date, changed: Collection[str]
) -> tuple[SetupStep, ...]:
    """Return the steps in the order in which a new office goes through them; ``changed`` are the parts ever set."""
    steps = []
    for form in setting_forms():
        state, words = _of_part(form.key, settings, today, changed)
        steps.append(SetupStep(form.key, f"/pengaturan/{form.key}", form.title, state, words))
        if form.key == "kop":
            steps.append(_posts(settings, today))
        if form.key == "penomoran":
            steps.append(_accounts(settings, accounts, today))
    words = "Contoh surat dibaca dan tanda terimanya dicetak, tanpa nomor"
    return (*steps, SetupStep(TRIAL, "/pengaturan/percobaan", "Surat percobaan", SHIPPED, words))


def waits_for(steps: Iterable[SetupStep]) -> tuple[SetupStep, ...]:
    """Return the steps that are not done."""
    return tuple(step for step in steps if step.state == MISSING)


def _of_part(key: str, settings: Settings, today: date, changed: Collection[str]) -> tuple[str, str]:
    if key == "kop":
        office = settings.office.on(today)
        missing = placeholders(office)
        return (MISSING, f"Masih isian contoh: {', '.join(missing)}") if missing else (DONE, office.name)
    if key == "nomenklatur":
        periods = ((one.since, one.name) for one in settings.office.periods)
        told = "; ".join(f"sejak {long_date(since)}: {name}" for since, name in periods if since)
        return DONE, told or "Kantor ini belum pernah berganti nama"
    if key == "cadangan":
        place = settings.backup.repository
        return (DONE, place) if place else (MISSING, "Tempat cadangan belum ditentukan")
    if key in changed:
        return DONE, "Sudah diatur"
    return SHIPPED, "Seperti bawaan program; periksa, lalu simpan"


def _posts(settings: Settings, today: date) -> SetupStep:
    deciding = settings.office.roles.deciding
    holders = [settings.office.holder(role, today) for role in deciding]
    empty = [role for role, o in zip(deciding, holders, strict=True) if o is None or not (o.name and o.nip)]
    words = (
        f"Tanpa nama atau NIP hari ini: {', '.join(map(role_name, empty))}"
        if empty
        else "Semua pejabat bernama dan ber-NIP"
    )
    return SetupStep(POSTS, "/pengaturan/pejabat", "Pejabat", MISSING if empty else DONE, words)


def _accounts(settings: Settings, accounts: Sequence[Account], today: date) -> SetupStep:
    officials, of = settings.office.appointed, settings.office.roles
    held = {role for a in accounts if a.ready and not a.locked for role in a.roles_on(today, officials, of)}
    empty = [role for role in of.having(TAKES_IN, DECIDES) if role not in held]
    words = (
        f"Belum ada yang dapat masuk sebagai: {', '.join(map(role_name, empty))}"
        if empty
        else "Setiap peran dapat masuk"
    )
    return SetupStep(ACCOUNTS, "/akun", "Akun", MISSING if empty else DONE, words)
