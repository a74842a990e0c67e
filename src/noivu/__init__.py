"""noivu: registers, figures, reports, conferences and tasks of a home-affairs sector."""
