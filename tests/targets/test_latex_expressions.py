"""Expressions as LaTeX: the digits of the author, no parentheses too many, none too few."""

from __future__ import annotations

import pytest

from iondsl.syntax import Name
from iondsl.targets.latex.lines import lines
from iondsl.targets.latex.naming import symbols_of
from iondsl.targets.latex.printer import Printer
from tests.targets.latex import equation, system_of

MILLIMOLAR = r"\milli\molar"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("0.07 * x", r"0.07\,x"),
        ("127140 * x", r"127140\,x"),
        ("1e-4 * x", r"10^{-4}\,x"),
        ("3.10e+05 * x", r"3.10\times 10^{5}\,x"),
        ("7e-02 * x", r"7\times 10^{-2}\,x"),
        (".5 * x", r".5\,x"),
        ("1.0 * x^3.0", r"1.0\,x^{3.0}"),
        ("2 * 3 * x * 4", r"2 \cdot 3\,x \cdot 4"),
        ("5.4 [mM] * x", rf"\SI{{5.4}}{{{MILLIMOLAR}}} \cdot x"),
        ("x / 5.4 [mM]", rf"\frac{{x}}{{\SI{{5.4}}{{{MILLIMOLAR}}}}}"),
        ("exp(1 [mM] / 5.4 [mM])", rf"\mathrm{{e}}^{{\SI{{1}}{{{MILLIMOLAR}}}/(\SI{{5.4}}{{{MILLIMOLAR}}})}}"),
        ("-2e-3 [10^-3 mM]", rf"-\SI{{2\times 10^{{-3}}\times 10^{{-3}}}}{{{MILLIMOLAR}}}"),
    ],
)
def test_numbers(written: str, printed: str) -> None:
    assert equation(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("initial(x)", "x(0)"),
        ("initial(x)^2", "(x(0))^{2}"),
        ("initial(initial(x) - a)", r"(x(0) - a)\big|_{t=0}"),
        ("2 * initial(a * x) / b", r"\frac{2\,(a\,x)\big|_{t=0}}{b}"),
        ("exp(-initial(x))", r"\exp(-x(0))"),
    ],
)
def test_what_is_taken_at_the_start(written: str, printed: str) -> None:
    assert equation(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a + b - x", "a + b - x"),
        ("a - (b - x)", "a - (b - x)"),
        ("a + -b", "a + (-b)"),
        ("-(a + b) + x", "-(a + b) + x"),
        ("a * (b + x)", r"a\,(b + x)"),
        ("a * (b * x)", r"a\,b\,x"),
        ("a * -b", r"a\,(-b)"),
        ("-a * b", r"-a\,b"),
        ("-(-a)", "-(-a)"),
        ("a / b", r"\frac{a}{b}"),
        ("(a + 1) / (b + 1)", r"\frac{a + 1}{b + 1}"),
        ("a / b / x", r"\frac{a}{b\,x}"),
        ("a / (b / x)", r"\frac{a}{b/x}"),
        ("a / b * x", r"\frac{a}{b}\,x"),
        ("a / b * x / z", r"\frac{a}{b}\,\frac{x}{z}"),
        ("2 * (1 / 3)", r"2 \cdot \frac{1}{3}"),
        ("-(a + b) / x", r"-\frac{a + b}{x}"),
        ("-0.1 * x / a", r"\frac{-0.1\,x}{a}"),
        ("1 / (1 + (a / b)^2)", r"\frac{1}{1 + (a/b)^{2}}"),
        ("x^2", "x^{2}"),
        ("-x^2", "-x^{2}"),
        ("(-x)^2", "(-x)^{2}"),
        ("(x^2)^3", r"(x^{2})^{3}"),
        ("x^a^b", r"x^{a^{b}}"),
        ("x^(a / 2 - 1)", r"x^{a/2 - 1}"),
        ("exp(x)^2", r"\bigl(\mathrm{e}^{x}\bigr)^{2}"),
        ("((a + b) * (x + 1))^2", r"\bigl((a + b)\,(x + 1)\bigr)^{2}"),
        ("a * (1 + a * (1 + a * (1 + a)))", r"a\,\Bigl(1 + a\,\bigl(1 + a\,(1 + a)\bigr)\Bigr)"),
        ("(a / b)^(1/3)", r"\biggl(\frac{a}{b}\biggr)^{1/3}"),
    ],
)
def test_arithmetic(written: str, printed: str) -> None:
    assert equation(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("exp(-(V + 65) / 18)", r"\mathrm{e}^{-(V + 65)/18}"),
        ("exp((80 + V) / -6.8)", r"\mathrm{e}^{(80 + V)/(-6.8)}"),
        ("exp(-(V + 27)^2 / 240)", r"\mathrm{e}^{-(V + 27)^{2}/240}"),
        ("exp(a / exp(x))", r"\exp\biggl(\frac{a}{\mathrm{e}^{x}}\biggr)"),
        ("log(x / a)", r"\ln\biggl(\frac{x}{a}\biggr)"),
        ("log10(x)", r"\log_{10}(x)"),
        ("tanh((V - a) / b) / 2", r"\frac{\tanh\bigl((V - a)/b\bigr)}{2}"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("abs(x) + floor(x) + ceil(x)", r"|x| + \lfloor x\rfloor  + \lceil x\rceil "),
        ("min(x, a, 2)", r"\min(x,\, a,\, 2)"),
        ("expm1(x)", r"\mathrm{e}^{x} - 1"),
        ("2 * expm1(x)", r"2\,\bigl(\mathrm{e}^{x} - 1\bigr)"),
        ("log1p(x)", r"\ln(1 + x)"),
        ("exprel(x)", r"\operatorname{exprel}(x)"),
        ("sigmoid(x)", r"\frac{1}{1 + \mathrm{e}^{-x}}"),
        ("heaviside(x) * sign(x)", r"\operatorname{H}(x)\,\operatorname{sgn}(x)"),
        ("pi * x' * t", r"\pi\,\frac{\mathrm{d}x}{\mathrm{d}t}\,t"),
        ("a / x'", r"\frac{a}{\mathrm{d}x/\mathrm{d}t}"),
        ("u in [V]", "u"),
        ("u as [ms]", r"\SI{\{u\}}{\milli\second}"),
    ],
)
def test_functions(written: str, printed: str) -> None:
    assert equation(written) == printed


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("1 if V > a else 2", [r"1 & \text{if } V > a", r"2 & \text{otherwise}"]),
        (
            "1 if V <= a else 2 if V == b else x",
            [r"1 & \text{if } V \le a", r"2 & \text{else if } V = b", r"x & \text{otherwise}"],
        ),
        (
            "(1 if V > 1 else 2) if V != 0 else 3",
            [
                r"1 & \text{if } V \ne 0 \;\text{and}\; V > 1",
                r"2 & \text{else if } V \ne 0",
                r"3 & \text{otherwise}",
            ],
        ),
        (
            "1 if not (V > 1 or x < 1) and a >= 1 else 2",
            [r"1 & \text{if } \text{not }(V > 1 \;\text{or}\; x < 1) \;\text{and}\; a \ge 1", r"2 & \text{otherwise}"],
        ),
    ],
)
def test_cases(written: str, rows: list[str]) -> None:
    assert equation(written) == r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def test_cases_in_a_product_stand_in_parentheses() -> None:
    assert equation("2 * (1 if V > 0 else x)").startswith(r"2\,\left(\begin{cases}")


