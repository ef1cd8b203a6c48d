"""Simulator: the two-step task, played by the learner; then their own staying beside model agents in the same world.

The world is the same for everybody and every time, so a text of choices, two letters a trial, holds a whole game:
`my_choices = "LRRL…"` in a cell is all there is to keep.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from matplotlib.text import Text

from course.models.checks import Array
from course.models.proportion import wilson_interval
from course.models.two_step import (
    Agent,
    Play,
    World,
    interaction,
    make_world,
    replay,
    simulate,
    stay_counts,
    stay_table,
)
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Presses, Response
from course.simulators.prediction import GATE, NumberPrediction, UnreadablePrediction
from course.simulators.stay_probabilities import SPOKEN, lay_out_stays, spoken_stays

_FEWEST, _MOST = 60, 200
_ENOUGH = 20  # below this many trials a picture says that it is too early to tell
_WORLD_SEED = 213  # of the first few hundred seeds one whose short games, too, hold seven common trials in ten
_AGENTS = 300
_PLACES = ("Violet", "Green")
_SIDES = {"L": "left", "R": "right"}
_PREDICTION = NumberPrediction(example=50, unit="per cent", low=0, high=100)
_GAME_CAPTION = (
    "Each ship usually flies to its own planet (solid line) and now and then to the other (dotted). On each planet one "
    "of two mines may pay; which one pays more often drifts slowly. Take your time: nothing is measured but the choice."
)
_CAPTION = (
    "Shares of trials in which the first choice was repeated, with 95 % intervals; the model agents played in the same "
    "world (after Daw and colleagues 2011, parameters assumed). One short game, which says nothing about a person."
)


def draw(choices: str = "", prediction: object = None) -> Picture:
    """Return how often the first choice was repeated after each kind of trial, beside model agents in the same world.

    `choices`: the text the game shows, two letters (L or R) a trial; "" shows the agents alone. `prediction`: in how
    many per cent of trials the learner repeats their first choice after one that paid. Raises ValueError for a text
    that is no game, and UnreadablePrediction.
    """
    guess = _PREDICTION.read(prediction)
    play = _played(_keys(choices))
    trials = play.choice.shape[1]
    stays, out_of = (counts.astype(np.float64) for counts in stay_counts(play))
    shares = np.divide(stays, out_of, out=np.full((2, 2), np.nan), where=out_of > 0).ravel()
    agents = {weight: np.array(_agents_stay(weight, trials or _MOST)) for weight in (0.0, 1.0)}
    paid = int(stays[0].sum()), int(out_of[0].sum())
    return Picture(
        png=_stay_png(shares, stays, out_of, agents, guess),
        alt=(
            "Bar chart with marks: how often the first choice is repeated, 0 to 100 %, after four kinds of trial. "
            + (f"Your own (human) choices in {trials} trials: {spoken_stays(shares)}. " if trials else "No human yet. ")
            + f"Model-free agents: {spoken_stays(agents[0.0])}. Model-based agents: {spoken_stays(agents[1.0])}."
        ),
        caption=_CAPTION,
        species="Human (your own choices) and model agents" if trials else "Model agents (no human choices yet)",
        table=_stay_table_rows(shares, stays, out_of, agents),
        reading=_stay_reading(trials, shares, stays, out_of, guess, paid),
    )


def explore(prediction: object = ..., choices: str = "", trials: int = 100) -> Panel | Notice:
    """Return the game. `prediction`: in how many per cent of trials you repeat the first choice after one that paid.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write. `choices`:
    a text that was kept, to go on from there. `trials`: 60 to 200. Another number, or a text that is no game, gets one
    plain sentence in place of the panel.
    """
    try:
        guess = _PREDICTION.read(prediction)
        if isinstance(trials, bool) or not isinstance(trials, int) or not _FEWEST <= trials <= _MOST:
            raise ValueError(f"trials is {trials!r}; write a whole number from {_FEWEST} to {_MOST}.")
        begun = _keys(choices)[: 2 * trials]
    except (UnreadablePrediction, ValueError) as error:
        return Notice(str(error))
    game = _Game(trials, None if guess is None else prediction)

    def respond(values: Mapping[str, Any]) -> Response:
        return game.response(values["choices"])

    first = respond({"choices": begun})
    assert first.picture is not None
    return Panel(
        name="two-step-task",
        title="Two-step task: ships, planets and mines",
        controls=[Presses("choices", "Your choice (or the arrow keys ← and →)", begun, arrows=True, most=2 * trials)],
        respond=respond,
        first=first,
        still=Notice(GATE)._repr_mimebundle_()["text/html"] if guess is None else first.picture.html(),
        gate=GATE if guess is None else "",
    )


def outcomes(choices: str) -> dict[str, list[int]]:
    """Return what came of a game: lists "choice" (0 left, 1 right), "common" and "reward" (1 yes), one item a trial.

    Raises ValueError for a text that is no game.
    """
    play = _played(_keys(choices))
    return {name: [int(item) for item in getattr(play, name)[0]] for name in ("choice", "common", "reward")}


def _keys(choices: object) -> tuple[str, ...]:
    """Return the letters of a game's text, whole trials only; spaces and small letters are forgiven."""
    if not isinstance(choices, str):
        raise ValueError(f'choices is {choices!r}; write the line that the game shows, for example choices="LRRL".')
    letters = "".join(choices.split()).upper()
    wrong = sorted(set(letters) - _SIDES.keys())
    if wrong:
        raise ValueError(f'choices holds "{wrong[0]}"; it can hold the letters L and R only, as the game shows them.')
    if len(letters) > 2 * _MOST:
        raise ValueError(f"choices holds {len(letters)} letters; {_MOST} trials of two letters each are the most.")
    return tuple(letters[: len(letters) // 2 * 2])


@lru_cache(maxsize=1)
def _world() -> World:
    return make_world(_MOST, seed=_WORLD_SEED)


def _played(keys: Sequence[str]) -> Play:
    """Return what came of whole trials."""
    numbers = np.array([key == "R" for key in keys], dtype=np.int64).reshape(-1, 2)
    return replay(_world(), numbers[:, 0], numbers[:, 1])


@lru_cache(maxsize=64)
def _agents_stay(weight: float, trials: int) -> tuple[float, ...]:
    world = _world()
    same = World(world.common[:, :trials], world.pays[:, :trials], world.chance)
    play = simulate(same, Agent(weight=weight), agents=_AGENTS)
    return tuple(float(share) for share in stay_table(play.choice, play.common, play.reward).ravel())


def _place(trial: int, key: str) -> int:
    """Return the planet that the ship `key` reaches in this trial."""
    own = int(key == "R")
    return own if bool(_world().common[0, trial]) else 1 - own


class _Game:
    """The picture of the game, laid out once; `response` says where a list of choices has led."""

    def __init__(self, trials: int, prediction: object) -> None:
        self.trials, self.prediction = trials, prediction
        self.canvas = Canvas(7.2, 3.6)
        with self.canvas.styled():
            axes = self.canvas.figure.subplots()
            axes.set(xlim=(0, 10), ylim=(-0.75, 5.2), aspect="equal")
            axes.axis("off")
            self._lay_out_sky(axes)
        self.canvas.settle()

    def _lay_out_sky(self, axes: Axes) -> None:
        moving, ink, quiet = self.canvas.moving, COLOURS["ink"], COLOURS["quiet"]
        self.ships, self.planets = ((2.6, 0.5), (7.4, 0.5)), ((2.6, 3.4), (7.4, 3.4))
        for i, (x, y) in enumerate(self.ships):
            for j, planet in enumerate(self.planets):
                axes.plot([x, planet[0]], [y + 0.7, planet[1] - 1.05], color=quiet, linewidth=1.6,
                          linestyle="solid" if i == j else (0, (1, 2.5)), zorder=0)  # fmt: skip
            axes.add_patch(Polygon([(x - 0.55, y - 0.35), (x + 0.55, y - 0.35), (x, y + 0.65)], facecolor="white",
                                   edgecolor=ink, linewidth=2))  # fmt: skip
            axes.text(x, y - 0.02, "LR"[i], ha="center", va="center", fontweight="bold")
        for (x, y), name, colour, hatch in zip(self.planets, _PLACES, ("purple", "green"), ("", "////"), strict=True):
            axes.add_patch(Circle((x, y), 1.05, facecolor="white", edgecolor=COLOURS[colour], hatch=hatch, linewidth=2))
            axes.text(x, y + 1.3, name, ha="center", va="bottom", fontweight="bold", color=COLOURS[colour])
        self.flight = moving(axes.plot([], [], color=COLOURS["orange"], linewidth=4, zorder=2)[0])
        self.here = moving(Circle((0, 0), 1.2, facecolor="none", edgecolor=COLOURS["orange"], linewidth=4, zorder=2))
        axes.add_patch(self.here)
        self.when = moving(axes.text(5, 0.45, "", ha="center", va="center", color=quiet))
        self.mines: dict[tuple[int, str], tuple[Text, FancyBboxPatch]] = {}
        for place, (x, y) in enumerate(self.planets):
            for side, key in enumerate(_SIDES):
                at = x + (-0.45, 0.45)[side]
                box = FancyBboxPatch((at - 0.24, y - 0.3), 0.48, 0.6, boxstyle="square,pad=0", facecolor="white",
                                     edgecolor=ink, linewidth=1.4, zorder=3)  # fmt: skip
                axes.add_patch(moving(box))
                self.mines[place, key] = moving(axes.text(at, y, key, ha="center", va="center", zorder=4)), box
        self.result = moving(axes.text(5, 3.4, "", ha="center", va="center", fontsize=15, fontweight="bold"))
        axes.plot([0.3, 9.7], [-0.5, -0.5], color="#d0d0d0", linewidth=5, solid_capstyle="butt")
        self.progress = moving(axes.plot([], [], color=COLOURS["blue"], linewidth=5, solid_capstyle="butt")[0])

    def response(self, keys: Sequence[str]) -> Response:
        """Return what is shown and offered after these choices."""
        if set(keys) - _SIDES.keys():
            raise ValueError("Choices are L and R only; run this cell again.")
        whole = tuple(keys[: len(keys) // 2 * 2])
        keep = f'my_choices = "{"".join(whole)}"'
        play = _played(whole)
        if len(whole) == 2 * self.trials:
            picture = draw("".join(whole), self.prediction)
            return Response(f"<p>All {self.trials} trials are done. {picture.reading}</p>", picture, "", {}, keep)
        picture = self._scene(keys, play)
        return Response(f"<p>{picture.reading}</p>", picture, "", self._offers(keys), keep)

    def _offers(self, keys: Sequence[str]) -> dict[str, str]:
        if len(keys) % 2 == 0:
            return {"L": "← Left ship (usually to Violet)", "R": "Right ship (usually to Green) →"}
        place = _PLACES[_place(len(keys) // 2, keys[-1])]
        return {"L": f"← Left mine on {place}", "R": f"Right mine on {place} →"}

    def _scene(self, keys: Sequence[str], play: Play) -> Picture:
        done, landed = len(keys) // 2, len(keys) % 2 == 1
        earned = int(play.reward.sum())
        trial = done if landed else done - 1  # the one whose flight is drawn
        self.progress.set_data([0.3, 0.3 + 9.4 * done / self.trials], [-0.5, -0.5])
        for _, box in self.mines.values():
            box.set(facecolor="white", linewidth=1.4)
        self.result.set_text("")
        self.when.set_text("")
        self.flight.set_visible(trial >= 0)
        self.here.set_visible(trial >= 0)
        says = f"Trial {done + 1} of {self.trials}, {earned} paid so far. "
        if trial >= 0:
            key = keys[2 * trial]
            place = _place(trial, key)
            ship, planet = self.ships["LR".index(key)], self.planets[place]
            self.flight.set_data([ship[0], planet[0]], [ship[1] + 0.7, planet[1] - 1.05])
            self.here.set_center(planet)
            self.when.set_text("now" if landed else "last trial")
            if landed:
                says += f"The {_SIDES[key]} ship landed on {_PLACES[place]}. Choose a mine."
            else:
                mine, paid = keys[2 * trial + 1], bool(play.reward[0, trial])
                self.mines[place, mine][1].set(facecolor="#f6c9ad", linewidth=3)
                self.result.set_text("it paid: +1" if paid else "nothing: 0")
                self.result.set_color(COLOURS["green"] if paid else COLOURS["quiet"])
                last = f"Last time the {_SIDES[key]} ship, {_PLACES[place]}, the {_SIDES[mine]} mine: "
                says = f"{last}{'it paid 1' if paid else 'it paid nothing'}. {says}Choose a ship."
        else:
            says += "Choose a ship: each usually flies to its own planet, and now and then to the other."
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Drawing of a game for one human player: two ships below, two planets above with two mines each. "
                + says
            ),
            caption=_GAME_CAPTION,
            species="Human: your own choices",
            table=_game_table(keys, play),
            reading=says,
        )


def _game_table(keys: Sequence[str], play: Play) -> Table:
    trials = range(play.choice.shape[1])[-10:]
    rows = tuple(
        (str(i + 1), _SIDES[keys[2 * i]], _PLACES[_place(i, keys[2 * i])], _SIDES[keys[2 * i + 1]],
         "1" if play.reward[0, i] else "0")
        for i in trials
    )  # fmt: skip
    return Table(("Trial (the last ten)", "Ship", "Planet", "Mine", "Paid"), rows or (("none yet", "", "", "", ""),))


def _stay_png(shares: Array, stays: Array, out_of: Array, agents: Mapping[float, Array], guess: float | None) -> bytes:
    canvas = Canvas(7.2, 4.4)
    with canvas.styled():
        axes = canvas.figure.subplots()
        axes.set_title("HUMAN (YOU) AND MODEL AGENTS · first choice repeated", pad=28)
        lay_out_stays(axes)
        place = np.arange(4.0)
        there = np.isfinite(shares)
        if np.any(there):
            low, high = (end.ravel()[there] for end in wilson_interval(stays, out_of))
            axes.bar(place[there], shares[there], 0.5, color="#c9d9e8", edgecolor=COLOURS["ink"], linewidth=1.4,
                     label="you, 95 % interval")  # fmt: skip
            error = np.clip([shares[there] - low, high - shares[there]], 0, None)
            axes.errorbar(place[there], shares[there], error, fmt="none", color=COLOURS["ink"], linewidth=1.6,
                          capsize=5)  # fmt: skip
        for weight, (name, look, shift) in {
            0.0: ("model-free", SERIES["second"], -0.36),
            1.0: ("model-based", SERIES["third"], 0.36),
        }.items():
            axes.plot(place + shift, agents[weight], look.marker, color=look.colour, markersize=10, label=name)
        if guess is not None:
            look = SERIES["prediction"]
            axes.plot([-0.5, 1.5], [guess / 100] * 2, color=look.colour, linestyle=look.dash, marker=look.marker,
                      markevery=[1], markersize=9, label=f"predicted {guess:g} %")  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=4, frameon=False, borderaxespad=0,
                    fontsize=10, handlelength=1.4, columnspacing=1.0)  # fmt: skip
    return canvas.png()


def _stay_reading(
    trials: int, shares: Array, stays: Array, out_of: Array, guess: float | None, paid: tuple[int, int]
) -> str:
    if not trials:
        return (
            "No choices yet: play, and put the line that the game shows into a cell. These are the model agents alone."
        )
    counted = ", ".join(
        f"{kind} {int(stay)} of {int(n)}" for kind, stay, n in zip(SPOKEN, stays.ravel(), out_of.ravel(), strict=True)
    )
    says = f"In {trials} trials you repeated your first choice after: {counted}."
    if trials < _ENOUGH:
        says += f" That is too short to tell anything; {_FEWEST} trials are a start."
    elif np.all(np.isfinite(shares)):
        error = float(np.sqrt(np.sum(shares * (1.0 - shares) / out_of.ravel())))
        effect = interaction(shares.reshape(2, 2))
        ends = f"{100 * (effect - 1.96 * error):.0f} to {100 * (effect + 1.96 * error):.0f}"
        says += (
            f" Pay mattered {100 * effect:.0f} points more after common than after rare transitions (roughly {ends}); "
            "near 0 looks model-free, well above 0 model-based."
        ).replace("-", "−").replace("model−", "model-")  # fmt: skip
    if guess is not None and paid[1]:
        share = 100 * paid[0] / paid[1]
        gap = guess - share
        verdict = "close" if abs(gap) <= 5 else f"{abs(gap):.0f} too {'high' if gap > 0 else 'low'}"
        counts = f"{share:.0f} % ({paid[0]} of {paid[1]})"
        says += f" You predicted {guess:g} % after a trial that paid; it was {counts}: {verdict}."
    return says


def _stay_table_rows(shares: Array, stays: Array, out_of: Array, agents: Mapping[float, Array]) -> Table:
    low, high = (end.ravel() for end in wilson_interval(stays, out_of))
    rows = []
    for i, kind in enumerate(SPOKEN):
        own = f"{100 * shares[i]:.0f} %" if np.isfinite(shares[i]) else "none"
        width = f"{100 * low[i]:.0f} to {100 * high[i]:.0f} %" if np.isfinite(shares[i]) else "–"
        others = (f"{100 * agents[weight][i]:.0f} %" for weight in (0.0, 1.0))
        rows.append((kind, own, width, *others))
    return Table(("Trial before", "You", "95 % interval", "Model-free agents", "Model-based agents"), tuple(rows))
