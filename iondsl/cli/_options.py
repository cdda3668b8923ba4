"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from iondsl import plugins
from iondsl.errors import suggestion
from iondsl.options import Options

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DEFAULTS = Options()


model_argument = click.argument("model", metavar="FILE")


def kernel_options(command: Decorated) -> Decorated:
    """`--target`, `--scheme` and `--dtype`."""
    for decorate in (dtype, scheme, target):
        command = decorate(command)
    return command


def module_of(package: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """A callback that lets only names of modules in a package pass."""

    def check(ctx: click.Context, param: click.Parameter, value: str) -> str:
        known = plugins.names(package)
        if value not in known:
            listed = f"`{value}` is not one of {', '.join(known)}"
            raise click.BadParameter("; ".join(filter(None, (listed, suggestion(value, known)))), ctx, param)
        return value

    return check


variant_option = click.option(
    "--variant", metavar="NAME", default="", help="One of the model's variants, as `iondsl models` lists them."
)
target = click.option(
    "--target",
    metavar="NAME",
    default=DEFAULTS.target,
    callback=module_of("iondsl.targets"),
    help="What computes: c, a native library; cython, the same as one extension module; numpy, slow; or one added.",
)
scheme = click.option(
    "--scheme",
    metavar="NAME",
    default=DEFAULTS.scheme,
    callback=module_of("iondsl.schemes"),
    help=f"How to integrate: {', '.join(plugins.names('iondsl.schemes'))}.",
)
dtype = click.option(
    "--dtype", type=click.Choice(("float64", "float32")), default=DEFAULTS.dtype, help="The type of all numbers."
)

FAST = "Step gates by polynomials where their error is proven to be below 1e-9, for ranges of states and parameters."
RANGE = (
    "What the kernel is proven for and cells are held to: of a state, or of a reversal potential that follows from "
    "parameters, by default '-500[mV]:500[mV]' (float32: 200) where a proof needs it; with --fast of a state, by "
    "default '-120[mV]:80[mV]' of every V and nothing of others, or of a parameter, by default its value. May be "
    "repeated."
)


def fast_options(command: Decorated) -> Decorated:
    """`--fast` and `--range`."""
    ranged = click.option("--range", "ranges", metavar="NAME=LOW:HIGH", multiple=True, help=RANGE)
    return click.option("--fast", is_flag=True, help=FAST)(ranged(command))
