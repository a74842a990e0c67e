"""What pages and exports read of registers."""

from noivu.records.queries.registers import files_of, missing_numbers, next_number, same_documents

__all__ = ["files_of", "missing_numbers", "next_number", "same_documents"]
