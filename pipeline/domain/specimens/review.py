"""The values and the specimen cases of SOP step 4: the review memo and the letters of the side exits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.specimens.known import Known

FIELDS: Mapping[str, Mapping[str, Known]] = {}
#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
