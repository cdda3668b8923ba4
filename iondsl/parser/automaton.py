"""The tokens of one line → its statement, by the tables that Lark works out of the grammar.

Lark itself does the same in several times the time, and explains what does not fit: a line that is refused here goes on
to it. Nine of ten reductions hand a value on to the next level of precedence, a number that stands alone through all of
them; where such a row of them ends is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from iondsl.immutable import frozen
from iondsl.parser.tables import Reduction, Tables, tables
from iondsl.parser.tokens import Place, Token
from iondsl.parser.tree import ToSyntax
from iondsl.source import Span
from iondsl.syntax import Statement

MAX_NAME = 200  # a file is named after the model, and the names of files are limited
END = "$END"


@frozen
class Read:
    """A line: its statement, the name of the rule that it fits, how many levels of nodes it has, and a name in it that
    is longer than names may be."""

    statement: Statement
    rule: str
    levels: int
    long_name: Token | None


def read(span: Span, reader: ToSyntax) -> Read | None:
    """None for a line that fits no rule of the grammar."""
    return automaton().read(span, reader)


@cache
def automaton() -> Automaton:
    return Automaton(tables())


@dataclass(slots=True)
class Automaton:
    """`scanners` are compiled when a state first needs them. `landings` are the states that a value comes to once it is
    handed on, by the state below it, what it is, and the next terminal."""

    tables: Tables
    scanners: dict[int, re.Pattern[str]] = field(default_factory=dict)
    landings: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def read(self, span: Span, reader: ToSyntax) -> Read | None:
        actions, end = self.tables.actions, self.tables.end
        states, values, places = [self.tables.start], list[Any](), list[Token | Place]()
        position, long_name = span.start, None
        while (token := self.token(states[-1], span, position)) is not None:
            action = actions[states[-1]].get(token.type)
            while isinstance(action, Reduction):
                reduced(action, values, places, reader)
                del states[-action.size :]
                states.append(self.landing(states[-1], action.symbol, token.type))
                if states[-1] == end:
                    return Read(values[-1], action.name, places[-1].levels, long_name)
                action = actions[states[-1]].get(token.type)
            if action is None:
                break
            states.append(action)
            values.append(token)
            places.append(token)
            position = token.end_pos
            if token.type == "NAME" and len(token) > MAX_NAME:
                long_name = token
        return None

    def token(self, state: int, span: Span, position: int) -> Token | None:
        """The next one that the state allows; None where something else stands there."""
        known, place = self.tables, self.tables.scanner_of[state]
        scanner = self.scanners.get(place) or self.compiled(place)
        while position < span.end:
            found = scanner.match(span.source.text, position, span.end)
            if found is None:
                return None
            if found.lastgroup not in known.ignored:
                return token_at(found.lastgroup or "", found[0], position)
            position = found.end()
        return token_at(END, "", position)

    def compiled(self, place: int) -> re.Pattern[str]:
        self.scanners[place] = re.compile(self.tables.scanners[place])
        return self.scanners[place]

    def landing(self, below: int, symbol: str, terminal: str) -> int:
        """The state behind a symbol, and behind all that the next terminal lets it become by being handed on."""
        key = (below, symbol, terminal)
        if key not in self.landings:
            actions, gotos = self.tables.actions, self.tables.gotos
            state = gotos[below][symbol]
            action = actions[state].get(terminal)
            while isinstance(action, Reduction) and action.hands_on:
                state = gotos[below][action.symbol]
                action = actions[state].get(terminal)
            self.landings[key] = state
        return self.landings[key]


def token_at(kind: str, text: str, position: int) -> Token:
    token = Token(text)
    token.type, token.start_pos, token.end_pos = kind, position, position + len(text)
    return token


def reduced(rule: Reduction, values: list[Any], places: list[Token | Place], reader: ToSyntax) -> None:
    """Replace what a rule is made of by what it makes."""
    parts, around = values[-rule.size :], places[-rule.size :]
    del values[-rule.size :], places[-rule.size :]
    children = [None if place is None else parts[place] for place in rule.kept]
    if rule.takes_in:
        children = [each for part in children for each in (part if type(part) is list else (part,))]
    levels = max([each.levels for each in around])
    if not rule.name:
        value: Any = children
    elif rule.expands and len(children) == 1:
        value = children[0]
    else:
        levels += 1
        value = getattr(reader, rule.name)(Place(around[0].start_pos, around[-1].end_pos, levels), children)
    values.append(value)
    places.append(Place(around[0].start_pos, around[-1].end_pos, levels))
