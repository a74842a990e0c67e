"""The installation under test: its data built once in a child process, served by the product's own server."""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.sample import PLACES

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60


@dataclass(frozen=True)
class Installation:
    """A served installation: its address, and the numbers of the things its pages are about."""

    address: str
    places: dict[str, Any]

    def at(self, path: str) -> str:
        """The whole address of a path such as `/reports/{report}/`."""
        return self.address + path.format(**self.places)


@contextlib.contextmanager
def installation() -> Iterator[Installation]:
    """Build the sample and serve a copy of it, thrown away afterwards.

    NOIVU_BROWSER_DATA names a directory where the sample is built once, for all workers and for the next run.
    """
    with tempfile.TemporaryDirectory(prefix="noivu-browser-", ignore_cleanup_errors=True) as own:
        sample = Path(os.environ.get("NOIVU_BROWSER_DATA", "") or Path(own) / "sample")
        sample.mkdir(exist_ok=True)
        with (sample / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (sample / PLACES).exists():
                _run("-m", "tests.browser.sample", data=sample)
        data = Path(shutil.copytree(sample, Path(own) / "data"))
        with _served(data) as address:
            yield Installation(address, json.loads((data / PLACES).read_text(encoding="utf-8")))


def _environment(data: Path) -> dict[str, str]:
    ours = {"NOIVU_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    dropped = {"DATABASE_URL", "NOIVU_TODAY", "DJANGO_SETTINGS_MODULE"}
    return {**{key: value for key, value in os.environ.items() if key not in dropped}, **ours}


def _run(*arguments: str, data: Path) -> None:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(data),
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the sample was not built:\n{done.stderr[-4000:]}")


@contextlib.contextmanager
def _served(data: Path) -> Iterator[str]:
    port = _free_port()
    log = data / "server.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "noivu", "serve", "--port", str(port)],
            cwd=ROOT,
            env=_environment(data),
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            # By its name: browsers make passkeys for localhost, not for 127.0.0.1.
            address = f"http://localhost:{port}"
            _await(address, server, log)
            yield address
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)
            if server.poll() is None:
                server.kill()


def _await(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(PATIENCE * 5):
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/accounts/sign-in/", timeout=5).close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"the server did not answer:\n{log.read_text(encoding='utf-8')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
