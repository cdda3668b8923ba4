"""A file of CellML → Foreign: files, instances, connections, equations, values, each in a module of its own."""

from __future__ import annotations

from iondsl.errors import ModelError, errors
from iondsl.importers.cellml.assignment import assigned
from iondsl.importers.cellml.connections import sources
from iondsl.importers.cellml.equations import equations
from iondsl.importers.cellml.files import read_files
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Builder, Instance
from iondsl.importers.cellml.metadata import citations, documentation, identifier
from iondsl.importers.cellml.validation import validate
from iondsl.importers.cellml.values import Values
from iondsl.importers.cellml.variables import variables
from iondsl.importers.foreign import Component, Foreign
from iondsl.source import Source


def read(source: Source) -> Foreign:
    """The model of a file in CellML 1.0, 1.1 or 2.0; what it imports is read from its folder.

    Raises:
        ModelError: all that is wrong with it, and all that the language cannot say.
        UsageError: libcellml is not installed.
    """
    findings = Findings()
    document = read_files(source, findings)
    builder = Builder(document, findings)
    found = equations(builder.instances, findings)
    computed = {each.unknowns[0][0].variable for each in found if each.unknowns}
    its_source = sources(builder.instances, builder.wires, computed, findings)
    values = Values(builder, its_source, assigned(found, its_source, findings), findings)
    known = variables(values, findings)
    if not errors(findings.all):
        validate(document, findings)
    if wrong := errors(findings.all):
        raise ModelError(wrong)
    return Foreign(
        source,
        document.root.get("name") or "",
        tuple(map(component, builder.instances)),
        known,
        tuple(each.path for each in known if each.is_state),
        doc=documentation(document.root),
        citations=citations(document.root),
        warnings=tuple(findings.all),
    )


def component(instance: Instance) -> Component:
    element = instance.element
    return Component(instance.name, element.tag, documentation(element), identifier(element))
