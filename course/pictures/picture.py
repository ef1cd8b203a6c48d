"""A finished picture that cannot lose its description: image, alt text, caption, reading, data table and species."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import Any

_SHORTEST_ALT = 40
_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Table:
    """The numbers behind a picture: a heading for each column (with its unit) and rows of ready-made text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Raise ValueError unless every row has one cell per column and there is something to show."""
        if not self.columns or not self.rows:
            raise ValueError("The data table of a picture is empty; give it columns and at least one row.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of the data table does not have {len(self.columns)} cells, one for each column.")

    def html(self) -> str:
        """Return an HTML table with column headings."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True)
class Outline:
    """A heading and lines of text with their levels: 0 first, and each at most one level below the line before it."""

    heading: str
    lines: tuple[tuple[int, str], ...]

    def __post_init__(self) -> None:
        """Raise ValueError for a line that hangs below nothing."""
        above = -1
        for level, line in self.lines:
            if not 0 <= level <= above + 1:
                raise ValueError(f'The line "{line}" of the outline is on level {level}, and the one above on {above}.')
            above = level

    def html(self) -> str:
        """Return the heading and lists within lists, so that a screen reader says how deep each line stands."""
        parts, above = [f"<p><strong>{escape(self.heading)}</strong></p>"], -1
        for level, line in self.lines:
            parts.append("<ul>" if level > above else "</li>" + "</ul></li>" * (above - level))
            parts.append(f"<li>{escape(line)}")
            above = level
        return "".join(parts) + "</li></ul>" * (above + 1)


@dataclass(frozen=True)
class Picture:
    """One picture with everything that says the same in words.

    `png`: the image. `alt`: what kind of plot, its axes with units, its message. `caption`: what it is and where it
    comes from. `species`: whose numbers these are ("Rat", "Human", "Model, rat"), always on screen. `table`: the data.
    `reading`: one sentence with the numbers of this very picture. `notes`: numbered remarks the image refers to.
    `outlines`: what is too long for the image, as indented text.
    Raises ValueError, in one sentence, when one of the required parts is missing or too short to describe anything.
    """

    png: bytes
    alt: str
    caption: str
    species: str
    table: Table
    reading: str = ""
    notes: tuple[str, ...] = ()
    outlines: tuple[Outline, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a picture that a person who cannot see it would learn nothing from."""
        if not self.png.startswith(_PNG):
            raise ValueError("A picture needs the bytes of a PNG image.")
        if len(self.alt.split()) < 8 or len(self.alt) < _SHORTEST_ALT:
            raise ValueError(
                f"A picture needs a description of at least {_SHORTEST_ALT} characters: what kind of plot it is, "
                f'its axes with units, and its message; this one is "{self.alt}".'
            )
        for part in ("caption", "species"):
            if not getattr(self, part).strip():
                raise ValueError(f'A picture needs a {part}; the one described as "{self.alt[:60]}…" has none.')

    @property
    def src(self) -> str:
        """The image as a `data:` address, so that a saved or exported notebook needs no other file."""
        return f"data:image/png;base64,{b64encode(self.png).decode('ascii')}"

    def below_html(self) -> str:
        """Return what stands below the reading: outlines and numbered remarks; empty without any."""
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return "".join(outline.html() for outline in self.outlines) + (f"<ol>{notes}</ol>" if notes else "")

    def html(self) -> str:
        """Return the whole picture as HTML that survives JupyterLab's sanitizer and nbconvert."""
        reading = f"<p>{escape(self.reading)}</p>" if self.reading else ""
        return (
            '<figure class="course-picture" style="margin:0;max-width:900px">'
            f'<img alt="{escape(self.alt)}" src="{self.src}" style="max-width:100%;height:auto">'
            f"<figcaption><strong>{escape(self.species)}.</strong> {escape(self.caption)}</figcaption>"
            + reading
            + self.below_html()
            + f"<details><summary>The data of this picture as a table</summary>{self.table.html()}</details></figure>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"{self.species}. {self.alt} {self.reading}".strip()}
