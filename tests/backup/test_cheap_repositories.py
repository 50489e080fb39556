"""The repositories that tests back up into are such as restic makes, but for what their password costs."""

from __future__ import annotations

import json

import cheap_backups
import pytest

from pipeline.backup.store.restic import Restic, write_password
from pipeline.errors import SettingsFault


@pytest.mark.parametrize("make", [cheap_backups.make, cheap_backups.really_made], ids=["cheap", "real"])
def test_a_repository_opens_with_its_password_alone_and_gives_back_what_it_was_given(tmp_path, make):
    for name in ("benar", "salah"):
        write_password(tmp_path / name, name)
    (tmp_path / "surat").write_text("Pengaduan")
    place = tmp_path / "cadangan"
    restic = Restic(str(place), tmp_path / "benar")

    assert not restic.exists()
    make(restic)
    kept = restic.keep(tmp_path, "surat", ["coba"])

    assert restic.ids_of("coba") == {kept}
    assert {p.name for p in place.iterdir()} == {"config", "data", "index", "keys", "locks", "snapshots"}
    [key] = (place / "keys").iterdir()
    assert {"kdf", "N", "r", "p", "salt", "data"} <= set(json.loads(key.read_text()))
    with pytest.raises(SettingsFault, match="Kata sandi cadangan salah"):
        Restic(str(place), tmp_path / "salah").exists()
