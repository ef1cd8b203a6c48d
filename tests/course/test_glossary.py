"""The words of the course: faults by line, links that survive as Markdown, a page whose links lead somewhere."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from course import glossary, prose
from course.glossary import GlossaryError, Term, UnknownTerm, link, load_terms

GOOD = """\
# The words.

- id: half-life
  term: half-life
  plain: The time in which a level falls
    to a half of what it was.
  modules: ["01"]
  also: ["t½"]
  see: [clearance]

- id: clearance
  term: Clearance
  plain: The volume freed of drug per hour.
  modules: ["01", "05"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.yml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(GlossaryError) as caught:
        load_terms(path)
    return str(caught.value).split("\n")


def word(term: str = "a word", plain: str = "What it means.") -> Term:
    return Term("a-word", term, plain, ("01",), (), ())


class Links(HTMLParser):
    """Collects (address, tooltip, text) of every link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.found.append((given["href"] or "", given.get("title") or "", ""))
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside:
            address, title, text = self.found[-1]
            self.found[-1] = (address, title, text + data)


def links(markdown: str, reader: str) -> list[tuple[str, str, str]]:
    """The links of a Markdown text as nbconvert's mistune or as markdown-it, which follows CommonMark, reads it."""
    if reader == "mistune":
        return Links(str(mistune.create_markdown(plugins=["table"])(markdown))).found
    return Links(MarkdownIt().enable("table").render(markdown)).found


# The course's own words


def test_there_are_at_least_eighty_words_each_short_and_plain() -> None:
    words = glossary.terms()
    assert len(words) >= 80
    for each in words.values():
        assert len(each.plain.split()) <= 40, each.id
        assert each.plain.endswith("."), each.id


def test_every_word_of_the_file_is_loaded(file: Path) -> None:
    words = load_terms(file)
    assert words["half-life"] == Term(
        "half-life", "half-life", "The time in which a level falls to a half of what it was.", ("01",), ("t½",),
        ("clearance",),
    )  # fmt: skip
    assert words["clearance"] == Term(
        "clearance", "Clearance", "The volume freed of drug per hour.", ("01", "05"), (), ()
    )


def test_an_unknown_word_offers_its_neighbours() -> None:
    with pytest.raises(UnknownTerm, match=r'There is no word "halflife" in the glossary; .*half-life') as caught:
        glossary.term("halflife")
    assert "\n" not in str(caught.value)
    with pytest.raises(UnknownTerm, match="no id resembles it"):
        glossary.term("%%%")


# Faults


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("- id: clearance", "- id: Clear Ance", 11, "every word needs an id of lower-case words and digits"),
        ("- id: clearance", "- id: half-life", 11, 'the id "half-life" stands twice.'),
        ("- id: clearance", "- name: clearance", 11, '"name" is not a field here; the fields are id, term, plain'),
        ("  term: Clearance\n", "", 11, '"clearance" has no term.'),
        ("  term: Clearance\n", "  term: 7\n", 11, '"clearance" has no term.'),
        ("  plain: The volume freed of drug per hour.\n", "  plain: ''\n", 11, '"clearance" has no plain.'),
        ('  modules: ["01", "05"]\n', "", 11, '"clearance" needs its modules, a list such as ["01", "05"].'),
        ('  modules: ["01", "05"]\n', "  modules: [1, 5]\n", 11, '"clearance" needs its modules, a list such as'),
        ('  modules: ["01", "05"]\n', "  modules: 01\n", 11, '"clearance" needs its modules, a list such as'),
        ("see: [clearance]", "see: [clearing]", 3, '"clearing" under `see` is no word of this file.'),
        ("see: [clearance]", "see: clearance", 3, '"see" of "half-life" is not a list of words.'),
        ('also: ["t½"]', "also: [no]", 3, '"also" of "half-life" is not a list of words.'),
        ("  term: Clearance", "  term: Clearance\n  term: Clearing", 13, '"term" stands twice'),
        ("  term: Clearance", "  term: [Clearance", 13, "this is not a readable list of words"),
    ],
    ids=lambda value: str(value).strip()[:30],
)
def test_a_fault_is_a_sentence_with_file_and_line(file: Path, old: str, new: str, line: int, sentence: str) -> None:
    assert GOOD.count(old) == 1
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    found = faults_of(file)
    assert any(fault.startswith(f"{file}:{line}: ") and sentence in fault for fault in found), found
    assert all(re.match(rf"{re.escape(str(file))}:\d+: .*\.$", fault) for fault in found)


def test_all_faults_come_at_once_in_the_order_of_the_file(file: Path) -> None:
    text = GOOD.replace("see: [clearance]", "see: [clearing]").replace("  term: Clearance\n", "  term: ''\n")
    file.write_text(text.replace('["01", "05"]', '["1"]'), encoding="utf-8")
    assert [fault.removeprefix(f"{file}:").partition(":")[0] for fault in faults_of(file)] == ["3", "11", "11"]


