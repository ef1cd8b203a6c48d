"""Simulator: read a claim of the review, guess how it fares against its source, then see; a score per kind of error."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from textwrap import shorten
from typing import Any, get_args

from matplotlib.axes import Axes

from course import evidence
from course.evidence import BADGES, ERROR_SAYS, Claim, ErrorKind, Reference, Status
from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Response
from course.simulators.prediction import NumberPrediction

_LOOKS: Mapping[Status, tuple[str, str]] = {
    "supported": (COLOURS["green"], "the source says so"),
    "imprecise": (COLOURS["blue"], "something needed is missing or blurred"),
    "conflicts": (COLOURS["orange"], "the source, or the review itself, says otherwise"),
    "unverified": (COLOURS["quiet"], "we have not yet read a source that settles it"),
}
_SPECIES = "The ledger"
_PREDICTION = NumberPrediction(example=60, unit="claims out of 100", low=0, high=100)
_FIRST = "<p>Read the claim, guess how it fares, press Check. Nothing is stored, nothing is graded.</p>"


def draw(claim_id: str | None = None, prediction: object = None) -> Picture:
    """Return bars of how the review's claims fare and, with an id, what the ledger holds on that claim.

    `prediction`: how many of every 100 claims hold as written, drawn over the bar. Raises UnknownClaim for an id that
    the ledger does not hold, and UnreadablePrediction.
    """
    guess = _PREDICTION.read(prediction)
    row = None if claim_id is None else evidence.claim(claim_id)
    rows = _claims()
    statuses = Counter(each.status for each in rows)
    kinds = Counter(kind for each in rows for kind in each.error_kinds)
    canvas = Canvas(7.2, 5.6)
    with canvas.styled():
        above, below = canvas.figure.subplots(2, height_ratios=[4, 9])
        _bars(above, [(BADGES[name], statuses[name], _LOOKS[name][0]) for name in get_args(Status)])
        above.set_title(f"How {len(rows)} claims of the review fare")
        if guess is not None:
            _mark(above, guess, len(rows))
        _bars(below, [(ERROR_SAYS[kind], count, COLOURS["quiet"]) for kind, count in kinds.most_common()])
        below.set_title("In which ways they fail (some in two)")
        if row is not None and row.origin == "review":
            y = get_args(Status).index(row.status)
            above.annotate("◀ this claim", (statuses[row.status], y), xytext=(36, 0), textcoords="offset points",
                           va="center", color=_LOOKS[row.status][0], fontweight="bold")  # fmt: skip
    counts = ", ".join(f"{statuses[name]} {name}" for name in get_args(Status))
    failings = ", ".join(f"{ERROR_SAYS[kind]} {count}" for kind, count in kinds.most_common())
    return Picture(
        png=canvas.png(),
        alt=(
            f"Two horizontal bar charts of numbers of claims. Above, the {len(rows)} claims of the review by status: "
            f"{counts}. Below, the ways in which they fail: {failings}."
        ),
        caption="Every claim of the review that this course has checked so far, as the evidence ledger holds it.",
        species=_SPECIES,
        table=_table(statuses, kinds),
        reading=(
            f"Of {len(rows)} claims of the review, {statuses['supported']} hold as written. "
            f"The most frequent failing: {ERROR_SAYS[kinds.most_common(1)[0][0]]}."
            + ("" if guess is None else _compare(guess, 100 * statuses["supported"] / len(rows)))
        ),
        outlines=() if row is None else (_outline(row),),
    )


def explore(module: str | None = None) -> Panel | Notice:
    """Return the browser: claims of the review to guess the status of, those of one module ("03") only when asked.

    A module that the review makes no claim about gets one sentence in place of the panel.
    """
    rows = _claims()
    there = sorted({number for row in rows for number in row.modules})
    if module is not None:
        rows = tuple(row for row in rows if module in row.modules)
        if not rows:
            return Notice(
                f'There are no claims of the review for the module "{module}"; there are for {", ".join(there)}.'
            )
    return _panel(rows)


def _panel(rows: Sequence[Claim]) -> Panel:
    first_guesses: dict[str, bool] = {}  # claim id → whether the first guess was right; as old as this panel
    by_id = {row.id: row for row in rows}

    def respond(values: Mapping[str, Any]) -> Response:
        row, guess = by_id[values["claim"]], values["guess"]
        first_guesses.setdefault(row.id, guess == row.status)
        verdict = "✓ Right" if guess == row.status else f"✗ You said {guess}"
        reading = f"<p>{verdict}: this claim is <strong>{BADGES[row.status]}</strong>, {_LOOKS[row.status][1]}.</p>"
        tried = [(by_id[claim_id], right) for claim_id, right in first_guesses.items()]
        return Response(reading, below=_answer_html(row) + _score_html(tried))

    numbers = sorted({row.modules[0] for row in rows})
    return Panel(
        name="ledger-browser",
        title="Ledger browser: how does this claim fare?",
        controls=[
            Choice(
                "claim", "A claim of the review", rows[0].id,
                {row.id: shorten(row.claim, 90, placeholder=" …") for row in rows},
                groups={f"Module {number}": [row.id for row in rows if row.modules[0] == number] for number in numbers},
                details={row.id: f"{row.claim}\nIn the review: {evidence.in_review(row)}." for row in rows},
            ),
            Choice(
                "guess", "Your guess", "",
                {name: f"<strong>{BADGES[name]}</strong>: {says}" for name, (_, says) in _LOOKS.items()},
                radio=True,
            ),
        ],
        respond=respond,
        first=Response(_FIRST),
        still=draw().html(),
        check="Check",
    )  # fmt: skip


def _claims() -> tuple[Claim, ...]:
    return tuple(row for row in evidence.claims() if row.origin == "review")


def _status(row: Claim) -> tuple[str, str]:
    return "Status", f"{BADGES[row.status]}, {_LOOKS[row.status][1]}"


def _facts(row: Claim) -> list[tuple[str, str]]:
    """Return what the ledger says of a claim, apart from status and source, as (name, text) pairs; none is empty."""
    facts = [
        ("What to teach instead" if row.status != "supported" else "What to teach", evidence.what_to_teach(row)),
        ("The source says", row.primary_value),
        ("How it fails", ", ".join(ERROR_SAYS[kind] for kind in row.error_kinds)),
    ]
    return [(name, text) for name, text in facts if text]


def _answer_html(row: Claim) -> str:
    facts = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in [_status(row), *_facts(row)])
    works = "; ".join(_link(work) for work in row.sources) or escape(row.primary_source)
    return f"<dl>{facts}<dt>Source</dt><dd>{works}</dd></dl>"


def _link(work: Reference) -> str:
    title = f"{escape(work.short)}, <cite>{escape(work.title)}</cite>"
    if not work.doi_url:
        return f"{title} (DOI to be confirmed)"
    return f'{title}, <a href="{escape(work.doi_url)}" target="_blank" rel="noopener">doi:{escape(work.doi)}</a>'


def _score_html(tried: Sequence[tuple[Claim, bool]]) -> str:
    """Return the first guesses so far as a table: a row for each kind of error met, one for claims without, a sum."""
    kinds: list[tuple[ErrorKind | None, str]] = [(kind, ERROR_SAYS[kind]) for kind in get_args(ErrorKind)]
    lines = []
    for kind, name in [*kinds, (None, "no error")]:
        met = [right for row, right in tried if (kind in row.error_kinds if kind else not row.error_kinds)]
        if met:
            lines.append((name, sum(met), len(met)))
    lines.append(("all claims", sum(right for _, right in tried), len(tried)))
    rows = "".join(f"<tr><td>{name}</td><td>{right}</td><td>{of}</td></tr>" for name, right, of in lines)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Kind of error", "Right at first guess", "Claims tried"))
    return (
        f"<p><strong>Your score so far</strong> (gone when the cell runs again)</p><table><tr>{head}</tr>{rows}</table>"
    )


def _outline(row: Claim) -> Outline:
    works = "; ".join(
        f"{work.short}, {work.title} ({f'doi:{work.doi}' if work.doi_url else 'DOI to be confirmed'})"
        for work in row.sources
    )
    says = "The review says" if row.origin == "review" else "Not in the review"
    lines = [f"{says}: {row.claim}", *(f"{name}: {text}" for name, text in [_status(row), *_facts(row)])]
    return Outline(row.id, tuple((0, line) for line in [*lines, f"Source: {works or row.primary_source}"]))


def _bars(axes: Axes, bars: Iterable[tuple[str, int, str]]) -> None:
    names, counts, colours = zip(*bars, strict=True)
    places = range(len(names))
    axes.barh(places, counts, 0.66, color=colours)
    axes.set(xlim=(0, 1.25 * max(counts)), ylim=(len(names) - 0.5, -0.5), xticks=[])
    axes.set_yticks(places, names)
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)
    for place, count, colour in zip(places, counts, colours, strict=True):
        axes.annotate(str(count), (count, place), xytext=(5, 0), textcoords="offset points", va="center", color=colour,
                      fontweight="bold")  # fmt: skip


def _mark(axes: Axes, guess: float, claims: int) -> None:
    """Draw a prediction (claims out of 100) in a row of its own above the bars, on the scale of `claims`."""
    look, place = SERIES["prediction"], guess * claims / 100
    axes.plot([0, place], [-1, -1], color=look.colour, linestyle=look.dash, marker=look.marker, markevery=[1],
              clip_on=False)  # fmt: skip
    axes.annotate(f"{guess:g} of 100 supported", (place, -1), xytext=(9, 0), textcoords="offset points", va="center",
                  color=look.colour, fontweight="bold")  # fmt: skip
    names = [label.get_text() for label in axes.get_yticklabels()]
    axes.set_yticks(range(-1, len(names)), ["your prediction", *names])
    axes.set(xlim=(0, max(axes.get_xlim()[1], 1.5 * place)), ylim=(axes.get_ylim()[0], -1.5))


def _compare(guess: float, holding: float) -> str:
    if abs(guess - holding) < 2:
        return f" You predicted {guess:g} of 100, and so it is."
    return f" You predicted {guess:g} of 100; it is {holding:.0f}, {'fewer' if guess > holding else 'more'}."


def _table(statuses: Counter[Status], kinds: Counter[ErrorKind]) -> Table:
    rows = [(f"status: {BADGES[name]}", str(statuses[name])) for name in get_args(Status)]
    rows += [(f"failing: {ERROR_SAYS[kind]}", str(count)) for kind, count in kinds.most_common()]
    return Table(("What", "Claims of the review"), tuple(rows))
