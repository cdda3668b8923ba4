"""`iondsl compile`: a module that steps the model, importable without iondsl."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iondsl import pipeline
from iondsl.cli._options import fast_options, kernel_options, model_argument, variant_option
from iondsl.cli._output import say
from iondsl.errors import UsageError
from iondsl.options import Options

if TYPE_CHECKING:
    from iondsl.manifest import Manifest


@click.command(name="compile")
@model_argument
@click.option(
    "-o", "folder", type=click.Path(path_type=Path), metavar="DIR", default=".", help="Where to write the module."
)
@variant_option
@kernel_options
@fast_options
@click.option("--dt", metavar="TIME", default="", help="With --fast: the longest step, in the model's unit of time.")
@click.option("--vary", metavar="NAMES", default="", help="Parameters and inputs that differ by cell, as in I_Na.g,T.")
@click.option("--keep-source", is_flag=True, help="Write the generated source, too.")
@click.option("--portable", is_flag=True, help="Build for x86-64-v3, or this platform's baseline, not for this CPU.")
def command(
    model: str,
    folder: Path,
    variant: str,
    target: str,
    scheme: str,
    dtype: str,
    fast: bool,
    ranges: tuple[str, ...],
    dt: str,
    vary: str,
    keep_source: bool,
    portable: bool,
) -> None:
    """Compile a model to a module that Python imports without iondsl.

    It holds STATES, PARAMETERS and INPUTS, initial_state(cells) and step(state, parameters, inputs, t, dt, steps).
    """
    from iondsl.build.artifact import place, refuse_name, shadow

    if fast and not dt:
        raise UsageError("--fast proves steps up to a length: give it as --dt, such as --dt 0.01")
    varied = tuple(sorted(name.strip() for name in vary.split(",") if name.strip()))
    options = Options(scheme, target, dtype, portable, (), varied, variant, fast, ranges, dt)
    compiled = pipeline.compile_source(pipeline.source_of(model), options)
    refuse_name(compiled.path)
    refuse_fixed(compiled.manifest)
    for path in place(compiled.path, compiled.sources, folder, keep_source):
        say(f"wrote {path}")
    if other := shadow(folder / compiled.path.name):
        say(f"note: `import {compiled.manifest.name}` finds {other} before it: delete that one", error=True)


def refuse_fixed(manifest: Manifest) -> None:
    """Raises UsageError for what varies by cell in a fast kernel that is proven for one value of it."""
    ranges = manifest.assumed.ranges if manifest.assumed is not None else ()
    fixed = [each for each in ranges if each.low == each.high and each.name in manifest.options.varied]
    if fixed:
        raise UsageError("\n".join(
            f"`{each.name}` is to vary by cell, and --fast is proven for {each.low:.10g} alone: give it a --range"
            for each in fixed
        ))  # fmt: skip
