"""Every mistake in a source is one sentence at its line; a right source has none."""

import pytest
from authoring_kit import EXERCISES, LESSON, fill

from autograder.authoring.lint import lint, read_targets
from autograder.authoring.percent import parse
from autograder.authoring.problems import SourceProblems


def problems(text: str, notebook: str = "exercises") -> list[str]:
    try:
        return [str(problem) for problem in lint(parse(text, "x.py"), "x.py", notebook, fill)]
    except SourceProblems as unreadable:
        return [str(problem) for problem in unreadable.problems]


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def test_a_right_source_has_no_mistakes() -> None:
    assert problems(EXERCISES) == []
    assert problems(LESSON, "lesson") == []


C1_TEST = '# %% test="c1" points=3 objective="O1" read="How long: the half-life"'
WITH_ITEM = 'with expect.item("c1", points=3, hidden=2) as item:'


@pytest.mark.parametrize(
    ("old", "new", "marked", "sentence"),
    [
        # what the ledger does not know
        ("{{half-life}}", "{{half-lief}}", "{{half-lief}}", 'There is no "half-lief"; near: half-life, peak.'),
        ("{{points c1}}", "{{points c9}}", "{{points c9}}", "{{points c9}} names no item of this file (near: c1"),
        ("{{peak}}", "{{peak", "{{peak,", "has no matching `}}`"),
        # points and objectives
        (C1_TEST, C1_TEST.replace("points=3 ", ""), '# %% test="c1"', "The item 'c1' has no points"),
        ("points=3 obj", "points=0 obj", '# %% test="c1"', "points=0 is not a number above 0."),
        ("points=3 obj", "points=-3 obj", '# %% test="c1"', "points=-3 is not a number above 0."),
        ("points=3 obj", "points=True obj", '# %% test="c1"', "points=True is not a number above 0."),
        ("points=3 obj", 'points="3" obj', '# %% test="c1"', "points='3' is not a number above 0."),
        (' objective="O1"', "", '# %% test="c1"', "The item 'c1' names no objective"),
        ('free="f1" points=1', 'free="f1"', 'free="f1"', "The item 'f1' has no points"),
        ('# %% answer="c1"', '# %% answer="c1" points=3', '# %% answer="c1"', "points=… belongs to a test cell"),
        # ids and pairs
        ('free="f1"', 'free="c1"', 'free="c1"', "The id “c1” is already used in line"),
        ('locked="setup"', 'locked="c1-answer"', '# %% answer="c1"', "The id “c1-answer” is already used in line"),
        ('locked="setup"', 'locked="set up"', 'locked="set up"', "locked='set up' is no id"),
        ('locked="setup"', "locked=1", "locked=1", "locked=1 is no id"),
        ('# %% answer="m1"', "# %%", '# %% test="m1"', "The test cell “m1” has no answer cell"),
        (
            '# %% test="m1" points=1.5 objective="O2"',
            "# %%",
            '# %% answer="m1"',
            "The answer cell “m1” has no test cell",
        ),
        ('answer="c1"', 'answer="c1" test="c2"', 'test="c2"', "The cell is both answer and test"),
        ('# %% answer="c1"', '# %% [markdown] answer="c1"', 'answer="c1"', "A Markdown cell cannot be an answer cell"),
        ('[markdown] free="f1"', 'free="f1"', 'free="f1"', "A free response is text"),
        # regions
        (
            "### BEGIN SOLUTION\nc1 = 25  # CANARY-SOLUTION\n### END SOLUTION",
            "",
            '# %% answer="c1"',
            "has no ### BEGIN SOLUTION",
        ),
        ("### END SOLUTION", "", "### BEGIN SOLUTION", "This BEGIN SOLUTION has no END SOLUTION"),
        ("### BEGIN SOLUTION", "", "### END SOLUTION", "This END SOLUTION has no BEGIN SOLUTION"),
        (
            "### BEGIN SOLUTION",
            "### BEGIN SOLUTION\n### BEGIN SOLUTION",
            "### BEGIN SOLUTION\nc1",
            "A second BEGIN SOLUTION",
        ),
        (
            "from autograder",
            "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\nfrom autograder",
            "### BEGIN HIDDEN TESTS\n### END",
            "belongs in a test cell",
        ),
        (
            "from autograder",
            "### BEGIN SOLUTION\n### END SOLUTION\nfrom autograder",
            "### BEGIN SOLUTION\n### END",
            "belongs in an answer cell",
        ),
        (
            "Explain.",
            "=== BEGIN MARK SCHEME ===\n=== END MARK SCHEME ===",
            "=== BEGIN MARK SCHEME ===\n=== END",
            "belongs in a free response",
        ),
        (
            "=== BEGIN MARK SCHEME ===\nCANARY-SCHEME One point for the name.\n=== END MARK SCHEME ===",
            "Text.",
            'free="f1"',
            "has no mark scheme",
        ),
        (
            "=== BEGIN MARK SCHEME ===",
            "Explain it.\n=== BEGIN MARK SCHEME ===",
            "Explain it.",
            "keeps nothing of this cell",
        ),
        (
            "=== BEGIN MARK SCHEME ===",
            "### BEGIN SOLUTION\nSo.\n### END SOLUTION\n=== BEGIN MARK SCHEME ===",
            "=== BEGIN MARK SCHEME ===",
            "must stand inside BEGIN SOLUTION",
        ),
        # what the learner gets
        ("c1 = ...  # per cent", "c1 = 0", '# %% answer="c1"', "holds no three dots"),
        ("    return ...  # replace the three dots", "    return 0", '# %% answer="m1"', "holds no three dots"),
        (
            "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert",
            "if True:\n    ### BEGIN HIDDEN TESTS\n    assert",
            '# %% test="m1"',
            "Without its hidden tests the test cell is not valid Python",
        ),
        # verdicts
        ("item.verdict", "item", '# %% test="c1"', "does not end in its verdict"),
        ("item.verdict", "print(item.verdict)", '# %% test="c1"', "does not end in its verdict"),
        (
            "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-1) == -2\n### END HIDDEN TESTS",
            "double(2)",
            '# %% test="m1"',
            "gives no verdict",
        ),
        (
            'expect.item("c1"',
            'expect.item("c2"',
            'expect.item("c2"',
            "expect.item is called for 'c2', but the cell header says test=\"c1\"",
        ),
        (
            WITH_ITEM,
            WITH_ITEM.replace("points=3", "points=4"),
            "with expect.item",
            "expect.item says points=4, but the cell header says points=3.",
        ),
        (
            WITH_ITEM,
            WITH_ITEM.replace("hidden=2", "hidden=1"),
            "with expect.item",
            "expect.item says hidden=1, but the cell holds 2 `item.part`.",
        ),
        ("item.part(2,", "item.part(1.5,", "with expect.item", "The parts' points add up to 2.5, but the item has 3."),
        ("item.part(2,", "item.part(worth,", "with expect.item", "must be written as a plain number"),
        (
            '    ### BEGIN HIDDEN TESTS\n    with item.part(2, "CANARY-HIDDEN"):\n        item.within(c1, 25, 1)\n',
            '    with item.part(2, "CANARY-HIDDEN"):\n        item.within(c1, 25, 1)\n    ### BEGIN HIDDEN TESTS\n',
            "    with item.part(2",
            "stands outside ### BEGIN HIDDEN TESTS",
        ),
        # options of a choice
        *(
            ("item.within(c1, 25, 1)", f'item.letter(c1, "abc")\n        {call}', "item.choice", sentence)
            for call, sentence in (
                ('item.choice(c1, "b", why="So.", wrong={"a": ("x", "No.")})', 'The option "c" has no explanation'),
                (
                    'item.choice(c1, "b", why="So.", wrong={"a": ("x", "No."), "c": ("y", " ")})',
                    'The option "c" needs a misconception id and an explanation',
                ),
                (
                    'item.choice(c1, "b", why="", wrong={"a": ("x", "No."), "c": ("y", "No.")})',
                    'The right option "b" has no explanation',
                ),
                (
                    'item.choice(c1, "b", why="So.", wrong={"a": ("x", "No."), "c": ("y", "No."), "d": ("z", "No.")})',
                    'The option "d" is explained, but item.letter does not offer it.',
                ),
                ('item.choice(c1, "b", why="So.", wrong=others)', "Write the choice out"),
            )
        ),
        # pictures
        ("Explain.", "![](plot.svg)", "![](plot.svg)", "The picture has no description"),
        ("Explain.", "![plot](plot.svg)", "![plot](plot.svg)", "The picture has no description"),
        ("Explain.", '<img src="plot.svg">', "<img", "The <img> has no description"),
        ("Explain.", '<img src="plot.svg" alt="">', "<img", "The <img> has no description"),
        (
            "from autograder import expect",
            "plt.plot([1, 2])\nplt.show()",
            "plt.plot",
            "`plt.plot` draws a picture without description",
        ),
        # headings
        ("# Exercises 01", "Exercises 01", "## 1.", "comes before any title"),
        ("## 2. In", "# 2. In", "# 2. In", "is a second title"),
        ("## 2. In", "#### 2. In", "#### 2. In", "jumps from heading level 2 to 4"),
        # headers and text
        ('# %% locked="setup"', '# %% lokced="setup"', "# %% lokced", "The cell header has the unknown key `lokced`"),
        ('# %% locked="setup"', "# %% Setup", "# %% Setup", "The cell header holds a title"),
        ('# %% locked="setup"', "# %% locked=setup", "# %% locked=setup", "is not key=value"),
        ('# %% locked="setup"', "# %% [raw]", "# %% [raw]", "A raw cell cannot be used here"),
        ('# %% locked="setup"', '# %% language="bash"', "# %% language", "the unknown key `language`"),
        ('tags=["instructor"]', 'tags="instructor"', 'tags="instructor"', "must be a list of quoted words"),
        (
            '# %% locked="setup"',
            '# %% locked="setup" tags=["instructor"]',
            '# %% locked="setup"',
            "left out of the learner's copy",
        ),
        (C1_TEST, C1_TEST + ' tags=["skip-execution"]', '# %% test="c1"', "would never judge anything"),
        (
            "from autograder import expect",
            "from autograder import",
            "from autograder import",
            "The cell is not valid Python",
        ),
        ("Explain.", r"Explain $\frac{1}{2}$.", r"Explain $\frac", 'open it with r"""'),
        (
            "from autograder import expect",
            "# copy the arguments first\nx = 1",
            "# copy the arguments",
            "would become a command (`copy the arguments first`)",
        ),
        (
            "from autograder import expect",
            'text = """\n# %% not a cell\n"""',
            "# %% not a cell",
            "stands inside a string or text that is still open",
        ),
        ("Explain.", "Explain\u2028it.", "Explain", "the invisible character U+2028"),
    ],
)
def test_a_mistake_is_named_at_its_line(old: str, new: str, marked: str, sentence: str) -> None:
    text = changed(EXERCISES, old, new)
    line = text[: text.index(marked)].count("\n") + 1
    assert any(told.startswith(f"x.py:{line}: ") and sentence in told for told in problems(text)), problems(text)


