"""House style and described pictures: nobody is left without the message, whatever shows the notebook."""

import io
import json
from html.parser import HTMLParser

import nbformat
import numpy as np
import pytest
from matplotlib.image import imread
from nbconvert import HTMLExporter

from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table, contrast_on_white
from course.pictures.canvas import png_bytes

TABLE = Table(("Time (h)", "Level"), (("0", "1.00"), ("1", "0.94")))
ALT = 'Line plot: level against time in hours; it falls by half every "half-life", here < 11 h & more.'


def small_png() -> bytes:
    return png_bytes(np.zeros((2, 3, 3), np.uint8))


def picture(**changes: object) -> Picture:
    parts = {"png": small_png(), "alt": ALT, "caption": "One dose.", "species": "Human", "table": TABLE}
    return Picture(**(parts | changes))  # type: ignore[arg-type]


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("colour", "ratio"), [("white", 1.0), ("black", 21.0), ("#767676", 4.54), ("#0000ff", 8.59)])
def test_contrast_agrees_with_published_ratios(colour, ratio):
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("name", COLOURS)
def test_house_colours_are_readable_on_white(name):
    assert contrast_on_white(COLOURS[name]) >= 4.5


def test_series_differ_by_more_than_colour():
    assert len({style.dash for style in SERIES.values()}) == len(SERIES)
    assert len({style.marker for style in SERIES.values()}) == len(SERIES)
    assert all(contrast_on_white(style.colour) >= 3 for style in SERIES.values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"alt": ""}, "description"),
        ({"alt": "dopamine.png"}, "description"),
        ({"alt": "x" * 80}, "description"),
        ({"caption": "  "}, "caption"),
        ({"species": ""}, "species"),
        ({"png": b"not an image"}, "PNG"),
    ],
)
def test_a_picture_without_its_words_is_refused_in_one_sentence(change, says):
    with pytest.raises(ValueError, match=says) as refused:
        picture(**change)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("columns_rows", [((), ()), (("a",), ()), (("a", "b"), (("1",),))])
def test_an_empty_or_ragged_table_is_refused(columns_rows):
    with pytest.raises(ValueError, match="data table"):
        Table(*columns_rows)


def test_html_carries_alt_caption_species_and_table():
    page = Tags(picture(reading="Half is left after 11 h.", notes=("A note.",)).html())
    images = [attributes for tag, attributes in page.seen if tag == "img"]
    assert [image["alt"] for image in images] == [ALT]
    assert "max-width:100%" in str(images[0]["style"])
    assert {"figure", "figcaption", "details", "summary", "table", "ol"} <= {tag for tag, _ in page.seen}
    for text in ("Human", "One dose.", "Half is left after 11 h.", "A note.", "0.94"):
        assert text in page.text


def test_the_description_survives_export_to_html():
    bundle = picture()._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell("draw()", outputs=[nbformat.v4.new_output("display_data", data=bundle)])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert ALT in [attributes.get("alt") for tag, attributes in Tags(html).seen if tag == "img"]
    assert "No description has been provided" not in html
    assert json.dumps(bundle)  # a notebook file can hold it


def test_without_html_a_reader_gets_the_description():
    assert ALT in picture()._repr_mimebundle_()["text/plain"]


def test_png_bytes_hold_exactly_the_pixels():
    pixels = np.random.default_rng(1).integers(0, 256, (17, 23, 3), dtype=np.uint8)
    assert np.array_equal(np.round(imread(io.BytesIO(png_bytes(pixels))) * 255), pixels)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (3,)])
def test_png_bytes_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match="RGB"):
        png_bytes(np.zeros(shape, np.uint8))


def line_on_canvas() -> tuple[Canvas, object]:
    canvas = Canvas(3, 2)
    with canvas.styled():
        axes = canvas.figure.subplots()
        axes.set(xlim=(0, 1), ylim=(0, 1))
        line = canvas.moving(axes.plot([0, 1], [0, 1])[0])
    canvas.settle()
    return canvas, line


def test_a_redrawn_canvas_shows_what_a_fresh_one_shows():
    used, line = line_on_canvas()
    first = used.png()
    line.set_data([0, 1], [1, 0])  # type: ignore[attr-defined]
    moved = used.png()
    fresh, other = line_on_canvas()
    other.set_data([0, 1], [1, 0])  # type: ignore[attr-defined]
    assert moved == fresh.png()
    assert moved != first
    line.set_data([0, 1], [0, 1])  # type: ignore[attr-defined]
    assert used.png() == first


def test_a_change_of_the_still_part_shows_after_refresh_and_can_be_taken_back():
    canvas, _ = line_on_canvas()
    pictures = []
    for top in (1, 5, 1, 5):
        canvas.figure.axes[0].set_ylim(0, top)
        canvas.refresh(top)
        pictures.append(canvas.png())
    assert pictures[0] != pictures[1]
    assert pictures[2:] == pictures[:2]


def test_house_style_stays_inside_the_canvas():
    import matplotlib

    before = dict(matplotlib.rcParams)
    line_on_canvas()[0].png()
    assert dict(matplotlib.rcParams) == before


def test_an_outline_is_lists_within_lists() -> None:
    lines = ((0, "all of"), (1, "a < b"), (1, "any of"), (2, "c"), (0, "end"))
    assert Outline("Left & right", lines).html() == (
        "<p><strong>Left &amp; right</strong></p><ul><li>all of<ul><li>a &lt; b</li><li>any of<ul><li>c</li></ul></li>"
        "</ul></li><li>end</li></ul>"
    )
    assert Outline("Nothing", ()).html() == "<p><strong>Nothing</strong></p>"
    with pytest.raises(ValueError, match=r"on level 2, and the one above on 0\.$"):
        Outline("Broken", ((0, "a"), (2, "b")))
