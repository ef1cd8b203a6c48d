"""Adopting: an edit made in JupyterLab comes back into the source, and nothing else changes."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from authoring_kit import EXERCISES, LESSON, VALUES, fill, write_module
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import v4

from autograder.authoring.adopt import adopt
from autograder.authoring.build import build, to_text
from autograder.authoring.percent import parse
from autograder.authoring.release import release
from autograder.cli import main
from autograder.errors import CannotRun

Notebook = Any


def built(text: str = EXERCISES) -> Notebook:
    return build(parse(text, "x.py"), "x.py", "01-tiny", "exercises", fill)


def adopted(notebook: Notebook, text: str = EXERCISES) -> str:
    return adopt(notebook, text, "x.py", fill)


def cell(notebook: Notebook, words: str) -> Any:
    return next(cell for cell in notebook.cells if words in cell.source)


def marked(notebook: Notebook, grade_id: str) -> Any:
    return next(one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def says(notebook: Notebook) -> list[tuple[Any, ...]]:
    """What a notebook says, outputs and ids apart."""
    return [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


@pytest.mark.parametrize("text", [EXERCISES, LESSON, LESSON.rstrip("\n"), LESSON + "\n\n"])
def test_an_unedited_notebook_changes_nothing(text: str) -> None:
    assert adopted(built(text), text) == text


def test_what_jupyterlab_leaves_behind_changes_nothing() -> None:
    notebook = built()
    for number, one in enumerate(notebook.cells):
        one.id = f"other-{number}"
        one.metadata.update(collapsed=True, scrolled=False, jupyter={"source_hidden": True}, editable=True)
        if one.cell_type == "code":
            one.execution_count = 7
            one.outputs = [v4.new_output("stream", text="seen")]
    notebook.metadata.update(widgets={}, language_info={"name": "python", "version": "3.12"})
    assert adopted(notebook) == EXERCISES


def test_an_edited_code_cell_changes_that_cell_alone() -> None:
    notebook = built()
    marked(notebook, "m1-answer").source = marked(notebook, "m1-answer").source.replace("Twice x.", "Two times x.")
    assert adopted(notebook) == EXERCISES.replace("Twice x.", "Two times x.")


def test_edited_prose_keeps_its_tokens() -> None:
    notebook = built()
    edited = cell(notebook, "What is left after two?")
    edited.source = edited.source.replace("What is left after two?", "How much is left after two half-lives of it?")
    text = EXERCISES.replace("What is left after two?", "How much is left after two half-lives of it?")
    assert adopted(notebook) == text
    assert "{{half-life}}" in text


def test_a_raw_text_block_stays_raw() -> None:
    notebook = built(LESSON)
    first = notebook.cells[0]
    first.source = first.source.replace(r", and $\frac{1}{2}$ is left after it", "")
    assert adopted(notebook, LESSON) == LESSON.replace(r", and $\frac{1}{2}$ is left after it", "")


def test_a_token_moved_within_or_between_cells_stays_a_token() -> None:
    notebook = built()
    edited = cell(notebook, "What is left after two?")
    edited.source = edited.source.replace(f"It is {VALUES['half-life']}. ", "")
    other = cell(notebook, "Two items")
    other.source += f"\n\nIt is {VALUES['half-life']}."
    text = adopted(notebook)
    assert VALUES["half-life"] not in text
    assert text == EXERCISES.replace("It is {{half-life}}. ", "").replace(
        "and a text.\n", "and a text.\n\nIt is {{half-life}}.\n"
    )


def test_a_split_and_a_joined_cell_keep_their_tokens() -> None:
    notebook = built()
    place = next(number for number, one in enumerate(notebook.cells) if "What is left" in one.source)
    heading, rest = notebook.cells[place].source.split("\n\n", 1)
    notebook.cells[place].source = heading
    notebook.cells.insert(place + 1, v4.new_markdown_cell(rest))
    split = adopted(notebook)
    assert [one.source for one in parse(split, "x.py")][2:4] == [
        "## 1. Half-life ({{points c1}})",
        "It is {{half-life}}. What is left after two?",
    ]
    joined = built(split)
    del joined.cells[3]
    joined.cells[2].source = f"{heading}\n\n{rest}"
    assert adopted(joined, split) == EXERCISES


def test_a_token_typed_in_jupyterlab_becomes_one() -> None:
    notebook = built()
    cell(notebook, "Explain.").source += "\n\nThe peak is {{peak}}."
    assert adopted(notebook) == EXERCISES.replace("Explain.\n", "Explain.\n\nThe peak is {{peak}}.\n")


def test_a_deleted_sentence_takes_its_token_along() -> None:
    notebook = built()
    edited = cell(notebook, "What is left after two?")
    edited.source = edited.source.replace(f"It is {VALUES['half-life']}. ", "")
    assert adopted(notebook) == EXERCISES.replace("It is {{half-life}}. ", "")


@pytest.mark.parametrize(
    ("old", "new", "instead"),
    [
        ("**11.4 h**", "**12 h**", "change the evidence ledger"),
        (VALUES["half-life"], "12 hours", "change the evidence ledger"),
        ("✓ supported", "≈ imprecise", "change the evidence ledger"),
        ("(3 points)", "(4 points)", "change the item's points"),
    ],
)
def test_an_edited_filled_in_text_is_refused(old: str, new: str, instead: str) -> None:
    notebook = built()
    edited = cell(notebook, "What is left after two?")
    assert old in edited.source
    edited.source = edited.source.replace(old, new)
    with pytest.raises(CannotRun, match=instead) as told:
        adopted(notebook)
    assert "is filled in for {{" in str(told.value)
    assert "cell 3" in str(told.value)


def test_points_changed_in_the_toolbar_reach_the_header_and_the_prose_follows() -> None:
    notebook = built()
    marked(notebook, "m1").metadata.nbgrader.points = 2.0
    text = adopted(notebook)
    assert text == EXERCISES.replace('test="m1" points=1.5', 'test="m1" points=2')
    notebook = built()
    marked(notebook, "f1").metadata.nbgrader.points = 2
    prose = cell(notebook, "In your own words")
    prose.source = prose.source.replace("(1 point)", "(2 points)")
    assert adopted(notebook) == EXERCISES.replace('free="f1" points=1', 'free="f1" points=2')


def test_a_new_item_made_with_the_toolbar() -> None:
    notebook = built()
    place = notebook.cells.index(cell(notebook, "In your own words"))

    def marks(**given: Any) -> dict[str, Any]:
        return {"nbgrader": {"schema_version": 3, "task": False, "cell_type": "code", **given}}

    solution = "x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    answer = marks(grade=False, solution=True, locked=False, grade_id="cell-0a1b2c")
    test = marks(grade=True, solution=False, locked=True, grade_id="x1", points=2)
    notebook.cells[place:place] = [
        v4.new_code_cell(solution, metadata=answer),
        v4.new_code_cell("assert x == 1", metadata=test),
    ]
    new = f'# %% answer="x1"\n{solution}\n\n# %% test="x1" points=2\nassert x == 1\n\n'
    before, after = EXERCISES.split('# %% [markdown]\n"""\n## 2. In')
    assert adopted(notebook) == before + new + '# %% [markdown]\n"""\n## 2. In' + after


