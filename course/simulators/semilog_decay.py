"""A still picture to read a half-life from: one intravenous dose in people, level on a logarithmic axis."""

import numpy as np

from course import evidence
from course.models.pharmacokinetics import elimination_rate_per_h, intravenous_bolus
from course.pictures import SERIES, Canvas, Picture, Table

_LAST_HOUR = 48.0
# Neither the half-life itself nor 24 h, which another exercise asks for, stands in the table.
_TABLE_HOURS = np.array([0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 30.0, 40.0, 48.0])


def draw() -> Picture:
    """Return the decay of methamphetamine after an intravenous dose (ledger `ma-half-life-iv`), unmarked."""
    rate = float(elimination_rate_per_h(evidence.value("ma-half-life-iv")))

    def percent_left(hours: np.ndarray) -> np.ndarray:
        return intravenous_bolus(hours, dose=100.0, volume=1.0, elimination_rate_per_h=rate)

    canvas = Canvas(6.0, 3.6)
    with canvas.styled():
        axes = canvas.figure.add_subplot()
        hours = np.linspace(0.0, _LAST_HOUR, 97)
        axes.semilogy(hours, percent_left(hours), color=SERIES["first"].colour)
        axes.set(xlabel="hours after the dose", ylabel="plasma level, % of the start (log axis)", xlim=(0, _LAST_HOUR))
        axes.set_xticks(range(0, 49, 4))
        axes.set_yticks([5, 10, 20, 30, 50, 70, 100], ["5", "10", "20", "30", "50", "70", "100"])
        axes.minorticks_off()
        axes.grid(color="#d0d0d0", linewidth=0.8)
        axes.set_ylim(5, 110)
    return Picture(
        png=canvas.png(),
        alt=(
            "Line plot: plasma level in per cent of the start, on a logarithmic axis from 5 to 110, against hours "
            "after the dose from 0 to 48. One straight line falls steadily from 100; its values are in the table."
        ),
        caption="Fall of a plasma level after one intravenous dose, computed from a published half-life.",
        species="Human",
        table=Table(
            ("hours after the dose", "plasma level, % of the start"),
            tuple(
                (f"{hour:g}", f"{left:.1f}")
                for hour, left in zip(_TABLE_HOURS, percent_left(_TABLE_HOURS), strict=True)
            ),
        ),
    )
