"""Small files of CellML, so that a test shows the few lines that it is about."""

from __future__ import annotations

from iondsl.importers.cellml import read
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.source import Source

NAMESPACES = {version: f"http://www.cellml.org/cellml/{version}#" for version in ("1.0", "1.1", "2.0")}
MATHML = "http://www.w3.org/1998/Math/MathML"
UNITS = """
<units name="ms"><unit units="second" prefix="milli"/></units>
<units name="mV"><unit units="volt" prefix="milli"/></units>
"""


def model(body: str, version: str = "2.0") -> str:
    """A whole file."""
    own = NAMESPACES[version]
    return (
        f'<model name="small" xmlns="{own}" xmlns:cellml="{own}" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:cmeta="http://www.cellml.org/metadata/1.0#">{UNITS}{body}</model>'
    )


def component(variables: str, *equations: str, name: str = "c") -> str:
    """Variables as `x mV 3`, one a line: name, units, and an initial value if there is one."""
    declared = "".join(variable(*line.split()) for line in variables.strip().splitlines())
    return f'<component name="{name}">{declared}{math(*equations)}</component>'


def variable(name: str, units: str, initial: str = "", interface: str = "") -> str:
    start = f' initial_value="{initial}"' if initial else ""
    return f'<variable name="{name}" units="{units}"{start}{interface}/>'


def math(*equations: str) -> str:
    return f'<math xmlns="{MATHML}">{"".join(equations)}</math>' if equations else ""


def equal(left: str, right: str) -> str:
    return apply("eq", left, right)


def apply(operator: str, *operands: str) -> str:
    return f"<apply><{operator}/>{''.join(operands)}</apply>"


def ci(name: str) -> str:
    return f"<ci>{name}</ci>"


def cn(number: str, units: str = "dimensionless") -> str:
    return f'<cn cellml:units="{units}">{number}</cn>'


def diff(name: str, by: str = "t") -> str:
    return f"<apply><diff/><bvar><ci>{by}</ci></bvar><ci>{name}</ci></apply>"


def read_text(text: str, name: str = "small.cellml") -> Foreign:
    return read(Source(name, text))


def by_path(found: Foreign) -> dict[Path, Variable]:
    return {each.path: each for each in found.variables}


def connection(one: str, other: str, pair: tuple[str, str], version: str = "2.0") -> str:
    """A variable of one component connected with one of another."""
    named = f'component_1="{one}" component_2="{other}"'
    mapped = f'<map_variables variable_1="{pair[0]}" variable_2="{pair[1]}"/>'
    if version == "2.0":
        return f"<connection {named}>{mapped}</connection>"
    return f"<connection><map_components {named}/>{mapped}</connection>"