def test_cells_moved_to_the_end_and_deleted() -> None:
    notebook = built()
    notebook.cells.append(notebook.cells.pop(0))
    del notebook.cells[-2]
    text = adopted(notebook)
    assert says(built(text)) == says(notebook)
    assert text.startswith('# %% locked="setup"')
    assert text.endswith('and a text.\n"""\n')


def test_a_cell_that_changes_its_kind() -> None:
    notebook = built(LESSON)
    old = notebook.cells[1]
    notebook.cells[1] = v4.new_markdown_cell("A level of 100.", id=old.id)
    text = adopted(notebook, LESSON)
    assert text == LESSON.replace(
        "# %%\n# %matplotlib inline\nlevel = 100\n", '# %% [markdown]\n"""\nA level of 100.\n"""\n'
    )


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\n!ls *.py\nfiles = !ls",
        "# %% not a header, but a comment in a cell",
        "x = 1\n# %%\ny = 2",
        'text = """\n    # %% inside a string\n"""',
        "x = 1   \n\n\n\ny = 2  # trailing   ",
        "# copy this line\nls = 3",
        "",
        "smile = '😀 é ∑'\n\tweird = 1",
        '"""just a string"""',
        "print?",
    ],
)
def test_awkward_code_survives_or_is_refused(source: str) -> None:
    notebook = built(LESSON)
    notebook.cells[1].source = source
    try:
        text = adopted(notebook, LESSON)
    except CannotRun as refused:
        assert "cell 2" in str(refused)
        assert "# %%" in source or source == "print?"  # in a source, `# print?` might be a comment
    else:
        assert says(built(text)) == says(notebook)


