"""`noivu init`, `noivu demo`, `noivu serve`: an installation, its sample sector, its web server."""

import os
import sys
import time

import click
from django.conf import settings

from noivu.core.console import note
from noivu.portal.demo.load import load_demo
from noivu.portal.installing import bring_database_up_to_date, gather_static


@click.command(epilog="Example: noivu --data /srv/noivu init")
def init() -> None:
    """Create or migrate the database; may be repeated."""
    started = time.monotonic()
    bring_database_up_to_date()
    note(f"Cơ sở dữ liệu đã sẵn sàng ({time.monotonic() - started:.1f} s): {settings.NOIVU_DATA}")


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
    load_demo(size=size, seed=seed, today=today)
    if not no_serve:
        start_server(port=port, workers=1)


@click.command(epilog="Example: noivu serve --port 8000 --workers 2")
@click.option("--port", type=int, default=8000, show_default=True, help="Where the server listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0: for other machines too.")
@click.option("--workers", type=int, default=1, show_default=True, help="How many processes serve.")
def serve(port: int, host: str, workers: int) -> None:
    """Serve the product on http://127.0.0.1:8000."""
    start_server(port=port, workers=workers, host=host)


def start_server(*, port: int, workers: int, host: str = "127.0.0.1") -> None:
    """Replace this process by the web server."""
    gather_static()
    note(f"noivu: http://{host}:{port}  (Ctrl+C để dừng)")
    os.environ["NOIVU_DATA"] = str(settings.NOIVU_DATA)
    sys.stdout.flush()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    os.execv(  # noqa: S606  the program and its arguments are our own
        sys.executable,
        [*server, "--workers", str(workers), "--no-ws", "--log-level", "warning", "config.wsgi:application"],
    )