@pytest.mark.parametrize("content", ["", "a: b\n", "- just text\n", "[]\n", "- [1, 2]\n"])
def test_a_file_that_is_no_list_of_words_says_so(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    assert faults_of(file) == [f"{file}:1: a glossary is a list of words, each beginning with `- id:`."]


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    assert "cannot be read" in faults_of(tmp_path / "nowhere.yml")[0]
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe")
    assert "not UTF-8 text" in faults_of(tmp_path / "bytes.yml")[0]


def test_no_object_is_built_from_the_file(file: Path) -> None:
    file.write_text("- !!python/object/apply:os.system ['true']\n", encoding="utf-8")
    assert "this is not a readable list of words" in faults_of(file)[0]


# Tokens in lessons


def test_a_term_becomes_a_link_with_its_meaning_as_tooltip() -> None:
    meaning = glossary.term("half-life").plain
    assert links(prose.fill("After one {{term half-life}} …"), "markdown-it") == [
        ("../GLOSSARY.md#half-life", meaning, "half-life")
    ]
    assert links(prose.fill("After two {{term half-life|half-lives}} …"), "mistune") == [
        ("../GLOSSARY.md#half-life", meaning, "half-lives")
    ]
    assert prose.fill("{{ term half-life | half-lives }}") == prose.fill("{{term half-life|half-lives}}")


def test_words_become_a_list_in_alphabetical_order_with_other_spellings() -> None:
    filled = prose.fill("{{words half-life, clearance, basal}}").splitlines()
    assert [re.match(r"- \*\*(\w[\w-]*)", line)[1] for line in filled] == ["basal", "clearance", "half-life"]  # type: ignore[index]
    assert filled[2] == f"- **half-life (t½)**: {glossary.term('half-life').plain}"


def test_terms_and_claims_stand_side_by_side() -> None:
    filled = prose.fill("The {{term half-life}} is {{ma-half-life-iv}}.")
    assert "](../GLOSSARY.md#half-life" in filled
    assert "**11.4 h** (✓ supported)" in filled


@pytest.mark.parametrize(
    "token", ["{{term halflife}}", "{{words half-life, halflife}}", "{{words half-life,}}", "{{term |shown}}"]
)
def test_a_word_that_is_not_there_is_one_sentence(token: str) -> None:
    with pytest.raises(UnknownTerm, match="There is no word") as caught:
        prose.fill(token)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("reader", ["mistune", "markdown-it"])
@pytest.mark.parametrize("each", glossary.terms().values(), ids=lambda each: each.id)
def test_every_word_survives_as_a_link_in_text_and_in_a_table(each: Term, reader: str) -> None:
    expected = [(f"../GLOSSARY.md#{each.id}", each.plain.replace('"', "'"), each.term)]
    assert links(f"See {link(each, each.term)}.", reader) == expected
    assert links(f"| a | b |\n|---|---|\n| {link(each, each.term)} | c |\n", reader) == expected


@pytest.mark.parametrize("reader", ["mistune", "markdown-it"])
@pytest.mark.parametrize(
    "plain",
    [
        'Said to be "quite" plain.',
        "A [bracket], a (round one), a ] alone and a ) alone.",
        "Stars *here*, `code`, under_scores_, 5 < 6 & more, <b>bold</b>.",
        "A | bar, a \\ backslash.",
    ],
)
def test_quotes_brackets_and_signs_of_a_meaning_stay_what_they_are(plain: str, reader: str) -> None:
    tooltip = plain.replace('"', "'")
    assert links(link(word(plain=plain), "a [word]"), reader) == [("../GLOSSARY.md#a-word", tooltip, "a [word]")]
    table = f"| a | b |\n|---|---|\n| {link(word(plain=plain), 'it')} | c |\n"
    assert links(table, reader) == [("../GLOSSARY.md#a-word", tooltip, "it")]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=60))
def test_any_meaning_in_plain_letters_and_signs_survives(plain: str) -> None:
    plain = " ".join(plain.split())
    assert links(link(word(plain=plain), "it"), "markdown-it") == [
        ("../GLOSSARY.md#a-word", plain.replace('"', "'"), "it")
    ]


# The page


def test_the_page_has_each_word_once_in_alphabetical_order() -> None:
    headings = re.findall(r"^## (.*)$", glossary.page(), re.MULTILINE)
    assert headings == sorted((each.term for each in glossary.terms().values()), key=str.casefold)


def test_each_word_has_its_own_anchor_just_before_its_heading() -> None:
    """An id in lower case, which GitHub and JupyterLab leave as it is; their own anchors of headings differ."""
    found = re.findall(r'<a id="([^"]*)"></a>\n\n## (.*)', glossary.page())
    assert dict(found) == {each.id: each.term for each in glossary.terms().values()}
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor, _ in found)


def test_every_link_of_the_page_and_of_the_lessons_leads_to_an_anchor() -> None:
    page = glossary.page()
    anchors = set(re.findall(r'<a id="([^"]*)"></a>', page))
    inside = [address for address, _, _ in links(page, "markdown-it") if address.startswith("#")]
    assert len(inside) == sum(len(each.see) for each in glossary.terms().values()) > 0
    assert {address.removeprefix("#") for address in inside} <= anchors
    for each in glossary.terms().values():
        ((address, _, _),) = links(link(each, each.term), "markdown-it")
        assert address.removeprefix("../GLOSSARY.md#") in anchors


def test_the_page_tells_meaning_other_spellings_modules_and_related_words() -> None:
    each = glossary.term("half-life")
    _, _, after = glossary.page().partition("## half-life\n\n")
    entry = after.partition("<a id=")[0]
    assert unescape(entry).startswith(f"*t½.* {each.plain}\n\nModule")
    for other in each.see:
        assert f"[{glossary.term(other).term}](#{other})" in entry
