"""A Word template from outside is looked at as a whole before it is opened: no part of it escapes the look."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hostile_word import PACKAGE, RELATIONS, content, lean

from pipeline.errors import TemplateFault
from pipeline.letters.engines import word_file
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets.disposition_sheet import DISPOSITION

EVIL = "{% for a in hal %}{% for b in hal %}{% for c in hal %}x{% endfor %}{% endfor %}{% endfor %}"


def typist(folder: Path, parts: dict[str, bytes]) -> WordTypist:
    (folder / f"{DISPOSITION}.docx").write_bytes(word_file.packed(parts))
    return WordTypist(folder)


def refused(folder: Path, parts: dict[str, bytes]) -> str:
    """Return why the template meets no case."""
    hand = typist(folder, parts)
    with pytest.raises(TemplateFault):
        hand.draft(DISPOSITION, {"hal": "x" * 1000})
    return "; ".join(str(finding) for finding in hand.check(DISPOSITION))


def external(kind: str, target: str) -> bytes:
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}" '
        f'TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/_rels/settings.xml.rels", "attachedTemplate"),
        ("word/_rels/header1.xml.rels", "oleObject"),
        ("word/_rels/footer1.xml.rels", "image"),
        ("word/_rels/footnotes.xml.rels", "subDocument"),
        ("word/_rels/webSettings.xml.rels", "frame"),
        ("_rels/lain.rels", "hyperlink"),
    ],
)
@pytest.mark.parametrize(
    "target", ["http://contoh.example/x.dotm", "file:///etc/passwd", "\\\\server\\berbagi\\x.dotm"]
)
def test_a_relation_to_the_outside_is_found_in_every_part(tmp_path, part, kind, target):
    assert "menunjuk ke luar" in refused(tmp_path, {**lean("x"), part: external(kind, target)})


@pytest.mark.parametrize(
    "target", ["http://contoh.example/x.png", " file:///etc/passwd", "//server/x.png", "\\\\server\\x.png"]
)
def test_a_relation_to_the_outside_need_not_call_itself_external(tmp_path, target):
    rels = external("image", target).replace(b' TargetMode="External"', b"")

    assert "menunjuk ke luar" in refused(tmp_path, {**lean("x"), "word/_rels/header1.xml.rels": rels})


STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


@pytest.mark.parametrize(
    "evil",
    [
        b'<w:p><w:r><w:instrText>INCLUDETEXT "file:///etc/passwd"</w:instrText></w:r></w:p>',
        b'<w:p><w:fldSimple w:instr="INCLUDEPICTURE x"/></w:p>',
        b'<w:altChunk r:id="rId9"/>',
    ],
)
def test_what_is_forbidden_is_found_in_either_spelling_of_the_standard(tmp_path, evil):
    parts = content("x")
    body = parts["word/document.xml"].replace(b"</w:body>", evil + b"</w:body>")
    strict = body.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT)

    for document in (body, strict):
        found = word_file.unsafe(word_file.packed({**parts, "word/document.xml": document}))
        assert any("medan Word" in fact or "dokumen lain" in fact for fact, _ in found), document[:80]


def test_a_text_cannot_be_joined_by_itself_into_a_bomb(tmp_path):
    assert "tidak diizinkan" in refused(tmp_path, content("{{ hal|join(hal)|join(hal) }}"))


@pytest.mark.parametrize("part", ["word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "word/afchunk.mht"])
def test_an_object_inside_is_found(tmp_path, part):
    assert "objek sisipan" in refused(tmp_path, {**lean("x"), part: b"<x/>"})


def with_fields(*fields: tuple[str, ...]) -> dict[str, bytes]:
    """Return a document with these fields, each given as the pieces into which Word cut its code."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    runs = "".join(
        mark.format("begin")
        + "".join(f"<w:r><w:instrText>{p}</w:instrText></w:r>" for p in pieces)
        + mark.format("end")
        for pieces in fields
    )
    parts = content("x")
    body = parts["word/document.xml"].replace(b"<w:body>", f"<w:body><w:p>{runs}</w:p>".encode())
    return {**parts, "word/document.xml": body}


