"""The 80 fictional records on which this course tries search strings, and the search itself.

Nobody wrote these papers. They are made so that a search can be judged against a full list of what is relevant, which
no real database offers: every relevant record uses one of the course's own search terms, so recall can reach 100 %.
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from course.content import assets_dir
from course.searching.tree import Term, Tree, terms

_COLUMNS = ("id", "title", "abstract", "headings", "year", "databases", "affiliation", "relevant", "why")
_PARTS = ("title", "abstract", "headings", "affiliation")

# Where a field tag looks. A tag that is not here (language, date, author, journal …) asks for what no record holds.
_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("", "all", "all fields", "af", "tx", "noft"), _PARTS),
        **dict.fromkeys(("ti", "title", "m_titl"), ("title",)),
        **dict.fromkeys(("ab", "abstract"), ("abstract",)),
        **dict.fromkeys(("tiab", "title/abstract", "title-abs"), ("title", "abstract")),
        **dict.fromkeys(("tw", "text word", "mp", "ts", "title-abs-key"), ("title", "abstract", "headings")),
        **dict.fromkeys(("mesh", "mesh terms", "mh", "majr", "mm", "sh", "su", "de", "kw", "key", "ot", "/"),
                        ("headings",)),
        **dict.fromkeys(("ad", "affiliation", "affil", "og", "in"), ("affiliation",)),
    }
)  # fmt: skip


class CorpusError(ValueError):
    """The file of records cannot be read as it stands; one sentence with file and line."""


@dataclass(frozen=True)
class Record:
    """One fictional record. `why` says why it is relevant or not to "BPD, methamphetamine, outcome or imaging"."""

    id: str
    title: str
    abstract: str
    headings: tuple[str, ...]
    year: int
    databases: tuple[str, ...]
    affiliation: str
    relevant: bool
    why: str

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Each part in small letters, its words between single spaces; a heading stands between bars."""
        parts = {name: _plain(getattr(self, name)) for name in ("title", "abstract", "affiliation")}
        return {**parts, "headings": "|" + "|".join(map(_plain, self.headings)) + "|"}


@cache
def corpus() -> tuple[Record, ...]:
    """Return the course's fictional records, in file order. Raises CorpusError."""
    return load_corpus(assets_dir() / "corpus.csv")


def load_corpus(path: Path) -> tuple[Record, ...]:
    """Return the records of one file; raises CorpusError, `FILE:LINE: what is wrong`, at the first fault."""
    records: list[Record] = []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise CorpusError(f"{path}:1: the columns must be {', '.join(_COLUMNS)}.")
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise CorpusError(f"{place}: this row does not have {len(_COLUMNS)} cells.")
            if row["relevant"] not in ("yes", "no"):
                raise CorpusError(f'{place}: relevant is "{row["relevant"]}"; write yes or no.')
            if not row["year"].isdecimal():
                raise CorpusError(f'{place}: the year is "{row["year"]}", which is not a number.')
            if not row["id"].startswith("fictional-") or any(row["id"] == record.id for record in records):
                raise CorpusError(f'{place}: the id "{row["id"]}" must begin with "fictional-" and stand only once.')
            records.append(
                Record(
                    id=row["id"],
                    title=row["title"],
                    abstract=row["abstract"],
                    headings=tuple(filter(None, row["headings"].split("; "))),
                    year=int(row["year"]),
                    databases=tuple(row["databases"].split(";")),
                    affiliation=row["affiliation"],
                    relevant=row["relevant"] == "yes",
                    why=row["why"],
                )
            )
    return tuple(records)


def search(tree: Tree, records: Iterable[Record]) -> frozenset[str]:
    """Return the ids of the records that a search finds.

    A term without a field is looked for in title, abstract, headings and affiliation; quoted words side by side, others
    anywhere in one part or several; a heading only as a whole (headings below it are not looked up). * and $ stand for
    any ending, ? for one letter or none, # for one letter. Nearness counts as AND. What `left_out` names is ignored.
    """
    records = tuple(records)
    found = _search(tree, records)
    return frozenset(record.id for record in records) if found is None else found


def left_out(tree: Tree) -> tuple[Term, ...]:
    """Return the terms that ask for something the records do not hold, such as a language or a date."""
    return tuple(term for term in terms(tree) if _parts_of(term) is None)


def _search(tree: Tree, records: Collection[Record]) -> frozenset[str] | None:
    """As `search`; None for what asks nothing of these records, so that it narrows nothing."""
    if isinstance(tree, Term):
        return _find(tree, records)
    found = [_search(part, records) for part in tree.parts]
    asked = [ids for ids in found if ids is not None]
    if not asked:
        return None
    if tree.kind == "OR":
        return frozenset.union(*asked)
    if tree.kind == "NOT":
        first = found[0] if found[0] is not None else frozenset(record.id for record in records)
        return first.difference(*(ids for ids in found[1:] if ids is not None))
    return frozenset.intersection(*asked)


def _find(term: Term, records: Collection[Record]) -> frozenset[str] | None:
    parts = _parts_of(term)
    if parts is None:
        return None
    patterns = _patterns(term.words, term.quoted)
    # One text for all parts; the bar keeps a phrase from running across two of them.
    texts = ((record.id, "|".join(record.words[part] for part in parts)) for record in records)
    if parts == ("headings",):
        patterns = tuple(re.compile(rf"(?<=\|){pattern.pattern}(?=\|)") for pattern in _patterns(term.words, True))
    return frozenset(
        record_id for record_id, text in texts if patterns and all(pattern.search(text) for pattern in patterns)
    )


def _parts_of(term: Term) -> tuple[str, ...] | None:
    """Return the parts of a record that the field of a term looks in; several tags ("ti,ab") look in all of theirs."""
    names = [term.tag.lower()] if term.tag.lower() in _FIELDS else term.tag.lower().split(",")
    known = [_FIELDS[name] for name in names if name in _FIELDS]
    return tuple(dict.fromkeys(part for parts in known for part in parts)) or None


@cache
def _patterns(words: str, quoted: bool) -> tuple[re.Pattern[str], ...]:
    found = [_pattern(word) for word in re.findall(r"[\w*?#$]+", words.lower())]
    runs = [" ".join(found)] if quoted and found else found
    return tuple(re.compile(rf"(?<!\w){run}(?!\w)") for run in runs)


def _pattern(word: str) -> str:
    wild = {"*": r"\w*", "$": r"\w*", "?": r"\w?", "#": r"\w"}
    return "".join(wild.get(letter, re.escape(letter)) for letter in word)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
