"""The exercises of the two measured assignments: task, right and wrong answers, visible and hidden checks.

They are what a first course with NumPy asks for, with plain `assert` in the checks. `SIZE` and `DRAWS` come from a
given cell: small in the light assignment, large in the heavy one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """One item. Of `right`, the first is the model solution; every one of `wrong` must fail the checks."""

    name: str
    task: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    visible: str
    hidden: str
    points: float = 2


NUMBERS = (
    Exercise(
        "standardise",
        "`standardise(x)` returns `x` shifted and scaled to mean 0 and standard deviation 1.",
        right=(
            "def standardise(x):\n    return (x - x.mean()) / x.std()",
            "def standardise(x):\n    centred = x - np.mean(x)\n    return centred / np.sqrt(np.mean(centred**2))",
        ),
        wrong=(
            "def standardise(x):\n    return x - x.mean() / x.std()",
            "def standardise(x):\n    return (x - x.mean()) / x.std(ddof=1)",
            "def standardise(x):\n    return (x - np.median(x)) / x.std()",
        ),
        visible="z = standardise(np.array([1.0, 2.0, 3.0]))\nassert abs(z.mean()) < 1e-12, 'the mean should be 0'",
        hidden=(
            "x = np.random.default_rng(1).exponential(size=SIZE)\n"
            "z = standardise(x)\n"
            "assert np.allclose(z, (x - x.mean()) / x.std())\n"
            "assert np.allclose(standardise(np.array([1.0, 2.0, 6.0])), np.array([-2, -1, 3]) / np.sqrt(14 / 3))"
        ),
    ),
    Exercise(
        "moving_average",
        "`moving_average(x, width)` returns the mean of every `width` neighbours, only where all of them exist.",
        right=(
            "def moving_average(x, width):\n    return np.convolve(x, np.ones(width) / width, mode='valid')",
            "def moving_average(x, width):\n"
            "    sums = np.cumsum(np.concatenate([[0.0], x]))\n"
            "    return (sums[width:] - sums[:-width]) / width",
        ),
        wrong=(
            "def moving_average(x, width):\n    return np.convolve(x, np.ones(width) / width, mode='same')",
            "def moving_average(x, width):\n    return np.convolve(x, np.ones(width), mode='valid')",
        ),
        visible="assert len(moving_average(np.arange(10.0), 3)) == 8, 'only where all neighbours exist'",
        hidden=(
            "assert np.allclose(moving_average(np.arange(10.0), 3), np.arange(1.0, 9.0))\n"
            "x = np.random.default_rng(2).normal(size=SIZE)\n"
            "assert np.allclose(moving_average(x, 2), (x[1:] + x[:-1]) / 2)"
        ),
    ),
    Exercise(
        "fit_line",
        "`fit_line(x, y)` returns slope and intercept of the least-squares line as a tuple of two floats.",
        right=(
            "def fit_line(x, y):\n    slope, intercept = np.polyfit(x, y, 1)\n"
            "    return float(slope), float(intercept)",
            "def fit_line(x, y):\n"
            "    slope = np.cov(x, y, bias=True)[0, 1] / np.var(x)\n"
            "    return float(slope), float(np.mean(y) - slope * np.mean(x))",
        ),
        wrong=(
            "def fit_line(x, y):\n    intercept, slope = np.polyfit(x, y, 1)\n"
            "    return float(slope), float(intercept)",
            "def fit_line(x, y):\n    return float((y[-1] - y[0]) / (x[-1] - x[0])), float(y[0])",
        ),
        visible="assert len(fit_line(np.arange(4.0), np.arange(4.0))) == 2",
        hidden=(
            "x = np.linspace(0, 5, SIZE)\n"
            "slope, intercept = fit_line(x, 3 * x - 2 + 0.1 * np.sin(40 * x))\n"
            "assert abs(slope - 3) < 0.02 and abs(intercept + 2) < 0.02\n"
            "slope, intercept = fit_line(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 3.0]))\n"
            "assert abs(slope - 1.5) < 1e-9 and abs(intercept + 0.5) < 1e-9"
        ),
    ),
    Exercise(
        "decay",
        "`decay(start, rate, dt, steps)` follows dx/dt = −rate·x with Euler's method; returns all `steps` + 1 levels.",
        right=(
            "def decay(start, rate, dt, steps):\n"
            "    levels = np.empty(steps + 1)\n"
            "    levels[0] = start\n"
            "    for k in range(steps):\n"
            "        levels[k + 1] = levels[k] - dt * rate * levels[k]\n"
            "    return levels",
            "def decay(start, rate, dt, steps):\n"
            "    levels = [start]\n"
            "    for _ in range(steps):\n"
            "        levels.append(levels[-1] * (1 - dt * rate))\n"
            "    return np.array(levels)",
        ),
        wrong=(
            "def decay(start, rate, dt, steps):\n    return start * np.exp(-rate * dt * np.arange(steps + 1))",
            "def decay(start, rate, dt, steps):\n    return start * (1 - rate) ** np.arange(steps + 1)",
            "def decay(start, rate, dt, steps):\n    return start * (1 - dt * rate) ** np.arange(steps)",
        ),
        visible="assert decay(8.0, 0.5, 1.0, 3)[0] == 8, 'the first level is the start'",
        hidden=(
            "assert np.allclose(decay(8.0, 0.5, 1.0, 3), [8, 4, 2, 1])\n"
            "n = SIZE\n"
            "assert np.allclose(decay(1.0, 2.0, 1 / n, n), (1 - 2 / n) ** np.arange(n + 1))\n"
            "assert np.allclose(decay(1.0, 2.0, 0.1, 3), [1, 0.8, 0.64, 0.512])"
        ),
    ),
    Exercise(
        "count_above",
        "`count_above(x, limit)` returns how many values of `x` lie above `limit`, as an int.",
        right=(
            "def count_above(x, limit):\n    return int(np.sum(x > limit))",
            "def count_above(x, limit):\n    return len(x[x > limit])",
        ),
        wrong=(
            "def count_above(x, limit):\n    return int(np.sum(x >= limit))",
            "def count_above(x, limit):\n    return float(np.mean(x > limit))",
        ),
        visible="assert count_above(np.array([1, 5, 9]), 4) == 2",
        hidden=(
            "assert count_above(np.array([1, 2, 2, 3]), 2) == 1, 'above, not at'\n"
            "x = np.random.default_rng(3).integers(0, 100, SIZE)\n"
            "assert count_above(x, 50) == (x > 50).sum()"
        ),
    ),
    Exercise(
        "distances",
        "`distances(points)` returns the matrix of distances between all rows of `points`.",
        right=(
            "def distances(points):\n    return np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=-1))",
            "def distances(points):\n    return np.linalg.norm(points[:, None] - points[None], axis=2)",
        ),
        wrong=(
            "def distances(points):\n    return ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=-1)",
            "def distances(points):\n    return np.abs(points[:, None, :] - points[None, :, :]).sum(axis=-1)",
        ),
        visible="assert distances(np.zeros((3, 2))).shape == (3, 3)",
        hidden=(
            "assert np.allclose(distances(np.array([[0.0, 0.0], [3.0, 4.0]])), [[0, 5], [5, 0]])\n"
            "points = np.random.default_rng(4).normal(size=(20 + SIZE // 150, 3))\n"
            "found = distances(points)\n"
            "assert np.allclose(found, found.T) and np.isclose(found[2, 7], np.linalg.norm(points[2] - points[7]))"
        ),
    ),
    Exercise(
        "bootstrap_error",
        "`bootstrap_error(x, draws, rng)` draws `draws` samples of `len(x)` from `x` with replacement, using `rng`, "
        "and returns the standard deviation of their means.",
        right=(
            "def bootstrap_error(x, draws, rng):\n"
            "    samples = rng.choice(x, size=(draws, len(x)))\n"
            "    return float(samples.mean(axis=1).std())",
            "def bootstrap_error(x, draws, rng):\n"
            "    return float(np.std([rng.choice(x, size=len(x)).mean() for _ in range(draws)]))",
        ),
        wrong=(
            "def bootstrap_error(x, draws, rng):\n    return float(rng.choice(x, size=(draws, len(x))).std())",
            "def bootstrap_error(x, draws, rng):\n"
            "    return float(np.std([rng.choice(x, size=len(x), replace=False).mean() for _ in range(draws)]))",
        ),
        visible="assert bootstrap_error(np.ones(5), 10, np.random.default_rng(0)) == 0, 'equal values have no spread'",
        hidden=(
            "x = np.random.default_rng(5).normal(size=400)\n"
            "error = bootstrap_error(x, DRAWS, np.random.default_rng(6))\n"
            "assert 0.7 < error / (x.std() / 20) < 1.3"
        ),
    ),
    Exercise(
        "strongest_frequency",
        "`strongest_frequency(signal, rate)` returns the frequency (Hz) with most power, the constant part left out.",
        right=(
            "def strongest_frequency(signal, rate):\n"
            "    power = np.abs(np.fft.rfft(signal - np.mean(signal))) ** 2\n"
            "    return float(np.fft.rfftfreq(len(signal), 1 / rate)[np.argmax(power)])",
            "def strongest_frequency(signal, rate):\n"
            "    power = np.abs(np.fft.rfft(signal))\n"
            "    power[0] = 0\n"
            "    return float(np.argmax(power) * rate / len(signal))",
        ),
        wrong=(
            "def strongest_frequency(signal, rate):\n    return float(np.argmax(np.abs(np.fft.rfft(signal))))",
            "def strongest_frequency(signal, rate):\n"
            "    power = np.abs(np.fft.rfft(signal)) ** 2\n"
            "    return float(np.fft.rfftfreq(len(signal), 1 / rate)[np.argmax(power)])",
        ),
        visible="assert strongest_frequency(np.sin(2 * np.pi * 4 * np.arange(100) / 100), 100) >= 0",
        hidden=(
            "t = np.arange(SIZE) / 50\n"
            "signal = 3 + np.sin(2 * np.pi * 5 * t) + 0.5 * np.sin(2 * np.pi * 12 * t)\n"
            "assert abs(strongest_frequency(signal, 50) - 5) < 0.3"
        ),
    ),
    Exercise(
        "steady_state",
        "`steady_state(P)` returns the probabilities that stay the same when multiplied from the left to the "
        "transition matrix `P` (rows sum to 1).",
        right=(
            "def steady_state(P):\n"
            "    n = len(P)\n"
            "    A = np.vstack([P.T - np.eye(n), np.ones(n)])\n"
            "    return np.linalg.lstsq(A, np.append(np.zeros(n), 1), rcond=None)[0]",
            "def steady_state(P):\n    return np.linalg.matrix_power(P, 2048)[0]",
        ),
        wrong=(
            "def steady_state(P):\n    return np.linalg.matrix_power(P, 2048)[:, 0]",
            "def steady_state(P):\n    return np.full(len(P), 1 / len(P))",
        ),
        visible="assert len(steady_state(np.full((3, 3), 1 / 3))) == 3",
        hidden=(
            "P = np.random.default_rng(7).random((10 + SIZE // 200, 10 + SIZE // 200)) ** 4\n"
            "P /= P.sum(axis=1, keepdims=True)\n"
            "p = steady_state(P)\n"
            "assert np.isclose(p.sum(), 1) and np.allclose(p @ P, p)"
        ),
    ),
    Exercise(
        "sort_rows",
        "`sort_rows(table, column)` returns the rows of `table` in ascending order of that column.",
        right=(
            "def sort_rows(table, column):\n    return table[np.argsort(table[:, column])]",
            "def sort_rows(table, column):\n    return np.array(sorted(table.tolist(), key=lambda row: row[column]))",
        ),
        wrong=(
            "def sort_rows(table, column):\n    return np.sort(table, axis=0)",
            "def sort_rows(table, column):\n    return table[np.argsort(-table[:, column])]",
        ),
        visible="assert sort_rows(np.array([[1, 9], [0, 8]]), 0).shape == (2, 2)",
        hidden=(
            "table = np.random.default_rng(8).random((SIZE // 4, 3))\n"
            "found = sort_rows(table, 1)\n"
            "assert np.allclose(found, table[table[:, 1].argsort()])"
        ),
    ),
    Exercise(
        "walk",
        "`walk(steps, rng)` returns the positions of a walk that starts at 0 and goes one up or down at each step, "
        "drawn with `rng`: an array of `steps` + 1 integers.",
        right=(
            "def walk(steps, rng):\n    return np.concatenate([[0], np.cumsum(rng.choice([-1, 1], size=steps))])",
            "def walk(steps, rng):\n"
            "    positions = np.zeros(steps + 1, dtype=int)\n"
            "    for k, up in enumerate(rng.random(steps) < 0.5):\n"
            "        positions[k + 1] = positions[k] + (1 if up else -1)\n"
            "    return positions",
        ),
        wrong=(
            "def walk(steps, rng):\n    return np.cumsum(rng.choice([-1, 1], size=steps))",
            "def walk(steps, rng):\n    return np.concatenate([[0], np.cumsum(rng.choice([0, 1], size=steps))])",
        ),
        visible="assert walk(5, np.random.default_rng(0))[0] == 0, 'the walk starts at 0'",
        hidden=(
            "path = walk(SIZE, np.random.default_rng(9))\n"
            "assert len(path) == SIZE + 1 and set(np.abs(np.diff(path)).tolist()) == {1}\n"
            "assert path.min() < 0 or path.max() < SIZE"
        ),
    ),
    Exercise(
        "crossings",
        "`crossings(x)` returns the indices k at which `x[k]` and `x[k + 1]` have different signs, as a list of ints.",
        right=(
            "def crossings(x):\n    return np.flatnonzero(np.sign(x[:-1]) != np.sign(x[1:])).tolist()",
            "def crossings(x):\n    return [k for k in range(len(x) - 1) if x[k] * x[k + 1] < 0]",
        ),
        wrong=(
            "def crossings(x):\n    return [k for k in range(len(x) - 1) if x[k] < 0 < x[k + 1]]",
            "def crossings(x):\n    return [k + 1 for k in range(len(x) - 1) if x[k] * x[k + 1] < 0]",
        ),
        visible="assert crossings(np.array([1.0, 2.0, 3.0])) == []",
        hidden=(
            "assert crossings(np.array([-1.0, 1.0, 2.0, -3.0])) == [0, 2]\n"
            "x = np.cos(np.arange(SIZE) / 7)\n"
            "found = crossings(x)\n"
            "assert all(x[k] * x[k + 1] < 0 for k in found) and len(found) == ((x[1:] * x[:-1]) < 0).sum()"
        ),
    ),
)

_RENDER = "fig.savefig(io.BytesIO(), format='png', dpi=100)\nplt.close(fig)"
"""The picture is drawn once, here, by every engine: a closed figure is not drawn again by a notebook's display."""

