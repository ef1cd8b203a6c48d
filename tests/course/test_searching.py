"""Search strings: what is read, where a fault is, what two readings mean, and what a search of the records finds."""

import contextlib
import csv
import random
import string as letters
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.content import modules_dir
from course.models.retrieval import search_scores
from course.searching import (
    APPENDIX_A,
    BLOCKS,
    REPAIRED,
    Combined,
    CorpusError,
    Term,
    Tree,
    Unreadable,
    and_before_or,
    brackets,
    corpus,
    left_out,
    left_to_right,
    load_corpus,
    net_depth,
    outline,
    read,
    remarks,
    search,
    terms,
    written,
)

RELEVANT = frozenset(record.id for record in corpus() if record.relevant)


def ids(string: str) -> frozenset[str]:
    return search(and_before_or(read(string)), corpus())


def block(name: str) -> str:
    return f"({BLOCKS[name].string})"


BPD, MA, OUTCOME, IMAGING = (block(name) for name in BLOCKS)

# The review's string


def test_the_printed_string_closes_one_bracket_too_many() -> None:
    assert net_depth(APPENDIX_A) == -1
    assert [bracket.opens for bracket in brackets(APPENDIX_A)].count(True) == 3
    (orphan,) = [bracket for bracket in brackets(APPENDIX_A) if bracket.orphan]
    assert APPENDIX_A[: orphan.position].endswith('"BPD"')
    with pytest.raises(Unreadable) as raised:
        read(APPENDIX_A)
    assert raised.value.position == orphan.position
    assert str(raised.value) == (
        f'At character {orphan.position + 1}, after “…ality Disorder" OR "BPD"”, a bracket closes that was never '
        "opened (opening brackets: 3, closing: 4)."
    )


def test_without_the_orphan_left_to_right_gives_the_intended_set_and_and_first_nearly_all_of_bpd() -> None:
    sequence = read(APPENDIX_A, without_orphans=True)
    left, right = left_to_right(sequence), and_before_or(sequence)
    assert isinstance(left, Combined) and isinstance(right, Combined)
    assert (left.kind, len(left.parts)) == ("AND", 4)
    assert (right.kind, len(right.parts)) == ("OR", 3)
    assert [term.words for term in terms(left)] == [term.words for term in terms(right)]
    intended = and_before_or(read("(" + APPENDIX_A))
    assert left == intended
    bpd = ids('"Borderline Personality Disorder"[MeSH]')
    assert search(left, corpus()) < search(right, corpus())
    assert bpd <= search(right, corpus())
    assert any("two readings differ" in remark for remark in remarks(sequence))


def test_the_repaired_string_reads_the_same_everywhere_and_finds_more_of_what_matters() -> None:
    assert net_depth(REPAIRED) == 0
    sequence = read(REPAIRED)
    assert left_to_right(sequence) == and_before_or(sequence)
    assert remarks(sequence) == ()
    found = search(left_to_right(sequence), corpus())
    printed = search(left_to_right(read(APPENDIX_A, without_orphans=True)), corpus())
    assert len(found & RELEVANT) > len(printed & RELEVANT)


# Strings as they are published (written for this test, in the notation of each platform)

