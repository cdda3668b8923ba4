"""`iondsl export`: a model as a document."""

from __future__ import annotations

from pathlib import Path

import click

from iondsl import pipeline, resources
from iondsl.cli._options import model_argument, module_of, variant_option
from iondsl.cli._output import say
from iondsl.cli._paths import refusals
from iondsl.errors import UsageError

FILE = click.Path(path_type=Path)


def format_of(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """The name of a target; a model in its place is a slip that is often made."""
    if value.endswith(".ion") or value in resources.bundled_models():
        context.fail(f"the format comes first: `iondsl export latex {value}`")
    return module_of("iondsl.targets")(context, parameter, value)


@click.command(name="export")
@click.argument("target", metavar="FORMAT", callback=format_of)
@model_argument
@variant_option
@click.option("-o", "out", type=FILE, metavar="FILE", help="Write to this file, not to the terminal.")
@click.option("--pdf", "wants_pdf", is_flag=True, help="Typeset it, too: the PDF lies beside the .tex file.")
def command(target: str, model: str, variant: str, out: Path | None, wants_pdf: bool) -> None:
    """Write a model's equations and tables as a document; FORMAT is latex.

    A model with variants is written once, with what they restate beside it; --variant writes one of them alone.
    """
    from iondsl import targets

    suffix = targets.load(target, reads="system").EXTENSION
    if wants_pdf and suffix != ".tex":
        raise UsageError(f"--pdf typesets .tex files, and {target} writes {suffix}")
    source = pipeline.source_of(model)
    if out is None and wants_pdf:
        out = Path(Path(source.name).stem + suffix)
    if problems := refusals("-o", out, (suffix,)):
        raise UsageError("\n".join(problems))
    text = pipeline.document(source, target, variant)
    if out is None:
        say(text.rstrip("\n"))
        return
    write(out, text)
    if wants_pdf:
        typeset(out)


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        raise UsageError(f"cannot write {path}: {problem.strerror or problem}") from problem
    say(f"wrote {path}")


def typeset(tex: Path) -> None:
    """Raises CompilerError where there is no TeX or it fails; the `.tex` stays."""
    from iondsl import pdf

    say(f"wrote {pdf.typeset(tex).pdf}")
