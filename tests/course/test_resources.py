"""The list of crisis resources is current, complete and honest about what nobody has checked."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from course.resources import as_markdown, crisis_resources

HEADER = "region,name,how,basis,as_of\n"


def test_no_resource_was_looked_up_more_than_twelve_months_ago() -> None:
    looked_up = [entry for entry in crisis_resources() if entry.basis == "retrieved"]
    assert looked_up
    for entry in looked_up:
        assert entry.as_of is not None
        assert date.today() - entry.as_of <= timedelta(days=366), f"look up {entry.name} again"


def test_every_learner_finds_a_resource_and_sees_which_to_confirm() -> None:
    resources = crisis_resources()
    assert "Anywhere" in {entry.region for entry in resources}
    table = as_markdown()
    for entry in resources:
        line = next(line for line in table.splitlines() if f"| {entry.name} |" in line)
        assert ("confirm locally" in line) == (entry.basis == "confirm locally")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("place,name\n", "crisis.csv:1: the header must be"),
        (HEADER + "USA,988,,retrieved,2026-11-23\n", "crisis.csv:2: each resource needs"),
        (HEADER + "USA,988,call,hearsay,2026-11-23\n", 'crisis.csv:2: the basis "hearsay"'),
        (HEADER + "USA,988,call,retrieved,last May\n", 'crisis.csv:2: as_of is "last May"'),
        (HEADER + "USA,988,call,retrieved,\n", "crisis.csv:2: as_of is the day"),
        (HEADER + "USA,988,call,confirm locally,2026-11-23\n", "crisis.csv:2: as_of is the day"),
    ],
)
def test_a_mistake_in_the_list_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "crisis.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        crisis_resources(path)
    assert sentence in str(caught.value)
