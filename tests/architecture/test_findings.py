"""Each finding that a plan of reorganisation can have is provoked by a test."""

import ast
from collections.abc import Iterator

from noivu.planning.tests.test_findings import OF_THE_WHOLE, PROVOKED
from tests.architecture.house import SOURCE, syntax

MAKERS = {"Finding", "find", "_finding"}


def made(module: ast.Module) -> Iterator[str]:
    """The codes of the findings that a module makes, written there or named by a constant."""
    named = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in MAKERS:
            said = (named.get(given.id) if isinstance(given, ast.Name) else given for given in call.args)
            yield from (
                each.value
                for each in said
                if isinstance(each, ast.Constant) and str(each.value).startswith("planning.")
            )


def test_every_finding_is_provoked_by_a_test() -> None:
    codes = {code for path in (SOURCE / "planning").glob("*.py") for code in made(syntax(path))}
    assert len(codes) >= 15
    assert codes == set(PROVOKED) | OF_THE_WHOLE, (
        "add to PROVOKED in planning/tests/test_findings.py a plan that has it"
    )
