"""What `doctor` says of the office's services besides Yankomas: in use, what cannot be, and what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from pipeline.cases.public_service import PublicService
from pipeline.errors import SettingsFault
from pipeline.work.ports import Check
from pipeline.work.services import ServiceParts, service_faults

_THING = "Layanan"
_SHOWN = 3  # faults of one service; all are told by `yankomas layanan periksa`


class Serving(Protocol):
    """An office that may have other services."""

    @property
    def services(self) -> tuple[PublicService, ...]:
        """Those in use."""

    @property
    def service_shelf(self) -> ServiceLooks:
        """Where they lie."""

    @property
    def service_parts(self) -> ServiceParts:
        """What looking them through needs."""


class ServiceLooks(Protocol):
    """What is asked of where services lie."""

    def names(self) -> Collection[str]:
        """Return those whose folders lie there."""

    def noted(self) -> Collection[str]:
        """Return those that were ever taken into use."""

    def differs(self, key: str) -> bool:
        """Say whether a service's file is not what was noted of it."""


def service_checks(root: Serving) -> Iterator[Check]:
    """Yield a line for each service whose folder lies in the office's, or that is in use."""
    shelf, used = root.service_shelf, {service.key: service for service in root.services}
    for key in sorted({*used, *shelf.names(), *shelf.noted()}):
        _, found = service_faults(key, root.service_parts)
        if key in shelf.noted() and key not in used:
            fact = f"layanan {key} yang pernah dipakai tidak terbaca lagi; perkaranya tidak dapat dilanjutkan"
            yield Check(_THING, False, fact, "Pulihkan archive/.layanan dari cadangan.", code=SettingsFault.exit_code)
        elif found:
            fact = f"layanan/{key}: {'; '.join(found[:_SHOWN])}"
            remedy = f"Betulkan, lalu: yankomas layanan periksa {key}. Yang sudah dipakai berjalan seperti tercatat."
            yield Check(_THING, key in used, fact, remedy, code=SettingsFault.exit_code, caution=key in used)
        elif key in used and shelf.differs(key):
            fact = f"layanan/{key}/layanan.toml bukan yang dipakai"
            yield Check(_THING, True, fact, f"Pakai: yankomas layanan pasang {key}.", caution=True)
        else:
            told = "dipakai" if key in used else "siap, belum dipasang"
            yield Check(_THING, True, f"layanan {key} {told}")
