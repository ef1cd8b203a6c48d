"""`autograder class add`: rosters as the systems export them, into nbgrader's gradebook; nothing doubtful gets in."""

import csv
import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path

import classroom_kit as kit
import lms_kit
import pytest
from lms_importers import User
from nbgrader.api import Gradebook

from autograder.classroom.course_directory import CourseDirectory
from autograder.cli import main

Add = Callable[..., tuple[int, str]]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


@pytest.fixture
def add(course: CourseDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Add:
    """Type the command; returns the exit code and all that was said."""

    def run(content: bytes | str, *options: str) -> tuple[int, str]:
        roster = tmp_path / "roster.csv"
        roster.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main(["class", "add", str(roster), "--course", str(course.root), *options])
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


def students(course: CourseDirectory) -> dict[str, tuple[str | None, ...]]:
    with Gradebook(course.db_url, course.course_id) as book:
        return {s.id: (s.last_name, s.first_name, s.email, s.lms_user_id) for s in book.students}


PLAIN = "id,last_name,first_name,email\nana,Lim,Ana,a@x.org\nben,Ode,Ben,b@x.org\n"


# --- what is recognised -------------------------------------------------------------------------------------------


def test_canvas_as_it_exports(course: CourseDirectory, add: Add) -> None:
    users = lms_kit.awkward_users()
    code, said = add(lms_kit.written(lms_kit.canvas_rows(users)))
    assert code == 0, said
    assert "300 added" in said and "Canvas' test student was left out" in said
    found = students(course)
    assert set(found) == {user.login for user in users}
    assert all(found[user.login][3] == user.number for user in users)
    formula = next(user for user in users if user.last == "=1+1")
    assert found[formula.login][:2] == (formula.last, formula.first)


def test_moodle_and_brightspace_as_they_export(course: CourseDirectory, add: Add) -> None:
    users = lms_kit.awkward_users(40)
    moodle, brightspace = users[:20], users[20:]
    assert add(lms_kit.written(lms_kit.moodle_rows(moodle)))[0] == 0
    assert add(lms_kit.written(lms_kit.brightspace_rows(brightspace, names=True), lineterminator="\r\n"))[0] == 0
    assert students(course) == {u.login: (u.last, u.first, u.email, u.sis) for u in users}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(course: CourseDirectory, add: Add, encoding: str, separator: str) -> None:
    rows = [["id", "last_name", "first_name", "email"], ["007", "Süß, Jr; ж", "Ödön", "o@x.org"]]
    assert add(lms_kit.written(rows, encoding=encoding, delimiter=separator))[0] == 0
    assert students(course) == {"007": ("Süß, Jr; ж", "Ödön", "o@x.org", None)}


def test_latin_1_is_read_and_said_aloud(course: CourseDirectory, add: Add) -> None:
    code, said = add("id,last_name\n1,Müller\n".encode("latin-1"))
    assert code == 0 and "read as Latin-1" in said
    assert students(course)["1"][0] == "Müller"


def test_titles_in_another_language_are_named(course: CourseDirectory, add: Add) -> None:
    german = "Vorname;Nachname;Matrikelnummer;E-Mail-Adresse\nÄnne;Groß;0012;a@x.org\n"
    code, said = add(german)
    assert code == 2 and "“Matrikelnummer”" in said and "--key id=TITLE" in said
    keys = ("id=Matrikelnummer", "email=E-Mail-Adresse", "first_name=Vorname", "last_name=Nachname")
    assert add(german, *(part for key in keys for part in ("--key", key)))[0] == 0
    assert students(course) == {"0012": ("Groß", "Änne", "a@x.org", None)}


def test_another_column_may_be_the_id(course: CourseDirectory, add: Add) -> None:
    users = lms_kit.awkward_users(3)
    assert add(lms_kit.written(lms_kit.canvas_rows(users)), "--key", "id=SIS User ID")[0] == 0
    assert set(students(course)) == {user.sis for user in users}


# --- running it again ---------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_nobody_is_removed(course: CourseDirectory, add: Add) -> None:
    assert add(PLAIN)[0] == 0
    before = kit.gradebook_rows(course.root)
    code, said = add(PLAIN)
    assert code == 0 and "0 added, 0 changed, 2 as before" in said
    assert kit.gradebook_rows(course.root) == before
    code, said = add("id,last_name\nana,Lim\n")
    assert code == 0 and "not in this roster (kept): Ben Ode (ben)" in said
    assert students(course)["ana"] == ("Lim", "Ana", "a@x.org", None), "a blank erases nothing"
    assert "ben" in students(course)


def test_a_dry_run_says_all_and_changes_nothing(course: CourseDirectory, add: Add) -> None:
    before = kit.tree(course.root)
    code, said = add(PLAIN, "--dry-run")
    assert code == 0 and "+ Ana Lim (ana)" in said and "2 would be added" in said
    assert kit.tree(course.root) == before


def test_what_is_new_about_somebody_known_is_taken_and_shown(course: CourseDirectory, add: Add) -> None:
    add("id,last_name,first_name,email,lms_user_id\nana,Lim,Ana,a@x.org,77\n")
    code, said = add("id,last_name,first_name,email,lms_user_id\nana,Lim-Ode,Ana,new@x.org,77\n")
    assert code == 0 and "last name Lim → Lim-Ode" in said and "email a@x.org → new@x.org" in said
    assert students(course) == {"ana": ("Lim-Ode", "Ana", "new@x.org", "77")}


def test_grades_stay_with_their_student(course: CourseDirectory, add: Add) -> None:
    add(PLAIN)
    lms_kit.give(course, {"ana": 5.0})
    grades = [row for row in kit.gradebook_rows(course.root) if row[0] != "student"]
    add(PLAIN.replace("Lim", "Ode-Lim"))
    assert [row for row in kit.gradebook_rows(course.root) if row[0] != "student"] == grades


# --- what is listed and changes nothing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("ana,Lim,Ana,b@x.org,", "keys are those of two people"),
        ("new,Who,New,a@x.org,", "its email is known as that of Ana Lim (ana)"),
        ("new,Who,New,n@x.org,77", "its LMS id is known as that of Ana Lim (ana)"),
        ("ana,Lim,Ana,a@x.org,78", "the gradebook has the LMS id 77 for Ana Lim (ana)"),
        ("ben,Other,Person,o@x.org,", "in the gradebook this id is Ben Ode (ben), b@x.org"),
        (",Who,New,n@x.org,", "it has no id"),
        ("../ana,Who,New,n@x.org,", "cannot be the name of a folder"),
        ("a/b,Who,New,n@x.org,", "cannot be the name of a folder"),
        (".hidden,Who,New,n@x.org,", "cannot be the name of a folder"),
        (f"{'x' * 129},Who,New,n@x.org,", "longer than 128 letters"),
        ("new,Smith, Jr,New,n@x.org,", "it has 6 cells and the header 5"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_listed_and_the_others_are_taken(
    course: CourseDirectory, add: Add, row: str, why: str
) -> None:
    header = "id,last_name,first_name,email,lms_user_id\n"
    add(header + "ana,Lim,Ana,a@x.org,77\nben,Ode,Ben,b@x.org,\n")
    before = students(course)
    code, said = add(f"{header}{row}\ncem,Kaya,Cem,c@x.org,79\n")
    assert code == 1
    assert "1 not taken:\n  line 2: " in said
    expected = "its email is known as that of Ben Ode (ben)" if "two people" in why else why
    assert expected in said
    assert students(course) == {**before, "cem": ("Kaya", "Cem", "c@x.org", "79")}


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("007,A,A,a@x.org", "007,B,B,b@x.org", "id 007"),
        ("Ana,A,A,a@x.org", "ana,B,B,b@x.org", "id ana"),
        (unicodedata.normalize("NFC", "josé,A,A,a@x.org"), unicodedata.normalize("NFD", "josé,B,B,b@x.org"), "id josé"),
        ("1,A,A,a@x.org", "2,B,B,A@x.org", "email a@x.org"),
    ],
)
def test_rows_that_share_a_key_are_both_listed(
    course: CourseDirectory, add: Add, first: str, second: str, kind: str
) -> None:
    code, said = add(f"id,last_name,first_name,email\n{first}\n{second}\n7,C,C,c@x.org\n")
    assert code == 1 and said.count(f"2 rows have the {kind}") == 2
    assert set(students(course)) == {"7"}, "and 7 is not 007"


