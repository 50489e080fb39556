"""Draws the first version of the office's Word templates into ``letter_templates/``, those of services into theirs.

Once drawn, **the Word file is the truth**: the office opens it in Word or LibreOffice and restyles it, and nobody
runs this again over their work. It stays here because a page drawn by a program can be drawn again with care: every
look is a named style, every block a table, every row is kept whole, and no machine's name gets into the file.

    python tools/draw_templates.py [FOLDER] [--force]
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from template_drawings import (
    attendance_list,
    audience_proposal,
    closing_letter,
    correction,
    dispatch_book,
    disposition_sheet,
    evaluation,
    follow_up,
    incoming_mail,
    invitation,
    minutes,
    notice,
    oral_complaint,
    periodical_report,
    personal_data_letters,
    receipt,
    recommendation,
    record_papers,
    record_sheets,
    register_book,
    review_letters,
    review_memo,
    separate_leaf,
    survey_form,
    transfer_letter,
    warning_letters,
    word_lists,
)

from pipeline.letters.engines import word_file

_SHEETS = (
    oral_complaint,
    receipt,
    register_book,
    disposition_sheet,
    review_letters,
    review_memo,
    transfer_letter,
    audience_proposal,
    invitation,
    attendance_list,
    separate_leaf,
    minutes,
    recommendation,
    notice,
    follow_up,
    evaluation,
    warning_letters,
    closing_letter,
    correction,
    dispatch_book,
    periodical_report,
    record_papers,
    record_sheets,
    survey_form,
    personal_data_letters,
    incoming_mail,
)
#: The sheets of other services, which lie with these.
_OF_SERVICES = {incoming_mail: "surat-masuk"}


def main(arguments: list[str]) -> int:
    """Draw every template that is not there yet; with ``--force`` also over those that are."""
    force = "--force" in arguments
    named = [a for a in arguments if not a.startswith("--")]
    root = Path(__file__).resolve().parents[1]
    folder = Path(named[0]) if named else root / "letter_templates"
    for sheet, name, draw in ((group, *drawing) for group in _SHEETS for drawing in group.DRAWINGS.items()):
        own = root / "pipeline" / "layanan" / _OF_SERVICES[sheet] / "templat" if sheet in _OF_SERVICES else folder
        target = own / f"{name}.docx"
        if target.exists() and not force:
            print(f"{target.name}: sudah ada, tidak disentuh (--force untuk menimpa)")
            continue
        drawn = io.BytesIO()
        document = draw()
        word_lists.numbered(document)
        document.save(drawn)
        target.write_bytes(word_file.packed(word_file.opened(drawn.getvalue())))
        print(f"{target.name}: digambar")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
