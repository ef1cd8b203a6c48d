"""The ledger loads, refuses what is wrong with one sentence, and prose shows every number with its status."""

import csv
import re
from pathlib import Path

import pytest

from course import evidence
from course.content import assets_dir

LEDGER = assets_dir() / "evidence" / "claims.csv"
REFERENCES = assets_dir() / "evidence" / "references.csv"


def ledger_rows() -> list[dict[str, str]]:
    with LEDGER.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def ledger_with(path: Path, **changes: str) -> Path:
    """Write a ledger of the first three real rows, the third (line 4) with the given cells changed."""
    rows = ledger_rows()[:3]
    rows[2].update(changes)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_every_row_of_the_ledger_is_loaded_in_order() -> None:
    assert [row.id for row in evidence.claims()] == [row["id"] for row in ledger_rows()]


def test_a_claim_has_its_numbers_as_floats_and_blanks_as_none() -> None:
    half_life = evidence.claim("ma-half-life-iv")
    assert (half_life.teach_value, half_life.value, half_life.status) == (11.4, None, "supported")
    assert half_life.modules == ("01",)
    assert evidence.value("ma-half-life-iv") == 11.4


def test_claims_can_be_narrowed_by_module_and_status() -> None:
    unverified = evidence.claims(module="01", status="unverified")
    assert unverified
    assert all("01" in row.modules and row.status == "unverified" for row in unverified)
    with pytest.raises(evidence.LedgerError, match='"proved" is not a status'):
        evidence.claims(status="proved")  # type: ignore[arg-type]


def test_an_unknown_id_offers_its_neighbours() -> None:
    with pytest.raises(evidence.UnknownClaim, match=r'no claim "ma-half-lif-iv".*ma-half-life-iv') as caught:
        evidence.value("ma-half-lif-iv")
    assert isinstance(caught.value, ValueError)
    assert "\n" not in str(caught.value)


