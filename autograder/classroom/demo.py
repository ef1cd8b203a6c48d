"""`autograder init --demo`: a class of invented students, from the answer bank and from what happens to files.

Nothing here is random and every time stamp is fixed, so that two demo classes are the same to the last byte.
"""

import ast
import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader import api

from autograder.classroom.answer_bank import AnswerBank, read_answer_bank
from autograder.classroom.course_directory import CourseDirectory, environment_scripts
from autograder.classroom.init import module_folder
from autograder.files import write_bytes, write_text
from autograder.judge import Master, load_master

DUE = datetime(2026, 10, 12, 17, 0)  # UTC, as nbgrader stores it
_FIRST_HANDED_IN = DUE - timedelta(days=1)
_ESSAY = (
    "One bar per drug hides that the size of the effect depends on the dose, on the region and on how it was measured. "
    "I would ask for the dose, the time of the peak and the spread before comparing two drugs."
)

Notebook = dict[str, Any]
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Kit:
    """What a made-up submission is made of: the released notebook, the bank, and where each item is answered."""

    released: Notebook
    bank: AnswerBank
    answered_at: Mapping[str, str]
    """Item → grade_id of its answer cell, in the order of the notebook."""
    essays: tuple[str, ...]
    """grade_ids of the free responses."""

    @property
    def items(self) -> list[str]:
        """The items judged automatically, in order."""
        return list(self.answered_at)

    @property
    def functions(self) -> list[str]:
        """The items that ask for a function."""
        return [item for item in self.items if "def " in self.bank.reference(item).source]

    @property
    def literals(self) -> list[str]:
        """The items that ask for a value."""
        return [item for item in self.items if item not in self.functions]

    def references(self) -> dict[str, str]:
        """A right answer to every item."""
        return {item: self.bank.reference(item).source for item in self.items}

    def alternatives(self, number: int) -> dict[str, str]:
        """The `number`-th other right solution of every item that has so many, else the reference."""
        answers = self.references()
        for item in self.items:
            others = [answer for answer in self.bank.of(item) if answer.label.startswith("alternative")]
            if number < len(others):
                answers[item] = others[number].source
        return answers

    def mistakes(self, number: int) -> dict[str, str]:
        """The `number`-th wrong answer of every item that has so many, else the reference."""
        answers = self.references()
        for item in self.items:
            wrong = [answer for answer in self.bank.of(item) if not answer.is_right]
            if number < len(wrong):
                answers[item] = wrong[number].source
        return answers

    @property
    def most_mistakes(self) -> int:
        """How many students it takes for every wrong answer of the bank to be given once."""
        return max(sum(not answer.is_right for answer in self.bank.of(item)) for item in self.items)

    def notebook(self, answers: Mapping[str, str], *, essay: bool = True) -> Notebook:
        """The released notebook with these answers written into their cells."""
        notebook = copy.deepcopy(self.released)
        texts = {self.answered_at[item]: source for item, source in answers.items()}
        if essay:
            texts |= dict.fromkeys(self.essays, _ESSAY)
        for cell in notebook["cells"]:
            if _grade_id(cell) in texts:
                cell["source"] = texts[_grade_id(cell) or ""]
        return notebook

    def position(self, notebook: Notebook, grade_id: str) -> int:
        """Where a cell stands in a notebook made from this kit."""
        return next(n for n, cell in enumerate(notebook["cells"]) if _grade_id(cell) == grade_id)


@dataclass(frozen=True)
class DemoStudent:
    """One invented student: how the submission is made (None: nothing is handed in) and how late it is."""

    first_name: str
    last_name: str
    hand_in: Callable[[Kit], Files] | None
    late: timedelta = timedelta(0)

    @property
    def id(self) -> str:
        """The student's id: the name in small letters."""
        return f"{self.first_name}-{self.last_name}".lower()


