"""Markov schemes and reactions in a table: each line with the species and rates that it has here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from iondsl.formatter import text
from iondsl.show.words import Row, line_of, plain
from iondsl.syntax import Expression, Name
from iondsl.system import Network, Participant, Quantity, System, Transition
from iondsl.traversal import rewrite

BALANCED = "balance"


def network_rows(system: System, keyword: str) -> Iterator[Row]:
    """Name, one transition, line, documentation; one row for each."""
    quantities = {quantity.name: quantity for quantity in system.quantities}
    for network in (each for each in system.networks if each.keyword == keyword):
        title = network.name if network.space is None else f"{network.name} in {network.space}"
        for place, each in enumerate(network.transitions):
            yield "" if place else title, transition(each, network, quantities), line_of(each.span), plain(each.doc)


def transition(line: Transition, network: Network, quantities: Mapping[str, Quantity]) -> str:
    """`Ca.i + B <-> CaB : 100 [1/(mM ms)], 0.03 [1/ms]`, with names as the network sees them."""
    left, right = side(line.left, network), side(line.right, network)
    arrow = "->" if line.backward is None else "<->"
    rates = [rate(quantities[line.forward], network)]
    if line.backward is not None:
        rates.append(BALANCED if line.balanced else rate(quantities[line.backward], network))
    return f"{left} {arrow} {right} : {', '.join(rates)}".strip()


def side(participants: tuple[Participant, ...], network: Network) -> str:
    names = [(each.count, seen_from(each.quantity, network)) for each in participants]
    return " + ".join(f"{count} {name}" if count > 1 else name for count, name in names)


def rate(quantity: Quantity, network: Network) -> str:
    def change(node: Expression) -> Expression:
        return replace(node, path=tuple(seen_from(node.text, network).split("."))) if isinstance(node, Name) else node

    return "" if quantity.value is None else text(rewrite(quantity.value.written, change))


def seen_from(name: str, network: Network) -> str:
    """A name without the blocks that stand around both."""
    blocks = network.name.split(".")
    around = (".".join(blocks[:end]) + "." for end in range(len(blocks), 0, -1))
    return next((name.removeprefix(each) for each in around if name.startswith(each)), name)
