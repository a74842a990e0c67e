"""Legal texts: what sheets say of them, the stages of their way, and what is counted."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from noivu.accounts.testing import Cast
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Question, ask, breakdown
from noivu.intake.api import LEGAL_TEXTS
from noivu.intake.testing import put_in, states
from noivu.matters.api import Advance, LegalStage, LegalStep, advance, step_back, steps_of
from noivu.units.testing import Sector
from noivu.work.api import Obligation, ObligationSpan

pytestmark = pytest.mark.django_db
CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
OCTOBER = Period.parse("2024-10")


@pytest.fixture(autouse=True)
def now_2025(settings: Any) -> None:
    settings.NOIVU_TODAY = "2025-01-10"


def october(number: int) -> date:
    return date(2024, 10, number)


def a_text(sector: Sector, **known: Any) -> dict[str, Any]:
    return {
        "code": "VB-01", "title": "Nghị định về tổ chức", "type": "Nghị định", "authority": "Chính phủ",
        "submitted_to": "Chính phủ", "lead_unit": sector.office, "registered_on": october(1), "due_on": october(20),
        **known,
    }  # fmt: skip


@pytest.fixture
def text(sector: Sector) -> Obligation:
    put_in(LEGAL_TEXTS, [a_text(sector)])
    return Obligation.objects.get()


def stands(text: Obligation, day: date) -> tuple[str, date | None]:
    span = ObligationSpan.objects.current().holding_on(day).get(obligation=text)
    return span.status, span.completed_on


def way(text: Obligation) -> list[str]:
    return [step.stage for step in steps_of(text)]


def goes(text: Obligation, stage: LegalStage, on: date, **more: Any) -> None:
    advance(actor=SYSTEM, obligation=text, to=Advance(stage, on, **more))


def figure(sector: Sector, code: str, period: Period = OCTOBER, as_of: date | None = None) -> int:
    [answer] = ask([Question(sector.ministry.pk, period, as_of=as_of, indicators=(code,))])
    return answer.values[code]


def rows_of(case: dict[str, Any], sector: Sector) -> Iterator[dict[str, Any]]:
    """The rows of a case: as many of each group as it says, submitted or issued within its month."""
    month, number = Period.parse(case["period"]).range().starts_on, 0
    for group in case["texts"]:
        for _ in range(group["count"]):
            number += 1
            said = {name: group.get(name) for name in ("type", "authority", "subject")}
            done = month.replace(day=1 + number % 28)
            days = {"issued_on": done, "symbol": f"{number}/VB"} if group.get("issued") else {"submitted_on": done}
            first = {"registered_on": date(2024, 1, 15), "due_on": None}
            yield a_text(sector, code=f"VB-{number:03}", **said, **days, **first)


@pytest.mark.parametrize("name", CASES)
def test_published_texts_are_the_figures_of_the_register(name: str, sector: Sector) -> None:
    case = CASES[name]
    put_in(LEGAL_TEXTS, list(rows_of(case, sector)))
    [code] = [code for code in ("issued", "submitted") if code in case]
    asked = Question(sector.ministry.pk, Period.parse(case["period"]))
    for by in ("authority", "type"):
        parts = breakdown(f"legal_texts.{code}", asked, by)
        assert {str(part.value): part.count for part in parts} == case[f"by {by}"]
        assert sum(part.count for part in parts) == case[code] == figure(sector, f"legal_texts.{code}", asked.period)


def test_of_36_resolutions_34_are_on_units(sector: Sector) -> None:
    case = CASES["pháp luật tháng 10/2024"]
    of_committee = [row for row in rows_of(case, sector) if row["authority"] == "Ủy ban Thường vụ Quốc hội"]
    put_in(LEGAL_TEXTS, of_committee)
    parts = breakdown("legal_texts.issued", Question(sector.ministry.pk, OCTOBER), "subject")
    assert {str(part.value): part.count for part in parts} == case["by subject of Ủy ban Thường vụ Quốc hội"]


def test_the_same_sheet_again_changes_nothing(sector: Sector) -> None:
    row = a_text(sector, submitted_on=october(18), issued_on=october(25), symbol="1/NĐ-CP")
    assert states(put_in(LEGAL_TEXTS, [row])) == ["applied"]
    assert states(put_in(LEGAL_TEXTS, [row])) == ["unchanged"]
    assert LegalStep.objects.count() == 3


def test_a_text_is_owed_until_it_is_submitted(sector: Sector) -> None:
    put_in(LEGAL_TEXTS, [a_text(sector, submitted_on=october(18), issued_on=october(25), symbol="1/NĐ-CP")])
    text = Obligation.objects.get()
    assert stands(text, october(17)) == ("open", None)
    assert stands(text, october(31)) == ("completed", october(18))
    assert figure(sector, "legal_texts.completed_on_time") == 1


def test_a_text_of_ones_own_authority_is_owed_until_it_is_issued(sector: Sector) -> None:
    put_in(LEGAL_TEXTS, [a_text(sector, submitted_to="", issued_on=october(25), symbol="1/TT-BNV")])
    text = Obligation.objects.get()
    assert stands(text, october(31)) == ("completed", october(25))
    assert text.answer_symbol == "1/TT-BNV"
    assert figure(sector, "legal_texts.completed_late") == 1


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"registered_on": None}, "registered_on"),
        ({"submitted_on": date(2024, 9, 30)}, "submitted_on"),
        ({"issued_on": october(3), "submitted_on": october(4)}, "issued_on"),
        ({"symbol": "1/NĐ-CP"}, "issued_on"),
        ({"due_on": date(2024, 9, 30)}, "due_on"),
        ({"submitted_on": date(2025, 1, 11)}, "submitted_on"),
    ],
)
def test_a_row_that_makes_no_sense_is_kept_aside(sector: Sector, wrong: dict[str, Any], column: str) -> None:
    [outcome] = put_in(LEGAL_TEXTS, [a_text(sector, **wrong)])
    assert (outcome.state, outcome.column) == ("quarantined", column)


def test_a_sheet_takes_back_what_it_said_and_not_what_a_person_recorded(sector: Sector, text: Obligation) -> None:
    goes(text, LegalStage.DRAFTING, october(5))
    put_in(LEGAL_TEXTS, [a_text(sector, submitted_on=october(18))])
    assert way(text) == ["in_programme", "drafting", "submitted"]
    put_in(LEGAL_TEXTS, [a_text(sector)])
    assert way(text) == ["in_programme", "drafting"]
    assert stands(text, october(31)) == ("open", None)


def test_a_text_goes_its_way_and_the_ledger_follows(sector: Sector, text: Obligation) -> None:
    goes(text, LegalStage.DRAFTING, october(2))
    goes(text, LegalStage.CONSULTATION, october(4), until=october(11))
    goes(text, LegalStage.APPRAISAL, october(14))
    goes(text, LegalStage.SUBMITTED, october(16), to="Chính phủ")
    assert stands(text, october(16)) == ("completed", october(16))
    goes(text, LegalStage.RETURNED, october(21), reason="Bổ sung đánh giá tác động")
    assert stands(text, october(21)) == ("open", None)
    goes(text, LegalStage.SUBMITTED, october(28), to="Chính phủ")
    goes(text, LegalStage.ISSUED, date(2024, 11, 6), symbol="9/NĐ-CP")
    assert stands(text, date(2024, 11, 6)) == ("completed", october(28))
    assert figure(sector, "legal_texts.submitted") == 1
    assert (figure(sector, "legal_texts.issued"), figure(sector, "legal_texts.issued", Period.parse("2024-11"))) == (
        0,
        1,
    )
    assert figure(sector, "legal_texts.submitted", as_of=october(15)) == 0


def test_a_postponed_text_is_not_overdue_while_it_waits(text: Obligation) -> None:
    goes(text, LegalStage.POSTPONED, october(10), reason="Chờ luật")
    assert stands(text, october(25))[0] == "suspended"
    goes(text, LegalStage.DRAFTING, october(28))
    assert stands(text, october(28))[0] == "open"


@pytest.mark.parametrize(
    ("stage", "more", "code"),
    [
        (LegalStage.IN_FORCE, {}, "state"),
        (LegalStage.RETURNED, {"reason": "Thiếu"}, "state"),
        (LegalStage.ISSUED, {}, "required"),
        (LegalStage.DRAFTING, {"on": date(2024, 9, 30)}, "order"),
        (LegalStage.DRAFTING, {"until": october(20)}, "order"),
        (LegalStage.CONSULTATION, {"until": october(4)}, "order"),
    ],
)
def test_what_does_not_follow_is_refused(text: Obligation, stage: LegalStage, more: dict[str, Any], code: str) -> None:
    known = {"on": october(5), **more}
    with pytest.raises(Refusal) as refused:
        goes(text, stage, **known)
    assert refused.value.code == code
    assert way(text) == ["in_programme"]


def test_it_is_submitted_to_whom_the_programme_says_and_to_nobody_it_is_refused(sector: Sector) -> None:
    put_in(LEGAL_TEXTS, [a_text(sector), a_text(sector, code="VB-02", submitted_to="")])
    known, unknown = Obligation.objects.order_by("code")
    goes(known, LegalStage.SUBMITTED, october(16))
    assert steps_of(known)[-1].to == "Chính phủ"
    goes(known, LegalStage.SUBMITTED, october(17), to="Quốc hội")
    assert steps_of(known)[-1].to == "Quốc hội"
    with pytest.raises(Refusal) as refused:
        goes(unknown, LegalStage.SUBMITTED, october(16))
    assert (refused.value.code, refused.value.where) == ("required", "to")
    assert way(unknown) == ["in_programme"]


def test_a_stage_recorded_by_mistake_is_taken_back_with_what_came_of_it(text: Obligation) -> None:
    goes(text, LegalStage.SUBMITTED, october(16), to="Chính phủ")
    step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")
    assert way(text) == ["in_programme"]
    assert stands(text, october(20)) == ("open", None)
    with pytest.raises(Refusal):
        step_back(actor=SYSTEM, obligation=text, reason="Ghi nhầm")


def test_only_who_does_the_work_records_its_stages(text: Obligation, cast: Cast) -> None:
    with pytest.raises(Refusal):
        advance(actor=cast.dung.actor, obligation=text, to=Advance(LegalStage.DRAFTING, october(2)))
