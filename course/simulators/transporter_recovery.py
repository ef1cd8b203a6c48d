"""Simulator: the review's Figure 4 rebuilt: two scans of the striatum, any plateau, and the times the review gives."""

import re
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from course import evidence
from course.models import transporter_recovery as model
from course.models.checks import Array, one_of, within
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LAST = 40.0  # months
_LIMITS = {"months": (0.0, 36.0), "plateau": (85.0, 100.0)}
_CONTROLS = 100.0  # per cent of controls: what controls have
_REGIONS = {
    "caudate": "caudate (part of the striatum)",
    "putamen": "putamen (part of the striatum)",
    "orbitofrontal cortex": "orbitofrontal cortex",
    "thalamus": "thalamus",
}
_ASKED_REGION, _ASKED_MONTHS = "caudate", 36.0  # what the prediction is about
_FIRST, _SECOND, _EARLY, _CORTEX, _METABOLISM = (
    "dat-first-scan", "dat-recovery-15-months", "dat-early-recovery", "dat-ofc-region",
    "thalamus-recovers-striatum-not",
)  # fmt: skip
_LOWER = {"caudate": "dat-reduction-caudate", "putamen": "dat-reduction-putamen"}
_GAIN = {"caudate": "dat-recovery-caudate", "putamen": "dat-recovery-putamen"}
_LATE = {"caudate": "dat-abstinent-three-years", "putamen": "dat-abstinent-three-years-putamen"}
_CLAIMED = {
    "dat-recovery-15-months": "caption of Figure 4",
    "dat-recovery-24-months": "text on Figure 4",
    "dat-recovery-12-20-months": "preoccupation stage",
    "ofc-recovery-years": "introduction",
}
_ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
_MONTHS_A_WEEK = 12.0 * 7.0 / 365.25
_PREDICTION = NumberPrediction(example=95, unit="per cent of controls", low=50, high=110)
_SPECIES = "Human, PET of the striatum, groups of people"


