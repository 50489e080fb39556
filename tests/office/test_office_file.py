"""What a number in the office's file may be."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsFault
from pipeline.office.office_file import Table, within


@pytest.mark.parametrize("value", [1, 2, 3])
def test_both_ends_of_a_range_may_be_chosen(value):
    assert within(Table("batas", {"halaman": value}), "halaman", 1, 3) == value


@pytest.mark.parametrize("value", [0, 4])
def test_what_lies_outside_is_refused_with_the_key_and_the_range(value):
    with pytest.raises(SettingsFault, match=f"`batas.halaman` {value} di luar 1 sampai 3"):
        within(Table("batas", {"halaman": value}), "halaman", 1, 3)
