"""The house style: colours that read on white, and a dash and a marker for each, so that no meaning hangs on colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from matplotlib.colors import to_rgb

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#1f1f1f",
        "quiet": "#5c5c5c",
        "blue": "#0a62a9",
        "orange": "#b8480a",
        "green": "#00735c",
        "purple": "#7b3f9e",
    }
)
"""Colours for lines, marks and text; each has a contrast of at least 4.5:1 on white."""

RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same picture on every machine
    "font.size": 12.0,
    "axes.labelsize": 12.0,
    "axes.titlesize": 12.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "xtick.labelsize": 11.0,
    "ytick.labelsize": 11.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": COLOURS["quiet"],
    "axes.labelcolor": COLOURS["ink"],
    "text.color": COLOURS["ink"],
    "xtick.color": COLOURS["ink"],
    "ytick.color": COLOURS["ink"],
    "axes.grid": False,
    "lines.linewidth": 2.4,
    "lines.solid_capstyle": "round",
    "hatch.linewidth": 0.8,
}
"""matplotlib settings, applied only while a house picture is built or drawn."""


@dataclass(frozen=True)
class Series:
    """How one thing is drawn wherever it appears: colour, dash and marker always together."""

    colour: str
    dash: str
    marker: str


SERIES: Mapping[str, Series] = MappingProxyType(
    {
        "first": Series(COLOURS["blue"], "solid", "o"),
        "second": Series(COLOURS["orange"], "dashed", "s"),
        "third": Series(COLOURS["green"], "dashdot", "^"),
        "prediction": Series(COLOURS["purple"], "dotted", "D"),
    }
)


def contrast_on_white(colour: str) -> float:
    """Return the WCAG contrast ratio (1 to 21) of a colour on white.

    Relative luminance as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
    Raises ValueError for a text that is no colour.
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
