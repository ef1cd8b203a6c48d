"""Every use of a claim is found, and a row that changes, goes or comes names all places that lean on it."""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from course import evidence, glossary, resources
from course.checking import glossary_links
from course.checking.passages import prose, strings
from course.checking.uses import Accepted, Use, faults, find_uses, read_accepted, state, write_accepted
from course.evidence import Claim

LEDGER = {row.id: row for row in evidence.claims()}
EVERYWHERE = "ma-da-peak-nac"  # used in a lesson, exercises, a question, a model and simulators
READY = ("00", "01")


def places(uses: Iterable[Use], claim_id: str) -> list[str]:
    return list(dict.fromkeys(use.place for use in uses if use.claim_id == claim_id))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def accepted_all(ledger: dict[str, Claim] = LEDGER) -> dict[str, Accepted]:
    return {claim_id: state(row) for claim_id, row in ledger.items()}


# Uses are found


def test_a_claim_used_in_every_room_is_found_in_every_room(checkout: Path) -> None:
    found = [use for use in find_uses(checkout, LEDGER) if use.claim_id == EVERYWHERE]
    assert {use.label.partition(" ")[0] for use in found} == {"lesson", "exercises", "questions", "model", "simulator"}
    assert {"lesson 01", "exercises 01", "questions 01", "model drugs", "simulator figure_two"} <= {
        use.label for use in found
    }
    for use in found:
        file, _, line = use.place.partition(":")
        assert EVERYWHERE in (checkout / file).read_text(encoding="utf-8").splitlines()[int(line) - 1], use.place


@pytest.mark.parametrize("claim_id", [EVERYWHERE, "ma-half-life-iv", "screening-sensitivity-single"])
def test_no_place_in_the_modules_that_names_a_claim_is_missed(checkout: Path, claim_id: str) -> None:
    whole_id = re.compile(rf"(?<![\w-]){claim_id}(?![\w-])")
    named = {
        f"{path.relative_to(checkout).as_posix()}:{number}"
        for path in (checkout / "modules").rglob("*.*")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if whole_id.search(line)
    }
    found = {use.place for use in find_uses(checkout, LEDGER) if use.claim_id == claim_id}
    assert named
    assert {place for place in found if place.startswith("modules/")} == named


LESSON = '''\
# %% [markdown]
r"""
# A lesson

One value {{one-claim}}, one number {{ two-claim.number }}, {{three-claim.claim}} and {{table four-claim, five-claim}}.
A word {{term half-life|half-lives}}, {{words half-life, basal}} and {{points q1}}.
"""

# %%
evidence.value("six-claim"); evidence.claim("seven-claim"); value("eight-claim"); other.value("nine-claim")
names = {"a": "ten-claim", "b": "no such id"}
'''


def test_each_way_to_use_a_claim_is_one(tmp_path: Path) -> None:
    write(tmp_path / "modules" / "07-made-up" / "lesson.py", LESSON)
    write(
        tmp_path / "modules" / "07-made-up" / "questions.yml", "- id: q\n  claim: eleven-claim\n  ask: The claim: no\n"
    )
    found = {use.claim_id: (use.place, use.label) for use in find_uses(tmp_path, {"ten-claim"})}
    lesson = "modules/07-made-up/lesson.py"
    assert found == {
        **{f"{each}-claim": (f"{lesson}:5", "lesson 07") for each in ("one", "two", "three", "four", "five")},
        **{f"{each}-claim": (f"{lesson}:10", "lesson 07") for each in ("six", "seven", "eight")},
        "ten-claim": (f"{lesson}:11", "lesson 07"),
        "eleven-claim": ("modules/07-made-up/questions.yml:2", "questions 07"),
    }


def test_the_library_that_keeps_the_ledger_is_no_use_of_it(checkout: Path) -> None:
    write(checkout / "course" / "evidence" / "more.py", f'NAME = "{EVERYWHERE}"\n')
    write(checkout / "course" / "models" / "more.py", f'NAME = "{EVERYWHERE}"\n')
    found = {use.place for use in find_uses(checkout, LEDGER) if "more.py" in use.place}
    assert found == {"course/models/more.py:1"}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("lesson.py", b"# %% [markdown]\nr'''\ntext", r"modules/07-made-up/lesson\.py:2: this is not Python \("),
        ("lesson.py", b"# %%\nx = \xff\n", r"modules/07-made-up/lesson\.py: this is not UTF-8 text \("),
        ("questions.yml", b"- id: \xff\n", r"modules/07-made-up/questions\.yml: this is not UTF-8 text \("),
    ],
)
def test_a_source_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    write(tmp_path / "modules" / "07-made-up" / name, "").write_bytes(content)
    with pytest.raises(ValueError, match=sentence) as caught:
        find_uses(tmp_path, LEDGER)
    assert "\n" not in str(caught.value)


# What no longer fits


def test_the_course_as_it_stands_is_in_order(checkout: Path) -> None:
    accepted = read_accepted(checkout / "assets" / "evidence" / "accepted.csv")
    assert faults(LEDGER, find_uses(checkout, {*LEDGER, *accepted}), accepted, READY) == []


