"""Which version of a template a case is drafted from: the one that was in use on the day the case was registered.

``letter_templates/NAMA.docx`` is the version from the beginning. One that is taken into use from a day on lies beside
it as ``NAMA.mulai-2026-12-01.docx``: older cases keep theirs. Whichever file it is, an edit in it holds at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.errors import TemplateFault

_SINCE = ".mulai-"


@dataclass(frozen=True, slots=True)
class TakenIntoUse:
    """That a version of a template was taken into use: from which day, its bytes' SHA-256, by whom, when.

    ``before`` is the SHA-256 of the version that was in use until then.
    """

    template: str
    since: date
    sha256: str
    before: str
    by: str
    at: datetime

    @property
    def stem(self) -> str:
        """The name of its file, without ``.docx``."""
        return f"{self.template}{_SINCE}{self.since.isoformat()}"


def template_of(stem: str) -> str:
    """Return the template that a file is a version of, by its name without ``.docx``."""
    return stem.partition(_SINCE)[0]


def version_on(template: str, day: date, taken: Iterable[TakenIntoUse]) -> str:
    """Return the file's name, without ``.docx``, of the version for cases registered on a day."""
    found = [version for version in taken if version.template == template and version.since <= day]
    return max(found, key=lambda version: version.since).stem if found else template


def missing(stem: str, folder: str, kept: str) -> TemplateFault:
    """Return what is to be said of a version whose file is gone from the folder of the templates.

    ``kept``: the file that keeps its bytes as they were taken into use, if there is one. Yankomas itself comes with the
    versions from the beginning alone.
    """
    if template_of(stem) == stem:
        source = "cadangan atau dari paket Yankomas"
    else:
        source = f"cadangan, atau salin dari {kept}" if kept else "cadangan"
    remedy = f"Kembalikan {stem}.docx ke folder {folder}/ dari {source}."
    return TemplateFault(f"Templat {stem}.docx tidak ada atau tidak terbaca.", remedy)
