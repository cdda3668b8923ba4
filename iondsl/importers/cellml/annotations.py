"""Variables with what the file says of them: by the variable itself, or by one that is connected with it."""

from __future__ import annotations

from dataclasses import replace

from iondsl.importers.cellml.connections import Sources
from iondsl.importers.cellml.documents import Document
from iondsl.importers.cellml.instances import Declared
from iondsl.importers.cellml.metadata import documentation, identifier, labels
from iondsl.importers.foreign import Variable


class Annotations:
    """`connected` are the declarations of each number, its source first."""

    def __init__(self, sources: Sources) -> None:
        self.connected: dict[Declared, list[Declared]] = {each: [each] for each in sources.values()}
        for each, source in sources.items():
            if each is not source:
                self.connected[source].append(each)
        self.labels: dict[Document, dict[str, str]] = {}

    def annotated(self, source: Declared, variable: Variable) -> Variable:
        declarations = self.connected[source]
        own, doc = identifier(source.element), documentation(source.element)
        label = next(filter(None, map(self.label, declarations)), "")
        return replace(variable, identifier=own, label=label, doc=doc)

    def label(self, declared: Declared) -> str:
        document = declared.instance.document
        if document not in self.labels:
            self.labels[document] = labels(document.root)
        return self.labels[document].get(identifier(declared.element), "")
