"""The arguments of a call, in the order of the function's signature."""

from __future__ import annotations

from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import Signature
from iondsl.syntax import Call, Expression, Keyword


def bind(call: Call, signature: Signature, report: Report) -> tuple[Expression, ...] | None:
    """The arguments in the order of the signature, or None with E206 where they do not fit it."""
    problem = misfit(call, signature)
    if problem is not None:
        report(problem)
        return None
    if signature.variadic:
        return call.arguments
    values = dict(zip(signature.arguments, call.arguments, strict=False))
    values |= {keyword.name: keyword.value for keyword in call.keywords}
    return tuple(values[argument] for argument in signature.arguments if argument in values)


def misfit(call: Call, signature: Signature) -> Diagnostic | None:
    """What keeps a call from fitting the signature of its function."""
    if signature.variadic:
        return None if len(call.arguments) >= signature.least and not call.keywords else too_few(call, signature)
    if len(call.arguments) > len(signature.arguments):
        return wrong_arity(call, signature)
    taken = set(signature.arguments[: len(call.arguments)])
    for keyword in call.keywords:
        if keyword.name not in signature.arguments:
            return no_argument(keyword, call, signature)
        if keyword.name in taken:
            message = f"the argument `{keyword.name}` of `{call.function.text}` is given twice"
            return Diagnostic("E206", message, keyword.span)
        taken.add(keyword.name)
    return None if taken.issuperset(signature.needed) else wrong_arity(call, signature)


def too_few(call: Call, signature: Signature) -> Diagnostic:
    """Of a function that takes any number of arguments, by position only."""
    if call.keywords:
        message = f"the arguments of `{call.function.text}` have no names"
        return Diagnostic("E206", message, call.keywords[0].span, "write the values alone")
    message = f"`{call.function.text}` takes {signature.least} arguments or more, not {len(call.arguments)}"
    return Diagnostic("E206", message, call.span, f"write `{call.function.text}({', '.join(signature.arguments)})`")


def no_argument(keyword: Keyword, call: Call, signature: Signature) -> Diagnostic:
    cure = suggestion(keyword.name, signature.arguments)
    if not cure and signature.arguments:
        cure = f"its arguments are {', '.join(f'`{name}`' for name in signature.arguments)}"
    return Diagnostic("E206", f"`{call.function.text}` has no argument `{keyword.name}`", keyword.span, cure)


def wrong_arity(call: Call, signature: Signature) -> Diagnostic:
    most, least = len(signature.arguments), len(signature.needed)
    count = str(most) if most == least else f"{least} to {most}"
    given = len(call.arguments) + len(call.keywords)
    shown = ", ".join(signature.arguments)
    plural = "" if count == "1" else "s"
    message = f"`{call.function.text}` takes {count} argument{plural}, not {given}"
    return Diagnostic("E206", message, call.span, f"write `{call.function.text}({shown})`")