def test_two_spellings_of_one_id_are_one_student(course: CourseDirectory, add: Add) -> None:
    add("id,last_name\nJosé,Lim\n")
    code, said = add(unicodedata.normalize("NFD", "id,last_name\njosé,Lim\n"))
    assert code == 0 and "1 as before" in said
    assert set(students(course)) == {"José"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "is a workbook"),
        (b"when,what\n1,2\n", "is not a roster we know"),
        (lms_kit.written(lms_kit.worksheet_rows([])), "is not a roster we know"),
    ],
)
def test_what_is_no_roster_is_refused(course: CourseDirectory, add: Add, content: bytes, said: str) -> None:
    code, told = add(content)
    assert code == 2 and said in told and len(told.splitlines()) == 1


def test_a_gradebook_that_is_locked_stays_as_it_is(course: CourseDirectory, add: Add) -> None:
    with sqlite3.connect(course.root / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        code, said = add(PLAIN)
        other.rollback()
    assert code == 2 and "another program is writing to it" in said
    assert students(course) == {}


def test_300_rows_are_one_transaction(course: CourseDirectory, add: Add) -> None:
    people: list[User] = lms_kit.awkward_users(1000)
    rows = [["id", "email"], *([user.login, user.email] for user in people)]
    assert add(lms_kit.written(rows, quoting=csv.QUOTE_ALL))[0] == 0
    assert len(students(course)) == 1000
