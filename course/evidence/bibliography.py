"""The works of the ledger as a bibliography: BibTeX (written by pybtex) and CSL-JSON, for reference managers."""

import codecs
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from course.evidence.references import Kind, Reference

_BIBTEX_TYPES: Mapping[Kind, str] = {
    "article": "article", "book": "book", "chapter": "incollection", "report": "techreport", "web": "misc",
    "other": "misc",
}  # fmt: skip
_CSL_TYPES: Mapping[Kind, str] = {
    "article": "article-journal", "book": "book", "chapter": "chapter", "report": "report", "web": "webpage",
    "other": "document",
}  # fmt: skip
_CONTAINERS: Mapping[Kind, str] = {
    "article": "journal", "book": "publisher", "chapter": "booktitle", "report": "institution", "web": "howpublished",
    "other": "howpublished",
}  # fmt: skip
_VOLUME_PAGES = re.compile(r"(?P<name>.*?)\s+(?P<volume>\d+[A-Z]?)(?:\((?P<issue>[^)]+)\))?(?::(?P<pages>[\w–-]+))?")


def to_bibtex(works: Iterable[Reference]) -> str:
    """Return the works as BibTeX, sorted by key, with accents as LaTeX writes them; signs it has no name for stay.

    A DOI nobody vouches for is left out.
    """
    from pybtex.database import BibliographyData, Entry, Person
    from pybtex.database.output.bibtex import Writer

    class AddressesAsTheyAre(Writer):  # type: ignore[misc]  # pybtex comes without types
        """DOIs and web addresses are copied, not typeset: a `\\_` in one would lead nowhere."""

        def _write_field(self, stream: TextIO, name: str, text: str) -> None:
            shown = text if name in ("doi", "url") else codecs.encode(text, "ulatex+ascii", "keep")
            stream.write(f",\n    {name} = {self.quote(shown)}")

    entries = {}
    for work in sorted(works, key=lambda work: work.key):
        fields = {"title": f"{{{work.title}}}", **_published(work)}
        entry = Entry(_BIBTEX_TYPES[work.kind], fields=[(name, text) for name, text in fields.items() if text])
        for author in work.authors:
            entry.add_person(_person(Person, author), "author")
        entries[work.key] = entry
    written = io.StringIO()
    AddressesAsTheyAre().write_stream(BibliographyData(entries), written)
    return written.getvalue()


def to_csl(works: Iterable[Reference]) -> str:
    """Return the works as CSL-JSON (https://citationstyles.org), sorted by key, in UTF-8."""
    items = [_csl_item(work) for work in sorted(works, key=lambda work: work.key)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _published(work: Reference) -> dict[str, str]:
    """Where the work came out, as BibTeX fields; a container like "J Neurosci 21:9414-9418" is taken apart."""
    parts = _VOLUME_PAGES.fullmatch(work.container) if work.kind == "article" else None
    fields = {_CONTAINERS[work.kind]: parts["name"] if parts else work.container, "year": work.year}
    if parts:
        fields |= {
            "volume": parts["volume"],
            "number": parts["issue"] or "",
            "pages": (parts["pages"] or "").replace("-", "--"),
        }
    return fields | {"doi": work.doi if work.doi_url else "", "url": work.url, "note": work.integrity_note}


def _person(make: Any, author: str) -> Any:
    family, _, given = (part.strip() for part in author.partition(","))
    if author == "et al.":
        return make("others")
    return make(f"{family}, {given}") if given else make(last=f"{{{author}}}")


def _csl_item(work: Reference) -> dict[str, Any]:
    fields = _published(work)
    item: dict[str, Any] = {"id": work.key, "type": _CSL_TYPES[work.kind], "title": work.title}
    item["author"] = [_csl_name(author) for author in work.authors]
    if work.year:
        item["issued"] = {"date-parts": [[int(work.year)]]}
    container = fields[_CONTAINERS[work.kind]]
    if container:
        item["publisher" if work.kind in ("book", "report") else "container-title"] = container
    names = {"volume": "volume", "number": "issue", "pages": "page", "doi": "DOI", "url": "URL", "note": "note"}
    item |= {csl: fields[name].replace("--", "-") for name, csl in names.items() if fields.get(name)}
    return item


def _csl_name(author: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in author.partition(","))
    if author == "et al.":
        return {"literal": "others"}  # without it a first author would seem to be the only one
    return {"family": family, "given": given} if given else {"literal": author}
