"""The parts of one line → one syntax node."""

from __future__ import annotations

from dataclasses import replace

from iondsl import syntax as s
from iondsl.parser.expressions import Child, Expressions
from iondsl.parser.tokens import Located, Token

MOST_DIGITS = 6  # of a whole number


class ToSyntax(Expressions):
    """One method per grammar rule; those of expressions are inherited."""

    # --- whole lines

    def block(self, meta: Located, children: list[Child]) -> s.Block:
        header: s.Block = children[0]
        tags, doc = trailer(children[1:])
        return replace(header, tags=tags, doc=doc)

    def statement(self, meta: Located, children: list[Child]) -> s.Statement:
        node, *rest = children
        tags, doc = trailer(rest)
        if isinstance(node, s.Definition | s.Block):
            return replace(node, tags=tags, doc=doc)
        if isinstance(node, s.Time | s.Order):
            return node
        return replace(node, doc=doc)  # type: ignore[no-any-return]

    def cite(self, meta: Located, children: list[Child]) -> s.Cite:
        return s.Cite(children[1][1:-1], self.at(meta))

    def doc(self, meta: Located, children: list[Child]) -> s.Doc:
        return s.Doc(children[0][1:-1], self.at(meta))

    # --- headers

    def membrane(self, meta: Located, children: list[Child]) -> s.Block:
        return s.Block("membrane", "membrane", self.at(meta))

    def named_block(self, meta: Located, children: list[Child]) -> s.Block:
        keyword, name = children
        named = str(name) if keyword == "on" else self.simple_name(name)  # an event may stand in another block
        return s.Block(str(keyword), named, self.at(meta))

    def current(self, meta: Located, children: list[Child]) -> s.Block:
        _, name, carries, ends = children
        return s.Block("current", self.simple_name(name), self.at(meta), carries=carries or (), ends=ends)

    def flux(self, meta: Located, children: list[Child]) -> s.Block:
        _, name, carries, ends, per = children
        block = s.Block("flux", self.simple_name(name), self.at(meta), carries=carries or (), ends=ends)
        return replace(block, per=per)

    def gate(self, meta: Located, children: list[Child]) -> s.Block:
        _, name, value = children
        return s.Block("gate", self.simple_name(name), self.at(meta), value=value)

    def reaction(self, meta: Located, children: list[Child]) -> s.Block:
        _, name, space = children
        return s.Block("reaction", self.simple_name(name), self.at(meta), space=self.optional_path(space))

    def use(self, meta: Located, children: list[Child]) -> s.Block:
        _, part, alias, library = children
        origin = self.path(part)
        name = origin.path[-1] if alias is None else self.simple_name(alias)
        return s.Block("use", name, self.at(meta), origin=origin, library=self.optional_path(library))

    def carries(self, meta: Located, children: list[Child]) -> tuple[s.Carrier, ...]:
        return tuple(children)

    def carrier(self, meta: Located, children: list[Child]) -> s.Carrier:
        sign, number, ion = children
        coefficient = None if number is None else self.whole(number)
        if sign is not None:
            coefficient = (1 if coefficient is None else coefficient) * (-1 if sign == "-" else 1)
        return s.Carrier(coefficient, self.path(ion), self.at(meta))

    def ends(self, meta: Located, children: list[Child]) -> tuple[s.Name, s.Name]:
        start, end = children
        return self.path(start), self.path(end)

    def per(self, meta: Located, children: list[Child]) -> s.Name:
        return self.path(children[0])

    def whole(self, token: Token, cure: str = "ions move in whole numbers") -> int:
        if not token.isdigit():
            self.refuse("E106", f"`{token}` is not a whole number", self.at(token), cure)
            return 1
        if len(token) > MOST_DIGITS:
            self.refuse("E113", "this number is out of range", self.at(token), f"it has at most {MOST_DIGITS} digits")
            return 1
        return int(token)

    # --- simple statements

    def define(self, meta: Located, children: list[Child]) -> s.Definition:
        keyword, name, unit, value, carries = children
        if value is None and keyword == "event":
            self.refuse("E106", f"`event {name}` has no condition", self.at(meta), f"write `event {name} = V > 0 [mV]`")
            unit, value = None, s.wrong(self.at(meta))
        if value is None and keyword not in ("input", "state"):
            self.refuse("E106", f"`{keyword} {name}` has no value", self.at(meta), f"write `{keyword} {name} = ...`")
        if carries and keyword != "stimulus":
            self.refuse("E106", f"a {keyword} carries nothing", carries[0].span, "only currents and stimuli do")
        target = self.path(name)
        if keyword != "clamp":
            self.simple_name(name)
        return s.Definition(str(keyword), target, self.unit(unit), value, self.at(meta), carries or ())

    def assign(self, meta: Located, children: list[Child]) -> s.Definition:
        name, unit, value = children
        return s.Definition("", self.path(name), self.unit(unit), value, self.at(meta))

    def derivative(self, meta: Located, children: list[Child]) -> s.Derivative:
        name, unit, value = children
        return s.Derivative(self.path(name), self.unit(unit), value, self.at(meta))

    def initial_volume(self, meta: Located, children: list[Child]) -> s.InitialVolume:
        _, name, value = children
        if name not in ("volume", "depth"):
            cure = "write the initial value of a state as `state x = value`"
            self.refuse("E106", "only a `volume` or a `depth` has an `initial` line", self.at(name), cure)
        return s.InitialVolume(str(name), value, self.at(meta))

    def function(self, meta: Located, children: list[Child]) -> s.Function:
        _, name, *parameters, value = children
        tokens = [token for token in parameters if token is not None]
        for position, token in enumerate(tokens):
            if token in tokens[:position]:
                self.refuse("E202", f"`{token}` is a parameter twice", self.at(token), "give one another name")
        names = tuple(self.simple_name(token) for token in tokens)
        return s.Function(self.simple_name(name), names, value, self.at(meta))

    def states(self, meta: Located, children: list[Child]) -> s.StateNames:
        return s.StateNames(tuple(children[1:]), self.at(meta))

    def occupancy(self, meta: Located, children: list[Child]) -> s.Occupancy:
        name, value = children
        return s.Occupancy(self.simple_name(name), value, self.at(name))

    def eliminate(self, meta: Located, children: list[Child]) -> s.Eliminate:
        _, name = children
        return s.Eliminate(self.simple_name(name), self.at(name))

    def transition(self, meta: Located, children: list[Child]) -> s.Transition:
        left, arrow, right, *rates = children
        return s.Transition(left or (), right or (), arrow == "<->", tuple(rates), self.at(meta))

    def side(self, meta: Located, children: list[Child]) -> tuple[s.Term, ...]:
        return tuple(child for child in children if isinstance(child, s.Term))

    def term(self, meta: Located, children: list[Child]) -> s.Term:
        number, name = children
        count = 1 if number is None else self.whole(number, "particles react in whole numbers")
        return s.Term(count, self.path(name), self.at(meta))

    def time(self, meta: Located, children: list[Child]) -> s.Time:
        _, name, unit = children
        return s.Time(self.simple_name(name), self.unit_of(unit), self.at(meta))

    def order(self, meta: Located, children: list[Child]) -> s.Order:
        return s.Order(tuple(map(self.path, children[1:])), self.at(meta))


def trailer(children: list[Child]) -> tuple[tuple[str, ...], str]:
    """The tags and the string at the end of a line."""
    tokens = [child for child in children if child is not None]
    tags = tuple(str(token)[1:] for token in tokens if token.type == "TAG")
    strings = [str(token)[1:-1] for token in tokens if token.type == "STRING"]
    return tags, (strings[-1] if strings else "")
