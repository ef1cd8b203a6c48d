"""Simulator: Figure 3 as a circuit to walk, from place to place along its connections, with the evidence for each."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from course import evidence
from course.evidence import BADGES, Connection, Node
from course.evidence.circuit import EdgeStatus
from course.models.checks import one_of
from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Presses, Response
from course.simulators.prediction import GATE, NumberPrediction, UnreadablePrediction

# The places of the review's Figure 3 and where they stand here: cortex, striatum (ventral above dorsal), midbrain.
_PLACES = {
    "mPFC": (1.0, 4.6),
    "OFC": (1.0, 1.2),
    "NAcSh": (4.6, 5.6),
    "NAcC": (4.6, 3.4),
    "DS": (4.6, 1.2),
    "VTA": (8.2, 4.6),
    "SN": (8.2, 2.2),
}
_BENDS = {"VTA>mPFC": 0.62, "OFC>SN": 0.42, "VTA>NAcC": 0.05, "OFC>DS": 0.1, "mPFC>NAcC": 0.1}
_BEND = 0.16
# Where along a connection its transmitter stands, when the middle is taken.
_LABELS = {"OFC>SN": (4.2, -0.12), "VTA>mPFC": (4.6, 7.0)}
_SIGNS = {"+": "excites (+)", "-": "inhibits (−)", "±": "modulates (±)"}
_SHORT = {"dopamine": "DA", "glutamate": "Glu", "GABA (D1-MSN)": "GABA"}
_LOOKS: Mapping[EdgeStatus, tuple[str, Any]] = {
    "supported": ("green", "solid"),
    "imprecise": ("blue", (0, (6, 2))),
    "conflicts": ("orange", (0, (5, 1.5, 1, 1.5))),
    "unverified": ("quiet", (0, (1, 1.4))),
}
_BACK = "back"
_PREDICTION = NumberPrediction(example=5, unit="connections", low=0, high=10)
_SPECIES = "Rats, monkeys and humans"
_CAPTION = (
    "The places of the review's Figure 3 and their connections from the course's circuit table; line style and colour "
    "show how each fares against its sources. Arrangement by role, not by anatomy. What was seen in animals need not "
    "hold for people, and no line shows a change in any one person."
)


def draw(at: str = "VTA", prediction: object = None) -> Picture:
    """Return the circuit with one place ("VTA") or connection ("NAcSh>VTA") picked out and described.

    `prediction`: how many of the ten connections the evidence supports. Raises ValueError, with the choices, for a name
    that the figure does not hold, and UnreadablePrediction.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(at)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the walk. `prediction`: how many of the ten connections the evidence supports.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    try:
        guess = _PREDICTION.read(prediction)
    except UnreadablePrediction as error:
        return Notice(str(error))
    drawing = _Drawing(guess)

    def respond(values: Mapping[str, Any]) -> Response:
        path = _walk(values["place"], values["walk"])
        picture = drawing.picture(path[-1])
        here = path[-1].split(">")[-1]
        return Response(f"<p>{picture.reading}</p>", picture, offers=_ways(here, len(path) > 1))

    start = "VTA"
    first = respond({"place": start, "walk": ()})
    assert first.picture is not None
    nodes = _nodes()
    return Panel(
        name="circuit-walk",
        title="A walk through the circuit of Figure 3",
        controls=[
            Choice("place", "Start at", start, {name: f"{name}: {nodes[name].role.split(':')[0]}" for name in _PLACES},
                   details={name: nodes[name].role for name in _PLACES}),
            Presses("walk", "Walk on along a connection"),
        ],
        respond=respond,
        first=first,
        still=Notice(GATE)._repr_mimebundle_()["text/html"] if guess is None else first.picture.html(),
        gate=GATE if guess is None else "",
    )  # fmt: skip


@cache
def _nodes() -> dict[str, Node]:
    return {name: evidence.circuit().nodes[name] for name in _PLACES}


@cache
def _connections() -> dict[str, Connection]:
    """Return the connections between the places of the figure, by name "start>end"."""
    return {
        f"{each.start}>{each.end}": each
        for each in evidence.circuit().connections
        if each.start in _PLACES and each.end in _PLACES
    }


