"""`noivu worker`: what is done in the background."""

import signal
import uuid
from threading import Event
from typing import Any

import click

from noivu.core.console import as_json_option, emit, note
from noivu.core.periodic import periodic
from noivu.core.wording import Text
from noivu.notices.worker import release, run_round, work

_STOP = Text(vi="Ctrl+C để dừng", en="Ctrl+C to stop")


@click.command(epilog="Example: noivu worker --once --json")
@click.option("--once", is_flag=True, help="Run what is due once, and end: for a timer of the machine.")
@as_json_option
def worker(once: bool, as_json: bool) -> None:
    """Run periodic jobs: reminders, mail. One of several workers leads, another takes over when it ends."""
    if once:
        holder = uuid.uuid4().hex
        try:
            ran = run_round(holder, note)
        finally:
            release(holder)
        payload = {"ran": [{"job": one.code, "did": one.did, "error": one.error} for one in ran]}
        emit(payload, as_json, _in_words)
        if any(one.error for one in ran):
            raise click.exceptions.Exit(1)
        return
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    note(f"noivu worker: {len(periodic)} ({_STOP})")
    work(stop, note)


def _in_words(payload: dict[str, Any]) -> str:
    lines = [f"{one['job']}: {one['error'] or one['did']}" for one in payload["ran"]]
    return "\n".join(lines) or str(Text(vi="Chưa có gì đến lượt.", en="Nothing was due."))
