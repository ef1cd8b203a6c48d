"""Reads `assets/interventions.csv`: treatments, what speaks for them, and the model parameter each might change.

The evidence comes from the ledger. Which parameter a treatment changes, and by how much, comes from nobody: no study
has linked one of these treatments to one of these parameters, so every range is assumed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from course.content import assets_dir
from course.evidence.ledger import Claim, claims
from course.evidence.tables import Column, identifier, like, nearest, number, one_of, read_table, several, text

Listed = Literal["review", "left-out"]
TestedIn = Literal["methamphetamine use", "stimulant use", "BPD with a substance use disorder", "BPD", "nobody"]
Design = Literal["several trials", "one trial", "no trial"]
Reaches = Literal[
    "cues", "distress", "craving to overload", "overload to regulation", "regulation to craving", "act"
]  # fmt: skip

_COLUMNS = (
    Column("id", identifier, required=True),
    Column("name", text, required=True),
    Column("listed", one_of(get_args(Listed)), required=True),
    Column("claims", several(identifier), required=True),
    Column("tested_in", one_of(get_args(TestedIn)), required=True),
    Column("design", one_of(get_args(Design)), required=True),
    Column("module", like(r"[0-9]{2}", "is not two digits"), required=True),
    Column("parameter", like(r"[a-z]+(_[a-z]+)*", "is not lower-case words joined by _"), required=True),
    Column("says", text, required=True),
    Column("before", number, required=True),
    Column("weak", number, required=True),
    Column("strong", number, required=True),
    Column("reaches", one_of(get_args(Reaches)), required=True),
    Column("means", text, required=True),
)


@dataclass(frozen=True)
class Intervention:
    """One treatment, its evidence, and the one parameter of a model that it might change.

    `listed`: whether the review proposes it or leaves it out. `claims`: rows of the ledger, first the one to grade it
    by; `tested_in` and `design`: in whom, and by how many randomised trials, that row's comparison was made. `module`:
    where the model is taught; `parameter`: its name in `course.models.plan`; `says`: the parameter in words.
    `before`: its value without the treatment; `weak`, `strong`: ends of the range after it, all assumed. `reaches`:
    which part of the loop the model's result goes into. `means`: what such a change would mean.
    """

    id: str
    name: str
    listed: Listed
    claims: tuple[Claim, ...]
    tested_in: TestedIn
    design: Design
    module: str
    parameter: str
    says: str
    before: float
    weak: float
    strong: float
    reaches: Reaches
    means: str

    @property
    def middle(self) -> float:
        """The value half-way between the ends of the assumed range."""
        return (self.weak + self.strong) / 2.0


@cache
def interventions() -> Mapping[str, Intervention]:
    """Return every intervention by its id, in file order."""
    return load_interventions(assets_dir() / "interventions.csv", {row.id: row for row in claims()})


def load_interventions(path: Path, ledger: Mapping[str, Claim]) -> Mapping[str, Intervention]:
    """Read and check a file of interventions, whose claims are looked up in `ledger`.

    Raises LedgerError with one line, `FILE:LINE: what is wrong`, for every fault.
    """
    parameters: set[str] = set()

    def rules(values: Mapping[str, Any]) -> Iterator[str]:
        for claim_id in values["claims"]:
            if claim_id not in ledger:
                yield f'the claim "{claim_id}" is not in claims.csv; {nearest(claim_id, ledger)}.'
        before, weak, strong = (values[name] for name in ("before", "weak", "strong"))
        if strong in (before, weak) or (strong - weak) * (weak - before) < 0.0:
            yield f"the range must lead away from before: {before:g}, then weak {weak:g}, then strong {strong:g}."
        if values["parameter"] in parameters:
            yield f"another intervention changes {values['parameter']} already; each has one of its own."
        if (values["tested_in"] == "nobody") != (values["design"] == "no trial"):
            yield f'tested_in "{values["tested_in"]}" and design "{values["design"]}" contradict each other.'
        parameters.add(values["parameter"])

    rows = [dict(row.values) for row in read_table(path, _COLUMNS, rules, key="id")]
    return MappingProxyType(
        {row["id"]: Intervention(**(row | {"claims": tuple(ledger[each] for each in row["claims"])})) for row in rows}
    )
