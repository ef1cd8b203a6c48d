"""Reads `assets/evidence/claims.csv` into typed claims and looks them up by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from course.content import assets_dir
from course.evidence.references import Reference, references, unknown_keys
from course.evidence.tables import (
    Column,
    LedgerError,
    day,
    identifier,
    like,
    nearest,
    number,
    one_of,
    read_table,
    several,
    text,
)

Status = Literal["supported", "imprecise", "conflicts", "unverified"]
Origin = Literal["review", "course"]
Species = Literal["human", "rat", "mouse", "primate", "cells", "several", "none"]
ErrorKind = Literal[
    "wrong-denominator", "wrong-species", "misattribution", "causal-wording", "selective-extreme", "wrong-quantity",
    "untested", "contradiction", "missing-detail",
]  # fmt: skip

UNITS = (
    "%", "% of basal", "percentage points", "min", "h", "days", "weeks", "months", "years", "L/kg", "L/h/kg", "µM",
    "µM/s", "mg/kg", "times", "times basal", "SMD", "effect size", "odds ratio", "risk ratio", "hazard ratio",
    "kappa", "points", "participants", "records", "references", "works", "RCTs", "medications", "brackets",
)  # fmt: skip
"""What a number to teach may be in; a remark in brackets says of what, in whom, when."""

MEASURES = ("SMD", "effect size", "odds ratio", "risk ratio", "hazard ratio", "kappa")
"""Those of the units that name a measure: they are read before the number."""

_WITHOUT_SOURCE = {"review-text", "computed", "search-negative", "K"}
"""Bases on which a row may stand without a source: the review's own text, a count, a search that found nothing."""

_unit = like(rf"({'|'.join(UNITS)})( \(.+\))?", f"is none of {', '.join(UNITS)}, nor one and (a remark)")
_COLUMNS = (
    Column("id", identifier, required=True),
    Column("module", several(like(r"[0-9]{2}", 'is not two digits, or several joined by ";"')), required=True),
    Column("claim", text, required=True),
    Column("value", number, empty=None),
    Column("low", number, empty=None),
    Column("high", number, empty=None),
    Column("unit", text),
    Column("species", one_of(get_args(Species)), required=True),
    Column("population", text),
    Column("review_location", text, required=True),
    Column("review_citation", text),
    Column("primary_source", text, required=True),
    Column("source_keys", several(identifier), empty=()),
    Column("primary_value", text),
    Column("status", one_of(get_args(Status)), required=True),
    Column("error_kinds", several(one_of(get_args(ErrorKind))), empty=()),
    Column("note", text),
    Column("teach_value", number, empty=None),
    Column("teach_low", number, empty=None),
    Column("teach_high", number, empty=None),
    Column("teach_unit", _unit),
    Column("origin", one_of(get_args(Origin)), required=True),
    Column("basis", text, required=True),
    Column("source_url", text),
    Column("checked", day, required=True),
)


class UnknownClaim(ValueError):
    """An id that the ledger does not hold; the sentence offers the nearest ids."""


@dataclass(frozen=True)
class Claim:
    """One row of the ledger.

    `value`, `low`, `high`, `unit`: as the review prints them. `teach_*`: what a lesson or a model may use instead.
    `species`, `population`: in whom it was measured. `sources`: the works behind it. `status`: how the claim fares
    against the literature; `error_kinds`: in which ways it fails. `origin`: stated by the review, or added by the
    course. `basis`: how the judgement was reached (text retrieved, computed, or K: knowledge that nobody has looked
    up); `checked`: on which day.
    """

    id: str
    modules: tuple[str, ...]
    claim: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    species: Species
    population: str
    review_location: str
    review_citation: str
    primary_source: str
    sources: tuple[Reference, ...]
    primary_value: str
    status: Status
    error_kinds: tuple[ErrorKind, ...]
    note: str
    teach_value: float | None
    teach_low: float | None
    teach_high: float | None
    teach_unit: str
    origin: Origin
    basis: str
    source_url: str
    checked: date


