"""The fault of an edition of the SOP that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import SettingsFault


class UnfitEdition(SettingsFault):
    """An edition cannot be used; ``said`` is everything that is wrong with it, each with file and line."""

    def __init__(self, key: str, said: Sequence[str]) -> None:
        super().__init__(
            f"Berkas SOP {key} tidak dapat dipakai: {'; '.join(said)}.", "Perbaiki baris itu, atau pasang ulang."
        )
        self.said = tuple(said)
