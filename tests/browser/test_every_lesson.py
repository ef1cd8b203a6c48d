"""Each lesson from top to bottom, as a learner takes it: run, predict, move every simulator, answer every question.

What is special to a lesson has its own test; modules 00 and 01 have theirs (test_module_00.py, test_lesson.py).
"""

import json
import re

import pytest
from learner import Learner
from playwright.sync_api import Locator, expect

from course import content, syllabus

READY = [
    module.folder
    for module in syllabus.load(content.assets_dir() / "syllabus.yml")
    if module.status == "ready" and module.number not in ("00", "01")
]
# What is written in place of the three dots, by the name of the prediction; a number or a word that its cell offers.
PREDICTIONS = {
    "my_error": "0.2", "my_levels": "2", "my_repeats": "70", "my_rare_win": '"more"', "my_fall": "50",
    "my_connections": "8", "my_heritability": "60", "my_days_to_recover": "14", "my_overlap": "30",
    "my_effect_in_rats": '"lowers"', "my_regions": "7", "my_cue": '"both"', "my_interval": "2", "my_reward": "4",
    "my_low": "50", "my_times": "2", "my_transporter": "100", "my_relief": "20", "my_days": "20", "my_stops": "80",
    "my_faster": '"both"', "my_return": "30", "my_off": "-3",
    "my_ticks": "5", "my_share": "30", "my_both": "40", "my_rest": "3", "my_wait": "2", "my_doubled": "90",
    "my_more": "30", "my_size": "100", "my_points": "40", "my_supported": "6",
}  # fmt: skip


@pytest.mark.parametrize("module", READY)
def test_a_lesson_is_taken_from_top_to_bottom(module: str, learner: Learner) -> None:
    learner.open_notebook("lesson", module)
    learner.run_all()
    assert learner.errors() == []
    sources = cells(learner, module)
    opened = found(r"^simulators\.(\w+)\.explore\(", sources)
    asked = [source for source in sources if source.startswith("my_") and " = ...  # " in source]
    questions = found(r'^questions\.ask\("\d\d", ("[\w-]+")', sources)
    assert len(opened) >= 3 and len(asked) >= 3 and len(questions) >= 9
    for name in opened:
        cell = in_view(learner.cell(f"simulators.{name}.explore("))
        expect(cell.get_by_role("button", name="Open without a prediction")).to_be_visible()

    for source in asked:
        names = [line.split()[0] for line in source.splitlines()]
        cell = learner.cell(source.splitlines()[0])
        learner.run(learner.write(cell, "\n".join(f"{name} = {PREDICTIONS[name]}" for name in names)))
    for name in opened:
        learner.run(learner.cell(f"simulators.{name}.explore("))
        moved(learner.simulator(name.replace("_", "-")))
    for key in questions:
        answered(in_view(learner.cell(key)).locator("form.course-panel"))
    assert learner.errors() == []
    assert learner.complaints == []


def found(pattern: str, sources: list[str]) -> list[str]:
    """What the group in `pattern` matches, in the order of the lesson."""
    return [match for source in sources for match in re.findall(pattern, source)]


def in_view(cell: Locator) -> Locator:
    """JupyterLab renders what a learner scrolls to."""
    cell.scroll_into_view_if_needed()
    return cell


def cells(learner: Learner, module: str) -> list[str]:
    """The code of the lesson as it lies in the learner's folder."""
    notebook = json.loads((learner.folder / module / "lesson.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def moved(panel: Locator) -> None:
    """The panel is open at once, describes its picture, and answers its first control anew."""
    picture, reading = panel.locator("img.course-image"), panel.locator(".course-reading")
    control = panel.locator("input[type=range], select, .course-row button:enabled").first
    expect(control).to_be_visible()
    said = reading.inner_text()
    kind = control.evaluate("node => node.type")
    if kind == "button":  # a game has no picture before it is played; one against the clock has a made-up run, last
        panel.locator(".course-row button:enabled").last.click()
        expect(reading).not_to_have_text(said)
        return
    expect(picture).to_be_visible()
    before = picture.get_attribute("src") or ""
    assert len(picture.get_attribute("alt") or "") >= 40
    if kind == "range":
        control.press("Home" if control.evaluate("node => node.value === node.max") else "End")
    else:
        control.select_option(index=control.evaluate("node => (node.selectedIndex + 1) % node.options.length"))
    expect(picture).not_to_have_attribute("src", before)
    expect(reading).not_to_be_empty()


def answered(question: Locator) -> None:
    """Any answer, here the first that is offered, is explained at once."""
    reading = question.locator(".course-reading")
    expect(reading).to_contain_text("For you alone")
    if question.get_by_role("radio").count():
        question.get_by_role("radio").first.check()
    else:
        if question.get_by_role("textbox").count():
            question.get_by_role("textbox").fill("1")
        question.get_by_role("button", name="Check").click()
    expect(reading).not_to_contain_text("For you alone")
    assert len(reading.inner_text()) > 20