REAL = {
    "pubmed-tags": (
        '("Borderline Personality Disorder"[Mesh] OR borderline personalit*[tiab]) AND '
        '("Methamphetamine"[Mesh] OR methamphetamine*[tiab] OR methylamphetamine[tiab])',
        5, True,
    ),
    "pubmed-long-tags": (
        '("substance-related disorders"[MeSH Terms:noexp] OR amphetamine*[Title/Abstract]) AND '
        '(randomized controlled trial[Publication Type] OR placebo[Title/Abstract]) '
        'NOT (animals[MeSH Terms] NOT humans[MeSH Terms])',
        6, True,
    ),
    "pubmed-dates": (
        '(relapse[tiab] OR recurrence[tiab]) AND English[lang] AND 2010:2024[dp]', 4, True
    ),
    "pubmed-proximity": ('"methamphetamine relapse"[tiab:~3] AND craving[tw]', 2, True),
    "pubmed-flat": ('relapse[tiab] AND methamphetamine[tiab] OR amphetamine[tiab]', 3, True),
    "pubmed-flat-or-first": ('relapse[tiab] OR recurrence[tiab] AND methamphetamine[tiab]', 3, False),
    "pubmed-no-operators": ('methamphetamine relapse (cohort OR trial)', 3, True),
    "ovid-line": (
        "(exp Borderline Personality Disorder/ or borderline personalit*.ti,ab.) and "
        "(exp Amphetamine-Related Disorders/ or (methamphetamine adj3 (depend* or disorder*)).mp.)",
        6, True,
    ),
    "ovid-suffix-on-bracket": ("(relapse* or lapse* or recurren*).ti,ab,kw. not *Neoplasm Recurrence, Local/", 4, True),
    "embase": (
        "('borderline state'/exp OR 'borderline personality':ti,ab) AND ('methamphetamine dependence'/de OR "
        "methamphetamine:ti,ab,kw) AND [english]/lim",
        5, True,
    ),
    "scopus": (
        'TITLE-ABS-KEY("borderline personality" OR {emotionally unstable}) AND TITLE-ABS-KEY(methamphetamine W/3 use*) '
        "AND PUBYEAR > 2009 AND NOT TITLE(review)",
        6, True,
    ),
    "scopus-limits": (
        'TITLE-ABS-KEY ( amphetamine* AND relaps* ) AND ( LIMIT-TO ( LANGUAGE , "English" ) )', 4, True
    ),
    "web-of-science": (
        'TS=("borderline personality disorder*" OR BPD) AND TS=(methamphetamine* NEAR/5 relaps*) '
        "NOT TI=(bronchopulmonary OR infant$)",
        6, True,
    ),
    "ebsco": (
        '(MH "Borderline Personality Disorder+" OR TI "borderline personality" OR AB ("borderline personality")) AND '
        'TX (amphetamine* N3 depend*)',
        5, True,
    ),
    "proquest": ('noft("borderline personality") AND ti,ab(methamphetamine OR "crystal meth")', 3, True),
    "google-scholar": (
        '"Borderline Personality Disorder" AND "Methamphetamine" AND "Relapse" AND ("Prefrontal Cortex" OR "Amygdala")',
        5, True,
    ),
    "small-letters-curly-quotes": ("(“borderline personality” or bpd) and (meth or “crystal meth”)", 4, True),
    "many-brackets": ("((((a) OR ((b)))) AND (c))", 3, True),
    "pasted-over-lines": ("(relapse\n OR\trecurrence)\n\nAND\n(  cohort\n OR trial )", 4, True),
}  # fmt: skip


@pytest.mark.parametrize(("string", "count", "same"), REAL.values(), ids=REAL)
def test_published_notations_are_read(string: str, count: int, same: bool) -> None:
    assert net_depth(string) == 0
    sequence = read(string)
    left, right = left_to_right(sequence), and_before_or(sequence)
    assert len(list(terms(left))) == len(list(terms(right))) == count
    assert (search(left, corpus()) == search(right, corpus())) is same
    for term in terms(left):
        assert string[term.position :].startswith(term.source.split()[0]), "a term knows where it stands"
    for tree in (left, right):
        assert and_before_or(read(written(tree))) == left_to_right(read(written(tree)))
    assert all(remark.endswith(".") for remark in remarks(sequence))


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("a[tiab]", ("a", "tiab", False)),
        ('"a b" [Mesh:NoExp]', ("a b", "Mesh", True)),
        ("“a b”", ("a b", "", True)),
        ("{a b}", ("a b", "", True)),
        ("'a b'/exp", ("a b", "/", True)),
        ("exp Personality Disorders/", ("Personality Disorders", "/", False)),
        ("*Amphetamine/", ("Amphetamine", "/", False)),
        ("a-b*.ti,ab.", ("a-b*", "ti,ab", False)),
        ("a*:ti,ab", ("a*", "ti,ab", False)),
        ("TI=relapse", ("relapse", "TI", False)),
        ("TS=(relapse)", ("relapse", "TS", False)),
        ('AB "a b"', ("a b", "AB", True)),
        ("Alzheimer's disease", ("Alzheimer's disease", "", False)),
        ("and/or", ("and/or", "", False)),
        ("android", ("android", "", False)),
        ('"rock AND roll"', ("rock AND roll", "", True)),
        ('"a ) b"', ("a ) b", "", True)),
    ],
)
def test_one_term_with_its_field(string: str, expected: tuple[str, str, bool]) -> None:
    tree = left_to_right(read(string))
    assert isinstance(tree, Term)
    assert (tree.words, tree.tag, tree.quoted) == expected