def claim(claim_id: str) -> Claim:
    """Return the claim with this id. Raises UnknownClaim, naming the nearest ids."""
    ledger = _ledger()
    if claim_id in ledger:
        return ledger[claim_id]
    raise UnknownClaim(f'There is no claim "{claim_id}" in the evidence ledger; {nearest(claim_id, ledger)}.')


def value(claim_id: str) -> float:
    """Return the number to teach for this claim, in the claim's `teach_unit`.

    Raises UnknownClaim for an id the ledger does not hold and LedgerError for a claim without such a number.
    """
    found = claim(claim_id).teach_value
    if found is None:
        raise LedgerError(f'The claim "{claim_id}" has no value to teach; the ledger gives it in words only.')
    return found


def claims(module: str | None = None, status: Status | None = None) -> tuple[Claim, ...]:
    """Return the claims in ledger order, those of one module ("01") or one status only when asked.

    Raises LedgerError for a status that does not exist or a module that no claim belongs to.
    """
    every = tuple(_ledger().values())
    if status is not None and status not in get_args(Status):
        raise LedgerError(f'"{status}" is not a status; choose one of {", ".join(get_args(Status))}.')
    there = sorted({number for row in every for number in row.modules})
    if module is not None and module not in there:
        raise LedgerError(f'No claim belongs to a module "{module}"; modules with claims: {", ".join(there)}.')
    return tuple(
        row for row in every if (module is None or module in row.modules) and (status is None or row.status == status)
    )


def load_ledger(path: Path, works: Mapping[str, Reference] | None = None) -> Mapping[str, Claim]:
    """Read and check one ledger file; the result maps each id to its claim, in file order.

    `works`: the references that the sources of claims are looked up in (default: the course's own).
    Raises LedgerError with one line, `FILE:LINE: what is wrong`, for every fault.
    """
    known = references() if works is None else works

    def rules(values: Mapping[str, Any]) -> Iterator[str]:
        yield from unknown_keys(values["source_keys"], known)
        yield from _rules(values)

    ledger = {}
    for row in read_table(path, _COLUMNS, rules, key="id"):
        values = dict(row.values)
        keys, modules = values.pop("source_keys"), values.pop("module")
        ledger[values["id"]] = Claim(**values, modules=modules, sources=tuple(known[key] for key in keys))
    return MappingProxyType(ledger)


def _rules(values: Mapping[str, Any]) -> Iterator[str]:
    """What the cells of a row must hold together."""
    for prefix in ("", "teach_"):
        low, middle, high = (values[f"{prefix}{name}"] for name in ("low", "value", "high"))
        if (low is None) != (high is None):
            yield f"{prefix}low and {prefix}high stand together or not at all."
        elif low is not None and low > high:
            yield f"{prefix}low {low:g} exceeds {prefix}high {high:g}."
        elif prefix and low is not None and middle is not None and not low <= middle <= high:
            yield f"teach_value {middle:g} does not lie between teach_low {low:g} and teach_high {high:g}."
    if (values["teach_value"] is None) != (not values["teach_unit"]):
        yield "teach_value and teach_unit stand together or not at all."
    if values["teach_value"] is None and values["teach_low"] is not None:
        yield "teach_low and teach_high need a teach_value."
    if not values["source_keys"] and not set(values["basis"].split(" + ")) <= _WITHOUT_SOURCE:
        yield f'source_keys is missing, and the basis "{values["basis"]}" needs a source.'
    faulty = values["origin"] == "review" and values["status"] != "supported"
    if faulty and not values["error_kinds"]:
        yield f"error_kinds is missing: say in which way this claim of the review is {values['status']}."
    if values["error_kinds"] and not faulty:
        yield "error_kinds is for claims of the review that are not supported."
    if faulty and values["status"] in ("conflicts", "imprecise") and not values["note"] and not values["primary_value"]:
        yield "note is missing: say what to teach instead."


@cache
def _ledger() -> Mapping[str, Claim]:
    return load_ledger(assets_dir() / "evidence" / "claims.csv")
