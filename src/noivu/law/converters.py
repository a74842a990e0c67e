"""A day in an address: 2026-01-02."""

from datetime import date


class DayConverter:
    """ISO dates only; an impossible day is an unknown address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
