"""Units that equations make, spelt in those that the file uses: `[mM ms]`, where SI would say `[10^-3 s mol/m^3]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, product

from iondsl.elaborate.scope import Scope
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.syntax import Convert, Definition, Expression, Number, Program, Statement
from iondsl.traversal import rewrite
from iondsl.units import Unit, UnitError, read_unit
from iondsl.units.canonical import is_habitual, power_of_ten, product_text

WORD = re.compile(r"[A-Za-z]+")
BRACKETS = re.compile(r"\[([^\]]+)\]")
MOST_WORDS = 16
EXPONENTS = (1, -1, 2, -2)

# What a file that does not use enough units of its own is taken to count in.
CUSTOMARY = ("mV", "ms", "mM", "uA", "cm", "uF", "mS", "V", "s", "um", "nA", "pF")

Factors = tuple[tuple[str, int], ...]
# A dimension, and the power of ten of the scale.
Size = tuple[tuple[Fraction | int, ...], int]


@dataclass(slots=True)
class Spelling:
    """`words` are the units that are put together, those that the file uses first; `sizes` has all products of two."""

    words: tuple[str, ...]
    sizes: dict[Size, Factors] = field(default_factory=dict)
    found: dict[Unit, Unit] = field(default_factory=dict)

    @classmethod
    def of(cls, stated: Iterable[Unit]) -> Spelling:
        used = (word for unit in stated if unit.text for word in WORD.findall(unit.text))
        return cls(tuple(dict.fromkeys((*used, *CUSTOMARY)))[:MOST_WORDS])

    def spelt(self, unit: Unit) -> Unit:
        """The same unit, in the fewest words; as it was where the file wrote it, or no words make it."""
        if unit.text or is_habitual(unit.scale, unit.dimension):
            return unit
        if unit not in self.found:
            self.found[unit] = Unit(unit.scale, unit.dimension, self.text(unit))
        return self.found[unit]

    def in_message(self, message: str) -> str:
        """A message with its units spelt so."""
        return BRACKETS.sub(lambda found: self.in_brackets(found[1]), message)

    def in_brackets(self, text: str) -> str:
        try:
            unit = read_unit(text)
        except UnitError:
            return f"[{text}]"
        computed = Unit(unit.scale, unit.dimension)
        return f"[{self.spelt(computed)}]" if text == str(computed) else f"[{text}]"

    def in_program(self, program: Program) -> Program:
        """A program with all its units spelt so."""
        return changed(program, announced(program).root, self.in_line)

    def in_line(self, line: Statement, _: Scope) -> Statement:
        """What measures the same as the line itself is spelt as that is."""
        stated = line.unit.unit if isinstance(line, Definition) and line.unit is not None else None

        def change(node: Expression) -> Expression:
            if not isinstance(node, Number | Convert) or node.unit is None:
                return node
            unit = node.unit.unit
            same = stated is not None and unit == stated and not unit.text
            return replace(node, unit=replace(node.unit, unit=stated if same and stated else self.spelt(unit)))

        line = with_sides(line, lambda side: rewrite(side, change))
        if not isinstance(line, Definition) or line.unit is None:
            return line
        return replace(line, unit=replace(line.unit, unit=self.spelt(line.unit.unit)))

    def text(self, unit: Unit) -> str:
        """Of a root, as that of its square: `mM^(1/2)`."""
        root = 1 if all(each.denominator == 1 for each in unit.dimension) else 2
        try:
            size = size_of(unit**root)
        except UnitError:
            return ""
        factors = () if size is None else min(self.products(size), key=cost, default=())
        return product_text([(word, Fraction(exponent, root)) for word, exponent in factors]) if factors else ""

    def products(self, size: Size) -> Iterator[Factors]:
        """All products of four words or fewer that have a size."""
        if not self.sizes:
            self.sizes = sizes(self.words)
        if size in self.sizes:
            yield self.sizes[size]
            return
        dimension, power = size
        for (other, its_power), factors in self.sizes.items():
            rest = tuple(one - two for one, two in zip(dimension, other, strict=True)), power - its_power
            if rest in self.sizes:
                yield merged(factors, self.sizes[rest])


def size_of(unit: Unit) -> Size | None:
    power = power_of_ten(unit.scale)
    return None if power is None else (unit.dimension, power)


def sizes(words: Iterable[str]) -> dict[Size, Factors]:
    """Every product of one word or two, the plainest of each size."""
    known = {word: size for word in words if (size := size_of(read_unit(word))) is not None}
    singles: list[Factors] = [((word, exponent),) for exponent in EXPONENTS for word in known]
    pairs = [tuple(zip(two, powers, strict=True)) for two in combinations(known, 2)
             for powers in product(EXPONENTS, repeat=2)]
    found: dict[Size, Factors] = {}
    for factors in (*singles, *sorted(pairs, key=cost)):
        power = sum(known[word][1] * exponent for word, exponent in factors)
        columns = zip(*([each * exponent for each in known[word][0]] for word, exponent in factors), strict=True)
        found.setdefault((tuple(map(sum, columns)), power), factors)
    return found


def merged(one: Factors, other: Factors) -> Factors:
    powers = dict(one)
    for word, exponent in other:
        powers[word] = powers.get(word, 0) + exponent
    return tuple((word, exponent) for word, exponent in powers.items() if exponent)


def cost(factors: Factors) -> tuple[int, int]:
    return len(factors), sum(abs(exponent) for _, exponent in factors)
