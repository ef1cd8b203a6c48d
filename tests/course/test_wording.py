"""Words that hurt are found wherever somebody reads them; the same letters in an innocent phrase are not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from course import evidence
from course.checking.wording import WORDING, Rule, check, read_wording
from course.content import content_root

RULES, EXCEPTIONS = read_wording(content_root() / WORDING)

# For each rule, found by a word of its pattern: phrases it must find, and phrases nothing may find.
CASES = {
    "addict": (
        ["She is an addict.", "two meth addicts", "a former addict", "the junkies", "methamphetamine addicts"],
        ["addiction medicine", "an addictive drug", "the stage of addiction", "addicted rats is said in the title"],
    ),
    "abusers": (
        ["substance abusers", "an abuser", "drug users", "MA users", "methamphetamine users", "MA consumers",
         "stimulant-users"],
        ["drug use", "user interface", "user id", "people who use drugs", "a user of this course", "the user's folder"],
    ),
    " abuse": (
        ["substance abuse", "Drug abuse is common.", "methamphetamine abuse"],
        ["National Institute on Drug Abuse", "Drug Alcohol Depend", "Substance Abuse and Mental Health Services",
         "childhood abuse", "Journal of Substance Abuse Treatment"],
    ),
    "dirty": (
        ["a clean urine", "dirty urine", "two clean drug tests", "getting clean", "He got clean.", "she stayed clean"],
        ["clean data", "a dirty read", "a clean copy", "get clean data", "clean up", "clean the table"],
    ),
    "relapsers": (
        ["the relapsers", "a relapser", "Relapsers and others"],
        ["relapse", "people who relapsed", "a relapsing course"],
    ),
    "borderlines": (
        ["borderlines", "borderline patients", "BPD individuals", "a BPD patient", "She suffers from BPD.",
         "borderline women"],
        ["borderline significant", "borderline personality disorder", "people with BPD", "patients with BPD",
         "a borderline case", "suffering from pain"],
    ),
    "manipulative": (
        ["manipulative", "attention-seeking", "attention seeking behaviour"],
        ["manipulate the slider", "manipulation of the dose", "pay attention", "treatment-seeking men"],
    ),
    "ineptitude": (
        ["emotional ineptitude", "emotional havoc", "hyper-emotional"],
        ["emotional", "emotion dysregulation", "wreak havoc", "intense emotion"],
    ),
    "doomed": (
        ["genetically doomed", "hard-wired for relapse", "hardwired for it", "a foregone conclusion",
         "a given conclusion", "BPD-programmed", "desperate attempts"],
        ["a conclusion", "given the data, the conclusion", "wired", "genetically", "programmed in Python"],
    ),
    "inmates": (
        ["inmates", "An inmate said", "prison inmates"],
        ["classmates", "people in prison", "intimate"],
    ),
    "suicide": (
        ["committed suicide", "commit suicide", "completed suicide", "a failed attempt", "unsuccessful suicide",
         "a suicide epidemic"],
        ["died by suicide", "a suicide attempt", "a non-fatal attempt", "committed to it", "committed notebooks"],
    ),
    "resistant": (
        ["treatment-resistant patients", "a treatment-resistant person", "treatment-resistant BPD"],
        ["resistant to change", "treatment", "did not respond to treatment"],
    ),
}  # fmt: skip


def rule_of(word: str) -> Rule:
    (rule,) = [rule for rule in RULES if word in rule.pattern.pattern]
    return rule


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with the course's rules and nothing else."""
    write(tmp_path / WORDING, (content_root() / WORDING).read_text(encoding="utf-8"))
    return tmp_path


# The rules


def test_every_rule_has_cases_here() -> None:
    assert len(RULES) == len(CASES)
    assert {rule_of(word).pattern.pattern for word in CASES} == {rule.pattern.pattern for rule in RULES}
    assert all(len(found) >= 3 and len(innocent) >= 3 for found, innocent in CASES.values())


@pytest.mark.parametrize(("word", "phrase"), [(word, phrase) for word, (found, _) in CASES.items() for phrase in found])
def test_a_phrase_that_hurts_is_found(word: str, phrase: str) -> None:
    for form in (phrase, phrase.upper(), f"({phrase})", f"Text before {phrase} and after."):
        assert rule_of(word).pattern.search(form), form


@pytest.mark.parametrize("phrase", [phrase for _, innocent in CASES.values() for phrase in innocent])
def test_an_innocent_phrase_is_left_alone(phrase: str) -> None:
    assert [rule.pattern.pattern for rule in RULES if rule.pattern.search(phrase)] == []


def test_every_rule_says_what_to_write_instead_and_why() -> None:
    for rule in RULES:
        assert len(rule.instead) > 5 and len(rule.because) > 5
        assert not any(other.pattern.search(rule.instead) for other in RULES), rule.instead


@pytest.mark.parametrize(
    "word", ["addict", "abuser", "junkie", "clean urine", "dirty urine", "committed suicide", "successful suicide",
             "failed attempt", "manipulative", "borderlines"],
)  # fmt: skip
def test_every_word_of_the_guidance_on_language_is_covered(word: str) -> None:
    assert any(rule.pattern.search(word) for rule in RULES)


# Where they are looked for


