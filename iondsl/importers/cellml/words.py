"""The words of the format: namespaces, and which elements mean something."""

from __future__ import annotations

VERSIONS = {
    "http://www.cellml.org/cellml/1.0#": "1.0",
    "http://www.cellml.org/cellml/1.1#": "1.1",
    "http://www.cellml.org/cellml/2.0#": "2.0",
}
XLINK = "http://www.w3.org/1999/xlink"
CMETA = "http://www.cellml.org/metadata/1.0#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# What may stand in an element, of the words of the format itself. Elements of other namespaces are annotations.
CHILDREN = {
    "model": ("units", "component", "group", "connection", "import", "encapsulation"),
    "component": ("units", "variable", "reaction", "reset"),
    "units": ("unit",),
    "import": ("component", "units"),
    "connection": ("map_components", "map_variables"),
    "group": ("relationship_ref", "component_ref"),
    "encapsulation": ("component_ref",),
    "component_ref": ("component_ref",),
}
