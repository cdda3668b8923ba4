"""CellML for the exact evaluator: Myokit reads it, and libcellml puts in what it imports, which Myokit cannot."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.etree import ElementTree

import libcellml
import myokit
import myokit.formats


def read_cellml(path: Path) -> myokit.Model:
    importer = myokit.formats.importer("cellml")
    if not imports(path):
        return importer.model(str(path))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.cellml")
        whole.write_text(flattened(path), encoding="utf-8")
        return importer.model(str(whole))


def imports(path: Path) -> bool:
    return ElementTree.parse(path).getroot().find("{*}import") is not None


def flattened(path: Path) -> str:
    """The model as one CellML 2.0 file. Raises ValueError for what libcellml does not find."""
    model = libcellml.Parser(False).parseModel(path.read_text(encoding="utf-8"))
    importer = libcellml.Importer(False)
    if not importer.resolveImports(model, str(path.parent)):
        raise ValueError(f"{path}: {importer.error(0).description()}")
    return str(libcellml.Printer().printModel(importer.flattenModel(model)))
