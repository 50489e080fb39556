"""What the tests of mail share: the fakes of the people whom it reaches lie beside their own tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "access"))
