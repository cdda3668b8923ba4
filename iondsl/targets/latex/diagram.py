"""A Markov scheme as a TikZ picture: states on a grid, the rates at the arrows between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from iondsl.system import Network
from iondsl.targets.latex.box import Box
from iondsl.targets.latex.kinetics import short_rates, ways_of
from iondsl.targets.latex.layout import Place, passes, places
from iondsl.targets.latex.printer import Printer

# In points: half the distance of two arrows; what is free around a state; the shortest arrow; the distance of rows.
APART = 2.0
MARGIN = 4.0
SHORTEST, ROW = 32.0, 50.0
HEIGHT = 9.0
# A wider picture is made smaller.
WIDEST = 440.0
BENDS = (30, 55, 75)
# Where the label of an arrow stands that crosses another.
ASIDE = 0.35


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one state to another, with its rate; `bend` in degrees, 0 for a straight one. `crossed`: by another one."""

    start: str
    end: str
    label: Box
    bend: int
    crossed: bool


def diagram(network: Network, printer: Printer) -> str:
    """The picture, in a line of its own."""
    lines = [(each.left[0].quantity, each.right[0].quantity) for each in network.transitions]
    grid = places(network.species, lines)
    nodes = {state: printer.symbol(state) for state in network.species}
    arrows = list(arrows_of(network, grid, printer))
    picture = Picture(grid, nodes, column(nodes, arrows))
    drawn = "\n".join(f"  {line}" for line in (*picture.states(), *map(picture.arrow, arrows)))
    tikz = f"\\begin{{tikzpicture}}[x=1pt, y=1pt, >=stealth]\n{drawn}\n\\end{{tikzpicture}}"
    return tikz if picture.width <= WIDEST else f"\\resizebox{{{WIDEST:.0f}pt}}{{!}}{{%\n{tikz}}}"


def arrows_of(network: Network, grid: dict[str, Place], printer: Printer) -> Iterator[Arrow]:
    """Straight ones, but for those that would lead over a state, and the second between the same two."""
    short, seen = short_rates(printer.system), Counter[frozenset[str]]()
    pairs = {frozenset(way[:2]): way for line in network.transitions for way in ways_of(line)}
    middles = Counter(middle(start, end, grid) for start, end, _ in pairs.values())
    for line in network.transitions:
        ways = ways_of(line)
        pair = frozenset(ways[0][:2])
        bent = seen[pair] - (not passes(grid[ways[0][0]], grid[ways[0][1]], grid))
        seen[pair] += 1
        for way, (start, end, rate) in enumerate(ways):
            label = printer.box(short[rate], inline=True) if rate in short else printer.symbol(rate)
            degrees = 0 if bent < 0 else BENDS[min(bent, 2)] * (-1 if way else 1) + (12 if way else 0)
            yield Arrow(start, end, label, degrees, middles[middle(start, end, grid)] > 1)


def middle(start: str, end: str, grid: dict[str, Place]) -> Place:
    """Twice the place between two states: crossing lines share it."""
    return grid[start][0] + grid[end][0], grid[start][1] + grid[end][1]


def column(nodes: dict[str, Box], arrows: list[Arrow]) -> float:
    """The distance of two columns: a state, and an arrow that is longer than its label."""
    widest = max((arrow.label.width for arrow in arrows), default=0.0)
    return max(SHORTEST, widest + MARGIN) + max(node.width for node in nodes.values()) + 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Picture:
    """`nodes` are the symbols of the states, `column` the distance of their columns."""

    grid: dict[str, Place]
    nodes: dict[str, Box]
    column: float

    @property
    def width(self) -> float:
        return self.column * (1 + max(x for x, _ in self.grid.values()))

    def at(self, state: str) -> tuple[float, float]:
        x, y = self.grid[state]
        return x * self.column, y * ROW

    def states(self) -> Iterator[str]:
        for state, symbol in self.nodes.items():
            x, y = self.at(state)
            yield rf"\node ({self.name(state)}) at ({x:.1f}, {y:.1f}) {{${symbol.tex}$}};"

    def name(self, state: str) -> str:
        return f"s{list(self.nodes).index(state)}"

    def arrow(self, arrow: Arrow) -> str:
        if arrow.bend:
            side = "left" if arrow.bend > 0 else "right"
            where = f"node[pos={ASIDE}, fill=white, inner sep=1pt] {{$\\scriptstyle {arrow.label.tex}$}}"
            ends = self.name(arrow.start), self.name(arrow.end)
            return rf"\draw[->] ({ends[0]}) to[bend {side}={abs(arrow.bend)}] {where} ({ends[1]});"
        (x0, y0), (x1, y1) = self.at(arrow.start), self.at(arrow.end)
        length = hypot(x1 - x0, y1 - y0)
        along, across = ((x1 - x0) / length, (y1 - y0) / length), ((y0 - y1) / length, (x1 - x0) / length)
        first, last = self.free(arrow.start, along), length - self.free(arrow.end, along)
        start, end = (
            (x0 + along[0] * way + across[0] * APART, y0 + along[1] * way + across[1] * APART) for way in (first, last)
        )
        place = f"pos={ASIDE}" if arrow.crossed else "midway"
        label = f"node[{place}, {anchor(across)}, inner sep=2pt] {{$\\scriptstyle {arrow.label.tex}$}}"
        return rf"\draw[->] ({start[0]:.1f}, {start[1]:.1f}) -- {label} ({end[0]:.1f}, {end[1]:.1f});"

    def free(self, state: str, along: tuple[float, float]) -> float:
        """How far from the middle of a state an arrow begins: outside a rectangle around its symbol."""
        half, tall = self.nodes[state].width / 2 + MARGIN, HEIGHT / 2 + MARGIN
        ways = [half / abs(along[0])] if along[0] else []
        ways += [tall / abs(along[1])] if along[1] else []
        return min(ways)


def anchor(across: tuple[float, float]) -> str:
    """On which side of an arrow its label stands: to the left as one goes along it."""
    vertical = "above" if across[1] > 0.3 else "below" if across[1] < -0.3 else ""
    horizontal = "right" if across[0] > 0.3 else "left" if across[0] < -0.3 else ""
    return " ".join(filter(None, (vertical, horizontal)))
