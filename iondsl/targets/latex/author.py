"""Symbols that the author gives: the `$\\bar g_\\mathrm{Na}$` at the beginning of a text.

This is the one place where LaTeX of the author reaches the document. It is read and written anew, and only
letters, digits, scripts, a few signs and the commands listed here can be read; anything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.targets.latex.symbol import Symbol
from iondsl.targets.latex.text import GREEK

_MAX_LENGTH = 80
_MAX_DEPTH = 8
_SIGNS = frozenset("+-*/,.()[]|")
_WITHOUT_ARGUMENT = GREEK | frozenset({
    *(",", ";", "!", "infty", "ell", "hbar", "partial", "nabla", "star", "ast", "circ", "bullet", "prime", "dagger"),
    *("cdot", "times", "pm", "mp", "varepsilon", "vartheta", "varpi", "varrho", "varsigma", "varphi"),
})
_FONTS = {"mathrm": "mathrm", "text": "mathrm", "mathit": "mathit", "mathbf": "mathbf", "mathsf": "mathsf"}
_ACCENTS = ("bar", "hat", "tilde", "dot", "ddot", "vec", "overline", "widehat", "widetilde")
_WITH_ARGUMENT = _FONTS | {name: name for name in _ACCENTS}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\[,;!]|[A-Za-z0-9]|[{}^_]|[+\-*/,.()\[\]|]| +")


class UnreadableError(Exception):
    """What stands between the dollars is more than a symbol."""


def split(doc: str) -> tuple[Symbol | None, str]:
    """The symbol that a text begins with, if it does, and the text without it."""
    match = re.match(r"\s*\$([^$]*)\$\s*", doc)
    symbol = read(match[1]) if match else None
    return (None, doc) if match is None or symbol is None else (symbol, doc[match.end() :])


def read(text: str) -> Symbol | None:
    """The symbol written in a safe part of LaTeX; None where it is none."""
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    if len(text) > _MAX_LENGTH or "".join(tokens) != text:
        return None
    reader = _Reader([token for token in tokens if token.strip()])
    try:
        return reader.symbol()
    except UnreadableError:
        return None


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]

    def symbol(self) -> Symbol:
        atoms = list(self.atoms(0))
        if self.rest or not atoms:
            raise UnreadableError
        head, below, above = atoms.pop()
        before = [_scripted(*atom) for atom in atoms]
        return Symbol(_run([*before, _scripted(head, "", above)]), (below,) if below else (), raised=bool(above))

    def atoms(self, depth: int) -> Iterator[tuple[str, str, str]]:
        """Nucleus, subscript and superscript, up to the end or to a closing brace."""
        while self.rest and self.rest[-1] != "}":
            nucleus = self.nucleus(depth)
            scripts = {"_": "", "^": ""}
            while self.rest and self.rest[-1] in scripts:
                place = self.rest.pop()
                if scripts[place]:
                    raise UnreadableError
                scripts[place] = self.nucleus(depth)
            yield nucleus, scripts["_"], scripts["^"]

    def nucleus(self, depth: int) -> str:
        """One letter, sign, command with its argument, or group in braces; without its own braces."""
        if not self.rest or depth > _MAX_DEPTH:
            raise UnreadableError
        token = self.rest.pop()
        name = token[1:]
        if token == "{":
            return self.group(depth)
        if token.startswith("\\") and name in _WITH_ARGUMENT:
            return rf"\{_WITH_ARGUMENT[name]}{{{self.nucleus(depth + 1)}}}"
        if token in _SIGNS or token.isalnum() or (token.startswith("\\") and name in _WITHOUT_ARGUMENT):
            return token
        raise UnreadableError

    def group(self, depth: int) -> str:
        inner = _run([_scripted(*atom) for atom in self.atoms(depth + 1)])
        if not inner or not self.rest or self.rest.pop() != "}":
            raise UnreadableError
        return inner


def _scripted(nucleus: str, below: str, above: str) -> str:
    scripts = (f"^{{{above}}}" if above else "") + (f"_{{{below}}}" if below else "")
    single = len(nucleus) == 1 or re.fullmatch(r"\\[A-Za-z]+(\{[^{}]*\})?", nucleus)
    return nucleus + scripts if single or not scripts else f"{{{nucleus}}}{scripts}"


def _run(parts: list[str]) -> str:
    """The parts side by side; a command does not swallow the letter behind it."""
    return re.sub(r"(\\[A-Za-z]+)\0(?=[A-Za-z])", r"\1 ", "\0".join(parts)).replace("\0", "")
