"""`.tex` → `.pdf`, by pdflatex where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from iondsl.errors import CompilerError

TYPESETTER = "pdflatex"
PACKAGES = "texlive-latex-base, texlive-latex-recommended, texlive-science and texlive-pictures"
# No file is run by TeX, and no question asked: the first error ends it.
OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")
# The second run knows the widths of tables and the numbers of equations.
RUNS = 2
LAST_LINES = 15
LONGEST = 300.0


class TexMissingError(CompilerError):
    """There is no pdflatex: the `.tex` is all that there is."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF, and what TeX said of the last run."""

    pdf: Path
    log: str


def typeset(tex: Path) -> Typeset:
    """Typeset a document; the PDF lies beside it, with nothing else of TeX's.

    Raises:
        TexMissingError: pdflatex is not on the path.
        CompilerError: pdflatex failed; the message ends with the last lines of its log.
    """
    program = shutil.which(TYPESETTER)
    if program is None:
        raise TexMissingError(f"{TYPESETTER} is not installed: {tex} was left as it is\n  install {PACKAGES}")
    with TemporaryDirectory() as folder:
        # Under this name, as TeX stumbles over some that users give.
        copy = Path(folder, "document.tex")
        shutil.copy(tex, copy)
        for _ in range(RUNS):
            _run(program, copy, tex)
        log = copy.with_suffix(".log").read_text(encoding="latin-1")
        pdf = tex.with_suffix(".pdf")
        shutil.copy(copy.with_suffix(".pdf"), pdf)
    return Typeset(pdf, log)


def _run(program: str, copy: Path, tex: Path) -> None:
    command = (program, *OPTIONS, copy.name)
    try:
        done = subprocess.run(
            command, cwd=copy.parent, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CompilerError(f"{TYPESETTER} did not come to an end on {tex}: {error}") from error
    if done.returncode != 0:
        said = done.stdout.decode("latin-1").strip().splitlines()[-LAST_LINES:]
        lines = [f"{TYPESETTER} failed on {tex} with status {done.returncode}", *(f"  | {line}" for line in said)]
        raise CompilerError("\n".join(lines))
