"""A file → Foreign, by way of lines, a draft of the model, full names and what must hold of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from iondsl.errors import Diagnostic, ModelError
from iondsl.importers.foreign import TIME, Component, Foreign, Function, Pulse, Variable
from iondsl.importers.mmt.draft import Draft, DraftVariable
from iondsl.importers.mmt.ending import check_ending
from iondsl.importers.mmt.lines import logical_lines
from iondsl.importers.mmt.names import Names
from iondsl.importers.mmt.rules import check_draft, check_values, losses
from iondsl.importers.mmt.sections import MODEL, Sections
from iondsl.importers.references import cited
from iondsl.source import Source, Span
from iondsl.syntax import UnitLiteral

NAME, TEXT, IDENTIFIER = "name", "desc", "cmeta:id"


def read(source: Source) -> Foreign:
    """The model of an `mmt` file, with its protocol; a script is not looked at.

    Raises:
        ModelError: whatever is wrong with the file, all of it.
    """
    sections, lines = Sections(), list(logical_lines(source))
    for line in lines:
        sections.read(line)
    draft, findings = sections.draft, sections.findings
    if draft.head is None and not findings:
        findings.append(Diagnostic("E610", "there is no `[[model]]`", Span(source, 0, 0), "a model of Myokit has one"))
    if sections.seen[-1:] == [MODEL]:
        check_ending(draft, lines[-1], findings)
    findings += check_draft(draft)
    names = Names(draft, findings)
    names.check_aliases()
    functions = tuple(names.in_function(each) for each in draft.functions.values())
    variables = tuple(variable(each, draft, names) for each in draft.variables())
    findings += check_values(variables)
    if findings:
        raise ModelError(findings)
    return assembled(source, draft, functions, variables, tuple(sections.protocol.pulses))


def assembled(
    source: Source, draft: Draft, functions: tuple[Function, ...], variables: tuple[Variable, ...],
    pulses: tuple[Pulse, ...],
) -> Foreign:
    return Foreign(
        source,
        name=draft.meta.get(NAME, "") or PurePath(source.name).stem,
        components=tuple(components(draft)),
        variables=variables,
        states=tuple(draft.starts),  # a state vector is in the order of initial values
        functions=functions,
        pulses=pulses,
        doc=described(draft.meta),
        citations=tuple(dict.fromkeys(each for text in draft.meta.values() for each in cited(text))),
        warnings=tuple(losses(variables, pulses)),
    )


def variable(draft: DraftVariable, model: Draft, names: Names) -> Variable:
    """A variable with full names. What a line says of the value of the time is of no use to anybody."""
    start = model.starts.get(draft.path) if draft.is_state else None
    binding = word(draft, "bind")
    return Variable(
        draft.path,
        draft.span,
        unit=unit(draft),
        value=None if draft.value is None or binding == TIME else names.in_variable(draft.value, draft),
        start=None if start is None or start.value is None else names.in_start(start.value),
        binding=binding,
        label=word(draft, "label"),
        identifier=draft.meta.get(IDENTIFIER, ""),
        doc=described(draft.meta),
    )


def unit(draft: DraftVariable) -> UnitLiteral | None:
    given = draft.properties.get("in")
    return given.value if given is not None and isinstance(given.value, UnitLiteral) else None


def word(draft: DraftVariable, keyword: str) -> str:
    given = draft.properties.get(keyword)
    return given.value if given is not None and isinstance(given.value, str) else ""


def components(draft: Draft) -> Iterator[Component]:
    for each in draft.components.values():
        yield Component(each.path[0], each.span, described(each.meta), each.meta.get(IDENTIFIER, ""))


def described(meta: Mapping[str, str]) -> str:
    """The description, and below it whatever else is said, each with its key, as a paragraph of its own."""
    others = [f"{key}: {text}" for key, text in meta.items() if key not in (NAME, TEXT, IDENTIFIER) and text]
    return "\n\n".join([*filter(None, [meta.get(TEXT, "")]), *others])
