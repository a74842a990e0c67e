"""The free matrix: what every page must pass. A subclass says which page; the tests come with it.

    class TestIncomingRegister(PageTests):
        page = "records.incoming"            # its name in query_counts.json beside the test
        verb = "records.view"                # what its guard asks for; None: any signed-in person
        reader, outsider = "an", "dung"      # of the cast: who sees the things, and who holds the verb elsewhere

        def url(self, things: list[Any]) -> str:
            return "/records/in/"

        def add_things(self, cast: Cast, number: int) -> list[Any]:
            return [register_incoming(actor=SYSTEM, unit=cast.an.unit, …) for _ in range(number)]

        def shown(self, thing: Any) -> str:  # words by which a thing is recognised on the page
            return thing.summary

    class TestIncomingDocument(PageTests):
        …
        detail = True                        # the page of one thing: out of scope it does not exist

        def url(self, things: list[Any]) -> str:
            return f"/records/in/{things[0].pk}/"

Inherited: the anonymous are led to the sign-in page; without permission the page does not exist; out of scope the
thing does not exist (or is not listed); the queries are those committed in `query_counts.json`, at most four beside
session and user, and no more with more rows; the page is whole in both languages and obeys the content policy.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from html.parser import HTMLParser
from inspect import getfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from noivu.accounts.testing import Cast, Person, a_person, sign_in
from noivu.ui.guards import guard_of

BUDGET = 4
COUNTS = "query_counts.json"
_FEW, _MORE = 2, 9


@pytest.mark.django_db
class PageTests(ABC):
    """One page and what it must pass; see the module's words."""

    page: ClassVar[str]
    verb: ClassVar[str | None]
    reader: ClassVar[str] = "an"
    outsider: ClassVar[str] = "dung"
    detail: ClassVar[bool] = False

    @abstractmethod
    def url(self, things: list[Any]) -> str:
        """The address of the page, for the things that were added."""

    def add_things(self, cast: Cast, number: int) -> list[Any]:
        """Add so many things that the reader may see and the outsider may not. None are needed by default."""
        return []

    def shown(self, thing: Any) -> str:
        """Words by which a thing is recognised on the page; "" where it is not looked for."""
        return ""

    # The matrix

    def test_the_anonymous_are_led_to_the_sign_in_page(self, cast: Cast, client: Client) -> None:
        answer = client.get(self.url(self.add_things(cast, 1)))
        assert answer.status_code == 302, answer.status_code
        assert answer.headers["Location"].startswith("/accounts/sign-in/")

    def test_the_guard_asks_for_the_verb(self, cast: Cast) -> None:
        view = resolve(self.url(self.add_things(cast, 1)).partition("?")[0]).func
        guard = guard_of(view)
        assert guard is not None
        assert guard.says == (self.verb or "")

    def test_without_permission_the_page_does_not_exist(self, cast: Cast, client: Client) -> None:
        nobody = a_person("khach", "Người chưa có vai trò", cast.an.unit)
        answer = sign_in(client, nobody).get(self.url(self.add_things(cast, 1)))
        assert answer.status_code == (404 if self.verb else 200)

    def test_what_is_out_of_scope_does_not_exist(self, cast: Cast, client: Client) -> None:
        things = self.add_things(cast, 1)
        answer = sign_in(client, self.person_named(cast, self.outsider)).get(self.url(things))
        if self.detail:
            assert answer.status_code == 404
        for thing in things:
            assert not self.shown(thing) or self.shown(thing) not in answer.content.decode()

    def test_the_reader_sees_the_things(self, cast: Cast, client: Client) -> None:
        things = self.add_things(cast, 1)
        answer = sign_in(client, self.person_named(cast, self.reader)).get(self.url(things))
        assert answer.status_code == 200
        for thing in things:
            assert self.shown(thing) in answer.content.decode()

    def test_the_queries_are_those_committed_whatever_the_rows(self, cast: Cast, client: Client) -> None:
        sign_in(client, self.person_named(cast, self.reader))
        url = self.url(self.add_things(cast, _FEW))
        few = queries_of(client, url)
        self.add_things(cast, _MORE)
        more = queries_of(client, url)

        assert len(more) == len(few), _grown(few, more)
        assert len(few) <= BUDGET, f"{len(few)} queries, at most {BUDGET}:\n" + "\n".join(few)
        assert len(few) == self._committed(), self._how_to_commit(len(few), few)

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_the_page_is_whole(self, cast: Cast, client: Client, language: str) -> None:
        person = self.person_named(cast, self.reader)
        person.user.language = language
        person.user.save(update_fields=["language"])
        answer = sign_in(client, person).get(self.url(self.add_things(cast, 1)))
        assert faults_of(answer, language) == []

    # Its parts

    @staticmethod
    def person_named(cast: Cast, name: str) -> Person:
        """The reader or the outsider; a subclass may bring one that is not of the cast."""
        person: Person = getattr(cast, name)
        return person

    def _counts_file(self) -> Path:
        return Path(getfile(type(self))).with_name(COUNTS)

    def _committed(self) -> int | None:
        file = self._counts_file()
        counts: dict[str, int] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return counts.get(self.page)

    def _how_to_commit(self, number: int, queries: Sequence[str]) -> str:
        return (
            f"{self.page} takes {number} queries, {self._committed()} are committed. If that is meant, write "
            f'"{self.page}": {number} into {self._counts_file().name} beside the test.\n' + "\n".join(queries)
        )


def queries_of(client: Client, url: str) -> list[str]:
    """The queries of a page beyond session and user, once what processes keep in memory is there.

    Not counted either: the words that begin and end transactions, and the one insert that notes a reading.
    """
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    statements: list[str] = [query["sql"] for query in asked.captured_queries]
    own = [sql for sql in statements if not _is_overhead(sql)]
    of_the_request = [sql for sql in statements if _is_session(sql) or _is_user(sql)]
    assert len(of_the_request) <= 2, "Session and user are read once each:\n" + "\n".join(of_the_request)
    return own


def faults_of(answer: Any, language: str) -> list[str]:
    """What is wrong with a page as such: its head, its one heading, what the content policy forbids."""
    reading = _Reading()
    reading.feed(answer.content.decode())
    faults = list(reading.faults)
    if reading.language != language:
        faults.append(f'lang is "{reading.language}", not "{language}"')
    if reading.headings != 1:
        faults.append(f"{reading.headings} h1, not one")
    if not reading.title.replace("· noivu", "").strip():
        faults.append("the title is empty")
    if "Content-Security-Policy" not in answer.headers:
        faults.append("no content policy")
    return faults


class _Reading(HTMLParser):
    """Reads a page for `faults_of`."""

    def __init__(self) -> None:
        super().__init__()
        self.language, self.title, self.headings = "", "", 0
        self.faults: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_title = tag == "title"
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "h1":
            self.headings += 1
        if tag == "style" or "style" in given:
            self.faults.append(f"style in <{tag}>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.faults.append("inline script")
        self.faults += [f"{name} in <{tag}>" for name in given if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def _is_session(sql: str) -> bool:
    return 'FROM "django_session"' in sql


def _is_user(sql: str) -> bool:
    return 'FROM "accounts_user"' in sql and "units_token" in sql


def _is_overhead(sql: str) -> bool:
    is_transaction = sql.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"))
    return is_transaction or _is_session(sql) or _is_user(sql) or sql.startswith('INSERT INTO "audit_readline"')


def _grown(few: Sequence[str], more: Sequence[str]) -> str:
    added = [sql for sql in more if sql not in few]
    return f"{len(few)} queries with few rows, {len(more)} with more. Those that came:\n" + "\n".join(added)
