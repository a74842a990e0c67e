"""Reorganisations carried out: the changes of a plan written as one act, what follows from them, and their undoing."""