def _file(notebook: Notebook, name: str = "exercises.ipynb") -> Files:
    return {name: (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")}


def _all_right(kit: Kit) -> Files:
    return _file(kit.notebook(kit.references()))


def _all_blank(kit: Kit) -> Files:
    return _file(copy.deepcopy(kit.released))


def _half_done(kit: Kit) -> Files:
    done = kit.items[: (len(kit.items) + 1) // 2]
    return _file(kit.notebook({item: kit.references()[item] for item in done}, essay=False))


def _only_values(kit: Kit) -> Files:
    return _file(kit.notebook({item: kit.references()[item] for item in kit.literals}))


def _only_functions(kit: Kit) -> Files:
    return _file(kit.notebook({item: kit.references()[item] for item in kit.functions}, essay=False))


def _alternatives(number: int) -> Callable[[Kit], Files]:
    return lambda kit: _file(kit.notebook(kit.alternatives(number)))


def _mistakes(number: int) -> Callable[[Kit], Files]:
    return lambda kit: _file(kit.notebook(kit.mistakes(number)))


def _duplicated_cell(kit: Kit) -> Files:
    """An answer cell copied and pasted, both the same."""
    notebook = kit.notebook(kit.references())
    at = kit.position(notebook, kit.answered_at[kit.items[0]])
    notebook["cells"].insert(at + 1, _copy_of(notebook["cells"][at]))
    return _file(notebook)


def _two_answers(kit: Kit) -> Files:
    """An answer cell copied and pasted, then one of the two answered differently."""
    notebook = kit.notebook(kit.references())
    first = kit.items[0]
    at = kit.position(notebook, kit.answered_at[first])
    other = _copy_of(notebook["cells"][at])
    other["source"] = kit.mistakes(0)[first]
    notebook["cells"].insert(at, other)
    return _file(notebook)


def _deleted_test(kit: Kit) -> Files:
    notebook = kit.notebook(kit.references())
    del notebook["cells"][kit.position(notebook, kit.items[1])]
    return _file(notebook)


def _deleted_answer(kit: Kit) -> Files:
    notebook = kit.notebook(kit.references())
    del notebook["cells"][kit.position(notebook, kit.answered_at[kit.items[1]])]
    return _file(notebook)


def _edited_test(kit: Kit) -> Files:
    """All wrong, but the first test cell now gives itself the points."""
    notebook = kit.notebook(kit.mistakes(0))
    notebook["cells"][kit.position(notebook, kit.items[0])]["source"] = "100.0"
    return _file(notebook)


def _renamed(kit: Kit) -> Files:
    return _file(kit.notebook(kit.references()), name="exercises (1).ipynb")


def _broken_json(kit: Kit) -> Files:
    """A download that stopped half-way."""
    whole = _all_right(kit)["exercises.ipynb"]
    return {"exercises.ipynb": whole[: len(whole) // 2]}


def _other_file(_: Kit) -> Files:
    return {"answers.txt": b"I could not open the notebook at home, so here are my answers as text: 11.4 h\n"}


def _with_function(body: str) -> Callable[[Kit], Files]:
    """All right, except that the last function does this instead."""

    def hand_in(kit: Kit) -> Files:
        answers = kit.references()
        last = kit.functions[-1]
        tree = ast.parse(answers[last])
        name = next(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
        answers[last] = f"def {name}(*arguments, **named):\n{body}"
        return _file(kit.notebook(answers))

    return hand_in


_endless = _with_function("    while True:\n        pass")
_kernel_killer = _with_function("    import os\n    os._exit(1)")
_asks_for_input = _with_function('    return float(input("Half-life? "))')


def _warns(kit: Kit) -> Files:
    """All right, with a library's warning on stderr in an answer."""
    answers = kit.references()
    last = kit.functions[-1]
    warning = 'import warnings\nwarnings.warn("this will change in a later release", FutureWarning)\n'
    answers[last] = warning + answers[last]
    return _file(kit.notebook(answers))


def _misspelled(kit: Kit) -> Files:
    """All right, except for a name that does not exist in the first answer."""
    answers = kit.references()
    answers[kit.items[0]] = f"hours_in_a_day = 24\nhours_in_teh_day / 2\n{answers[kit.items[0]]}"
    return _file(kit.notebook(answers))


def _own_cells(kit: Kit) -> Files:
    """All right, with a helper in a cell of the student's own above a function that uses it."""
    answers = kit.references()
    last = kit.functions[-1]
    answers[last] = f"{answers[last]}\n_unused = my_helper(1.0)"
    notebook = kit.notebook(answers)
    cell = {"cell_type": "code", "execution_count": 3, "id": "own-cell", "metadata": {}, "outputs": []}
    cell["source"] = "def my_helper(x):\n    return 2 * x"
    notebook["cells"].insert(kit.position(notebook, kit.answered_at[last]), cell)
    return _file(notebook)


def _other_editor(kit: Kit) -> Files:
    """All right, saved by another editor: a byte-order mark, another kernel's name, an older notebook format."""
    notebook = kit.notebook(kit.references())
    notebook["metadata"]["kernelspec"] = {"name": "my-env", "display_name": "My environment", "language": "python"}
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return {"exercises.ipynb": b"\xef\xbb\xbf" + _file(notebook)["exercises.ipynb"]}


def _two_files(kit: Kit) -> Files:
    """The wrong answers under the right name, and a second file with the right ones."""
    return {**_file(kit.notebook(kit.mistakes(0))), **_file(kit.notebook(kit.references()), "exercises-final.ipynb")}


_CLASS: tuple[DemoStudent, ...] = (
    DemoStudent("Amara", "Quillfeather", _all_right),
    DemoStudent("Bao", "Lanternwood", _all_blank),
    DemoStudent("Chidi", "Halfmoon", _half_done),
    DemoStudent("Dolores", "Plainword", _only_values),
    DemoStudent("Eskil", "Functionson", _only_functions),
    DemoStudent("Fatima", "Otherway", _alternatives(0)),
    DemoStudent("Goran", "Thirdway", _alternatives(1)),
    DemoStudent("Hana", "Copypaste", _duplicated_cell),
    DemoStudent("Ivo", "Twominds", _two_answers),
    DemoStudent("Jamila", "Tidyup", _deleted_test),
    DemoStudent("Kofi", "Cutaway", _deleted_answer),
    DemoStudent("Lotte", "Editmore", _edited_test),
    DemoStudent("Mateo", "Downloads", _renamed),
    DemoStudent("Noor", "Lostline", _broken_json),
    DemoStudent("Oskar", "Textfile", _other_file),
    DemoStudent("Priya", "Roundabout", _endless),
    DemoStudent("Quentin", "Poweroff", _kernel_killer),
    DemoStudent("Rosa", "Askfirst", _asks_for_input),
    DemoStudent("Sanjay", "Cautious", _warns),
    DemoStudent("Tuuli", "Misspell", _misspelled),
    DemoStudent("Umar", "Helperson", _own_cells),
    DemoStudent("Violeta", "Othertool", _other_editor),
    DemoStudent("Wim", "Twofiles", _two_files),
    DemoStudent("Xiadani", "Lastminute", _all_right, late=timedelta(hours=1, minutes=30)),
    DemoStudent("Yusuf", "Nothere", None),
)

# Wrong answers of the bank: one student for the first wrong answer of every item, one for the second, and so on.
_MISTAKEN = ("Aziza", "Bruno", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kira", "Luca")


def demo_class(kit: Kit) -> tuple[DemoStudent, ...]:
    """The whole class: the fixed students, and as many as it takes to give every wrong answer of the bank once."""
    mistaken = tuple(
        DemoStudent(_MISTAKEN[n % len(_MISTAKEN)], f"Learning{n + 1}", _mistakes(n)) for n in range(kit.most_mistakes)
    )
    return _CLASS + mistaken


def add_demo_class(course: CourseDirectory, say: Callable[[str], None] = print) -> None:
    """Put the class list into the gradebook and the submissions into `submitted/`; never overwrites a folder or a name.

    Raises `CannotRun` when no assignment of the course has an answer bank, or a bank has a mistake.
    """
    for assignment in course.assignments():
        bank_path = module_folder(assignment) / "answer_bank.py"
        if not bank_path.exists():
            say(f"{assignment}: has no answer bank, so no made-up class")
            continue
        for source in sorted(course.folder("source", ".", assignment).glob("*.ipynb")):
            master = load_master(source)
            if master.items:
                kit = make_kit(master, course.folder("release", ".", assignment) / source.name, bank_path)
                _add_class(course, assignment, demo_class(kit), kit, say)


def make_kit(master: Master, released: Path, bank: Path) -> Kit:
    """What submissions to one notebook are made of. Raises `CannotRun` when the bank has a mistake."""
    tested = [cell.grade_id or "" for cell in master.items if cell.role == "test"]
    answered_at = {item: master.answers_to(item)[-1].grade_id or "" for item in tested}
    essays = tuple(cell.grade_id or "" for cell in master.items if cell.role == "manual")
    notebook = json.loads(released.read_text(encoding="utf-8"))
    solutions = {cell.grade_id: cell.source for cell in master.cells if cell.role == "answer"}
    references = {item: _without_markers(solutions[answered_at[item]]) for item in tested}
    return Kit(notebook, read_answer_bank(bank, references), answered_at, essays)


def _without_markers(solution: str) -> str:
    """A solution as a student would hand it in: without the markers around it and the stub after it."""
    lines = solution.split("\n")
    end = next((n for n, line in enumerate(lines) if "END SOLUTION" in line), len(lines))
    return "\n".join(line for line in lines[:end] if "BEGIN SOLUTION" not in line)


def _add_class(
    course: CourseDirectory, assignment: str, students: tuple[DemoStudent, ...], kit: Kit, say: Callable[[str], None]
) -> None:
    added = 0
    for number, student in enumerate(students):
        folder = course.folder("submitted", student.id, assignment)
        if student.hand_in is None or (folder / "timestamp.txt").exists():
            continue
        for name, content in student.hand_in(kit).items():
            if not (folder / name).exists():
                write_bytes(folder / name, content)
        handed_in = DUE + student.late if student.late else _FIRST_HANDED_IN + timedelta(minutes=7 * number)
        write_text(folder / "timestamp.txt", f"{handed_in.isoformat(' ')} UTC\n")  # last: the folder is then complete
        added += 1
    with environment_scripts():
        gradebook = api.Gradebook(course.db_url, course.course_id)
    with gradebook:
        known = {student.id for student in gradebook.students}
        for student in students:
            if student.id not in known:
                gradebook.add_student(student.id, first_name=student.first_name, last_name=student.last_name)
        found = gradebook.find_assignment(assignment)
        if found.duedate is None:
            gradebook.update_or_create_assignment(assignment, duedate=DUE)
    say(f"submitted/*/{assignment}: {added} made-up submissions added, {len(students)} students on the class list")


def _copy_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    """A pasted copy: everything the same, nbgrader's id too, as JupyterLab does it."""
    copied = copy.deepcopy(dict(cell))
    copied["id"] = f"{copied['id']}-copy"[-64:]
    return copied


def _grade_id(cell: Mapping[str, Any]) -> str | None:
    value = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return value if isinstance(value, str) else None