def test_a_row_that_goes_is_named_with_every_place_that_used_it(checkout: Path) -> None:
    without = {claim_id: row for claim_id, row in LEDGER.items() if claim_id != EVERYWHERE}
    uses = find_uses(checkout, {*without, *accepted_all()})
    (fault,) = faults(without, uses, accepted_all(), READY)
    where = places(uses, EVERYWHERE)
    assert len(where) >= 8
    assert f'There is no claim "{EVERYWHERE}" in claims.csv, but it is used in {", ".join(where)}:' in fault
    assert f"`course evidence --accept {EVERYWHERE}`" in fault
    assert "\n" not in fault


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"teach_value": 1400.0, "teach_high": 1400.0}, "value 1250 % of basal"),
        ({"status": "conflicts"}, "status imprecise → conflicts"),
        ({"note": "Something else."}, "its words"),
        ({"claim": "Something else."}, "its words"),
        ({"sources": ()}, "its words"),
        ({"error_kinds": ("untested",)}, "its words"),
        ({"teach_value": None, "teach_low": None, "teach_high": None, "teach_unit": ""}, "→ nothing"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_row_that_changes_is_named_with_every_place_that_uses_it(
    checkout: Path, changes: dict[str, object], said: str
) -> None:
    changed = LEDGER | {EVERYWHERE: replace(LEDGER[EVERYWHERE], **changes)}  # type: ignore[arg-type]
    uses = find_uses(checkout, LEDGER)
    (fault,) = faults(changed, uses, accepted_all(), READY)
    assert fault.startswith(f'The claim "{EVERYWHERE}" changed (')
    assert said in fault
    assert f"it is used in {', '.join(places(uses, EVERYWHERE))}: read these again, then run " in fault
    assert fault.endswith(f"`course evidence --accept {EVERYWHERE}`.")


def test_checking_a_row_again_on_another_day_changes_nothing() -> None:
    later = replace(LEDGER[EVERYWHERE], checked=LEDGER[EVERYWHERE].checked + timedelta(days=30))
    assert state(later) == state(LEDGER[EVERYWHERE])


ONE = {"ma-half-life-iv": LEDGER["ma-half-life-iv"]}  # of module 01
USE = Use("ma-half-life-iv", "modules/01-x/lesson.py:3", "lesson 01")


@pytest.mark.parametrize(
    ("uses", "accepted", "ready", "expected"),
    [
        ([USE], accepted_all(ONE), ["01"], []),
        (
            [],
            accepted_all(ONE),
            ["01"],
            [
                'The claim "ma-half-life-iv" is used nowhere, though its modules (01) are there: use it, or take it '
                "out of claims.csv."
            ],
        ),
        ([], accepted_all(ONE), ["00"], []),
        (
            [USE],
            {},
            ["01"],
            ['The claim "ma-half-life-iv" is new: run `course evidence --accept ma-half-life-iv`.'],
        ),
        (
            [USE],
            accepted_all(ONE) | {"old-claim": Accepted("supported", "", "0" * 16)},
            ["01"],
            ['The claim "old-claim" is gone: run `course evidence --accept old-claim`.'],
        ),
        (
            [USE, Use("typo", "course/models/x.py:9", "model x")],
            accepted_all(ONE),
            ["01"],
            [
                'There is no claim "typo" in claims.csv, but it is used in course/models/x.py:9: put the row back, or '
                "change these places."
            ],
        ),
        (
            [],
            {"ma-half-life-iv": Accepted("unverified", "", "0" * 16)},
            ["00"],
            [
                'The claim "ma-half-life-iv" changed (status unverified → supported; value nothing → 11.4 h), and '
                "nothing uses it yet: run `course evidence --accept ma-half-life-iv`."
            ],
        ),
    ],
    ids=["fits", "unused", "waits", "new", "gone", "unknown", "changed"],
)
def test_each_thing_that_does_not_fit_is_one_sentence(
    uses: list[Use], accepted: dict[str, Accepted], ready: list[str], expected: list[str]
) -> None:
    assert faults(ONE, uses, accepted, ready) == expected


def test_a_claim_of_two_modules_may_wait_for_the_second() -> None:
    both = {"ma-half-life-iv": replace(LEDGER["ma-half-life-iv"], modules=("01", "08"))}
    assert faults(both, [], accepted_all(both), ["00", "01"]) == []
    assert len(faults(both, [], accepted_all(both), ["01", "08"])) == 1


# What was accepted is kept


def test_what_is_written_is_read_back_sorted_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "accepted.csv"
    everything = accepted_all()
    write_accepted(path, dict(reversed(everything.items())))
    assert read_accepted(path) == everything
    with path.open(encoding="utf-8", newline="") as handle:
        ids = [row["id"] for row in csv.DictReader(handle)]
    assert ids == sorted(ids)
    assert list(tmp_path.iterdir()) == [path]
    before = path.read_bytes()
    write_accepted(path, read_accepted(path))
    assert path.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "accepted.csv"
    write_accepted(path, accepted_all(ONE))
    before = path.read_bytes()
    broken = {"a": Accepted("supported", "", "0" * 16), "b": None}
    with pytest.raises(AttributeError):
        write_accepted(path, broken)  # type: ignore[arg-type]
    assert path.read_bytes() == before


def test_no_file_yet_means_nothing_accepted(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "accepted.csv") == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,status\n", ":1: the header must be id,status,teaches,row; teaches, row are missing."),
        ("id,status,teaches,row\na,supported,,short\n", ':2: row is "short", which is not what `course evidence'),
        ("id,status,teaches,row\n<<<<<<< HEAD\n", ":2: 1 cell stands where 4 are needed."),
        ("id,status,teaches,row\na,fine,,0123456789abcdef\n", ':2: status is "fine", which is not one of supported'),
        (
            "id,status,teaches,row\na,supported,,0123456789abcdef\na,supported,,0123456789abcdef\n",
            ':3: the id "a" stands twice',
        ),
    ],
)
def test_a_damaged_file_of_accepted_states_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = write(tmp_path / "accepted.csv", content)
    with pytest.raises(evidence.LedgerError) as caught:
        read_accepted(path)
    assert str(caught.value).startswith(f"{path}{sentence}")


