"""The evidence ledger: what the review claims, what the literature says, and what this course teaches instead."""

from course.evidence.ledger import Claim, LedgerError, Status, UnknownClaim, claim, claims, load_ledger, value
from course.evidence.prose import MisusedClaim, fill

__all__ = [
    "Claim",
    "LedgerError",
    "MisusedClaim",
    "Status",
    "UnknownClaim",
    "claim",
    "claims",
    "fill",
    "load_ledger",
    "value",
]
