"""Due dates that rows count by a rule of law, named by its code, from the first day of the row."""

from collections.abc import Sequence
from dataclasses import replace

from noivu.core.dates import format_day
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.intake.statements import Beside, Statement, fact
from noivu.law.api import Deadline, deadline, rules_for
from noivu.sheets.api import Column, Outcome, ParsedRow, quarantined
from noivu.work.api import require_rule_of_place
from noivu.work.constants import Happening

RULE = Column(
    "due_rule",
    Text(vi="Hạn theo quy định", en="Due by a rule"),
    help=Text(
        vi="Mã quy định, tính từ ngày phát sinh; khi đó bỏ trống cột hạn.",
        en="The code of a rule, counted from the first day; the due date is then left blank.",
    ),
)


def by_rules(
    kind: str, rows: Sequence[ParsedRow], first: str, unit: str
) -> tuple[list[ParsedRow], dict[int, Deadline], dict[int, Outcome]]:
    """The rows with their due dates, how these were counted, and the rows kept aside."""
    good, counted, aside = [], dict[int, Deadline](), dict[int, Outcome]()
    for row in rows:
        if row[RULE.key] and row[first]:
            try:
                counted[row.number] = due = _counted(kind, row, first, unit)
            except Refusal as refusal:
                aside[row.number] = quarantined(refusal.text(), RULE.key)
                continue
            row = replace(row, values={**row.values, "due_on": due.due_on})
        good.append(row)
    return good, counted, aside


def _counted(kind: str, row: ParsedRow, first: str, unit: str) -> Deadline:
    rules = rules_for(kind)
    if row[RULE.key] not in rules:
        raise Refusal(
            what=Text(vi="Loại việc này không có quy định đó.", en="This kind has no such rule."),
            do=Text(vi=f"Nhập một trong: {', '.join(rules)}.", en=f"Enter one of: {', '.join(rules)}."),
        )
    due = deadline(row[first], rule=row[RULE.key])
    require_rule_of_place(due, row[unit].pk)
    if row["due_on"] not in (None, due.due_on):
        day = format_day(due.due_on)
        raise Refusal(
            what=Text(vi=f"Hạn ghi khác hạn theo quy định ({day}).", en=f"By the rule it is due on {day}."),
            do=Text(vi="Giữ một trong hai.", en="Keep one of the two."),
        )
    return due


def counted_by(due: Deadline | None, statement: Statement) -> Statement:
    """The statement with its due date and how that was counted."""
    if due is None:
        return statement
    setting = Happening.DUE_SET
    kept = {one for one in statement.facts if one[0] != setting}
    return replace(
        statement,
        facts=frozenset({*kept, fact(setting, due.starts_on, due.due_on)}),
        managed=statement.managed | {setting},
        fields={**statement.fields, "original_due_on": due.due_on},
        beside={**statement.beside, setting: Beside(counted=due)},
    )
