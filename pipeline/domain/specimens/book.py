"""The values and the specimen cases of the oral complaint and of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.specimens.known import Known

FIELDS: Mapping[str, Mapping[str, Known]] = {}
#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
