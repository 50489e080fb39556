"""One tree for everything that a person can put right.

Each error says the thing, the fact and the remedy, in Indonesian, because clerks read it. The edge (command
line, web) turns it into words and into ``exit_code`` in one place; nothing else catches it for show. A remedy that is
done in one way at the terminal and in another on a page is :class:`pipeline.acts.Advice`.
"""

from collections.abc import Mapping


class YankomasError(Exception):
    """Something went wrong that a person can put right."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageFault(YankomasError):
    """The command was written in a way that cannot be understood."""

    exit_code = 2


class SettingsFault(YankomasError):
    """``office.toml`` or the SOP file says something that cannot be used."""

    exit_code = 3


class NotFound(YankomasError):
    """There is no such case, document or file."""

    exit_code = 4


class Refused(YankomasError):
    """A file cannot be taken in; ``code`` names the reason for tests and counts.

    Codes: ``kosong``, ``terpotong``, ``jenis``, ``terkunci``, ``rusak``, ``terlalu-besar``, ``tanpa-halaman``,
    ``terlalu-berat``, ``isi-aktif``, ``mesin``, ``ganda``, ``kembali``, ``petugas``, ``hilang``, ``menyebut-perkara``,
    ``kiriman-massal``, ``teks-polos``, ``bolak-balik``; of an edited Word file ``suntingan``, ``naskah-lain``,
    ``versi-lama``, ``tanpa-asal``, ``menyebut-nama``.
    """

    exit_code = 5

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.code = code


class ArchiveFault(YankomasError):
    """The archive contradicts itself, or a later version wrote it; nothing is written until a person has looked."""

    exit_code = 6


class Busy(YankomasError):
    """Another process has the root, or a lock was not free in time."""

    exit_code = 7


class EngineFault(YankomasError):
    """A foreign program (Tesseract, LibreOffice, a sandboxed child) is missing, failed or took too long."""

    exit_code = 8


class TooSlow(EngineFault):
    """A child took longer over one request than it may."""


class TooCostly(EngineFault):
    """A file took more of the machine than any honest one needs: trying it again would take as long."""


class TemplateFault(YankomasError):
    """A Word template cannot be used (unknown field, broken tag, unsafe construct), or a list beside it."""

    exit_code = 9


class Passing(YankomasError):
    """A fault that may be gone in a minute (disk full, clock behind): try again, count nothing, lose nothing."""

    exit_code = 10


class Uncertain(Passing):
    """A connection broke while a change was being kept: whether it was is not known, and has to be looked at."""


class HeldUp(Passing):
    """Something that people of the office mend (a Word template) holds work up; all that did not need it was done."""

    exit_code = 9


class EngineMissing(Passing):
    """A foreign program is not installed: no complaint's fault, so complaints wait until it is."""

    exit_code = 8


class Unfinished(Passing):
    """A work's turn is over before it was done: others go first, then it goes on. ``done`` of ``of`` pages are."""

    def __init__(self, done: int = 0, of: int = 0) -> None:
        super().__init__("Berkas ini berat; pemeriksaannya dilanjutkan sesudah yang lain.")
        self.done, self.of = done, of


class Changed(Passing):
    """A claimed file is no longer what it was: somebody still writes to it. It goes back and is waited for."""


class NotAllowed(YankomasError):
    """The SOP has no such move for this case now, or not for this role."""

    exit_code = 11


class Superseded(NotAllowed):
    """Somebody saved a newer version meanwhile; both texts are there to be compared."""


class Incomplete(YankomasError):
    """A form lacks required answers, or has some that cannot be understood; names every one of them.

    ``fields``: by the name of each field, what it is called and what is wrong with its answer, for a screen that shows
    it beside the field.
    """

    exit_code = 13

    def __init__(self, message: str, remedy: str = "", fields: Mapping[str, tuple[str, str]] | None = None) -> None:
        super().__init__(message, remedy)
        self.fields = dict(fields or {})


class Interrupted(YankomasError):
    """Work stopped before it was done (``--once`` ended with files still unsettled)."""

    exit_code = 12


class Denied(YankomasError):
    """Somebody could not be let in: login or password wrong, account locked, link used up or too old."""

    exit_code = 14


def place_of(fault: BaseException) -> str:
    """Return file and line where a fault arose; its message may repeat what a complaint says and is left out."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
