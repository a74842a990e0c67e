"""The real units of Viet Nam: the three-tier tree of 30/6/2025, the two-tier tree of 1/7/2025, and what came after."""

from noivu.portal.vietnam.load import load_vietnam

__all__ = ["load_vietnam"]
