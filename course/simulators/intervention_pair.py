"""Simulator: a plan of two interventions, with a hundred people, and the band that the assumed ranges leave."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from course.evidence.interventions import interventions
from course.models.checks import one_of
from course.models.plan import Band, Outcome, checked, run
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.intervention_chain import value_at
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_ASKED = ("dbt", "mbt")  # what the prediction is about, both at the strong end
_PREDICTION = NumberPrediction(example=10, unit="percentage points", low=0, high=100)
_SPECIES = "Model, human (every link and every range assumed; only the share without an intervention is measured)"
_CAPTION = (
    "Share of people who return to use within a year. Mark: at the chosen values; bar: between the ends of the assumed "
    "ranges, all four corners for both. Open mark: what adding the two single falls would promise. No study has linked "
    "one of these treatments to one of these parameters, and we found no trial of two of them together in people with "
    "BPD and methamphetamine use disorder."
)
_ROWS = ("neither", "first", "second", "both")


def draw(
    first: str = "dbt",
    first_strength: float = 50.0,
    second: str = "naltrexone-bupropion",
    second_strength: float = 50.0,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `first`, `second`: two different ids of `assets/interventions.csv`. `first_strength`, `second_strength`: where in
    the assumed range, 0 (weak end) to 100 (strong end). `prediction`: fall, in percentage points, with DBT and MBT both
    at the strong end. Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(first, first_strength, second, second_strength)


def of_plan(plan: object) -> Picture | Notice:
    """Return the picture of a plan in parameters, `{"dbt": 0.7, "nac": 0.05}`, or a sentence for what is no plan."""
    try:
        chosen = checked(plan)
    except ValueError as error:
        return Notice(str(error))
    return _Drawing(None).of(run(chosen), chosen)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: percentage points by which fewer return with DBT and MBT, strong ends.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    names = {each.id: each.name for each in interventions().values()}
    return simulator(
        name="intervention-pair",
        title="Two interventions, a hundred people",
        controls=[
            Choice("first", "First intervention", "dbt", names),
            Range("first_strength", "First: where in its range", 50, 0, 100, 5, "% of the way from weak to strong"),
            Choice("second", "Second intervention", "naltrexone-bupropion", names),
            Range("second_strength", "Second: where in its range", 50, 0, 100, 5, "% of the way from weak to strong"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> float:
    table = interventions()
    return run({name: table[name].strong for name in _ASKED}).fall("both").value


class _Drawing:
    """The figure, laid out once; `picture` moves marks and colours people."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(8.6, 4.6)
        with self.canvas.styled():
            shares, people = self.canvas.figure.subplots(1, 2, width_ratios=[1.35, 1])
            self._lay_out_shares(shares)
            self._lay_out_people(people)
        self.canvas.settle()

    def _lay_out_shares(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, HUMAN · every range ASSUMED", pad=8)
        axes.set(xlim=(20, 75), ylim=(3.75, -0.6), yticks=[], xlabel="Return to use within a year (% of people)")
        axes.spines["left"].set_visible(False)
        self.names, self.marks, self.bands = {}, {}, {}
        for row, key in enumerate(_ROWS):
            look = {"neither": COLOURS["quiet"], "both": SERIES["second"].colour}.get(key, SERIES["first"].colour)
            self.names[key] = moving(axes.text(20.3, row - 0.24, "", fontsize=11))
            self.bands[key] = moving(axes.plot([], [], color=look, linewidth=5, alpha=0.45, solid_capstyle="butt")[0])
            marker = "s" if key == "both" else "o"
            self.marks[key] = moving(axes.plot([], [], marker, color=look, markersize=9, zorder=5)[0])
        quiet = COLOURS["quiet"]
        self.adding = moving(
            axes.plot([], [], "o", color=quiet, markerfacecolor="white", markersize=9, markeredgewidth=1.8, zorder=4)[0]
        )
        self.adding_text = moving(axes.text(20.3, 3.6, "", fontsize=10.5, color=quiet))
        mine = SERIES["prediction"]
        self.guess = moving(axes.plot([], [], mine.marker, color=mine.colour, markersize=9, zorder=6)[0])
        if self.prediction is not None:
            axes.text(74.5, -0.42, f"◆ you: {self.prediction:g} points fewer\n(DBT and MBT, strong)", fontsize=10.5,
                      ha="right", va="center", color=mine.colour)  # fmt: skip

    def _lay_out_people(self, axes: Axes) -> None:
        axes.set_title("100 people, both", pad=8)
        axes.set(xlim=(-0.7, 9.7), ylim=(12.9, -0.7), xticks=[], yticks=[])
        axes.set_aspect("equal")
        for spine in axes.spines.values():
            spine.set_visible(False)
        places = np.array([(i % 10, i // 10) for i in range(100)], dtype=float)
        self.places = places
        looks = {
            "anyway": ("o", "white", COLOURS["blue"], "do not return, plan or not"),
            "because": ("D", COLOURS["green"], COLOURS["green"], "do not return with the plan"),
            "return": ("s", COLOURS["orange"], COLOURS["orange"], "return to use all the same"),
        }
        self.people, self.counts = {}, {}
        for row, (key, (marker, face, edge, words)) in enumerate(looks.items()):
            self.people[key] = self.canvas.moving(
                axes.plot([], [], marker, color=edge, markerfacecolor=face, markersize=8, linestyle="none")[0]
            )
            axes.plot([0.0], [10.4 + row], marker, color=edge, markerfacecolor=face, markersize=8, clip_on=False)
            self.counts[key] = self.canvas.moving(
                axes.text(0.6, 10.4 + row, "", va="center", fontsize=10.5, color=COLOURS["ink"])
            )
            self.counts[key].set_gid(words)

    def picture(self, first: str, first_strength: float, second: str, second_strength: float) -> Picture:
        """Return the picture of two interventions at places of their ranges."""
        table = interventions()
        for name, word in (("first", first), ("second", second)):
            one_of(name, word, tuple(table))
        if first == second:
            raise ValueError("The two interventions are the same: choose two different ones.")
        plan = {first: value_at(table[first], first_strength), second: value_at(table[second], second_strength)}
        return self.of(run(plan), plan)

    def of(self, outcome: Outcome, plan: Mapping[str, float]) -> Picture:
        """Return the picture of what a plan leads to."""
        table = interventions()
        start = outcome.neither
        bands = {"neither": Band(start, start, start), "first": outcome.first, "second": outcome.second,
                 "both": outcome.both}  # fmt: skip
        words = {"neither": "neither", "both": "both"} | {
            key: f"{table[name].name.partition(' (')[0]} ({_short(name, plan)})"
            for key, name in zip(("first", "second"), outcome.names, strict=True)
        }
        for row, (key, band) in enumerate(bands.items()):
            self.names[key].set_text(f"{words[key]}: {100 * band.value:.1f} %")
            self.marks[key].set_data([100 * band.value], [row])
            self.bands[key].set_data([100 * band.low, 100 * band.high], [row, row])
        adding = 100 * (outcome.first.value + outcome.second.value - start)
        self.adding.set_data([adding], [3.3])
        self.adding_text.set_text(f"○ if the two falls added: {adding:.1f} %")
        if self.prediction is not None:
            self.guess.set_data([100 * start - self.prediction], [3])
            self.guess.set_visible({*plan.items()} == {(name, table[name].strong) for name in _ASKED})
        self._count(100 * start, 100 * outcome.both.value)
        return self._describe(outcome, bands, words, adding)

    def _count(self, start: float, both: float) -> None:
        kept, more = 100 - round(start), round(start) - round(both)
        groups = {"anyway": (0, kept), "because": (kept, kept + more), "return": (kept + more, 100)}
        for key, (begin, end) in groups.items():
            self.people[key].set_data(*self.places[begin:end].T)
            self.counts[key].set_text(f"{end - begin} {self.counts[key].get_gid()}")

    def _describe(
        self, outcome: Outcome, bands: Mapping[str, Band], words: Mapping[str, str], adding: float
    ) -> Picture:
        fall = outcome.fall("both")
        listed = "; ".join(
            f"{words[key]} {100 * band.value:.2f} %"
            + ("" if key == "neither" else f" ({100 * band.low:.2f} to {100 * band.high:.2f})")
            for key, band in bands.items()
        )
        says = (
            f"Return to use within a year: {listed}. Both together: {fall.value:.2f} percentage points fewer, from "
            f"{fall.low:.2f} to {fall.high:.2f} over the assumed ranges. If the single falls added it would be "
            f"{100 * outcome.neither - adding:.2f}."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Dot plot of a model (human, all ranges assumed), share of people who return to use within a year in "
                f"per cent, and a hundred people as marks. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(outcome, bands, words),
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = _answer()
        gap = self.prediction - answer
        verdict = "close" if abs(gap) <= 1 else f"{abs(gap):.1f} points too {'many' if gap > 0 else 'few'}"
        return (
            f" You predicted {self.prediction:g} points fewer with DBT and MBT, both at the strong end: the chain "
            f"gives {answer:.1f}, so your prediction was {verdict}."
        )


def _short(name: str, plan: Mapping[str, float]) -> str:
    each = interventions()[name]
    return f"{each.before:g} → {plan[name]:.3g}"


def _table(outcome: Outcome, bands: Mapping[str, Band], words: Mapping[str, str]) -> Table:
    rows = []
    for key, band in bands.items():
        fall = Band(0.0, 0.0, 0.0) if key == "neither" else outcome.fall(key)
        rows.append((
            words[key], f"{100 * band.value:.2f}", f"{100 * band.low:.2f} to {100 * band.high:.2f}",
            f"{fall.value:.2f}", f"{fall.low:.2f} to {fall.high:.2f}",
        ))  # fmt: skip
    columns = ("Plan", "Return within a year (%)", "over the assumed ranges", "Fewer (percentage points)",
               "over the assumed ranges")  # fmt: skip
    return Table(columns, tuple(rows))