@pytest.mark.parametrize(
    ("string", "left", "and_first"),
    [
        ("a OR b AND c", "(a OR b) AND c", "a OR (b AND c)"),
        ("a AND b OR c AND d", "((a AND b) OR c) AND d", "(a AND b) OR (c AND d)"),
        ("a OR b NOT c", "(a OR b) NOT c", "a OR (b NOT c)"),
        ("a AND b NOT c", "(a AND b) NOT c", "(a AND b) NOT c"),
        ("a NOT b AND c", "(a NOT b) AND c", "(a NOT b) AND c"),
        ("a NOT b NOT c", "a NOT b NOT c", "a NOT b NOT c"),
        ("a NOT (b NOT c)", "a NOT (b NOT c)", "a NOT (b NOT c)"),
        ("a OR b adj3 c", "a OR (b NEAR c)", "a OR (b NEAR c)"),
        ('a OR "b" "c"', 'a OR "b" AND "c"', 'a OR ("b" AND "c")'),
        ("a and not b", "a NOT b", "a NOT b"),
        ("a AND (b OR c)", "a AND (b OR c)", "a AND (b OR c)"),
    ],
)
def test_the_two_readings(string: str, left: str, and_first: str) -> None:
    left = left.replace('a OR "b" AND', '(a OR "b") AND')
    assert written(left_to_right(read(string))) == left
    assert written(and_before_or(read(string))) == and_first


# Faults


@pytest.mark.parametrize(
    ("string", "position", "words"),
    [
        ("", 0, "empty"),
        (" \n", 0, "empty"),
        ("(a OR b", 0, "never closed"),
        ("((a) OR b", 0, "never closed"),
        ("(a OR (b)", 0, "never closed"),
        ("a OR b)", 6, "never opened"),
        ("a) OR (b", 1, "never opened"),
        ('a OR "b', 5, "quotation mark"),
        ('"a OR b" OR c"', 13, "quotation mark"),
        ("a[tiab OR b", 1, "square bracket"),
        ("a tiab] OR b", 6, "square bracket"),
        ("()", 1, "holds nothing"),
        ("a AND ()", 7, "holds nothing"),
        ("AND a", 0, "no term on its left"),
        ("(OR a)", 1, "no term on its left"),
        ("NOT a", 0, "no term on its left"),
        ("a AND", 2, "no term on its right"),
        ("(a OR) AND b", 3, "no term on its right"),
        ("a AND OR b", 2, "no term on its right, and OR follows"),
        ("a OR NOT b", 2, "no term on its right, and NOT follows"),
        ("[tiab] OR a", 0, "no term on its left"),
        ("a OR TI=", 5, "no term on its right"),
        ("= a", 0, "fits nowhere"),
        ("(" * 41 + "a" + ")" * 41, 40, "more than 40 brackets"),
        ("a OR b AND " * 200 + "c", 75 * 11 + 2, "change more than 150 times"),
        ("a" * 20_001, 20_000, "longer than 20,000"),
    ],
)
def test_a_fault_is_one_plain_sentence_at_its_position(string: str, position: int, words: str) -> None:
    with pytest.raises(Unreadable) as raised:
        left_to_right(read(string))
    assert raised.value.position == position
    assert words in str(raised.value)
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


def test_small_letters_and_missing_operators_are_remarked_on() -> None:
    said = " ".join(remarks(read('"a b" or c[tiab] english[la]')))
    assert "only in capitals" in said
    assert "Where no operator stands" in said
    assert "english[la]" in said
    assert remarks(read("relapse AND cohort")) == ()
    assert "“BPD”, “MA”" in " ".join(remarks(read("BPD AND MA")))
    assert "addresses" not in " ".join(remarks(read("BPD[tiab] AND MA[tiab]")))
    assert "how far apart" in " ".join(remarks(read("a adj3 b")))


# Properties

WORDS = st.text(letters.ascii_lowercase, min_size=1, max_size=8).filter(
    lambda word: word not in ("and", "or", "not") and not word.startswith("adj")
)
TERMS = st.one_of(
    WORDS,
    WORDS.map("{}*".format),
    WORDS.map("{}[tiab]".format),
    st.tuples(WORDS, WORDS).map('"{0[0]} {0[1]}"[Mesh]'.format),
    st.sampled_from(['"a ) b"', '"x AND ("', "exp a/", "a.ti,ab.", "'a b'/exp"]),
)
STRINGS = st.recursive(
    TERMS,
    lambda inner: st.tuples(st.sampled_from(["AND", "OR", "NOT"]), st.lists(inner, min_size=2, max_size=4)).map(
        lambda both: f"({f' {both[0]} '.join(both[1])})"
    ),
    max_leaves=25,
)


@given(STRINGS)
def test_a_balanced_string_reads_back_as_it_was_printed(string: str) -> None:
    first, second = left_to_right(read(string)), and_before_or(read(string))
    assert first == second, "every pair of operands has its brackets, so there is one reading"
    assert left_to_right(read(written(first))) == first
    assert net_depth(string) == 0


