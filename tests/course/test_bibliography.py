"""BibTeX and CSL-JSON of the ledger's works, read back by the programs that would read them."""

import codecs
import json
import re

import latexcodec  # noqa: F401  # registers the codec that reads accents as LaTeX writes them
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import BibliographyData, Person, parse_string

from course import evidence
from course.evidence import Reference
from course.evidence.bibliography import to_bibtex, to_csl

WORKS = evidence.references()


def work(**changes: object) -> Reference:
    """A made-up work with some fields replaced."""
    fields: dict[str, object] = {
        "key": "made2020", "kind": "article", "authors": ("Made, Up",), "year": "2020", "title": "On nothing",
        "container": "", "doi": "", "doi_confidence": "", "url": "", "origin": "course", "integrity_note": "",
    }  # fmt: skip
    return Reference(**(fields | changes))  # type: ignore[arg-type]


def bibtex(*works: Reference) -> BibliographyData:
    return parse_string(to_bibtex(works), "bibtex")


def decoded(latex: str) -> str:
    return str(codecs.decode(latex, "ulatex+ascii")).replace("{", "").replace("}", "")


def name_of(person: Person) -> str:
    family = " ".join([*person.prelast_names, *person.last_names])
    given = " ".join([*person.first_names, *person.middle_names])
    return decoded(f"{family}, {given}" if given else family)


# BibTeX


def test_every_work_comes_back_with_its_authors_year_title_and_doi() -> None:
    back = bibtex(*WORKS.values())
    assert list(back.entries) == sorted(WORKS)
    for key, entry in back.entries.items():
        original = WORKS[key]
        people = ["others" if author == "et al." else author for author in original.authors]
        assert [name_of(person) for person in entry.persons["author"]] == people, key
        assert entry.fields.get("year", "") == original.year, key
        assert decoded(entry.fields["title"]) == original.title, key
        sure = original.doi if original.doi_confidence in ("retrieved", "certain") else ""
        assert entry.fields.get("doi", "") == sure, key
        assert entry.fields.get("url", "") == original.url, key


def test_no_field_is_empty_and_the_file_is_the_same_for_any_order() -> None:
    text = to_bibtex(WORKS.values())
    assert '= ""' not in text
    assert text == to_bibtex(reversed(list(WORKS.values())))


def test_accents_are_written_as_latex_and_read_back() -> None:
    accented = work(authors=("Müller, Jürgen", "Łukasz, Żółć"), title="Dépôt of α-synuclein & 50 % of it")
    text = to_bibtex([accented])
    assert text.isascii()
    assert r"M\"uller" in text
    assert r"50 \%" in text and r"\&" in text
    entry = bibtex(accented).entries["made2020"]
    assert decoded(entry.fields["title"]) == accented.title


def test_addresses_are_copied_as_they_are() -> None:
    entry = bibtex(
        work(doi="10.1521/pedi_2012_26_093", doi_confidence="certain", url="https://example.org/a_b?c=1&d=%20#e~f")
    ).entries["made2020"]
    assert entry.fields["doi"] == "10.1521/pedi_2012_26_093"
    assert entry.fields["url"] == "https://example.org/a_b?c=1&d=%20#e~f"


def test_a_corporate_author_is_one_name_even_with_an_and_in_it() -> None:
    (person,) = (
        bibtex(work(authors=("Centers for Disease Control and Prevention",))).entries["made2020"].persons["author"]
    )
    assert person.first_names == []
    assert person.last_names == ["{Centers for Disease Control and Prevention}"]


def test_a_list_of_authors_that_goes_on_says_so() -> None:
    people = bibtex(work(authors=("Made, Up", "et al."))).entries["made2020"].persons["author"]
    assert [name_of(person) for person in people] == ["Made, Up", "others"]


@pytest.mark.parametrize(
    ("container", "fields"),
    [
        ("J Neurosci 21:9414-9418", {"journal": "J Neurosci", "volume": "21", "pages": "9414--9418"}),
        ("J Addict Med 18(1S):1–56", {"journal": "J Addict Med", "volume": "18", "number": "1S", "pages": "1--56"}),
        ("Translational Psychiatry 3:e219", {"journal": "Translational Psychiatry", "volume": "3", "pages": "e219"}),
        ("Journal of the 21st Century", {"journal": "Journal of the 21st Century"}),
        ("", {}),
    ],
)
def test_a_journal_is_taken_apart_where_it_can_be(container: str, fields: dict[str, str]) -> None:
    there = bibtex(work(container=container)).entries["made2020"].fields
    assert {name: there[name] for name in ("journal", "volume", "number", "pages") if name in there} == fields