def test_q10_and_nernst_are_written_out() -> None:
    ion = "temperature = 6.3 [degC]\nion Cl:\n    z = -1\n    i = 5 [mM]\n    o = 100 [mM]"
    assert equation("q10(reference = 6.3 [degC], factor = 3)", ion) == (
        r"3^{(T - \SI{6.3}{\degreeCelsius})/(\SI{10}{\kelvin})}"
    )
    potential = r"\frac{R\,T}{F}\,\ln\biggl(\frac{[\mathrm{Cl}^{-}]_{o}}{[\mathrm{Cl}^{-}]_{i}}\biggr)"
    assert equation("nernst(Cl)", ion) == "-" + potential
    assert equation("nernst(1, Cl.i, Cl.o)", ion) == potential
    assert equation("nernst(2, Cl.i, Cl.o)", ion) == potential.replace("{F}", r"{2\,F}")


def broken(written: str, width: float) -> list[str]:
    system = system_of(f"param V = 1\ny [1] = {written}")
    quantity = system.equations[0]
    assert quantity.value is not None
    assert not isinstance(quantity.value.written, Name)
    return lines(quantity.value.written, Printer(system, symbols_of(system)), width)


def test_a_line_is_broken_before_a_sum_goes_on() -> None:
    assert broken("V * 1.11 + V * 2.22 - V * 3.33 + V * 4.44", 110) == [
        r"V \cdot 1.11 + V \cdot 2.22",
        r"{} - V \cdot 3.33",
        r"{} + V \cdot 4.44",
    ]


def test_a_line_is_broken_in_parentheses_where_there_is_no_other_place() -> None:
    assert broken("2 * (V * 1.11 + V * 2.22 - V * 3.33)", 110) == [
        r"2\,\bigl(V \cdot 1.11 + V \cdot 2.22",
        r"{} - V \cdot 3.33\bigr)",
    ]


def test_a_fraction_that_is_too_wide_is_multiplied_by_its_reciprocal() -> None:
    assert broken("(V * 1.11 + V * 2.22 - V * 3.33) / V", 110)[0].startswith(r"\frac{1}{V}")
