"""The plots of docs/models.md: what `iondsl run` draws of each bundled model."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib as mpl

from iondsl.cli import main
from iondsl.system import System

FOLDER = Path(__file__).parent.parent.parent / "docs" / "models"

LONGEST_LINE = 120
TENTHS = re.compile(r"(\d\.\d)\d+")

# What is drawn of a model that has no line here: a second of its first protocol.
USUAL = "--until 1000"
# Long runs, and what is worth seeing beside V. `--protocol` is that of the model which stands first, unless it is here.
RUNS = {
    "beeler_reuter_1977": "--until 500 --record V,Ca.i",
    "calcium_pump": "--until 200 --record Ca.i,Ca.core,I_pump",
    "clancy_rudy_2002": "--until 40 --record V,I_Na,I_Na.gating.O",
    "connor_stevens_1971": "--until 450",
    "courtemanche_1998": "--until 600 --record V,Ca.i",
    "cressman_2009": "--until 90000 --dt 0.02 --every 50 --record K.o,Na.i",
    "difrancesco_noble_1985": "--until 3000 --every 1 --record V,Ca.i",
    "fabbri_2017": "--until 10000 --every 5",
    "golomb_2007": "--until 1100 --every 0.1",
    "hodgkin_huxley_1952": "--until 50 --record V,I_Na.m,I_Na.h,I_K.n",
    "hubel_dahlem_2014": "--until 130000 --dt 0.05 --every 200 --scheme rk4 --record V,K.o,Na.o",
    "kay_2017": "--until 10000000 --dt 4 --every 20000 --scheme rk4 --record V,i.volume",
    "luo_rudy_1991": "--until 500 --record V,Ca.i",
    "morris_lecar_1981": "--until 600 --record V,I_K.n",
    "noble_1962": "--until 1500 --every 1 --record V,I_K2.n",
    "ohara_rudy_2011": "--until 600 --record V,Ca.i",
    "ohara_rudy_land_2017": "--until 600 --record V,Ca.i,tension.active",
    "pinsky_rinzel_1994": "--until 1500 --every 0.5 --record soma.V,dend.V",
    "ten_tusscher_2006": "--until 600 --record V,Ca.i",
    "thalamic_relay": "--until 1400 --record V,I_T",
    "tor_ord_2019": "--until 600 --record V,Ca.i",
    "wang_buzsaki_1996": "--until 250",
}


def picture(name: str) -> str:
    """The file of a model's plot, in the folder."""
    return f"{name}.svg"


def words(system: System) -> list[str]:
    """What stands behind `iondsl`."""
    run = RUNS.get(system.name, USUAL)
    protocol = [] if "--protocol" in run or not system.protocols else ["--protocol", system.protocols[0].name]
    return ["run", system.name, *protocol, *run.split(), "--plot", picture(system.name)]


def command(system: System) -> str:
    """As one types it: in two lines where it is long."""
    line = f"iondsl {' '.join(words(system))}"
    return line if len(line) <= LONGEST_LINE else line.replace(" --plot", " \\\n    --plot")


def shown(system: System) -> str:
    """What is on a plot, as text."""
    asked = words(system)
    names = asked[asked.index("--record") + 1].replace(",", ", ") if "--record" in asked else "V"
    return f"{names}, protocol {asked[asked.index('--protocol') + 1]}" if "--protocol" in asked else names


def draw(system: System) -> None:
    """The command, with text as text and points to a tenth: a third of the size, and the same on most machines."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / picture(system.name)
    with mpl.rc_context({"svg.fonttype": "none"}):
        code = main([*words(system)[:-1], str(path)])
    assert code == 0, command(system)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rounded = (line if "<text" in line or "<!--" in line else TENTHS.sub(r"\1", line) for line in lines)
    path.write_text("".join(rounded), encoding="utf-8", newline="\n")
