"""A copy of the checkout's content and library, to break."""

import shutil
from pathlib import Path

import pytest

from course.content import content_root


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy `assets/`, `modules/` and `course/` and return the folder that holds them."""
    root = tmp_path / "checkout"
    for name in ("assets", "modules", "course"):
        shutil.copytree(content_root() / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
    return root
