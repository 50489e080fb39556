"""Filling Word templates: nothing a template or a value holds can do harm, and clerks may edit as they like."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.pkgreader import PackageReader
from hostile_word import content
from jinja2 import environment
from PIL import Image
from printed_sheets import specimen_of

from pipeline.errors import TemplateFault
from pipeline.letters.engines import template_grammar, word_file
from pipeline.letters.engines.template_package import package_of
from pipeline.letters.engines.template_sandbox import Sandbox
from pipeline.letters.engines.word_templates import TemplateFinding, WordTypist
from pipeline.letters.sheets import TEMPLATES as TEMPLATES_OF_THE_HOUSE
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
_NO_STYLES = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., WordTypist]:
    """Give a typist for a folder with one template, ``03-lembar-disposisi``, of these paragraphs."""

    def drawn(*paragraphs: str, change: Callable[[Any], None] = lambda _: None) -> WordTypist:
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        change(document)
        document.save(str(tmp_path / f"{DISPOSITION}.docx"))
        return WordTypist(tmp_path)

    return drawn


def words(docx: bytes) -> list[str]:
    document = Document(io.BytesIO(docx))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return [p.text for p in document.paragraphs] + cells


def only(findings: list[TemplateFinding]) -> TemplateFinding:
    assert len(findings) == 1, [str(f) for f in findings]
    return findings[0]


@pytest.mark.parametrize("template", TEMPLATES_OF_THE_HOUSE)
def test_the_templates_of_the_house_have_no_findings(template: str) -> None:
    assert WordTypist(TEMPLATES).check(template) == []


def test_a_template_of_another_service_fares_as_its_bytes_and_its_sop_are_now(tmp_path: Path) -> None:
    typist = WordTypist(tmp_path)

    def found(asked: str, *known: str) -> list[str]:
        """What is found in a template that asks for this, where the SOP knows those."""
        parts = content(f"{{{{ {asked} }}}}")
        parts |= {name: _NO_STYLES for name in parts if "styles" in name}  # most of what there is to look through
        (tmp_path / "02-agenda.docx").write_bytes(word_file.packed(parts))
        told = typist.check("02-agenda", specimens=[dict.fromkeys(known, "x")])
        return [str(told.pop()) for _ in told[:]]  # whoever was told first may do with it what he likes

    assert found("hal", "hal") == []
    assert found("hal", "nomor") == found("hal", "nomor") != []
    assert found("dua", "hal") != []
    assert found("hal", "hal") == []


def test_the_same_inputs_give_the_same_bytes() -> None:
    values = specimen_of(RECEIPT)

    one, other = (WordTypist(TEMPLATES).draft(RECEIPT, values) for _ in range(2))

    assert one == other


def test_a_document_tells_nothing_of_the_machine_or_the_hour() -> None:
    docx = WordTypist(TEMPLATES).draft(RECEIPT, specimen_of(RECEIPT)).docx

    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        dates = {info.date_time for info in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()
    assert dates == {word_file.FIXED_DATE}
    assert "<dc:creator>Kanwil</dc:creator>" in core
    assert "dcterms" not in core


@pytest.mark.parametrize(
    "hostile",
    [
        "Toko A & B",
        "<w:p/></w:t></w:r>",
        "\"kutip\" 'tunggal'",
        "{{ 7 * 7 }} {% for x in y %} {# #} {_{ }_}",
        "]]>&amp;&#65;",
        "C:\\folder\\berkas",
    ],
)
def test_a_value_stays_the_text_it_is(draw: Callable[..., WordTypist], hostile: str) -> None:
    typist = draw("Hal: {{ hal }}.")

    assert words(typist.draft(DISPOSITION, {"hal": hostile}).docx) == [f"Hal: {hostile}."]


def test_line_ends_in_a_value_become_line_breaks(draw: Callable[..., WordTypist]) -> None:
    typist = draw("{{ hal }}")

    assert words(typist.draft(DISPOSITION, {"hal": "satu\r\ndua\x0btiga\u2028empat"}).docx) == [
        "satu\ndua\ntiga\nempat"
    ]


def test_signs_that_xml_cannot_hold_or_that_mislead_the_eye_are_dropped(draw: Callable[..., WordTypist]) -> None:
    typist = draw("{{ hal }}")

    assert words(typist.draft(DISPOSITION, {"hal": "a\x00b\x1bc\ud800d\ufffee\u202ef\u2066g\u200fh\ai\fj"}).docx) == [
        "abcdefghi\nj"
    ]


def test_a_tag_split_over_runs_by_word_is_fine(draw: Callable[..., WordTypist]) -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("Hal: {", "{ h", "al }", "}!"):
            paragraph.add_run(piece).bold = piece != "al }"

    typist = draw(change=split)

    assert typist.check(DISPOSITION) == []
    assert words(typist.draft(DISPOSITION, {"hal": "Sumur"}).docx) == ["Hal: Sumur!"]


def test_a_misspelt_field_is_named_with_its_place_and_the_nearest_known_one(draw: Callable[..., WordTypist]) -> None:
    finding = only(draw("Nomor", "Nomor: {{ nomor_registr }}").check(DISPOSITION))

    assert finding.nearest == "nomor_register"
    assert "paragraf ke-2" in finding.place
    assert "nomor_registr" in finding.what


def test_a_misspelt_field_of_a_list_is_found_by_filling_the_specimens(draw: Callable[..., WordTypist]) -> None:
    finding = only(draw("{%p for langkah in alur %}", "{{ langkah.kepda }}", "{%p endfor %}").check(DISPOSITION))

    assert finding.nearest == "kepada"
    assert "{{ langkah.kepda }}" in finding.place


def test_a_template_that_asks_for_what_is_not_there_meets_no_case(draw: Callable[..., WordTypist]) -> None:
    with pytest.raises(TemplateFault, match="nomor_registr"):
        draw("{{ nomor_registr }}").draft(DISPOSITION, specimen_of(DISPOSITION))


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Hal {{ hal", "}} lanjut"),
        ("{% if hal %}awal", "akhir{% endif %}"),
        ("{%p if hal %}", "isi", "{% endif %}"),
        ("isi {% endif %}",),
        ("{%p if hal %}", "isi"),
        ("hal }}",),
    ],
)
def test_a_tag_that_crosses_paragraphs_is_refused(draw: Callable[..., WordTypist], paragraphs: tuple[str, ...]) -> None:
    assert draw(*paragraphs).check(DISPOSITION)


def test_a_block_that_crosses_cells_is_refused_with_the_cell(draw: Callable[..., WordTypist]) -> None:
    def cells(document: Any) -> None:
        table = document.add_table(1, 3)
        for cell, text in zip(table.rows[0].cells, ("{% if hal %}a", "b", "c{% endif %}"), strict=True):
            cell.text = text

    finding = only(draw(change=cells).check(DISPOSITION))

    assert "tabel 1 baris 1 kolom 3" in finding.place


def test_text_that_would_vanish_beside_a_row_tag_is_reported(draw: Callable[..., WordTypist]) -> None:
    def row(document: Any) -> None:
        table = document.add_table(2, 2)
        table.rows[0].cells[0].text = "{%tr for langkah in alur %}"
        table.rows[0].cells[1].text = "penting"
        table.rows[1].cells[0].text = "{%tr endfor %}"

    assert "akan hilang" in only(draw(change=row).check(DISPOSITION)).what


@pytest.mark.parametrize(
    "tag",
    [
        "{{ hal.__class__ }}",
        "{{ hal['__class__'] }}",
        "{{ hal[hal] }}",
        "{{ ''.join(hal) }}",
        "{{ hal|attr('x') }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% import 'x' as y %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'x' %}",
        "{% set a = hal %}",
        "{% macro x() %}{% endmacro %}",
        "{% autoescape false %}{% endautoescape %}",
        "{% for i in range(10**9) %}{% endfor %}",
        "{% for a in hal %}{% for b in hal %}{% for c in hal %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_a_template_can_neither_run_code_nor_run_for_ever(draw: Callable[..., WordTypist], tag: str) -> None:
    typist = draw(f"Hal {tag}")
    started = time.process_time()

    assert typist.check(DISPOSITION)
    with pytest.raises(TemplateFault):
        typist.draft(DISPOSITION, specimen_of(DISPOSITION))
    assert time.process_time() - started < 5


def test_a_tag_hidden_in_a_field_code_is_found(draw: Callable[..., WordTypist]) -> None:
    def hide(document: Any) -> None:
        run = document.add_paragraph("Hal").add_run()
        node = run._r.makeelement(f"{{{run._r.nsmap['w']}}}instrText", {})
        node.text = "QUOTE {% set a = 1 %}"
        run._r.append(node)

    assert "tidak terlihat" in only(draw(change=hide).check(DISPOSITION)).what


def test_two_loops_side_by_side_within_another_are_no_deeper_than_one(draw: Callable[..., WordTypist]) -> None:
    inner = "{% for b in pejabat %}x{% endfor %}"

    assert draw(f"{{% for a in perjalanan %}}{{{{ a.isi }}}}{inner}{inner}{{% endfor %}}").check(DISPOSITION) == []


def test_loops_that_multiply_are_found_in_a_field_code_too(draw: Callable[..., WordTypist]) -> None:
    def hide(document: Any) -> None:
        run = document.add_paragraph("Hal").add_run()
        node = run._r.makeelement(f"{{{run._r.nsmap['w']}}}instrText", {})
        ends = "{% endfor %}" * 3
        node.text = f"{{% for a in hal %}}{{% for b in hal %}}{{% for c in hal %}}x{ends}"
        run._r.append(node)

    assert "tidak terlihat" in only(draw(change=hide).check(DISPOSITION)).what


def test_a_syntax_error_is_shown_with_its_tag(draw: Callable[..., WordTypist]) -> None:
    finding = only(draw("baik", "Hal: {{ hal | }}").check(DISPOSITION))

    assert "paragraf ke-2" in finding.place
    assert "{{ hal | }}" in finding.what


def test_a_link_to_the_outside_is_refused(draw: Callable[..., WordTypist]) -> None:
    def link(document: Any) -> None:
        document.part.relate_to("https://contoh.example/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    assert "menunjuk ke luar" in only(draw("x", change=link).check(DISPOSITION)).what


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("word/vbaProject.bin", b"x", "makro"),
        ("word/extra.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "DTD"),
        ("word/extra.xml", "<x/>".encode("utf-16"), "UTF-8"),
        ("word/extra.xml", b"<x>", "rusak"),
        ("word/extra.xml", b" " * 19_000_000, "mengembang"),
        ("../luar.xml", b"<x/>", "luar berkas"),
    ],
)
def test_an_unsafe_file_is_refused_before_it_is_opened(
    draw: Callable[..., WordTypist], tmp_path: Path, part: str, data: bytes, said: str
) -> None:
    typist = draw("x")
    path = tmp_path / f"{DISPOSITION}.docx"
    path.write_bytes(word_file.packed({**word_file.opened(path.read_bytes()), part: data}))

    assert said in only(typist.check(DISPOSITION)).what


def test_what_is_no_word_file_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / f"{DISPOSITION}.docx").write_bytes(b"PK\x03\x04 bukan Word")

    assert "bukan berkas Word" in only(WordTypist(tmp_path).check(DISPOSITION)).what


def test_a_missing_template_is_said_with_where_it_belongs(tmp_path: Path) -> None:
    finding = only(WordTypist(tmp_path).check(DISPOSITION))

    assert "tidak ada" in finding.what
    assert tmp_path.name in finding.remedy
    with pytest.raises(TemplateFault):
        WordTypist(tmp_path).draft(DISPOSITION, {})


def test_a_template_name_is_never_a_path(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault):
        WordTypist(tmp_path / "dalam").draft("../rahasia", {})


def test_an_edited_template_is_taken_up_at_once(draw: Callable[..., WordTypist]) -> None:
    typist = draw("lama {{ hal }}")
    before = typist.draft(DISPOSITION, {"hal": "x"})

    draw("baru {{ hal }}")
    after = typist.draft(DISPOSITION, {"hal": "x"})

    assert words(after.docx) == ["baru x"]
    assert before.template_sha256 != after.template_sha256


def test_the_office_s_logo_is_shown_when_it_lies_beside_the_templates(
    draw: Callable[..., WordTypist], tmp_path: Path
) -> None:
    typist = draw("{{ logo }}{{ hal }}")
    without = typist.draft(DISPOSITION, {"hal": "x"}).docx

    Image.new("RGB", (40, 40), "navy").save(tmp_path / "logo.png")
    with_logo = typist.draft(DISPOSITION, {"hal": "x"}).docx

    assert [any("media/" in name for name in word_file.opened(d)) for d in (without, with_logo)] == [False, True]


def test_what_was_filled_into_a_template_is_in_no_later_sheet(draw: Callable[..., WordTypist], tmp_path: Path) -> None:
    def with_header(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ logo }}{{ hal }}"

    typist = draw("{{ logo }}{{ hal }}", change=with_header)
    first = typist.draft(DISPOSITION, {"hal": "pertama"}).docx
    Image.new("RGB", (40, 40), "navy").save(tmp_path / "logo.png")
    pictured = typist.draft(DISPOSITION, {"hal": "kedua"}).docx
    (tmp_path / "logo.png").unlink()

    again = typist.draft(DISPOSITION, {"hal": "pertama"}).docx

    assert first == again
    assert b"kedua" in word_file.opened(pictured)["word/header1.xml"]


def test_a_template_is_opened_once_for_all_its_sheets(
    draw: Callable[..., WordTypist], monkeypatch: pytest.MonkeyPatch
) -> None:
    typist, opened, read = draw("{{ hal }}", "templat yang dibuka sekali"), [], PackageReader.from_file
    monkeypatch.setattr(PackageReader, "from_file", staticmethod(lambda file: (opened.append(file), read(file))[1]))

    made = [typist.draft(DISPOSITION, {"hal": hal}).docx for hal in ("a", "b", "c")]

    assert len(opened) == 1
    assert [words(docx)[0] for docx in made] == ["a", "b", "c"]


def test_a_file_that_word_keeps_as_a_template_is_named_and_not_tried(
    draw: Callable[..., WordTypist], tmp_path: Path
) -> None:
    typist, path = draw("{{ hal }}"), tmp_path / f"{DISPOSITION}.docx"
    parts = word_file.opened(path.read_bytes())
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    path.write_bytes(word_file.packed({**parts, "[Content_Types].xml": types}))

    assert only(typist.check(DISPOSITION)).what == "berkas ini bukan dokumen Word (.docx)"
    with pytest.raises(TemplateFault, match="bukan dokumen Word"):
        typist.draft(DISPOSITION, {"hal": "upah"})


def test_large_templates_do_not_stay_in_memory(draw: Callable[..., WordTypist], tmp_path: Path) -> None:
    def with_picture(document: Any) -> None:
        picture = io.BytesIO()
        Image.effect_noise((1500, 1500), 60).save(picture, "PNG")
        document.add_picture(picture)

    typist = draw("{{ hal }}", "templat dengan gambar besar", change=with_picture)
    small, large = ((TEMPLATES / f"{DISPOSITION}.docx").read_bytes(), (tmp_path / f"{DISPOSITION}.docx").read_bytes())

    assert words(typist.draft(DISPOSITION, {"hal": "upah"}).docx)[0] == "upah"
    assert [package_of(data) is package_of(data) for data in (small, large)] == [True, False]


def test_a_broken_logo_is_named_and_no_sheet_goes_out_without_it(
    draw: Callable[..., WordTypist], tmp_path: Path
) -> None:
    typist = draw("{{ logo }}{{ hal }}")
    (tmp_path / "logo.png").write_bytes(b"bukan gambar")

    assert "logo.png" in only(typist.check(DISPOSITION)).what
    with pytest.raises(TemplateFault, match=r"logo\.png"):
        typist.draft(DISPOSITION, {"hal": "x"})


def test_many_hands_may_type_at_once() -> None:
    typist = WordTypist(TEMPLATES)
    cases = [{**specimen_of(DISPOSITION), "hal": f"Hal {n}"} for n in range(12)]

    with ThreadPoolExecutor(4) as pool:
        drafts = list(pool.map(lambda values: typist.draft(DISPOSITION, values), cases))

    assert all(f"Hal {n}" in words(draft.docx) for n, draft in enumerate(drafts))


def test_a_look_parses_each_part_and_each_tag_once_however_often_they_stand_there(
    draw: Callable[..., WordTypist], monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = ("{{ nomor_register }}", "{% if pelapor %}{{ pelapor }}{% endif %}")
    typist = draw("Kali ini saja", *tags, *tags, change=lambda document: _with_head(document, *tags))
    parsed: list[str] = []
    whole = environment.Parser
    monkeypatch.setattr(
        environment, "Parser", lambda env, source, *more: (parsed.append(source), whole(env, source, *more))[1]
    )
    template_grammar._parsed.cache_clear()

    assert typist.check(DISPOSITION) == []

    assert any("Kali ini saja" in source for source in parsed)
    assert len(parsed) == len(set(parsed))


def test_what_is_looked_at_and_not_compiled_does_not_stay(draw: Callable[..., WordTypist]) -> None:
    sandbox = Sandbox()
    sources = [f"{{{{ satu }}}} {number}" for number in range(9)]

    trees = [sandbox.tree(source) for source in sources]

    assert len(sandbox._looked_at) < len(sources)
    assert sandbox.parse(sources[-1]) is trees[-1]
    assert sandbox.parse(sources[-1]) is not trees[-1]


def _with_head(document: Any, *paragraphs: str) -> None:
    for text in paragraphs:
        document.sections[0].header.add_paragraph(text)
