"""Reads `regions.csv` (the review's Table 1, checked) and `circuit.csv` (its circuit as nodes and connections)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from course.content import assets_dir
from course.evidence.references import CitedWork, Reference, cited_works, references, unknown_keys
from course.evidence.tables import Column, Row, identifier, like, one_of, read_table, several, text

Activity = Literal["up", "down", "mixed", "altered", "not-stated"]
Measured = Literal["up", "down", "mixed", "unclear"]
Overlap = Literal["yes", "partial", "no", "unknown"]
Sign = Literal["+", "-", "±"]
Stage = Literal["all", "binge", "withdrawal", "preoccupation"]
EdgeStatus = Literal["supported", "imprecise", "conflicts", "unverified"]

_works = several(text)
_REGIONS = (
    Column("id", identifier, required=True),
    Column("region", text, required=True),
    Column("abbreviation", text, required=True),
    Column("function", text, required=True),
    Column("bpd_activity_review", one_of(get_args(Activity)), required=True),
    Column("ma_activity_review", one_of(get_args(Activity)), required=True),
    Column("bpd_structure_review", text),
    Column("ma_structure_review", text),
    Column("cited_bpd", _works, empty=()),
    Column("cited_ma", _works, empty=()),
    Column("overlap_flag_review", one_of(("yes", "no")), required=True),
    Column("garbling_note", text),
    Column("bpd_activity_literature", one_of(get_args(Measured)), required=True),
    Column("bpd_literature", text, required=True),
    Column("ma_activity_literature", one_of(get_args(Measured)), required=True),
    Column("ma_literature", text, required=True),
    Column("effect_size", text),
    Column("overlap_supported", one_of(get_args(Overlap)), required=True),
    Column("source_keys", several(identifier), empty=()),
    Column("teaching_note", text, required=True),
)
_CIRCUIT = (
    Column("kind", one_of(("node", "edge")), required=True),
    Column("id", like(r"[A-Za-z0-9]+(>[A-Za-z0-9]+)?", "is neither a name nor two names joined by >"), required=True),
    Column("from", text),
    Column("to", text),
    Column("transmitter", text),
    Column("sign", one_of(get_args(Sign))),
    Column("role", text, required=True),
    Column("stage", one_of(get_args(Stage)), required=True),
    Column("change_bpd_review", one_of(get_args(Activity))),
    Column("change_ma_review", one_of(get_args(Activity))),
    Column("review_citation", _works, empty=()),
    Column("in_review", one_of(("yes", "partly", "no")), required=True),
    Column("evidence_status", one_of(get_args(EdgeStatus))),
    Column("source_keys", several(identifier), empty=()),
    Column("check_note", text),
)


@dataclass(frozen=True)
class Region:
    """One row of the review's Table 1: what it says of a region in each condition, and what the literature says."""

    id: str
    region: str
    abbreviation: str
    function: str
    bpd_activity_review: Activity
    ma_activity_review: Activity
    bpd_structure_review: str
    ma_structure_review: str
    cited_bpd: tuple[str, ...]
    cited_ma: tuple[str, ...]
    overlap_flag_review: bool
    garbling_note: str
    bpd_activity_literature: Measured
    bpd_literature: str
    ma_activity_literature: Measured
    ma_literature: str
    effect_size: str
    overlap_supported: Overlap
    sources: tuple[Reference, ...]
    teaching_note: str


@dataclass(frozen=True)
class Node:
    """A place of the circuit, what it does, and the stage of addiction the review sets it in."""

    id: str
    role: str
    stage: Stage
    in_review: str
    check_note: str


@dataclass(frozen=True)
class Connection:
    """A projection between two nodes; `sign`: whether it excites (+), inhibits (-) or both."""

    start: str
    end: str
    transmitter: str
    sign: Sign
    role: str
    stage: Stage
    change_bpd_review: Activity
    change_ma_review: Activity
    review_citation: tuple[str, ...]
    in_review: str
    evidence_status: EdgeStatus
    sources: tuple[Reference, ...]
    check_note: str


