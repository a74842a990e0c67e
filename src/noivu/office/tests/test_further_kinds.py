"""Every kind that is entered as tasks are has its form, its sheet, its register and its figures by its declaration."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.figures.api import Question, ask
from noivu.intake.api import ENTERED
from noivu.intake.testing import put_in, states
from noivu.matters.api import FAMILIES, Family
from noivu.units.testing import Sector
from noivu.work.api import Obligation, answer_recommendation, kind_of, obligation_kinds, register_address

KINDS = [family for family in FAMILIES if family.prefix]


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))


def typed(family: Family) -> dict[str, str]:
    own = {own.name: own.example or "Thử nghiệm" for own in family.own}
    return {
        "title": family.example, "assigner": "Người giao thử", "arises_on": "01/10/2024", "lead": "VCQDP-BNV",
        "due_on": "31/10/2024", "code": f"{family.prefix}-2024-0001", **own,
    }  # fmt: skip


def row(family: Family, unit: Any, number: int, **more: Any) -> dict[str, Any]:
    own = {own.name: own.example or "Thử nghiệm" for own in family.own}
    return {
        "code": f"{family.prefix}-{number}", "title": family.example, "assigner": "Người giao thử",
        "assigned_on": date(2024, 10, number), "lead_unit": unit, "due_on": date(2024, 10, 25), **own, **more,
    }  # fmt: skip


@pytest.mark.django_db
def test_each_kind_is_entered_corrected_and_done_on_screen(cast: Cast, client: Client) -> None:
    chi = sign_in(client, cast.chi)
    for family in KINDS:
        place = register_address(family.kind)
        assert f'value="{family.prefix}-2024-0001"' in chi.get(f"{place}new/").content.decode(), family.kind
        missing = next((own.name for own in family.own if own.required), "title")
        assert chi.post(f"{place}new/", {**typed(family), missing: ""}).status_code == 422
        page = chi.post(f"{place}new/", typed(family)).headers["Location"]
        owed = Obligation.objects.get(kind=family.kind)
        shown = chi.get(page).content.decode()
        for own in family.own:
            assert str(own.label) in shown
            assert getattr(owed, own.name) == typed(family)[own.name]
        right = {**typed(family), "title": "Nội dung đúng", "reason": "Ghi thiếu"}
        assert chi.post(f"{page}correct/", right).status_code == 302
        assert "Nội dung đúng" in chi.get(f"{place}?period=2024-10").content.decode()
        if family.is_answered:
            done, act = {"symbol": "12/BNV", "on": "20/10/2024"}, "answer"
            results = kind_of(family.kind).results
            done |= {"result": results[0][0]} if results else {}
        else:
            done, act = {"on": "20/10/2024"}, "complete"
        assert chi.post(f"/obligations/{owed.pk}/{act}/", done).status_code == 302, family.kind
        assert str(kind_of(family.kind).completed) in chi.get(page).content.decode()


@pytest.mark.django_db
def test_each_kind_comes_by_its_sheet_and_its_figures_add_up(sector: Sector) -> None:
    unit = sector.local_government
    for family in KINDS:
        done = {"completed_on": date(2024, 10, 20)}
        if family.is_answered:
            done |= {"answer_symbol": "15/BNV"}
        rows = [
            row(family, unit, 1, **done),
            row(family, unit, 2, due_on=None),
            row(family, unit, 3),
            row(family, unit, 4, due_on=date(2024, 12, 2), suspended_on=date(2024, 10, 9)),
        ]
        blank = {column.key: None for column in ENTERED[family.kind].columns}
        rows = [{**blank, **one} for one in rows]
        assert states(put_in(ENTERED[family.kind], rows)) == ["applied"] * 4, family.kind
        assert states(put_in(ENTERED[family.kind], rows)) == ["unchanged"] * 4
    codes = tuple(code for family in KINDS for code in family.cuts.values())
    answer = ask([Question(unit.pk, Period.parse("2024-10"), indicators=codes)])[0]
    for family in KINDS:
        counted = {cut: answer.values[code] for cut, code in family.cuts.items()}
        parts = {"completed": 1, "in_time": 0, "overdue": 1, "no_deadline": 1, "suspended": 1, "awaiting": 0}
        assert counted.pop("declined", 0) == 0
        assert counted == {"all": 4, **parts}, family.kind
    assert all(check.holds for check in answer.identities)


@pytest.mark.django_db
def test_a_kind_knows_its_own_results_alone(sector: Sector) -> None:
    question = next(family for family in KINDS if family.kind == "question")
    blank = {column.key: None for column in ENTERED["question"].columns}
    put_in(ENTERED["question"], [{**blank, **row(question, sector.local_government, 1)}])
    owed = Obligation.objects.get(kind="question")
    told: dict[str, Any] = {"actor": SYSTEM, "obligation": owed, "on": date(2024, 10, 20), "symbol": "9/BNV"}
    with pytest.raises(Refusal) as refused:
        answer_recommendation(**told, result="resolved")
    assert refused.value.where == "result"
    answer_recommendation(**told)
    assert Obligation.objects.get().result == ""


def test_recommendations_alone_have_result_classes_and_these_are_the_four_of_the_sources() -> None:
    classes = {kind.code: [str(words) for _, words in kind.results] for kind in obligation_kinds if kind.results}
    of_answers = ["Đã giải quyết", "Đang giải quyết", "Sẽ giải quyết", "Giải trình, cung cấp thông tin"]
    assert classes == {"recommendation": of_answers}
