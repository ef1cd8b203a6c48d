"""Who is who: people by their keys (own id, the LMS's id, email address), and whether two keys agree."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.classroom.names import shown


@dataclass(frozen=True)
class Person:
    """Somebody on the class list, as nbgrader's gradebook knows them; what is unknown is empty."""

    id: str
    lms_user_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def spoken(self) -> str:
        """Name and id, as they may be printed."""
        name = " ".join(filter(None, (self.first_name, self.last_name)))
        return f"{shown(name)} ({shown(self.id)})" if name and self.id else shown(name or self.id)


@dataclass(frozen=True)
class Keys:
    """What a row of a file says about who it is. `ids`: all that may be the id in the gradebook."""

    ids: tuple[str, ...] = ()
    lms_user_id: str = ""
    email: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it names nobody."""
        return not (any(self.ids) or self.lms_user_id or self.email)

    @property
    def spoken(self) -> str:
        """The keys, as they may be printed."""
        return ", ".join(dict.fromkeys(shown(key) for key in (*self.ids, self.lms_user_id, self.email) if key))


def same(text: str) -> str:
    """The form in which two spellings of one key are equal: letters' case and how accents are composed do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


class ClassList:
    """People, looked up by any of their keys."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._by_id = _index((person.id, person) for person in self.people)
        self._by_lms = _index((person.lms_user_id, person) for person in self.people)
        self._by_email = _index((person.email, person) for person in self.people)

    def hits(self, keys: Keys) -> Mapping[Person, tuple[str, ...]]:
        """Everybody whom one of the keys points at, each with the kinds of keys that do."""
        hits: dict[Person, list[str]] = {}
        kinds = [("id", self._by_id, key) for key in keys.ids]
        kinds += [("LMS id", self._by_lms, keys.lms_user_id), ("email", self._by_email, keys.email)]
        for kind, index, key in kinds:
            for person in index.get(same(key), ()) if key.strip() else ():
                hits.setdefault(person, []).append(kind)
        return {person: tuple(dict.fromkeys(kinds)) for person, kinds in hits.items()}

    def find(self, keys: Keys) -> tuple[Person | None, str]:
        """The one person whom these keys mean, or None and one sentence that says why not.

        All keys must point at the same person, and no LMS id may differ. The email may differ only where two other keys
        agree. An id may be of another kind than the gradebook's (a login here, a matriculation number there), so one
        that belongs to nobody is no contradiction.
        """
        hits = self.hits(keys)
        if not hits:
            return None, "nobody on the class list has one of these keys"
        if len(hits) > 1:
            told = " and ".join(f"the {' and '.join(kinds)} of {person.spoken}" for person, kinds in hits.items())
            return None, f"its keys are {told}"
        ((person, kinds),) = hits.items()
        if differ(keys.lms_user_id, person.lms_user_id):
            return None, f"{person.spoken} has another LMS id ({shown(person.lms_user_id)}) in the gradebook"
        if differ(keys.email, person.email) and len(kinds) < 2:
            return None, f"{person.spoken} has another email ({shown(person.email)}) in the gradebook"
        return person, ""


def differ(one: str, other: str) -> bool:
    """Whether both are known and they are not the same."""
    return bool(one.strip()) and bool(other.strip()) and same(one) != same(other)


def _index(pairs: Iterable[tuple[str, Person]]) -> dict[str, tuple[Person, ...]]:
    index: dict[str, tuple[Person, ...]] = {}
    for key, person in pairs:
        if key.strip():
            index[same(key)] = (*index.get(same(key), ()), person)
    return index
