"""Word files that carry what no letter may carry, one for each way."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from docx import Document

from pipeline.letters.engines import word_file

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
PROGRAM = b"MZ" + b"\0" * 600
BODY = "word/document.xml"


def content(*paragraphs: str) -> dict[str, bytes]:
    """The parts of a file with these paragraphs, to be changed at will."""
    return dict(_content(paragraphs))


@cache
def _content(paragraphs: tuple[str, ...]) -> dict[str, bytes]:
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return word_file.opened(out.getvalue())


def lean(*paragraphs: str) -> dict[str, bytes]:
    """The same without the styles that the library brings along: most of what there is to look through."""
    return {name: data for name, data in content(*paragraphs).items() if "styles" not in name}


def raw(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it is: the library would turn a backslash
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def relation(kind: str, target: str = "bagian.dat", mode: str = "") -> bytes:
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}"'
        f"{mode and f' TargetMode={mode!r}'}/></Relationships>"
    ).encode()


def with_type(parts: dict[str, bytes], kind: str, *, override: bool = True) -> dict[str, bytes]:
    types = parts["[Content_Types].xml"].decode()
    one = f'<Override PartName="/word/x.dat" ContentType="{kind}"/>'
    if not override:
        one = f'<Default Extension="dat" ContentType="{kind}"/>'
    return {**parts, "[Content_Types].xml": types.replace("</Types>", f"{one}</Types>").encode()}


def with_body(parts: dict[str, bytes], xml: str) -> dict[str, bytes]:
    return {**parts, BODY: parts[BODY].decode().replace("<w:body>", f"<w:body>{xml}", 1).encode()}


def field(code: str) -> str:
    return f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
WAYS = {
    "OLE under a harmless name": lambda p: {**p, "word/media/gambar1.png": OLE},
    "OLE under an innocent kind": lambda p: {**p, "word/catatan.txt": OLE},
    "a program": lambda p: {**p, "word/media/image1.jpeg": PROGRAM},
    "another Word file": lambda p: {**p, "word/media/image1.jpeg": raw(p)},
    "a PDF": lambda p: {**p, "word/media/image1.jpeg": b"%PDF-1.7"},
    "VBA by its name in capitals": lambda p: {**p, "word/VBAPROJECT.BIN": b"x"},
    "VBA by its type": lambda p: with_type(p, "application/vnd.ms-office.vbaProject"),
    "VBA by its type by extension": lambda p: with_type(p, "application/vnd.ms-office.VBAPROJECT", override=False),
    "macros by the type of the body": lambda p: with_type(p, "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "OLE by its type": lambda p: with_type(p, "application/vnd.openxmlformats-officedocument.oleObject"),
    "HTML by its type": lambda p: with_type(p, "text/html"),
    "relations in capitals": lambda p: {**p, "word/_RELS/x.RELS": relation("image", "http://a.contoh/x", "External")},
    "relations without a dot": lambda p: {**p, "word/lain.xml": relation("image", "http://a.contoh/x", "EXTERNAL")},
    "a place that is not called external": lambda p: {**p, "word/_rels/x.Rels": relation("image", "file:///etc/x")},
    "a share": lambda p: {**p, "word/_rels/x.rels": relation("image", "\\\\\\\\penyerang\\\\bagi")},
    **{
        f"a relation of kind {kind}": (lambda p, kind=kind: {**p, "word/_rels/x.xml.rels": relation(kind)})
        for kind in (
            "vbaProject",
            "oleObject",
            "package",
            "control",
            "aFChunk",
            "attachedTemplate",
            "mailMergeSource",
            "mailMergeRecipientData",
            "subDocument",
            "frame",
            "externalLinkPath",
        )
    },
    "another document": lambda p: with_body(p, "<w:altChunk/>"),
    "a document within": lambda p: with_body(p, "<w:p><w:subDoc/></w:p>"),
    "an object": lambda p: with_body(p, "<w:p><w:r><w:object/></w:r></w:p>"),
    "a control": lambda p: with_body(p, "<w:p><w:r><w:control/></w:r></w:p>"),
    "letters to be merged": lambda p: {
        **p,
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:mailMerge/></w:settings>'.encode(),
    },
    "a picture of another place": lambda p: with_body(
        p, f'<w:p><w:r><w:pict><v:shape {VML}><v:imagedata src="http://a.contoh/x"/></v:shape></w:pict></w:r></w:p>'
    ),
    "a picture with a link": lambda p: with_body(
        p, f'<w:p><w:r><w:pict><v:shape {VML}><v:imagedata o:href="//a.contoh/x"/></v:shape></w:pict></w:r></w:p>'
    ),
    "a fill of another place": lambda p: with_body(
        p, f'<w:p><w:r><w:pict><v:rect {VML}><v:fill src="file:///etc/x"/></v:rect></w:pict></w:r></w:p>'
    ),
    **{
        f"a field {code.split()[0]}": (lambda p, code=code: with_body(p, field(code)))
        for code in (
            "INCLUDEPICTURE x",
            "includetext x",
            "DDE x",
            "DDEAUTO x",
            "LINK x",
            "EMBED x",
            "DATABASE x",
            "RD x",
            'HYPERLINK "http://a.contoh"',
        )
    },
    "a field that was deleted": lambda p: with_body(p, field("DDE x").replace("instrText", "delInstrText")),
    "a twin in other letters": lambda p: {**p, "word/Document.xml": p[BODY]},
    "a backslash in a name": lambda p: {**p, "word\\x.xml": b"<a/>"},
    "a way out": lambda p: {**p, "word/../../x.xml": b"<a/>"},
    "an absolute name": lambda p: {**p, "/etc/x.xml": b"<a/>"},
    "very many parts": lambda p: {**p, **{f"word/x{n}.xml": b"<a/>" for n in range(400)}},
    "very many elements": lambda p: with_body(p, "<w:p/>" * 350_000),
    "very many attributes": lambda p: {**p, "word/x.xml": b"<a>" + b'<b c="" d="" e=""/>' * 220_000 + b"</a>"},
}
