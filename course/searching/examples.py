"""Search strings to look at: the review's own, one that works, and the four blocks the review combines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

APPENDIX_A = """\
"Borderline Personality Disorder"[MeSH] OR "Emotionally Unstable Personality Disorder" OR "BPD")
AND
("Methamphetamine"[MeSH] OR "Methamphetamine Addiction" OR "MA" OR "Stimulant Use Disorder")
AND
("Relapse" OR "Recurrence" OR "Treatment Outcome" OR "Recovery")
AND
("Neuroimaging" OR "Prefrontal Cortex" OR "Amygdala" OR "Neurocircuitry" OR "Emotion Regulation")"""
"""The PubMed string in Appendix A of Ijaz and Khan 2025, as printed (doi 10.5281/zenodo.17919635): a quotation."""

REPAIRED = """\
("Borderline Personality Disorder"[Mesh] OR "borderline personality"[tiab] OR "emotionally unstable personality"[tiab])
AND
("Amphetamine-Related Disorders"[Mesh] OR methamphetamine[tiab] OR amphetamine*[tiab])
AND
(relapse[tiab] OR recurrence[tiab] OR "treatment outcome"[Mesh] OR abstinen*[tiab])"""
"""One way to mend it: balanced, with field tags, and without the imaging block, which asks another question."""


@dataclass(frozen=True)
class Block:
    """Terms for one concept, any of which will do: `label` for a screen, `string` to search with."""

    label: str
    string: str


BLOCKS: Mapping[str, Block] = MappingProxyType(
    {
        "bpd": Block(
            "BPD", '"borderline personality disorder" OR "borderline traits" OR '
            '"emotionally unstable personality disorder" OR BPD',
        ),
        "methamphetamine": Block(
            "methamphetamine", 'methamphetamine OR "crystal meth" OR "stimulant use disorder" OR MA'
        ),
        "outcome": Block("outcome", 'relapse OR recurrence OR "treatment outcome" OR recovery'),
        "neuroimaging": Block("neuroimaging", 'neuroimaging OR "prefrontal cortex" OR amygdala OR neurocircuitry'),
    }
)  # fmt: skip
"""The four concepts of the review's string, in its order, four terms each."""
