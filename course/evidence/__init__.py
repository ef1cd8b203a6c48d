"""The evidence ledger: what the review claims, what the literature says, and what this course teaches instead."""

from course.evidence.circuit import Circuit, Connection, Node, Region, circuit, regions
from course.evidence.ledger import Claim, ErrorKind, Status, UnknownClaim, claim, claims, load_ledger, value
from course.evidence.prose import BADGES, MisusedClaim, fill, shown_value
from course.evidence.references import CitedWork, Reference, cited_works, references
from course.evidence.tables import LedgerError

__all__ = [
    "BADGES",
    "Circuit",
    "CitedWork",
    "Claim",
    "Connection",
    "ErrorKind",
    "LedgerError",
    "MisusedClaim",
    "Node",
    "Reference",
    "Region",
    "Status",
    "UnknownClaim",
    "circuit",
    "cited_works",
    "claim",
    "claims",
    "fill",
    "load_ledger",
    "references",
    "regions",
    "shown_value",
    "value",
]
