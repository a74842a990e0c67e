"""Rows of the sample registers, in the columns of the import templates."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from noivu.core.periods import Period
from noivu.portal.demo import words
from noivu.portal.demo.plan import MonthPlan

Row = dict[str, Any]
REPLY_WORKING_DAYS = (5, 7, 10, 10, 10, 10, 15)
LAST_ARRIVAL_OFFSET = 8
KINDS = ("CV", "CV", "CV", "BC", "TTr", "KH")


@dataclass(frozen=True)
class Calendar:
    """What the maker of rows asks of the calendar: which days are worked, and the day so many working days later."""

    is_working: Callable[[date], bool]
    add_working_days: Callable[[date, int], date]


@dataclass(frozen=True)
class Ministry:
    """The office whose registers are made: its code, the suffix of its symbols, the departments that write to it."""

    code: str
    abbreviation: str
    provinces: Sequence[tuple[str, str]]
    has_departments: bool = True
    people: Mapping[str, str] = field(default_factory=dict)
    """By department the name of a user of the sample, to whom matters are given like to the others."""

    def doer(self, department: str) -> str:
        """The unit that deals with a matter: the department, or the office itself where it has none."""
        return department if self.has_departments else self.code


class RegisterMaker:
    """Makes the rows of one office's registers, the same for the same seed."""

    def __init__(self, ministry: Ministry, calendar: Calendar, seed: int) -> None:
        self.ministry = ministry
        self.calendar = calendar
        self.random = Random(seed)  # noqa: S311  sample data, not a secret
        self.arrival_number = 0
        self.symbol_number = 0
        self.task_number = 0
        self.officers = {unit: [words.made_up_name(self.random) for _ in range(9)] for unit in sorted(words.SUBJECTS)}
        for unit, name in ministry.people.items():
            self.officers[unit][0] = name

    # Documents ---------------------------------------------------------------------------------------------------

    def documents(self, year: int, plans: Sequence[MonthPlan]) -> tuple[list[Row], list[Row]]:
        """The registers of documents in and out: replies are letters, and letters are numbered as their days come."""
        incoming = [row for plan in plans for row in self.incoming(year, plan)]
        answered = [row for row in incoming if row["replied_on"]]
        answers = [self._answer(row) for row in answered]
        in_month = Counter(letter["issued_on"].month for letter in answers)
        others = [
            letter for plan in plans for letter in self._letters(year, plan, plan.outgoing - in_month[plan.month])
        ]
        outgoing = sorted([*answers, *others], key=lambda letter: letter["issued_on"])
        for letter in outgoing:
            letter["symbol"] = self._own_symbol(letter["symbol"])
        for row in answered:
            row["replied_on"] = None  # the letter says it
        return incoming, outgoing

    def incoming(self, year: int, plan: MonthPlan) -> Iterator[Row]:
        """One month of the register of incoming documents, in order of arrival."""
        period = Period.of_month(year, plan.month)
        days = [day for day in period.range().days() if self.calendar.is_working(day)]
        fates = self._fates(plan, days)
        arrivals = sorted(
            [day for day, _ in fates] + [self.random.choice(days) for _ in range(plan.incoming - len(fates))]
        )
        waiting: dict[date, list[str]] = {}
        for day, fate in fates:
            waiting.setdefault(day, []).append(fate)
        for day in arrivals:
            fate = waiting[day].pop() if waiting.get(day) else "information"
            yield self._incoming_row(day, fate, period.last_day())

    def _fates(self, plan: MonthPlan, days: Sequence[date]) -> list[tuple[date, str]]:
        """The days on which documents that need a reply arrive, each with what becomes of it by the month's end."""
        early, late = days[: len(days) - LAST_ARRIVAL_OFFSET], days[len(days) - LAST_ARRIVAL_OFFSET :]
        in_time = plan.to_answer - plan.still_open - plan.answered_late - plan.open_overdue
        return (
            [(self.random.choice(days[:-3]), "answered") for _ in range(in_time)]
            + [(self.random.choice(early[:6]), "late") for _ in range(plan.answered_late)]
            + [(self.random.choice(early[:4]), "overdue") for _ in range(plan.open_overdue)]
            + [(self.random.choice(late), "open") for _ in range(plan.still_open)]
        )

    def _incoming_row(self, day: date, fate: str, month_end: date) -> Row:
        self.arrival_number += 1
        unit = self._unit()
        issuer, symbol, issued_on = self._issuer(day)
        row: Row = {
            "unit": self.ministry.code, "arrival_number": self.arrival_number, "arrived_on": day, "issuer": issuer,
            "symbol": symbol, "issued_on": issued_on, "kind": self.random.choice(KINDS),
            "summary": self.random.choice(words.SUBJECTS[unit]), "assigned_unit": self.ministry.doer(unit),
            "assigned_to": self.random.choice(self.officers[unit]), "reply_required": fate != "information",
            "due_on": None, "reply_symbol": "", "replied_on": None, "note": "",
        }  # fmt: skip
        if fate != "information":
            row["due_on"], row["replied_on"] = self._due_and_reply(day, fate, month_end)
        row["department"] = unit
        return row

    def _due_and_reply(self, day: date, fate: str, month_end: date) -> tuple[date, date | None]:
        after = self.calendar.add_working_days
        if fate == "open":
            due = max(after(day, self.random.choice(REPLY_WORKING_DAYS)), after(month_end, 1))
            return due, self._working_day_between(after(month_end, 1), due)
        if fate == "overdue":
            due = after(day, 10)
            return due, after(month_end, self.random.randint(2, 5))
        due = after(day, self.random.choice(REPLY_WORKING_DAYS))
        if fate == "late":
            due = after(day, self.random.choice((5, 7)))
            return due, self._working_day_between(after(due, 1), min(after(due, 3), month_end))
        return due, self._working_day_between(after(day, 1), min(due, self._last_working_day(month_end)))

    def _working_day_between(self, first: date, last: date) -> date:
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        return self.random.choice([day for day in days if self.calendar.is_working(day)] or [first])

    def _last_working_day(self, day: date) -> date:
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        return day

    def _unit(self) -> str:
        units = sorted(words.WEIGHTS)
        return self.random.choices(units, [words.WEIGHTS[unit] for unit in units])[0]

    def _issuer(self, day: date) -> tuple[str, str, date]:
        issued = day - timedelta(days=self.random.randint(1, 5))
        number = self.random.randint(20, 9900)
        kind = self.random.random()
        if kind < 0.3:
            name = self.random.choice(sorted(words.MINISTRIES))
            return name, f"{number}/{words.MINISTRIES[name]}-{self.random.choice(('TCCB', 'VP', 'PC', 'KHTC'))}", issued
        province, _code = self.random.choice(self.ministry.provinces)
        if kind < 0.62:
            return f"Ủy ban nhân dân {province}", f"{number}/UBND-{self.random.choice(('NC', 'NV', 'THKH'))}", issued
        if kind < 0.94:
            suffix = self.random.choice(("TCBC", "CCVC", "XDCQ", "CCHC", "VP"))
            return f"Sở Nội vụ {province}", f"{number % 4000 + 20}/SNV-{suffix}", issued
        return f"{self.random.choice(words.ASSOCIATIONS)} {province}", f"{number % 300 + 10}/CV-H", issued

    def _own_symbol(self, unit: str) -> str:
        self.symbol_number += 1
        code = unit.split("-")[0]
        writer = code if code == "VP" else code.removeprefix("V")
        return f"{self.symbol_number}/{self.ministry.abbreviation}-{writer}"

    def _letters(self, year: int, plan: MonthPlan, count: int) -> Iterator[Row]:
        """Letters of a month that answer nothing."""
        days = [day for day in Period.of_month(year, plan.month).range().days() if self.calendar.is_working(day)]
        for _ in range(count):
            day, unit = self.random.choice(days), self._unit()
            yield self._letter(day, unit, self.random.choice(words.SUBJECTS[unit]), self._issuer(day)[0])

    def _answer(self, row: Row) -> Row:
        """The letter by which a document was answered."""
        about = f"Trả lời văn bản số {row['symbol']} của {row['issuer']}"
        letter = self._letter(row["replied_on"], row["department"], about, row["issuer"])
        return {**letter, "in_reply_to": row["arrival_number"], "copies": self.random.randint(2, 9)}

    def _letter(self, day: date, unit: str, about: str, to: str) -> Row:
        """A letter before it has its number: where the symbol comes stands the department that writes it."""
        return {
            "unit": self.ministry.code, "symbol": unit, "issued_on": day, "kind": "CV", "summary": about,
            "signer": words.made_up_name(self.random), "recipients": to, "in_reply_to": "",
            "copies": self.random.randint(1, 70), "note": "",
        }  # fmt: skip

    # Tasks and recommendations -----------------------------------------------------------------------------------

    def tasks(self, year: int, plan: MonthPlan) -> Iterator[Row]:
        """One month of the register of assigned tasks."""
        period = Period.of_month(year, plan.month)
        days = [day for day in period.range().days() if self.calendar.is_working(day)]
        done = plan.tasks - plan.tasks_open
        fates = (
            ["late"] * plan.tasks_late + ["done"] * (done - plan.tasks_late)
            + ["overdue"] * plan.tasks_overdue + ["open"] * (plan.tasks_open - plan.tasks_overdue)
        )  # fmt: skip
        self.random.shuffle(fates)
        assigned = sorted(self.random.choice(days[: len(days) * 3 // 5]) for _ in fates)
        for day, fate in zip(assigned, fates, strict=True):
            yield self._task_row(year, day, fate, self._last_working_day(period.last_day()))

    def _task_row(self, year: int, day: date, fate: str, month_end: date) -> Row:
        self.task_number += 1
        unit = self._unit()
        after = self.calendar.add_working_days
        completed: date | None = None
        if fate == "overdue":
            due = self._last_working_day(month_end - timedelta(days=self.random.choice((1, 3))))
            completed = after(month_end, self.random.randint(2, 6))
        elif fate == "open":
            due = after(month_end, self.random.randint(2, 15))
            completed = self._working_day_between(after(month_end, 2), due)
        elif fate == "late":
            due = after(day, 5)
            completed = self._working_day_between(after(due, 1), min(after(due, 4), month_end))
        else:
            due = after(day, self.random.randint(5, 20))
            completed = self._working_day_between(after(day, 2), min(due, month_end))
        verb, subject = self.random.choice(words.TASK_VERBS), self.random.choice(words.TASK_SUBJECTS[unit])
        return {
            "code": f"NV-{year}-{self.task_number:04}", "title": f"{verb} {subject}",
            "assigner": self.random.choice(words.TASK_ASSIGNERS), "assigned_on": day,
            "lead_unit": self.ministry.doer(unit),
            "cooperating_units": "", "cooperating_due_on": "", "due_on": due,
            "product": self.random.choice(words.PRODUCTS), "measure": "",
            "confirmation_required": False, "completed_on": completed, "confirmed_on": None, "suspended_on": None,
            "source_symbol": "", "assigned_to": self.random.choice(self.officers[unit]), "field": "", "note": "",
        }  # fmt: skip

    def recommendations(self, count: int, session: str, sent: Sequence[date]) -> Iterator[Row]:
        """Voters' recommendations of a session, each answered within the sixty days of the law."""
        for number in range(1, count + 1):
            received = self.random.choice(sent)
            due = received + timedelta(days=60)
            answered = self._last_working_day(received + timedelta(days=self.random.randint(15, 58)))
            province, _ = self.random.choice(self.ministry.provinces)
            unit = self._unit()
            yield {
                "code": f"KN-{session}-{number:03}", "session": session,
                "origin": f"Đoàn đại biểu Quốc hội {province}",
                "content": self.random.choice(words.WISHES), "field": "",
                "received_on": received, "unit": self.ministry.doer(unit), "due_on": due, "answered_on": answered,
                "answer_symbol": self._own_symbol(unit), "result": "explained",
            }  # fmt: skip


_BEGINS = ("arrived_on", "issued_on", "assigned_on", "received_on")


def with_help(rows: Iterable[Row], ministry: Ministry) -> Iterator[Row]:
    """Tasks of which every other open one has a department that helps, and is to do its part a day before."""
    departments = sorted(words.WEIGHTS)
    for number, row in enumerate(rows):
        if ministry.has_departments and number % 2 and not row["completed_on"] and row["due_on"]:
            others = [unit for unit in departments if unit != row["lead_unit"]]
            due = max(row["due_on"] - timedelta(days=1), row["assigned_on"])
            row |= {"cooperating_units": others[number % len(others)], "cooperating_due_on": f"{due:%d/%m/%Y}"}
        yield row


def cut_at(rows: Iterable[Row], today: date, *columns: str) -> Iterator[Row]:
    """Rows as the register shows them on `today`: what happens later has not been written yet."""
    for row in rows:
        if any(row.get(column) and row[column] > today for column in _BEGINS):
            continue
        later = [column for column in columns if row.get(column) and row[column] > today]
        if later and "replied_on" in later:
            row["reply_symbol"] = ""
        yield {column: None if column in later else value for column, value in row.items() if column != "department"}


UNASSIGNED = 12
"""How many of the last arrivals wait to be read and assigned."""


def with_last_unassigned(incoming: list[Row]) -> list[Row]:
    """The register as its keeper finds it in the morning: what came last, and needs no reply yet, is not assigned."""
    waiting = [row for row in incoming if not row["reply_required"]][-UNASSIGNED:]
    for row in waiting:
        row["assigned_unit"] = row["assigned_to"] = ""
    return incoming
