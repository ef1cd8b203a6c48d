"""Style and types are part of the test run, so that one command tells all."""

from __future__ import annotations

import os
import sys

from house import ROOT, run


def test_ruff_finds_nothing() -> None:
    found = run([sys.executable, "-m", "ruff", "check", "--output-format=concise", "."], ROOT, os.environ, timeout=120)
    assert found.code == 0, found.out + found.err


def test_mypy_strict_finds_nothing() -> None:
    found = run([sys.executable, "-m", "mypy"], ROOT, os.environ, timeout=240)
    assert found.code == 0, found.out + found.err
