"""`course evidence` and `course check` as somebody types them, in a copy of the checkout that is then damaged."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pybtex.database import parse_string

from course import cli, evidence
from course.checking import everything
from course.content import content_root

EVERYWHERE = "ma-da-peak-nac"  # used in a lesson, exercises, a question, a model and simulators
LEDGER = Path("assets", "evidence", "claims.csv")
ACCEPTED = Path("assets", "evidence", "accepted.csv")
Rows = list[dict[str, str]]


def course(root: Path, *words: str) -> tuple[int, str, str]:
    """Run `course WORDS` with the library and content of `root`: exit code, what it printed, what it complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", *words],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def change_ledger(root: Path, change: Callable[[Rows], Rows | None]) -> None:
    with (root / LEDGER).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    names = list(rows[0])
    rows = change(rows) or rows
    with (root / LEDGER).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(rows)


def row_of(rows: Rows, claim_id: str) -> dict[str, str]:
    return next(row for row in rows if row["id"] == claim_id)


def places_in(root: Path, claim_id: str) -> set[str]:
    """Every line below `modules/`, `course/models` and `course/simulators` that names the claim outside a comment."""
    whole_id = re.compile(rf"(?<![\w-]){claim_id}(?![\w-])")
    files = [*root.glob("modules/*/*"), *root.glob("course/models/*.py"), *root.glob("course/simulators/*.py")]
    return {
        f"{path.relative_to(root).as_posix()}:{number}"
        for path in files
        if path.suffix in (".py", ".yml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if whole_id.search(line) and "ledger:" not in line
    }


# One row breaks the build


def test_the_copy_is_in_order_before_it_is_damaged(checkout: Path) -> None:
    assert course(checkout, "check") == (0, "Every claim is used and known, every number has its source.\n", "")


def test_deleting_a_row_stops_the_build_and_names_every_use(checkout: Path) -> None:
    change_ledger(checkout, lambda rows: [row for row in rows if row["id"] != EVERYWHERE])
    code, printed, complaint = course(checkout, "check")
    assert (code, printed) == (1, "1 to mend.\n")
    (sentence,) = complaint.splitlines()
    assert sentence.startswith(f'There is no claim "{EVERYWHERE}" in claims.csv, but it is used in ')
    named = set(re.findall(r"[\w./-]+\.(?:py|yml):\d+", sentence))
    assert named == places_in(checkout, EVERYWHERE)
    for room in ("lesson.py", "exercises.py", "questions.yml", "course/models/", "course/simulators/"):
        assert any(room in place for place in named), room
    assert f"`course evidence --accept {EVERYWHERE}`" in sentence


def test_changing_a_row_stops_the_build_until_its_uses_were_read(checkout: Path) -> None:
    def change(rows: Rows) -> None:
        row_of(rows, EVERYWHERE).update(teach_value="1260")

    before = (checkout / ACCEPTED).read_text(encoding="utf-8").splitlines()
    change_ledger(checkout, change)
    code, printed, complaint = course(checkout, "check")
    assert (code, printed) == (1, "1 to mend.\n")
    (sentence,) = complaint.splitlines()
    assert sentence.startswith(f'The claim "{EVERYWHERE}" changed (value 1250 % of basal')
    assert "→ 1260 % of basal" in sentence
    assert set(re.findall(r"[\w./-]+\.(?:py|yml):\d+", sentence)) == places_in(checkout, EVERYWHERE)
    command = re.search(r"`course (.*)`", sentence)
    assert command
    assert course(checkout, *command[1].split()) == (0, f"Accepted: {EVERYWHERE}.\n", "")
    assert course(checkout, "check")[0] == 0
    after = (checkout / ACCEPTED).read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert all(line.startswith(f"{EVERYWHERE},") for line in changed[0])


def test_a_new_row_is_accepted_once_and_has_to_be_used(checkout: Path) -> None:
    def add(rows: Rows) -> Rows:
        return [*rows, row_of(rows, "ma-half-life-iv") | {"id": "a-new-claim"}]

    change_ledger(checkout, add)
    code, _, complaint = course(checkout, "check")
    assert code == 1
    unused, new = complaint.splitlines()
    assert unused.startswith('The claim "a-new-claim" is used nowhere, though its modules (01) are there')
    assert new == 'The claim "a-new-claim" is new: run `course evidence --accept a-new-claim`.'
    assert course(checkout, "evidence", "--accept", "a-new-claim")[0] == 0
    assert course(checkout, "check")[2] == unused + "\n"
    with (checkout / "course" / "models" / "drugs.py").open("a", encoding="utf-8") as handle:
        handle.write('\n_NEW = value("a-new-claim")\n')
    assert course(checkout, "check")[0] == 0


def test_a_row_that_nothing_uses_any_more_is_taken_out_in_two_steps(checkout: Path) -> None:
    idle = "tx-dbs"
    tables = [path for path in checkout.glob("modules/*/lesson.py") if f", {idle}" in path.read_text(encoding="utf-8")]
    assert len(tables) == len({place.split(":")[0] for place in places_in(checkout, idle) if "lesson.py" in place}) == 1
    lesson = tables[0]
    lesson.write_text(lesson.read_text(encoding="utf-8").replace(f", {idle}", ""), encoding="utf-8")
    change_ledger(checkout, lambda rows: [row for row in rows if row["id"] != idle])
    assert course(checkout, "check")[2] == f'The claim "{idle}" is gone: run `course evidence --accept {idle}`.\n'
    assert course(checkout, "evidence", "--accept", idle)[0] == 0
    assert idle not in (checkout / ACCEPTED).read_text(encoding="utf-8")
    assert course(checkout, "check")[0] == 0


def test_accepting_what_is_accepted_changes_no_byte(checkout: Path) -> None:
    before = (checkout / ACCEPTED).read_bytes()
    assert course(checkout, "evidence", "--accept", EVERYWHERE, EVERYWHERE)[0] == 0
    assert (checkout / ACCEPTED).read_bytes() == before
    assert [path.name for path in (checkout / ACCEPTED).parent.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_accepted_when_one_of_the_names_is_wrong(checkout: Path) -> None:
    before = (checkout / ACCEPTED).read_bytes()
    code, _, complaint = course(checkout, "evidence", "--accept", EVERYWHERE, "nonsense")
    assert code == 2
    assert complaint == "Nothing was accepted: nonsense is neither in the ledger nor was it ever there.\n"
    assert (checkout / ACCEPTED).read_bytes() == before


# Other damage


def test_every_other_check_is_part_of_the_same_command(checkout: Path) -> None:
    lesson = next(checkout.glob("modules/01-*/lesson.py"))
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("## Take-away\n", "## Take-away\n\nOf 577 addicts, all.\n"), encoding="utf-8")
    model = checkout / "course" / "models" / "drugs.py"
    model.write_text(model.read_text(encoding="utf-8") + "\n_TYPED = 11.4\n", encoding="utf-8")
    words = checkout / "assets" / "glossary.yml"
    entry = '\n- id: zzz\n  term: zzz\n  plain: Nothing.\n  modules: ["01"]\n'
    words.write_text(words.read_text(encoding="utf-8") + entry, encoding="utf-8")
    lines = checkout / "assets" / "crisis_resources.csv"
    lines.write_text(re.sub(r"20\d\d-", "2019-", lines.read_text(encoding="utf-8")), encoding="utf-8")
    code, printed, complaint = course(checkout, "check")
    assert code == 1
    found = complaint.splitlines()
    assert printed == f"{len(found)} to mend.\n"
    for sentence in (
        "the number 577 is typed in",
        "the number 11.4 has no source",
        '"addicts": write ',
        'the word "zzz" is linked in no lesson',
        "was looked up on 2019-",
    ):
        assert any(sentence in line for line in found), sentence
    assert all("2019-" in line for line in found[4:])


@pytest.mark.parametrize(
    ("file", "damage", "sentence"),
    [
        (LEDGER, lambda text: text.replace(",supported,", ",proved,", 1), r"claims\.csv:\d+: status is \"proved\""),
        (LEDGER, lambda text: text.replace("id,", "name,", 1), r"claims\.csv:1: the header must be id,module"),
        (LEDGER.with_name("references.csv"), lambda text: text.replace(",article,", ",poem,", 1), r"references\.csv:"),
        (LEDGER.with_name("regions.csv"), lambda text: text + "lonely\n", r"regions\.csv:\d+: 1 cell stands where"),
        (LEDGER.with_name("circuit.csv"), lambda text: text.replace("node,VTA,", "node,VTB,"), r'"VTA" is no node'),
        (LEDGER.with_name("cited_works.csv"), lambda text: text.replace(",not-listed,", ",,", 1), r"works\.csv:2: "),
        (ACCEPTED, lambda text: text + "<<<<<<< HEAD\n", r"accepted\.csv:\d+: 1 cell stands where 4 are needed"),
        (Path("assets", "glossary.yml"), lambda text: text + "- id\n", r"glossary\.yml:1: a glossary is a list"),
        (Path("assets", "wording.yml"), lambda text: "[", r"wording\.yml:\d+: this is not a readable list"),
        (Path("assets", "evidence", "own_numbers.yml"), lambda text: "{}", r"own_numbers\.yml:1: this file is a list"),
        (Path("assets", "syllabus.yml"), lambda text: "[]", r"syllabus\.yml: this is no syllabus"),
        (Path("course", "models", "drugs.py"), lambda text: text + "\nx = (\n", r"drugs\.py:\d+: this is not Python"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_a_sentence_and_exit_code_2(
    checkout: Path, file: Path, damage: Callable[[str], str], sentence: str
) -> None:
    path = checkout / file
    text = path.read_text(encoding="utf-8")
    path.write_text(damage(text), encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") != text
    code, printed, complaint = course(checkout, "check")
    assert (code, printed) == (2, "")
    assert re.search(sentence, complaint), complaint


def test_three_faults_of_the_ledger_are_three_lines_of_the_command(checkout: Path) -> None:
    def damage(rows: Rows) -> None:
        rows[0]["status"], rows[1]["checked"], rows[2]["source_keys"] = "proved", "soon", "nobody1900"

    change_ledger(checkout, damage)
    for words in (["check"], ["evidence"], ["evidence", "--accept", EVERYWHERE]):
        code, printed, complaint = course(checkout, *words)
        assert (code, printed) == (2, "")
        assert len(complaint.splitlines()) == 3


def test_an_installed_copy_says_that_the_sources_are_elsewhere(checkout: Path, tmp_path: Path) -> None:
    """The wheel keeps assets and modules inside the package."""
    installed = tmp_path / "installed"
    content = installed / "course" / "_content"
    installed.mkdir()
    (checkout / "course").rename(installed / "course")
    content.mkdir()
    for name in ("assets", "modules"):
        (checkout / name).rename(content / name)
    for words in (["check"], ["evidence", "--accept", EVERYWHERE]):
        code, printed, complaint = course(installed, *words)
        assert (code, printed) == (2, "")
        assert complaint == (
            "This looks at the sources of the course, and here is only its installed copy: run it in a checkout.\n"
        )
    code, printed, _ = course(installed, "evidence", EVERYWHERE)
    assert code == 0 and printed.startswith(f"{EVERYWHERE}  ≈ imprecise")


# What is printed


def test_a_claim_by_name_is_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evidence", "ma-half-life-iv"]) == 0
    printed = capsys.readouterr().out
    row = evidence.claim("ma-half-life-iv")
    assert printed.startswith("ma-half-life-iv  ✓ supported\n")
    told = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in printed.splitlines()[1:])
    assert told["claim"] == row.claim
    assert told["teach"].startswith("11.4 h")
    assert told["review"] == "not in the review"
    assert row.sources[0].short in told["source"]
    assert "lesson.py:" in told["used in"] and "course/models/drugs.py:" in told["used in"]
    assert "fails by" not in told


def test_a_claim_of_the_review_says_where_it_stands_and_how_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evidence", "ma-da-highest-of-four", "methods-prisma-counts"]) == 0
    first, second = capsys.readouterr().out.split("\n\n")
    assert "✗ conflicts" in first and "  fails by " in first
    assert "  review       Fig. 1\n" in second  # it cites nobody


def test_claims_are_listed_by_module_and_status_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evidence", "--module", "05", "--status", "conflicts"]) == 0
    said = capsys.readouterr()
    wanted = [row.id for row in evidence.claims("05", "conflicts")]
    assert wanted
    assert [line.split()[0] for line in said.out.splitlines()] == wanted
    assert all("✗ conflicts" in line for line in said.out.splitlines())
    assert said.err == f"{len(wanted)} claims\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ma-half-lif-iv"], 'There is no claim "ma-half-lif-iv" in the evidence ledger; the nearest ids are ma-half-'),
        (["--module", "5"], 'No claim belongs to a module "5"; modules with claims: 00, 01'),
        (["--status", "proved"], '"proved" is not a status; choose one of supported, imprecise, conflicts, unverified'),
        (["ma-half-life-iv", "--module", "01"], "Name claims, or ask for a module or a status; not both at once."),
        (["--accept", "--module", "01"], "Name claims, or ask for a module or a status; not both at once."),
        (["--accept"], "Name the claims whose uses you have read: `course evidence --accept ID`."),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evidence", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence)
    assert len(said.err.splitlines()) == 1


def test_the_works_behind_claims_are_exported_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    keys = sorted({work.key for row in evidence.claims(module="01") for work in row.sources})
    assert cli.main(["evidence", "--module", "01", "--bibtex"]) == 0
    assert list(parse_string(capsys.readouterr().out, "bibtex").entries) == keys
    assert cli.main(["evidence", "--module", "01", "--csl"]) == 0
    assert [item["id"] for item in json.loads(capsys.readouterr().out)] == keys


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["evidence", "--help"], ["check", "--help"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(words)
        assert ended.value.code == 0
        assert "Example:\n  course" in capsys.readouterr().out


def test_the_day_decides_whether_a_help_line_is_old() -> None:
    def old(today: date) -> list[str]:
        return [fault for fault in everything.faults(content_root(), today) if "crisis_resources" in fault]

    assert old(date.today()) == []
    assert old(date.today() + timedelta(days=1000))


def test_a_reader_who_has_seen_enough_ends_the_list_quietly() -> None:
    listing = subprocess.Popen(
        [sys.executable, "-u", "-m", "course.cli", "evidence"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert listing.stdout is not None and listing.stderr is not None
    listing.stdout.readline()
    listing.stdout.close()
    assert listing.wait(60) == 0
    assert b"Traceback" not in listing.stderr.read() and b"BrokenPipe" not in listing.stderr.read()