@given(STRINGS, st.data())
def test_a_bracket_too_many_is_found_where_it_stands(string: str, data: st.DataObject) -> None:
    # At the end or the beginning no partner can be found for it, whatever stands between.
    assert position_of_fault(string + ")") == len(string)
    assert position_of_fault("(" + string) == 0
    places = [bracket.position for bracket in brackets(string)]
    assume(places)
    gone = data.draw(st.sampled_from(places))
    position = position_of_fault(string[:gone] + string[gone + 1 :])
    if string[gone] == "(":
        assert position >= gone, "what is left open or closed stands after the one that is missing"
    else:
        assert position < gone


def position_of_fault(string: str) -> int:
    with pytest.raises(Unreadable) as raised:
        read(string)
    return raised.value.position


@given(st.one_of(st.text(), st.text("()\"“”'[]{}aAND OR*.,:/=\n", max_size=60)))
def test_nothing_anybody_pastes_raises_anything_but_the_readers_own_error(string: str) -> None:
    assert brackets(string) is not None
    for keep in (False, True):
        try:
            sequence = read(string, without_orphans=keep)
            tree = and_before_or(sequence)
            said = remarks(sequence)
        except Unreadable as fault:
            assert 0 <= fault.position <= len(string)
            assert str(fault).endswith(".")
            continue
        assert said is not None
        assert search(tree, corpus()) <= {record.id for record in corpus()}
        assert outline(tree)[0][0] == 0


@given(st.sampled_from([BPD, MA, OUTCOME, IMAGING, "relapse", "BPD[ti]"]), st.sampled_from([MA, OUTCOME, "amygdala"]))
def test_search_is_set_algebra(a: str, b: str) -> None:
    every = frozenset(record.id for record in corpus())
    assert ids(f"{a} AND {b}") == ids(a) & ids(b)
    assert ids(f"{a} OR {b}") == ids(a) | ids(b)
    assert ids(f"{a} NOT {b}") == ids(a) - ids(b)
    assert len(ids(f"{a} AND {b}")) <= min(len(ids(a)), len(ids(b)))
    # De Morgan: outside of (a or b) is outside of a and outside of b
    assert every - ids(f"{a} OR {b}") == (every - ids(a)) & (every - ids(b))
    assert every - ids(f"{a} AND {b}") == (every - ids(a)) | (every - ids(b))


def test_brackets_matter() -> None:
    assert ids(f"({BPD} OR {MA}) AND {OUTCOME}") != ids(f"{BPD} OR ({MA} AND {OUTCOME})")


