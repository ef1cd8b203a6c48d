"""The ledger loads, names every fault by file and line, and prose shows every number with its status."""

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tables_kit import written

from course import evidence
from course.content import assets_dir
from course.evidence.ledger import MEASURES, UNITS

LEDGER = assets_dir() / "evidence" / "claims.csv"
IDS = ("methods-search-window", "methods-prisma-counts", "ma-half-life-iv")  # review, unverified review, course


def ledger_rows() -> list[dict[str, str]]:
    with LEDGER.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ROWS = ledger_rows()


def three_rows() -> list[dict[str, str]]:
    return [dict(next(row for row in ROWS if row["id"] == claim_id)) for claim_id in IDS]


def ledger_with(path: Path, line: int = 4, **changes: str) -> Path:
    """Write three real rows (lines 2 to 4) with some cells of one changed; line 4 is `ma-half-life-iv`."""
    rows = three_rows()
    rows[line - 2].update(changes)
    return written(path, rows)


def faults_of(path: Path) -> list[str]:
    with pytest.raises(evidence.LedgerError) as caught:
        evidence.load_ledger(path)
    return str(caught.value).split("\n")


# The course's own ledger


def test_every_row_of_the_ledger_is_loaded_in_order_with_what_its_cells_say() -> None:
    assert [row.id for row in evidence.claims()] == [row["id"] for row in ROWS]
    for row, cells in zip(evidence.claims(), ROWS, strict=True):
        for name in ("claim", "unit", "species", "population", "status", "note", "teach_unit", "origin", "basis"):
            assert getattr(row, name) == cells[name].strip(), (row.id, name)
        for name in ("value", "low", "high", "teach_value", "teach_low", "teach_high"):
            assert getattr(row, name) == (float(cells[name]) if cells[name] else None), (row.id, name)
        assert ";".join(row.modules) == cells["module"]
        assert ";".join(work.key for work in row.sources) == cells["source_keys"].replace("; ", ";")
        assert ";".join(row.error_kinds) == cells["error_kinds"].replace("; ", ";")
        assert row.checked.isoformat() == cells["checked"]


@pytest.mark.parametrize(
    "style", [{"quoting": csv.QUOTE_ALL}, {"lineterminator": "\n"}, {"lineterminator": "\r"}], ids=str
)
def test_the_ledger_written_by_another_program_is_the_same_ledger(tmp_path: Path, style: dict[str, object]) -> None:
    again = evidence.load_ledger(written(tmp_path / "claims.csv", ROWS, **style))
    assert tuple(again.values()) == evidence.claims()


def test_the_mark_that_a_spreadsheet_puts_before_the_first_cell_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"\xef\xbb\xbf" + LEDGER.read_bytes())
    assert tuple(evidence.load_ledger(path).values()) == evidence.claims()


def test_a_claim_has_its_numbers_as_floats_and_blanks_as_none() -> None:
    half_life = evidence.claim("ma-half-life-iv")
    assert (half_life.teach_value, half_life.value, half_life.status) == (11.4, None, "supported")
    assert half_life.modules == ("01",)
    assert half_life.checked >= date(2026, 11, 23)
    assert evidence.value("ma-half-life-iv") == 11.4


def test_claims_can_be_narrowed_by_module_and_status() -> None:
    unverified = evidence.claims(module="01", status="unverified")
    assert unverified
    assert all("01" in row.modules and row.status == "unverified" for row in unverified)
    with pytest.raises(evidence.LedgerError, match='"proved" is not a status'):
        evidence.claims(status="proved")  # type: ignore[arg-type]
    with pytest.raises(evidence.LedgerError, match='No claim belongs to a module "42"; modules with claims: 00, 01'):
        evidence.claims(module="42")


def test_an_unknown_id_offers_its_neighbours() -> None:
    with pytest.raises(evidence.UnknownClaim, match=r'no claim "ma-half-lif-iv".*ma-half-life-iv') as caught:
        evidence.value("ma-half-lif-iv")
    assert isinstance(caught.value, ValueError)
    assert "\n" not in str(caught.value)


