"""What gcc says of the loops over cells of a kernel."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

# A loop that the compiler has removed, because it does nothing, is not in its report.
EMPTY = re.compile(r"ION_OWN_CONSTANTS = 0,")


def scalar_loops(text: str, command: tuple[str, ...], width: int, folder: Path) -> list[str]:
    """The loops of the part that steps blocks which are not of vectors of `width` bytes: their lines."""
    source = folder / "kernel.c"
    source.write_text(text, encoding="utf-8")
    part = ("-DION_PART=ION_BLOCKS", "-fopt-info-vec", "-c", str(source), "-o", str(folder / "kernel.o"))
    report = subprocess.run([*command, *part], check=True, capture_output=True, text=True).stderr
    found = re.findall(rf"kernel\.c:(\d+):\d+: optimized: loop vectorized using {width} byte", report)
    vectorised, lines = {int(line) for line in found}, text.splitlines()
    loops = [number for number, line in enumerate(lines, start=2) if line.strip().startswith("#pragma omp simd")]
    assert any("ion_cell_stage" in lines[number] for number in loops)
    # gcc names the line of the loop or of its body.
    missed = [number for number in loops if not vectorised & {number, number + 1}]
    if written_down(text, command, width, folder):
        missed = [number for number in missed if "c += ION_SEVERAL" not in lines[number - 1]]
    scalar = [" ".join(part.strip() for part in lines[number - 1 : number + 1]) for number in missed]
    return [each for each in scalar if "ion_cell_own" not in each or not EMPTY.search(text)]


def written_down(text: str, command: tuple[str, ...], width: int, folder: Path) -> bool:
    """Whether loops over several numbers at a time take vectors of `width` bytes as they are written."""
    source = folder / "several.c"
    source.write_text(f'{text}\n_Static_assert(ION_SEVERAL*sizeof(real) == {width}, "");\n', encoding="utf-8")
    return subprocess.run([*command, "-fsyntax-only", str(source)], capture_output=True, check=False).returncode == 0
