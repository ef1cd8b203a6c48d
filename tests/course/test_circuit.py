"""Table 1 and the circuit as data: loaded as they stand, every fault by file and line, edges between real nodes."""

from pathlib import Path

import pytest
from tables_kit import rows_of, written

from course import evidence
from course.content import assets_dir
from course.evidence.circuit import load_circuit, load_regions

FOLDER = assets_dir() / "evidence"


def circuit(path: Path) -> evidence.Circuit:
    return load_circuit(path, evidence.references(), evidence.cited_works())


def regions(path: Path) -> tuple[evidence.Region, ...]:
    return load_regions(path, evidence.references(), evidence.cited_works())


EDGE = next(row for row in rows_of("circuit.csv") if row["kind"] == "edge")
ENDS = [row for row in rows_of("circuit.csv") if row["id"] in (EDGE["from"], EDGE["to"])]


def small_circuit(path: Path, node: dict[str, str] | None = None, edge: dict[str, str] | None = None) -> Path:
    """Two real nodes (lines 2 and 3) and the edge between them (line 4), some cells of the first and last changed."""
    first, second = ENDS
    return written(path, [first | (node or {}), second, EDGE | (edge or {})])


# The course's own files


def test_every_region_is_loaded_as_it_stands() -> None:
    rows = rows_of("regions.csv")
    assert [region.id for region in evidence.regions()] == [row["id"] for row in rows]
    for region, row in zip(evidence.regions(), rows, strict=True):
        for name in ("region", "abbreviation", "function", "bpd_activity_review", "ma_activity_literature"):
            assert getattr(region, name) == row[name], (region.id, name)
        assert region.overlap_flag_review is (row["overlap_flag_review"] == "yes")
        assert ";".join(region.cited_bpd) == row["cited_bpd"]
        assert ";".join(work.key for work in region.sources) == row["source_keys"]


def test_every_node_and_connection_is_loaded_as_it_stands() -> None:
    rows = rows_of("circuit.csv")
    there = evidence.circuit()
    assert list(there.nodes) == [row["id"] for row in rows if row["kind"] == "node"]
    edges = [row for row in rows if row["kind"] == "edge"]
    assert [(each.start, each.end, each.sign) for each in there.connections] == [
        (row["from"], row["to"], row["sign"]) for row in edges
    ]
    for each, row in zip(there.connections, edges, strict=True):
        assert (each.transmitter, each.role, each.evidence_status) == (
            row["transmitter"], row["role"], row["evidence_status"],
        )  # fmt: skip


def test_every_connection_joins_two_nodes_and_no_two_join_the_same() -> None:
    there = evidence.circuit()
    assert all({each.start, each.end} <= there.nodes.keys() for each in there.connections)
    assert len({(each.start, each.end) for each in there.connections}) == len(there.connections)


def test_dopamine_of_the_tegmentum_reaches_the_shell() -> None:
    (connection,) = [each for each in evidence.circuit().connections if (each.start, each.end) == ("VTA", "NAcSh")]
    assert "dopamine" in connection.transmitter.lower()


def test_written_again_they_are_the_same(tmp_path: Path) -> None:
    assert regions(written(tmp_path / "regions.csv", rows_of("regions.csv"))) == evidence.regions()
    again = circuit(written(tmp_path / "circuit.csv", rows_of("circuit.csv")))
    assert dict(again.nodes) == dict(evidence.circuit().nodes)
    assert again.connections == evidence.circuit().connections


