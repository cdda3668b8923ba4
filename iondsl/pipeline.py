"""The whole program on one page: every stage is a pure function of frozen values.

    text ──parse──▶ Program ──elaborate, check──▶ System ──symbolic──▶ Model ──schedule, passes──▶ Step
                                                    │                                              │
                                                  latex                                     cython, numpy
                                                                                                   │
                                                                      Cell ◀──load── extension ◀──build

Stages are imported where they are used: a check needs no SymPy, a warm run neither SymPy nor Lark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from iondsl.errors import Diagnostic, ModelError, errors
from iondsl.options import Options
from iondsl.source import Source

if TYPE_CHECKING:
    from iondsl.manifest import Manifest
    from iondsl.model import Model
    from iondsl.simulate.cell import Cell
    from iondsl.step import Step
    from iondsl.system import System

MANIFEST = "manifest.json"


def examine(source: Source, strict: bool = False) -> tuple[System, tuple[Diagnostic, ...]]:
    """text → System, with everything that is wrong or suspicious, in source order.

    `strict` reads every bare number as dimensionless.
    """
    from iondsl.checks import check, prove
    from iondsl.elaborate import elaborate
    from iondsl.parser import parse

    program, of_form = parse(source)
    system, of_meaning = elaborate(program, strict)
    findings = dict.fromkeys((*of_form, *of_meaning, *check(system)))
    if not errors(findings):
        findings |= dict.fromkeys(prove(system))
    return system, tuple(sorted(findings, key=Diagnostic.position))


def resolve(source: Source) -> System:
    """text → System. Raises ModelError with all errors."""
    system, findings = examine(source)
    if errors(findings):
        raise ModelError(findings)
    return system


def model_of(system: System) -> Model:
    """System → Model."""
    from iondsl.symbolic import build

    return build(system)


def step_of(model: Model, options: Options) -> Step:
    """Model + scheme → Step, optimised."""
    from iondsl.passes import optimise
    from iondsl.schedule import schedule

    return optimise(schedule(model, options))


def generate(source: Source, options: Options) -> dict[str, str]:
    """text → the files of a generated kernel by name: its source, its manifest, and its `.pyi` if it needs one."""
    from iondsl import manifest, targets
    from iondsl.describe import describe, unit_texts

    system = resolve(source)
    step = step_of(model_of(system), options)
    target = targets.load(options.target, reads="step")
    files = {
        f"{system.name}{target.EXTENSION}": target.generate(step, options, unit_texts(system)),
        MANIFEST: manifest.to_json(describe(system, step, options)),
    }
    return files | ({f"{system.name}.pyi": target.stub(step, options)} if hasattr(target, "stub") else {})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A kernel on disk: `path` is an extension, a Python file, or what else its target writes.

    `sources` is the folder of what was generated.
    """

    manifest: Manifest
    path: Path
    sources: Path


def compile_source(source: Source, options: Options) -> Compiled:
    """text → a kernel, each stage at most once: what was generated and built before is found again."""
    from iondsl import manifest
    from iondsl.build.extension import extension
    from iondsl.cache import store
    from iondsl.cache.fingerprint import source_key

    cache = store.locate()
    key = source_key([(source.name, source.text.encode())], options)
    sources = store.generated(cache, key, lambda: generate(source, options))
    described = manifest.from_json((sources / MANIFEST).read_text(encoding="utf-8"))
    text = text_in(sources, described.name)
    if text.suffix != ".pyx":
        return Compiled(described, text, sources)
    built = extension(text.read_text(encoding="utf-8"), described.name, options, cache)
    return Compiled(described, built, sources)


def text_in(sources: Path, name: str) -> Path:
    """What a target has written, whatever its extension; a warm run does not import the target to ask it."""
    named = (path for path in sources.iterdir() if path.name.startswith(f"{name}."))
    return next(path for path in named if path.suffix != ".pyi" and path.name != MANIFEST)


def cell_of(source: Source, options: Options) -> Cell:
    """text → a compiled model that can be run; a protocol that holds a state compiles a variant when it is used.

    Raises UsageError for a target whose text Python cannot import.
    """
    from iondsl.build.extension import load
    from iondsl.simulate.cell import Cell

    compiled = compile_source(source, options)
    module = load(compiled.path, compiled.manifest.name)
    return Cell(compiled.manifest, module, lambda held: cell_of(source, replace(options, held=held)))


def document(source: Source, target: str = "latex") -> str:
    """text → a document: the targets that read the System."""
    from iondsl import targets

    text: str = targets.load(target, reads="system").generate(resolve(source))
    return text
