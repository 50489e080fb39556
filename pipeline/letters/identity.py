"""What a Word file of ours says of itself: which letter it is, and which version; and what a file that comes back is.

It says it in custom document properties, which Word and LibreOffice keep when they save. The letter's name is opaque,
as a page code is: nobody is named, and without the archive it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.sop import title_of
from pipeline.cases.versions import versions
from pipeline.errors import Refused
from pipeline.letters.page_codes import Origin, page_code

#: The codes of what a file is refused for: another letter's, an older version, or one that does not say.
OTHER_LETTER, OLDER, UNSAID = "naskah-lain", "versi-lama", "tanpa-asal"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a Word file says of itself: an opaque code of letter and version, and the version for people to read."""

    code: str
    version: int


def identity_of(case: Case, template: str, version: int) -> Identity:
    """Return what the Word file of a letter's version says of itself."""
    return Identity(page_code(case, template, version), version)


def origin_of(case: Case, identity: Identity, elsewhere: Callable[[str], Origin | None]) -> Origin | None:
    """Return the letter and version that a file says it is: of this case, or of another that is known by its codes."""
    for template, newest in case.drafts.items():
        for draft in versions(case, template):
            if page_code(case, template, draft.version) == identity.code:
                return Origin(case.number, template, draft.version, newest.version)
    return elsewhere(identity.code)


def check_origin(
    case: Case,
    template: str,
    base: int,
    identity: Identity | None,
    elsewhere: Callable[[str], Origin | None],
    *,
    sure: bool,
) -> None:
    """Make sure that a file that was edited is version ``base`` of this letter.

    ``sure``: a person said that it is, where the file itself says nothing.

    Raises:
        Refused: it is another letter or another version, which is named; or it does not say, and nobody is sure.
    """
    if identity is None:
        if sure:
            return
        letter = f"{title_of(template).lower()} perkara {case.number}"
        raise Refused(
            UNSAID,
            f"Berkas ini tidak menyebut naskahnya; yakin ini suntingan {letter}?",
            "Lebih aman: unduh Word versi terbaru dan sunting itu. Bila memang yakin, nyatakan (--yakin).",
        )
    origin = origin_of(case, identity, elsewhere)
    if origin is None or (origin.number, origin.template) != (case.number, template):
        raise Refused(
            OTHER_LETTER,
            f"Berkas ini bukan {title_of(template).lower()} perkara {case.number}: {_told(origin)}.",
            "Unduh Word naskah yang hendak disunting, sunting itu, lalu unggah.",
        )
    if origin.version != base:
        raise Refused(
            OLDER,
            f"Berkas ini {_told(origin)}; versi terbarunya {origin.newest}.",
            "Bandingkan keduanya, lalu pilih: salin suntingan ke versi terbaru, atau simpan berkas ini sebagai versi "
            "berikutnya.",
        )


def _told(origin: Origin | None) -> str:
    if origin is None:
        return "naskah lain, yang tidak dikenal arsip ini"
    return f"versi {origin.version} dari {title_of(origin.template)} perkara {origin.number}"
