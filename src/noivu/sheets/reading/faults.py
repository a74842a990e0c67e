"""What can be wrong with a file, as a code and its facts: the child finds it, the parent words it."""

from typing import Any


class Fault(Exception):  # noqa: N818  it is a finding about a file, not an error of the program
    """One finding that ends the reading of a file. `facts` fill the wording of the parent."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
