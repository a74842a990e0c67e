"""JSON for machines is written as the library writes it with an indent, only sooner."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noivu.core.console import plain_json

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_KEYS = st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
_PAYLOADS = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(_KEYS, inner), max_leaves=20
)


@given(_PAYLOADS)
def test_any_payload_reads_as_the_library_writes_it(payload: Any) -> None:
    assert plain_json(payload) == json.dumps(payload, ensure_ascii=False, indent=2)


def test_days_and_decimals_are_plain() -> None:
    told = json.loads(plain_json({"on": date(2024, 10, 31), "rates": [Decimal("91.9"), Decimal("137")]}))
    assert told == {"on": "2024-10-31", "rates": [91.9, 137]}
