"""The review's Figure 2, rebuilt from the ledger: bands instead of bars, a status at each, and what is wrong in it."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course import evidence
from course.evidence import Claim, Status
from course.models.checks import Array
from course.models.dopamine import percent_of_to_percent_above
from course.pictures import COLOURS, Canvas, Picture, Table

_REVIEW = "ma-da-peak-nac"
_ROWS = (
    ("da-peak-food", "palatable food"),
    ("da-peak-sex", "sexual behaviour"),
    ("da-peak-ethanol", "ethanol"),
    ("da-peak-morphine", "morphine"),
    ("da-peak-nicotine", "nicotine"),
    ("da-peak-cocaine", "cocaine"),
    ("da-peak-amphetamine", "amphetamine"),
    ("da-full-substitution-range", "MA, cocaine, GBR:\nfull-substitution doses"),
    (_REVIEW, "MA, cocaine, GBR:\nhighest doses"),
)
_NOTE_AT = {"da-peak-cocaine": " ②", "da-peak-amphetamine": " ④"}
_MARKS: dict[Status, tuple[str, str]] = {
    "supported": ("✓", COLOURS["green"]),
    "imprecise": ("≈", COLOURS["blue"]),
    "conflicts": ("✗", COLOURS["orange"]),
    "unverified": ("?", COLOURS["quiet"]),
}


def draw() -> Picture:
    """Return the picture. It has no controls, and every number in it is read from the ledger."""
    rows = [(evidence.claim(claim_id), name) for claim_id, name in _ROWS]
    claimed = evidence.claim(_REVIEW).value
    if claimed is None:
        raise ValueError(f'The claim "{_REVIEW}" has lost the value the review prints.')
    canvas = Canvas(7.2, 6.4)
    with canvas.styled():
        axes = canvas.figure.subplots()
        for y, (row, _) in enumerate(rows):
            _band(axes, y, row)
        top = len(rows) - 0.45
        axes.plot([100, 100], [-0.6, top], color=COLOURS["ink"], linewidth=1)
        axes.text(100, top, "basal", ha="center", va="bottom", fontsize=11)
        # Read as "% of" the claim is one line, read as "% above" another, 100 points further right.
        axes.fill_between([claimed, claimed + 100], -0.6, top, facecolor="white", edgecolor=COLOURS["orange"],
                          hatch="....", linestyle="dashed", linewidth=1.2)  # fmt: skip
        mark, colour = _MARKS[evidence.claim(_REVIEW).status][0], COLOURS["orange"]
        axes.text(claimed + 100, top + 0.08, f"① review: {claimed:g} %, {mark} {evidence.claim(_REVIEW).status}",
                  color=colour, ha="right", va="bottom", fontsize=11, fontweight="bold")  # fmt: skip
        axes.set(xlim=(0, 1650), ylim=(-0.6, len(rows) + 0.1), xlabel="Dopamine peak (% of basal), rat ③")
        axes.set_yticks(range(len(rows)), [name for _, name in rows], fontsize=10.5)
        axes.set_xticks(range(0, 1501, 250))
        axes.tick_params(axis="y", length=0)
        above = axes.secondary_xaxis("top", functions=(percent_of_to_percent_above, _percent_of))
        above.set_xticks(range(0, 1501, 250))
        above.set_xlabel("the same, in % above basal")
    return Picture(
        png=canvas.png(),
        alt=(
            "Horizontal band plot: peak of dopamine in the nucleus accumbens of the rat in % of basal, 0 to 1650, "
            "with a second axis in % above basal. Food, sex, ethanol, morphine, nicotine, cocaine and amphetamine are "
            f"recollected bands, marked unverified, between {_unverified_span(rows)} %. One study with known doses "
            f"gives {_span(evidence.claim('da-full-substitution-range'))} % at full-substitution doses and "
            f"{_span(evidence.claim(_REVIEW))} % at the highest doses of methamphetamine, cocaine and GBR 12909 alike. "
            f"The review's {claimed:g} %, marked imprecise, lies beyond all of them."
        ),
        caption=(
            "The review's Figure 2, rebuilt as ranges. Hatched and marked “?”: recollected from a teaching slide, not "
            "yet checked against the paper. Filled: read in the source. MA: methamphetamine; GBR: GBR 12909, a pure "
            "uptake blocker."
        ),
        species="Rat, nucleus accumbens",
        table=_table(rows),
        reading=(
            f"The review says {claimed:g} % above basal for methamphetamine alone; the study that varied the dose "
            f"finds {_span(evidence.claim(_REVIEW))} % of basal for methamphetamine, cocaine and GBR 12909 alike."
        ),
        notes=(
            f"{claimed:g} is where the axis of the original figure ends, not a measured mean; and “{claimed:g} % "
            f"above” would be {claimed + 100:g} % of basal, so the claim is a band, too.",
            "No dose stands in the figure. With dose unknown, a longer bar does not mean a stronger drug: cocaine "
            "stands in three bands here, because the doses differed.",
            f"The clock is the rat's, whose half-life of methamphetamine is {_half_life('ma-half-life-rat')}; a "
            f"person's is {_half_life('ma-half-life-smoked')}. Three hours on this figure are not three human hours.",
            "Each panel comes from another experiment, and most panel values have not been checked (unverified).",
        ),
    )


def _percent_of(percent_above: ArrayLike) -> Array:
    return np.asarray(percent_above, dtype=np.float64) + 100.0


def _band(axes: Axes, y: int, row: Claim) -> None:
    low, high = _ends(row)
    mark, colour = _MARKS[row.status]
    words = f"{mark} {row.status}{_NOTE_AT.get(row.id, '')}"
    if row.id == _REVIEW:  # the ledger's verdict is about the review's number; this band is what the source says
        words, colour = "teach this instead", COLOURS["green"]
    checked = row.status != "unverified"
    axes.barh(y, high - low, left=low, height=0.56, facecolor=colour if checked else "white", edgecolor=colour,
              hatch=None if checked else "////", linestyle="solid" if checked else "dashed", linewidth=1.2)  # fmt: skip
    inside = high > 1000
    axes.annotate(words, (low if inside else high, y), xytext=(-7 if inside else 7, 0),
                  textcoords="offset points", color=colour, va="center", ha="right" if inside else "left",
                  fontsize=11)  # fmt: skip


def _table(rows: list[tuple[Claim, str]]) -> Table:
    columns = ("What", "% of basal", "% above basal", "Status", "Animal", "Source")
    cells = []
    for row, name in rows:
        low, high = _ends(row)
        above = percent_of_to_percent_above([low, high])
        cells.append(
            (name.replace("\n", " "), _span(row), f"{above[0]:g}–{above[1]:g}", row.status, row.population,
             row.primary_source)
        )  # fmt: skip
    return Table(columns, tuple(cells))


def _ends(row: Claim) -> tuple[float, float]:
    if row.teach_low is None or row.teach_high is None:
        raise ValueError(f'The claim "{row.id}" has no range to draw.')
    return row.teach_low, row.teach_high


def _unverified_span(rows: list[tuple[Claim, str]]) -> str:
    ends = [_ends(row) for row, _ in rows if row.status == "unverified"]
    return f"{min(low for low, _ in ends):g} and {max(high for _, high in ends):g}"


def _half_life(claim_id: str) -> str:
    row = evidence.claim(claim_id)
    return f"{evidence.value(claim_id):g} {row.teach_unit} ({row.status})"


def _span(row: Claim) -> str:
    low, high = _ends(row)
    return f"{low:g}–{high:g}"