@dataclass(frozen=True)
class Circuit:
    """Nodes by id, and the connections between them, in file order."""

    nodes: Mapping[str, Node]
    connections: tuple[Connection, ...]


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of Table 1 in its order."""
    return load_regions(assets_dir() / "evidence" / "regions.csv", references(), cited_works())


@cache
def circuit() -> Circuit:
    """Return the circuit that the review describes in words."""
    return load_circuit(assets_dir() / "evidence" / "circuit.csv", references(), cited_works())


def load_regions(path: Path, known: Mapping[str, Reference], cited: tuple[CitedWork, ...]) -> tuple[Region, ...]:
    """Read and check a file of regions against known references and cited works.

    Raises LedgerError with one line, `FILE:LINE: what is wrong`, for every fault.
    """

    def rules(values: Mapping[str, Any]) -> Iterator[str]:
        yield from unknown_keys(values["source_keys"], known)
        yield from _unknown_works((*values["cited_bpd"], *values["cited_ma"]), cited)

    found = []
    for row in read_table(path, _REGIONS, rules, key="id"):
        values = dict(row.values)
        keys, flag = values.pop("source_keys"), values.pop("overlap_flag_review")
        sources = tuple(known[key] for key in keys)
        found.append(Region(**values, overlap_flag_review=flag == "yes", sources=sources))
    return tuple(found)


def load_circuit(path: Path, known: Mapping[str, Reference], cited: tuple[CitedWork, ...]) -> Circuit:
    """Read and check a file of nodes and edges; edges join nodes of the file. Raises LedgerError likewise."""

    def rules(values: Mapping[str, Any]) -> Iterator[str]:
        yield from unknown_keys(values["source_keys"], known)
        yield from _unknown_works(values["review_citation"], cited)
        ends, of_edges = (values["from"], values["to"]), ("sign", "change_bpd_review", "change_ma_review")
        if values["kind"] == "node" and (any(ends) or values["evidence_status"] or any(values[n] for n in of_edges)):
            yield f"a node has no from, to, evidence_status, {', '.join(of_edges)}."
        if values["kind"] == "node" and ">" in values["id"]:
            yield f'the id of this node is "{values["id"]}", which names an edge.'
        if values["kind"] == "edge":
            if values["id"] != ">".join(ends):
                yield f'the id of this edge is "{values["id"]}" and must be "{">".join(ends)}".'
            for name in (*of_edges, "evidence_status"):
                if not values[name]:
                    yield f"the {name} of this edge is missing."

    def together(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
        there = {row.values["id"] for row in rows if row.values["kind"] == "node"}
        for row in rows:
            for end in (row.values["from"], row.values["to"]):
                if row.values["kind"] == "edge" and end and end not in there:
                    yield row.place, f'"{end}" is no node of this file.'

    rows = read_table(path, _CIRCUIT, rules, key="id", together=together)
    nodes = {
        row.values["id"]: Node(**{name: row.values[name] for name in Node.__dataclass_fields__})
        for row in rows
        if row.values["kind"] == "node"
    }
    edges = tuple(_connection(row.values, known) for row in rows if row.values["kind"] == "edge")
    return Circuit(MappingProxyType(nodes), edges)


def _connection(values: Mapping[str, Any], known: Mapping[str, Reference]) -> Connection:
    rest = {name: values[name] for name in Connection.__dataclass_fields__ if name in values}
    sources = tuple(known[key] for key in values["source_keys"])
    return Connection(start=values["from"], end=values["to"], sources=sources, **rest)


def _unknown_works(names: tuple[str, ...], cited: tuple[CitedWork, ...]) -> Iterator[str]:
    there = {work.work for work in cited}
    for name in names:
        if name not in there:
            yield f'the cited work "{name}" is not in cited_works.csv.'