@pytest.mark.parametrize(
    "source",
    [
        r"$\frac{1}{2}$ and \\ and \n",
        'She said """yes""" twice.',
        "``` \n# %% x\n```",
        "",
        "trailing  \nspaces  ",
        "😀 é",
    ],
)
def test_awkward_prose_survives_or_is_refused(source: str) -> None:
    notebook = built(LESSON)
    notebook.cells[2].source = source
    try:
        text = adopted(notebook, LESSON)
    except CannotRun as refused:
        assert "cell 3" in str(refused)
        assert '"""' in source or "# %%" in source
    else:
        assert says(built(text)) == says(notebook)


def duplicate(notebook: Notebook) -> None:
    notebook.cells.append(copy.deepcopy(marked(notebook, "c1")))


def attachment(notebook: Notebook) -> None:
    notebook.cells[0].attachments = {"image.png": {"image/png": "aGk="}}


def raw(notebook: Notebook) -> None:
    notebook.cells.append(v4.new_raw_cell("raw"))


def foreign(notebook: Notebook) -> None:
    notebook.cells[0].metadata["slideshow"] = {"slide_type": "slide"}


def task(notebook: Notebook) -> None:
    marked(notebook, "f1").metadata.nbgrader.update(grade=False, solution=False, task=True, locked=True)


def hand_graded_code(notebook: Notebook) -> None:
    marked(notebook, "c1").metadata.nbgrader.update(solution=True)


def no_points(notebook: Notebook) -> None:
    del marked(notebook, "c1").metadata.nbgrader["points"]


def no_id(notebook: Notebook) -> None:
    del marked(notebook, "c1").metadata.nbgrader["grade_id"]


def lonely_answer(notebook: Notebook) -> None:
    marks = {
        "grade": False,
        "solution": True,
        "locked": False,
        "grade_id": "cell-1",
        "schema_version": 3,
        "task": False,
    }
    notebook.cells.append(v4.new_code_cell("x = 1", metadata={"nbgrader": marks}))


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (duplicate, "have the same ID “c1”"),
        (attachment, "holds a pasted picture"),
        (raw, "is a raw cell"),
        (foreign, "has the metadata “slideshow”"),
        (task, "manually graded task"),
        (hand_graded_code, "is graded by hand"),
        (no_points, "has no points"),
        (no_id, "has no ID"),
        (lonely_answer, "has no test cell after it"),
    ],
)
def test_what_a_source_cannot_say_is_refused(edit: Callable[[Notebook], None], sentence: str) -> None:
    notebook = built()
    edit(notebook)
    with pytest.raises(CannotRun, match=sentence):
        adopted(notebook)


def test_a_learners_copy_is_refused() -> None:
    copy_of = nbformat.reads(release(built()), as_version=4)
    with pytest.raises(CannotRun, match="learner's copy"):
        adopted(copy_of)


def test_a_source_that_has_moved_on_is_not_overwritten() -> None:
    notebook = built()
    marked(notebook, "c1-answer").source += "\n# mine"
    newer = EXERCISES.replace("Explain.", "Explain it.")
    with pytest.raises(CannotRun, match="has changed since this notebook was built"):
        adopted(notebook, newer)


