"""What a user sees where a line fits no rule: the slip behind it if it is a known one, else what was expected."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.parser.endings import AT_END
from iondsl.parser.place import Place
from iondsl.parser.slips import INSIDE_LINE

MOST = 3

# What may come next, in words: the first row whose terminals all fit takes them out of the rest.
EXPECTED = (
    ({"NUMBER", "NAME", "LPAR"}, "a value"),
    ({"NAME"}, "a name"),
    ({"FACTOR"}, "an operator"),
    ({"EQUAL"}, "`=`"),
    ({"COLON"}, "`:`"),
    ({"UNIT"}, "a unit in brackets"),
    ({"_ELSE"}, "`else`"),
    ({"_TO"}, "`to`"),
    ({"RPAR"}, "`)`"),
    ({"LPAR"}, "`(`"),
)


def explain(place: Place) -> Diagnostic:
    """A located message for a line that fits no rule."""
    found = (rule(place) for rule in (AT_END if place.at_end else INSIDE_LINE))
    return next((diagnostic for diagnostic in found if diagnostic is not None), unexpected(place))


def unexpected(place: Place) -> Diagnostic:
    words = list(expected(place.accepts))
    wanted = f"; expected {' or '.join(words)}" if 0 < len(words) <= MOST else ""
    if place.at_end:
        return place.says(f"the line ends too early{wanted}")
    return place.says(f"unexpected `{place.word.text}`{wanted}")


def expected(accepts: frozenset[str]) -> Iterator[str]:
    left = set(accepts)
    for names, word in EXPECTED:
        if names <= left:
            left -= names
            yield word
