"""What every command of `noivu` shares: JSON for machines, words for people, progress on stderr, refusals."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
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
    return _indented(payload, "\n")


_quoted = json.encoder.encode_basestring
_SCALARS = json.JSONEncoder(ensure_ascii=False, default=_plain)


def _indented(value: Any, margin: str) -> str:
    """As `json.dumps` with an indent of 2, which is quick without one only."""
    further = f"{margin}  "
    if isinstance(value, dict):
        pairs = [
            f"{_key(key)}: {_quoted(inner) if type(inner) is str else _indented(inner, further)}"
            for key, inner in value.items()
        ]
        return f"{{{further}{f',{further}'.join(pairs)}{margin}}}" if pairs else "{}"
    if isinstance(value, list | tuple):
        items = [_indented(inner, further) for inner in value]
        return f"[{further}{f',{further}'.join(items)}{margin}]" if items else "[]"
    return str(value) if type(value) is int else _SCALARS.encode(value)


@lru_cache(maxsize=1024, typed=True)
def _key(key: Any) -> str:
    return _quoted(key) if isinstance(key, str) else json.dumps({key: 0})[1:-4]


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
