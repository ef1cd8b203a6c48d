"""A result for people: plain text for a terminal, HTML for a notebook; the same words in both."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping

from autograder.judge.types import Finding, ItemVerdict, Result

STATUS_WORDS: Mapping[str, str] = {
    "passed": "right",
    "partial": "partly right",
    "failed": "not right yet",
    "unanswered": "not answered",
    "error": "no verdict",
    "timeout": "stopped",
    "manual": "marked by hand",
}


def headline(result: Result) -> str:
    """One sentence: the points, what a person still marks, and whether a person must look."""
    if result.points is None:
        return " ".join(finding.message for finding in result.findings) or "Nothing could be judged."
    by_hand = [item for item in result.items if item.status == "manual"]
    automatic = result.max_points - sum(item.max_points for item in by_hand)
    text = f"{_number(result.points)} of {_number(automatic)} points"
    if by_hand:
        more = _number(sum(item.max_points for item in by_hand))
        text += f"; {more} more for {_count(len(by_hand), 'answer')} that a person marks"
    if result.status == "review":
        text += "; a person should look at this before it counts"
    return text + "."


def as_text(result: Result, width: int = 100) -> str:
    """The result as lines of at most `width` characters: what was judged, points, one block per item, findings."""
    if result.points is None:
        return headline(result)
    names = {item.id: _title(result, item.id) for item in result.items}
    name_width = max((len(name) for name in names.values()), default=4)
    lines = [f"{result.assignment} / {result.notebook}: {headline(result)}", ""]
    for item in result.items:
        lines.append(f"  {names[item.id]:<{name_width}}  {_points(item):>9}  {STATUS_WORDS[item.status]}")
        lines += textwrap.wrap(item.message, width, initial_indent="      ", subsequent_indent="      ")
    if result.findings:
        lines += ["", "Noticed in the file:"]
        for finding in result.findings:
            lines += textwrap.wrap(_noticed(result, finding), width, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(lines)


def as_html(result: Result) -> str:
    """The result as a table; every word of the submission's is escaped."""
    if result.points is None:
        return f"<p>{html.escape(headline(result))}</p>"
    rows = "".join(
        "<tr>"
        f'<th scope="row" style="text-align:left">{html.escape(_title(result, item.id))}</th>'
        f'<td style="text-align:left;white-space:nowrap">{html.escape(_points(item))}</td>'
        f'<td style="text-align:left;white-space:nowrap">{html.escape(STATUS_WORDS[item.status])}</td>'
        f'<td style="text-align:left">{html.escape(item.message)}</td>'
        "</tr>"
        for item in result.items
    )
    head = "".join(
        f'<th scope="col" style="text-align:left">{title}</th>' for title in ("Item", "Points", "Verdict", "Why")
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    noticed = "".join(f"<li>{html.escape(_noticed(result, f))}</li>" for f in result.findings)
    notes = f"<p>Noticed in the file:</p><ul>{noticed}</ul>" if noticed else ""
    return f"<p><strong>{html.escape(headline(result))}</strong></p>{table}{notes}"


def _title(result: Result, item: str) -> str:
    """What the learner reads above the item, as plain text; its id where that is all there is."""
    title = result.titles.get(item, item)
    return title if title == item else re.sub(r"[*_`]", "", title)


def _noticed(result: Result, finding: Finding) -> str:
    return f"{_title(result, finding.item)}: {finding.message}" if finding.item else finding.message


def _points(item: ItemVerdict) -> str:
    return f"{'–' if item.points is None else _number(item.points)} / {_number(item.max_points)}"


def _number(points: float) -> str:
    return f"{points:.4g}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
