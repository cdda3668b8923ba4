"""Unit definitions → exact units. A product of powers: multiplier × (prefix × unit)^exponent, one after the other."""

from __future__ import annotations

import re
from fractions import Fraction

from iondsl.errors import suggestion
from iondsl.importers.cellml.documents import Borrowed, Document, own_children
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.standard import (
    CELSIUS,
    NAMED_PREFIXES,
    STANDARD,
    Factors,
    Reading,
    prefixed,
    standard,
    written,
)
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.units import ONE, Unit, UnitError

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
MAX_DIGITS, MAX_PREFIX = 60, 99
NO_OFFSET = "a temperature in °C has to be written in kelvin: add 273.15"


class Units:
    """The units of all documents. Each is computed once."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.known: dict[Element, Reading | None] = {}
        self.open: list[Element] = []

    def named(self, name: str, document: Document, component: Element | None, span: Span) -> Unit | None:
        """The unit that a name means at a place; None, with a finding, where it means none."""
        reading = self.reading(name, document, component, span)
        return None if reading is None else written(reading)

    def reading(self, name: str, document: Document, component: Element | None, span: Span) -> Reading | None:
        inner = () if component is None else own_children(component, "units")
        found = next((each for each in inner if each.get("name") == name), None) or document.units.get(name)
        if isinstance(found, Borrowed):
            return self.borrowed(found, document)
        if found is not None:
            return self.defined(found, document, component)
        if name in STANDARD:
            return standard(name)
        if name == CELSIUS:
            self.findings.add("E644", "`celsius` has a zero of its own", span, NO_OFFSET)
        else:
            cure = suggestion(name, (*document.units, *STANDARD)) or f'define them: `<units name="{name}">`'
            self.findings.add("E643", f"there are no units `{name}`", span, cure)
        return None

    def borrowed(self, found: Borrowed, document: Document) -> Reading | None:
        """Units of another file. Nothing is said where that file could not be read: that has been."""
        other = document.imports.get(found.source)
        if other is None:
            return None
        if found.original not in other.units and found.original not in STANDARD:
            message = f"`{other.source.name}` has no units `{found.original}`"
            self.findings.add("E637", message, found.element.place("units_ref"))
            return None
        return self.reading(found.original, other, None, found.element.tag)

    def defined(self, element: Element, document: Document, component: Element | None) -> Reading | None:
        if element in self.open:
            circle = [each.get("name") or "" for each in (*self.open[self.open.index(element) :], element)]
            self.findings.add("E644", f"units that define themselves: {' -> '.join(circle)}", element.place("name"))
            return None
        if element not in self.known:
            self.open.append(element)
            self.known[element] = self.product(element, document, component)
            self.open.pop()
        return self.known[element]

    def product(self, element: Element, document: Document, component: Element | None) -> Reading | None:
        """All factors of a definition; without any it is a unit of its own, of which nothing else is known."""
        parts = list(own_children(element, "unit"))
        if not parts or element.get("base_units") == "yes":
            name = element.get("name")
            self.findings.add("W630", f"`{name}` is a unit of its own, and is read as a pure number", element.tag)
            return Reading(ONE, ())
        factors = [self.factor(each, document, component) for each in parts]
        result = Reading(ONE, ())
        for part, each in zip(parts, factors, strict=True):
            if each is None:
                return None
            try:
                unit = result.unit * each.unit
            except UnitError as error:
                self.findings.add("E644", error.message, part.tag, error.cure)
                return None
            texts = None if result.factors is None or each.factors is None else merged(result.factors, each.factors)
            result = Reading(unit, texts)
        return result

    def factor(self, element: Element, document: Document, component: Element | None) -> Reading | None:
        """One `<unit>`: multiplier × (prefix × units)^exponent."""
        name = self.findings.needed(element, "units")
        exponent, multiplier = (self.number(element, each) for each in ("exponent", "multiplier"))
        prefix, offset = self.prefix(element), self.number(element, "offset", "0")
        base = None if name is None else self.reading(name, document, component, element.place("units"))
        if base is None or exponent is None or multiplier is None or prefix is None or offset is None:
            return None
        if offset != 0:
            self.findings.add("E644", "units with a zero of their own", element.place("offset"), NO_OFFSET)
            return None
        try:
            return raised(base, prefix, exponent, multiplier)
        except UnitError as error:
            self.findings.add("E644", error.message, element.tag, error.cure)
        return None

    def prefix(self, element: Element) -> int | None:
        text = (element.get("prefix") or "0").strip()
        if text in NAMED_PREFIXES:
            return NAMED_PREFIXES[text]
        if re.fullmatch(r"[+-]?[0-9]{1,2}(\.0*)?", text):
            return int(text.partition(".")[0])
        self.findings.add("E644", f"`{text}` is no prefix", element.place("prefix"), suggestion(text, NAMED_PREFIXES))
        return None

    def number(self, element: Element, name: str, default: str = "1") -> Fraction | None:
        text = (element.get(name) or default).strip()
        if NUMBER.fullmatch(text) and len(text) <= MAX_DIGITS:
            return Fraction(text)
        self.findings.add("E644", f"the {name} `{text}` is no number", element.place(name))
        return None


def raised(base: Reading, prefix: int, exponent: Fraction, multiplier: Fraction) -> Reading:
    """UnitError where the result is no exact unit."""
    if multiplier <= 0:
        raise UnitError("a multiplier that is not above 0")
    each = prefixed(base, prefix)
    unit = each.unit**exponent * Unit(multiplier, ONE.dimension)
    if multiplier != 1 or each.factors is None:
        return Reading(unit, None)
    return Reading(unit, tuple((name, power * exponent) for name, power in each.factors if exponent))


def merged(one: Factors, other: Factors) -> Factors:
    powers = dict(one)
    for name, exponent in other:
        powers[name] = powers.get(name, Fraction(0)) + exponent
    return tuple((name, exponent) for name, exponent in powers.items() if exponent)
