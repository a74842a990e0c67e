"""`noivu init`, `noivu demo`, `noivu serve`: an installation, its sample sector, its web server."""

import errno
import os
import socket
import sys
import time
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from noivu.audit.api import checkpoint
from noivu.core.console import as_json_option, emit, note
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.portal.demo.load import load_demo
from noivu.portal.installing import bring_database_up_to_date, gather_static, one_at_a_time


@click.command(epilog="Example: noivu --data /srv/noivu init")
@as_json_option
def init(as_json: bool) -> None:
    """Create or migrate the database; may be repeated."""
    started = time.monotonic()
    with one_at_a_time():
        bring_database_up_to_date()
    database = connection.settings_dict
    payload = {
        "data": str(settings.NOIVU_DATA),
        "database": connection.vendor,
        "name": str(database["NAME"]),
        "seconds": round(time.monotonic() - started, 1),
    }
    emit(payload, as_json, _ready_in_words)


def _ready_in_words(payload: dict[str, Any]) -> str:
    ready = Text(vi="Cơ sở dữ liệu đã sẵn sàng", en="The database is ready")
    return f"{ready} ({payload['seconds']} s): {payload['data']}"


@click.command(epilog="Example: noivu demo --size office --no-serve")
@click.option(
    "--size",
    type=click.Choice(["office", "province", "national"]),
    default="office",
    show_default=True,
    help="The ministry, with one province, or with all.",
)
@click.option("--seed", type=int, default=2024, show_default=True, help="The same seed makes the same records.")
@click.option("--today", default=None, metavar="DATE", help="Move the demo's own today (2024-11-01 at first).")
@click.option("--port", type=int, default=8000, show_default=True, help="Where the server listens.")
@click.option("--no-serve", is_flag=True, help="Load the sample sector without starting the server.")
def demo(size: str, seed: int, today: str | None, port: int, no_serve: bool) -> None:
    """Load the sample sector (once) and serve it."""
    with one_at_a_time():
        load_demo(size=size, seed=seed, today=today)
    if not no_serve:
        start_server(port=port)


@click.command(epilog="Example: noivu serve --port 8000 --workers 2")
@click.option("--port", type=int, default=8000, show_default=True, help="Where the server listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0: for other machines too.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    help="How many processes serve: one for each core, at most four, unless said.",
)
def serve(port: int, host: str, workers: int | None) -> None:
    """Serve the product on http://127.0.0.1:8000."""
    start_server(port=port, workers=workers, host=host)


_MOST_PROCESSES = 4
_THREADS = 4
_KEPT_UP = ("--respawn-failed-workers", "--respawn-interval", "1")
"""A process that dies (killed, out of memory) is started anew: else its end were that of the whole server."""
_QUIET = ("--no-ws", "--log-level", "warning")
_AT_ONCE = ("--blocking-threads", str(_THREADS), "--backpressure", "256")
"""Requests of one process at once, each with its connection to the database; more wait their turn."""


def _require_free(host: str, port: int) -> None:
    """The server shares its port among its processes, so the system would let a second one answer half the requests."""
    address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(address[0]) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address[4])
        except OSError as taken:
            if taken.errno != errno.EADDRINUSE:
                raise
            raise Refusal(
                what=Text(
                    vi=f"Cổng {port} đã có chương trình khác dùng, có thể là một noivu đang chạy.",
                    en=f"Port {port} is in use, perhaps by a noivu that runs already.",
                ),
                do=Text(vi="Dừng chương trình đó, hoặc chọn --port khác.", en="Stop it, or choose another --port."),
                code="port",
            ) from taken


def start_server(*, port: int, workers: int | None = None, host: str = "127.0.0.1") -> None:
    """Replace this process by the web server."""
    _require_free(host, port)
    gather_static()
    call_command("clearsessions")
    checkpoint()
    stop = Text(vi="Ctrl+C để dừng", en="Ctrl+C to stop")
    note(f"noivu: http://{host}:{port}  ({stop})")
    os.environ["NOIVU_DATA"] = str(settings.NOIVU_DATA)
    sys.stdout.flush()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    os.execv(  # noqa: S606  the program and its arguments are our own
        sys.executable,
        [
            *server,
            "--workers",
            str(workers or min(_MOST_PROCESSES, os.cpu_count() or 1)),
            *_AT_ONCE,
            *_KEPT_UP,
            *_QUIET,
            "config.wsgi:application",
        ],
    )
