"""Simulator: 10,000 people drawn, and why "how many with A have B" is not "how many with B have A"."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from course import evidence
from course.models.bayes import Counts, natural_frequencies
from course.models.checks import within
from course.models.proportion import wilson_interval
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_STUDY = "bpd-in-ma-psychosis"
_PEOPLE, _ROWS = 10_000, 50
_ASKED_PSYCHOSIS = 0.2  # assumed: how many people ever had such a psychosis nobody has counted
_LIMITS = {"psychosis_percent": (0.1, 2.0), "bpd_percent": (1.5, 10.0), "bpd_in_psychosis_percent": (0.0, 70.0)}
_GROUP_ROWS, _LEFT, _RIGHT = 20, 18, 51  # rows of the groups drawn person by person, and columns there is room for
_PREDICTION = NumberPrediction(example=20, unit="per cent", low=0, high=100)
_SPECIES = "Human, groups of people"
_CAPTION = (
    "One mark is one person; both groups below are taken out of the crowd above. The share with BPD was counted among "
    "inpatients with methamphetamine-induced psychosis in one city, and BPD in a survey of adults in another "
    "country; how common such a psychosis is among all people is assumed. Shares of groups, which say nothing about "
    "one person and nothing about causes."
)


def draw(
    psychosis_percent: float = _ASKED_PSYCHOSIS,
    bpd_percent: float | None = None,
    bpd_in_psychosis_percent: float | None = None,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `psychosis_percent`: how many of all people have had methamphetamine-induced psychosis, 0.1 to 2. `bpd_percent`: how
    many of all people have BPD, 1.5 to 10 (default: the ledger's). `bpd_in_psychosis_percent`: how many people with
    such a psychosis have BPD, 0 to 70 (default: the ledger's). `prediction`: how many per cent of people with BPD have
    had such a psychosis, at the defaults. Raises ValueError for impossible settings.
    """
    bpd, share = _published()
    return _Drawing(_PREDICTION.read(prediction)).picture(
        psychosis_percent,
        bpd if bpd_percent is None else bpd_percent,
        share if bpd_in_psychosis_percent is None else bpd_in_psychosis_percent,
    )


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many per cent of people with BPD have had such a psychosis.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    bpd, share = _published()
    return simulator(
        name="natural-frequencies",
        title="The same people in two groups",
        controls=[
            Range("psychosis_percent", "Had MA psychosis (assumed)", _ASKED_PSYCHOSIS, 0.1, 2, 0.1, "% of all people",
                  decimals=1),
            Range("bpd_percent", "Have BPD", bpd, 1.5, 10, 0.1, "% of all people", decimals=1),
            Range("bpd_in_psychosis_percent", "Of people with MA psychosis, have BPD", share, 0, 70, 0.5, "%",
                  decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


def _published() -> tuple[float, float]:
    """Return per cent of all people with BPD, and per cent with BPD among people with MA psychosis, from the ledger."""
    return evidence.value("bpd-prevalence-nesarc"), evidence.value(_STUDY)


def _count(psychosis_percent: float, bpd_percent: float, bpd_in_psychosis_percent: float) -> Counts:
    """Return people of the crowd: A is MA psychosis, B is BPD."""
    return natural_frequencies(
        _PEOPLE, bpd_in_psychosis_percent / 100.0, psychosis_percent / 100.0, bpd_percent / 100.0
    )


def _crowd(psychosis: int, bpd: int, both: int) -> NDArray[np.uint8]:
    """Return the crowd as an image, column by column: psychosis alone, both, BPD alone, everybody else."""
    colours = ((COLOURS["blue"], psychosis - both), (COLOURS["ink"], both), (COLOURS["orange"], bpd - both))
    people = np.full((_PEOPLE, 3), 222, np.uint8)
    start = 0
    for colour, count in colours:
        people[start : start + count] = np.round(255.0 * np.array(to_rgb(colour)))
        start += count
    squares = people.reshape(_PEOPLE // _ROWS, _ROWS, 3).transpose(1, 0, 2)
    image = np.full((5 * _ROWS, 5 * (_PEOPLE // _ROWS), 3), 255, np.uint8)
    for row in range(4):
        for column in range(4):
            image[row::5, column::5] = squares
    return image


class _Drawing:
    """The figure, laid out once; `picture` changes who is marked."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(8.0, 6.6)
        with self.canvas.styled():
            grid = self.canvas.figure.add_gridspec(3, 2, width_ratios=[_LEFT, _RIGHT], height_ratios=[1.75, 2.35, 0.8])
            self._lay_out_crowd(self.canvas.figure.add_subplot(grid[0, :]))
            self.groups = {
                name: self._lay_out_group(self.canvas.figure.add_subplot(grid[1, column]), columns, colour)
                for column, (name, columns, colour) in enumerate(
                    (("psychosis", _LEFT, COLOURS["blue"]), ("bpd", _RIGHT, COLOURS["orange"]))
                )
            }
            self._lay_out_shares(self.canvas.figure.add_subplot(grid[2, :]))
        self.canvas.settle()

    def _lay_out_crowd(self, axes: Axes) -> None:
        axes.set_title(f"HUMAN · {_PEOPLE:,} people", pad=24)
        axes.axis("off")
        image = _crowd(0, 0, 0)
        # Each place of the image is one pixel of it, so that the squares keep their gaps.
        self.crowd = self.canvas.moving(
            axes.imshow(image, aspect="auto", interpolation="antialiased", extent=(0, 200, _ROWS, 0))
        )
        self.key = [
            self.canvas.moving(axes.text(x, -2.5, "", fontsize=10, color=colour, va="bottom"))
            for x, colour in ((0, COLOURS["blue"]), (57, COLOURS["ink"]), (92, COLOURS["orange"]), (145, "#5c5c5c"))
        ]

    def _lay_out_group(self, axes: Axes, columns: int, colour: str) -> tuple[Line2D, Line2D, Text]:
        axes.set(xlim=(-0.8, columns - 0.2), ylim=(_GROUP_ROWS - 0.3, -0.9))
        axes.axis("off")
        axes.set_title(" \n ", fontsize=11)  # keeps two lines free
        moving = self.canvas.moving
        hollow = moving(
            axes.plot(
                [],
                [],
                "o",
                markersize=5.2,
                markerfacecolor="none",
                markeredgecolor=colour,
                markeredgewidth=1.1,
                clip_on=False,
            )[0]
        )
        full = moving(
            axes.plot(
                [],
                [],
                "o",
                markersize=6.4,
                markerfacecolor=COLOURS["ink"],
                markeredgecolor=COLOURS["ink"],
                clip_on=False,
            )[0]
        )
        text = moving(axes.text(-0.6, -1.6, "", fontsize=10.5, fontweight="bold", va="bottom", color=colour))
        return hollow, full, text  # fmt: skip

    def _lay_out_shares(self, axes: Axes) -> None:
        rows = ["BPD among MA psychosis", "MA psychosis among BPD"] + ["your prediction"] * (
            self.prediction is not None
        )
        # The names of the rows stand within the axes, where they take no room from the crowd above.
        axes.set(xlim=(-36, 108), ylim=(2.6, -0.6), yticks=[], xlabel="per cent of the group")
        axes.set_xticks(range(0, 101, 20))
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_bounds(0, 100)
        for y, name in enumerate(rows):
            axes.text(-1, y, name, ha="right", va="center", fontsize=10.5)
        moving = self.canvas.moving
        self.shares = {
            name: moving(Rectangle((0, y - 0.32), 0, 0.64, facecolor=colour))
            for name, y, colour in (("psychosis", 0, COLOURS["blue"]), ("bpd", 1, COLOURS["orange"]))
        }
        self.share_texts = {
            name: moving(axes.text(0, y, "", fontsize=10.5, va="center", color=colour, fontweight="bold"))
            for name, y, colour in (("psychosis", 0, COLOURS["blue"]), ("bpd", 1, COLOURS["orange"]))
        }
        for bar in self.shares.values():
            axes.add_patch(bar)
        if self.prediction is None:
            return
        style, right = SERIES["prediction"], self.prediction < 80
        axes.plot([self.prediction], [2], style.marker, color=style.colour, markersize=9, clip_on=False)
        axes.annotate(f"{self.prediction:g} %", (self.prediction, 2), xytext=(9 if right else -9, 0),
                      textcoords="offset points", va="center", ha="left" if right else "right", fontsize=10.5,
                      color=style.colour)  # fmt: skip

    def picture(self, psychosis_percent: float, bpd_percent: float, bpd_in_psychosis_percent: float) -> Picture:
        """Return the picture of one crowd."""
        given = {
            "psychosis_percent": psychosis_percent, "bpd_percent": bpd_percent,
            "bpd_in_psychosis_percent": bpd_in_psychosis_percent,
        }  # fmt: skip
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        counts = _count(**given)
        psychosis, bpd, both = round(counts.a), round(counts.b), round(counts.both)
        self.crowd.set_data(_crowd(psychosis, bpd, both))
        neither = _PEOPLE - psychosis - bpd + both
        words = (f"MA psychosis alone: {psychosis - both}", f"both: {both}", f"BPD alone: {bpd - both}",
                 f"neither: {neither:,}")  # fmt: skip
        for text, square, word in zip(self.key, "■■■□", words, strict=True):
            text.set_text(f"{square} {word}")
        heads = {
            "psychosis": f"{psychosis} with MA psychosis\nfilled: {both} also have BPD",
            "bpd": f"{bpd} with BPD\nfilled: {both} also had MA psychosis",
        }
        for name, size in (("psychosis", psychosis), ("bpd", bpd)):
            hollow, full, text = self.groups[name]
            column, row = np.divmod(np.arange(size), _GROUP_ROWS)
            full.set_data(column[:both], row[:both])
            hollow.set_data(column[both:], row[both:])
            text.set_text(heads[name])
        shares = {"psychosis": 100.0 * counts.b_in_a, "bpd": 100.0 * counts.a_in_b}
        for name, share in shares.items():
            self.shares[name].set_width(share)
            self.share_texts[name].set(text=f"{share:.1f} %", x=share + 1.0)
        return self._describe(given, shares, (psychosis, bpd, both))

    def _describe(self, given: dict[str, float], shares: dict[str, float], drawn: tuple[int, int, int]) -> Picture:
        psychosis, bpd, both = drawn
        says = (
            f"Of {_PEOPLE:,} people {psychosis} have had MA psychosis and {bpd} have BPD; about {both} are the same "
            f"people. They are {shares['psychosis']:.1f} % of those with MA psychosis and {shares['bpd']:.1f} % of "
            f"those with BPD."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Human. Above, {_PEOPLE:,} people as small squares in four colours. Below, the {psychosis} people "
                f"with methamphetamine (MA) psychosis and the {bpd} people with BPD as circles; the {both} who have "
                f"both are filled in either group. At the foot both shares as bars from 0 to 100 per cent. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(given),
            reading=says + self._interval(given) + self._compared(),
        )

    def _interval(self, given: dict[str, float]) -> str:
        """Say how sure the published share is, as long as the slider stands on it."""
        share = _published()[1]
        if given["bpd_in_psychosis_percent"] != share:
            return ""
        people = int(evidence.claim(_STUDY).population.split()[0])
        low, high = (100.0 * float(end) for end in wilson_interval(round(share / 100.0 * people), people))
        return f" The first share was counted in {people} people: 95 % interval {low:.0f} to {high:.0f} %."

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        bpd, share = _published()
        answer = 100.0 * _count(_ASKED_PSYCHOSIS, bpd, share).a_in_b
        gap = self.prediction - answer
        verdict = "close" if abs(gap) <= 1 else f"{abs(gap):.1f} points too {'high' if gap > 0 else 'low'}"
        return (
            f" You predicted that {self.prediction:g} % of people with BPD have had MA psychosis, where "
            f"{_ASKED_PSYCHOSIS:g} % of all people have had it: it is {answer:.1f} %, so your prediction was {verdict}."
        )


def _table(given: dict[str, float]) -> Table:
    """Return both shares as MA psychosis becomes more common, all else as given."""
    rows = []
    for percent in sorted({0.1, 0.2, 0.5, 1.0, 2.0, given["psychosis_percent"]}):
        counts = _count(percent, given["bpd_percent"], given["bpd_in_psychosis_percent"])
        rows.append(
            (f"{percent:.1f}", f"{counts.a:.0f}", f"{counts.b:.0f}", f"{counts.both:.1f}", f"{100 * counts.b_in_a:.1f}",
             f"{100 * counts.a_in_b:.1f}")
        )  # fmt: skip
    columns = (
        "MA psychosis (% of all people)", f"With MA psychosis (of {_PEOPLE:,})", f"With BPD (of {_PEOPLE:,})",
        "With both (expected)", "BPD among MA psychosis (%)", "MA psychosis among BPD (%)",
    )  # fmt: skip
    return Table(columns, tuple(rows))