@pytest.mark.parametrize(
    ("kind", "entry_type", "container"),
    [
        ("article", "article", "journal"),
        ("book", "book", "publisher"),
        ("chapter", "incollection", "booktitle"),
        ("report", "techreport", "institution"),
        ("web", "misc", "howpublished"),
        ("other", "misc", "howpublished"),
    ],
)
def test_each_kind_of_work_has_its_type(kind: str, entry_type: str, container: str) -> None:
    entry = bibtex(work(kind=kind, container="Somewhere")).entries["made2020"]
    assert entry.type == entry_type
    assert entry.fields[container] == "Somewhere"


@pytest.mark.parametrize("confidence", ["retrieved", "certain", "unsure"])
def test_a_doi_that_nobody_vouches_for_is_left_out(confidence: str) -> None:
    doubtful = work(doi="10.1000/xyz", doi_confidence=confidence)
    assert ("10.1000/xyz" in to_bibtex([doubtful])) == (confidence != "unsure")
    assert ("10.1000/xyz" in to_csl([doubtful])) == (confidence != "unsure")


# CSL-JSON


def listed(*works: Reference) -> dict[str, str]:
    """Each work as a reference manager prints it (Harvard, Cite Them Right), by its key."""
    source = CiteProcJSON(json.loads(to_csl(works)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for each in works:
        bibliography.register(Citation([CitationItem(each.key)]))
    return dict(zip(bibliography.keys, map(str, bibliography.bibliography()), strict=True))


def test_a_reference_manager_prints_every_work_with_author_year_title_and_doi() -> None:
    printed = listed(*WORKS.values())
    assert set(printed) == set(WORKS)
    for key, entry in printed.items():
        original = WORKS[key]
        assert entry.startswith(original.authors[0].partition(",")[0]), key
        assert f"({original.year or 'no date'})" in entry, key
        assert re.sub(r"\W", "", original.title) in re.sub(r"\W", "", entry), key
        if original.doi_confidence in ("retrieved", "certain"):
            assert f"https://doi.org/{original.doi}" in entry, key


def test_an_article_is_printed_in_full() -> None:
    printed = listed(
        work(
            authors=("Maté, G.", "O'Neill, B."),
            title="Two of a kind",
            container="J Neurosci 21(23):9414-9418",
            doi="10.1000/xyz",
            doi_confidence="certain",
        )
    )
    assert printed["made2020"] == (
        "Maté, G. and O'Neill, B. (2020) “Two of a kind”, J Neurosci, 21(23), pp. 9414–9418. "
        "Available at: https://doi.org/10.1000/xyz."
    )


def test_corporate_further_and_undated_authors_are_printed_as_such() -> None:
    printed = listed(
        work(key="a", authors=("World Health Organization",), year="", kind="report"),
        work(key="b", authors=("Made, Up", "et al.")),
    )
    assert printed["a"].startswith("World Health Organization (no date)")
    assert printed["b"].startswith("Made, U. and others (2020)")


def test_the_json_keeps_to_the_names_and_types_of_csl_data() -> None:
    """The schema csl-data.json, as far as these works need it: names, types, a date as a list of lists of integers."""
    types = {"article-journal", "book", "chapter", "report", "webpage", "document"}
    texts = {"id", "type", "title", "container-title", "publisher", "volume", "issue", "page", "DOI", "URL", "note"}
    items = json.loads(to_csl(WORKS.values()))
    assert [item["id"] for item in items] == sorted(WORKS)
    for item in items:
        assert set(item) <= texts | {"author", "issued"}
        assert item["type"] in types
        assert all(isinstance(item[name], str) and item[name] for name in texts & set(item))
        assert all(set(name) in ({"family", "given"}, {"literal"}) for name in item["author"])
        if "issued" in item:
            ((year,),) = item["issued"]["date-parts"]
            assert type(year) is int