def _walk(place: str, steps: Sequence[str]) -> list[str]:
    """Return where a walk has led: the place it began at, then the connections taken and not taken back."""
    path = [place]
    for step in steps:
        if step == _BACK and len(path) > 1:
            path.pop()
        elif step in _connections() and step.split(">")[0] == path[-1].split(">")[-1]:
            path.append(step)
        else:
            raise ValueError(f"From {path[-1].split('>')[-1]} no way leads along {step}; choose a place to start anew.")
    return path


def _ways(here: str, can_return: bool) -> dict[str, str]:
    ways = {
        name: f"{here} → {each.end}: {each.transmitter}, {_SIGNS[each.sign]}"
        for name, each in _connections().items()
        if each.start == here
    }
    return ways | ({_BACK: "↩ one step back"} if can_return else {})


class _Drawing:
    """The figure, laid out once; `picture` picks out a place or a connection."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.supported = sum(each.evidence_status == "supported" for each in _connections().values())
        self.canvas = Canvas(7.4, 6.0)
        with self.canvas.styled():
            axes = self.canvas.figure.subplots()
            axes.set_title("RATS, MONKEYS, HUMANS · connections by evidence")
            axes.set(xlim=(-0.3, 9.6), ylim=(-1.9, 7.6), aspect="equal")
            axes.axis("off")
            self._lay_out_legend(axes)
            self.picked: dict[str, Circle | FancyArrowPatch] = {}
            for name, each in _connections().items():
                axes.add_patch(_arrow(name, each, 1.8))
                self.picked[name] = self.canvas.moving(_arrow(name, each, 4.0))
                axes.add_patch(self.picked[name])
                self._label(axes, name, each)
            for name, (x, y) in _PLACES.items():
                axes.add_patch(
                    Circle((x, y), 0.72, facecolor="white", edgecolor=COLOURS["ink"], linewidth=1.6, zorder=3)
                )
                self.picked[name] = self.canvas.moving(
                    Circle((x, y), 0.72, facecolor="none", edgecolor=COLOURS["ink"], linewidth=5, zorder=4)
                )
                axes.add_patch(self.picked[name])
                axes.text(x, y, name, ha="center", va="center", zorder=5, fontweight="bold", fontsize=11)
        self.canvas.settle()

    def _lay_out_legend(self, axes: Axes) -> None:
        for i, status in enumerate(get_args(EdgeStatus)):
            colour, dash = _LOOKS[status]
            x = 0.0 + 2.45 * i
            axes.plot([x, x + 0.55], [-1.15, -1.15], color=COLOURS[colour], linestyle=dash, linewidth=2.4)
            axes.text(x + 0.65, -1.15, BADGES[status], va="center", fontsize=9.5, color=COLOURS[colour])
        axes.text(0.0, -1.75, "▸ excites or modulates   ⊣ inhibits", va="center", fontsize=9.5, color=COLOURS["quiet"])
        if self.prediction is not None:
            look = SERIES["prediction"]
            axes.plot([5.6], [-1.75], look.marker, color=look.colour, markersize=8)
            axes.text(5.85, -1.75, f"you: {self.prediction:g} of {len(_connections())} supported", va="center",
                      fontsize=9.5, color=look.colour)  # fmt: skip

    def _label(self, axes: Axes, name: str, each: Connection) -> None:
        (x0, y0), (x1, y1) = _PLACES[each.start], _PLACES[each.end]
        bend = _BENDS.get(name, _BEND)
        # The middle of the arc: half-way, and to the side by half of the bend.
        x, y = (x0 + x1) / 2 + bend / 2 * (y1 - y0), (y0 + y1) / 2 - bend / 2 * (x1 - x0)
        x, y = _LABELS.get(name, (x, y))
        sign = each.sign.replace("-", "−")
        text = f"{_SHORT.get(each.transmitter, each.transmitter)} {sign}"
        clear = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        label = axes.text(x, y, text, ha="center", va="center", fontsize=9.5, zorder=6, bbox=clear)
        self.canvas.moving(label)  # it never moves, but has to stand above what is picked out

    def picture(self, at: str) -> Picture:
        """Return the picture with the place or connection `at` picked out."""
        one_of("at", at, (*_PLACES, *_connections()))
        for name, artist in self.picked.items():
            artist.set_visible(name == at or (">" in at and name == at.split(">")[1]))
        statuses = [each.evidence_status for each in _connections().values()]
        counts = ", ".join(f"{statuses.count(status)} {status}" for status in _LOOKS if status in statuses)
        outline = _connection_outline(_connections()[at]) if ">" in at else _place_outline(at)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Circuit diagram of seven places in the brains of rats, monkeys and humans (cortex, striatum, "
                f"midbrain) and {len(statuses)} connections drawn by their evidence: {counts}. "
                f"Picked out: {_spoken(at)}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(),
            reading=self._reading(at, counts),
            outlines=(outline,),
        )

    def _reading(self, at: str, counts: str) -> str:
        compared = ""
        if self.prediction is not None:
            exact = self.prediction == self.supported
            verdict = "as it is" if exact else f"it is {self.supported}"
            compared = f" You predicted {self.prediction:g} of {len(_connections())} supported: {verdict} ({counts})."
        if ">" not in at:
            return f"You are at {at}: {_nodes()[at].role}. {_ways_spoken(at)}{compared}"
        each = _connections()[at]
        return (
            f"{_spoken(at)}. Role: {each.role}. Evidence: {BADGES[each.evidence_status]}. {each.check_note} "
            f"You are now at {each.end}. {_ways_spoken(each.end)}{compared}"
        )


def _spoken(at: str) -> str:
    if ">" not in at:
        return at
    each = _connections()[at]
    return f"{each.start} → {each.end}, {each.transmitter}, {_SIGNS[each.sign]}"


def _ways_spoken(here: str) -> str:
    on = [each.end for each in _connections().values() if each.start == here]
    back = [each.start for each in _connections().values() if each.end == here]
    lead = "a connection leads" if len(on) == 1 else "connections lead"
    ways = f"From here {lead} to {_listed(on)}" if on else "From here no connection of this figure leads on"
    return f"{ways}; {_listed(back)} lead{'s' if len(back) == 1 else ''} here." if back else f"{ways}; none leads here."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _place_outline(name: str) -> Outline:
    lines = [(0, _nodes()[name].role)]
    for each in _connections().values():
        if name in (each.start, each.end):
            lines.append((0, f"{each.start} → {each.end}: {each.transmitter}, {BADGES[each.evidence_status]}"))
    return Outline(name, tuple(lines))


def _connection_outline(each: Connection) -> Outline:
    works = "; ".join(
        f"{work.short}, {work.title}" + (f" (doi:{work.doi})" if work.doi_url else " (DOI to be confirmed)")
        for work in each.sources
    )
    says = f"The review: {_change('methamphetamine', each.change_ma_review)}; {_change('BPD', each.change_bpd_review)}"
    lines = [
        f"Transmitter: {each.transmitter}; {_SIGNS[each.sign]}",
        f"Role: {each.role}",
        f"Evidence: {BADGES[each.evidence_status]}",
        f"In the review: {each.in_review}"
        + (f", citing {', '.join(each.review_citation)}" if each.review_citation else ""),
        says,
        f"What the check found: {each.check_note or 'nothing to add'}",
        f"Source: {works or 'none that settles it'}",
    ]
    return Outline(f"{each.start} → {each.end}", tuple((0, line) for line in lines))


def _change(condition: str, change: str) -> str:
    return f"no change stated with {condition}" if change == "not-stated" else f"{change} with {condition}"


def _table() -> Table:
    rows = tuple(
        (f"{each.start} → {each.end}", each.transmitter, _SIGNS[each.sign], each.role, BADGES[each.evidence_status])
        for each in _connections().values()
    )
    return Table(("Connection", "Transmitter", "Sign", "Role", "Evidence"), rows)


def _arrow(name: str, each: Connection, width: float) -> FancyArrowPatch:
    colour, dash = _LOOKS[each.evidence_status]
    head = "|-|,widthA=0,widthB=5" if each.sign == "-" else "-|>,head_length=7,head_width=3.5"
    return FancyArrowPatch(
        _PLACES[each.start], _PLACES[each.end], connectionstyle=f"arc3,rad={_BENDS.get(name, _BEND)}", arrowstyle=head,
        shrinkA=34, shrinkB=35, color=COLOURS[colour], linestyle=dash, linewidth=width, zorder=1,
    )  # fmt: skip