def test_a_claim_in_words_only_has_no_value() -> None:
    with pytest.raises(evidence.LedgerError, match='"kappa-agonist-lowers-da" has no value to teach'):
        evidence.value("kappa-agonist-lowers-da")


def test_every_review_claim_that_fails_says_how_and_no_other_does() -> None:
    for row in evidence.claims():
        assert bool(row.error_kinds) == (row.origin == "review" and row.status != "supported"), row.id


@pytest.mark.parametrize("row", evidence.claims(), ids=lambda row: row.id)
def test_a_supported_claim_rests_on_text_that_was_read(row: evidence.Claim) -> None:
    if row.status == "supported":
        assert not row.basis.startswith("K")
        assert row.sources or row.source_url or row.basis in ("review-text", "computed", "search-negative")
    if row.basis == "K":
        assert row.status != "supported"


# Faults


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "true"}, 'status is "true", which is not one of supported, imprecise, conflicts, unverified.'),
        ({"status": ""}, "the status is missing."),
        ({"id": ""}, "the id is missing."),
        ({"id": "Two Words"}, 'id is "Two Words", which is not lower-case words and digits joined by hyphens.'),
        (
            {"id": "methods-search-window"},
            'the id "methods-search-window" stands twice; it stands in {path}:2 already.',
        ),
        ({"teach_value": "about ten"}, 'teach_value is "about ten", which is not a number like 11.4 or -3.'),
        ({"teach_value": "nan"}, 'teach_value is "nan", which is not a number like 11.4 or -3.'),
        ({"teach_value": "inf"}, 'teach_value is "inf", which is not a number like 11.4 or -3.'),
        ({"value": "1_000"}, 'value is "1_000", which is not a number like 11.4 or -3.'),
        ({"value": "1,500"}, 'value is "1,500", which is not a number like 11.4 or -3.'),
        ({"value": "٣"}, 'value is "٣", which is not a number like 11.4 or -3.'),
        ({"teach_unit": ""}, "teach_value and teach_unit stand together or not at all."),
        ({"teach_value": ""}, "teach_value and teach_unit stand together or not at all."),
        (
            {"teach_unit": "fortnights"},
            f'teach_unit is "fortnights", which is none of {", ".join(UNITS)}, nor one and (a remark).',
        ),
        (
            {"teach_unit": "h after smoking"},
            f'teach_unit is "h after smoking", which is none of {", ".join(UNITS)}, nor one and (a remark).',
        ),
        ({"teach_low": "12", "teach_high": "10"}, "teach_low 12 exceeds teach_high 10."),
        (
            {"teach_low": "12", "teach_high": "15"},
            "teach_value 11.4 does not lie between teach_low 12 and teach_high 15.",
        ),
        ({"teach_low": "1", "teach_high": "2"}, "teach_value 11.4 does not lie between teach_low 1 and teach_high 2."),
        ({"teach_low": "10"}, "teach_low and teach_high stand together or not at all."),
        ({"low": "2", "high": "1"}, "low 2 exceeds high 1."),
        (
            {"teach_value": "", "teach_unit": "", "teach_low": "1", "teach_high": "2"},
            "teach_low and teach_high need a teach_value.",
        ),
        ({"module": "1"}, 'module is "1", which is not two digits, or several joined by ";".'),
        ({"module": "01;01"}, 'module is "01;01", which names something twice.'),
        ({"module": "01;"}, 'module is "01;", which holds a ";" too many.'),
        ({"origin": "hearsay"}, 'origin is "hearsay", which is not one of review, course.'),
        ({"species": "dog"}, 'species is "dog", which is not one of human, rat, mouse, primate, cells, several, none.'),
        ({"source_keys": "nobody1900"}, 'the source "nobody1900" is not in references.csv.'),
        ({"source_keys": ""}, 'source_keys is missing, and the basis "retrieved" needs a source.'),
        ({"checked": "23.11.2026"}, 'checked is "23.11.2026", which is not a date like 2026-11-23.'),
        ({"checked": "20261123"}, 'checked is "20261123", which is not a date like 2026-11-23.'),
        ({"checked": "2026-02-30"}, 'checked is "2026-02-30", which is not a date like 2026-11-23.'),
        ({"checked": ""}, "the checked is missing."),
        ({"error_kinds": "untested"}, "error_kinds is for claims of the review that are not supported."),
        (
            {"status": "two\nlines"},
            'status is "two lines", which is not one of supported, imprecise, conflicts, unverified.',
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_a_row_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    broken = ledger_with(tmp_path / "claims.csv", **changes)
    assert faults_of(broken) == [f"{broken}:4: {sentence.replace('{path}', str(broken))}"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"error_kinds": ""}, "error_kinds is missing: say in which way this claim of the review is imprecise."),
        ({"error_kinds": "sloppy"}, 'error_kinds is "sloppy", which is not one of wrong-denominator, wrong-species'),
        ({"error_kinds": "untested;untested"}, 'error_kinds is "untested;untested", which names something twice.'),
        ({"status": "supported"}, "error_kinds is for claims of the review that are not supported."),
        ({"note": "", "primary_value": ""}, "note is missing: say what to teach instead."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_claim_of_the_review_that_fails_says_how(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    broken = ledger_with(tmp_path / "claims.csv", line=2, **changes)
    (fault,) = faults_of(broken)
    assert fault.startswith(f"{broken}:2: {sentence}")


def test_three_faults_are_three_lines(tmp_path: Path) -> None:
    rows = three_rows()
    rows[0]["status"] = "true"
    rows[1]["checked"] = "yesterday"
    rows[2]["source_keys"] = "nobody1900"
    broken = written(tmp_path / "claims.csv", rows)
    found = faults_of(broken)
    assert [fault.removeprefix(f"{broken}:")[:2] for fault in found] == ["2:", "3:", "4:"]


def test_three_faults_of_one_row_are_three_lines_too(tmp_path: Path) -> None:
    broken = ledger_with(tmp_path / "claims.csv", status="true", checked="soon", species="dog")
    found = faults_of(broken)
    assert len(found) == 3
    assert all(fault.startswith(f"{broken}:4: ") for fault in found)


def test_a_row_that_is_too_short_hides_no_fault_behind_it(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "claims.csv", status="true")
    head, _, rest = path.read_bytes().partition(b"\r\n")
    path.write_bytes(head + b"\r\nlonely,01\r\n" + rest)
    assert faults_of(path) == [
        f"{path}:2: 2 cells stand where {len(ROWS[0])} are needed.",
        f'{path}:5: status is "true", which is not one of supported, imprecise, conflicts, unverified.',
    ]


def test_lines_are_counted_right_after_cells_with_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows = three_rows()
    rows[0]["claim"] = 'first line\nsecond, "quoted" line\r\nthird line'
    rows[1]["note"] = '"'
    rows[2]["status"] = "true"
    broken = written(tmp_path / "claims.csv", rows)
    assert [fault.partition(": ")[0] for fault in faults_of(broken)] == [f"{broken}:6"]


@pytest.mark.parametrize(
    ("content", "place", "sentence"),
    [
        (b"", "1", "the header must be id,module"),
        (b"id,claim\n", "1", "module, value, low"),
        (",".join(ROWS[0]).encode() + b",doi\n", "1", "doi is not one of its columns."),
        (",".join(sorted(ROWS[0])).encode() + b"\n", "1", "the order is another."),
        (",".join([*ROWS[0], "id"]).encode() + b"\n", "1", "a column stands twice."),
        (",".join(ROWS[0]).encode() + b"\n\xff\xfe\n", "2", "this is not UTF-8 text"),
        (
            ",".join(ROWS[0]).encode() + b'\n"never closed,\n\n',
            "2",
            "from here on this is not text separated by commas",
        ),
        (",".join(ROWS[0]).encode() + b'\n"a"b,c\n', "2", "from here on this is not text separated by commas"),
    ],
)
def test_a_file_that_is_no_ledger_is_one_sentence(tmp_path: Path, content: bytes, place: str, sentence: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(content)
    (fault,) = faults_of(path)
    assert fault.startswith(f"{path}:{place}: ")
    assert sentence in fault


def test_a_missing_ledger_is_one_sentence(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nowhere.csv")
    assert "cannot be opened" in fault
    (fault,) = faults_of(tmp_path)
    assert "cannot be opened" in fault


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(sorted({cell for row in ROWS for cell in row.values()})),
    st.sampled_from(
        ["", "-", ";", "1e999", "nan", "0", "9999-99-99", '"', "\n", "\r\n", "a\x00b", "\ud7ff", "{{", "|"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(
    picked=st.lists(st.integers(0, len(ROWS) - 1), min_size=1, max_size=4),
    changes=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(ROWS[0])), CELLS), max_size=4),
)
def test_real_rows_with_any_cells_changed_load_or_say_what_is_wrong_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, picked: list[int], changes: list[tuple[int, str, str]]
) -> None:
    rows = [dict(ROWS[number]) for number in picked]
    for number, name, cell in changes:
        rows[number % len(rows)][name] = cell
    path = written(tmp_path_factory.mktemp("mutated") / "claims.csv", rows)
    try:
        loaded = evidence.load_ledger(path)
    except evidence.LedgerError as error:
        for line in str(error).split("\n"):
            assert re.fullmatch(rf"{re.escape(str(path))}:\d+: \S.*\.", line), line
    else:
        assert len(loaded) == len(rows)


@settings(max_examples=200, deadline=None)
@given(cut=st.integers(0, 4000), junk=st.binary(max_size=20))
def test_a_damaged_file_says_so_or_loads(tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(ROWS[:4])
    whole = buffer.getvalue().encode()
    path = tmp_path_factory.mktemp("damaged") / "claims.csv"
    path.write_bytes(whole[:cut] + junk + whole[cut:])
    try:
        evidence.load_ledger(path)
    except evidence.LedgerError as error:
        assert all(line.startswith(f"{path}:") for line in str(error).split("\n"))


# Tokens in prose


def test_a_value_comes_with_unit_range_and_status() -> None:
    assert evidence.fill("t = {{ma-half-life-iv}}.") == "t = **11.4 h** (✓ supported)."
    assert evidence.fill("{{ cocaine-half-life }}") == "**60 min** (range 40–90; ≈ imprecise)"
    assert evidence.fill("{{ma-da-peak-nac}}") == "**1250 % of basal** (rat, NAc shell; range 1200–1300; ≈ imprecise)"


@pytest.mark.parametrize(
    ("claim_id", "shown"),
    [
        ("bpd-predicts-relapse-fenton", "odds ratio 1.91 (persistence at 3 years; range 1.06–3.45)"),
        ("ma-relapse-hr-selfhelp", "hazard ratio 0.29"),
        ("tx-bpd-psychotherapy-smd", "SMD −0.6 (range −0.65 to −0.6)"),
        ("screening-kappa", "kappa 0.82 (range 0.71–0.93)"),
        ("tx-dbt-sud-abstinence", "effect size 1.03 (abstinence days)"),
        ("tx-mirtazapine-rr", "risk ratio 0.75"),
        ("ma-half-life-iv", "11.4 h"),
        ("kappa-agonist-lowers-da", ""),
    ],
)
def test_the_name_of_a_measure_comes_before_its_number(claim_id: str, shown: str) -> None:
    assert evidence.shown_value(evidence.claim(claim_id)) == shown


def test_every_measure_is_a_unit_that_some_claim_has() -> None:
    assert set(MEASURES) <= set(UNITS)
    assert set(MEASURES) <= {row.teach_unit.partition(" (")[0] for row in evidence.claims()}


def test_a_claim_comes_with_its_status() -> None:
    assert evidence.fill("{{ma-da-peak-time.claim}}") == (
        "The dopamine peak occurs within the first hour. (✓ supported)"
    )


def test_the_bare_number_is_for_calculations_and_never_for_an_unverified_claim() -> None:
    assert evidence.fill("$24 / {{ma-half-life-iv.number}}$") == "$24 / 11.4$"
    unverified = next(row for row in evidence.claims(status="unverified") if row.teach_value is not None)
    with pytest.raises(evidence.MisusedClaim, match="shows only with its badge"):
        evidence.fill(f"{{{{{unverified.id}.number}}}}")


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
    table = evidence.fill("before\n\n{{table ma-da-highest-of-four,  ma-half-life-iv}}\n\nafter").splitlines()
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
        table = evidence.fill(f"{{{{table {row.id}}}}}")
        for work in row.sources:
            sure = bool(work.doi) and work.doi_confidence in ("retrieved", "certain")
            assert (f"]({work.doi_url})" in table) if sure else (not work.doi or work.doi not in table), row.id
        if row.sources and not any(work.doi_url for work in row.sources):
            assert "DOI to be confirmed" in table, row.id


def test_brackets_of_an_old_doi_do_not_break_its_link() -> None:
    table = evidence.fill("{{table amphetamine-release-without-impulses}}")
    assert "](https://doi.org/10.1016/0306-4522%2889%2990012-2)" in table


def test_signs_in_a_cell_do_not_break_the_table_and_are_shown_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "x | <script>alert(1)</script> *y* `z` $a$ \\ & b"
    path = ledger_with(tmp_path / "claims.csv", teach_unit="h (a|b <i> *c*)", claim=said)
    row = evidence.load_ledger(path)["ma-half-life-iv"]
    assert evidence.shown_value(row) == "11.4 h (a|b <i> *c*)"
    monkeypatch.setattr("course.evidence.prose.claim", {row.id: row}.__getitem__)
    html = MarkdownIt().enable("table").render(evidence.fill("{{table ma-half-life-iv}}"))
    assert "<script" not in html and "<i>" not in html
    cells = [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", html)]
    assert len(cells) == 4
    assert cells[0] == f"Not in the review: {said}"
    assert cells[2].startswith("11.4 h (a|b <i> *c*)")


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("{{ma-half-life}}", "ma-half-life-iv"),
        ("{{ma-half-life-iv.doi}}", 'asks for ".doi"'),
        ("{{table }}", "names no claim"),
        ("{{table ma-half-life-iv,}}", 'no claim ""'),
        ("{{table ma-half-life-iv, nonsense}}", 'no claim "nonsense"'),
        ("{{ma-half-life-iv", "close the token"),
        ("{{table ma-half-life-iv,\nma-half-life-smoked}}", "close the token"),
        ("{{}}", 'no claim ""'),
    ],
)
def test_a_token_that_cannot_be_filled_is_one_sentence(token: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        evidence.fill(token)
    assert "\n" not in str(caught.value)


def test_two_braces_of_a_formula_are_named_as_such() -> None:
    with pytest.raises(evidence.MisusedClaim, match=re.escape("write '{ {' in a formula")):
        evidence.fill("$\\frac{{a_{1}}}{2}$")


def test_text_without_tokens_is_left_alone() -> None:
    text = "Half of it is gone after $t_{1/2}$; `{not a token}` and {one} stay.\n"
    assert evidence.fill(text) == text


def test_a_question_at_the_end_of_what_to_teach_gets_no_full_stop() -> None:
    asked = [row for row in evidence.claims() if row.note.endswith("?")]
    assert asked
    for row in asked:
        assert evidence.what_to_teach(row).endswith("?")
    assert "?." not in evidence.fill("{{table " + ", ".join(row.id for row in asked) + "}}")
