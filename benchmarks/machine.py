"""What a table was measured on, and when."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from iondsl.build.compiler import find
from iondsl.cache.store import locate
from iondsl.doctor import package_version

PACKAGES = ("numpy", "numba", "sympy", "cython")


def machine() -> str:
    compiler = find(locate())
    versions = [f"{name} {found}" for name in PACKAGES if (found := package_version(name))]
    hardware = f"{processor_name()}, {os.cpu_count()} processors, vectors of {compiler.simd_bits} bits"
    software = f"{platform.system()}, {compiler.version}, Python {platform.python_version()}, {', '.join(versions)}"
    return f"Measured on {date.today().isoformat()}: {hardware}; {software}."


def processor_name() -> str:
    """As Linux names it, or else as Python does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
