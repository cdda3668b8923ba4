"""Text of a line -> tokens, each with its place.

By hand rather than as a grammar: Lark takes 0.1 ms for each token and a file of fifty states has thousands of them.
"""

from __future__ import annotations

import re

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span

KEYWORDS = frozenset(("and", "or", "not", "in", "use", "as", "bind", "label", "infinity", "nan"))

PATTERN = re.compile(r'''
    (?P<skipped>   [ \t\n]+ | \#[^\n]* | \\(?=[ \t]*(?:\#[^\n]*)?\n) | (?<![^\n])"""[^"]*(?:"{1,2}[^"]+)*""" )
  | (?P<number>    (?: [0-9]+\.?[0-9]* | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? (?! [\w.] ) )
  | (?P<malformed> \.?[0-9][\w.]* )
  | (?P<call>      [A-Za-z][A-Za-z0-9_]* (?= \( ) )
  | (?P<name>      [A-Za-z][A-Za-z0-9_]* )
  | (?P<bracketed> \[ [^\[\]\n]* \] )
  | (?P<sign>      [=!<>]= | // | [-+*/%^<>=(),.] )
  | (?P<foreign>   . )
''', re.VERBOSE)


# Signs of other languages, and what stands for them here.
SLIPS = {
    "&": "write `and`", "|": "write `or`", "!": "write `not`, with a space behind it", "=": "`==` compares",
    "{": "only `(` groups", "[": "close it with `]`", ";": "a line ends without a sign", "?": "write `if(c, a, b)`",
    "\u2212": "write `-`", "\u00d7": "write `*`", "\u00b7": "write `*`", "\u00a0": "write a plain space",
    "\\": "a `\\` that joins lines is the last sign of its line",
}


class UnreadableError(Exception):
    """A line that cannot be read, with what is wrong with it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def refused(code: str, message: str, span: Span, cure: str = "") -> UnreadableError:
    return UnreadableError(Diagnostic(code, message, span, cure))


@frozen
class Token:
    """`kind` is that of the pattern, or `end`; `start` and `end` are offsets into the file."""

    kind: str
    text: str
    start: int
    end: int


class Tokens:
    """The tokens of one line and how far they are read. The last is of kind `end`, and is never taken.

    `whole` is what the line is called in messages.
    """

    def __init__(self, line: Span, whole: str = "line") -> None:
        self.source = line.source
        self.whole = whole
        self.all = tokenize(line)
        self.position = 0

    @property
    def next(self) -> Token:
        return self.all[self.position]

    @property
    def previous(self) -> Token:
        return self.all[self.position - 1]

    @property
    def behind(self) -> Token:
        """The token behind the next one."""
        return self.all[min(self.position + 1, len(self.all) - 1)]

    def take(self) -> Token:
        self.position += 1
        return self.previous

    def accept(self, text: str) -> bool:
        """Whether the next token is this one; then it is taken."""
        if self.next.text == text and self.next.kind != "end":
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        if not self.accept(text):
            raise self.unexpected(f"`{text}`")
        return self.previous

    def name(self) -> Token:
        """Take a name that is no keyword."""
        if self.next.kind != "name" or self.next.text in KEYWORDS:
            raise self.unexpected("a name")
        return self.take()

    def finish(self) -> None:
        """Nothing may follow."""
        if self.next.kind != "end":
            raise self.unexpected()

    def at(self, token: Token) -> Span:
        return Span(self.source, token.start, token.end)

    def since(self, start: int) -> Span:
        """From a place in the file to the end of what was taken last."""
        return Span(self.source, start, self.previous.end)

    def unexpected(self, expected: str = "") -> UnreadableError:
        """An error that blames the next token."""
        token, wanted = self.next, f"; expected {expected}" if expected else ""
        if token.kind == "end":
            before = self.previous if self.position else token
            return refused("E611", f"the {self.whole} ends too early{wanted}", self.at(before))
        if token.kind == "malformed":
            cure = "a unit stands in brackets, `2 [mV]`"
            return refused("E611", f"`{token.text}` is not a number", self.at(token), cure)
        reserved = f"`{token.text}` is a word of the format" if token.text in KEYWORDS else ""
        return refused("E611", f"unexpected `{token.text}`{wanted}", self.at(token), reserved or self.cure())

    def cure(self) -> str:
        """For the slips that are common."""
        if self.next.text == "(" and self.position and self.previous.kind == "name":
            return f"a function and its parenthesis stand together: `{self.previous.text}(`"
        if self.next.text == "." and self.position > 1:
            return "a name has at most one dot: what is nested in a variable is seen only there"
        if self.next.kind == "bracketed":
            return "a unit stands behind a number, or behind `in`"
        if self.next.kind == "name" and self.position and self.previous.kind == "number":
            return f"a unit stands in brackets, `{self.previous.text} [{self.next.text}]`; a product needs `*`"
        if self.next.text == "*" and self.position and self.previous.text == "*":
            return "a power is `^`"
        return SLIPS.get(self.next.text, "")


def tokenize(line: Span) -> tuple[Token, ...]:
    """The tokens of a line, and one of kind `end`."""
    found = [
        Token(match.lastgroup or "", match[0], match.start(), match.end())
        for match in PATTERN.finditer(line.source.text, line.start, line.end)
        if match.lastgroup != "skipped"
    ]
    return (*found, Token("end", "", line.end, line.end))
