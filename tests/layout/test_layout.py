"""What the canonical layout is, construct by construct."""

from __future__ import annotations

import pytest

from iondsl import ModelError, format_text

LINES = [
    ("x=-a*( b+1 )^-2/f( c,k=3 )", "x = -a * (b + 1)^-2 / f(c, k = 3)"),
    ("x  =  a-b - -c", "x = a - b - -c"),
    ("x = ((a))*(b)", "x = ((a)) * (b)"),
    ("x=1.50e-03[ mM / (uA  ms) ]", "x = 1.50e-03 [mM/(uA ms)]"),
    ("x = a^( 1 / 3 )+b^( -1/n )", "x = a^(1/3) + b^(-1 / n)"),
    ("x '  [ 1 ]=x'", "x' [1] = x'"),
    ("x=1 if not(a<=b)and c==d else(2)", "x = 1 if not (a <= b) and c == d else (2)"),
    ("x=(V in[V])+(I as[1])", "x = (V in [V]) + (I as [1])"),
    ("x = carries-1", "x = carries - 1"),
    ("stimulus  I=0[A/F]carries-1  Ca,+2 K", "stimulus I = 0 [A/F] carries -1 Ca, +2 K"),
    ("current I_p  carries 3  Na,-2 K  :", "current I_p carries 3 Na, -2 K:"),
    ("flux J carries Ca.i from  i to o  per i :", "flux J carries Ca.i from i to o per i:"),
    ("gate n=.5:", "gate n = .5:"),
    ("reaction  R in  i:", "reaction R in i:"),
    ("use I_M  as I_slow from  channels.yamada_1989", "use I_M as I_slow from channels.yamada_1989"),
    ("2 A+B<->AB:k,-l", "2 A + B <-> AB : k, -l"),
    ("->B:0.3", "-> B : 0.3"),
    ("states C2=0.5,O", "states C2 = 0.5, O"),
    ("function f( x,k )=x", "function f(x, k) = x"),
    ("time t[ms]", "time t [ms]"),
    ('cite   "doi:10.1000/1"', 'cite "doi:10.1000/1"'),
    ('I = file( "a  b.csv",column="I" )', 'I = file("a  b.csv", column = "I")'),
    ('part p @ref :   "text"', 'part p @ref:                     "text"'),
    ('x=1@id   @two "a" # b', 'x = 1 @id @two                   "a"  # b'),
]


@pytest.mark.parametrize(("written", "line"), LINES)
def test_blanks(written: str, line: str) -> None:
    assert format_text(written) == f"{line}\n"
    assert format_text(line) == f"{line}\n"


def test_blocks_are_indented_by_four() -> None:
    text = "part a:\n b = 1\n part c:\n          d = 2\n e = 3\n"
    assert format_text(text) == "part a:\n    b = 1\n    part c:\n        d = 2\n    e = 3\n"


def test_blank_lines_group_and_no_more() -> None:
    text = "\n\npart a:\n\n    x = 1\n\n\n    y = 2\npart b:\n\n\n    # c\n\n    z = 3\n\n\n"
    assert format_text(text) == "part a:\n    x = 1\n\n    y = 2\npart b:\n    # c\n\n    z = 3\n"


def test_a_text_stands_in_the_column_of_its_neighbours() -> None:
    text = """\
membrane:
    state V = -65 [mV] "potential"
    V' = 0
    C = 1 [uF/cm^2] # measured

    param a_long_name = 1000 [mS/cm^2] "one"
    param g = 1 "two"
"""
    assert format_text(text) == """\
membrane:
    state V = -65 [mV]           "potential"
    V' = 0
    C = 1 [uF/cm^2]              # measured

    param a_long_name = 1000 [mS/cm^2]   "one"
    param g = 1                          "two"
"""


def test_a_line_that_would_push_texts_too_far_steps_out() -> None:
    long = f"x = {' + '.join(['a'] * 20)}"
    text = f'{long} "far"\nparam y = 1 "{"near " * 12}"\nparam z = 1 "{"nearer " * 14}"\n'
    assert format_text(text).splitlines() == [
        f'{long}    "far"',
        f'param y = 1                      "{"near " * 12}"',
        f'param z = 1  "{"nearer " * 14}"',
    ]


def test_long_lines_keep_to_themselves_unless_they_are_the_most() -> None:
    one, two, short = f"x = a{' + b' * 11}", f"y = a{' * b' * 11}", "z = 1"
    few = [f'{one.ljust(53)}"1"', f'{short.ljust(33)}"2"', f'{short.ljust(33)}"3"']
    assert format_text(f'{one} "1"\n{short} "2"\n{short} "3"').splitlines() == few
    most = [f'{one.ljust(53)}"1"', f'{short.ljust(53)}"2"', f'{two.ljust(53)}"3"']
    assert format_text(f'{one} "1"\n{short} "2"\n{two} "3"').splitlines() == most


