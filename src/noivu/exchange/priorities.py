"""Urgency as messages have it: a code of the parameter `message.priority`, which is not verified."""

from datetime import date

from noivu.law.api import parameter

_ORDINARY = "ordinary"


def priority_of(urgency: str, on: date) -> str:
    """The code of an urgency; empty where the parameter has none."""
    code = parameter("message.priority", on).value.get(urgency or _ORDINARY)
    return "" if code is None else str(code)


def urgency_of(priority: str, on: date) -> str:
    """The urgency that a code stands for; an unknown one stands for none, and is kept as it was written."""
    codes = parameter("message.priority", on).value
    found = next((urgency for urgency, code in codes.items() if str(code) == priority.strip()), "")
    return "" if found == _ORDINARY else found
