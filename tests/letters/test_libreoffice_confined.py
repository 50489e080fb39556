"""What a hostile Word file makes LibreOffice do reaches nobody, reads nothing of the office and leaves nothing."""

from __future__ import annotations

import io
import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fakes import PAGE_KEY
from patience import PATIENCE
from PIL import Image
from processes import command_of, family
from pypdf import PdfReader

from pipeline.errors import EngineFault, EngineMissing
from pipeline.letters.engines import libreoffice as press_module
from pipeline.letters.engines import word_file
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.scans.confinement import bubblewrap
from pipeline.scans.confinement.child import Holding, tightest

SECRET, PICTURE = "RAHASIA KANTOR", "[gambar]"
LOOSE = Holding(namespaces=False, calls=False)
needs_namespaces = pytest.mark.skipif(bool(bubblewrap.obstacle()), reason="bubblewrap does not work on this machine")


@pytest.fixture
def visitors() -> Iterator[tuple[int, list[bytes]]]:
    """A web server on the loopback that notes who comes."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                with visitor:
                    visitor.settimeout(PATIENCE)
                    came.append(visitor.recv(200))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], came
        server.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)


def field(code: str) -> bytes:
    """Return a Word file with a field that has not been worked out yet."""
    document = Document()
    run = document.add_paragraph("Sebelum ").add_run()
    for kind in ("begin", "", "separate", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            mark.set(qn("w:dirty"), "true")
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)
    return saved(document)


def linked_picture(target: str) -> bytes:
    """Return a Word file whose picture lies elsewhere."""
    document, picture = Document(), io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    document.add_picture(picture)
    blip = document.element.body.xpath(".//a:blip")[0]
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), document.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True))
    return saved(document)


def chunk(target: str) -> bytes:
    """Return a Word file of which a part lies elsewhere."""
    document, part = Document(), OxmlElement("w:altChunk")
    part.set(qn("r:id"), document.part.relate_to(target, RELATIONSHIP_TYPE.A_F_CHUNK, is_external=True))
    document.element.body.insert(0, part)
    return saved(document)


def attached(target: str) -> bytes:
    """Return a Word file that names a template elsewhere, as a document with remote macros does."""
    content = word_file.opened(saved(Document()))
    settings = content["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        b'r:id="rId9"/></w:settings>',
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    more = {"word/settings.xml": settings, "word/_rels/settings.xml.rels": relations.encode()}
    return word_file.packed({**content, **more})


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


#: Word files, each with another way to fetch something of a base (an address, or a folder as ``file:``).
HOSTILE = {
    "includetext": lambda base: field(f'INCLUDETEXT "{base}/rahasia.txt"'),
    "includepicture": lambda base: field(f'INCLUDEPICTURE "{base}/rahasia.png" \\d'),
    "dde": lambda base: field(f'DDEAUTO soffice "{base}/rahasia.txt" a'),
    "link": lambda base: field(f'LINK Word.Document.8 "{base}/rahasia.docx" a \\a'),
    "picture": lambda base: linked_picture(f"{base}/rahasia.png"),
    "altchunk": lambda base: chunk(f"{base}/rahasia.txt"),
    "template": lambda base: attached(f"{base}/rahasia.dotm"),
}


def printed(press: LibreOfficePress, docx: bytes) -> str:
    """Return the text of what is printed, and a sign for each picture."""
    try:
        pages = PdfReader(io.BytesIO(press.print(docx, None))).pages
    except EngineFault:
        return ""
    return "".join(page.extract_text() + PICTURE * len(page.images) for page in pages)


def secrets(folder: Path) -> str:
    """Put files worth reading into a folder; return its address."""
    document = Document()
    document.add_paragraph(SECRET)
    (folder / "rahasia.docx").write_bytes(saved(document))
    (folder / "rahasia.txt").write_text(SECRET)
    Image.new("RGB", (20, 20), "red").save(folder / "rahasia.png")
    return folder.as_uri()


@pytest.mark.parametrize("way", HOSTILE)
def test_a_word_file_fetches_nothing_from_the_network(press, visitors, way):
    port, came = visitors

    printed(press, HOSTILE[way](f"http://127.0.0.1:{port}"))

    assert came == []


@pytest.mark.parametrize("way", HOSTILE)
def test_a_word_file_reads_no_file_of_the_office(press, tmp_path, way):
    shown = printed(press, HOSTILE[way](secrets(tmp_path)))

    assert SECRET not in shown
    assert PICTURE not in shown


@pytest.fixture
def careless(monkeypatch, tmp_path):
    """LibreOffice without our settings for it: what is left is how it is held."""
    script = press_module._SCRIPT.read_text()
    settings = re.search(r'_PROFILE = """(.*?)"""', script, re.DOTALL)[1]
    weak = tmp_path / "uno_press.py"
    script = script.replace(settings, '<oor:items xmlns:oor="http://openoffice.org/2001/registry"/>')
    weak.write_text(script.replace("UpdateDocMode=_NEVER", "UpdateDocMode=3"))
    monkeypatch.setattr(press_module, "_SCRIPT", weak)


@pytest.mark.parametrize(
    ("hold", "comes", "reads"),
    [
        pytest.param(LOOSE, True, True, id="tanpa kurungan: serangannya sungguh", marks=pytest.mark.slow),
        pytest.param(Holding(namespaces=False, calls=True), False, True, id="saringan saja", marks=pytest.mark.slow),
        pytest.param(Holding(namespaces=True, calls=False), False, False, id="kurungan", marks=needs_namespaces),
    ],
)
def test_confinement_alone_stops_what_libreoffice_would_do(careless, visitors, tmp_path, hold, comes, reads):
    port, came = visitors
    press = LibreOfficePress(PAGE_KEY, holding=hold)

    printed(press, HOSTILE["picture"](f"http://127.0.0.1:{port}"))
    shown = printed(press, HOSTILE["picture"](secrets(tmp_path)))
    press.close()

    assert (bool(came), PICTURE in shown) == (comes, reads)


def office(press: LibreOfficePress) -> Path:
    """Return the /proc folder of the LibreOffice that this press holds."""
    held = family(press._running._process.pid)
    return Path("/proc", str(next(p for p in held if command_of(p)[0].endswith("soffice.bin"))))


@needs_namespaces
def test_libreoffice_sees_the_system_its_own_folder_and_no_network(press):
    printed(press, saved(Document()))

    proc = office(press)

    roots = set(os.listdir(proc / "root"))
    assert roots <= {"usr", "bin", "sbin", "lib", "lib32", "lib64", "etc", "proc", "dev", "tmp", "var"} | set(
        Path(__file__).parts[1:2]
    )
    assert os.readlink(proc / "ns" / "net") != os.readlink("/proc/self/ns/net")
    assert os.readlink(proc / "ns" / "pid") != os.readlink("/proc/self/ns/pid")
    assert len((proc / "net" / "dev").read_text().splitlines()) == 3, "the loopback alone"


def test_libreoffice_has_an_environment_of_its_own_and_limits(press):
    printed(press, saved(Document()))

    proc = office(press)

    names = {entry.split(b"=")[0].decode() for entry in (proc / "environ").read_bytes().split(b"\0") if entry}
    limits = (proc / "limits").read_text().splitlines()
    memory = {"MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}
    assert names <= {"PATH", "LANG", "LC_CTYPE", "TMPDIR", "HOME", "SAL_USE_VCLPLUGIN", "PWD"} | memory
    assert {name for name in os.environ if name.startswith("PYTEST")} - names
    for name in ("Max address space", "Max file size", "Max cpu time"):
        assert next(line for line in limits if line.startswith(name)).split()[3] != "unlimited"


def test_a_bubblewrap_that_fails_is_no_documents_fault(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    tightest()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with pytest.raises(EngineMissing):
        LibreOfficePress(PAGE_KEY, holding=Holding(namespaces=True, calls=True)).print(saved(Document()), None)
