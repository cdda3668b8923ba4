"""Small mmt texts, arranged and written."""

from __future__ import annotations

from iondsl.importers import mmt
from iondsl.importers.arrange import arrange
from iondsl.importers.writing import text
from iondsl.source import Source

HEAD = """[[model]]
name: small
{starts}

[engine]
time = 0 bind time
    in [ms]
pace = 0 bind pace

"""


def arranged(starts: str, components: str, protocol: str = "") -> list[str]:
    """The lines of the text in the language, with single blanks."""
    source = Source("small.mmt", HEAD.format(starts=starts) + components + protocol)
    return [" ".join(line.split()) for line in text(arrange(mmt.read(source))).splitlines()]
