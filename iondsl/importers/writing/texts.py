"""Texts of other tools as strings, tags and comments of the language: a string has no escapes, and ends on its line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from iondsl.sentences import headline

WIDTH = 110  # of a line of comments
ALONE = 130  # letters of a string on a line of its own
BEHIND = 90  # letters of a string behind a line
IS_STRING = re.compile(r'[^"\r\n]*')
PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def string(text: str) -> str:
    """A text in quotes. Quotes in it become single ones, and line breaks blanks."""
    return f'"{text if IS_STRING.fullmatch(text) else in_one_line(text)}"'


def in_one_line(text: str) -> str:
    return printable(" ".join(text.replace('"', "'").split()))


def printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(each for each in text if each.isprintable())


def divided(text: str, width: int) -> tuple[str, list[str]]:
    """What of a text stands in a string, and the comments for the rest: a text that is too long keeps its first
    sentence, if that is short enough.
    """
    line = text if IS_STRING.fullmatch(text) else in_one_line(text)
    if len(line) <= width:
        return line, []
    first, _ = headline(in_one_line(text))
    return (first, comments(behind(text, first))) if len(first) <= width else ("", comments(text))


def behind(text: str, first: str) -> str:
    """What follows the first sentence, with its paragraphs."""
    words = r"\s+".join(re.escape(word).replace("'", "['\"]") for word in first.split())
    found = re.match(rf"\s*{words}\.?\s*", text)
    return text if found is None else text[found.end() :]


def comments(text: str) -> list[str]:
    """A text as comment lines, its paragraphs filled."""
    return [line for paragraph in PARAGRAPHS.split(text.strip()) for line in commented(paragraph)]


def commented(paragraph: str) -> Iterator[str]:
    words = printable(" ".join(paragraph.split()))
    for line in textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"
