"""Expressions to canonical text: what the language reads back as the same expression, with no needless parenthesis."""

from __future__ import annotations

from enum import IntEnum

from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    String,
    Unary,
    UnitLiteral,
)


class Level(IntEnum):
    """How tightly an expression holds together, loosest first: the levels of the grammar."""

    CONDITIONAL = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARE = 4
    CONVERT = 5
    SUM = 6
    PRODUCT = 7
    UNARY = 8
    POWER = 9
    ATOM = 10


OPERATORS = {"or": Level.OR, "and": Level.AND, "+": Level.SUM, "-": Level.SUM, "*": Level.PRODUCT, "/": Level.PRODUCT}


def text(expression: Expression, least: Level = Level.CONDITIONAL) -> str:
    """The expression as text, in parentheses where it would fall apart next to an operator of level `least`."""
    level = level_of(expression)
    written = unbracketed(expression, level)
    return written if level >= least else f"({written})"


def level_of(node: Expression) -> Level:
    match node:
        case Conditional():
            return Level.CONDITIONAL
        case Logic() | Binary():
            return OPERATORS.get(node.operator, Level.POWER)
        case Not():
            return Level.NOT
        case Compare():
            return Level.COMPARE
        case Convert():
            return Level.CONVERT
        case Unary():
            return Level.UNARY
        case _:
            return Level.ATOM


def unbracketed(node: Expression, level: Level) -> str:
    match node:
        case Unary():
            return f"{node.operator}{text(node.operand, Level.UNARY)}"
        case Binary(operator="^"):
            return f"{text(node.left, Level.ATOM)}^{text(node.right, Level.UNARY)}"
        case Binary() | Logic():  # from left to right: what stands on the right must hold more tightly
            return f"{text(node.left, level)} {node.operator} {text(node.right, Level(level + 1))}"
        case Not():
            return f"not {text(node.operand, Level.NOT)}"
        case Compare():
            return f"{text(node.left, Level.CONVERT)} {node.operator} {text(node.right, Level.CONVERT)}"
        case Convert():
            return f"{text(node.operand, Level.SUM)} {node.operator} {bracketed(node.unit)}"
        case Conditional():
            value, condition = text(node.value, Level.OR), text(node.condition, Level.OR)
            return f"{value} if {condition} else {text(node.otherwise)}"
        case _:
            return atom(node)


def atom(node: Number | String | Name | Prime | Call) -> str:
    match node:
        case Number():
            return node.text if node.unit is None or node.unit.implied else f"{node.text} {bracketed(node.unit)}"
        case String():
            return f'"{node.text}"'
        case Name():
            return node.text
        case Prime():
            return f"{node.name.text}'"
        case Call():
            return call(node)


def call(node: Call) -> str:
    arguments = [text(argument) for argument in node.arguments]
    keywords = [f"{keyword.name} = {text(keyword.value)}" for keyword in node.keywords]
    return f"{node.function.text}({', '.join([*arguments, *keywords])})"


def bracketed(unit: UnitLiteral) -> str:
    return "[degC]" if unit.offset else f"[{unit.unit}]"
