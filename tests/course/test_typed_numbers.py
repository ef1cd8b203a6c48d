"""Numbers typed into lessons and models are found; years, list marks, names, tokens and our own numbers are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.checking.typed_numbers import in_models, in_prose, numbers_of, read_own_numbers
from course.content import content_root

OWN = "assets/evidence/own_numbers.yml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# One line


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Dopamine rises to 1,500 % of basal.", ["1,500"]),
        ("A rise to 350% was seen.", ["350"]),
        ("The half-life is 11.4 h in people.", ["11.4"]),
        ("Der Wert ist 0,29 hier.", ["0,29"]),
        ("It falls by −0.6 on that scale.", ["-0.6"]),
        ("It falls by -27.8 points.", ["-27.8"]),
        ("They studied n = 15 and *n*=8.", ["15", "8"]),
        ("Only 5 people were scanned twice.", ["5"]),
        ("In **5** people, or in *6* women.", ["5", "6"]),
        ("A 2-fold rise, a 3-year study, a 5-h infusion.", ["2", "3", "5"]),
        ("Three times, or 3 times, as often.", ["3"]),
        ("It took 12–20 months.", ["12", "20"]),
        ("It took 12-20 months.", ["12", "20"]),
        ("About 1 in 5 relapsed; 6 of 16 did.", ["1", "6", "16"]),
        ("An odds ratio of 2, a hazard ratio 3, OR = 4, kappa was 1.", ["2", "3", "4", "1"]),
        ("Of 577 men, 71.4 % had it.", ["577", "71.4"]),
        ("$5\\ \\text{h}$ and $5\\,\\mathrm{h}$ and $5$ h and $5\\%$.", ["5", "5", "5", "5"]),
        ("(39 % relapsed)", ["39"]),
        ("| 39 | 61 |", ["39", "61"]),
        ("A rise <5 % and >3 %.", ["5", "3"]),
        ("p < 0.05", ["0.05"]),
        ("2000 people took part in 2014.", ["2000"]),
        ("61 % relapsed. 2019 % did not.", ["61", "2019"]),
        ("After 3&nbsp;months and 7 days.", ["3", "7"]),
        ("~50 ng/mL, ±2 SD, 0.9 SMD", ["50", "2", "0.9"]),
        ("Of 12 may be said little.", ["12"]),
        ("A dose-response study with 1.91 (1.06–3.45).", ["1.91", "1.06", "3.45"]),
        ("In 16\u00a0% of them", ["16"]),
        ("1.500 and 1,500.5", ["1.500", "1,500.5"]),
    ],
)
def test_a_number_that_could_be_measured_is_found(line: str, numbers: list[str]) -> None:
    assert list(numbers_of(line)) == numbers


@pytest.mark.parametrize(
    "line",
    [
        "No number at all, ten times or twice.",
        "Published in 2014, searched 1992–2025 (Fenton 2012; 1998a).",
        "In the 1980s",
        "1. First of all",
        "12. The twelfth point",
        "> 3. A quoted point",
        "## 10. A heading",
        "See module 05, modules 01 and 12, exercise 14, exercises 11–13, Figure 12, Fig. 14 and table 11.",
        "page 120, pp. 121–130, step 11, question 12, section 13, rows 14, 15",
        "[doi:10.1124/jpet.110.165746](https://doi.org/10.1124/jpet.110.165746), 10.1016/0306-4522(89)90012-2",
        "https://example.org/17/39?x=11.4",
        "The code `half_life = 11.4` and `x[39]`",
        "{{ma-half-life-iv}} and {{points 24}} and {{term t12}}",
        '<img width="480" height="320"> &amp; <br>',
        "D2, 5-HT, DSM-5, ICD-11, TAS-20, CYP2D6, GABA_A, NR3C1, 5-HTTLPR",
        "Two or 3, 4 and 10 of them",
        "At 23:45 on 24 November 2026, or on November 24, or 2026-11-24",
        "module_01, x11, v12a",
        "Write 0, 1 or 2.",
        "A AND/OR 3 more",
    ],
)
def test_a_number_that_is_no_measurement_is_left_alone(line: str) -> None:
    assert list(numbers_of(line)) == []


@given(st.integers(11, 1800), st.sampled_from(["% of basal", "people", "months", "of them", "mg/kg", ""]))
def test_every_number_above_ten_is_found_whatever_follows(number: int, what: str) -> None:
    assert list(numbers_of(f"It was {number} {what} there.")) == [str(number)]


@given(st.text(max_size=80))
def test_no_line_stops_the_reader(line: str) -> None:
    assert all(any(sign.isdigit() for sign in number) for number in numbers_of(line))


# Lessons, exercises, questions, simulators


LESSON = """\
# %% [markdown]
r\"\"\"
# A lesson

