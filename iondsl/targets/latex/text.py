"""Texts of the author → LaTeX that prints them and does nothing else, in pure ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "`": r"\textasciigrave{}", '"': r"''",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "\u00a0": "~", "\u2013": "--", "\u2014": "---", "\u2018": "`", "\u2019": "'", "\u201c": "``", "\u201d": "''",
    "\u2026": r"\dots{}", "\u00a7": r"\S{}", "\u00df": r"\ss{}", "\u00e6": r"\ae{}", "\u00c6": r"\AE{}",
    "\u00f8": r"\o{}", "\u00d8": r"\O{}", "\u0153": r"\oe{}", "\u0152": r"\OE{}", "\u0142": r"\l{}", "\u0141": r"\L{}",
    "\u0131": r"\i{}",
}
_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_MATH = {
    "\u00b0": r"^{\circ}", "\u00b1": r"\pm", "\u00d7": r"\times", "\u00b7": r"\cdot", "\u22c5": r"\cdot",
    "\u2212": "-", "\u2264": r"\le", "\u2265": r"\ge", "\u2260": r"\ne", "\u2248": r"\approx", "\u223c": r"\sim",
    "\u2192": r"\to", "\u2190": r"\leftarrow", "\u2194": r"\leftrightarrow", "\u21cc": r"\rightleftharpoons",
    "\u221e": r"\infty", "\u221a": r"\surd", "\u2202": r"\partial", "\u2206": r"\Delta", "\u00b5": r"\mu",
    "\u207a": "^{+}", "\u207b": "^{-}", "\u2032": "'",
    **{digit: f"^{{{value}}}" for value, digit in enumerate(_RAISED)},
    **{chr(0x2080 + value): f"_{{{value}}}" for value in range(10)},
}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c",
}
GREEK = frozenset({
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
    *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
})
LONGEST_PART = 30
_SAFE_IN_ADDRESS = "/:?=&;,.()#%-+@"


def escape(text: str) -> str:
    """The text as it stands: no character of it is a command. Very long words may be broken, and -40 has a minus."""
    signed = re.sub(r"(?<![^\s(])-(?=[0-9.])", "\u2212", text)
    return " ".join(r"\allowbreak{}".join(_chunks(word)) for word in signed.split())


def typewriter(text: str) -> str:
    return rf"\texttt{{{escape(text)}}}"


def listed(texts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = texts
    return f"{', '.join(others)} and {last}" if others else last


def title(name: str) -> str:
    """`hodgkin_huxley_1952` as `Hodgkin Huxley 1952`."""
    words = [word[0].upper() + word[1:] for word in name.split("_") if word]
    return escape(" ".join(words) or name)


def citation(text: str) -> str:
    """A reference; `doi:...` and web addresses become links."""
    kind, _, rest = text.strip().partition(":")
    if kind.lower() == "doi":
        return _link(f"https://doi.org/{rest.strip()}", text.strip())
    return _link(text.strip(), text.strip()) if kind.lower() in ("http", "https") else escape(text)


def _chunks(word: str) -> Iterator[str]:
    for start in range(0, len(word), LONGEST_PART):
        yield "".join(_escaped(char) for char in word[start : start + LONGEST_PART])


def _link(address: str, shown: str) -> str:
    quoted = re.sub("[%#]", r"\\\g<0>", quote(address, safe=_SAFE_IN_ADDRESS))
    return rf"\href{{{quoted}}}{{{escape(shown)}}}"


def _escaped(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _MATH:
        return rf"\ensuremath{{{_MATH[char]}}}"
    if " " <= char <= "~":
        return char
    return _greek(char) or _accented(char) or f"(U+{ord(char):04X})"


def _greek(char: str) -> str:
    """A Greek letter by the name that Unicode gives it; those that look Latin have no command."""
    script, _, name = unicodedata.name(char, "").rpartition(" LETTER ")
    name = name.replace("LAMDA", "LAMBDA")
    command = {"GREEK SMALL": name.lower(), "GREEK CAPITAL": name.capitalize()}.get(script, "")
    return rf"\ensuremath{{\{command}}}" if command in GREEK else ""


def _accented(char: str) -> str:
    base, accent, *more = (*unicodedata.normalize("NFD", char), "", "")
    known = base.isascii() and base.isalpha() and accent in _ACCENTS and not any(more)
    return rf"\{_ACCENTS[accent]}{{{base}}}" if known else ""