FIGURES = (
    Exercise(
        "levels",
        "Draw three levels that fall with rates 0.1, 0.3 and 0.9 per hour over 24 hours (200 points), in axes "
        "`ax_levels` with labels, a legend and a logarithmic vertical axis.",
        right=(
            "hours = np.linspace(0, 24, 200)\n"
            "fig, ax_levels = plt.subplots()\n"
            "for rate in (0.1, 0.3, 0.9):\n"
            "    ax_levels.plot(hours, np.exp(-rate * hours), label=f'{rate} per hour')\n"
            "ax_levels.set(xlabel='time (h)', ylabel='level', yscale='log')\n"
            "ax_levels.legend()\n" + _RENDER,
            "hours = np.linspace(0, 24, 200)\n"
            "fig = plt.figure()\n"
            "ax_levels = fig.add_subplot()\n"
            "rates = np.array([0.1, 0.3, 0.9])\n"
            "ax_levels.semilogy(hours, np.exp(-np.outer(hours, rates)), label=rates)\n"
            "ax_levels.set_xlabel('time (h)')\n"
            "ax_levels.set_ylabel('level')\n"
            "ax_levels.legend(title='rate')\n" + _RENDER,
        ),
        wrong=(
            "hours = np.linspace(0, 24, 200)\n"
            "fig, ax_levels = plt.subplots()\n"
            "for rate in (0.1, 0.3, 0.9):\n"
            "    ax_levels.plot(hours, np.exp(-rate * hours), label=f'{rate} per hour')\n"
            "ax_levels.set(xlabel='time (h)', ylabel='level')\n"
            "ax_levels.legend()\n" + _RENDER,
            "hours = np.linspace(0, 24, 200)\n"
            "fig, ax_levels = plt.subplots()\n"
            "for rate in (0.1, 0.3, 0.9):\n"
            "    ax_levels.plot(hours, 1 / (1 + rate * hours), label=f'{rate} per hour')\n"
            "ax_levels.set(xlabel='time (h)', ylabel='level', yscale='log')\n"
            "ax_levels.legend()\n" + _RENDER,
        ),
        visible="assert len(ax_levels.lines) == 3, 'one line for each rate'",
        hidden=(
            "assert ax_levels.get_yscale() == 'log' and '(h)' in ax_levels.get_xlabel()\n"
            "for line, rate in zip(ax_levels.lines, (0.1, 0.3, 0.9)):\n"
            "    assert np.allclose(line.get_ydata(), np.exp(-rate * line.get_xdata()))"
        ),
    ),
    Exercise(
        "counts",
        "Draw the histogram of `sample` in 25 bins from −3 to 3, in axes `ax_counts` with labels.",
        right=(
            "fig, ax_counts = plt.subplots(figsize=(6, 4))\n"
            "ax_counts.hist(sample, bins=25, range=(-3, 3), color='tab:purple')\n"
            "ax_counts.set(xlabel='value', ylabel='count')\n" + _RENDER,
            "fig, ax_counts = plt.subplots(figsize=(6, 4))\n"
            "counts, edges = np.histogram(sample, np.linspace(-3, 3, 26))\n"
            "ax_counts.bar(edges[:-1], counts, width=np.diff(edges), align='edge')\n"
            "ax_counts.set_xlabel('value')\n"
            "ax_counts.set_ylabel('count')\n" + _RENDER,
        ),
        wrong=(
            "fig, ax_counts = plt.subplots(figsize=(6, 4))\n"
            "ax_counts.hist(sample, bins=25, range=(-3, 3), density=True)\n"
            "ax_counts.set(xlabel='value', ylabel='count')\n" + _RENDER,
            "fig, ax_counts = plt.subplots(figsize=(6, 4))\n"
            "ax_counts.hist(sample, bins=24, range=(-3, 3))\n"
            "ax_counts.set(xlabel='value', ylabel='count')\n" + _RENDER,
        ),
        visible="assert ax_counts.get_xlabel(), 'the horizontal axis has no label'",
        hidden=(
            "heights = [bar.get_height() for bar in ax_counts.patches]\n"
            "assert np.array_equal(heights, np.histogram(sample, np.linspace(-3, 3, 26))[0])"
        ),
    ),
    Exercise(
        "fitted",
        "Draw the points (`day`, `score`) as dots and the line fitted to them, in axes `ax_fitted` with a title.",
        right=(
            "fig, ax_fitted = plt.subplots()\n"
            "ax_fitted.plot(day, score, 'o', ms=3)\n"
            "ax_fitted.plot(day, np.polyval(np.polyfit(day, score, 1), day))\n"
            "ax_fitted.set_title('Score by day')\n"
            "ax_fitted.grid(True)\n" + _RENDER,
            "fig, ax_fitted = plt.subplots()\n"
            "slope, intercept = np.polyfit(day, score, 1)\n"
            "ax_fitted.plot(day, score, '.', day, intercept + slope * day, '-')\n"
            "ax_fitted.set(title='Score and fitted line', xlabel='day', ylabel='score')\n" + _RENDER,
        ),
        wrong=(
            "fig, ax_fitted = plt.subplots()\n"
            "ax_fitted.plot(day, score, 'o', ms=3)\n"
            "ax_fitted.plot(day, np.polyval(np.polyfit(day, score, 2), day))\n"
            "ax_fitted.set_title('Score by day')\n" + _RENDER,
            "fig, ax_fitted = plt.subplots()\n"
            "ax_fitted.plot(day, score)\n"
            "ax_fitted.plot(day, np.full(len(day), score.mean()))\n"
            "ax_fitted.set_title('Score by day')\n" + _RENDER,
        ),
        visible="assert ax_fitted.get_title(), 'the axes have no title'",
        hidden=(
            "dots, line = ax_fitted.lines[0], ax_fitted.lines[1]\n"
            "assert np.allclose(dots.get_ydata(), score)\n"
            "assert np.allclose(line.get_ydata(), np.polyval(np.polyfit(day, score, 1), day))"
        ),
    ),
)
