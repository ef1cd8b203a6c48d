"""A server extension that makes formgrader's own pages write names as text.

nbgrader's templates put the names of students and assignments into the page as they are, and both can come from the
address bar: a folder in `submitted/` or a link in an answer would otherwise be code in the instructor's browser.
"""

from typing import Any

from tornado.ioloop import IOLoop

_TEMPLATES = "nbgrader_jinja2_env"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:
    def escape_names() -> None:
        if _TEMPLATES in app.web_app.settings:
            app.web_app.settings[_TEMPLATES] = app.web_app.settings[_TEMPLATES].overlay(autoescape=True)

    # Extensions are loaded in the order of their names, formgrader after this one; the loop starts when all are there.
    IOLoop.current().add_callback(escape_names)
