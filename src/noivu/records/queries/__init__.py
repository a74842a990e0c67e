"""What pages and exports read of registers."""

from noivu.records.queries.doubles import doubles_of, same_documents
from noivu.records.queries.registers import (
    book_for,
    book_in,
    books_of,
    document_of_log,
    files_of,
    missing_numbers,
    next_number,
)

__all__ = [
    "book_for",
    "book_in",
    "books_of",
    "document_of_log",
    "doubles_of",
    "files_of",
    "missing_numbers",
    "next_number",
    "same_documents",
]
