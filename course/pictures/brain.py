"""A schematic brain in two views, drawn for this course: outlines, and where a region's mark stands in them.

A sketch to find one's way by, not an atlas: places are approximate, and deep regions are drawn as if one could see
through to them. Both views look to the left; each fits into 10 by 7.3 units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path

View = Literal["side", "midline"]
_Points = tuple[tuple[float, float], ...]

_LINE, _FILL, _SOFT = "#8a8a8a", "#f4f2ee", "#e8e5df"
_CEREBRUM: _Points = (
    (0.35, 3.7), (0.8, 5.0), (2.2, 6.3), (4.3, 6.95), (6.4, 6.7), (8.3, 5.7), (9.4, 4.2), (9.5, 3.1), (8.6, 2.35),
    (7.3, 2.15), (5.9, 1.55), (4.4, 1.15), (3.1, 1.25), (2.5, 1.9), (2.55, 2.5), (1.7, 2.45), (0.8, 2.8),
)  # fmt: skip
_CEREBELLUM = ((6.5, 1.9), (7.4, 2.2), (8.6, 2.2), (9.0, 1.5), (8.2, 0.75), (7.0, 0.75), (6.4, 1.2))
_STEM = ((5.3, 2.0), (6.4, 2.0), (6.7, 0.9), (6.9, 0.1), (6.1, 0.05), (5.7, 1.0))
_FISSURES: Mapping[View, tuple[_Points, ...]] = MappingProxyType(
    {
        "side": (
            ((2.6, 2.5), (3.6, 2.75), (5.0, 3.3), (6.4, 3.95)),  # between the temporal lobe and the rest
            ((5.1, 6.85), (4.9, 5.6), (4.6, 4.5), (4.5, 3.6)),  # between the frontal and the parietal lobe
        ),
        "midline": (
            ((2.75, 3.35), (2.65, 4.1), (3.4, 4.75), (4.7, 5.0), (6.0, 4.75), (6.7, 4.0)),  # corpus callosum
            ((3.05, 3.5), (3.0, 4.0), (3.6, 4.45), (4.7, 4.65), (5.8, 4.4), (6.4, 3.85)),
        ),
    }
)


@dataclass(frozen=True)
class Place:
    """Where a region's mark stands: its view, centre, half axes and tilt (degrees); where its label stands."""

    view: View
    x: float
    y: float
    half_width: float
    half_height: float
    tilt: float
    label: tuple[float, float]
    deep: bool = False


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "dlpfc": Place("side", 2.15, 4.95, 1.05, 0.72, 38, (2.15, 6.95)),
        "insula": Place("side", 4.05, 3.55, 0.9, 0.5, 18, (1.55, 3.55), deep=True),
        "parietal-cortex": Place("side", 6.95, 5.2, 1.1, 0.75, -28, (7.9, 6.85)),
        "vmpfc": Place("midline", 1.35, 3.75, 0.55, 0.5, 0, (-0.45, 3.9)),
        "ofc": Place("midline", 1.5, 2.75, 0.75, 0.34, 0, (-0.2, 2.45)),
        "acc": Place("midline", 2.35, 4.85, 0.95, 0.45, 48, (0.75, 6.35)),
        "dorsal-striatum": Place("midline", 4.25, 3.95, 0.65, 0.48, 15, (4.4, 5.75), deep=True),
        "nucleus-accumbens": Place("midline", 3.2, 2.95, 0.5, 0.4, 0, (2.75, 0.55), deep=True),
        "amygdala": Place("midline", 3.75, 1.85, 0.5, 0.4, 0, (4.0, 0.35), deep=True),
        "hippocampus": Place("midline", 5.3, 2.25, 0.85, 0.4, 14, (7.4, 3.05), deep=True),
    }
)
"""Places by the id of a region in the ledger (`evidence.regions()`)."""


def draw_outline(axes: Axes, view: View) -> None:
    """Draw one view on `axes` and fix its limits: outline, cerebellum, brain stem, and a few lines to go by."""
    shapes: tuple[tuple[_Points, str, int], ...] = (
        (_STEM, _SOFT, 0), (_CEREBELLUM, _SOFT, 0), (_CEREBRUM, _FILL, 1)
    )  # fmt: skip
    for points, colour, order in shapes:
        axes.add_patch(PathPatch(_smooth(points, closed=True), facecolor=colour, edgecolor=_LINE, linewidth=1.6,
                                 zorder=order))  # fmt: skip
    for points in _FISSURES[view]:
        axes.add_patch(PathPatch(_smooth(points, closed=False), facecolor="none", edgecolor=_LINE, linewidth=1.3,
                                 zorder=2))  # fmt: skip
    axes.set(xlim=(-1.0, 10.2), ylim=(-0.1, 7.4), aspect="equal")
    axes.axis("off")


def mark(place: Place) -> Ellipse:
    """Return the ellipse of a region, not yet on any axes; a deep region has a dashed edge."""
    return Ellipse((place.x, place.y), 2 * place.half_width, 2 * place.half_height, angle=place.tilt,
                   linestyle=(0, (3, 1.5)) if place.deep else "solid", zorder=4)  # fmt: skip


def _smooth(points: _Points, closed: bool) -> Path:
    """Return a curve through the points (Catmull-Rom), as a path of cubic Bézier pieces."""
    p = np.array(points)
    before, after = (np.roll(p, 1, axis=0), np.roll(p, -1, axis=0))
    if not closed:
        before[0], after[-1] = p[0], p[-1]
    slope = (after - before) / 6.0
    vertices, codes = [p[0]], [Path.MOVETO]
    for i in range(len(p) if closed else len(p) - 1):
        j = (i + 1) % len(p)
        vertices += [p[i] + slope[i], p[j] - slope[j], p[j]]
        codes += [Path.CURVE4] * 3
    return Path(np.array(vertices), codes)
