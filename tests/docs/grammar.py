"""grammars/ion.lark as docs/language.md prints it: keywords in the place of their terminals, without labels.

`python -m tests.docs.grammar` prints what the page must hold.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from iondsl import resources

TERMINAL = re.compile(r"^(_?[A-Z]+)(?:\.\d+)?: (.+)$", re.MULTILINE)
KEYWORDS = re.compile(r"/\(?([a-z|]+)\)?\(\?[=!].*/")
# What is no word and no sign stands by its name, which is explained below the rules.
MANY = 4  # more words than these are listed below the rules, too
EXPLAINED = ("NAME", "NUMBER", "UNIT", "STRING", "TAG")


GRAMMAR = resources.text(resources.GRAMMARS, "ion.lark")


def terminals(grammar: str = GRAMMAR) -> dict[str, tuple[str, ...]]:
    """The words or signs that each terminal stands for."""
    return {name: read(text) for name, text in TERMINAL.findall(grammar) if name not in EXPLAINED}


def read(text: str) -> tuple[str, ...]:
    words = KEYWORDS.fullmatch(text)
    return tuple(words[1].split("|")) if words is not None else tuple(re.findall(r'"([^"]+)"', text))


def readable() -> str:
    return "\n".join(lines(GRAMMAR)).strip() + "\n"


def lines(grammar: str) -> Iterator[str]:
    known = terminals(grammar)
    long = {name: words for name, words in known.items() if len(words) > MANY}
    rules, _, rest = grammar.partition("// --- terminals\n")
    for line in rules.splitlines():
        if not line.startswith("//"):
            yield with_words(re.sub(r" *-> \w+$", "", line), {**known, **dict.fromkeys(long, ())})
    yield from (f"{name}: {alternatives(words)}" for name, words in long.items())
    yield from (line for line in rest.splitlines() if line.startswith(tuple(f"{name}:" for name in EXPLAINED)))


def with_words(line: str, known: dict[str, tuple[str, ...]]) -> str:
    def words(match: re.Match[str]) -> str:
        found = known.get(match[0], ())
        return f"({alternatives(found)})" if len(found) > 1 else alternatives(found) or match[0]

    written = re.sub(r"\b_?[A-Z]+\b", words, line.removeprefix("?"))
    return re.sub(r"\[\(([^()]*)\)\]", r"[\1]", re.sub(r"^ +\|", "    |", written))


def alternatives(words: tuple[str, ...]) -> str:
    return " | ".join(f'"{word}"' for word in words)


if __name__ == "__main__":
    sys.stdout.write(readable())
