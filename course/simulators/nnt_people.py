"""Simulator: a treatment's effect as a hundred people, and why one odds ratio means different numbers of them."""

import math
import re
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from course import evidence
from course.models.checks import one_of, within
from course.models.trial import Estimate, number_needed, risk_difference, share_from_odds_ratio
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_PEOPLE = 100
_BASES, _RATIOS = (1.0, 90.0), (0.5, 8.0)
_ASKED_BASE, _ASKED = 30.0, "contingency management, end of treatment"
_OWN = "your own"
# Sources whose rows hold an odds ratio; where it starts from is the slider's matter.
_ODDS = {_ASKED: "tx-cm-cra-or", "contingency management, up to a year later": "tx-cm-long-term-or"}
# Sources whose rows hold a share in each arm: treated, control.
_ARMS = {
    "naltrexone-bupropion, both stages": ("tx-adapt2-active", "tx-adapt2-placebo"),
    "naltrexone-bupropion, stage 1": ("tx-adapt2-stage-1-active", "tx-adapt2-stage-1-placebo"),
}
_SOURCES = (*_ODDS, *_ARMS, _OWN)
_GRID = np.linspace(0.0, 1.0, 101)
_PREDICTION = NumberPrediction(example=30, unit="people more of 100", low=0, high=70)


