"""The evidence ledger: what the review claims, what the literature says, and what this course teaches instead."""

from course.evidence.circuit import Circuit, Connection, Node, Region, circuit, regions
from course.evidence.interventions import Intervention, interventions
from course.evidence.ledger import Claim, ErrorKind, Status, UnknownClaim, claim, claims, load_ledger, value
from course.evidence.prose import MisusedClaim, fill, shown_value, what_to_teach
from course.evidence.references import CitedWork, Reference, cited_works, references
from course.evidence.tables import LedgerError
from course.evidence.words import BADGES, ERROR_SAYS, in_review, in_whom

__all__ = [
    "BADGES",
    "ERROR_SAYS",
    "Circuit",
    "CitedWork",
    "Claim",
    "Connection",
    "ErrorKind",
    "Intervention",
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
    "in_review",
    "in_whom",
    "interventions",
    "load_ledger",
    "references",
    "regions",
    "shown_value",
    "value",
    "what_to_teach",
]
