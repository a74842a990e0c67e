"""Figures of all kinds together, and every way in which they part, are what one would count by hand."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.figures.api import DECLARED, Question, Sweep, ask, breakdown, drill, everywhere, freshness
from noivu.intake.api import DOCUMENTS_IN, ENTERED, LEGAL_TEXTS, RECOMMENDATIONS, TASKS
from noivu.intake.testing import put_in, states
from noivu.law.api import nearly_due, override_parameter
from noivu.units.testing import Sector
from noivu.work.api import Day, Obligation, ObligationSpan, obligation_kinds

pytestmark = pytest.mark.django_db
OCTOBER = Period.parse("2024-10")
READ = date(2024, 10, 20)
SPANNING = [one.code for one in DECLARED.indicators if one.base == "work.obligations"]


@pytest.fixture(autouse=True)
def now_2024(settings: Any) -> None:
    settings.NOIVU_TODAY = "2024-12-31"


WAYS: list[tuple[int | None, int | None, bool]] = [
    (10, 8, False), (10, 12, False), (None, 9, False), (21, None, False), (31, None, False), (10, None, False),
    (None, None, False), (25, None, True),
]  # fmt: skip
"""Due on, done on, suspended: each kind has one of each."""


def october(day: int | None) -> date | None:
    return date(2024, 10, day) if day else None


@pytest.fixture
def registers(sector: Sector) -> Sector:
    """Of each kind one in each state, of two units."""
    documents, tasks, recommendations, texts = [], [], [], []
    entered: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ENTERED}
    for n, (due, done, stopped) in enumerate(WAYS, start=1):
        unit, first = (sector.office, sector.archives)[n % 2], october(2)
        stop = {"suspended_on": october(5) if stopped else None}
        documents.append({
            "unit": unit, "arrival_number": str(n), "issuer": f"Bộ {n % 3}", "summary": "Xin ý kiến", "kind": "CV",
            "reply_required": True, "arrived_on": first, "due_on": october(due), "replied_on": october(done),
        })  # fmt: skip
        given = {
            "title": "Soạn", "assigner": f"Thứ trưởng {n % 3}", "assigned_on": first, "lead_unit": unit,
            "due_on": october(due), "completed_on": october(done), "field": f"Lĩnh vực {n % 2}",
        }  # fmt: skip
        tasks.append({"code": f"NV-{n}", **given, **stop})
        recommendations.append({
            "code": f"KN-{n}", "origin": f"Đoàn {n % 2}", "content": "Nâng phụ cấp", "unit": unit, "received_on": first,
            "due_on": october(due), "answered_on": october(done),
        })  # fmt: skip
        texts.append({
            "code": f"VB-{n}", "title": "Nghị định", "type": ("Nghị định", "Thông tư")[n % 2], "authority": "Chính phủ",
            "lead_unit": unit, "registered_on": first, "due_on": october(due), "submitted_on": october(done),
            "submitted_to": "Chính phủ",
        })  # fmt: skip
        for kind, rows in entered.items():
            row = {"code": f"{kind}-{n}", **given, "type": f"Loại {n % 2}", "authority": "Quốc hội", **stop}
            rows.append({**row, "source_symbol": "115/KL", "answer_symbol": "1/BNV" if done else None})
    sheets = [(DOCUMENTS_IN, documents), (TASKS, tasks), (RECOMMENDATIONS, recommendations), (LEGAL_TEXTS, texts)]
    for template, rows in [*sheets, *((ENTERED[kind], rows) for kind, rows in entered.items())]:
        keys = {column.key for column in template.columns}
        assert states(put_in(template, [{k: v for k, v in row.items() if k in keys} for row in rows])) == [
            "applied"
        ] * len(WAYS), template.code
    return sector


def asked(sector: Sector, *codes: str, as_of: date = READ) -> Question:
    return Question(sector.ministry.pk, OCTOBER, as_of=as_of, indicators=codes or tuple(SPANNING))


def by_hand(as_of: date) -> dict[str, set[int]]:
    """Of each figure the obligations it counts: every current stretch is looked at, one after another."""
    near, found = Day(as_of), {code: set[int]() for code in SPANNING}
    for span in ObligationSpan.objects.current().select_related("obligation"):
        if not (span.valid_from <= as_of < span.valid_to and date(2024, 10, 1) <= span.arises_on <= date(2024, 10, 31)):
            continue
        names = ["arising", f"of_{span.kind}"]
        due, done = span.due_on, span.completed_on
        if span.status == "completed":
            when = "no_deadline" if due is None else "late" if done and done > due else "on_time"
            names += ["completed", f"completed_{when}"]
        elif span.status == "open":
            names.append("open_no_deadline" if due is None else "open_overdue" if due < as_of else "open_in_time")
            if due is not None and due >= as_of:
                names.append("nearly_due" if due <= near.nearly_until(span.kind) else "open_later")
        else:
            names.append({"suspended": "suspended", "awaiting": "awaiting_confirmation"}[span.status])
        for name in names:
            found[f"obligations.{name}"].add(span.obligation_id)
    return found


SAID: dict[str, Callable[[Obligation, ObligationSpan], Any]] = {
    "assigned_unit": lambda owed, _: owed.assigned_unit_id,
    "kind": lambda owed, _: owed.kind,
    "type": lambda owed, _: (
        owed.document.kind if owed.document
        else owed.legal_text.type if owed.kind == "legal_text" else owed.type
    ),
    "authority": lambda owed, _: (
        owed.document.issuer if owed.document
        else owed.legal_text.authority if owed.kind == "legal_text" else owed.authority
    ),
    "field": lambda owed, _: owed.field,
    "assigner": lambda owed, _: owed.assigner,
    "assigner_unit": lambda owed, _: owed.assigner_unit_id,
    "issuer": lambda owed, _: owed.document.issuer if owed.document else None,
    "session": lambda owed, _: owed.session.name if owed.session else None,
    "origin": lambda owed, _: owed.origin,
    "result": lambda owed, _: owed.result,
    "subject": lambda owed, _: owed.legal_text.subject,
    "month": lambda _, span: span.arises_on.replace(day=1),
    "done_month": lambda _, span: span.completed_on.replace(day=1) if span.completed_on else None,
}  # fmt: skip


@pytest.mark.parametrize("later", [0, 8, 40])
def test_each_figure_and_the_records_behind_it_are_what_one_counts_by_hand(registers: Sector, later: int) -> None:
    as_of = READ + timedelta(days=later)
    expected = by_hand(as_of)
    [answer] = ask([asked(registers, as_of=as_of)])
    assert answer.values == {code: len(ids) for code, ids in expected.items()}
    assert answer.values["obligations.arising"] == len(obligation_kinds.codes) * len(WAYS)
    assert {identity.code for identity in answer.identities if identity.holds} == {
        f"obligations.{name}" for name in ("kinds", "state", "completion", "in_time")
    }
    for code, ids in expected.items():
        behind = drill(code, asked(registers, code, as_of=as_of))
        assert sorted(behind.values_list("obligation_id", flat=True)) == sorted(ids), code


def test_every_declared_way_parts_a_figure_as_its_records_say(registers: Sector) -> None:
    for figure in DECLARED.indicators:
        if not figure.base.startswith(("work.", "matters.")) or figure.code.startswith("legal_texts."):
            continue
        question = asked(registers, figure.code)
        spans = list(drill(figure.code, question).select_related("obligation__document", "obligation__session"))
        for way in figure.breakdowns:
            parts = {part.value: part.count for part in breakdown(figure.code, question, way.code)}
            assert parts == Counter(SAID[way.code](span.obligation, span) for span in spans), (figure.code, way.code)


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("tasks.assigned", {"assigned_unit", "field", "assigner", "assigner_unit", "month"}),
        ("tasks.carried_in", {"assigned_unit", "field", "assigner", "assigner_unit", "month"}),
        ("documents.reply_required", {"assigned_unit", "type", "issuer", "month"}),
        ("documents.open_at_end", {"assigned_unit", "type", "issuer", "month"}),
        ("recommendations.received", {"assigned_unit", "field", "origin", "session", "assigner_unit", "month"}),
        (
            "inspections.open_at_end",
            {"assigned_unit", "field", "assigner", "assigner_unit", "type", "authority", "month"},
        ),
        (
            "obligations.arising",
            {"assigned_unit", "kind", "type", "authority", "field", "assigner", "assigner_unit", "month"},
        ),
    ],
)
def test_figures_part_by_all_that_their_records_say(code: str, ways: set[str]) -> None:
    assert {way.code for way in DECLARED.counted(code).breakdowns} == ways


def test_what_is_answered_is_on_time_late_or_without_deadline(registers: Sector) -> None:
    wholes = ("documents.replied", "recommendations.answered")
    codes = [f"{whole}{way}" for whole in wholes for way in ("", "_on_time", "_late", "_no_deadline")]
    [answer] = ask([asked(registers, *codes)])
    assert [answer.values[code] for code in codes] == [3, 1, 1, 1] * 2
    assert [(each.code, each.holds) for each in answer.identities] == [
        ("documents.replies", True),
        ("recommendations.answers", True),
    ]


def test_the_table_of_all_units_says_the_same(registers: Sector) -> None:
    table = everywhere(Sweep(OCTOBER, as_of=READ, indicators=tuple(SPANNING)))
    [answer] = ask([asked(registers)])
    assert table.values(registers.ministry.pk) == answer.values


def test_what_is_near_follows_the_parameter_that_was_just_changed(registers: Sector) -> None:
    question = asked(registers, "obligations.nearly_due")
    [before] = ask([question])
    override_parameter(
        actor=SYSTEM, code="nearly_due.task", value=20, starts_on=date(2024, 1, 1), reason="Báo trước một tháng"
    )
    [after] = ask([question])
    assert after.values["obligations.nearly_due"] == before.values["obligations.nearly_due"] + 1
    assert drill("obligations.nearly_due", question).count() == after.values["obligations.nearly_due"]


def test_each_kind_may_have_a_number_of_days_of_its_own(now_2024: None) -> None:
    for days, kind in enumerate(obligation_kinds, start=4):
        known = {"value": days, "starts_on": date(2024, 1, 1), "reason": "Theo quy chế làm việc"}
        override_parameter(actor=SYSTEM, code=f"nearly_due.{kind.code}", **known)
        assert nearly_due(str(kind.code), READ) == days


def test_all_registers_together_are_as_fresh_as_the_last_of_them(registers: Sector) -> None:
    [fresh] = freshness(asked(registers))
    latest = ObligationSpan.objects.latest("recorded_at").recorded_at
    assert fresh.last_recorded_at == latest
    assert latest <= clock.now()


def test_the_page_of_a_figure_names_the_kinds(registers: Sector, cast: Cast, client: Client) -> None:
    sign_in(client, cast.em)
    page = client.get("/figures/obligations.arising/?unit=BNV&period=2024-10&by=kind").content.decode().casefold()
    for kind in obligation_kinds:
        assert kind.plural.vi.casefold() in page
