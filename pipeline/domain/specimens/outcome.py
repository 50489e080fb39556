"""The values and the specimen cases of SOP steps 6 and 7: the recommendation, and how it is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.specimens.known import Known

FIELDS: Mapping[str, Mapping[str, Known]] = {}
#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
