"""The pieces that the letters to the complainant share: opening, numbered reasons, where to ask on, closing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from template_drawings.official_letter import addressee, lines, paper, reference, signature_and_copies
from template_drawings.paper import LETTER, Look
from template_drawings.recommendation import ENDS

from pipeline.cases.letter_subjects import subject

#: By what whoever asks is known: the same in every letter to who complained, and in every one to who handed it on.
NAMING = (
    "dengan menyebutkan nomor register {% if instansi_pelimpah %}di atas{% else %}dan kode status pada tanda terima"
    "{% endif %}"
)
#: Where to ask how the complaint fares, and where to ask once it is ended.
ASK_ON = f"Perkembangan pengaduan dapat {{{{ sapaan }}}} tanyakan melalui {{{{ cara_bertanya }}}} {NAMING}."
ASK_AFTER = f"Hal yang belum jelas dapat {{{{ sapaan }}}} tanyakan melalui {{{{ cara_bertanya }}}} {NAMING}."
_AGAIN = (
    "Sebelumnya, dengan surat Nomor {{ nomor_sebelumnya }} tanggal {{ tanggal_sebelumnya }}, kami memberitahukan bahwa "
    "{{ isi_sebelumnya }}. Setelah itu penanganan pengaduan tersebut kami buka kembali"
    "{% if tanggal_dibuka_kembali %} pada tanggal {{ tanggal_dibuka_kembali }}{% endif %}"
    "{% if alasan_dibuka_kembali %} {{ alasan_dibuka_kembali }}{% endif %}. Surat ini menggantikan surat tersebut, "
    "yang tidak berlaku lagi."
)
#: Each entry of a list inside a sentence.
ENTRY = f"{{{{ loop.index }}}}.\t{{{{ butir }}}}{ENDS}"
#: Lines nearer than in other letters, so that a usual letter keeps to one page with its boxes and copies.
_LEADING = 1.0
_LOOKS = {
    **{name: replace(LETTER[name], leading=_LEADING) for name in ("Isi Surat", "Penutup")},
    "Pengantar": Look(11, before=5, after=4, first=10, leading=_LEADING, keep=True),
    "Butir Surat": Look(11, after=3, left=17, first=-7, leading=_LEADING),
}
#: That a complaint was reviewed, and on which laws the review rests.
REVIEWED = "pengaduan tersebut telah kami telaah{% if dasar_hukum %} berdasarkan {{ dasar_hukum }}{% endif %}."
#: The same where the head of the office may have decided without a memo.
LOOKED_INTO = REVIEWED.replace("telaah", "{% if ditelaah %}telaah{% else %}periksa{% endif %}", 1)
#: Whose identity is kept, or was told as they agreed: the reader's, and that of those for whom they stand.
IDENTITY = "Identitas {{ identitas }}"


#: Those of several who complain: the letter goes to each of them.
EACH = "pelapor_dituju"


def opened(title: str, template: str, says: str) -> Any:
    """Return a letter to the complainant, begun: of which complaint it speaks, and what it says of it."""
    document = paper(title, extra=_LOOKS)
    reference(document, subject(template, "{{ nomor_register }}"))
    addressee(document, several=EACH)
    lines(document, "Isi Surat", [f"Sehubungan dengan {{{{ pengaduan }}}}, dengan ini kami sampaikan bahwa {says}"])
    return document


def reopened(document: Any) -> None:
    """Say which letter ended the case before, if it was opened again."""
    lines(document, "Isi Surat", ["{%p if nomor_sebelumnya %}", _AGAIN, "{%p endif %}"])


def listed(document: Any, lead: str, name: str, entry: str) -> None:
    """Draw a list behind the line that leads to it: a Word list, whose first entry stays with that line."""
    lines(document, "Pengantar", [lead])
    lines(document, "Butir Surat", [f"{{%p for butir in {name} %}}", entry, "{%p endfor %}"])


def one_or_listed(document: Any, name: str, sentence: str, lead: str, entry: str) -> None:
    """Tell an only thing in a sentence, which has it as ``satu_…``; several stand in a list behind a line."""
    lines(document, "Isi Surat", [f"{{%p if satu_{name} %}}", sentence, "{%p else %}"])
    listed(document, lead, name, entry)
    lines(document, "Isi Surat", ["{%p endif %}"])


def ended(document: Any, asking: str) -> Any:
    """Close a letter: where to ask, that others are to be told, the thanks and the signature."""
    others = (
        "{% if pelapor_lain %} Mohon isi surat ini {{ sapaan }} sampaikan pula kepada {{ pelapor_lain }}.{% endif %}"
    )
    lines(document, "Isi Surat", [f"{asking}{others}"])
    last = document.paragraphs[-1].paragraph_format  # stays with the thanks: no signature has only one line above it
    last.keep_with_next = last.keep_together = True
    lines(document, "Penutup", ["Atas perhatian {{ sapaan }}, kami ucapkan terima kasih."])
    signature_and_copies(document)
    return document
