"""What may be changed: days and years of the calendar, values of parameters, the register of instruments."""

from noivu.law.services.calendar import (
    change_day,
    confirm_year,
    swap_days,
    take_back_day,
    take_back_year,
)
from noivu.law.services.instruments import InstrumentFacts, register_instrument
from noivu.law.services.parameters import override_parameter, take_back_value

__all__ = [
    "InstrumentFacts",
    "change_day",
    "confirm_year",
    "override_parameter",
    "register_instrument",
    "swap_days",
    "take_back_day",
    "take_back_value",
    "take_back_year",
]
