"""What Python says in English reaches nobody in the office."""

from __future__ import annotations

import errno
import tomllib

import pytest

from pipeline.system_messages import os_words, toml_words


def test_what_the_system_refuses_is_said_in_the_offices_words():
    assert os_words(FileNotFoundError(errno.ENOENT, "No such file or directory")) == "tidak ada"
    assert os_words(errno.ENOSPC) == "cakram penuh"


def test_a_reason_that_has_no_words_here_is_not_lost():
    assert os_words(OSError(errno.EDOM, "Numerical argument out of domain")) == "Numerical argument out of domain"
    assert os_words(OSError()) == "cakram gagal dibaca atau ditulis"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\nb = langsung\n", "salah tulis pada baris 2, kolom 5"),
        ('a = "x', "tidak lengkap sampai akhirnya"),
    ],
)
def test_a_form_file_that_is_no_toml_is_told_by_the_line(text, told):
    with pytest.raises(tomllib.TOMLDecodeError) as fault:
        tomllib.loads(text)

    assert toml_words(fault.value) == told