def draw(region: str = "caudate", months: float = 14.0, plateau: float = 100.0, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `region`: "caudate" or "putamen", which were measured, "orbitofrontal cortex" or "thalamus", which were not and get
    a sentence and no curve. `months`: months of abstinence to read the curve at, 0 to 36. `plateau`: where recovery is
    assumed to end, 85 to 100 % of controls. `prediction`: transporter in the caudate after 36 months, in per cent of
    controls. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(region, months, plateau)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: transporter in the caudate after 36 months of abstinence, % of controls.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="transporter-recovery",
        title="Figure 4 rebuilt: the dopamine transporter after the last use",
        controls=[
            Choice("region", "Region of the brain", "caudate", _REGIONS),
            Range("months", "Read the curve at", 14, *_LIMITS["months"], 1, "months of abstinence"),
            Range("plateau", "Recovery is assumed to end at", 100, *_LIMITS["plateau"], 1, "% of controls"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Scans:
    """Two scans of one region: times in months (and the windows they fell into), levels in per cent of controls."""

    first: float
    first_window: tuple[float, float]
    first_level: float
    second: float
    second_window: tuple[float, float]
    second_level: float
    gain: float
    people: int
    late: float
    late_level: float
    late_people: int

    def tau(self, plateau: float) -> float | None:
        """Return the time constant in months with which a plateau fits both scans; None where none does."""
        if plateau <= self.second_level:
            return None
        return model.tau_from_two_scans(self.first, self.first_level, self.second, self.second_level, plateau)

    def allowed(self, months: float) -> tuple[float, float]:
        """Return the levels between which every curve through both scans lies, with plateaus up to that of controls."""
        return model.allowed_range(
            months, self.first, self.first_level, self.second, self.second_level, _CONTROLS
        )  # fmt: skip


def _scans(region: str) -> _Scans:
    """Return what the ledger holds on a region of the striatum. Raises ValueError where a row lacks a number."""
    first_window, second_window = _window(_FIRST), _window(_SECOND)
    first_level = _CONTROLS + evidence.value(_LOWER[region])
    gain = evidence.value(_GAIN[region])
    late = evidence.claim(_LATE[region])
    return _Scans(
        first=0.5 * sum(first_window),  # assumed: the middle of the window; the months are not in what was read
        first_window=first_window,
        first_level=first_level,
        second=evidence.value(_SECOND),
        second_window=second_window,
        second_level=float(model.after_gain(first_level, gain)),
        gain=gain,
        people=_number(evidence.claim(_GAIN[region]).population, r"(\d+) people"),
        late=12.0 * _number(late.population, r"(\d+) years"),
        late_level=_CONTROLS + evidence.value(late.id),
        late_people=_number(late.population, r"(\d+) people"),
    )


def _window(claim_id: str) -> tuple[float, float]:
    row = evidence.claim(claim_id)
    if row.teach_low is None or row.teach_high is None:
        raise ValueError(f'The claim "{claim_id}" has no lowest and highest month.')
    return row.teach_low, row.teach_high


def _number(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f'The population "{text}" names no number of people or years.')
    return int(found[1])


class _Drawing:
    """The figure, laid out once; `picture` moves points, curve and the mark of the month."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.scans = {region: _scans(region) for region in _LOWER}
        self.grid = np.linspace(self.scans[_ASKED_REGION].first, _LAST, 149)
        self.bands = {region: self._band(scans) for region, scans in self.scans.items()}
        self.canvas = Canvas(7.6, 5.8)
        with self.canvas.styled():
            top, strip = self.canvas.figure.subplots(2, height_ratios=[2.1, 1], sharex=True)
            self._lay_out_levels(top)
            self._lay_out_times(strip)
        self.canvas.settle()

    def _lay_out_levels(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("HUMAN · dopamine transporter, PET")
        axes.set(xlim=(0, _LAST), ylim=(48, 116), ylabel="% of controls")
        axes.set_yticks(range(50, 101, 10))
        axes.tick_params(axis="x", labelbottom=False)
        axes.axhline(_CONTROLS, color=COLOURS["quiet"], linewidth=1.2)
        axes.text(0.4, 100.8, "people who do not use", color=COLOURS["quiet"], va="bottom", fontsize=10.5)
        axes.text(0.4, 49.5, "grey: any curve of this kind through both scans", color=COLOURS["quiet"], fontsize=10.5)
        first, second = SERIES["first"], SERIES["second"]
        self.band = moving(axes.fill([0, 1, 1], [0, 0, 0], facecolor="#e4e4e4")[0])
        self.curve = moving(axes.plot([], [], color=first.colour, linestyle=(0, (5, 3)), linewidth=2.0)[0])
        self.windows = [
            moving(axes.plot([], [], color=first.colour, linewidth=2.2, solid_capstyle="butt")[0]) for _ in range(2)
        ]
        self.points = moving(axes.plot([], [], first.marker, color=first.colour, markersize=10, zorder=5,
                                       markerfacecolor="white", markeredgewidth=2.4)[0])  # fmt: skip
        self.point_texts = [
            moving(axes.text(0, 0, "", color=first.colour, fontsize=10.5, va="top", linespacing=1.25)) for _ in range(2)
        ]
        self.late = moving(axes.plot([], [], second.marker, color=second.colour, markersize=9, zorder=5,
                                     markerfacecolor="white", markeredgewidth=2.4)[0])  # fmt: skip
        self.late_text = moving(axes.text(0, 0, "", color=second.colour, fontsize=10.5, ha="right", va="top",
                                          linespacing=1.25))  # fmt: skip
        self.now = moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1.2, linestyle="dotted"))
        self.here = moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=7, zorder=6)[0])
        self.here_text = moving(axes.text(0, 0, "", fontweight="bold", va="bottom", zorder=6, bbox=_ON_WHITE))
        self.refusal = moving(axes.text(0.5, 0.5, "", transform=axes.transAxes, ha="center", va="center",
                                        fontsize=12.5, linespacing=1.4))  # fmt: skip
        self.guess: tuple[Line2D, ...] = ()
        if self.prediction is not None:
            style = SERIES["prediction"]
            self.guess = (
                moving(axes.plot([_ASKED_MONTHS], [self.prediction], style.marker, color=style.colour, markersize=9,
                                 zorder=7, clip_on=False)[0]),
            )  # fmt: skip
            self.guess_text = moving(
                axes.annotate(f"you: {self.prediction:g} %", (_ASKED_MONTHS, self.prediction), xytext=(-9, 0),
                              textcoords="offset points", color=style.colour, ha="right", va="center", zorder=7,
                              bbox=_ON_WHITE)
            )  # fmt: skip

    def _lay_out_times(self, axes: Axes) -> None:
        rows = len(_CLAIMED) + 1
        axes.set(xlim=(0, _LAST), ylim=(rows - 0.4, -0.6), xlabel="months of abstinence")
        axes.set_xticks(range(0, int(_LAST) + 1, 4))
        axes.set_yticks(range(rows), ["measured", *_CLAIMED.values()])
        axes.tick_params(axis="y", length=0)
        for label, number in zip(axes.get_yticklabels(), range(rows), strict=True):
            label.set_color(COLOURS["blue" if number == 0 else "orange"])
        axes.axhline(0.5, color=COLOURS["quiet"], linewidth=0.8)
        measured, claimed = COLOURS["blue"], COLOURS["orange"]
        scans = self.scans[_ASKED_REGION]
        for low, high in (scans.first_window, scans.second_window):
            axes.plot([low, high], [0, 0], color=measured, linewidth=6, solid_capstyle="butt")
        axes.plot([_weeks_in_months(), scans.late], [0, 0], "s", color=measured, markersize=7, markerfacecolor="white",
                  markeredgewidth=2, zorder=5)  # fmt: skip
        axes.text(18, 0, "bars: two scans · □ other people", va="center", fontsize=10, color=measured)
        for y, claim_id in enumerate(_CLAIMED, start=1):
            row = evidence.claim(claim_id)
            sign = evidence.BADGES[row.status]
            if row.value is not None:
                axes.plot([row.value], [y], "X", color=claimed, markersize=9)
                axes.text(row.value + 1, y, f"{row.value:g} months  {sign}", va="center", fontsize=10, color=claimed)
            elif row.low is not None and row.high is not None:
                axes.plot([row.low, row.high], [y, y], color=claimed, linewidth=6, solid_capstyle="butt")
                axes.text(row.high + 1, y, f"{row.low:g}–{row.high:g} months  {sign}", va="center", fontsize=10,
                          color=claimed)  # fmt: skip
            else:
                axes.annotate("", (_LAST, y), xytext=(24, y),
                              arrowprops={"arrowstyle": "-|>", "color": claimed, "linewidth": 2})  # fmt: skip
                axes.text(23.4, y, f"“several {row.unit}”, OFC metabolism  {sign}", va="center", ha="right",
                          fontsize=10, color=claimed)  # fmt: skip
        self.now_below = self.canvas.moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1.2, linestyle="dotted"))

    def picture(self, region: str, months: float, plateau: float) -> Picture:
        """Return the picture of one region, one month and one plateau."""
        one_of("region", region, tuple(_REGIONS))
        for name, number in (("months", months), ("plateau", plateau)):
            least, most = _LIMITS[name]
            within(name, number, least, most)
        scans = self.scans.get(region)
        for line in (self.now, self.now_below):
            line.set_xdata([months, months])
            line.set_visible(scans is not None)
        for artist in self.guess:
            artist.set_visible(region == _ASKED_REGION)  # which is what it is about
        if self.guess:
            self.guess_text.set_visible(region == _ASKED_REGION)
        refused = "" if scans else _refusal(region)
        self.refusal.set_text(fill(refused, 58))
        self._move(region, scans, months, plateau)
        what = _what(region, scans, months, plateau) if scans else refused
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots over {_LAST:g} months of abstinence, human. Above, the dopamine transporter in the "
                f"{region} in per cent of controls. {what} Below, a strip of times: what was measured, and "
                f"the four times that the review gives for one recovery: {_times_claimed()}."
            ),
            caption=(
                f"Rebuilt from the evidence ledger: {_short(_SECOND)} scanned the same people twice; the level of the "
                f"first scan is borrowed from other people ({_short(_LOWER[_ASKED_REGION])}) and stands at the middle "
                "of its window (assumed), so the levels are illustrative. Dashed: drawn, not measured. Grey: every "
                "curve of this kind through both scans. A transporter that a scan sees is neither a count of neurons "
                "nor their function."
            ),
            species=_SPECIES,
            table=self._table(region, scans, plateau),
            reading=f"{what}{self._compared()}",
        )

    def _move(self, region: str, scans: _Scans | None, months: float, plateau: float) -> None:
        self.curve.set_data([], [])
        self.here.set_data([], [])
        for text in (self.here_text, self.late_text, *self.point_texts):
            text.set_text("")
        if scans is None:
            for line in (*self.windows, self.points, self.late):
                line.set_data([], [])
            self.band.set_xy(np.zeros((3, 2)))
            return
        self.band.set_xy(self.bands[region])
        levels = ((scans.first, scans.first_level), (scans.second, scans.second_level))
        self.points.set_data([month for month, _ in levels], [at for _, at in levels])
        for window, line, (_, at) in zip((scans.first_window, scans.second_window), self.windows, levels, strict=True):
            line.set_data(window, [at, at])
        sign = evidence.BADGES[evidence.claim(_GAIN[region]).status]
        first, second = self.point_texts
        first.set_text(f"first scan, n = {scans.people}\n{scans.first_level:.1f} %, borrowed")
        first.set_position((0.4, scans.first_level - 2))
        second.set_text(f"second scan, n = {scans.people}\n+{scans.gain:g} %: {scans.second_level:.1f} %\n{sign}")
        second.set_position((scans.second + 0.5, scans.second_level - 2.5))
        self.late.set_data([scans.late], [scans.late_level])
        self.late_text.set_text(f"other people, n = {scans.late_people},\none scan: {scans.late_level:g} %")
        aside = self.prediction is not None and self.prediction < scans.late_level - 2  # a guess below takes the place
        self.late_text.set_position(
            (scans.late - 0.9, scans.late_level + 5.5) if aside else (scans.late + 3.4, scans.late_level - 2.5)
        )
        tau = scans.tau(plateau)
        if tau is None:
            return
        self.curve.set_data(self.grid, model.level(self.grid, scans.first, scans.first_level, plateau, tau))
        if months >= scans.first:
            at = float(model.level(months, scans.first, scans.first_level, plateau, tau))
            self.here.set_data([months], [at])
            self.here_text.set_text(f"{at:.1f} %")
            right = months < 30
            self.here_text.set_position((months + (0.5 if right else -0.5), 110))  # above every point and curve
            self.here_text.set_horizontalalignment("left" if right else "right")

    def _band(self, scans: _Scans) -> Array:
        """Return the outline of all curves through both scans, shape (points, 2)."""
        low, high = np.array([scans.allowed(month) for month in self.grid]).T
        return np.column_stack([[*self.grid, *self.grid[::-1]], [*low, *high[::-1]]])

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        low, high = self.scans[_ASKED_REGION].allowed(_ASKED_MONTHS)
        where = "inside" if low <= self.prediction <= high else "below" if self.prediction < low else "above"
        so = (
            "the scans cannot tell it from any other guess in there"
            if where == "inside"
            else "no such curve goes there"
        )
        return (
            f" You predicted {self.prediction:g} % for the {_ASKED_REGION} after {_ASKED_MONTHS:g} months: curves "
            f"through both scans end anywhere from {low:.1f} to {high:.1f} %. Your guess lies {where} that range: {so}."
        )

    def _table(self, region: str, scans: _Scans | None, plateau: float) -> Table:
        rows: list[tuple[str, str, str]] = []
        if scans is not None:
            (first_low, first_high), (low, high) = scans.first_window, scans.second_window
            badge = evidence.BADGES[evidence.claim(_GAIN[region]).status]
            rows += [
                ("first scan", f"{first_low:g} to {first_high:g} months, n = {scans.people}",
                 f"{scans.first_level:.1f} % of controls (level of other people)"),
                ("second scan", f"{low:g} to {high:g} months, the same people",
                 f"{scans.second_level:.1f} % of controls (+{scans.gain:g} %, {badge})"),
                ("one scan of other people", f"about {scans.late:g} months, n = {scans.late_people}",
                 f"{scans.late_level:g} % of controls"),
            ]  # fmt: skip
            for end in sorted({plateau, *(87.0, 90.0, 95.0, _CONTROLS)}):
                tau = scans.tau(end)
                fits = "no curve fits" if tau is None else f"time constant {tau:.1f} months"
                rows.append((f"if recovery ends at {end:g} %", "both scans", fits))
        early = evidence.claim(_EARLY)
        rows.append(
            (
                "one scan of other people",
                f"{evidence.value(_EARLY):g} weeks",
                f"{early.primary_value} ({early.population})",
            )
        )
        for claim_id, where in _CLAIMED.items():
            row = evidence.claim(claim_id)
            rows.append((f"the review, {where}", _claimed(row), evidence.BADGES[row.status]))
        return Table(("What", "When", "Level, or how the claim fares"), tuple(rows))


def _what(region: str, scans: _Scans, months: float, plateau: float) -> str:
    tau = scans.tau(plateau)
    if tau is None:
        return (
            f"No curve that ends at {plateau:g} % of controls can pass through the second scan of the {region}, which "
            f"lies at {scans.second_level:.1f} %: move the plateau up."
        )
    curve = (
        f"If recovery in the {region} ends at {plateau:g} % of controls, a time constant of {tau:.1f} months fits both "
        "scans exactly"
    )
    gain = f"The gain of {scans.gain:g} % between the scans is {evidence.claim(_GAIN[region]).status}."
    if months < scans.first:
        return f"{curve}. At {months:g} months nothing is drawn: it lies before the first scan. {gain}"
    low, high = scans.allowed(months)
    at = float(model.level(months, scans.first, scans.first_level, plateau, tau))
    others = f"; curves of this kind through both scans lie anywhere from {low:.1f} to {high:.1f} % there"
    return (
        f"{curve}. At {months:g} months the curve stands at {at:.1f} %, {_standing(scans, months)}"
        f"{others if high - low >= 0.05 else ''}. {gain}"
    )


def _standing(scans: _Scans, months: float) -> str:
    if months <= scans.first_window[1] or scans.second_window[0] <= months <= scans.second_window[1]:
        return f"within the months in which {scans.people} people were scanned"
    if months < scans.second_window[0]:
        return "between the scans, where nobody was scanned"
    return "later than anybody was scanned twice"


def _refusal(region: str) -> str:
    if region == "thalamus":
        low, high = _window(_METABOLISM)
        return (
            f"No curve: the transporter was measured in the striatum. What had recovered in the thalamus after {low:g} "
            f"to {high:g} months was its use of glucose, not the transporter ({_short(_METABOLISM)})."
        )
    return (
        "No curve: the transporter was measured in the striatum. A lower level in the orbitofrontal cortex has been "
        f"reported once, in a small group ({evidence.claim(_CORTEX).sources[-1].short}); no study of its recovery was "
        "found."
    )


def _short(claim_id: str) -> str:
    return evidence.claim(claim_id).sources[0].short


def _claimed(row: evidence.Claim) -> str:
    if row.value is not None:
        return f"{row.value:g} months"
    if row.low is not None and row.high is not None:
        return f"{row.low:g} to {row.high:g} months"
    return f"several {row.unit}"


def _times_claimed() -> str:
    return ", ".join(_claimed(evidence.claim(claim_id)) for claim_id in _CLAIMED)


def _weeks_in_months() -> float:
    return evidence.value(_EARLY) * _MONTHS_A_WEEK
