"""Which folders are course directories of ours: known even when their configuration is broken or gone."""

from pathlib import Path

from autograder.files import write_text

CONFIG_NAME = "nbgrader_config.py"
MARKER = ".autograder"
_TEXT = """\
This is a course directory of `autograder init`. Submissions are graded in a sandbox here, by `autograder grade` and by
`nbgrader autograde` alike. While this file is here, nbgrader refuses to run them unprotected, whatever became of
nbgrader_config.py. To go back to nbgrader's own autograding, delete both.
"""
_PLUGIN = "autograder.nbgrader_plugin"


def mark(root: Path) -> None:
    """Mark a course directory as ours; leaves an earlier mark as it is."""
    if not (root / MARKER).exists():
        write_text(root / MARKER, _TEXT)


def marked_course(path: Path) -> Path | None:
    """The course directory of ours that `path` is or stands in: one with the mark or with our plug-ins configured."""
    path = path.absolute()
    return next((folder for folder in (path, *path.parents) if is_marked(folder)), None)


def is_marked(folder: Path) -> bool:
    """Whether this very folder is a course directory of ours."""
    config = folder / CONFIG_NAME
    return (folder / MARKER).exists() or (config.is_file() and _PLUGIN in config.read_text("utf-8", "replace"))
