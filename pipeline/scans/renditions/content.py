"""What a file says: texts in their order, files inside it that have pages of their own, what is left unread and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.scans.ports import Mail


@dataclass(frozen=True, slots=True)
class Text:
    """Some lines to be set; an empty line is an empty line."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Insert:
    """A file inside, whose own pages follow: its name, its kind (PDF or a picture), its bytes."""

    name: str
    media: str
    data: bytes


Block = Text | Insert


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says. ``unread`` are Indonesian sentences on what is kept in it and was made no page of.

    ``extension`` is the one under which the file is filed, ``channel`` the register's *cara penyampaian* that it proves
    (empty: none).
    """

    blocks: tuple[Block, ...]
    extension: str
    unread: tuple[str, ...] = ()
    channel: str = ""
    mail: Mail | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to be shown."""
        return all(isinstance(block, Text) and not block.text.strip() for block in self.blocks)

    def words(self) -> Iterator[str]:
        """Yield its texts."""
        return (block.text for block in self.blocks if isinstance(block, Text))


@dataclass(slots=True)
class Writing:
    """A content in the making."""

    blocks: list[Block] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def say(self, text: str, *, bold: bool = False) -> None:
        """Add lines."""
        self.blocks.append(Text(text, bold))

    def keep(self, name: str, why: str) -> None:
        """Note a file inside that is made no page of."""
        self.unread.append(f"{name} tidak dibaca ({why}); tersimpan di dalam berkas aslinya.")

    def reviewed(self, file: str) -> None:
        """Note that a review left comments or tracked changes in the ``file``, as a sentence begins with it."""
        self.unread.append(
            f"{file} memuat komentar atau perubahan terlacak; komentar dan yang dihapus tidak dibaca, yang ditambah "
            "dibaca sebagai isi. Semuanya tersimpan di dalam berkas aslinya."
        )

    def enclose(self, name: str, found: Content | str, *, called: str) -> None:
        """Add what a file inside says, its words under what it is ``called``; or why it is not read (empty: untold)."""
        if isinstance(found, str):
            if found:
                self.keep(name, found)
            return
        if any(found.words()):
            self.say(f"\nIsi {called} {name}:", bold=True)
        self.blocks += found.blocks
        self.unread += found.unread
