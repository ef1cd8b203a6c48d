"""The ledger as one page for a browser: every claim with its status, what to teach instead, its source and its uses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, get_args

from course.evidence.ledger import Claim, Origin, Status
from course.evidence.prose import shown_value
from course.evidence.words import BADGES, ERROR_SAYS, in_review, in_whom

_STATUS_SAYS: Mapping[Status, str] = {
    "supported": "the source says so",
    "imprecise": "something needed is missing or blurred",
    "conflicts": "the source says otherwise",
    "unverified": "we have not yet read a source that settles it",
}
_ORIGIN_SAYS: Mapping[Origin, str] = {"review": "claims of the review", "course": "added by this course"}
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1f1f1f; background: #fff; max-width: 60rem;
  margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 2px solid #1f1f1f; }
a { color: #0a62a9; } a:focus-visible, input:focus-visible { outline: 3px solid #b8480a; outline-offset: 2px; }
fieldset { border: 1px solid #8a8a8a; border-radius: 6px; margin: 0 0 .75rem; padding: .5rem .9rem; }
legend { font-weight: bold; padding: 0 .3rem; } fieldset label { display: inline-block; margin-right: 1.4rem; }
nav ul { list-style: none; padding: 0; columns: 2 18rem; }
article { border: 1px solid #c9c9c9; border-left: 6px solid var(--mark); border-radius: 6px; margin: .9rem 0;
  padding: .6rem 1rem; break-inside: avoid; }
article:target { background: #fff8e1; }
article p { margin: .25rem 0; } .says { font-size: 1.05rem; }
.badge { font-weight: bold; color: var(--mark); white-space: nowrap; }
.supported { --mark: #00735c; } .imprecise { --mark: #8a5a00; }
.conflicts { --mark: #b3261e; } .unverified { --mark: #5c5c5c; }
dl { display: grid; grid-template-columns: minmax(6.5rem, max-content) 1fr; gap: .15rem .9rem; margin: .4rem 0; }
dt { color: #5c5c5c; } dd { margin: 0; overflow-wrap: anywhere; }
code { font-size: .85em; color: #5c5c5c; overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; } nav ul { columns: 1; } }
@media print { fieldset, nav { display: none; } }
"""


def render(rows: Sequence[Claim], used_in: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> str:
    """Return the page as one HTML file that needs no script and no other file.

    `used_in`: for each claim id what uses it, in words. `titles`: the title of each module by its number.
    Raises ValueError for a claim whose first module has no title, since the page would lack it.
    """
    homeless = [row.id for row in rows if row.modules[0] not in titles]
    if homeless:
        raise ValueError(f"The syllabus lacks the first module of these claims: {', '.join(homeless)}.")
    statuses = Counter(row.status for row in rows if row.origin == "review")
    hide = "".join(
        f"body:has(#show-{name}:not(:checked)) article.{name} {{ display: none; }}\n"
        for name in (*get_args(Status), *get_args(Origin))
    )
    tested = sum(statuses.values())
    found = ", ".join(f"{statuses[name]} {BADGES[name]} ({says})" for name, says in _STATUS_SAYS.items())
    groups = {number: group for number in titles if (group := [row for row in rows if row.modules[0] == number])}
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>The evidence ledger</title>"
        f"<style>{_STYLE}{hide}</style></head><body>\n<h1>The evidence ledger</h1>\n"
        f"<p>{len(rows)} claims and numbers this course rests on, each with what we found when we looked for it. "
        f"{tested} of them are claims of the review itself: {found}.</p>\n"
        f"{_filter('Status', BADGES)}{_filter('Where it comes from', _ORIGIN_SAYS)}"
        f"<nav aria-label='Modules'><ul>{''.join(_entry(number, titles, groups) for number in groups)}</ul></nav>\n"
        + "".join(_group(number, titles[number], groups[number], used_in) for number in groups)
        + "</body></html>\n"
    )


def _filter(legend: str, texts: Mapping[Any, str]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{name}" checked> {escape(texts[name])}</label>' for name in texts
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>\n"


def _entry(number: str, titles: Mapping[str, str], groups: Mapping[str, Sequence[Claim]]) -> str:
    return f'<li><a href="#module-{number}">{number} {escape(titles[number])}</a> ({len(groups[number])})</li>'


def _group(number: str, title: str, rows: Iterable[Claim], used_in: Mapping[str, Sequence[str]]) -> str:
    articles = "".join(_article(row, used_in.get(row.id, ())) for row in rows)
    return f'<section><h2 id="module-{number}">{number} {escape(title)}</h2>\n{articles}</section>\n'


def _article(row: Claim, used_in: Sequence[str]) -> str:
    value = escape(shown_value(row))
    failed = ", ".join(ERROR_SAYS[kind] for kind in row.error_kinds)
    facts = {
        "In whom": escape(in_whom(row)),
        "In the review": escape(in_review(row)),
        "The source says": escape(row.primary_value),
        "Teach": " ".join(part for part in (value and f"<strong>{value}</strong>", escape(row.note)) if part),
        "How it fails": escape(failed),
        "Source": _source(row),
        "Used in": escape(", ".join(used_in) or f"waits for module {', '.join(row.modules)}"),
        "Checked": f"{row.checked.isoformat()} ({escape(row.basis)})",
    }  # fmt: skip
    listed = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items() if text)
    says = "The review says" if row.origin == "review" else "Not in the review"
    return (
        f'<article id="{row.id}" class="{row.status} {row.origin}"><p class="says"><span class="badge">'
        f"{BADGES[row.status]}</span> {says}: {escape(row.claim)}</p><dl>{listed}</dl>"
        f'<p><a href="#{row.id}"><code>{row.id}</code></a></p></article>\n'
    )


def _source(row: Claim) -> str:
    links = []
    for work in row.sources:
        address = work.doi_url or work.url
        links.append(f'<a href="{escape(address)}">{escape(work.short)}</a>' if address else escape(work.short))
    named = escape(row.primary_source)
    return f"{named} ({', '.join(links)})" if links else named