def test_text_before_the_first_cell_is_named() -> None:
    assert problems('"""A docstring."""\n' + EXERCISES) == ["x.py:1: The file must begin with a cell header, `# %%`."]
    assert problems("") == ["x.py:1: The file must begin with a cell header, `# %%`."]


def test_a_notebook_without_title_is_named() -> None:
    assert problems("# %%\nx = 1\n", "lesson") == [
        "x.py:1: The notebook has no title: begin its first text cell with `# Title`."
    ]


def test_a_lesson_grades_nothing() -> None:
    assert any("A lesson grades nothing" in told for told in problems(EXERCISES, "lesson"))


def test_an_answer_after_its_test_is_named() -> None:
    answer, test = EXERCISES.index('# %% answer="c1"'), EXERCISES.index('# %% test="c1"')
    end = EXERCISES.index('# %% answer="m1"')
    text = EXERCISES[:answer] + EXERCISES[test:end] + EXERCISES[answer:test] + EXERCISES[end:]
    assert any("The answer cell “c1” stands after its test cell" in told for told in problems(text))


def test_many_mistakes_are_all_told_in_the_order_of_their_lines() -> None:
    text = EXERCISES.replace("{{peak}}", "{{peek}}").replace("points=1.5", "points=0").replace("item.verdict", "item")
    text = text.replace("Explain.", r"Explain \alpha.")
    told = problems(text)
    lines = [int(one.split(":")[1]) for one in told]
    assert len(told) == 4
    assert lines == sorted(lines)


