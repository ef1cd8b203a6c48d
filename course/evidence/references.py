"""Reads `references.csv`: the works the claims rest on, and what the review lists, each with how sure its DOI is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args
from urllib.parse import quote

from course.content import assets_dir
from course.evidence.tables import Column, identifier, like, one_of, read_table, several, text

Kind = Literal["article", "book", "chapter", "report", "web", "other"]
DoiConfidence = Literal["", "retrieved", "certain", "unsure"]
ListedBy = Literal["review-listed", "course"]
Problem = Literal["", "not-listed", "other-work-listed", "wrong-year"]

_plain = like(r"[^{}\\]*", "holds a brace or a backslash, which BibTeX would take for a mark")
_REFERENCES = (
    Column("key", identifier, required=True),
    Column("kind", one_of(get_args(Kind)), required=True),
    Column("authors", several(_plain), required=True),
    Column("year", like(r"[0-9]{4}", "is not a year of four digits")),
    Column("title", _plain, required=True),
    Column("container", _plain),
    Column("doi", like(r"10\.[0-9]{4,9}/[^\s{}\\]+", 'is no DOI; a DOI begins with "10." and holds no space')),
    Column("doi_confidence", one_of(get_args(DoiConfidence)[1:])),
    Column("url", like(r"https?://[^\s{}\\]+", "is not a web address")),
    Column("origin", one_of(get_args(ListedBy)), required=True),
    Column("integrity_note", _plain),
)
_CITED = (
    Column("work", text, required=True),
    Column("first_author", text, required=True),
    Column("year", like(r"[0-9]{4}|n\.d\.", 'is neither a year nor "n.d."'), required=True),
    Column("times", like(r"[1-9][0-9]*", "is not a whole number from 1"), required=True),
    Column("listed_key", identifier),
    Column("problem", one_of(get_args(Problem)[1:])),
    Column("note", text),
)


@dataclass(frozen=True)
class Reference:
    """One work. `doi_confidence`: retrieved (seen in a text), certain, unsure, or empty where there is no DOI.

    `origin`: whether the review lists it, or the course added it. `integrity_note`: what is wrong with its entry.
    """

    key: str
    kind: Kind
    authors: tuple[str, ...]
    year: str
    title: str
    container: str
    doi: str
    doi_confidence: DoiConfidence
    url: str
    origin: ListedBy
    integrity_note: str

    @property
    def short(self) -> str:
        """The work as a text names it: "Harris and colleagues 2003", "Everitt and Robbins 2005"."""
        names = [author.split(",")[0] for author in self.authors]
        if len(names) > 2 or "et al." in names:
            who = f"{names[0]} and colleagues"
        else:
            who = " and ".join(names)
        return f"{who} {self.year}".strip()

    @property
    def doi_url(self) -> str:
        """The address of a DOI that somebody vouches for; empty otherwise, so that nobody follows a guess."""
        if self.doi_confidence not in ("retrieved", "certain"):
            return ""
        # quote() also encodes the brackets and angle signs of old DOIs, which would end a Markdown link.
        return f"https://doi.org/{quote(self.doi, safe='/.:;-_')}"


@dataclass(frozen=True)
class CitedWork:
    """A work the review's text cites, about how often, and its entry in the review's list (empty: there is none)."""

    work: str
    first_author: str
    year: str
    times: int
    listed_key: str
    problem: Problem
    note: str


def references() -> Mapping[str, Reference]:
    """Return every work by its key, in file order."""
    return _references()


def cited_works() -> tuple[CitedWork, ...]:
    """Return every work that the review's text cites, in file order."""
    return _cited_works()


def load_references(path: Path) -> Mapping[str, Reference]:
    """Read and check a file of references. Raises LedgerError, naming every fault by file and line."""
    rows = read_table(path, _REFERENCES, _reference_rules, key="key")
    return MappingProxyType({row.values["key"]: Reference(**row.values) for row in rows})


def load_cited_works(path: Path, listed: Mapping[str, Reference]) -> tuple[CitedWork, ...]:
    """Read and check a file of cited works, whose `listed_key`s must be in `listed`. Raises LedgerError likewise."""

    def rules(values: Mapping[str, Any]) -> Iterator[str]:
        key, problem = values["listed_key"], values["problem"]
        if key and (key not in listed or listed[key].origin != "review-listed"):
            yield f'listed_key is "{key}", which references.csv does not hold as one the review lists.'
        if bool(key) == (problem in ("not-listed", "other-work-listed")):
            yield f'the listed_key "{key}" and the problem "{problem}" contradict each other.'

    rows = read_table(path, _CITED, rules, key="work")
    return tuple(CitedWork(**(dict(row.values) | {"times": int(row.values["times"])})) for row in rows)


def unknown_keys(keys: tuple[str, ...], known: Mapping[str, Reference]) -> Iterator[str]:
    """Yield a sentence for each source key that `known` does not hold."""
    for key in keys:
        if key not in known:
            yield f'the source "{key}" is not in references.csv.'


def _reference_rules(values: Mapping[str, Any]) -> Iterator[str]:
    if bool(values["doi"]) != bool(values["doi_confidence"]):
        yield "a doi needs its doi_confidence, and the other way round."


@cache
def _references() -> Mapping[str, Reference]:
    return load_references(assets_dir() / "evidence" / "references.csv")


@cache
def _cited_works() -> tuple[CitedWork, ...]:
    return load_cited_works(assets_dir() / "evidence" / "cited_works.csv", references())
