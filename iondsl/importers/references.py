"""Papers that a text names: DOIs and PubMed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

REFERENCE = re.compile(
    r"""\b(?P<doi>10\.[0-9]{4,9}/[^\s"'<>\[\]{}]+)
      | \bPubMed\ (?:ID)?:?\ ?(?P<pubmed>[0-9]+)\b""",
    re.VERBOSE,
)


def cited(text: str) -> Iterator[str]:
    """`doi:` or `pubmed:`, in the order of the text."""
    for found in REFERENCE.finditer(text):
        yield f"doi:{trimmed(found['doi'])}" if found["doi"] else f"pubmed:{found['pubmed']}"


def trimmed(doi: str) -> str:
    """Without the punctuation of a sentence around it."""
    doi = doi.rstrip(".,;:")
    return trimmed(doi[:-1]) if doi.endswith(")") and doi.count(")") > doi.count("(") else doi
