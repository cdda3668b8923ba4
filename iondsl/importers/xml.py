"""XML → elements, each with its place. Nothing is fetched and nothing is defined: documents with a DTD are refused.

Read by expat, which checks that the text is well-formed. A file whose elements are nested too deep is refused, too:
what walks over them later does so by recursion.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from xml.parsers import expat

from iondsl.errors import Diagnostic, ModelError
from iondsl.immutable import frozen
from iondsl.source import Source, Span

MAX_NESTING = 100
TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
SEPARATOR = "\n"  # between a namespace and a name: no attribute value keeps one, so none can pretend to hold both
NO_DTD = "remove the document type definition: it may name other files, and entities that grow without bound"


@dataclass(frozen=True, eq=False)
class Element:
    """`<name attribute="value">content</name>`.

    Attributes with a namespace of their own are under `(namespace, name)`, the others under `("", name)`. `span` is all
    of it, `tag` what stands between the first `<` and its `>`.
    """

    namespace: str
    name: str
    attributes: dict[tuple[str, str], str]
    content: tuple[Element | str, ...]
    span: Span
    tag: Span

    @cached_property
    def children(self) -> tuple[Element, ...]:
        return tuple(each for each in self.content if isinstance(each, Element))

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        return "".join(each for each in self.content if isinstance(each, str)).strip()

    def get(self, name: str, namespace: str = "") -> str | None:
        return self.attributes.get((namespace, name))

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    def place(self, attribute: str) -> Span:
        """Where the value of an attribute stands; the whole tag if that cannot be told."""
        found = re.search(rf"""[\s:]{attribute}\s*=\s*(?:"([^"]*)"|'([^']*)')""", self.tag.text)
        if found is None:
            return self.tag
        return self.tag.part(*found.span(1 if found[1] is not None else 2))


def read_xml(source: Source) -> Element:
    """The root element.

    Raises:
        ModelError: E630 if the text is not well-formed, E631 for what is refused without being read.
    """
    data = source.text.encode(errors="surrogatepass")
    parser = expat.ParserCreate("utf-8", SEPARATOR)
    builder = Builder(source, parser, Positions(source.text, data))
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise builder.refused("E630", f"no well-formed XML: {expat.ErrorString(error.code)}", *hint(builder)) from None
    return builder.finished[0]


def hint(builder: Builder) -> tuple[str]:
    """What is open where reading ended."""
    if not builder.opened:
        return ("",)
    name, tag = builder.opened[-1].name, builder.opened[-1].tag
    return (f"`<{name}>` of line {tag.line} is open here: is the file whole?",)


@frozen
class Opened:
    """An element whose end has not been read."""

    namespace: str
    name: str
    attributes: dict[tuple[str, str], str]
    tag: Span
    content: list[Element | str]


class Positions:
    """Expat counts bytes, sources count characters."""

    def __init__(self, text: str, data: bytes) -> None:
        self.ends = None if len(text) == len(data) else list(accumulate(map(width, text)))

    def character(self, byte: int) -> int:
        return byte if self.ends is None else bisect_left(self.ends, byte + 1)


def width(character: str) -> int:
    code = ord(character)
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


class Builder:
    """What expat calls while it reads."""

    def __init__(self, source: Source, parser: expat.XMLParserType, positions: Positions) -> None:
        self.source, self.parser, self.positions = source, parser, positions
        self.opened: list[Opened] = []
        self.finished: list[Element] = []
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        start = self.here
        found = TAG.match(self.source.text, start)
        tag = Span(self.source, start, start + 1 if found is None else found.end())
        if len(self.opened) == MAX_NESTING:
            raise self.refused("E631", f"elements nested more than {MAX_NESTING} deep")
        named = {split(each): value for each, value in attributes.items()}
        self.opened.append(Opened(*split(name), named, tag, []))

    def end(self, _: str) -> None:
        last = self.opened.pop()
        end = last.tag.end
        if not self.source.text.endswith("/>", 0, end):
            end = self.source.text.find(">", self.here) + 1
        span = Span(self.source, last.tag.start, end)
        element = Element(last.namespace, last.name, last.attributes, tuple(last.content), span, last.tag)
        (self.opened[-1].content if self.opened else self.finished).append(element)

    def text(self, text: str) -> None:
        self.opened[-1].content.append(text)

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """The text was decoded as UTF-8, whatever the file says: that is right for ASCII, and else only for UTF-8."""
        if (encoding or "utf-8").lower() != "utf-8" and not self.source.text.isascii():
            message = f"the file says that its encoding is {encoding}"
            raise self.refused("E631", message, "save it in the encoding UTF-8")

    def doctype(self, *_: object) -> None:
        raise self.refused("E631", "a document type definition", NO_DTD)

    @property
    def here(self) -> int:
        return self.positions.character(self.parser.CurrentByteIndex)

    def refused(self, code: str, message: str, cure: str = "") -> ModelError:
        start = max(self.here, 0)
        found = TAG.match(self.source.text, start)
        end = start + 1 if found is None else found.end()
        return ModelError([Diagnostic(code, message, Span(self.source, start, end), cure)])


def split(name: str) -> tuple[str, str]:
    """Namespace and name."""
    namespace, _, local = name.rpartition(SEPARATOR)
    return namespace, local
