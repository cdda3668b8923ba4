"""Pieces of an equation, and how they fill lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.targets.latex.box import Box

INDENT = 20.0
SIGN = 12.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an equation that stays on one line, with what joins it to the one before, there or on a new line.

    `depth` counts the parentheses around it; None where no line can begin with it.
    """

    tex: str
    width: float
    joint: str = ""
    lead: str = ""
    depth: int | None = None


def filled(pieces: list[Piece], width: float) -> list[str]:
    """Pieces in lines: each as full as it goes, ended where the fewest parentheses are open."""
    rows: list[str] = []
    while pieces:
        end = _end(pieces, width - (INDENT if rows else 0.0))
        rows.append(_line(pieces[:end]))
        pieces = pieces[end:]
    return rows


def _end(pieces: list[Piece], width: float) -> int:
    """How many pieces the next line holds."""
    total = 0.0
    candidates: list[tuple[int, int]] = []
    for position, piece in enumerate(pieces):
        total += piece.width
        if position and piece.depth is not None and 2 * (total - piece.width) > width:
            candidates.append((piece.depth, -position))
        if total > width and position:
            return -min(candidates)[1] if candidates else _first_break(pieces)
    return len(pieces)


def _first_break(pieces: list[Piece]) -> int:
    breaks = (place for place, piece in enumerate(pieces) if place and piece.depth is not None)
    return next(breaks, len(pieces))


def _line(pieces: list[Piece]) -> str:
    first, *others = pieces
    return first.lead + first.tex + "".join(piece.joint + piece.tex for piece in others)


def whole(box: Box) -> Piece:
    return Piece(box.tex, box.width)


def as_box(piece: Piece) -> Box:
    return Box(piece.tex, piece.width)


def framed(before: str, pieces: list[Piece], after: str, extra: float) -> list[Piece]:
    """With something around them all that is `extra` points wide."""
    first, *others = pieces
    *before_last, last = replace(first, tex=before + first.tex, width=first.width + extra), *others
    return [*before_last, replace(last, tex=last.tex + after)]


def joined(pieces: list[Piece], joint: str, lead: str, depth: int | None) -> list[Piece]:
    """Pieces that follow others, and may begin a line unless `depth` is None."""
    first, *others = pieces
    return [replace(first, joint=joint, lead=lead, depth=depth, width=first.width + SIGN), *others]
