"""Files that people send: what they are by their bytes, and what they must not carry.

`check_file(name, content)` refuses what is none of the allowed types, what bears another's name, what can run
(programs, scripts, macros, actions of a PDF), what nobody can look into (passwords, unreadable parts) and what swells.
"""

from noivu.papers.checking.check import check_file

__all__ = ["check_file"]
