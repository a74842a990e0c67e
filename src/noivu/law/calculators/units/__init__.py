"""Calculators on units from facts alone: percentage of standard, arrangement, classification, deputies.

Every number is a parameter, every fact and criterion stands in `facts.yaml`.
"""

from noivu.law.calculators.units import arrangement, classification, deputies, standard

__all__ = ["arrangement", "classification", "deputies", "standard"]
