"""What the ledger says in words wherever a claim is shown: on its page, in the terminal, in the lessons."""

import re
from collections.abc import Mapping

from course.evidence.ledger import Claim, ErrorKind, Status

BADGES: Mapping[Status, str] = {
    "supported": "✓ supported",
    "imprecise": "≈ imprecise",
    "conflicts": "✗ conflicts",
    "unverified": "? unverified",
}
"""Each status as a sign and a word."""

ERROR_SAYS: Mapping[ErrorKind, str] = {
    "wrong-denominator": "wrong denominator",
    "wrong-species": "wrong species",
    "misattribution": "misattribution",
    "causal-wording": "causal wording",
    "selective-extreme": "selective extreme",
    "wrong-quantity": "wrong quantity",
    "untested": "never tested",
    "contradiction": "contradicts itself",
    "missing-detail": "a detail is missing",
}
"""The ways in which a claim can fail, in words."""

_SPECIES_SAYS = {"cells": "cells in a dish", "several": "several species", "none": ""}
_NAMES_SPECIES = {
    "human": r"\b(?:people|adults|adolescents|children|infants|(?:wo)?men|volunteers|participants|\w*patients)\b",
    "rat": r"\brats?\b",
    "mouse": r"\b(?:mouse|mice)\b",
    "primate": r"\b(?:monkeys?|macaques?|primates?)\b",
    "cells": r"\bcells\b",
}


def in_whom(row: Claim) -> str:
    """Return in whom it was measured, "rat, NAc shell"; the species alone or left out where the population names it."""
    population = "" if row.population == "-" else row.population
    names = _NAMES_SPECIES.get(row.species)
    if names and re.search(names, population):
        return population
    return ", ".join(part for part in (_SPECIES_SAYS.get(row.species, row.species), population) if part)


def in_review(row: Claim) -> str:
    """Return where the review says it and whom it cites; empty for what the course added."""
    if row.origin != "review":
        return ""
    cites = f"; cites {row.review_citation}" if row.review_citation not in ("", "-") else ""
    return row.review_location + cites
