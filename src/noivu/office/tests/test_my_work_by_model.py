"""Việc của tôi against a slow model of it: every obligation of a small ledger is looked at, in Python."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, Person, a_person, give, sign_in
from noivu.core import access, clock
from noivu.core.secrecy import Secrecy
from noivu.office.queries.mine import MINE, OF_UNIT, TO_CONFIRM, my_work_page
from noivu.ui.tables import State
from noivu.units.api import reach_with_ended
from noivu.work.api import ExtensionRequest, Obligation, ObligationSpan
from noivu.work.constants import RequestState, Status
from noivu.work.testing import gets_task

pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 1)


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def ledger(cast: Cast, chance: Random, size: int = 60) -> None:
    """Tasks of three units, given, assigned, reported, asked for and hidden by chance."""
    people = [cast.an, cast.binh, cast.chi, cast.em]
    units = [cast.an.unit, cast.binh.unit, cast.chi.unit, cast.em.unit]
    for _ in range(size):
        task = gets_task(chance.choice(units), date(2024, 10, 1), date(2024, 11, 1 + chance.randrange(20)))
        officer, unit = chance.choice(people), chance.choice([None, *units])
        Obligation.objects.filter(pk=task.pk).update(
            assigned_unit=unit,
            assigned_to=officer.user.full_name if unit and chance.random() < 0.6 else "",
            assigned_officer=officer.actor.id if chance.random() < 0.3 else "",
            assigner_unit=chance.choice([None, *units]),
            secrecy=Secrecy.RESTRICTED.value if chance.random() < 0.3 else "",
        )
        status = chance.choice([Status.OPEN, Status.OPEN, Status.AWAITING, Status.SUSPENDED, Status.CANCELLED])
        ObligationSpan.objects.filter(obligation=task).update(status=status.value)
        if chance.random() < 0.3:
            state = chance.choice([RequestState.ASKED, RequestState.DECLINED])
            days = {"asked_on": date(2024, 10, 20), "wanted_due_on": date(2024, 12, 20)}
            ExtensionRequest.objects.create(obligation=task, state=state.value, **days)


def by_hand(person: Person, span: ObligationSpan) -> Iterator[str]:
    """The parts in which a stretch belongs for somebody."""
    task, actor = span.obligation, person.actor
    if span.status == Status.OPEN.value:
        by_name = task.assigned_to == actor.name and task.assigned_unit_id == person.unit.pk
        if task.assigned_officer == actor.id or (by_name and not task.assigned_officer):
            yield MINE
        whose = task.assigned_unit_id or span.unit_id
        leads = access.may(actor, "work.assign", access.OfUnit(person.unit.pk))
        is_own = bool(task.assigned_unit_id) and task.assigned_officer == actor.id
        sees = access.may(actor, "work.view", access.OfUnit(person.unit.pk))
        if sees and whose == person.unit.pk and (leads or is_own or task.secrecy != Secrecy.RESTRICTED.value):
            yield OF_UNIT
    asked = any(request.state == RequestState.ASKED.value for request in task.requests.all())
    is_running = span.status in {Status.OPEN.value, Status.SUSPENDED.value}
    decides = access.may(actor, "work.assign", access.OfUnit(task.assigner_unit_id or span.unit_id))
    if (span.status == Status.AWAITING.value or (asked and is_running)) and decides and not is_hidden(person, task):
        yield TO_CONFIRM


def is_hidden(person: Person, task: Obligation) -> bool:
    if task.secrecy != Secrecy.RESTRICTED.value or task.assigned_officer == person.actor.id:
        return False
    led = {grant.unit_id for grant in person.actor.grants if grant.role in {access.HEAD, access.STEWARD}}
    within = {unit for above in led for unit in reach_with_ended(above, TODAY)}
    return within.isdisjoint({task.unit_id, task.assigned_unit_id, task.assigner_unit_id})


@pytest.mark.parametrize("seed", range(4))
def test_each_part_holds_what_looking_at_every_obligation_finds(cast: Cast, seed: int) -> None:
    ledger(cast, Random(seed))
    head = a_person("hai", "Ngô Thị Hai", cast.an.unit, access.HEAD)
    spans = list(ObligationSpan.objects.select_related("obligation").prefetch_related("obligation__requests"))
    found = set[str]()
    for person in (*cast.everyone(), head):
        for part in (MINE, OF_UNIT, TO_CONFIRM):
            expected = {span.obligation_id for span in spans if part in by_hand(person, span)}
            shown = my_work_page(person.actor, State(cut=part, sort="due_on"))
            if part not in shown.counts:
                assert not expected or not access.may(person.actor, "work.assign")
                continue
            assert [row.line.id for row in shown.page.rows] == in_due_order(spans, expected), (person.username, part)
            assert shown.counts[part] == shown.page.count == len(expected), (person.username, part)
            found |= {part} if expected else set()
    assert found == {MINE, OF_UNIT, TO_CONFIRM}


def in_due_order(spans: list[ObligationSpan], expected: set[int]) -> list[int]:
    wanted = [span for span in spans if span.obligation_id in expected]
    return [span.obligation_id for span in sorted(wanted, key=lambda span: (span.due_on, span.pk))]


def test_a_grant_is_heeded_on_the_next_page(cast: Cast, client: Client) -> None:
    task = gets_task(cast.an.unit, date(2024, 10, 1), date(2024, 11, 5), title="Chờ trưởng đơn vị")
    ObligationSpan.objects.filter(obligation=task).update(status=Status.AWAITING.value)
    hai = a_person("hai", "Ngô Thị Hai", cast.an.unit, access.VIEWER)
    sign_in(client, hai)
    assert "Chờ trưởng đơn vị" not in client.get("/my/?cut=confirm").content.decode()
    give(hai.user, access.HEAD, cast.an.unit)
    assert "Chờ trưởng đơn vị" in client.get("/my/?cut=confirm").content.decode()
