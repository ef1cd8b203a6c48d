"""`autograder export`: roster, gradebook, file, and the system's own import; everybody's own grade arrives."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import classroom_kit as kit
import lms_kit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lms_importers import Aborted, User, brightspace_import, canvas_import, moodle_import, worksheet_import
from nbgrader.api import Gradebook

from autograder.classroom.course_directory import CourseDirectory
from autograder.cli import main
from autograder.lms.filling import points_text
from autograder.lms.people import ClassList, Keys, Person

Export = Callable[..., tuple[int, str, bytes]]
ITEM = "07-tiny"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


@pytest.fixture
def export(course: CourseDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Export:
    """Type the command with a downloaded file; returns the exit code, all that was said, and the file for upload."""

    def run(to: str, content: bytes, *options: str) -> tuple[int, str, bytes]:
        download, output = tmp_path / "download.csv", tmp_path / "upload.csv"
        download.write_bytes(content)
        output.unlink(missing_ok=True)
        command = ["export", "--to", to, "--fill", str(download), "-o", str(output), "--course", str(course.root)]
        capsys.readouterr()  # what the roster and the grading said
        code = main([*command, *options])
        out = capsys.readouterr()
        assert download.read_bytes() == content, "the download is never changed"
        return code, out.out + out.err, output.read_bytes() if output.exists() else b""

    return run


def add(course: CourseDirectory, tmp_path: Path, content: bytes) -> None:
    """Take a roster."""
    roster = tmp_path / "roster.csv"
    roster.write_bytes(content)
    assert main(["class", "add", str(roster), "--course", str(course.root)]) == 0


def points_of(users: list[User]) -> dict[str, float]:
    """Points that nobody shares, by the student's id."""
    return {user.login: n * 0.02 for n, user in enumerate(users)}


