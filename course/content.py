"""Where the course's modules and assets are: beside the package in a checkout, inside it when installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def content_root() -> Path:
    """Folder that holds `modules/` and `assets/`: the checkout's top, or the copy inside the installed package."""
    checkout = _PACKAGE.parent
    if (checkout / "modules").is_dir() and (checkout / "assets").is_dir():
        return checkout
    return _PACKAGE / "_content"


def modules_dir() -> Path:
    """Folder of the modules, one sub-folder `NN-name` each."""
    return content_root() / "modules"


def assets_dir() -> Path:
    """Folder of evidence, syllabus, resources and drawn images."""
    return content_root() / "assets"


def release_dir() -> Path:
    """Folder a learner's copy is made from: START.md and the released notebooks."""
    return assets_dir() / "release"
