"""What a roster changes in the class list: worked out first, as plain data, so that it can be shown before it is done.

A row that cannot be trusted changes nothing and is listed; the others are taken. Nobody is ever removed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from autograder.classroom.names import is_folder_name, shown
from autograder.lms.formats import Layout
from autograder.lms.people import ClassList, Keys, Person, differ, same
from autograder.lms.sheet import Sheet

_LONGEST_ID = 128  # what nbgrader's database keeps


@dataclass(frozen=True)
class RosterPlan:
    """What is to be done. `changed`: as they are to be, with what changes in words. `problems`: one sentence a row."""

    added: tuple[Person, ...]
    changed: tuple[tuple[Person, str], ...]
    unchanged: int
    problems: tuple[str, ...]
    gone: tuple[Person, ...]
    """In the gradebook and not in the roster."""
    test_students: int = 0


def plan_roster(sheet: Sheet, layout: Layout, known: Sequence[Person]) -> RosterPlan:
    """Compare a roster with the class list."""
    class_list = ClassList(known)
    rows: list[tuple[int, Person, str]] = []  # line, person, what is wrong with the row itself
    test_students = 0
    for row in sheet.rows[1:]:
        if layout.is_test_student(row.values):
            test_students += 1
        elif layout.holds_a_person(row.values):
            ragged = len(row.cells) != len(sheet.header)
            cells = f"it has {len(row.cells)} cells and the header {len(sheet.header)}: a comma in a name needs quotes"
            person = layout.person(row.values)
            rows.append((row.line, person, cells if ragged else _about_id(person.id)))
    twice = _twice(person for _, person, wrong in rows if not wrong)
    added, changed, problems = list[Person](), list[tuple[Person, str]](), list[str]()
    unchanged, met = 0, set[str]()
    for line, person, wrong in rows:
        hits = class_list.hits(Keys((person.id,), person.lms_user_id, person.email))
        met |= {hit.id for hit in hits}
        wrong = wrong or next((twice[key] for key in _keys(person) if key in twice), "") or _clash(person, hits)
        if wrong:
            problems.append(f"line {line}: {person.spoken or 'a row without id'}: {wrong}.")
        elif not hits:
            added.append(person)
        else:
            before = next(iter(hits))
            after = _completed(before, person)
            if after == before:
                unchanged += 1
            else:
                changed.append((after, _difference(before, after)))
    gone = tuple(person for person in known if person.id not in met)
    return RosterPlan(tuple(added), tuple(changed), unchanged, tuple(problems), gone, test_students)


def _about_id(student: str) -> str:
    """What keeps an id from being the name of the student's folders, or nothing."""
    if not student:
        return "it has no id"
    if not is_folder_name(student) or student.startswith(".") or not student.isprintable():
        return (
            "this id cannot be the name of a folder, and every student has one; choose another column: --key id=TITLE"
        )
    if len(student) > _LONGEST_ID or len(student.encode()) > 255:
        return f"this id is longer than {_LONGEST_ID} letters, and nbgrader keeps no more"
    return ""


def _keys(person: Person) -> Iterable[tuple[str, str]]:
    named = (("id", person.id), ("LMS id", person.lms_user_id), ("email", person.email))
    return ((kind, same(key)) for kind, key in named if key)


def _twice(people: Iterable[Person]) -> dict[tuple[str, str], str]:
    """Keys that more than one row has, each with the sentence about it."""
    counts = Counter(key for person in people for key in _keys(person))
    return {
        (kind, key): f"{count} rows have the {kind} {shown(key)}, so it is not clear who that is"
        for (kind, key), count in counts.items()
        if count > 1
    }


def _clash(person: Person, hits: Iterable[Person]) -> str:
    """Why a row may not be taken for somebody in the gradebook, or nothing.

    The id must be theirs, and something else must agree where both know it: the LMS's id always, else the email or the
    name. (An id that was given to somebody new would hand them the other's grades.)
    """
    hits = tuple(hits)
    others = [hit for hit in hits if same(hit.id) != same(person.id)]
    if others:
        shared = "LMS id" if same(others[0].lms_user_id) == same(person.lms_user_id) != "" else "email"
        return f"its {shared} is known as that of {others[0].spoken}"
    if not hits:
        return ""
    if len(hits) > 1:
        return f"the gradebook has {len(hits)} students whose ids differ from it only in capital letters or accents"
    (known,) = hits
    if differ(person.lms_user_id, known.lms_user_id):
        return f"the gradebook has the LMS id {shown(known.lms_user_id)} for {known.spoken}"
    names = ((person.first_name, known.first_name), (person.last_name, known.last_name))
    confirmed = [
        all(not differ(mine, theirs) for mine, theirs in pairs)
        for pairs in (((person.lms_user_id, known.lms_user_id),), ((person.email, known.email),), names)
        if any(mine and theirs for mine, theirs in pairs)
    ]
    if confirmed and not any(confirmed):
        email = f", {shown(known.email)}" if known.email else ""
        return f"in the gradebook this id is {known.spoken}{email}: if that is the same person, correct one of the two"
    return ""


def _completed(known: Person, person: Person) -> Person:
    """What is known, with what the roster says; a blank in the roster erases nothing."""
    said = {field.name: getattr(person, field.name) for field in fields(Person) if field.name != "id"}
    return replace(known, **{name: value for name, value in said.items() if value})


def _difference(before: Person, after: Person) -> str:
    names = [field.name for field in fields(Person) if getattr(before, field.name) != getattr(after, field.name)]
    return ", ".join(
        f"{name.replace('_', ' ')} {shown(getattr(before, name)) or '(none)'} → {shown(getattr(after, name))}"
        for name in names
    )
