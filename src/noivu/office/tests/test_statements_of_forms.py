"""Forms and rows opened in place keep to their statements too."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from noivu.accounts.testing import Cast, sign_in
from noivu.accounts.testing_pages import BUDGET, queries_of
from noivu.core import clock
from noivu.core.actors import SYSTEM
from noivu.records.api import Direction, declare_off_network
from noivu.records.testing import arrives, goes_out
from noivu.work.api import SessionEntry, open_session
from noivu.work.testing import gets_recommendation, gets_task, owes_reply

COMMITTED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
Made = dict[str, int]
PAGES: dict[str, Callable[[Made], str]] = {
    "forms.act-assign": lambda made: f"/obligations/{made['open']}/assign/",
    "forms.act-transfer": lambda made: f"/obligations/{made['open']}/transfer/",
    "forms.act-extend": lambda made: f"/obligations/{made['task']}/extend/",
    "forms.act-answer": lambda made: f"/obligations/{made['asked']}/answer/",
    "forms.incoming-correct": lambda made: f"/documents/in/{made['document']}/correct/",
    "forms.incoming-cancel": lambda made: f"/documents/in/{made['document']}/cancel/",
    "forms.incoming-remove": lambda made: f"/documents/in/{made['document']}/remove/",
    "forms.incoming-require": lambda made: f"/documents/in/{made['plain']}/require-reply/",
    "forms.incoming-assign-one": lambda made: f"/documents/in/{made['plain']}/assign/",
    "forms.incoming-assign-chosen": lambda made: f"/documents/in/assign/?row={made['document']}&row={made['plain']}",
    "forms.incoming-opened": lambda made: f"/documents/in/{made['document']}/opened/",
    "forms.outgoing-new": lambda made: "/documents/out/new/",
    "forms.outgoing-correct": lambda made: f"/documents/out/{made['letter']}/correct/",
    "forms.outgoing-cancel": lambda made: f"/documents/out/{made['letter']}/cancel/",
    "forms.outgoing-remove": lambda made: f"/documents/out/{made['letter']}/remove/",
    "forms.outgoing-history": lambda made: f"/documents/out/{made['letter']}/history/",
    "forms.outgoing-opened": lambda made: f"/documents/out/{made['letter']}/opened/",
    "forms.declaration": lambda made: f"/documents/off-network/{made['declared']}/",
    "forms.task-opened": lambda made: f"/tasks/{made['task']}/opened/",
    "forms.recommendation-new": lambda made: "/recommendations/new/",
    "forms.recommendation-correct": lambda made: f"/recommendations/{made['asked']}/correct/",
    "forms.recommendation-opened": lambda made: f"/recommendations/{made['asked']}/opened/",
    "forms.session-new": lambda made: "/recommendations/sessions/new/",
    "forms.session": lambda made: f"/recommendations/sessions/{made['session']}/",
}


@pytest.fixture
def made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 11, 1))
    unit, day = cast.chi.unit, date(2024, 10, 2)
    owed = owes_reply(unit, day, date(2024, 10, 20))
    assert owed.document_id is not None
    session = open_session(
        actor=SYSTEM, entry=SessionEntry(code="QH15-K8", name="Kỳ họp thứ 8", unit_id=cast.chi.unit.pk)
    )
    declared = declare_off_network(actor=SYSTEM, unit_id=unit.pk, direction=Direction.IN, month=day, count=3)
    return {
        "open": owes_reply(unit, day, date(2024, 10, 20)).pk,
        "document": owed.document_id,
        "plain": arrives(unit, day).pk,
        "letter": goes_out(unit, day, in_reply_to_id=owed.document_id).pk,
        "task": gets_task(unit, day, due_on=date(2024, 10, 20)).pk,
        "asked": gets_recommendation(unit, day, session_id=session.pk).pk,
        "session": session.pk,
        "declared": declared.pk,
    }


@pytest.mark.django_db
def test_forms_take_the_statements_that_are_committed(cast: Cast, client: Client, made: Made) -> None:
    sign_in(client, cast.chi)
    counted = {}
    for page, address in PAGES.items():
        assert client.get(address(made)).status_code == 200, page
        counted[page] = len(queries_of(client, address(made)))
    assert max(counted.values()) <= BUDGET, counted
    assert counted == {page: COMMITTED.get(page) for page in PAGES}
