"""The files that learning management systems write and read: known by their headers, and what their columns mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from autograder.classroom.names import shown
from autograder.errors import CannotRun
from autograder.lms.people import Keys, Person, same

FIELDS = ("id", "lms_user_id", "email", "first_name", "last_name", "name")


@dataclass(frozen=True)
class Format:
    """One kind of file.

    `fields`: what a column is → its titles as `title_key` writes them, the best first; for "id", all that may be the id
    in the gradebook. `known_by`: the file is of this kind when all titles of one of these sets are there.
    """

    name: str
    spoken: str
    fields: Mapping[str, tuple[str, ...]]
    known_by: tuple[frozenset[str], ...]
    before: re.Pattern[str] = re.compile(r"$^")
    after: re.Pattern[str] = re.compile(r"$^")
    """What the system may put before and after an assignment's name in a column's title."""
    totals: re.Pattern[str] = re.compile(r"$^")
    """Titles of columns that the system computes, or that hold something other than points."""
    left_alone: Collection[str] = ()
    """Values of a grade cell that are somebody's decision, in small letters."""
    blank_is_the_row_above: bool = False
    """Whether the import takes a row with a blank key for one of the person above it."""
    most_points: float | None = None
    """Above this the import refuses a grade."""
    decimal_comma: bool = False
    """Whether the import may need the file's own decimal comma; the others read a point in every language."""


CANVAS = Format(
    "canvas",
    "Canvas",
    {
        "lms_user_id": ("id",),
        "id": ("sisloginid", "sisuserid"),
        "name": ("student",),
        "last_name": ("lastname",),
        "first_name": ("firstname",),
    },
    (frozenset({"student", "id", "section"}), frozenset({"lastname", "firstname", "id", "sisloginid", "section"})),
    after=re.compile(r"\s*\(\d+\)\s*$"),
    totals=re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)"),
    left_alone=("ex", "n/a"),
)
MOODLE = Format(
    "moodle",
    "Moodle's gradebook",
    {
        "id": ("username", "idnumber", "emailaddress"),
        "lms_user_id": ("idnumber",),
        "email": ("emailaddress", "email"),
        "first_name": ("firstname",),
        "last_name": ("lastname", "surname"),
    },
    tuple(
        frozenset({"firstname", last, key})
        for last in ("lastname", "surname")
        for key in ("username", "idnumber", "emailaddress")
    ),
    before=re.compile(r"^[^:()]+:\s*"),  # "Assignment: " and "(Real)", in the site's language
    after=re.compile(r"\s*\([^()]*\)\s*$"),
    totals=re.compile(r"\((Percentage|Letter)\)\s*$|\(Feedback\)\s*$|^Course total|^Last downloaded from this course"),
    blank_is_the_row_above=True,
    most_points=100.0,
)
MOODLE_ASSIGNMENT = Format(
    "moodle-assignment",
    "Moodle's grading worksheet",
    {
        "id": ("username", "idnumber"),
        "lms_user_id": ("idnumber",),
        "email": ("emailaddress", "email"),
        "name": ("fullname",),
    },
    (frozenset({"identifier", "grade"}),),
)
BRIGHTSPACE = Format(
    "brightspace",
    "Brightspace",
    {
        "id": ("username", "orgdefinedid"),
        "lms_user_id": ("orgdefinedid",),
        "email": ("email",),
        "first_name": ("firstname",),
        "last_name": ("lastname",),
    },
    (frozenset({"orgdefinedid"}), frozenset({"username", "endoflineindicator"})),
    after=re.compile(r"\s+Points Grade\s*(<.*>)?\s*$", re.IGNORECASE),
    totals=re.compile(
        r"(Grade Symbol|Text Grade|Weighted (Grade )?\w+|Scheme Symbol)\s*(<.*>)?\s*$|^Calculated Final|^Adjusted Final"
        r"|^Subtotal|^End-of-Line",
        re.IGNORECASE,
    ),
    decimal_comma=True,
)
PLAIN = Format(
    "csv",
    "a plain file",
    {
        "id": ("id", "studentid"),
        "lms_user_id": ("lmsuserid",),
        "email": ("email",),
        "first_name": ("firstname",),
        "last_name": ("lastname",),
    },
    (frozenset({"id"}), frozenset({"studentid"})),
)
FORMATS = (CANVAS, BRIGHTSPACE, MOODLE_ASSIGNMENT, PLAIN, MOODLE)
"""In the order in which a header is compared with them."""


