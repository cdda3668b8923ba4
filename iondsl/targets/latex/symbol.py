"""Symbols: a head with subscripts, from a name such as `V_max` or `tau_m`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from iondsl.targets.latex.text import GREEK, escape

# The digits behind these are a subscript; `K1` stays a word.
_SMALL = GREEK | frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Symbol:
    """`subs` are its own subscripts, `qualifiers` tell it from others of the same name: `m_{\\infty,\\mathrm{Na}}`.

    `raised`: the head carries a superscript.
    """

    head: str
    subs: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    raised: bool = False

    @property
    def tex(self) -> str:
        below = ",".join((*self.subs, *self.qualifiers))
        return f"{self.head}_{{{below}}}" if below else self.head

    @property
    def look(self) -> str:
        """Two symbols that look alike to a reader have the same: upright and italic are not told apart."""
        return re.sub(r"\\math(rm|it)|\\[,;! ]|[ {}]", "", self.tex)

    @property
    def plain(self) -> str:
        """Without qualifiers."""
        return replace(self, qualifiers=()).tex

    def qualified(self, *qualifiers: str) -> Symbol:
        return replace(self, qualifiers=(*self.qualifiers, *qualifiers))


def from_name(name: str, labels: frozenset[str] = frozenset()) -> Symbol:
    """`V_max`, `tau_m`, `k1`, `PR_NaK`; single letters in `labels` (such as the ion K) stand upright below."""
    head, *subs = [part for part in name.split("_") if part] or [""]
    below = tuple(subscript(part, labels) for part in subs)
    letter = head.rstrip("0123456789")
    if letter != head and letter in _SMALL:
        return Symbol(word(letter), (head[len(letter) :], *below))
    return Symbol(word(head), below) if head else full(name)


def full(name: str) -> Symbol:
    """The whole name as it is in the file: what is left where nothing shorter is free."""
    return Symbol(rf"\mathtt{{{escape(name)}}}")


def word(text: str) -> str:
    if text in GREEK:
        return rf"\{text}"
    return text if len(text) == 1 else upright(text)


def upright(text: str) -> str:
    return rf"\mathrm{{{text}}}"


def subscript(text: str, labels: frozenset[str] = frozenset()) -> str:
    """A part of a name behind an underscore: upright unless it is a single letter, a digit or Greek."""
    if text == "inf":
        return r"\infty"
    return text if text.isdigit() else upright(text) if text in labels else word(text)


def is_short(symbol: Symbol) -> bool:
    """Whether the symbol is one letter alone, which many blocks have: `g`, `E`, `gamma`."""
    return not symbol.subs and (len(symbol.head) == 1 or symbol.head[1:] in GREEK)


def chemical(name: str, valence: int | None) -> str:
    """`Ca` with 2 charges as Ca^{2+}; digits as in HCO3 stand below."""
    formula = upright(re.sub("[0-9]+", r"_{\g<0>}", escape(name)))
    if not valence:
        return formula
    count = "" if abs(valence) == 1 else str(abs(valence))
    return f"{formula}^{{{count}{'+' if valence > 0 else '-'}}}"
