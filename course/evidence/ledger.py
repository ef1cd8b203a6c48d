"""Reads `assets/evidence/claims.csv` into typed claims and looks them up by id."""

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from course.content import assets_dir

Status = Literal["supported", "imprecise", "conflicts", "unverified"]
Origin = Literal["review", "course"]
DoiConfidence = Literal["", "retrieved", "certain", "unsure"]

_TEXT_COLUMNS = (
    "id", "module", "claim", "unit", "population", "review_location", "review_citation", "primary_source", "doi",
    "doi_confidence", "primary_value", "status", "note", "teach_unit", "origin", "basis", "source_url",
)  # fmt: skip
_NUMBER_COLUMNS = ("value", "low", "high", "teach_value", "teach_low", "teach_high")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MODULES = re.compile(r"\d\d(;\d\d)*")


class LedgerError(ValueError):
    """The ledger file cannot be read as it stands; the sentence names file, line and cell."""


class UnknownClaim(ValueError):
    """An id that the ledger does not hold; the sentence offers the nearest ids."""


@dataclass(frozen=True)
class Claim:
    """One row of the ledger.

    `value`, `low`, `high`, `unit`: as the review prints them. `teach_*`: what a lesson or a model may use instead.
    `status`: how the claim fares against the literature. `origin`: stated by the review, or added by the course.
    `basis`: how the judgement was reached (text retrieved, computed, or K: knowledge that nobody has looked up).
    """

    id: str
    modules: tuple[str, ...]
    claim: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    population: str
    review_location: str
    review_citation: str
    primary_source: str
    doi: str
    doi_confidence: DoiConfidence
    primary_value: str
    status: Status
    note: str
    teach_value: float | None
    teach_low: float | None
    teach_high: float | None
    teach_unit: str
    origin: Origin
    basis: str
    source_url: str


def claim(claim_id: str) -> Claim:
    """Return the claim with this id. Raises UnknownClaim, naming the nearest ids."""
    ledger = _ledger()
    if claim_id in ledger:
        return ledger[claim_id]
    nearest = get_close_matches(claim_id, ledger, n=3, cutoff=0.4)
    hint = f"the nearest ids are {', '.join(nearest)}" if nearest else "no id resembles it"
    raise UnknownClaim(f'There is no claim "{claim_id}" in the evidence ledger; {hint}.')


def value(claim_id: str) -> float:
    """Return the number to teach for this claim, in the claim's `teach_unit`.

    Raises UnknownClaim for an id the ledger does not hold and LedgerError for a claim without such a number.
    """
    number = claim(claim_id).teach_value
    if number is None:
        raise LedgerError(f'The claim "{claim_id}" has no value to teach; the ledger gives it in words only.')
    return number


def claims(module: str | None = None, status: Status | None = None) -> tuple[Claim, ...]:
    """Return the claims in ledger order, those of one module ("01") or one status only when asked."""
    if status is not None and status not in get_args(Status):
        raise LedgerError(f'"{status}" is not a status; choose one of {", ".join(get_args(Status))}.')
    return tuple(
        row
        for row in _ledger().values()
        if (module is None or module in row.modules) and (status is None or row.status == status)
    )


def load_ledger(path: Path) -> Mapping[str, Claim]:
    """Read and check one ledger file; the result maps each id to its claim, in file order.

    Raises LedgerError with one sentence, `FILE:LINE: what is wrong`, at the first thing that is wrong.
    """
    ledger: dict[str, Claim] = {}
    for place, row in _rows(path):
        parsed = _parse(row, place)
        if parsed.id in ledger:
            raise LedgerError(f'{place}: the id "{parsed.id}" stands twice; every claim needs an id of its own.')
        ledger[parsed.id] = parsed
    return MappingProxyType(ledger)


@cache
def _ledger() -> Mapping[str, Claim]:
    return load_ledger(assets_dir() / "evidence" / "claims.csv")


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (`file:line`, cells by column); the line is the one on which the row begins."""
    try:
        handle = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise LedgerError(f"{path}: the evidence ledger cannot be opened ({error.strerror}).") from error
    with handle:
        reader = csv.reader(handle, strict=True)
        line = 1
        try:
            header = next(reader, [])
            missing = [name for name in (*_TEXT_COLUMNS, *_NUMBER_COLUMNS) if name not in header]
            if missing:
                raise LedgerError(f"{path}:1: the header lacks the column(s) {', '.join(missing)}.")
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(header):
                    raise LedgerError(f"{path}:{line}: {len(cells)} cells stand where {len(header)} are needed.")
                yield f"{path}:{line}", dict(zip(header, (cell.strip() for cell in cells), strict=True))
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise LedgerError(f"{path}:{line}: this is not UTF-8 text separated by commas ({error}).") from error


def _parse(row: Mapping[str, str], place: str) -> Claim:
    if not row["id"]:
        raise LedgerError(f"{place}: the id is missing.")
    if not _ID.fullmatch(row["id"]):
        raise LedgerError(f'{place}: the id "{row["id"]}" is not lower-case words and digits joined by hyphens.')
    if not _MODULES.fullmatch(row["module"]):
        raise LedgerError(f'{place}: the module "{row["module"]}" is not two digits, or several joined by ";".')
    for column, allowed in (("status", Status), ("origin", Origin), ("doi_confidence", DoiConfidence)):
        if row[column] not in get_args(allowed):
            choices = ", ".join(choice or "(empty)" for choice in get_args(allowed))
            raise LedgerError(f'{place}: "{row[column]}" is not a valid {column}; choose one of {choices}.')
    numbers = {column: _number(row, column, place) for column in _NUMBER_COLUMNS}
    if numbers["teach_value"] is not None and not row["teach_unit"]:
        raise LedgerError(f"{place}: teach_value stands without its teach_unit.")
    return Claim(
        id=row["id"],
        modules=tuple(row["module"].split(";")),
        claim=row["claim"],
        unit=row["unit"],
        population=row["population"],
        review_location=row["review_location"],
        review_citation=row["review_citation"],
        primary_source=row["primary_source"],
        doi=row["doi"],
        doi_confidence=cast(DoiConfidence, row["doi_confidence"]),
        primary_value=row["primary_value"],
        status=cast(Status, row["status"]),
        note=row["note"],
        teach_unit=row["teach_unit"],
        origin=cast(Origin, row["origin"]),
        basis=row["basis"],
        source_url=row["source_url"],
        **numbers,
    )


def _number(row: Mapping[str, str], column: str, place: str) -> float | None:
    if not row[column]:
        return None
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise LedgerError(f'{place}: {column} is "{row[column]}", which is not a number.')
    return number
