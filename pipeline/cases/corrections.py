"""Corrections of a case that has ended: what stood in the register before is kept beside what stands there now.

The line of such a move tells, besides who made it and why, the old value of each field that it changes; the new ones
are its ``register``. What was numbered, signed or sent stays as it is. Numbers, and the days of what was done, are no
matter of correction: which, and whose the correction is, the SOP's edition says (``tidak_dikoreksi``, ``peran``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move
from pipeline.errors import Incomplete, NotAllowed

#: Under which answer a line keeps what stood in the register before, by the names of its fields.
BEFORE = "semula"


def check_correctable(move: Move, sop: Sop, typed: Mapping[str, Any]) -> None:
    """Make sure that a move corrects nothing that may not be corrected once a case has ended.

    Raises:
        NotAllowed: it would; names what.
    """
    named = [name for name in move.fixed if name in typed]
    if not named:
        return
    labels = {field.name: field.label for field in sop.register}
    said = ", ".join(labels.get(name, name.replace("_", " ")) for name in named)
    raise NotAllowed(
        f"Pada perkara yang sudah berakhir tidak dapat dikoreksi: {said}.",
        "Nomor dan tanggal tindakan tetap seperti tercatat; bila memang keliru, buka kembali perkaranya dengan alasan.",
    )


def kept_before(
    move: Move, known: Mapping[str, Any], register: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what stood in the register before, and what is to stand there, of the fields that a correction changes.

    ``known`` is what each field holds now, ``register`` what was typed (None: it is to be empty).

    Raises:
        Incomplete: it changes nothing.
    """
    new = {name: value for name, value in register.items() if (value or None) != (known.get(name) or None)}
    if not new:
        raise Incomplete(
            f"{move.label}: tidak ada isian yang berubah.", "Betulkan sedikitnya satu isian; yang sama tidak dicatat."
        )
    return {name: known.get(name) for name in new}, new
