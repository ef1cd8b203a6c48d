"""The plans for teaching: their minutes add up, and whatever they name is there."""

from pathlib import Path

import pytest
from syllabus_kit import modules

from course.checking import plans
from course.content import content_root

FILE = plans.PLANS.as_posix()


def found(checkout: Path, **statuses: str) -> list[str]:
    return list(plans.faults(checkout, modules(**statuses)))


def change(checkout: Path, old: str, new: str) -> int:
    """Put `new` in the place of the first `old` in the plans; return the line it stands on."""
    path = checkout / plans.PLANS
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    return whole[: whole.index(old)].count("\n") + 1


def test_the_plans_are_in_order() -> None:
    assert list(plans.faults(content_root(), modules())) == []
    plan = plans.read(content_root() / plans.PLANS)
    assert [len(each.weeks) for each in plan.plans] == [3, 12]
    assert plan.session.minutes == 90


def test_steps_that_do_not_fill_their_meeting_are_counted(checkout: Path) -> None:
    change(checkout, "{minutes: 20, do:", "{minutes: 30, do:")
    (fault,) = found(checkout)
    assert fault.endswith(": the steps take 100 minutes, not 90.")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"From claim to source"]', '"From claim to claim"]', 'the lesson of module 00 has no heading "From claim to'),
        ('module: "01"', 'module: "03"', 'the lesson of module 03 has no heading "How much: the dose decides".'),
        ('{number: "01", discuss: 1', '{number: "01", discuss: 3', "module 01 has questions 1 to 2 to discuss, not 3."),
        ('module: "01"', 'module: "08"', "module 08 is not ready, so no step can use it."),
    ],
)
def test_what_is_not_in_a_lesson_is_named_with_the_line(checkout: Path, old: str, new: str, sentence: str) -> None:
    line = change(checkout, old, new)
    (fault,) = found(checkout, m08="planned")
    assert fault.startswith(f"{FILE}:{line}: {sentence}")


def test_a_module_may_wait_for_its_parts_until_it_is_ready(checkout: Path) -> None:
    line = change(checkout, '{number: "03", discuss: 1, together: [', '{number: "03"}  # [')
    assert found(checkout, m03="ready")[-2:] == [
        f"{FILE}:{line}: module 03 has questions 1 to 2 to discuss, not 0.",
        f"{FILE}:{line}: module 03 is ready, so say what of it is done together.",
    ]
    text = (checkout / plans.PLANS).read_text(encoding="utf-8").replace('module: "03"', 'module: "00"')
    text = text.replace("heading: '\"So many per cent smaller\": two groups, one person'", 'heading: "Take-away"')
    (checkout / plans.PLANS).write_text(text, encoding="utf-8")
    assert found(checkout, m03="planned") == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["00", "01", "02"]', '["00", "01"]', 'the plan "Three weeks" takes module 02 0 times.'),
        ('["00", "01", "02"]', '["00", "01", "02", "02"]', 'the plan "Three weeks" takes module 02 2 times.'),
        (
            '["00", "01", "02"]',
            '["01", "00", "02"]',
            'the plan "Three weeks" does not take the modules in their order.',
        ),
        (
            "[concept, free]",
            "[concept, essay]",
            'the plan "Three weeks" hands in "essay"; use concept, function, free.',
        ),
    ],
)
def test_a_plan_takes_each_module_once_in_order(checkout: Path, old: str, new: str, sentence: str) -> None:
    change(checkout, old, new)
    assert found(checkout) == [f"{FILE}: {sentence}"]


def test_a_module_that_the_syllabus_lacks_is_named(checkout: Path) -> None:
    line = change(checkout, '["00", "01", "02"]', '["00", "01", "02", "12"]')
    assert f"{FILE}:{line}: there is no module 12 in the syllabus." in found(checkout)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minutes: 90", "minutes: long", '"minutes" is missing here, or is not what it should be.'),
        ("title: Three weeks", "name: Three weeks", '"title" is missing here, or is not what it should be.'),
        ("hand_in: [concept, free]", "hand_in: []", '"hand_in" is missing here, or is not what it should be.'),
        ("plans:", "plan:", '"plans" is missing here, or is not what it should be.'),
        ('{number: "00", ', '{number: "00", number: "00", ', '"number" stands twice'),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_one_sentence(checkout: Path, old: str, new: str, sentence: str) -> None:
    change(checkout, old, new)
    with pytest.raises(ValueError, match="plans.yml:") as fault:
        found(checkout)
    assert sentence in str(fault.value) and "\n" not in str(fault.value)
