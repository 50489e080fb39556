"""What the doctor looks at for electronic signatures: whom the office trusts, and whether keys lie in their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.office.office import Office
from pipeline.signing.plan import FILE, SERVICE, TOKEN, KeyHolder, SigningPlan, digits
from pipeline.signing.store.trust import trust_in
from pipeline.work.ports import Check

_THING = "Tanda tangan elektronik"
_OTHERS = 0o077  # permissions of anybody but the owner


def signing_checks(plan: SigningPlan, office: Office, folder: Path) -> Iterator[Check]:
    """Look at the settings of signatures; names in them begin at the office's folder."""
    yield _trust(plan, folder)
    if not plan.holders:
        yield Check(_THING, True, "tidak dipakai: semua naskah ditandatangani dengan tinta")
    for holder in plan.holders:
        yield _key(plan, holder, office, folder)


def _trust(plan: SigningPlan, folder: Path) -> Check:
    thing, trust = "Sertifikat yang dipercaya", trust_in(folder / plan.trust)
    fact = f"{len(trust.anchors)} sertifikat dan {len(trust.revoked)} daftar pencabutan di {plan.trust}/"
    if trust.anchors:
        return Check(thing, True, fact)
    remedy = (
        "Letakkan sertifikat induk PSrE Indonesia di situ; sampai itu setiap tanda tangan disebut tidak tersertifikasi."
    )
    return Check(thing, True, fact, remedy, caution=True)


def _key(plan: SigningPlan, holder: KeyHolder, office: Office, folder: Path) -> Check:
    official = next((o for o in office.officials if digits(o.nip) == digits(holder.nip)), None)
    thing = f"{_THING}, {official.name if official else holder.nip}"
    if official is None:
        return Check(thing, False, "NIP-nya tidak ada pada [[jabatan]]", "Betulkan NIP-nya di office.toml.")
    named = {
        FILE: holder.details.get("berkas"),
        TOKEN: holder.details.get("modul"),
        SERVICE: plan.service.password_file,
    }
    name = named[holder.means]
    if not name:
        return Check(thing, True, holder.means)
    path = folder / name
    if not path.is_file():
        return Check(thing, False, f"{name} tidak ada", "Letakkan berkasnya, atau betulkan namanya di office.toml.")
    if holder.means != TOKEN and path.stat().st_mode & _OTHERS:
        remedy = f"chmod 600 {name}"
        return Check(thing, True, f"{name} dapat dibaca akun lain di komputer ini", remedy, caution=True)
    return Check(thing, True, f"{holder.means}: {name}")
