"""The panel's buttons in Chromium, with a small stand-in for JupyterLab between the page and the real panel."""

from playwright.sync_api import expect
from stage import Stage

from course import simulators


def test_a_game_is_played_with_the_mouse_and_then_with_the_arrow_keys(stage: Stage) -> None:
    stage.show(simulators.two_step_task.explore(50, trials=60))
    page = stage.page
    group = page.get_by_role("group", name="Your choice")
    expect(group.get_by_role("button")).to_have_count(2)
    group.get_by_role("button", name="Left ship").click()
    expect(page.locator(".course-reading")).to_contain_text("Choose a mine")
    assert "mine" in stage.focused()  # the button stayed where it was, and so did the focus
    page.keyboard.press("ArrowRight")
    line = page.get_by_label("To keep your choices")
    expect(line).to_have_value('my_choices = "LR"')
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".course-reading")).to_contain_text("landed on")
    page.keyboard.press("Enter")  # the focused button, the left one
    expect(line).to_have_value('my_choices = "LRLL"')
    assert page.evaluate("scrollY") == 0
    expect(page.get_by_role("status").filter(has_text="Trial 3 of 60")).to_have_count(1)


def test_a_press_while_python_works_is_not_a_second_choice(stage: Stage) -> None:
    stage.show(simulators.two_step_task.explore(50, trials=60))
    page = stage.page
    page.evaluate("window.slow = 400")
    left = page.get_by_role("button", name="Left")
    left.dblclick()
    expect(page.locator(".course-reading")).to_contain_text("Choose a mine")
    page.wait_for_timeout(600)
    assert {tuple(each["values"]["choices"]) for each in stage.asked} == {("L",)}
    left.click()
    expect(page.get_by_label("To keep your choices")).to_have_value('my_choices = "LL"')


def test_at_the_end_the_line_to_keep_has_the_focus(stage: Stage) -> None:
    stage.show(simulators.two_step_task.explore(50, choices="LRRL" * 29 + "LR", trials=60))
    page = stage.page
    expect(page.locator(".course-reading")).to_contain_text("Trial 60 of 60")
    page.get_by_role("button", name="Right ship").click()
    expect(page.locator(".course-reading")).to_contain_text("Choose a mine")
    page.get_by_role("button", name="Left mine").press("Enter")
    expect(page.locator(".course-reading")).to_contain_text("All 60 trials are done")
    line = page.get_by_label("To keep your choices")
    expect(line).to_be_focused()
    expect(line).to_have_value(f'my_choices = "{"LRRL" * 29 + "LRRL"}"')
    expect(page.get_by_role("group", name="Your choice")).to_be_hidden()
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".course-notice")).to_contain_text("Copied")


def test_the_gate_opens_on_the_buttons_and_a_second_view_goes_on_where_the_first_was(stage: Stage) -> None:
    stage.show(simulators.two_step_task.explore(...))
    page = stage.page
    expect(page.get_by_role("button", name="Left ship")).to_be_hidden()
    page.get_by_role("button", name="Open without a prediction").click()
    assert "Left ship" in stage.focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".course-reading")).to_contain_text("Choose a mine")
    page.evaluate("window.second()")
    second = page.locator("form.course-panel").nth(1)
    second.get_by_role("button", name="Open without a prediction").click()
    second.get_by_role("button", name="Right mine").click()
    expect(second.get_by_label("To keep your choices")).to_have_value('my_choices = "LR"')


def test_the_circuit_is_walked_by_keyboard_and_a_new_start_forgets_the_way(stage: Stage) -> None:
    stage.show(simulators.circuit_walk.explore(6))
    page = stage.page
    reading = page.locator(".course-reading")
    page.get_by_role("combobox", name="Start at").focus()
    page.keyboard.press("Tab")
    assert "VTA → NAcSh" in stage.focused()
    page.keyboard.press("Enter")
    expect(reading).to_contain_text("You are now at NAcSh")
    assert "NAcSh → VTA" in stage.focused()
    page.keyboard.press("Enter")
    expect(reading).to_contain_text("conflicts")
    page.get_by_role("button", name="one step back").click()
    expect(reading).to_contain_text("You are now at NAcSh")
    page.get_by_role("combobox", name="Start at").select_option("OFC")
    expect(reading).to_contain_text("You are at OFC")
    expect(page.get_by_role("group", name="Walk on").get_by_role("button")).to_have_count(2)
    expect(page.locator(".course-below")).to_contain_text("Orbitofrontal")
