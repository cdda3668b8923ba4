"""The whole program on one page: every stage is a pure function of frozen values.

    text ──parse──▶ Program ──elaborate, check──▶ System ──symbolic──▶ Model ──schedule, passes──▶ Step
                                                    │                                              │
                                                  latex                                     c, cython, numpy
                                                                                                   │
                                                                      Cell ◀──load── extension ◀──build

Stages are imported where they are used: a check needs no SymPy, a warm run neither SymPy nor Lark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from iondsl.errors import Diagnostic, ModelError, UsageError, errors, suggestion
from iondsl.options import Options
from iondsl.source import Source

if TYPE_CHECKING:
    from iondsl.cache.store import Cache
    from iondsl.elaborate.shared import Shared
    from iondsl.importers import Imported
    from iondsl.manifest import Manifest
    from iondsl.model import Model
    from iondsl.simulate.cell import Cell
    from iondsl.step import Step
    from iondsl.syntax import Program
    from iondsl.system import System

MANIFEST = "manifest.json"

Findings = tuple[Diagnostic, ...]


def source_of(name: str) -> Source:
    """A path or a bundled name → text of the language; a file of another tool is imported.

    Raises UsageError for what cannot be read, ModelError for what is no model of its format.
    """
    from iondsl import reading
    from iondsl.importers import is_foreign

    source = reading.read(name)
    return imported(source).source if is_foreign(source.name) else source


def imported(source: Source) -> Imported:
    """The text of a file of another tool → text of the language, with notes. Raises ModelError with all errors."""
    from iondsl import importers

    return importers.imported(source)


def examine(source: Source, strict: bool = False, library: bool = False) -> tuple[System, Findings]:
    """text → System, with everything that is wrong or suspicious, in source order: as it stands and in its variants.

    `strict` reads every bare number as dimensionless; `library`: a file without `model` will do.
    """
    from iondsl.checks import overlooked
    from iondsl.elaborate import no_model
    from iondsl.elaborate.comparison import compared
    from iondsl.elaborate.shared import Shared

    program, of_form = program_of(source)
    nameless = () if library else no_model(program)
    system, findings = compared(partial(meaning, program, (*nameless, *of_form), strict, shared=Shared()))
    return system, in_order(findings if errors(findings) else (*findings, *overlooked(system)))


def program_of(source: Source) -> tuple[Program, Findings]:
    """text → Program, with the parts that it uses in their places, and what is wrong with its form."""
    from iondsl.elaborate.use import expanded
    from iondsl.parser import parse

    program, of_form = parse(source)
    whole, of_parts = expanded(program)
    return whole, (*of_form, *of_parts)


def formatted(source: Source) -> str:
    """text → the same text in its canonical layout. Raises ModelError with what is wrong with its form."""
    from iondsl.layout import format_source

    return format_source(source)


def meaning(
    program: Program, of_form: Findings, strict: bool = False, variant: str = "", shared: Shared | None = None
) -> tuple[System, Findings]:
    """Program → System of one variant, with what is wrong in its form and its meaning.

    Laws are proven if nothing is wrong, and what is suspicious is looked for if they hold. `shared` is what one
    examination has read of other variants; it is not kept where something is wrong.
    """
    from iondsl.checks import check, prove, suspect
    from iondsl.elaborate import elaborate

    system, of_meaning = elaborate(program, strict, variant, shared)
    findings = (*of_form, *of_meaning, *check(system))
    if shared is not None and errors(findings):
        shared.forget()
    for stage in (prove, suspect):
        findings = findings if errors(findings) else (*findings, *stage(system))
    return system, findings


def outlined(source: Source) -> System:
    """text → System with nothing checked or proven, for what can be read off a model that is known to be right."""
    from iondsl.elaborate import elaborate

    program, _ = program_of(source)
    return elaborate(program)[0]


def in_order(findings: Findings) -> Findings:
    return tuple(sorted(dict.fromkeys(findings), key=Diagnostic.position))


def resolve(source: Source, variant: str = "", library: bool = False) -> System:
    """text → System. Raises ModelError with all errors, UsageError for a variant that the model does not have.

    `library`: a file without `model` will do.
    """
    from iondsl.elaborate import no_model

    program, of_form = program_of(source)
    nameless = () if library else no_model(program)
    system, findings = meaning(program, (*nameless, *of_form), variant=variant)
    return accepted(system, in_order(findings), variant)


def accepted(system: System, findings: Findings, variant: str = "") -> System:
    """The System, if nothing is wrong with it."""
    if errors(findings):
        raise ModelError(findings)
    if system.variant != variant:
        known = [each.name for each in system.variants]
        listed = f"its variants: {', '.join(known)}" if known else "it has none"
        raise UsageError(f"`{system.name}` has no variant `{variant}`\n  {suggestion(variant, known) or listed}")
    return system


def model_of(system: System) -> Model:
    """System → Model."""
    from iondsl.symbolic import build

    return build(system)


def step_of(model: Model, options: Options) -> Step:
    """Model + scheme → Step, optimised."""
    from iondsl.passes import optimise
    from iondsl.schedule import schedule

    return optimise(schedule(model, options), options)


def steps_of(source: Source, options: Options) -> list[tuple[str, Step]]:
    """text → the Step as it is scheduled, and what every pass leaves of it, by the name of the pass."""
    from iondsl.passes import stages
    from iondsl.schedule import schedule

    step = schedule(model_of(resolve(source, options.variant)), options)
    return [("as written", step), *stages(step, options)]


def generate(source: Source, options: Options) -> dict[str, str]:
    """text → the files of a generated kernel by name: its source, its manifest, and what else the target writes."""
    from iondsl import manifest, targets
    from iondsl.describe import describe, unit_texts

    system = resolve(source, options.variant)
    step = step_of(model_of(system), options)
    units = unit_texts(system)
    target = targets.load(options.target, reads="step")
    text = target.generate(step, options, units)
    files = {
        f"{system.name}{target.EXTENSION}": text,
        MANIFEST: manifest.to_json(describe(system, step, options)),
    }
    if hasattr(target, "driver"):
        files[f"{system.name}.py"] = target.driver(step, options, units, text)
    if hasattr(target, "stub"):
        files[f"{system.name}.pyi"] = target.stub(step, options)
    return files


@dataclass(frozen=True, slots=True)
class Compiled:
    """A kernel on disk: `path` is an extension, a Python file, maybe with its library beside it, or what else its
    target writes.

    `sources` is the folder of what was generated.
    """

    manifest: Manifest
    path: Path
    sources: Path


def compile_source(source: Source, options: Options) -> Compiled:
    """text → a kernel, each stage at most once: what was generated and built before is found again."""
    from iondsl import library, manifest, recording
    from iondsl.cache import store
    from iondsl.cache.code import code_key
    from iondsl.cache.fingerprint import source_key

    cache = store.locate()
    read = [(source.name, source.text.encode()), *library.files(source), *recording.files(source)]
    key = source_key(read, options, code_key(cache))
    sources = store.generated(cache, key, lambda: generate(source, options))
    described = manifest.from_json(text_of(sources / MANIFEST))
    return Compiled(described, built(sources, described.name, options, cache), sources)


def built(sources: Path, name: str, options: Options, cache: Cache) -> Path:
    """What was generated, compiled where it is a text in Cython, or one in C with a module that drives it.

    A warm run does not import the target to ask it: what there is to do is seen from the files.
    """
    named = (path for path in sources.iterdir() if path.name.startswith(f"{name}.") and path.name != MANIFEST)
    texts = {path.suffix: path for path in named}
    if ".pyx" in texts:
        from iondsl.build.extension import extension

        return extension(text_of(texts[".pyx"]), name, options, cache)
    if {".c", ".py"} <= texts.keys():
        from iondsl.build.library import library

        return library(text_of(texts[".c"]), text_of(texts[".py"]), name, options, cache)
    return next(path for suffix, path in texts.items() if suffix != ".pyi")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def cell_of(source: Source, options: Options) -> Cell:
    """text → a compiled model that can be run; what a run holds or varies compiles another kernel when it is used.

    Raises UsageError for a target whose text Python cannot import.
    """
    from iondsl.build.loading import load
    from iondsl.simulate.cell import Cell

    compiled = compile_source(source, options)
    module = load(compiled.path, compiled.manifest.name)
    variant = cache(lambda held, varied: cell_of(source, replace(options, held=held, varied=varied)))
    return Cell(compiled.manifest, module, variant)


def document(source: Source, target: str = "latex", variant: str = "") -> str:
    """text → a document: the targets that read the System; without a variant, of the model with all that it has."""
    from iondsl import targets

    system = resolve(source, variant) if variant else accepted(*examine(source))
    text: str = targets.load(target, reads="system").generate(system)
    return text
