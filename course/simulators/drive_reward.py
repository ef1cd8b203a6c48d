"""Simulator: what a dose is worth when reward is the way back to a set point; relief and what goes beyond it."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from course import evidence
from course.models.checks import Array, within
from course.models.drive_reduction import USUAL_P, drive, drive_reward, parts
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_POWERS = {1.0: "1 (straight)", USUAL_P: "4/3", 2.0: "2", 3.0: "3"}
_LIMITS = {"deficit": (0.0, 4.0), "effect": (0.0, 6.0), "distress": (0.0, 3.0)}
_MOST = 7  # the largest deficit, distress included
_ASKED_EFFECT, _ASKED_DEFICITS = 1.0, (1.0, 4.0)
_TOPS, _BOTTOMS = (3.0, 8.0, 20.0, 60.0, 150.0, 450.0), (-1.5, -4.0, -12.0, -40.0, -100.0, -230.0)
_FINE = np.linspace(0.0, _MOST, 141)
_BARS = np.arange(_MOST + 1.0)
_STATES = np.linspace(-_MOST - 0.3, _LIMITS["effect"][1] + 0.3, 273)
_PREDICTION = NumberPrediction(example=1, unit="times the reward", low=0, high=10)
_SPECIES = "Model, nobody measured (rat or human)"


def draw(
    deficit: float = 1.0, effect: float = 1.0, distress: float = 0.0, p: float = USUAL_P, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings, all in arbitrary units.

    `deficit`: how far the state lies below the set point, 0 to 4. `effect`: how far the dose moves the state up, 0 to
    6. `distress`: a hypothetical baseline distress that adds to the deficit, 0 to 3. `p`: curvature of the drive, 1,
    4/3, 2 or 3. `prediction`: how many times as rewarding a dose of effect 1 is at a deficit of 4 as at a deficit of 1,
    p = 4/3. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(deficit, effect, distress, p)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many times as rewarding one dose is at a deficit of 4 as at one of 1.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="drive-reward",
        title="Reward as the way back to a set point",
        controls=[
            Range("deficit", "Deficit", 1, *_LIMITS["deficit"], 0.5, "units", decimals=1),
            Range("effect", "Effect K of the dose", _ASKED_EFFECT, *_LIMITS["effect"], 0.5, "units", decimals=1),
            Range("distress", "Baseline distress (hypothetical)", 0, *_LIMITS["distress"], 0.5, "units", decimals=1),
            Steps("p", "Curvature p of the drive", USUAL_P, tuple(_POWERS), tuple(_POWERS.values())),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> float:
    """Return how many times as rewarding the asked dose is at the larger of the two deficits."""
    low, high = drive_reward([-deficit for deficit in _ASKED_DEFICITS], 0.0, _ASKED_EFFECT, USUAL_P)
    return float(high / low)


class _Drawing:
    """The figure, laid out once; `picture` moves lines, bars and marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.scale = (0.0, 0.0, 0.0)
        self.canvas = Canvas(7.8, 4.8)
        with self.canvas.styled():
            self.left, self.right = self.canvas.figure.subplots(1, 2)
            self._lay_out_drive(self.left)
            self._lay_out_deficits(self.right)
        self.canvas.settle()

    def _lay_out_drive(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · this dose", pad=50)
        axes.set(xlim=(_STATES[0], _STATES[-1]), ylim=(0, _TOPS[-1]), xlabel="State (units; 0: set point)",
                 ylabel="Drive (units)")  # fmt: skip
        axes.set_xticks(range(-6, 7, 2), [f"{x}".replace("-", "−") for x in range(-6, 7, 2)])
        axes.axvline(0, color=COLOURS["quiet"], linewidth=1.2, linestyle="dotted")
        self.curve = moving(axes.plot([], [], color=COLOURS["quiet"], linewidth=1.4)[0])
        self.relief = moving(
            axes.plot([], [], color=SERIES["first"].colour, linewidth=5, label="relief", solid_capstyle="butt")[0]
        )
        self.beyond = moving(
            axes.plot([], [], color=SERIES["second"].colour, linewidth=5, linestyle=(0, (1, 0.6)), label="beyond")[0]
        )
        self.before = moving(
            axes.plot([], [], "o", color=COLOURS["ink"], markersize=9, label="before", zorder=5, clip_on=False)[0]
        )
        self.after = moving(
            axes.plot([], [], "s", markerfacecolor="white", color=COLOURS["ink"], markersize=9, markeredgewidth=2,
                      label="after", zorder=5, clip_on=False)[0]
        )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.09), ncols=4, frameon=False, borderaxespad=0,
                    fontsize=10, handlelength=1.2, columnspacing=0.8, handletextpad=0.4)  # fmt: skip
        self.sum = moving(axes.text(0, 1.03, "", transform=axes.transAxes, fontsize=11))

    def _lay_out_deficits(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · at other deficits", pad=50)
        axes.set(xlim=(-0.6, _MOST + 0.6), ylim=(_BOTTOMS[-1], _TOPS[-1]), xlabel="Deficit before the dose (units)",
                 ylabel="Reward (units)")  # fmt: skip
        axes.set_xticks(range(_MOST + 1))
        axes.axhline(0, color=COLOURS["quiet"], linewidth=1)
        blue, orange, green = (SERIES[name].colour for name in ("first", "second", "third"))
        self.up = [moving(bar) for bar in axes.bar(_BARS, 0, 0.6, color=blue, alpha=0.75, label="relief")]
        self.down = [
            moving(bar)
            for bar in axes.bar(_BARS, 0, 0.6, facecolor="white", edgecolor=orange, hatch="////", label="beyond")
        ]
        self.net = moving(axes.plot([], [], color=green, linestyle=SERIES["third"].dash, label="both", zorder=4)[0])
        self.here = moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=10, zorder=6, clip_on=False)[0])
        self.without = moving(
            axes.plot([], [], "o", markerfacecolor="white", color=COLOURS["ink"], markersize=10, markeredgewidth=2,
                      zorder=6, clip_on=False)[0]
        )  # fmt: skip
        self.guess = None
        if self.prediction is not None:
            look = SERIES["prediction"]
            self.guess = moving(
                axes.plot([], [], look.marker, color=look.colour, markersize=10, zorder=7, clip_on=False)[0]
            )
            self.guess_text = moving(
                axes.text(0, 0, f"you: × {self.prediction:g}", color=look.colour, fontsize=11, zorder=8, va="center",
                          path_effects=[withStroke(linewidth=4, foreground="white")])
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.09), ncols=4, frameon=False, borderaxespad=0,
                    fontsize=10, handlelength=1.5, columnspacing=0.7, handletextpad=0.4)  # fmt: skip
        self.who = moving(axes.text(0, 1.03, "", transform=axes.transAxes, fontsize=11))

    def picture(self, deficit: float, effect: float, distress: float, p: float) -> Picture:
        """Return the picture of one dose at one deficit, and of the same dose at others."""
        given = {"deficit": deficit, "effect": effect, "distress": distress}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        if p not in _POWERS:
            raise ValueError("p must be 1, 4/3, 2 or 3.")
        whole = deficit + distress
        net = drive_reward(-_FINE, 0.0, effect, p)
        bars = parts(-_BARS, 0.0, effect, p)
        start, end = float(drive(-whole, 0.0, p)), float(drive(effect - whole, 0.0, p))
        asked = effect == _ASKED_EFFECT and p == USUAL_P  # the prediction was made for these two
        guess = (self.prediction or 0.0) * float(drive_reward(-_ASKED_DEFICITS[0], 0.0, effect, p)) if asked else 0.0
        self._scale(max(start, end), max(float(bars.relief.max()), guess), float(min(bars.beyond.min(), net.min())))
        self._move_drive(whole, effect, p)
        self.net.set_data(_FINE, net)
        for up, down, relief, beyond in zip(self.up, self.down, bars.relief, bars.beyond, strict=True):
            up.set_height(relief)
            down.set_height(beyond)
            down.set_visible(beyond < 0)  # else its edge would lie on the zero line
        reward = start - end
        plain = float(drive_reward(-deficit, 0.0, effect, p))
        self.here.set_data([whole], [reward])
        self.without.set_data([deficit], [plain])
        self.without.set_visible(distress > 0)
        self.sum.set_text(f"drive {start:.2f} → {end:.2f}: reward {_number(reward)}")
        self.who.set_text("● this deficit" if distress == 0 else "○ without, ● with hypothetical distress")
        if self.guess is not None:
            self.guess.set_data([_ASKED_DEFICITS[1]], [guess])
            self.guess_text.set_position((_ASKED_DEFICITS[1] + 0.35, guess))
            for mark in (self.guess, self.guess_text):
                mark.set_visible(asked)
        return self._describe(deficit, effect, distress, p, plain, reward, bars.relief + bars.beyond)

    def _move_drive(self, whole: float, effect: float, p: float) -> None:
        turn = min(max(0.0, -whole), effect - whole)
        self.curve.set_data(_STATES, drive(_STATES, 0.0, p))
        for line, low, high in ((self.relief, -whole, turn), (self.beyond, turn, effect - whole)):
            way = np.linspace(low, high, 40) if high > low else np.array([])
            line.set_data(way, drive(way, 0.0, p))
        self.before.set_data([-whole], [drive(-whole, 0.0, p)])
        self.after.set_data([effect - whole], [drive(effect - whole, 0.0, p)])

    def _scale(self, drive_top: float, top: float, bottom: float) -> None:
        """Give both plots the smallest of a few heights that holds what they show."""
        scale = (
            next(edge for edge in _TOPS if drive_top <= 0.85 * edge),
            next(edge for edge in _TOPS if top <= 0.97 * edge),
            next(edge for edge in _BOTTOMS if bottom >= 0.97 * edge),
        )
        if scale != self.scale:
            self.scale = scale
            self.left.set_ylim(0, scale[0])
            self.right.set_ylim(scale[2], scale[1])
            self.canvas.refresh(scale)

    def _describe(
        self, deficit: float, effect: float, distress: float, p: float, plain: float, reward: float, others: Array
    ) -> Picture:
        whole = deficit + distress
        found = parts(-whole, 0.0, effect, p)
        distressed = f" of which {distress:g} hypothetical distress," if distress else ""
        source = evidence.claim("drive-reduction-theory").sources[0].short
        listed = ", ".join(f"{_number(value)} at {n}" for n, value in enumerate(others))
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots of a model (rat or human, nobody measured), arbitrary units. Left, drive against state "
                f"minus set point, a valley with its floor at 0; a dose of effect {effect:g} starts {whole:g} below "
                f"the set point,{distressed} and ends {_place(effect - whole)}. Right, bars of the reward of the same "
                f"dose by deficit, relief up and the part beyond the set point down; both together: {listed}."
            ),
            caption=(
                f"Reward is drive before minus drive after, in a theory of needs such as water ({source}). That "
                "distress is such a need, and that a drug meets it, is assumed; baseline distress is hypothetical and "
                "was measured in nobody. The model has one axis: relief and euphoria are one reward at two deficits, "
                "and without a deficit no dose is worth anything."
            ),
            species=_SPECIES,
            table=_table(effect, p),
            reading=self._reading(
                deficit, effect, distress, p, plain, reward, float(found.relief), float(found.beyond)
            ),
        )

    def _reading(
        self, deficit: float, effect: float, distress: float, p: float, plain: float, reward: float, relief: float,
        beyond: float,
    ) -> str:  # fmt: skip
        extra = (
            f" Without the hypothetical distress of {distress:g} the same dose would be worth {_number(plain)}."
            if distress
            else ""
        )
        compared = ""
        if self.prediction is not None:
            answer = _answer()
            near = abs(self.prediction - answer) <= 0.05
            verdict = "as in the model" if near else f"in the model it is {answer:.2f} times"
            compared = (
                f" You predicted {self.prediction:g} times the reward for K = {_ASKED_EFFECT:g} at a deficit of "
                f"{_ASKED_DEFICITS[1]:g} instead of {_ASKED_DEFICITS[0]:g} (p = 4/3): {verdict}."
            )
        return (
            f"Deficit {deficit + distress:g}, effect K = {effect:g}, p = {_POWERS[p]}: reward {_number(reward)} "
            f"(relief {_number(relief)}, beyond the set point {_number(beyond)}). The most rewarding effect here would "
            f"be {deficit + distress:g}, the deficit itself.{extra}{compared}"
        )


def _number(value: float) -> str:
    return f"{0.0 if abs(value) < 0.005 else value:.2f}".replace("-", "−")


def _place(state: float) -> str:
    return "at it" if state == 0 else f"{abs(state):g} {'above' if state > 0 else 'below'} it"


def _table(effect: float, p: float) -> Table:
    found = parts(-_BARS, 0.0, effect, p)
    rows = tuple(
        (f"{deficit:g}", _number(relief), _number(beyond), _number(relief + beyond))
        for deficit, relief, beyond in zip(_BARS, found.relief, found.beyond, strict=True)
    )
    return Table(("Deficit (units)", "Relief", "Beyond the set point", "Reward"), rows)