def test_the_course_as_it_stands_is_in_order() -> None:
    assert check(content_root(), evidence.claims()) == []


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("modules/07-made-up/lesson.py", '# %% [markdown]\n"""\nTwo addicts.\n"""\n', 3),
        ("modules/07-made-up/exercises.py", '# %%\nexpect.same(a, b, "An addict.")\n', 2),
        ("modules/07-made-up/answer_bank.py", '"""What it is."""\nx = "addict"\n', 2),
        ("modules/07-made-up/questions.yml", "- id: q\n  ask: Is an addict one?\n", 2),
        ("course/simulators/new.py", 'x = 1\nTITLE = "The addict"\n', 2),
        ("course/new.py", '"""An addict."""\n', 1),
        ("autograder/classroom/new.py", 'x = f"{1} addict"\n', 1),
        ("autograder/judge/README.md", "# Title\n\nAn addict.\n", 3),
        ("README.md", "An addict.\n", 1),
        ("assets/glossary.yml", "- id: x\n  plain: An addict.\n", 2),
    ],
)
def test_they_are_looked_for_wherever_somebody_reads(root: Path, file: str, text: str, line: int) -> None:
    write(root / file, text)
    (fault,) = check(root, [])
    assert fault == (
        f'{file}:{line}: "{re.findall("addicts?", text)[0]}": write "person with methamphetamine use disorder" or '
        '"person who uses methamphetamine" (a person is not a diagnosis).'
    )


def test_every_phrase_of_a_line_is_named(root: Path) -> None:
    write(root / "README.md", "Addicts and inmates committed suicide.\n")
    found = check(root, [])
    assert [fault.split('"')[1] for fault in found] == ["Addicts", "inmates", "committed suicide"]


def test_a_phrase_that_runs_over_a_line_end_is_found_once(root: Path) -> None:
    write(root / "README.md", "Nobody should say that he committed\nsuicide, nor that a failed\n\nattempt was one.\n")
    (fault,) = check(root, [])
    assert fault.startswith('README.md:1: "committed suicide"')


def test_a_comment_in_code_and_a_key_of_the_rules_are_not_read(root: Path) -> None:
    write(root / "course" / "new.py", "# An addict.\nx = 1\n")
    assert check(root, []) == []


# Quotations and exceptions


def test_a_cell_tagged_quote_may_hold_them_and_the_next_may_not(root: Path) -> None:
    write(
        root / "modules" / "07-made-up" / "lesson.py",
        '# %% [markdown] tags=["quote"]\n"""\nTwo addicts, said the review.\n"""\n\n'
        '# %% [markdown]\n"""\nAddicts.\n"""\n',
    )
    (fault,) = check(root, [])
    assert fault.startswith('modules/07-made-up/lesson.py:8: "Addicts"')


def allow(root: Path, *entries: tuple[str, str]) -> None:
    lines = [f"  - file: {file}\n    text: {text!r}\n    because: it is a title\n" for file, text in entries]
    rules = (root / WORDING).read_text(encoding="utf-8").partition("\nallow:")[0]
    write(root / WORDING, f"{rules}\nallow:\n{''.join(lines)}")


def test_an_exception_holds_for_its_own_text_and_file_only(root: Path) -> None:
    write(root / "README.md", "“On addicts” is a title. Not all are addicts.\n")
    write(root / "CHANGELOG.md", "“On addicts” is a title.\n")
    allow(root, ("README.md", "“On addicts”"))
    found = check(root, [])
    assert [fault.split(": write")[0] for fault in found] == ['CHANGELOG.md:1: "addicts"', 'README.md:1: "addicts"']


def test_an_exception_that_nothing_needs_any_more_is_named(root: Path) -> None:
    write(root / "README.md", "Nothing here.\n")
    allow(root, ("README.md", "“On addicts”"))
    (fault,) = check(root, [])
    assert re.match(r'assets/wording\.yml:\d+: "“On addicts”" no longer stands in README\.md: take it out\.', fault)


# The ledger


@pytest.mark.parametrize("origin", ["review", "course"])
@pytest.mark.parametrize("name", ["note", "primary_value", "population", "teach_unit"])
def test_what_the_ledger_says_in_our_words_is_read_and_named_by_id(root: Path, origin: str, name: str) -> None:
    row = replace(evidence.claim("ma-half-life-iv"), origin=origin, **{name: "% (of addicts)"})  # type: ignore[arg-type]
    (fault,) = check(root, [row])
    assert fault.startswith('assets/evidence/claims.csv, ma-half-life-iv: "addicts": write ')


def test_a_claim_of_the_review_is_quoted_and_a_claim_of_ours_is_not(root: Path) -> None:
    row = replace(evidence.claim("ma-half-life-iv"), claim="Addicts relapse.")
    assert check(root, [replace(row, origin="review")]) == []
    assert len(check(root, [replace(row, origin="course")])) == 1


# The file of rules


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("- a\n", ":1: this file has a list `avoid`, and a list `allow`."),
        ("avoid: none\n", ":1: this file has a list `avoid`, and a list `allow`."),
        ("avoid:\n  - pattern: x\n    because: y\n", ":2: a rule needs pattern, instead and because."),
        ("avoid:\n  - just text\n", ":1: a rule needs pattern, instead and because."),
        ("avoid:\n  - pattern: '('\n    instead: x\n    because: y\n", ":2: the pattern cannot be read ("),
        ("avoid: []\nallow:\n  - file: x\n    because: y\n", ":3: an exception needs file, text and because."),
        ("avoid:\n  - pattern: 7\n    instead: x\n    because: y\n", ":2: a rule needs pattern, instead and because."),
        ("avoid: []\nallow: all\n", ":1: an exception needs file, text and because."),
        ("avoid: [\n", "this is not a readable list of words to avoid"),
    ],
)
def test_a_faulty_rule_is_one_sentence(root: Path, content: str, sentence: str) -> None:
    write(root / WORDING, content)
    with pytest.raises(ValueError) as caught:
        read_wording(root / WORDING)
    assert str(caught.value).startswith(f"{root / WORDING}:")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
