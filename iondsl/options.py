"""How a model is compiled: one frozen value, passed from the command line or the API to the stages that need it."""

from __future__ import annotations

from iondsl.errors import UsageError
from iondsl.immutable import frozen

DTYPES = ("float64", "float32")


@frozen
class Options:
    """`scheme` and `target` are names of modules in `iondsl.schemes` and `iondsl.targets`.

    `dtype` is `float64` or `float32`. `portable` builds for the platform's baseline (x86-64-v3 on x86-64) instead of
    this CPU. `held` names states that a protocol clamps and parameters that it drives: they become inputs. `varied`
    names parameters and inputs of which every cell has its own. `variant` is one of the model's, empty for the model
    as it stands. `fast` lets gates err by 1e-9 where that is proven for the `ranges` of states and parameters, texts
    such as `V=-120[mV]:80[mV]`, and for steps up to `dt`, a text, too; by default those that a run takes. Without it
    `ranges` are those of states and potentials that exact proofs assume.
    """

    scheme: str = "rush_larsen"
    target: str = "c"
    dtype: str = "float64"
    portable: bool = False
    held: tuple[str, ...] = ()
    varied: tuple[str, ...] = ()
    variant: str = ""
    fast: bool = False
    ranges: tuple[str, ...] = ()
    dt: str = ""

    def __post_init__(self) -> None:
        if self.dtype not in DTYPES:
            raise UsageError(f"unknown dtype `{self.dtype}`; available: {', '.join(DTYPES)}")
        if self.dt and not self.fast:
            raise UsageError("a longest `dt` is what a fast kernel is proven for: ask for one with `fast`")
