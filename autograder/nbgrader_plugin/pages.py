"""Stock feedback and formgrader pages that cannot hurt, whatever a submission holds.

Both are made by nbconvert's `HTMLExporter`, which takes its preprocessors from the configuration. `HarmlessPage` builds
the notebook anew from what a page may show (text, pictures, points) and gives the exporter a Markdown filter whose
result has passed an allow-list: no script, event handler, style or frame, no picture from elsewhere. Hidden tests are
cut out, paths of this machine too. Pages of courses that are not ours are left to nbgrader.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import bleach
import markupsafe
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, v4
from pygments.token import STANDARD_TYPES

from autograder.classroom import record
from autograder.classroom.marker import marked_course
from autograder.classroom.safe_text import hidden_texts, safe_text
from autograder.intake.released import given

_TAGS = frozenset(
    "a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s span strong sub sup"
    " table tbody td tfoot th thead tr u ul".split()
)
_COLOURS = frozenset({"highlight", *filter(None, STANDARD_TYPES.values())})
"""The classes of coloured code; formgrader's own buttons and fields answer to others."""
_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_PICTURE = re.compile(
    r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*"
    r"|[\w-][\w .-]*(/[\w-][\w .-]*)*\.(png|jpe?g|gif|webp)",
    re.IGNORECASE,
)
_PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_ALIGN = CSSSanitizer(allowed_css_properties=["text-align"])
_MARKS = ("grade", "solution", "task", "locked", "grade_id", "points", "score", "comment", "cell_type")


class HarmlessPage(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """The value of `HTMLExporter.preprocessors`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook as a page may show it; also chooses the Markdown filter for this page."""
        folder = Path(resources["metadata"].get("path", ""))
        course = marked_course(folder)
        if course is None and not (folder / record.NAME).exists():
            self.parent.register_filter("markdown2html", self.parent.markdown2html)
            return nb, resources
        hidden = hidden_texts(cell.source for cell in nb.cells if cell.cell_type == "code")

        def shown(text: str) -> str:
            return safe_text(text, hidden, course or folder)

        self.parent.register_filter("markdown2html", _markdown_filter(shown))
        for name in ("student", "first_name", "last_name", "notebook_path"):
            if resources.get(name):
                resources[name] = markupsafe.escape(resources[name])
        return _harmless(nb, shown), resources


def _markdown_filter(shown: Callable[[str], str]) -> Callable[[Any, str], str]:
    """Markdown to HTML that passed the allow-list; Maths stays as it is written, for MathJax."""

    @pass_context
    def markdown2html(context: Any, source: str) -> str:
        renderer = _Renderer(
            escape=False, attachments=context.get("cell", {}).get("attachments", {}), exclude_anchor_links=True
        )
        return _clean(MarkdownWithMath(renderer=renderer).render(shown(source)))

    return markdown2html


class _Renderer(IPythonRenderer):  # type: ignore[misc]  # nbconvert has no types
    """nbconvert's own, which raises an error for a picture that is not there: an answer must not take the page away."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """An image, or its description where the notebook does not hold it."""
        kind, _, name = url.partition(":")
        if kind == "attachment" and name not in self.attachments:
            return html.escape(text)
        return str(super().image(text, url, title))


def _clean(page: str) -> str:
    return str(
        bleach.clean(
            page,
            tags=_TAGS,
            attributes=_may_stay,
            protocols={"http", "https", "mailto", "data"},
            css_sanitizer=_ALIGN,
        )
    )


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Whether an attribute may stand on a page: where it leads is plain, and it is not formgrader's own."""
    match tag, name:
        case ("a", "href"):
            return _LINK.match(value) is not None
        case ("img", "src"):
            return _PICTURE.fullmatch(value) is not None
        case ("a" | "img", "title") | ("img", "alt") | ("th" | "td", "style") | ("ol", "start"):
            return True
        case ("div" | "span" | "pre" | "code", "class"):
            return value in _COLOURS
    return False


def _harmless(nb: NotebookNode, shown: Callable[[str], str]) -> NotebookNode:
    """A new notebook with only the parts of `nb` that a page may show."""
    page = v4.new_notebook(metadata={"language_info": {"name": "python"}})
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader")
        metadata = {"nbgrader": _marks(about)} if isinstance(about, Mapping) else {}
        if cell.cell_type == "markdown":
            fresh = v4.new_markdown_cell(cell.source, metadata=metadata)
            fresh["attachments"] = dict(_pictures_by_name(cell.get("attachments", {})))
        else:
            fresh = v4.new_code_cell(given(cell.source), metadata=metadata, outputs=list(_outputs(cell, shown)))
        page.cells.append(fresh)
    return page


def _marks(about: Mapping[str, Any]) -> dict[str, Any]:
    """nbgrader's own words on a cell; the templates write them without escaping them."""
    return {
        name: html.escape(value) if name == "grade_id" and isinstance(value, str) else value
        for name, value in about.items()
        if name in _MARKS and isinstance(value, bool | int | float | str)
    }


def _outputs(cell: NotebookNode, shown: Callable[[str], str]) -> Iterator[NotebookNode]:
    """Text and pictures; of an error its name and message, because a traceback prints the lines around it."""
    is_test = bool(cell.metadata.get("nbgrader", {}).get("grade"))
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            yield v4.new_output("stream", name="stdout", text=shown(_joined(output.text)))
        elif output.output_type == "error":
            message = f"{output.ename}: {output.evalue}" if output.evalue and not is_test else str(output.ename)
            yield v4.new_output("stream", name="stdout", text=shown(message))
        else:
            data = output.get("data", {})
            pictures = dict(_pictures(data))
            text = {"text/plain": shown(_joined(data["text/plain"]))} if "text/plain" in data else {}
            if pictures or text:
                yield v4.new_output("display_data", data=pictures or text)


def _pictures_by_name(attachments: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, bundle in attachments.items():
        pictures = dict(_pictures(bundle)) if isinstance(bundle, Mapping) else {}
        if pictures:
            yield name, pictures


def _pictures(bundle: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in _PICTURE_TYPES:
        content = _joined(bundle.get(kind, ""))
        if content and _BASE64.fullmatch(content):
            yield kind, content


def _joined(text: Any) -> str:
    """The text of an output, which may be a list of lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)