@dataclass(frozen=True)
class Layout:
    """A format as one file has it: what a column is → the places of the columns that are there."""

    format: Format
    columns: Mapping[str, tuple[int, ...]]

    def keys(self, values: Sequence[str]) -> Keys:
        """Who a row says it is."""
        ids = tuple(filter(None, (self._key(values, column) for column in self.columns.get("id", ()))))
        return Keys(ids, self._first(values, "lms_user_id"), self._first(values, "email"))

    def person(self, values: Sequence[str]) -> Person:
        """A row of a roster as a person; the id is that of the best column there is."""
        first, last = self._first(values, "first_name"), self._first(values, "last_name")
        if not (first or last):
            last, _, first = (part.strip() for part in _unquoted(self._first(values, "name")).partition(", "))
        return Person(
            self._first(values, "id"), self._first(values, "lms_user_id"), self._first(values, "email"), first, last
        )

    def spoken(self, values: Sequence[str]) -> str:
        """A row as it may be printed: the name as the file has it, else its keys."""
        names = [self._first(values, field) for field in ("first_name", "last_name", "name")]
        keys = self.keys(values)
        key = next(filter(None, (*keys.ids, keys.lms_user_id, keys.email)), "")
        name = " ".join(filter(None, names))
        return (f"{shown(name)} ({shown(key)})" if name and key else shown(name or key)) or "a row without a name"

    def holds_a_person(self, values: Sequence[str]) -> bool:
        """Whether a row is about somebody: not empty, and none of the rows Canvas puts below its header."""
        if not any(value.strip() for value in values):
            return False
        if self.format is not CANVAS:
            return True
        if "Points Possible" in values[0]:
            return False
        return not all(re.fullmatch(r"\s*(muted|manual posting.*)?\s*", value, re.IGNORECASE) for value in values)

    def is_test_student(self, values: Sequence[str]) -> bool:
        """Whether this is the made-up student that Canvas adds to every course."""
        return self.format is CANVAS and self._first(values, "name") in ("Student, Test", "Test Student")

    def _first(self, values: Sequence[str], field: str) -> str:
        columns = self.columns.get(field, ())
        return self._key(values, columns[0]) if columns else ""

    def _key(self, values: Sequence[str], column: int) -> str:
        value = values[column].strip() if column < len(values) else ""
        # Brightspace writes #0123 so that a spreadsheet keeps the zero.
        return value.removeprefix("#") if self.format is BRIGHTSPACE else value

    def names_in(self, title: str) -> tuple[str, ...]:
        """What the assignment may be called whose column has this title: with and without what the system adds."""
        short = self.format.after.sub("", title)
        return tuple(dict.fromkeys((title, short, self.format.before.sub("", short))))


def title_key(title: str) -> str:
    """A title without what differs between versions of one system: "Org Defined ID" → "orgdefinedid"."""
    return "".join(character for character in same(title) if character.isalnum())


def format_of(header: Sequence[str], named: Mapping[str, str] | None = None) -> Format | None:
    """The kind of file with this header, or None. `named`: as in `layout_of`; with it any header is a plain file's."""
    titles = {title_key(title) for title in header}
    known = next((each for each in FORMATS if any(those <= titles for those in each.known_by)), None)
    plain = PLAIN if named and all(title_key(title) in titles for title in named.values()) else None
    return known or plain


def layout_of(format: Format, header: Sequence[str], named: Mapping[str, str] | None = None) -> Layout:
    """Where the columns are. `named`: field → title, where an instructor says so (`--key`).

    Raises `CannotRun` when a named column is not there, and when no column says who somebody is.
    """
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        places.setdefault(title_key(title), place)
    columns = {
        field: tuple(places[title] for title in titles if title in places) for field, titles in format.fields.items()
    }
    for field, title in (named or {}).items():
        if title_key(title) not in places:
            raise CannotRun(f"There is no column {title!r}; the columns are {titles_of(header)}.")
        columns[field] = (places[title_key(title)],)
    columns = {field: found for field, found in columns.items() if found}
    if not columns.keys() & {"id", "lms_user_id", "email"}:
        raise CannotRun(
            "No column says who somebody is (an id, a login or an email address): say which, for example "
            f"--key email=TITLE; the columns are {titles_of(header)}."
        )
    return Layout(format, columns)


def titles_of(header: Sequence[str]) -> str:
    """Titles as one list for a message."""
    return ", ".join(f"“{shown(title)}”" for title in header if title.strip()) or "without titles"


def _unquoted(name: str) -> str:
    """Canvas puts a name that begins like a formula into quotation marks of its own."""
    return name[1:-1] if len(name) > 1 and name.startswith('"=') and name.endswith('"') else name