Its title holds 30 minutes.

## First

Here are 39 %.

## Second

Here are 39 % too.
\"\"\"

# %% [markdown] tags=["quote"]
\"\"\"
Others said 1,500 %.
\"\"\"

# %%
draw(interval_h=12)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "modules" / "07-made-up" / "lesson.py", LESSON)
    own(tmp_path, ("A lesson", "[30]"))
    return tmp_path


def own(root: Path, *entries: tuple[str, str], file: str = "modules/07-made-up/lesson.py") -> None:
    write(
        root / OWN,
        "".join(
            f"- file: {file}\n  section: {section!r}\n  numbers: {numbers}\n  because: made up for this lesson\n"
            for section, numbers in entries
        ),
    )


def test_the_course_as_it_stands_is_in_order() -> None:
    assert in_prose(content_root()) == []
    assert in_models(content_root()) == []


def test_a_typed_number_is_named_by_file_line_and_section(root: Path) -> None:
    assert in_prose(root) == [
        f"modules/07-made-up/lesson.py:{line}: the number 39 is typed in: write a claim's token, or say in {OWN} why "
        f'no paper stands behind it (section "{section}").'
        for line, section in ((9, "First"), (13, "Second"))
    ]


def test_a_number_is_ours_in_its_own_section_only(root: Path) -> None:
    own(root, ("A lesson", "[30]"), ("First", "[39]"))
    (fault,) = in_prose(root)
    assert fault.startswith("modules/07-made-up/lesson.py:13: the number 39 is typed in")


def test_a_number_is_ours_in_its_own_file_only(root: Path) -> None:
    write(root / "modules" / "08-other" / "lesson.py", LESSON)
    own(root, ("A lesson", "[30]"), ("First", "[39]"), ("Second", "[39]"))
    assert {fault.partition(":")[0] for fault in in_prose(root)} == {"modules/08-other/lesson.py"}


def test_another_number_of_the_same_section_is_still_found(root: Path) -> None:
    own(root, ("A lesson", "[30]"), ("First", "[38]"), ("Second", "[39]"))
    found = in_prose(root)
    assert [fault.partition(": ")[0] for fault in found] == ["modules/07-made-up/lesson.py:9", f"{OWN}:5"]


def test_an_entry_whose_number_has_gone_is_named_by_its_line(root: Path) -> None:
    own(root, ("A lesson", "[30]"), ("First", "[39, 40, 41]"), ("Second", "[39]"), ("Third", "[39]"))
    assert in_prose(root) == [
        f'{OWN}:5: 40, 41 no longer stands in modules/07-made-up/lesson.py, section "First": take it out.',
        f'{OWN}:13: 39 no longer stands in modules/07-made-up/lesson.py, section "Third": take it out.',
    ]


def test_questions_are_read_by_question_and_their_tolerances_are_not_numbers(root: Path) -> None:
    write(
        root / "modules" / "07-made-up" / "questions.yml",
        "# 55 % in a comment\n- id: how-many\n  ask: How many of 44 people?  # 55\n  value: 33\n  tolerance: 0.25\n"
        "  misconceptions:\n    - low: 21.5\n      high: 22.5\n      why: It is 39 %.\n",
    )
    own(root, ("*", "[30, 39]"))
    file = "modules/07-made-up/questions.yml"
    found = [fault for fault in in_prose(root) if fault.startswith(file)]
    assert [fault.partition(" is typed")[0] for fault in found] == [
        f"{file}:3: the number 44",
        f"{file}:4: the number 33",
        f"{file}:9: the number 39",
    ]
    assert all('(section "how-many")' in fault for fault in found)


def test_a_line_of_prose_that_begins_with_low_is_read(root: Path) -> None:
    write(root / "modules" / "07-made-up" / "lesson.py", '# %% [markdown]\n"""\nlow: 12 % of them\n"""\n')
    own(root, ("", "[13]"))
    assert any("lesson.py:3: the number 12 is typed in" in fault for fault in in_prose(root))


