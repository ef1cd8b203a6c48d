"""The stop-signal task in Chromium: times are measured in the page, a pause loses nothing, and nobody has to hurry."""

import re

from playwright.sync_api import expect
from stage import Stage

from course import simulators

# Plays in the page itself, as a steady player does: at once on an arrow, after `late` ms, and not at all on STOP.
PLAYER = """
({late, obey}) => {
  const stage = document.querySelector(".course-stage");
  const shown = (window.shown = []);
  new MutationObserver(() => {
    const text = stage.textContent;
    shown.push([text, performance.now()]);
    if (!text.includes("left") && !text.includes("right")) return;
    const key = text.includes("left") ? "ArrowLeft" : "ArrowRight";
    setTimeout(() => {
      if (stage.textContent !== text && obey) return;  // STOP came
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    }, late);
  }).observe(stage, {childList: true});
}
"""
LINE = "To keep your choices"
SIGN = "/left|right/.test(document.querySelector('.course-stage').textContent)"


def words(stage: Stage) -> list[str]:
    return stage.page.get_by_label(LINE).input_value().removeprefix('my_responses = "').removesuffix('"').split()


def test_a_block_is_played_with_the_arrow_keys_and_timed_in_the_page(stage: Stage) -> None:
    stage.show(simulators.stop_task.explore(50, trials=40))
    page = stage.page
    group = page.get_by_role("group", name="Arrow: press its side")
    expect(group.get_by_role("button", name="left")).to_be_disabled()
    page.evaluate(PLAYER, {"late": 330, "obey": True})
    group.get_by_role("button", name="Start").click()
    expect(group.get_by_role("button", name="Pause")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Break: 20 of 40")).to_have_count(1, timeout=60_000)
    assert len(stage.asked) == 1  # Python was asked at the break and not before
    played = words(stage)
    assert len(played) == 20
    go = [int(word[1:]) for word in played if "@" not in word]
    assert len(go) == 15
    assert all(300 <= time <= 430 for time in go), go  # 330 ms, and a busy machine's delay
    # 250 ms is before the press of this player and is obeyed, 350 ms is not, so the delay goes up and down.
    assert [word.split("@")[1] for word in played if "@" in word][:2] == ["250", "300"]
    assert any(text == "STOP" for text, _ in page.evaluate("window.shown"))
    assert page.evaluate("scrollY") == 0


def test_escape_pauses_and_the_broken_trial_comes_again(stage: Stage) -> None:
    stage.show(simulators.stop_task.explore(50, trials=40))
    page = stage.page
    page.get_by_role("button", name="Start").click()
    page.wait_for_function(SIGN)  # at the next frame; `expect` looks too seldom for a sign
    page.wait_for_timeout(100)  # a press within the first frame of a sign is too early to be an answer to it
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".course-stage")).to_have_text("+")
    page.keyboard.press("Escape")
    expect(page.get_by_role("status").filter(has_text="Paused after 1 of 40")).to_have_count(1)
    expect(page.locator(".course-stage")).to_have_text("")
    page.keyboard.press("ArrowLeft")  # nothing is running, so nothing is counted
    page.wait_for_timeout(1200)
    expect(page.locator(".course-stage")).to_have_text("")
    assert len(words(stage)) == 1
    page.get_by_role("button", name="Go on").click()
    page.wait_for_function(SIGN)  # at the next frame; `expect` looks too seldom for a sign
    page.wait_for_timeout(100)
    page.get_by_role("button", name="right").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("status").filter(has_text="Paused after 2 of 40")).to_have_count(1)
    assert re.fullmatch(r"L\d+ R\d+@250", " ".join(words(stage)))


def test_who_does_not_press_is_too_slow_and_goes_on(stage: Stage) -> None:
    stage.show(simulators.stop_task.explore(50, trials=40))
    page = stage.page
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".course-stage")).to_have_text("too slow")
    page.keyboard.press("Escape")
    expect(page.get_by_label(LINE)).to_have_value('my_responses = "-"')


def test_nobody_has_to_hurry(stage: Stage) -> None:
    stage.show(simulators.stop_task.explore(50))
    page = stage.page
    page.get_by_role("button", name="made-up run").press("Enter")
    expect(page.locator(".course-reading")).to_contain_text("made-up player")
    expect(page.get_by_label(LINE)).to_have_value(f'my_responses = "{simulators.stop_task.MADE_UP}"')
    expect(page.get_by_label(LINE)).to_be_focused()
    page.get_by_role("button", name="Play from the start").click()
    page.wait_for_function(SIGN)  # at the next frame; `expect` looks too seldom for a sign


def test_the_last_trial_ends_the_game_and_a_kept_one_goes_on(stage: Stage) -> None:
    kept = " ".join(simulators.stop_task.MADE_UP.split()[:39])
    stage.show(simulators.stop_task.explore(50, responses=kept, trials=40))
    page = stage.page
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".course-stage")).to_have_text(re.compile("left|right|STOP"))
    expect(page.get_by_role("status").filter(has_text="All 40 trials are done")).to_have_count(1)
    assert len(words(stage)) == 40
    expect(page.get_by_label(LINE)).to_be_focused()


def test_the_gate_opens_on_a_button_that_can_be_pressed(stage: Stage) -> None:
    stage.show(simulators.stop_task.explore(...))
    stage.page.get_by_role("button", name="Open without a prediction").click()
    assert stage.focused() == "Start"