@pytest.mark.parametrize(
    "fields",
    [
        [('INCLUDETEXT "/etc/passwd"',)],
        [('includepicture "http://contoh.example/x.png"',)],
        [("DDEAUTO cmd",)],
        [("DDE", "AUTO cmd")],
        [("PAGE",), ('INCLUDETEXT "/etc/passwd"',)],
        [("PAGE",), ("IN", "CLUDE", 'TEXT "/etc/passwd"')],
    ],
)
def test_a_field_that_fetches_or_runs_is_found_however_it_is_cut(tmp_path, fields):
    assert "medan Word" in refused(tmp_path, with_fields(*fields))


def test_fields_that_only_count_are_fine(tmp_path):
    assert typist(tmp_path, with_fields(("PAGE",), (" NUM", "PAGES "), ("DATE",))).check(DISPOSITION) == []


def test_a_body_that_is_not_where_bodies_are_is_looked_at_all_the_same(tmp_path):
    parts = content("tenang")
    parts["word/isi.xml"] = content(EVIL)["word/document.xml"]
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"word/document.xml", b"word/isi.xml")
    parts["word/_rels/isi.xml.rels"] = parts["word/_rels/document.xml.rels"]

    assert "tag" in refused(tmp_path, parts)


def with_header(header: bytes, name: str) -> dict[str, bytes]:
    """Return a document whose header is a part of this name."""
    document, out = Document(), io.BytesIO()
    document.sections[0].header.paragraphs[0].text = "KEPALA"
    document.save(out)
    parts = word_file.opened(out.getvalue())
    old = next(part for part in parts if b"KEPALA" in parts[part])
    parts[name] = parts.pop(old).replace(b"KEPALA", header)
    short, new = old.removeprefix("word/").encode(), name.removeprefix("word/").encode()
    for part in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        parts[part] = parts[part].replace(short, new)
    return parts


@pytest.mark.parametrize(
    "tag", [EVIL.encode(), b"{</w:t></w:r><w:r><w:t>% for a in hal %}{% endfor %}", b"&#123;&#37; x"]
)
def test_a_header_under_another_name_is_looked_at_all_the_same(tmp_path, tag):
    assert "tag" in refused(tmp_path, with_header(tag, "word/kepala.xml"))
    assert "tag" in refused(tmp_path, with_header(tag, "word/kepala.png"))


def bomb(**changes: Any) -> bytes:
    """Return a Word file with a part that unpacks to 50 MB, or says that it is small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content("x").items():
            archive.writestr(name, data)
        archive.writestr("word/media/image1.png", bytes(50_000_000))
    data = out.getvalue()
    for old, new in changes.get("lies", ()):
        data = data.replace(old, new)
    return data


@pytest.mark.parametrize("lies", [(), (((50_000_000).to_bytes(4, "little"), (50_000).to_bytes(4, "little")),)])
def test_a_bomb_does_not_go_off_even_if_it_lies_about_its_size(tmp_path, lies):
    (tmp_path / f"{DISPOSITION}.docx").write_bytes(bomb(lies=lies))

    findings = WordTypist(tmp_path).check(DISPOSITION)

    assert any("mengembang" in f.what or "utuh" in f.what for f in findings)


def test_many_small_parts_are_a_bomb_too(tmp_path):
    parts = {**content("x"), **{f"word/media/{n}.png": b"x" for n in range(400)}}

    assert "janggal" in refused(tmp_path, parts)


def test_an_entity_reads_no_file(tmp_path):
    parts = content("x")
    doctype = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY p SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = doctype + parts["word/document.xml"].split(b"?>", 1)[1].replace(b">x<", b">&p;<")

    assert "DTD" in refused(tmp_path, parts)
