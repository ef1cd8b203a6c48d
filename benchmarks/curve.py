"""Cost of one submission against the size of the class: the light assignment, our engine with two workers."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import course
from benchmarks.assignments import draw_class, light
from benchmarks.comparison import Measured, Say
from benchmarks.engines import ENGINES, Class, grade

SIZES = (10, 30, 100, 300, 1000, 3000)
ENGINE = "ours-2"


def measure(sizes: Sequence[int], work: Path, say: Say = print) -> list[Measured]:
    """Grade a class of every size; raises on any wrong grade."""
    assignment = light()
    template = work / "curve-template"
    course.make_template(template, assignment)
    measured = []
    for size in sizes:
        folder = work / f"curve-{size}"
        timing = grade(ENGINES[ENGINE], Class(assignment, draw_class(assignment, size, seed=size), template), folder)
        shutil.rmtree(folder)
        measured.append(Measured(ENGINE, size, timing))
        say(f"curve: {size} submissions in {timing.wall_s:.1f} s, every grade right")
    return measured


@dataclass(frozen=True)
class Flatness:
    """How the cost of one submission more at the largest class compares with that at the smallest."""

    smallest_s: float
    largest_s: float

    @property
    def ratio(self) -> float:
        """1 is perfectly flat; more means that large classes cost more for each submission."""
        return self.largest_s / self.smallest_s


def flatness(measured: Sequence[Measured]) -> Flatness:
    """Start of the program left out, as it is shared by more in a larger class."""
    return Flatness(measured[0].timing.marginal_s, measured[-1].timing.marginal_s)


def plot(measured: Sequence[Measured], path: Path) -> None:
    """Draw the curve into a PNG file."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    sizes = [run.submissions for run in measured]
    fig, ax = pyplot.subplots(figsize=(7, 4), layout="constrained")
    ax.plot(sizes, [1000 * run.timing.wall_s / run.submissions for run in measured], "o-", label="start-up included")
    ax.plot(sizes, [1000 * run.timing.marginal_s for run in measured], "s--", label="start-up left out")
    ax.set(xscale="log", xlabel="submissions in the class", ylabel="ms per submission", ylim=(0, None))
    ax.set_title("autograder grade --workers 2, light assignment")
    ax.grid(alpha=0.3)
    ax.legend()
    fig.savefig(path, dpi=120, metadata={"Software": None})
    pyplot.close(fig)