# Passages


def test_text_cells_are_prose_and_every_other_string_is_a_message(tmp_path: Path) -> None:
    path = write(
        tmp_path / "lesson.py",
        '# %% [markdown]\n"""\n# Title ({{points all}})\n\nSome text.\n"""\n\n# %% [markdown] tags=["quote"]\n'
        '"""\n## Said by others\n\nA quotation.\n"""\n\n# %%\nsay("A message.", f"and {x} more")\n',
    )
    read = [(each.line, each.section, each.text, each.is_quote) for each in prose(path, tmp_path)]
    assert read == [
        (3, "Title", "# Title ({{points all}})", False),
        (5, "Title", "Some text.", False),
        (10, "Said by others", "## Said by others", True),
        (12, "Said by others", "A quotation.", True),
    ]
    assert {(each.line, each.text) for each in strings(path, tmp_path)} == {
        (16, "A message."), (16, "and "), (16, " more"),
    }  # fmt: skip


def test_a_file_of_tests_or_answers_has_strings_and_no_text_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "answer_bank.py", '"""What it is."""\n\nANSWER = "text"\n')
    assert list(prose(path, tmp_path)) == []
    assert [each.text for each in strings(path, tmp_path)] == ["What it is.", "text"]


# Words of the glossary


def lesson_linking(root: Path, *tokens: str, number: str = "01") -> None:
    text = "\n".join(tokens)
    write(root / "modules" / f"{number}-made-up" / "lesson.py", f'# %% [markdown]\n"""\n{text}\n"""\n')


WORDS = dict(list(glossary.terms().items())[:12])


def test_each_word_of_a_finished_module_is_linked_in_some_lesson(tmp_path: Path) -> None:
    words = {each.id: replace(each, modules=("01",)) for each in WORDS.values()}
    ids = list(words)
    lesson_linking(tmp_path, *(f"{{{{term {each}|so}}}}" for each in ids[:6]), f"{{{{words {', '.join(ids[6:11])}}}}}")
    (fault,) = glossary_links.faults(tmp_path, words, ["01"])
    assert fault.startswith(
        f'assets/glossary.yml: the word "{ids[11]}" is linked in no lesson, though its modules (01)'
    )
    assert list(glossary_links.faults(tmp_path, words, ["00"])) == []


def test_a_word_for_a_module_to_come_may_wait(tmp_path: Path) -> None:
    words = {each.id: replace(each, modules=("01", "08")) for each in WORDS.values()}
    lesson_linking(tmp_path, *(f"{{{{term {each}}}}}" for each in list(words)[:10]))
    assert list(glossary_links.faults(tmp_path, words, ["01"])) == []


@pytest.mark.parametrize(("linked", "enough"), [(9, False), (10, True)])
def test_a_lesson_links_ten_different_words_at_least(tmp_path: Path, linked: int, enough: bool) -> None:
    words = {each.id: replace(each, modules=("08",)) for each in WORDS.values()}
    ids = list(words)[:linked]
    lesson_linking(tmp_path, *(f"{{{{term {each}}}}} {{{{term {each}|again}}}}" for each in ids), "{{term no-word}}")
    found = list(glossary_links.faults(tmp_path, words, ["01"]))
    if enough:
        assert found == []
    else:
        assert found == [
            "modules/01-made-up/lesson.py: only 9 words of the glossary are linked here; ten are the least."
        ]


# Help lines


@pytest.mark.parametrize(("days", "old"), [(0, False), (365, False), (366, True), (800, True)])
def test_a_help_line_is_looked_up_again_within_twelve_months(tmp_path: Path, days: int, old: bool) -> None:
    path = write(
        tmp_path / "crisis.csv",
        "region,name,how,basis,as_of\nUSA,A line,call,retrieved,2025-11-24\nUK,Another,call,confirm locally,\n",
    )
    found = list(resources.overdue(date(2025, 11, 24) + timedelta(days=days), path))
    assert len(found) == old
    if old:
        assert found[0].startswith("assets/crisis_resources.csv: A line was looked up on 2025-11-24, more than")
