"""The words that the grammar knows."""

from __future__ import annotations

RESERVED = ("if", "else", "and", "or", "not", "in", "as")
NAMED = ("model", "space", "ion", "part", "compartment", "protocol", "variant", "markov", "current", "flux", "gate")
HEADERS = ("membrane", *NAMED, "reaction", "on")
DECLARATIONS = (
    *("param", "state", "input", "stimulus", "conserved", "event", "clamp", "function", "use", "time"),
    *("states", "order", "eliminate"),
)

# Inside a line, by their terminals.
INSIDE = {"_CARRIES": "carries", "_FROM": "from", "_TO": "to", "_PER": "per", "_IF": "if", "_ELSE": "else"}
