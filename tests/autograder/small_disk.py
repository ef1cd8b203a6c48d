"""A disk of three megabytes, for tests of what happens when it is full."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A mounted tmpfs; where mounting is not allowed the test fails in CI and is skipped, loudly, elsewhere."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
        refused = mounted.stderr.strip() if mounted.returncode else ""
    except OSError as error:
        refused = str(error)
    if refused:
        if os.environ.get("CI") == "true":
            pytest.fail(f"The full-disk test needs to mount a small tmpfs, which was refused: {refused}")
        pytest.skip(f"FULL DISK NOT TESTED: mounting a small tmpfs was refused ({refused}); run as root to test it.")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)