def test_headings_and_pictures_inside_code_blocks_do_not_count() -> None:
    assert problems(changed(EXERCISES, "Explain.", "```\n# not a heading\n![](x.png)\n```")) == []


def test_a_described_picture_is_right() -> None:
    described = "![Line plot: the level falls to a half in 11 h.](plot.svg)\n<img alt='Line plot of the level.' src=x>"
    assert problems(changed(EXERCISES, "Explain.", described)) == []


def test_a_model_answer_may_hold_the_mark_scheme() -> None:
    text = changed(EXERCISES, "=== BEGIN MARK", "Explain:\n### BEGIN SOLUTION\nSo.\n=== BEGIN MARK")
    assert problems(changed(text, "=== END MARK SCHEME ===", "=== END MARK SCHEME ===\n### END SOLUTION")) == []


def test_magics_and_await_are_python_here() -> None:
    code = "# %matplotlib inline\n# files = !ls\nresult = await thing()"
    assert problems(changed(EXERCISES, "from autograder import expect", code)) == []


def test_read_must_be_a_heading_of_the_lesson() -> None:
    lesson = parse(LESSON, "lesson.py")
    assert read_targets(parse(EXERCISES, "x.py"), lesson, "x.py") == []
    numbered = parse(LESSON.replace("## How long", "## 2. How long"), "lesson.py")
    assert read_targets(parse(EXERCISES, "x.py"), numbered, "x.py") == []
    told = read_targets(parse(changed(EXERCISES, "the half-life", "half-lives"), "x.py"), lesson, "x.py")
    line = EXERCISES[: EXERCISES.index("read=")].count("\n") + 1
    assert [str(one) for one in told] == [
        f'x.py:{line}: read="How long: half-lives" is no heading of the lesson; '
        "the nearest is “How long: the half-life”."
    ]
