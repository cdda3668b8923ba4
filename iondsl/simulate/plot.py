"""A picture of a run: a panel per unit over a common axis of time, the last for what the protocol drove."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from iondsl.errors import UsageError
from iondsl.manifest import WaveTable
from iondsl.simulate.files import heading, writing
from iondsl.simulate.kernel import Array
from iondsl.simulate.result import Result
from iondsl.simulate.waves import signal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Formats, with the metadata that keep the date out of the file: the same result, the same bytes.
FORMATS: dict[str, dict[str, Any]] = {"png": {}, "pdf": {"CreationDate": None}, "svg": {"Date": None}}

STYLE: Any = {
    "savefig.dpi": 200,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 1.2,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.hashsalt": "iondsl",
}
# By Okabe and Ito, distinct with every kind of colour vision: https://jfly.uni-koeln.de/color/
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")

# Many cells are drawn as the band in which most of them lie, its middle, and a few of them one by one.
BAND = (5.0, 50.0, 95.0)
TRACES = 3
# Points at which a driven input is drawn, beside its edges.
POINTS = 2000


def save_plot(result: Result, path: str | Path) -> None:
    """Draw a result to `path`, a PNG, PDF or SVG by its suffix; no display is needed.

    Raises UsageError where matplotlib is missing, the suffix is another one, nothing was recorded, or `path`
    cannot be written.
    """
    path = Path(path)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise UsageError(f"cannot plot to {path}: the name must end in .png, .pdf or .svg")
    if not result.names:
        raise UsageError("nothing was recorded that could be plotted")
    try:
        from matplotlib import rc_context
    except ImportError:
        raise UsageError("plots need matplotlib: pip install iondsl[plot]") from None
    with rc_context(STYLE), writing(path), path.open("wb") as file:
        figure(result).savefig(file, format=kind, metadata=FORMATS[kind])


def figure(result: Result) -> Figure:
    from matplotlib.figure import Figure  # not pyplot, which would look for a display

    recorded = by_unit(result, result.names)
    drives = {drive.target: drive for drive in result.drives if drive.target not in result.samples}
    driven = by_unit(result, tuple(drives))
    heights = [2.0] * len(recorded) + [1.0] * len(driven)
    drawing = Figure(figsize=(6.5, 0.6 + 0.9 * sum(heights)), layout="constrained")
    panels = drawing.subplots(len(heights), sharex=True, squeeze=False, height_ratios=heights)[:, 0]
    for panel, names in zip(panels, [*recorded, *driven], strict=True):
        for name, colour in zip(names, COLOURS * len(names), strict=False):
            if name in drives:
                draw_input(panel, drives[name], result.time, colour)
            else:
                draw_samples(panel, name, result.time, result[name], colour)
        label(panel, names, result.units[names[0]])
    panels[-1].set_xlabel(heading("time", result.time_unit))
    drawing.align_ylabels(list(panels))
    return drawing


def by_unit(result: Result, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Names that share a unit, in the order of the first of each; one without a known unit stays alone."""
    groups: dict[str, tuple[str, ...]] = {}
    for name in names:
        unit = result.units[name] or f"of {name}"
        groups[unit] = (*groups.get(unit, ()), name)
    return list(groups.values())


def draw_samples(panel: Axes, name: str, time: Array, values: Array, colour: str) -> None:
    cells = values.shape[1]
    if cells == 1:
        panel.plot(time, values[:, 0], color=colour, label=name)
        return
    low, middle, high = np.percentile(values, BAND, axis=1)
    band = f"{BAND[0]:g}–{BAND[-1]:g} % of {cells} cells"
    panel.fill_between(time, low, high, color=colour, alpha=0.25, linewidth=0, label=band)
    for cell in np.unique(np.linspace(0, cells - 1, TRACES).astype(int)):
        panel.plot(time, values[:, cell], color=colour, alpha=0.6, linewidth=0.5)
    panel.plot(time, middle, color=colour, label=f"{name}, median")


def draw_input(panel: Axes, drive: WaveTable, time: Array, colour: str) -> None:
    """Drawn from its definition: a short pulse may fall between two samples. Edges are vertical."""
    course = signal(drive)
    edges = course.edges(time[0], time[-1])
    grid = np.linspace(time[0], time[-1], POINTS)
    points = np.unique(np.concatenate([grid, edges, np.nextafter(edges, -np.inf)]))
    points = points[points >= time[0]]
    panel.plot(points, course.value(points, points), color=colour, label=drive.target)


def label(panel: Axes, names: tuple[str, ...], unit: str) -> None:
    shown = "" if unit == "1" else typeset(unit)
    panel.set_ylabel(heading(names[0], shown) if len(names) == 1 else heading("", shown).strip())
    panel.margins(x=0)
    handles, _ = panel.get_legend_handles_labels()
    if len(handles) > 1:  # above the panel, where it hides nothing
        panel.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0, ncols=min(len(handles), 4))


def typeset(unit: str) -> str:
    """`uA/cm^2` as µA/cm²."""
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    powers = re.sub(r"\^\(?(-?\d+)\)?", lambda found: found[1].translate(raised), unit)
    return re.sub(r"\bu(?=[A-Za-z])", "µ", powers)