def cells(data: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


# --- 300 awkward students into each system ------------------------------------------------------------------------

STYLES = [
    {},
    {"quoting": csv.QUOTE_ALL, "lineterminator": "\r\n", "encoding": "utf-8-sig"},
    {"delimiter": ";", "lineterminator": "\r\n"},
]


@pytest.mark.parametrize("style", STYLES)
def test_canvas_reads_everybodys_own_grade(
    course: CourseDirectory, export: Export, tmp_path: Path, style: dict[str, object]
) -> None:
    users = lms_kit.awkward_users()
    download = lms_kit.written(lms_kit.canvas_rows(users), **style)
    add(course, tmp_path, download)
    given = points_of(users)
    lms_kit.give(course, given)
    code, said, upload = export("canvas", download)
    assert code == 0, said
    grades, created, possible = canvas_import(upload, users, {991: "07 tiny", 5: "Other"})
    assert created == ["student Student, Test"], "nothing is made that was not there"
    assert possible == {991: "9", 5: "1"}
    assert {u.login: float(grades[u.number, 991]) for u in users} == pytest.approx(given)
    assert all(grades[u.number, 5] == "1" for u in users)
    separator = str(style.get("delimiter", ","))
    before, after = cells(download, separator), cells(upload, separator)
    assert [row[:6] + row[7:] for row in after] == [row[:6] + row[7:] for row in before]
    assert before[:3] == after[:3]


def test_moodle_reads_everybodys_own_grade(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users()
    download = lms_kit.written(lms_kit.moodle_rows(users))
    add(course, tmp_path, download)
    given = points_of(users)
    lms_kit.give(course, given)
    code, said, upload = export("moodle", download)
    assert code == 0 and "choose “Username”" in said
    for decimal in ".,":
        grades = moodle_import(upload, users, {4: "username", 5: ITEM}, decimal=decimal)
        assert {u.login: grades[u.number, ITEM] for u in users} == pytest.approx(given)


def test_moodles_worksheet_reads_everybodys_own_grade(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users()
    add(course, tmp_path, lms_kit.written(lms_kit.moodle_rows(users)))
    given = points_of(users)
    lms_kit.give(course, given)
    download = lms_kit.written(lms_kit.worksheet_rows(users, {users[7].number: "No"}))
    code, said, upload = export("moodle-assignment", download, ITEM)
    assert code == 1 and "1 to look at" in said and "cannot be changed" in said and users[7].email not in said
    grades = worksheet_import(upload, users, 9)
    assert users[7].number not in grades
    del given[users[7].login]
    assert {u.login: grades[u.number] for u in users if u.number in grades} == pytest.approx(given)
    assert [row[:4] + row[5:] for row in cells(upload)] == [row[:4] + row[5:] for row in cells(download)]


def test_brightspace_reads_everybodys_own_grade(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users()
    add(course, tmp_path, lms_kit.written(lms_kit.brightspace_rows(users, names=True)))
    given = points_of(users)
    lms_kit.give(course, given)
    download = lms_kit.written(lms_kit.brightspace_rows(users), encoding="utf-8-sig", lineterminator="\r\n")
    code, said, upload = export("brightspace", download, ITEM)
    assert code == 0, said
    grades = brightspace_import(upload, users)
    assert {u.login: grades[u.number, ITEM] for u in users} == pytest.approx(given)


def test_brightspace_with_a_decimal_comma_keeps_it(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users(2)
    add(course, tmp_path, lms_kit.written(lms_kit.brightspace_rows(users, names=True)))
    lms_kit.give(course, {users[0].login: 2.5, users[1].login: 3.5})
    rows = lms_kit.brightspace_rows(users)
    rows[1][2] = "1,25"
    code, said, upload = export("brightspace", lms_kit.written(rows))
    assert code == 0 and "1,25 → 2,5" in said
    assert brightspace_import(upload, users, decimal=",")[users[1].number, ITEM] == 3.5


def test_a_plain_file_is_filled_in_too(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users(30)
    rows = [["id", "email", "07-tiny"], *([u.login, u.email, ""] for u in users)]
    add(course, tmp_path, lms_kit.written(rows))
    lms_kit.give(course, points_of(users))
    code, said, upload = export("csv", lms_kit.written(rows))
    assert code == 0, said
    assert {row[0]: float(row[2]) for row in cells(upload)[1:]} == pytest.approx(points_of(users))


# --- no grade, no number ------------------------------------------------------------------------------------------


@pytest.fixture
def small(course: CourseDirectory, tmp_path: Path) -> list[User]:
    """Seven people: two graded, one late, and one each MISSING, ERROR, REVIEW and not graded yet."""
    users = [User(str(n), name, f"S{n}", f"{name}@x.org", name.title(), "Lim") for n, name in enumerate(NAMES, 10)]
    add(course, tmp_path, lms_kit.written(lms_kit.canvas_rows(users)))
    lms_kit.give(course, {"ana": 8.0, "ben": 0.0, "rev": 5.0, "late": 6.0}, waiting=["rev"])
    kit.hand_in(course, "err", b"not a notebook")
    kit.hand_in(course, "new", kit.all_right())
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root), "--student", "err"]) == 1
    with Gradebook(course.db_url, course.course_id) as book:
        book.find_submission(kit.ASSIGNMENT, "late").notebooks[0].late_submission_penalty = 1.5
        book.db.commit()
    return users


NAMES = ("ana", "ben", "none", "err", "rev", "new", "late")


def filled(upload: bytes, column: int = 6) -> dict[str, str]:
    return {row[3]: row[column] for row in cells(upload)[3:-1]}


def test_what_has_no_number_stays_blank_and_is_listed_with_the_reason(
    course: CourseDirectory, export: Export, small: list[User]
) -> None:
    before = kit.gradebook_rows(course.root)
    code, said, upload = export("canvas", lms_kit.written(lms_kit.canvas_rows(small)))
    assert code == 1
    assert filled(upload) == {"ana": "8", "ben": "0", "none": "", "err": "", "rev": "", "new": "", "late": "4.5"}
    assert "MISSING: Lim None (none)" not in said and "MISSING: None Lim (none): nothing was handed in." in said
    assert "ERROR: Err Lim (err): " in said and "not a notebook" not in said
    assert "REVIEW: Rev Lim (rev): 1 answer to be looked at by a person." in said
    assert "NOT GRADED: New Lim (new): handed in and not graded yet: run `autograder grade`." in said
    assert "4 to look at" in said
    assert kit.gradebook_rows(course.root) == before, "and no row of zeros arises"


def test_missing_as_zero_is_for_missing_alone(course: CourseDirectory, export: Export, small: list[User]) -> None:
    code, said, upload = export("canvas", lms_kit.written(lms_kit.canvas_rows(small)), "--missing-as-zero")
    assert code == 1 and "1 of these is a 0 for MISSING" in said
    assert filled(upload) == {"ana": "8", "ben": "0", "none": "0", "err": "", "rev": "", "new": "", "late": "4.5"}


def test_what_an_instructor_typed_there_stays(course: CourseDirectory, export: Export, small: list[User]) -> None:
    there = {"10": "EX", "11": "3", "12": "7", "13": "2,5", "16": "N/A"}
    download = lms_kit.written(lms_kit.canvas_rows(small, cells=there))
    code, said, upload = export("canvas", download, "--missing-as-zero")
    assert code == 1
    now = filled(upload)
    assert (now["ana"], now["ben"], now["none"], now["err"], now["late"]) == ("EX", "0", "7", "2,5", "N/A")
    assert "Ana Lim (ana) has EX in Canvas; left alone." in said
    assert "Ben Lim (ben) had another grade in the file: 3 → 0" in said
    assert "somebody has given a grade by hand (7 stays in the file)" in said


def test_a_review_counts_once_a_person_has_marked_it(
    course: CourseDirectory, export: Export, small: list[User]
) -> None:
    with Gradebook(course.db_url, course.course_id) as book:
        essay = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "rev")
        essay.manual_score, essay.needs_manual_grade = 2.0, False
        book.db.commit()
    _, said, upload = export("canvas", lms_kit.written(lms_kit.canvas_rows(small)))
    assert filled(upload)["rev"] == "7" and "REVIEW" not in said


def test_a_review_of_the_whole_file_counts_when_the_instructor_says_so(
    course: CourseDirectory, export: Export, tmp_path: Path
) -> None:
    users = lms_kit.awkward_users(1)
    student = users[0].login
    add(course, tmp_path, lms_kit.written(lms_kit.canvas_rows(users)))
    kit.hand_in(course, student, {**kit.all_right(), "q1-answer": "a = 4"})
    kit.hand_in(course, student, kit.all_right(), name="exercises (1).ipynb")
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 1
    with Gradebook(course.db_url, course.course_id) as book:
        essay = book.find_grade("f1", "exercises", kit.ASSIGNMENT, student)
        essay.manual_score, essay.needs_manual_grade = 3.0, False
        book.db.commit()
    download = lms_kit.written(lms_kit.canvas_rows(users))
    code, said, upload = export("canvas", download)
    assert code == 1 and "REVIEW" in said and "decide which counts" in said and upload == download
    code, said, upload = export("canvas", download, "--looked-at", student)
    assert code == 0 and filled(upload)[student] == "7"


# --- who is who ---------------------------------------------------------------------------------------------------


def test_rows_that_are_nobodys_or_two_peoples_are_listed_and_stay(
    course: CourseDirectory, export: Export, small: list[User]
) -> None:
    lms_kit.give(course, dict.fromkeys(("none", "err", "rev", "new"), 1.0))
    by_name = {user.login: user for user in small}
    ana, ben, none, err = (by_name[name] for name in ("ana", "ben", "none", "err"))
    rows = [
        User(ana.number, ben.login, ana.sis, "", "Mixed", "Up"),  # two people's keys
        User("777", "stranger", "S777", "", "Who", "Ever"),
        none,
        User(none.number, "", "", "", "None", "Again"),  # a second row of one person
        User("778", err.login, err.sis, "", "Err", "Lim"),  # the login was given to somebody else in Canvas
        by_name["rev"],
    ]
    download = lms_kit.written(lms_kit.canvas_rows(rows))
    code, said, upload = export("canvas", download)
    assert code == 1
    assert [row[6] for row in cells(upload)[3:-1]] == ["", "", "", "", "", "1"]
    assert "its keys are the id of Ben Lim (ben) and the LMS id of Ana Lim (ana)" in said
    assert "nobody on the class list has one of these keys (stranger, S777, 777)" in said
    assert said.count("2 rows are None Lim (none)") == 1 and "line 6, " in said and "line 7, " in said
    assert "Err Lim (err) has another LMS id (13)" in said
    assert "NOT IN THE FILE: Ana Lim (ana): 8 points; no row of the file is theirs." in said


def test_a_row_with_a_stray_comma_is_left_out(course: CourseDirectory, export: Export, small: list[User]) -> None:
    download = lms_kit.written(lms_kit.canvas_rows(small)).replace(b'"Lim, Ana"', b"Lim, Ana")
    code, said, upload = export("canvas", download)
    assert code == 1 and "LEFT OUT" in said and "this row has 9 cells and the header 8" in said
    grades, created, _ = canvas_import(upload, small, {991: "07 tiny", 5: "Other"})
    assert created == ["student Student, Test"], "with the row in it, Canvas would make a student called Lim"
    assert ("10", 991) not in grades and grades["11", 991] == "0"


def test_moodle_never_gets_a_row_it_would_give_to_the_person_above(
    course: CourseDirectory, export: Export, tmp_path: Path
) -> None:
    users = lms_kit.awkward_users(6)
    add(course, tmp_path, lms_kit.written(lms_kit.moodle_rows(users)))
    given = points_of(users)
    lms_kit.give(course, given)
    rows = lms_kit.moodle_rows(users)
    rows[2][4] = rows[3][2] = ""  # a username and an ID number: the emails are complete, and are what to map
    code, said, upload = export("moodle", lms_kit.written(rows))
    assert code == 0 and "choose “Email address”" in said
    mapping = {3: "email", 5: ITEM}
    assert {k: v for (k, _), v in moodle_import(upload, users, mapping).items()} == pytest.approx(
        {u.number: given[u.login] for u in users}
    )
    rows[4][2] = rows[4][3] = rows[4][4] = ""  # nothing says who this is
    code, said, upload = export("moodle", lms_kit.written(rows))
    assert code == 1 and "LEFT OUT" in said
    grades = moodle_import(upload, users, mapping)
    assert grades[users[2].number, ITEM] == pytest.approx(given[users[2].login]), "the person above keeps their own"
    assert (users[3].number, ITEM) not in grades
    spoilt = moodle_import(lms_kit.written(rows), users, mapping)
    assert spoilt[users[2].number, ITEM] is None and len(spoilt) == 5, "this is what the row would have done"


def test_moodle_never_gets_a_grade_for_which_it_refuses_the_file(
    course: CourseDirectory, export: Export, tmp_path: Path
) -> None:
    users = lms_kit.awkward_users(2)
    add(course, tmp_path, lms_kit.written(lms_kit.moodle_rows(users)))
    lms_kit.give(course, {users[0].login: 120.0, users[1].login: 9.0})
    download = lms_kit.written(lms_kit.moodle_rows(users))
    code, said, upload = export("moodle", download)
    assert code == 1 and "TOO HIGH" in said and "120 is more than Moodle's gradebook takes (100)" in said
    assert moodle_import(upload, users, {4: "username", 5: ITEM}) == {
        (users[0].number, ITEM): None,
        (users[1].number, ITEM): 9.0,
    }
    _, _, told = export("moodle", download, "--scale", "300")
    with pytest.raises(Aborted, match="gradevaluetoobig"):
        moodle_import(told, users, {4: "username", 5: ITEM})


PEOPLE = st.lists(
    st.builds(Person, st.sampled_from("abcd"), st.sampled_from(["", "1", "2"]), st.sampled_from(["", "x", "y"])),
    unique_by=lambda person: person.id,
)


@given(PEOPLE, st.lists(st.sampled_from("abcd"), max_size=2), st.sampled_from("12 "), st.sampled_from("xy "))
def test_nobody_is_found_with_a_key_of_somebody_else(
    people: list[Person], ids: list[str], lms: str, email: str
) -> None:
    person, problem = ClassList(people).find(Keys(tuple(ids), lms.strip(), email.strip()))
    assert (person is None) == bool(problem)
    if person is not None:
        others = [each for each in people if each != person]
        assert not any(o.id in ids or (lms.strip() and o.lms_user_id == lms) for o in others)
        assert not any(email.strip() and other.email == email for other in others)
        assert person.id in ids or person.lms_user_id == lms or person.email == email
        assert person.lms_user_id in ("", lms) or not lms.strip()


# --- columns and points -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "options", "said"),
    [
        ("Week seven (991)", (ITEM,), "has no column called 07-tiny: name one with --column TITLE"),
        ("Week seven (991)", (), "the columns for grades are “Other (5)”, “Week seven (991)”"),
        ("07-TINY (991)", ("99-none",), "knows no assignment '99-none' (it knows: 07-tiny)"),
        ("07 tiny (991)", (ITEM, "--column", "Final Score"), "'Final Score' holds no grades to fill in"),
        ("07 tiny (991)", (ITEM, "--column", "ID"), "'ID' holds no grades to fill in"),
        ("07 tiny (991)", (ITEM, "--column", "Nine"), "'Nine' is not there"),
        ("07 tiny (991)", ("--column", "07 tiny"), "name that assignment too"),
        ("07 tiny (991)", ("--scale", "0"), "give a number of points above 0"),
        ("07 tiny (991)", ("--scale", "nan"), "give a number of points above 0"),
        ("07 tiny (991)", ("--looked-at", "who"), "there is no such student"),
        ("07 tiny (991)", ("--key", "who=ID"), "write FIELD=TITLE"),
    ],
)
def test_what_is_unclear_is_one_sentence_and_no_file(
    export: Export, small: list[User], title: str, options: tuple[str, ...], said: str
) -> None:
    code, told, upload = export("canvas", lms_kit.written(lms_kit.canvas_rows(small, title)), *options)
    assert code == 2 and said in told and len(told.splitlines()) == 1 and not upload


def test_two_columns_of_one_name_are_unclear_until_one_is_named(export: Export, small: list[User]) -> None:
    rows = lms_kit.canvas_rows(small)
    rows[0][5] = "07-tiny (5)"
    rows[0][6] = "07-tiny (991)"
    rows[2][5] = "9"
    code, said, upload = export("canvas", lms_kit.written(rows))
    assert code == 2 and "“07-tiny (5)”, “07-tiny (991)” could all be 07-tiny" in said and not upload
    _, _, upload = export("canvas", lms_kit.written(rows), ITEM, "--column", "07-tiny (5)")
    assert filled(upload, 5)["ana"] == "8" and filled(upload, 6)["ana"] == ""


def test_the_wrong_system_is_noticed(export: Export, small: list[User]) -> None:
    code, said, upload = export("moodle", lms_kit.written(lms_kit.canvas_rows(small)))
    assert code == 2 and "looks like Canvas" in said and "--to canvas" in said and not upload


def test_points_are_scaled_only_when_told(export: Export, small: list[User]) -> None:
    rows = lms_kit.canvas_rows(small)
    rows[2][6] = "90"
    download = lms_kit.written(rows)
    _, said, upload = export("canvas", download)
    assert filled(upload)["ana"] == "8" and "90 points in the file and 9 in the gradebook" in said
    _, said, upload = export("canvas", download, "--scale", "max")
    assert filled(upload)["ana"] == "80" and "POINTS DIFFER" not in said
    _, said, upload = export("canvas", download, "--scale", "9")
    assert filled(upload)["ana"] == "8" and "POINTS DIFFER" not in said
    _, _, upload = export("canvas", download, "--scale", "100")
    assert filled(upload)["ana"] == "88.88889" and cells(upload)[2][6] == "90"


def test_titles_of_moodle_in_another_language(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users(3)
    add(course, tmp_path, lms_kit.written(lms_kit.moodle_rows(users)))
    lms_kit.give(course, points_of(users))
    rows = lms_kit.moodle_rows(users)
    rows[0] = ["Vorname", "Nachname", "ID-Nummer", "E-Mail-Adresse", "Anmeldename", "Aufgabe: 07-tiny (Punkte)", "Kurs"]
    code, said, _ = export("moodle", lms_kit.written(rows))
    assert code == 2 and "--key email=TITLE" in said
    code, said, upload = export("moodle", lms_kit.written(rows), "--key", "email=E-Mail-Adresse")
    assert code == 0, said
    assert moodle_import(upload, users, {3: "email", 5: ITEM})[users[2].number, ITEM] == pytest.approx(0.04)


@given(st.floats(0, 1e6))
def test_points_are_written_so_that_every_system_reads_them(points: float) -> None:
    text = points_text(points)
    assert float(text) == pytest.approx(points, abs=5.1e-6)
    assert set(text) <= set("0123456789.") and not text.endswith(".")


# --- the plain table ----------------------------------------------------------------------------------------------


def test_the_plain_table_has_a_status_for_everybody_and_no_formula(
    course: CourseDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users = lms_kit.awkward_users(60)
    add(course, tmp_path, lms_kit.written(lms_kit.moodle_rows(users)))
    lms_kit.give(course, points_of(users[:50]))
    output = tmp_path / "grades.csv"
    assert main(["export", "--to", "csv", "-o", str(output), "--course", str(course.root)]) == 1
    assert "MISSING" in capsys.readouterr().out
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = {row["email"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
    assert len(rows) == 60
    for n, user in enumerate(users):
        row = rows[user.email]
        assert row["id"].removeprefix("'") == user.login and row["last_name"].removeprefix("'") == user.last
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
        assert (row["status"], row["score"]) == (("graded", points_text(n * 0.02)) if n < 50 else ("MISSING", ""))
        assert row["max_score"] == "9"


# --- safety and size ----------------------------------------------------------------------------------------------


def test_the_download_cannot_be_overwritten(course: CourseDirectory, small: list[User], tmp_path: Path) -> None:
    download = tmp_path / "d.csv"
    download.write_bytes(lms_kit.written(lms_kit.canvas_rows(small)))
    command = ["export", "--to", "canvas", "--fill", str(download), "--course", str(course.root)]
    assert main([*command, "-o", str(tmp_path / "." / "d.csv")]) == 2
    assert main(command) == 1
    assert (tmp_path / "d-filled.csv").exists() and filled(download.read_bytes())["ana"] == ""


def test_the_same_export_again_is_the_same_file(export: Export, small: list[User]) -> None:
    _, _, first = export("canvas", lms_kit.written(lms_kit.canvas_rows(small)))
    _, said, second = export("canvas", first)
    assert second == first and "had another grade" not in said


def test_1000_students_within_two_seconds(course: CourseDirectory, export: Export, tmp_path: Path) -> None:
    users = lms_kit.awkward_users(1000)
    download = lms_kit.written(lms_kit.canvas_rows(users))
    add(course, tmp_path, download)
    lms_kit.give(course, {user.login: n * 0.005 for n, user in enumerate(users)})
    began = time.process_time()  # a busy machine is not our doing
    code, said, _ = export("canvas", download)
    assert time.process_time() - began < 2.0
    assert code == 0 and "1000 grades" in said