def test_a_long_string_is_read_in_no_time() -> None:
    string = " OR ".join(f"(word{i}[tiab] AND other{i}*)" for i in range(500))
    begin = time.process_time()
    search(and_before_or(read(string)), corpus())
    assert time.process_time() - begin < 3
    for awkward in ("(", "a ", '"', "a/", "a.ti,", "[", " ", "a)", "'", "TI=", "a[b]"):
        begin = time.process_time()
        with contextlib.suppress(Unreadable):
            read(awkward * (20_000 // len(awkward)))
        assert time.process_time() - begin < 3, awkward


# The records


def test_eighty_fictional_records_say_so() -> None:
    assert len(corpus()) == 80
    assert len(RELEVANT) == 23
    for record in corpus():
        assert record.id.startswith("fictional-")
        assert record.title and record.abstract and record.why and record.databases
        assert 1992 <= record.year <= 2025


def test_the_four_blocks_have_four_terms_each() -> None:
    assert [len(list(terms(left_to_right(read(each.string))))) for each in BLOCKS.values()] == [4, 4, 4, 4]


def test_the_reviews_and_finds_a_third_and_what_its_rule_implies_finds_all() -> None:
    precision, recall = search_scores(ids(f"{BPD} AND {MA} AND {OUTCOME} AND {IMAGING}"), RELEVANT)
    assert (precision, recall) == (1.0, pytest.approx(0.30, abs=0.01))
    precision, recall = search_scores(ids(f"{BPD} AND {MA} AND ({OUTCOME} OR {IMAGING})"), RELEVANT)
    assert (precision, recall) == (pytest.approx(0.82, abs=0.01), 1.0)


def test_and_never_raises_recall_but_does_not_always_raise_precision() -> None:
    names = [BPD, MA, OUTCOME, IMAGING]
    rng = random.Random(0)
    fell = False
    for _ in range(30):
        chosen = rng.sample(names, rng.randint(1, 3))
        added = rng.choice(names)
        before = search_scores(ids(" AND ".join(chosen)), RELEVANT)
        after = search_scores(ids(" AND ".join([*chosen, added])), RELEVANT)
        assert after[1] <= before[1]
        fell |= after[0] < before[0]
    assert ids(f"{MA} AND {OUTCOME}") < ids(MA)
    assert search_scores(ids(f"{MA} AND {OUTCOME}"), RELEVANT)[0] < 1
    # An address in Massachusetts AND a heading: no relevant record has either, so here AND lowers precision to 0.
    assert search_scores(ids(f"{BPD} AND boston"), RELEVANT)[0] < search_scores(ids(BPD), RELEVANT)[0]


def test_decoys_are_found_by_short_forms_and_left_by_field_tags() -> None:
    lungs = {record.id for record in corpus() if "Bronchopulmonary Dysplasia" in record.headings}
    massachusetts = {record.id for record in corpus() if record.affiliation.endswith(", MA")}
    assert lungs <= ids("BPD")
    assert massachusetts <= ids("MA")
    assert not massachusetts & ids("MA[tiab]")
    assert not lungs & ids('"Borderline Personality Disorder"[Mesh]')
    assert lungs & massachusetts & ids(f"{BPD} AND {MA} AND {OUTCOME}")


@pytest.mark.parametrize(
    ("string", "same_as"),
    [
        ("relaps*", "relapse OR relapsed OR relapsing"),
        ("RELAPSE", "relapse"),
        ("neuro-imaging", "neuro AND imaging"),
        ("relapse AND english[la]", "relapse"),
        ("relapse AND 2010:2024[dp] NOT review[pt]", "relapse"),
        ("relapse OR english[la]", "relapse"),
        ("TI=(relapse AND methamphetamine)", "relapse[ti] AND methamphetamine[ti]"),
        ("relapse.ti,ab.", "relapse[ti] OR relapse[ab]"),
        ("methamphetamine borderline", "methamphetamine AND borderline"),
        ("relapse adj5 methamphetamine", "relapse AND methamphetamine"),
    ],
)
def test_equal_searches(string: str, same_as: str) -> None:
    assert ids(string) == ids(same_as)


def test_what_the_records_do_not_hold_is_named_and_asks_nothing() -> None:
    tree = and_before_or(read("relapse AND english[la] NOT (smith[au])"))
    assert [term.source for term in left_out(tree)] == ["english[la]", "smith[au]"]
    assert ids("english[la]") == frozenset(record.id for record in corpus())


def test_a_phrase_is_not_its_words_and_a_heading_is_whole() -> None:
    assert ids('"use methamphetamine"') < ids("use methamphetamine")
    assert ids('"Prefrontal Cortex"[mh]') < ids('"prefrontal cortex"')
    assert ids("Personality[mh]") == frozenset()
    assert ids('"targets and BPD"') and not ids('"BPD a cohort"'), "a phrase does not run across two parts of a record"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"relevant": "perhaps"}, "relevant is"),
        ({"year": "last"}, "the year is"),
        ({"id": "real-01"}, 'must begin with "fictional-"'),
        ({"id": "fictional-01"}, "stand only once"),
    ],
)
def test_a_faulty_file_of_records_is_refused_with_its_line(tmp_path: Path, change: dict[str, str], said: str) -> None:
    rows = [
        {"id": f"fictional-0{number}", "title": "t", "abstract": "a", "headings": "", "year": "2000",
         "databases": "first", "affiliation": "", "relevant": "no", "why": "w"}
        for number in (1, 2)
    ]  # fmt: skip
    path = tmp_path / "corpus.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows([rows[0], rows[1] | change])
    with pytest.raises(CorpusError, match=said) as raised:
        load_corpus(path)
    assert str(raised.value).startswith(f"{path}:3: ")


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.csv"
    path.write_text("id,title\n1,2\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="the columns must be"):
        load_corpus(path)


def test_trees_are_named_in_plain_words() -> None:
    tree: Tree = and_before_or(read("(a OR b) AND c NOT d"))
    assert outline(tree) == [
        (0, "the first, without the others"),
        (1, "all of"),
        (2, "any of: a, b"),
        (2, "c"),
        (1, "d"),
    ]


def test_the_exercise_shows_the_very_string_it_counts() -> None:
    exercises = modules_dir() / "00-reading-the-evidence" / "exercises.py"
    assert f"```text\n{APPENDIX_A}\n```" in exercises.read_text(encoding="utf-8")
