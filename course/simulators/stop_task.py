"""Simulator: the stop-signal task, played by the learner; then their times beside a diffusion model and a race.

All times are measured in the browser. The signs are the same for everybody, so a text with one word a trial holds a
whole game: `my_responses = "L412 R389 -@250 …"` in a cell is all there is to keep.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from course.models import drift_diffusion as diffusion
from course.models.checks import Array
from course.models.stopping import stop_signal_time
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Response, Timed
from course.simulators.prediction import GATE, NumberPrediction, UnreadablePrediction

_FEWEST, _MOST, _USUAL, _BLOCK = 40, 120, 80, 20
_STOPS_IN_A_BLOCK = 5
_WINDOW_MS, _GAP_MS, _FIRST_DELAY_MS, _STEP_MS, _LONGEST_DELAY_MS = 1500, 300, 250, 50, 900
_ENOUGH = 20  # below this many trials a picture says that it is too early to tell
_ENOUGH_OF_EACH = 5  # stop trials that were stopped, and that were not, before stopping is timed
_BIN_MS = 40
_SEED = 6
_SIGNS = (("L", "← left"), ("R", "right →"))
_WORD = re.compile(r"(?:([LR])(\d{1,4})|-)(?:@(\d{1,4}))?")
_PREDICTION = NumberPrediction(example=70, unit="per cent", low=0, high=100)
_CAPTION = (
    "Your own times, to about one frame of the screen. The curve is a diffusion from the middle with your share of "
    "right presses and the mean and variance of their times; stopping is timed as a race, by the integration method. "
    "One short game, on an unknown keyboard: it says nothing about a person."
)
_COURSE_CAPTION = (
    "A trial of the game. An arrow: press the key on its side, quickly. Now and then STOP follows the arrow: then do "
    f"not press. STOP comes {_STEP_MS} ms later after each success, and as much earlier after each press."
)


def draw(responses: str = "", prediction: object = None) -> Picture:
    """Return a game's Go times beside the diffusion model and its stop trials; without responses, a trial's course.

    `responses`: the text that the game shows; `stop_task.MADE_UP` is one of a made-up player. `prediction`: in how many
    per cent of the stop trials the learner manages to stop. Raises ValueError for a text that is no game, and
    UnreadablePrediction.
    """
    guess = _PREDICTION.read(prediction)
    game = _read(responses)
    return _result(game, guess) if game.stop.size else _course()


def explore(prediction: object = ..., responses: str = "", trials: int = _USUAL) -> Panel | Notice:
    """Return the game. `prediction`: in how many per cent of the stop trials you will manage to stop.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    `responses`: a text that was kept, to go on from there. `trials`: 40 to 120. Another number, or a text that is no
    game, gets one plain sentence in place of the panel.
    """
    try:
        guess = _PREDICTION.read(prediction)
        if isinstance(trials, bool) or not isinstance(trials, int) or not _FEWEST <= trials <= _MOST:
            raise ValueError(f"trials is {trials!r}; write a whole number from {_FEWEST} to {_MOST}.")
        begun = _read(responses).words[:trials]
    except (UnreadablePrediction, ValueError) as error:
        return Notice(str(error))

    def respond(values: Mapping[str, Any]) -> Response:
        words = " ".join(_read(values["responses"]).words[:trials])
        picture = draw(words, None if guess is None else prediction)
        return Response(f"<p>{picture.reading}</p>", picture, keep=f'my_responses = "{words}"')

    first = respond({"responses": " ".join(begun)})
    assert first.picture is not None
    game = Timed(
        name="responses",
        label="Arrow: press its side (buttons, or the arrow keys ← and →). STOP: do not press.",
        value=" ".join(begun),
        trials=tuple(_signs()[:trials]),
        signs=_SIGNS,
        second="STOP",
        first_delay_ms=_FIRST_DELAY_MS,
        step_ms=_STEP_MS,
        most_delay_ms=_LONGEST_DELAY_MS,
        window_ms=_WINDOW_MS,
        gap_ms=_GAP_MS,
        block=_BLOCK,
        example=" ".join(_WHOLE_MADE_UP.split()[:trials]),
    )
    return Panel(
        name="stop-task",
        title="Stop-signal task: go quickly, but stop at STOP",
        controls=[game],
        respond=respond,
        first=first,
        still=Notice(GATE)._repr_mimebundle_()["text/html"] if guess is None else first.picture.html(),
        gate=GATE if guess is None else "",
    )


def outcomes(responses: str) -> dict[str, list[float]]:
    """Return a game as lists, one item a trial: "stop" and "correct" (0 or 1), "time_ms" and "delay_ms" (nan: none).

    Correct is the right key at an arrow, and no key at STOP. Raises ValueError for a text that is no game.
    """
    game = _read(responses)
    columns = {"stop": game.stop, "correct": game.correct, "time_ms": game.time_ms, "delay_ms": game.delay_ms}
    return {name: [float(item) for item in column] for name, column in columns.items()}


@dataclass(frozen=True)
class _Game:
    """A game read: the words as they stand, and for each trial what it was and what came of it (times in ms)."""

    words: tuple[str, ...]
    stop: Array
    correct: Array
    time_ms: Array
    delay_ms: Array

    @property
    def made_up(self) -> bool:
        """Whether these are the made-up player's responses and not the learner's."""
        return self.words == tuple(_WHOLE_MADE_UP.split())[: len(self.words)]


@dataclass(frozen=True)
class _Summary:
    """What a game comes to; nan and None where it is too short to say."""

    go_ms: Array  # of right presses at arrows alone
    go_right: float
    stops: int
    stopped: int
    ssrt_ms: float
    delay_ms: float
    fit: diffusion.Fit | None


@lru_cache(maxsize=1)
def _signs() -> list[tuple[int, bool, int]]:
    """Return for each trial its sign (0 left, 1 right), whether STOP follows, and the wait before it (ms)."""
    rng = np.random.default_rng(_SEED)
    trials = []
    for _ in range(_MOST // _BLOCK):
        stop = rng.permutation(np.arange(_BLOCK - 1) < _STOPS_IN_A_BLOCK)  # the first of a block is never one
        for later in (False, *stop):
            trials.append((int(rng.integers(2)), bool(later), int(rng.integers(500, 900))))
    return trials


def _read(responses: object) -> _Game:
    """Return the game that a text holds; raises ValueError for a text that is none."""
    if not isinstance(responses, str):
        raise ValueError("responses must be the text that the game shows, in quotation marks.")
    words = tuple(responses.split())
    if len(words) > _MOST:
        raise ValueError(f"responses holds {len(words)} trials; {_MOST} are the most.")
    rows = []
    for number, (word, (sign, stop, _)) in enumerate(zip(words, _signs(), strict=False), start=1):
        found = _WORD.fullmatch(word)
        if found is None or bool(found[3]) != stop or not 0 < int(found[2] or 1) <= _WINDOW_MS + _STEP_MS:
            raise ValueError(f"responses: trial {number} is no trial of this game; copy the whole line from the panel.")
        pressed = found[1] is not None
        correct = not pressed if stop else found[1] == _SIGNS[sign][0]
        rows.append((stop, correct, float(found[2]) if pressed else math.nan, float(found[3]) if stop else math.nan))
    columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    return _Game(words, *columns)


def _summary(game: _Game) -> _Summary:
    go, stop = game.stop == 0.0, game.stop == 1.0
    pressed = np.isfinite(game.time_ms)
    times = game.time_ms[go & pressed & (game.correct == 1.0)]
    wrong = int(np.sum(go & pressed & (game.correct == 0.0)))
    stops, stopped = int(stop.sum()), int(np.sum(stop & ~pressed))
    delay = float(game.delay_ms[stop].mean()) if stops else math.nan
    ssrt = math.nan
    if min(stopped, stops - stopped) >= _ENOUGH_OF_EACH and times.size:
        missed = int(np.sum(go & ~pressed))
        ssrt = stop_signal_time(game.time_ms[go & pressed], missed, (stops - stopped) / stops, delay)
    return _Summary(times, _share(times.size, wrong), stops, stopped, ssrt, delay, _fit(times, wrong))


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else math.nan


def _fit(times: Array, wrong: int) -> diffusion.Fit | None:
    """Return the diffusion with these times (ms), or None where there is none or the game is too short."""
    n = times.size + wrong
    # Without an error the closed form has no end; half an error is the usual way round it.
    share = min(_share(times.size, wrong), 1.0 - 1.0 / (2.0 * n)) if n else 0.0
    if times.size < _ENOUGH // 2 or share <= 0.5 or np.ptp(times) == 0.0:
        return None
    found = diffusion.fit(share, float(times.mean()) / 1000.0, float(times.var(ddof=1)) / 1e6)
    return found if found.rest_s >= 0.0 else None


def _result(game: _Game, guess: float | None) -> Picture:
    found = _summary(game)
    whose = "made-up player" if game.made_up else "your own responses"
    return Picture(
        png=_png(game, found, guess),
        alt=(
            f"Two plots of a stop-signal task ({'a made-up human player' if game.made_up else 'human: you'}, "
            f"{game.stop.size} trials). Left, a histogram of reaction times in milliseconds on Go trials"
            f"{' with the curve of a diffusion model' if found.fit else ''}: {_spoken_go(found)}. Right, the delay of "
            f"STOP in milliseconds at each of {found.stops} stop trials, rising after a stop and falling after a press:"
            f" {found.stopped} stopped."
        ),
        caption=_CAPTION,
        species=f"Human ({whose}) beside a model",
        table=_table(game, found),
        reading=_reading(game, found, guess),
    )


def _spoken_go(found: _Summary) -> str:
    if not found.go_ms.size:
        return "no right press yet"
    return f"mean {found.go_ms.mean():.0f} ms, {100 * found.go_right:.0f} % right"


def _reading(game: _Game, found: _Summary, guess: float | None) -> str:
    says = "A made-up player's run, nothing of it is yours. " if game.made_up else ""
    says += f"{game.stop.size} trials. Go: {_spoken_go(found)}. Stop: {found.stopped} of {found.stops} stopped."
    if game.stop.size < _ENOUGH:
        return says + " That is too short to tell anything; go on."
    if math.isfinite(found.ssrt_ms):
        says += (
            f" STOP came {found.delay_ms:.0f} ms after the arrow on average, and stopping took about "
            f"{found.ssrt_ms:.0f} ms (stop-signal reaction time): a rough value, with so few stop trials."
        )
        if not game.time_ms[(game.stop == 1.0)][game.correct[game.stop == 1.0] == 0.0].mean() < found.go_ms.mean():
            says += " But presses at STOP were no faster than others, so the race that this rests on does not hold."
    else:
        says += f" To time stopping it takes {_ENOUGH_OF_EACH} trials that were stopped and {_ENOUGH_OF_EACH} not."
    if found.fit is not None:
        says += (
            f" A diffusion with these Go times has a drift of {found.fit.drift:.1f}, a boundary of "
            f"{found.fit.boundary:.1f} (noise 1 per √s), and {1000 * found.fit.rest_s:.0f} ms outside the decision."
        )
    else:
        says += " No diffusion that starts in the middle has these Go times."
    if guess is not None and found.stops:
        share = 100.0 * found.stopped / found.stops
        gap = guess - share
        verdict = "close" if abs(gap) <= 5 else f"{abs(gap):.0f} too {'high' if gap > 0 else 'low'}"
        says += (
            f" You predicted {guess:g} % stopped; it was {share:.0f} %: {verdict}. The delay follows each player, so "
            "that nearly everybody ends near one half: the share stopped tells nothing, the time does."
        )
    return says


def _table(game: _Game, found: _Summary) -> Table:
    go, stop = game.stop == 0.0, game.stop == 1.0
    pressed = np.isfinite(game.time_ms)

    def ms(values: Array) -> str:
        return f"{values.mean():.0f} ms" if values.size else "none"

    rows = (
        ("Go: right key", str(found.go_ms.size), ms(found.go_ms)),
        ("Go: wrong key", *_counted(game.time_ms[go & pressed & (game.correct == 0.0)], ms)),
        ("Go: no key", str(int(np.sum(go & ~pressed))), "none"),
        ("STOP: stopped", str(found.stopped), "none"),
        ("STOP: pressed", *_counted(game.time_ms[stop & pressed], ms)),
        ("STOP: mean delay", str(found.stops), ms(game.delay_ms[stop])),
        ("Stopping takes about", "–", f"{found.ssrt_ms:.0f} ms" if math.isfinite(found.ssrt_ms) else "not known"),
    )
    return Table(("What", "Trials", "Mean time"), rows)


def _counted(values: Array, ms: Any) -> tuple[str, str]:
    return str(values.size), ms(values)


def _png(game: _Game, found: _Summary, guess: float | None) -> bytes:
    canvas = Canvas(7.6, 4.2)
    with canvas.styled():
        left, right = canvas.figure.subplots(1, 2, width_ratios=[1.35, 1])
        who = "MADE-UP PLAYER" if game.made_up else "HUMAN (YOU)"
        _draw_go(left, found, who)
        _draw_stops(right, game, guess)
    return canvas.png()


def _draw_go(axes: Axes, found: _Summary, who: str) -> None:
    longest = max(900.0, 100.0 * math.ceil(float(found.go_ms.max(initial=0.0)) / 100.0))
    axes.set_title(f"{who} · Go trials", pad=44)
    axes.set(xlim=(0, longest), xlabel="Reaction time (ms)", ylabel=f"Trials per {_BIN_MS} ms")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    counts, edges = np.histogram(found.go_ms, np.arange(0, longest + _BIN_MS, _BIN_MS))
    axes.bar(edges[:-1], counts, _BIN_MS, align="edge", color="#c9d9e8", edgecolor=COLOURS["ink"],
             label="right presses")  # fmt: skip
    if found.fit is not None:
        t = np.linspace(0, longest, 400)
        upper, lower = diffusion.density(
            t / 1000.0 - found.fit.rest_s, found.fit.drift, found.fit.boundary, found.fit.boundary / 2.0
        )
        share, _ = diffusion.choice_and_time(found.fit.drift, found.fit.boundary, found.fit.boundary / 2.0)
        curve = found.go_ms.size * _BIN_MS / 1000.0 * upper / share
        look = SERIES["second"]
        axes.plot(t, curve, color=look.colour, linestyle=look.dash, label="diffusion model")
        axes.set_ylim(0, 1.15 * max(float(np.max(counts)), float(curve.max())))
    if math.isfinite(found.ssrt_ms):
        axes.axvline(found.delay_ms, color=COLOURS["green"], linestyle="dotted", linewidth=2, label="STOP, mean")
        axes.axvline(found.delay_ms + found.ssrt_ms, color=COLOURS["green"], linestyle="dashdot", linewidth=2,
                     label="stopping done")  # fmt: skip
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0, fontsize=10,
                handlelength=1.8, columnspacing=1.0)  # fmt: skip


def _draw_stops(axes: Axes, game: _Game, guess: float | None) -> None:
    stop = game.stop == 1.0
    delay, held = game.delay_ms[stop], ~np.isfinite(game.time_ms[stop])
    at = np.arange(1, delay.size + 1)
    axes.set_title("Stop trials", pad=44)
    axes.set(xlabel="Stop trial", ylabel="STOP after the arrow (ms)", xlim=(0, max(10, delay.size) + 1))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(0, max(500.0, float(delay.max(initial=0.0)) + 100.0))
    axes.plot(at, delay, color=COLOURS["quiet"], linewidth=1)
    axes.plot(at[held], delay[held], "o", color=COLOURS["blue"], markersize=8, label=f"stopped ({int(held.sum())})")
    axes.plot(at[~held], delay[~held], "X", color=COLOURS["orange"], markersize=9,
              label=f"pressed ({int((~held).sum())})")  # fmt: skip
    if guess is not None:
        look = SERIES["prediction"]
        axes.plot([0.07], [0.06], look.marker, color=look.colour, transform=axes.transAxes, markersize=8)
        axes.text(0.12, 0.06, f"you: {guess:g} % stopped", color=look.colour, va="center", fontsize=10.5,
                  transform=axes.transAxes)  # fmt: skip
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=1, frameon=False, borderaxespad=0, fontsize=10,
                handlelength=1.0)  # fmt: skip


def _course() -> Picture:
    """Return the picture of what happens in a trial, before anything was played."""
    canvas = Canvas(7.6, 3.6)
    ink, quiet = COLOURS["ink"], COLOURS["quiet"]
    with canvas.styled():
        axes = canvas.figure.subplots()
        axes.set(xlim=(-0.2, 10.2), ylim=(-0.95, 4.8))
        axes.axis("off")
        axes.set_title("HUMAN · the course of a trial")
        rows = {3.0: ("3 of 4 trials: GO", ["+", "←", "←"]), 0.4: ("1 of 4 trials: STOP", ["+", "→", "STOP"])}
        for y, (name, signs) in rows.items():
            axes.text(0, y + 1.25, name, fontweight="bold", va="center")
            for i, sign in enumerate(signs):
                second = sign == "STOP"
                axes.add_patch(
                    Rectangle((2.3 * i, y - 0.3), 1.6, 1.3, facecolor="#fdf1ea" if second else "white",
                              edgecolor=COLOURS["orange"] if second else ink, linewidth=3 if second else 1.4)
                )  # fmt: skip
                axes.text(2.3 * i + 0.8, y + 0.35, sign, ha="center", va="center", fontsize=13 if second else 20)
            done = "press ←, quickly:\nthe time counts" if y > 2 else "press nothing"
            axes.text(7.15, y + 0.4, done, va="center", color=COLOURS["green"], fontweight="bold")
        axes.text(0.8, -0.2, "wait", ha="center", va="top", color=quiet)
        axes.annotate("", (5.4, -0.12), (3.1, -0.12), arrowprops={"arrowstyle": "<->", "color": quiet})
        axes.text(4.25, -0.25, f"delay: {_FIRST_DELAY_MS} ms at first,\nthen it follows you", ha="center", va="top",
                  color=quiet, linespacing=1.1)  # fmt: skip
    return Picture(
        png=canvas.png(),
        alt=(
            "Two trials of a game for one human player, drawn. Go, three of four trials: a plus sign, then an arrow: "
            "press the key on its side quickly. Stop, one of four: after the arrow the word STOP comes, first after "
            f"{_FIRST_DELAY_MS} ms; press nothing."
        ),
        caption=_COURSE_CAPTION,
        species="Human (nothing played yet)",
        table=Table(
            ("Trial", "First", "Then", "Then", "What to do"),
            (("Go, 3 of 4", "+", "arrow", "–", "press its side"), ("Stop, 1 of 4", "+", "arrow", "STOP", "no press")),
        ),
        reading=(
            "Nothing played yet. An arrow: press its side, as quickly as you can without mistakes. STOP: do not press. "
            f"There is a break every {_BLOCK} trials. If playing against time is not for you, use the made-up run: "
            "every question can be answered with it."
        ),
    )


def _made_up() -> str:
    """Return a whole game of a player who is a diffusion model and a race with assumed values."""
    rng = np.random.default_rng(_SEED)
    drift, boundary, rest_s, stopping_ms = 3.0, 1.2, 0.25, 230.0  # assumed: a player who looks like people do
    right, times = diffusion.simulate(drift, boundary, boundary / 2.0, 1.0, 0.002, _MOST, rng)
    words, delay = [], _FIRST_DELAY_MS
    for (sign, stop, _), correct, seconds in zip(_signs(), right, times, strict=True):
        key = _SIGNS[sign if correct else 1 - sign][0]
        time = min(_WINDOW_MS, round(1000.0 * (rest_s + seconds)))
        if not stop:
            words.append(f"{key}{time}")
            continue
        held = time > delay + stopping_ms
        words.append(f"-@{delay}" if held else f"{key}{time}@{delay}")
        delay = min(_LONGEST_DELAY_MS, delay + _STEP_MS) if held else max(_STEP_MS, delay - _STEP_MS)
    return " ".join(words)


_WHOLE_MADE_UP = _made_up()
MADE_UP = " ".join(_WHOLE_MADE_UP.split()[:_USUAL])
"""A made-up player's responses in 80 trials, to draw without playing."""
