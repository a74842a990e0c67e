"""Each finding that a plan of reorganisation can have is provoked by a test."""

import ast

from noivu.planning.tests.test_findings import OF_THE_WHOLE, PROVOKED
from tests.architecture.house import SOURCE, syntax

MAKERS = {"Finding", "find", "_finding"}


def made(call: ast.Call) -> str:
    """The code of a finding that a call makes, or nothing."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    said = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    codes = [value for value in said if isinstance(value, str) and value.startswith("planning.")]
    return codes[0] if name in MAKERS and codes else ""


def test_every_finding_is_provoked_by_a_test() -> None:
    calls = [
        node
        for path in (SOURCE / "planning").glob("*.py")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call)
    ]
    codes = {made(call) for call in calls} - {""}
    assert len(codes) >= 15
    assert codes == set(PROVOKED) | OF_THE_WHOLE, (
        "add to PROVOKED in planning/tests/test_findings.py a plan that has the finding"
    )
