"""Numbers and days in words of official documents (Decree 30/2020/NĐ-CP, Phụ lục I).

A number below ten gets a leading zero; so do days below ten and the months January and February, and no other.
"""

from datetime import date


def written_number(number: int) -> str:
    """5 → 05, 15 → 15."""
    return f"{number:02}"


def written_day(day: date, number: str = "") -> str:
    """ngày 05 tháng 02 năm 2024; ngày 15 tháng 3 năm 2024. `number` stands in the place of the day's own."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {number or f'{day.day:02}'} tháng {month} năm {day.year}"