def test_a_claim_in_words_only_has_no_value() -> None:
    with pytest.raises(evidence.LedgerError, match='"kappa-agonist-lowers-da" has no value to teach'):
        evidence.value("kappa-agonist-lowers-da")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "true"}, '"true" is not a valid status'),
        ({"id": ""}, "the id is missing"),
        ({"id": "Two Words"}, "not lower-case words"),
        ({"id": "methods-search-window"}, 'the id "methods-search-window" stands twice'),
        ({"teach_value": "about ten", "teach_unit": "h"}, 'teach_value is "about ten", which is not a number'),
        ({"teach_value": "nan", "teach_unit": "h"}, 'teach_value is "nan", which is not a number'),
        ({"teach_value": "10", "teach_unit": ""}, "teach_value stands without its teach_unit"),
        ({"module": "1"}, 'the module "1" is not two digits'),
        ({"origin": "hearsay"}, '"hearsay" is not a valid origin'),
        ({"doi_confidence": "maybe"}, '"maybe" is not a valid doi_confidence'),
    ],
)
def test_a_mistake_in_the_ledger_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    broken = ledger_with(tmp_path / "claims.csv", **changes)
    with pytest.raises(evidence.LedgerError) as caught:
        evidence.load_ledger(broken)
    assert str(caught.value).startswith(f"{broken}:4: ")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_line_is_right_after_a_cell_that_spans_lines(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "claims.csv", status="true")
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    rows[1][2] = "first line\nsecond line"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    with pytest.raises(evidence.LedgerError, match=r"claims\.csv:5: "):
        evidence.load_ledger(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the header lacks"),
        (b"id,claim\n", "the header lacks"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_ledger_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(content)
    with pytest.raises(evidence.LedgerError, match=sentence):
        evidence.load_ledger(path)


def test_a_missing_ledger_and_a_short_row_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(evidence.LedgerError, match="cannot be opened"):
        evidence.load_ledger(tmp_path / "nowhere.csv")
    short = ledger_with(tmp_path / "claims.csv")
    with short.open("a", encoding="utf-8", newline="") as handle:
        handle.write("lonely,01\r\n")
    with pytest.raises(evidence.LedgerError, match=r"claims\.csv:5: 2 cells stand where 23 are needed"):
        evidence.load_ledger(short)


def test_a_value_comes_with_unit_range_and_status() -> None:
    assert evidence.fill("t = {{ma-half-life-iv}}.") == "t = **11.4 h** (✓ supported)."
    assert evidence.fill("{{ cocaine-half-life }}") == "**60 min** (range 40–90; ≈ imprecise)"
    assert evidence.fill("{{ma-da-peak-nac}}") == ("**1250 % of basal** (rat, NAc shell; range 1200–1300; ≈ imprecise)")


def test_a_claim_comes_with_its_status() -> None:
    assert evidence.fill("{{ma-da-peak-time.claim}}") == (
        "The dopamine peak occurs within the first hour. (✓ supported)"
    )


@pytest.mark.parametrize("row", evidence.claims(), ids=lambda row: row.id)
def test_no_claim_reaches_prose_without_its_status_and_no_conflict_outside_a_table(row: evidence.Claim) -> None:
    for token in (f"{{{{{row.id}}}}}", f"{{{{{row.id}.claim}}}}"):
        if row.status == "conflicts":
            with pytest.raises(evidence.MisusedClaim, match=re.escape(f"{{{{table {row.id}}}}}")):
                evidence.fill(token)
        elif row.teach_value is None and not token.endswith(".claim}}"):
            with pytest.raises(evidence.MisusedClaim, match="no value to teach"):
                evidence.fill(token)
        else:
            assert row.status in evidence.fill(token)
    table = evidence.fill(f"{{{{table {row.id}}}}}").splitlines()
    assert len(table) == 3
    cells = re.split(r"(?<!\\)\|", table[2])
    assert len(cells) == 6  # four cells between five bars
    assert all(cell.strip() for cell in cells[1:5])
    assert row.status in cells[2]


def test_a_table_has_one_row_an_id_with_what_to_teach_and_the_source() -> None:
    table = evidence.fill("before\n\n{{table ma-da-highest-of-four,\n ma-half-life-iv}}\n\nafter").splitlines()
    assert table[0] == "before"
    assert table[-1] == "after"
    assert len([line for line in table if line.startswith("|")]) == 4
    conflict, half_life = table[4], table[5]
    assert "✗ conflicts" in conflict
    assert "equal maxima are possible" in conflict
    assert "(https://doi.org/10.1124/jpet.110.165746)" in conflict
    assert half_life.startswith("| *Not in the review:*")
    assert "**11.4 h**" in half_life


def test_only_a_confirmed_doi_becomes_a_link() -> None:
    for row in evidence.claims():
        linked = "https://doi.org/" in evidence.fill(f"{{{{table {row.id}}}}}")
        assert linked == (bool(row.doi) and row.doi_confidence in ("retrieved", "certain")), row.id
    assert "DOI to be confirmed" in evidence.fill("{{table ma-half-life-iv}}")


def test_brackets_of_an_old_doi_do_not_break_its_link() -> None:
    table = evidence.fill("{{table amphetamine-release-without-impulses}}")
    assert "](https://doi.org/10.1016/0306-4522%2889%2990012-2)" in table


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("{{ma-half-life}}", "ma-half-life-iv"),
        ("{{ma-half-life-iv.doi}}", 'asks for ".doi"'),
        ("{{table }}", "names no claim"),
        ("{{table ma-half-life-iv,}}", 'no claim ""'),
        ("{{table ma-half-life-iv, nonsense}}", 'no claim "nonsense"'),
        ("{{ma-half-life-iv", "no matching"),
        ("$\\frac{{a_{1}}}{2}$", "in a formula"),
    ],
)
def test_a_token_that_cannot_be_filled_is_one_sentence(token: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        evidence.fill(token)
    assert "\n" not in str(caught.value)


def test_text_without_tokens_is_left_alone() -> None:
    text = "Half of it is gone after $t_{1/2}$; `{not a token}` and {one} stay.\n"
    assert evidence.fill(text) == text


def test_references_have_unique_keys_and_a_known_confidence() -> None:
    with REFERENCES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, strict=True))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert row["authors"] and row["title"] or row["integrity_note"], row["key"]
        assert row["doi_confidence"] in ("", "retrieved", "certain", "unsure"), row["key"]
        assert bool(row["doi"]) == bool(row["doi_confidence"]), row["key"]


@pytest.mark.parametrize("row", evidence.claims(module="01"), ids=lambda row: row.id)
def test_a_supported_claim_of_module_01_rests_on_text_that_was_read(row: evidence.Claim) -> None:
    if row.status == "supported":
        assert row.basis.startswith("retrieved")
        assert row.doi or row.source_url
    if row.basis == "K":
        assert row.status in ("unverified", "imprecise")
