"""A picture drawn twice, as SVG and as PDF: the same words, nothing from outside, letters that are really there."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from pipeline.cases.store.sop_editions import editions
from pipeline.drawing.engines.fonts import face
from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.engines.pdfa_check import marks
from pipeline.drawing.engines.png import png
from pipeline.drawing.ink import text_width
from pipeline.drawing.picture import Area, Line, Picture, Words, rectangle
from pipeline.drawing.svg import svg, svg_element
from pipeline.letters.sop_chart import draw
from pipeline.letters.sop_chart.flow import flow_of
from pipeline.scans.formats.wholeness import whole

SOP = editions()[0]
CHART = draw(SOP, flow_of(SOP))
NS = "{http://www.w3.org/2000/svg}"


def simple(*texts: str) -> Picture:
    items = [Words(20, 20 + 12 * n, text, 9, text_width(text, 9)) for n, text in enumerate(texts)]
    return Picture(200, 100, (200, 100), "Judul <&>", 'Uraian "a" & b', tuple(items))


@pytest.mark.parametrize(("file", "bold"), [("LiberationSans-Regular.ttf", False), ("LiberationSans-Bold.ttf", True)])
def test_the_widths_that_texts_are_laid_out_with_are_those_of_the_font(file, bold):
    signs = "".join(map(chr, range(0x20, 0x7F))) + "–“”•·×°§éÜ"
    font = face(file, signs)

    for sign in signs:
        assert text_width(sign, 1000, bold=bold) >= font.widths[font.glyphs[sign]]
        if sign.isascii():
            assert text_width(sign, 1000, bold=bold) == font.widths[font.glyphs[sign]]


def test_the_svg_is_a_sheet_of_a4_with_a_title_and_a_description():
    root = ET.fromstring(svg(CHART))

    assert (root.get("width"), root.get("height"), root.get("role")) == ("297.0mm", "210.0mm", "img")
    assert root.find(f"{NS}title").text == f"SOP {SOP.number} {SOP.title}"
    assert "Pemohon menyampaikan aduan" in root.find(f"{NS}desc").text
    named = {e.get("id") for e in root if e.get("id")}
    assert set(root.get("aria-labelledby").split()) == named


def test_the_svg_needs_no_other_file():
    text = svg(CHART).decode()

    for outside in ("href", "url(", "@import", "<script", "<style", "font-face", "<image"):
        assert outside not in text


def test_hostile_words_stay_words():
    hostile = '"/><script>alert(1)</script>&amp;'
    root = ET.fromstring(svg(simple(hostile)))

    assert root.find(f"{NS}text").text == hostile
    assert root.find(f"{NS}title").text == "Judul <&>"
    assert not list(root.iter(f"{NS}script"))


def test_svg_and_pdf_show_the_same_words():
    shown = [e.text for e in ET.fromstring(svg(CHART)).iter(f"{NS}text")]
    page = PdfReader(io.BytesIO(pdf(CHART))).pages[0].extract_text()

    assert shown == [item.text for item in CHART.items if isinstance(item, Words)]
    for words in shown:
        assert words in page


def test_the_pdf_is_one_whole_sheet_of_a4_lying_down(tmp_path):
    file = tmp_path / "sop.pdf"
    file.write_bytes(pdf(CHART))
    reader = PdfReader(file)

    assert whole(file).why == ""
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    assert reader.metadata.title == f"SOP {SOP.number} {SOP.title}"
    assert reader.root_object["/Lang"] == "id-ID"


def test_the_pdf_brings_its_letters_and_only_those_it_shows():
    data = pdf(simple("Bagan alir"))
    fonts = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]
    program = fonts["/FYkBiasa"]["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()

    assert not [finding for finding in marks(data) if "tertanam" in finding]
    assert {chr(code) for code in TTFont(io.BytesIO(program)).getBestCmap()} == set("Bagan alir?")


def test_a_sign_that_the_font_lacks_is_a_question_mark():
    assert "satu ? dua" in PdfReader(io.BytesIO(pdf(simple("satu 字 dua")))).pages[0].extract_text()


@pytest.mark.parametrize("draw_", [svg, pdf])
def test_the_same_picture_is_the_same_bytes(draw_):
    assert draw_(CHART) == draw_(CHART)


def test_a_picture_larger_than_its_paper_is_drawn_smaller():
    larger = replace(CHART, width=CHART.width * 2, height=CHART.height * 2)
    content = PdfReader(io.BytesIO(pdf(larger))).pages[0].get_contents().get_data()

    assert content.startswith(b"0.50000 0 0 0.50000 0 0 cm")
    assert ET.fromstring(svg(larger)).get("viewBox") == f"0 0 {larger.width:.2f} {larger.height:.2f}"


def test_areas_and_lines_are_drawn_as_they_are_said():
    box = Area(rectangle(10, 10, 60, 30), fill="#ffffff", stroke="#102030", width=1, round=8, dashed=True)
    line = Line(((0, 0), (10, 0), (10, 10)), "#ff0000", 2)
    drawn = Picture(100, 50, (100, 50), "t", "d", (box, line))

    content = PdfReader(io.BytesIO(pdf(drawn))).pages[0].get_contents().get_data().decode()
    root = ET.fromstring(svg(drawn))

    assert "1.000 0.000 0.000 RG 2.00 w [] 0 d" in content
    assert "0.00 50.00 m 10.00 50.00 l 10.00 40.00 l S" in content
    assert root.find(f"{NS}path").get("d") == "M0 0L10 0L10 10"
    assert (root.findall(f"{NS}rect")[1].get("rx"), root.findall(f"{NS}rect")[1].get("stroke-dasharray")) == (
        "8",
        "2.5 2",
    )


def test_two_drawings_on_one_web_page_are_told_apart():
    page = ET.fromstring(f"<p>{svg_element(simple('satu'), 'a')}{svg_element(simple('dua'), 'b')}</p>")

    names = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(names) == len(set(names)) == 6
    for drawing in page:
        assert set(drawing.get("aria-labelledby").split()) == {e.get("id") for e in drawing if e.get("id")}
        assert "style" not in drawing.attrib


def test_a_drawing_for_word_shows_its_lines_areas_and_words():
    items = (
        Area(rectangle(10, 10, 40, 40), fill="#173f6d"),
        Area(rectangle(60, 10, 90, 40), stroke="#9c1c1c", width=2),
        Line(((10, 60), (90, 60)), "#15181c", 2),
        Words(110, 40, "Wilayah", 20, text_width("Wilayah", 20)),
    )
    shown = Image.open(io.BytesIO(png(Picture(200, 100, (200, 100), "", "", items)))).convert("RGB")

    assert shown.size == (600, 300)
    assert shown.info["dpi"] == pytest.approx((216, 216), abs=0.1)
    assert near(shown.getpixel((75, 75)), (0x17, 0x3F, 0x6D))
    assert near(shown.getpixel((225, 75)), (255, 255, 255))
    assert near(shown.getpixel((180, 75)), (0x9C, 0x1C, 0x1C))
    assert near(shown.getpixel((150, 180)), (0x15, 0x18, 0x1C))
    assert shown.crop((330, 70, 560, 125)).convert("L").getextrema()[0] < 60
    assert png(simple("satu")) == png(simple("satu")) != png(simple("dua"))


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))
