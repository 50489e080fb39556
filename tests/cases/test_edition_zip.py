"""An edition that is sent as a ZIP: whatever is wrong with it is said in words."""

import io
import zipfile

import pytest

from pipeline.cases.store.edition_zip import unzipped, zipped
from pipeline.errors import Refused

TEXTS = {"edition.toml": 'nomor = "1"\n' * 40, "steps.toml": "[[langkah]]\n"}


def packed(*names: str, way: int = zipfile.ZIP_DEFLATED, text: str = "a = 1\n" * 40) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name in names:
            archive.writestr(name, text)
    return made.getvalue()


def damaged() -> bytes:
    data = bytearray(packed("edition.toml"))
    at = data.index(b"edition.toml") + len("edition.toml")
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06" + bytes(18),
        damaged(),
        packed("edition.toml", way=zipfile.ZIP_LZMA),
        packed(f"{'a' * 300}.toml"),
        packed("..\\edition.toml"),
        packed("edi\ntion.toml"),
        packed("steps.toml", "sop/steps.toml"),
        packed(*(f"berkas{n}.toml" for n in range(41))),
        packed("edition.toml", text="x" * 1_000_001),
    ],
)
def test_a_zip_that_is_no_edition_is_refused_in_words(data):
    with pytest.raises(Refused):
        unzipped(data)


def test_what_was_packed_comes_out_and_nothing_from_outside_its_folder():
    made = io.BytesIO(zipped(TEXTS))
    with zipfile.ZipFile(made, "a") as archive:
        for name in ("../../edition.toml", "__MACOSX/steps.toml", ".tersembunyi.toml", "foto.jpg"):
            archive.writestr(name, "tidak")

    assert unzipped(made.getvalue()) == TEXTS