def test_members_of_a_gate_have_their_equals_below_one_another() -> None:
    text = "gate m:\n  inf = 1\n  # its rate\n  alpha = 2\n  beta [1/ms] = 3\n  phi = 4\npart p:\n  a = 1\n  bc = 2\n"
    assert format_text(text) == """\
gate m:
    inf   = 1
    # its rate
    alpha = 2
    beta [1/ms] = 3
    phi   = 4
part p:
    a = 1
    bc = 2
"""


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("x = (1 +\n 2\n   + 3)", "x = (1\n    + 2\n    + 3)"),
        ("x = max(1\n  ,2\n  )", "x = max(1,\n    2)"),
        ("x = max(\n a, (b\n - c))", "x = max(\n    a, (b\n        - c))"),
        ("x =\n a *\n b + f(c,\n   d)", "x =\n    a\n    * b + f(c,\n        d)"),
        ("x =\n a\n * b\n + c\n if d\n else e", "x =\n    a\n            * b\n        + c\n    if d\n    else e"),
        ("x = f(\n k\n =\n 2 [\tmV])", "x = f(\n    k = 2 [mV])"),
        ('x =\n  1\n  "text"', 'x =\n    1\n    "text"'),
    ],
)
def test_the_breaks_of_the_author_stay(written: str, laid_out: str) -> None:
    assert format_text(written) == f"{laid_out}\n"


def test_comments_between_continued_lines() -> None:
    text = """\
osmolarity = # of the cell
  Na.i + # sodium
      # and its neighbour
  K.i( # potassium
    ) # all

"""
    assert format_text(text) == """\
osmolarity =                     # of the cell
    Na.i                         # sodium
    # and its neighbour
    + K.i(                       # potassium
        )                        # all
"""


def test_comments_that_meet_at_one_break_all_stay() -> None:
    text = "x = f(a # one\n  , # two\n  b)"
    assert format_text(text) == "x = f(a,                         # one\n    # two\n    b)\n"


def test_a_break_never_makes_a_header_swallow_its_block() -> None:
    text = "gate n = max((1\n  ), k = # of it\n  3):\n    inf = 1\n"
    assert format_text(text) == "gate n = max((1),                # of it\n    k = 3):\n    inf = 1\n"


def test_comments_stay_in_their_blocks() -> None:
    text = """\
  # above
part a:
# of b
  b =
    1
    # + 2
    # of a
  # still of a
 # neither here nor there
# of the file
c = 1
   # too deep
space s:
    # inside
  # inside, too
d = 2
  # last"""
    assert format_text(text) == """\
# above
part a:
    # of b
    b =
        1
        # + 2
        # of a
    # still of a
# neither here nor there
# of the file
c = 1
# too deep
space s:
    # inside
    # inside, too
d = 2
# last
"""


WIDE = "exp(gamma * v) * Na.i^3 * Ca.o"


def test_a_wide_equation_is_broken_behind_its_equals_and_before_operators() -> None:
    text = f"I = {WIDE} - {WIDE} * alpha + {WIDE} * beta + {WIDE}"
    assert format_text(text) == f"I =\n    {WIDE} - {WIDE} * alpha + {WIDE} * beta\n    + {WIDE}\n"


def test_a_wide_condition_is_broken_before_its_branches() -> None:
    text = f"I = {WIDE} if V < -40 else {WIDE} * delta if V < 0 else {WIDE} * epsilon"
    lines = ["I =", f"{WIDE} if V < -40", f"else {WIDE} * delta if V < 0", f"else {WIDE} * epsilon"]
    assert format_text(text) == "\n    ".join(lines) + "\n"


def test_a_wide_header_or_transition_is_broken_inside_parentheses_alone() -> None:
    sums = " + ".join(["long_name_of_a_rate"] * 7)
    assert format_text(f"A <-> B : {sums}, k") == f"A <-> B : {sums}, k\n"
    text = f"A <-> B : k, max({WIDE}, {WIDE}, {WIDE}, {WIDE})"
    assert format_text(text) == f"A <-> B : k, max({WIDE}, {WIDE}, {WIDE},\n    {WIDE})\n"


def test_a_line_that_cannot_go_on_is_not_broken() -> None:
    states = f"states {', '.join(f'long_name_{number} = 0.1' for number in range(9))}"
    assert format_text(states) == f"{states}\n"
    value = " + ".join(["Na.i^3 * Ca.o"] * 9)
    function = f"function f(a,                    # first\n    b) = {value}\n"
    assert format_text(function) == function


def test_the_rows_of_a_wide_list_are_filled() -> None:
    names = [f"part_{number}.state" for number in range(10, 40)]
    rows = format_text(f"order({', '.join(names)})").splitlines()
    assert [row.count(",") for row in rows] == [7, 7, 7, 7, 1]


def test_a_gate_is_not_made_too_wide() -> None:
    gate = f"gate n:\n    x = {'a * ' * 27}bc\n    alpha = 1\n    beta  = 2\n"
    assert len(gate.splitlines()[1]) == 118
    assert format_text(gate) == gate


def test_line_ends_and_the_byte_order_mark() -> None:
    assert format_text("\ufeffpart a:\r\n  x=1 # c \r\n\r\n  y=2") == (
        "part a:\n    x = 1                        # c\n\n    y = 2\n"
    )


def test_errors_of_form_are_raised_and_those_of_meaning_are_not() -> None:
    with pytest.raises(ModelError, match="E103"):
        format_text("x = (1\ny = 2\n")
    assert format_text("x=unknown") == "x = unknown\n"
