"""Search strings of literature databases: read them, see how platforms differ, and try them on fictional records."""

from course.searching.corpus import CorpusError, Record, corpus, left_out, load_corpus, search
from course.searching.examples import APPENDIX_A, BLOCKS, REPAIRED, Block
from course.searching.faults import Unreadable
from course.searching.reader import Bracket, Operator, Sequence, brackets, net_depth, read
from course.searching.readings import and_before_or, left_to_right
from course.searching.remarks import remarks
from course.searching.tree import Combined, Term, Tree, outline, terms, written

__all__ = [
    "APPENDIX_A",
    "BLOCKS",
    "REPAIRED",
    "Block",
    "Bracket",
    "Combined",
    "CorpusError",
    "Operator",
    "Record",
    "Sequence",
    "Term",
    "Tree",
    "Unreadable",
    "and_before_or",
    "brackets",
    "corpus",
    "left_out",
    "left_to_right",
    "load_corpus",
    "net_depth",
    "outline",
    "read",
    "remarks",
    "search",
    "terms",
    "written",
]
