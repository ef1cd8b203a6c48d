"""Reads a YAML file of plain data and remembers on which line each mapping and each of its names begins."""

from pathlib import Path
from typing import Any

import yaml

LINE = "__line__"
"""`mapping[LINE]` is the line a mapping begins on; `mapping[LINE + name]` the line of that name."""


class YamlFault(ValueError):
    """A file that cannot be read as YAML: `line`, and a sentence that begins with file and line."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        super().__init__(sentence)


def load(path: Path, what: str) -> Any:
    """Return what the file holds: only plain data, no objects are built from it. `what` is its content, in the plural.

    Raises YamlFault with one sentence when it cannot be opened, is not UTF-8 or YAML, or says a name twice.
    """
    try:
        # The loader is a SafeLoader.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Lines)
    except OSError as error:
        raise YamlFault(1, f"{path}: the {what} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise YamlFault(1, f"{path}: the {what} cannot be read, because the file is not UTF-8 text.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise YamlFault(line, f"{path}:{line}: this is not a readable list of {what} ({problem}).") from error


class _Lines(yaml.SafeLoader):
    """Loads YAML and remembers the line on which each mapping begins; a name that stands twice is an error."""


def _mapping(loader: _Lines, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {LINE: node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise yaml.MarkedYAMLError(problem=f'the name "{key}" is not a word', problem_mark=key_node.start_mark)
        if key in found:
            raise yaml.MarkedYAMLError(problem=f'"{key}" stands twice', problem_mark=key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
        found[f"{LINE}{key}"] = line
    return found


_Lines.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
