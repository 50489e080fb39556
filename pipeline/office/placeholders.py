"""What an office has not filled in yet: the words of the example file that stand for its own (``Telepon: (isi)``)."""

from __future__ import annotations

import re

from pipeline.office.office import Office

#: What stands for something that the office has to fill in, however it is grouped and whatever follows.
_TO_FILL_IN = re.compile(r"\(\s*isi\b", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Say whether a text still asks to be filled in."""
    return bool(_TO_FILL_IN.search(text))


def placeholders(office: Office) -> tuple[str, ...]:
    """Return what of the office's letterhead and of what complainants are told still asks to be filled in, in words."""
    head = office.letterhead
    told = {
        "nama kantor": office.name,
        "kop": "\n".join((*head.ministry, head.office)),
        "alamat": head.address,
        "kontak": head.contact,
        "tempat": office.place,
        "cara menanyakan kabar": office.status_line,
        "laman pelapor": office.status_page,
    }
    return tuple(name for name, text in told.items() if is_placeholder(text))
