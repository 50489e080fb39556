"""Where an archive keeps what is no case folder and can be made anew from none: records beside the cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class KeptBeside:
    """The paths of what one root's archive keeps for good beside its cases."""

    root: Path
    #: The numbered case folders and the views beside them: the way to nearly everything, so it is made once.
    archive: Path = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "archive", self.root / "archive")

    @property
    def template_record(self) -> Path:
        """Which versions of templates were taken into use, and every one of them."""
        return self.archive / ".templat"

    @property
    def sop_record(self) -> Path:
        """Which of the office's own editions were installed, withdrawn, began; and every one of them."""
        return self.archive / ".sop"

    @property
    def service_record(self) -> Path:
        """Which of the office's services were taken into use, and what their files said."""
        return self.archive / ".layanan"

    @property
    def settings_record(self) -> Path:
        """Which changes of the settings were made at the desk, and every version of them."""
        return self.archive / ".pengaturan"

    @property
    def witness_record(self) -> Path:
        """Which seals reached a witness outside this machine, and when."""
        return self.archive / ".saksi-luar"

    @property
    def handed_over(self) -> Path:
        """What the agent of a remote office has handed over, for as long as it keeps it."""
        return self.archive / ".titipan"

    @property
    def states(self) -> Path:
        """What was in force when: accounts, editions, templates, settings, keys; and every version of files."""
        return self.archive / ".keadaan"

    @property
    def last_seal(self) -> Path:
        """The archive's note of the newest seal."""
        return self.archive / ".segel"

    @property
    def key_marks(self) -> Path:
        """Fingerprints of the keys that this archive was worked with; no secrets."""
        return self.archive / ".sidik"

    @property
    def format(self) -> Path:
        """Which format the archive is written in, once that is no longer the first."""
        return self.archive / ".bentuk"

    @property
    def moved(self) -> Path:
        """Which office of the centre has the cases of this folder; while it is there, none are given numbers here."""
        return self.archive / ".pusat"

    @property
    def handed_out(self) -> Path:
        """Where it is kept what was handed out to other systems."""
        return self.archive / ".serahan"

    @property
    def old_registers(self) -> Path:
        """The registers of before that were taken over, each as it came, and what was taken over when."""
        return self.archive / ".buku-lama"

    @property
    def year_ends(self) -> Path:
        """The years whose register was closed, with the signed sheets."""
        return self.archive / ".tutup-buku"

    @property
    def records(self) -> Path:
        """What archivists keep of many cases at once: the retention schedule, and lists with their approvals."""
        return self.archive / ".kearsipan"

    @property
    def moving(self) -> Path:
        """Which move, into the centre or out of it, was begun and has not ended; nobody works on the folder then."""
        return self.archive / ".pindah"

    @property
    def survey(self) -> Path:
        """What complainants answered in the survey, as counts; and marks of the codes that were used."""
        return self.archive / ".ikm"

    @property
    def privacy(self) -> Path:
        """What people asked of the data about themselves, breaches, and what was removed when its term was over."""
        return self.archive / ".data-pribadi"

    @property
    def wrong_times(self) -> Path:
        """When this machine's clock was wrong, as persons have confirmed."""
        return self.archive / ".jam"

    @property
    def restored(self) -> Path:
        """When this archive was brought back from a backup, and what persons have said of the numbers given since."""
        return self.archive / ".pulih"

    @property
    def ledger(self) -> Path:
        """The ledger of the inbox: a file a year."""
        return self.archive / ".kotak-masuk"
