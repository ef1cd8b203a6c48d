"""Each part of the review has a place where it is taught, and a place that is named is there."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from syllabus_kit import modules

from course import evidence
from course.checking import coverage
from course.content import content_root
from course.evidence import LedgerError

# The review's own headings, read from it once: whoever shortens the table learns it here.
SECTIONS = """Abstract
Introduction
Dual Diagnosis of Personality Disorders and Substance Use
Neurobiology Characteristics of BPD and Correlation to Methamphetamine Addiction
Study Design
Search Strategy
Inclusion Criteria
Exclusion Criteria
Data extraction and Synthesis
Short-Term Effects of Methamphetamine
From Reward to Habit: Neurocircuitry of Compulsive Drug Use
Neural Landscape in Borderline Personality Disorder
Borderline Relapse Connection and Addiction levels
Binge/Intoxication Phase
Withdrawal/Negative Affect Stage
Preoccupation/Anticipation Stage
Structural Vulnerabilities
Functional Dysregulation
Neurotransmitter Dysregulation
Behavioral and Clinical Findings
Epidemiological Burden, Prevalence, and Clinical Relevance of BPD and Methamphetamine Use
Discussion
Genetic, Epigenetic, and Monoaminergic Vulnerabilities
Neurodevelopmental and Synaptic Plasticity Deficits
Fronto-Limbic Disintegration
Orbitofrontal Cortex (OFC)
Anterior Cingulate Cortex (ACC)
Insular and Salience Network Disturbances
Thalamus and Extended Amygdala
Convergent Mechanism of Alexithymia
Opioid-Dopamine Interactions
Integrated Mechanistic Pathway
Conclusion
References
Appendix A: Boolean Search Strings""".splitlines()

Line = list[str]


def rewrite(checkout: Path, change: Callable[[list[Line]], list[Line]]) -> None:
    path = checkout / coverage.COVERAGE
    with path.open(encoding="utf-8", newline="") as handle:
        head, *lines = csv.reader(handle)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([head, *change(lines)])


def found(checkout: Path, **statuses: str) -> list[str]:
    return list(coverage.faults(checkout, modules(**statuses), evidence.regions()))


def test_every_section_figure_and_row_of_table_1_has_its_place() -> None:
    table = coverage.read(content_root() / coverage.COVERAGE)
    named = {line.name.rpartition(" / ")[2] for line in table if line.kind == "section"}
    assert named == set(SECTIONS)
    assert len({line.name for line in table if line.kind == "figure"}) == 6
    assert len({line.name for line in table if line.kind == "region"}) == 10
    assert list(coverage.faults(content_root(), modules(), evidence.regions())) == []


@pytest.mark.parametrize(("kind", "name"), [("figure", "Figure 6"), ("region", "parietal-cortex")])
def test_a_figure_or_region_that_nothing_teaches_is_missed(checkout: Path, kind: str, name: str) -> None:
    rewrite(checkout, lambda lines: [line for line in lines if line[:2] != [kind, name]])
    assert found(checkout) == [
        f'assets/coverage.csv: the {kind} "{name}" of the review is missing: say which lesson teaches it.'
    ]


def test_a_heading_that_is_not_in_its_lesson_is_named_with_the_line(checkout: Path) -> None:
    lesson = checkout / "modules" / "03-bpd-neural-landscape" / "lesson.py"
    heading = "## Early care, in rats: match and mismatch"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace(heading, "## Early care"), encoding="utf-8")
    lines = (checkout / coverage.COVERAGE).read_text(encoding="utf-8").splitlines()
    leaning = [number for number, line in enumerate(lines, start=1) if heading.removeprefix("## ") in line]
    assert leaning
    assert found(checkout) == [
        f"{checkout / coverage.COVERAGE}:{number}: modules/03-bpd-neural-landscape/lesson.py has no heading "
        '"Early care, in rats: match and mismatch".'
        for number in leaning
    ]


def test_a_cell_may_stay_empty_until_its_module_is_ready(checkout: Path) -> None:
    rewrite(checkout, lambda lines: [*lines, ["section", "Afterword", "04", ""]])
    assert found(checkout, m04="planned") == []
    (fault,) = found(checkout, m04="ready")
    assert fault.endswith(': module 04 is ready, so say which of its headings teaches "Afterword".')


def test_a_ready_module_without_a_lesson_ends_the_check(checkout: Path) -> None:
    (checkout / "modules" / "02-reward-to-habit" / "lesson.py").unlink()
    with pytest.raises(ValueError, match=r"modules/02-reward-to-habit/lesson\.py is missing"):
        found(checkout)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["figure", "Figure 7", "01", "Take-away"], 'the review has no figure "Figure 7".'),
        (["region", "cerebellum", "03", "Take-away"], 'the review has no region "cerebellum".'),
        (["section", "Abstract", "77", ""], "there is no module 77 in the syllabus."),
        (["section", "Abstract", "01", "take-away"], 'lesson.py has no heading "take-away".'),
    ],
)
def test_a_line_that_points_nowhere_is_named(checkout: Path, line: Line, sentence: str) -> None:
    rewrite(checkout, lambda lines: [*lines, line])
    (fault,) = found(checkout)
    assert fault.endswith(sentence)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["chapter", "Abstract", "00", "Take-away"], 'kind is "chapter", which is not one of section, figure, region.'),
        (["section", "", "00", "Take-away"], "the name is missing."),
        (["section", "Abstract", "0", "Take-away"], 'module is "0", which is not two digits.'),
        (["figure", "Figure 1", "00", "Screening: who is lost"], "this line stands twice"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(checkout: Path, line: Line, sentence: str) -> None:
    rewrite(checkout, lambda lines: [*lines, line])
    last = len((checkout / coverage.COVERAGE).read_text(encoding="utf-8").splitlines())
    with pytest.raises(LedgerError) as fault:
        found(checkout)
    assert f"coverage.csv:{last}: {sentence}" in str(fault.value)
