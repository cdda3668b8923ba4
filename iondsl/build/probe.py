"""What a C compiler accepts and what its flags mean on this processor, found out by tiny compilations."""

from __future__ import annotations

import json
from pathlib import Path

from iondsl.build.call import run
from iondsl.cache.store import delete
from iondsl.errors import CompilerError
from iondsl.immutable import frozen

# The first that the compiler accepts is used; the last, no flag at all, is what every compiler accepts.
NATIVE = (("-march=native",), ("-mcpu=native",), ())
PORTABLE_X86 = (("-march=x86-64-v3",), ())
PORTABLE = ((),)

# gcc keeps to half of a 512-bit register unless it is told otherwise.
WIDE = "-mprefer-vector-width=512"
# Widest first. Without any of these macros the unit is one double.
SIMD_MACROS = (("__AVX512F__", 512), ("__AVX__", 256), ("__SSE2__", 128), ("__ARM_NEON", 128))
SCALAR_BITS = 64

OPENMP_PROGRAM = "#include <omp.h>\nint main(void) { return omp_get_max_threads() < 1; }\n"
EMPTY_PROGRAM = "int main(void) { return 0; }\n"

# Part of the key that answers are kept under: other questions have other answers.
QUESTIONS = repr((NATIVE, PORTABLE_X86, WIDE, SIMD_MACROS, OPENMP_PROGRAM))


@frozen
class Probe:
    """`architecture` and `threads` are accepted flags; `simd_bits` is the vector width that they allow."""

    version: str
    architecture: tuple[str, ...]
    threads: tuple[str, ...]
    simd_bits: int


def ask(command: tuple[str, ...], folder: Path, portable: bool) -> Probe:
    """Three or four tiny compilations. Raises CompilerError where not even an empty program compiles."""
    place = folder / "scratch"
    place.mkdir()
    compiles(command, EMPTY_PROGRAM, place)
    architecture, macros = target_macros(command, place, portable)
    bits = next((bits for name, bits in SIMD_MACROS if name in macros), SCALAR_BITS)
    if bits == 512 and accepts((*command, WIDE), EMPTY_PROGRAM, place):
        architecture += (WIDE,)
    threads = thread_flags(command, place)
    delete(place)
    return Probe(version(macros), architecture, threads, bits)


def target_macros(
    command: tuple[str, ...], place: Path, portable: bool
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The flags that choose the processor, and the macros that the compiler defines under them."""
    *wanted, plain = portable_flags() if portable else NATIVE
    for flags in wanted:
        try:
            return flags, defined_macros((*command, *flags), place)
        except CompilerError:
            continue
    return plain, defined_macros((*command, *plain), place)


def portable_flags() -> tuple[tuple[str, ...], ...]:
    import platform  # slow to import, and only asked for here

    return PORTABLE_X86 if platform.machine() in ("x86_64", "AMD64") else PORTABLE


def defined_macros(command: tuple[str, ...], place: Path) -> dict[str, str]:
    source = place / "empty.c"
    source.write_text("", encoding="utf-8")
    lines = run((*command, "-dM", "-E", str(source))).splitlines()
    return {name: value for _, name, value in ((*line.split(" ", 2), "")[:3] for line in lines)}


def version(macros: dict[str, str]) -> str:
    """`gcc 12.2.0`, or what another compiler calls itself."""
    own = macros.get("__VERSION__", "").strip('"')
    return own if "__clang__" in macros else f"gcc {own}".strip()


def thread_flags(command: tuple[str, ...], place: Path) -> tuple[str, ...]:
    """OpenMP with threads where its library is there at run time too, else only its vector directives."""
    if accepts((*command, "-fopenmp"), OPENMP_PROGRAM, place, run_it=True):
        return ("-fopenmp",)
    return ("-fopenmp-simd",) if accepts((*command, "-fopenmp-simd"), EMPTY_PROGRAM, place) else ()


def accepts(command: tuple[str, ...], program: str, place: Path, run_it: bool = False) -> bool:
    try:
        executable = compiles(command, program, place)
        if run_it:
            run((str(executable),))
    except CompilerError:
        return False
    return True


def compiles(command: tuple[str, ...], program: str, place: Path) -> Path:
    source, executable = place / "probe.c", place / "probe"
    source.write_text(program, encoding="utf-8")
    run((*command, str(source), "-o", str(executable)), what="the C compiler, on a program of one line,")
    return executable


def to_json(answers: Probe) -> str:
    fields = {
        "version": answers.version,
        "architecture": answers.architecture,
        "threads": answers.threads,
        "simd_bits": answers.simd_bits,
    }
    return json.dumps(fields, indent=1) + "\n"


def from_json(text: str) -> Probe:
    fields = json.loads(text)
    return Probe(
        fields["version"], tuple(fields["architecture"]), tuple(fields["threads"]), fields["simd_bits"]
    )
