"""The files that parts come from, each read and parsed once."""

from __future__ import annotations

from dataclasses import field, replace

from iondsl import library
from iondsl.elaborate.scope import Report
from iondsl.elaborate.use.via import further
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.library import LibraryError
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Block, Program


@frozen
class Libraries:
    """What was read, by the name of its file; None for what cannot be used. `found` is where a file was, by its dotted
    name and the file that uses it: many lines use the same."""

    known: dict[tuple[str, bool], Program | None] = field(default_factory=dict)
    found: dict[tuple[str, int], Source] = field(default_factory=dict)

    def open(self, line: Block, user: Source, files: tuple[str, ...], report: Report) -> Program | None:
        """The library that a `use` names. E370 where there is none, E372 where files use each other in a circle."""
        assert line.library is not None
        try:
            source = self.find(line.library.text, user)
        except LibraryError as error:
            report(Diagnostic("E370", error.message, line.library.span, error.cure))
            return None
        if source.name in files:
            report(circle(line, source.name, files))
            return None
        key = (source.name, source.bundled)
        if key not in self.known:
            self.known[key] = parsed(source, line, report)
        return self.known[key]

    def find(self, name: str, user: Source) -> Source:
        key = (name, id(user))
        if key not in self.found:
            self.found[key] = library.find(name, user)
        return self.found[key]


def parsed(source: Source, line: Block, report: Report) -> Program | None:
    """E370 for a file that holds a model; what is wrong with its form is told as in the file itself."""
    assert line.library is not None
    program, findings = parse(source)
    for each in findings:
        place = None if each.span is None else further(each.span, line.span)
        report(replace(each, span=place))
    if program.header is None:
        return program
    message = f"`{source.name}` is a whole model, `{program.header.name}`; parts come from libraries"
    cure = "move the block that both need to a file without `model`, and `use` it in both"
    report(Diagnostic("E370", message, line.library.span, cure))
    return None


def circle(line: Block, name: str, files: tuple[str, ...]) -> Diagnostic:
    assert line.library is not None
    if files[-1] == name:
        cure = f"leave `from {line.library.text}` out"
        return Diagnostic("E372", "this is the file itself", line.library.span, cure)
    around = " -> ".join(f"`{each}`" for each in (*files[files.index(name) :], name))
    cure = "move what both need to a third file"
    return Diagnostic("E372", f"files use each other in a circle: {around}", line.library.span, cure)
