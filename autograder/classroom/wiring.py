"""Whether a course's configuration leaves in place what protects stock autograding and nbgrader's pages."""

from typing import Any

from traitlets.config import LazyConfigValue

from autograder.errors import CannotRun

_NEEDED = {
    ("Autograde", "exporter_class", "autograder.nbgrader_plugin.autograde.JudgedClass"): (
        "`nbgrader autograde` would run submissions unprotected"
    ),
    ("HTMLExporter", "preprocessors", "autograder.nbgrader_plugin.pages.HarmlessPage"): (
        "nbgrader's pages would run the scripts that submissions hold"
    ),
}


def check_wiring(config: Any, where: object) -> None:
    """Raise `CannotRun` when `config`, loaded from `where`, sets one of the plug-ins aside."""
    for (section, setting, ours), danger in _NEEDED.items():
        value = config[section].get(setting, [])
        value = value.get_value([]) if isinstance(value, LazyConfigValue) else value
        listed = value if isinstance(value, list) else [value]
        if ours not in map(_name, listed):
            raise CannotRun(f"{where} leaves {ours} out of {section}.{setting}, so {danger}: put it back.")


def _name(plugin: Any) -> str:
    return f"{plugin.__module__}.{plugin.__qualname__}" if isinstance(plugin, type) else str(plugin)
