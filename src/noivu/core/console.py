"""What every command of `noivu` shares: JSON for machines, words for people, progress on stderr, refusals."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import click

from noivu.core.actors import SYSTEM, Actor
from noivu.core.dates import PartialDate, parse_date
from noivu.core.periods import Period
from noivu.core.refusals import Refusal
from noivu.core.wording import Text

Item = TypeVar("Item")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
acting_as = click.option(
    "--as", "username", default=None, metavar="USERNAME", help="Who acts (default: the local operator)."
)

_find_actor: list[Callable[[str], Actor]] = []


def provide_actors(find: Callable[[str], Actor]) -> None:
    """Say how a user name becomes an actor (the last one wins); `accounts` does."""
    _find_actor[:] = [find]


def actor_named(username: str | None) -> Actor:
    """Who acts in a command: the user named by `--as`, or else the local operator."""
    if username is None:
        return SYSTEM
    if not _find_actor:
        raise Refusal(
            what=Text(vi=f"Không có người dùng “{username}”.", en=f"There is no user “{username}”."),
            code="accounts.unknown_user",
        )
    return _find_actor[0](username)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, PartialDate | Period):
        return str(value)
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    raise TypeError(f"not for JSON: {type(value)}")


def plain_json(payload: Any) -> str:
    """The payload as JSON: UTF-8, stable order, dates in ISO."""
    return json.dumps(payload, ensure_ascii=False, indent=2, default=_plain)


def emit(payload: Any, as_json: bool, human: Callable[[Any], str]) -> None:
    """Print the payload: as JSON (nothing else on stdout), or as words."""
    click.echo(plain_json(payload) if as_json else human(payload))


def progress(items: Iterable[Item], label: str, length: int | None = None) -> Iterator[Item]:
    """Pass items through, showing progress on stderr when a person watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, length=length, file=sys.stderr) as bar:
        yield from bar


def note(text: str) -> None:
    """A line for the person who waits: on stderr."""
    click.echo(text, err=True)


def in_both(refusal: Refusal) -> str:
    """What a refusal says, in both languages, each on a line."""
    where = f"[{refusal.where}] " if refusal.where else ""
    text = refusal.text()
    return f"{where}{text.vi}\n{where}{text.en}"


class Day(click.ParamType[date]):
    """A day on the command line: ISO (2024-10-31) or 31/10/2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return parse_date(value)
        except Refusal as refusal:
            self.fail(in_both(refusal), param, ctx)


class PeriodType(click.ParamType[Period]):
    """A period on the command line."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except Refusal as refusal:
            self.fail(in_both(refusal), param, ctx)


DAY = Day()
PERIOD = PeriodType()
