"""A file and all that it imports. Only files in its own folder, or in folders in that, are ever opened."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from iondsl import reading
from iondsl.errors import ModelError, UsageError
from iondsl.importers.cellml.documents import Document, own_children, read_document
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.words import VERSIONS, XLINK
from iondsl.importers.xml import Element, read_xml
from iondsl.source import Source

MAX_FILES = 100
INSIDE = "files are imported from the folder of the model: copy it there, and name it relative to the file that imports"


def read_files(source: Source, findings: Findings) -> Document:
    """The file, with the documents that it imports.

    Raises:
        ModelError: the file itself is no CellML at all.
    """
    return Files(Path(source.name).parent, findings).read(source, ())


class Files:
    """`read_already` has every file once, however often it is imported."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder, self.findings = folder, findings
        self.read_already: dict[Path, Document | None] = {}

    def read(self, source: Source, importing: tuple[Path, ...]) -> Document:
        """`importing` are the files that wait for this one."""
        document = read_document(source, root_of(source), self.findings)
        path = Path(source.name).resolve()
        for element in own_children(document.root, "import"):
            href = element.get("href", XLINK)
            found = None if href is None else self.imported(element, href, source, (*importing, path))
            if found is not None:
                document.imports[element] = found
        return document

    def imported(self, element: Element, href: str, source: Source, importing: tuple[Path, ...]) -> Document | None:
        path = self.located(element, href, source)
        if path is None:
            return None
        whole = path.resolve()
        if whole in importing:
            circle = " imports ".join(f"`{each.name}`" for each in (*importing[importing.index(whole) :], whole))
            self.findings.add("E638", f"a circle of imports: {circle}", element.tag)
            return None
        if whole not in self.read_already:
            self.read_already[whole] = self.opened(element, path, importing)
        return self.read_already[whole]

    def opened(self, element: Element, path: Path, importing: tuple[Path, ...]) -> Document | None:
        if len(self.read_already) >= MAX_FILES:
            self.findings.add("E632", f"more than {MAX_FILES} files are imported", element.tag)
            return None
        try:
            source = reading.file(str(path))
            return None if source is None else self.read(source, importing)
        except UsageError as error:
            self.findings.add("E637", str(error).split("\n")[0], element.tag)
        except ModelError as error:
            self.findings.all += error.diagnostics
        return None

    def located(self, element: Element, href: str, source: Source) -> Path | None:
        """The file that an import names; E636 if it may not be opened, E637 if it is not there."""
        place, name = element.place("href"), file_name(href)
        if name is None:
            self.findings.add("E636", f"`{href}` is not the name of a file", place, INSIDE)
            return None
        path = Path(source.name).parent / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            there = path.is_file()
        except (OSError, RuntimeError):  # a name that is too long, links in a circle
            inside, there = True, False
        if name.is_absolute() or ".." in name.parts or not inside:
            self.findings.add("E636", f"`{href}` leads out of the folder of the model", place, INSIDE)
        elif not there:
            self.findings.add("E637", f"there is no file `{path}`", place)
        else:
            return path
        return None


def file_name(href: str) -> PurePosixPath | None:
    """The path in a reference; None if that is more than a path."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    name = unquote(parts.path)
    if any((parts.scheme, parts.netloc, parts.query, parts.fragment, "\0" in name, "\\" in name)):
        return None
    return PurePosixPath(name)


def root_of(source: Source) -> Element:
    """The root element; E633 if it is not that of a model."""
    root = read_xml(source)
    if root.name == "model" and root.namespace in VERSIONS:
        return root
    findings = Findings()
    versions = ", ".join(VERSIONS)
    if root.name == "model":
        message = f"a model in the namespace `{root.namespace}`" if root.namespace else "a model without namespace"
        findings.add("E633", f"{message}, which is none of CellML", root.tag, f"these are read: {versions}")
    else:
        findings.add("E633", f"`<{root.name}>` is no CellML model", root.tag, "the root is `<model>`")
    raise ModelError(findings.all)
