"""A figure that is laid out once and then redrawn fast: only the artists that move are drawn again."""

import struct
import zlib
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import NDArray

from course.pictures.style import RC

_DPI = 150
AnyArtist = TypeVar("AnyArtist", bound=Artist)


class Canvas:
    """A matplotlib figure without pyplot, in house style, that remembers its still part as a background.

    Build inside `with canvas.styled():`, pass every artist that changes to `moving`, change it with `set_data` and the
    like, then ask for `png()`. When all is built, with the widest labels it will ever have, `settle()` fixes where the
    axes stand. After a change to the still part (an axis, a title) call `refresh(its new state)`.
    """

    def __init__(self, width_in: float, height_in: float) -> None:
        """Make an empty figure of this size in inches (150 pixels each)."""
        with self.styled():
            layout = ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1)
            self.figure = Figure(figsize=(width_in, height_in), dpi=_DPI, layout=layout)
        self._agg: Any = FigureCanvasAgg(self.figure)  # matplotlib leaves its canvas untyped
        self._moving: list[Artist] = []
        self._still: Hashable = None
        self._backgrounds: dict[Hashable, object] = {}

    @contextmanager
    def styled(self) -> Iterator[None]:
        """Apply the house style inside the `with` block and nowhere else."""
        with rc_context(RC):
            yield

    def moving(self, artist: AnyArtist) -> AnyArtist:
        """Mark an artist as one that changes from picture to picture; returns it."""
        artist.set_animated(True)
        artist.set_in_layout(False)
        self._moving.append(artist)
        return artist

    def settle(self) -> None:
        """Fix the layout: no picture jumps from its neighbour, and none pays for the layout again."""
        with self.styled():
            self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")

    def refresh(self, still: Hashable) -> None:
        """Say that the still part changed, and name the state it is in now (an axis limit, say).

        The first picture in a state is drawn in full; whoever comes back to that state finds its background ready.
        """
        self._still = still

    def png(self) -> bytes:
        """Return the figure as it stands now, as PNG bytes."""
        if self._still in self._backgrounds:
            self._agg.restore_region(self._backgrounds[self._still])
        else:
            with self.styled():
                self._agg.draw()
            self._backgrounds[self._still] = self._agg.copy_from_bbox(self.figure.bbox)
        renderer = self._agg.get_renderer()
        for artist in sorted(self._moving, key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)
        return png_bytes(np.asarray(self._agg.buffer_rgba())[..., :3])


def png_bytes(pixels: NDArray[np.uint8]) -> bytes:
    """Return an 8-bit RGB image, shape (height, width, 3), as PNG (https://www.w3.org/TR/png-3/).

    Rows go in unfiltered and lightly compressed: for line drawings that is twice as fast as the usual encoder and no
    larger, and a moved slider waits for this. Raises ValueError for another shape.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        raise ValueError(f"An RGB image has the shape (height, width, 3) and 8 bits; this one has {pixels.shape}.")
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with its filter type, 0
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
