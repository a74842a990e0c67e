"""Figures that were published elsewhere, beside those that the registers give, and the difference."""
