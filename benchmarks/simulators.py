"""How long a simulator computes when one of its controls is moved, the picture left out and beside it."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from course import simulators
from course.pictures import Canvas
from course.simulators.panel import Panel

_MOVED = ("range", "select", "radio")
"""The kinds of control that are drawn at random; what is typed or played stays as it is."""


@dataclass(frozen=True)
class Update:
    """Answers of one simulator to `moves` random settings, in ms of processor time; `slowest`: the setting behind
    `computing_slowest_ms`.
    """

    simulator: str
    moves: int
    computing_median_ms: float
    computing_95_ms: float
    computing_slowest_ms: float
    picture_median_ms: float
    slowest: Mapping[str, object]


def measure(moves: int = 60, seed: int = 1) -> list[Update]:
    """Move every simulator that has controls to `moves` settings drawn by seed, each setting a new one."""
    found = []
    for name in simulators.__all__:
        module = getattr(simulators, name)
        panel = module.explore() if hasattr(module, "explore") else None
        controls = [spec for spec in panel.controls if spec["kind"] in _MOVED] if isinstance(panel, Panel) else []
        if controls:
            found.append(_update(name, panel, controls, moves, random.Random(seed)))
    return found


def _update(name: str, panel: Panel, controls: list[dict[str, Any]], moves: int, draw: random.Random) -> Update:
    rows: list[tuple[float, float, dict[str, object]]] = []
    with _timed_pictures() as pictures:
        panel.move(**_setting(controls, draw))  # the first answer lays the figure out
        for _ in range(moves):
            setting = _setting(controls, draw)
            pictures.clear()
            started = time.process_time()
            panel.move(**setting)
            whole = time.process_time() - started
            rows.append((1000 * (whole - sum(pictures)), 1000 * sum(pictures), setting))
    computing = [row[0] for row in rows]
    slowest = max(rows, key=lambda row: row[0])
    return Update(
        simulator=name,
        moves=moves,
        computing_median_ms=float(np.median(computing)),
        computing_95_ms=float(np.percentile(computing, 95)),
        computing_slowest_ms=slowest[0],
        picture_median_ms=float(np.median([row[1] for row in rows])),
        slowest=slowest[2],
    )


def _setting(controls: list[dict[str, Any]], draw: random.Random) -> dict[str, object]:
    """A value for every control, as the browser would send it."""
    setting: dict[str, object] = {}
    for spec in controls:
        if spec["kind"] == "range":
            steps = round((spec["max"] - spec["min"]) / spec["step"])
            setting[spec["name"]] = min(spec["max"], spec["min"] + draw.randint(0, steps) * spec["step"])
        else:
            setting[spec["name"]] = draw.choice([key for key, _ in spec["options"]])
    return setting


@contextmanager
def _timed_pictures() -> Iterator[list[float]]:
    """While open, the seconds each rendered picture takes go into the list."""
    seconds: list[float] = []
    render: Callable[[Canvas], bytes] = Canvas.png

    def timed(canvas: Canvas) -> bytes:
        started = time.process_time()
        try:
            return render(canvas)
        finally:
            seconds.append(time.process_time() - started)

    Canvas.png = timed  # type: ignore[method-assign]
    try:
        yield seconds
    finally:
        Canvas.png = render  # type: ignore[method-assign]
