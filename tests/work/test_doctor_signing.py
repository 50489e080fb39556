"""The doctor says whom the office trusts, and whether the keys of its officials lie where they should."""

from __future__ import annotations

import pytest
from offices import FakeOffice
from signing_office import OFFICIALS, SigningOffice

from pipeline.work.engines.doctor_signing import signing_checks


def looked_at(folder) -> dict[str, tuple[bool, bool, str]]:
    root = SigningOffice(folder).root
    found = signing_checks(root.signing, root.settings.office, folder)
    return {check.thing: (check.good, check.caution, check.fact) for check in found}


@pytest.fixture
def folder(pki, tmp_path):
    SigningOffice(tmp_path / "kantor", pki)
    for role in OFFICIALS:
        (tmp_path / "kantor" / "kunci" / f"{role}.p12").chmod(0o600)
    return tmp_path / "kantor"


BUDI = "Tanda tangan elektronik, Budi Rekaan"


def test_an_office_whose_keys_are_there_is_well(folder):
    found = looked_at(folder)

    assert found["Sertifikat yang dipercaya"] == (True, False, "2 sertifikat dan 0 daftar pencabutan di kepercayaan/")
    assert found[BUDI] == (True, False, "sertifikat: kunci/kakanwil.p12")


def test_an_office_that_signs_in_ink_trusts_nobody_so_far(tmp_path):
    FakeOffice(tmp_path / "kantor")

    found = looked_at(tmp_path / "kantor")

    assert found["Tanda tangan elektronik"][0]
    assert found["Sertifikat yang dipercaya"][:2] == (True, True)


def test_a_key_that_others_can_read_or_that_is_not_there_is_told(folder):
    (folder / "kunci" / "kakanwil.p12").chmod(0o644)
    assert looked_at(folder)[BUDI] == (True, True, "kunci/kakanwil.p12 dapat dibaca akun lain di komputer ini")

    (folder / "kunci" / "kakanwil.p12").unlink()
    assert looked_at(folder)[BUDI] == (False, False, "kunci/kakanwil.p12 tidak ada")


def test_a_nip_that_nobody_has_is_told(folder):
    settings = folder / "office.toml"
    head, table, tail = settings.read_text().partition("\n[tanda_tangan]")
    settings.write_text(head + table + tail.replace("19700101 199503 1 001", "19990101 202001 1 009"))

    good, _, fact = looked_at(folder)["Tanda tangan elektronik, 19990101 202001 1 009"]

    assert (good, fact) == (False, "NIP-nya tidak ada pada [[jabatan]]")
