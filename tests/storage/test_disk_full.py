"""A full disk is a fault that passes, and is told in the office's words; a fault that does not pass is not hidden."""

from __future__ import annotations

import errno

import pytest

from pipeline.errors import Passing
from pipeline.storage.disk_full import passing


def failing(code: int) -> None:
    raise OSError(code, "dari sistem")


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "cakram penuh"), (errno.EDQUOT, "jatah cakram habis"), (errno.ENOMEM, "memori habis")],
)
def test_what_may_pass_says_what_it_is(code, said):
    with pytest.raises(Passing, match=said) as told:
        passing(failing)(code)

    assert told.value.remedy == "Periksa sisa ruang cakram dan memori; pekerjaan diulang sendiri."


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.EROFS, errno.ENOENT])
def test_what_does_not_pass_stays_what_it_is(code):
    with pytest.raises(OSError, match="dari sistem") as told:
        passing(failing)(code)

    assert told.value.errno == code
