"""The pages beside the notebooks: written all or none, and every link between them leads somewhere."""

import re
from pathlib import Path

import pytest

from course import release_pages
from course.content import release_dir


def test_nothing_is_written_when_a_promised_notebook_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release_pages.main([str(tmp_path)]) == 2
    assert "is missing: build the notebooks first." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert release_pages.main([]) == 2


def test_every_page_that_start_and_the_lessons_link_is_there() -> None:
    linked = set()
    for page in (release_dir() / "START.md", release_dir() / "GLOSSARY.md"):
        linked |= set(re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")))
    here = {link for link in linked if not link.startswith("http")}
    assert {"GLOSSARY.md", "EVIDENCE.html", "START.md"} <= here
    assert [link for link in sorted(here) if not (release_dir() / link).is_file()] == []