def test_the_command_finds_the_source_and_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = write_module(tmp_path / "modules")
    words = ["--fill", "authoring_kit:fill"]
    assert main(["build", str(tmp_path / "modules"), *words]) == 0
    notebook = module / "exercises.ipynb"
    edited = json.loads(notebook.read_text(encoding="utf-8"))
    edited["cells"][2]["source"] = [line.replace("after two", "after three") for line in edited["cells"][2]["source"]]
    notebook.write_text(json.dumps(edited), encoding="utf-8")
    assert main(["adopt", str(notebook), *words]) == 0
    source = module / "exercises.py"
    assert source.read_text(encoding="utf-8") == EXERCISES.replace("after two", "after three")
    assert main(["adopt", str(notebook), *words]) == 0
    assert f"{source}: unchanged" in capsys.readouterr().out
    moved = tmp_path / "edited.ipynb"
    notebook.rename(moved)
    assert main(["adopt", str(moved), *words]) == 2
    assert "name it with --source" in capsys.readouterr().err
    assert main(["adopt", str(moved), "--source", str(source), *words]) == 0


def test_a_refused_edit_writes_nothing(tmp_path: Path) -> None:
    module = write_module(tmp_path)
    notebook = built()
    notebook.cells[0].source = notebook.cells[0].source.replace("350", "400")
    (tmp_path / "edited.ipynb").write_text(to_text(notebook), encoding="utf-8")
    words = ["--source", str(module / "exercises.py"), "--fill", "authoring_kit:fill"]
    assert main(["adopt", str(tmp_path / "edited.ipynb"), *words]) == 2
    assert (module / "exercises.py").read_text(encoding="utf-8") == EXERCISES


def test_an_adopted_mistake_is_told_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = write_module(tmp_path)
    notebook = built()
    marked(notebook, "c1").metadata.nbgrader.points = 4
    (tmp_path / "edited.ipynb").write_text(to_text(notebook), encoding="utf-8")
    words = ["--source", str(module / "exercises.py"), "--fill", "authoring_kit:fill"]
    assert main(["adopt", str(tmp_path / "edited.ipynb"), *words]) == 1
    assert "expect.item says points=3, but the cell header says points=4." in capsys.readouterr().err


# --- properties --------------------------------------------------------------------------------------------------

WORDS = [
    "{{half-life}}",
    "{{peak}}",
    "{{points a1}}",
    "dose",
    "2 points",
    "half",
    "é",
    "$x$",
    "**11.4 h**",
    "\n",
    "\n\n",
    ".",
]
prose = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join).filter(str.strip)
code = st.sampled_from(
    ["x = 1", "def f():\n    return 1", "%time x = 1", "# note\ny = 'a # %% b'", "", "z = '''\nq\n'''"]
)
blank = st.integers(0, 2)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A source of one item and plain cells in between, spaced as its author likes."""
    parts = []
    for number in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            parts.append(f'# %% [markdown]\n"""\n{number} {draw(prose)}\n"""\n')
        else:
            parts.append(f"# %%\n{draw(code)}\n")
    answer = '# %% answer="a1"\na = ...\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n'
    item = answer + '\n# %% test="a1" points=2 objective="O1"\nassert a\n'
    parts.insert(draw(st.integers(0, len(parts))), item)
    return "".join(part + "\n" * draw(blank) for part in parts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sources())
def test_adopting_what_was_built_gives_the_source_back(text: str) -> None:
    assert adopted(built(text), text) == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sources(), st.data())
def test_building_what_was_adopted_gives_the_edited_notebook(text: str, data: st.DataObject) -> None:
    notebook = built(text)
    for _ in range(data.draw(st.integers(1, 3), label="edits")):
        edit = data.draw(st.sampled_from(["append", "insert", "delete", "swap", "recode"]), label="edit")
        place = data.draw(st.integers(0, len(notebook.cells) - 1), label="place")
        one = notebook.cells[place]
        plain = "nbgrader" not in one.metadata
        if edit == "append" and plain:
            one.source = (one.source + " and more.").strip()
        elif edit == "insert":
            new = data.draw(
                st.one_of(st.builds(v4.new_markdown_cell, st.just("New prose.")), st.builds(v4.new_code_cell, code))
            )
            notebook.cells.insert(place, new)
        elif edit == "delete" and plain and len(notebook.cells) > 3:
            del notebook.cells[place]
        elif edit == "swap" and plain:
            notebook.cells.insert(0, notebook.cells.pop(place))
        elif edit == "recode" and plain and one.cell_type == "code":
            one.source = data.draw(code, label="code")
    result = adopted(notebook, text)
    assert says(built(result)) == says(notebook)