# Faults


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sign": "plus"}, 'sign is "plus", which is not one of +, -, ±.'),
        ({"sign": ""}, "the sign of this edge is missing."),
        ({"evidence_status": ""}, "the evidence_status of this edge is missing."),
        ({"evidence_status": "proved"}, 'evidence_status is "proved", which is not one of supported'),
        ({"change_ma_review": ""}, "the change_ma_review of this edge is missing."),
        ({"stage": "always"}, 'stage is "always", which is not one of all, binge, withdrawal, preoccupation.'),
        ({"source_keys": "nobody1900"}, 'the source "nobody1900" is not in references.csv.'),
        ({"review_citation": "Nobody 1900"}, 'the cited work "Nobody 1900" is not in cited_works.csv.'),
        ({"id": "A>B"}, 'the id of this edge is "A>B" and must be "'),
        ({"id": "A B"}, 'id is "A B", which is neither a name nor two names joined by >.'),
        ({"from": "MOON", "id": f"MOON>{EDGE['to']}"}, '"MOON" is no node of this file.'),
        ({"to": "MOON", "id": f"{EDGE['from']}>MOON"}, '"MOON" is no node of this file.'),
        ({"role": ""}, "the role is missing."),
        ({"kind": "loop"}, 'kind is "loop", which is not one of node, edge.'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_an_edge_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    path = small_circuit(tmp_path / "circuit.csv", edge=changes)
    with pytest.raises(evidence.LedgerError) as caught:
        circuit(path)
    (fault,) = str(caught.value).split("\n")
    assert fault.startswith(f"{path}:4: ")
    assert sentence in fault


@pytest.mark.parametrize(
    "changes", [{"from": "VTA"}, {"sign": "+"}, {"evidence_status": "supported"}, {"change_bpd_review": "up"}], ids=str
)
def test_a_node_has_nothing_that_only_an_edge_has(tmp_path: Path, changes: dict[str, str]) -> None:
    path = small_circuit(tmp_path / "circuit.csv", node=changes)
    with pytest.raises(evidence.LedgerError, match=r"circuit\.csv:2: a node has no from, to, evidence_status, sign"):
        circuit(path)


def test_a_node_that_is_named_like_an_edge_is_a_fault(tmp_path: Path) -> None:
    path = small_circuit(tmp_path / "circuit.csv", node={"id": "A>B"})
    with pytest.raises(evidence.LedgerError, match=r'circuit\.csv:2: the id of this node is "A>B"'):
        circuit(path)


def test_faults_of_cells_and_of_ends_come_at_once(tmp_path: Path) -> None:
    path = small_circuit(
        tmp_path / "circuit.csv",
        node={"stage": "always"},
        edge={"from": "MOON", "to": "SUN", "id": "MOON>SUN", "sign": ""},
    )
    with pytest.raises(evidence.LedgerError) as caught:
        circuit(path)
    assert [fault.removeprefix(f"{path}:") for fault in str(caught.value).split("\n")] == [
        '2: stage is "always", which is not one of all, binge, withdrawal, preoccupation.',
        "4: the sign of this edge is missing.",
        '4: "MOON" is no node of this file.',
        '4: "SUN" is no node of this file.',
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bpd_activity_review": "sideways"}, 'bpd_activity_review is "sideways", which is not one of up, down, mixed'),
        ({"ma_activity_literature": "altered"}, 'ma_activity_literature is "altered", which is not one of up, down'),
        ({"overlap_flag_review": "perhaps"}, 'overlap_flag_review is "perhaps", which is not one of yes, no.'),
        ({"cited_bpd": "Nobody 1900"}, 'the cited work "Nobody 1900" is not in cited_works.csv.'),
        ({"cited_ma": "Chang 2007;Nobody 1900"}, 'the cited work "Nobody 1900" is not in cited_works.csv.'),
        ({"source_keys": "nobody1900"}, 'the source "nobody1900" is not in references.csv.'),
        ({"teaching_note": ""}, "the teaching_note is missing."),
        ({"id": "dlpfc"}, 'the id "dlpfc" stands twice; it stands in '),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_a_region_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    rows = rows_of("regions.csv")[:3]
    rows[2].update(changes)
    path = written(tmp_path / "regions.csv", rows)
    with pytest.raises(evidence.LedgerError) as caught:
        regions(path)
    (fault,) = str(caught.value).split("\n")
    assert fault.startswith(f"{path}:4: ")
    assert sentence in fault
