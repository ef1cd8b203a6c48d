"""The works behind the claims, and those the review cites: loaded as they stand, every fault by file and line."""

from pathlib import Path

import pytest
from tables_kit import rows_of, written

from course import evidence
from course.content import assets_dir
from course.evidence.references import load_cited_works, load_references

FOLDER = assets_dir() / "evidence"


def references_with(path: Path, **changes: str) -> Path:
    """Three real works, the last of them (line 4: an article with a DOI) changed."""
    rows = rows_of("references.csv")[:3]
    rows[2].update(changes)
    return written(path, rows)


def cited_with(path: Path, **changes: str) -> Path:
    """Four real rows, the third of them (line 4: a work the list lacks) changed."""
    rows = rows_of("cited_works.csv")[:4]
    rows[2].update(changes)
    return written(path, rows)


# The course's own files


def test_every_work_is_loaded_as_it_stands() -> None:
    rows = rows_of("references.csv")
    assert list(evidence.references()) == [row["key"] for row in rows]
    for row in rows:
        work = evidence.references()[row["key"]]
        assert "; ".join(work.authors) == row["authors"]
        for name in row.keys() - {"authors"}:
            assert getattr(work, name) == row[name].strip(), (work.key, name)


def test_every_cited_work_is_loaded_as_it_stands() -> None:
    rows = rows_of("cited_works.csv")
    assert [work.work for work in evidence.cited_works()] == [row["work"] for row in rows]
    for work, row in zip(evidence.cited_works(), rows, strict=True):
        assert work.times == int(row["times"])
        assert (work.listed_key, work.problem, work.note) == (row["listed_key"], row["problem"], row["note"])


def test_what_the_audit_counted_can_be_counted_here() -> None:
    cited = evidence.cited_works()
    listed = {work.key for work in evidence.references().values() if work.origin == "review-listed"}
    assert len(cited) == 66
    assert len(listed) == 62
    assert sum(not work.listed_key for work in cited) == evidence.value("methods-orphan-citations") == 31
    assert len(listed - {work.listed_key for work in cited}) == 27


def test_written_again_they_are_the_same(tmp_path: Path) -> None:
    again = load_references(written(tmp_path / "references.csv", rows_of("references.csv")))
    assert dict(again) == dict(evidence.references())
    cited = load_cited_works(written(tmp_path / "cited_works.csv", rows_of("cited_works.csv")), again)
    assert cited == evidence.cited_works()


# How a work is named


@pytest.mark.parametrize(
    ("authors", "year", "short"),
    [
        ("Harris, D. S.; Boxenbaum, H.; Everhart, E. T.", "2003", "Harris and colleagues 2003"),
        ("Everitt, B. J.; Robbins, T. W.", "2005", "Everitt and Robbins 2005"),
        ("Volkow, N. D.; et al.", "2001", "Volkow and colleagues 2001"),
        ("World Health Organization", "1992", "World Health Organization 1992"),
        ("National Institute on Drug Abuse", "", "National Institute on Drug Abuse"),
    ],
)
def test_a_work_is_named_as_a_text_names_it(tmp_path: Path, authors: str, year: str, short: str) -> None:
    path = references_with(tmp_path / "references.csv", authors=authors, year=year)
    assert list(load_references(path).values())[2].short == short


@pytest.mark.parametrize(
    ("confidence", "address"),
    [
        ("retrieved", "https://doi.org/10.1016/0306-4522%2889%2990012-2"),
        ("certain", "https://doi.org/10.1016/0306-4522%2889%2990012-2"),
        ("unsure", ""),
    ],
)
def test_only_a_doi_that_somebody_vouches_for_has_an_address(tmp_path: Path, confidence: str, address: str) -> None:
    path = references_with(tmp_path / "references.csv", doi="10.1016/0306-4522(89)90012-2", doi_confidence=confidence)
    assert list(load_references(path).values())[2].doi_url == address


# Faults


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "Begemann 2023"}, 'key is "Begemann 2023", which is not lower-case words and digits'),
        ({"key": "bach2018"}, 'the key "bach2018" stands twice; it stands in {path}:3 already.'),
        ({"kind": "poem"}, 'kind is "poem", which is not one of article, book, chapter, report, web, other.'),
        ({"authors": ""}, "the authors is missing."),
        ({"authors": "Bach, B.;; Farrell, J."}, 'which holds a ";" too many.'),
        ({"title": ""}, "the title is missing."),
        ({"title": "On {braces}"}, "which holds a brace or a backslash, which BibTeX would take for a mark."),
        ({"year": "23"}, 'year is "23", which is not a year of four digits.'),
        ({"doi": "https://doi.org/10.1/x"}, 'which is no DOI; a DOI begins with "10." and holds no space.'),
        ({"doi": "10.1017/S00332 91721"}, 'which is no DOI; a DOI begins with "10." and holds no space.'),
        ({"doi": ""}, "a doi needs its doi_confidence, and the other way round."),
        ({"doi_confidence": ""}, "a doi needs its doi_confidence, and the other way round."),
        ({"doi_confidence": "maybe"}, 'doi_confidence is "maybe", which is not one of retrieved, certain, unsure.'),
        ({"url": "www.example.org"}, 'url is "www.example.org", which is not a web address.'),
        ({"url": "javascript:alert(1)"}, "which is not a web address."),
        ({"origin": "found"}, 'origin is "found", which is not one of review-listed, course.'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_a_work_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    path = references_with(tmp_path / "references.csv", **changes)
    with pytest.raises(evidence.LedgerError) as caught:
        load_references(path)
    (fault,) = str(caught.value).split("\n")
    assert fault.startswith(f"{path}:4: ")
    assert fault.endswith(".")
    assert sentence.replace("{path}", str(path)) in fault


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"work": "Ahmad 2013"}, 'the work "Ahmad 2013" stands twice; it stands in {path}:2 already.'),
        ({"times": "0"}, 'times is "0", which is not a whole number from 1.'),
        ({"times": "many"}, 'times is "many", which is not a whole number from 1.'),
        ({"year": "recent"}, 'year is "recent", which is neither a year nor "n.d.".'),
        ({"listed_key": "nobody1900", "problem": ""}, 'listed_key is "nobody1900", which references.csv does not hold'),
        ({"listed_key": "ashok2017", "problem": ""}, 'listed_key is "ashok2017", which references.csv does not hold'),
        ({"problem": ""}, 'the listed_key "" and the problem "" contradict each other.'),
        ({"listed_key": "begemann2023"}, 'the listed_key "begemann2023" and the problem "not-listed" contradict'),
        ({"problem": "lost"}, 'problem is "lost", which is not one of not-listed, other-work-listed, wrong-year.'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_in_a_cited_work_is_one_sentence_with_file_and_line(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    path = cited_with(tmp_path / "cited_works.csv", **changes)
    with pytest.raises(evidence.LedgerError) as caught:
        load_cited_works(path, evidence.references())
    (fault,) = str(caught.value).split("\n")
    assert fault.startswith(f"{path}:4: ")
    assert sentence.replace("{path}", str(path)) in fault


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    rows = rows_of("references.csv")[:3]
    rows[0]["kind"], rows[1]["year"], rows[2]["doi"] = "poem", "long ago", ""
    path = written(tmp_path / "references.csv", rows)
    with pytest.raises(evidence.LedgerError) as caught:
        load_references(path)
    places = [fault.partition(": ")[0] for fault in str(caught.value).split("\n")]
    assert places == [f"{path}:{line}" for line in (2, 3, 4)]
