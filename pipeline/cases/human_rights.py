"""The ten groups of rights of Law 39/1999, by number, as people read them."""

from __future__ import annotations

#: Chapter III of Undang-Undang Nomor 39 Tahun 1999, parts one to ten.
NAMES = {
    1: "Hak untuk hidup", 2: "Hak berkeluarga dan melanjutkan keturunan", 3: "Hak mengembangkan diri",
    4: "Hak memperoleh keadilan", 5: "Hak atas kebebasan pribadi", 6: "Hak atas rasa aman", 7: "Hak atas kesejahteraan",
    8: "Hak turut serta dalam pemerintahan", 9: "Hak wanita", 10: "Hak anak",
}  # fmt: skip
