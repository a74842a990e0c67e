"""The worker: jobs in their time, one leader, a failure kept, a stop that finishes what is at work."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError

from noivu.core.periodic import Periodic
from noivu.core.registry import Registry
from noivu.core.wording import both
from noivu.notices.models import JobRun
from noivu.notices.queries import is_stale, worker_standing
from noivu.notices.tests.conftest import Hours
from noivu.notices.worker import release, run_round, take_lease, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connection_of_the_test_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noivu.notices.worker.close_old_connections", lambda: None)


def jobs(*runs: tuple[str, object]) -> Registry[Periodic]:
    registry: Registry[Periodic] = Registry("test jobs", key=lambda job: job.code)
    for code, run in runs:
        registry.declare(Periodic(code, both(code), timedelta(minutes=30), run))  # type: ignore[arg-type]
    return registry


def ran(registry: Registry[Periodic], holder: str = "one") -> list[str]:
    return [one.code for one in run_round(holder, lambda words: None, None, registry)]


def test_each_job_is_run_in_its_time(hours: Hours) -> None:
    done = jobs(("a", lambda: 3), ("b", lambda: 0))
    assert ran(done) == ["a", "b"]
    assert ran(done) == []
    hours.goes(minutes=30)
    assert ran(done) == ["a", "b"]
    assert JobRun.objects.get(code="a").did == 3


def test_one_of_two_workers_leads_until_its_lease_ends_or_is_given_back(hours: Hours) -> None:
    assert take_lease("one")
    assert take_lease("one")
    assert not take_lease("two")
    assert ran(jobs(("a", lambda: 1)), "two") == []
    hours.goes(minutes=3)
    assert ran(jobs(("a", lambda: 1)), "two") == ["a"]
    release("one")
    assert not take_lease("one")
    release("two")
    assert take_lease("one")


def test_a_job_that_was_cut_off_is_run_again_at_once(hours: Hours) -> None:
    JobRun.objects.create(code="a", started_at=hours.now)
    assert ran(jobs(("a", lambda: 1))) == ["a"]


def test_a_job_that_fails_is_told_and_the_others_go_on(hours: Hours) -> None:
    def fails() -> int:
        raise ValueError("no such thing")

    said: list[str] = []
    outcome = run_round("one", said.append, None, jobs(("a", fails), ("b", lambda: 1)))
    assert [(one.code, bool(one.error)) for one in outcome] == [("a", True), ("b", False)]
    assert "no such thing" in said[0]
    assert worker_standing().failing == {"a": "ValueError: no such thing"}
    hours.goes(minutes=30)
    ran(jobs(("a", lambda: 1)))
    assert worker_standing().failing == {}


def test_a_stop_lets_the_job_at_work_finish_and_gives_the_lease_back(hours: Hours) -> None:
    stop, did = Event(), []

    def first() -> int:
        stop.set()
        did.append("first")
        return 1

    work(stop, lambda words: None, jobs(("a", first), ("b", lambda: did.append("second") or 1)))
    assert did == ["first"]
    assert take_lease("another")


def test_a_database_that_does_not_answer_is_asked_again(hours: Hours, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, said = Event(), []
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set())

    def down(*_: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr("noivu.notices.worker.run_round", down)
        patch.setattr("noivu.notices.worker.connection.close", lambda: None)
        work(stop, said.append, jobs())
    assert said == ["OperationalError: gone"]


def test_it_is_known_when_no_worker_has_run(hours: Hours) -> None:
    assert is_stale(worker_standing(), 15)
    take_lease("one")
    assert not is_stale(worker_standing(), 15)
    hours.goes(minutes=16)
    assert is_stale(worker_standing(), 15)
