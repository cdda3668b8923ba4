"""Statements and expressions parsed from single lines, for the tests of this folder."""

from __future__ import annotations

from iondsl.parser import parse
from iondsl.parser.line import parse_line
from iondsl.source import Source, Span
from iondsl.syntax import Binary, Definition, Expression, Statement, Unary
from iondsl.traversal import children


def statement(line: str) -> Statement:
    source = Source("line.ion", line)
    parsed = parse_line(Span(source, 0, len(line)))
    assert parsed.findings == ()
    assert parsed.statement is not None
    return parsed.statement


def expression(text: str) -> Expression:
    read = statement(f"x = {text}")
    assert isinstance(read, Definition)
    assert read.value is not None
    return read.value


def shape(node: Expression) -> str:
    """An expression with every operation in brackets, so that its structure can be read."""
    parts = [shape(child) for child in children(node)]
    match node:
        case Binary():
            return f"({parts[0]} {node.operator} {parts[1]})"
        case Unary():
            return f"({node.operator}{parts[0]})"
        case _ if parts:
            return f"{type(node).__name__}({', '.join(parts)})"
    return node.span.text


def refusals(text: str) -> list[tuple[str, str, str]]:
    """Code, message and the text that is blamed, for everything that is wrong with the form of a text."""
    _, findings = parse(Source("text.ion", text))
    return [(each.code, each.message, each.span.text if each.span else "") for each in findings]