def draw(
    source: str = _ASKED, base_percent: float = _ASKED_BASE, odds_ratio: float = 2.0, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `source`: a treatment by the ledger's rows, or "your own". `base_percent`: how many of 100 have the outcome anyway,
    1 to 90; rests where the ledger holds both arms. `odds_ratio`: 0.5 to 8, for "your own" alone. `prediction`: how
    many more of 100 are abstinent with the first source's odds ratio where 30 would be anyway.
    Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(source, base_percent, odds_ratio)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many more of 100 people are abstinent, where 30 would be anyway.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="nnt-people",
        title="One hundred people, with and without a treatment",
        controls=[
            Choice("source", "Treatment", _ASKED, {source: source for source in _SOURCES}),
            Range("base_percent", "Would have the outcome anyway", _ASKED_BASE, *_BASES, 1, "of 100 people"),
            Range("odds_ratio", "Odds ratio, for your own", 2.0, *_RATIOS, 0.1, "(no unit)", decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Effect:
    """Shares with the outcome in both arms (0 to 1), the interval of their difference if known, and where from."""

    control: float
    treated: float
    interval: tuple[float, float] | None
    outcome: str
    basis: str

    @property
    def difference(self) -> float:
        return self.treated - self.control

    @property
    def odds_ratio(self) -> float:
        return self.treated / (1.0 - self.treated) / (self.control / (1.0 - self.control))


def _effect(source: str, base: float, odds_ratio: float) -> _Effect:
    if source in _ODDS:
        row = evidence.claim(_ODDS[source])
        if row.teach_low is None or row.teach_high is None:
            raise ValueError(f'The claim "{row.id}" has no interval to draw.')
        treated, low, high = share_from_odds_ratio(base, [evidence.value(row.id), row.teach_low, row.teach_high])
        basis = f"{row.sources[0].short}: {evidence.shown_value(row)}; {row.population}; the starting point is yours"
        return _Effect(base, float(treated), (float(low) - base, float(high) - base), "abstinence", basis)
    if source in _ARMS:
        return _arms(*_ARMS[source])
    treated = share_from_odds_ratio(base, odds_ratio)
    return _Effect(base, float(treated), None, "the outcome", f"made up: odds ratio {odds_ratio:g}")


def _arms(active: str, placebo: str) -> _Effect:
    """Return the effect of two arms; from their counts, with an interval, where the ledger's units hold them."""
    counts = [re.search(r"(\d+) of (\d+)", evidence.claim(arm).teach_unit) for arm in (active, placebo)]
    basis = f"{evidence.claim(active).sources[0].short}: {evidence.claim(active).population}"
    outcome = "a response (at least three of four urine samples negative)"
    if counts[0] and counts[1]:
        a, n1, c, n0 = (int(number) for found in counts if found for number in found.groups())
        gap = risk_difference(a, n1, c, n0)
        return _Effect(c / n0, a / n1, (gap.low, gap.high), outcome, f"{basis}; {a} of {n1} against {c} of {n0}")
    control, treated = (evidence.value(arm) / 100.0 for arm in (placebo, active))
    return _Effect(
        control, treated, None, outcome, f"{basis}; a weighted mean of two stages, without an interval in the ledger"
    )


class _Drawing:
    """The figure, laid out once; `picture` moves its marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.8, 5.6)
        with self.canvas.styled():
            people, extra = self.canvas.figure.subplots(1, 2, width_ratios=[1.15, 1.0])
            self._lay_out_people(people)
            self._lay_out_extra(extra)
        self.canvas.settle()

    def _lay_out_people(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("HUMAN · 100 people treated", pad=80)
        axes.set(xlim=(-0.6, 9.6), ylim=(9.6, -0.6), xticks=[], yticks=[], aspect="equal")
        axes.set_anchor("NW")
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        blue, green, orange = (SERIES[name].colour for name in ("first", "third", "second"))
        looks = {
            "anyway": ("o", blue, blue),
            "because": ("^", green, green),
            "lost": ("X", orange, orange),
            "not": ("o", "white", COLOURS["quiet"]),
        }
        self.marks = {
            key: moving(
                axes.plot([], [], marker, markerfacecolor=fill, color=edge, markersize=11 if key != "not" else 8,
                          linestyle="none")[0]
            )
            for key, (marker, fill, edge) in looks.items()
        }  # fmt: skip
        keys = (("anyway", 1.25), ("because", 1.16), ("not", 1.07))
        self.key_marks, self.key_texts = {}, {}
        for key, height in keys:
            self.key_marks[key] = moving(
                axes.plot([0.02], [height], "o", transform=axes.transAxes, clip_on=False, markersize=10)[0]
            )
            self.key_texts[key] = moving(axes.text(0.07, height, "", transform=axes.transAxes, va="center"))

    def _lay_out_extra(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · other starting points", pad=80)
        axes.set(xlim=(0, 100), ylim=(-52, 92), xlabel="Would have it anyway (of 100)", ylabel="More of 100 (or fewer)")
        axes.set_xticks(range(0, 101, 20))
        axes.set_yticks(range(-40, 81, 20))
        axes.axhline(0, color=COLOURS["quiet"], linewidth=0.9)
        blue = SERIES["first"].colour
        self.curve = moving(axes.plot([], [], color=blue, label="same odds ratio")[0])
        self.naive = moving(
            axes.plot(
                [], [], color=COLOURS["quiet"], linestyle="dashed", linewidth=1.5, label="if it were a risk ratio"
            )[0]
        )
        self.interval = moving(
            axes.plot([], [], color=SERIES["third"].colour, linewidth=1.8, marker="_", markersize=9)[0]
        )
        self.here = moving(axes.plot([], [], "^", color=SERIES["third"].colour, markersize=11, label="this treatment",
                                     linestyle="none")[0])  # fmt: skip
        if self.prediction is not None:
            look = SERIES["prediction"]
            moving(
                axes.plot([_ASKED_BASE], [self.prediction], look.marker, color=look.colour, markersize=9, zorder=6,
                          markeredgecolor="white", linestyle="none", label=f"you: {self.prediction:g} more")[0]
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, borderaxespad=0, fontsize=10.5,
                    handlelength=2.0, handletextpad=0.5, labelspacing=0.35)  # fmt: skip

    def picture(self, source: str, base_percent: float, odds_ratio: float) -> Picture:
        """Return the picture of one treatment."""
        one_of("source", source, _SOURCES)
        for name, given, (low, high) in (("base_percent", base_percent, _BASES), ("odds_ratio", odds_ratio, _RATIOS)):
            within(name, given, low, high)
        effect = _effect(source, base_percent / 100.0, odds_ratio)
        counts = _whole_people(effect)
        self._move_people(effect, counts)
        self._move_extra(effect)
        return self._describe(source, base_percent, effect, counts)

    def _move_people(self, effect: _Effect, counts: dict[str, int]) -> None:
        start = 0
        for key, mark in self.marks.items():
            place = np.arange(start, start + counts[key])
            mark.set_data(place % 10, place // 10)
            start += counts[key]
        changed = "because" if effect.difference >= 0.0 else "lost"
        texts = {
            "anyway": f"{counts['anyway']} have the outcome either way",
            "because": f"{counts[changed]} more, because of it"
            if changed == "because"
            else f"{counts[changed]} fewer, because of it",
            "not": f"{counts['not']} do not have it, treated or not",
        }
        for key, text in texts.items():
            look = self.marks[changed if key == "because" else key]
            self.key_marks[key].set_marker(look.get_marker())
            self.key_marks[key].set(markerfacecolor=look.get_markerfacecolor(), color=look.get_color())
            self.key_texts[key].set_text(text)

    def _move_extra(self, effect: _Effect) -> None:
        base, gap = 100.0 * effect.control, 100.0 * effect.difference
        self.curve.set_data(100.0 * _GRID, 100.0 * (share_from_odds_ratio(_GRID, effect.odds_ratio) - _GRID))
        naive = np.minimum(1.0, effect.odds_ratio * _GRID) - _GRID
        self.naive.set_data(100.0 * _GRID, 100.0 * naive)
        self.here.set_data([base], [gap])
        ends = effect.interval
        self.interval.set_data(*(([base, base], [100.0 * ends[0], 100.0 * ends[1]]) if ends else ([], [])))

    def _describe(self, source: str, base_percent: float, effect: _Effect, counts: dict[str, int]) -> Picture:
        more = effect.difference >= 0.0
        word = "more" if more else "fewer"
        changed = (
            f"{counts['because']} triangles have it because of the treatment"
            if more
            else f"{counts['lost']} crosses lose it because of the treatment"
        )
        compared = ""
        if self.prediction is not None:
            answer = 100.0 * _effect(_ASKED, _ASKED_BASE / 100.0, 1.0).difference
            off = self.prediction - answer
            verdict = "close" if abs(off) <= 3 else f"{abs(off):.0f} too {'many' if off > 0 else 'few'}"
            compared = (
                f" You predicted {self.prediction:g} more of 100 for contingency management at the end of treatment, "
                f"where {_ASKED_BASE:g} would be abstinent anyway: it is {answer:.1f}, so your prediction was "
                f"{verdict}."
            )
        interval = (
            f" (95 % interval {_signed(effect.interval[0])} to {_signed(effect.interval[1])})"
            if effect.interval
            else ""
        )
        rests = "" if source in (*_ODDS, _OWN) else " Both sliders rest: the ledger holds both arms."
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots, human. Left, 100 people treated ({source}): {counts['anyway']} filled circles have the "
                f"outcome either way, {changed}, {counts['not']} open circles do not have it. Right, a model: how many "
                f"{word} of 100 for the same odds ratio, {effect.odds_ratio:.2f}, against how many would have it "
                f"anyway; at {100 * effect.control:.1f} it is {_signed(effect.difference)}."
            ),
            caption=(
                f"{effect.basis}. The outcome is {effect.outcome}. People are rounded to whole ones. Groups of people "
                "in trials: none of these trials was made for people with both diagnoses, and no picture says who of "
                "the hundred a person would be."
            ),
            species="Human, groups of people" if source != _OWN else "Model, human groups",
            table=_table(effect),
            reading=(
                f"Human, {source}. Of 100 people {100 * effect.control:.1f} would have the outcome anyway and "
                f"{100 * effect.treated:.1f} have it with treatment: {_signed(effect.difference)} of 100{interval}. In "
                f"relative terms that is {effect.treated / effect.control:.2f} times, with an odds ratio of "
                f"{effect.odds_ratio:.2f}; {100 - 100 * effect.treated:.0f} of 100 treated do not have it. "
                f"{_needed(effect)}{rests}{compared}"
            ),
        )


def _whole_people(effect: _Effect) -> dict[str, int]:
    """Return how many of 100 whole people are of each kind; the difference is rounded, since it is the message."""
    shares = (min(effect.control, effect.treated), abs(effect.difference))
    anyway, changed = (math.floor(_PEOPLE * share + 0.5) for share in shares)
    kind = "because" if effect.difference >= 0.0 else "lost"
    return {"anyway": anyway, "because": 0, "lost": 0, "not": _PEOPLE - anyway - changed} | {kind: changed}


def _signed(share: float) -> str:
    return f"{100.0 * share:+.1f}".replace("-", "−")


def _needed(effect: _Effect) -> str:
    """Return the number needed to treat as a sentence."""
    low, high = effect.interval or (effect.difference, effect.difference)
    found = number_needed(Estimate(effect.difference, low, high))
    if math.isinf(found.value):
        return "No difference: no number of people is large enough."
    word = "more" if effect.difference > 0.0 else "fewer"
    sentence = f"Number needed to treat for one {word}: {found.value:.1f}"
    if not effect.interval:
        return sentence + "."
    if math.isinf(found.high):
        return f"{sentence}; from {found.low:.1f} upwards without end, since the interval holds no difference."
    return f"{sentence} (95 % interval {found.low:.1f} to {found.high:.1f})."


def _table(effect: _Effect) -> Table:
    rows = [
        ("this treatment", f"{100 * effect.control:.1f}", f"{100 * effect.treated:.1f}", _signed(effect.difference))
    ]
    for base in (0.05, 0.1, 0.3, 0.5, 0.6, 0.9):
        treated = float(share_from_odds_ratio(base, effect.odds_ratio))
        rows.append(("same odds ratio", f"{100 * base:.0f}", f"{100 * treated:.1f}", _signed(treated - base)))
    return Table(("What", "Anyway (of 100)", "Treated (of 100)", "Difference (of 100)"), tuple(rows))