def test_what_a_simulator_says_is_read(root: Path) -> None:
    write(
        root / "course" / "simulators" / "new.py",
        'SIZE = 39\nTITLE = "39 % of them"\nSTYLE = "width: 480px"\nNAME = "a39"\n',
    )
    own(root, ("A lesson", "[30]"), ("First", "[39]"), ("Second", "[39]"))
    (fault,) = in_prose(root)
    assert fault.startswith("course/simulators/new.py:2: the number 39 is typed in")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: b\n", f"{OWN}:1: this file is a list of entries, each beginning with `- file:`."),
        ("- file: x\n  numbers: [1]\n", ":1: an entry needs file, section, numbers and because (a reason in words)."),
        ("- file: x\n  numbers: [1]\n  because: ours\n", ":1: an entry needs file, section, numbers and because"),
        ("- file: x\n  numbers: 1\n  because: it is our own\n", ":1: an entry needs file, section, numbers"),
        ("- file: x\n  numbers: []\n  because: it is our own\n", ":1: an entry needs file, section, numbers"),
        ("- numbers: [1]\n  because: it is our own\n", ":1: an entry needs file, section, numbers and because"),
        ("- file: [x\n", ":2: this is not a readable list of own numbers"),
    ],
)
def test_a_faulty_entry_is_one_sentence(root: Path, content: str, sentence: str) -> None:
    write(root / OWN, content)
    with pytest.raises(ValueError) as caught:
        read_own_numbers(root / OWN)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


# Models


@pytest.mark.parametrize(
    "source",
    [
        "x = 11.4\n",
        "x = -0.37\n",
        "x = 1e-3\n",
        "x = 39\n",
        "def f(half_life=11.4): pass\n",
        "y = [0.12, 0.13][0]\n",
        "x = 11.4  # half-life, not assumed: measured\n",
        "x = 11.4  # we have numerical reasons\n",
        'x = 11.4  ; y = "# assumed: no comment"\n',
        "a = 3.3  # assumed: for teaching\nx = 11.4\n",
        "x = 11.4\n# assumed: for teaching\ny = 2\n",
        "if a:\n    # assumed: for teaching\n    b = 2\n    x = 11.4\n",
        "while a:  # assumed: for teaching\n    x = 11.4\n",
        "# assumed: for teaching\n\nx = 11.4\n",
        "x = f(\n    3.3,  # assumed: for teaching\n    11.4,\n)\n",
    ],
)
def test_a_number_without_a_reason_is_found_in_a_model(tmp_path: Path, source: str) -> None:
    write(tmp_path / "course" / "models" / "new.py", source)
    found = in_models(tmp_path)
    assert found
    assert all(fault.startswith("course/models/new.py:") and "has no source" in fault for fault in found)


def test_the_fault_names_line_and_number(tmp_path: Path) -> None:
    write(tmp_path / "course" / "models" / "new.py", '"""Half-life 9.9 h."""\n\na = 1\nx = (a +\n     11.4)\n')
    assert in_models(tmp_path) == [
        "course/models/new.py:5: the number 11.4 has no source: read it from the ledger, or say at its line "
        "`# assumed: why` or `# numerical: why`."
    ]


@pytest.mark.parametrize(
    "source",
    [
        '"""A half-life of 11.4 h."""\n',
        'def f():\n    """Return 11.4 of 39."""\n',
        "# 11.4 in a comment\n",
        'x = "11.4 h"\n',
        "x = 11.4  # assumed: for teaching\n",
        "x = 11.4  # numerical: a step that is small enough\n",
        "x = 11.4  # assumed\n",
        "# assumed: for teaching\nx = 11.4\n",
        "# numerical: weights of the rule\nx = (\n    0.123,\n    0.456,\n)\n",
        "x = f(\n    0.123,\n    0.456,\n)  # assumed: for teaching\n",
        "def f(\n    half_life=11.4,  # assumed: for teaching\n): pass\n",
        "class P:\n    leak: float = 0.04  # assumed: out of the vesicles\n",
        "x = a[39] + b[:, 12:14]\n",
        "x = 0.5 * a + 60.0 * b - 100.0 + 2 * 1000 / 24 + 7\n",
        'x = value("ma-half-life-iv")\n',
        "x = True\n",
    ],
)
def test_a_number_with_a_reason_or_in_words_only_is_left_alone(tmp_path: Path, source: str) -> None:
    write(tmp_path / "course" / "models" / "new.py", source)
    assert in_models(tmp_path) == []


def test_a_model_that_is_not_python_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path / "course" / "models" / "new.py", "x = (\n")
    with pytest.raises(ValueError, match=r"^course/models/new\.py:1: this is not Python \(.*\)\.$"):
        in_models(tmp_path)
