"""Files of the language, damaged at random: what people type by mistake, and what no one would."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from iondsl import resources

TESTS = Path(__file__).parent.parent
FOLDERS = ("valid", "valid/parts", "invalid", "invalid/parts", "inference/legitimate", "inference/mistakes", "parser")
TOKEN = re.compile(r'"[^"\n]*"|#[^\n]*|\[[^\]\n]*\]|[A-Za-z_][\w.]*|[0-9][\w.]*|\s+|.', re.DOTALL)
LIBRARIES = ("channels/huguenard_mccormick_1992.ion", "synapses/destexhe_1998.ion", "pumps/ohara_rudy_2011.ion")
# Checking one of these takes seconds, with all its variants and proofs: they are damaged apart.
HUGE = ("fabbri_2017", "ohara_rudy_2011", "ohara_rudy_land_2017", "tor_ord_2019")
NOISE: tuple[str, ...] = (
    *"()[]{}\"'#:=,.+-*/^@ \t\n\r\0\x1b\x7f",
    *("é", "−", "²", "µ", "\u2028", "\x85", "\u202e", "\ufeff", "\uffff", "\U0001f600"),
    *("1e999", "9^9^9^9", "[m^1000000000]", "[m^(1/7)]", '"\\input{x}"', "{{ 7*7 }}"),
    *("(" * 300, "-" * 300, "a" * 300, "1+" * 300),
)


@cache
def texts() -> tuple[str, ...]:
    """Small files several times as often as bundled models, which take longer to read; libraries of both kinds."""
    small = [path.read_text(encoding="utf-8") for name in FOLDERS for path in sorted((TESTS / name).glob("*.ion"))]
    large = [resources.bundled_model(name) for name in resources.bundled_models() if name not in HUGE]
    large += [resources.text(resources.MODELS, name) for name in LIBRARIES]
    return (*(text for text in small if len(text) < 2500), *large)


@cache
def huge() -> tuple[str, ...]:
    return tuple(map(resources.bundled_model, HUGE))


@cache
def words() -> tuple[str, ...]:
    return tuple(sorted({token for text in texts() for token in TOKEN.findall(text)}))


def damaged(seed: int, whole: Callable[[], tuple[str, ...]] = texts) -> str:
    """One of the whole texts with up to four changes; the same seed gives the same text."""
    random = Random(seed)
    text = random.choice(whole())
    for _ in range(random.randint(1, 4)):
        text = random.choice(CHANGES)(text, random)
    return text


def noise(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(NOISE) + text[place:]


def cut(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    return text[:start] + text[start + random.choice((1, 3, 40)) :]


def token(text: str, random: Random) -> str:
    """One token left out, doubled, or another in its place."""
    tokens = TOKEN.findall(text) or [""]
    place = random.randrange(len(tokens))
    tokens[place] = random.choice(("", tokens[place] * 2, random.choice(words()), random.choice(tokens)))
    return "".join(tokens)


def swapped(text: str, random: Random) -> str:
    tokens = TOKEN.findall(text) or [""]
    one, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def line(text: str, random: Random) -> str:
    """One line left out, doubled, moved, or indented otherwise."""
    lines = text.split("\n")
    place, target = random.randrange(len(lines)), random.randrange(len(lines))
    margin = random.choice(("", " ", "  ", "    ", "        ", "\t"))
    written = lines[place]
    match random.choice(("leave out", "double", "move", "indent")):
        case "leave out":
            del lines[place]
        case "double":
            lines.insert(target, written)
        case "move":
            lines.insert(target, lines.pop(place))
        case "indent":
            lines[place] = margin + written.lstrip()
    return "\n".join(lines)


def spliced(text: str, random: Random) -> str:
    """The first lines of one file, and the last of another."""
    other = random.choice(texts()).split("\n")
    lines = text.split("\n")
    return "\n".join(lines[: random.randint(0, len(lines))] + other[random.randint(0, len(other)) :])


CHANGES: tuple[Callable[[str, Random], str], ...] = (noise, cut, token, token, token, swapped, line, line, spliced)
